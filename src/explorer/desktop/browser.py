"""Handing an address to the person's browser, without a shell and without noise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from explorer.storage import files
from explorer.text import urls


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


def _handed_over(address: str) -> str | None:
    if sys.platform == "win32":
        os.startfile(address)
        return None
    command = "open" if sys.platform == "darwin" else "xdg-open"
    here = (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    program = shutil.which(command) if here else None
    if program is None:
        return "there is no desktop browser here; copy the address instead"
    # Its output would land on the screen, and its end must not wait for ours.
    subprocess.Popen(
        [program, address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return None
