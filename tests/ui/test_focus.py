"""Somebody always is somewhere: where the person was, or what has opened, has the focus."""

from __future__ import annotations

import pytest
from textual.events import AppBlur, AppFocus

from explorer.notes import Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")
PLACES = {
    "pane": (),
    "record": ("enter",),
    "notes": ("enter", "tab"),
    "filter": ("slash", "t"),
    "marking": ("v",),
    "positions": ("p",),
}
OPENING = ("app.command_palette", "do('ask_date')")


async def turn_away(person) -> None:
    """Go to another window."""
    person.app.post_message(AppBlur())
    await person.settle()


async def come_back(person) -> None:
    person.app.post_message(AppFocus())
    await person.settle()


async def arrive(person, place) -> None:
    person.main.action_jump("issues")
    await person.press("g", *PLACES[place])
    assert person.app._place == place


@pytest.fixture(autouse=True)
def noted(store):
    store.save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)


@pytest.mark.parametrize("place", PLACES)
async def test_who_comes_back_to_the_window_is_where_they_were(explorer, place):
    async with explorer() as person:
        await arrive(person, place)
        was = person.main.focused
        await turn_away(person)
        await come_back(person)
        assert person.main.focused is was


@pytest.mark.parametrize("action", OPENING)
@pytest.mark.parametrize("place", ["pane", "marking", "positions"])
async def test_what_opens_while_one_is_elsewhere_has_the_focus_when_one_comes_back(
    explorer, place, action
):
    async with explorer() as person:
        await arrive(person, place)
        was = person.main.focused
        await turn_away(person)
        await person.app.run_action(action, person.main)  # its key was on the way
        await person.settle()
        await come_back(person)
        assert len(person.app.screen_stack) == 2
        assert person.app.focused is not None
        await person.press("escape")
        assert len(person.app.screen_stack) == 1
        assert person.main.focused is was


@pytest.mark.parametrize("way", ["key", "window"])
async def test_the_place_is_found_again_when_it_is_not_there_any_more(explorer, store, way):
    async with explorer() as person:
        await arrive(person, "notes")
        await turn_away(person)
        (note,) = store.load().all()
        store.delete(note)
        person.main.notes.look_again()
        await person.settle()
        if way == "window":
            await come_back(person)
            assert person.app._place == "record"
        await person.press("j")
        assert person.app._place == "record"
