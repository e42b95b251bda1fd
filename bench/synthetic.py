"""A made-up negotiation of any size, written as the TOML that a person would write."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from explorer.record.model import toml_name

BEGAN, DAYS = date(2025, 1, 1), 500
WORDS = (
    "tariff control licence port fee truce deadline magnet soybean chip talks offer rate "
    "delegation agreement minister export import review list extension purchase both sides "
    "will continue to consult on the basis of mutual respect and must not be under pressure"
).split()


def write_dataset(folder: Path, quotes: int) -> None:
    """Write a dataset with so many quotes, the same each time."""
    folder.mkdir()
    (folder / "synthetic.toml").write_text("\n".join(_records(quotes)), encoding="utf-8")


def _records(quotes: int) -> Iterator[str]:
    """Two delegations, twelve rounds and issues, and the quotes; every source is cited."""
    chance = random.Random(quotes)
    sources = quotes // 10 + 1
    source_ids = ["source-0"]

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize() + "."

    def day(place: int, of: int) -> date:
        return BEGAN + timedelta(days=DAYS * place // of)

    yield "[negotiation]"
    yield from _keys(id="synthetic", name="Synthetic talks", summary=words(20), began=BEGAN)
    yield from _keys(record_ends=day(1, 1), source_ids=source_ids)
    for n in range(sources):
        yield "[[source]]"
        yield from _keys(id=f"source-{n}", publisher="Agency", title=words(6), type="wire")
        yield from _keys(address=f"https://example.org/{n}", published=day(n, sources))
    for n in range(2):
        yield "[[delegation]]"
        yield from _keys(id=f"side-{n}", name=f"Side {n}", short=f"S{n}", source_ids=source_ids)
    for n in range(10):
        yield "[[delegate]]"
        yield from _keys(id=f"delegate-{n}", name=f"Delegate {n}", short=f"Delegate {n}")
        yield from _keys(delegation_id=f"side-{n % 2}", source_ids=source_ids)
        yield "[[delegate.role]]"
        yield from _keys(title="Negotiator", source_ids=source_ids)
    for n in range(12):
        yield "[[round]]"
        yield from _keys(id=f"round-{n}", name=f"City {n}", number=n + 1, meeting="talks")
        yield from _keys(starts=day(n, 12), ends=day(n, 12), summary=words(40))
        yield from _keys(lead_ids=["delegate-0", "delegate-1"], issue_ids=[f"issue-{n}"])
        yield from _keys(source_ids=source_ids)
    for n in range(12):
        yield "[[issue]]"
        yield from _keys(id=f"issue-{n}", name=f"Issue {n}", summary=words(30))
        yield from _keys(source_ids=source_ids)
        yield "[[issue.status]]"
        yield from _keys(on=BEGAN, state="raised", text=words(10), source_ids=source_ids)
        for side in range(2):
            yield "[[issue.position]]"
            yield from _keys(delegation_id=f"side-{side}", on=BEGAN, text=words(15))
            yield from _keys(source_ids=source_ids)
    for n in range(quotes):
        yield "[[quote]]"
        yield from _keys(id=f"quote-{n}", text=words(chance.randint(15, 60)))
        yield from _keys(speaker_id=f"delegate-{n % 10}", form="verbatim", language="en")
        yield from _keys(said=day(n, quotes), published=day(n, quotes))
        yield from _keys(issue_ids=[f"issue-{n % 12}"], round_id=f"round-{n * 12 // quotes}")
        yield from _keys(source_ids=[f"source-{n % sources}"])


def _keys(**fields: date | int | str | list[str]) -> Iterator[str]:
    """The lines of a table, from the names that its fields have in the model."""
    for field, value in fields.items():
        # JSON's strings, numbers and lists of strings are TOML's too.
        literal = value.isoformat() if isinstance(value, date) else json.dumps(value)
        yield f"{toml_name(field)} = {literal}"
