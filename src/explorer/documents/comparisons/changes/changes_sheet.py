"""All changes since a day: under the issues they concern, a row for each, and as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Literal, Required, TypedDict

from explorer.documents.comparisons.changes.change import SIGNS, Change, Kind
from explorer.documents.comparisons.changes.compare import changes, default_since
from explorer.documents.comparisons.changes.difference import reworded
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import sides
from explorer.documents.pages.rows import dated, stance, state
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.model import AnyRecord, Ref, refs
from explorer.record.tables import entries, shaped, toml_name
from explorer.text.json_types import DayText, RefText
from explorer.view import View


def sheet(view: View, question: Question = ALL) -> Sheet:
    """All changes since a day, under the issues they concern; else since the round before."""
    page = to_read(view, question)
    page.finish()
    return page


def to_read(view: View, question: Question) -> Sheet:
    """The same, of which each change is written when it is read."""
    since = max(question.since or default_since(view), view.index.dataset.negotiation.began)
    page = Sheet(view, f"Changes, {labels.days(*sorted((since, view.as_of)))}")
    if since >= view.as_of:
        page.add(labels.not_before(since, view.as_of))
        return page
    found = changes(view, since)
    if not found:
        what = "Nothing in the scope" if view.chosen else "Nothing"
        days = f"{labels.day(since)} and {labels.day(view.as_of)}"
        page.add(f"{what} became public between {days}.")
        return page
    _say_how_many(page, since, len(found))
    page.rows_left = 2 * len(found)  # with what each cites
    page.write_on(_written(page, found))
    return page


def _written(page: Sheet, found: Sequence[Change]) -> Iterator[None]:
    for group, listed in groupby(found, lambda change: change.group):
        if isinstance(group, Ref):
            page.heading(page.name(group, "heading"), *state(page, page.index.issue(group)))
        else:
            page.heading(group)
        for change in listed:
            set_out(page, change)
            yield
    yield from page.sources_listed()


def _say_how_many(page: Sheet, since: date, number: int) -> None:
    """How many changes there are, and between what."""
    rounds = [r for r in page.index.dataset.rounds if r.closes == since]
    ended = [page.name(r.ref, text=r.name) for r in rounds if page.view.is_held(r)]
    after = ("the end of ", ended[-1], ", ") if ended else ()
    days = f"{labels.day(since)}, as of {labels.day(page.view.as_of)}."
    page.add(f"{labels.counted(number, 'change')} since ", *after, days)


def set_out(page: Sheet, change: Change) -> None:
    sign, word = SIGNS[change.kind]
    if change.kind == "added":
        word = f"new {change.field or labels.KIND_NAMES[change.ref.kind].lower()}"
    dated(
        page,
        change.on,
        Span(f"{sign} {word}  ", "muted"),
        *_named(page, change),
        Span("  "),
        *_side(page, change),
        *_what(page, change),
        *_aside(page, change),
        sources=change,
    )


def _is_new_quote(change: Change) -> bool:
    return change.kind == "added" and change.ref.kind == "quote"


def _named(page: Sheet, change: Change) -> tuple[Span, ...]:
    """The record's name; a new quote is named by its words, which are all there is to say."""
    if not _is_new_quote(change):
        return (page.name(change.ref),)
    return (page.name(change.ref, "words", labels.quoted(page.index.quote(change.ref))),)


def _side(page: Sheet, change: Change) -> tuple[Span, ...]:
    """Whose it is, when the name of the record does not say so."""
    if change.kind == "outcome" and not change.delegation_ids:
        return (Span("Jointly: "),)
    if not change.delegation_ids or change.ref.kind == "figure":
        return ()
    named = sides.names(page, change.delegation_ids, stop=False)
    return (*named, Span(": ")) if change.was or change.now or change.text else named


def _what(page: Sheet, change: Change) -> tuple[Span, ...]:
    """What changed: what was, what is now, and the words on it."""
    if _is_new_quote(change):
        quote = page.index.quote(change.ref)
        speaker = page.index.delegate(quote.speaker_id).short
        return (Span(f"{speaker} · {quote.form}", "muted"),)
    spans = tuple(_now(page, change))
    if not change.text:
        return spans
    if change.kind in ("clause", "taken out"):
        return (*spans, Span(f" ({change.text})", "muted"))
    return (*spans, Span(f". {change.text}" if spans else change.text))


