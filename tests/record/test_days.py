"""How long ago a day was, as people say it."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.record.days import ago


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2026, 11, 30), "0 days ago"),
        (date(2026, 11, 29), "1 day ago"),
        (date(2026, 6, 22), "161 days ago"),
        (date(2025, 12, 1), "364 days ago"),
        (date(2025, 11, 30), "a year ago"),
        (date(2025, 11, 1), "a year ago"),
        (date(2025, 6, 1), "17 months ago"),
        (date(2024, 11, 30), "2 years ago"),
        (date(2024, 9, 1), "over 2 years ago"),
        (date(2016, 1, 16), "almost 11 years ago"),
        (date(1648, 10, 24), "over 378 years ago"),
    ],
)
def test_days_are_counted_within_a_year_and_years_after_two(then, said):
    assert ago(then, date(2026, 11, 30)) == said
