"""A record's own texts as they are compared: where their words begin, end and stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache, cached_property
from itertools import takewhile
from typing import Any

from explorer.notes import Anchor
from explorer.record.model import REFERENCES, AnyRecord, AnyTable
from explorer.record.tables import class_of, entries, toml_name
from explorer.text.word_diff import CHARACTERS
from explorer.values import dataclass

REACH = 32
"""Characters kept on either side of the words. Anchors saved with less would no longer agree."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One of a record's own texts."""

    path: str
    """Where it stands, by the names used in TOML: “summary”, “position 3, text”."""
    text: str


# The texts of a record.

_NOT_TEXT = {"id", "formerly", "about", "address", "language", "file", *REFERENCES}
"""Fields that hold text for the program, not for a reader."""


def passages(record: AnyRecord) -> tuple[Passage, ...]:
    """Every text of a record and its entries that a person reads, the record's own first."""
    found = list(_texts(record, ""))
    found += _texts_within(record, "")
    return tuple(found)


def _texts_within(table: AnyTable, way: str) -> Iterator[Passage]:
    for field, place, entry in entries(table):
        there = f"{way}{toml_name(field)} {place + 1}, "
        yield from _texts(entry, there)
        yield from _texts_within(entry, there)


def _texts(part: AnyTable, within: str) -> Iterator[Passage]:
    for name, key in _text_fields(class_of(part)):
        value = getattr(part, name)
        if isinstance(value, tuple):
            yield from (Passage(f"{within}{key} {n}", text) for n, text in enumerate(value, 1))
        elif value and value.strip():
            yield Passage(within + key, value)


@cache
def _text_fields(cls: type[Any]) -> tuple[tuple[str, str], ...]:
    """The fields that hold a text of any wording, with the keys a person writes for them.

    So none that name records, offer a choice or hold a date.
    """
    return tuple(
        (field.name, toml_name(field.name))
        for field in fields(cls)
        if field.type in ("str", "str | None", "tuple[str, ...]")
        and field.name not in _NOT_TEXT
        and not field.name.endswith(("_id", "_ids"))
    )


# Where words begin and end.

_LETTER = (
    r"[^\s!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    rf"\u2000-\u200b\u200e-\u2bff\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65{CHARACTERS}]"
)
"""Whatever is no sign, so that vowel signs and joiners stay with their letters."""
_SIGN_BEFORE = r"(?:[$€£¥]|(?<![^\s(])[+−-])"
_WITHIN = "['.,:]"
_WORD = re.compile(
    rf"[{CHARACTERS}]"
    rf"|(?:{_SIGN_BEFORE}(?=\d))?{_LETTER}+(?:{_WITHIN}{_LETTER}+)*(?:(?<=\d)[%‰°])?"
    r"|\S"
)
"""“China's”, “1,000.5%”, “$5”, one sign, or one Chinese character."""
_INSIDE = re.compile(
    rf"(?<={_LETTER})(?={_WITHIN}?{_LETTER})|(?<={_LETTER}{_WITHIN})(?={_LETTER})"
    rf"|(?<=\d)(?=[%‰°])|(?<=[$€£¥])(?=\d)|(?<![^\s(][+−-])(?<=[+−-])(?=\d)"
)
"""A place in the midst of such a word."""
_TIED = re.compile(rf"(?<={_LETTER})(?=[‐‑–/&_-]{_LETTER})|(?<={_LETTER}[‐‑–/&_-])(?={_LETTER})")
"""A place beside a hyphen that ties two words into one."""
HAS_LETTER = re.compile(rf"{_LETTER}|[{CHARACTERS}]")

AROUND = " \"'….,;:[]()"
"""Signs that may stand around words that were copied."""
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = "\u2028\u2029"
_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛‹›\u02bc\u2032", "'"),
        **dict.fromkeys("“”„‟«»\u2033\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    }
)
"""Signs that are set in one way or another, each for one."""


