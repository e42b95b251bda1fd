"""The keys in the last line: what matters where one is, at any width, and no key that lies."""

from __future__ import annotations

from itertools import pairwise

import pytest
from rich.cells import cell_len

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui import commands, key_order
from explorer.ui.find_commands import FINDING_HERE, WHILE_FINDING

WIDTHS = (60, 80, 120, 140, 200)
PLACES = [p for p in commands.PLACES if p not in ("sheet", "line", "reading", "everywhere")]
FINDS = [p for p in PLACES if FINDING_HERE[-1].action in {c.action for c in commands.available(p)}]
STATES = [(p, WHILE_FINDING) for p in PLACES] + [(p, ()) for p in FINDS]


def line(place, idle, width) -> str:
    return "".join(f" {c.main_key} {c.name} " for c in key_order.shown(place, idle, width))


@pytest.mark.parametrize(("place", "idle"), STATES)
def test_the_way_out_is_always_there_and_no_key_stands_twice(place, idle):
    offered = [c for c in commands.available(place) if c.action not in idle]
    for width in WIDTHS:
        shown = key_order.shown(place, idle, width)
        print(f"{place:16} {width:4} {line(place, idle, width)}")  # noqa: T201 -- to be looked at
        keys = [command.main_key for command in shown]
        out = key_order.way_out(place, shown)
        assert out is not None, width
        assert sum(map(key_order.width_of, shown)) <= width
        assert len(keys) == len(set(keys)), width
        assert all(any(c.action == o.action for o in offered) for c in shown)
        assert shown[-1].action in (out.action, "help", commands.PALETTE.action)


@pytest.mark.parametrize(("place", "idle"), STATES)
def test_more_room_shows_more_and_takes_nothing_away(place, idle):
    lines = [[c.action for c in key_order.shown(place, idle, width)] for width in WIDTHS]
    for fewer, more in pairwise(lines):
        assert set(fewer) <= set(more)


@pytest.mark.parametrize("place", key_order.ORDER)
def test_all_that_is_named_is_a_command_of_the_place(place):
    named = {c.setting("")[1] for c in commands.available(place)}
    assert set(key_order.ORDER[place]) <= named


@pytest.mark.parametrize(
    ("place", "width", "keys"),
    [
        ("record", 80, ["Space Scope", "n Note", "/ Find", "h Pane"]),
        ("positions", 80, ["Esc Close", "s Since", "r By round", "? Help"]),
        ("notes", 120, ["e Editor", "x Reviewed", "D Delete"]),
        ("notebook", 80, ["e Editor", "x Reviewed", "D Delete", "Esc Close"]),
        ("pane", 60, ["Enter Read", "/ Filter", "q Quit", "? Help"]),
    ],
)
def test_what_matters_is_there(place, width, keys):
    assert all(key in line(place, WHILE_FINDING, width) for key in keys)


def test_a_key_with_another_meaning_is_not_shown_with_its_old_one():
    positions = line("positions", WHILE_FINDING, 200)
    assert "s Since" in positions
    assert "s Search" not in positions
    assert "n Note" in line("marking", (), 200)
    assert line("marking", (), 200).count(" n ") == 1
    assert "Esc Close" not in line("positions", (), 200), "while finding it ends that"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_the_line_follows_what_one_does(explorer, store, size):
    store.save(Ref("issue", "tolls"), Words("Ask for nets"), name="Tolls", note=None)
    async with explorer(size=size, go="issue:tolls") as person:
        for keys, shown in (
            ((), "/ Find"),
            (("slash", *"toll"), "Esc Back"),
            (("enter",), ". Next"),
            (("escape",), "Enter Follow"),
            (("tab",), "Enter Write"),
            (("p",), "Esc Close"),
            (("slash", *"toll", "enter"), "q Close"),
        ):
            await person.press(*keys)
            assert shown in person.screen[-1]
            assert cell_len(person.screen[-1].rstrip()) <= size[0]
