"""q and escape close what is open; nothing typed is deleted for good; no unseen note is changed."""

import os
import signal

import pytest

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.widgets.note_text import NoteText

TOLLS = Ref("issue", "tolls")


@pytest.fixture
def noted(store):
    store.save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("close", ["q", "escape"])
@pytest.mark.parametrize(
    "opener", ["p", "a", "c", "f", "t", "v", "y", "o", "N", "D", "question_mark"]
)
async def test_q_and_escape_close_what_is_open_and_leave_nothing_else(explorer, opener, close):
    async with explorer(go="issue:tolls") as person:
        await person.press(opener, close)
        assert person.app.is_running
        assert person.app.screen is person.main
        assert not person.main.viewing
        assert person.main.place == "record"


async def test_ctrl_q_leaves_from_anywhere_but_an_unsaved_note(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", "x", "ctrl+q")
        assert isinstance(person.app.screen, Confirm)
    async with explorer(go="issue:tolls") as person:
        await person.press("p", "ctrl+q")
        assert not person.app.is_running


EDITING = {
    "ctrl+u": ("one two", "Deleted"),
    "ctrl+w": ("one two", "Deleted"),
    "ctrl+shift+k": ("one two", "Deleted"),
    "ctrl+x": ("one two", "nothing was cut"),
}


@pytest.mark.parametrize("key", EDITING)
async def test_no_key_of_the_editor_deletes_without_a_word_and_undo_brings_it_back(explorer, key):
    text, told = EDITING[key]
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        await person.type(text)
        await person.press(key)
        assert told in person.told
        if told == "Deleted":
            assert person.app.screen.text != text
            await person.press("ctrl+z")
        assert person.app.screen.text == text


async def test_what_was_deleted_and_what_undo_does_is_told(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"one two", "ctrl+w")
        assert person.told == "Deleted: “two”. Ctrl+Z brings it back."
        await person.press("ctrl+z")
        assert person.told == "Taken back. Ctrl+Y makes it again."
        await person.press("ctrl+y")
        assert person.told == "Made again. Ctrl+Z takes it back."


async def test_ctrl_o_which_saves_elsewhere_says_where_it_leads(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"words", "ctrl+o")
        assert "This is the note’s date." in person.seen
        assert "Ctrl+S saves" in person.seen
        await person.press("enter")
        assert "This is the day to look at it" in person.seen
        await person.press("enter", "x")
        assert person.app.screen.text == "wordsx"


async def test_what_is_selected_is_cut_and_comes_back(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"word", "f7", "ctrl+x")
        assert person.app.screen.text == ""
        assert "Ctrl+Z brings it back" in person.told
        await person.press("ctrl+z")
        assert person.app.screen.text == "word"


@pytest.mark.parametrize("key", ["ctrl+u", "ctrl+w", "backspace"])
async def test_what_is_deleted_from_a_line_comes_back(explorer, key):
    async with explorer() as person:
        await person.press("s")
        await person.type("fishing")
        await person.press(key)
        assert person.app.focused.value != "fishing"
        await person.press("ctrl+z")
        assert person.app.focused.value == "fishing"
        await person.press("ctrl+y")
        assert person.app.focused.value != "fishing"


async def test_f1_lists_the_keys_of_the_editor(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", "x", "f1")
        assert "While writing a note" in person.seen
        assert "Ctrl+Shift+K" in person.seen
        await person.press("q")
        assert isinstance(person.app.screen, NoteEditor)
        assert person.app.screen.text == "x"


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("key", ["D", "x", "A", "M", "e"])
@pytest.mark.parametrize("hidden", ["narrow", "zoomed", "view"])
async def test_a_key_about_a_note_that_is_not_in_sight_shows_it_first(explorer, store, hidden, key):
    size = (50, 20) if hidden == "narrow" else (140, 40)
    async with explorer(size=size, go="" if hidden == "narrow" else "issue:tolls") as person:
        if hidden == "narrow":
            person.main.go(TOLLS)
            await person.settle()
            await person.press("3")
        await person.press(*{"narrow": [], "zoomed": ["z"], "view": ["p"]}[hidden])
        if hidden == "view":
            shown = person.main.views.open
            links = [stop.link for stop in shown.laid_out.stops]
            shown.stop = links.index(TOLLS)
        await person.press(key)
        assert person.app.screen is person.main
        assert "Here is the note on" in person.told
        assert person.main.query_one(NotesPane).has_focus
        assert "Deferral or delay?" in person.seen
    assert store.load().on(TOLLS)


@pytest.mark.usefixtures("noted")
async def test_d_asks_naming_the_note_and_starts_on_keeping_it(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("D")
        assert "Deferral or delay?" in person.seen
        await person.press("enter")
    assert store.load().on(TOLLS)


@pytest.mark.usefixtures("noted")
async def test_zoom_shows_what_has_the_focus_and_follows_it(explorer):
    async with explorer(go="issue:tolls") as person:
        notes, record = person.main.query_one(NotesPane), person.main.query_one(RecordPage)
        await person.press("tab", "z")
        assert notes.region.width > 100
        assert record.region.width == 0
        assert "Deferral or delay?" in person.seen
        await person.press("shift+tab")
        assert record.region.width > 100
        assert notes.region.width == 0
        await person.press("3")
        assert person.list("issues").region.width > 100
        await person.press("escape")
        assert not person.main.has_class("-zoomed")
        assert notes.region.width > 0


async def test_a_citation_starts_on_text_and_enter_takes_it(explorer):
    async with explorer(go="quote:tam-patience") as person:
        await person.press("y", "enter")
        assert "Patience digs deeper" in person.app.clipboard
        await person.press("y", "j", "enter")
        assert person.app.clipboard.startswith(">")


@pytest.mark.parametrize("lines", [2, 5, 12, 30, 60])
async def test_what_is_pasted_over_the_edge_is_taken_back(explorer, lines):
    async with explorer(size=(60, 16)) as person:
        await person.press("n")
        await person.type_text("\n".join(f"line {number}" for number in range(lines)))
        await person.press("ctrl+z")
        assert person.app.screen.query_one(NoteText).text == ""
        await person.press("ctrl+y")
        assert "line 1" in person.app.screen.query_one(NoteText).text


@pytest.mark.skipif(os.name != "posix", reason="there it would go to all programs of the console")
async def test_ctrl_c_is_an_editors_while_it_has_a_console_that_no_driver_of_ours_sees_to(explorer):
    async with explorer(go="issue:tolls") as person:
        before = signal.getsignal(signal.SIGINT)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(person.app._driver), "can_suspend", True)
            with person.app.lend_terminal():
                os.kill(os.getpid(), signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is before
        await person.settle()
        assert person.app.is_running
