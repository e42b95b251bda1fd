"""Copying, and saying honestly what became of it.

A program of the desktop says whether it took the text. The terminal's own way (OSC 52),
which also works over ssh, never answers: what was sent that way is kept in a file as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from explorer.storage import files, folders

_PROGRAMS: Sequence[tuple[str, Sequence[str], str]] = (
    ("darwin", ("pbcopy",), ""),
    ("win32", ("clip",), ""),
    ("linux", ("wl-copy",), "WAYLAND_DISPLAY"),
    ("linux", ("xclip", "-selection", "clipboard"), "DISPLAY"),
    ("linux", ("xsel", "--clipboard", "--input"), "DISPLAY"),
)
"""By system: the program with its arguments, and the variable without which it is no use."""
_PATIENCE = 2


def copy(text: str, to_terminal: Callable[[str], None]) -> tuple[str, str]:
    """Copy a text, and return what was done, to be followed by what was copied, and by a remark.

    `to_terminal` sends it the terminal's way.
    """
    if (program := taken_by(text)) is not None:
        return f"Copied with {program}", ""
    to_terminal(text)
    remark = "– no word whether it took it"
    path = folders.data_folder() / "copied.txt"
    with suppress(OSError):
        folders.private_folder(path.parent)
        files.replace_file(path, text.encode())
        remark = f"{remark}; also in {_at_home(path)}"
    return "Sent to the terminal", f"{remark}."


def _at_home(path: Path) -> str:
    """A path as a person writes it."""
    with suppress(RuntimeError, ValueError):
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    return str(path)


def taken_by(text: str) -> str | None:
    """The program that took the text; over ssh none could reach the person's clipboard."""
    if "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ:
        return None
    for system, command, variable in _PROGRAMS:
        if not sys.platform.startswith(system) or (variable and not os.environ.get(variable)):
            continue
        if (found := shutil.which(command[0])) is None:
            continue
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                [found, *command[1:]],
                input=text.encode(),
                timeout=_PATIENCE,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            return command[0]
    return None
