"""What is told of an issue, part by part; each part is lines of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from explorer.documents.briefing.document import Line
from explorer.documents.briefing.footnotes import Telling
from explorer.documents.briefing.subject import Covered
from explorer.documents.citation import by_line
from explorer.documents.comparisons import accounts, changes, in_force, positions, rates
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.counting import UNKNOWN
from explorer.record.model import Ref, first_day
from explorer.view import View

MOST_SAID = 8
"""The most quotes that are told of one issue."""


def state(telling: Telling, issue: Ref) -> Iterator[Line]:
    """Where an issue stands, and what is in dispute."""
    record = telling.of(issue)
    if told := rows.status_told(Sheet(telling.view), record):
        named, *rest = told
        yield telling.numbered(replace(named, role="strong"), *rest)
    yield telling.line(Span("In dispute: "), record.summary, sources=[record.source_ids])


def held(telling: Telling, row: positions.Row, before: View | None) -> Iterator[Line]:
    """What each side wants; where that moved, what it wanted before."""
    for said in row.held:
        side = Span(telling.short(said.delegation_id), "strong")
        if not said.text or said.on is None:
            yield telling.aside(side, ": not stated")
            continue
        sign = said.movement or ("dropped" if said.withdrawn else "")
        by = ""
        if said.speaker_id:
            by = f"{telling.of(Ref('delegate', said.speaker_id)).short}, "
        line = telling.line(
            side,
            ": ",
            *((Span(sign, "warning"), " — ") if sign else ()),
            f"{said.text} ({by}{labels.day(said.on)})",
            sources=[said.source_ids],
        )
        yield line.over(_held_before(telling, row.issue, said, before))


def _held_before(
    telling: Telling, issue: Ref, said: positions.Held, before: View | None
) -> Iterator[Line]:
    if before is None or not said.was or said.was_on is None:
        return
    was = before.positions(before.index[issue])[said.delegation_id]
    told = f"before, {labels.day(said.was_on)}: {said.was}"
    yield telling.line(told, sources=[was.source_ids])


def said(telling: Telling, about: Covered, issue: Ref, since: date | None) -> Iterator[Line]:
    """What was said on an issue, the newest first, and how to see the rest."""
    public = telling.view.timeline.public
    refs = [ref for ref in about.said_on(issue) if since is None or public(ref) > since]
    for ref in refs[:MOST_SAID]:
        yield quote(telling, ref)
    if rest := refs[MOST_SAID:]:
        for ref in rest:  # a note on one of them is told
            telling.of(ref)
        command = Span(_show(telling.view, issue), "code")
        yield telling.aside(f"{len(rest)} more; they are among those listed by ", command)


def _show(view: View, ref: Ref) -> str:
    """The command that shows a record as of the day of a view."""
    day = f" --as-of {view.today.isoformat()}" if view.scope.as_of else ""
    return f"explorer show {ref}{day}"


def quote(telling: Telling, ref: Ref) -> Line:
    """Somebody's words, with all that one must know to cite them."""
    said = telling.of(ref)
    speaker = telling.of(Ref("delegate", said.speaker_id))
    line = telling.line(
        Span(labels.quoted(said), "words"),
        " — ",
        Span(speaker.name, "strong"),
        f", {by_line(telling.view, said)}",
        sources=[said.source_ids],
    )
    return line.over(_beside(telling, said))


def _beside(telling: Telling, quote: Any) -> Iterator[Line]:
    """What a careful reader must know of a quote before citing it."""
    if quote.remark:
        yield telling.line(Span("Caution: ", "warning"), quote.remark, sources=[quote.source_ids])
    for variant in quote.variants:
        form = variant.form or quote.form
        words = variant.text if form == "paraphrase" else f"“{variant.text}”"
        differs = f" ({labels.FORM_NAMES[form]})" if form != quote.form else ""
        remark = f" {variant.remark}" if variant.remark else ""
        told = f"printed otherwise: {words}{differs}{remark}"
        yield telling.line(told, sources=[variant.source_ids])


def agreed(telling: Telling, about: Covered, issue: Ref) -> Iterator[Line]:
    """What was said to be agreed, and what each side says of it."""
    for row in about.points_on(issue):
        point = telling.of(row.point)
        line = telling.line(
            Span(row.name, "strong"),
            f" ({telling.index[row.round].name}, {labels.day(row.on)}): {row.text}",
            sources=[point.source_ids],
        )
        yield line.over(_of_point(telling, row, point))


def _of_point(telling: Telling, row: accounts.PointRow, point: Any) -> Iterator[Line]:
    for account in row.said:
        yield from _account(telling, account)
    if row.due is not None:
        yield due(telling, row, point)
    if (settled := telling.view.delivery(point)) is not None:
        told = f"{settled.shows}, {labels.day(settled.on)}: {settled.text}"
        yield telling.line(told, sources=[settled.source_ids])
    if row.last_seen_on is not None and settled != point.evidence[-1]:
        last = f"last seen of it, {labels.day(row.last_seen_on)}: {row.last_seen}"
        yield telling.line(last, sources=[point.evidence[-1].source_ids])


def _account(telling: Telling, told: accounts.Said) -> Iterator[Line]:
    side = Span(telling.short(told.delegation_id), "strong")
    if told.stance == "not checked" or told.on is None:
        yield telling.aside(side, f": {labels.short_stance('not checked')}")
        return
    line = telling.line(
        side,
        f": {labels.stance(told.stance)}{_silent_in(telling, told)}",
        f" — “{told.words}”" if told.words else "",
        f" — {told.text}" if told.text else "",
        f" ({labels.day(told.on)})",
        sources=_grounds(told),
    )
    yield line.over(
        telling.line(
            f"{'also' if before.on == told.on else 'before,'} {labels.day(before.on)}: "
            f"{labels.short_stance(before.stance)}",
            sources=_grounds(before),
        )
        for before in told.earlier
        if before.on is not None
    )