def _now(page: Sheet, change: Change) -> Iterator[Span]:
    was, now = change.was, change.now
    match change.kind:
        case "changed" | "known":
            yield Span(f"{change.field.replace('_', ' ')}: ", "muted")
            yield from reworded(was, now)
        case "taken out":
            yield Span(was or now)
        case "position" | "clause" | "added" if change.field:
            yield from reworded(was, now)
        case "dropped":
            yield Span("drops it: ", "warning")
            yield Span(now)
            yield Span(f" (was: {was})" if was else "", "muted")
        case "held" | "begun":
            yield Span(now, "strong")
            yield Span(f" (planned for {was})" if was else "", "muted")
        case "taken back":
            yield Span(was)
        case "role" if not now:
            yield Span(f"no longer {was}")
        case _ if now:
            yield from _one_after_the_other(page, change)


def _one_after_the_other(page: Sheet, change: Change) -> Iterator[Span]:
    if change.was == change.now:
        yield Span("still ")
    elif change.was:
        yield _shown(page, change, change.was, "muted")
        yield Span(" → ")
    if change.kind == "account" and change.now == "silent":
        # The document that says nothing of it is the first of its sources.
        yield from stance(page, "silent", change.source_ids[0], stop=False)
    else:
        yield _shown(page, change, change.now, "strong")


def _shown(page: Sheet, change: Change, value: str, role: str) -> Span:
    """A state or a stance with its sign, anything else as it is."""
    if change.kind == "stands" or (change.kind == "added" and change.ref.kind == "issue"):
        return page.state(value)
    return Span(labels.short_stance(value) if change.kind == "account" else value, role)


def _aside(page: Sheet, change: Change) -> tuple[Span, ...]:
    """What else to know: how much came with it, when it was known, and what else it concerns."""
    facts: list[str] = []
    if change.kind == "added" and not change.field:
        facts += _with(page.index[change.ref])
    if change.known:
        facts.append(f"public {labels.day(change.known)}")
    if others := refs("issue", change.issue_ids[1:]):
        facts.append(f"also {', '.join(labels.title(page.index, ref) for ref in others)}")
    return tuple(Span(f" · {fact}", "muted") for fact in facts)


def _with(record: AnyRecord) -> Iterator[str]:
    """How much came with a new record that its row does not say."""
    tables = (
        *("statuses", "positions", "clauses", "steps", "values"),
        *("moves", "evidence", "outcomes"),
    )
    held = Counter(table for table, _, _ in entries(record) if table in tables)
    for table, number in held.items():
        if number == 1 and table in ("statuses", "steps", "values"):
            continue  # its row says it
        yield labels.counted(number, *_COUNTED.get(table, (toml_name(table), table)))


_COUNTED = {"evidence": ("piece of evidence", "pieces of evidence")}
"""Tables whose name is no name of one entry."""


class ChangeRow(TypedDict, total=False):
    """Something that a later day shows and an earlier one did not."""

    ref: Required[RefText]
    kind: Required[Kind]
    on: DayText
    """The day of what happened."""
    known: DayText
    """The day from which it was public."""
    issues: list[str]
    field: str
    delegations: list[str]
    was: str
    now: str
    text: str
    sources: list[str]
    own: Literal[True]


def as_data(view: View, question: Question = ALL) -> list[ChangeRow]:
    """The changes as plain values for JSON, less what is empty."""
    return [
        shaped(
            ChangeRow,
            {
                "ref": change.ref,
                "kind": change.kind,
                "on": change.on,
                "known": change.known,
                "issues": change.issue_ids,
                "field": change.field,
                "delegations": change.delegation_ids,
                "was": change.was,
                "now": change.now,
                "text": change.text,
                "sources": change.source_ids,
                "own": change.own or None,
            },
        )
        for change in changes(view, question.since or default_since(view))
    ]
