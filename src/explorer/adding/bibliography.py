"""A source as somebody pastes it: an address, or an entry of a reference manager.

What can be read is the address of a page, CSL-JSON, BibTeX and RIS, as Zotero and others
export them. Nothing is fetched: an address says no more than what stands in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from explorer.record.labels import languages
from explorer.text import urls
from explorer.text.sanitize import one_line, plain

LONGEST = 64 * 1024
"""Most characters of an entry: a whole library is not read."""

Fields = Mapping[str, str]
"""What is known of a source, by the keys of its table, as a person would type it."""

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_RIS = re.compile(r"^\s*TY {1,2}-", re.MULTILINE)
_DAY_IN_ADDRESS = re.compile(r"/(20\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/-]|$)")
_DESCRIBED = re.compile(r"\[([^\[\]]+)\]")
"""How style manuals have a title that is none, but a description."""
_TYPES = {
    # CSL, …
    "article-newspaper": "press",
    "article-magazine": "press",
    "broadcast": "press",
    "legislation": "primary",
    "bill": "primary",
    "treaty": "primary",
    "regulation": "primary",
    "hearing": "primary",
    "speech": "primary",
    "legal_case": "legal",
    # … RIS, …
    "news": "press",
    "mgzn": "press",
    "stat": "primary",
    "hear": "primary",
    "case": "legal",
    # … and BibLaTeX.
    "legal": "legal",
    "jurisdiction": "legal",
    "newspaper": "press",
}
"""The type of a source by that of an entry, where the one says the other."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def looks_like(text: str) -> bool:
    """Whether a pasted text may be a source, and no words to look for."""
    start = text.lstrip()[:2000]
    is_entry = start.startswith(("{", "[", "@")) or _RIS.match(start) is not None
    return is_entry or _ADDRESS.match(start) is not None


def read(text: str) -> Fields:
    """What a pasted text says of a source. Raises ValueError with a sentence for a person."""
    text = text.strip("\ufeff \t\r\n")
    if len(text) > LONGEST:
        raise ValueError(
            f"this is longer than {LONGEST // 1024} KB; paste one entry and not a whole library"
        )
    if _ADDRESS.fullmatch(text):
        return _of_address(text)
    for begins, name, read_as in (
        (text.startswith(("{", "[")), "CSL-JSON", _csl),
        (text.startswith("@"), "BibTeX", _bibtex),
        (_RIS.match(text) is not None, "RIS", _ris),
    ):
        if begins:
            return _understood(text, name, read_as)
    raise ValueError("paste an address, or an entry in CSL-JSON, BibTeX or RIS")


def _understood(text: str, name: str, read_as: Callable[[str], Fields]) -> Fields:
    try:
        fields = {key: one_line(value) for key, value in read_as(text).items() if value.strip()}
    except Exception as error:  # whatever a parser stumbles on, it is no entry
        raise ValueError(f"this {name} cannot be read; is the entry whole?") from error
    if described := _DESCRIBED.fullmatch(fields.get("title", "")):
        fields |= {"title": described[1], "described": "yes"}
    if not fields:
        raise ValueError(f"this {name} has nothing that says what the source is")
    return fields


def _of_address(address: str) -> Fields:
    """An address says where, and often on which day."""
    if reason := urls.why_not(address):
        raise ValueError(f"this address cannot be opened: {reason}")
    fields = {"address": address}
    if (found := _DAY_IN_ADDRESS.search(address)) and (day := _day(*found.groups())):
        fields["published"] = day
    return fields


def _csl(text: str) -> Fields:
    found = json.loads(text)
    items = found.get("items", found) if isinstance(found, dict) else found
    item = items if isinstance(items, dict) else next(i for i in items if isinstance(i, dict))
    title, description = _text(item.get("title")), _text(item.get("genre"))
    return {
        "title": title or description,
        "described": "yes" if description and not title else "",
        "publisher": _first(item, "container-title", "publisher"),
        "author": "; ".join(filter(None, map(_name, _list(item.get("author"))))),
        "address": _address(_text(item.get("URL"))),
        "published": _csl_day(item.get("issued")),
        "language": _language(_text(item.get("language"))),
        "type": _type(_text(item.get("type"))),
    }


