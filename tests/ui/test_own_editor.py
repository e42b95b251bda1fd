"""A note in one's own editor: whatever that does, the words are safe and one is told."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from explorer.notes import Drafts, Words
from explorer.record.model import Ref
from explorer.ui.dialogs.note_editor import NoteEditor

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the editors are scripts of the shell")

TOLLS = Ref("issue", "tolls")


@pytest.fixture
def edited(explorer, store, tmp_path, monkeypatch):
    """Let an editor that does this to the file, “$1”, have a note; what is said then."""
    store.save(TOLLS, Words("first words"), name="Tolls", note=None)
    script = tmp_path / "editor"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))

    async def edited(body: str) -> tuple[str, str]:
        """What is told, and the text in our own editor if it was opened."""
        script.write_text(f"#!/bin/sh\n{body}\n")
        script.chmod(0o755)
        async with explorer(go="issue:tolls") as person:
            monkeypatch.setattr(person.app, "suspend", nullcontext)
            await person.press("e")
            screen = person.app.screen
            return person.said, screen.text if isinstance(screen, NoteEditor) else ""

    return edited


def texts(store) -> list[str]:
    return [note.text for note in store.load().all()]


def left(own_folders: Path) -> list[Path]:
    """The files that editors were given and that are still there."""
    return [path for path in (own_folders / "data").rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("exit 0", "Nothing was changed"),
        ("exit 3", "Nothing was changed; the editor ended with 3"),
        ("kill -9 $$", "the editor was ended by SIGKILL"),
        ('rm "$1"', "its file is gone. The note stays as it was"),
        (': > "$1"', "The text came back empty, so the note stays as it was"),
        (': > "$1"; exit 1', "The editor ended with 1. The text came back empty"),
    ],
)
async def test_an_editor_that_writes_nothing_changes_nothing(
    edited, store, own_folders, body, told
):
    said, _ = await edited(body)
    assert told in said
    assert texts(store) == ["first words"]
    assert left(own_folders) == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('printf "new words\\n" > "$1"', "new words"),
        ('printf "new words" > "$1.new"; mv "$1.new" "$1"', "new words"),
        ('printf "new words" > "$1"; chmod 000 "$1"', "new words"),
        ('printf "\\357\\273\\277one\\r\\ntwo" > "$1"', "one\ntwo"),
        ('cp "$1" "$1~"; printf "new words" > "$1"', "new words"),
    ],
)
async def test_what_an_editor_writes_is_saved(edited, store, own_folders, body, text):
    said, _ = await edited(body)
    assert "Saved." in said
    assert texts(store) == [text]
    assert left(own_folders) == []


async def test_what_is_no_text_is_shown_before_it_is_saved_and_kept_as_it_was(
    edited, store, own_folders
):
    said, shown = await edited('printf "caf\\351 words" > "$1"')
    assert shown == "caf\ufffd words"
    assert texts(store) == ["first words"]
    (kept,) = left(own_folders)
    assert kept.read_bytes() == b"caf\xe9 words"
    assert str(kept) in said


async def test_what_came_back_with_an_error_is_shown_before_it_is_saved(edited, store, own_folders):
    said, shown = await edited('printf "half" > "$1"; printf more > "$1.save"; exit 2')
    assert shown == "half"
    assert "The editor ended with 2. Look at what it wrote" in said
    assert texts(store) == ["first words"]
    assert {path.read_text() for path in left(own_folders)} == {"half", "more"}
    assert str(left(own_folders)[0].parent) in said


async def test_a_folder_in_place_of_the_file_is_left_and_told_of(edited, store, own_folders):
    said, _ = await edited('rm "$1"; mkdir "$1"; echo words > "$1/file"')
    assert "its file cannot be read" in said
    assert texts(store) == ["first words"]
    (kept,) = left(own_folders)
    assert str(kept.parent.parent) in said


async def test_words_that_are_too_many_for_a_note_stay_in_our_own_editor(edited, store):
    said, shown = await edited('yes "so many words in a line" | head -n 11000 > "$1"')
    assert shown.count("so many words") == 11_000
    assert "The note was not saved" in said
    assert texts(store) == ["first words"]


async def test_what_is_saved_after_the_command_has_ended_is_taken_up(
    explorer, store, tmp_path, monkeypatch, own_folders
):
    store.save(TOLLS, Words("first words"), name="Tolls", note=None)
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/file"\n')  # opens a window, say
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    async with explorer(go="issue:tolls") as person:
        monkeypatch.setattr(person.app, "suspend", nullcontext)
        await person.press("e")
        file = Path((tmp_path / "file").read_text())
        for words in ("from a window", "once more from it"):
            file.write_text(words)
            person.main.look_again()
            await person.settle()
            assert texts(store) == [words]
            assert words in person.seen
        file.write_text("too late")
    (draft,) = Drafts(store.where).left_behind()
    assert (draft.words.text, draft.ref) == ("too late", TOLLS)
    assert left(own_folders) == []
