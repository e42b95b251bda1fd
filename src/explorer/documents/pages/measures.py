"""The pages of measures and tariff rates."""

from __future__ import annotations

from functools import partial
from typing import Any

from explorer.documents.pages.measure_standing import measure_told, step_told
from explorer.documents.pages.rows import dated, issue_row, measure_row, rate_row
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Ref


def measure(made: Page, record: Any) -> None:
    if told := measure_told(made.view, record):
        made.add(*told)
    made.facts(
        ("By", (made.name(Ref("delegation", record.delegation_id)),)),
        ("What", record.act),
        ("Legal name", record.legal_name),
        ("Scope", record.scope),
    )
    if record.summary:
        made.add(kind="blank")
        made.add(record.summary, *made.marks(record.source_ids))
    if record.steps:
        made.heading("Steps")
        for step in reversed(record.steps):
            told_step = Span(step_told(made.view, record, step), "strong")
            dated(made, step.on, told_step, f". {step.text}", sources=step.source_ids)
    answers = tuple(Ref("measure", slug) for slug in record.answers_ids)
    made.listed("In answer to", answers, partial(measure_row, made))
    made.listed("Answered by", made.naming("measure"), partial(measure_row, made))
    made.listed("Rates", made.naming("rate"), partial(rate_row, made))
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(issue_row, made))


def rate(made: Page, record: Any) -> None:
    made.facts(
        ("Levied by", (made.name(Ref("delegation", record.delegation_id)),)),
        ("On goods of", (made.name(Ref("delegation", record.against_id)),)),
        ("From" if record.standing in ("step", "some goods") else "Named", labels.day(record.on)),
        ("Standing", labels.RATE_STANDINGS[record.standing]),
        ("Named by", (made.name(Ref("delegate", record.speaker_id)),) if record.speaker_id else ""),
    )
    made.add(kind="blank")
    made.add(record.text, *made.marks(record.source_ids))
    if record.parts:
        made.heading("Made of")
        for part in record.parts:
            link = (
                (Span("  "), made.name(Ref("measure", part.measure_id))) if part.measure_id else ()
            )
            made.add(part.name, *link, kind="row", label=(Span(f"{part.percent:g}%", "label"),))
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(issue_row, made))
