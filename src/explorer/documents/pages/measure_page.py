"""The page of a measure."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.measure_standing import measure_in_words, step_in_words
from explorer.documents.pages.rows import dated, listed
from explorer.documents.sheet import Page, Span
from explorer.record.model import Ref, refs


def write(page: Page) -> Iterator[None]:
    measure = page.index.measure(page.ref)
    if spans := measure_in_words(page.view, measure):
        page.add(*spans)
    page.facts(
        ("By", (page.name(Ref("delegation", measure.delegation_id)),)),
        ("What", measure.act),
        ("Legal name", measure.legal_name),
        ("Scope", measure.scope),
    )
    if measure.summary:
        page.add(kind="blank")
        page.add(measure.summary, *page.marks(measure))
    if measure.steps:
        page.heading("Steps")
        for step in reversed(measure.steps):
            stage = Span(step_in_words(page.view, measure, step), "strong")
            dated(page, step.on, stage, f". {step.text}", sources=step)
    yield from listed(page, "In answer to", refs("measure", measure.answers_ids))
    yield from listed(page, "Answered by", page.naming("measure"))
    yield from listed(page, "Figures it is part of", page.naming("figure"))
    yield from listed(page, "Issues", refs("issue", measure.issue_ids))
