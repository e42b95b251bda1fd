"""Handing an address to the person's browser, without a shell and without noise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from explorer.storage import files, processes
from explorer.text import urls

PROGRAMS: Sequence[tuple[str, str, str]] = (
    ("darwin", "open", ""),
    ("", "wslview", "WSL_DISTRO_NAME"),  # the browser of Windows, around this Linux
    ("", "termux-open-url", "TERMUX_VERSION"),
    ("", "xdg-open", "DISPLAY"),
    ("", "xdg-open", "WAYLAND_DISPLAY"),
)
"""By system, any if it is not named: the program, and the variable without which it is no use."""


def opened(address: str) -> str | None:
    """Open an address; None when it was handed over, else why not, in words."""
    return urls.why_not(address) or _tried(address)


def opened_page(page: Path) -> str | None:
    """Open a page that the program itself wrote; None when it was handed over, else why not."""
    return _tried(page.absolute().as_uri())


def _tried(address: str) -> str | None:
    try:
        return _handed_over(address)
    except OSError as error:
        return f"the browser could not be started: {files.why(error)}"


def program() -> str | None:
    """The program that hands an address to the browser; None where there is none."""
    for system, name, variable in PROGRAMS:
        if not sys.platform.startswith(system) or (variable and not os.environ.get(variable)):
            continue
        if (found := shutil.which(name)) is not None:
            return found
    return None


def _handed_over(address: str) -> str | None:
    if sys.platform == "win32":
        os.startfile(address)
        return None
    found = program()
    if found is None:
        return "there is no desktop browser here; copy the address instead"
    # Its output would land on the screen, and its end must not wait for ours.
    subprocess.Popen(
        [found, address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **processes.APART,
    )
    return None
