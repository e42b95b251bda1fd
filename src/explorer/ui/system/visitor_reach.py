"""What a visitor may do, who sees the app in a browser: nothing on the machine it runs on.

Addresses open in the visitor's own browser, what is copied goes to its clipboard, and what
would be a file is downloaded by it. All else that reaches for the machine is withheld; what
is not named here is withheld too, until somebody has thought about it.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.app import App

from explorer.storage import files
from explorer.text import urls
from explorer.ui.system.reach import Reach

_ELSEWHERE = "The app runs on another machine than your browser: "
_WITHHELD = {
    "outside_note": "your own editor is not there; Enter writes here",
    "edit_file": "files of the dataset are not mended from here",
    "problems": "whoever serves this mends what is wrong with its files",
    "Import notes": "it reads no files of yours",
    "Import records from a file": "it reads no files of yours",
    "Take the last import back": "it has taken in no files of yours",
    "Publish as web pages": "whoever serves it publishes it",
    "Sync notes": "notes are not synced from here",
}
"""What reaches for the machine, and why it is not to be had, by its name."""
_ADDING = "Nothing is added to the record here: whoever serves this keeps no notes of visitors."
_HARMLESS = frozenset(
    # What keys do.
    "answer_note ask_date attach_note back brief cite compare copy_words delete_note done_note "
    "end_of_record find forward list_news marks merge_note news next_day next_news next_round "
    "notebook open_source others previous_day previous_news previous_round see_all_news "
    "tour undelete_note watches write_note".split()
) | {
    # What the palette offers besides.
    "Back up notes",
    "Export notes",
    "Export the record",
    "Mark all as seen",
    "Watch the scope",
    "Tour",
}


class VisitorReach(Reach):
    """See the module."""

    def __init__(self, app: App[Any], hidden: Sequence[Path], *, adds: bool) -> None:
        """`hidden` are folders that are not named; `adds` whether additions are kept."""
        self._app = app
        self._hidden = hidden
        self._adds = adds

    def withheld(self, deed: str) -> str:
        if deed == "add" or deed.startswith("Add "):
            return "" if self._adds else _ADDING
        # Who sees their own notes is at their own machine, and may see their own files.
        if deed in _HARMLESS or (deed == "problems" and not self._hidden):
            return ""
        return f"{_ELSEWHERE}{_WITHHELD.get(deed, 'this is not done from a browser')}."

    def opened(self, address: str) -> str | None:
        if reason := urls.why_not(address):
            return reason
        self._app.open_url(address, new_tab=True)
        return None

    def opened_page(self, page: Path) -> str | None:  # noqa: ARG002 -- none is
        return "it lies on another machine than your browser"

    def copied(self, text: str, to_terminal: Callable[[str], None]) -> tuple[str, str]:
        to_terminal(text)
        return "Sent to your browser’s clipboard", ""

    def place_for(self, name: str) -> Path:
        # Of what was typed only a plain name is left, in a folder that nothing else is in.
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(name).name).strip(".-") or "explorer"
        return Path(tempfile.mkdtemp(prefix="explorer-download-")) / plain[-100:]

    def written(
        self, path: Path, what: str, say: Callable[[str, str], None], title: str = "Written"
    ) -> None:
        file = path
        if path.is_dir():  # a browser downloads no folders
            file = Path(shutil.make_archive(str(path), "zip", path))
        # It can be read to its end, and nothing of it stays; on Windows no file goes that is open.
        is_kept = sys.platform == "win32"
        opened = io.BytesIO(file.read_bytes()) if is_kept else file.open("rb")
        files.remove_folder(path.parent)
        self._app.call_from_thread(
            lambda: self._app.deliver_binary(opened, save_filename=file.name)
        )
        say(f"{what} in {file.name}, which your browser downloads", title)

    def said(self, words: str) -> str:
        """Without where things are on the machine."""
        for folder in self._hidden:
            if folder.parent != folder:  # of the root nothing would be left
                words = words.replace(str(folder), "…")
        return words
