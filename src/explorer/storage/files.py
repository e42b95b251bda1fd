"""Files that are written whole or not at all.

A file is written beside its place, flushed to the disk, and only then moved there; then
the folder is flushed too, because until that is done a power cut can undo the move. So a
reader finds the old bytes or the new ones, never a part. A file belongs to the user alone,
but for one that is made in a folder that others share: see `access_in`.

Functions raise OSError as the system gave it; `why` and `remedy` put it into words.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from explorer.storage import processes
from explorer.text.sanitize import one_line
from explorer.values import dataclass

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}

_PREFIX = ".explorer-"
_SUFFIX = ".tmp"

NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)
"""Opens no symbolic link, where the system can do so."""
_BINARY: int = getattr(os, "O_BINARY", 0)
_FOLDER: int = getattr(os, "O_DIRECTORY", 0)
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_LINK | _BINARY
# Opening a pipe or a terminal must neither wait nor take it over.
TO_READ: int = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY

_PATIENCE, _PAUSE = 1.0, 0.02
"""Seconds for which Windows is asked again to move what another program has open, and between."""
_DAY = 24 * 3600

_FREE_SPACE = "Free some space and try again."
_WORDS = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("the disk quota is used up", _FREE_SPACE),
    errno.EROFS: ("the disk can only be read", "Choose a folder on another disk."),
    errno.EACCES: ("permission was refused", "Check the permissions of the file and its folder."),
    errno.EPERM: ("the system does not allow it", "Check who owns the file and its folder."),
    errno.EIO: ("the disk reported an error", "Check the disk, and keep a copy elsewhere."),
    errno.ENOTDIR: ("a file stands where a folder is needed", "Move that file away."),
    errno.EISDIR: ("it is a folder", "Name a file."),
    errno.ELOOP: ("it is a symbolic link", "Put the file itself in its place."),
    errno.ENOENT: ("it is no longer there", "Try again."),
}
_IN_USE = (32, 33)
"""What Windows calls a file that is open, or of which a part is locked."""
_OPEN = ("another program has it open", "Close it there and try again.")
_LONGEST = 259
"""Characters of a path on Windows, where nobody has allowed more."""
_TOO_LONG = (
    "its path is longer than Windows allows",
    "Choose a folder with a shorter path, or allow long paths in the settings of Windows.",
)


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what to a file."""

    mode: int
    group: int


def digest(data: bytes | memoryview) -> str:
    """The SHA-256 of bytes in hexadecimal: whether a file is still the one that was read."""
    import hashlib  # it loads OpenSSL, which nothing needs that the first screen shows

    return hashlib.sha256(data).hexdigest()


def digest_of_path(folder: Path) -> str:
    """The same of where a folder really is: a name for what is kept about it elsewhere."""
    return digest(os.fsencode(os.path.realpath(folder)))


def why(error: OSError) -> str:
    """Say what went wrong in the middle of a sentence: “the disk is full”."""
    if known := _words_for(error):
        return known[0]
    words = one_line(error.strerror or str(error) or type(error).__name__)
    return words[:1].lower() + words[1:]


def remedy(error: OSError) -> str:
    """What a person can do about it, as a sentence."""
    return (_words_for(error) or ("", "Try again."))[1]


def _words_for(error: OSError) -> tuple[str, str] | None:
    if getattr(error, "winerror", None) in _IN_USE:
        return _OPEN
    is_long = sys.platform == "win32" and len(str(error.filename or "")) > _LONGEST
    if is_long and error.errno in (errno.ENOENT, errno.EINVAL, errno.ENAMETOOLONG):
        return _TOO_LONG
    return _WORDS.get(error.errno or 0)


def explained(error: OSError, meanwhile: str = "") -> str:
    """What went wrong, how things stand meanwhile, and what to do: the end of a message."""
    return " ".join(filter(None, (f"{why(error)}.", meanwhile, remedy(error))))


def read_limited(path: Path, limit: int, *, follow: bool = True) -> bytes:
    """Read an ordinary file of at most `limit` bytes; `follow` allows a symbolic link.

    Raises OSError when it cannot be read, is larger (EFBIG), is a folder (EISDIR), pipe or
    device (EINVAL), or is a link and should not be (ELOOP).
    """
    data, _ = read_with_stat(path, limit, follow=follow)
    return data


def read_with_stat(path: Path, limit: int, *, follow: bool = True) -> tuple[bytes, os.stat_result]:
    """The same with what the disk knows of that file. Raises OSError."""
    found = path.stat() if follow else path.lstat()
    # Not even opened: that alone makes some devices act.
    if not (
        stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode) or stat.S_ISLNK(found.st_mode)
    ):
        raise _no_file(path)
    if stat.S_ISDIR(found.st_mode):  # which Windows would not even open
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if stat.S_ISLNK(found.st_mode):  # which Windows would follow
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    flags = TO_READ if follow else TO_READ | NO_LINK
    with open(path, "rb", opener=lambda name, _: os.open(name, flags)) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(path)
        data = file.read(limit + 1)
    if len(data) > limit:
        size = f"{limit // 1024} KB" if limit < 1024 * 1024 else f"{limit // 1024 // 1024} MB"
        raise OSError(errno.EFBIG, f"it is larger than {size}", str(path))
    return data, found


def access_in(folder: Path) -> Access:
    """Who may do what to a new file there: this user alone, unless a group shares the folder.

    A folder that its group may write to, or whose group is handed down, is shared; the
    group may then do to the file what it may do to the folder. One that anybody may write
    to and nobody tidy, such as /tmp, is not. Others never get anything. Raises OSError.
    """
    return Access(mode_within(folder, 0o600) & 0o666, folder.stat().st_gid)


