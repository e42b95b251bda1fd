"""Programs of other people's, which some tests try what is written for them on."""

from __future__ import annotations

import shutil

import pytest


def program(*names: str) -> str:
    """Where the first of some programs is that is installed here; without one the test is skipped.

    In CI none is to be missing: `.ci/programs` names them, and `.ci/run` installs them.
    """
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"{' or '.join(names)} is not installed here")
    return found
