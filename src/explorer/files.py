"""Folders of this user, and files that are written whole or not at all.

A file is written beside its place, flushed to the disk, and only then moved there; then
the folder is flushed too, because until that is done a power cut can undo the move. So a
reader finds the old bytes or the new ones, never a part. Everything made here belongs to
the user alone: folders 0700, files 0600.

Functions raise OSError as the system gave it; `why` and `remedy` put it into words.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from explorer.plain import one_line

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows: there is no lock, and notes rest on their digests alone
    fcntl = None

_PATIENCE = 2.0
_PAUSE = 0.01
_NO_LOCKS = {errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}

# Tells this process from an earlier one that had the same number, as in a container.
_RUN = os.urandom(4).hex()
_PREFIX = ".explorer-"
_SUFFIX = ".tmp"

_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
_BINARY: int = getattr(os, "O_BINARY", 0)
_FOLDER: int = getattr(os, "O_DIRECTORY", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY
# Opening a pipe or a terminal must neither wait nor take it over.
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY

_FREE_SPACE = "Free some space and try again."
_WORDS = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("the disk quota is used up", _FREE_SPACE),
    errno.EROFS: ("the disk can only be read", "Choose a folder on another disk."),
    errno.EACCES: ("permission was refused", "Check the permissions of the file and its folder."),
    errno.EPERM: ("the system does not allow it", "Check who owns the file and its folder."),
    errno.EIO: ("the disk reported an error", "Check the disk, and keep a copy elsewhere."),
    errno.ENOTDIR: ("a file stands where a folder is needed", "Move that file away."),
    errno.ELOOP: ("it is a symbolic link", "Put the file itself in its place."),
    errno.ENOENT: ("it is no longer there", "Try again."),
}


def data_folder() -> Path:
    """Where the user's own work lives, such as notes. Raises OSError when there is no home."""
    import platformdirs

    return _of_user(platformdirs.user_data_path)


def config_folder() -> Path:
    """Where settings live. Raises OSError when there is no home."""
    import platformdirs

    return _of_user(platformdirs.user_config_path)


def cache_folder() -> Path:
    """Where things live that can be made again. Raises OSError when there is no home."""
    import platformdirs

    return _of_user(platformdirs.user_cache_path)


def _of_user(folder: Callable[..., Path]) -> Path:
    """A folder below the user's home; some versions of the library make “~” of none."""
    try:
        path = folder("explorer", appauthor=False)
    except (RuntimeError, KeyError):
        path = Path("~")
    if not path.is_absolute():
        raise FileNotFoundError(errno.ENOENT, "this user has no home folder", str(path))
    return path


def can_write(path: Path) -> bool:
    """Whether a folder may be written to, or made where it is not yet there."""
    for folder in (path, *path.parents):
        if os.path.lexists(folder):
            return os.access(folder, os.W_OK | os.X_OK)
    return False


def digest(data: bytes) -> str:
    """The SHA-256 of bytes in hexadecimal: whether a file is still the one that was read."""
    return hashlib.sha256(data).hexdigest()


def why(error: OSError) -> str:
    """Say what went wrong in the middle of a sentence: “the disk is full”."""
    if error.errno in _WORDS:
        return _WORDS[error.errno][0]
    words = one_line(error.strerror or str(error) or type(error).__name__)
    return words[:1].lower() + words[1:]


def remedy(error: OSError) -> str:
    """What a person can do about it, as a sentence."""
    return _WORDS.get(error.errno or 0, ("", "Try again."))[1]


