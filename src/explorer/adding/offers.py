"""Which records are offered where one is chosen: what is near first, then what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from explorer.record import labels
from explorer.record.days import last_day
from explorer.record.model import (
    Delegate,
    Delegation,
    Issue,
    Milestone,
    Point,
    Record,
    Ref,
    Round,
    Source,
)
from explorer.record.tables import references, tables_in
from explorer.text.folding import fold, words_of
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

MOST = 40
"""Records that are offered at once; more words find the rest."""
_QUOTES = 5000
"""The newest quotes that may be chosen; there may be a hundred thousand."""
_LABEL = 70


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that may be chosen."""

    name: str
    """The reference that stands for it."""
    label: str
    detail: str = ""
    """What tells it from others of its name."""


class Offers:
    """The records of a view by their names. Those of a kind are read when it is asked for."""

    def __init__(self, view: View, near: Iterable[Ref] = ()) -> None:
        """`near` are those that are likely to be meant, the likeliest first."""
        self._view = view
        self._near = tuple(dict.fromkeys(near))
        self._known: dict[str, Sequence[tuple[Offer, str]]] = {}

    def are_read(self, kinds: Sequence[str]) -> bool:
        """Whether the names of records are known; else somebody has to read them."""
        return all(kind in self._known for kind in kinds)

    def read(self, kind: str) -> Sequence[tuple[Offer, str]]:
        """The records of a kind, newest first where they have a day, with what finds them.

        Of many it takes its time, and is not for the thread that draws.
        """
        if kind not in self._known:
            index = self._view.index
            refs = index.newest_quotes()[:_QUOTES] if kind == "quote" else index.refs(kind)
            records: list[Record] = [index[ref] for ref in refs]
            if kind in ("round", "source", "quote", "milestone", "point"):
                records.sort(key=_day, reverse=True)
            offers = [offer(self._view, record) for record in records]
            self._known[kind] = [
                (each, _folded(each, record)) for each, record in zip(offers, records, strict=True)
            ]
        return self._known[kind]

    def found(self, kinds: Sequence[str], typed: str = "") -> list[Offer]:
        """What is offered for what was typed, the likeliest first."""
        words = words_of(typed)
        near = {str(ref): place for place, ref in enumerate(self._near)}
        ranked: list[tuple[tuple[int, int], int, Offer]] = []
        for kind in kinds:
            for each, folded in self.read(kind):
                if (rank := _rank(words, fold(each.label), folded)) is not None:
                    place = near.get(each.name, len(near))
                    ranked.append(((rank, place) if words else (place, 0), len(ranked), each))
        return [each for _, _, each in sorted(ranked, key=lambda r: r[:2])[:MOST]]


def _rank(words: Sequence[str], label: str, folded: str) -> int | None:
    """How well what was typed finds a record, the best being 0; None where it does not.

    A name may begin with it, words of the name may, or it may stand anywhere else.
    """
    if not all(word in folded for word in words):
        return None
    if label.startswith(" ".join(words)):
        return 0
    if all(f" {word}" in f" {label}" for word in words):
        return 1
    return 2 if all(word in label for word in words) else 3


def near(view: View, subject: Ref | None) -> list[Ref]:
    """Records that are likely to be meant: what is shown, what it names, what is in the scope."""
    found = [subject] if subject is not None and subject in view.index else []
    for ref in found[:1]:
        named = (r for table in tables_in(view.index[ref]) for _, r in references(table))
        found += (r for r in named if r in view.index)
    chosen = list(view.chosen)
    beside = (ref for one in chosen for ref in view.index.named_in(one, "delegate"))
    return list(dict.fromkeys((*found, *chosen, *beside)))


def offer(view: View, record: Record) -> Offer:  # noqa: PLR0911 -- a line for each kind
    """A record as it is offered: by a name in a few words."""
    index, name = view.index, str(record.ref)
    match record:
        case Delegate():
            side = record.latest_side_id
            where = index.delegation(side).short if side else ""
            label = record.name if fold(record.short) in fold(record.name) else record.short
            return Offer(name, one_line(label), _joined(where, record.latest_role))
        case Delegation():
            return Offer(name, one_line(record.name), one_line(record.short))
        case Issue():
            return Offer(name, one_line(record.name), one_line(record.group))
        case Round():
            return Offer(name, labels.title(index, record.ref), view.days_of(record))
        case Milestone():
            return Offer(name, one_line(record.name), labels.day(record.falls_on))
        case Point():
            return Offer(name, one_line(record.name), labels.day(record.on))
        case Source():
            day = labels.day(record.published) if record.published else ""
            return Offer(name, one_line(labels.short_source(record, _LABEL)), day)
        case _:
            return Offer(name, labels.title(index, record.ref))


def _joined(*parts: str) -> str:
    return ", ".join(one_line(part) for part in parts if part)


def _folded(of: Offer, record: Record) -> str:
    others = ("short", "native_name", "address", "group", "id")
    return fold(" ".join((of.label, of.detail, *(str(getattr(record, k, "")) for k in others))))


def _day(record: Record) -> str:
    keys = ("said", "published", "on", "starts")
    day = next((day for key in keys if (day := getattr(record, key, None))), None)
    return last_day(day).isoformat() if day else ""
