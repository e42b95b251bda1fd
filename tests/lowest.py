"""The lowest version of everything the program needs, as pip takes constraints.

`python tests/lowest.py` prints them, from `pyproject.toml`: what is declared is to be true.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
    "project"
]
NEEDED = (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["web"])


def lowest() -> dict[str, str]:
    """By the names of what is needed. Raises ValueError for what has no lowest version."""
    found = {}
    for one in NEEDED:
        name = re.fullmatch(r"([\w.-]+)>=([\d.]+)(,<[\d.]+)?", one)
        if name is None:
            raise ValueError(f"{one} does not say from which version on")
        found[name[1]] = name[2]
    return found


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}=={version}\n" for name, version in lowest().items())
