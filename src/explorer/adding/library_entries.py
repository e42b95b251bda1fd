"""The entries of reference managers, in CSL-JSON, BibTeX and RIS, as sources.

Zotero, Mendeley, EndNote, JabRef and others write these, each in its own way; what all of them
mean is read, by the parsers of each format. An entry that cannot be read says why, and keeps no
other from being read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

from explorer.adding.library_entry import (
    ADDRESS,
    LONGEST_ENTRY,
    TYPES,
    Entry,
    Fields,
    day_in,
    day_of_parts,
    first_of,
    in_order,
    joined_name,
    language_code,
    list_of,
    made_entry,
    one_of,
    plain_title,
    text_of,
    tried,
    type_of,
    whole_day,
)
from explorer.text.sanitize import one_line, plain

if TYPE_CHECKING:
    from bibtexparser.middlewares import LatexDecodingMiddleware


def csl(text: str) -> Iterator[Entry]:
    """The entries of CSL-JSON. Raises ValueError, and RecursionError for what is nested deeply."""
    found = json.loads(text)
    items = found.get("items", found) if isinstance(found, dict) else found
    for number, item in enumerate([items] if isinstance(items, dict) else items, 1):
        place = f"entry {number}"
        if isinstance(item, dict):
            yield tried(place, partial(_of_csl, place, item))
        else:
            yield Entry(place, {}, trouble="it is no entry, but a value by itself")


# CSL-JSON.

_CSL_KEYS = (
    *("id", "type", "title", "genre", "container-title", "publisher", "author", "URL", "issued"),
    *("accessed", "language", "DOI", "citation-key", "source", "title-short", "collection-title"),
    *("archive", "archive_location", "event-title", "system_id"),
)
"""What is read, and what says nothing of the source that is not said already."""
_CITATION_KEY = re.compile(r"^\s*citation[ -]?key:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def _of_csl(place: str, item: Mapping[str, Any]) -> Entry:
    title, description = plain_title(text_of(item.get("title"))), text_of(item.get("genre"))
    doi = text_of(item.get("DOI"))
    fields = {
        "title": title or description,
        "described": "yes" if description and not title else "",
        "publisher": plain_title(first_of(item, "container-title", "publisher")),
        "author": "; ".join(filter(None, map(_csl_name, list_of(item.get("author"))))),
        "address": text_of(item.get("URL")),
        "published": _csl_day(item.get("issued")),
        "language": language_code(text_of(item.get("language"))),
        "type": type_of(text_of(item.get("type"))),
        "checked": whole_day(_csl_day(item.get("accessed"))),
    }
    in_note = _CITATION_KEY.search(text_of(item.get("note")))
    key = text_of(item.get("citation-key")) or (in_note[1] if in_note else text_of(item.get("id")))
    others = (k for k, v in item.items() if k not in _CSL_KEYS and v not in ("", None, [], {}))
    body = _csl_body(list_of(item.get("author")))
    return made_entry(place, fields, key, doi, tuple(one_line(str(k)) for k in others), body=body)


def _csl_day(said: object) -> str:
    if not isinstance(said, dict):
        return ""
    for parts in list_of(said.get("date-parts"))[:1]:
        if day := day_of_parts(*(text_of(part) for part in list_of(parts))):
            return day
    return day_in(first_of(said, "raw", "literal"))


def _csl_body(authors: list[object]) -> str:
    """Who wrote something, when that is one body and no person."""
    match authors:
        case [{"literal": str(name), **others}] if not {"family", "given"} & set(others):
            return name
    return ""


def _csl_name(author: object) -> str:
    if not isinstance(author, dict):
        return ""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    if literal := text_of(author.get("literal")):
        return literal
    if cjk := joined_name(text_of(author.get("family")), text_of(author.get("given"))):
        return cjk
    return " ".join(filter(None, (text_of(author.get(p)) for p in parts)))


# BibTeX and BibLaTeX.

_BIBTEX_KEYS = (
    *("title", "author", "url", "doi", "howpublished", "date", "year", "month", "day", "langid"),
    *("language", "entrysubtype", "urldate", "type", "shorttitle", "ids", "urlyear"),
    *("journal", "journaltitle", "organization", "publisher", "institution", "school"),
    *("booktitle", "maintitle", "eventtitle", "editor", "mendeley-groups", "owner", "timestamp"),
)
_PUBLISHERS = ("journal", "journaltitle", "organization", "publisher", "institution", "school")
_KEYLESS = re.compile(
    r"^(\s*@(?!string|preamble|comment)\w+\s*\{)\s*(?:,|(?=\w+\s*=))", re.IGNORECASE | re.MULTILINE
)
"""The beginning of an entry without a key, as EndNote has them; to the parser it is a mistake."""
_NO_KEY = "no-key-"
_LETTER = re.compile(r"\\(?:([A-Za-z]+)\{\}|(AE|ae|OE|oe|AA|aa|ss|[LlOoij])\s+(?=[a-z]))")
"""A letter that stands for itself in LaTeX, as names begin with it: “\\L{}ukasz”."""
_PLAIN_LATEX = re.compile(r"\\([&%$#_])|--|~")
"""What stands for itself, dashes and blanks."""
_LATEX = re.compile(r"[\\$~]|--|``|''")


def bibtex(text: str) -> Iterator[Entry]:
    """The entries of BibTeX or BibLaTeX."""
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, ParsingFailedBlock
    from bibtexparser.model import Entry as Block

    # Its modules would write on the screen.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    numbers = count(1)
    keyed = _KEYLESS.sub(lambda found: f"{found[1]}{_NO_KEY}{next(numbers)},", text)
    for block in parse_string(keyed).blocks:
        place = f"line {(block.start_line or 0) + 1}"
        # Mendeley exports the same key twice, or none: each is an entry all the same.
        is_again = isinstance(block, DuplicateBlockKeyBlock)
        inner = block.ignore_error_block if is_again else block  # type: ignore[attr-defined]
        if isinstance(inner, Block):
            yield tried(place, partial(_of_bibtex, place, inner))
        elif isinstance(block, ParsingFailedBlock):
            yield Entry(place, {}, trouble="it cannot be read; is a brace or a comma missing?")


def _of_bibtex(place: str, block: Any) -> Entry:
    raw = {field.key.lower(): text_of(field.value) for field in block.fields}
    if sum(len(raw.get(key, "")) for key in _BIBTEX_KEYS) > LONGEST_ENTRY:
        return Entry(place, {}, trouble=f"it is longer than {LONGEST_ENTRY // 1024} KB")
    said = _without_latex({key: raw[key] for key in _BIBTEX_KEYS if key in raw})
    # What LaTeX makes of an address is none: “%20” begins a comment there.
    address = re.sub(r"\{?\\([#$%&_{}~])\}?", r"\1", raw.get("url", ""))
    if not address:
        wrapped = re.search(r"\\url\{([^}]*)\}", raw.get("howpublished", ""))
        address = wrapped[1] if wrapped else ""
    how = said.get("howpublished", "")
    is_page = "\\url" in raw.get("howpublished", "") or ADDRESS.search(how)
    published = day_in(said.get("date", "")) or day_of_parts(
        said.get("year", ""), said.get("month", ""), said.get("day", "")
    )
    kind = first_of(said, "entrysubtype") or type_of(first_of(said, "type")) or block.entry_type
    fields = {
        "title": plain_title(said.get("title", "")),
        "publisher": first_of(said, *_PUBLISHERS)
        or ("" if is_page else how)
        or first_of(said, "booktitle", "maintitle", "eventtitle"),
        "author": "; ".join(_bibtex_names(raw.get("author", ""))),
        "address": address,
        "published": published,
        "language": language_code(first_of(said, "langid", "language")),
        "type": kind if kind in TYPES.values() else type_of(kind),
        "checked": whole_day(day_in(said.get("urldate", ""))),
    }
    others = tuple(one_line(key) for key in raw if key not in _BIBTEX_KEYS and raw[key])
    body = fields["author"] if _is_whole(raw.get("author", "").strip()) else ""
    key = "" if block.key.startswith(_NO_KEY) else block.key
    return made_entry(place, fields, key, raw.get("doi", ""), others, body=body)


def _bibtex_names(said: str) -> Iterator[str]:
    from bibtexparser.middlewares.names import split_multiple_persons_names

    # The parser loses a letter that stands at the beginning of a name.
    safe = _LETTER.sub(lambda found: f"{{\\{found[1] or found[2]}}}", said)
    for name in split_multiple_persons_names(safe) if said.strip() else ():
        if name == "others":
            continue
        is_whole = _is_whole(name)
        (read,) = _without_latex({"author": name}).values()
        has_parts = "family=" in read
        yield read if is_whole and not has_parts else in_order(_in_parts(read))


def _is_whole(name: str) -> bool:
    """Whether a name is no person’s: it stands in braces, all of it."""
    return re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", name) is not None


def _in_parts(name: str) -> str:
    """“family=Beer, given=Jan, prefix=de”, as BibLaTeX may have it, as “de Beer, Jan”."""
    parts = dict(re.findall(r"\b(family|given|prefix|suffix)=\s*([^,]*)", name))
    if "family" not in parts:
        return name
    family = f"{parts.get('prefix', '')} {parts['family']} {parts.get('suffix', '')}"
    return ", ".join(filter(None, (" ".join(family.split()), parts.get("given", "").strip())))


def _without_latex(fields: Fields) -> dict[str, str]:
    """Values as they are printed."""
    return {key: re.sub("[{}]", "", _printed(value)) for key, value in fields.items()}


def _printed(value: str) -> str:
    """A value without its LaTeX. The decoder takes a thousandth of a second for each."""
    if _LATEX.search(value) is None:
        return value
    if _LATEX.search(_PLAIN_LATEX.sub("", value)) is None:  # as in nine of ten titles
        dashed = value.replace("---", "—").replace("--", "–").replace("~", " ")
        return _PLAIN_LATEX.sub(lambda found: found[1] or found[0], dashed)
    return _decoded(value)


@lru_cache(1024)
def _decoded(text: str) -> str:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    text = re.sub(r"\{?\\text(less|greater)\}?", lambda m: "<" if m[1] == "less" else ">", text)
    decoded = _decoder().transform(Library([Block("misc", "x", [Field("it", text)])]))
    return next((str(field.value) for e in decoded.entries for field in e.fields), text)


@cache
def _decoder() -> LatexDecodingMiddleware:
    """Made once: it takes longer than to decode an entry."""
    from bibtexparser.middlewares import LatexDecodingMiddleware

    return LatexDecodingMiddleware(keep_math_mode=False)


# RIS.

_RIS_TAG = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?")
_RIS_KEYS = (
    *("type_of_reference", "title", "primary_title", "short_title", "secondary_title", "urls"),
    *("journal_name", "alternate_title3", "alternate_title2", "publisher", "url", "date", "year"),
    *("publication_year", "language", "authors", "first_authors", "doi", "id", "access_date"),
    *("type_of_work", "unknown_tag", "name_of_database", "database_provider"),
)
_RIS_PUBLISHERS = (
    *("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "publisher"),
)


def ris(text: str) -> Iterator[Entry]:
    """The entries of RIS, each by itself, so that one that is not whole harms no other."""
    lines = [_RIS_TAG.sub(r"\1  - ", line.strip()) for line in plain(text).split("\n")]
    starts = [number for number, line in enumerate(lines) if line.startswith("TY  -")]
    for start, end in pairwise((*starts, len(lines))):
        place, own = f"line {start + 1}", lines[start:end]
        yield tried(place, partial(_of_ris, place, own))


def _of_ris(place: str, lines: list[str]) -> Entry:
    import rispy

    written = "\n".join(lines)
    if not any(line.startswith("ER  -") for line in lines):
        written += "\nER  - "
    entry: dict[str, Any] = rispy.loads(written)[0]
    day, year = first_of(entry, "date"), first_of(entry, "year", "publication_year")
    doi = first_of(entry, "doi")
    kind = first_of(entry, "type_of_reference")
    fields = {
        "title": plain_title(first_of(entry, "title", "primary_title", "short_title")),
        "publisher": first_of(entry, *_RIS_PUBLISHERS),
        "author": "; ".join(
            in_order(text_of(a)) for a in list_of(one_of(entry, "authors", "first_authors"))
        ),
        "address": first_of(entry, "urls", "url"),
        "published": day_in(day) or _day_beside_year(day, year) or day_in(year),
        "language": language_code(first_of(entry, "language")),
        "type": type_of(kind) or type_of(first_of(entry, "type_of_work")),
        "checked": whole_day(day_in(first_of(entry, "access_date"))),
    }
    others = (key for key, value in entry.items() if key not in _RIS_KEYS and value)
    key = first_of(entry, "id")
    left_out = tuple(one_line(k.replace("_", " ")) for k in others)
    return made_entry(place, fields, key, doi, left_out, body=_ris_body(entry))


def _ris_body(entry: Mapping[str, Any]) -> str:
    """Who wrote something, when that is one body; EndNote has a comma behind its name."""
    names = [text_of(a) for a in list_of(one_of(entry, "authors", "first_authors"))]
    return in_order(names[0]) if len(names) == 1 and names[0].endswith(",") else ""


def _day_beside_year(day: str, year: str) -> str:
    """“May 12” beside “2025”, as EndNote has them."""
    said = re.match(r"([A-Za-z]{3})[A-Za-z]*\.?(?:\s+(\d{1,2}))?", day)
    other = re.match(r"(\d{1,2})\.?\s+([A-Za-z]{3})", day)
    month, number = (
        (other[2], other[1]) if other else (said[1], said[2] or "") if said else ("", "")
    )
    return day_of_parts(year[:4], month, number) if month else ""
