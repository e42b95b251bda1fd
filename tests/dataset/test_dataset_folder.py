"""A dataset's folder as it is found: other programs' files, copies, and any order within."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
import tomli
import tomli_w

from explorer import cli, dataset
from explorer.dataset import DatasetError
from explorer.dataset.entry_order import day_of, in_order
from explorer.record.tables import entries

MOVE = "move one of the two out of the folder"
BRING = "bring into one what differs, then move the other out of the folder"
WHAT = "a dataset is a TOML file, or a folder of them"
NEW = "“explorer new FOLDER” makes one to begin with"


@pytest.fixture
def folder(harbour, tmp_path):
    """A folder that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


def problems(path):
    with pytest.raises(DatasetError) as caught:
        dataset.load(path, cached=False)
    return [f"{p.file.name}: {p.message}" for p in caught.value.problems]


# What is passed over


@pytest.mark.parametrize(
    "name",
    [
        ".rounds.toml",
        "._rounds.toml",
        ".rounds.toml.swp",
        ".rounds.toml.un~",
        "rounds.toml~",
        "rounds.toml.orig",
        "rounds.toml.bak",
        "rounds.toml.tmp",
        "#rounds.toml#",
        "~$rounds.toml",
        ".sync_abc.toml",
        "rounds.csv",
        "README.md",
        ".DS_Store",
        ".git/config.toml",
        "__MACOSX/rounds.toml",
        ".stversions/rounds.toml",
    ],
)
def test_what_other_programs_keep_there_is_passed_over(folder, harbour, name):
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"\x00\x05\x16\x07 not TOML")

    assert dataset.load(folder, cached=False).dataset == dataset.load(harbour, cached=False).dataset


@pytest.mark.skipif(os.name == "nt", reason="links need leave there")
def test_the_lock_of_an_editor_is_passed_over(folder):
    (folder / ".#rounds.toml").symlink_to("ann@desk.1234:567")

    assert dataset.load(folder, cached=False).dataset.rounds


def test_the_ending_may_be_written_in_capitals(folder):
    (folder / "rounds.toml").rename(folder / "ROUNDS.TOML")

    assert dataset.load(folder, cached=False).dataset.rounds


# Second copies


@pytest.mark.parametrize(
    "name",
    [
        "rounds 2.toml",
        "rounds (1).toml",
        "rounds (Ann's conflicted copy 2032-06-30).toml",
        "rounds - Copy.toml",
        "rounds copy.toml",
        "Copy of rounds.toml",
        "rounds.sync-conflict-20320630-101112-ABCDEFG.toml",
        "rounds-DESKTOP-7.toml",
        "rounds.backup.toml",
    ],
)
def test_a_second_copy_of_a_file_is_told_as_one_and_in_one_message(folder, name):
    shutil.copy(folder / "rounds.toml", folder / name)

    assert problems(folder) == [
        (
            f"{name}: is a second copy of rounds.toml: all records are in both, and the same in "
            f"both; {MOVE}"
        )
    ]


def test_a_copy_that_was_changed_since_is_one_all_the_same(folder):
    copy = (folder / "rounds.toml").read_text("utf-8").replace('"may-call"', '"june-call"', 1)
    (folder / "rounds 2.toml").write_text(copy, "utf-8")

    assert problems(folder) == [
        (
            "rounds 2.toml: is a second copy of rounds.toml: 3 of its 4 records are in both, but "
            f"the two differ (round:may-call, round:june-call); {BRING}"
        )
    ]


def test_of_a_changed_copy_the_first_records_that_differ_are_named(folder):
    text = (folder / "rounds.toml").read_text("utf-8")
    (folder / "rounds 2.toml").write_text(text.replace('name = "', 'name = "The '), "utf-8")

    (problem,) = problems(folder)
    assert "all records are in both, but the two differ (round:" in problem
    assert problem.endswith(f" and 1 more); {BRING}")


def test_a_copy_of_the_negotiation_itself_is_told_as_one(folder):
    shutil.copy(folder / "negotiation.toml", folder / "negotiation 2.toml")

    assert [p.partition(":")[0] for p in problems(folder)] == ["negotiation 2.toml"]


def test_a_copy_under_another_name_is_told_when_enough_is_in_both(folder):
    for name in ("x.toml", "a-longer-name.toml"):
        shutil.copy(folder / "issues.toml", folder / name)

        (problem,) = problems(folder)
        assert problem.startswith(f"{name}: holds what issues.toml does: all records are in both")
        (folder / name).unlink()


def test_a_letter_of_a_name_makes_no_copy_of_that_name(folder):
    shutil.copy(folder / "issues.toml", folder / "s.toml")
    shutil.copy(folder / "issues.toml", folder / "issuesold.toml")

    assert ["a second copy" in problem for problem in problems(folder)] == [False, False]


@pytest.mark.skipif(os.name == "nt", reason="links need leave there")
@pytest.mark.parametrize("name", ["l.toml", "issues 2.toml", "zz-issues.toml"])
@pytest.mark.parametrize("make", [Path.symlink_to, Path.hardlink_to])
def test_a_second_name_of_a_file_is_told_as_a_link(folder, name, make):
    make(folder / name, folder / "issues.toml")

    assert problems(folder) == [
        (
            f"{name}: is the same file as issues.toml by another name, so that all in it would be "
            "there twice; remove this link"
        )
    ]


