"""What is in an overlay: listed, as a patch for the keeper of the dataset, and tidied."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal, TypedDict

from explorer.dataset import overlay, read
from explorer.dataset.appending import Addition, added, replace_files
from explorer.dataset.insertion import CannotAddError, TomlFile
from explorer.dataset.joining import Aside, Why
from explorer.dataset.problems import DatasetError
from explorer.dataset.text_files import is_text_file
from explorer.dataset.validate import validate_with
from explorer.record.model import KINDS, Ref
from explorer.record.tables import PUBLIC_KEYS, entry_keys
from explorer.storage import files, folders
from explorer.text.json_types import RefText
from explorer.text.sanitize import one_line
from explorer.values import dataclass

TRASH = "trash"
"""The folder within an overlay where files lie as they were before they were tidied."""


class ItemData(TypedDict):
    """A record that a reader added, or an entry for a record of the dataset."""

    ref: RefText
    entry: str | None
    """Of an entry its key; null for a record."""
    state: Why | Literal["joined"]
    """Whether it is joined to the dataset, or why it is not."""
    file: str
    values: dict[str, Any]
    """By the keys of the dataset."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record that a reader added, or an entry for a record of the dataset."""

    ref: Ref
    """The record that it is, or that it belongs to."""
    file: Path
    place: int
    """Which of its kind the table is in that file, from 0."""
    values: Mapping[str, Any]
    entry: tuple[str, int] | None = None
    """Of an entry its key and its place there."""
    why: Why | None = None
    """Why it is not joined to the dataset; None when it is."""

    @property
    def addition(self) -> Addition:
        """What adds it to the dataset."""
        if self.entry is None:
            return Addition(self.ref.kind, self.values)
        return Addition(self.entry[0], self.values, self.ref)

    @property
    def day(self) -> date | str | None:
        """The day from which it was public."""
        return next((self.values[key] for key in PUBLIC_KEYS if key in self.values), None)

    def as_data(self) -> ItemData:
        """The same as plain values for JSON."""
        return {
            "ref": str(self.ref),
            "entry": self.entry[0] if self.entry else None,
            "state": self.why or "joined",
            "file": str(self.file),
            "values": _plain(self.values),
        }


def items(path: Path, own: Path, *, any_size: bool = False) -> list[Item]:
    """What is in the overlay of a dataset. Raises DatasetError when that has problems."""
    texts = overlay.texts(own, any_size=any_size)
    record = read.texts(path, any_size=any_size)
    try:
        _, aside = validate_with(record, texts, lambda _: None)
    except DatasetError as error:
        if any(problem.file in texts for problem in error.problems):
            raise DatasetError(own, error.problems) from None
        raise
    by_place = {(a.origin.file, a.ref.kind, a.origin.place, a.entry): a for a in aside}
    return [
        item
        for file, data in texts.items()
        if not is_text_file(file)
        for item in _items_of(file, TomlFile(file.name, data).tables, by_place)
    ]


def _items_of(
    file: Path, tables: Mapping[str, Any], aside: Mapping[tuple[Any, ...], Aside]
) -> Iterator[Item]:
    for kind, found in tables.items():
        within = entry_keys(KINDS[kind])
        for place, table in enumerate(found if isinstance(found, list) else [found]):
            ref = Ref(kind, str(table["id"]))
            whole = aside.get((file, kind, place, None))
            is_record = any(key != "id" and key not in within for key in table)
            if is_record:
                yield Item(ref, file, place, table, None, whole.why if whole else None)
            if is_record and (whole is None or whole.why != "adopted"):
                continue
            for key in within:
                for nth, values in enumerate(table.get(key, ())):
                    entry = (key, nth)
                    other = aside.get((file, kind, place, entry)) or (None if is_record else whole)
                    why = other.why if other is not None else None
                    yield Item(ref, file, place, values, entry, why)


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
    return value


# A patch


def patch(path: Path, own: Path, *, any_size: bool = False) -> bytes:
    """What would add it to the dataset's files, as a unified diff; empty when there is nothing.

    What the dataset has already, or has otherwise, is left out. Raises DatasetError, and
    ExplorerError when the files let nothing be added.
    """
    before = read.texts(path, any_size=any_size)
    joined = [item for item in items(path, own, any_size=any_size) if item.why is None]
    after, _ = added(path, before, [item.addition for item in joined])
    folder = path if path.is_dir() else path.parent
    changed = {file.name: (before.get(file), text.data) for file, text in after.items()}
    for file, data in overlay.texts(own, any_size=any_size).items():
        if is_text_file(file) and any(item.values.get("file") == file.name for item in joined):
            changed[file.name] = (before.get(folder / file.name), data)
    return b"".join(_difference(name, *both) for name, both in sorted(changed.items()))


def _difference(name: str, before: bytes | None, after: bytes) -> bytes:
    ends = "\t" if " " in name else ""
    old = b"/dev/null" if before is None else f"a/{name}{ends}".encode()
    lines = difflib.diff_bytes(
        difflib.unified_diff,
        _lines(before or b""),
        _lines(after),
        old,
        f"b/{name}{ends}".encode(),
    )
    whole = (line if line.endswith(b"\n") else line + _NO_END for line in lines)
    return b"".join(whole)


_NO_END = b"\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[bytes]:
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


# Tidying


def tidy(path: Path, own: Path, *, any_size: bool = False) -> list[Item]:
    """Take out of an overlay what the dataset has now as it was added; the files go to the trash.

    Raises DatasetError, and ExplorerError when nothing could be changed.
    """
    found = items(path, own, any_size=any_size)
    adopted = [item for item in found if item.why == "adopted"]
    if not adopted:
        return []
    before = overlay.texts(own, any_size=any_size)
    after = {f: TomlFile(f.name, data) for f, data in before.items() if not is_text_file(f)}
    places = {(item.file, item.ref, item.place) for item in adopted}
    for file, ref, place in sorted(places, key=lambda each: (each[0], -each[2])):
        after[file].remove_record(ref.kind, place)
        kept = [i for i in found if (i.file, i.ref, i.place) == (file, ref, place) and not i.why]
        if kept:
            after[file].add_record(ref.kind, {"id": ref.id})
        for item in kept:
            assert item.entry is not None, "a record that is kept is not adopted"
            after[file].add_entry(ref, item.entry[0], item.values)
    changed = {file: text.data for file, text in after.items() if text.data != before[file]}
    _keep_in_trash(own, {file: before[file] for file in changed})
    if not replace_files(own, before, changed):
        raise CannotAddError(f"{one_line(str(own))} is being changed by another program; try again")
    for file, data in changed.items():
        if not data.strip():
            with suppress(OSError):  # an empty file does no harm
                file.unlink()
    return adopted


def _keep_in_trash(own: Path, texts: Mapping[Path, bytes]) -> None:
    """Put copies of files aside. Raises OSError."""
    trash = own / TRASH
    folders.private_folder(trash)
    for file, data in texts.items():
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        files.replace_file(trash / f"{stamp}-{file.name}", data)
