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
    **{
        word: code
        for code, words in {
            "ar": "arabisch, arabe, arabo, 阿拉伯语",
            "de": "allemand, aleman, tedesco, duits, 德语, 德文",
            "en": "englisch, anglais, ingles, inglese, engels, 英语, 英文",
            "es": "spanisch, espagnol, castellano, spagnolo, spaans, 西班牙语",
            "fa": "persisch, persan, persa, 波斯语",
            "fr": "franzosisch, frances, francese, frans, 法语, 法文",
            "it": "italienisch, italien, italiano, 意大利语",
            "ja": "japanisch, japonais, japones, giapponese, 日语, 日文",
            "ko": "koreanisch, coreen, coreano, 韩语",
            "nl": "niederlandisch, neerlandais, neerlandes, nederlands",
            "pl": "polnisch, polonais, polaco, polski",
            "pt": "portugiesisch, portugais, portugues, portoghese, 葡萄牙语",
            "ru": "russisch, russe, ruso, russo, 俄语, 俄文",
            "tr": "turkisch, turc, turco",
            "uk": "ukrainisch, ukrainien, ucraniano",
            "zh": "chinesisch, chinois, chino, cinese, chinees, 中文, 汉语, 普通话",
        }.items()
        for word in words.split(", ")
    },
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
    body: str = ""
    """Who wrote it, when that is one body and no person."""
    remark: str = ""
    """What was left out of it that a person should know of."""


def tried(place: str, read: Callable[[], Entry]) -> Entry:
    try:
        return read()
    except Exception:  # noqa: BLE001 -- whatever a parser stumbles on, it is no entry
        return Entry(place, {}, trouble="it cannot be read")


def made_entry(
    place: str,
    fields: Fields,
    key: str = "",
    doi: str = "",
    left_out: tuple[str, ...] = (),
    *,
    body: str = "",
) -> Entry:
    """An entry of which the address is as it was written."""
    written = fields.get("address", "")
    fields = {**fields, "address": address_of(written, doi)}
    remark = ""
    if written.strip() and not fields["address"]:
        shown = labels.shortened(one_line(written), 40)
        remark = f"its address, {shown}, cannot be opened and is left out"
    clean = {name: one_line(value) for name, value in fields.items() if value.strip()}
    if described := _DESCRIBED.fullmatch(clean.get("title", "")):
        clean |= {"title": described[1], "described": "yes"}
    found = DOI.search(doi)
    doi = found[0].rstrip(".,;)").lower() if found else ""
    return Entry(place, clean, key, doi, left_out, body=one_line(body), remark=remark)


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


_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af々〇·]+")


def joined_name(family: str, given: str) -> str:
    """A name in Chinese, Japanese or Korean, in which the family comes first; else nothing."""
    is_cjk = family and given and _CJK.fullmatch(family) and _CJK.fullmatch(given)
    return f"{family}{given}" if is_cjk else ""


def in_order(name: str) -> str:
    """“Shalal, Andrea” as “Andrea Shalal”; “World Trade Organization,” without its comma."""
    family, comma, given = name.partition(",")
    if cjk := joined_name(family.strip(), given.strip()):
        return cjk
    return f"{given.strip()} {family.strip()}".strip() if comma and "," not in given else name


_BARE = re.compile(r"(?!10\.\d)(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)
"""An address without its “https://”, as browsers show them."""


def address_of(text: str, doi: str = "") -> str:
    """Where it can be read; by its DOI, where no address is given or none that shows it."""
    found = DOI.search(doi)
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if _BARE.match(first):
        first = f"https://{first}"
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