def test_a_file_that_goes_on_where_another_ends_is_no_copy(folder):
    text = (folder / "rounds.toml").read_text("utf-8")
    first, *others = text.split("[[round]]")
    (folder / "rounds.toml").write_text("[[round]]".join([first, *others[:2]]), "utf-8")
    (folder / "rounds 2.toml").write_text("[[round]]" + "[[round]]".join(others[2:]), "utf-8")

    assert len(dataset.load(folder, cached=False).dataset.rounds) == 4


def test_a_single_id_that_two_files_share_is_told_where_it_stands(dataset_of):
    issue = '[[issue]]\nid = "{}"\nname = "N"\nsummary = "s"\nsources = ["gazette"]\n'
    more = "".join(issue.format(name) for name in ("fares", "bells", "ropes", "piers"))

    path = dataset_of(more, folder=True)
    lines = (path / "base.toml").read_text("utf-8").splitlines()
    line = lines.index('id = "fares"') + 1

    assert problems(path) == [
        f"more.toml: another issue has the id “fares”, in base.toml on line {line}"
    ]


# What cannot be read


def test_a_folder_of_datasets_names_one(folder):
    assert problems(folder.parent) == [
        f"{folder.parent.name}: the folder holds no .toml files; did you mean its folder harbour?"
    ]


def test_a_folder_of_other_files_says_what_a_dataset_is(tmp_path):
    (tmp_path / "rounds.csv").write_text("id,name\n")

    assert problems(tmp_path) == [
        f"{tmp_path.name}: the folder holds no .toml files; {WHAT}; {NEW}"
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("rounds.csv", b"id,name\n1,x\n"), ("book.xlsx", b"PK\x03\x04\x00"), ("notes", b"# x\ny")],
)
def test_a_file_that_is_no_toml_is_told_as_that(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)

    (problem,) = problems(tmp_path / name)
    assert problem.startswith(f"{name}: not a TOML file ({WHAT}): ")


@pytest.mark.parametrize("name", ["README.md", "talks.txt"])
def test_a_file_of_words_alone_is_no_dataset(tmp_path, name):
    (tmp_path / name).write_text("[negotiation]\n")

    assert problems(tmp_path / name) == [f"{name}: it is not a TOML file: {WHAT}"]


@pytest.mark.skipif(os.name == "nt", reason="links need leave there")
def test_links_that_lead_nowhere_or_in_a_circle_are_told(folder, tmp_path, capsys):
    (tmp_path / "circle.toml").symlink_to(tmp_path / "circle.toml")
    (folder / "gone.toml").symlink_to(tmp_path / "gone")
    (folder / "round.toml").symlink_to(tmp_path / "circle.toml")
    astray = "it is a symbolic link that leads nowhere or in a circle"

    assert problems(folder) == [f"gone.toml: {astray}"]
    (folder / "gone.toml").unlink()
    assert problems(folder) == [f"round.toml: {astray}"]
    assert problems(tmp_path / "circle.toml") == [f"circle.toml: {astray}"]
    assert cli.main(["check", str(tmp_path / "circle.toml")]) == 2
    assert "is a symbolic link that leads nowhere or in a circle" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need leave there")
def test_a_link_to_a_file_is_read(folder, tmp_path):
    (folder / "rounds.toml").rename(tmp_path / "elsewhere.toml")
    (folder / "rounds.toml").symlink_to(tmp_path / "elsewhere.toml")

    assert dataset.load(folder, cached=False).dataset.rounds


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices")
def test_a_device_is_not_opened():
    assert problems(Path("/dev/zero")) == ["zero: it is not a regular file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_or_folder_that_may_not_be_read_is_named(folder):
    (folder / "rounds.toml").chmod(0)
    assert problems(folder) == ["rounds.toml: it cannot be read: Permission denied"]
    folder.chmod(0)
    try:
        assert problems(folder) == ["harbour: it cannot be read: Permission denied"]
    finally:
        folder.chmod(0o700)


# Any order


def shuffled(table, chance):
    """A table with its inner ones in another order, those of one day among themselves as before.

    The clauses of a text stand in the order of the document.
    """
    return {
        key: _other_order(value, chance) if isinstance(value, list) and key != "clause" else value
        for key, value in table.items()
    }


def _other_order(listed, chance):
    if not all(isinstance(item, dict) for item in listed):
        return listed
    days = sorted({_day(item) for item in listed}, key=lambda _: chance.random())
    return [item for day in days for item in listed if _day(item) == day]


def _day(item):
    return str(item.get("on") or item.get("since") or item.get("starts") or "")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["harbour", "shipped"])
def test_dated_entries_may_stand_in_any_order(name, seed, harbour, tmp_path):
    source = harbour if name == "harbour" else dataset.shipped()
    chance = random.Random(seed)
    moved = 0
    for file in source.glob("*.toml"):
        document = tomli.loads(file.read_text("utf-8"))
        other = {
            kind: [shuffled(record, chance) for record in value]
            if isinstance(value, list)
            else value
            for kind, value in document.items()
        }
        moved += other != document
        (tmp_path / file.name).write_text(tomli_w.dumps(other), "utf-8")

    assert moved
    assert (
        dataset.load(tmp_path, cached=False).dataset == dataset.load(source, cached=False).dataset
    )


@pytest.mark.parametrize("name", ["harbour", "shipped"])
def test_a_dataset_that_was_read_has_dated_entries_oldest_first(name, harbour):
    read = dataset.load(harbour if name == "harbour" else dataset.shipped(), cached=False).dataset

    assert in_order(read) == read
    for record in read.records():
        for table in ("statuses", "positions", "steps", "moves", "outcomes", "accounts"):
            days = [day_of(entry) for field, _, entry in entries(record) if field == table]
            assert days == sorted(days)
