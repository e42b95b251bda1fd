"""The pages of quotes, conflicts and sources."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from explorer.documents.pages.rows import USED, issue_row, plain_row, versions
from explorer.documents.sheet import Page, Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref


def quote(made: Page, record: Any) -> None:
    speaker = made.index[Ref("delegate", record.speaker_id)]
    made.add(Span(labels.quoted(record), "words"), *made.marks(record.source_ids), kind="words")
    made.add(kind="blank")
    role = labels.role_on(speaker, record.said or record.published)
    form = labels.FORM_NAMES[record.form]
    if record.translator:
        form = f"{form} by {record.translator}"
    if record.language != "en":
        form = f"{form}; said in {labels.language(record.language)}"
    made.facts(
        ("Speaker", (made.name(speaker.ref), Span(f", {role} that day" if role else "", "muted"))),
        ("Said", labels.day(record.said) if record.said else "day not known"),
        ("Published", labels.day(record.published)),
        ("Where", record.where),
        ("To", record.to),
        ("Form", form),
        ("Via", record.via),
        ("Round", (made.name(Ref("round", record.round_id)),) if record.round_id else ""),
    )
    if record.remark:
        made.add(kind="blank")
        caution(made, record)
    if record.original:
        made.heading("In the original")
        made.add(Span(record.original, "words"), kind="words")
    if record.variants:
        made.heading("Printed otherwise")
        variants(made, record)
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("On", issues, partial(issue_row, made))


def caution(made: Sheet, record: Any, *, kind: str = "text", sources: Sequence[str] = ()) -> None:
    """What a careful reader must know of a quote before citing it."""
    if record.remark:
        made.add(Span("Caution: ", "warning"), record.remark, *made.marks(sources), kind=kind)


def variants(made: Sheet, record: Any, *, in_full: bool = False) -> None:
    """The same words as they were printed otherwise; in full with their form and no heading."""
    for variant in record.variants:
        form = variant.form or record.form
        words = variant.text if form == "paraphrase" else f"“{variant.text}”"
        differs = f" ({labels.FORM_NAMES[form]})" if in_full and form != record.form else ""
        made.add(
            "printed otherwise: " if in_full else "",
            Span(words, "words"),
            Span(differs, "muted"),
            Span(f"  {variant.remark}" if variant.remark else "", "muted"),
            *made.marks(variant.source_ids),
            kind="item",
        )


def conflict(made: Page, record: Any) -> None:
    made.add("Sources do not agree. What they say stands side by side:")
    versions(made, record)
    if record.used:
        made.heading(USED)
        made.add(record.used, *made.marks(record.source_ids))
    about = tuple(Ref.parse(text) for text in record.about)
    made.listed("Touches", about, partial(plain_row, made))


def source(made: Page, record: Any) -> None:
    notes = [
        record.type,
        record.affiliation,
        "" if record.language == "en" else f"in {labels.language(record.language)}",
    ]
    made.facts(
        ("Publisher", record.publisher),
        ("Carries", f"text of {record.carries}" if record.carries else ""),
        ("Author", record.author),
        ("Date", labels.day(record.published) if record.published else "bears no date"),
        ("Kind", ", ".join(note for note in notes if note)),
        ("Address", (Span(record.address, "address"),) if record.address else "not known"),
    )
    if record.described:
        made.add(Span("The headline was not seen; the title above describes it.", "muted"))
    if record.reliability == "weak":
        made.add(Span("Weak: ", "warning"), "it does not bear a statement alone.")
    if record.remark:
        made.add(record.remark)
    for kind in labels.KIND_PLURALS:
        if kind not in ("source", "conflict"):
            heading = f"Cited by {labels.KIND_PLURALS[kind]}"
            made.listed(heading, made.naming(kind), partial(plain_row, made))
    if made.ref in made.index.named_in(made.index.dataset.negotiation.ref, "source"):
        made.listed("Cited by", (made.index.dataset.negotiation.ref,), partial(plain_row, made))
