"""Putting a briefing together: which sections it has, in which order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date

from explorer.documents import coverage
from explorer.documents.briefing import falling_due, sections
from explorer.documents.briefing.subject import Subject, subject_of
from explorer.documents.comparisons import positions
from explorer.documents.front import notes_due, today
from explorer.documents.own_notes import own_notes
from explorer.documents.sheet import Block, Sheet
from explorer.record import labels
from explorer.record.model import Dataset, Ref
from explorer.record.tables import as_data
from explorer.view import View


def brief(
    view: View,
    *,
    issues: Sequence[Ref] = (),
    rounds: Sequence[Ref] = (),
    since: date | None = None,
    with_notes: bool = True,
) -> Sheet:
    """A footnoted briefing as of the day of a view.

    On the issues and rounds given, else on those chosen, else on every issue in short.
    With `since` it has what moved and was said after that day. Raises KeyError when the
    view has no such issue or round.
    """
    subject = subject_of(view, issues, rounds, since)
    data = view.index.dataset
    sheet = Sheet(view, f"{data.negotiation.name}: {subject.title}", stamp=stamp(data))
    sheet.opening = _opening(sheet, subject.since)
    shown: set[Ref] = set()
    for ref in subject.rounds:
        sections.add_round(sheet, ref, shown)
    wanted = {
        row.issue.ref: row for row in positions.rows(subject.on(*subject.issues), subject.since)
    }
    for ref in subject.issues:
        sections.add_issue(sheet, subject, wanted[ref], shown)
    falling_due.add(sheet, subject)
    sheet.list_sources()
    if with_notes:
        sheet.notes = tuple(own_notes(view, _noted(sheet, subject)))
    return sheet


def evening_before(view: View, *, with_notes: bool = True) -> Sheet:
    """The front page as a briefing: what comes, falls due, was said and moved, and is not known.

    The reader's notes that are due stand apart.
    """
    sheet = today(view, with_own=False)
    sheet.stamp = stamp(view.index.dataset)
    sheet.opening = _opening(sheet, None, every_line=False)
    if with_notes:
        due = (note.ref for note in notes_due(view))
        sheet.notes = tuple(own_notes(view, dict.fromkeys(due)))
    return sheet


def stamp(data: Dataset) -> str:
    """Which dataset it is, as it was on a day: the start of a digest of all its records."""
    records = [{"kind": record.kind, **as_data(record)} for record in data.records()]
    written = json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _opening(sheet: Sheet, since: date | None, *, every_line: bool = True) -> tuple[str, ...]:
    """`every_line` is whether each statement has its sources, and none only counts others."""
    view, day = sheet.view, labels.day(sheet.view.as_of)
    dataset = f"Dataset {view.index.dataset.negotiation.id}, digest {sheet.stamp}."
    against = f" Changes are those since {labels.day(since)}." if since else ""
    which = "Each statement ends" if every_line else "Statements that do not only count others end"
    how = (
        f"This holds only what was public on {day}.{against} {which} with the "
        "numbers of its sources. Words in quotation marks are those of the person or paper "
        "named; a paraphrase stands without them, and all else is in our own words."
    )
    return (f"{coverage.opening(view)} {dataset}", how)


def _noted(sheet: Sheet, subject: Subject) -> Iterator[Ref]:
    """The records whose notes belong with a briefing, in the order they come up in it."""
    if subject.in_short:
        yield sheet.index.dataset.negotiation.ref
    # A delegation comes up wherever one of its own speaks; the briefing is not on it.
    links = (link for block in sheet.body for link in _links(block))
    yield from (ref for ref in links if ref.kind not in ("delegation", "source"))
    for issue in () if subject.in_short else subject.issues:
        yield from subject.said_on(issue)  # those quotes too that found no room
    yield from (Ref("source", slug) for slug in sheet.cited)


def _links(block: Block) -> Iterator[Ref]:
    cells = (span for cell in block.cells for span in cell.whole)
    spans = (*block.whole_label, *block.spans, *cells)
    for link in (*(cell.link for cell in block.cells), *(span.link for span in spans)):
        if link is not None:
            yield link
