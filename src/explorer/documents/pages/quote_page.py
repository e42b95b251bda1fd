"""The page of a quote."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed
from explorer.documents.sheet import Grounds, Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Quote, Ref, refs


def write(page: Page) -> Iterator[None]:
    quote = page.index.quote(page.ref)
    speaker = page.index.delegate(quote.speaker_id)
    page.add(Span(labels.quoted(quote), "words"), *page.marks(quote), kind="words")
    page.add(kind="blank")
    role = speaker.role_on(quote.day)
    page.facts(
        ("Speaker", (page.name(speaker.ref), Span(f", {role} that day" if role else "", "muted"))),
        ("For", (page.short("delegation", quote.for_id),) if quote.for_id else ""),
        ("Said", labels.day(quote.said) if quote.said else "day not known"),
        ("Published", labels.day(quote.published)),
        ("Where", quote.where),
        ("To", quote.to),
        ("Form", _form(quote)),
        ("Via", quote.via),
        ("Round", (page.name(Ref("round", quote.round_id)),) if quote.round_id else ""),
    )
    if quote.remark:
        page.add(kind="blank")
        caution(page, quote)
    if quote.original:
        page.heading("In the original")
        page.add(Span(quote.original, "words", language=quote.language), kind="words")
    if quote.variants:
        page.heading("Printed otherwise")
        variants(page, quote)
    yield from listed(page, "On", refs("issue", quote.issue_ids))


def caution(sheet: Sheet, quote: Quote, *, kind: str = "text", sources: Grounds = ()) -> None:
    """What a careful reader must know of a quote before citing it."""
    if quote.remark:
        sheet.add(Span("Caution: ", "warning"), quote.remark, *sheet.marks(sources), kind=kind)


def variants(sheet: Sheet, quote: Quote, *, in_full: bool = False) -> None:
    """The same words as they were printed otherwise; in full with their form and no heading."""
    for variant in quote.variants:
        form = variant.form or quote.form
        differs = f" ({labels.FORM_NAMES[form]})" if in_full and form != quote.form else ""
        sheet.add(
            "printed otherwise: " if in_full else "",
            Span(labels.in_marks(variant.text, form), "words"),
            Span(differs, "muted"),
            Span(f"  {variant.remark}" if variant.remark else "", "muted"),
            *sheet.marks(variant),
            kind="item",
        )


def _form(quote: Quote) -> str:
    """“translation by Xinhua; said in Chinese”."""
    by = f" by {quote.translator}" if quote.translator else ""
    said_in = "" if quote.language == "en" else f"; said in {labels.language(quote.language)}"
    return f"{labels.FORM_NAMES[quote.form]}{by}{said_in}"
