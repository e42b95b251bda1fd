"""A form that is filled in by questions: each of its fields is asked for, then all is read back.

Every answer is kept as a draft, safe on the disk, as soon as it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from explorer.adding import candidate, said_of_forms
from explorer.adding.filled_form import FilledForm, Part
from explorer.adding.form_fields import FormField
from explorer.linear.form_answers import FormAnswers
from explorer.linear.form_review import Desk, FormReview, Place, same
from explorer.record import labels
from explorer.text.sanitize import kept, one_line, plain

ASKING_HELP = (
    "“.b” goes back to the field before, “.c” empties this one, “.l” reads what you have, a single "
    "dot goes to the end, where all is read back and saved, and “.q” leaves it as a draft."
)
ASKING_BRIEFLY = (
    "Each field is asked for. Enter alone passes it over, “?” explains it, “.?” says what else can "
    "be typed."
)
_SHORT = 60


class Filling:
    """Takes the lines that fill in a form."""

    def __init__(self, form: FilledForm, desk: Desk) -> None:
        self.form, self._desk, self._say = form, desk, desk.say
        self._answers = FormAnswers(form, desk.offers, desk.say)
        self._left: list[Place] = []
        """What is to be asked for still; the first is being asked for."""
        self._passed: list[Place] = []
        self._lines: list[str] = []
        """Lines of words that are being typed."""
        self._review = FormReview(form, desk, self._ask_for, self.lay_by)
        self._begun_with: dict[str, Any] | None = None
        """The form as it was opened; None when it was a draft, with words of the person's."""

    def begin(self) -> None:
        """Ask for the first field."""
        form = self.form
        self._begun_with = form.as_data()
        where = " to your own additions" if self._desk.is_apart else ""
        self._say(f"Adding {form.main.form.title}{where}. {ASKING_BRIEFLY}")
        for number, key in self._asked(form.main):
            part, field = form.parts[number], self._field(number, key)
            if part.chosen.get(key):
                self._say(f"{field.label}: {said_of_forms.shown(form, part, field)}.")
        for part in form.parts.values():
            self._left += [p for p in self._asked(part) if not form.parts[p[0]].chosen.get(p[1])]
        self._ask()

    def review(self) -> None:
        """Read back what is there."""
        self._left, self._passed = [], []
        self._answers.begin()
        self._review.say_all()

    # The fields.

    def _field(self, number: int, key: str) -> FormField:
        fields = self.form.fields(self.form.parts[number])
        return next(field for field in fields if field.key == key)

    def _asked(self, part: Part) -> list[Place]:
        filled = {key for of in (part.typed, part.chosen) for key, said in of.items() if said}
        return [
            (part.number, field.key)
            for field in self.form.fields(part)
            if field.is_first or field.key in filled
        ]

    @property
    def prompt(self) -> str:
        """What is asked for now."""
        if not self._left:
            return self._review.prompt
        number, key = self._left[0]
        part, field = self.form.parts[number], self._field(number, key)
        if self._lines:
            return f"{field.label}, Enter ends"
        if self._answers.is_open:
            return f"{field.label}, {self._answers.asks}"
        shown = said_of_forms.shown(self.form, part, field)
        if field.typed_as == "records" and shown:
            return f"{field.label}, more, or Enter"
        if shown:
            return f"{field.label}, Enter keeps “{labels.shortened(shown, _SHORT)}”"
        return f"{field.label}, needed" if field.required else field.label

    def _ask_for(self, places: list[Place]) -> None:
        self._left, self._passed = list(places), []
        self._ask()

    def _ask(self) -> None:
        """Get ready for the field that is asked for; at the end read all back."""
        self._answers.begin()
        self._lines = []
        self._left = [place for place in self._left if place[0] in self.form.parts]
        if not self._left:
            self._review.say_all()
            return
        number, key = self._left[0]
        part, field = self.form.parts[number], self._field(number, key)
        before = self._passed[-1] if self._passed else None
        if part is not self.form.main and (before is None or before[0] != number):
            self._say(f"{said_of_forms.heading(self.form, part)}:")
        if len(choices := self._answers.choices(field)) > 1:
            self._say(*choices)

    def take(self, line: str) -> bool:
        if not self._left:
            self._review.take(line)
            return True
        number, key = self._left[0]
        part, field = self.form.parts[number], self._field(number, key)
        typed = line.strip()
        if not self._lines and (deed := self._deed(typed)) is not None:
            deed(part, field)
        elif field.typed_as == "words":
            self._take_words(part, field, line)
        elif typed or self._answers.is_open:
            self._take_answer(part, field, line)
        else:
            self._go_on()
        self._keep()
        return True

    def _take_words(self, part: Part, field: FormField, line: str) -> None:
        """Words may have several lines: an empty one, or one with a dot, ends them."""
        if line.strip() not in ("", "."):
            self._lines.append(kept(line))
            part.typed[field.key] = "\n".join(self._lines)
        elif not self._lines:
            self._go_on()
        elif self._answers.take(part, field, "\n".join(self._lines)):
            self._say_known(part, field)
            self._go_on()
        else:
            self._lines = []

    def _take_answer(self, part: Part, field: FormField, line: str) -> None:
        if not self._answers.take(part, field, line):
            return
        self._say_known(part, field)
        new = self._answers.added
        if new is not None:
            parts = [part for part in self.form.parts.values() if part.number >= new.number]
            self._passed.append(self._left[0])
            here = self._left if field.typed_as == "records" else self._left[1:]
            self._left = [*(place for each in parts for place in self._asked(each)), *here]
            self._ask()
        elif field.typed_as != "records" or not line.strip():
            self._go_on()

    def _say_known(self, part: Part, field: FormField) -> None:
        """Say what the record has already, of what can be the same."""
        if field.key in ("text", "address", "name"):
            for one in candidate.duplicates(self.form):
                if one.place == (part.number, field.key):
                    self._say(same(self.form, one))

    def _go_on(self) -> None:
        self._passed.append(self._left.pop(0))
        self._ask()

    def _deed(self, typed: str) -> Callable[[Part, FormField], None] | None:
        if typed == "?":
            return self._explain
        return {
            ".?": lambda *_: self._say(ASKING_HELP),
            ".b": lambda *_: self._go_back(),
            ".c": self._clear,
            ".l": lambda *_: self._review.read_back(),
            ".q": lambda *_: self.lay_by(),
            ".": lambda *_: self.review(),
        }.get(typed)

    def _explain(self, part: Part, field: FormField) -> None:
        needed = " It is needed." if field.required else ""
        self._say(f"{field.label}: {one_line(field.meaning.replace('`', ''))}{needed}")
        self._say(*self._answers.choices(field))
        match field.typed_as:
            case "records" | "record":
                self._say("Type words of its name. These are near:")
                self._answers.offer(part, field)
            case "words":
                self._say("It may have several lines; an empty line ends it.")
            case "day" | "date":
                self._say("A day, such as 26 Oct 2025, 2025-10-26, today or -2w.")
            case "list":
                self._say("Several are divided by “;”.")
        self._say("“.?” says what else can be typed.")

    def _go_back(self) -> None:
        if not self._passed:
            self._say("This is the first field.")
            return
        self._left.insert(0, self._passed.pop())
        self._ask()

    def _clear(self, part: Part, field: FormField) -> None:
        self._answers.clear(part, field)
        self._say(f"{field.label} is empty now.")

    # The end.

    def _keep(self) -> None:
        if self._is_untouched:
            return
        if trouble := self._desk.kept.keep(self.form.as_data()):
            self._say(plain(trouble))

    @property
    def _is_untouched(self) -> bool:
        return self.form.is_untouched or self.form.as_data() == self._begun_with

    def lay_by(self) -> None:
        """Leave it unsaved, as a draft that is offered again."""
        self._desk.close()
        if self._is_untouched:
            self._desk.kept.drop()
            self._say("Nothing was typed, so nothing was added.")
            return
        self._keep()
        self._desk.kept.close()
        self._say("Not saved. It is kept as a draft: “add” takes it up, and so does a new start.")

    def ended(self) -> None:
        self.lay_by()

    def broken_off(self) -> None:
        self.lay_by()
