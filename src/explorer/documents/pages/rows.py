"""Rows that several pages share: one record on one line, with what matters about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from explorer.documents.pages.figure_standing import figure_in_words
from explorer.documents.pages.measure_standing import measure_in_words
from explorer.documents.sheet import Cell, Grounds, Page, Sheet, Span
from explorer.record import labels
from explorer.record.days import Day
from explorer.record.model import Conflict, Issue, Move, Point, Ref, Stance, Version
from explorer.record.tables import days_set

Row = Callable[[Sheet, Ref], None]

DISAGREE = "Sources disagree"
USED = "What this dataset does"
"""The heading over what the dataset goes by where its sources disagree."""


def listed(
    sheet: Sheet, heading: str, refs: Sequence[Ref], row: Row | None = None
) -> Iterator[None]:
    """A heading with one row for each record, or nothing when there are none.

    The row is that of the record's kind, unless another is given.
    """
    if not refs:
        return
    sheet.heading(heading)
    longest = sheet.longest.rows if sheet.longest else len(refs)
    for ref in refs[:longest]:
        (row or ROWS[ref.kind])(sheet, ref)
        yield
    if sheet.longest and len(refs) > longest:
        sheet.add(Span(sheet.longest.rest(refs[0].kind, len(refs) - longest), "muted"))


def named(sheet: Sheet, refs: Sequence[Ref]) -> tuple[Span, ...]:
    """Links to records by their names, in one line."""
    spans: list[Span] = []
    for ref in refs:
        spans += [Span(" · ", "muted")] if spans else []
        spans.append(sheet.name(ref))
    return tuple(spans)


def plain_row(sheet: Sheet, ref: Ref) -> None:
    sheet.add(sheet.name(ref), kind="item")


def _quote_row(sheet: Sheet, ref: Ref) -> None:
    quote = sheet.index.quote(ref)
    speaker = sheet.index.delegate(quote.speaker_id)
    sheet.add(
        Span(labels.quoted(quote), "words", ref),
        Span(f"  {speaker.short}, {labels.day(quote.day)} · {quote.form}", "muted"),
        *sheet.marks(quote),
        kind="item",
    )


def _round_row(sheet: Sheet, ref: Ref) -> None:
    this_round, view = sheet.index.round(ref), sheet.view
    ahead = view.counting.to_come(this_round.first_set) if view.is_to_come(this_round) else ""
    detail = f"  {this_round.meeting}{f' · {ahead}' if ahead else ''}"
    timed(sheet, view.days_of(this_round), sheet.name(ref), Span(detail, "muted"))


def _issue_row(sheet: Sheet, ref: Ref) -> None:
    sheet.add(sheet.name(ref), *state(sheet, sheet.index.issue(ref)), kind="item")


def state(sheet: Sheet, issue: Issue) -> tuple[Span, ...]:
    """The state of an issue, to stand behind its name; nothing when none is given."""
    status = issue.latest_status
    return (Span("  "), sheet.state(status.state)) if status else ()


def status_since(sheet: Sheet, issue: Issue) -> tuple[Span, ...]:
    """Where an issue stands and since when, and what was said of that last."""
    status, first = issue.latest_status, issue.stands_since
    if status is None or first is None:
        return ()
    said_again = status is not first
    return (
        sheet.state(status.state),
        Span(f" since {labels.day(first.on)}", "muted"),
        *(sheet.marks(first) if said_again else ()),
        Span(f". Latest, {labels.day(status.on)}: " if said_again else ". ", "muted"),
        Span(status.text),
        *sheet.marks(status),
    )


def _measure_row(sheet: Sheet, ref: Ref) -> None:
    measure = sheet.index.measure(ref)
    side = sheet.index.delegation(measure.delegation_id).short
    stands = measure_in_words(sheet.view, measure)
    lead = Span(f"  {side} · {measure.act}{' · ' if stands else ''}", "muted")
    muted = (replace(span, role="muted") for span in stands)
    sheet.add(sheet.name(ref), lead, *muted, kind="item")


def _figure_row(sheet: Sheet, ref: Ref) -> None:
    figure = sheet.index.figure(ref)
    muted = (replace(span, role="muted") for span in figure_in_words(sheet.view, figure))
    sheet.add(sheet.name(ref), Span("  "), *muted, kind="item")


def point_row(sheet: Sheet, ref: Ref) -> None:
    point = sheet.index.point(ref)
    said = [
        f"{sheet.index.delegation(side).short} {labels.short_stance(account.stance)}"
        for side, account in point.latest_accounts.items()
    ]
    when = due(sheet, point)
    by = (Span(" · due ", "muted"), *when) if when else ()
    sheet.add(sheet.name(ref), Span(f"  {'; '.join(said)}", "muted"), *by, kind="item")


def due(sheet: Sheet, point: Point) -> tuple[Span, ...]:
    """When a point is due, how often that moved, and that it is overdue."""
    when = point.falls_due
    if when is None:
        return ()
    facts = (labels.day(when), sheet.view.due_left(point), labels.moved(days_set(point)))
    spans = [Span(", ".join(filter(None, facts)))]
    if late := overdue(sheet, point):
        spans += (Span(" "), late)
    if (seen := point.delivery) is not None:
        spans.append(Span(f" {seen.shows}", "muted"))
    return tuple(spans)


def overdue(sheet: Sheet, point: Point) -> Span | None:
    """How long a point is overdue, if it is."""
    late = sheet.view.overdue(point)
    return Span(sheet.view.counting.overdue(late), "warning") if late else None


def stance(
    sheet: Sheet, name: Stance, document_id: str | None, *, stop: bool = True
) -> tuple[Span, ...]:
    """What an account says of a point: “✓ affirms it”, or “∅ silent in” and the document."""
    if name != "silent" or document_id is None:
        return (Span(labels.stance(name), "strong"),)
    source = sheet.index.source(document_id)
    document = Span(labels.short_source(source), "link", source.ref, stop=stop)
    return (Span(f"{labels.stance(name)} ", "strong"), document)


def milestone_row(sheet: Sheet, ref: Ref, *, in_full: bool = False) -> None:
    """In full with what it is, every day that was set for it, and the sources."""
    milestone = sheet.index.milestone(ref)
    days = days_set(milestone)
    moved = moved_through(days) if in_full else labels.moved(days)
    facts = ", ".join(filter(None, (sheet.view.left_to(milestone), moved)))
    spans = [sheet.name(ref), Span(f"  {facts}" if facts else "", "muted")]
    if in_full:
        sources: list[Grounds] = [milestone, *milestone.moves, *milestone.results[-1:]]
        spans += (Span(f". {milestone.text}"), *sheet.marks(*sources))
    when = labels.day(milestone.falls_on) if milestone.falls_on else labels.NO_DATE
    timed(sheet, when, *spans)


def moved_through(days: Sequence[Day | None]) -> str:
    """“moved once: 1 Mar 2032 → 1 Sep 2032”; nothing of what was not moved."""
    moved = labels.moved(days)
    return f"{moved}: {labels.chain(days)}" if moved else ""


def due_row(sheet: Sheet, ref: Ref) -> None:
    """A point by the day it is due, with how that stands, its round and the sources."""
    point = sheet.index.point(ref)
    settled, late = point.delivery, overdue(sheet, point)
    facts = (
        "" if late else sheet.view.due_left(point),
        moved_through(days_set(point)),
        f"{settled.shows}, {labels.day(settled.on)}" if settled else "",
        f"said to be agreed in {sheet.index.round(point.round_id).name}",
    )
    sources: list[Grounds] = [point, *point.moves, *((settled,) if settled else ())]
    timed(
        sheet,
        labels.day(point.falls_due) if point.falls_due else "",
        sheet.name(ref),
        Span("  "),
        *((late, Span("; ")) if late else ()),
        Span("; ".join(filter(None, facts)), "muted"),
        *sheet.marks(*sources),
    )


def conflict_row(sheet: Sheet, ref: Ref, beside: str = "") -> None:
    aside = Span(f"  {beside}" if beside else "", "muted")
    sheet.add(Span("≢ ", "warning"), sheet.name(ref), aside, kind="item")


def conflicts(page: Page) -> None:
    """What sources disagree on in a record, the versions side by side."""
    refs = page.naming("conflict")
    if refs:
        page.heading(DISAGREE)
        for ref in refs:
            conflict_row(page, ref)
            if page.ref.kind != "source":  # whose versions would bring in all the others
                with page.beneath():
                    versions(page, page.index.conflict(ref))


def versions_beneath(sheet: Sheet, conflict: Conflict) -> None:
    """The versions under the conflict, and what the dataset goes by."""
    with sheet.beneath():
        versions(sheet, conflict)
        if conflict.used:
            marks = sheet.marks(conflict)
            sheet.add(f"{USED}: ", conflict.used, *marks, kind="item")


def versions(sheet: Sheet, conflict: Conflict) -> None:
    """The versions of a conflict side by side, each under those who say so."""
    sheet.row_of_cells(
        Cell(_publishers(sheet, version), (Span(version.text), *sheet.marks(version)))
        for version in conflict.versions
    )


def _publishers(sheet: Sheet, version: Version) -> str:
    sources = (sheet.index.source(slug) for slug in version.source_ids)
    return ", ".join(dict.fromkeys(source.carries or source.publisher for source in sources))


def text_row(sheet: Sheet, ref: Ref) -> None:
    text = sheet.index.text(ref)
    by = labels.sides(sheet.index, text.issuer_ids)
    stands = text.latest_step.stage if text.latest_step else ""
    facts = (text.symbol, text.type, by, stands)
    detail = Span(f"  {' · '.join(filter(None, facts))}", "muted")
    marks = sheet.marks(text)
    timed(sheet, labels.day(text.issued), sheet.name(ref), detail, *marks)


def _delegate_row(sheet: Sheet, ref: Ref) -> None:
    role = sheet.index.delegate(ref).latest_role
    sheet.add(sheet.name(ref), Span(f"  {role}" if role else "", "muted"), kind="item")


ROWS: Mapping[str, Row] = {
    "round": _round_row,
    "delegate": _delegate_row,
    "issue": _issue_row,
    "quote": _quote_row,
    "text": text_row,
    "measure": _measure_row,
    "figure": _figure_row,
    "point": point_row,
    "milestone": milestone_row,
    "conflict": conflict_row,
}
"""The row of each kind of record that pages list."""


def dated(sheet: Sheet, when: Day, *spans: Span | str, sources: Grounds) -> None:
    timed(sheet, labels.day(when), *spans, *sheet.marks(sources))


def timed(sheet: Sheet, when: str, *spans: Span | str) -> None:
    sheet.add(*spans, kind="row", label=(Span(when, "label"),))


def moves(sheet: Sheet, moves: Sequence[Move]) -> None:
    """The times a date was moved, newest first; nothing when it was not."""
    if moves:
        sheet.heading("The date was moved")
        for move in reversed(moves):
            to = Span(f"to {labels.day(move.to)}", "strong")
            dated(sheet, move.on, to, f". {move.text}", sources=move)
