"""More than a number in a cell."""

from __future__ import annotations

import pytest

from explorer.intake.inexact_numbers import Amount, amount


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("~12", Amount("12", at="about")),
        ("ca. 1.200,5", Amount("1200.5", at="about")),
        ("about 20%", Amount("20", at="about")),
        ("≥ 5", Amount("5", at="least")),
        ("mindestens 5", Amount("5", at="least")),
        ("50+", Amount("50", at="least")),
        ("up to 145%", Amount("145", at="most")),
        ("12–15", Amount("12", "15")),
        ("30%-40%", Amount("30", "40")),
        ("between 3 and 4", Amount("3", "4")),
        ("3,5 bis 4,5", Amount("3.5", "4.5")),
    ],
)
def test_a_cell_may_say_about_at_least_or_from_and_to(cell, meant):
    assert amount(cell, "comma" if "," in cell else "") == meant


@pytest.mark.parametrize(
    "cell", ["12", "-5", "1,5", "", "more than 5", "> 5", "15-12", "many", "2025-05-12"]
)
def test_what_is_a_number_or_none_is_no_more_than_that(cell):
    assert amount(cell, "") is None
