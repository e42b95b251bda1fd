"""Looking a dataset over: what of it is otherwise than it was when it was seen.

It is a function from what was seen and what is there now to the news, for a visit that begins
and for files that change during one alike. Not for the thread that draws.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from explorer.record.index import Index
from explorer.record.model import KINDS, AnyRecord, Ref
from explorer.seen import memory, plain_form
from explorer.seen.memory import Memory
from explorer.seen.news import FATES, Fate, Item, News, names_of
from explorer.values import dataclass

_ORDER = (
    *("negotiation", "round", "issue", "quote", "point", "milestone", "text", "measure"),
    *("figure", "delegation", "delegate", "conflict", "source"),
)
"""In which order a person looks at what is new: what was said and done first, its ground last."""
_PAUSE_EVERY, _PAUSE = 100, 0.0005
"""Records after which others get their turn, and for how many seconds."""
_SAMPLE = 24
"""How many records say what the others are typically like."""


class Stopped(Exception):  # noqa: N818 -- it is no error
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Which dataset is looked at, by whom, and when."""

    index: Index
    """The whole record."""
    place: str
    """Where it lies."""
    today: date
    is_over: Callable[[], bool] = lambda: False
    """Whether nobody waits for it any more."""

    @property
    def name(self) -> str:
        return self.index.dataset.negotiation.id


def look_over(visit: Visit, *, remember: bool = True) -> News:
    """What is new since it was seen last; nothing on a first visit, which sees everything.

    With `remember` false the memory stays as it was, but for a first visit.

    Raises Stopped, and `memory.Unusable`.
    """
    with memory.opened(visit.name, visit.place) as kept:
        about = kept.about
        if "since" not in about:
            _see_everything(visit, kept)
            return News(since=visit.today)
        since = kept.since
        if visit.index.key and about.get("key") == visit.index.key:
            items = tuple(_remembered(visit, kept))
        else:
            items = tuple(_compared(visit, kept, remember=remember))
            if remember:
                kept.note(key=visit.index.key)
                kept.set_pending((str(i.ref), i.fate, str(i.was) if i.was else None) for i in items)
        if not items and remember:
            kept.note(since=visit.today.isoformat())
        return News(_in_order(visit.index, items), since)


def mark_seen(visit: Visit, items: Collection[Item]) -> None:
    """Note that what is new of some records was seen. Raises `memory.Unusable`."""
    with memory.opened(visit.name, visit.place) as kept:
        records = [visit.index[item.ref] for item in items if item.fate != "withdrawn"]
        kept.forget(str(item.was) for item in items if item.was is not None)
        kept.keep(_forms(visit, records))
        kept.drop_pending(str(item.ref) for item in items)
        if not kept.pending() and kept.about.get("key") == visit.index.key:
            kept.note(since=visit.today.isoformat())


def mark_added(visit: Visit, before: Index, refs: Iterable[Ref]) -> None:
    """Note what somebody added themselves as seen, in records of which all else was seen.

    `before` is the record without it. Raises `memory.Unusable`.
    """
    with memory.opened(visit.name, visit.place) as kept:
        if "since" not in kept.about:
            return  # a first visit sees everything
        digests = kept.digests()
        was = {
            ref: text for ref, text, _ in _forms(visit, (before[r] for r in refs if r in before))
        }
        records = [
            visit.index[ref]
            for ref in dict.fromkeys(refs)
            if ref in visit.index and _was_seen(digests.get(str(ref)), was.get(ref))
        ]
        kept.keep(_forms(visit, records))
        kept.drop_pending(str(record.ref) for record in records)  # it may have been looked over


def _was_seen(seen: bytes | None, before: str | None) -> bool:
    """Whether a record was seen as it was before, or was nowhere."""
    return seen is None if before is None else seen == memory.digest(before)


