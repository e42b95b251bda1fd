"""The formats of notes in files. A format is one module here, and one line in FORMATS.

All else follows from that line: what `--format` takes, what the end of a file's name means, how
a file to import is recognised, and what help, palette and messages say. The functions of such
a module are those of `FormatModule`. Formats do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from explorer.transfer.import_file import ImportFile, ParsedNotes
    from explorer.transfer.portable_note import NotesToExport


class FormatModule(Protocol):
    """What a module of a format has."""

    def recognizes(self, file: ImportFile) -> bool:
        """Whether a file seems to be in this format."""

    def read(self, file: ImportFile) -> ParsedNotes:
        """The notes of a file. Raises ValueError, naming each that is not one."""

    def write(self, export: NotesToExport) -> str:
        """The text of a file; only for a format that `is_written`."""


@dataclass(frozen=True, slots=True)
class NoteFormat:
    """One format, without its code."""

    name: str
    """What `--format` calls it."""
    label: str
    """What people call it."""
    extensions: tuple[str, ...]
    """How the names of its files end; a format is written under the first of its own."""
    module: str
    is_written: bool = True

    def load(self) -> FormatModule:
        """Its code, which nothing needs before a file is written or read."""
        return cast("FormatModule", import_module(f"{__name__}.{self.module}"))


FORMATS = (
    NoteFormat("md", "Markdown", (".md", ".markdown"), "markdown_notes"),
    NoteFormat("jsonld", "JSON-LD (W3C Web Annotations)", (".jsonld", ".json"), "web_annotations"),
    NoteFormat("hypothesis", "Hypothesis", (".json",), "hypothesis", is_written=False),
    NoteFormat("json", "JSON", (".json",), "json_notes"),
    NoteFormat("csv", "CSV", (".csv",), "csv_notes"),
)
"""All formats; in this order a file is offered to them, the most particular first."""

WRITTEN = tuple(known for known in FORMATS if known.is_written)


def named(name: str) -> NoteFormat:
    """A format by its name."""
    return next(known for known in FORMATS if known.name == name)


def written_as() -> Mapping[str, str]:
    """For each way that a file's name may end the format in which such a file is written."""
    any_of_its = {ending: known.name for known in WRITTEN for ending in known.extensions}
    return any_of_its | {known.extensions[0]: known.name for known in WRITTEN}


def recognized(file: ImportFile, extension: str) -> NoteFormat:
    """The format of a file, by how its name ends and, where several end so, by its content.

    Raises ValueError when neither says.
    """
    likely = [known for known in FORMATS if extension in known.extensions]
    if len(likely) == 1:
        return likely[0]
    for known in likely or FORMATS:
        if known.load().recognizes(file):
            return known
    if likely:
        return likely[-1]  # the most general, which says what is wrong with it
    endings = ", ".join(dict.fromkeys(end for known in FORMATS for end in known.extensions))
    raise ValueError(f"its format is not known; its name should end in one of {endings}")


def listing(formats: Sequence[NoteFormat]) -> str:
    """The formats for people: “Markdown, JSON or CSV”."""
    *most, last = (known.label for known in formats)
    return f"{', '.join(most)} or {last}"
