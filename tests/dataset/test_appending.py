"""Records and entries added to a dataset: all of them or none, and nothing that is not valid."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset import DatasetError, appending
from explorer.dataset.appending import Addition, append
from explorer.dataset.insertion import CannotAddError
from explorer.errors import UsageError
from explorer.record.model import Ref
from explorer.storage import locks

SOURCE = Addition(
    "source",
    {
        "id": "post-new",
        "publisher": "Post",
        "title": "New",
        "type": "press",
        "published": date(2032, 6, 1),
    },
)
QUOTE = Addition(
    "quote",
    {
        "text": "We go on.",
        "id": "go-on",
        "speaker": "noren",
        "published": date(2032, 6, 1),
        "form": "verbatim",
        "language": "en",
        "sources": ["post-new"],
    },
)


@pytest.fixture
def folder(harbour, tmp_path):
    """A folder that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_source_and_the_quote_that_cites_it_are_added_together(folder):
    before = texts(folder)
    written = append(folder, [SOURCE, QUOTE])
    assert written.refs == (Ref("source", "post-new"), Ref("quote", "go-on"))
    assert {file.name for file in written.files} == {"sources.toml", "quotes.toml"}
    for name, data in texts(folder).items():
        assert data.startswith(before[name])
    assert dataset.load(folder).quote("go-on").text == "We go on."


def test_an_addition_that_would_not_be_valid_is_refused_and_nothing_written(folder):
    before = texts(folder)
    with pytest.raises(DatasetError, match="there is no source “post-new”"):
        append(folder, [QUOTE])
    late = Addition("quote", {**QUOTE.values, "published": date(2033, 1, 1)})
    with pytest.raises(DatasetError, match="lies after the record ends"):
        append(folder, [SOURCE, late])
    assert texts(folder) == before


def test_the_end_of_the_record_is_moved_when_that_is_asked_for(folder):
    late = Addition("quote", {**QUOTE.values, "published": date(2033, 1, 1)})
    before = (folder / "negotiation.toml").read_text()
    append(folder, [SOURCE, late], record_ends=date(2033, 1, 1))
    assert (folder / "negotiation.toml").read_text() == before.replace("2032-06-30", "2033-01-01")


def test_an_entry_is_added_to_its_record(folder):
    status = {"on": date(2032, 6, 2), "state": "agreed", "text": "Done.", "sources": ["gazette"]}
    (issue, *_) = dataset.load(folder).dataset.issues
    source = issue.source_ids[0]
    append(folder, [Addition("status", {**status, "sources": [source]}, issue.ref)])
    assert dataset.load(folder).issue(issue.id).latest_status.text == "Done."


def test_what_is_no_table_of_a_record_is_refused(folder):
    with pytest.raises(UsageError, match="a quote has no “status”"):
        append(folder, [Addition("status", {}, Ref("quote", "go-on"))])
    with pytest.raises(UsageError, match="there is no issue “none” to add to"):
        append(folder, [Addition("status", {}, Ref("issue", "none"))])
    with pytest.raises(UsageError, match="cannot be a “negotiation”"):
        append(folder, [Addition("negotiation", {})])


def test_a_kind_without_a_file_gets_one_with_the_rights_of_its_neighbours(dataset_of):
    file = dataset_of("", folder=True)
    for one in file.iterdir():
        one.chmod(0o644)
    source = {"id": "new", "publisher": "P", "title": "T", "type": "press"}
    milestone = {"id": "m", "name": "M", "on": date(2031, 3, 1), "text": "T.", "sources": ["new"]}
    append(file, [Addition("milestone", milestone), Addition("source", source)])
    assert (file / "milestones.toml").read_text() == (
        '[[milestone]]\nid = "m"\nsources = ["new"]\nname = "M"\non = 2031-03-01\ntext = "T."\n'
    )
    assert (file / "milestones.toml").stat().st_mode & 0o777 == 0o644


def test_a_dataset_of_one_file_stays_one(dataset_of):
    file = dataset_of("")
    issue = {"id": "m", "name": "M", "summary": "T.", "sources": ["gazette"]}
    assert append(file, [Addition("issue", issue)]).files == (file,)


def test_what_was_changed_meanwhile_is_read_again(folder, monkeypatch):
    """Another program adds a line between the reading and the writing."""
    check, times = appending._check, []

    def changing(texts, own):
        check(texts, own)
        times.append(1)
        if len(times) == 1:
            with (folder / "quotes.toml").open("a") as file:
                file.write("# from elsewhere\n")

    monkeypatch.setattr(appending, "_check", changing)
    append(folder, [SOURCE, QUOTE])
    written = (folder / "quotes.toml").read_text()
    assert written.index("# from elsewhere") < written.index("go-on")
    monkeypatch.setattr(
        appending, "_check", lambda *_: (folder / "sources.toml").open("a").write("# again\n")
    )
    with pytest.raises(CannotAddError, match="is being changed by another program"):
        append(folder, [Addition("source", {**SOURCE.values, "id": "x"})])


def test_when_the_second_file_cannot_be_written_the_first_is_put_back(folder, monkeypatch):
    before, replace, met = texts(folder), Path.replace, []

    def failing(self, target):
        met.append(target)
        if len(met) == 2:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(CannotAddError, match="the disk is full"):
        append(folder, [SOURCE, QUOTE])
    assert texts(folder) == before


def test_while_another_explorer_holds_the_folder_nothing_is_written(folder, monkeypatch):
    monkeypatch.setattr(locks, "_PATIENCE", 0)
    before = texts(folder)
    with locks.locked(folder), pytest.raises(CannotAddError, match="is busy with it"):
        append(folder, [SOURCE, QUOTE])
    assert texts(folder) == before


def test_a_file_that_is_no_toml_is_explained_as_it_is_by_the_checker(folder):
    file = folder / "issues.toml"
    file.write_text(file.read_text() + 'name = "broken\n')
    before = texts(folder)
    with pytest.raises(DatasetError, match='the text that begins here with " is not closed'):
        append(folder, [SOURCE, QUOTE])
    assert texts(folder) == before
