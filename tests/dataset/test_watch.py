"""A dataset that is being written: read again once it rests, whatever lies in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from explorer import dataset
from explorer.dataset import apart, watched
from explorer.dataset.problems import DatasetError
from explorer.dataset.watch import Watch
from explorer.dataset.watched import Watched, look
from explorer.record.index import Index
from explorer.record.model import Ref

PATIENCE = 60.0
"""Seconds before something that is not heard is called a failure."""
FARES = Ref("issue", "fares")


class Heard:
    """What a watch says, in its order."""

    def __init__(self) -> None:
        self._said: SimpleQueue[Index | DatasetError] = SimpleQueue()

    def reads(self, words: str) -> None:
        """How far it is."""

    def read(self, index: Index) -> None:
        self._said.put(index)

    def failed(self, error: DatasetError) -> None:
        self._said.put(error)

    def next(self) -> Any:
        """What is said next, once it is."""
        return self._said.get(timeout=PATIENCE)

    def index(self) -> Index:
        found = self.next()
        assert isinstance(found, Index), found
        return found

    def problems(self) -> str:
        found = self.next()
        assert isinstance(found, DatasetError), found
        return "\n".join(map(str, found.problems))

    @property
    def is_silent(self) -> bool:
        try:
            self._said.get_nowait()
        except Empty:
            return True
        return False


@pytest.fixture(autouse=True)
def _quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes by hand here; and where no process can be started, this one reads."""
    for name in ("_EVERY", "_OFTEN", "_REST", "_STAYS"):
        monkeypatch.setattr(f"explorer.dataset.watch.{name}", 0.01)
    if "with_a_process" not in request.fixturenames:
        monkeypatch.setattr(apart, "_started", lambda *_, **__: None)


@pytest.fixture
def with_a_process() -> None:
    """That another process reads, as it mostly does."""


@contextmanager
def watching(path: Path, overlays: Path | None = None) -> Iterator[Heard]:
    heard = Heard()
    watch = Watch(Watched(path, False, overlays, look(path, overlays)), heard)
    watch.begin()
    try:
        yield heard
    finally:
        watch.stop()


@pytest.fixture
def ferry(dataset_of: Callable[..., Path]) -> Path:
    """A folder of two files."""
    return dataset_of(folder=True)


def edit(file: Path, was: str, becomes: str) -> None:
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), "utf-8")


def replace(file: Path, was: str, becomes: str) -> None:
    """As editors do that write a second file and put it in the place of the first."""
    other = file.with_name(f".{file.name}.swp")
    other.write_text(file.read_text("utf-8").replace(was, becomes), "utf-8")
    other.replace(file)


@pytest.mark.parametrize("write", [edit, replace])
@pytest.mark.usefixtures("with_a_process")
def test_a_file_that_is_saved_is_read_again(ferry: Path, write: Callable[..., None]) -> None:
    with watching(ferry) as heard:
        write(ferry / "base.toml", "What a crossing costs", "What it costs")
        assert heard.index().issue(FARES).summary == "What it costs."
        write(ferry / "base.toml", "What it costs", "The price")
        assert heard.index().issue(FARES).summary == "The price."


def test_a_file_that_is_added_renamed_or_removed_is_noticed(ferry: Path) -> None:
    added = '[[issue]]\nid = "ropes"\nname = "Ropes"\nsummary = "Whose."\nsources = ["gazette"]\n'
    with watching(ferry) as heard:
        (ferry / "new.toml").write_text(added, "utf-8")
        assert Ref("issue", "ropes") in heard.index()
        (ferry / "new.toml").rename(ferry / "new.toml.off")
        assert Ref("issue", "ropes") not in heard.index()
        (ferry / "new.toml.off").rename(ferry / "other.toml")
        assert Ref("issue", "ropes") in heard.index()
        (ferry / "other.toml").unlink()
        assert Ref("issue", "ropes") not in heard.index()


def test_a_dataset_that_is_one_file_is_watched_too(dataset_of: Callable[..., Path]) -> None:
    file = dataset_of()
    with watching(file) as heard:
        replace(file, "What a crossing costs", "What it costs")
        assert heard.index().issue(FARES).summary == "What it costs."


def test_the_file_with_the_words_of_a_text_is_one_of_them(harbour: Path, tmp_path: Path) -> None:
    talks = Path(shutil.copytree(harbour.parent / "conference", tmp_path / "talks"))
    with watching(talks) as heard:
        edit(talks / "first-draft.md", "shall", "should")
        texts = heard.index().dataset.texts
        assert any("should" in clause.words for text in texts for clause in text.clauses)


def test_problems_are_said_and_then_that_they_are_mended(ferry: Path) -> None:
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "began = 2031-01-01", "began = ")
        assert "base.toml:5" in heard.problems()
        edit(ferry / "base.toml", "began = ", "began = 2031-02-01")
        assert heard.index().dataset.negotiation.began.month == 2


