"""What was filled in in a form, read back: it is corrected there, saved or left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from explorer.adding import candidate, said_of_forms
from explorer.adding.filled_form import MISSING, FilledForm
from explorer.adding.form_fields import WITHIN
from explorer.adding.kept_forms import KeptForms
from explorer.adding.offers import Offers
from explorer.errors import ExplorerError
from explorer.linear import spoken
from explorer.record import labels
from explorer.text.sanitize import one_line, plain

REVIEW_HELP = (
    "“save” or a single dot saves it. A number asks for that field anew. “more” asks for the "
    "fields that were not asked for, “page” reads it as it would stand in the record, “l” reads "
    "the fields again, “q” leaves it as a draft, “discard” throws it away."
)

Place = tuple[int, str]
"""A part of the form, and the key of a field."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form needs of those who opened it."""

    say: Callable[..., None]
    close: Callable[[], None]
    """Ends the questions."""
    save: Callable[[FilledForm], None]
    """Writes it, and says where. Raises ExplorerError."""
    offers: Offers
    kept: KeptForms
    is_apart: bool = False
    """Whether it goes to the person's own additions, and not into the dataset."""


class FormReview:
    """Takes the lines that are typed once the fields were asked for."""

    def __init__(
        self,
        form: FilledForm,
        desk: Desk,
        ask: Callable[[list[Place]], None],
        lay_by: Callable[[], None],
    ) -> None:
        """`ask` asks for fields, `lay_by` leaves the form as a draft."""
        self.form, self._desk, self._say = form, desk, desk.say
        self._ask, self._lay_by = ask, lay_by
        self._numbered: list[Place] = []
        """What numbers mean."""
        self._is_sure_to_discard = False

    @property
    def prompt(self) -> str:
        """What is asked for now."""
        return "yes or no" if self._is_sure_to_discard else "Save it"

    def _rows(self) -> Iterator[tuple[Place, str]]:
        """Each field that is filled in or needed, in a line."""
        found = self.form.problems()
        for part in self.form.needed:
            for field in self.form.fields(part):
                place = (part.number, field.key)
                shown = said_of_forms.shown(self.form, part, field)
                if not shown and found.get(place) == MISSING:
                    shown = "needed, and not there yet"
                if shown:
                    yield place, f"{said_of_forms.label_of(self.form, place)}: {plain(shown)}"

    def read_back(self) -> None:
        """Read what is filled in, numbered."""
        rows = list(self._rows())
        self._numbered = [place for place, _ in rows]
        self._say(*(f"{number}. {line}" for number, (_, line) in enumerate(rows, start=1)))

    def say_all(self) -> None:
        """Read back all of it, and say what is wrong or missing."""
        self._say("This would be added:")
        self.read_back()
        found = candidate.examined(self.form)
        for place, problem in found.problems.items():
            label = said_of_forms.label_of(self.form, place)
            if problem != MISSING:
                self._say(said_of_forms.said_of(label, one_line(problem)))
        self._say(*(same(self.form, one) for one in found.duplicates))
        later = said_of_forms.later_than_the_record(self.form, is_apart=self._desk.is_apart)
        self._say(*filter(None, [later]))
        ready = "“save” saves it, a" if not found.problems else "A"
        self._say(f"{ready} number changes a field, “?” explains more.")

    def take(self, line: str) -> None:
        """Take a line."""
        typed = line.strip().casefold()
        if self._is_sure_to_discard:
            self._is_sure_to_discard = False
            if typed in ("yes", "y"):
                self._desk.close()
                self._desk.kept.drop()
                self._say("Thrown away.")
            else:
                self._say("Kept.")
            return
        if typed.isdecimal():
            self._change(int(typed[:9]))
        elif (deed := self._deed(typed)) is not None:
            deed()
        else:
            shown = labels.shortened(one_line(line), 40)
            self._say(f"“{shown}” is not understood here; “?” says what is.")

    def _deed(self, typed: str) -> Callable[[], None] | None:
        does: dict[str, Callable[[], None]] = {}
        for words, deed in (
            (". save s yes y", self._save),
            ("? .? help", lambda: self._say(REVIEW_HELP)),
            ("l .l", self.say_all),
            ("page preview p", self._preview),
            ("more", self._ask_for_more),
            ("q .q quit no n", self._lay_by),
            ("discard", self._discard),
        ):
            does |= dict.fromkeys(words.split(), deed)
        return does.get(typed) if typed else self.say_all

    def _change(self, number: int) -> None:
        if not 1 <= number <= len(self._numbered):
            self._say(f"There is no {number}; the numbers go from 1 to {len(self._numbered)}.")
            return
        place = self._numbered[number - 1]
        part = self.form.parts[place[0]]
        field = next(each for each in self.form.fields(part) if each.key == place[1])
        if shown := said_of_forms.shown(self.form, part, field):
            self._say(f"It was: {plain(shown)}")
        self._ask([place])

    def _ask_for_more(self) -> None:
        """Ask for what was not asked for first."""
        more = [
            (part.number, field.key)
            for part in self.form.needed
            for field in self.form.fields(part)
            if not (field.is_first or field.key == WITHIN)
        ]
        more = [place for place in more if place not in self._numbered]
        self._say(f"{labels.counted(len(more), 'field')} more; a single dot ends.")
        self._ask(more)

    def _preview(self) -> None:
        """Read it as it would stand in the record."""
        from explorer.documents.pages import page
        from explorer.linear.leaf import Leaf

        found = candidate.examined(self.form)
        if found.preview is None or found.shown is None:
            self._say("It can be read once nothing is missing or wrong.")
            return
        sheet = page(found.preview, found.shown)
        entries = [replace(entry, goals=()) for entry in spoken.entries(sheet)]
        self._say(f"{sheet.title}.", *Leaf("", (), tuple(entries)).lines())

    def _save(self) -> None:
        if found := self.form.problems():
            named = [said_of_forms.label_of(self.form, place) for place in found]
            self._say(f"Not saved yet: see to {_and(named)}.")
            return
        try:
            self._desk.save(self.form)
        except ExplorerError as error:
            self._say(f"{error.title}: {plain(str(error))}")
            self._say("All that you typed is still here, and kept as a draft.")
            return
        self._desk.kept.drop()

    def _discard(self) -> None:
        self._say("What you typed cannot be brought back. Throw it away?")
        self._is_sure_to_discard = True


def same(form: FilledForm, one: candidate.Duplicate) -> str:
    """What is said of a record that says the same, and its name where it is public."""
    view, said = form.view, labels.sentence(one.message)
    return f"{said} It is {spoken.name_of(view, one.ref)}." if one.ref in view.index else said


def _and(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
