"""Records and entries added to a dataset's files, or to a reader's own overlay of it.

All else in the files stays as it was, to the byte. Several additions are one: all of them are
written, or none. What they would make of the dataset is checked before anything is on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any

from explorer.dataset import read
from explorer.dataset.insertion import CannotAddError, New, TomlFile
from explorer.dataset.joining import Aside, Why
from explorer.dataset.overlay import texts as own_texts
from explorer.dataset.problems import DatasetError, Problem
from explorer.dataset.read import Texts
from explorer.dataset.text_files import is_text_file
from explorer.dataset.toml_writing import cleaned
from explorer.errors import UsageError
from explorer.record import clock, labels
from explorer.record.model import KINDS, PLURALS, Ref
from explorer.record.tables import PUBLIC_KEYS, entry_keys
from explorer.storage import files, folders, locks
from explorer.text.sanitize import one_line
from explorer.values import dataclass

_TRIES = 3
"""How often it is begun anew when the files are changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A record, or a dated entry within one."""

    kind: str
    """What it is by the name of its table: “quote”; of an entry “status”."""
    values: Mapping[str, Any]
    """What it says, by the keys that a person writes; days as dates, or a month as text."""
    within: Ref | None = None
    """The record that an entry belongs to."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was added, and where."""

    files: tuple[Path, ...]
    """The files that were changed or made."""
    refs: tuple[Ref, ...]
    """For each addition the record that it is, or that it belongs to."""
    is_own: bool = False
    """Whether it went to the reader's overlay, and not into the dataset."""
    before: Mapping[Path, bytes] = field(default_factory=dict)
    """What was in those files that there were."""
    after: Mapping[Path, bytes] = field(default_factory=dict)
    """What is in them now."""


def append(
    path: Path,
    additions: Sequence[Addition],
    *,
    overlay: Path | None = None,
    record_ends: date | None = None,
    any_size: bool = False,
) -> Written:
    """Add to the dataset at a path, or to the folder of its overlay when one is given.

    `record_ends` moves the end of the record to that day, for what is later. Raises
    DatasetError, which says what would be wrong with the dataset, and ExplorerError when the
    files do not let anything be added. Then nothing was written.
    """
    if overlay is not None:
        _refuse_what_is_to_come(additions)
    place = path if overlay is None else overlay
    for _ in range(_TRIES):
        record = read.texts(path, any_size=any_size)
        before = record if overlay is None else own_texts(overlay, any_size=any_size)
        try:
            after, refs = added(place, before, additions, makes_places=overlay is not None)
        except CannotAddError:
            _check(record, {} if overlay is None else before)  # what is wrong already says more
            raise
        if record_ends is not None:
            _move_end(after, record_ends)
        changed = {file: text.data for file, text in after.items() if text.data != before.get(file)}
        try:
            if overlay is None:
                _check({**before, **changed}, {})
            else:
                aside = _check(record, {**before, **changed})
                if lost := [one for one in aside if one.ref in refs]:
                    _refuse_what_is_aside(lost, _check(record, before))
        except DatasetError as error:
            raise DatasetError(place, (_unplaced(p, changed) for p in error.problems)) from None
        if replace_files(place, before, changed):
            there = {file: before[file] for file in changed if file in before}
            return Written(tuple(changed), refs, overlay is not None, there, changed)
    raise CannotAddError(f"{one_line(str(place))} is being changed by another program; try again")


def _check(record: Texts, own: Texts) -> Sequence[Aside]:
    """What of an overlay is set aside. Raises DatasetError when the dataset is not valid."""
    from explorer.dataset.validate import validate_with

    return validate_with(record, own, lambda _: None)[1]


def _unplaced(problem: Problem, changed: Texts) -> Problem:
    """A problem without its line, where that is none of the file on the disk."""
    if problem.file not in changed:
        return problem
    return replace(problem, line=0, column=0, end_line=0, end_column=0, source="", others=())


def _refuse_what_is_aside(now: Sequence[Aside], before: Sequence[Aside]) -> None:
    """Raises UsageError for what would not be seen, and was not there before."""
    for one in now:
        if one not in before:
            raise UsageError(_WHY_NOT[one.why].format(kind=one.ref.kind, id=one.ref.id))


_WHY_NOT: Mapping[Why, str] = {
    "adopted": "{kind} “{id}” of the dataset says the very same already",
    "clash": "the dataset has a {kind} “{id}”; choose another id",
    "gone": "there is no {kind} “{id}” to add to",
}


def _refuse_what_is_to_come(additions: Sequence[Addition]) -> None:
    """Raises UsageError for what would not be seen before a day that is to come."""
    today = clock.today()
    for addition in additions:
        days = (addition.values.get(key) for key in PUBLIC_KEYS)
        day = next((day for day in days if isinstance(day, date)), None)
        if day is not None and day > today and addition.kind != "source":
            raise UsageError(
                f"this {addition.kind} would become public on {labels.day(day)}, which is still to "
                "come; say with “announced” or “known” since when it was public"
            )


