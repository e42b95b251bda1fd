"""A dataset to begin with: that it is one, and that nothing is written over."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset import new_dataset
from explorer.dataset.warning_checks import OF_GROUNDS
from explorer.errors import TakenError, UsageError
from explorer.record.model import Ref

TODAY = date(2026, 2, 28)


def made(folder, name=""):
    new_dataset.make(folder, name, TODAY)
    found, warnings = dataset.check(folder)
    return found, [str(one) for one in warnings if one.check not in (*OF_GROUNDS, "stale-record")]


def test_it_is_valid_and_nothing_in_it_is_doubtful(tmp_path):
    found, warnings = made(tmp_path / "rhine-talks")

    assert warnings == []
    assert (found.negotiation.id, found.negotiation.name) == ("rhine-talks", "Rhine talks")
    assert found.negotiation.record_ends == TODAY


def test_it_has_an_example_of_what_the_panes_and_views_show(tmp_path):
    found, _ = made(tmp_path / "talks")

    kinds = "round delegation delegate issue quote point text figure milestone".split()
    for kind in kinds:
        assert found.of(kind), kind
    (point,) = found.points
    assert {account.stance for account in point.accounts} == {"affirms", "differs"}


def test_something_falls_due_after_today(tmp_path):
    made(tmp_path / "talks")
    index = dataset.load(tmp_path / "talks", cached=False)

    (milestone,) = index.dataset.milestones
    assert milestone.ref == Ref("milestone", "truce-ends")
    assert milestone.on > TODAY


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_it_is_valid_on_any_day(tmp_path, day):
    new_dataset.make(tmp_path / "talks", "", day)

    assert dataset.load(tmp_path / "talks", cached=False)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ('The "long" talks \\ $name', "the-long-talks-name"),
        ("Überfahrt", "uberfahrt"),
        ("谈判", "talks"),
        ("a\nb\x1b[31m", "a-b-31m"),
    ],
)
def test_any_name_makes_a_valid_one(tmp_path, name, slug):
    found, _ = made(tmp_path / "talks", name)

    assert found.negotiation.id == slug
    assert "\n" not in found.negotiation.name


def test_every_file_names_the_schema_beside_it(tmp_path):
    made(tmp_path / "talks")

    for file in (tmp_path / "talks").glob("*.toml"):
        (named,) = [
            line.removeprefix("#:schema ")
            for line in file.read_text("utf-8").splitlines()
            if line.startswith("#:schema ")
        ]
        assert (file.parent / named).is_file()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(TakenError, match="not empty"):
        new_dataset.make(tmp_path, "", TODAY)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_will_do(tmp_path):
    made(tmp_path)

    assert (tmp_path / "negotiation.toml").is_file()


def test_a_file_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "talks").write_text("mine")

    with pytest.raises(TakenError):
        new_dataset.make(tmp_path / "talks", "", TODAY)
    assert (tmp_path / "talks").read_text() == "mine"


def test_what_cannot_be_made_says_why(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UsageError, match="could not be made"):
        new_dataset.make(tmp_path / "file" / "talks", "", TODAY)


@pytest.mark.skipif(sys.platform == "win32", reason="links need leave there")
def test_a_link_that_leads_in_a_circle_is_no_place_for_one(tmp_path):
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    with pytest.raises(UsageError, match="could not be made"):
        new_dataset.make(tmp_path / "circle", new_dataset.named_after(tmp_path / "circle"), TODAY)


def test_a_folder_gives_its_name(tmp_path):
    assert new_dataset.named_after(Path("/x/the_plastics-treaty")) == "The plastics treaty"
