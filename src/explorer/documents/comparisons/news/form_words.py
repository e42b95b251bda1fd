"""Plain forms of records in words: what a field says, and what it said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, get_args

from explorer.documents.comparisons.news.form_changes import is_table
from explorer.documents.comparisons.texts.marked_words import MOST
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels, model
from explorer.record.days import Day, last_day
from explorer.record.model import Ref
from explorer.record.tables import toml_name
from explorer.seen.plain_form import REFERENCE_KEYS, PlainForm
from explorer.text.word_diff import ALIKE, difference, likeness

_NAMES = {"on": "day", "at": "margin", "via": "known through", "for": "spoken for"}
"""Keys that say little by themselves."""
_HEADS = ("on", "since", "starts", "delegation", "delegations", "speaker", "by", "name", "number")
_STATES = ("state", "stage", "stance", "standing", "outcome", "shows")

_SHORT = 24
"""Letters of a value that is shown whole beside what it was."""


def field_name(key: str) -> str:
    """What to call a field: “Next step”."""
    words = _NAMES.get(key, key).replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


def changed(sheet: Sheet, key: str, was: Any, now: Any) -> tuple[Span, ...]:
    """What a field says now against what it said before: `[–old words]`, `[+new words]`."""
    if isinstance(was or now, list) or key in REFERENCE_KEYS:
        return tuple(_list_changed(sheet, key, _listed(was), _listed(now)))
    old, new = in_words(key, was), in_words(key, now)
    if not new or not old:
        return (Span(new, "strong"),) if new else (Span(f"[–{old}]", "muted"),)
    if key in _days() or not isinstance(now, str) or max(len(old), len(new)) <= _SHORT:
        return (Span(old, "muted"), Span(" → "), Span(new, "strong"))
    if len(old) + len(new) > MOST or likeness(old, new) <= ALIKE:  # else it takes too long
        return (Span(new), Span(f" [–{old}]", "muted"))
    return tuple(_marked(old, new))


def _listed(value: Any) -> list[Any]:
    """The names or words that a field has, be it one or several."""
    return value if isinstance(value, list) else [value] if value else []


def _marked(old: str, new: str) -> Iterator[Span]:
    """Words with those that came and those that went set off by signs, and not by looks alone."""
    for piece, fate in difference(old, new):
        words = piece.strip()
        yield Span(" " if piece.startswith(" ") else "")
        if fate == "same":
            yield Span(words)
        else:
            sign, role = ("+", "strong") if fate == "added" else ("–", "muted")
            yield Span(f"[{sign}{words}]", role)
        yield Span(" " if piece.endswith(" ") else "")


def _list_changed(sheet: Sheet, key: str, was: list[Any], now: list[Any]) -> Iterator[Span]:
    """Several names or words: those that came, those that went, and how many stay."""
    came = [item for item in now if item not in was]
    went = [item for item in was if item not in now]
    stay = [item for item in now if item in was]
    if not came and not went:
        yield Span("the same in another order: ", "muted")
        came = now
        stay = []
    for number, item in enumerate(came):
        yield Span(", " if number else "")
        yield _item(sheet, key, item, "link" if _is_named(sheet, key, item) else "strong")
    for number, item in enumerate(went):
        yield Span(", " if number or came else "")
        yield Span("[–", "muted")
        yield _item(sheet, key, item, "muted")
        yield Span("]", "muted")
    if stay:
        yield Span(f" beside {labels.counted(len(stay), 'other')}", "muted")


def said(sheet: Sheet, key: str, value: Any) -> tuple[Span, ...]:
    """What a field says."""
    if key in REFERENCE_KEYS or isinstance(value, list):
        spans: list[Span] = []
        for item in value if isinstance(value, list) else [value]:
            spans += [Span(", ")] if spans else []
            spans.append(_item(sheet, key, item, ""))
        return tuple(spans)
    return (Span(in_words(key, value)),)


def head(sheet: Sheet, entry: PlainForm) -> tuple[Span, ...]:
    """By what one knows an entry: its day, its side, and how things stand by it."""
    spans: list[Span] = []
    for key in (*_HEADS, *_STATES):
        if key in entry and not isinstance(entry[key], dict):
            spans += [Span(" · ", "muted")] if spans else []
            spans += said(sheet, key, entry[key])
    return tuple(spans)


def rest(entry: PlainForm) -> Iterator[tuple[str, Any]]:
    """The fields of an entry that its head does not say, less its sources."""
    for key, value in entry.items():
        if key not in (*_HEADS, *_STATES, "sources") and not is_table(value):
            yield key, value


def in_words(key: str, value: Any) -> str:
    """A value as text; nothing for nothing."""
    match value:
        case bool():
            words = "yes" if value else "no"
        case float() | int():
            words = labels.number(value)
        case str() if key in _days():
            words = _day(value)
        case dict():
            words = "; ".join(f"{name}: {in_words(name, each)}" for name, each in value.items())
        case list():
            words = "; ".join(in_words(key, each) for each in value)
        case _:
            words = str(value or "")
    return words


def _day(text: str) -> str:
    """A day as it is shown; a text that is none as it is."""
    try:
        last_day(day := _parsed(text))
    except ValueError:
        return text
    return labels.day(day)


def _parsed(text: str) -> Day:
    try:
        return date.fromisoformat(text) if len(text) > len("2025-10") else text
    except ValueError:
        return text


@cache
def _days() -> frozenset[str]:
    """The keys under which days stand."""
    classes = (*get_args(model.AnyRecord), *get_args(model.AnyEntry))
    types = ("Day", "Day | None", "date", "date | None")
    return frozenset(toml_name(f.name) for c in classes for f in fields(c) if f.type in types)


def _ref(key: str, item: Any) -> Ref | None:
    if not isinstance(item, str):
        return None
    if key in REFERENCE_KEYS:
        return Ref(REFERENCE_KEYS[key], item)
    try:
        return Ref.parse(item) if key == "about" else None
    except ValueError:
        return None


def _is_named(sheet: Sheet, key: str, item: Any) -> bool:
    ref = _ref(key, item)
    return ref is not None and sheet.index.current(ref) is not None


def _item(sheet: Sheet, key: str, item: Any, role: str) -> Span:
    """One name or word: a record by its name and a link to it, as far as it is public."""
    ref = _ref(key, item)
    if ref is None:
        return Span(in_words(key, item), role)
    here = sheet.index.current(ref)
    if here is not None:
        return Span(labels.title(sheet.index, here), role or "link", here)
    if sheet.view.whole.current(ref) is not None:
        return Span("what was not public yet", "muted")
    return Span(f"{ref}, which is no more", role or "muted")
