"""What was said and what moved lately, and where the accounts of it part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from explorer.documents.comparisons.changes.change import Change
from explorer.documents.comparisons.changes.compare import changes, default_since
from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.model import Quote, Ref

WEEK = timedelta(days=7)
MOST_SAID = 3
"""The most quotes of one side."""
MOST_POINTS = 8
"""The most points on which accounts part."""
MANY = 20_000
"""Quotes of a record beyond which what moved is not counted while somebody waits for a page."""

_PARTING = ("differs", "denies", "silent")


def said(sheet: Sheet) -> Iterator[None]:
    """What each side said within a week, the newest first."""
    view = sheet.view
    by_side: dict[str | None, list[Ref]] = {}
    for ref in view.rows("quote"):
        if view.timeline.public(ref) <= view.as_of - WEEK:
            break  # they stand in this order
        quote = view.index.quote(ref)
        by_side.setdefault(_side(sheet, quote), []).append(ref)
    if not by_side:
        return
    sheet.heading(f"Said in the week to {labels.day(view.as_of)}")
    for side, refs in by_side.items():
        named = sheet.short("delegation", side) if side else Span("Others")
        for place, ref in enumerate(refs[:MOST_SAID]):
            _quote(sheet, ref, (named,) if place == 0 else ())
            yield
        if (rest := len(refs) - MOST_SAID) > 0:
            sheet.add(Span(f"… and {rest} more.", "muted"), kind="row", label=(Span(""),))


def _side(sheet: Sheet, quote: Quote) -> str | None:
    if quote.for_id:
        return quote.for_id
    return sheet.index.delegate(quote.speaker_id).side_id_on(quote.day)


def _quote(sheet: Sheet, ref: Ref, label: Sequence[Span]) -> None:
    quote = sheet.index.quote(ref)
    speaker = sheet.index.delegate(quote.speaker_id).short
    sheet.add(
        Span(labels.quoted(quote), "words", ref),
        Span(f"  {speaker}, {labels.day(quote.day)} · {quote.form}", "muted"),
        *sheet.marks(quote),
        kind="row",
        label=label or (Span(""),),
    )


def moved(sheet: Sheet) -> Iterator[None]:
    """What moved since the round before, a line for each issue; `c` has it in full."""
    view = sheet.view
    if len(view.index.dataset.quotes) > MANY:
        return
    since = default_since(view)
    by_issue: dict[Ref, list[Change]] = {}
    for change in changes(view, since):
        if isinstance(change.group, Ref):
            by_issue.setdefault(change.group, []).append(change)
    if not by_issue:
        return
    ended = next((r for r in view.index.dataset.rounds if r.closes == since), None)
    after: tuple[Span | str, ...] = (labels.day(since),)
    if ended is not None and view.is_held(ended):
        after = (sheet.name(ended.ref, "heading", ended.name), f", {labels.day(since)}")
    sheet.heading("Moved since ", *after)
    for ref, found in by_issue.items():
        issue = view.index.issue(ref)
        sheet.add(
            sheet.name(ref),
            *rows.state(sheet, issue),
            Span(f"  {_counted(found)}", "muted"),
            kind="item",
        )
        yield


def _counted(found: Sequence[Change]) -> str:
    stands = next((change for change in found if change.kind == "stands"), None)
    was = f"was {stands.was}" if stands and stands.was and stands.was != stands.now else ""
    new = Counter(c.ref.kind for c in found if c.kind == "added" and not c.field)
    others = Counter(_name(c) for c in found if c is not stands and (c.kind != "added" or c.field))
    counts = (
        *(labels.tally(kind, number) for kind, number in new.items()),
        *(labels.counted(number, *names) for names, number in others.items()),
    )
    return ", ".join(filter(None, (was, *counts))) or "said again"


def _name(change: Change) -> tuple[str, ...]:
    """What a change is called, and several of its kind where that is no mere “s” more."""
    if change.kind == "added":
        return (change.field.replace("_", " "),)
    return _WORDS[change.kind]


_WORDS: Mapping[str, tuple[str, ...]] = {
    "stands": ("status", "statuses"),
    "position": ("position",),
    "dropped": ("position dropped", "positions dropped"),
    "account": ("account",),
    "step": ("step",),
    "value": ("value",),
    "taken back": ("value taken back", "values taken back"),
    "moved": ("date moved", "dates moved"),
    "kept": ("date said again", "dates said again"),
    "begun": ("round begun", "rounds begun"),
    "held": ("round held", "rounds held"),
    "outcome": ("outcome",),
    "evidence": ("sign of delivery", "signs of delivery"),
    "result": ("deadline settled", "deadlines settled"),
    "role": ("post",),
    "member": ("member",),
    "version": ("version",),
    "variant": ("printing",),
    "clause": ("clause",),
    "taken out": ("clause taken out", "clauses taken out"),
    "changed": ("correction",),
    "known": ("fact",),
}


def parting(sheet: Sheet) -> Iterator[None]:
    """The points of which one side says something else, or nothing; the newest first."""
    from explorer.documents.comparisons import accounts  # of a small screen it is below

    found = [
        row.point
        for row in accounts.rows(sheet.view)
        if any(account.stance in _PARTING for account in row.point.latest_accounts.values())
    ]
    if not found:
        return
    sheet.heading("Accounts part")
    for point in found[:MOST_POINTS]:
        rows.point_row(sheet, point.ref)
        yield
    if (rest := len(found) - MOST_POINTS) > 0:
        sheet.add(Span(f"… and {rest} more.", "muted"))
