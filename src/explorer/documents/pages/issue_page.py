"""The page of an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.documents.pages import sides, text_page
from explorer.documents.pages.rows import dated, listed, status_since, timed
from explorer.documents.sheet import Page, Sheet, Span
from explorer.record import clauses, labels
from explorer.record.days import last_day
from explorer.record.model import Clause, Issue, Position, Status, Text, refs


def write(page: Page) -> Iterator[None]:
    issue = page.index.issue(page.ref)
    stands(page, issue)
    _positions(page, issue)
    _track(page, issue)
    yield from listed(page, "Said", page.naming("quote"))
    yield from listed(page, "Said to be agreed", page.naming("point"))
    yield from _in_texts(page)
    yield from listed(page, "Measures", page.naming("measure"))
    yield from listed(page, "Figures", page.naming("figure"))
    yield from listed(page, "Milestones", page.naming("milestone"))
    yield from listed(page, "Rounds", page.naming("round"))
    related = (*refs("issue", issue.related_ids), *page.naming("issue"))
    yield from listed(page, "Tied to", tuple(dict.fromkeys(related)))


def stands(sheet: Sheet, issue: Issue) -> None:
    """Where an issue stands, and what it is."""
    if spans := status_since(sheet, issue):
        sheet.add(*spans)
        sheet.add(kind="blank")
    sheet.add(issue.summary, *sheet.marks(issue))


def _positions(page: Page, issue: Issue) -> None:
    """What each side wants now; of the parties also that nothing was stated."""
    if not issue.positions:
        return
    page.heading("Positions")
    delegations, latest = page.index.dataset.delegations, issue.latest_positions
    for position in dict.fromkeys(latest[d.id] for d in delegations if d.id in latest):
        page.add(
            *sides.position(page, position),
            Span(f" {labels.day(position.on)}", "muted"),
            *page.marks(position),
            kind="row",
            label=sides.names(page, sides.holders(issue, position)),
        )
    sides.without(page, (each for each in delegations if each.id not in latest), "not stated")


def _in_texts(page: Page) -> Iterator[None]:
    """Every clause on it, in all texts, oldest first; and the texts that only are on it."""
    texts = [page.index.text(ref) for ref in page.naming("text")]
    if texts:
        page.heading("In the texts")
    for text in texts:
        standing = clauses.standing(text, page.view.as_of)
        found = [clause for clause in standing if page.ref.id in clause.issue_ids]
        timed(page, labels.day(text.issued), page.name(text.ref), *_no_clause(page, text, found))
        for clause in found:
            spans = text_page.said(page, text, clause)
            page.add(*spans, kind="row", label=(Span(f"  {clause.number}", "label"),))
            yield


def _no_clause(page: Page, text: Text, found: Sequence[Clause]) -> tuple[Span, ...]:
    """What stands beside a text none of whose clauses is on the issue."""
    if found:
        return ()
    return (Span("  no clause of it kept here", "muted"), *page.marks(text))


def _track(page: Page, issue: Issue) -> None:
    """Where it stood and what each side wanted, newest first."""
    entries: list[Status | Position] = [*issue.statuses, *issue.positions]
    entries.sort(key=lambda entry: last_day(entry.on), reverse=True)
    if len(entries) < 2:  # noqa: PLR2004 -- one entry stands above already
        return
    page.heading("Track")
    for entry in entries:
        spans: tuple[Span, ...]
        match entry:
            case Status():
                spans = (page.state(entry.state), Span(f". {entry.text}"))
            case Position():
                by = sides.names(page, entry.delegation_ids)
                spans = (*by, Span(" "), *sides.position(page, entry))
        dated(page, entry.on, *spans, sources=entry)
