"""What a cursor does when what is under it changes.

Another subject, or another question, is read from its top. The same on another day, or with
other data, keeps the entry under the cursor, or else goes to the nearest that is left.
"""

import pytest
from textual.geometry import Offset

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.widgets.nearest import nearest

WIDE, SHORT = (140, 40), (80, 14)


def view_of(person):
    shown = person.main.views.open
    assert shown is not None
    return shown


def is_at_top(reader):
    return (reader.stop, round(reader.scroll_y)) == (0, 0)


async def go(person, ref):
    person.main.go(Ref.parse(ref))
    await person.settle()


@pytest.mark.parametrize(
    ("number", "there", "found"),
    [(2, "abcde", "c"), (2, "abde", "d"), (2, "ab", "b"), (4, "ae", "e"), (1, "", None)],
)
def test_the_nearest_is_the_entry_itself_then_the_next_then_the_one_before(number, there, found):
    assert nearest("abcde", number, there) == found


# Another subject, another question


async def test_accounts_of_another_record_are_read_from_their_top(explorer):
    async with explorer(go="round:tide-hall", size=SHORT) as person:
        await person.press("a", "G")
        assert not is_at_top(view_of(person))
        await person.press("escape")
        await go(person, "issue:fishing")
        await person.press("a")
        assert "Crab" in str(view_of(person).border_title)
        assert is_at_top(view_of(person))


