"""Files that are written: private, whole, and swept when a process died."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.notes_elsewhere import name_of_an_ended_process

from explorer.storage import files, processes

posix = pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_digest_is_the_sha_256() -> None:
    assert files.digest(b"").startswith("e3b0c44298fc1c14")
    assert files.digest(b"a") != files.digest(b"b")


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 2048)
    assert files.read_limited(file, 2048) == b"x" * 2048
    with pytest.raises(OSError, match="larger than 1 KB") as caught:
        files.read_limited(file, 1024)
    assert caught.value.errno == errno.EFBIG


@posix
def test_reading_refuses_a_pipe_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="not an ordinary file"):
        files.read_limited(pipe, 10)


@posix
def test_reading_refuses_devices_and_folders(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        files.read_limited(tmp_path, 10)
    with pytest.raises(OSError, match="not an ordinary file"):
        files.read_limited(Path("/dev/zero"), 10)


@posix
def test_reading_follows_a_link_only_when_allowed(tmp_path: Path) -> None:
    link = tmp_path / "link"
    (tmp_path / "file").write_bytes(b"words")
    link.symlink_to("file")
    assert files.read_limited(link, 10) == b"words"
    with pytest.raises(OSError, match="link") as caught:
        files.read_limited(link, 10, follow=False)
    assert files.why(caught.value) == "it is a symbolic link"


@posix
@pytest.mark.usefixtures("open_umask")
def test_a_replaced_file_is_whole_and_private_and_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    files.replace_file(file, b"new" * 100_000)
    assert file.read_bytes() == b"new" * 100_000
    assert mode(file) == 0o600
    assert names_in(tmp_path) == ["file"]


@posix
@pytest.mark.parametrize("name", ["file", "link"])
def test_a_replaced_file_and_then_the_folder_it_is_in_are_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Without the first a power cut leaves half a file, without the second the old one."""
    (tmp_path / "real").mkdir()
    place = tmp_path / "real" / "file"
    (tmp_path / "link").symlink_to(place)
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flush(file: int) -> None:
        found = os.fstat(file)
        is_folder = os.path.samestat(found, place.parent.stat())
        done.append("flush its folder" if is_folder else f"flush {found.st_size} bytes")
        fsync(file)

    def move(new: Path, old: Path) -> None:
        done.append(f"replace {old.name}")
        replace(new, old)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(os, "replace", move)
    monkeypatch.delattr("explorer.storage.files.fcntl.F_FULLFSYNC", raising=False)
    files.replace_file(place if name == "file" else tmp_path / name, b"words")
    assert done == ["flush 5 bytes", "replace file", "flush its folder"]


def test_writing_goes_on_until_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:7]))
    files.replace_file(tmp_path / "file", b"more than seven bytes")
    assert (tmp_path / "file").read_bytes() == b"more than seven bytes"


def test_two_files_can_be_written_at_once(tmp_path: Path) -> None:
    with files.temporary(tmp_path, b"one") as one, files.temporary(tmp_path, b"two") as two:
        assert (one.read_bytes(), two.read_bytes()) == (b"one", b"two")
    assert names_in(tmp_path) == []


@posix
def test_replacing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real/file")
    files.replace_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "file").read_bytes() == b"new"


