"""A text as it stood on a day."""

from __future__ import annotations

from datetime import date

from explorer.record.clauses import histories, standing, states
from explorer.record.model import Clause, Text

SIGNED, LATER, LAST = date(2031, 3, 5), date(2031, 6, 1), date(2031, 9, 1)


def text(*clauses):
    return Text(
        id="t", name="T", type="agreement", issued=SIGNED, clauses=clauses, source_ids=("s",)
    )


def words(clauses):
    return [clause.words for clause in clauses]


BELL = text(
    Clause(number="1", name="Bell", matters=("bell",), issue_ids=("noise",), words="A bell."),
    Clause(number="1", words="Two bells.", on=LATER),
    Clause(number="2a", words="They ring.", on=LATER),
    Clause(number="2", words="At noon."),
    Clause(number="2", on=LAST, dropped=True),
)


def test_on_a_day_the_latest_clause_of_each_number_stands_where_the_document_has_it():
    assert words(standing(BELL, SIGNED)) == ["A bell.", "At noon."]
    assert words(standing(BELL, LATER)) == ["Two bells.", "They ring.", "At noon."]


def test_a_clause_that_was_taken_out_stands_no_longer_and_is_remembered():
    assert words(standing(BELL, LAST)) == ["Two bells.", "They ring."]
    assert words(histories(BELL, LAST)[2]) == ["At noon.", ""]


def test_a_later_clause_is_named_and_bears_on_what_the_one_before_did():
    first, *_ = standing(BELL, LATER)

    assert (first.name, first.matters, first.issue_ids) == ("Bell", ("bell",), ("noise",))


def test_later_clauses_may_stand_in_any_order():
    bell = text(
        Clause(number="1", words="Three bells.", on=LAST),
        Clause(number="1", words="A bell."),
        Clause(number="1", words="Two bells.", on=LATER),
    )

    assert [words(standing(bell, day)) for day in (SIGNED, LATER, LAST)] == [
        ["A bell."],
        ["Two bells."],
        ["Three bells."],
    ]


def test_the_days_from_which_a_text_reads_otherwise_are_told_once():
    assert states(BELL) == (LATER, LAST)
