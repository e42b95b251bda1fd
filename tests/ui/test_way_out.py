"""Escape goes one step back from everywhere, q closes what is open, and neither more than that."""

from __future__ import annotations

import pytest

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui import commands
from explorer.ui.dialogs.dialog_commands import TYPED

TOLLS = Ref("issue", "tolls")
FOUND = ("slash", *"toll", "enter")

ONE_STEP = {
    ("record",): "pane",
    ("record", "z"): "record",
    ("record", *FOUND): "record",
    ("record", "tab"): "record or pane",
    ("record", "v"): "record",
    ("record", "slash", "x"): "record",
    ("record", "y"): "record",
    ("record", "o"): "record",
    ("record", "question_mark"): "record",
    ("record", "question_mark", *FOUND): "help",
    ("record", "N"): "record",
    ("record", "N", "slash", *"delay", "enter"): "notebook",
    ("record", "T"): "record",
    ("record", "n"): "record",
    ("record", "s"): "record",
    ("record", "ctrl+p"): "record",
    ("record", "equals_sign"): "record",
    ("record", "plus"): "record",
    ("p",): "pane",
    ("p", *FOUND): "positions",
    ("p", "slash", "x"): "positions",
    ("p", "question_mark"): "positions",
    ("p", "s"): "positions",
    ("t", "r"): "figures",
    ("slash", *"toll"): "pane",
}
"""By which keys one comes to a place, and where Escape leads from there."""


@pytest.fixture
def noted(store):
    store.save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)


async def arrive(person, keys) -> str:
    if keys[0] == "record":
        person.main.go(TOLLS)
        keys = keys[1:]
    await person.press(*keys)
    return person.app._place


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("keys", ONE_STEP, ids=" ".join)
async def test_escape_goes_one_step_back(explorer, keys):
    async with explorer() as person:
        await arrive(person, keys)
        await person.press("escape")
        assert person.app._place in ONE_STEP[keys].split(" or ")
        assert person.app.is_running


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("keys", [k for k in ONE_STEP if k[-1] != "x"], ids=" ".join)
async def test_q_closes_what_is_open_and_quits_only_from_the_panes(explorer, keys):
    async with explorer() as person:
        place = await arrive(person, keys)
        before = len(person.app.screen_stack)
        await person.press("q")
        if place in TYPED or place in ("editor", "palette", "line"):
            assert len(person.app.screen_stack) == before, "it is a letter there"
            return
        assert person.app.return_code is None
        assert len(person.app.screen_stack) == max(before - 1, 1)
        assert not person.main.viewing or before > 1


async def test_q_leaves_from_the_front_page_for_who_has_only_just_come(explorer):
    async with explorer(front=True) as person:
        assert person.app._place == "record"
        assert "h Pane" in person.screen[-1]
        assert "q Quit" in person.screen[-1]
        await person.press("q")
        assert person.app._exit


@pytest.mark.parametrize("key", ["h", "left", "escape"])
async def test_other_ways_lead_from_the_front_page_to_the_panes(explorer, key):
    async with explorer(front=True) as person:
        await person.press(key)
        assert person.app._place == "pane"
        assert person.app.is_running


@pytest.mark.parametrize(
    "way", [("j", "enter", "i"), ("1", "j", "i"), ("slash", *"round", "enter")]
)
async def test_q_goes_back_on_the_front_page_for_who_has_more_to_go_back_to(explorer, way):
    async with explorer(front=True) as person:
        await person.press(*way)
        assert person.main.selected == person.main.view.index.dataset.negotiation.ref
        assert "q Quit" not in person.screen[-1]
        assert "h Pane" in person.screen[-1]
        await person.press("q")
        assert person.app._place == "pane"
        assert person.app.is_running


async def test_who_has_gone_on_and_come_all_the_way_back_leaves_by_q_again(explorer):
    async with explorer(front=True) as person:
        await person.press("j", "enter")
        assert "q Quit" not in person.screen[-1]
        await person.press("H")
        assert "q Quit" in person.screen[-1]
        await person.press("q")
        assert person.app._exit


async def test_the_palette_offers_once_to_leave(explorer):
    async with explorer(front=True) as person:
        await person.press("ctrl+p", *"quit")
        assert sum("Quit" in line for line in person.screen) == 1
        await person.press("enter")
        assert person.app._exit


async def test_the_help_of_the_front_page_says_that_q_leaves(explorer):
    async with explorer(front=True) as person:
        await person.press("question_mark")
        assert any("q Ctrl+Q" in line and "Quit" in line for line in person.screen)


def test_whatever_opens_is_closed_by_escape():
    for place in commands.DIALOGS:
        if place != "line":
            named = [c for c in commands.PLACES[place][1] if "escape" in c.key_names]
            assert any(not c.at_times for c in named), place


async def test_marks_of_the_ribbon_are_gone_along_in_a_window_too_small_for_it(explorer):
    async with explorer(size=(40, 12)) as person:
        await person.press("T")
        first = person.seen
        await person.press("left")
        assert person.seen != first, "the mark before is named"
        assert "▸" in person.seen
        await person.burst("escape", "T", "l", "q")
        assert len(person.app.screen_stack) == 1