async def test_accounts_of_all_are_not_kept_for_another_record(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press("a", "r", "escape")
        await go(person, "issue:fishing")
        await person.press("a")
        assert "all points" not in str(view_of(person).border_title)


async def test_accounts_of_the_same_record_are_where_one_left_them(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press("a", "j", "l")
        stop = view_of(person).stop
        assert stop
        await person.press("escape", "a")
        assert view_of(person).stop == stop


async def test_a_second_date_keeps_the_row_and_without_it_all_is_as_it_was(explorer):
    async with explorer(size=SHORT) as person:
        await person.press("p", "j", "j")
        view = view_of(person)
        link, stop = view.link, view.stop
        await person.press("s")
        await person.type("2031-01-15")
        await person.press("enter")
        assert view.link == link
        await person.press("s")
        assert (view.link, view.stop) == (link, stop)


@pytest.mark.parametrize("key", ["p", "a"])
async def test_what_r_changes_to_begins_at_its_top_and_back_again_one_is_where_one_was(
    explorer, key
):
    async with explorer(go="round:tide-hall", size=SHORT) as person:
        await person.press(key, "G")
        before = view_of(person).scroll_target_y
        assert before
        await person.press("r")
        assert is_at_top(view_of(person))
        await person.press("G", "r")
        assert view_of(person).scroll_target_y == before


async def test_another_record_is_read_from_its_top(explorer):
    async with explorer(go="issue:fishing", size=SHORT) as person:
        await person.press("G")
        assert not is_at_top(person.record)
        await go(person, "issue:tolls")
        assert is_at_top(person.record)


async def test_help_and_search_begin_at_their_top(explorer):
    async with explorer() as person:
        await person.press("question_mark", "end", "escape", "question_mark")
        keys = person.app.screen.query_one("_Keys")
        assert keys.scroll_y == 0
        await person.press("escape", "s")
        await person.type("toll")
        await person.press("down", "down")
        hits = person.app.screen.query("Hits").first()
        assert hits.cursor == 2
        await person.type("s")
        assert (hits.cursor, hits.scroll_y) == (0, 0)


# Another day, other data


async def test_a_view_of_another_day_keeps_the_entry_under_the_cursor(explorer):
    async with explorer(size=SHORT) as person:
        await person.press("p", *"jjj", "l")
        view = view_of(person)
        link, column, height = view.link, view.here.left, view.here.first - view.scroll_y
        await person.press("left_square_bracket")
        assert view.link == link
        assert view.here.left == column
        assert view.here.first - view.scroll_y == height


async def test_an_entry_that_was_not_public_gives_way_to_the_nearest(explorer):
    async with explorer(go="issue:fishing", size=WIDE) as person:
        await person.press("a", "r")
        view = view_of(person)
        entries = list(view.laid_out.entries())
        points = [n for n, (ref, _) in enumerate(entries) if ref.kind == "point"]
        view.stop = points[0]
        await person.press("left_square_bracket", "left_square_bracket")
        left = {ref for ref, _ in view.laid_out.entries()}
        assert view.link in left
        assert view.link.kind != "source"


async def test_a_record_on_another_day_keeps_the_link_under_the_cursor(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press(*"jjjjjj")
        link = person.record.link
        await person.press("left_square_bracket")
        assert person.shown == "issue:tolls"
        assert person.record.link == link


async def test_figures_of_a_day_before_the_value_go_to_the_value_before(explorer):
    async with explorer() as person:
        await person.press("t", "j", "j", "G")
        row = view_of(person)._row
        assert view_of(person)._cursor == row[-1]
        while view_of(person)._cursor == row[-1]:
            await person.press("left_square_bracket")
        assert view_of(person)._cursor in row[:-1] or not view_of(person)._row


async def test_the_scope_keeps_the_entry_under_the_cursor(explorer):
    async with explorer(size=SHORT) as person:
        await person.press("p", *"jj")
        link = view_of(person).link
        await person.press("space")
        assert view_of(person).link == link


async def test_a_filter_keeps_the_record_or_goes_to_the_nearest(explorer):
    async with explorer() as person:
        await person.press("4", *"jjj")
        quotes = person.rows("quotes")
        await person.press("slash")
        await person.type("the")
        kept = person.rows("quotes")
        expected = nearest(quotes, 3, set(kept))
        assert str(person.list("quotes").current) == expected
        await person.press("escape")
        assert str(person.list("quotes").current) == expected
        assert person.rows("quotes") == quotes


async def test_notes_read_again_keep_the_note_under_the_cursor(explorer, store):
    saved = [
        store.save(Ref("issue", "tolls"), Words(text), name="", note=None) for text in ("a", "b")
    ]
    async with explorer(go="issue:tolls") as person:
        notes = person.main.query_one("#notes")
        notes.show_note(saved[1].note.id)
        store.delete(saved[0].note)
        person.main.look_again()
        await person.settle()
        assert notes.note.id == saved[1].note.id


# Back and forward


async def test_back_asks_a_view_what_it_was_asked(explorer):
    async with explorer(size=SHORT) as person:
        await person.press("p", "s")
        await person.type("2031-01-15")
        await person.press("enter", "j", "j", "l")
        view = view_of(person)
        before = (view.question, view.stop, view.scroll_y, str(view.border_title))
        await person.press("enter", "p", "r", "G", "escape", "H")
        assert (view.question, view.stop, view.scroll_y, str(view.border_title)) == before
        await person.press("escape")
        assert person.list("rounds").has_focus


async def test_back_returns_to_the_value_one_pointed_at(explorer):
    async with explorer() as person:
        await person.press("t", "j", "j", "g")
        value = view_of(person)._cursor
        await person.press("enter", "t", "k", "G", "escape")
        assert view_of_closed(person, "figures")._cursor != value
        await person.press("H")
        assert person.main.viewing == "figures"
        assert view_of(person)._cursor == value


def view_of_closed(person, name):
    return person.main.query_one(f"#{name}")


async def test_back_restores_the_scroll_of_a_list_that_was_moved_by_the_wheel(explorer):
    async with explorer(size=(80, 24)) as person:
        await person.press("4")
        quotes = person.list("quotes")
        quotes.scroll_to(y=4, animate=False)
        await person.press("p", "enter", "H", "escape")
        assert quotes.has_focus
        assert quotes.scroll_offset == Offset(0, 4)


async def test_another_width_keeps_what_is_in_sight(explorer):
    async with explorer(go="issue:fishing", size=(140, 20)) as person:
        await person.press("pagedown", "j")
        link = person.record.link
        for width in (80, 60, 100, 140):
            await person.pilot.resize_terminal(width, 20)
            await person.settle()
            assert person.record.link == link
            assert person.record._is_seen(person.record.here)
