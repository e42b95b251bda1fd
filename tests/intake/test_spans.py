"""Several days in one cell."""

from __future__ import annotations

import pytest

from explorer.intake import spans


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("10–11 May 2025", "2025-05-10", "2025-05-11"),
        ("10-11 May 2025", "2025-05-10", "2025-05-11"),
        ("10/11 May 2025", "2025-05-10", "2025-05-11"),
        ("May 10-11, 2025", "2025-05-10", "2025-05-11"),
        ("April 30 – May 2, 2025", "2025-04-30", "2025-05-02"),
        ("30 April to 2 May 2025", "2025-04-30", "2025-05-02"),
        ("28 Dec 2025 – 3 Jan 2026", "2025-12-28", "2026-01-03"),
        ("2025-05-10/2025-05-11", "2025-05-10", "2025-05-11"),
        ("2025-05-10 - 2025-05-11", "2025-05-10", "2025-05-11"),
        ("10.–11. Mai 2025", "2025-05-10", "2025-05-11"),
        ("10.-11.05.2025", "2025-05-10", "2025-05-11"),
        ("vom 30.4. bis 2.5.2025", "2025-04-30", "2025-05-02"),
        ("du 10 au 11 mai 2025", "2025-05-10", "2025-05-11"),
        ("2025年5月10日至11日", "2025-05-10", "2025-05-11"),
        ("10/05/2025 - 11/05/2025", "2025-05-10", "2025-05-11"),
    ],
)
def test_a_cell_may_hold_the_first_and_the_last_day(cell, first, last):
    assert spans.days(cell, "day") == (first, last)


@pytest.mark.parametrize(
    "cell",
    ["2025-05-10", "12-May-25", "6/13/13/2025", "5-6-2025", "2025-05-12T14:00", "", "–", "a to b"],
)
def test_what_is_one_day_or_none_is_no_span(cell):
    assert spans.days(cell, "day") is None