def added(
    place: Path, before: Texts, additions: Sequence[Addition], *, makes_places: bool = False
) -> tuple[dict[Path, TomlFile], tuple[Ref, ...]]:
    """The files as they are to be, and the records that the additions are or belong to.

    `makes_places` makes a table for a record that has none, in an overlay. Raises ExplorerError.
    """
    texts = {f: TomlFile(f.name, data) for f, data in before.items() if not is_text_file(f)}
    # Many are put into a file at once: it would be read anew for each of them.
    records = [addition for addition in additions if addition.within is None]
    _add_to_files(_record_of(place, texts, addition) for addition in records)
    entries = [addition for addition in additions if addition.within is not None]
    if makes_places:
        _make_places(place, texts, entries)
    _add_to_files(_entry_of(texts, addition) for addition in entries)
    refs = (a.within or Ref(a.kind, str(cleaned(a.values).get("id", ""))) for a in additions)
    return texts, tuple(refs)


def _add_to_files(of: Iterable[tuple[TomlFile, New]]) -> None:
    """Put each table into its file, those of one file together."""
    together: dict[int, tuple[TomlFile, list[New]]] = {}
    for file, new in of:
        together.setdefault(id(file), (file, []))[1].append(new)
    for file, tables in together.values():
        file.add_many(tables)


def _record_of(
    place: Path, texts: dict[Path, TomlFile], addition: Addition
) -> tuple[TomlFile, New]:
    if addition.kind not in PLURALS:
        raise UsageError(f"a record cannot be a “{addition.kind}”")
    values = cleaned(addition.values)
    return _file_for(place, texts, addition.kind), New(None, addition.kind, values)


def _make_places(place: Path, texts: dict[Path, TomlFile], entries: Sequence[Addition]) -> None:
    """Give an overlay a table for each record of the dataset that gets an entry."""
    refs = dict.fromkeys(addition.within for addition in entries if addition.within is not None)
    missing = [ref for ref in refs if _file_of(texts, ref) is None]
    if any(ref.kind == "negotiation" for ref in missing):
        raise CannotAddError("only the dataset itself can say more of the negotiation as a whole")
    _add_to_files(
        (_file_for(place, texts, ref.kind), New(None, ref.kind, {"id": ref.id})) for ref in missing
    )


def _entry_of(texts: Mapping[Path, TomlFile], addition: Addition) -> tuple[TomlFile, New]:
    ref = addition.within
    assert ref is not None, "it is an entry"
    if addition.kind not in entry_keys(KINDS[ref.kind]):
        raise UsageError(f"a {ref.kind} has no “{addition.kind}”")
    file = _file_of(texts, ref)
    if file is None:
        raise UsageError(f"there is no {ref.kind} “{ref.id}” to add to")
    return file, New(ref, addition.kind, cleaned(addition.values))


def _file_of(texts: Mapping[Path, TomlFile], ref: Ref) -> TomlFile | None:
    """The file that has a record."""
    return next((text for text in texts.values() if text.place_of(ref) is not None), None)


def _file_for(place: Path, texts: dict[Path, TomlFile], kind: str) -> TomlFile:
    """The file with most records of a kind; else the only file, or one named for the kind."""
    most = max(texts.values(), key=lambda text: text.has(kind), default=None)
    if most is not None and (most.has(kind) or place.is_file()):
        return most
    named = place / f"{PLURALS[kind]}.toml"
    if named not in texts:
        if named.exists() or named.is_symlink():
            raise CannotAddError(f"{one_line(str(named))} is no file that can be added to")
        texts[named] = TomlFile(named.name, b"")
    return texts[named]


def _move_end(texts: Mapping[Path, TomlFile], day: date) -> None:
    for text in texts.values():
        found = text.tables.get("negotiation")
        if isinstance(found, dict) and isinstance(slug := found.get("id"), str):
            text.set_day(Ref("negotiation", slug), "record_ends", day)


# On the disk.


def replace_files(place: Path, before: Texts, changed: Texts) -> bool:
    """Write all files or none; False when another program changed one of them meanwhile.

    Raises CannotAddError.
    """
    folder = place.parent if place.is_file() else place
    try:
        folders.private_folder(folder)
        with locks.locked(folder):
            if not all(_is_still(file, before.get(file)) for file in changed):
                return False
            _replace(before, changed)
    except OSError as error:
        named = Path(str(error.filename or folder))
        where = one_line(str(folder if named.suffix == ".tmp" else named))
        raise CannotAddError(f"{where}: {files.explained(error, 'Nothing was added.')}") from error
    return True


def _is_still(file: Path, data: bytes | None) -> bool:
    try:
        return file.read_bytes() == data
    except FileNotFoundError:
        return data is None


def _replace(before: Texts, changed: Texts) -> None:
    """Raises OSError, and then the files are as they were."""
    with ExitStack() as held, _undone_on_error(before) as done:
        # All of it is safe on the disk before the first file takes its place.
        new = {
            file: held.enter_context(_temporary(file, data, before))
            for file, data in changed.items()
        }
        for file, temporary in new.items():
            place = file.resolve()
            done.append(file)
            files.move(temporary, place)
            files.sync_folder(place.parent)


@contextmanager
def _temporary(file: Path, data: bytes, before: Texts) -> Iterator[Path]:
    place = file.resolve()
    like = place if file in before else next((f for f in before if f.parent == file.parent), None)
    access = files.access_of(like) if like is not None else files.access_in(place.parent)
    with files.temporary(place.parent, data, access=access) as path:
        yield path


@contextmanager
def _undone_on_error(before: Texts) -> Iterator[list[Path]]:
    """Put files back as they were, when not all of them could be written."""
    done: list[Path] = []
    try:
        yield done
    except OSError:
        for file in done:
            with suppress(OSError):
                if file in before:
                    with _temporary(file, before[file], before) as path:
                        files.move(path, file.resolve())
                else:
                    file.unlink(missing_ok=True)
        raise
