"""The full-screen views: opening, moving, following and coming back."""

import pytest

from explorer.ui.views.sheet_view import SheetView

VIEWS = {
    "p": "positions",
    "a": "accounts",
    "f": "in_force",
    "F": "deadlines",
    "t": "figures",
    "c": "changes",
    "E": "evidence",
}


def view_of(person):
    assert person.main.viewing, "no view is open"
    return person.main.query_one(f"#{person.main.viewing}", SheetView)


@pytest.mark.parametrize("key", VIEWS)
@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_a_key_opens_a_view_over_the_panes_and_closes_it_again(explorer, key, size):
    async with explorer(size=size) as person:
        await person.press("3", key)
        assert person.main.viewing == VIEWS[key]
        assert view_of(person).has_focus
        assert "1 Rounds" not in person.seen
        await person.press(key)
        assert person.main.viewing == ""
        assert person.list("issues").has_focus


@pytest.mark.parametrize("key", VIEWS)
async def test_escape_goes_back_to_where_one_was(explorer, key):
    async with explorer(go="issue:fishing") as person:
        await person.press(key, "escape")
        assert person.record.has_focus
        assert person.shown == "issue:fishing"


async def test_one_view_leads_straight_to_another(explorer):
    async with explorer() as person:
        for key, name in VIEWS.items():
            await person.press(key)
            assert person.main.viewing == name
        await person.press("escape")
        assert person.list("rounds").has_focus


async def test_a_number_leaves_the_view_for_a_pane(explorer):
    async with explorer() as person:
        await person.press("p", "4")
        assert person.main.viewing == ""
        assert person.list("quotes").has_focus


async def test_positions_stand_side_by_side_and_none_is_blank(explorer):
    async with explorer() as person:
        await person.press("p")
        assert "Positions on 30 Jun 2032" in person.seen
        (heads,) = [line for line in person.screen if "│ North" in line and "│ South" in line][:1]
        assert heads
        assert "The toll may go in steps" in person.seen
        assert "not stated" in person.seen


async def test_arrows_move_in_both_directions_and_enter_goes_to_the_issue(explorer):
    async with explorer() as person:
        await person.press("p", "l", "l", "j")
        view = view_of(person)
        stop = view.laid_out.stops[view.stop]
        assert str(stop.link) == "issue:cranes"
        assert stop.left > 50
        await person.press("enter")
        assert person.shown == "issue:cranes"
        assert person.record.has_focus


async def test_back_returns_to_the_view_and_the_entry_one_left(explorer):
    async with explorer() as person:
        await person.press("p", "j", "l")
        before = view_of(person).stop
        await person.press("enter", "H")
        assert person.main.viewing == "positions"
        assert view_of(person).stop == before
        assert view_of(person).has_focus


async def test_a_view_follows_the_day(explorer):
    async with explorer() as person:
        await person.press("p", "equals_sign")
        await person.type("2031-02-01")
        await person.press("enter")
        assert "Positions on 1 Feb 2031" in person.seen
        assert "The toll stays until nets are counted" in person.seen
        assert "The toll may go in steps" not in person.seen
        assert person.main.viewing == "positions"


async def test_a_second_date_shows_what_moved(explorer):
    async with explorer() as person:
        await person.press("p", "s")
        await person.type("lantern")
        await person.press("enter")
        assert "what changed since 5 Mar 2031" in person.seen
        assert "~ changed" in person.seen
        assert "+ added" in person.seen
        assert "before, 10 Jan 2031: The toll" in person.seen


async def test_the_table_says_in_words_what_the_sign_under_the_cursor_means(explorer):
    async with explorer() as person:
        await person.press("p", "r")
        assert "On the table, round by round" in person.seen
        view = view_of(person)
        await person.press("j", "l")
        stop = view.laid_out.stops[view.stop]
        assert stop.link.kind == "round"
        below = person.screen[next(n for n, s in enumerate(person.screen) if "╰" in s)]
        assert "since" in below
        assert "after" in below
        await person.press("r")
        assert "Positions on" in person.seen


def column_of(person, row, sign):
    return person.screen[row].index(sign)


