"""Layouts from wide to narrow, and resizing between them."""

import pytest

from explorer.notes import Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")
SIZES = [(140, 40), (120, 32), (100, 30), (80, 24), (60, 20), (40, 12)]


@pytest.mark.parametrize("size", SIZES)
async def test_pane_and_record_can_be_read_at_every_size(explorer, size):
    async with explorer(size=size) as person:
        await person.press("3")
        assert "Issues" in person.seen
        assert "Tolls" in person.seen
        await person.press("enter")
        assert person.record.size.height >= 3
        assert "Issue" in person.seen


async def test_wide_shows_panes_record_and_notes_side_by_side(explorer, store):
    store.save(TOLLS, Words("Mine"), name="Tolls", note=None)
    async with explorer(size=(140, 40), go="issue:tolls") as person:
        stack, record, notes = (
            person.main.query_one(name).region for name in ("#stack", "#record", "#notes")
        )
        assert stack.right <= record.x
        assert record.right <= notes.x
        assert record.height == notes.height


async def test_eighty_columns_put_the_notes_below_the_record(explorer, store):
    store.save(TOLLS, Words("Mine"), name="Tolls", note=None)
    async with explorer(size=(80, 24), go="issue:tolls") as person:
        stack, record, notes = (
            person.main.query_one(name).region for name in ("#stack", "#record", "#notes")
        )
        assert stack.right <= record.x
        assert record.bottom <= notes.y
        assert notes.bottom <= 23


@pytest.mark.parametrize("size", [(200, 60), (140, 40), (80, 24), (60, 20)])
async def test_where_there_is_no_note_the_record_has_its_room(explorer, store, size):
    async with explorer(size=size, go="issue:tolls") as person:
        record, notes = person.record, person.main.query_one("#notes")
        assert not notes.region
        before = record.region
        store.save(TOLLS, Words("Mine"), name="Tolls", note=None)
        person.main.look_again()
        await person.settle()
        assert notes.region
        assert record.region.area < before.area
        await person.press("D", "y")
        assert not notes.region
        assert (record.region.width, record.region.y) == (before.width, before.y)
        assert person.main.place == "record"


async def test_without_any_notes_the_panes_have_what_the_record_does_not_use(explorer, store):
    async with explorer(size=(200, 60)) as person:
        before = person.list("quotes").size.width
        assert before > 90
        assert person.record.region.width == 100
        store.save(TOLLS, Words("Mine"), name="Tolls", note=None)
        person.main.look_again()
        await person.settle()
        assert person.list("quotes").size.width < before
        narrower = person.list("quotes").size.width
        await person.press("3", "down", "down")
        assert person.list("quotes").size.width == narrower, "no list moves about"


@pytest.mark.parametrize("size", [(200, 60), (140, 40), (80, 24), (60, 20)])
async def test_the_editor_opens_where_the_note_will_stand(explorer, size):
    async with explorer(size=size, go="issue:tolls") as person:
        await person.press("n", *"Mine")
        editor = person.app.screen.query_one(".dialog").region
        await person.press("ctrl+s", "escape")
        record, notes = person.record.region, person.main.query_one("#notes").region
        assert (editor.x, editor.right, editor.bottom) == (notes.x, notes.right, notes.bottom)
        panes = person.main.query_one("#stack").region
        assert panes.right <= editor.x
        assert not record.overlaps(editor) or size[0] < 120


@pytest.mark.parametrize("size", [(140, 40), (100, 30), (80, 24)])
async def test_so_does_that_of_a_second_note_beside_one_that_is_there(explorer, store, size):
    store.save(Ref("issue", "tolls"), Words("The first."), name="Tolls", note=None)
    async with explorer(go="issue:tolls", size=size) as person:
        await person.press("n")
        editor, reading = person.app.screen, person.main.reading
        assert editor.has_class("-in-place")
        assert editor.query_one(".dialog").region == reading.note_place


async def test_the_editor_over_a_view_leaves_the_ribbon_in_sight(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("p", "n")
        ribbon = person.main.query_one(".ribbon").region
        assert person.app.screen.query_one(".dialog").region.y >= ribbon.bottom


async def test_sixty_columns_show_one_thing_at_a_time(explorer):
    async with explorer(size=(60, 20)) as person:
        assert not person.record.region
        await person.press("3", "enter")
        assert person.record.region.width == 60
        assert not person.list("issues").region
        await person.press("h")
        assert person.list("issues").region


async def test_resizing_keeps_record_row_and_link(explorer):
    async with explorer(size=(140, 40), go="issue:fishing") as person:
        await person.press("j", "j", "j", "j")
        link = person.record.link
        for size in [(60, 20), (80, 24), (30, 8), (140, 40)]:
            await person.pilot.resize_terminal(*size)
            await person.settle()
            assert person.shown == "issue:fishing"
            assert person.record.link == link
            assert str(person.list("issues").current) == "issue:fishing"


async def test_resizing_with_the_editor_open_keeps_the_words(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"words")
        await person.pilot.resize_terminal(60, 20)
        await person.settle()
        assert "words" in person.seen
        assert person.app.screen.text == "words"


@pytest.mark.parametrize("size", SIZES)
async def test_no_line_is_wider_than_the_screen_and_no_row_is_cut_without_a_sign(explorer, size):
    async with explorer(size=size) as person:
        await person.press("4")
        rows = person.list("quotes")
        for number in range(len(rows.rows)):
            text = person.row_text("quotes", number)
            assert len(text) <= rows.room
            words = person.main.view.index[rows.rows[number]].text.split()
            assert words[-1] in text or "…" in text


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_markup_in_the_data_shows_as_it_is_written(explorer, size):
    async with explorer(size=size, go="issue:wrecks") as person:
        assert "Wrecks [bold]and[/] what" in person.seen


async def test_a_status_is_a_word_and_a_sign(explorer):
    async with explorer() as person:
        await person.press("3")
        for row in range(len(person.rows("issues"))):
            line = person.row_text("issues", row)
            ref = person.list("issues").rows[row]
            if person.main.view.index.issue(ref).latest_status is not None:
                assert any(sign in line for sign in "◌✗◔◒◉▸ǁ✓")


async def test_a_record_opens_at_its_top_in_a_narrow_window(explorer):
    async with explorer(size=(40, 10)) as person:
        await person.press("3", "enter")
        assert person.record.scroll_y == 0
        assert person.record.size.height >= 3
