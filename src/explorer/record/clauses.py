"""A text as it stood on a day: of the clauses that bear one number the latest by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from explorer.record.days import last_day
from explorer.record.model import Clause, Text


def histories(text: Text, day: date) -> tuple[tuple[Clause, ...], ...]:
    """For each number, in the order of the document, what stood under it by a day, oldest first.

    What a later clause leaves out beside its words is as in the one before.
    """
    by_number: dict[str, list[Clause]] = {}
    for clause in text.clauses:
        if clause.on is None or last_day(clause.on) <= day:
            by_number.setdefault(clause.number, []).append(clause)
    return tuple(map(_filled_in, by_number.values()))


def standing(text: Text, day: date) -> tuple[Clause, ...]:
    """The clauses of a text as it read on a day, in the order of the document."""
    latest = (history[-1] for history in histories(text, day))
    return tuple(clause for clause in latest if not clause.dropped)


def _filled_in(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    by_day = sorted(clauses, key=lambda clause: last_day(clause.on) if clause.on else date.min)
    filled = by_day[:1]
    for clause in by_day[1:]:
        before = filled[-1]
        filled.append(
            replace(
                clause,
                name=clause.name or before.name,
                matters=clause.matters or before.matters,
                issue_ids=clause.issue_ids or before.issue_ids,
            )
        )
    return tuple(filled)


def states(text: Text) -> tuple[date, ...]:
    """The days, after its own, from which a text reads otherwise, oldest first."""
    return tuple(sorted({last_day(clause.on) for clause in text.clauses if clause.on}))