def test_what_is_whole_again_a_moment_later_was_never_wrong(
    ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = ferry / "base.toml"
    whole = file.read_text("utf-8")
    halves: list[int] = []
    at_rest = Watch._at_rest

    def written_on(watch: Watch, state: Any) -> Any:
        found = at_rest(watch, state)
        if not halves:  # whoever writes goes on just when all seemed to rest
            halves.append(1)
            stays = Watch._stays

            def mended(watch: Watch, state: Any) -> bool:
                monkeypatch.setattr(Watch, "_stays", stays)
                file.write_text(whole.replace("What a crossing", "All that it"), "utf-8")
                return stays(watch, state)

            monkeypatch.setattr(Watch, "_stays", mended)
        return found

    monkeypatch.setattr(Watch, "_at_rest", written_on)
    with watching(ferry) as heard:
        file.write_text(whole[: len(whole) // 2], "utf-8")
        assert heard.index().issue(FARES).summary == "All that it costs."
        assert heard.is_silent


def test_what_changes_while_it_is_read_is_read_again(
    ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_read = watched_reading(monkeypatch, ferry)
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "What a crossing costs", "First")
        assert heard.index().issue(FARES).summary == "Second."
        assert heard.is_silent
    assert let_read == ["First", "Second"]


def watched_reading(monkeypatch: pytest.MonkeyPatch, ferry: Path) -> list[str]:
    """Change a file once more when the first reading has begun."""
    read: list[str] = []
    let = apart.let_read

    def then_write(process: Any) -> None:
        if read:
            read.append("Second")
        else:
            read.append("First")
            edit(ferry / "base.toml", "First", "Second")
        let(process)

    monkeypatch.setattr(apart, "let_read", then_write)
    return read


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def circle(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 99)


def nothing(path: Path) -> None:
    shutil.rmtree(path.parent)


@pytest.mark.skipif(os.name == "nt", reason="files of POSIX")
@pytest.mark.parametrize(
    ("put", "told"),
    [
        (folder, "it is a folder"),
        (pipe, "it is not a regular file"),
        (circle, "leads nowhere or in a circle"),
        (binary, "UTF-8"),
        (nothing, "there is no such file or folder"),
    ],
)
def test_whatever_takes_the_place_of_a_file_is_said_and_can_be_mended(
    ferry: Path, tmp_path: Path, put: Callable[[Path], None], told: str
) -> None:
    kept = shutil.copytree(ferry, tmp_path / "kept")
    with watching(ferry) as heard:
        put(ferry / "base.toml")
        assert told in heard.problems()
        shutil.rmtree(ferry, ignore_errors=True)
        shutil.copytree(kept, ferry)
        assert FARES in heard.index()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_any_more_is_said(ferry: Path) -> None:
    with watching(ferry) as heard:
        (ferry / "base.toml").chmod(0)
        assert "cannot be read" in heard.problems()
        (ferry / "base.toml").chmod(0o600)
        assert FARES in heard.index()


def test_a_fault_of_the_program_itself_is_a_problem_like_any_other(
    ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> Index:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr("explorer.dataset.watch.load", fails)
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "What a crossing costs", "What it costs")
        assert "cannot be read: by chance" in heard.problems()


def test_who_cannot_take_in_what_was_read_says_so_and_hears_what_comes_next(
    ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Heard.read

    def cannot(heard: Heard, index: Index) -> None:
        monkeypatch.setattr(Heard, "read", take)
        raise ZeroDivisionError

    monkeypatch.setattr(Heard, "read", cannot)
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "What a crossing costs", "What it costs")
        assert "cannot be read: ZeroDivisionError" in heard.problems()
        edit(ferry / "base.toml", "What it costs", "The price")
        assert heard.index().issue(FARES).summary == "The price."


@pytest.mark.usefixtures("with_a_process")
def test_who_leaves_waits_for_nothing_and_nothing_is_left(
    ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    ready = apart.made_ready

    def made_ready(*given: Any, **how: Any) -> Any:
        made.append(ready(*given, **how))
        return made[-1]

    monkeypatch.setattr(apart, "made_ready", made_ready)
    monkeypatch.setattr(apart, "let_read", lambda _: heard.failed(DatasetError(ferry, [])))
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "What a crossing costs", "What it costs")
        heard.next()  # it waits for a word that never comes
    assert made[0].wait(PATIENCE) != 0


@pytest.mark.usefixtures("with_a_process")
def test_a_process_that_is_ready_ends_with_the_one_that_would_let_it_read(ferry: Path) -> None:
    process = apart.made_ready(ferry, any_size=False)
    assert process is not None
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    assert process.stdout.read() == b""
    assert process.wait(PATIENCE) == 0


def test_hidden_files_locks_and_backups_are_none_of_the_dataset(ferry: Path) -> None:
    before = look(ferry)
    for name in (".base.toml.swp", "base.toml~", "#base.toml#", "4913", ".#base.toml"):
        (ferry / name).write_text("anything", "utf-8")
    assert look(ferry) == before
    (ferry / "more.toml").touch()
    assert look(ferry) != before


def test_looking_opens_no_file(ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.open", None)
    monkeypatch.setattr(os, "open", None)
    assert watched.look(ferry)


@pytest.mark.usefixtures("with_a_process")
def test_what_was_read_is_what_the_next_start_finds(ferry: Path) -> None:
    with watching(ferry) as heard:
        edit(ferry / "base.toml", "What a crossing costs", "What it costs")
        read = heard.index()
    assert dataset.load(ferry).key == read.key != ""


def test_what_the_reader_added_is_read_again_with_it_and_its_problems_are_said(
    ferry: Path, tmp_path: Path
) -> None:
    own = tmp_path / "overlays" / "ferry"
    own.mkdir(parents=True)
    added = '[[issue]]\nid = "ropes"\nname = "Ropes"\nsummary = "Whose."\nsources = ["gazette"]\n'
    with watching(ferry, own.parent) as heard:
        (own / "issues.toml").write_text(added, "utf-8")
        assert Ref("issue", "ropes") in heard.index()
        edit(own / "issues.toml", "summary", "sumary")
        assert str(own / "issues.toml") in heard.problems()
        edit(own / "issues.toml", "sumary", "summary")
        assert Ref("issue", "ropes") in heard.index()