def _silent_in(telling: Telling, told: accounts.Said) -> str:
    if told.stance != "silent" or told.document_id is None:
        return ""
    return f" {labels.title(telling.index, Ref('source', told.document_id))}"


def _grounds(told: accounts.Said) -> tuple[tuple[str, ...], ...]:
    return ((told.document_id,) if told.document_id else (), told.source_ids)


def due(telling: Telling, row: accounts.PointRow, point: Any, *lead: Span | str) -> Line:
    """When a point is due, how often that was moved, and how long it is overdue."""
    assert row.due is not None
    left = telling.view.due_left(point)
    told = ", ".join(part for part in (f"due {labels.day(row.due)}", left) if part)
    late = telling.view.counting.overdue(row.overdue) if row.overdue else ""
    return telling.line(
        *lead,
        told,
        *((", ", Span(late, "warning")) if late else ()),
        f"; moved: {labels.chain(row.days_set)}" if len(row.days_set) > 1 else "",
        sources=[point.source_ids, *(move.source_ids for move in point.moves)],
    )


def acts(telling: Telling, about: Covered, issue: Ref) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The measures on an issue by how they stand, each with its heading, and the rates."""
    listed = in_force.rows(about.on(issue))
    cells = {
        cell.link: cell
        for block in in_force.sheet(about.on(issue)).blocks
        for cell in block.cells
        if cell.link
    }
    for standing, heading in in_force.SECTIONS.items():
        of_state = [row.measure for row in listed if row.standing.state == standing]
        lines = tuple(_measure(telling, cells[ref]) for ref in of_state)
        if lines:
            yield heading, lines
    if lines := tuple(_rates(telling, issue)):
        yield "Tariff rates", lines


def _measure(telling: Telling, cell: Any) -> Line:
    telling.of(cell.link)
    return telling.cell(cell, f"{cell.head}: ")


def _rates(telling: Telling, issue: Ref) -> Iterator[Line]:
    """The rates in force, and those that are set to come."""
    view = telling.view
    for line in rates.lines(view):
        applies = rates.in_force(view, line)
        for ref in line.steps:
            rate = telling.index[ref]
            is_to_come = first_day(rate.on) > view.today
            if issue.id in rate.issue_ids and (is_to_come or ref == applies):
                telling.of(ref)
                passed = view.counting.has_passed_since(rate.on)
                set_for = f"was to come ({UNKNOWN})" if passed else "to come"
                when = set_for if is_to_come else "in force since"
                made_of = " + ".join(f"{part.name} {part.percent:g}%" for part in rate.parts)
                yield telling.line(
                    Span(f"{rates.title(view, line)}: {rate.percent:g}%", "strong"),
                    f" {when} {labels.day(rate.on)}{f' = {made_of}' if made_of else ''}. ",
                    rate.text,
                    sources=[rate.source_ids],
                )


def touched(about: Covered, issue: Ref) -> Iterator[Ref]:
    """The records that a conflict may touch and so concern an issue: it, and what is told."""
    yield issue
    yield from about.said_on(issue)
    yield from (row.point for row in about.points_on(issue))
    yield from (row.measure for row in in_force.rows(about.on(issue)))
    yield from about.view.index.naming(issue, "rate")


def conflicts(telling: Telling, touched: Iterable[Ref]) -> Iterator[Line]:
    """What sources disagree on in any of these records, and who says which; the newest first."""
    index = telling.index
    found = dict.fromkeys(c for ref in touched for c in index.naming(ref, "conflict"))
    for ref in reversed(telling.view.in_order(tuple(found))):
        name = Span(labels.title(index, ref), "strong")
        if ref in telling.told:
            yield telling.aside(name, ": told above")
            continue
        conflict = telling.of(ref)
        line = telling.line(name, sources=[conflict.source_ids])
        yield line.over(_versions(telling, conflict))


def _versions(telling: Telling, conflict: Any) -> Iterator[Line]:
    side_by_side = Sheet(telling.view)
    rows.versions(side_by_side, conflict)
    for cell in side_by_side.blocks[-1].cells:
        yield telling.cell(cell, f"{cell.head}: ")
    if conflict.used:
        yield telling.line("In this record: ", conflict.used, sources=[conflict.source_ids])


def changed(telling: Telling, about: Covered, issue: Ref, since: date) -> Iterator[Line]:
    """What changed since a day, less what was said, which is told in full."""
    is_of_issue = False
    for block in changes.sheet(about.on(issue), Question(since=since)).blocks:
        links = {span.link for span in block.spans}
        if block.kind == "heading":
            is_of_issue = issue in links
        elif block.kind == "row" and is_of_issue and not any(_is_quote(link) for link in links):
            day = Span("".join(span.text for span in block.label), "strong")
            spans = (_named(span) for span in block.spans if span.link != issue)
            yield telling.numbered(day, " ", *spans)


def _named(span: Span) -> Span:
    """The name of a record, which stands out where it leads nowhere."""
    is_name = span.link is not None and span.link.kind not in ("source", "delegation")
    return replace(span, role="strong") if is_name else span


def _is_quote(link: Ref | None) -> bool:
    return link is not None and link.kind == "quote"
