"""What narrows a search to some of what can be found: `speaker:bessent`, `after:madrid`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from explorer.notes.tags import key
from explorer.record import labels
from explorer.record.days import first_day
from explorer.record.model import Form, Ref, Round
from explorer.search.findable import KINDS, ME, Texts
from explorer.search.query import Filter
from explorer.search.word_split import words_in
from explorer.text.folding import fold, matches, words_of
from explorer.text.near_words import nearest
from explorer.view import View, ways_to_say_a_day

if TYPE_CHECKING:
    from explorer.search.word_table import WordTable

_FILTERS: Mapping[str, str] = {
    "speaker": "what a person or an office said: speaker:bessent",
    "issue": "what concerns an issue: issue:soybeans",
    "round": "what belongs to a round: round:madrid",
    "delegation": "what a delegation and its people said and did: delegation:china",
    "kind": "one kind of thing: kind:quote, kind:position, kind:note",
    "tag": "notes with a tag, or with kind: what they are on: tag:watch",
    "author": "notes by somebody, or with kind: what they are on: author:anna, author:me",
    "before": "what is dated before a day, a month or a round: before:2025-11-01",
    "after": 'what is dated after a day, a month or a round: after:"oct 2025"',
    "source": "what rests on the pages of a publisher: source:reuters",
    "form": "quotes of a form: form:verbatim",
    "has": "notes, and what they are on: has:note",
}

_DAYS = ("before", "after")
_Choices = Mapping[str, tuple[str, ...]]
_ALIKE = 0.75
"""Words more alike are one word mistyped."""
_AS_WORDS = ", and words with a colon need quotation marks"
_NOTES_OFF = "your notes, and notes are off"
_DATED = "# IN (SELECT number FROM document WHERE"
_NO_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»＂'))
_MOST_NAMED = 6
"""Most names that are given of what there is."""


class NotUnderstoodError(ValueError):
    """A filter says nothing: why, and what could be typed in its place."""

    def __init__(self, why: str, instead: str = "") -> None:
        super().__init__(why)
        self.instead = instead


def filters() -> Mapping[str, str]:
    """Each filter by its name, with what it keeps and how it is typed."""
    return _FILTERS


def is_a_word(name: str) -> bool:
    """Whether a word before a colon is unlike all filters."""
    return name not in KINDS and not nearest(name, _FILTERS, _ALIKE)


class Kept:
    """Which documents of a table of words each filter keeps, as conditions on their numbers."""

    def __init__(self, view: View, table: WordTable) -> None:
        self._view = view
        self._table = table
        self._known: dict[str, _Choices] = {}
        self._parts: dict[str, dict[str, str]] = {}
        """The names that filters can be given, by what of them may be mistyped."""

    def by(self, this: Filter) -> str:
        """The documents that agree with a filter. Raises NotUnderstoodError."""
        if this.name in KINDS and this.name not in _FILTERS:
            raise NotUnderstoodError(
                f"there is no filter “{this.name}”{_AS_WORDS}; did you mean kind:{this.name}?",
                f"kind:{this.name} {_quoted(this.value)}".rstrip(),
            )
        if this.name not in _FILTERS:
            known = {name: (name,) for name in _FILTERS}
            near = nearest(this.name, known)
            raise NotUnderstoodError(
                f"there is no filter “{_again(this.name)}”{_AS_WORDS}{_instead(near, known)}",
                near and f"{near}:{_quoted(this.value)}",
            )
        if this.name in _DAYS:
            return self._dated(this)
        if self._view.notes.are_off and this.name in ("tag", "has", "author"):
            raise NotUnderstoodError(f"“{this.name}:{_again(this.value)}” asks for {_NOTES_OFF}")
        meant = self._meant(this)
        if self._view.notes.are_off and this.name == "kind" and "note" in meant:
            raise NotUnderstoodError(f"“kind:{_again(this.value)}” asks for {_NOTES_OFF}")
        return self._table.with_any_trait(this.name, meant)

    def _choices(self, name: str) -> _Choices:
        if name not in self._known:
            self._known[name] = _choices(self._view, name)
        return self._known[name]

    def _nearest(self, name: str, folded: str) -> str:
        if name not in self._parts:
            self._parts[name] = _parts(self._choices(name))
        return self._parts[name].get(nearest(folded, self._parts[name]), "")

    def _meant(self, this: Filter) -> list[str]:
        """The ids that are meant: the one that was typed, else by whole words, else by a part."""
        choices = self._choices(this.name)
        words = " ".join(words_in(this.value))
        # Of a tag accents count, and it may have no words: one that is there is meant as it is.
        if this.name == "tag" and (tag := key(this.value.lstrip("#"))) in choices:
            return [tag]
        if not words:
            raise NotUnderstoodError(f"“{this.name}:” needs a value{_instead('', choices)}")
        if (folded := fold(this.value)) in choices:
            return [folded]
        for part, compared in ((f" {words} ", _spaced), (folded, fold)):
            found = [
                slug
                for slug, names in choices.items()
                if any(part in compared(name) for name in (slug, *names))
            ]
            if found:
                return found
        if this.name == "has":
            why = f"“has:{_again(this.value)}” says nothing; there is has:note"
            raise NotUnderstoodError(why, "has:note")
        where = self._where_of_notes() if this.name in ("tag", "author") else ""
        near = self._nearest(this.name, folded)
        raise NotUnderstoodError(
            f"there is no {this.name} “{_again(this.value)}”{where}{_instead(near, choices)}",
            near and f"{this.name}:{_quoted(near)}",
        )

    def _where_of_notes(self) -> str:
        """What is said of notes that are not searched."""
        notes = self._view.notes
        if unread := len(notes.damaged):
            return f" in what could be read; {labels.counted(unread, 'file')} could not"
        if notes.hides_others and notes.of_others():
            return " in your own notes; those of other people are hidden"
        return ""

    def _dated(self, this: Filter) -> str:
        if not this.value:
            why = f"“{this.name}:” needs a day: {ways_to_say_a_day(self._view)}"
            raise NotUnderstoodError(why)
        try:
            return self._on(this)
        except ValueError as error:
            near = self._day_meant(this)
            if not near:
                raise NotUnderstoodError(str(error)) from None
            is_day = any(map(str.isdigit, this.value))
            what = "no day" if is_day else "neither a day nor a round"
            raise NotUnderstoodError(
                f"“{_again(this.value)}” is {what}; did you mean {near}?",
                f"{this.name}:{_quoted(near)}",
            ) from None

    def _on(self, this: Filter) -> str:
        if this.name == "before":
            begins = self._begins(this.value)
            return f"{_DATED} last BETWEEN 1 AND {begins.toordinal() - 1})"
        ends = self._day(this.value, {r.ref: r.closes for r in self._rounds})
        return f"{_DATED} first > {ends.toordinal()})"

    def _day_meant(self, this: Filter) -> str:
        """The day or round that was mistyped; nothing when none is likely, or several were named.

        A month may be misspelt, or have fewer days.
        """
        rounds = _parts({r.id: (r.city, r.name) for r in self._rounds})
        titles = [fold(labels.title(self._view.index, r.ref)) for r in self._rounds]
        if any(matches(words_of(this.value), title) for title in titles):
            return ""
        dated = (_with_month(this.value), _last_of_month(this.value))
        for said in filter(None, (*dated, rounds.get(nearest(fold(this.value), rounds)))):
            with suppress(ValueError):
                self._on(replace(this, value=said))
                return said
        return ""

    def _begins(self, said: str) -> date:
        """The first day of what was said, where elsewhere a month or a round means its last."""
        with suppress(ValueError):
            return first_day(said)
        with suppress(ValueError):
            return self._day(f"1 {said}", {})
        return self._day(said, {r.ref: r.opens for r in self._rounds})

    def _day(self, said: str, days: Mapping[Ref, date]) -> date:
        # Not as the view reads a day: that names rounds which are not public yet.
        return self._view.day_among(said, days, self._view.index)

    @property
    def _rounds(self) -> Sequence[Round]:
        return self._view.index.dataset.rounds


def _tags(view: View) -> _Choices:
    """The tags that there are, each as it is written."""
    written = (tag for note in view.shown_notes() for tag in note.tags)
    forms: dict[str, Texts] = {}
    for tag in sorted(written, key=lambda tag: (fold(tag), tag)):
        parts = tag.split("/")
        for depth in range(1, len(parts) + 1):
            form = "/".join(parts[:depth])
            forms.setdefault(key(form), (form,))
    return forms


def _authors(view: View) -> _Choices:
    """Who wrote notes, each as they sign."""
    own = [view.notes.owner] if view.notes.owner else []
    names = (*own, *(view.notes.signed(note) for note in view.shown_notes()))
    return {ME: (ME,), **{fold(name): (name,) for name in names if name}}


def _choices(view: View, name: str) -> _Choices:
    """What a filter can name: ids with the names they go by, the one to show first."""
    index, dataset = view.index, view.index.dataset
    choices: Mapping[str, Callable[[], _Choices]] = {
        "speaker": lambda: {d.id: (d.short, d.name, d.native_name) for d in dataset.delegates},
        "issue": lambda: {i.id: (i.name,) for i in dataset.issues},
        "round": lambda: {
            r.id: (r.name, labels.title(index, r.ref), r.city) for r in dataset.rounds
        },
        "delegation": lambda: {d.id: (d.short, d.name) for d in dataset.delegations},
        "source": lambda: {s.id: (s.publisher, s.carries) for s in dataset.sources},
        "kind": lambda: {k: (k, name, labels.KIND_PLURALS.get(k, "")) for k, name in KINDS.items()},
        "form": lambda: {form: (form, labels.FORM_NAMES[form]) for form in get_args(Form)},
        "tag": lambda: _tags(view),
        "author": lambda: _authors(view),
        "has": lambda: {"note": ("note",)},
    }
    return choices[name]()


def _spaced(text: str) -> str:
    """A text as whole words are looked for in it."""
    return f" {' '.join(words_in(text))} "


def _instead(near: str, choices: _Choices) -> str:
    """What could be said instead: the nearest there is, or some of it."""
    if near:
        return f"; did you mean {near}?"
    names = list(dict.fromkeys(called[0] for called in choices.values()))
    if not names:
        return "; there is none yet"
    verb = "is" if len(names) == 1 else "are"
    more = " …" if names[_MOST_NAMED:] else ""
    return f"; there {verb} {', '.join(names[:_MOST_NAMED])}{more}"


def _parts(choices: _Choices) -> dict[str, str]:
    """Names by how they are compared with what is mistyped: whole, or a word of them."""
    parts: dict[str, str] = {}
    for names in choices.values():
        for name in filter(None, names):
            for part in (name, *name.split()):
                parts.setdefault(fold(part), name)
    return parts


def _with_month(said: str) -> str:
    """A day in words with the name of its month set right; nothing when it has none."""
    months = [name for name in calendar.month_name if name]
    words = said.split()
    for place, word in enumerate(words):
        if word.isalpha() and (near := nearest(word.capitalize(), months, _ALIKE)):
            return " ".join([*words[:place], near, *words[place + 1 :]])
    return ""


def _last_of_month(said: str) -> str:
    """The last day of the month in which a day would be that its month does not have."""
    if written := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said):
        year, month = int(written[1]), int(written[2])
        if year and month in range(1, 13):
            last = calendar.monthrange(year, month)[1]
            return f"{year:04}-{month:02}-{min(int(written[3]) or 1, last):02}"
    return ""


def _quoted(value: str) -> str:
    """A value as it is typed: in quotation marks when it is more than a word."""
    bare = value.translate(_NO_MARKS)
    return bare if bare == value and not re.search(r"\s", value) else f'"{bare}"'


def _again(said: str) -> str:
    return labels.shortened(said, 60)
