"""The mouse in dialogs: a click does what a key does, or it is said what to press."""

import pytest
from textual.events import Click

from explorer.notes import Anchor, Draft, Drafts, Words
from explorer.record.model import Ref
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.date_prompt import DatePrompt
from explorer.ui.dialogs.draft_recovery import DraftRecovery
from explorer.ui.dialogs.help import Help
from explorer.ui.dialogs.merge import Merge
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.dialogs.notes_list import NotesList
from explorer.ui.dialogs.reattach import Reattach
from explorer.ui.dialogs.search_dialog import SearchDialog
from explorer.ui.dialogs.sources import ChooseSource
from explorer.ui.dialogs.text_prompt import TextPrompt

TOLLS = Ref("issue", "tolls")
HALL = Ref("round", "tide-hall")


def note_on_tolls(store):
    return store.save(TOLLS, Words("on the tolls #watch"), name="Tolls", note=None).note


def two_versions(store):
    note = note_on_tolls(store)
    store.save(TOLLS, Words("theirs"), name="Tolls", note=note)
    store.save(TOLLS, Words("mine"), name="Tolls", note=note)


def draft_left(store):
    drafts = Drafts(store.where)
    drafts.keep(Draft(TOLLS, Words("half a thought")))
    drafts.close()


# Questions.


@pytest.mark.parametrize(("answer", "left"), [("Delete (y)", 0), ("Keep (n)", 1)])
async def test_a_click_on_an_answer_gives_it(explorer, store, answer, left):
    note_on_tolls(store)
    async with explorer(go="issue:tolls") as person:
        await person.press("D")
        await person.click(answer)
        assert person.app.screen is person.main
    assert len(store.load().all()) == left


async def test_a_click_on_the_words_of_a_question_answers_nothing(explorer, store):
    note_on_tolls(store)
    async with explorer(go="issue:tolls") as person:
        await person.press("D")
        await person.click("Delete the note", times=2)
        assert isinstance(person.app.screen, Confirm)


# Lists.


async def test_a_click_goes_to_a_source_and_another_opens_it(explorer, monkeypatch):
    opened = []
    monkeypatch.setattr("explorer.desktop.browser.opened", opened.append)
    async with explorer(go="issue:tolls") as person:
        await person.press("o")
        listed = [line for line in person.screen if "https://" in line]
        address = listed[1].strip(" │").split()[0]
        await person.click(address)
        assert isinstance(person.app.screen, ChooseSource)
        assert opened == []
        await person.click(address, times=2)
        assert opened == [address]


async def test_a_click_on_a_note_in_the_list_goes_to_it_as_enter_does(explorer, store):
    note_on_tolls(store)
    store.save(HALL, Words("in the hall"), name="Hall", note=None)
    async with explorer() as person:
        await person.press("N")
        await person.click("on the tolls")
        assert isinstance(person.app.screen, NotesList)
        await person.press("enter")
        assert person.shown == "issue:tolls"


async def test_a_double_click_on_a_note_in_the_list_goes_there(explorer, store):
    note_on_tolls(store)
    store.save(HALL, Words("in the hall"), name="Hall", note=None)
    async with explorer() as person:
        await person.press("N")
        await person.click("in the hall", times=2)
        assert person.shown == "round:tide-hall"


async def test_a_heading_in_the_list_of_notes_is_no_entry(explorer, store):
    note_on_tolls(store)
    async with explorer() as person:
        await person.press("N")
        before = person.app.focused.cursor
        await person.click("All notes ──", times=2)
        assert isinstance(person.app.screen, NotesList)
        assert person.app.focused.cursor == before
        assert person.told == "", "it was no click beside the dialog"


async def test_a_double_click_on_a_tag_searches_for_it(explorer, store):
    note_on_tolls(store)
    note_on_tolls(store)
    async with explorer() as person:
        await person.press("N")
        await person.click("#watch", times=2)
        assert isinstance(person.app.screen, SearchDialog)
        assert "tag:watch" in person.seen


