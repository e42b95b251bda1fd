"""What goes out for what is asked: the reader's additions and notes, and those of colleagues."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from tests.exports.asking import text_of, view_of, write

from explorer.exports import csv_table, export_formats
from explorer.exports.exported import Exported
from explorer.notes import NoteStore, Words
from explorer.opening import read
from explorer.record.model import Ref

ADDED = """
[[source]]
id = "my-post"
publisher = "Post"
title = "Mine"
type = "press"
published = 2032-07-20

[[milestone]]
id = "my-day"
name = "My day"
on = 2033-01-01
announced = 2032-07-20
text = "A day of mine."
sources = ["my-post"]

[[milestone]]
id = "crab-season"

[[milestone.move]]
on = 2032-07-20
to = 2033-02-02
text = "Moved by me."
sources = ["my-post"]

[[quote]]
id = "my-quote"
text = "Mine."
speaker = "noren"
published = 2032-07-20
form = "verbatim"
language = "en"
sources = ["my-post"]
"""
OF_THE_RECORD = [known for known in export_formats.FORMATS if known.has_own]


@pytest.fixture
def with_own(tmp_path, harbour):
    """A view with records that the reader added, and one to a record that was there."""
    own = tmp_path / "overlays" / "harbour-talks"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(ADDED, "utf-8")
    opened = read(harbour, tmp_path / "notes", None, overlays=tmp_path / "overlays")
    assert opened.view.index.additions.is_read
    return opened.view


@pytest.mark.parametrize("name", [known.name for known in OF_THE_RECORD])
def test_without_what_the_reader_added_it_is_the_dataset_by_itself(
    with_own, harbour, tmp_path, name
):
    mine, plain = (
        contents(write(view, name, tmp_path / f"{number}", with_own=not number))
        for number, view in enumerate((view_of(harbour), with_own))
    )

    assert mine == plain


def contents(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


def test_a_calendar_has_the_days_that_the_reader_added_and_those_they_moved(with_own):
    text = text_of(with_own, "ics").replace("\r\n ", "")

    assert "SUMMARY:My day" in text
    assert "Moved by me." in text


def test_a_note_of_a_colleague_says_whose_it_is_and_what_it_answers(harbour, tmp_path):
    mine = NoteStore(tmp_path / "notes", "harbour-talks")
    note = mine.save(Ref("issue", "tolls"), Words("Is it so?"), name="Tolls", note=None).note
    theirs = NoteStore(tmp_path / "hers", "harbour-talks", author="Anna Berg")
    answer = Words("It is.", answers=note.id)
    theirs.save(Ref("issue", "tolls"), answer, name="Tolls", note=None)
    view = read(harbour, tmp_path / "notes", None, also=[tmp_path / "hers"]).view

    exported = Exported(view, with_notes=True, table="notes")
    rows = list(csv.DictReader(io.StringIO("".join(csv_table.pieces(exported)))))
    assert {(row["text"], row["author"], row["answers"]) for row in rows} == {
        ("Is it so?", "", ""),
        ("It is.", "Anna Berg", note.id),
    }
