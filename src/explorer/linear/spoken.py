"""What a sheet says, as lines that can be heard: no sign without a word, and numbered entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from explorer.documents import outline
from explorer.documents.outline import Section
from explorer.documents.pages.rows import DISAGREE
from explorer.documents.sheet import BREAK, Cell, Sheet, Span, said_once
from explorer.linear.whereabouts import OnRecord, Place
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

_PEOPLE = ("delegation", "delegate")
_LEADING = re.compile(r"(^|: |— |, | · )[~+✗→✓✱–∅◂▸⇄=≃«?] (?=[^\W\d])")
"""Signs ahead of a word that says the same."""
_BESIDE = re.compile(r"[✓~✗∅?] (?=affirms|differs|words it|denies|silent|not checked)")
_IN_BRACKETS = (
    (re.compile(r"\{–(.+?)–\}"), r"(only the first: \1)"),
    (re.compile(r"\{\+(.+?)\+\}"), r"(only the second: \1)"),
    (re.compile(r"\[–(.+?)\]"), r"(was: \1)"),
    (re.compile(r"\[\+(.+?)\]"), r"(now: \1)"),
)
"""Words that differ, as they are marked where nothing is coloured."""
_DISAGREE = "Sources disagree"
_LEGEND = "{–words–}"
"""What explains these marks, which nobody needs who hears words for them."""
_WORDS = {
    "≢ worded": "worded",
    "≢": "sources disagree",
    labels.OWN: "reader’s own",
    labels.OWN_SIGN: "reader’s own",
    " → ": " to ",
    " · ": ", ",
}
_AFTER_STOP = re.compile(r"(?<=[.…?!]), ")
"""What a sign between two statements leaves behind a full stop."""
_APART = Span(" · ")
_BLANK = Span(" ")
_RUN = 3
"""So many sources in a row are said as “1 to 3”."""
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})*[a-z]?")
"""A clause as it is numbered, which is no number of an entry."""
_GAPS = re.compile(r"[ \t]{2,}")


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an entry leads."""

    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement; one that leads somewhere has a number."""

    text: str
    goals: tuple[Goal, ...] = ()
    source_ids: tuple[str, ...] = ()
    is_heading: bool = False

    @property
    def goal(self) -> Goal | None:
        """Where it leads without being asked: to what it is about, when that is one thing."""
        if not self.goals:
            return None
        first, *others = self.goals
        about = isinstance(first.place, OnRecord) and first.place.ref.kind not in _PEOPLE
        if not others or (about and all(_is_person(other) for other in others)):
            return first
        return None


def _is_person(goal: Goal) -> bool:
    return isinstance(goal.place, OnRecord) and goal.place.ref.kind in _PEOPLE


def entries(sheet: Sheet) -> tuple[Entry, ...]:
    """All of a sheet but its title and the list of its sources."""
    return tuple(_of_section(sheet, outline.outline(sheet)))


def in_words(text: str) -> str:
    """A text without signs that nobody hears."""
    if text.startswith("≢ "):
        text = f"{_DISAGREE}: {text[2:]}"
    text = _LEADING.sub(r"\1", text)
    for sign, words in _WORDS.items():
        text = text.replace(sign, words)
    for marked, said in _IN_BRACKETS:
        text = marked.sub(said, text)
    text = _BESIDE.sub("", text)
    return one_line(_AFTER_STOP.sub(" ", _GAPS.sub(" — ", text.strip())))


def name_of(view: View, ref: Ref) -> str:
    """What a record is called, in words: “Issue: Tariffs”."""
    kind, title = labels.KIND_NAMES.get(ref.kind, ref.kind), labels.title(view.index, ref)
    return in_words(title if title.startswith(f"{kind} ") else f"{kind}: {title}")


def goals(view: View, refs: Iterable[Ref]) -> tuple[Goal, ...]:
    """Where some links lead, each once; what is not public on the day leads nowhere."""
    known = (ref for ref in dict.fromkeys(refs) if ref in view.index)
    return tuple(Goal(OnRecord(ref), name_of(view, ref)) for ref in known)


def _of_section(sheet: Sheet, section: Section) -> Iterator[Entry]:
    is_said = section.heading == DISAGREE
    for entry in section.entries:
        for one in _of_entry(sheet, entry):
            yield replace(one, text=one.text.removeprefix(f"{_DISAGREE}: ")) if is_said else one
    for inner in section.sections:
        yield Entry(in_words(inner.heading), is_heading=True)
        yield from _of_section(sheet, inner)


def _of_entry(sheet: Sheet, entry: outline.Entry) -> Iterator[Entry]:
    block = entry.block
    if block.kind == "cells":
        named = tuple(_APART if s == BREAK else s for s in outline.named(block.label))
        if named:
            yield from _of_spans(sheet, named)
        for more in block.under:
            yield from _of_spans(sheet, more)
        above = {span.link for span in named}
        for cell in said_once(block.cells):
            yield from _of_cell(sheet, cell, above)
    elif block.label:
        label = (*_numbered(outline.named(block.label)), Span(": "))
        yield from _of_spans(sheet, (*label, *block.spans))
    else:
        yield from _of_spans(sheet, block.spans)
    for under in entry.under:
        yield from _of_entry(sheet, under)


def _numbered(label: Sequence[Span]) -> Sequence[Span]:
    """A label that says of a number that it is a clause’s."""
    if len(label) == 1 and _NUMBER.fullmatch(label[0].text.strip()):
        return (replace(label[0], text=f"Clause {label[0].text.strip()}"),)
    return label


def _of_cell(sheet: Sheet, cell: Cell, above: Collection[Ref | None]) -> Iterator[Entry]:
    """A cell; where it leads as a whole is left out when the label above leads there."""
    if cell.spans:
        link = () if cell.link is None or cell.link in above else (cell.link,)
        yield from _of_spans(sheet, (Span(f"{cell.name}: "), *cell.spans), link)
        for under in cell.under:
            yield from _of_spans(sheet, under, link)


def _of_spans(sheet: Sheet, spans: Sequence[Span], more: tuple[Ref, ...] = ()) -> Iterator[Entry]:
    """A statement, each of its lines an entry; links of the whole belong to the first."""
    for number, line in enumerate(outline.with_breaks(spans)):
        links = [span.link for span in line if span.link is not None and span.role != "mark"]
        own = tuple(s.link.id for s in line if s.role == "mark" and s.link is not None)
        text = "" if line[0].text.startswith(_LEGEND) else _text(sheet, line)
        if text:
            yield Entry(text, goals(sheet.view, (*(() if number else more), *links)), own)


def _text(sheet: Sheet, line: Sequence[Span]) -> str:
    """The words of a line; a run of marks becomes “(sources 3, 5)”."""
    parts: list[str] = []
    numbers: list[int] = []

    def close() -> None:
        if numbers:
            what = "source" if len(numbers) == 1 else "sources"
            parts.append(f" ({what} {in_runs(numbers)})")
            numbers.clear()

    after_side = False
    for span in outline.read(line):
        if span.role == "mark" and span.link is not None:
            numbers.append(sheet.cited.get(span.link.id, 0))
            continue
        close()
        # “US Asks which goods” is a colour apart on a screen.
        parts.append(": " if after_side and span == _BLANK else span.text)
        after_side = span.link is not None and span.link.kind == "delegation"
    close()
    return in_words("".join(parts))


def in_runs(numbers: Sequence[int]) -> str:
    """“1 to 10, 12”: numbers that follow each other are not counted out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = (
        f"{run[0]} to {run[-1]}" if len(run) >= _RUN else ", ".join(map(str, run)) for run in runs
    )
    return ", ".join(said)
