"""A briefing as plain data: sections of lines, the user's notes apart, and footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.documents.sheet import Span
from explorer.record.model import Ref

OWN = "My notes — not part of the record"
"""The heading that sets the user's notes apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, closed by the marks of its footnotes."""

    spans: tuple[Span, ...]
    under: tuple[Line, ...] = ()
    """What belongs under it: each side's account of a point, say."""
    of_record: bool = True
    """False when it tells only what the record does not: “not stated”, “5 more”."""

    def over(self, lines: Iterable[Line]) -> Line:
        """The same, with lines under it."""
        return replace(self, under=tuple(lines))

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The sources it is marked with, in order."""
        return tuple(span.link.id for span in self.spans if span.role == "mark" and span.link)

    @property
    def text(self) -> str:
        """Its words without the marks."""
        return "".join(span.text for span in self.spans if span.role != "mark")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it."""

    heading: str
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note of the user's. It is no part of the record."""

    ref: Ref
    on: str
    """The name of the record it is on."""
    days: str
    """Its own day, when it was written and changed, and when to look at it again."""
    words: str
    """The words of the record it is about, when it is not about all of it."""
    tags: tuple[str, ...]
    text: str

    @property
    def about(self) -> str:
        """Its days, the words it is about and its tags, on a line."""
        words = (f"on the words: {self.words}",) if self.words else ()
        return " · ".join((self.days, *words, *(f"#{tag}" for tag in self.tags)))


@dataclass(frozen=True, slots=True)
class Footnote:
    """A source in full."""

    number: int
    source: Ref
    text: str
    """As a reference list gives it, without its address."""
    address: str
    """Empty when there is none, or none that may be opened."""
    remarks: tuple[str, ...]
    """What a reader should know of it: “weak source”, “Chinese state media”."""
    weak: bool
    withheld: bool
    """Whether its title and address were not public on the day."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing, ready to be written out.

    What it tells as of a day that was chosen does not depend on when it was made. At the end
    of a record it says when it was, and counts from there.
    """

    title: str
    reach: Mapping[str, Any]
    """The day it tells of and how far the record reaches, as for JSON."""
    stamp: str
    """Which dataset it was made from, as it was on the day: the start of a digest."""
    opening: tuple[str, ...]
    """The day it tells of, where the record ends, its stamp; then how to read it."""
    sections: tuple[Section, ...]
    notes: tuple[OwnNote, ...]
    footnotes: tuple[Footnote, ...]

    def lines(self) -> Iterator[Line]:
        """Every line, those under others too, in the order they are read."""
        for section in self.sections:
            yield from _lines(section)

    def numbers(self) -> dict[str, int]:
        """The number of each source's footnote, by the source's id."""
        return {footnote.source.id: footnote.number for footnote in self.footnotes}


def _lines(section: Section) -> Iterator[Line]:
    for line in section.lines:
        yield line
        yield from _under(line)
    for inner in section.sections:
        yield from _lines(inner)


def _under(line: Line) -> Iterator[Line]:
    for inner in line.under:
        yield inner
        yield from _under(inner)


def as_data(brief: Brief) -> dict[str, Any]:
    """A briefing as plain values for JSON, less what is empty."""
    return _filled(
        {
            "title": brief.title,
            **brief.reach,
            "dataset": brief.stamp,
            "sections": [_section_data(section) for section in brief.sections],
            "notes": [
                _filled(
                    {
                        "record": str(note.ref),
                        "on": note.on,
                        "days": note.days,
                        "words": note.words,
                        "tags": list(note.tags),
                        "text": note.text,
                    }
                )
                for note in brief.notes
            ],
            "footnotes": [
                _filled(
                    {
                        "number": footnote.number,
                        "source": footnote.source.id,
                        "text": footnote.text,
                        "address": footnote.address,
                        "remarks": list(footnote.remarks),
                        "weak": footnote.weak,
                        "withheld": footnote.withheld,
                    }
                )
                for footnote in brief.footnotes
            ],
        }
    )


def _section_data(section: Section) -> dict[str, Any]:
    return _filled(
        {
            "heading": section.heading,
            "lines": [_line_data(line) for line in section.lines],
            "sections": [_section_data(inner) for inner in section.sections],
        }
    )


def _line_data(line: Line) -> dict[str, Any]:
    return _filled(
        {
            "text": line.text,
            "sources": list(line.source_ids),
            "under": [_line_data(inner) for inner in line.under],
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [])}
