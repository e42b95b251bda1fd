"""Putting a briefing together: what is told, in which order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from explorer.documents import coverage
from explorer.documents.briefing import parts
from explorer.documents.briefing import rounds as round_lines
from explorer.documents.briefing.document import Brief, Line, Section
from explorer.documents.briefing.endnotes import footnotes, own_notes
from explorer.documents.briefing.footnotes import Telling
from explorer.documents.briefing.subject import Covered, covered
from explorer.documents.comparisons import positions
from explorer.record import labels
from explorer.record.model import Dataset, Ref, as_data
from explorer.view import View

_CONFLICTS = "Where sources disagree"


def brief(
    view: View,
    *,
    issues: Sequence[Ref] = (),
    rounds: Sequence[Ref] = (),
    since: date | None = None,
    with_notes: bool = True,
) -> Brief:
    """A footnoted briefing as of the day of a view.

    On the issues and rounds given, else on those chosen, else on every issue in short.
    With `since` it tells what moved and was said after that day. Raises KeyError when the
    view has no such issue or round.
    """
    about = covered(view, issues, rounds)
    since = since if since is not None and since < view.today else None
    telling = Telling(view)
    if about.in_short:
        telling.of(view.index.dataset.negotiation.ref)
    sections = tuple(_sections(telling, about, since))
    data = view.index.dataset
    return Brief(
        title=f"{data.negotiation.name}: {about.subject}",
        reach=coverage.as_data(view),
        stamp=stamp(data),
        opening=_opening(view, since),
        sections=sections,
        notes=tuple(own_notes(telling)) if with_notes else (),
        footnotes=tuple(footnotes(telling)),
    )


def stamp(data: Dataset) -> str:
    """Which dataset it is, as it was on a day: the start of a digest of all its records."""
    records = [{"kind": record.kind, **as_data(record)} for record in data.records()]
    written = json.dumps(records, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _opening(view: View, since: date | None) -> tuple[str, ...]:
    today = labels.day(view.today)
    data = view.index.dataset
    dataset = f"Dataset {data.negotiation.id}, digest {stamp(data)}."
    against = f" What moved is set against {labels.day(since)}." if since else ""
    how = (
        f"Only what was public on {today} is told.{against} Each statement ends with the "
        "numbers of its sources. Words in quotation marks are those of the person or paper "
        "named; a paraphrase stands without them, and all else is in our own words."
    )
    made = f", written {labels.day(view.reader())}" if view.counting.age else ""
    return (f"As of {today}{made}. {coverage.told(view)} {dataset}", how)


def _sections(telling: Telling, about: Covered, since: date | None) -> Iterator[Section]:
    for ref in about.rounds:
        yield _round(telling, ref)
    before = telling.view.at(since) if since else None
    rows = {row.issue: row for row in positions.rows(about.on(*about.issues), since)}
    for ref in about.issues:
        yield _issue(telling, about, rows[ref], before)
    yield from _filled("What falls due", round_lines.ahead(telling, about))


def _round(telling: Telling, ref: Ref) -> Section:
    this_round = telling.of(ref)
    lines = tuple(round_lines.held(telling, this_round))
    inner = (
        *_filled("How each side told the result", round_lines.outcomes(telling, this_round)),
        *_filled(_CONFLICTS, parts.conflicts(telling, [ref])),
    )
    return Section(labels.title(telling.index, ref), lines, inner)


def _issue(telling: Telling, about: Covered, row: positions.Row, before: View | None) -> Section:
    """An issue; in short where it stands and what each side wants, else all of it."""
    lines = tuple(parts.state(telling, row.issue))
    inner = [*_filled("Positions", parts.held(telling, row, before))]
    if not about.in_short:
        inner += _in_full(telling, about, row.issue, before)
    return Section(labels.title(telling.index, row.issue), lines, tuple(inner))


def _in_full(
    telling: Telling, about: Covered, issue: Ref, before: View | None
) -> Iterator[Section]:
    since = before.today if before else None
    after = f" since {labels.day(since)}" if since else ""
    said = parts.said(telling, about, issue, since)
    yield from _filled(f"What was said{after}{about.where}", said)
    yield from _filled(f"Said to be agreed{about.where}", parts.agreed(telling, about, issue))
    acts = tuple(Section(head, lines) for head, lines in parts.acts(telling, about, issue))
    if acts:
        yield Section("Measures", sections=acts)
    touched = parts.touched(about, issue)
    yield from _filled(_CONFLICTS, parts.conflicts(telling, touched))
    if since is not None:
        changed = parts.changed(telling, about, issue, since)
        yield from _filled(f"What changed{after}", changed)


def _filled(heading: str, lines: Iterable[Line]) -> Iterator[Section]:
    """A section, when there is anything in it."""
    if listed := tuple(lines):
        yield Section(heading, listed)
