"""`explorer import`: looked at, asked about, written or refused, and what the exit code says."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pytest
from tests import exported_files as exported

from explorer import cli, dataset

QUOTES = ["--set", "form=verbatim", "--set", "language=de"]


@pytest.fixture
def folder(harbour, tmp_path):
    """A dataset of one's own."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


@pytest.fixture
def quotes(tmp_path):
    file = tmp_path / "zitate.csv"
    file.write_text(exported.GERMAN_QUOTES, "utf-8-sig", newline="")
    return file


def run(capsys, *words):
    code = cli.main(["import", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_dry_run_shows_what_would_come_in_and_writes_nothing(capsys, folder, quotes):
    before = texts(folder)
    code, out, err = run(capsys, quotes, "--into", folder, "--dry-run", *QUOTES)
    assert code == 0
    assert "2 rows, each a quote" in out
    assert "2 new, with 2 new sources" in out
    assert "dry run" in err
    assert texts(folder) == before


def test_what_is_new_comes_in_once_and_the_dataset_stays_valid(capsys, folder, quotes):
    code, out, _ = run(capsys, quotes, "--into", folder, *QUOTES)
    assert (code, "2 added to" in out) == (0, True)
    assert cli.main(["check", str(folder)]) == 0
    capsys.readouterr()
    before = texts(folder)
    # What was said of the table the first time need not be said again.
    code, out, err = run(capsys, quotes, folder)
    assert (code, "2 already there" in out, "nothing new" in err) == (0, True, True)
    assert texts(folder) == before


def test_a_dataset_that_is_not_ones_own_gets_it_in_the_overlay(
    capsys, folder, quotes, tmp_path, monkeypatch
):
    monkeypatch.setenv("EXPLORER_OVERLAY", str(tmp_path / "mine"))
    before = texts(folder)
    code, out, _ = run(capsys, quotes, "--into", "overlay", "--dataset", folder, *QUOTES)
    assert (code, "your own additions" in out) == (0, True)
    assert texts(folder) == before
    assert (tmp_path / "mine" / "harbour-talks" / "quotes.toml").exists()
    assert cli.main(["overlay", "check", str(folder)]) == 0


def test_refused_rows_keep_no_other_from_coming_in_unless_that_is_asked_for(
    capsys, folder, tmp_path
):
    file = tmp_path / "q.csv"
    file.write_text(
        "Quote,Speaker,Date,Source\nA.,Okafor,2032-06-01,gazette-lantern\n"
        "B.,Nobody,2032-06-01,gazette-lantern\n"
    )
    before = texts(folder)
    code, _, err = run(capsys, file, folder, *QUOTES, "--strict")
    assert (code, "1 row would be refused" in err) == (1, True)
    assert texts(folder) == before
    code, out, err = run(capsys, file, folder, *QUOTES)
    assert (code, "1 added" in out, "Mend what is refused" in err) == (1, True, True)
    code, out, _ = run(capsys, file, folder, "--mean", "Nobody=tam")
    assert (code, "1 added" in out, "1 already there" in out) == (0, True, True)


def test_json_has_every_row_with_its_reasons(capsys, folder, quotes):
    code, out, _ = run(capsys, quotes, folder, "--json")
    data = json.loads(out)
    assert code == 1
    assert [row["place"] for row in data["refused"]] == ["row 2", "row 3"]
    assert {why["field"] for why in data["refused"][0]["why"]} == {"form", "language"}
    assert data["files"][0]["columns"]["Sprecher"] == "speaker"
    code, out, _ = run(capsys, quotes, folder, "--json", *QUOTES)
    data = json.loads(out)
    assert (code, len(data["new"]), data["brought_along"]) == (0, 2, 2)
    assert {Path(file).name for file in data["written"]} == {"quotes.toml", "sources.toml"}


def test_a_pipe_is_read_and_several_files_come_in_together(capsys, folder, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(exported.ZOTERO_RIS.encode())))
    code, out, _ = run(capsys, "-", "--into", folder)
    assert (code, "2 new" in out) == (0, True)
    first, second = tmp_path / "a.json", tmp_path / "b.bib"
    first.write_text(exported.ZOTERO_CSL)
    second.write_text(exported.MENDELEY_BIBTEX)
    code, out, _ = run(capsys, first, second, folder, "--dry-run")
    assert "standard input" not in out
    assert "2 already there" in out


def test_a_later_quote_moves_the_end_of_the_record_and_says_so(
    capsys, folder, tmp_path, monkeypatch
):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-08-01")
    file = tmp_path / "q.csv"
    file.write_text("Quote,Speaker,Date,Source\nLater.,Okafor,2032-07-20,gazette-lantern\n")
    code, out, _ = run(capsys, file, folder, *QUOTES)
    assert (code, "would then end on 20 Jul 2032" in out) == (0, True)
    assert str(dataset.load(folder).dataset.negotiation.record_ends) == "2032-07-20"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["nowhere.csv"], "there is no file nowhere.csv"),
        (["{quotes}", "--map", "Zitat"], "--map: “Zitat” has no “=”"),
        (["{quotes}", "--map", "Zitatt=text"], "did you mean “Zitat”"),
        (["{quotes}", "--set", "forme=verbatim"], "did you mean “form”"),
        (["{quotes}", "--as", "quite"], "did you mean “quote”"),
        (["{quotes}", "--as", "notes"], "explorer notes import"),
        (["{quotes}", "--rows", "two"], "is not like 2-10,15"),
        (["{folder}", "x.csv"], "is a folder"),
        (["{quotes}", "--into", "{folder}", "--dataset", "{folder}"], "two datasets are named"),
    ],
)
def test_wrong_use_is_said_with_what_would_be_right(capsys, folder, quotes, words, why):
    filled = [word.format(quotes=quotes, folder=folder) for word in words]
    code, out, err = run(capsys, *filled, *([] if "--into" in words else ["--into", folder]))
    assert (code, out) == (2, "")
    assert why in err


def test_nothing_is_written_when_the_files_are_not_valid_already(capsys, folder, quotes):
    with (folder / "quotes.toml").open("a") as file:
        file.write("[[quote]]\nid = 5\n")
    before = texts(folder)
    code, _, err = run(capsys, quotes, folder, *QUOTES)
    assert code == 1
    assert "problem" in err
    assert texts(folder) == before


def test_a_terminal_is_asked_for_what_is_missing_and_then_whether(
    capsys, folder, quotes, monkeypatch
):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("verbatim\nde\ny\n"))
    code, out, _ = run(capsys, quotes, folder)
    assert (code, "What is it in every row?" in out, "Add all 2? [y/N]" in out) == (0, True, True)
    assert "2 added" in out
    before = texts(folder)
    quotes.write_text(exported.GERMAN_QUOTES.replace("Anfang", "Beginn"))
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    code, _, err = run(capsys, quotes, folder)
    assert (code, "Nothing was added" in err) == (0, True)
    assert texts(folder) == before


def test_the_last_import_is_taken_back(capsys, folder, quotes):
    before = texts(folder)
    _, _, err = run(capsys, quotes, "--into", folder, *QUOTES)
    assert "explorer import --undo" in err
    code, out, _ = run(capsys, "--undo")
    assert (code, "zitate.csv is taken back" in out) == (0, True)
    assert texts(folder) == before
    code, _, err = run(capsys, "--undo")
    assert (code, "no import" in err) == (1, True)
    assert run(capsys, "--undo", quotes)[0] == 2
    assert run(capsys)[0] == 2
