"""The page of a text: what it is, what became of it, and its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from explorer.documents.pages import sides
from explorer.documents.pages.rows import dated, listed
from explorer.documents.sheet import BREAK, Page, Sheet, Span
from explorer.record import clauses, labels
from explorer.record.model import Clause, Ref, Text, refs

NOT_READ = "speaks of it; the words were not read"


def write(page: Page) -> Iterator[None]:
    text = page.index.text(page.ref)
    page.facts(
        ("What", _what(text)),
        ("Symbol", text.symbol),
        ("Issued by", sides.names(page, text.issuer_ids)),
        ("Issued", _issued(text)),
        ("Round", (page.name(Ref("round", text.round_id)),) if text.round_id else ""),
        ("Language", _language(text)),
        ("Read", _how_far(text)),
    )
    _ties(page, text)
    if text.remark:
        page.add(kind="blank")
        page.add(Span("Caution: ", "warning"), text.remark, *page.marks(text))
    if text.steps:
        page.heading("What became of it")
        for step in reversed(text.steps):
            stage = Span(step.stage, "strong")
            dated(page, step.on, stage, f". {step.text}", sources=step)
    yield from _clauses(page, text)
    if text.silent:
        page.heading("Silent")
        page.add(f"Looked for and not in it: {', '.join(text.silent)}.")
    yield from listed(page, "On", refs("issue", text.issue_ids))


def _what(text: Text) -> str:
    return f"{text.type}, read in a copy" if text.copy else text.type


def _issued(text: Text) -> str:
    day = labels.day(text.issued)
    return f"{day}, public {labels.day(text.known)}" if text.known else day


def _language(text: Text) -> str:
    by = f", translated by {text.translator}" if text.translator else ""
    named = labels.language(text.language)
    return f"{named}{by}" if by or text.language != "en" else ""


def _how_far(text: Text) -> str:
    if text.file:
        return "whole, and all its words are here"
    return {"whole": "whole; the clauses below are quoted", "part": "in part"}[text.read]


def _ties(page: Page, text: Text) -> None:
    """The texts that it names, and those that name it."""
    naming = [page.index.text(ref) for ref in page.naming("text")]

    def links(slugs: Iterable[str]) -> tuple[Span, ...]:
        named = [(Span(", "), page.name(Ref("text", slug))) for slug in slugs]
        return tuple(span for pair in named for span in pair)[1:]

    def one(slug: str | None) -> tuple[Span, ...]:
        return links((slug,) if slug else ())

    page.facts(
        ("Replaces", one(text.replaces_id)),
        ("Replaced by", links([t.id for t in naming if t.replaces_id == text.id])),
        ("Follows", one(text.follows_id)),
        ("Followed by", links([t.id for t in naming if t.follows_id == text.id])),
        ("Rendering of", one(text.rendering_of_id)),
        ("Renderings", links([t.id for t in naming if t.rendering_of_id == text.id])),
        ("Replies to", links(text.replies_to_ids)),
        ("Replied to by", links([t.id for t in naming if text.id in t.replies_to_ids])),
    )


def _clauses(page: Page, text: Text) -> Iterator[None]:
    histories = clauses.histories(text, page.view.as_of)
    if not histories:
        return
    page.heading("Clauses")
    page.add(Span("As printed in", "muted"), *page.marks(text), Span(".", "muted"))
    for history in histories:
        *before, latest = history
        page.add(
            *said(page, text, latest, alone=False),
            *(span for clause in reversed(before) for span in _earlier(text, clause)),
            kind="row",
            label=(Span(latest.number, "label"),),
        )
        yield


def said(sheet: Sheet, text: Text, clause: Clause, *, alone: bool = True) -> Iterator[Span]:
    """A clause in its words, with its heading and what to know of it.

    Where it does not stand alone the sources are those said above it, and it has its issues.
    """
    if clause.name:
        yield Span(f"{clause.name}: ", "strong")
    if clause.dropped:
        yield Span("taken out", "warning")
    elif clause.words:
        yield Span(f"“{clause.words}”", "words", language=foreign(text))
    else:
        yield Span(NOT_READ, "muted")
    if clause.on:
        since = "on" if clause.dropped else "so since"
        yield Span(f" {since} {labels.day(clause.on)}", "muted")
    if clause.remark:
        yield from (BREAK, Span(clause.remark, "muted"))
    if clause.issue_ids and not alone:
        yield Span(" ")
        for number, slug in enumerate(clause.issue_ids):
            issue = sheet.index.issue(slug)
            yield Span(f"{', ' if number else ''}{issue.name}", "muted", issue.ref, stop=False)
    yield from sheet.marks(clause if clause.source_ids or not alone else text)


def foreign(text: Text) -> str:
    """The language of the words of a text, when that is not English."""
    return text.language if text.language != "en" else ""


def _earlier(text: Text, clause: Clause) -> Iterator[Span]:
    yield BREAK
    since = f", since {labels.day(clause.on)}" if clause.on else ""
    said = "taken out" if clause.dropped else f"“{clause.words}”" if clause.words else NOT_READ
    yield Span(f"before{since}: ", "muted")
    yield Span(said, "muted", language=foreign(text) if said[0] == "“" else "")
