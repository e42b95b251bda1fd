"""What is new to a person: which records are otherwise than they were when they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from explorer.record import publicity
from explorer.record.index import Index
from explorer.record.model import AnyRecord, Ref
from explorer.record.tables import former_refs
from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.seen.plain_form import PlainForm

Fate = Literal["new", "corrected", "withdrawn"]
FATES: tuple[Fate, ...] = get_args(Fate)
"""What became of a record since it was seen."""

_MOST_ON_A_DAY = 2_000
"""Items of which it is found out what was public on an earlier day."""
_FATES_KEPT = 10_000
"""How many of these findings are kept; then they are made anew."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record that is new, was corrected, or is there no more."""

    fate: Fate
    ref: Ref
    """The record; of one that was withdrawn the reference it had."""
    was: Ref | None = None
    """The reference under which it was seen; None when it is new."""
    before: str = ""
    """Its form when it was seen, as text."""
    public: int = 0
    """The day, by number, on which it was public then."""

    @property
    def is_renamed(self) -> bool:
        return self.was is not None and self.was != self.ref

    def before_in(self, index: Index) -> PlainForm | None:
        """What it said when it was seen, as far as that was public on the day of an index.

        None when it had not been seen, or nothing of it was public.
        """
        from explorer.seen import plain_form  # most starts have nothing new

        if self.was is None:
            return None
        try:
            form = plain_form.read(self.before)
        except ValueError:
            return None
        if _is_whole(index):
            return form
        if self.public > index.day:
            return None
        record = plain_form.revived(self.ref, form)
        return _as_public(record, index) if record is not None else None

    def now_in(self, index: Index) -> PlainForm | None:
        """What it says now, as far as that was public on the day of an index."""
        from explorer.seen import plain_form

        record = self._now(index)
        return plain_form.plain_form(record) if record is not None else None

    def _now(self, index: Index) -> AnyRecord | None:
        return index[self.ref] if self.fate != "withdrawn" and self.ref in index else None

    def fate_in(self, index: Index) -> Fate | None:
        """What became of it as far as that may be shown on the day of an index; None if nothing.

        News are of the files, not of the day. But what was not public on it is not shown, and
        so it is not said either that something was corrected that only shows later.
        """
        if _is_whole(index):
            return self.fate
        now, before = self.now_in(index), self.before_in(index)
        if now is None:
            return "withdrawn" if self.fate == "withdrawn" and before is not None else None
        if before is None:
            return "new"
        from explorer.seen import plain_form

        was = plain_form.renamed(before, index)
        return "corrected" if was != now or self.is_renamed else None


@dataclass(frozen=True, slots=True)
class Watched:
    """What is new in a watch."""

    name: str
    refs: tuple[Ref, ...]
    trouble: str = ""
    """Why it cannot be known, if it cannot."""


class News:
    """All that was new when the files were looked at, and what of it was seen since."""

    def __init__(
        self,
        items: Iterable[Item] = (),
        since: date | None = None,
        seen: frozenset[Ref] = frozenset(),
        watched: Sequence[Watched] = (),
    ) -> None:
        self.items = tuple(items)
        self.since = since
        """The last day on which nothing was left to see; None before the first visit."""
        self.seen = seen
        self.watched = tuple(watched)
        self._fates: dict[tuple[Ref, int], Fate | None] = {}
        self._sights: dict[int, tuple[Item, ...]] = {}

    @cached_property
    def _by_ref(self) -> Mapping[Ref, Item]:
        return {item.ref: item for item in self.items}

    def item(self, ref: Ref) -> Item | None:
        """What became of a record, seen or not; None when nothing did."""
        return self._by_ref.get(ref)

    @cached_property
    def left(self) -> tuple[Item, ...]:
        """What was not seen yet."""
        return tuple(item for item in self.items if item.ref not in self.seen)

    def is_too_much(self, index: Index) -> bool:
        """Whether to find out what of it was public on the day of an index takes too long."""
        return not _is_whole(index) and len(self.items) > _MOST_ON_A_DAY

    def in_sight(self, index: Index) -> tuple[Item, ...]:
        """All that may be shown on the day of an index, seen or not; nothing if it is too much."""
        if index.day not in self._sights:
            items = () if self.is_too_much(index) else self.items
            found = tuple(item for item in items if self._fate(item, index) is not None)
            self._sights = {index.day: found}
        return self._sights[index.day]

    def left_in(self, index: Index) -> tuple[Item, ...]:
        """What was not seen yet, of what may be shown on the day of an index."""
        return tuple(item for item in self.in_sight(index) if item.ref not in self.seen)

    def mark_of(self, ref: Ref, index: Index) -> Fate | None:
        """How a record is marked: what became of it, unless that was seen."""
        item = self._by_ref.get(ref) if self._by_ref and ref not in self.seen else None
        return self._fate(item, index) if item is not None else None

    def fate(self, item: Item, index: Index) -> Fate | None:
        """What became of an item, as far as it may be shown on the day of an index."""
        return self._fate(item, index)

    def _fate(self, item: Item, index: Index) -> Fate | None:
        if item.fate != "withdrawn" and item.ref not in index:
            return None
        if _is_whole(index):
            return item.fate
        # A form changes on few days, but what is withdrawn has none that the index knows.
        key = (item.ref, index.day)
        if key not in self._fates:
            if len(self._fates) >= _FATES_KEPT:
                self._fates.clear()
            self._fates[key] = item.fate_in(index)
        return self._fates[key]

    def with_seen(self, refs: Iterable[Ref]) -> News:
        """The same when some more were seen."""
        return self._like(News(self.items, self.since, self.seen.union(refs), self.watched))

    def with_watched(self, watched: Sequence[Watched]) -> News:
        """The same with what is new in each watch."""
        return self._like(News(self.items, self.since, self.seen, watched))

    def _like(self, other: News) -> News:
        """One of the same items, which knows of them what this one does."""
        other._by_ref, other._fates, other._sights = self._by_ref, self._fates, self._sights
        return other


NOTHING_NEW = News()


def _is_whole(index: Index) -> bool:
    return index.day == publicity.LAST


def _as_public(record: AnyRecord, index: Index) -> PlainForm:
    """A record of earlier files as it would have looked on the day of an index."""
    from explorer.seen import plain_form

    return plain_form.plain_form(index.all.form_of_other(record, index.day))


def names_of(record: AnyRecord) -> tuple[Ref, ...]:
    """The references under which a record may have been seen, the present one first."""
    return (record.ref, *former_refs(record))
