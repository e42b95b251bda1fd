"""Letting the person's own editor have the terminal, and waiting for it."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def run(command: Sequence[str], path: Path) -> int:
    """Open a file in an editor and return the exit code it ends with. Raises OSError.

    Ctrl+C is the editor's meanwhile, though the terminal sends it to both.
    """
    process = subprocess.Popen([*command, str(path)])
    while True:
        with suppress(KeyboardInterrupt):
            return process.wait()
