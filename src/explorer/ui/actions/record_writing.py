"""What is written into the files of the dataset from inside, and the record shown anew with it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from explorer import dataset, opening
from explorer.errors import UsageError
from explorer.opening import Opened
from explorer.record.index import Index
from explorer.text.sanitize import one_line
from explorer.ui.actions.background import Background
from explorer.ui.actions.screen import RecordScreen

if TYPE_CHECKING:
    from explorer.dataset.appending import Written
    from explorer.record.filter_texts import FilterTexts


class ShowsAnew(Protocol):
    """Shows a record that was read anew."""

    def show(self, index: Index, texts: FilterTexts | None = None) -> None: ...


class RecordWriting:
    """Says whether anything can be written, and shows what was."""

    def __init__(self, screen: RecordScreen, opened: Opened, data: ShowsAnew) -> None:
        self._screen, self._opened, self._data = screen, opened, data
        self._background = Background(screen)

    def is_possible(self) -> bool:
        """Whether anything can be added now; if not, it is said why."""
        if self._opened.path is None:
            self._screen.notify("This record has no files that could be added to.")
            return False
        try:
            self._opened.overlay()
        except UsageError as error:
            self._screen.notify(str(error), severity="warning")
            return False
        if not self._screen.is_current:
            self._screen.notify("Answer or close what is open first; Esc does.")
            return False
        return True

    def shown_anew(self, written: Written, before: Index) -> str:
        """Show what was written on the screen; not for the thread that draws.

        Returns the files, in words.
        """
        from explorer.intake import bringing

        path, files = self._opened.path, self._opened.files
        assert path is not None, "it was written there"
        any_size = files is not None and files.any_size
        with suppress(
            dataset.DatasetError
        ):  # another program has changed it since: the watch says so
            index = dataset.load(path, any_size=any_size, overlays=self._opened.overlays)
            if not written.is_own:
                bringing.mark_seen(index, before, self._opened.place, written.refs)
            texts = opening.read_beforehand(index, self._screen.view)
            self._background.back(self._data.show, index, texts)
        *most, last = [one_line(file.name) for file in written.files]
        names = f"{', '.join(most)} and {last}" if most else last
        return f"{names} of your own additions" if written.is_own else names
