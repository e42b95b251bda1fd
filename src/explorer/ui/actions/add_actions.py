"""Adding to the record from inside: a form, what is saved of it, and the record shown anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from explorer.opening import Opened
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import key_words
from explorer.ui.actions.background import Background
from explorer.ui.actions.intake_actions import IntakeActions
from explorer.ui.actions.record_writing import RecordWriting, ShowsAnew
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services

if TYPE_CHECKING:
    from explorer.adding.filled_form import FilledForm
    from explorer.adding.kept_forms import KeptForm, KeptForms
    from explorer.ui.dialogs.add_form import Added
    from explorer.ui.panes.pane_stack import PaneStack


class AddActions:
    """Opens forms, and adds what is filled in to the dataset's files."""

    def __init__(
        self, screen: RecordScreen, opened: Opened, data: ShowsAnew, stack: PaneStack
    ) -> None:
        self._screen, self._opened, self._stack = screen, opened, stack
        self._background = Background(screen)
        self._writing = RecordWriting(screen, opened, data)
        self._intake = IntakeActions(screen, opened, self._writing)
        self._recent: list[Ref] = []
        """Records that were chosen in forms of this session, the last one first."""
        self._kept: KeptForms | None = None
        self._has_passed = False
        """Whether the person did not want to go on with what was left behind."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"add": self.add}

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers besides: each thing that can be added."""
        from explorer.adding.form_kinds import FORM_KINDS

        yield from self._intake.palette()
        for kind in FORM_KINDS.values():
            yield f"Add {kind.title}", "Fill in a form for it.", partial(self.open, kind.name)

    def close(self) -> None:
        """The screen is left; what was not saved is left behind for the next time."""
        if self._kept is not None:
            self._kept.close()

    def begin(self) -> None:
        """Say that something was left behind when the program was ended."""
        self._background.run(self._look_for_left)

    def _look_for_left(self) -> None:
        if self.kept.left_behind():
            self._background.say("Something that you were adding was not saved; + takes it up.")

    @property
    def kept(self) -> KeptForms:
        """The drafts of forms for this dataset."""
        from explorer.adding.kept_forms import KeptForms

        if self._kept is None:
            self._kept = KeptForms(self._screen.view.whole.dataset.negotiation.id)
        return self._kept

    # What is to be added.

    def add(self) -> None:
        """Add what is likely where the person is; first what was left behind, if anything."""
        if not self._writing.is_possible():
            return
        left = [] if self._has_passed else self.kept.left_behind()
        if left:
            self._offer(left[0])
        else:
            self._begin()

    def _begin(self) -> None:
        from explorer.adding.form_kinds import FIRST_FOR

        likely = FIRST_FOR.get(self._around(), ())
        if len(likely) == 1:
            self.open(likely[0])
        else:
            self._choose(likely)

    def _around(self) -> str:
        """The kind of record where the person is: of the pane, or else of the record shown."""
        if self._screen.place == "pane":
            return self._stack.open.kind.kind
        return self._screen.subject.kind

    def _choose(self, likely: Sequence[str]) -> None:
        from explorer.ui.dialogs.choose_kind import ChooseKind

        def chosen(name: str | None) -> None:
            if name is not None:
                self.open(name)

        self._screen.app.push_screen(ChooseKind(likely), chosen)

    def _offer(self, left: KeptForm) -> None:
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "up":
                self._take_up(left)
            elif answer == "discard":
                self._background.run(partial(self.kept.taken, left))
                self._begin()
            elif answer == "new":
                self._has_passed = True
                self._begin()

        self._screen.app.push_screen(
            Confirm(
                f"You were adding {left.title}, and it was not saved. Go on with it?",
                left.words,
                Answer("up", "g", "Go on"),
                Answer("new", "n", "Leave it, add something else"),
                Answer("discard", "d", "Throw it away"),
                Answer("nothing", "c", "Close"),
            ),
            answered,
        )

    def _take_up(self, left: KeptForm) -> None:
        from explorer.adding.filled_form import FilledForm

        try:
            form = FilledForm.of_data(self._screen.view, left.data)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            self._screen.notify(
                f"The draft cannot be read any more; it is left in {left.path}.", severity="warning"
            )
            return
        self._show(form, left)

    # The form.

    def open(self, name: str) -> None:
        """Open the form for something, with what is shown filled in where it must be meant."""
        from explorer.adding import form_saving

        if not self._writing.is_possible():
            return
        self._show(form_saving.begun(self._screen.view, name, self._screen.subject))

    def _show(self, form: FilledForm, left: KeptForm | None = None) -> None:
        from explorer.adding import offers
        from explorer.ui.dialogs.add_form import AddForm, Adding

        self._screen.follow_cursor()
        near = (*offers.near(self._screen.view, self._screen.subject), *self._recent)
        adding = Adding(
            form,
            offers.Offers(form.view, near),
            self._save,
            self.kept,
            left,
            is_apart=self._opened.overlay() is not None,
        )
        app_services(self._screen.reading).ahead.begin("do('add')")
        self._screen.app.push_screen(AddForm(adding), self._left)

    def _left(self, added: Added | None) -> None:
        """The form was left: show what was added, or where the person wants to go."""
        if added is None:
            return
        if added.go is not None:
            self._screen.go(added.go)
        elif added.is_other:
            self._choose(())
        elif added.ref is not None:
            self._recent = [ref for ref in added.chosen if ref != added.ref] + self._recent
            if added.ref in self._screen.view.index:
                self._screen.go(added.ref)
                self._screen.notify(f"Added to {added.where}.")
            else:
                day = labels.day(self._screen.view.as_of)
                way = f"{key_words.cap('last-day')} goes to the last day"
                self._screen.notify(f"Added to {added.where}. It was not public on {day}; {way}.")

    def _save(self, form: FilledForm) -> str:
        """Add a form to the files, and show them; not for the thread that draws.

        Returns the files, in words. Raises ExplorerError.
        """
        from explorer.adding import form_saving

        path, files = self._opened.path, self._opened.files
        assert path is not None, "it was looked at before the form was opened"
        any_size = files is not None and files.any_size
        written = form_saving.save(form, path, self._opened.overlay(), any_size=any_size)
        return self._writing.shown_anew(written, form.view.whole)
