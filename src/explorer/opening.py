"""Reading dataset and notes in a thread of its own, begun before the screen is there.

With a checked dataset in the cache it is done by the time the screen first draws, so
that the first thing a person sees is already whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from explorer import dataset
from explorer.errors import ExplorerError, NoteError
from explorer.notes import Notes, NoteStore
from explorer.plain import one_line, plain
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read: the first view, and where its notes are kept."""

    view: View
    store: NoteStore | None
    """None when the folder of notes cannot be read."""
    trouble: str = ""
    """What the person should be told about the notes."""


class Opening(Thread):
    """Reads one dataset with its notes. Ask `result` when it is done."""

    def __init__(self, path: Path, notes_folder: Path) -> None:
        super().__init__(name="opening", daemon=True)
        self._path = path
        self._notes_folder = notes_folder
        self._outcome: Opened | BaseException | None = None
        self._screen = Event()

    def run(self) -> None:
        try:
            self._outcome = read(self._path, self._notes_folder, before_checking=self._screen.wait)
        except BaseException as error:  # noqa: BLE001 -- raised again where it is asked for
            self._outcome = error

    def screen_is_there(self) -> None:
        """Say that the first paint is done: slow work, should there be any, may begin."""
        self._screen.set()

    def result(self) -> Opened:
        """What was read, once it is there. Raises ExplorerError when it cannot be used."""
        self.screen_is_there()
        self.join()
        if isinstance(self._outcome, Opened):
            return self._outcome
        raise self._outcome or ExplorerError("the dataset could not be read")


def read(
    path: Path, notes_folder: Path, *, before_checking: Callable[[], object] | None = None
) -> Opened:
    """Read a dataset and the notes on it. Raises DatasetError."""
    from explorer.index import Index

    index = Index(dataset.load(path, before_checking=before_checking))
    store = NoteStore(notes_folder, index.dataset.negotiation.id)
    try:
        notes = store.load()
    except NoteError as error:
        return Opened(View(index, Notes()), None, plain(str(error)))
    if not notes.damaged:
        return Opened(View(index, notes), store)
    paths = "\n".join(one_line(str(file.path)) for file in notes.damaged)
    trouble = f"Some files among the notes cannot be read; they are left untouched:\n{paths}"
    return Opened(View(index, notes), store, trouble)
