"""Searches and scopes that a person keeps under a name, to hear what is new in each.

    format = 1
    negotiation = "us-china-trade"

    [[watch]]
    name = "Rare earths"
    scope = ["issue:rare-earths"]

    [[watch]]
    name = "What Bessent says of soybeans"
    words = "soybeans speaker:bessent"

A file for each negotiation, in the user's data folder, written whole or not at all, and meant
to be read and changed by hand too. One that cannot be understood is left untouched, and
nothing is saved over it.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.errors import WatchError
from explorer.record.model import Ref
from explorer.storage import files, folders, locks
from explorer.text.folding import fold
from explorer.text.sanitize import one_line, plain, spelled_out
from explorer.values import dataclass

FORMAT = 1
LIMIT = 256 * 1024
"""Most bytes that the file may have."""
_LONGEST_NAME, _LONGEST_WORDS, _MOST_REFS = 80, 500, 100
_MOST = 100
"""How many watches a negotiation may have: each takes a search when something is new."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A search, or a scope, or a search within one."""

    name: str
    words: str = ""
    """What is searched for, as it was typed; nothing when it is a scope alone."""
    scope: tuple[Ref, ...] = ()
    """The records that narrow it."""


Change = Callable[[tuple[Watch, ...]], tuple[Watch, ...]]


class Watches:
    """The file of a negotiation's watches. Its functions raise WatchError."""

    def __init__(self, negotiation: str) -> None:
        self._negotiation = negotiation

    @property
    def path(self) -> Path:
        """Where they are."""
        name = re.sub(r"[^a-z0-9-]", "-", self._negotiation.lower())[:40]
        digest = files.digest(self._negotiation.encode("utf-8", "surrogateescape"))[:16]
        try:
            return folders.data_folder() / "watches" / f"{name}-{digest}.toml"
        except OSError as error:
            raise WatchError(f"They have no place: {files.why(error)}.") from error

    def read(self) -> tuple[Watch, ...]:
        """The watches there are, in the order in which they were kept."""
        try:
            data = files.read_limited(self.path, LIMIT)
        except OSError as error:
            if error.errno == errno.ENOENT:
                return ()
            why = files.explained(error)
            raise WatchError(
                f"Their file {one_line(str(self.path))} cannot be read: {why}"
            ) from error
        try:
            return _understood(data, self._negotiation)
        except (ValueError, RecursionError, MemoryError) as error:
            raise WatchError(
                f"Their file {one_line(str(self.path))} is left untouched, because it cannot be "
                f"understood: {one_line(str(error))[:200]}. Mend or move it."
            ) from error

    def keep(self, watch: Watch) -> tuple[Watch, ...]:
        """Keep one more; its name must be its own."""
        watch = replace(watch, name=_named(watch.name))
        if not (watch.words.strip() or watch.scope):
            raise WatchError("There is nothing to watch: no words, and no scope.")
        if len(watch.words) > _LONGEST_WORDS or len(watch.scope) > _MOST_REFS:
            raise WatchError("This is too much for one watch.")

        def more(watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
            _check_free(watches, watch.name)
            if len(watches) >= _MOST:
                raise WatchError(f"There are {_MOST} already; delete one first.")
            return (*watches, watch)

        return self._changed(more)

    def rename(self, name: str, to: str) -> tuple[Watch, ...]:
        """Give one another name."""
        to = _named(to)

        def renamed(watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
            others = tuple(watch for watch in watches if watch.name != name)
            _check_free(others, to)
            return tuple(replace(w, name=to) if w.name == name else w for w in watches)

        return self._changed(renamed)

    def delete(self, name: str) -> tuple[Watch, ...]:
        """Keep one no more."""
        return self._changed(lambda watches: tuple(w for w in watches if w.name != name))

    def _changed(self, change: Change) -> tuple[Watch, ...]:
        """Read, change and write, while every other explorer waits."""
        try:
            folders.private_folder(self.path.parent)
            with locks.locked(self.path.parent):
                watches = change(self.read())
                files.replace_file(self.path, _composed(watches, self._negotiation))
        except OSError as error:
            raise WatchError(f"It was not kept: {files.explained(error)}") from error
        return watches


def _named(name: str) -> str:
    name = one_line(name)
    if not name:
        raise WatchError("A watch needs a name.")
    if len(name) > _LONGEST_NAME:
        raise WatchError(f"Its name is too long; {_LONGEST_NAME} letters are enough.")
    return name


def _check_free(watches: Iterable[Watch], name: str) -> None:
    if any(fold(watch.name) == fold(name) for watch in watches):
        raise WatchError(f"There is a watch “{name}” already; take another name.")


def _composed(watches: Iterable[Watch], negotiation: str) -> bytes:
    import tomli_w

    tables: list[dict[str, Any]] = []
    for watch in watches:
        table: dict[str, Any] = {"name": watch.name}
        if watch.words:
            table["words"] = watch.words
        if watch.scope:
            table["scope"] = [str(ref) for ref in watch.scope]
        tables.append(table)
    head = tomli_w.dumps({"format": FORMAT, "negotiation": negotiation})
    data = spelled_out("\n".join((head, *(f"[[watch]]\n{tomli_w.dumps(t)}" for t in tables))))
    return data.encode(errors="replace")


def _understood(data: bytes, negotiation: str) -> tuple[Watch, ...]:
    """Raises ValueError, saying in words what is wrong."""
    import tomli

    found = tomli.loads(data.decode("utf-8-sig"))
    if found.get("format") != FORMAT:
        raise ValueError(f"it does not say format = {FORMAT}")
    if found.get("negotiation", negotiation) != negotiation:
        raise ValueError("it is of another negotiation")
    if unknown := sorted(found.keys() - {"format", "negotiation", "watch"}):
        raise ValueError(f"it has “{unknown[0]}”, which is not known here")
    tables = found.get("watch", [])
    if not isinstance(tables, list) or len(tables) > _MOST:
        raise ValueError(f"its watches are no list of [[watch]] of at most {_MOST}")
    watches = tuple(_watch(table) for table in tables)
    names = [fold(watch.name) for watch in watches]
    if len(set(names)) < len(names):
        raise ValueError("two watches have one name")
    return watches


def _watch(table: Any) -> Watch:
    if not isinstance(table, dict) or table.keys() - {"name", "words", "scope"}:
        raise ValueError("a watch has a name, words and a scope, and nothing else")
    name, words, scope = table.get("name", ""), table.get("words", ""), table.get("scope", [])
    if not isinstance(name, str) or not one_line(name):
        raise ValueError("a watch has no name")
    if not isinstance(words, str) or not isinstance(scope, list):
        raise ValueError(f"“{one_line(name)}” needs words as a text and a scope as a list")
    if not words.strip() and not scope:
        raise ValueError(f"“{one_line(name)}” has neither words nor a scope")
    refs: list[Ref] = []
    for text in scope:
        if not isinstance(text, str):
            raise ValueError(f"the scope of “{one_line(name)}” has what is no reference")
        refs.append(Ref.parse(plain(text)))
    return Watch(one_line(name), one_line(words)[:_LONGEST_WORDS], tuple(refs))
