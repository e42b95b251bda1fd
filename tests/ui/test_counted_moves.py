"""A number before a movement counts it, and never takes anybody anywhere by accident."""

from __future__ import annotations

import pytest

from explorer.storage import folders
from explorer.ui import keymap


@pytest.fixture(autouse=True)
def _keys_as_they_come():
    yield
    keymap.use(keymap.UNCHANGED)


async def test_a_number_before_a_movement_says_how_far(explorer):
    async with explorer() as person:
        await person.press("4", "5")
        assert "5: the next movement goes so far" in person.told
        await person.press("j")
        assert person.list("quotes").cursor == 5
        assert person.told == ""
        await person.press("j")
        assert person.list("quotes").cursor == 6
        await person.press("5", "k")
        assert person.list("quotes").cursor == 1


async def test_digits_within_a_number_are_no_keys(explorer):
    async with explorer() as person:
        await person.press("4", "5", "1", "0", "j")
        assert person.main.stack.active == "quotes"
        assert person.main.view.scope.as_of is None
        assert person.list("quotes").cursor == len(person.rows("quotes")) - 1


async def test_escape_forgets_the_number_and_nothing_else(explorer):
    async with explorer() as person:
        await person.press("4", "space", "6", "escape")
        assert person.main.view.scope.chosen
        await person.press("j")
        assert person.list("quotes").cursor <= 1


async def test_a_number_before_what_is_no_movement_is_forgotten(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("9", "p")
        assert person.main.viewing == "positions"
        await person.press("p", "h")
        row = person.list("issues").cursor
        await person.press("j")
        assert person.list("issues").cursor == row + 1


async def test_what_is_read_goes_so_far_too(explorer):
    async with explorer(go="issue:tolls", size=(80, 24)) as person:
        await person.press("5", "j")
        five = (person.record.stop, person.record.scroll_target_y)
    async with explorer(go="issue:tolls", size=(80, 24)) as person:
        await person.press(*"jjjjj")
        assert (person.record.stop, person.record.scroll_target_y) == five


async def test_a_digit_where_one_types_is_written(explorer):
    async with explorer() as person:
        await person.press("slash", "5", "j")
        assert person.pane("rounds").words == "5j"


async def test_who_sets_counts_has_every_number_and_the_panes_by_alt(explorer):
    folder = folders.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text("counts = true\n")
    async with explorer() as person:
        await person.press("alt+4")
        assert person.main.stack.active == "quotes"
        await person.press("3", "j")
        assert person.main.stack.active == "quotes"
        assert person.list("quotes").cursor == 3
        await person.press("left_square_bracket", "1", "0", "j", "alt+0")
        assert person.main.view.scope.as_of is None
