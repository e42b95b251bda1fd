"""The page of a tariff rate."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import listed, parts
from explorer.documents.sheet import Page
from explorer.record import labels
from explorer.record.model import Ref, refs


def write(page: Page) -> Iterator[None]:
    rate = page.index.rate(page.ref)
    day = "From" if rate.standing in ("step", "some goods") else "Named"
    page.facts(
        ("Levied by", (page.name(Ref("delegation", rate.delegation_id)),)),
        ("On goods of", (page.name(Ref("delegation", rate.against_id)),)),
        (day, labels.day(rate.on)),
        ("Standing", labels.RATE_STANDINGS[rate.standing]),
        ("Named by", (page.name(Ref("delegate", rate.speaker_id)),) if rate.speaker_id else ""),
    )
    page.add(kind="blank")
    page.add(rate.text, *page.marks(rate.source_ids))
    if rate.parts:
        page.heading("Made of")
        parts(page, rate, "label")
    yield from listed(page, "Issues", refs("issue", rate.issue_ids))