def _seen(text: str) -> str:
    """A text composed, without what nobody sees."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    return _UNSEEN.sub(lambda found: " " if found[0] in _LINE_ENDS else "", text)


def _on_one_line(text: str) -> str:
    return " ".join(_seen(text).split())


def _with_plain_signs(text: str) -> str:
    return text if text.isascii() else text.translate(_PLAIN_SIGNS)


def compared(text: str) -> str:
    return _with_plain_signs(_on_one_line(text))


def holds(text: str, words: str) -> bool:
    """Whether any text has some words, as they are compared here."""
    return compared(words).strip(AROUND) in compared(text)


def compared_beside(text: str) -> str:
    """A surrounding as it is compared; the blank between it and the words stays."""
    return _with_plain_signs(re.sub(r"\s+", " ", _seen(text)))


def words_in(compared: str) -> list[str]:
    return _WORD.findall(compared)


def letters_in(words: Iterable[str]) -> int:
    """How much there is to read in words: signs alone do not count."""
    return sum(len(word) for word in words if HAS_LETTER.search(word))


class Text:
    """A passage as it is read, and as it is compared; the two are of one length."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.read = _on_one_line(passage.text)
        self.compared = _with_plain_signs(self.read)

    @cached_property
    def words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.compared))

    def stretch(self, first: int, last: int) -> Stretch:
        """From one of its words to the one before another."""
        return Stretch(self, self.words[first].start(), self.words[last - 1].end())

    def holding(self, words: str) -> Iterator[Stretch]:
        """Where the very words stand, and not as parts of others."""
        start = self.compared.find(words)
        while start >= 0:
            stretch = Stretch(self, start, start + len(words))
            if stretch.is_whole:
                yield stretch
            start = self.compared.find(words, start + 1)

    def holding_in_any_case(self, words: str) -> Iterator[Stretch]:
        """Where they stand in capitals or without, as far as that leaves them as long."""
        text, sought = self.compared.lower(), words.lower()
        if len(text) == len(self.compared) and (start := text.find(sought)) >= 0:
            stretch = Stretch(self, start, start + len(sought))
            if stretch.is_whole:
                yield stretch


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the text of a passage."""

    text: Text
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.text.read[self.start : self.end]

    @property
    def before(self) -> str:
        return self.text.compared[: self.start]

    @property
    def after(self) -> str:
        return self.text.compared[self.end :]

    @property
    def is_whole(self) -> bool:
        """Whether it begins and ends where words do."""
        text = self.text.compared
        return not any(
            text[inner] == " " or _INSIDE.match(text, edge)
            for inner, edge in ((self.start, self.start), (self.end - 1, self.end))
        )

    @property
    def is_tied(self) -> bool:
        """Whether a hyphen ties it to other words."""
        return any(_TIED.match(self.text.read, edge) for edge in (self.start, self.end))

    @property
    def anchor(self) -> Anchor:
        first, last = self._reach()
        read = self.text.read
        return Anchor(self.words, read[first : self.start], read[self.end : last])

    def stands_between(self, prefix: str, suffix: str) -> bool:
        """Whether both surroundings agree, as far as an anchor made here would keep them.

        That nothing stands before or after is a surrounding like any other.
        """
        first, last = self._reach()
        return (
            len(prefix) >= self.start - first
            and len(suffix) >= last - self.end
            and self.before.endswith(prefix)
            and self.after.startswith(suffix)
        )

    def nearness(self, prefix: str, suffix: str) -> int:
        """How many characters of the surroundings agree."""
        return in_common(self.before[::-1], prefix[::-1]) + in_common(self.after, suffix)

    def _reach(self) -> tuple[int, int]:
        """How far the surroundings go, cut at words unless a word alone is longer than that."""
        text = self.text.compared
        first = farthest_first = max(self.start - REACH, 0)
        while first < self.start and (text[first] == " " or _INSIDE.match(text, first)):
            first += 1
        last = farthest_last = min(self.end + REACH, len(text))
        while last > self.end and (text[last - 1] == " " or _INSIDE.match(text, last)):
            last -= 1
        return (
            farthest_first if first == self.start else first,
            farthest_last if last == self.end else last,
        )


def in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words, or characters, agree from the first on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


_STOPS = frozenset(".,;:!?)]}…–—·")


def stops(words: Sequence[str]) -> int:
    """How many of the words from the first on are stops, which belong to what is ahead."""
    return next((n for n, word in enumerate(words) if word not in _STOPS), len(words))