def read_limited(path: Path, limit: int, *, follow: bool = True) -> bytes:
    """Read an ordinary file of at most `limit` bytes; `follow` allows a symbolic link.

    Raises OSError when it cannot be read, is larger (EFBIG), is a folder (EISDIR), pipe or
    device (EINVAL), or is a link and should not be (ELOOP).
    """
    flags = _TO_READ if follow else _TO_READ | _NO_LINK
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file", str(path))
        data = file.read(limit + 1)
    if len(data) > limit:
        size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
        raise OSError(errno.EFBIG, f"it is larger than {size}", str(path))
    return data


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, for this user only; leave alone what exists.

    Raises OSError.
    """
    if path.is_dir():
        return
    if path.parent != path:
        private_folder(path.parent)
    try:
        path.mkdir(0o700)
    except FileExistsError:
        if path.is_dir():  # another process was quicker
            return
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from None
    with suppress(PermissionError):  # a FAT disk knows no permissions
        path.chmod(0o700)
    sync_folder(path.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in place of a file, whole or not at all; its folder must exist.

    For settings, cache and exports. A symbolic link stays, and its target is replaced.
    Raises OSError, and then the file is as it was, unless only the folder could not be
    flushed.
    """
    place = Path(os.path.realpath(path))
    with temporary(place.parent, data) as new:
        new.replace(place)
    sync_folder(place.parent)


@contextmanager
def temporary(folder: Path, data: bytes) -> Iterator[Path]:
    """Write `data` to a new file in `folder`, safe on the disk, for the caller to move.

    What has not been moved by the end of the block is removed. Raises OSError.
    """
    path = folder / f"{_PREFIX}{os.getpid()}-{_RUN}-{os.urandom(4).hex()}{_SUFFIX}"
    try:
        _write_new(path, data)
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def name_new(new: Path, place: Path) -> bool:
    """Give a file that name too, unless it is taken; say whether it is that file's now.

    A hard link is made or not, whatever others do. On a disk without links the file is
    moved, and only a lock keeps others away. Raises OSError.
    """
    try:
        os.link(new, place)
    except OSError:
        if os.path.lexists(place):
            # Some network disks say that it is taken by the very file.
            return os.path.samestat(new.lstat(), place.lstat())
        new.replace(place)
    return True


def sync_folder(path: Path) -> None:
    """Flush a folder, so that what was moved into it outlives a power cut.

    Raises OSError.
    """
    if os.name == "nt":  # a folder cannot be opened there
        return
    folder = os.open(path, os.O_RDONLY | _FOLDER)
    try:
        with _about(path):
            _sync(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        with suppress(OSError):
            os.close(folder)


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed process left; those of the living stay."""
    with suppress(OSError):  # what may not be read holds nothing of ours that we could remove
        left = [path for path in folder.glob(f"{_PREFIX}*{_SUFFIX}") if _abandoned(path.name)]
        for path in left:
            with suppress(OSError):
                path.unlink()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which is made if need be, for the length of the block.

    Where the disk or the system has no locks, go on without. Raises TimeoutError when
    another process holds it for two seconds, and OSError.
    """
    if fcntl is None:
        yield
        return
    lock = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
    try:
        _wait_for(lock, path)
        yield
    finally:
        # Nothing was written through it: an error here cannot have lost anything.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_UN)
        with suppress(OSError):
            os.close(lock)


def _wait_for(lock: int, path: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                words = "another explorer is busy with it"
                raise TimeoutError(errno.ETIMEDOUT, words, str(path)) from None
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return
            error.filename = str(path)
            raise
        else:
            return


def _write_new(path: Path, data: bytes) -> None:
    file = os.open(path, _NEW_FILE, 0o600)
    try:
        with _about(path):
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            _sync(file)
    finally:
        os.close(file)


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """Name the path in errors that only know the number of an open file."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _sync(file: int) -> None:
    # On macOS fsync stops at the drive's own cache; this goes through it.
    through = getattr(fcntl, "F_FULLFSYNC", None)
    if through is not None:
        with suppress(OSError):  # a network disk may not know it
            fcntl.fcntl(file, through)
            return
    os.fsync(file)


def _abandoned(name: str) -> bool:
    pid, _, rest = name.removeprefix(_PREFIX).partition("-")
    if not pid.isdecimal() or os.name == "nt":  # where signal 0 would end the process
        return False
    if int(pid) == os.getpid():
        return not rest.startswith(_RUN)
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):  # it lives and is another user's, or is no number of ours
        return False
    return False
