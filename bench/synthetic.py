"""A made-up negotiation of any size, written as the TOML that a person would write.

Its quotes are as many as wished; of all else it has about as much as the shipped dataset.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from explorer.record.tables import toml_name

BEGAN, DAYS = date(2025, 1, 1), 500
ROUNDS, ISSUES, DELEGATES, POINTS, MEASURES, RATES, MILESTONES = 12, 12, 10, 36, 48, 24, 24
QUOTE_FILES = 7
"""As a large dataset is divided: each file stays small enough for an editor."""
WORDS = (
    "tariff control licence port fee truce deadline magnet soybean chip talks offer rate "
    "delegation agreement minister export import review list extension purchase both sides "
    "will continue to consult on the basis of mutual respect and must not be under pressure"
).split()

Value = date | int | str | list[str]
Tables = Iterator[str]
"""The text of each table."""


def write_dataset(folder: Path, quotes: int) -> None:
    """Write a dataset with so many quotes, the same each time, in several files."""
    folder.mkdir()
    chance = random.Random(quotes)
    sources = quotes // 10 + 1
    (folder / "talks.toml").write_text("\n".join(_talks(chance)), encoding="utf-8")
    (folder / "sources.toml").write_text("\n".join(_sources(chance, sources)), encoding="utf-8")
    written = list(_quotes(chance, quotes, sources))
    each = -(-quotes // QUOTE_FILES)
    for start in range(0, quotes, each):
        part = "\n".join(written[start : start + each])
        (folder / f"quotes-{start // each + 1}.toml").write_text(part, encoding="utf-8")


def _talks(chance: random.Random) -> Tables:
    """All but the quotes and what they rest on."""
    yield _table(
        "[negotiation]",
        **_own("synthetic", name="Synthetic talks", summary=_words(chance, 20)),
        began=BEGAN,
        record_ends=_day(1, 1),
    )
    for n in range(2):
        yield _table("[[delegation]]", **_own(f"side-{n}", name=f"Side {n}", short=f"S{n}"))
    for n in range(DELEGATES):
        name = f"Delegate {n}"
        yield _table("[[delegate]]", **_own(f"delegate-{n}", name=name, short=name), **_side(n))
        yield _table("[[delegate.role]]", title="Negotiator", source_ids=["source-0"])
    yield from _rounds(chance)
    yield from _issues(chance)
    yield from _measures(chance)
    for n in range(MILESTONES):
        said = _said(_day(n + 1, MILESTONES), _words(chance, 15))
        name = f"Date {n}"
        yield _table("[[milestone]]", id=f"milestone-{n}", name=name, announced=BEGAN, **said)


def _rounds(chance: random.Random) -> Tables:
    """The rounds and what was agreed in them."""
    for n in range(ROUNDS):
        day = _day(n, ROUNDS)
        yield _table(
            "[[round]]",
            **_own(f"round-{n}", name=f"City {n}", number=str(n + 1), meeting="talks"),
            starts=day,
            ends=day,
            summary=_words(chance, 40),
            lead_ids=["delegate-0", "delegate-1"],
            issue_ids=[f"issue-{n % ISSUES}"],
        )
    for n in range(POINTS):
        on = _day(n % ROUNDS, ROUNDS)
        yield _table(
            "[[point]]",
            **_own(f"point-{n}", name=f"Point {n}", text=_words(chance, 15), on=on),
            round_id=f"round-{n % ROUNDS}",
            issue_ids=[f"issue-{n % ISSUES}"],
            due=on + timedelta(days=30),
        )
        for side in range(2):
            said = _said(on, _words(chance, 15))
            yield _table("[[point.account]]", **_side(side), stance="affirms", **said)


def _issues(chance: random.Random) -> Tables:
    for n in range(ISSUES):
        yield _table(
            "[[issue]]", **_own(f"issue-{n}", name=f"Issue {n}", summary=_words(chance, 30))
        )
        yield _table("[[issue.status]]", state="raised", **_said(BEGAN, _words(chance, 10)))
        for side in range(2):
            for step in range(4):
                said = _said(_day(step, 4), _words(chance, 15))
                holders = [f"side-{side}"]
                yield _table("[[issue.position]]", delegation_ids=holders, **said)


def _measures(chance: random.Random) -> Tables:
    """The measures and the figures."""
    for n in range(MEASURES):
        yield _table(
            "[[measure]]",
            **_own(f"measure-{n}", name=f"Measure {n}", act="charge", scope=_words(chance, 8)),
            **_side(n),
            issue_ids=[f"issue-{n % ISSUES}"],
        )
        for place, stage in enumerate(("announced", "in force", "suspended")):
            on = _day(n + 40 * place, MEASURES + 80)
            yield _table("[[measure.step]]", stage=stage, **_said(on, _words(chance, 15)))
    for side in range(2):
        yield _table(
            "[[figure]]",
            **_own(f"duty-{side}", name=f"Duty of side {side}", unit="%"),
            **_side(side),
            against_id=f"side-{1 - side}",
        )
        for n in range(RATES // 2):
            said = _said(_day(n, RATES // 2), _words(chance, 15))
            yield _table("[[figure.value]]", number=10 + n, standing="in force", **said)


def _sources(chance: random.Random, count: int) -> Tables:
    for n in range(count):
        yield _table(
            "[[source]]",
            id=f"source-{n}",
            publisher="Agency",
            title=_words(chance, 6),
            type="wire",
            address=f"https://example.org/{n}",
            # The first is cited by everything but the quotes, on whatever day that was.
            **({"published": _day(n + 1, count)} if n else {}),
        )


def _quotes(chance: random.Random, count: int, sources: int) -> Tables:
    for n in range(count):
        day = _day(n, count)
        yield _table(
            "[[quote]]",
            id=f"quote-{n}",
            text=_words(chance, chance.randint(15, 60)),
            speaker_id=f"delegate-{n % DELEGATES}",
            form="verbatim",
            language="en",
            said=day,
            published=day,
            issue_ids=[f"issue-{n % ISSUES}"],
            round_id=f"round-{n * ROUNDS // count}",
            source_ids=[f"source-{n * sources // count}"],
        )


def _own(id_: str, **fields: Value) -> dict[str, Value]:
    """What a record has, whatever its kind, and more."""
    return {"id": id_, **fields, "source_ids": ["source-0"]}


def _said(on: date, text: str) -> dict[str, Value]:
    """What a dated statement has."""
    return {"on": on, "text": text, "source_ids": ["source-0"]}


def _side(number: int) -> dict[str, Value]:
    return {"delegation_id": f"side-{number % 2}"}


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize() + "."


def _day(place: int, of: int) -> date:
    return BEGAN + timedelta(days=DAYS * place // of)


def _table(header: str, **fields: Value) -> str:
    """A table, from the names that its fields have in the model."""
    lines = [header]
    for field, value in fields.items():
        # JSON's strings, numbers and lists of strings are TOML's too.
        literal = value.isoformat() if isinstance(value, date) else json.dumps(value)
        lines.append(f"{toml_name(field)} = {literal}")
    return "\n".join([*lines, "", ""])
