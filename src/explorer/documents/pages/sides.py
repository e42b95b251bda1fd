"""Who holds, says or belongs: delegations as pages and comparisons name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.lists import asked_ids
from explorer.record.model import Delegation, Issue, Position


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


def standing_with(sheet: Sheet, held: Position, side: str = "") -> Iterator[Span]:
    """Who holds a position beside a side, and from whose line it departs."""
    others = [slug for slug in held.delegation_ids if side and slug != side]
    if others:
        yield Span(f" with {labels.sides(sheet.index, others)}", "muted")
    if held.count:
        yield Span(f" ({held.count} in all)", "muted")
    if held.departs_from_id:
        coalition = sheet.index.delegation(held.departs_from_id)
        yield Span(f" departs from {coalition.short}", "warning", coalition.ref, stop=False)
