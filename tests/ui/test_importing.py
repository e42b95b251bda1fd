"""Records from a file, in the app: what would come in, corrected where it must be, and added."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from test_palette_transfer import choose, choose_with_file
from tests import exported_files as exported
from writing_files import until

from explorer import dataset
from explorer.dataset import apart
from explorer.record.model import Ref
from explorer.ui.dialogs.choose_meaning import ChooseMeaning
from explorer.ui.dialogs.import_dialog import ImportDialog

NAME = "Import records from a file"


@pytest.fixture
def talks(harbour, tmp_path):
    """A dataset that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


async def open_file(person, file):
    await choose_with_file(person, NAME, file)
    await until(person, lambda: isinstance(person.app.screen, (ImportDialog, ChooseMeaning)))


async def answer(person, *keys):
    """Answer what is asked, and wait until the plan is made anew."""
    dialog = next(s for s in person.app.screen_stack if isinstance(s, ImportDialog))
    plan = dialog._plan
    await person.press(*keys)
    await until(person, lambda: person.app.screen is dialog and dialog._plan is not plan)


async def go_to(person, words):
    """Go down to the first line with some words."""
    dialog = person.app.screen
    await person.press("g")
    for _ in range(60):
        row = dialog._lines.current
        if words in row.text.plain:
            return
        await person.press("j")
    pytest.fail(f"there is no “{words}” in\n{person.seen}")


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_a_table_is_shown_settled_and_added(explorer, talks, tmp_path, size):
    file = tmp_path / "zitate.csv"
    file.write_text(exported.GERMAN_QUOTES.replace("Astrid Norén", "Norin"), "utf-8-sig")
    async with explorer(path=talks, size=size) as person:
        await open_file(person, file)
        assert "zitate.csv: 2 rows, each a quote" in person.seen
        assert "Looking at" not in person.seen
        await person.press("ctrl+s")
        assert "nothing new" in person.told
        await go_to(person, "“form” is needed")
        await person.press("enter")
        assert isinstance(person.app.screen, ChooseMeaning)
        await answer(person, "enter")
        await go_to(person, "“language” is needed")
        await person.press("enter")
        await answer(person, "j", "enter")
        await go_to(person, "there is no delegate “Norin”")
        await person.press("enter")
        assert "Astrid Norén" in person.seen
        await answer(person, "enter")
        await go_to(person, "noren: ")
        await person.press("ctrl+s")
        await until(person, lambda: "2 added to quotes.toml and sources.toml" in person.told)
        assert person.shown.startswith("quote:noren-wir-senken")
    assert {
        q.language for q in dataset.load(talks).dataset.quotes if q.text.startswith("Wir senken")
    } == {"ca"}


async def test_a_column_is_made_another_field_and_a_row_left_out(explorer, talks, tmp_path):
    file = tmp_path / "q.csv"
    file.write_text(
        "Quote,Speaker,Date,Source,Form,Language,Extra\n"
        "A.,Okafor,2032-06-01,gazette-lantern,verbatim,en,here\n"
        "B.,Okafor,2032-06-02,gazette-lantern,verbatim,en,there\n"
    )
    async with explorer(path=talks) as person:
        await open_file(person, file)
        await go_to(person, "Extra")
        await person.press("enter")
        choices = person.app.screen
        place = next(n for n, (_, name) in enumerate(choices._entries) if name == "remark")
        await answer(person, *["j"] * place, "enter")
        await go_to(person, "row 3")
        await answer(person, "enter")
        assert "1 left out" in person.seen
        await person.press("ctrl+s")
        await until(person, lambda: "1 added" in person.told)
    added = [q for q in dataset.load(talks).dataset.quotes if q.text in ("A.", "B.")]
    assert [(quote.text, quote.remark) for quote in added] == [("A.", "here")]


async def test_rows_that_say_nothing_of_themselves_are_asked_for(explorer, talks, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("foo,bar\n1,2\n")
    async with explorer(path=talks) as person:
        await open_file(person, file)
        assert "What are the rows of" in person.seen
        await person.press("enter")
        await until(person, lambda: isinstance(person.app.screen, ImportDialog))
        assert "1 row, each a quote" in person.seen
        await person.press("escape")
        assert person.app.screen is person.main


async def test_what_is_added_to_a_dataset_of_others_goes_to_the_overlay(explorer, tmp_path):
    file = tmp_path / "zotero.json"
    file.write_text(exported.ZOTERO_CSL)
    overlays = tmp_path / "mine"
    async with explorer(overlays=overlays, is_overlay_asked=True) as person:
        await open_file(person, file)
        assert "2 new for your own additions" in person.seen
        await person.press("ctrl+s")
        await until(person, lambda: "of your own additions" in person.told)
        assert person.shown == "source:moorepause2032"
    assert (overlays / "harbour-talks" / "sources.toml").exists()


async def test_a_file_that_cannot_come_in_is_said_to_be_none(explorer, talks, tmp_path):
    async with explorer(path=talks) as person:
        await choose_with_file(person, NAME, tmp_path / "nowhere.csv")
        await until(person, lambda: "there is no file" in person.told)
        assert person.app.screen is person.main


async def test_a_workbook_is_asked_which_sheet_and_may_be_dragged_into_the_terminal(
    explorer, talks, tmp_path
):
    book = openpyxl.Workbook()
    book.active.append(["Trade talks"])
    for row in (["Quote", "Speaker", "Date"], ["A.", "Okafor", "2032-06-01"]):
        (book["Quotes"] if "Quotes" in book else book.create_sheet("Quotes")).append(row)
    file = tmp_path / "my talks.xlsx"
    book.save(file)
    async with explorer(path=talks) as person:
        await open_file(person, f"'{file}'")
        assert "Which sheet of" in person.seen
        await person.press("enter")
        await until(person, lambda: isinstance(person.app.screen, ImportDialog))
        assert "1 row, each a quote" in person.seen
        await go_to(person, "Date")
        await person.press("enter")
        assert person.app.screen._options.highlighted == 3  # what the column is now


async def test_the_last_import_is_taken_back_from_the_palette(
    explorer, talks, tmp_path, monkeypatch
):
    for name in ("_EVERY", "_OFTEN", "_REST", "_STAYS"):
        monkeypatch.setattr(f"explorer.dataset.watch.{name}", 0.01)
    monkeypatch.setattr(apart, "_started", lambda *_, **__: None)
    monkeypatch.setattr("explorer.ui.main_screen._IDLE", 0.001)
    before = {file.name: file.read_bytes() for file in talks.iterdir()}
    file = tmp_path / "milestones.csv"
    file.write_text(
        "Milestone,Date,Kind,What happens,Source\n"
        "Count ends,2032-06-01,event,Ends.,gazette-lantern\n"
    )
    async with explorer(path=talks) as person:
        await open_file(person, file)
        await person.press("ctrl+s")
        await until(person, lambda: "Imported" in person.told)
        await choose(person, "Take the last import back")
        await until(person, lambda: "is taken back" in person.told)
        assert {file.name: file.read_bytes() for file in talks.iterdir()} == before
        ref = Ref("milestone", "count-ends")
        await until(person, lambda: ref not in person.app.screen.view.whole)
