"""What every record of a dataset looked like when it was seen, kept between visits.

One file for each place of a dataset, in the state folder: private, safe to delete, and read
by any later version of the program. It is a database of SQLite, so that a record can be
marked without writing a hundred thousand others anew, a kill leaves the old state or the
new one, and two explorers take turns. What is found in it is only ever shown or compared;
one that is damaged, or of another format, is begun anew.
"""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from explorer.record.model import Ref
from explorer.storage import files, folders, locks
from explorer.values import dataclass

FORMAT = 1
"""Of the file, and of the forms in it: another one is begun anew."""
_LARGEST = 8 << 20
"""Bytes of a form that are read at most."""
_KEPT, _ROOM = 16, 1 << 29
"""How many places are remembered, and the bytes they may take together."""
_PATIENCE = 5.0
"""Seconds to wait for another explorer that writes."""
_HINT = 8_000
"""Bytes of typical forms that the packing of each begins with: alone each is too short."""
_ENDS = ".seen"

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE seen (
    ref TEXT PRIMARY KEY, digest BLOB NOT NULL, public INTEGER NOT NULL, form BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE pending (ref TEXT PRIMARY KEY, fate TEXT NOT NULL, was TEXT) WITHOUT ROWID;
"""


class Unusable(Exception):  # noqa: N818 -- it says what the memory is
    """Nothing can be remembered now: the disk refuses, or another explorer is busy."""


@dataclass(frozen=True, slots=True)
class SeenForm:
    """One record as it was seen."""

    text: str
    """Its plain form, as text."""
    public: int
    """The day, by number, on which it was public."""


class Memory:
    """An open memory. All that is done to it between `begin` and `commit` is done or not."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._hint = b""

    # What was looked at.

    @property
    def about(self) -> Mapping[str, str]:
        """What is known of it: the key of the files, and the day of the last visit."""
        rows = self._database.execute("SELECT name, value FROM about WHERE name != 'hint'")
        return {str(name): str(value) for name, value in rows}

    def note(self, **about: str) -> None:
        """Note what is known of it."""
        self._database.executemany("REPLACE INTO about VALUES (?, ?)", about.items())

    @property
    def since(self) -> date | None:
        """The last day on which nothing was left to see; None when nothing was ever seen."""
        with suppress(ValueError):
            return date.fromisoformat(self.about.get("since", ""))
        return None

    # The forms.

    def digests(self) -> dict[str, bytes]:
        """A digest of each record that was seen, by its reference."""
        return dict(self._database.execute("SELECT ref, digest FROM seen"))

    def form(self, ref: str) -> SeenForm | None:
        """A record as it was seen; None when it was not, or what is kept is damaged."""
        row = self._database.execute("SELECT form, public FROM seen WHERE ref = ?", (ref,))
        found = row.fetchone()
        with suppress(zlib.error, TypeError, ValueError):
            if found is not None:
                unpacking = zlib.decompressobj(zdict=self._dictionary())
                text = unpacking.decompress(found[0], _LARGEST).decode()
                return SeenForm(text, int(found[1]))
        return None

    def keep(self, forms: Iterable[tuple[Ref, str, int]]) -> None:
        """Keep what records look like, each with the day on which it was public."""
        rows = ((str(ref), digest(text), day, self._packed(text)) for ref, text, day in forms)
        self._database.executemany("REPLACE INTO seen VALUES (?, ?, ?, ?)", rows)

    def forget(self, refs: Iterable[str]) -> None:
        """Forget records that are no more."""
        self._database.executemany("DELETE FROM seen WHERE ref = ?", ((ref,) for ref in refs))

    def set_hint(self, texts: Iterable[str]) -> None:
        """Say what forms are typically like, before any is kept."""
        sample = "".join(texts).encode(errors="replace")[:_HINT]
        self._database.execute("REPLACE INTO about VALUES ('hint', ?)", (sample,))
        self._hint = sample

    def _dictionary(self) -> bytes:
        if not self._hint:
            row = self._database.execute("SELECT value FROM about WHERE name = 'hint'").fetchone()
            if row is None or not isinstance(row[0], bytes):
                raise ValueError("it has lost what its forms are packed with")
            self._hint = row[0] or b" "
        return self._hint

    def _packed(self, text: str) -> bytes:
        packing = zlib.compressobj(6, zlib.DEFLATED, zdict=self._dictionary())
        return packing.compress(text.encode(errors="replace")) + packing.flush()

    # What was found new, and is not seen yet.

    def pending(self) -> list[tuple[str, str, str | None]]:
        """Each record that is to be seen: its reference, its fate, and what it was called."""
        return [*self._database.execute("SELECT ref, fate, was FROM pending")]

    def set_pending(self, items: Iterable[tuple[str, str, str | None]]) -> None:
        """Note what is to be seen, in the place of what was noted before."""
        self._database.execute("DELETE FROM pending")
        self._database.executemany("INSERT INTO pending VALUES (?, ?, ?)", items)

    def drop_pending(self, refs: Iterable[str]) -> None:
        """Note that some were seen."""
        self._database.executemany("DELETE FROM pending WHERE ref = ?", ((r,) for r in refs))


def digest(text: str) -> bytes:
    """A few bytes that are others for another form."""
    import hashlib

    return hashlib.blake2b(text.encode(errors="replace"), digest_size=12).digest()


@contextmanager
def opened(negotiation: str, place: str) -> Iterator[Memory]:
    """The memory of a dataset in a place; what is done to it is done when the block ends.

    One that is new begins with what was seen last of the same negotiation elsewhere: a folder
    may be moved, and a release be installed anew. Raises Unusable.
    """
    try:
        path = _path(negotiation, place)
        with closing(_connected(path)) as database:
            database.execute("BEGIN IMMEDIATE")  # another explorer waits until this is over
            yield Memory(database)
            database.commit()
    except sqlite3.OperationalError as error:
        raise Unusable(str(error)) from error
    except sqlite3.DatabaseError as error:
        with suppress(OSError):  # what is damaged is begun anew at the next visit
            path.unlink(missing_ok=True)
        raise Unusable(str(error)) from error
    except OSError as error:
        raise Unusable(files.why(error)) from error


def _path(negotiation: str, place: str) -> Path:
    """The file of a place. Raises OSError."""
    name = re.sub(r"[^a-z0-9-]", "-", negotiation.lower())[:40]
    folder = folders.state_folder() / "seen" / f"{name}-{_short(negotiation)}"
    folders.private_folder(folder)
    path = folder / f"{_short(place)}{_ENDS}"
    if not os.path.lexists(path):
        with locks.locked(folder):
            if not os.path.lexists(path):  # another explorer was not quicker
                _begin_from_elsewhere(path)
        _tidy(folder.parent, path)
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FileExistsError(f"{path} is no ordinary file")
    return path


def _short(text: str) -> str:
    return files.digest(text.encode("utf-8", "surrogateescape"))[:16]


def _begin_from_elsewhere(path: Path) -> None:
    """Make the file, with what was seen last in another place."""
    others = sorted(path.parent.glob(f"*{_ENDS}"), key=lambda other: -other.stat().st_mtime)
    data = b""
    for other in others[:1]:
        with closing(_connected(other)) as database:
            data = database.serialize() if hasattr(database, "serialize") else b""
    files.replace_file(path, data)  # for this user alone


def _tidy(folder: Path, kept: Path) -> None:
    """Throw away what was not used for longest, beyond what may be kept."""
    found = sorted(folder.glob(f"*/*{_ENDS}"), key=lambda path: -path.stat().st_mtime)
    room = _ROOM
    for number, path in enumerate(found):
        room -= path.stat().st_size
        if path != kept and (number >= _KEPT or room < 0):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError."""
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != FORMAT:
            _begin_anew(database)
    except BaseException:
        database.close()
        raise
    return database


def _begin_anew(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version != FORMAT:  # unless another explorer was quicker
        for name, kind in _objects(database):
            database.execute(f'DROP {kind} IF EXISTS "{name}"')
        for table in filter(str.strip, _TABLES.split(";")):
            database.execute(table)
        database.execute(f"PRAGMA user_version = {FORMAT}")
    database.commit()


def _objects(database: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = database.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
    named = [(str(name), str(kind)) for name, kind in rows]
    return [(n, k) for n, k in named if '"' not in n and not n.startswith("sqlite_")]
