"""The tables of all files of a dataset joined, each remembering where it came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.dataset import damaged
from explorer.dataset.checked import Finding
from explorer.dataset.faults import Fault, unknown_table
from explorer.dataset.faulty_rows import id_meant
from explorer.dataset.joining import Aside, Joining
from explorer.dataset.places import Origin, Places
from explorer.dataset.problems import Problem
from explorer.dataset.read import cleaned, parse, unparsed
from explorer.dataset.sync_copies import copies
from explorer.dataset.table_row import Row, Rows
from explorer.dataset.text_files import is_text_file
from explorer.record.model import KINDS, SLUG
from explorer.text.folding import fold
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.dataset.read import Texts


class Tables:
    """The tables of all files joined, each remembering where it came from."""

    def __init__(self, texts: Texts, say: Callable[[str], None], own: Texts) -> None:
        """`own` is what a reader added in files of their own, which is joined to these."""
        first, *others = (file for file in texts if not is_text_file(file))
        self.root = first.parent if others else first
        self.problems: list[Problem] = []
        self.all_read = True
        """Whether of every file at least something could be read."""
        self.is_whole = True
        """Whether nothing of any file was passed over."""
        self.lost_words: set[str] = set()
        """The texts in what was passed over."""
        self.rows: Rows = {kind: [] for kind in KINDS}
        self.aside: Sequence[Aside] = ()
        """What of the reader's own is not joined to the rest."""
        self._places = Places({**texts, **own})
        self._damaged: dict[Path, set[tuple[str, int] | None]] = {}
        self._read_all(texts, say)
        if own and not self.problems:
            record, self.rows = self.rows, {kind: [] for kind in KINDS}
            self._read_all(own, say)
            joining = Joining(record)
            joining.add(self.rows)
            self.rows, self.aside = joining.rows, joining.aside
            for row, path, message in joining.wrong:
                self.problems.append(self.problem(row, path, Fault(message, check="overlay")))

    def _read_all(self, texts: Texts, say: Callable[[str], None]) -> None:
        documents: dict[Path, Mapping[str, Any]] = {}
        for number, (file, data) in enumerate(texts.items(), 1):
            say(f"Reading {one_line(file.name)}, {number} of {len(texts)}")
            if not is_text_file(file) and (document := self._read(file, data)) is not None:
                documents[file] = document
        second = {copy.file: copy for copy in copies(documents)}
        self.problems += (
            Problem(file=file, message=str(copy), check="second-copy")
            for file, copy in second.items()
        )
        for file, tables in documents.items():
            if file not in second:
                self._add(file, tables)

    def _read(self, file: Path, data: bytes) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | Problem = parse(file, data)
        if not isinstance(found, Problem):
            return found
        self.is_whole = False
        if found.check in ("toml", "encoding"):
            found = self._read_around(file, data)
        if not isinstance(found, Problem):
            return found
        self.all_read = False
        if found.message:
            self.problems.append(found)
        return None

    def _read_around(self, file: Path, data: bytes) -> Mapping[str, Any] | Problem:
        """What could be read of a file that is no TOML, whose mistakes are noted."""
        try:
            read = damaged.read(file, data, self._places)
        except (ValueError, RecursionError, MemoryError) as error:
            return unparsed(file, error)
        self.problems += read.problems
        if read.document is None:
            return Problem(file=file, message="")
        self.lost_words |= read.words
        self._damaged[file] = {self._places.record_at(file, byte) for byte in read.lost}
        return cleaned(file, read.document)

    def _add(self, file: Path, document: Mapping[str, Any]) -> None:
        damaged_here = self._damaged.get(file, ())
        for kind, value in document.items():
            top = Origin(file, 0)
            if kind not in KINDS:
                self._complain(top, kind, unknown_table(kind))
                self.lost_words |= set(texts_in(value))
            elif kind == "negotiation" and isinstance(value, dict):
                if self.rows[kind]:
                    message, hint = "[negotiation] may stand only once", "take out one of the two"
                    self._complain(top, kind, Fault(message, hint, check="table-form"))
                self.rows[kind].append(Row(kind, top, value, (kind, 0) in damaged_here))
            elif kind != "negotiation" and isinstance(value, tuple):
                for place, written in enumerate(value):
                    row, is_assumed = _published(written) if kind == "quote" else (written, False)
                    is_damaged = (kind, place) in damaged_here
                    origin = Origin(file, place)
                    self.rows[kind].append(Row(kind, origin, row, is_damaged, is_assumed))
            elif kind != "negotiation" and _has_entries_alone(value):
                entry = f"[[{kind}.{next(iter(value))}]]"
                hint = "an entry belongs to the record that stands above it in the same file"
                fault = Fault(f"{entry} stands below no [[{kind}]]", hint, check="table-form")
                self._complain(top, kind, fault)
            else:
                wanted = f"[{kind}]" if kind == "negotiation" else f"[[{kind}]]"
                fault = Fault(f"“{kind}” must be written as {wanted}", check="table-form")
                self._complain(top, kind, fault)
                self.lost_words |= set(texts_in(value))
                if kind == "negotiation" and isinstance(value, tuple) and not self.rows[kind]:
                    self.rows[kind] += (Row(kind, top, one) for one in value[:1])

    def _complain(self, origin: Origin, kind: str, fault: Fault) -> None:
        where = self._places.where(origin, kind, (), fault.marks)
        self.problems.append(_problem(origin.file, fault, **where))

    def ids(self) -> Mapping[str, set[str]]:
        """The ids written, faulty records' too, so that one fault is reported once."""
        found = {
            kind: {str(row.value.get("id")) for row in of if isinstance(row.value, dict)}
            for kind, of in self.rows.items()
        }
        # Whoever names a record by the id that it ought to have is not wrong as well.
        return {
            kind: ids.union(id_meant(slug) for slug in ids if not re.fullmatch(SLUG, slug))
            for kind, ids in found.items()
        }

    def named(self) -> Mapping[tuple[str, str], str]:
        """The ids of records by their kind and name, which some write where the id belongs."""
        return {
            (kind, fold(name).strip()): slug
            for kind, of in self.rows.items()
            for row in of
            if isinstance(row.value, dict) and isinstance(slug := row.value.get("id"), str)
            for key in ("short", "name")
            if isinstance(name := row.value.get(key), str) and name.strip()
        }

    def nameless(self) -> set[str]:
        """The kinds of which a record has an id that could not be read."""
        return {
            kind
            for kind, of in self.rows.items()
            if any(row.is_damaged and "id" not in row.value for row in of)
        }

    def problem(self, row: Row, path: Sequence[str | int], fault: Fault | Finding) -> Problem:
        """A problem with a record, or with a key within it, where it stands."""
        marks = fault.marks if isinstance(fault, Fault) else "value"
        origin, there = row.written_at(path)
        where = self._places.where(origin, row.kind, there, marks)
        return _problem(origin.file, fault, record=row.title, field=_spoken(path), **where)

    def place_of(self, row: Row, other: Row, key: str) -> str:
        """Where a key of a record stands, for who reads of it at another: “, on line 12”."""
        origin, there = row.written_at((key,))
        line = self._places.where(origin, row.kind, there).get("line", 0)
        parts = [] if origin.file == other.origin.file else [f"in {one_line(origin.file.name)}"]
        parts += [f"on line {line}"] if line else []
        return f", {' '.join(parts)}" if parts else ""


def texts_in(value: Any) -> Iterator[str]:
    """The texts within a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inner)


def _has_entries_alone(value: Any) -> bool:
    """Whether a table has no key of its own, so that only those within it have headers."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(inner, tuple) for inner in value.values())
        and all(isinstance(one, dict) for inner in value.values() for one in inner)
    )


def _published(quote: Any) -> tuple[Any, bool]:
    """A quote with the day it became public, and whether that had to be assumed."""
    if isinstance(quote, dict) and "published" not in quote and "said" in quote:
        return quote | {"published": quote["said"]}, True
    return quote, False


def _problem(file: Path, fault: Fault | Finding, **more: Any) -> Problem:
    return Problem(
        file=file,
        message=fault.message,
        hint=fault.hint,
        suggestion=fault.suggestion,
        check=fault.check,
        **more,
    )


def _spoken(path: Sequence[str | int]) -> str:
    """`("variant", 1, "text")` as “variant 2, text”."""
    words = ""
    for part in path:
        words += f" {part + 1}" if isinstance(part, int) else f", {part}"
    return words.removeprefix(", ")
