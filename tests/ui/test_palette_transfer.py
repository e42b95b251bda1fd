"""Export, import and backup of notes from the palette: what is written, and what is said."""

from __future__ import annotations

import json
import os
import stat
import zipfile

import pytest
from tests.portable_notes import NAMES, read
from textual.command import CommandList, CommandPalette

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.transfer.formats import FORMATS, WRITTEN, listing, named
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.text_prompt import TextPrompt

FEES = Ref("issue", "fees")


async def choose(person, name):
    """Choose a command of the palette by its name."""
    await person.press("ctrl+p")
    assert isinstance(person.app.screen, CommandPalette)
    await person.type_text(name)
    offered = person.app.screen.query_one(CommandList)
    for _ in range(100):
        if [option.hit.text for option in offered.options] == [name]:
            break
        await person.settle()
    assert [option.hit.text for option in offered.options] == [name]
    await person.press("down", "enter")
    await person.settle()


async def choose_with_file(person, name, path):
    """Choose a command of the palette that asks for a file, and name one."""
    await choose(person, name)
    assert isinstance(person.app.screen, TextPrompt)
    await person.press("ctrl+a", "ctrl+k")
    await person.type_text(str(path))
    await person.press("enter")


def save(store, text, **words):
    return store.save(FEES, Words(text, **words), name="Fees", note=None).note


def texts_of(store):
    return sorted(note.text for note in store.load().all())


@pytest.mark.parametrize("to", NAMES)
async def test_notes_are_exported_in_the_format_that_the_name_ends_in(
    explorer, store, tmp_path, to
):
    save(store, "Mine. #watch")
    target = tmp_path / f"out{named(to).extensions[0]}"
    async with explorer() as person:
        await choose_with_file(person, "Export notes", target)

        assert person.app.screen is person.main
        assert person.told == f"Written: The notes are in {target}"
    (note,) = read(target.read_bytes(), to)
    assert (note.ref, note.words.text, note.name) == (FEES, "Mine. #watch", "Tolls and the truce")
    if os.name != "nt":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


async def test_a_name_without_an_ending_gives_markdown(explorer, store, tmp_path):
    save(store, "Mine.")
    async with explorer() as person:
        await choose_with_file(person, "Export notes", tmp_path / "out")
    assert (tmp_path / "out").read_text().startswith("<!-- explorer-notes 1: harbour-talks -->")


@pytest.mark.parametrize(("answer", "is_new"), [("o", True), ("n", False), ("escape", False)])
async def test_a_file_that_is_there_is_written_over_only_after_a_yes(
    explorer, store, tmp_path, answer, is_new
):
    save(store, "Mine.")
    target = tmp_path / "out.json"
    target.write_text("theirs")
    async with explorer() as person:
        await choose_with_file(person, "Export notes", target)
        assert isinstance(person.app.screen, Confirm)
        assert f"{target.name} is there already." in person.seen.replace("\n", "")
        assert "--force" not in person.seen
        assert target.read_text() == "theirs"

        await person.press(answer)

        assert person.app.screen is person.main
    assert (target.read_text() != "theirs") is is_new
    if is_new:
        assert json.loads(target.read_text())["notes"][0]["text"] == "Mine."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/out.md", "could not be written: there is no such folder."),
        ("out.xlsx", "would not hold what its name says, for there is no format .xlsx here; "),
        ("folder.md", "could not be written: it is a folder."),
    ],
)
async def test_what_cannot_be_written_is_said_with_its_name(explorer, store, tmp_path, name, said):
    save(store, "Mine.")
    (tmp_path / "folder.md").mkdir()
    async with explorer() as person:
        await choose_with_file(person, "Export notes", tmp_path / name)

        assert f"{tmp_path / name} {said}" in person.told
        assert person.app.screen is person.main
    assert [path.name for path in tmp_path.glob("*.*")] == ["folder.md"]


async def test_notes_are_imported_and_shown_and_importing_again_adds_nothing(
    explorer, store, tmp_path
):
    save(store, "Mine.")
    source = tmp_path / "theirs.csv"
    source.write_text(
        "record,text,mood\nissue:fees,Theirs. #watch,good\nissue:fees,Elsewhere,\n"
    )  # fmt: skip
    async with explorer(go="issue:fees") as person:
        await choose_with_file(person, "Import notes", source)

        lost = "Left out, as notes have no field for it: the column “mood” (1)."
        assert person.told == f"Imported: 2 added. {lost}"
        assert "Theirs. #watch" in person.seen
        assert {note.text for note in person.main.view.notes_on(FEES)} == {
            *("Mine.", "Theirs. #watch", "Elsewhere"),
        }

        await choose_with_file(person, "Import notes", source)

        assert person.told == f"Imported: 2 already there. {lost}"
    assert texts_of(store) == ["Elsewhere", "Mine.", "Theirs. #watch"]


