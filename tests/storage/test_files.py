"""Folders and files of the user: private, whole, and swept when a process died."""

from __future__ import annotations

import errno
import os
import stat
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


def test_importing_makes_no_folder_and_loads_no_helper(tmp_path: Path) -> None:
    source = str(Path(files.__file__).parents[2])
    script = "import sys, explorer.storage.files; print('platformdirs' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"HOME": str(tmp_path), "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
    assert names_in(tmp_path) == []


def test_folders_of_the_user_bear_the_name_of_the_app() -> None:
    found = [files.data_folder(), files.config_folder(), files.cache_folder()]
    assert all("explorer" in folder.parts for folder in found)


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
def test_every_level_of_a_private_folder_is_private(tmp_path: Path) -> None:
    files.private_folder(tmp_path / "one" / "two" / "three")
    assert [mode(tmp_path / level) for level in ("one", "one/two", "one/two/three")] == [0o700] * 3


@posix
def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)
    files.private_folder(tmp_path / "shared" / "mine")
    files.private_folder(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o755


def test_a_file_in_the_way_of_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    for path in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(NotADirectoryError) as caught:
            files.private_folder(path)
        assert files.why(caught.value) == "a file stands where a folder is needed"
    assert (tmp_path / "taken").read_text() == "mine"


@posix
@pytest.mark.usefixtures("open_umask")
def test_a_replaced_file_is_whole_and_private_and_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    files.replace_file(file, b"new" * 100_000)
    assert file.read_bytes() == b"new" * 100_000
    assert mode(file) == 0o600
    assert names_in(tmp_path) == ["file"]


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


def test_sweeping_what_cannot_be_looked_into_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "none"):
        files.sweep(folder)
    assert names_in(tmp_path) == ["file"]


@posix
@pytest.mark.parametrize(
    ("folder", "inside", "file"),
    [
        (0o700, 0o700, 0o600),
        (0o755, 0o700, 0o600),
        (0o1777, 0o700, 0o600),
        (0o770, 0o770, 0o660),
        (0o775, 0o770, 0o660),
        (0o2750, 0o2750, 0o640),
        (0o2775, 0o2770, 0o660),
        (0o3770, 0o2770, 0o660),
    ],
    ids=oct,
)
@pytest.mark.usefixtures("open_umask")
def test_what_is_made_in_a_shared_folder_is_for_its_group(
    tmp_path: Path, folder: int, inside: int, file: int
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(folder)
    files.folder_within(shared / "one" / "two")
    for made in (shared / "one", shared / "one" / "two"):
        assert made.stat().st_mode & 0o7777 == inside
    with files.temporary(shared, b"", access=files.access_in(shared)) as new:
        assert mode(new) == file


def test_a_lock_keeps_others_out_and_lets_the_next_one_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if files.fcntl is None:
        pytest.skip("no locks here")
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    with files.locked(tmp_path), pytest.raises(TimeoutError) as caught, files.locked(tmp_path):
        pytest.fail("two at once")
    assert files.why(caught.value) == "another explorer is busy with it"
    with files.locked(tmp_path):
        pass
    assert names_in(tmp_path) == [], "a folder that others share carries no lock"


@posix
def test_a_disk_that_locks_no_folders_is_locked_by_a_file_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flock = files.fcntl.flock

    def refused(file: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(file, operation)

    monkeypatch.setattr(files.fcntl, "flock", refused)
    monkeypatch.setattr(files, "_PATIENCE", 0.0)
    with files.locked(tmp_path), pytest.raises(TimeoutError), files.locked(tmp_path):
        pytest.fail("two at once")
    assert names_in(tmp_path) == []


@posix
def test_a_disk_without_locks_is_put_up_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_file: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files.fcntl, "flock", unknown)
    with files.locked(tmp_path):
        done = True
    assert done


def test_words_for_an_unknown_error_are_the_system_s_own_made_safe() -> None:
    assert files.why(OSError(errno.EMFILE, "Too many open files")) == "too many open files"
    assert files.why(OSError("\x1b[31mred")) == "␛[31mred"
    assert files.remedy(OSError("odd")) == "Try again."
