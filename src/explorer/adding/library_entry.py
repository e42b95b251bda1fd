"""One entry of a library as a source, and what entries of every format write alike."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from explorer.record import labels
from explorer.text import urls
from explorer.text.folding import fold
from explorer.text.sanitize import one_line
from explorer.values import dataclass

Fields = Mapping[str, str]
"""What is known of a source, by the keys of its table, as a person would type it."""

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
RIS_ENTRY = re.compile(r"^\s*TY {1,2}-", re.MULTILINE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>?#]+")
LONGEST_ENTRY = 64 * 1024
"""Most characters of an entry without its abstract and the like: what is longer is none."""
TYPES = {
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
    # EndNote writes what it is in words.
    "newspaper article": "press",
    "magazine article": "press",
    "newspaper": "press",
}
"""The type of a source by that of an entry, where the one says the other."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LANGUAGES = {
    **{fold(name): code for code, name in labels.languages().items()},
    "american": "en",
    "british": "en",
    "usenglish": "en",
    "ukenglish": "en",
    "eng": "en",
    "ngerman": "de",
    "naustrian": "de",
    "deutsch": "de",
    "ger": "de",
    "deu": "de",
    "francais": "fr",
    "fre": "fr",
    "fra": "fr",
    "chi": "zh",
    "zho": "zh",
    "mandarin": "zh",
    "espanol": "es",
    "spa": "es",
    "rus": "ru",
    "per": "fa",
    "fas": "fa",
    "farsi": "fa",
    "ara": "ar",
    "jpn": "ja",
    "kor": "ko",
    "ita": "it",
    "por": "pt",
}
"""Languages as programs name them, in words or three letters."""
_DESCRIBED = re.compile(r"\[([^\[\]]+)\]")
"""How style manuals have a title that is none, but a description."""
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|sc|span|u|p|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)
"""What stands in titles of Zotero for how they are set."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a library, as a source."""

    place: str
    """Where in the file it stands: “line 12”, “entry 3”."""
    fields: Fields
    key: str = ""
    """By which its library knows it, when people write that key."""
    doi: str = ""
    left_out: tuple[str, ...] = ()
    """What it says and a source has no field for."""
    trouble: str = ""
    """Why it cannot be read; then it says nothing else."""


def tried(place: str, read: Callable[[], Entry]) -> Entry:
    try:
        return read()
    except Exception:  # noqa: BLE001 -- whatever a parser stumbles on, it is no entry
        return Entry(place, {}, trouble="it cannot be read")


def made_entry(
    place: str, fields: Fields, key: str = "", doi: str = "", left_out: tuple[str, ...] = ()
) -> Entry:
    clean = {name: one_line(value) for name, value in fields.items() if value.strip()}
    if described := _DESCRIBED.fullmatch(clean.get("title", "")):
        clean |= {"title": described[1], "described": "yes"}
    found = DOI.search(doi)
    return Entry(place, clean, key, found[0].rstrip(".,;)").lower() if found else "", left_out)


def one_of(entry: Mapping[str, Any], *keys: str) -> object:
    return next((entry[key] for key in keys if entry.get(key)), ())


def first_of(entry: Mapping[str, Any], *keys: str) -> str:
    """The first of some keys that says something."""
    return next((text for key in keys if (text := text_of(entry.get(key)))), "")


def list_of(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def text_of(value: object) -> str:
    """A value as text; of a list its first."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else ""
    return str(value).strip() if isinstance(value, (str, int)) else ""


def plain_title(text: str) -> str:
    """A title without the marks for how it is set: “<i>”, “&amp;”."""
    return html.unescape(_MARKUP.sub("", text)) if "<" in text or "&" in text else text


def in_order(name: str) -> str:
    """“Shalal, Andrea” as “Andrea Shalal”; “World Trade Organization,” without its comma."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma and "," not in given else name


def address_of(text: str, doi: str = "") -> str:
    """Where it can be read; by its DOI, where no address is given or none that shows it."""
    found = DOI.search(doi)
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if found and found[0].lower() not in first.lower():
        first = f"https://doi.org/{found[0]}"
    return "" if urls.why_not(first) else first


def language_code(said: str) -> str:
    """“en” of “en-US” and of “English”; nothing of what names none."""
    code = re.match(r"([a-z]{2})(?:[-_]|$)", said.lower())
    return code[1] if code else LANGUAGES.get(fold(said.strip()), "")


def type_of(said: str) -> str:
    return TYPES.get(said.lower(), "")


def day_in(said: str) -> str:
    """A day as entries write it: “2025-05-12”, “2025/05/12/”, “2025-05”, “2025///”."""
    parts = re.match(r"\s*(\d{4})(?:[-/](\d{0,2}))?(?:[-/](\d{0,2}))?", said)
    return day_of_parts(*(part or "" for part in parts.groups())) if parts else ""


def whole_day(day: str) -> str:
    return day if len(day) == len("2025-05-12") else ""


def day_of_parts(year: str = "", month: str = "", day: str = "", *_: str) -> str:
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
