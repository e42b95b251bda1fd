"""The formats in which the record goes out. A format is one module here, and one line in FORMATS.

What `--format` takes, what the end of a name means, and what help and palette say follow from that
line. A module has one function, by the shape of what it writes: see the three protocols.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, cast

from explorer.errors import UsageError
from explorer.exports.record_tables import tables
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line
from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.exports.exported import Exported

Shape = Literal["file", "binary", "folder"]


class FileModule(Protocol):
    """What the module of a format has that is one file of text."""

    def pieces(self, exported: Exported, /) -> Iterator[str]:
        """The text, bit by bit. Raises UsageError when there is nothing that could go into it."""

    def is_ours(self, beginning: bytes, /) -> bool:
        """Whether a file that begins so was written here."""


class BinaryModule(Protocol):
    """What the module of a format has that a program writes itself, into an empty file."""

    def fill(self, exported: Exported, path: Path, /) -> None:
        """Write it there. Raises ExportError."""

    def is_ours(self, beginning: bytes, /) -> bool:
        """The same."""


class FolderModule(Protocol):
    """What the module of a format has that is several files."""

    def fill(self, exported: Exported, folder: Path, /) -> None:
        """Write them into an empty folder."""

    def files_of(self, folder: Path, /) -> tuple[str, ...] | None:
        """The files of an export that a folder has; None when it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """One format, without its code."""

    name: str
    """What `--format` calls it."""
    label: str
    """What people call it."""
    what: str
    """What goes into it."""
    endings: tuple[str, ...]
    """How the names of its files end, the usual one first; nothing for a folder."""
    module: str
    shape: Shape = "file"
    is_scoped: bool = False
    """Whether it can be of a scope; the others are of the whole record, whose keys lead on."""
    has_own: bool = False
    """Whether it can be without what the reader added; elsewhere that goes along, marked."""
    has_notes: Literal["never", "asked", "always"] = "never"
    """Whether it has the reader's notes: not at all, when that is asked for, or nothing else."""

    @property
    def of_file(self) -> FileModule:
        return cast("FileModule", self._code)

    @property
    def of_binary(self) -> BinaryModule:
        return cast("BinaryModule", self._code)

    @property
    def of_folder(self) -> FolderModule:
        return cast("FolderModule", self._code)

    @property
    def _code(self) -> object:
        """Its code, which nothing needs before something is written."""
        return import_module(f"explorer.exports.{self.module}")


FORMATS = (
    ExportFormat(
        name="csv",
        label="CSV",
        what="a folder of tables, with a Frictionless data package",
        endings=("",),
        module="csv_package",
        shape="folder",
        has_own=True,
        has_notes="asked",
    ),
    ExportFormat(
        name="sqlite",
        label="SQLite",
        what="one database, for Datasette and SQL",
        endings=(".sqlite", ".sqlite3", ".db"),
        module="sqlite_database",
        shape="binary",
        has_own=True,
        has_notes="asked",
    ),
    ExportFormat(
        name="xlsx",
        label="Excel workbook",
        what="a sheet for each table",
        endings=(".xlsx",),
        module="workbook_file",
        shape="binary",
        has_own=True,
        has_notes="asked",
    ),
    ExportFormat(
        name="jsonl",
        label="JSON Lines",
        what="every record, a line each",
        endings=(".jsonl", ".ndjson"),
        module="json_lines",
        is_scoped=True,
        has_own=True,
        has_notes="asked",
    ),
    ExportFormat(
        name="csl",
        label="CSL-JSON",
        what="the sources, for Zotero and pandoc",
        endings=(".json",),
        module="csl_file",
        is_scoped=True,
        has_own=True,
    ),
    ExportFormat(
        name="bib",
        label="BibLaTeX",
        what="the sources, for LaTeX, Zotero and pandoc",
        endings=(".bib",),
        module="bib_file",
        is_scoped=True,
        has_own=True,
    ),
    ExportFormat(
        name="bibtex",
        label="BibTeX",
        what="the sources, for older styles of LaTeX",
        endings=(".bibtex",),
        module="bibtex_file",
        is_scoped=True,
        has_own=True,
    ),
    ExportFormat(
        name="ris",
        label="RIS",
        what="the sources, for EndNote, Mendeley and Zotero",
        endings=(".ris",),
        module="ris_file",
        is_scoped=True,
        has_own=True,
    ),
    ExportFormat(
        name="ics",
        label="iCalendar",
        what="rounds and deadlines, for a calendar",
        endings=(".ics",),
        module="calendar_file",
        is_scoped=True,
        has_own=True,
    ),
    ExportFormat(
        name="qdc",
        label="REFI-QDA codebook",
        what="the tags of your notes, as codes",
        endings=(".qdc",),
        module="codebook",
        is_scoped=True,
        has_notes="always",
    ),
    ExportFormat(
        name="annotations",
        label="W3C Web Annotations",
        what="your notes",
        endings=(".jsonld",),
        module="annotation_file",
        is_scoped=True,
        has_notes="always",
    ),
)
"""All formats, in the order in which help lists them."""

