"""Both sides' tariff rates over time, what they are made of, and the figures that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages.rows import dated, parts
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels, lists, model
from explorer.record.counting import UNKNOWN
from explorer.record.model import Rate, Ref, first_day
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Line:
    """The rates one delegation levies on the goods of another."""

    delegation_id: str
    against_id: str
    steps: tuple[Ref, ...]
    """In force one after the other, oldest first; the last may be still to come."""
    figures: tuple[Ref, ...]
    """Claims and threats about it, oldest first."""


def lines(view: View) -> tuple[Line, ...]:
    """Each pair of delegations with its rates, in the order of the dataset."""
    rates = [view.index.rate(ref) for ref in lists.in_order(view.index, view.index.refs("rate"))]
    pairs = dict.fromkeys((r.delegation_id, r.against_id) for r in view.index.dataset.rates)
    return tuple(
        Line(
            levying,
            against,
            tuple(r.ref for r in rates if _is_of(r, levying, against) and r.standing == "step"),
            tuple(r.ref for r in rates if _is_of(r, levying, against) and r.standing != "step"),
        )
        for levying, against in pairs
    )


def _is_of(rate: Rate, levying: str, against: str) -> bool:
    return rate.delegation_id == levying and rate.against_id == against


def in_force(view: View, line: Line) -> Ref | None:
    """The step that applies on the day."""
    come = [ref for ref in line.steps if first_day(view.index.rate(ref).on) <= view.as_of]
    return come[-1] if come else None


def as_data(view: View, _: Question = ALL) -> list[dict[str, Any]]:
    """The lines as plain values for JSON."""
    return [
        {
            "delegation": line.delegation_id,
            "against": line.against_id,
            "in_force": str(applies) if (applies := in_force(view, line)) else None,
            "steps": [_as_row(view, ref) for ref in line.steps],
            "figures": [_as_row(view, ref) for ref in line.figures],
        }
        for line in lines(view)
    ]


def _as_row(view: View, ref: Ref) -> dict[str, Any]:
    return {"ref": str(ref), **model.as_data(view.index[ref])}


def title(view: View, line: Line) -> str:
    """“US on China”."""
    return labels.levied(view.index, line.delegation_id, line.against_id)


def sheet(view: View, _: Question = ALL) -> Sheet:
    """Every rate in words, for those who see no chart."""
    page = Sheet(view, f"Tariff rates on {labels.day(view.as_of)}")
    if not lines(view):
        page.add("No rate was public by then.")
    for line in lines(view):
        set_out(page, line, line.steps)
        if line.figures:
            page.heading(f"{title(view, line)}: figures that are no step")
            for ref in reversed(line.figures):
                _row(page, ref)
    page.list_sources()
    return page


def set_out(page: Sheet, line: Line, steps: Sequence[Ref]) -> None:
    """Some steps of a pair, newest first, under the rate that applies."""
    applies = in_force(page.view, line)
    now = f": {page.index.rate(applies).percent:g}%" if applies else ""
    page.heading(f"{title(page.view, line)}{now}")
    for ref in reversed(steps):
        _row(page, ref, is_in_force=ref == applies)


def _row(page: Sheet, ref: Ref, *, is_in_force: bool = False) -> None:
    rate = page.index.rate(ref)
    lead = [Span(f"{rate.percent:g}%", "strong", ref)]
    if is_in_force:
        lead.append(Span(" in force", "strong"))
    elif rate.standing != "step":
        by = page.index.delegate(rate.speaker_id).short if rate.speaker_id else ""
        lead.append(Span(f" {rate.standing}{f', {by}' if by else ''}", "muted"))
    elif first_day(rate.on) > page.view.as_of:
        lead.append(Span(f" {page.view.counting.to_come(rate.on)}", "muted"))
    made_of = " + ".join(f"{part.name} {part.percent:g}%" for part in rate.parts)
    parts_of_it = Span(f" = {made_of}" if made_of else "", "muted")
    dated(page, rate.on, *lead, parts_of_it, f". {rate.text}", sources=rate.source_ids)


def detail(view: View, ref: Ref) -> Sheet:
    """One rate: what it is, what it is made of, and who names it."""
    page = Sheet(view)
    rate = view.index.rate(ref)
    page.add(Span(labels.title(view.index, ref), "strong", ref, stop=False), *_standing(page, rate))
    parts(page, rate, "strong")
    page.add(rate.text, *page.marks(rate.source_ids))
    page.list_sources()
    return page


def _standing(page: Sheet, rate: Rate) -> tuple[Span, ...]:
    when = labels.day(rate.on)
    on = "on" if isinstance(rate.on, date) else "in"
    match rate.standing:
        case "step" if first_day(rate.on) > page.view.as_of:
            passed = page.view.counting.has_passed_since(rate.on)
            was, since = ("was ", f", {UNKNOWN}") if passed else ("", "")
            return (Span(f"  {was}to take effect {on} {when}{since}", "muted"),)
        case "step":
            return (Span(f"  in force from {when}", "muted"),)
        case "some goods":
            return (Span(f"  in force from {when}, for some goods only", "muted"),)
        case standing:
            verb = {"threat": "threatened", "ordered": "ordered"}.get(standing, "named")
            by = (Span(" by "), page.short("delegate", rate.speaker_id)) if rate.speaker_id else ()
            return (Span(f"  {verb} {on} {when}", "muted"), *by)
