"""`explorer export`: which format is meant, where it goes, and what cannot be."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from explorer import cli
from explorer.exports import csv_package
from explorer.exports.export_formats import FORMATS
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref


@pytest.fixture
def run(capfdbinary, monkeypatch, harbour, tmp_path):
    """Runs the command on the invented dataset: its exit code, its output and its errors."""
    monkeypatch.setattr("explorer.dataset.shipped", lambda: harbour)
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = cli.main(["export", *map(str, words)])
        printed = capfdbinary.readouterr()
        return code, printed.out.decode(), printed.err.decode()

    return run


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("talks.jsonl", b'{"kind": "export"'),
        ("talks.NDJSON", b'{"kind": "export"'),
        ("talks.sqlite", b"SQLite format 3\0"),
        ("talks.db", b"SQLite format 3\0"),
        ("talks.json", b"[\n  {"),
        ("talks.bib", b"% Written by explorer"),
        ("talks.ris", b"TY  - "),
        ("talks.ics", b"BEGIN:VCALENDAR"),
        ("quotes.csv", b"id,text,speaker_id,"),
        ("quote_issues.csv", b"quote_id,issue_id,place\n"),
        ("talks/datapackage.json", b'{\n  "profile": "tabular-data-package"'),
    ],
)
def test_the_end_of_a_name_says_the_format(run, tmp_path, name, begins):
    code, out, err = run(name.removesuffix("/datapackage.json"))

    assert (code, out) == (0, "")
    assert "Written to" in err
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_what_was_written_is_said_as_data_too(run):
    _, out, _ = run("talks.bib", "--json", "--as-of", "2031-03-04")

    assert json.loads(out) == {"path": "talks.bib", "format": "bib", "as_of": "2031-03-04"}


def test_a_format_that_is_named_goes_before_the_end_of_a_name(run, tmp_path):
    assert run("sources.txt", "--format", "ris")[0] == 0
    assert (tmp_path / "sources.txt").read_bytes().startswith(b"TY  - ")


@pytest.mark.parametrize("words", [["-"], ["-o", "-"], ["--output=-"]])
def test_one_file_can_go_to_a_pipe(run, words):
    code, out, _ = run(*words, "--format", "jsonl")

    assert code == 0
    assert [json.loads(line)["kind"] for line in out.splitlines()][:2] == ["export", "negotiation"]


def test_one_table_can_go_to_a_pipe(run):
    _, out, _ = run("-", "--table", "quotes")

    assert out.startswith("id,text,speaker_id,")


def test_a_reader_of_a_pipe_that_leaves_early_is_no_error(harbour):
    done = subprocess.run(
        f"'{sys.executable}' -m explorer export - --format jsonl '{harbour}' | head -c 10",
        shell=True,
        capture_output=True,
        check=True,
        env=os.environ,
    )
    assert done.stdout == b'{"kind": "'
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", [known.name for known in FORMATS if known.shape != "file"])
def test_several_files_and_a_database_cannot_be_printed(run, form):
    code, out, err = run("-", "--format", form)

    assert (code, out) == (2, "")
    assert "cannot be printed" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-"], "say with --format what is to be written"),
        (["-", "--format", "xlsx"], "Excel workbook is no text, and cannot be printed"),
        (["talks.docx"], "no format is known for .docx"),
        (["talks.csv"], "--table quotes, or name a folder for all, such as talks/"),
        (["-", "--table", "quote"], "did you mean “quotes”?"),
        (["x.csv", "--table", "zzzzzz"], "there are records, negotiation"),
        (["x.bib", "--format", "bob"], "did you mean “bib”?"),
        (["x.bib", "--with-notes"], "has no place for notes"),
        (["x.bib", "--table", "quotes", "--format", "bib"], "--table goes with CSV"),
        (["talks", "--scope", "issue:tolls"], "is of the whole record"),
        (["talks.sqlite", "--scope", "issue:tolls"], "is of the whole record"),
        (["x.bib", "--scope", "issue:tollz"], "did you mean issue:tolls?"),
        (["-", "--format", "bib", "--json"], "--format jsonl"),
        ([], "OUT is missing"),
        ([""], "OUT is empty"),
        (["-o", ""], "OUT is empty"),
        (["iran-nuclear-talks"], "“explorer export talks.sqlite iran-nuclear-talks”"),
    ],
)
def test_what_cannot_be_is_said_with_what_could(run, tmp_path, words, said):
    code, out, err = run(*words)

    assert (code, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_dataset_in_the_place_of_what_is_written_is_seen_to_be_one(
    run, dataset_of, harbour, tmp_path
):
    talks = shutil.copytree(harbour, tmp_path / "talks")
    ferry = dataset_of()
    before = sorted(tmp_path.rglob("*"))
    for word in (ferry, talks):
        code, _, err = run(word)
        assert code == 2
        assert f"“explorer export talks.sqlite {word}”" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_where_a_folder_would_be_is_said_to_be_one(run, tmp_path):
    (tmp_path / "talks").write_text("mine")

    code, _, err = run("talks")
    assert code == 1
    assert "talks is a file, and this export is a folder of files; name a folder" in err
    assert (tmp_path / "talks").read_text() == "mine"


def test_a_folder_of_other_files_is_written_into_only_when_one_says_so(run, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    code, _, err = run(".")
    assert code == 2
    assert ". holds other files and no export of ours; --force writes the export among them" in err
    assert run(".", "--force")[0] == 0
    assert run(".")[0] == 0
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_dataset_is_named_after_the_place_or_after_its_option(run, dataset_of, tmp_path):
    ferry = dataset_of()
    for words in (["one.jsonl", ferry], ["-o", "two.jsonl", ferry], [ferry, "-o", "three.jsonl"]):
        assert run(*words)[0] == 0
    for name in ("one", "two", "three"):
        first = (tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines()[0]
        assert json.loads(first)["dataset"] == "ferry"


def test_an_export_that_is_there_is_named_again_and_is_no_dataset(run, tmp_path):
    assert run("talks")[0] == 0
    assert run("talks")[0] == 0
    assert run("-o", "talks")[0] == 0


def test_another_file_is_written_over_only_when_one_says_so(run, tmp_path):
    (tmp_path / "talks.bib").write_text("mine")

    code, _, err = run("talks.bib")
    assert code == 2
    assert "--force writes over it" in err
    assert (tmp_path / "talks.bib").read_text() == "mine"
    assert run("talks.bib", "--force")[0] == 0


def test_who_ends_it_finds_nothing_half_written(run, tmp_path, monkeypatch):
    monkeypatch.setattr(csv_package, "package", lambda *_: signal.raise_signal(signal.SIGTERM))
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended:
        run("talks")
    assert ended.value.code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_day_and_a_scope_narrow_what_goes_out(run):
    whole = run("-", "--format", "jsonl")[1].splitlines()
    then = run("-", "--format", "jsonl", "--as-of", "2031-03-04")[1].splitlines()
    narrow = run("-", "--format", "jsonl", "--scope", "issue:tolls")[1].splitlines()

    assert json.loads(then[0])["as_of"] == "2031-03-04"
    assert len(then) < len(whole)
    assert len(narrow) < len(whole)


def test_a_record_of_the_scope_that_was_not_public_yet_is_refused(run):
    code, _, err = run(
        "-", "--format", "bib", "--scope", "quote:quill-crab", "--as-of", "2031-03-01"
    )

    assert code == 2
    assert "was not public on 1 Mar 2031" in err


@pytest.fixture
def noted(own_folders):
    NoteStore(own_folders / "notes", "harbour-talks").save(
        Ref("issue", "tolls"), Words("For me alone. #watch/closely"), name="Tolls", note=None
    )


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("form", ["jsonl", "csl", "bib", "ris", "ics"])
def test_notes_stay_where_they_are(run, form):
    assert "For me alone" not in run("-", "--format", form)[1]


@pytest.mark.usefixtures("noted")
def test_notes_go_along_when_they_are_asked_for(run, tmp_path):
    assert "For me alone" in run("-", "--format", "jsonl", "--with-notes")[1]
    assert "For me alone" in run("-", "--table", "notes")[1]
    assert run("talks.sqlite", "--with-notes")[0] == 0
    with closing(sqlite3.connect(tmp_path / "talks.sqlite")) as database:
        question = "SELECT n.text, r.title FROM notes n JOIN records r USING (ref)"
        assert database.execute(question).fetchall() == [
            ("For me alone. #watch/closely", "Tolls and the truce")
        ]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.usefixtures("noted")
def test_a_format_of_notes_needs_no_option_for_them(run, tmp_path):
    assert 'name="closely"' in run("-", "--format", "qdc")[1]
    assert run("notes.jsonld")[0] == 0
    assert "For me alone" in (tmp_path / "notes.jsonld").read_text("utf-8")


@pytest.mark.usefixtures("noted")
def test_a_scope_holds_for_notes(run):
    for scope, number in (("issue:tolls", 1), ("issue:dredging", 0)):
        printed = run("-", "--format", "annotations", "--scope", scope)[1]
        assert json.loads(printed)["total"] == number
    code, _, err = run("-", "--format", "qdc", "--scope", "issue:dredging")
    assert code == 2
    assert "no note has a tag" in err


def test_no_library_of_a_format_is_loaded_for_another(run, monkeypatch):
    for module in ("bibtexparser", "rispy", "icalendar"):
        monkeypatch.setitem(sys.modules, module, None)

    assert run("-", "--format", "jsonl")[0] == 0
    assert run("-", "--format", "csl")[0] == 0
