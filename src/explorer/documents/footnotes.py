"""The sources that a document cites, each in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from explorer.documents.sheet import Sheet
from explorer.record import labels
from explorer.record.forms import LATER_PAGE, UNDATED_PAGE
from explorer.record.model import Source
from explorer.text.urls import why_not
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Footnote:
    """A source in full."""

    number: int
    source: str
    """Its id."""
    text: str
    """As a reference list gives it, without its address."""
    address: str
    """Empty when there is none, or none that may be opened."""
    archived: str
    """The address of a copy, in the same way."""
    archived_on: date | None
    """Day on which that was made."""
    remarks: tuple[str, ...]
    """What a reader should know of it: “weak source”, “Chinese state media”."""
    weak: bool
    withheld: bool
    """Whether its title and address were not public on the day."""


def footnotes(sheet: Sheet) -> Iterator[Footnote]:
    """The sources a sheet cites, in the order of their numbers."""
    for slug, number in sheet.cited.items():
        source = sheet.index.source(slug)
        copy = source.archived if source.archived and not why_not(source.archived.address) else None
        yield Footnote(
            number,
            slug,
            labels.source_line(source),
            "" if why_not(source.address) else source.address,
            copy.address if copy else "",
            copy.on if copy else None,
            tuple(_remarks(source)),
            weak=source.reliability == "weak",
            withheld=source.title in (LATER_PAGE, UNDATED_PAGE),
        )


def _remarks(source: Source) -> Iterator[str]:
    if source.affiliation:
        yield source.affiliation
    if source.language != "en":
        yield f"in {labels.language(source.language)}"
    if source.reliability == "weak":
        yield "weak source"
    if source.checked:
        yield f"checked {labels.day(source.checked)}"
    if source.own:
        yield labels.OWN_MEANS
