"""The record out of the app, by the palette: format, place, and what is said of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from tests.ui.test_own_additions import QUOTE, SOURCE
from tests.ui.test_palette_transfer import choose, save

from explorer.dataset.appending import append
from explorer.exports.export_formats import FORMATS
from explorer.ui.dialogs.choose_format import ChooseFormat
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.text_prompt import TextPrompt

NAMES = [known.name for known in FORMATS]


async def choose_format(person, name):
    await choose(person, "Export the record")
    assert isinstance(person.app.screen, ChooseFormat)
    await person.press(*["down"] * NAMES.index(name), "enter")


async def name_file(person, path):
    assert isinstance(person.app.screen, TextPrompt)
    await person.press("ctrl+a", "ctrl+k")
    await person.type_text(str(path))
    await person.press("enter")


async def test_every_format_is_offered_with_what_goes_into_it(explorer):
    async with explorer(size=(80, 24)) as person:
        await choose(person, "Export the record")

        for known in FORMATS:
            assert f"{known.label}  {known.what}" in person.seen
        await person.press("escape")
        assert person.app.screen is person.main


async def test_it_is_written_where_one_says_in_the_format_one_chose(explorer, tmp_path):
    path = tmp_path / "talks.sqlite"
    async with explorer() as person:
        await choose_format(person, "sqlite")
        await name_file(person, path)

        assert person.told == f"Written: SQLite is in {path}"
        assert person.app.screen is person.main
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


async def test_the_name_that_is_offered_says_of_what_and_of_which_day(
    explorer, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with explorer() as person:
        await choose_format(person, "csv")
        assert "Write CSV to which folder?" in person.seen
        await person.press("enter")

        offered = f"harbour-talks-{person.main.view.as_of.isoformat()}"
        assert f"CSV is in {tmp_path / offered}" in person.told
    assert (tmp_path / offered / "datapackage.json").exists()


async def test_it_is_of_the_day_and_of_the_scope_that_are_shown(explorer, tmp_path):
    path = tmp_path / "out.jsonl"
    async with explorer() as person:
        await person.press("3", "space", "left_square_bracket")
        await choose_format(person, "jsonl")
        assert "Only what belongs with the scope." in person.seen
        await name_file(person, path)
        view = person.main.view
    head = json.loads(path.read_text("utf-8").splitlines()[0])

    assert head["scope"] == [str(ref) for ref in view.chosen]
    assert head["as_of"] == view.as_of.isoformat() == "2032-06-09"


@pytest.mark.parametrize(("answer", "is_new"), [("o", True), ("n", False)])
async def test_another_file_is_written_over_only_after_a_yes(explorer, tmp_path, answer, is_new):
    path = tmp_path / "talks.bib"
    path.write_text("mine")
    async with explorer() as person:
        await choose_format(person, "bib")
        await name_file(person, path)
        assert isinstance(person.app.screen, Confirm)
        assert "talks.bib is there already" in " ".join(person.seen.replace("│", " ").split())
        assert "--force" not in person.seen
        await person.press(answer)
        await person.settle()
    assert (path.read_text("utf-8") != "mine") is is_new


async def test_a_name_that_says_another_format_is_refused(explorer, tmp_path):
    async with explorer() as person:
        await choose_format(person, "bib")
        await name_file(person, tmp_path / "talks.ris")

        assert "would not hold what its name says: that is RIS." in person.told
    assert list(tmp_path.glob("talks*")) == []


async def test_a_file_of_csv_is_of_the_table_that_its_name_says(explorer, tmp_path):
    async with explorer() as person:
        await choose_format(person, "csv")
        assert "such as quotes.csv is of that table alone" in " ".join(person.seen.split())
        await name_file(person, tmp_path / "quotes.csv")

        assert person.told == f"Written: CSV is in {tmp_path / 'quotes.csv'}"
    assert (tmp_path / "quotes.csv").read_text("utf-8").startswith("id,text,speaker_id,")


async def test_a_file_of_csv_that_is_called_by_no_table_is_refused(explorer, tmp_path):
    async with explorer() as person:
        await choose_format(person, "csv")
        await name_file(person, tmp_path / "talks.csv")

        assert "which holds one table. Name it by that, such as quotes.csv" in person.told
    assert list(tmp_path.glob("talks*")) == []


async def test_what_cannot_be_written_is_said_with_its_name(explorer, tmp_path):
    async with explorer() as person:
        await choose_format(person, "ris")
        await name_file(person, tmp_path / "nowhere" / "talks.ris")

        assert "there is no such folder" in person.told


async def test_a_codebook_of_no_tags_is_said_to_be_none(explorer, tmp_path):
    async with explorer() as person:
        await choose_format(person, "qdc")
        await name_file(person, tmp_path / "tags.qdc")

        assert "no note has a tag" in person.told


async def test_tags_go_out_and_notes_stay(explorer, store, tmp_path):
    save(store, "Mine alone. #watch")
    async with explorer() as person:
        await choose_format(person, "qdc")
        await name_file(person, tmp_path / "tags.qdc")
        await choose_format(person, "jsonl")
        await name_file(person, tmp_path / "talks.jsonl")
    assert 'name="watch"' in (tmp_path / "tags.qdc").read_text("utf-8")
    assert "Mine alone" not in (tmp_path / "talks.jsonl").read_text("utf-8")


@pytest.fixture
def todays(harbour, monkeypatch):
    """The dataset, on the day on which something is added to it."""
    monkeypatch.setenv("EXPLORER_TODAY", "2032-11-30")
    return harbour


@pytest.mark.parametrize(("answer", "goes"), [("y", True), ("w", False)])
async def test_what_the_reader_added_goes_along_when_one_says_so(
    explorer, tmp_path, todays, answer, goes
):
    append(todays, [SOURCE, QUOTE], overlay=tmp_path / "overlays" / "harbour-talks")
    async with explorer(overlays=tmp_path / "overlays") as person:
        await choose_format(person, "jsonl")
        assert isinstance(person.app.screen, Confirm)
        await person.press(answer)
        await name_file(person, tmp_path / "talks.jsonl")
    assert ("We go on." in (tmp_path / "talks.jsonl").read_text("utf-8")) is goes
