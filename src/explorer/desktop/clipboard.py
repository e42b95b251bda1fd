"""Copying, and saying honestly what became of it.

A program of the desktop says whether it took the text. The terminal's own way (OSC 52),
which also works over ssh, never answers: what was sent that way is kept in a file as well.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from explorer.storage import files, folders, processes
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class _Program:
    """A program that takes a text from its input into the clipboard."""

    command: Sequence[str]
    system: str = ""
    """Where it is; empty for wherever it is found."""
    variable: str = ""
    """Without which it is no use."""
    as_base64: bool = False
    patience: float = 2.0

    def is_of_use(self) -> bool:
        is_here = sys.platform.startswith(self.system)
        return is_here and (not self.variable or bool(os.environ.get(self.variable)))


# What Windows has for it, clip.exe, guesses in what the text is written, and often wrongly.
_SCRIPT = (
    "$text = [Convert]::FromBase64String([Console]::In.ReadToEnd());"
    " Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString($text))"
)
_TO_WINDOWS = ("-NoProfile", "-NonInteractive", "-Command", _SCRIPT)
PROGRAMS = (
    _Program(("pbcopy",), "darwin"),
    _Program(("powershell", *_TO_WINDOWS), "win32", as_base64=True, patience=10),
    _Program(("termux-clipboard-set",), variable="TERMUX_VERSION"),
    _Program(("wl-copy",), variable="WAYLAND_DISPLAY"),
    _Program(("xclip", "-selection", "clipboard"), variable="DISPLAY"),
    _Program(("xsel", "--clipboard", "--input"), variable="DISPLAY"),
    _Program(("powershell.exe", *_TO_WINDOWS), "", "WSL_DISTRO_NAME", as_base64=True, patience=10),
)
"""In the order in which they are tried."""


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
    for program in PROGRAMS:
        if not program.is_of_use() or (found := shutil.which(program.command[0])) is None:
            continue
        data = text.encode()
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                [found, *program.command[1:]],
                input=base64.b64encode(data) if program.as_base64 else data,
                timeout=program.patience,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # pbcopy takes a text for what the locale says, of which there may be none.
                **processes.APART,
                env={**os.environ, "LC_CTYPE": "UTF-8"} if sys.platform == "darwin" else None,
            )
            return program.command[0]
    return None