def test_a_failed_replacement_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files.replace_file(tmp_path / "file", b"new")
    assert files.why(caught.value) == "the disk is full"
    assert files.remedy(caught.value) == "Free some space and try again."
    assert names_in(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_failed_replacement_leaves_no_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    lowest = os.dup(0)
    os.close(lowest)
    for _ in range(3):
        with pytest.raises(OSError, match="Input/output error"):
            files.replace_file(tmp_path / "file", b"new")
        with pytest.raises(IsADirectoryError):
            files.read_limited(tmp_path, 10)
    after = os.dup(0)
    os.close(after)
    assert after == lowest


@posix
def test_a_disk_that_cannot_flush_folders_is_put_up_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_file: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", unknown)
    files.sync_folder(tmp_path)


@posix
def test_sweeping_takes_what_the_dead_left_and_nothing_else(tmp_path: Path) -> None:
    home, pid, began = processes.own_name().split("-")
    elsewhere = "f" * 12
    others = [
        f"{elsewhere}-{pid}-00000001",  # of another machine, or another user
        f"{pid}-00000000",  # as earlier versions called theirs
        "x-y",
        f"{home}-{10**30}-{began}",
    ]
    with files.temporary(tmp_path, b"being written") as mine:
        kept = [".explorer-.tmp", "note.toml", *(f".explorer-{other}-0.tmp" for other in others)]
        left = [
            f".explorer-{name_of_an_ended_process()}-0.tmp",
            f".explorer-{home}-{pid}-00000001-0.tmp",  # had our number before us
        ]
        for name in (*kept, *left):
            (tmp_path / name).touch()
        files.sweep(tmp_path)
        assert names_in(tmp_path) == sorted([mine.name, *kept])


@posix
def test_a_living_process_of_ours_keeps_its_files(tmp_path: Path) -> None:
    script = (
        "import sys; from explorer.storage import processes; "
        "print(processes.own_name(), flush=True); sys.stdin.read()"
    )
    source = str(Path(files.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": source},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as living:
        assert living.stdout is not None
        name = f".explorer-{living.stdout.readline().strip()}-0.tmp"
        (tmp_path / name).touch()
        files.sweep(tmp_path)
        assert names_in(tmp_path) == [name]
        living.communicate("")
    files.sweep(tmp_path)
    assert names_in(tmp_path) == []


def test_where_the_system_does_not_say_who_lives_only_a_lock_can_say_who_is_dead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on Windows: what nothing locks may be a dead session's, but no file is swept."""
    name, home = processes.own_name(), processes._home()
    with monkeypatch.context() as patch:
        patch.setattr(processes, "_home", lambda: home)
        patch.setattr(sys, "platform", "win32")
        found = processes.has_ended(name), processes.has_ended(name, in_doubt=True)
    assert found == (False, True)


def test_where_the_system_does_not_say_who_lives_what_is_a_day_old_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes.own_name()  # which is asked of the system that there is
    left, new = (tmp_path / f".explorer-{processes.own_name()}-{n}.tmp" for n in "12")
    left.touch()
    new.touch()
    os.utime(left, (0, 0))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        files.sweep(tmp_path)
    assert names_in(tmp_path) == [new.name]


@pytest.mark.parametrize(
    ("system", "patience", "is_moved"),
    [("win32", 60.0, True), ("win32", 0.0, False), ("linux", 60.0, False)],
)
def test_what_another_program_has_open_for_a_moment_is_waited_for_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, patience: float, *, is_moved: bool
) -> None:
    new, place = tmp_path / "new", tmp_path / "place"
    new.write_text("new")
    place.write_text("old")
    monkeypatch.setattr(files, "_PATIENCE", patience)
    monkeypatch.setattr(files, "_PAUSE", 0)
    tries = iter(range(9))

    def moved(new: Path, place: Path) -> None:
        if next(tries) < 3:
            raise PermissionError(errno.EACCES, "Access is denied", str(place))
        new.rename(place)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", moved)
        patch.setattr(sys, "platform", system)
        try:
            files.move(new, place)
        except PermissionError:
            assert not is_moved
    assert place.read_text() == ("new" if is_moved else "old")


def test_what_windows_says_of_a_file_in_use_or_of_a_long_path_is_put_into_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = PermissionError(errno.EACCES, "Access is denied")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert files.explained(error) == ("another program has it open. Close it there and try again.")
    long = FileNotFoundError(errno.ENOENT, "No such file or directory", "C:\\" + "x" * 300)
    assert files.why(long) == "it is no longer there"
    monkeypatch.setattr(sys, "platform", "win32")
    assert files.why(long) == "its path is longer than Windows allows"


def test_neither_a_folder_nor_a_link_is_opened_where_the_system_would_do_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("words")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    monkeypatch.setattr(files, "NO_LINK", 0)
    monkeypatch.setattr(os, "open", None)
    with pytest.raises(IsADirectoryError):
        files.read_limited(tmp_path, 100)
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):
        files.read_limited(tmp_path / "link", 100, follow=False)


def test_sweeping_what_cannot_be_looked_into_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "none"):
        files.sweep(folder)
    assert names_in(tmp_path) == ["file"]


def test_words_for_an_unknown_error_are_the_system_s_own_made_safe() -> None:
    assert files.why(OSError(errno.EMFILE, "Too many open files")) == "too many open files"
    assert files.why(OSError("\x1b[31mred")) == "␛[31mred"
    assert files.remedy(OSError("odd")) == "Try again."