async def test_a_click_on_a_hit_goes_to_it_and_typing_goes_on(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("dredg")
        await person.click("Dredging licence")
        assert isinstance(person.app.screen, SearchDialog)
        await person.type("ing")
        assert person.app.focused.value == "dredging"


async def test_a_double_click_on_a_hit_goes_there(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("licence")
        await person.click("Dredging licence", times=2)
        assert person.app.screen is person.main
        assert person.shown == "measure:south-dredge-licence"


async def test_clicks_below_the_last_entry_do_nothing(explorer, store):
    note_on_tolls(store)
    async with explorer() as person:
        for key in ("N", "s"):
            await person.press(key)
            if key == "s":
                await person.type("zzz")
            dialog = person.app.screen
            await person.pilot.click(offset=(70, 30), times=2)
            await person.settle()
            assert person.app.screen is dialog
            await person.press("escape")


async def test_a_place_for_a_note_is_accepted_by_a_double_click(explorer, store):
    anchor = Anchor("What each port takes from the other’s ships.")
    gone = Ref("issue", "gone")
    store.save(gone, Words("where to?", anchor=anchor), name="Gone", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("i", "A")
        assert isinstance(person.app.screen, Reattach)
        await person.click("of issue:gone", times=2)
        assert isinstance(person.app.screen, Reattach)
        await person.click("Issue Tolls and the truce", times=2)
        assert person.app.screen is person.main
    assert [note.ref for note in store.load().all()] == [TOLLS]


# What stands in the last line.


@pytest.mark.parametrize(
    ("label", "left"), [("n Note", "theirs"), ("c Copy", "mine"), ("Esc Leave", None)]
)
async def test_two_versions_are_merged_by_clicks(explorer, store, label, left):
    two_versions(store)
    async with explorer(go="issue:tolls") as person:
        await person.press("M")
        await person.click("theirs", times=2)
        assert isinstance(person.app.screen, Merge), "their words are only to be read"
        await person.click(label)
        assert person.app.screen is person.main
    notes = store.load()
    assert [note.text for note in notes.on(TOLLS)] == [left or "theirs"]
    assert len(notes.copies_on(TOLLS)) == (0 if left else 1)


async def test_a_draft_is_taken_up_by_a_click(explorer, store):
    draft_left(store)
    async with explorer() as person:
        await person.click("half a thought", times=2)
        assert isinstance(person.app.screen, DraftRecovery)
        await person.click("r Take up")
        assert person.app.screen.text == "half a thought"


async def test_a_draft_is_thrown_away_by_clicks(explorer, store):
    draft_left(store)
    async with explorer() as person:
        await person.click("d Discard")
        await person.click("Throw away (y)")
    assert Drafts(store.where).left_behind() == ()


async def test_a_draft_is_left_for_later_by_a_click(explorer, store):
    draft_left(store)
    async with explorer() as person:
        await person.click("Esc Later")
        assert person.app.screen is person.main
    assert Drafts(store.where).left_behind()


async def test_a_field_goes_on_by_a_click_and_its_cursor_goes_where_one_clicks(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("1 Mar 2032")
        await person.click("Mar 2032")
        await person.press("backspace", "2", "space")
        assert person.app.focused.value == "12 Mar 2032"
        await person.click("Enter Go on")
        assert person.app.screen is person.main
        assert person.main.view.scope.as_of.isoformat() == "2032-03-12"


async def test_the_help_is_closed_by_a_click(explorer):
    async with explorer() as person:
        await person.press("question_mark")
        await person.click("Esc Close")
        assert person.app.screen is person.main


async def test_the_editor_is_saved_and_left_by_clicks(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        await person.type("words")
        await person.click("^S Save")
        await person.click("Esc Leave")
        assert person.app.screen is person.main
    assert [note.text for note in store.load().all()] == ["words"]


# Outside.

OPENED = {
    "question": (Confirm, ["y"]),
    "day": (DatePrompt, ["equals_sign"]),
    "file": (TextPrompt, ["b"]),
    "help": (Help, ["question_mark"]),
    "search": (SearchDialog, ["s"]),
    "sources": (ChooseSource, ["o"]),
    "notes": (NotesList, ["N"]),
    "merge": (Merge, ["M"]),
    "editor": (NoteEditor, ["n", "x"]),
}


@pytest.mark.parametrize("dialog", OPENED)
async def test_a_click_outside_says_which_key_closes(explorer, store, dialog):
    two_versions(store)
    kind, keys = OPENED[dialog]
    async with explorer(go="issue:tolls") as person:
        await person.press(*keys)
        assert isinstance(person.app.screen, kind)
        await person.pilot.click(offset=(139, 1))
        await person.settle()
        assert isinstance(person.app.screen, kind), "nothing is lost by a slip of the hand"
        assert "Esc" in person.told
        focused = person.app.focused
        await person.press("escape")
        assert focused is not None
        assert not isinstance(person.app.screen, kind)


async def test_a_click_outside_the_palette_closes_it(explorer):
    async with explorer() as person:
        await person.press("ctrl+p")
        await person.pilot.click(offset=(10, 30))
        await person.settle()
        assert person.app.screen is person.main


@pytest.mark.parametrize("key", ["ctrl+p", "question_mark", "s", "y", "N"])
async def test_a_click_where_nothing_is_any_more_ends_nothing(explorer, key):
    """The window became smaller while the click was on its way."""
    async with explorer(go="issue:tolls") as person:
        await person.press(key)
        app, screen = person.app, person.app.screen
        await person.pilot.resize_terminal(1, 1)
        await person.settle()
        screen.post_message(Click(screen, 126, 23, 0, 0, 1, False, False, False, 126, 23))
        await person.settle()
        assert app._exception is None
        assert app.is_running
