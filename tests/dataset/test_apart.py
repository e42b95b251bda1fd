"""A dataset read by another process: shown while it goes on, and stopped at any moment."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from explorer import dataset
from explorer.dataset import apart, file_state
from explorer.dataset.progress import Progress, Stopped
from explorer.storage import folders


@pytest.fixture
def watched():
    """How far a dataset is read, and the words on it."""
    progress = Progress()
    words: list[str] = []
    progress.say = words.append
    return progress, words


def never():
    raise AssertionError("the other process reads it")


def test_another_process_reads_it_and_says_how_far_it_is(dataset_of, watched):
    progress, words = watched

    index = dataset.load(dataset_of(folder=True), progress=progress)

    assert index.dataset.negotiation.name == "Ferry talks"
    assert words == [
        "Reading base.toml, 1 of 2",
        "Reading more.toml, 2 of 2",
        "Checking 6 records",
        "Finding out what became public when",
        "Keeping it for the next start",
    ]


def test_what_is_kept_needs_no_other_process(dataset_of, watched, monkeypatch):
    path = dataset_of()
    dataset.load(path)
    monkeypatch.setattr(file_state, "_SHORT", -(10**18))
    monkeypatch.setattr(apart, "load", never)

    assert dataset.load(path, progress=watched[0]).dataset.negotiation


def test_problems_come_back_as_they_are_found_here(dataset_of, watched):
    path = dataset_of("[[vessel]]\n[[issue]]\nid = 3\n", folder=True)
    with pytest.raises(dataset.DatasetError) as here:
        dataset.load(path, cached=False)

    with pytest.raises(dataset.DatasetError) as there:
        dataset.load(path, progress=watched[0])

    assert there.value.problems == here.value.problems
    assert str(there.value) == str(here.value)


@pytest.mark.skipif(os.name == "nt", reason="names are of characters there")
def test_a_name_that_is_no_text_comes_through(dataset_of, watched):
    path = dataset_of(folder=True)
    odd = path / os.fsdecode(b"m\xffre.toml")
    (path / "more.toml").rename(odd)
    odd.write_text("[[vessel]]")

    with pytest.raises(dataset.DatasetError) as caught:
        dataset.load(path, progress=watched[0])

    assert caught.value.problems[0].file == odd


def test_words_on_a_file_are_safe_to_show(dataset_of, watched):
    path = dataset_of(folder=True)
    (path / "more.toml").rename(path / "m\x1b[31m\nre.toml")

    dataset.load(path, progress=watched[0])

    assert not any("\x1b" in words or "\n" in words for words in watched[1])


def test_where_nothing_can_be_kept_it_comes_back_all_the_same(dataset_of, watched, own_folders):
    (own_folders / "cache").write_text("a file stands where the folder should be")

    index = dataset.load(dataset_of(), progress=watched[0])

    assert index.dataset.issues[0].name == "Fares"


def test_where_no_process_can_be_started_it_is_read_here(dataset_of, watched, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    assert dataset.load(dataset_of(), progress=watched[0]).dataset.issues


def program(tmp_path, text, monkeypatch) -> None:
    """Another program where Python would be."""
    path = tmp_path / "other"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))


@pytest.mark.skipif(os.name == "nt", reason="a program of the shell")
@pytest.mark.parametrize(
    "text", ["exit 1", "echo nonsense", "echo 7", 'echo "{\\"kept\\": \\"x\\"}"']
)
def test_where_the_process_fails_it_is_read_here(dataset_of, watched, monkeypatch, tmp_path, text):
    program(tmp_path, text, monkeypatch)

    assert dataset.load(dataset_of(), progress=watched[0]).dataset.issues


@pytest.mark.skipif(os.name == "nt", reason="a program of the shell")
def test_what_took_too_much_memory_is_not_tried_again_here(
    dataset_of, watched, monkeypatch, tmp_path
):
    program(tmp_path, "kill -9 $$", monkeypatch)

    with pytest.raises(dataset.DatasetError, match="too little memory"):
        dataset.load(dataset_of(), progress=watched[0])


@pytest.mark.skipif(os.name == "nt", reason="a program of the shell")
def test_it_is_stopped_at_any_moment(dataset_of, monkeypatch, tmp_path):
    program(tmp_path, """echo '{"doing": "Reading for ever"}'; exec sleep 1000""", monkeypatch)
    progress, begun = Progress(), threading.Event()
    progress.say = lambda _: begun.set()
    threading.Thread(target=lambda: (begun.wait(), progress.stop())).start()

    with pytest.raises(Stopped):
        dataset.load(dataset_of(), progress=progress)


def test_what_was_stopped_before_it_began_does_not_begin(dataset_of):
    progress = Progress()
    progress.stop()

    with pytest.raises(Stopped):
        dataset.load(dataset_of(), progress=progress)


def test_nothing_is_imported_from_the_folder_one_is_in(dataset_of, watched, monkeypatch, tmp_path):
    touched = tmp_path / "touched"
    (tmp_path / "json.py").write_text(f"open({str(touched)!r}, 'w')\n")
    (tmp_path / "explorer").mkdir()
    (tmp_path / "explorer" / "__init__.py").write_text(f"open({str(touched)!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)

    dataset.load(dataset_of(), progress=watched[0])

    assert len(watched[1]) > 1
    assert not touched.exists()


def test_no_part_of_what_was_stopped_stays(dataset_of, watched):
    dataset.load(dataset_of(), progress=watched[0])

    left = [path.name for path in (folders.cache_folder() / "datasets").iterdir()]

    assert sorted(Path(name).suffix for name in left) == [".place", ".records"]


# Begun before the app is imported


def test_what_is_new_is_begun_at_once_and_gone_on_with(dataset_of, monkeypatch):
    path = dataset_of()
    progress = dataset.prepare(path)
    monkeypatch.setattr(apart, "begun", never)

    assert dataset.load(path, progress=progress).dataset.issues[0].name == "Fares"


def test_what_is_known_is_not_begun(dataset_of, monkeypatch):
    path = dataset_of()
    monkeypatch.setattr(file_state, "_SHORT", -(10**18))
    dataset.load(path)

    assert dataset.prepare(path).process is None


def test_of_what_is_no_dataset_nothing_is_begun_and_all_is_said_later(tmp_path):
    progress = dataset.prepare(tmp_path)

    assert progress.process is None
    with pytest.raises(dataset.DatasetError, match=r"holds no \.toml files"):
        dataset.load(tmp_path, progress=progress)


def test_what_was_begun_in_vain_is_stopped(dataset_of):
    progress = dataset.prepare(dataset_of())

    progress.stop()

    assert progress.process.wait() < 0
    progress.process.stdout.close()
