"""`explorer doctor`: what a report needs, and nothing of anybody's own."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from tests.conftest import HARBOUR

from explorer import __version__
from explorer.cli import main
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref
from explorer.storage import folders


@pytest.fixture
def told(capsys):
    def asked(*words):
        code = main(["doctor", *map(str, words), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return asked


def test_it_says_what_runs_on_what(told):
    code, said = told()
    assert code == 0
    assert said["wrong"] == []
    assert said["program"]["explorer"] == __version__
    assert said["program"]["textual"].startswith("8.")
    assert "FTS5" in said["program"]["SQLite"]
    assert said["dataset"]["name"] == "us-china-trade"
    assert "quotes" in said["dataset"]["records"]


def test_it_reads_as_lines_too(capsys):
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert f"explorer                  {__version__}" in out
    assert out.endswith("Nothing is wrong that can be seen from here.\n")


def test_nothing_in_it_is_private(tmp_path, capsys, monkeypatch):
    secret = tmp_path / "secret-talks"
    shutil.copytree(HARBOUR, secret)
    notes = tmp_path / "whistleblower"
    NoteStore(notes, "harbour-talks").save(
        Ref("issue", "tolls"), Words("Met the source at noon."), name="Tolls", note=None
    )
    monkeypatch.setenv("EDITOR", "/opt/somebody/bin/ed --of somebody")
    monkeypatch.setenv("EXPLORER_NOTES", str(notes))
    main(["doctor", str(secret)])
    main(["doctor", str(secret), "--json"])
    out = capsys.readouterr().out
    assert "one’s own" in out
    for private in ("secret-talks", "whistleblower", "noon", "somebody", str(Path.home()), "tolls"):
        assert private not in out


def test_what_is_wrong_with_a_dataset_is_counted_and_not_quoted(tmp_path, told):
    path = tmp_path / "talks.toml"
    path.write_text('[negotiation]\nname = "Delicate"\nid = "x"\n', "utf-8")
    code, said = told(path)
    assert code == 1
    assert said["wrong"] == ["The dataset has problems: “explorer check” shows them."]
    assert "missing" in said["dataset"]["problems"]
    assert "Delicate" not in json.dumps(said)


def test_a_dataset_that_is_not_there_is_no_reason_to_say_nothing(tmp_path, told):
    code, said = told("--dataset", tmp_path / "gone")
    assert code == 1
    assert said["program"]["explorer"] == __version__


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_named_by_what_it_is_for(tmp_path, told):
    notes = tmp_path / "notes"
    notes.mkdir(mode=0o500)
    code, said = told("--notes", notes)
    assert code == 1
    assert said["wrong"] == ["The folder of notes cannot be written to."]


def test_mistakes_in_the_settings_are_pointed_out(told):
    path = folders.config_folder() / "settings.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('start = "issues"\nthem = "nord"\n', "utf-8")
    code, said = told()
    assert code == 1
    assert said["settings"]["start"] == "set in the file"
    assert said["wrong"] == ["The settings have mistakes: “explorer settings” shows them."]


def test_notes_are_counted_and_a_damaged_one_is_pointed_out(tmp_path, told):
    store = NoteStore(tmp_path / "notes", "harbour-talks")
    save = {"name": "Tolls", "note": None}
    kept = [store.save(Ref("issue", "tolls"), Words(f"Note {n}"), **save) for n in range(2)]
    code, said = told(HARBOUR, "--notes", tmp_path / "notes")
    assert (code, said["notes"]) == (0, {"own": "2"})
    kept[0].note.path.write_text("text = [")
    code, said = told(HARBOUR, "--notes", tmp_path / "notes")
    assert (code, said["notes"]) == (1, {"own": "1", "cannot be read": "1"})
    assert "“explorer notes list” names them" in said["wrong"][0]


def test_what_one_added_oneself_is_looked_at_too(tmp_path, told):
    own = tmp_path / "own" / "harbour-talks"
    own.mkdir(parents=True)
    (own / "quotes.toml").write_text("[[quote")
    code, said = told(HARBOUR, "--overlay", tmp_path / "own")
    assert code == 1
    assert "“explorer overlay check” shows them" in said["wrong"][0]


def test_every_package_that_is_needed_is_named_with_its_version(told):
    from importlib import metadata

    program = told()[1]["program"]
    for package in ("tree-sitter", "icalendar", "shtab", "openpyxl"):
        assert program[package] == metadata.version(package)
    assert "pytest" not in program


def test_a_report_of_a_crash_is_named_to_be_attached(told):
    from explorer.storage.crash_report import crash

    assert told()[1]["program"]["reports of crashes"] == "none"
    crash(ValueError("the ship has sunk"))
    assert told()[1]["program"]["reports of crashes"].startswith("1, the last one report-")


def test_a_dataset_that_is_not_there_is_said_to_be_none(told, tmp_path):
    code, said = told(tmp_path / "nowhere")
    assert code == 1
    assert said["wrong"] == ["There is no dataset where you said."]
