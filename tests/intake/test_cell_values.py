"""What stands in cells: days, numbers, yes and no, as spreadsheets of many countries show them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.intake.cell_values import (
    Habits,
    TwoWaysError,
    day,
    habits_of,
    is_day,
    number,
    yes_or_no,
)
from explorer.record.days import last_day


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("May, 2025", "2025-05"),
        ("Monday 12 May 2025", "2025-05-12"),
        ("May 12, 2025 (Monday)", "2025-05-12"),
        ("12.05.2025 14h30", "2025-05-12"),
        ("2025年", "2025"),
        ("2025-10-26", "2025-10-26"),
        ("2025/10/26", "2025-10-26"),
        ("20251026", "2025-10-26"),
        ("2025年10月26日", "2025-10-26"),
        ("26.10.2025", "2025-10-26"),
        ("26.10.25", "2025-10-26"),
        ("1. 5. 2025", "2025-05-01"),
        ("26. Oktober 2025", "2025-10-26"),
        ("Sonntag, 26. Oktober 2025", "2025-10-26"),
        ("October 26, 2025", "2025-10-26"),
        ("26-Oct-25", "2025-10-26"),
        ("1er mai 2025", "2025-05-01"),
        ("26 de octubre de 2025", "2025-10-26"),
        ("13/6/2025", "2025-06-13"),
        ("6/13/2025", "2025-06-13"),
        ("5/5/2025", "2025-05-05"),
        ("45956", "2025-10-26"),
        ("45956,75", "2025-10-26"),
        ("26.10.2025 14:30", "2025-10-26"),
        ("10/26/2025 2:30 PM", "2025-10-26"),
        ("2025-10-26T12:00:00Z", "2025-10-26"),
        ("10/2025", "2025-10"),
        ("März 2025", "2025-03"),
        ("2025", "2025"),
    ],
)
def test_a_day_is_read_as_it_is_written(cell, meant):
    assert day(cell, "") == meant
    assert is_day(cell) or cell in ("2025", "20251026")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("26.10.", "has no year"),
        ("26 October", "has no year"),
        ("31.2.2025", "there is no day"),
        ("13/2025", "there is no month"),
        ("soon", "is no day"),
        ("99999", "is no day"),
        ("Oct-25", "may be a month of 2025 or a day"),
        ("6/13/13/2025", "is no day"),
    ],
)
def test_what_is_no_day_is_refused_with_why(cell, why):
    with pytest.raises(ValueError, match=why):
        day(cell, "")


def test_what_could_be_two_days_is_asked_and_never_guessed():
    with pytest.raises(TwoWaysError, match="could be two days") as refused:
        day("5/6/2025", "")
    assert refused.value.ask == "dates"
    assert day("5/6/2025", "day") == "2025-06-05"
    assert day("5/6/2025", "month") == "2025-05-06"


def test_other_rows_say_which_comes_first_unless_they_say_both():
    def order(*cells):
        return habits_of(cells, (), Habits(), exact=False).order

    assert order("5/6/2025", "13/6/2025") == "day"
    assert order("5/6/2025", "6/13/2025 10:00") == "month"
    assert order("13/6/2025", "6/13/2025") == ""
    assert order("5/6/2025") == ""


@pytest.mark.parametrize(
    ("cell", "decimal", "meant"),
    [
        ("12,5", "", "12.5"),
        ("12.5", "", "12.5"),
        ("1.234,5", "", "1234.5"),
        ("1,234.5", "", "1234.5"),
        ("1 234,5", "", "1234.5"),
        ("1’234.5", "", "1234.5"),
        ("1.234.567", "", "1234567"),
        ("1.234", "comma", "1234"),
        ("1.234", "point", "1.234"),
        ("1,234", "point", "1234"),
        ("0,125", "", "0.125"),
        ("−20 %", "", "-20"),
        ("$5", "", "5"),
    ],
)
def test_a_number_is_read_as_it_is_written(cell, decimal, meant):
    assert number(cell, decimal) == meant


def test_what_could_be_two_numbers_is_asked_and_other_rows_may_say():
    with pytest.raises(TwoWaysError, match=r"could be 1234 or 1\.234"):
        number("1.234", "")
    assert habits_of((), ("1.234", "4,5"), Habits(), exact=False).decimal == "comma"
    assert habits_of((), ("1,234", "4.5"), Habits(), exact=False).decimal == "point"
    assert habits_of((), ("1.234",), Habits(), exact=False).decimal == ""
    with pytest.raises(ValueError, match="is no number"):
        number("about 5", "")


def test_yes_and_no_are_read_in_the_language_of_the_spreadsheet():
    assert [yes_or_no(word) for word in ("WAHR", "x", "oui", "1")] == ["yes"] * 4
    assert [yes_or_no(word) for word in ("FALSCH", "non", "0")] == ["no"] * 3
    with pytest.raises(ValueError, match="neither yes nor no"):
        yes_or_no("perhaps")


@given(st.text("0123456789./- :,TZaprmyeOkt", max_size=30), st.sampled_from(["", "day", "month"]))
def test_any_cell_is_a_day_of_the_record_or_refused(cell, order):
    try:
        found = day(cell, order)
    except ValueError:
        return
    last_day(date.fromisoformat(found) if len(found) == len("2025-10-26") else found)
