"""Reading dataset and notes before the screen is there."""

from __future__ import annotations

from explorer import opening
from explorer.model import Ref
from explorer.notes import NoteStore

TOLLS = Ref("issue", "tolls")


def store_in(folder):
    return NoteStore(folder, "harbour-talks")


def test_dataset_and_notes_are_read_together(harbour, tmp_path):
    store_in(tmp_path).save(TOLLS, "Deferral or delay?", name="Tolls", base=None)

    opened = opening.read(harbour, tmp_path)

    assert opened.view.index.dataset.negotiation.id == "harbour-talks"
    assert opened.view.note(TOLLS).text == "Deferral or delay?"
    assert opened.store.where == store_in(tmp_path).where
    assert opened.trouble == ""


def test_a_folder_of_notes_that_is_not_there_holds_none_and_is_not_made(harbour, tmp_path):
    opened = opening.read(harbour, tmp_path / "notes")

    assert opened.view.notes.all() == ()
    assert opened.store is not None
    assert not (tmp_path / "notes").exists()


def test_a_damaged_note_is_told_and_left_as_it_is(harbour, tmp_path):
    damaged = store_in(tmp_path).path_of(TOLLS)
    damaged.parent.mkdir(parents=True)
    damaged.write_text("format = ")

    opened = opening.read(harbour, tmp_path)

    assert opened.trouble.splitlines() == [
        "Some files among the notes cannot be read; they are left untouched:",
        str(damaged),
    ]
    assert opened.store is not None
    assert damaged.read_text() == "format = "


def test_notes_that_cannot_be_read_do_not_keep_the_dataset_from_opening(harbour, tmp_path):
    (tmp_path / "harbour-talks").write_text("a file stands where a folder is needed")

    opened = opening.read(harbour, tmp_path)

    assert opened.view.rows("issues")
    assert opened.store is None
    assert "could not be read" in opened.trouble
