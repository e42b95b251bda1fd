"""What narrows a search to some of what can be found: `speaker:bessent`, `after:madrid`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
_MOST_NAMED = 6
"""Most names that are given of what there is."""


def filters() -> Mapping[str, str]:
    """Each filter by its name, with what it keeps and how it is typed."""
    return _FILTERS


def is_a_word(name: str) -> bool:
    """Whether a word before a colon is unlike all filters."""
    return name not in KINDS and not difflib.get_close_matches(name, _FILTERS, 1, _ALIKE)


class Kept:
    """Which documents of a table of words each filter keeps, as conditions on their numbers."""

    def __init__(self, view: View, table: WordTable) -> None:
        self._view = view
        self._table = table
        self._known: dict[str, _Choices] = {}

    def by(self, this: Filter) -> str:
        """The documents that agree with a filter. Raises ValueError, saying why it has no sense."""
        if this.name in KINDS and this.name not in _FILTERS:
            raise ValueError(
                f"there is no filter “{this.name}”{_AS_WORDS}; did you mean kind:{this.name}?"
            )
        if this.name not in _FILTERS:
            known = {name: (name,) for name in _FILTERS}
            raise ValueError(
                f"there is no filter “{_again(this.name)}”{_AS_WORDS}{_instead(this.name, known)}"
            )
        if this.name in _DAYS:
            return self._dated(this)
        if self._view.notes.are_off and this.name in ("tag", "has", "author"):
            raise ValueError(f"“{this.name}:{_again(this.value)}” asks for {_NOTES_OFF}")
        meant = self._meant(this)
        if self._view.notes.are_off and this.name == "kind" and "note" in meant:
            raise ValueError(f"“kind:{_again(this.value)}” asks for {_NOTES_OFF}")
        return self._table.with_any_trait(this.name, meant)

    def _choices(self, name: str) -> _Choices:
        if name not in self._known:
            self._known[name] = _choices(self._view, name)
        return self._known[name]

    def _meant(self, this: Filter) -> list[str]:
        """The ids that are meant: the one that was typed, else by whole words, else by a part."""
        choices = self._choices(this.name)
        words = " ".join(words_in(this.value))
        # Of a tag accents count, and it may have no words: one that is there is meant as it is.
        if this.name == "tag" and (tag := key(this.value.lstrip("#"))) in choices:
            return [tag]
        if not words:
            raise ValueError(f"“{this.name}:” needs a value{_instead('', choices)}")
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
            raise ValueError(f"“has:{_again(this.value)}” says nothing; there is has:note")
        unread = len(self._view.notes.damaged) if this.name == "tag" else 0
        where = (
            f" in what could be read; {labels.counted(unread, 'file')} could not" if unread else ""
        )
        raise ValueError(
            f"there is no {this.name} “{_again(this.value)}”{where}{_instead(folded, choices)}"
        )

    def _dated(self, this: Filter) -> str:
        if not this.value:
            raise ValueError(f"“{this.name}:” needs a day: {ways_to_say_a_day(self._view)}")
        if this.name == "before":
            begins = self._begins(this.value)
            return f"{_DATED} last BETWEEN 1 AND {begins.toordinal() - 1})"
        ends = self._day(this.value, {r.ref: r.closes for r in self._rounds})
        return f"{_DATED} first > {ends.toordinal()})"

    def _begins(self, said: str) -> date:
        """The first day of what was said, where elsewhere a month or a round means its last."""
        with suppress(ValueError):
            return first_day(said)
        with suppress(ValueError):
            return self._day(f"1 {said}", {})
        return self._day(said, {r.ref: r.opens for r in self._rounds})

    def _day(self, said: str, days: Mapping[Ref, date]) -> date:
        # Not as the view reads a day: that names rounds which are not public yet.
        index = self._view.index
        try:
            return self._view.day_among(said, days, index)
        except ValueError as error:
            rounds = {r.id: (r.city, r.name) for r in self._rounds}
            titles = (fold(labels.title(index, ref)) for ref in days)
            is_known = any(matches(words_of(said), title) for title in titles)
            if is_known or not (near := _nearest(fold(said), rounds)):
                raise error from None
            raise ValueError(
                f"“{_again(said)}” is neither a day nor a round; did you mean {near}?"
            ) from None

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


def _instead(folded: str, choices: _Choices) -> str:
    """What could be said instead: the nearest there is, or some of it."""
    near = _nearest(folded, choices)
    if near:
        return f"; did you mean {near}?"
    names = list(dict.fromkeys(called[0] for called in choices.values()))
    if not names:
        return "; there is none yet"
    verb = "is" if len(names) == 1 else "are"
    more = " …" if names[_MOST_NAMED:] else ""
    return f"; there {verb} {', '.join(names[:_MOST_NAMED])}{more}"


def _nearest(folded: str, choices: _Choices) -> str:
    """The name that is most like what was typed, or of which a word is."""
    near: dict[str, str] = {}
    for names in choices.values():
        for name in filter(None, names):
            for part in (name, *name.split()):
                near.setdefault(fold(part), name)
    found = difflib.get_close_matches(folded, near, n=1) if folded else []
    return near[found[0]] if found else ""


def _again(said: str) -> str:
    return labels.shortened(said, 60)
