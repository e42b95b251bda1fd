"""No typed text ever becomes commands."""

import pytest
from textual.events import Key, Paste

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.widgets.word_marker import Marker

TOLLS = Ref("issue", "tolls")


async def in_one_go(person, text: str, start: float = 1000.0) -> None:
    """Keys as they come over a slow line, all of them at once."""
    for number, character in enumerate(text):
        key = Key({" ": "space", "/": "slash"}.get(character, character), character)
        key.time = start + number / 100
        person.app.post_message(key)
    await person.settle()


async def test_words_typed_with_the_key_that_opens_the_editor_are_in_it(explorer):
    async with explorer(go="issue:tolls") as person:
        await in_one_go(person, "nDelay or quit")
        assert isinstance(person.app.screen, NoteEditor)
        assert person.app.screen.text == "Delay or quit"


async def test_words_marked_and_noted_in_one_go_are_in_the_editor(explorer):
    async with explorer(go="issue:tolls") as person:
        await in_one_go(person, "vvlnDelay or quit")
        assert isinstance(person.app.screen, NoteEditor)
        assert person.app.screen.text == "Delay or quit"


async def test_marking_says_at_once_where_no_note_can_stand(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("v", *["j"] * 61)
        marker = person.main.query_one(Marker)
        assert "n notes the whole record" in str(marker.border_subtitle)
        await in_one_go(person, "nDelay or quit")
        assert person.app.screen.text == "Delay or quit"
        assert "This note is on" in person.seen


@pytest.mark.parametrize("opener", ["n", "v"])
async def test_with_notes_off_what_is_typed_next_is_not_run(explorer, notes, opener):
    notes.write_text("a file where the folder should be")
    async with explorer(go="issue:tolls") as person:
        await in_one_go(person, f"{opener}Delay or quit")
        assert person.app.is_running
        assert person.app.screen is person.main
        assert "Notes are off" in person.told
        assert "not run" in person.told


async def test_words_to_find_in_a_view_are_none_of_its_commands(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("p")
        await in_one_go(person, "/quota")
        assert person.main.viewing == "positions"
        assert person.app.focused.value == "quota"


async def test_after_a_moment_keys_are_commands_again(explorer, notes):
    notes.write_text("a file where the folder should be")
    async with explorer(go="issue:tolls") as person:
        await in_one_go(person, "nq", start=1000.0)
        await in_one_go(person, "p", start=1002.0)
        assert person.main.viewing == "positions"


async def test_notes_read_anew_do_not_end_the_marking(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("v")
        store.save(TOLLS, Words("theirs"), name="Tolls", note=None)
        person.main.look_again()
        await person.settle()
        assert person.main.query(Marker)


FIELDS = {
    "filter": ["3", "slash"],
    "search": ["s"],
    "day": ["equals_sign"],
    "file": ["b", "ctrl+u"],
    "palette": ["ctrl+p"],
}


@pytest.mark.parametrize("field", FIELDS)
async def test_two_lines_pasted_into_one_are_joined_and_it_is_said(explorer, field):
    async with explorer(go="issue:tolls") as person:
        await person.press(*FIELDS[field])
        person.app.post_message(Paste("fishing\tzones\r\nand \x1b[31mtolls\n"))
        await person.settle()
        assert person.app.focused.value == "fishing zones and ␛[31mtolls"
        assert "2 lines" in person.told


async def test_a_text_that_is_too_long_for_a_line_is_cut_and_it_is_said(explorer):
    async with explorer() as person:
        await person.press("s")
        person.app.post_message(Paste("x" * 5000))
        await person.settle()
        assert len(person.app.focused.value) == 2000
        assert "first 2,000 characters" in person.told


async def test_a_paste_where_nothing_takes_it_says_so(explorer):
    async with explorer() as person:
        person.app.post_message(Paste("quota"))
        await person.settle()
        assert person.app.is_running
        assert "Nothing takes pasted text here" in person.told
