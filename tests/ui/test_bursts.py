"""Keys that arrive in one write do what they do one by one."""

import pytest
from tests.ui.fuzzing import assert_consistent


def place_of(person):
    """What is shown, and where in it the person is."""
    main = person.main
    reader = main.views.open or person.record
    top = round(reader.scroll_target_y)
    return (main.viewing, main.place, person.shown, str(reader.link), reader.stop, top)


@pytest.mark.parametrize("keys", [*("pG pj ph pl pr fj fG cj ch cG aG aj tl tj pGk").split()])
async def test_a_view_and_a_key_for_it_end_where_they_do_without_haste(explorer, keys):
    async with explorer() as person:
        await person.press(*keys)
        unhurried = place_of(person)
    async with explorer() as person:
        await person.burst(*keys)
        assert place_of(person) == unhurried


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_the_last_entry_of_a_view_not_yet_laid_out_can_be_gone_to(explorer, size):
    async with explorer(size=size) as person:
        await person.burst("p", "G")
        view = person.main.views.open
        assert view.stop == len(view.laid_out.stops) - 1
        assert view.scroll_y == view.max_scroll_y


@pytest.mark.parametrize(
    ("keys", "viewing", "place"),
    [
        (("p", "p"), "", "pane"),
        (("p", "p", "p"), "positions", "positions"),
        (("p", "escape"), "", "pane"),
        (("p", "escape", "a"), "accounts", "accounts"),
        (("p", "escape", "p"), "positions", "positions"),
        (("p", "a", "f", "c", "escape"), "", "pane"),
        (("enter", "p", "escape"), "", "record"),
        (("p", "enter", "H"), "positions", "positions"),
        (("v", "escape", "p"), "positions", "positions"),
        (("v", "p"), "", "marking"),
        (("v", "p", "escape"), "", "record"),
        (("p", "3", "a", "H"), "positions", "positions"),
    ],
)
async def test_views_opened_and_closed_in_haste_leave_one_place(explorer, keys, viewing, place):
    async with explorer() as person:
        await person.burst(*keys)
        assert (person.main.viewing, person.main.place) == (viewing, place)
        assert_consistent(person.app)
        assert ("1 Rounds" in person.seen) == (not viewing)


async def test_a_key_after_one_that_leads_elsewhere_acts_there(explorer):
    async with explorer() as person:
        rows = person.rows("rounds")
        await person.burst("p", "escape", "j")
        assert person.shown == rows[1]
        await person.burst("enter", "j")
        assert person.shown == rows[1]
        assert person.record.stop == 1
        await person.burst("h", "j")
        assert person.shown == rows[2]


async def test_word_from_a_list_that_was_left_meanwhile_changes_nothing(explorer):
    async with explorer() as person:
        await person.burst("j", "i")
        assert person.shown == "negotiation:harbour-talks"
        await person.burst("4", "i")
        assert person.shown == "negotiation:harbour-talks"


@pytest.mark.parametrize("key", "paftc")
async def test_a_day_gone_back_while_a_view_is_open_and_out_of_sight(explorer, key):
    async with explorer() as person:
        await person.press(key, "G")
        await person.pilot.resize_terminal(1, 1)
        await person.burst(*["left_square_bracket"] * 4, "j", "G", "k", "l", "h", "pagedown")
        await person.pilot.resize_terminal(140, 40)
        await person.settle()
        assert_consistent(person.app)
        await person.press("escape")
        assert person.main.place == "pane"


@pytest.mark.parametrize("place", [("3",), ("enter",), ("tab", "tab", "tab", "tab", "tab"), "p"])
async def test_a_window_too_small_for_anything_gives_the_focus_back(explorer, place):
    async with explorer() as person:
        await person.press(*place)
        before = person.main.focused
        for size in ((1, 1), (140, 40), (2, 1), (30, 3), (140, 40)):
            await person.pilot.resize_terminal(*size)
            await person.settle()
        assert person.main.focused is before
        assert_consistent(person.app)
