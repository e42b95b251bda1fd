"""Who is new finds on the front page how to go on, and every part of the screen explained."""

from __future__ import annotations

import pytest
from tests.ui.test_glyphs import EVERYWHERE, FRAMES, WALK, foreign, signs_shown

from explorer.storage import folders
from explorer.text import plain_signs
from explorer.ui.dialogs.tour import Tour
from explorer.ui.legend import legend
from explorer.ui.tour_stops import STOPS

SIZES = [(140, 40), (80, 24), (60, 20)]


def explained() -> set[str]:
    return {sign for signs in legend("w").values() for group in signs for sign in group}


def is_explained(sign: str) -> bool:
    return sign in explained() or ord(sign) in FRAMES or sign in plain_signs._PUNCTUATION


# The signs.


def test_every_sign_of_the_program_is_explained():
    for sign, where in signs_shown().items():
        assert is_explained(sign) or sign in EVERYWHERE, (sign, where)


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_every_sign_that_is_seen_is_explained(explorer, size):
    async with explorer(size=size, front=True) as person:
        for keys in WALK:
            await person.press(*keys)
            assert all(map(is_explained, foreign(person.screen) - {*EVERYWHERE})), keys
            for _ in range(3):
                await person.press("escape")


async def test_signs_stand_in_the_help_as_they_are_drawn(explorer, monkeypatch):
    async with explorer(size=(140, 200)) as person:
        await person.press("question_mark")
        assert "✗ disputed" in person.seen
    monkeypatch.setenv(plain_signs.VARIABLE, "ascii")
    async with explorer(size=(140, 200)) as person:
        await person.press("question_mark")
        assert "x disputed" in person.seen


# The line on the front page.


async def test_who_is_new_is_told_how_to_go_on_until_they_have_been_shown_round(explorer):
    async with explorer(front=True) as person:
        assert "New here? Press I to be shown round, ? for keys and signs." in person.seen
        await person.press("I", "escape")
        assert "New here?" not in person.seen
    async with explorer(front=True) as person:
        assert "New here?" not in person.seen


async def test_it_names_the_keys_that_are_in_force(explorer):
    folder = folders.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('[keys]\ntour = "f9"\n')
    async with explorer(front=True) as person:
        assert "New here? Press F9 to be shown round" in person.seen
        await person.press("f9")
        assert isinstance(person.app.screen, Tour)


# The tour.


@pytest.mark.parametrize("size", SIZES)
async def test_the_tour_shows_each_part_in_full_light_with_its_words(explorer, size, monkeypatch):
    async with explorer(front=True, size=size) as person:
        await person.press("I")
        for number, stop in enumerate(STOPS):
            assert f"{number + 1} of {len(STOPS)}" in person.seen
            assert stop.title in person.seen
            assert "{" not in person.seen
            (shown,) = person.app.screen.query("#lit")
            part = person.main.query(stop.part).first()
            assert shown.region == part.region
            assert part.region
            await person.press("enter")
        assert person.app.screen is person.main


async def test_the_words_cover_nothing_of_the_part_where_there_is_room(explorer):
    async with explorer(front=True) as person:
        await person.press("I")
        for stop in STOPS[:4]:
            box = person.app.screen.query_one(".dialog").region
            assert not box.overlaps(person.main.query(stop.part).first().region), stop.title
            await person.press("enter")


@pytest.mark.parametrize("key", ["escape", "p", "n", "question_mark", "f5", "ctrl+f", "I", "7"])
@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_any_other_key_leaves_it_and_does_nothing_else(explorer, key, size):
    async with explorer(front=True, size=size) as person:
        before = (person.shown, person.main.place, person.main.view.scope)
        await person.press("I", "enter", key)
        assert person.app.screen is person.main
        assert (person.shown, person.main.place, person.main.view.scope) == before


async def test_it_goes_back_and_says_where_it_begins(explorer):
    async with explorer(front=True) as person:
        await person.press("I", "enter", "left")
        assert "1 of" in person.seen
        await person.press("left")
        assert "This is where it begins." in person.told


async def test_it_leads_back_to_a_view_and_to_the_zoom(explorer):
    async with explorer() as person:
        await person.press("p")
        await person.press("I", "escape")
        assert person.main.viewing == "positions"
        await person.press("q", "3", "z", "I")
        assert not person.main.has_class("-zoomed")
        await person.press("escape")
        assert person.main.has_class("-zoomed")


async def test_it_is_in_the_list_of_all_commands(explorer):
    async with explorer(front=True) as person:
        await person.press("ctrl+p", *"tour", "enter")
        assert isinstance(person.app.screen, Tour)


async def test_it_ends_when_the_window_gets_another_size(explorer):
    async with explorer(front=True) as person:
        await person.press("I", "enter")
        await person.pilot.resize_terminal(60, 20)
        person.app._check_resize()  # which a clock would do
        await person.settle()
        assert person.app.screen is person.main
        assert "I shows you round again" in person.told
        assert person.main.place == "record"
