"""Adding to the record: forms that are filled in by questions, and what is saved of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from explorer import dataset
from explorer.errors import UsageError
from explorer.linear.fresh_files import FreshFiles
from explorer.linear.session import Deed, Session
from explorer.linear.whereabouts import Listed, OnRecord
from explorer.opening import Opened
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.folding import words_of
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.adding.filled_form import FilledForm
    from explorer.adding.kept_forms import KeptForm, KeptForms
    from explorer.dataset.appending import Written
    from explorer.linear.form_asking import Filling


class AddingDesk:
    """Opens forms, and adds what is filled in to the files of the dataset."""

    def __init__(self, session: Session, opened: Opened, files: FreshFiles) -> None:
        self._session, self._opened, self._files = session, opened, files
        self._kept: KeptForms | None = None
        self._recent: list[Ref] = []
        """Records that were chosen in forms of this visit, the last one first."""

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {"add": self._add}

    def close(self) -> None:
        """The visit ends; a form that was not saved is offered at the next one."""
        if self._kept is not None:
            self._kept.close()

    @property
    def kept(self) -> KeptForms:
        """The drafts of forms for this dataset."""
        from explorer.adding.kept_forms import KeptForms

        if self._kept is None:
            self._kept = KeptForms(self._session.view.whole.dataset.negotiation.id)
        return self._kept

    def remind(self) -> None:
        """Say that something was left behind when a visit was ended."""
        with suppress(OSError):  # who has no home keeps no drafts
            if left := self.kept.left_behind():
                self._session.say(
                    f"You were adding {left[0].title}, and it was not saved; “add” takes it up."
                )

    def offer_left(self, typed: str = "") -> bool:
        """Offer what was left behind; whether there was anything."""
        left = self.kept.left_behind()
        if left:
            self._offer(left[0], typed)
        return bool(left)

    def where(self) -> str:
        """Where additions go, in words. Raises UsageError when nothing can be added."""
        opened = self._opened
        if opened.path is None:
            raise UsageError("this record has no files that could be added to")
        overlay = opened.overlay(self._session.view.whole)
        return one_line(str(overlay or opened.path))

    # What is to be added.

    def _add(self, typed: str) -> None:
        self.where()
        if not self.offer_left(typed):
            self._begin(typed)

    def _begin(self, typed: str) -> None:
        from explorer.adding.form_kinds import FORM_KINDS

        session = self._session
        if typed:
            names = _named(typed)
            if not names:
                raise UsageError(f"“{one_line(typed)}” cannot be added; “add” lists what can")
        else:
            names = [*self._likely(), *FORM_KINDS]
        names = list(dict.fromkeys(names))
        if len(names) == 1:
            self._open(names[0])
            return
        session.say("What is to be added?")
        titles = [(_begun_large(FORM_KINDS[name].title), self._opening(name)) for name in names]
        session.choose(titles, prompt="Which number")

    def _likely(self) -> tuple[str, ...]:
        """What is likely to be added where one is."""
        from explorer.adding.form_kinds import FIRST_FOR

        place = self._session.place
        kind = place.kind if isinstance(place, Listed) else self._session.here.kind
        return FIRST_FOR.get(kind, ())

    def _opening(self, name: str) -> Callable[[], None]:
        return lambda: self._open(name)

    def _open(self, name: str) -> None:
        from explorer.adding import form_saving

        self._show(form_saving.begun(self._session.view, name, self._session.here)).begin()

    def _show(self, form: FilledForm) -> Filling:
        from explorer.adding import offers
        from explorer.linear.form_asking import Filling
        from explorer.linear.form_review import Desk

        session = self._session
        near = (*offers.near(session.view, session.here), *self._recent)
        desk = Desk(
            session.say,
            session.close_mode,
            self._save,
            offers.Offers(form.view, near),
            self.kept,
            is_apart=self._opened.overlay(session.view.whole) is not None,
        )
        session.mode = filling = Filling(form, desk)
        return filling

    # What was left behind.

    def _offer(self, left: KeptForm, typed: str) -> None:
        session = self._session
        session.say(
            f"You were adding {left.title}, and it was not saved. {one_line(left.words)}".strip()
        )
        session.choose(
            [
                ("Go on with it", partial(self._take_up, left)),
                ("Leave it, add something else", partial(self._begin, typed)),
                ("Throw it away", partial(self._ask_to_discard, left)),
            ],
            otherwise="Kept as a draft; “add” offers it again.",
        )

    def _take_up(self, left: KeptForm) -> None:
        from explorer.adding.filled_form import FilledForm

        try:
            form = FilledForm.of_data(self._session.view, left.data)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            path = one_line(str(left.path))
            self._session.say(f"The draft cannot be read any more; it is left in {path}.")
            return
        filling = self._show(form)
        if trouble := self.kept.keep(form.as_data()):
            self._session.say(trouble)
        else:
            self.kept.taken(left)
        filling.review()

    def _ask_to_discard(self, left: KeptForm) -> None:
        session = self._session

        def discard() -> None:
            self.kept.taken(left)
            session.say("Thrown away.")

        session.say("These words cannot be brought back. Throw them away?")
        session.choose(words={"yes": discard}, prompt="yes or no", otherwise="Kept as a draft.")

    # What is saved.

    def _save(self, form: FilledForm) -> None:
        """Add a form to the files, and go to what was added. Raises ExplorerError."""
        from explorer.adding import form_saving

        session, opened = self._session, self._opened
        assert opened.path is not None, "it was looked at before the form was opened"
        written = form_saving.save(
            form,
            opened.path,
            opened.overlay(session.view.whole),
            any_size=opened.files is not None and opened.files.any_size,
        )
        session.close_mode()
        self._recent = [ref for ref in form.refs if ref not in written.refs] + self._recent
        self.show_anew(written)
        self._visit(form.subject)

    def _visit(self, ref: Ref) -> None:
        session = self._session
        if ref in session.view.index:
            session.visit(OnRecord(ref))
        elif ref in session.view.whole:
            day = labels.day(session.view.as_of)
            session.say(f"It was not public on {day}; 0 goes to the last day.")

    def show_anew(self, written: Written) -> None:
        """Say where it was written, and read the record anew."""
        from explorer.intake import bringing

        session, opened = self._session, self._opened
        own = "your own additions, " if written.is_own else ""
        for file in written.files:
            session.say(f"Added to {own}{one_line(str(file))}")
        before = session.view.whole
        try:
            index = self._files.read()
        except dataset.DatasetError as error:  # another program has changed it since
            session.say(f"The record as it is read here is without it: {one_line(str(error))}")
            return
        if not written.is_own:
            bringing.mark_seen(index, before, opened.place, written.refs)


def _named(typed: str) -> list[str]:
    """What may be added by a word such as “quote” or “a deadline”."""
    from explorer.adding.form_kinds import FORM_KINDS

    words = [word for word in words_of(typed) if word not in ("a", "an", "the", "new")]
    said = " ".join(words)
    if (singular := said.removesuffix("s")) in FORM_KINDS or said in FORM_KINDS:
        return [said if said in FORM_KINDS else singular]
    return [
        name
        for name, kind in FORM_KINDS.items()
        if words and all(any(w.startswith(word) for w in words_of(kind.title)) for word in words)
    ]


def _begun_large(title: str) -> str:
    return f"{title[:1].upper()}{title[1:]}"
