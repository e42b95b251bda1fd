"""A file that is to come in: its bytes, its text, and what it is."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from explorer.adding.library_entry import RIS_ENTRY
from explorer.errors import ExplorerError, UsageError
from explorer.intake import encodings
from explorer.storage import files
from explorer.text.json_text import from_json, from_json_lines
from explorer.text.sanitize import one_line
from explorer.values import dataclass

LIMIT = 64 * 1024 * 1024
"""Most bytes of a file."""
STDIN = Path("-")

FORMATS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "csl": ("CSL-JSON", (".json",)),
    "bibtex": ("BibTeX", (".bib", ".bibtex")),
    "ris": ("RIS", (".ris",)),
    "csv": ("CSV", (".csv", ".tsv", ".tab", ".txt")),
    "xlsx": ("Excel workbook", (".xlsx", ".xlsm")),
    "hypothesis": ("Hypothesis", (".json", ".jsonl")),
    "annotations": ("W3C Web Annotations", (".jsonld", ".json", ".jsonl")),
}
"""What can come in, by the name that `--from` takes: what people call it, and how files end."""
LIBRARIES = ("csl", "bibtex", "ris")
ANNOTATIONS = ("hypothesis", "annotations")
_OTHERS = {
    ".ods": "is a LibreOffice spreadsheet; save it there as “Text CSV” or as .xlsx",
    ".xls": "is of an old Excel; save it as .xlsx, or as “CSV UTF-8”",
    ".numbers": "is of Numbers; export it as CSV",
    ".xml": "is XML; export the library as RIS or BibTeX",
    ".enl": "is a library of EndNote itself; export it as RIS",
    ".enw": "is EndNote’s own format; export it as RIS",
    ".rdf": "is Zotero RDF; export the library as CSL-JSON",
    ".docx": "is a text document; put the rows into a spreadsheet, or save them as CSV",
    ".pdf": "is a PDF, which has no rows",
}
_OF_JSON = (".json", ".jsonld", ".jsonl", ".ndjson")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class IntakeError(ExplorerError):
    """A file that cannot come in. Nothing was changed."""

    title = "Nothing was imported"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file with what it is."""

    name: str
    """How people know it."""
    format: str
    data: bytes
    text: str = ""
    """What it says, of a file that is text."""
    remark: str = ""
    """What was found odd about it, and how it was read all the same."""

    def refused(self, why: str) -> IntakeError:
        """An error about this file."""
        return IntakeError(f"Nothing was imported from {self.name}: {why}")


def read(path: Path, format_name: str | None = None, encoding: str = "") -> Incoming:
    """A file, or what is piped in for “-”. Raises UsageError and IntakeError.

    `encoding` says how its letters are written, where that is not seen.
    """
    name = "standard input" if path == STDIN else one_line(str(path))
    return understood(name, _bytes(path, name), path.suffix.lower(), format_name, encoding)


def _bytes(path: Path, name: str) -> bytes:
    too_large = f"{name} is larger than {LIMIT // 1024 // 1024} MB; divide it"
    if path == STDIN:
        data = sys.stdin.buffer.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise UsageError(too_large)
        return data
    try:
        if path.is_dir():
            raise UsageError(f"{name} is a folder; name a file in it")
        if path.exists() and path.stat().st_size > LIMIT:
            raise UsageError(too_large)
        return files.read_limited(path, LIMIT)
    except FileNotFoundError:
        raise UsageError(f"there is no file {name}") from None
    except OSError as error:
        raise IntakeError(f"{name}: {files.explained(error, 'Nothing was imported.')}") from error


def understood(
    name: str, data: bytes, ending: str, format_name: str | None = None, encoding: str = ""
) -> Incoming:
    """The bytes of a file of that name as what they are. Raises IntakeError."""
    bare = Incoming(name, format_name or "", data)
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise bare.refused("it is empty")
    if data.startswith(_ZIP) and format_name in (None, "xlsx") and ending != ".ods":
        return Incoming(name, "xlsx", data)
    if ending in _OTHERS and format_name is None:
        raise bare.refused(f"it {_OTHERS[ending]}")
    if data.startswith(_OLE):
        raise bare.refused(f"it {_OTHERS['.xls']}")
    if format_name == "xlsx":
        raise bare.refused("it is no Excel workbook")
    if data.startswith((_ZIP, b"%PDF", b"\x89PNG", b"\x1f\x8b")):
        raise bare.refused("it is no text, and no Excel workbook")
    text, remark = encodings.decoded(data, encoding)
    if not encodings.is_text(text):
        raise bare.refused("it is no text, but a file of some other program")
    found = format_name or _format_of(text, ending)
    if not found:
        known = ", ".join(FORMATS)
        raise bare.refused(f"what it is cannot be seen; say it with --from: {known}")
    return Incoming(name, found, data, text, remark)


def _format_of(text: str, ending: str) -> str:
    """What a text is, by its beginning, and by how the name of its file ends."""
    start = text.lstrip()[:4000]
    if re.match(r"\{|\[\s*[\[{\]]", start) or (start.startswith("[") and ending in _OF_JSON):
        return _json_format(text)
    if RIS_ENTRY.match(start) or ending == ".ris":
        return "ris"
    if ending in (".bib", ".bibtex") or re.match(r"(?:%.*\n|\s)*@\w+\s*[{(]", start):
        return "bibtex"
    if ending in FORMATS["csv"][1]:
        return "csv"
    first = start.partition("\n")[0]
    return "csv" if any(sign in first for sign in ",;\t|") else ""


def _json_format(text: str) -> str:  # noqa: PLR0911 -- a line for each
    """Which of the formats in JSON it is; nothing when it is none."""
    try:
        whole = from_json(text)
    except (ValueError, RecursionError):
        try:
            whole = from_json_lines(text)
        except (ValueError, RecursionError):
            return "csl"  # whose reader says what is wrong
    listed = whole
    if isinstance(whole, dict) and isinstance(whole.get("@graph"), list):
        listed = whole["@graph"]
    elif isinstance(whole, dict):
        if whole.get("format") == "explorer-notes":
            return "notes"
        if "@context" in whole:
            return "annotations"
        listed = next((whole[k] for k in ("rows", "annotations") if k in whole), None)
        if listed is None:
            return "csl" if {"items", "title", "URL"} & set(whole) else ""
    ones = listed if isinstance(listed, list) else []
    first = next((one for one in ones if isinstance(one, dict)), {})
    if "uri" in first and "target" in first:
        return "hypothesis"
    types = str(first.get("type") or first.get("@type") or "")
    if "Annotation" in types or "target" in first or any(k.endswith("hasTarget") for k in first):
        return "annotations"
    return "csl"
