"""How many records are otherwise after a dataset was read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset.what_changed import what_changed

ROPES = '[[issue]]\nid = "ropes"\nname = "Ropes"\nsummary = "Whose."\nsources = ["gazette"]\n'
LAMPS = '[[issue]]\nid = "lamps"\nname = "Lamps"\nsummary = "How many."\nsources = ["gazette"]\n'


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (ROPES, ROPES, "no record changed"),
        (ROPES, f"# with a remark\n{ROPES}", "no record changed"),
        (f"{ROPES}\n{LAMPS}", f"{LAMPS}\n{ROPES}", "no record changed"),
        (ROPES, ROPES.replace("Whose.", "Whose?"), "1 record changed"),
        ("", ROPES, "1 record new"),
        (f"{ROPES}\n{LAMPS}", "", "2 records gone"),
        (
            f"{ROPES}\n{LAMPS}",
            ROPES.replace("Whose.", "Whose?") + LAMPS.replace("lamps", "lights"),
            "1 record changed, 1 new, 1 gone",
        ),
        (
            f"{ROPES}\n{LAMPS}",
            ROPES + LAMPS.replace('"lamps"', '"lights"\nformerly = ["lamps"]'),
            "1 record changed",
        ),
    ],
)
def test_records_are_counted(
    dataset_of: Callable[..., Path], before: str, after: str, said: str, cached: bool
) -> None:
    was = dataset.load(dataset_of(before), cached=cached)
    now = dataset.load(dataset_of(after), cached=cached)
    assert str(what_changed(was, now)) == said
