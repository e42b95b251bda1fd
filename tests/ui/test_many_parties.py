"""Views of the lagoon conference: twelve states, three coalitions that overlap, four drafts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from tests.ui.conftest import Open, Person

CONFERENCE = Path(__file__).parent.parent / "data" / "conference"

WALK = (
    ("panes", ()),
    ("positions", ("p",)),
    ("positions-sideways", ("j", "l", "l", "l", "l", "l")),
    ("positions-other-form", ("W",)),
    ("positions-by-holders", ("W", "S")),
    ("positions-by-stance", ("S",)),
    ("positions-by-last-moved", ("S",)),
    ("positions-by-coalition", ("S", "C")),
    ("by-round", ("C", "r", "j", "l", "l")),
    ("accounts", ("r", "a")),
    ("accounts-differing-by-coalition", ("w", "C")),
    ("in-force", ("f",)),
    ("figures", ("t",)),
    ("changes", ("c",)),
)
"""Where one app is led, and by which keys from where it was before."""

DRAFTS = (("texts-offered", ("d",)), ("texts-compared", ("enter",)))


@pytest.fixture
def looks(snapshot) -> Callable[[Person, str], bool]:
    def compare(person: Person, name: str) -> bool:
        shot = person.app.export_screenshot(title=name, simplify=True)
        return bool(shot == snapshot(name=name, extension_class=SVGImageExtension))

    return compare


@pytest.mark.parametrize("size", [(140, 40), (80, 24)], ids=["140x40", "80x24"])
async def test_every_view_of_many_parties_looks_as_it_did(explorer, looks, size):
    async with explorer(path=CONFERENCE, size=size) as person:
        differ = []
        for name, keys in WALK:
            await person.press(*keys)
            if not looks(person, name):
                differ.append(name)
        assert not differ


@pytest.mark.parametrize("size", [(140, 40), (80, 24)], ids=["140x40", "80x24"])
async def test_the_drafts_look_as_they_did(explorer, looks, size):
    async with explorer(path=CONFERENCE, size=size, go="text:chairs-text") as person:
        differ = []
        for name, keys in DRAFTS:
            await person.press(*keys)
            if not looks(person, name):
                differ.append(name)
        assert not differ


async def seen_of(person: Person, view: str) -> str:
    return person.main.query_one(f"#{view}").border_title or ""


async def test_columns_for_which_there_is_no_room_are_reached_by_going_right(explorer: Open):
    async with explorer(path=CONFERENCE, go="issue:dredging") as person:
        await person.press("p", "W", *["l"] * 9)
        assert "Growers" in person.seen
        assert "10–13 of 13" in person.seen
        assert "‹ 9 more Lorne" in person.seen
        await person.press(*["h"] * 9)
        assert "1–4 of 13" in person.seen
        assert "9 more ›" in person.seen
        assert "Esker, Farrow, Holm, Kesk" in person.seen, "who is out of sight has something"


async def test_what_is_out_of_sight_is_in_sight_again_on_coming_back(explorer: Open):
    async with explorer(path=CONFERENCE) as person:
        await person.press("p", "W", *["l"] * 9)
        before = person.seen
        await person.press("enter", "H")
        assert person.seen == before


async def test_the_order_in_force_stands_in_the_title_and_the_key_goes_on_to_the_next(
    explorer: Open,
):
    async with explorer(path=CONFERENCE) as person:
        await person.press("p")
        titles = []
        for _ in range(4):
            titles.append(await seen_of(person, "positions"))
            await person.press("S")
        assert [title.partition(", ")[2] for title in titles] == [
            "",
            "by how many hold one",
            "by stance",
            "by who moved last",
        ]
        assert await seen_of(person, "positions") == titles[0]


async def test_by_round_the_meaning_of_a_sign_stands_below_it_and_enter_goes_to_the_issue_then(
    explorer: Open,
):
    async with explorer(path=CONFERENCE) as person:
        await person.press("p", "r", "j", "l")
        row = next(n for n, line in enumerate(person.screen) if "Cap on dredging" in line)
        assert "after Round 2.1: Holm" in person.screen[row + 1]
        await person.press("l")
        below = person.screen[row + 1]
        assert "✗ bracketed since 12 Sep 2041, after Round 3: Esker, 14–20 Mar 2042" in below
        await person.press("enter")
        assert person.shown == "issue:dredging"
        assert "as of 20 Mar 2042" in person.screen[0]
        await person.press("H")
        assert "On the table, round by round, to 30 Jun 2043" in person.seen


async def test_keys_for_positions_say_by_round_that_they_are_for_those(explorer: Open):
    async with explorer(path=CONFERENCE) as person:
        await person.press("p", "r")
        assert "Sort" not in person.screen[-1]
        for key in ("S", "C", "W", "s"):
            await person.press(key)
            assert "for the positions" in person.told


async def test_only_accounts_that_differ_are_left_and_all_come_back(explorer: Open):
    async with explorer(path=CONFERENCE, go="round:fourth-session") as person:
        await person.press("a", "w")
        assert "where they differ" in await seen_of(person, "accounts")
        assert "denies it" in person.seen
        await person.press("w")
        assert "where they differ" not in await seen_of(person, "accounts")


async def test_a_round_without_points_names_those_that_have_some(explorer: Open):
    async with explorer(path=CONFERENCE, go="round:first-session") as person:
        await person.press("a")
        assert "No point said to be agreed on this round" in person.seen
        assert "These rounds have some:" in person.seen
        assert "Points said to be agreed stand here" in person.seen
        await person.press("enter")
        assert person.shown == "round:fourth-session"


@pytest.mark.parametrize("key", ["p", "a", "f", "t"])
async def test_a_view_of_a_day_with_nothing_says_what_stands_in_it_and_where_to_go(
    explorer: Open, key
):
    async with explorer(path=CONFERENCE) as person:
        await person.press("equals_sign")
        await person.type("2041-01-10")
        await person.press("enter", "4", key)
        view = person.main.places._views.open
        assert view is not None
        if view.has_nothing(view.sheet):
            assert "stand here" in person.seen
            assert "] goes on to the next round" in person.seen


async def test_the_list_of_figures_is_no_larger_than_what_is_in_it(explorer: Open):
    async with explorer(path=CONFERENCE) as person:
        await person.press("t", "r")
        dialog = person.app.screen.query_one(".dialog")
        assert "Tonnes dredged in a year" in person.seen
        assert dialog.size.height <= 4
        assert dialog.outer_size.width < 60
