"""While words are marked, and where a key can do nothing: said, and nothing is run or lost."""

from pathlib import Path

import pytest
from tests.ui.test_every_key import PLACES

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.widgets.word_marker import Marker


def marker(person) -> Marker:
    focused = person.app.focused
    assert isinstance(focused, Marker), person.seen
    return focused


@pytest.mark.parametrize(
    "key", ["t", "p", "D", "x", "s", "tab", "N", "equals_sign", "0", "left_square_bracket"]
)
async def test_a_key_that_is_not_of_marking_says_so_and_leaves_the_mark(explorer, key):
    async with explorer(go="issue:tolls") as person:
        await person.press("v", "v", "l")
        marked = marker(person).words.text
        await person.press(key)
        assert "does nothing while you mark words; Esc leaves the marking" in person.told
        assert marker(person).words.text == marked
        assert not person.main.viewing
        assert person.app.screen is person.main


@pytest.mark.parametrize("is_burst", [False, True])
async def test_words_typed_while_marking_are_no_commands(explorer, store, is_burst):
    async with explorer(go="issue:tolls") as person:
        scope = person.main.view.scope
        await person.press("v", "v", "l")
        marked = marker(person).words.text
        press = person.burst if is_burst else person.press
        await press(*["space" if c == " " else c for c in "delete the note"])
        assert marker(person).words.text == marked
        assert "was not run" in person.told
        assert person.main.view.scope == scope
        await person.press("escape")
        assert person.main.place == "record"
    assert not store.load().all()


async def test_words_typed_right_after_the_key_that_marks_are_no_commands(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.burst("v", *"delete", "space", *"the", "space", *"note")
        assert marker(person).words.mark is None
        assert person.app.screen is person.main


async def test_help_is_there_while_words_are_marked_and_the_mark_after_it(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("v", "v", "l")
        marked = marker(person).words.text
        await person.press("question_mark")
        assert "While marking words" in person.seen
        await person.press("escape")
        assert marker(person).words.text == marked


@pytest.mark.parametrize("place", ["help", "sources", "notebook", "field"])
@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_tab_says_where_there_is_nothing_to_go_to(explorer, place, key):
    go, way = PLACES[place]
    async with explorer(go=go) as person:
        await person.press(*way, key)
        assert "does nothing here" in person.told


async def test_no_key_is_offered_that_has_nothing_to_go_to(explorer):
    async with explorer() as person:
        await person.press(*["left_square_bracket"] * 9, "a")
        assert person.main.views.open.link is None
        assert "Enter Go" not in person.screen[-1]
        await person.press("escape", "N")
        assert "Enter Go" not in person.screen[-1]
        await person.press("escape", "0", "p")
        assert "Enter Go" in person.screen[-1]


# What is asked before a file is written over


async def fill(person, command: str, name: str) -> None:
    getattr(person.main.exports, command)()
    await person.settle()
    await person.press("ctrl+u", "ctrl+k")
    await person.type_text(name)
    await person.press("enter")


async def test_a_file_to_import_that_is_not_there_is_told_and_nothing_is_asked(explorer, tmp_path):
    async with explorer() as person:
        await fill(person, "import_notes", str(tmp_path / "none.md"))
        assert "The file was not imported: there is no such file" in person.told
        assert person.app.screen is person.main


async def test_a_backup_is_not_written_over_a_file_and_nothing_is_asked(explorer, store, tmp_path):
    store.save(Ref("issue", "tolls"), Words("Kept"), name="Tolls", note=None)
    there = tmp_path / "there.zip"
    there.write_text("mine")
    async with explorer() as person:
        await fill(person, "back_up_notes", str(there))
        assert "The backup was not made" in person.told
        assert "give another name" in person.told
        assert person.app.screen is person.main
    assert there.read_text() == "mine"


@pytest.mark.parametrize("command", ["export_notes", "back_up_notes", "import_notes"])
async def test_no_folder_is_offered_to_be_written_over(explorer, store, tmp_path, command):
    store.save(Ref("issue", "tolls"), Words("Kept"), name="Tolls", note=None)
    folder: Path = tmp_path / "folder"
    folder.mkdir()
    async with explorer() as person:
        await fill(person, command, str(folder))
        assert "it is a folder" in person.told
        assert person.app.screen is person.main


async def test_a_file_is_written_over_by_an_export_after_a_yes(explorer, store, tmp_path):
    store.save(Ref("issue", "tolls"), Words("Kept"), name="Tolls", note=None)
    there = tmp_path / "there; mine.md"
    there.write_text("mine")
    async with explorer() as person:
        await fill(person, "export_notes", str(there))
        assert "there; mine.md" in person.seen.replace("\n", "")
        await person.press("o")
        assert "The notes are in" in person.told
    assert "Kept" in there.read_text()


# Where marking begins, and what it tells


async def test_marking_begins_on_the_words_of_the_quote(explorer):
    async with explorer() as person:
        await person.press("4", "v")
        assert marker(person).words.text == "“Our"
        assert "No note can stand" not in person.seen


@pytest.mark.parametrize("go", ["issue:tolls", "round:chart-room", "issue:fishing"])
async def test_marking_begins_on_words_that_can_carry_a_note(explorer, store, go):
    async with explorer(go=go) as person:
        await person.press("v", "v", "l", "n", *"Mine", "ctrl+s", "escape")
    (note,) = store.load().all()
    assert note.anchor is not None


async def test_what_can_carry_no_note_says_so_before_anything_is_typed(explorer):
    async with explorer() as person:
        await person.press("4", "v")
        words = marker(person).words
        words.caret = [word.text for word in words._words].index("Speaker")
        await person.press("v")
        assert "No note can stand here" in person.told
        assert "No note can stand on these words" in person.seen


async def test_y_copies_the_words_that_are_marked_and_leaves_them_so(explorer, monkeypatch):
    monkeypatch.setenv("SSH_TTY", "yes")
    async with explorer() as person:
        await person.press("4", "v", "v", "l", "y")
        assert person.app.clipboard == "“Our charts"
        assert "Our charts" in person.told
        assert marker(person).words.text == "“Our charts"


async def test_words_are_in_sight_and_marked_while_a_note_is_written_on_them(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("v", "v", "l", "n")
        assert "✎1" in "\n".join(line.plain for line in person.record.laid_out.lines)
        await person.press("escape")
        assert "✎1" not in "\n".join(line.plain for line in person.record.laid_out.lines)
        assert person.main.place == "record"
