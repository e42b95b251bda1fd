"""The folders of this user, and folders that are made for this user or for a group.

Functions raise OSError as the system gave it; `files.why` and `files.remedy` put it into words.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.storage import files

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC


_stand_in: Path | None = None
"""What stands in for the user's own folders, but for what can be made again."""


def stand_in(folder: Path) -> None:
    """Have all that is kept from now on be kept here, and nothing of the user's be found.

    For a process that works for somebody else than the user whose it is.
    """
    global _stand_in  # noqa: PLW0603 -- a process works for one person
    _stand_in = folder


def data_folder() -> Path:
    """Where the user's own work lives, such as notes. Raises OSError when there is no home."""
    return _stood_in("data") or _of_user(lambda folders: folders.user_data_path)


def config_folder() -> Path:
    """Where settings live. Raises OSError when there is no home."""
    return _stood_in("config") or _of_user(lambda folders: folders.user_config_path)


def cache_folder() -> Path:
    """Where things live that can be made again. Raises OSError when there is no home."""
    return _of_user(lambda folders: folders.user_cache_path)


def state_folder() -> Path:
    """Where things live that last and are this machine's alone, such as drafts."""
    return _stood_in("state") or _folders().user_state_path


def _stood_in(name: str) -> Path | None:
    return _stand_in / name if _stand_in is not None else None


def _of_user(which: Callable[[PlatformDirsABC], Path]) -> Path:
    """A folder below the user's home; some versions of the library make “~” of none."""
    try:
        path = which(_folders())
    except (RuntimeError, KeyError):
        path = Path("~")
    if not path.is_absolute():
        raise FileNotFoundError(errno.ENOENT, "this user has no home folder", str(path))
    return path


def _folders() -> PlatformDirsABC:
    import platformdirs

    return platformdirs.PlatformDirs("explorer", appauthor=False)


def can_write(path: Path) -> bool:
    """Whether a folder may be written to, or made where it is not yet there."""
    for folder in (path, *path.parents):
        if os.path.lexists(folder):
            return os.access(folder, os.W_OK | os.X_OK)
    return False


def private_folder(path: Path) -> None:
    """Make a folder, and those above it, for this user only; leave alone what exists.

    Raises OSError.
    """
    _make_folder(path, lambda _: 0o700)


def folder_within(path: Path) -> None:
    """Make a folder, and those above it, for whom the folder is that they are made in.

    Leaves alone what exists. Raises OSError.
    """
    _make_folder(path, lambda parent: files.mode_within(parent, 0o700))


def _make_folder(path: Path, mode: Callable[[Path], int]) -> None:
    if path.is_dir():
        return
    if path.parent != path:
        _make_folder(path.parent, mode)
    try:
        path.mkdir(0o700)
    except FileExistsError:
        if path.is_dir():  # another process was quicker
            return
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from None
    with suppress(PermissionError):  # a FAT disk knows no permissions
        path.chmod(mode(path.parent))
    files.sync_folder(path.parent)