ONE_TABLE = ExportFormat(
    name="csv",
    label="CSV",
    what="one table",
    endings=(".csv",),
    module="csv_table",
    is_scoped=True,
    has_own=True,
    has_notes="asked",
)
"""CSV again, of one table and so one file."""

OUTPUT = "-"
"""What stands for the output in the place of a name."""


def named(name: str) -> ExportFormat:
    """A format by its name."""
    return next(known for known in FORMATS if known.name == name)


def by_ending() -> Mapping[str, ExportFormat]:
    """The formats by how the names of their files end."""
    return {ending: known for known in FORMATS for ending in known.endings if ending}


def chosen(path: str, name: str | None, table: str | None) -> tuple[ExportFormat, str]:
    """The format that is meant, and the table, if it is of one.

    By its name, else by the end of the path's. `quotes.csv` is the table of that name. Raises
    UsageError, with what could be said instead.
    """
    ending = "" if path == OUTPUT else Path(path).suffix.lower()
    if table is not None:
        if name not in (None, "csv"):
            raise UsageError(f"--table goes with CSV; {name} is of the whole record")
        return ONE_TABLE, _table(table)
    if name == "csv" or (name is None and ending == ".csv"):
        return _csv(path, ending)
    if name is not None:
        known = named(name)
    elif path == OUTPUT:
        raise UsageError(f"say with --format what is to be written: {_listed()}")
    elif ending in by_ending():
        known = by_ending()[ending]
    elif not ending:
        known = named("csv")
    else:
        raise UsageError(
            f"no format is known for {one_line(ending)}; end the name in one of "
            f"{', '.join(by_ending())}, name a folder for CSV, or say --format"
        )
    if path == OUTPUT and known.shape != "file":
        tables = "; one table of it can: say --table quotes" if known.name == "csv" else ""
        kind = "several files" if known.shape == "folder" else "no text"
        raise UsageError(f"{known.label} is {kind}, and cannot be printed{tables}")
    return known, ""


def _csv(path: str, ending: str) -> tuple[ExportFormat, str]:
    if path == OUTPUT:
        raise UsageError("CSV is several files, and cannot be printed; one can: say --table quotes")
    if ending != ".csv":
        return named("csv"), ""
    if Path(path).is_dir():
        return named("csv"), ""
    if table := table_in(path):
        return ONE_TABLE, table
    stem = Path(path).stem
    raise UsageError(
        f"the record is several tables: say with --table which goes into {one_line(path)}, "
        f"such as --table quotes, or name a folder for all, such as {one_line(stem) or 'tables'}/"
    )


def table_in(path: str) -> str:
    """The table that the name of a file says, “quotes.csv”; nothing when it says none."""
    name = Path(path)
    return name.stem if name.suffix.lower() == ".csv" and name.stem in _tables() else ""


def _tables() -> tuple[str, ...]:
    return tuple(table.name for table in tables(with_notes=True))


def _table(said: str) -> str:
    known = _tables()
    word = said.strip().casefold().replace("-", "_")
    if word in known:
        return word
    near = nearest(word, known)
    hint = f"; did you mean “{near}”?" if near else f"; there are {', '.join(known)}"
    raise UsageError(f"there is no table “{one_line(said)}”{hint}")


def _listed() -> str:
    return ", ".join(known.name for known in FORMATS if known.shape == "file")
