"""The sections of a briefing on a round and on an issue, of parts of pages and comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explorer.documents.briefing.subject import Subject
from explorer.documents.citation import by_line
from explorer.documents.comparisons import accounts, changes, in_force, positions
from explorer.documents.pages import (
    figure_rows,
    issue_page,
    quote_page,
    round_page,
    rows,
    text_page,
)
from explorer.documents.sheet import BREAK, Sheet, Span
from explorer.record import amounts, labels, lists
from explorer.record.model import Figure, Ref, Round

MOST_SAID = 8
"""The most quotes on one issue."""
MOST_CLAUSES = 12
"""The most clauses on one issue."""


def add_round(sheet: Sheet, ref: Ref, shown: set[Ref]) -> None:
    """When and where a round was held, by whom, what came of it and what each side says."""
    this_round = sheet.index.round(ref)
    with sheet.section(sheet.name(ref, "heading")):
        if this_round.source_ids:
            sheet.add(*_held(sheet, this_round), *sheet.marks(this_round))
        else:  # every page about it is of a later day
            by = labels.day(sheet.view.as_of)
            sheet.add(Span(f"Announced; no page about it was public by {by}.", "muted"))
            sheet.add(round_page.result(sheet, this_round))
        rows.moves(sheet, this_round.moves)
        round_page.outcomes(sheet, this_round)
        with sheet.section("Texts"):
            for text in lists.in_order(sheet.index, sheet.index.naming(ref, "text")):
                rows.text_row(sheet, text)
        _conflicts(sheet, [ref], shown)


def _held(sheet: Sheet, this_round: Round) -> Iterator[Span]:
    """The facts of a round as one statement, for they rest on the same sources."""
    for label, value in round_page.facts(sheet, this_round, in_full=True):
        if value:
            yield Span(f"{label}: ", "strong")
            yield from (Span(value),) if isinstance(value, str) else value
            yield BREAK
    yield round_page.result(sheet, this_round)
    if this_round.next_step:
        yield from (BREAK, Span("Next: ", "strong"), Span(this_round.next_step))


def add_issue(sheet: Sheet, subject: Subject, wanted: positions.Row, shown: set[Ref]) -> None:
    """An issue: in short where it stands and what each side wants, else all of it."""
    issue = wanted.issue
    with sheet.section(sheet.name(issue.ref, "heading")):
        issue_page.stands(sheet, issue)
        with sheet.section("Positions"):
            positions.set_out(sheet, wanted)
        if not subject.in_short:
            _add_more(sheet, subject, issue.ref, shown)


def _add_more(sheet: Sheet, subject: Subject, issue: Ref, shown: set[Ref]) -> None:
    since = subject.since
    after = f" since {labels.day(since)}" if since else ""
    with sheet.section(f"What was said{after}{subject.where}"):
        _said(sheet, subject, issue)
    with sheet.section(f"Said to be agreed{subject.where}"):
        for row in subject.points_on(issue):
            accounts.set_out(sheet, row, beside="round")
    with sheet.section(f"In the texts{subject.where}"):
        _in_texts(sheet, subject, issue)
    with sheet.section("Measures"):
        in_force.set_out(sheet, in_force.rows(subject.on(issue)))
    with sheet.section("Figures"):
        for figure in sheet.index.dataset.figures:
            if issue.id in figure.issue_ids:
                _figure(sheet, figure)
    _conflicts(sheet, _touched(subject, issue), shown)
    with sheet.section(f"What changed{after}"):
        for change in changes.changes(subject.on(issue), since) if since else ():
            # What was said since stands above, in full.
            if change.issue_ids[:1] == (issue.id,) and change.ref.kind != "quote":
                changes.set_out(sheet, change)


def _said(sheet: Sheet, subject: Subject, issue: Ref) -> None:
    """What was said on an issue, the newest first, and how to see the rest."""
    refs = subject.said_on(issue)
    for ref in refs[:MOST_SAID]:
        add_quote(sheet, ref)
    _say_what_is_left_out(sheet, issue, len(refs) - MOST_SAID)


def _in_texts(sheet: Sheet, subject: Subject, issue: Ref) -> None:
    """The clauses on an issue, those of the newest text first, and how to see the rest."""
    found = subject.clauses_on(issue)
    for text, clause in found[:MOST_CLAUSES]:
        sheet.add(
            sheet.name(text.ref, "strong"),
            Span(f", {labels.day(text.issued)}, {clause.number}: ", "muted"),
            *text_page.said(sheet, text, clause),
            kind="item",
        )
    _say_what_is_left_out(sheet, issue, len(found) - MOST_CLAUSES)


def _say_what_is_left_out(sheet: Sheet, issue: Ref, number: int) -> None:
    if number > 0:
        more = f"{number} more; they are among those listed by "
        day = f" --as-of {sheet.view.as_of.isoformat()}" if sheet.view.scope.as_of else ""
        command = Span(f"explorer show {issue}{day}", "code")
        sheet.add(Span(more, "muted"), command, kind="item")


def add_quote(sheet: Sheet, ref: Ref) -> None:
    """Somebody's words, with all that one must know to cite them."""
    quote = sheet.index.quote(ref)
    sheet.add(
        Span(labels.quoted(quote), "words", ref),
        " — ",
        Span(
            sheet.index.delegate(quote.speaker_id).name, "strong", Ref("delegate", quote.speaker_id)
        ),
        f", {by_line(sheet.view, quote)}",
        *sheet.marks(quote),
        kind="item",
    )
    with sheet.beneath():
        quote_page.caution(sheet, quote, kind="item", sources=quote)
        quote_page.variants(sheet, quote, in_full=True)


def _figure(sheet: Sheet, figure: Figure) -> None:
    """How a figure stands, what is to come, and how far its targets are reached."""
    figure_rows.delivery(sheet, figure)
    with sheet.beneath():
        figure_rows.value_rows(
            sheet, figure, amounts.pending(figure, sheet.view.counting.edge_of(figure))
        )


def _touched(subject: Subject, issue: Ref) -> Iterator[Ref]:
    """The records on which a conflict may bear on an issue: it, and what is said of it here."""
    yield issue
    yield from subject.said_on(issue, ever=True)
    yield from (row.point.ref for row in subject.points_on(issue))
    yield from (row.measure.ref for row in in_force.rows(subject.on(issue)))
    yield from subject.view.index.naming(issue, "figure")


def _conflicts(sheet: Sheet, touched: Iterable[Ref], shown: set[Ref]) -> None:
    """What sources disagree on in any of these records, the newest first, and each once."""
    index = sheet.index
    found = dict.fromkeys(c for ref in touched for c in index.naming(ref, "conflict"))
    with sheet.section(rows.DISAGREE):
        for ref in reversed(lists.in_order(index, tuple(found))):
            rows.conflict_row(sheet, ref, "see above" if ref in shown else "")
            if ref not in shown:
                rows.versions_beneath(sheet, index.conflict(ref))
            shown.add(ref)
