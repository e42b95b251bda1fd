"""Where what a visitor writes is kept: apart from the host's own, and from other visitors'."""

from __future__ import annotations

import hashlib
import re
import secrets
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from explorer.storage import files, folders

Kept = Literal["apart", "off", "mine"]
"""Each visitor's notes apart, none at all, or those of whoever serves."""

_TOKEN = re.compile(r"[0-9a-f]{32}")
_WRITTEN = ("notes", "data", "state/drafts", "state/additions")
"""What is of a visitor's own making, and is never thrown away."""


def new_token() -> str:
    """A name for a visitor, which nobody can guess."""
    return secrets.token_hex(16)


def is_token(text: str) -> bool:
    """Whether something may be such a name."""
    return _TOKEN.fullmatch(text) is not None


class VisitorHomes:
    """Has a folder for each visitor who is there, and for those who wrote something."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._there: Counter[Path] = Counter()

    @staticmethod
    def place() -> Path:
        """The folder of all visitors. Raises OSError when this user has no home folder."""
        return folders.data_folder() / "visitors"

    @contextmanager
    def home(self, token: str) -> Iterator[Path | None]:
        """The folder that stands in for a visitor's own; None when that is the host's own.

        Raises OSError.
        """
        if self.kept == "mine":
            yield None
            return
        if self.kept == "off":
            with tempfile.TemporaryDirectory(
                prefix="explorer-visitor-", ignore_cleanup_errors=True
            ) as folder:
                yield Path(folder)
            return
        # What lies on the disk does not say by which name a visitor is known.
        home = self.place() / hashlib.sha256(token.encode()).hexdigest()[:32]
        folders.private_folder(home)
        self._there[home] += 1
        try:
            yield home
        finally:
            self._there[home] -= 1
            if not self._there[home] and not _has_written(home):
                files.remove_folder(home)


def _has_written(home: Path) -> bool:
    return any(file.is_file() for part in _WRITTEN for file in (home / part).rglob("*"))
