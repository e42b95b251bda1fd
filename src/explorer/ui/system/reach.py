"""What may be done on the machine that the app runs on, by whoever sits before it.

All that leaves the screen goes by here: addresses that are opened, what is copied, files that
are written. A person at their own machine may do it all; a visitor, who sees the app in a
browser, may do nothing there (see `visitor_reach`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from explorer.text.sanitize import one_line


class Reach:
    """That of a person at their own machine."""

    def withheld(self, deed: str) -> str:  # noqa: ARG002 -- nothing is
        """Why something may not be done here, in a sentence; empty when it may.

        It is named as keys name it, or as the palette does.
        """
        return ""

    def opened(self, address: str) -> str | None:
        """Open an address; None when it was handed over, else why not, in words."""
        from explorer.desktop import browser

        return browser.opened(address)

    def opened_page(self, page: Path) -> str | None:
        """Open a page that was written here; None when it was handed over, else why not."""
        from explorer.desktop import browser

        return browser.opened_page(page)

    def copied(self, text: str, to_terminal: Callable[[str], None]) -> tuple[str, str]:
        """Copy a text: what was done, to be followed by what was copied, and by a remark."""
        from explorer.desktop import clipboard

        return clipboard.copy(text, to_terminal)

    def place_for(self, name: str) -> Path:
        """The file or folder a person means. Raises RuntimeError when there is no such home."""
        return Path(name).expanduser()

    def written(
        self, path: Path, what: str, say: Callable[[str, str], None], title: str = "Written"
    ) -> None:
        """Something was written: say where it is, as in “The notes are in /home/…”.

        Not for the thread that draws.
        """
        say(f"{what} in {one_line(str(path.absolute()))}", title)

    def said(self, words: str) -> str:
        """A message, as it may be read by whoever sits before the app."""
        return words
