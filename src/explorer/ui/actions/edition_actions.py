"""The record as web pages, out of the app: asked for its folder and for what goes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer import dataset
from explorer.errors import ExplorerError, TakenError
from explorer.notes import Notes
from explorer.opening import Opened
from explorer.record import labels
from explorer.record.labels import counted
from explorer.text.sanitize import one_line, plain
from explorer.ui.actions.background import Background
from explorer.ui.actions.note_actions import NoteActions
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services
from explorer.values import dataclass
from explorer.view import View

if TYPE_CHECKING:
    from explorer.edition import Progress, Published


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be published, and where."""

    view: View
    folder: Path
    with_own: bool = True
    with_notes: bool = False
    force: bool = False


class EditionActions:
    """Publishes the record as it was on the day that is shown."""

    def __init__(
        self,
        screen: RecordScreen,
        opened: Opened,
        notes: NoteActions,
        path_of: Callable[[str], Path | None],
    ) -> None:
        """`path_of` is the path that a person means; None when it has said why there is none."""
        self._screen, self._opened, self._notes = screen, opened, notes
        self._path_of = path_of
        self._background = Background(screen)

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers."""
        what = "Every record and view for readers without a terminal: a folder of plain pages."
        yield "Publish as web pages", what, self.publish

    def publish(self) -> None:
        """Ask for the folder, then for what goes along, and write the pages there."""
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if not self._notes.are_read():
            return
        view = self._screen.view
        whole = ", whatever the scope" if view.chosen else ""
        hint = (
            f"The whole record{whole}, as it was public on {labels.day(view.as_of)}. The pages "
            "need no server: open them from the folder, or put it on any site. An edition that is "
            "there is replaced."
        )

        def named(name: str | None) -> None:
            if name is not None and (folder := self._path_of(name)) is not None:
                self._ask_for_own(_Wanted(view, folder))

        name = f"{view.index.dataset.negotiation.id}-site"
        prompt = TextPrompt("Publish web pages into which folder?", hint, name)
        self._screen.app.push_screen(prompt, named)

    def _ask_for_own(self, wanted: _Wanted) -> None:
        """Whether what the reader added goes along, if anything was added."""
        additions = wanted.view.whole.additions
        if additions is None or not additions.is_read or self._opened.path is None:
            self._ask_for_notes(wanted)
            return
        self._ask(
            "Publish what you added yourself?",
            "It is marked as yours wherever it stands.",
            lambda along: self._ask_for_notes(replace(wanted, with_own=along)),
        )

    def _ask_for_notes(self, wanted: _Wanted) -> None:
        """Whether the person's notes go along, if there are any that can be read."""
        notes = replace(wanted.view.notes, hides_others=True)
        if notes.are_off or not notes.all():
            self._write(wanted)
            return
        self._ask(
            f"Publish your {counted(len(notes.all()), 'note')}?",
            "Whoever reads the pages then reads them. Notes of others never go along.",
            lambda along: self._write(replace(wanted, with_notes=along)),
        )

    def _ask(self, question: str, detail: str, go_on: Callable[[bool], None]) -> None:
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer in ("along", "without"):
                go_on(answer == "along")

        self._screen.app.push_screen(
            Confirm(
                question,
                detail,
                Answer("along", "y", "Publish"),
                Answer("without", "w", "Leave out"),
                Answer("none", "n", "Publish nothing"),
                start="without",
            ),
            answered,
        )

    def _write(self, wanted: _Wanted) -> None:
        from explorer.ui.dialogs.publishing_dialog import PublishingDialog

        def done(result: Published | ExplorerError | None) -> None:
            if isinstance(result, TakenError):
                again = partial(self._write, replace(wanted, force=True))
                self._background.ask_for_force(result, again)
            elif isinstance(result, ExplorerError):
                self._background.complain(result, "Nothing was published")
            elif result is None:
                self._screen.notify("Stopped: nothing was published.")
            else:
                self._say(result)

        dialog = PublishingDialog(partial(self._published, wanted))
        self._screen.app.push_screen(dialog, done)

    def _published(self, wanted: _Wanted, progress: Progress) -> Published:
        """Write the pages; for a thread to do."""
        from explorer.edition import Wishes, known_place, not_written, publish

        view = wanted.view
        if not wanted.with_own:
            view = self._without_own(view)
        wishes = Wishes(with_notes=wanted.with_notes, base_url=known_place(wanted.folder))
        try:
            return publish(view, wanted.folder, wishes, force=wanted.force, progress=progress)
        except OSError as error:
            raise not_written(wanted.folder, error) from error

    def _without_own(self, view: View) -> View:
        """The record on the same day without what the reader added, read anew."""
        path, watched = self._opened.path, self._opened.files
        assert path is not None, "there were additions to it"
        index = dataset.load(path, any_size=watched is not None and watched.any_size)
        notes = view.notes if not view.notes.are_off else Notes()
        return View(index, notes, reader=view.reader).at(view.scope.as_of)

    def _say(self, done: Published) -> None:
        """Say what was written, and offer to look at it."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "open":
                self._open(done.front)

        folder = one_line(str(done.front.absolute().parent))
        self._screen.app.push_screen(
            Confirm(
                f"{counted(done.pages, 'page')} are in {folder}",
                "index.html is the front page.",
                Answer("open", "o", "Open it in the browser"),
                Answer("close", "c", "Close"),
            ),
            answered,
        )

    def _open(self, front: Path) -> None:
        reach = app_services(self._screen.reading).reach
        if (reason := reach.opened_page(front)) is None:
            self._screen.notify(f"Handed to your browser: {one_line(str(front))}")
        else:
            told = f"Not opened: {reason}.\n{plain(str(front.absolute()))}"
            self._screen.notify(told, severity="warning", timeout=12)
