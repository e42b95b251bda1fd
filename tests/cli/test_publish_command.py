"""`explorer publish`: what it says, and which of one's own it writes."""

from __future__ import annotations

import json
import os
from datetime import date

import pytest
from tests.conftest import WARM_CACHE

from explorer import cli, dataset
from explorer.dataset.appending import Addition, append


@pytest.fixture(autouse=True)
def _with_warm_cache(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ[WARM_CACHE])


@pytest.fixture
def ran(capsys, tmp_path, dataset_of):
    """Runs the command on a small dataset; what it returned, and said on either stream."""
    path = dataset_of()

    def run(*words):
        code = cli.main(["publish", str(tmp_path / "site"), str(path), "--without-days", *words])
        return code, *capsys.readouterr()

    return run


def test_it_says_how_many_pages_there_are_and_which_to_open(ran, tmp_path):
    code, out, _ = ran()

    assert code == 0
    front = tmp_path / "site" / "index.html"
    assert f"Open {front}" in out
    assert "pages" in out
    assert front.is_file()


def test_it_says_the_same_as_json(ran, tmp_path):
    _, out, _ = ran("--json")

    said = json.loads(out)
    assert said["front"] == str(tmp_path / "site" / "index.html")
    assert said["pages"] == len(list((tmp_path / "site").rglob("*.html")))


def test_a_folder_that_holds_something_else_is_left_alone(ran, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("x")

    code, out, said = ran()

    assert (code, out) == (2, "")
    assert "--force" in said
    assert ran("--force")[0] == 0


def test_a_folder_in_no_folder_is_named(capsys, tmp_path, dataset_of):
    code = cli.main(["publish", str(tmp_path / "no" / "site"), str(dataset_of())])

    assert code == 1
    assert "there is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed", ["talks", "javascript:alert(1)", "https://example.org/?a", "https://me@example.org/"]
)
def test_only_the_place_of_a_site_is_taken_for_one(ran, tmp_path, typed):
    code, _, said = ran("--base-url", typed)

    assert code == 2
    assert "--base-url" in said
    assert not (tmp_path / "site").exists()


def test_what_a_reader_added_is_in_it_and_marked_unless_left_out(
    capsys, tmp_path, harbour, monkeypatch
):
    monkeypatch.setenv("EXPLORER_OVERLAY", str(tmp_path / "mine"))
    added = {
        "id": "post-new",
        "publisher": "Post",
        "title": "New",
        "type": "press",
        "published": date(2031, 6, 1),
    }
    index = dataset.load(harbour, overlays=tmp_path / "mine")
    append(harbour, [Addition("source", added)], overlay=index.additions.folder)
    words = ["publish", str(tmp_path / "site"), str(harbour), "--without-days"]

    assert cli.main(words) == 0
    assert "--overlay off" in capsys.readouterr().err
    assert "✦" in (tmp_path / "site" / "source" / "post-new.html").read_text("utf-8")

    assert cli.main([*words, "--overlay", "off"]) == 0
    assert "✦" not in capsys.readouterr().err
    assert not (tmp_path / "site" / "source" / "post-new.html").exists()


def test_who_stops_it_is_told_what_became_of_it(ran, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    assert ran()[0] == 0
    before = (tmp_path / "site" / "index.html").read_bytes()
    monkeypatch.setattr("explorer.edition.word_index.index_files", stop)
    code, out, said = ran()

    assert (code, out) == (130, "")
    assert "stopped" in said
    assert (tmp_path / "site" / "index.html").read_bytes() == before
