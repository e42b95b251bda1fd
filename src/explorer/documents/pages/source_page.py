"""The page of a source."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed, plain_row
from explorer.documents.sheet import Page, Span
from explorer.record import labels, lists
from explorer.record.model import Source


def _side(page: Page, source: Source) -> tuple[Span, ...]:
    if source.delegation_id is None:
        return ()
    side = page.index.delegation(source.delegation_id)
    return (page.name(side.ref, text=side.name),)


def _copy(source: Source) -> tuple[Span, ...]:
    if source.archived is None:
        return ()
    return (
        Span(f"{labels.day(source.archived.on)}  "),
        Span(source.archived.address, "address"),
    )


def write(page: Page) -> Iterator[None]:
    source, index = page.index.source(page.ref), page.index
    language = "" if source.language == "en" else f"in {labels.language(source.language)}"
    page.facts(
        ("Publisher", source.publisher),
        ("Carries", f"text of {source.carries}" if source.carries else ""),
        ("Author", source.author),
        ("Date", labels.day(source.published) if source.published else "bears no date"),
        ("Kind", ", ".join(filter(None, (source.type, source.affiliation, language)))),
        ("Word of", _side(page, source)),
        ("Address", (Span(source.address, "address"),) if source.address else "not known"),
        ("Checked", labels.day(source.checked) if source.checked else ""),
        ("Archived", _copy(source)),
    )
    if source.described:
        page.add(Span("The headline was not seen; the title above describes it.", "muted"))
    if source.reliability == "weak":
        page.add(Span("Weak: ", "warning"), "it does not bear a statement alone.")
    if source.remark:
        page.add(source.remark)
    for kind, plural in labels.KIND_PLURALS.items():
        if kind not in ("source", "conflict"):
            citing = lists.in_order(index, index.naming(page.ref, kind))
            yield from listed(page, f"Cited by {plural}", citing, plain_row)
    whole = index.dataset.negotiation.ref
    if page.ref in index.named_in(whole, "source"):
        yield from listed(page, "Cited by", (whole,), plain_row)
