"""Locks: one explorer at a time, and none is left by a kill."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.storage import files, locks

posix = pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")

HOLDER = """
import os, sys
from pathlib import Path
from explorer.storage import locks
import filelock
if len(sys.argv) > 2 and os.geteuid() == 0:
    os.setuid(int(sys.argv[2]))
with locks.locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits for no lock."""
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)


@contextmanager
def held_elsewhere(folder: Path, *user: str) -> Iterator[subprocess.Popen[str]]:
    """A folder that another process holds, until it ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder), *user],
        env={**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def is_free(folder: Path) -> bool:
    try:
        with locks.locked(folder):
            return True
    except TimeoutError:
        return False


@pytest.mark.usefixtures("impatient")
def test_what_another_process_holds_is_free_once_it_lets_go(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as process:
        assert not is_free(tmp_path)
        process.communicate("")
        assert process.returncode == 0
        assert is_free(tmp_path)
    assert list(tmp_path.iterdir()) == [], "a folder that others share carries no lock"


@posix
@pytest.mark.usefixtures("impatient")
def test_what_a_killed_process_held_is_free(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as process:
        assert not is_free(tmp_path)
        process.kill()
        process.wait()
        assert is_free(tmp_path)
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.usefixtures("impatient")
def test_a_folder_that_may_only_be_read_is_locked_as_well() -> None:
    # Not below tmp_path, into which another user may not even look.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with held_elsewhere(folder, "65534"):
            assert not is_free(folder)
        assert list(folder.iterdir()) == []
        folder.chmod(0o700)


@posix
def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), locks.locked(tmp_path / "none"):
        pytest.fail("there is nothing to lock")


@pytest.mark.usefixtures("impatient")
def test_a_lock_keeps_others_out_and_lets_the_next_one_in(tmp_path: Path) -> None:
    with locks.locked(tmp_path), pytest.raises(TimeoutError) as caught, locks.locked(tmp_path):
        pytest.fail("two at once")
    assert files.why(caught.value) == "another explorer is busy with it"
    with locks.locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == [], "a folder that others share carries no lock"


@posix
@pytest.mark.usefixtures("impatient")
def test_a_disk_that_locks_no_folders_is_locked_by_a_file_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    flock = fcntl.flock

    def refused(file: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(file).st_mode):
            raise OSError(errno.EBADF, "Bad file descriptor")
        flock(file, operation)

    monkeypatch.setattr("fcntl.flock", refused)
    with locks.locked(tmp_path), pytest.raises(TimeoutError), locks.locked(tmp_path):
        pytest.fail("two at once")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_disk_without_locks_is_put_up_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_file: int, _operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", unknown)
    with locks.locked(tmp_path):
        done = True
    assert done
