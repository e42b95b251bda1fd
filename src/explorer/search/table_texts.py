"""Which fields of a table hold what one reads, and which one of a few words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from explorer.record import model
from explorer.record.model import REFERENCES, AnyTable
from explorer.record.tables import class_of

_CHOSEN = {
    *("Form", "Stance", "DelegationType", "Function | None", "MeetingWord", "StateWord"),
    *("ActWord", "StageWord", "StanceWord | None", "TextType", "TextStage", "FigureStanding"),
}
"""Types of fields that hold one of a few words."""
_TEXT = {"str", "tuple[str, ...]"}
_NO_TEXT = {
    *("id", "formerly", "name", "short", "address", "language", "file", "about", *REFERENCES)
}
"""Fields of text that are names, or are nothing one reads."""
_FIRST = ("text", "words", "original", "summary")
"""Fields that are shown before the others."""


def texts_of(table: AnyTable) -> Iterator[str]:
    """What a person reads in a record or entry, less its names."""
    for name in _text_fields(class_of(table)):
        value = getattr(table, name)
        yield from value if isinstance(value, tuple) else (value,)


@cache
def _text_fields(cls: type[Any]) -> tuple[str, ...]:
    no_text = _NO_TEXT - {"name"} if cls in (model.Part, model.Clause) else _NO_TEXT
    read = [f.name for f in fields(cls) if f.type in _TEXT and f.name not in no_text]
    return tuple(sorted(read, key=lambda name: name not in _FIRST))


@cache
def chosen_words(cls: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls) if f.type in _CHOSEN)
