"""An export goes to its place whole or not at all, and over nothing that is not one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from tests.exports.asking import rows, write

from explorer.errors import ExportError, TakenError, UsageError
from explorer.exports import csv_package, json_lines, sqlite_database, table_rows
from explorer.exports.record_tables import RECORDS
from explorer.storage import processes

FILES = {
    "sqlite": "talks.sqlite",
    "jsonl": "talks.jsonl",
    "csl": "talks.json",
    "bib": "talks.bib",
    "ris": "talks.ris",
    "ics": "talks.ics",
}
ALL = {**FILES, "csv": "talks"}


def contents(path):
    if path.is_file():
        return path.read_bytes()
    return {p.relative_to(path): p.read_bytes() for p in path.rglob("*") if p.is_file()}


@pytest.mark.parametrize("name", ALL)
def test_an_export_of_ours_is_written_over_and_nothing_is_left_beside_it(view, tmp_path, name):
    path = tmp_path / ALL[name]
    write(view.at(view.index.dataset.negotiation.began), name, path)
    before = contents(path)

    write(view, name, path)
    assert contents(path) != before
    assert [there.name for there in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("held", [b"mine", b"", b"\xff\xfe\x00"])
def test_another_file_is_not_written_over_unless_one_says_so(view, tmp_path, name, held):
    path = tmp_path / FILES[name]
    path.write_bytes(held)

    with pytest.raises(TakenError, match="no export of ours; --force writes over it"):
        write(view, name, path)
    assert path.read_bytes() == held
    write(view, name, path, force=True)
    assert path.read_bytes() != held


def test_a_folder_of_something_else_is_not_written_into_unless_one_says_so(view, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "quotes.csv").write_text("mine")
    (folder / "other.txt").write_text("mine")

    with pytest.raises(TakenError, match="no export of ours"):
        write(view, "csv", folder)
    assert contents(folder) == {p.relative_to(folder): b"mine" for p in folder.iterdir()}
    write(view, "csv", folder, force=True)
    assert (folder / "other.txt").read_text() == "mine"
    assert rows(folder / "quotes.csv")


def test_an_empty_folder_and_one_that_holds_a_repository_alone_is_written_into(view, tmp_path):
    (tmp_path / "talks" / ".git").mkdir(parents=True)
    (tmp_path / "talks" / ".git" / "HEAD").write_text("ref: refs/heads/main")

    write(view, "csv", tmp_path / "talks")
    write(view, "csv", tmp_path / "talks")
    assert (tmp_path / "talks" / ".git" / "HEAD").read_text() == "ref: refs/heads/main"
    assert (tmp_path / "talks" / "quotes.csv").exists()


def test_what_an_export_before_had_and_this_one_has_not_is_removed(view, tmp_path):
    write(view, "csv", tmp_path / "talks", with_notes=True)
    (tmp_path / "talks" / "README.md").write_text("mine")
    assert (tmp_path / "talks" / "notes.csv").exists()

    write(view, "csv", tmp_path / "talks")
    assert not (tmp_path / "talks" / "notes.csv").exists()
    assert (tmp_path / "talks" / "README.md").read_text() == "mine"


def test_a_link_in_the_place_of_a_folder_within_is_not_followed(view, tmp_path):
    write(view, "csv", tmp_path / "talks")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    links = tmp_path / "talks" / "links"
    for file in links.iterdir():
        file.unlink()
    links.rmdir()
    links.symlink_to(elsewhere)

    with pytest.raises(ExportError, match="could not be written"):
        write(view, "csv", tmp_path / "talks")
    assert list(elsewhere.iterdir()) == []


def test_a_link_to_an_export_stays_one(view, tmp_path):
    (tmp_path / "real").mkdir()
    write(view, "jsonl", tmp_path / "real" / "talks.jsonl")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real" / "talks.jsonl")

    write(view, "jsonl", tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert json_lines.is_ours((tmp_path / "real" / "talks.jsonl").read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_it_belongs_to_the_user_alone_and_stays_as_open_as_it_was_made(view, tmp_path):
    path = write(view, "bib", tmp_path / "talks.bib")
    folder = write(view, "csv", tmp_path / "talks")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "quotes.csv").stat().st_mode) == 0o600

    path.chmod(0o644)
    write(view, "bib", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("name", ALL)
def test_what_fails_on_the_way_leaves_all_as_it_was(view, tmp_path, monkeypatch, name):
    path = write(view.at(view.index.dataset.negotiation.began), name, tmp_path / ALL[name])
    before = contents(path)

    def cut_short(exported):
        yield RECORDS, ("round:x", "round", "x", "X", None, False)
        raise OSError(28, "No space left on device")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(table_rows, "rows", cut_short)
    monkeypatch.setattr("explorer.storage.files.sync_file", fails)
    with pytest.raises(ExportError, match="the disk is full"):
        write(view, name, path)
    assert contents(path) == before
    assert [there.name for there in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_new_is_there_whole_or_not_at_all(view, tmp_path, monkeypatch):
    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(csv_package, "package", fails)
    with pytest.raises(ExportError):
        write(view, "csv", tmp_path / "talks")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_by_the_next(view, tmp_path):
    asks = "from explorer.storage import processes; print(processes.own_name())"
    ended = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    left, living = (
        tmp_path / f".explorer-{name}-deadbeef.tmp"
        for name in (ended.stdout.strip(), processes.own_name())
    )
    for folder in (left, living):
        folder.mkdir()
        (folder / "quotes.csv").write_text("half")
    file = left.with_name(left.name.replace("deadbeef", "fade"))
    file.write_text("half")

    write(view, "csv", tmp_path / "talks")
    write(view, "bib", tmp_path / "talks.bib")
    assert not left.exists()
    assert not file.exists()
    assert living.is_dir()


@pytest.mark.parametrize("name", ALL)
def test_no_folder_to_write_into_and_a_file_where_a_folder_is_needed_are_said(view, tmp_path, name):
    with pytest.raises(ExportError, match="there is no such folder"):
        write(view, name, tmp_path / "nowhere" / ALL[name])
    (tmp_path / "there").mkdir()
    (tmp_path / "file").write_text("mine")
    wrong = tmp_path / ("file" if name == "csv" else "there")
    with pytest.raises(ExportError):
        write(view, name, wrong, force=True)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_neither_read_nor_replaced(view, tmp_path):
    os.mkfifo(tmp_path / "talks.bib")

    with pytest.raises(ExportError, match="not an ordinary file"):
        write(view, "bib", tmp_path / "talks.bib", force=True)
    assert stat.S_ISFIFO((tmp_path / "talks.bib").stat().st_mode)


def test_a_codebook_of_no_tags_leaves_no_file(view, tmp_path):
    with pytest.raises(UsageError):
        write(view, "qdc", tmp_path / "tags.qdc", with_notes=True)
    assert list(tmp_path.iterdir()) == []


def test_a_database_begins_with_what_tells_it_is_ours(view, tmp_path):
    path = write(view, "sqlite", tmp_path / "talks.sqlite")

    assert sqlite_database.is_ours(path.read_bytes()[:100])
