"""What a filled form would make: records that are checked and shown before they are added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from explorer.adding.filled_form import MISSING, FilledForm, Part
from explorer.adding.form_fields import WITHIN
from explorer.adding.small_record import SmallRecord
from explorer.record.model import Quote, Ref
from explorer.text.folding import fold
from explorer.values import dataclass
from explorer.view import View

_COMPARED = 5000
"""Quotes, the newest, that new words are compared with."""
_WORDS_ALIKE = 6
"""Words that must be the same where one text is only a part of the other."""
_Place = tuple[int, str]
"""A part of a form, and the key of a field."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that says the same already."""

    place: _Place
    ref: Ref
    message: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a form would add, looked at."""

    problems: Mapping[_Place, str]
    """What is wrong or missing, by part and field."""
    duplicates: tuple[Duplicate, ...] = ()
    preview: View | None = None
    """A small record in which it stands; None as long as something is wrong."""
    shown: Ref | None = None
    """The record to look at there."""

    @property
    def missing(self) -> list[_Place]:
        """What must be filled in still."""
        return [place for place, why in self.problems.items() if why == MISSING]


def examined(form: FilledForm) -> Candidate:
    """Check what was typed, and make what it would add. Not for the thread that draws."""
    problems, same = form.problems(), tuple(duplicates(form))
    if problems:
        return Candidate(problems, same)
    made = _Made(form)
    if found := made.findings():
        return Candidate(found, same, made.preview(), made.shown)
    return Candidate({}, same, made.preview(), made.shown)


class _Made:
    """The records that a form would make, among those that they name."""

    def __init__(self, form: FilledForm) -> None:
        self._parts = sorted(form.needed, key=lambda part: not part.form.is_record)
        self._small = SmallRecord(form.view, form.additions(), form.latest_day())
        self.shown = form.subject

    def findings(self) -> dict[_Place, str]:
        """What the checks of a dataset find wrong with what is new."""
        found: dict[_Place, str] = {}
        for number, key, said in self._small.findings():
            found.setdefault((self._parts[number].number, key or WITHIN), said)
        return found

    def preview(self) -> View:
        """A view of what is new; of a record with a new entry it shows that entry alone."""
        return self._small.preview()


# Duplicates.


def duplicates(form: FilledForm) -> Iterator[Duplicate]:
    """Records that say already what a form would add."""
    for part in form.parts.values():
        match part.form.name:
            case "quote":
                yield from _same_words(form, part)
            case "source":
                yield from _same_address(form, part)
            case kind if part.form.is_record:
                yield from _same_name(form, part, kind)


def _same_words(form: FilledForm, part: Part) -> Iterator[Duplicate]:
    words = as_compared(form.typed(part, "text"))
    if not words:
        return
    speakers = [Ref.parse(n) for n in form.chosen(part, "speaker") if form.part_of(n) is None]
    for ref, known in _words_of(form, speakers[0] if speakers else None):
        if any(are_same(words, text) for text in known):
            yield Duplicate((part.number, "text"), ref, "the record has these words already")
            return


def _words_of(form: FilledForm, speaker: Ref | None) -> Sequence[tuple[Ref, Sequence[str]]]:
    """The newest quotes of a speaker or of all, as words are compared."""
    if (found := form.memory.get(speaker)) is None:
        index = form.view.index
        said = index.refs_to(index.naming(speaker, "quote")) if speaker is not None else None
        quotes = map(index.quote, index.newest_quotes(said)[:_COMPARED])
        found = form.memory[speaker] = [
            (q.ref, [as_compared(t) for t in (q.text, *(v.text for v in q.variants))])
            for q in quotes
        ]
    known: Sequence[tuple[Ref, Sequence[str]]] = found
    return known


def as_compared(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def are_same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    is_long_enough = short.count(" ") + 1 >= _WORDS_ALIKE or len(short) >= 6 * _WORDS_ALIKE
    return is_long_enough and f" {short} " in f" {long} "


def _same_address(form: FilledForm, part: Part) -> Iterator[Duplicate]:
    if not (place := page_of(form.typed(part, "address"))):
        return
    if "pages" not in form.memory:
        sources = form.view.index.dataset.sources
        form.memory["pages"] = {page_of(source.address): source.ref for source in sources}
    if (ref := form.memory["pages"].get(place)) is not None:
        yield Duplicate((part.number, "address"), ref, "this page is a source already")


def page_of(address: str) -> str:
    """An address as far as it says which page it is; nothing when it is none."""
    found = re.match(r"https?://(?:www\.)?([^#]+)", address.strip(), re.IGNORECASE)
    if found is None:
        return ""
    page, _, asked = found[1].partition("?")
    kept = [
        each for each in asked.split("&") if each and not re.match(r"utm_|module=|fbclid", each)
    ]
    host, slash, path = page.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")


def _same_name(form: FilledForm, part: Part, kind: str) -> Iterator[Duplicate]:
    name = as_compared(form.typed(part, "name"))
    index = form.view.index
    for ref in index.refs(kind) if name else ():
        record: Any = index[ref]
        if as_compared(record.name) == name and not isinstance(record, Quote):
            yield Duplicate((part.number, "name"), ref, f"there is a {kind} of this name already")
            return
