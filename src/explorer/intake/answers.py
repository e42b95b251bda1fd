"""What is asked where rows are refused for want of a word, and what an answer says of all rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explorer.intake.batch import Reason
from explorer.intake.cell_values import DayOrder, Decimal
from explorer.intake.plan import Wishes

QUESTIONS: Mapping[str, str] = {
    "value": "What is it in every row?",
    "name": "What is meant?",
    "dates": "Which comes first: day or month?",
    "decimal": "What stands before what is less than one: comma or point?",
}
"""The question of each sort of reason."""


def question_for(reason: Reason) -> str:
    """What to ask a person who could settle a reason."""
    if reason.ask == "value" and reason.column:
        return "What is it where nothing stands?"
    return QUESTIONS[reason.ask]


def with_answer(wishes: Wishes, reason: Reason, answer: str) -> Wishes:
    """The wishes with what was answered."""
    word = answer.casefold()
    match reason.ask:
        case "value":
            return replace(wishes, fixed={**wishes.fixed, reason.field: answer})
        case "name":
            return replace(wishes, meant={**wishes.meant, reason.said: answer})
        case "dates":
            order: DayOrder = "day" if word.startswith("d") else "month"
            return replace(wishes, habits=replace(wishes.habits, order=order))
        case _:
            decimal: Decimal = "comma" if word.startswith("c") or word == "," else "point"
            return replace(wishes, habits=replace(wishes.habits, decimal=decimal))
