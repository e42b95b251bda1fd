"""Who holds, says or belongs: delegations as pages and comparisons name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from explorer.documents.sheet import Cell, Sheet, Span
from explorer.record import labels
from explorer.record.lists import asked_ids
from explorer.record.model import Delegation, Issue, Position, Ref

_FEW = 3
"""So many sides stand in columns even where some have nothing to show."""
LIST = 10_000
"""Columns are never so wide: the cells of a row stand below one another."""


def names(sheet: Sheet, delegation_ids: Sequence[str], *, stop: bool = True) -> tuple[Span, ...]:
    """Links to delegations by their short names, with commas between them."""
    spans: list[Span] = []
    for slug in delegation_ids:
        spans += [Span(", ")] if spans else []
        side = sheet.index.delegation(slug)
        spans.append(Span(side.short, "link", side.ref, stop=stop))
    return tuple(spans)


def without(sheet: Sheet, lacking: Iterable[Delegation], what: str) -> None:
    """In one line, the sides of which nothing is there: “not stated”, “not checked”."""
    asked = asked_ids(sheet.index)
    slugs = [side.id for side in lacking if side.id in asked]
    if len(slugs) == 1:
        sheet.add(Span(what, "muted"), kind="row", label=names(sheet, slugs))
    elif slugs:
        sheet.add(Span(f"{what}: ", "muted"), *names(sheet, slugs))


def are_many(columns: Sequence[object]) -> bool:
    """Whether there are more sides than keep their columns where they have nothing to show."""
    return len(columns) > _FEW


def side_by_side(
    sheet: Sheet,
    cells: Sequence[Cell | None],
    sides: Sequence[Delegation],
    *,
    what: str = "",
    link: Ref | None = None,
    filled: Collection[str] = (),
) -> tuple[Sequence[Cell], tuple[tuple[Span, ...], ...]]:
    """The cells of a row, and below it in a line those who have none: “not stated: A, B”.

    A few sides keep their columns, so that the eye runs down them; of many only those are
    shown that have something, in this row or (`filled`) in another of the table.
    """
    if not are_many(cells):
        said = (Span(what, "muted"),) if what else ()
        gaps = (Cell(side.short, said, link) for side in sides)
        return [cell or gap for cell, gap in zip(cells, gaps, strict=True)], ()
    shown = [
        cell or Cell(side.short, ())
        for side, cell in zip(sides, cells, strict=True)
        if cell or side.id in filled
    ]
    empty = (side for side, cell in zip(sides, cells, strict=True) if cell is None)
    return shown, lacking(sheet, empty, what) if what else ()


def lacking(sheet: Sheet, empty: Iterable[Delegation], what: str) -> tuple[tuple[Span, ...], ...]:
    """In a line, those of some sides that are asked: “not stated: A, B”."""
    asked = asked_ids(sheet.index)
    slugs = [side.id for side in empty if side.id in asked]
    return ((Span(f"{what}: {labels.sides(sheet.index, slugs)}", "muted"),),) if slugs else ()


def holders(issue: Issue, position: Position) -> tuple[str, ...]:
    """Those of whom a position is the latest, who may be fewer than took it."""
    latest = issue.latest_positions
    return tuple(slug for slug in position.delegation_ids if latest[slug] is position)


def position(sheet: Sheet, held: Position) -> Iterator[Span]:
    """A position in words: how firmly it is held, what is asked, and who said so."""
    if held.withdrawn:
        yield Span("drops it: ", "warning")
    yield from demand(held)
    if held.speaker_id:
        yield Span(" ")
        yield sheet.short("delegate", held.speaker_id)
    yield from standing_with(sheet, held)


def demand(held: Position) -> Iterator[Span]:
    """What a position asks and how firmly, and its own words."""
    if held.divided:
        yield Span("divided: ", "warning")
    if held.stance:
        yield Span(f"{held.stance}: ", "strong")
    yield Span(held.text)
    if held.words:
        yield Span(f" “{held.words}”", "words")


def standing_with(sheet: Sheet, held: Position, *sides: str) -> Iterator[Span]:
    """Who holds a position beside some sides, and from whose line it departs."""
    others = [slug for slug in held.delegation_ids if sides and slug not in sides]
    if others:
        yield Span(f" with {labels.sides(sheet.index, others)}", "muted")
    if held.count:
        yield Span(f" ({held.count} in all)", "muted")
    if held.departs_from_id:
        coalition = sheet.index.delegation(held.departs_from_id)
        yield Span(f" departs from {coalition.short}", "warning", coalition.ref, stop=False)