async def test_rounds_and_figures_stand_under_the_ribbon_at_any_width_and_the_day_is_drawn_through(
    explorer,
):
    for size in ((200, 60), (140, 40), (80, 24), (60, 20)):
        async with explorer(size=size) as person:
            await person.press("equals_sign")
            await person.type("2031-09-20")
            await person.press("enter")
            day = column_of(person, 2, "┃")
            await person.press("t")
            (axis,) = [n for n, line in enumerate(person.screen[3:], 3) if "┃" in line]
            assert column_of(person, axis, "┃") == day == column_of(person, axis - 2, "╎")
            assert column_of(person, axis, "1") == column_of(person, 2, "1")
            await person.press("p", "r")
            ribbon, head = person.screen[2], person.screen[4]
            assert head.split()[1:2] == ["Round"]
            assert head.index("1") == ribbon.index("1")
            here = ribbon.index("┃")
            assert here > day
            assert sum(line[here : here + 1] == "│" for line in person.screen[5:]) > 1
            await person.press("escape")
            assert column_of(person, 2, "┃") == day


async def test_accounts_are_those_of_the_round_shown_or_of_all(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press("a")
        assert "The channel is measured again" in person.seen
        assert "Truce on tolls" not in person.seen
        assert "not checked" in person.seen
        await person.press("r")
        assert "Truce on tolls" in person.seen


async def test_a_document_that_is_silent_is_named(explorer):
    async with explorer(go="issue:fishing") as person:
        await person.press("a")
        assert "∅ silent in" in person.seen


async def test_what_is_in_force_is_told_by_side(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-02-10")
        await person.press("enter", "f")
        assert "In force on 10 Feb 2031" in person.seen
        assert "IN FORCE" in person.seen


async def test_changes_tell_what_became_public_since_the_round_before(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("tide hall")
        await person.press("enter", "c")
        assert "Changes, 20 May 2031 – 18 Jan 2032" in person.seen
        await person.press("s")
        await person.type("2032-01-17")
        await person.press("enter")
        assert "Changes, 17–18 Jan 2032" in person.seen


async def test_the_scope_narrows_a_view(explorer):
    async with explorer(go="issue:fishing") as person:
        await person.press("space", "p")
        assert "Crab and fishing rights" in person.seen
        assert "Dredging" not in person.seen


async def test_space_in_a_view_adds_the_record_under_the_cursor(explorer):
    async with explorer() as person:
        await person.press("p", "j", "space")
        assert "Scope: Cranes" in person.seen


async def test_a_note_from_a_view_goes_to_the_record_under_the_cursor(explorer, store):
    async with explorer() as person:
        await person.press("p", "j", "n")
        await person.type("who lifts")
        await person.press("ctrl+s", "escape")
        assert [str(note.ref) for note in store.load().all()] == ["issue:cranes"]
        assert person.main.viewing == "positions"


async def test_a_click_in_a_view_goes_to_the_record(explorer):
    async with explorer() as person:
        await person.press("p")
        (row,) = [n for n, line in enumerate(person.screen) if "Cranes" in line]
        await person.pilot.click(offset=(4, row))
        await person.settle()
        assert person.shown == "issue:cranes"


async def test_every_view_is_in_the_palette(explorer):
    async with explorer() as person:
        await person.press("ctrl+p")
        await person.type("what each side wants")
        await person.settle()
        await person.press("enter")
        assert person.main.viewing == "positions"


async def test_help_in_a_view_begins_with_its_own_keys(explorer):
    async with explorer(size=(100, 40)) as person:
        await person.press("p", "question_mark")
        lines = person.app.screen.query_one("_Keys")._lines
        seen = "\n".join(line.plain for line in lines)
        assert seen.index("In the positions") < seen.index("In a full-screen view")
        assert seen.index("In a full-screen view") < seen.index("Everywhere")


async def test_a_key_that_has_no_meaning_in_a_view_says_so(explorer):
    async with explorer() as person:
        await person.press("p", "z")
        assert "already has the whole screen" in person.said


def pointed_at(person):
    """The number that the cursor of the chart is on."""
    return view_of(person)._here().value.number


async def test_the_chart_shows_both_sides_and_what_a_value_is_made_of(explorer):
    async with explorer() as person:
        await person.press("t")
        seen = person.seen
        assert "Figures in % on 30 Jun 2032" in seen
        assert "North 20%" in seen
        assert "South 5%" in seen
        assert "12.5%  landing" in seen
        assert "7.5%   lantern dues" in seen


async def test_arrows_go_along_the_chart_and_across_its_lines(explorer):
    async with explorer() as person:
        await person.press("t")
        view = view_of(person)
        assert (str(view.link), pointed_at(person)) == ("figure:north-duty", 20)
        await person.press("j")
        assert (str(view.link), pointed_at(person)) == ("figure:south-duty", 5)
        await person.press("j", "G")
        assert pointed_at(person) == 8
        await person.press("h")
        assert pointed_at(person) == 40
        await person.press("l")
        assert pointed_at(person) == 8
        await person.press("enter")
        assert person.shown == "figure:south-duty"


async def test_what_is_to_come_is_drawn_as_that(explorer):
    async with explorer() as person:
        await person.press("t", "j", "j", "G")
        assert "to take effect 1 Sep 2032 by South" in person.seen
        assert "◌" in person.seen
        assert "╌" in person.seen


async def test_the_chart_names_who_claims_otherwise(explorer):
    async with explorer() as person:
        await person.press("t", "j", "j")
        while pointed_at(person) != 27:
            await person.press("l")
        assert "claimed in Oct 2031 by Tam" in person.seen
        assert "⧫" in person.seen


async def test_deadlines_are_lanes_under_the_ribbon_or_a_list_and_may_leave_out_what_is_settled(
    explorer,
):
    for size in ((140, 40), (80, 24), (60, 20)):
        async with explorer(size=size) as person:
            await person.press("F", "r")
            assert "Deadlines on the time axis" in person.seen
            day = column_of(person, 2, "┃")
            assert sum(line[day : day + 1] in ("│", "┼") for line in person.screen[4:]) > 1
            assert "Settled — " in person.seen.replace("SETTLED", "Settled")
            assert "╰ " in person.seen
            await person.press("w")
            assert "less what is settled" in person.seen or size[0] == 60
            assert "SETTLED" not in person.seen
            await person.press("r", "w")
            assert "Deadlines, as of" in person.seen


async def test_the_meaning_of_signs_stands_below_the_chart_where_the_border_has_no_room(explorer):
    async with explorer(size=(60, 20)) as person:
        await person.press("t")
        whole = [line for line in person.screen if "╎ as of" in line]
        assert len(whole) == 1
        assert "threatened" in person.seen


async def test_a_click_on_the_chart_points_at_a_value(explorer):
    async with explorer() as person:
        await person.press("t")
        row = next(n for n, line in enumerate(person.screen) if "═══" in line)
        column = person.screen[row].index("═══") + 3
        await person.pilot.click(offset=(column, row))
        await person.settle()
        assert str(person.main.subject) == "figure:south-duty"
        assert person.main.viewing == "figures"


async def test_a_list_offers_the_figures_by_unit_and_one_by_one(explorer):
    async with explorer() as person:
        await person.press("t", "r")
        for choice in ("All 2 in %", "Herring landed at Northport (barrels)"):
            assert choice in person.seen
        await person.press("G", "enter")
        assert "Herring landed at Northport on 30 Jun 2032" in person.seen
        assert " barrels " in person.seen
        assert "⊚" in person.seen
        assert "◉" in person.seen
        assert "◦" in person.seen
        await person.press("r", "escape")
        assert "Herring landed at Northport on 30 Jun 2032" in person.seen
        await person.press("r", "g", "enter")
        assert "Figures in % on 30 Jun 2032" in person.seen


async def test_on_a_figure_the_view_shows_that_one(explorer):
    async with explorer(go="figure:herring-landed") as person:
        await person.press("t")
        assert "Herring landed at Northport on 30 Jun 2032" in person.seen


async def test_the_chart_ends_on_the_day(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-01-20")
        await person.press("enter", "t")
        assert "No figure was public by then." in person.seen
        await person.press("right_square_bracket")
        assert "North 20%" in person.seen
        assert "27" not in "".join(line[:100] for line in person.screen[4:24])


@pytest.mark.parametrize("key", ["c", "p"])
async def test_a_second_date_that_is_not_before_the_day_is_asked_for_again(explorer, key):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("lantern")
        await person.press("enter", key, "s")
        await person.type("2031-06-01")
        await person.press("enter")
        assert "1 Jun 2031 is not before 5 Mar 2031; say a day before" in " ".join(
            person.seen.split()
        )
        await person.burst(*["backspace"] * 10)
        await person.type("2031-02-01")
        await person.press("enter")
        assert "Since when?" not in person.seen


@pytest.mark.parametrize("key", ["c", "p"])
async def test_a_day_before_the_second_date_tells_nothing_of_what_moved(explorer, key):
    async with explorer() as person:
        await person.press(key, "s")
        await person.type("2032-01-01")
        await person.press("enter", "equals_sign")
        await person.type("lantern")
        await person.press("enter")
        assert "1 Jan 2032 is not before 5 Mar 2031" in person.seen
        assert "Nothing became public" not in person.seen