def _see_everything(visit: Visit, kept: Memory) -> None:
    records = visit.index.all.records
    step = max(len(records) // _SAMPLE, 1)
    sample = (records[number] for number in range(0, len(records), step))
    kept.set_hint(plain_form.written(plain_form.plain_form(record)) for record in sample)
    kept.keep(_forms(visit, _unhurried(visit, records)))
    kept.note(key=visit.index.key, since=visit.today.isoformat())
    kept.set_pending(())


def _unhurried(visit: Visit, records: Iterable[AnyRecord]) -> Iterator[AnyRecord]:
    """The records but for the reader's own, which are never news; with room for others."""
    for number, record in enumerate(records):
        if number % _PAUSE_EVERY == 0:
            if visit.is_over():
                raise Stopped
            time.sleep(_PAUSE)
        if not record.own:
            yield record


def _forms(visit: Visit, records: Iterable[AnyRecord]) -> Iterator[tuple[Ref, str, int]]:
    public = visit.index.all.public
    for record in records:
        text = plain_form.written(plain_form.plain_form(record))
        yield record.ref, text, public(record.ref)


def _remembered(visit: Visit, kept: Memory) -> Iterator[Item]:
    """What was found when these very files were looked over before."""
    for ref, fate, was in kept.pending():
        item = _item(visit, kept, ref, fate, was)
        if item is not None:
            yield item


def _item(visit: Visit, kept: Memory, ref: str, fate: str, was: str | None) -> Item | None:
    """An item that was noted; None when what was noted can be none."""
    try:
        this, old = Ref.parse(ref), Ref.parse(was) if was else None
    except ValueError:
        return None
    form = kept.form(was) if was else None
    is_there = this in visit.index
    if fate not in FATES or is_there == (fate == "withdrawn") or (form is None) != (fate == "new"):
        return None
    known: Fate = fate
    if form is None:
        return Item(known, this)
    return Item(known, this, old, form.text, form.public)


def _compared(visit: Visit, kept: Memory, *, remember: bool) -> Iterator[Item]:
    """Every record set against what it was; what only seems to differ is kept as it is now."""
    digests = kept.digests()
    same: list[AnyRecord] = []
    for record in _unhurried(visit, visit.index.all.records):
        name = next((ref for ref in map(str, names_of(record)) if ref in digests), None)
        if name is None:
            yield Item("new", record.ref)
            continue
        was = digests.pop(name)
        form = plain_form.plain_form(record)
        if name == str(record.ref) and memory.digest(plain_form.written(form)) == was:
            continue
        item = _differing(visit, kept, record, name, form)
        if item is not None:
            yield item
        else:
            same.append(record)
    if remember and same:
        kept.keep(_forms(visit, same))
    for name in digests:
        if (item := _withdrawn(kept, name)) is not None:
            yield item


def _differing(
    visit: Visit, kept: Memory, record: AnyRecord, name: str, form: plain_form.PlainForm
) -> Item | None:
    """A record that may be otherwise than it was; None when it only names renamed ones."""
    before = kept.form(name)
    if before is None:
        return Item("new", record.ref)
    item = Item("corrected", record.ref, Ref.parse(name), before.text, before.public)
    try:
        was = plain_form.renamed(plain_form.read(before.text), visit.index)
    except ValueError:
        return Item("new", record.ref)
    return item if was != form or item.is_renamed else None


def _withdrawn(kept: Memory, name: str) -> Item | None:
    try:
        ref = Ref.parse(name)
    except ValueError:
        return None
    before = kept.form(name)
    return Item("withdrawn", ref, ref, before.text, before.public) if before is not None else None


def _in_order(index: Index, items: Iterable[Item]) -> list[Item]:
    """Kind by kind; the newest quotes first, else as the files have them, and what is gone last."""
    places = {ref: place for place, ref in enumerate(index.newest_quotes())} if items else {}
    kinds = {kind: place for place, kind in enumerate((*_ORDER, *KINDS))}

    def place(item: Item) -> tuple[int, bool, int, str]:
        number = index.number(item.ref) or 0
        own = places.get(item.ref, number)
        return kinds.get(item.ref.kind, 99), item.fate == "withdrawn", own, item.ref.id

    return sorted(items, key=place)
