"""Reading dataset and notes before the screen is there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from explorer import dataset, opening
from explorer.errors import UsageError
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")


def store_in(folder):
    return NoteStore(folder, "harbour-talks")


def test_dataset_and_notes_are_read_together(harbour, tmp_path):
    store_in(tmp_path).save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)

    opened = opening.read(harbour, tmp_path)

    assert opened.view.index.dataset.negotiation.id == "harbour-talks"
    assert [note.text for note in opened.view.notes_on(TOLLS)] == ["Deferral or delay?"]
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

    assert opened.view.rows("issue")
    assert opened.store is None
    assert "could not be read" in opened.trouble


# As of a day


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2031-03-20", date(2031, 3, 20)),
        ("20 Mar 2031", date(2031, 3, 20)),
        ("mar 2031", date(2031, 3, 31)),
        ("lantern", date(2031, 3, 5)),
        ("-1y", date(2031, 6, 30)),
        ("end", date(2032, 6, 30)),
        ("2031-01-01", date(2031, 1, 10)),
        ("2040-01-01", date(2032, 6, 30)),
    ],
)
def test_the_first_view_stands_on_the_day_that_was_said(harbour, tmp_path, said, day):
    assert opening.read(harbour, tmp_path, said).view.as_of == day


def test_the_first_view_holds_only_what_was_public_then(harbour, tmp_path):
    view = opening.read(harbour, tmp_path, "lantern").view

    assert [row.id for row in view.rows("round")] == ["lantern-isle"]
    assert Ref("round", "tide-hall") not in view.index
    assert Ref("round", "tide-hall") in view.at(None).index


def test_without_a_day_the_view_stands_at_the_end_of_the_record(harbour, tmp_path):
    view = opening.read(harbour, tmp_path).view

    assert view.as_of == date(2032, 6, 30)
    assert view.scope.as_of is None


def test_notes_and_their_trouble_are_read_whatever_the_day(harbour, tmp_path):
    store_in(tmp_path).save(TOLLS, Words("Deferral or delay?"), name="Tolls", note=None)
    damaged = store_in(tmp_path).path_of(Ref("issue", "dredging"))
    damaged.write_text("format = ")

    opened = opening.read(harbour, tmp_path, "lantern")

    assert [note.text for note in opened.view.notes_on(TOLLS)] == ["Deferral or delay?"]
    assert str(damaged) in opened.trouble
    assert opened.store.where == store_in(tmp_path).where


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("29 Feb 2031", "--as-of: there is no day “29 Feb 2031”; say 2025-10-26"),
        ("geneva", "--as-of: “geneva” is neither a day nor a round; say 2025-10-26"),
        ("l", "--as-of: “l” may be Round 1: Lantern Isle, May call"),
    ],
)
def test_what_is_no_day_is_refused_as_wrong_use(harbour, tmp_path, said, why):
    with pytest.raises(UsageError) as error:
        opening.read(harbour, tmp_path, said)

    assert str(error.value).startswith(why)
    assert error.value.exit_code == 2


# Where additions go


def shipped_with(tmp_path, **how):
    return opening.read(dataset.shipped(), tmp_path, overlays=tmp_path / "mine", **how)


def test_what_is_added_to_a_dataset_that_comes_along_goes_to_an_overlay(tmp_path):
    assert shipped_with(tmp_path).overlay() == tmp_path / "mine" / "us-china-trade"


def test_what_is_added_to_ones_own_dataset_goes_into_it_unless_an_overlay_is_asked_for(
    harbour, tmp_path
):
    folder = Path(shutil.copytree(harbour, tmp_path / "harbour"))
    own = tmp_path / "mine" / "harbour-talks"
    assert opening.read(folder, tmp_path, overlays=own.parent).overlay() is None
    asked = opening.read(folder, tmp_path, overlays=own.parent, is_overlay_asked=True)
    assert asked.overlay() == own


def test_where_nothing_can_be_added_that_is_said_with_what_to_do(tmp_path):
    off = opening.read(dataset.shipped(), tmp_path)
    with pytest.raises(UsageError, match="--overlay DIR or EXPLORER_OVERLAY"):
        off.overlay()
    broken = tmp_path / "mine" / "us-china-trade" / "quotes.toml"
    broken.parent.mkdir(parents=True)
    broken.write_text('[[quote]]\nid = "x"\n')
    with pytest.raises(UsageError, match=r"(?s)has problems.*“speaker” is missing"):
        shipped_with(tmp_path).overlay()
    whole = shipped_with(tmp_path).view.whole
    said = "What you added yourself is left out, for it has problems; it is left untouched."
    assert opening.trouble_with_additions(whole).startswith(f"{said}\n")
    assert opening.trouble_with_additions(whole, "!") == f"{said} ! lists them."


def test_one_trouble_with_notes_does_not_hide_another(harbour, tmp_path):
    folder = tmp_path / "notes" / "harbour-talks" / "notes"
    folder.mkdir(parents=True)
    for number in range(7):
        (folder / f"{number}.toml").write_text("nothing of ours")
    also = (tmp_path / "nowhere",)
    said = opening.read(harbour, tmp_path / "notes", also=also).trouble.split("\n")
    assert [line.rpartition("/")[2] for line in said[1:6]] == [f"{n}.toml" for n in range(5)]
    assert said[6] == "and 2 more; “explorer notes list” names all."
    assert "there is no folder" in said[7]
