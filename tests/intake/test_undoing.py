"""The last import taken back: the files as they were, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from explorer import opening
from explorer.intake import bringing, incoming, undoing
from explorer.intake.plan import Wishes, planned
from explorer.intake.undoing import CannotUndoError

ROWS = (
    "Milestone,Date,Kind,What happens,Source URL,Source title\n"
    "Count ends,2032-06-01,event,It ends.,https://a.example/x,The count\n"
)


@pytest.fixture
def folder(harbour, tmp_path):
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


def bring(folder, overlay=None, rows=ROWS):
    view = opening.read(folder, None).view
    plan = planned(view, [incoming.understood("m.csv", rows.encode(), ".csv")], Wishes())
    written = bringing.bring(plan, folder, overlay)
    assert bringing.keep_earlier(plan, overlay or folder, written) == ""


def texts(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_came_in_last_is_taken_back_to_the_byte(folder):
    before = texts(folder)
    bring(folder)
    after = texts(folder)
    assert after != before
    bring(folder, rows=ROWS.replace("Count ends", "Count begins"))
    done = undoing.take_back()
    assert done.names == ("m.csv",)
    assert texts(folder) == after  # of two imports only the last
    with pytest.raises(CannotUndoError, match="There is no import"):
        undoing.take_back()


def test_files_that_an_import_made_are_gone_again(folder, tmp_path):
    overlay = tmp_path / "own"
    bring(folder, overlay)
    assert list(overlay.glob("*.toml"))
    assert undoing.take_back().is_own
    assert not list(overlay.glob("*.toml"))


def test_what_was_changed_since_is_left_as_it_is(folder):
    bring(folder)
    file = folder / "milestones.toml"
    file = (
        file
        if file.exists()
        else next(f for f in folder.iterdir() if b"Count ends" in f.read_bytes())
    )
    file.write_bytes(file.read_bytes() + b"# mine\n")
    now = texts(folder)
    with pytest.raises(CannotUndoError, match="was changed since"):
        undoing.take_back()
    assert texts(folder) == now


def test_what_something_rests_on_since_is_not_taken_back(folder):
    bring(folder)
    # A file of its own, which the import did not touch, now names what came in.
    slug = next(
        s.id
        for s in opening.read(folder, None).view.whole.dataset.sources
        if s.title == "The count"
    )
    (folder / "later.toml").write_text(
        '[[milestone]]\nid = "later"\nname = "Later"\non = 2032-06-01\ntype = "event"\n'
        f'text = "Later."\nsources = ["{slug}"]\n'
    )
    now = texts(folder)
    with pytest.raises(CannotUndoError, match="rests on it"):
        undoing.take_back()
    assert texts(folder) == now


@pytest.mark.parametrize("data", [b"{}", b"\xff", b"[" * 100_000, b'{"format": 1, "files": [1]}'])
def test_what_was_kept_is_never_trusted(folder, data):
    bring(folder)
    now = texts(folder)
    (undoing.folder() / "index.json").write_bytes(data)
    with pytest.raises(CannotUndoError, match="cannot be read"):
        undoing.take_back()
    assert texts(folder) == now