def access_of(path: Path) -> Access:
    """The same for a file that takes the place of this one. Raises OSError."""
    found = path.stat()
    return Access(stat.S_IMODE(found.st_mode) & 0o777, found.st_gid)


def mode_within(folder: Path, own: int) -> int:
    """The permissions of what is made in a folder, from those for this user alone.

    Raises OSError.
    """
    found = folder.stat().st_mode
    if sys.platform == "win32":  # there a folder hands down who may do what, and modes say nothing
        return own
    is_handed_down = found & stat.S_ISGID
    is_shared = is_handed_down or (found & stat.S_IWGRP and not found & stat.S_ISVTX)
    return own | is_handed_down | (found & stat.S_IRWXG) if is_shared else own


def replace_file(path: Path, data: bytes, *, access: Access | None = None) -> None:
    """Put `data` in place of a file, whole or not at all; its folder must exist.

    `access` says who may do what to it, if not this user alone.

    For settings, cache and exports. A symbolic link stays, and its target is replaced.
    Raises OSError, and then the file is as it was, unless only the folder could not be
    flushed.
    """
    place = Path(os.path.realpath(path))
    with temporary(place.parent, data, access=access) as new:
        move(new, place)
    sync_folder(place.parent)


def move(new: Path, place: Path) -> None:
    """Move a file to its place, whatever file is there, or a folder to one that is free.

    Windows refuses that for as long as somebody has either open: a virus scanner, a sync tool
    or another explorer, mostly for a moment, which is waited for. Raises OSError.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            new.replace(place)
        except PermissionError:
            if sys.platform != "win32" or time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)
        else:
            return


@contextmanager
def temporary(
    folder: Path, data: bytes, *, access: Access | None = None, changed: float | None = None
) -> Iterator[Path]:
    """Write `data` to a new file in `folder`, safe on the disk, for the caller to move.

    `access` says who may do what to it, if not this user alone; `changed` when it is to have
    been changed last, if not now. What has not been moved
    by the end of the block is removed. Raises OSError.
    """
    path = folder / f"{_PREFIX}{processes.own_name()}-{os.urandom(4).hex()}{_SUFFIX}"
    try:
        _write_new(path, data, access, changed)
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
        move(new, place)
    return True


def open_folder(path: Path) -> int:
    """Open a folder itself, which Windows cannot. Raises OSError."""
    return os.open(path, os.O_RDONLY | _FOLDER)


def sync_file(path: Path) -> None:
    """Flush a file that another hand than ours has written. Raises OSError."""
    file = os.open(path, os.O_RDWR | NO_LINK | _BINARY)
    try:
        with _about(path):
            _sync(file)
    finally:
        os.close(file)


def sync_folder(path: Path) -> None:
    """Flush a folder, so that what was moved into it outlives a power cut.

    Raises OSError.
    """
    if sys.platform == "win32":  # a folder cannot be opened there
        return
    folder = open_folder(path)
    try:
        with _about(path):
            _sync(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        with suppress(OSError):
            os.close(folder)


def remove_folder(path: Path) -> None:
    """Remove a folder with all that is in it, as far as it can be."""
    import shutil  # it loads what packs files, which nothing needs that the first screen shows

    if sys.platform == "win32":  # where nothing is removed that may only be read
        for found in path.rglob("*"):
            with suppress(OSError):
                found.chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove temporary files that a killed process of this user, on this machine, left.

    Those of the living stay, and those of another machine or user, in a folder that is
    shared. What cannot be looked at or removed stays too.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for name in (entry.name for entry in entries):
            is_temporary = name.startswith(_PREFIX) and name.endswith(_SUFFIX)
            if is_temporary and is_left(folder / name, name.removeprefix(_PREFIX)):
                with suppress(OSError):
                    (folder / name).unlink()


def is_left(path: Path, maker: str) -> bool:
    """Whether what the process of that name made for a moment was left there by it.

    Where the system does not say whether a process has ended, as on Windows, what is a day old is.
    """
    try:
        is_old = time.time() - path.lstat().st_mtime > _DAY
    except OSError:
        return False
    return processes.has_ended(maker, in_doubt=is_old)


def _no_file(path: Path) -> OSError:
    return OSError(errno.EINVAL, "it is not an ordinary file", str(path))


def _write_new(path: Path, data: bytes, access: Access | None, changed: float | None) -> None:
    file = os.open(path, _NEW_FILE, 0o600)
    try:
        with _about(path):
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            # Neither is worth an error: some disks know no permissions, or not that time.
            if access is not None:
                _give(file, access)
            if changed is not None:
                with suppress(OSError, OverflowError):
                    os.utime(file if os.utime in os.supports_fd else path, (changed, changed))
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


def _give(file: int, access: Access) -> None:
    """Let others at an open file as said, if its group can be theirs; else it stays private."""
    if sys.platform == "win32":  # its folder says
        return
    with suppress(OSError):
        if os.fstat(file).st_gid != access.group:
            os.fchown(file, -1, access.group)
        os.fchmod(file, access.mode)


def _sync(file: int) -> None:
    # On macOS fsync stops at the drive's own cache; this goes through it.
    if fcntl is not None and hasattr(fcntl, "F_FULLFSYNC"):
        with suppress(OSError):  # a network disk may not know it
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
            return
    os.fsync(file)