def _csl_day(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    for parts in _list(issued.get("date-parts"))[:1]:
        if day := _day(*(_text(part) for part in _list(parts))):
            return day
    return _day_in(_first(issued, "raw", "literal"))


def _bibtex(text: str) -> Fields:
    import logging

    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    logging.getLogger("bibtexparser").disabled = True  # it would write on the screen
    raw = parse_string(text).entries[0]
    decoded = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    as_typed = {field.key.lower(): _text(field.value) for field in raw.fields}
    # What LaTeX makes of an address is none: “%20” begins a comment there.
    said = as_typed | {f.key.lower(): _text(f.value) for e in decoded.entries for f in e.fields}
    address = re.sub(r"\\([#$%&_{}~])", r"\1", as_typed.get("url", ""))
    if not address:
        wrapped = re.search(r"\\url\{([^}]*)\}", as_typed.get("howpublished", ""))
        address = wrapped[1] if wrapped else ""
    names = ("journal", "journaltitle", "organization", "publisher", "institution", "school")
    how = said.get("howpublished", "")
    is_page = "\\url" in as_typed.get("howpublished", "") or _ADDRESS.search(how)
    published = _day_in(said.get("date", "")) or _day(
        said.get("year", ""), said.get("month", ""), said.get("day", "")
    )
    return {
        "title": re.sub("[{}]", "", said.get("title", "")),  # it may have been too much for LaTeX
        "publisher": _first(said, *names) or ("" if is_page else re.sub("[{}]", "", how)),
        "author": "; ".join(map(_in_order, re.split(r"\s+and\s+", said.get("author", "")))),
        "address": _address(address),
        "published": published,
        "language": _language(_first(said, "langid", "language")),
        "type": _type(_first(said, "entrysubtype") or raw.entry_type),
    }


def _ris(text: str) -> Fields:
    import rispy

    lines = (re.sub(r"^([A-Z][A-Z0-9]) {1,2}- ?", r"\1  - ", line.strip()) for line in _lines(text))
    written = "\n".join(lines)
    if not re.search(r"^ER  -", written, re.MULTILINE):
        written += "\nER  - "
    entry: dict[str, Any] = rispy.loads(written)[0]
    names = ("secondary_title", "journal_name", "alternate_title3", "alternate_title2", "publisher")
    return {
        "title": _first(entry, "title", "primary_title", "short_title"),
        "publisher": _first(entry, *names),
        "author": "; ".join(
            _in_order(_text(a)) for a in _list(_one_of(entry, "authors", "first_authors"))
        ),
        "address": _address(_first(entry, "urls", "url")),
        "published": _day_in(_first(entry, "date"))
        or _day_in(_first(entry, "year", "publication_year")),
        "language": _language(_first(entry, "language")),
        "type": _type(_first(entry, "type_of_reference")),
    }


def _lines(text: str) -> list[str]:
    return plain(text).split("\n")


def _one_of(entry: Mapping[str, Any], *keys: str) -> object:
    return next((entry[key] for key in keys if entry.get(key)), ())


def _first(entry: Mapping[str, Any], *keys: str) -> str:
    """The first of some keys that says something."""
    return next((text for key in keys if (text := _text(entry.get(key)))), "")


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _text(value: object) -> str:
    """A value as text; of a list its first."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return str(value).strip() if isinstance(value, (str, int)) else ""


def _name(author: object) -> str:
    if not isinstance(author, dict):
        return ""
    parts = ("given", "non-dropping-particle", "family")
    return _text(author.get("literal")) or " ".join(
        filter(None, (_text(author.get(p)) for p in parts))
    )


def _in_order(name: str) -> str:
    """“Shalal, Andrea” as “Andrea Shalal”."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name.strip()


def _address(text: str) -> str:
    return "" if urls.why_not(text) else text


def _language(said: str) -> str:
    """“en” of “en-US”, “zh” of “chinese”; nothing of what is neither code nor name."""
    word = said.strip().lower()
    code = re.match(r"([a-z]{2})(?:[-_]|$)", word)
    named = (code for code, name in languages().items() if name.lower() == word)
    return code[1] if code else next(named, "")


def _type(said: str) -> str:
    return _TYPES.get(said.lower(), "")


def _day_in(said: str) -> str:
    """A day as entries write it: “2025-05-12”, “2025/05/12/”, “2025-05”, “2025///”."""
    parts = re.match(r"\s*(\d{4})(?:[-/](\d{0,2}))?(?:[-/](\d{0,2}))?", said)
    return _day(*(part or "" for part in parts.groups())) if parts else ""


def _day(year: str = "", month: str = "", day: str = "", *_: str) -> str:
    """The day as far as it is known, as the record writes it; nothing when there is none."""
    if not re.fullmatch(r"[12][0-9]{3}", year):
        return ""
    number = _number(month)
    if month.lower()[:3] in _MONTHS:
        number = _MONTHS.index(month.lower()[:3]) + 1
    if not 1 <= number <= len(_MONTHS):
        return year
    with suppress(ValueError):
        return date(int(year), number, _number(day)).isoformat()
    return f"{year}-{number:02}"


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,2}", text) else 0
