"""Reading dataset and notes before the screen is there."""

from __future__ import annotations

import pytest

from explorer import dataset, opening
from explorer.dataset import DatasetError
from explorer.errors import ExplorerError
from explorer.model import Ref
from explorer.notes import NoteStore
from explorer.opening import Opening

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


def test_the_thread_hands_over_what_it_read(harbour, tmp_path):
    begun = Opening(harbour, tmp_path)
    begun.start()

    opened = begun.result()

    assert opened.view.index.dataset.negotiation.id == "harbour-talks"
    assert begun.result() is opened


def test_a_dataset_with_problems_is_told_where_the_result_is_asked_for(dataset_of, tmp_path):
    begun = Opening(dataset_of("[[vessel]]"), tmp_path)
    begun.start()

    with pytest.raises(DatasetError, match="unknown table “vessel”"):
        begun.result()


def test_an_opening_that_broke_is_told_as_what_broke_it(harbour, tmp_path, monkeypatch):
    def break_down(*_arguments, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr(opening, "read", break_down)
    begun = Opening(harbour, tmp_path)
    begun.start()

    with pytest.raises(ZeroDivisionError):
        begun.result()


def test_with_nothing_cached_the_slow_work_waits_for_the_screen(harbour, tmp_path, monkeypatch):
    waited = []
    begun = Opening(harbour, tmp_path)
    monkeypatch.setattr(begun._screen, "wait", lambda: waited.append(begun._screen.is_set()))

    begun.start()
    begun.join()

    assert waited == [False]
    assert begun.result().view.rows("issues")


def test_with_a_dataset_in_the_cache_nothing_waits_for_the_screen(harbour, tmp_path, monkeypatch):
    dataset.load(harbour)
    begun = Opening(harbour, tmp_path)
    monkeypatch.setattr(begun._screen, "wait", lambda: pytest.fail("it waited"))

    begun.start()
    begun.join()

    assert begun.result().view.rows("issues")


def test_asking_for_the_result_lets_the_slow_work_begin(dataset_of, tmp_path):
    begun = Opening(dataset_of(), tmp_path)
    begun.start()

    assert begun.result().view.rows("issues")
    assert not begun.is_alive()


def test_what_is_raised_is_an_error_for_people(tmp_path):
    begun = Opening(tmp_path / "nowhere", tmp_path)
    begun.start()

    with pytest.raises(ExplorerError, match="there is no such file or folder"):
        begun.result()
