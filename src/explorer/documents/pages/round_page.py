"""The page of a round."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed, moves
from explorer.documents.sheet import Fact, Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Round, refs


def write(page: Page) -> Iterator[None]:
    this_round = page.index.round(page.ref)
    page.facts(*facts(page, this_round))
    page.add(kind="blank")
    page.add(result(page, this_round), *page.marks(this_round))
    page.facts(("Next", this_round.next_step))
    outcomes(page, this_round)
    moves(page, this_round.moves)
    yield from listed(page, "On the table", refs("issue", this_round.issue_ids))
    yield from listed(page, "Texts", page.naming("text"))
    yield from listed(page, "Said to be agreed", page.naming("point"))
    yield from listed(page, "Said", page.naming("quote"))
    yield from listed(page, "Milestones", page.naming("milestone"))


def facts(sheet: Sheet, this_round: Round, *, in_full: bool = False) -> Iterator[Fact]:
    """When and where a round was held and by whom; in full with their names and roles."""
    number = f", round {this_round.number}" if this_round.number else ""
    place = (this_round.venue, this_round.city, this_round.country)
    yield _when(sheet, this_round), _days(sheet, this_round)
    yield "What", f"{this_round.meeting}{number}"
    yield "Where", ", ".join(filter(None, place))
    yield "Host", this_round.host
    yield "Announced", labels.day(this_round.announced) if this_round.announced else ""
    sides: dict[str | None, list[Span]] = {}
    for slug in dict.fromkeys((*this_round.lead_ids, *this_round.delegate_ids)):
        delegate = sheet.index.delegate(slug)
        spans = sides.setdefault(delegate.side_id_on(this_round.starts), [])
        spans += [Span(" · ", "muted")] if spans else []
        spans.append(sheet.name(delegate.ref, text=delegate.name if in_full else delegate.short))
        role = delegate.role_on(this_round.starts) if in_full else ""
        led = "lead" if slug in this_round.lead_ids else ""
        aside = ", ".join(filter(None, (role, led)))
        spans += [Span(f" ({aside})", "muted")] if aside else []
    for side, spans in sides.items():
        yield sheet.index.delegation(side).short if side else "Others", spans


def result(sheet: Sheet, this_round: Round) -> Span:
    """What came of a round, in our words."""
    if this_round.summary:
        return Span(this_round.summary)
    return Span(f"What came of it was not public on {labels.day(sheet.view.as_of)}.", "muted")


def outcomes(sheet: Sheet, this_round: Round) -> None:
    """The result as each side gave it."""
    if this_round.outcomes:
        sheet.heading("The result as each side gives it")
        for outcome in this_round.outcomes:
            sheet.add(
                f"{outcome.text} ",
                Span(labels.day(outcome.on), "muted"),
                *sheet.marks(outcome),
                kind="row",
                label=(sheet.short("delegation", outcome.delegation_id),),
            )


def _days(sheet: Sheet, this_round: Round) -> tuple[Span, ...]:
    left = ""
    if sheet.view.is_to_come(this_round):
        left = sheet.view.counting.left(this_round.first_set)
    return (Span(sheet.view.days_of(this_round)), Span(f"  {left}" if left else "", "muted"))


def _when(sheet: Sheet, this_round: Round) -> str:
    if sheet.view.is_to_come(this_round):
        return "Planned for"
    return "Under way" if sheet.view.is_under_way(this_round) else "When"
