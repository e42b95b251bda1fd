"""The person's own editor, opened at a line of a file."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from textual.app import App

from explorer.storage import processes
from explorer.ui.app_services import AppServices

_LOOK = 0.05
"""Seconds between looks whether the editor has ended."""

_PLUS = "+{line}"
"""What vi began with, and nearly every editor in a terminal has learned; so have the scripts
that call one."""
_FORMS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("vi", "view", "vim", "nvim"): (_PLUS, "{file}"),  # a small vim knows of no column
    ("nano", "pico", "rnano"): ("+{line},{column}", "{file}"),
    ("emacs", "emacsclient", "micro", "kak", "kakoune", "gedit", "xemacs"): (
        "+{line}:{column}",
        "{file}",
    ),
    ("hx", "helix", "subl", "sublime_text", "zed", "zeditor", "lapce"): ("{file}:{line}:{column}",),
    ("code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf"): (
        "--goto",
        "{file}:{line}:{column}",
    ),
    ("mate",): ("--line", "{line}:{column}", "{file}"),
    ("kate", "kwrite"): ("--line", "{line}", "--column", "{column}", "{file}"),
    ("geany",): ("--line", "{line}", "--column", "{column}", "{file}"),
    ("idea", "pycharm", "goland", "webstorm", "clion", "rubymine", "phpstorm", "fleet"): (
        "--line",
        "{line}",
        "--column",
        "{column}",
        "{file}",
    ),
    ("notepad++",): ("-n{line}", "-c{column}", "{file}"),
    ("ed", "red", "ex", "notepad", "open", "xdg-open", "start", "textedit"): ("{file}",),
}
"""How editors are told a line, by the names of their programs."""


def at_line(command: Sequence[str], file: Path, line: int, column: int) -> list[str]:
    """A command that opens a file at a place, counted from 1; 0 where that is not known."""
    if not line:
        return [*command, str(file)]
    form = _form(Path(command[0]))
    place = {"file": str(file), "line": str(line), "column": str(column or 1)}
    return [*command, *(part.format(**place) for part in form)]


def _form(program: Path) -> tuple[str, ...]:
    """How an editor is told a line; it may have a name of its own on this system, `editor`."""
    import shutil

    found: str | None = shutil.which(program)
    led_to = [Path(found).resolve().name] if found is not None else []
    for name in (program.name, *led_to):
        plain = name.lower()
        for ending in (".exe", ".cmd", ".bat", ".com"):  # of Windows
            plain = plain.removesuffix(ending)
        for names, form in _FORMS.items():
            if plain in names or plain.partition(".")[0] in names:  # vim.basic, nvim.appimage
                return form
    return (_PLUS, "{file}")


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)


async def edit(app: App[Any], command: Sequence[str]) -> int:
    """Let an editor have the terminal until it ends; its exit code.

    Raises OSError and ValueError when it cannot be started, and SuspendNotSupported.
    """
    with cast("AppServices", app).lend_terminal():
        process = _started(command)
        try:
            while (code := process.poll()) is None:  # noqa: ASYNC110 -- it sets no event
                await asyncio.sleep(_LOOK)
        except asyncio.CancelledError:  # the app is to end, and the editor gets no more keys
            with suppress(OSError):
                process.send_signal(processes.HANG_UP)
            raise
    return code