async def test_a_note_that_says_something_else_is_kept_beside_ours(explorer, store, tmp_path):
    mine = save(store, "Mine.")
    source = tmp_path / "theirs.csv"
    source.write_text(
        f"record,text,id,created\nissue:fees,Theirs.,{mine.id},{mine.created.isoformat()}\n"
    )
    async with explorer(go="issue:fees") as person:
        await choose_with_file(person, "Import notes", source)

        assert person.told == "Imported: 1 kept beside a note that says something else."
    assert texts_of(store) == ["Mine."]
    assert [copy.text for copy in store.load().copies_on(FEES)] == ["Theirs."]


NOT_NOTES = {
    "theirs.csv": (
        "record,text,due\nissue:fees,good,\nissue:fees,bad,soon\n",
        "row 3: “due” is not a day such as 2025-10-26",
    ),
    "theirs.json": ("[", "line 1, column 2: Expecting value"),
    "picture.png": ("\x89PNG", "its format is not known; its name should end in one of .md, "),
}


@pytest.mark.parametrize("name", NOT_NOTES)
async def test_of_a_file_that_is_not_right_nothing_is_imported(explorer, store, tmp_path, name):
    save(store, "Mine.")
    content, why = NOT_NOTES[name]
    path = tmp_path / name
    path.write_text(content)
    async with explorer(go="issue:fees") as person:
        await choose_with_file(person, "Import notes", path)

        assert person.told.startswith(
            f"The file was not imported: Nothing was imported from {path}: {why}"
        )
        assert person.app.screen is person.main
    assert texts_of(store) == ["Mine."]


async def test_a_file_to_import_that_is_not_there_is_said_to_be_missing(explorer, store, tmp_path):
    async with explorer() as person:
        await choose_with_file(person, "Import notes", tmp_path / "nowhere.md")

        said = f"there is no such file: {tmp_path / 'nowhere.md'}"
        assert person.told == f"The file was not imported: {said}"


async def test_a_backup_is_one_archive_of_all_notes(explorer, store, tmp_path):
    kept, deleted = save(store, "Mine."), save(store, "Gone.")
    store.delete(deleted)
    target = tmp_path / "all.zip"
    async with explorer() as person:
        await choose_with_file(person, "Back up notes", target)

        assert person.told == f"Backed up: 2 files in {target}"
    with zipfile.ZipFile(target) as archive:
        assert archive.read(f"notes/{kept.path.name}") == kept.path.read_bytes()
        assert sorted(name.partition("/")[0] for name in archive.namelist()) == [
            *("manifest.json", "notes", "trash"),
        ]


async def test_a_backup_is_not_written_over_anything(explorer, store, tmp_path):
    save(store, "Mine.")
    target = tmp_path / "all.zip"
    target.write_text("theirs")
    async with explorer() as person:
        await choose_with_file(person, "Back up notes", target)

        said = f"{target} is there already; give another name"
        assert person.told == f"The backup was not made: {said}"
        assert person.app.screen is person.main
    assert target.read_text() == "theirs"


async def test_without_notes_there_is_nothing_to_back_up(explorer, store, tmp_path):
    async with explorer() as person:
        await choose_with_file(person, "Back up notes", tmp_path / "all.zip")

        assert f"There is nothing to back up in {store.where} yet." in person.told
    assert not (tmp_path / "all.zip").exists()


@pytest.mark.parametrize("name", ["Export notes", "Import notes", "Back up notes"])
async def test_escape_leaves_the_question_and_does_nothing(explorer, store, tmp_path, name):
    save(store, "Mine.")
    before = sorted(tmp_path.rglob("*"))
    async with explorer() as person:
        await choose(person, name)
        await person.press("escape")

        assert person.app.screen is person.main
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["Export notes", "Import notes", "Back up notes"])
async def test_where_notes_are_off_the_palette_says_why(explorer, notes, name):
    notes.write_text("a file where the folder should be")
    async with explorer() as person:
        await choose(person, name)

        assert person.app.screen is person.main
        assert "otes are off" in person.told


async def test_the_palette_names_every_format(explorer, store):
    async with explorer() as person:
        offered = {command.title: command.help for command in person.app.get_system_commands(None)}
        assert listing(WRITTEN) in offered["Export notes"]
        assert listing(FORMATS) in offered["Import notes"]
        await choose(person, "Export notes")
        assert all(ending in person.seen for known in WRITTEN for ending in known.extensions)
