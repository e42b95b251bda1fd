"""The pages of delegations and delegates."""

from __future__ import annotations

from functools import partial
from typing import Any

from explorer.documents.pages.rows import (
    delegate_row,
    measure_row,
    plain_row,
    quote_row,
    rate_row,
    round_row,
)
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Ref


def delegation(made: Page, record: Any) -> None:
    if record.summary:
        made.add(record.summary, *made.marks(record.source_ids))
    made.listed("Delegates", made.naming("delegate"), partial(delegate_row, made))
    held = [
        (ref, position)
        for ref in made.naming("issue")
        if (position := made.view.positions(made.index[ref]).get(record.id))
        and not position.withdrawn
    ]
    if held:
        made.heading("Positions held last")
        for ref, position in held:
            made.add(
                made.name(ref),
                f"  {position.text} ",
                Span(labels.day(position.on), "muted"),
                *made.marks(position.source_ids),
                kind="item",
            )
    made.listed("Rates", made.naming("rate"), partial(rate_row, made))
    made.listed("Measures", made.naming("measure"), partial(measure_row, made))


def delegate(made: Page, record: Any) -> None:
    if record.native_name:
        made.add(Span(record.native_name, "muted"))
    if record.delegation_id:
        made.facts(("For", (made.name(Ref("delegation", record.delegation_id)),)))
    for role in reversed(record.roles):
        span = " – ".join(
            part
            for part in (
                f"from {labels.day(role.since)}" if role.since else "",
                f"until {labels.day(role.until)}" if role.until else "",
            )
            if part
        )
        made.facts(
            (
                "Role",
                (
                    Span(role.title),
                    Span(f"  {span}" if span else "", "muted"),
                    *made.marks(role.source_ids),
                ),
            )
        )
    if record.summary:
        made.add(kind="blank")
        made.add(record.summary, *made.marks(record.source_ids))
    made.listed("Took part in", made.naming("round"), partial(round_row, made))
    quotes = made.view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(quote_row, made))
    made.listed("Positions stated", made.naming("issue"), partial(plain_row, made))
    made.listed("Figures named", made.naming("rate"), partial(rate_row, made))
