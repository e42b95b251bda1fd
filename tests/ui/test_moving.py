"""Moving through panes and records, and back again."""

import pytest


async def test_the_app_opens_on_the_newest_round_with_its_record_shown(explorer):
    async with explorer() as person:
        assert person.rows("rounds")[0] == person.shown
        assert "Chart room" in person.seen


@pytest.mark.parametrize(("down", "up"), [("j", "k"), ("down", "up")])
async def test_the_record_follows_the_cursor(explorer, down, up):
    async with explorer() as person:
        rows = person.rows("rounds")
        await person.press(down, down)
        assert person.shown == rows[2]
        await person.press(up)
        assert person.shown == rows[1]


async def test_two_keys_go_to_the_first_and_the_last(explorer):
    async with explorer() as person:
        await person.press("4", "G")
        assert person.shown == person.rows("quotes")[-1]
        await person.press("g")
        assert person.shown == person.rows("quotes")[0]


async def test_a_page_at_a_time_stops_at_the_ends(explorer):
    async with explorer() as person:
        await person.press("4", "pagedown", "pagedown", "pagedown")
        assert person.shown == person.rows("quotes")[-1]
        await person.press("ctrl+u", "ctrl+u", "ctrl+u")
        assert person.shown == person.rows("quotes")[0]


async def test_the_cursor_stops_at_the_ends_of_a_list(explorer):
    async with explorer() as person:
        await person.press("k", "k")
        assert person.shown == person.rows("rounds")[0]
        await person.press(*"jjjjjjjj")
        assert person.shown == person.rows("rounds")[-1]


@pytest.mark.parametrize(
    ("key", "pane"), [("1", "rounds"), ("2", "delegations"), ("3", "issues"), ("4", "quotes")]
)
async def test_a_number_jumps_to_its_pane_and_shows_its_record(explorer, key, pane):
    async with explorer() as person:
        await person.press("3", "4", key)
        assert person.list(pane).has_focus
        assert person.shown == person.rows(pane)[0]


@pytest.mark.parametrize("is_noted", [False, True])
async def test_tab_goes_round_the_panes_the_record_and_its_notes(explorer, is_noted):
    async with explorer() as person:
        number, places = 5, []
        if is_noted:
            for pane in ("4", "1"):
                await person.press(pane, "n", *"Mine", "ctrl+s", "escape")
            number = 6
        for _ in range(number):
            places.append(person.main.focused)
            await person.press("tab")
        assert len(set(places)) == number
        assert person.main.focused is places[0]
        await person.press("shift+tab")
        assert person.main.focused is places[-1]


async def test_every_record_named_in_a_record_can_be_reached_and_followed(explorer):
    async with explorer(go="issue:fishing") as person:
        links = [stop.link for stop in person.record.laid_out.stops]
        assert len(links) > 5
        reached = [person.record.link]
        await person.press("j")
        assert person.record.stop == 1
        for _ in range(len(person.record.laid_out.lines) + len(links)):
            reached.append(person.record.link)
            person.record.action_next_link()  # what j does, without the wait for a paint
        reached = set(reached)
        assert reached == set(links)


async def test_following_a_link_shows_its_record_and_back_returns_to_the_link(explorer):
    async with explorer(go="issue:fishing") as person:
        await person.press("j", "j", "j")
        link, stop = person.record.link, person.record.stop
        await person.press("enter")
        assert person.shown == str(link)
        await person.press("H")
        assert person.shown == "issue:fishing"
        assert (person.record.link, person.record.stop) == (link, stop)
        await person.press("L")
        assert person.shown == str(link)


async def test_back_restores_pane_row_filter_scope_and_scroll(explorer):
    async with explorer(size=(80, 24)) as person:
        await person.press("4", "slash", *"the", "enter", "j", "space")
        quote, rows = person.shown, person.rows("quotes")
        await person.press("enter", "pagedown")
        top = person.record.scroll_y
        await person.press("3", "j", "backspace")
        assert person.shown == quote
        assert person.rows("quotes") == rows
        assert person.pane("quotes").words == "the"
        assert [str(ref) for ref in person.main.view.scope.chosen] == [quote]
        assert person.record.scroll_y == top


async def test_going_back_from_the_first_place_says_that_there_is_nothing(explorer):
    async with explorer() as person:
        await person.press("H", "L")
        assert "nothing to go back to" in person.said
        assert "nothing to go forward to" in person.said


async def test_going_somewhere_new_forgets_the_way_forward(explorer):
    async with explorer() as person:
        await person.press("3", "H", "4", "L")
        assert person.list("quotes").has_focus
        assert "nothing to go forward to" in person.said


async def test_h_returns_from_the_record_to_the_pane_that_lists_it(explorer):
    async with explorer(go="issue:cranes") as person:
        await person.press("h")
        assert person.list("issues").has_focus
        assert person.shown == "issue:cranes"


async def test_go_to_an_unknown_record_says_so_and_leaves_the_person_at_the_start(explorer):
    async with explorer(go="issue:whales") as person:
        assert "There is no issue:whales" in person.said
        await person.press("j")
        assert person.shown == person.rows("rounds")[1]


async def test_a_click_selects_a_row_and_a_second_click_reads_it(explorer):
    async with explorer() as person:
        issues = person.list("issues")
        third = (4, issues.line_of(2))
        await person.pilot.click(issues, offset=third)
        await person.settle()
        assert person.shown == person.rows("issues")[2]
        await person.pilot.click(issues, offset=third, times=2)
        await person.settle()
        assert person.record.has_focus


async def test_a_click_on_a_link_or_a_source_mark_follows_it(explorer):
    async with explorer(go="issue:fishing") as person:
        line, column = next(
            (y, text.index("[1]")) for y, text in enumerate(person.screen) if "[1]" in text
        )
        await person.pilot.click(offset=(column + 1, line))
        await person.settle()
        assert person.shown.startswith("source:")


async def test_about_shows_the_negotiation_and_what_no_pane_lists(explorer):
    async with explorer() as person:
        await person.press("i")
        assert person.shown == "negotiation:harbour-talks"
        kinds = {stop.link.kind for stop in person.record.laid_out.stops}
        assert {"milestone", "figure", "measure", "point", "conflict"} <= kinds


async def test_zoom_gives_the_whole_width_to_where_the_person_is_and_back(explorer):
    async with explorer() as person:
        before = person.record.size.width
        await person.press("enter", "z")
        assert person.record.size.width > before + 40
        await person.press("escape")
        assert person.record.size.width == before
        await person.press("1", "z")
        assert person.list("rounds").size.width > 120
        await person.press("z")
        assert person.list("rounds").size.width < 60


async def test_rows_stand_under_headings_that_the_cursor_passes_over(explorer):
    async with explorer() as person:
        await person.press("3")
        groups = [person.main.view.index[ref].group for ref in person.list("issues").rows]
        for row, group in enumerate(groups):
            assert person.shown == person.rows("issues")[row]
            assert f" {group} ─" in person.seen
            await person.press("j")


async def test_a_record_can_be_gone_to_by_an_id_it_had_before(explorer):
    async with explorer(go="issue:fees") as person:
        assert person.shown == "issue:tolls"


async def test_going_where_one_is_already_adds_nothing_to_the_way_back(explorer):
    async with explorer() as person:
        start = person.shown
        await person.press("i", "i", "i", "H")
        assert person.shown == start
