"""What is new, set out: one record with all that differs, or every record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated, Any, Literal, NotRequired, Required, TypedDict

from explorer.documents.comparisons.changes.additions import added
from explorer.documents.comparisons.news.form_changes import (
    EntryChange,
    FormChanges,
    changes_between,
    is_table,
)
from explorer.documents.comparisons.news.form_words import changed, field_name, head, rest, said
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.news_words import SIGNS, counted
from explorer.documents.pages import page
from explorer.documents.sheet import Block, Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref
from explorer.record.tables import shaped
from explorer.seen import Item, News, Watched, plain_form
from explorer.seen.news import Fate
from explorer.seen.plain_form import PlainForm
from explorer.text.json_types import RefText, TableOf
from explorer.view import View

_TITLE = "What is new"


def sheet(view: View, question: Question = ALL) -> Sheet:
    """All that is new, or what is new of the record that the question is about."""
    written = to_read(view, question)
    written.finish()
    return written


def to_read(view: View, question: Question) -> Sheet:
    """The same, of which each record is written when it is read."""
    news, index = view.news, view.index
    found = news.in_sight(index)
    item = news.item(question.about) if question.about is not None else None
    if item is not None and item in found:
        number = found.index(item) + 1
        return _of_one(view, item, f"{_TITLE}, {number} of {len(found)}")
    written = Sheet(view, _TITLE)
    if not found:
        written.add(nothing(view))
        return written
    written.add(summary(view))
    _watches(written)
    written.rows_left = 2 * len(found)
    written.write_on(_all(written, found))
    return written


def summary(view: View) -> str:
    """“14 new, 3 corrected, 1 withdrawn since 12 Nov 2026”, of what may be shown that day."""
    news = view.news
    left = news.left_in(view.index)
    since = f" since {labels.day(news.since)}" if news.since else ""
    if not left:
        return f"Everything new{since} is seen."
    day = f", as of {labels.day(view.as_of)}" if view.scope.as_of else ""
    return f"{counted(view, left)}{since}{day}."


def nothing(view: View) -> str:
    """That nothing is new, and since when."""
    news = view.news
    if news.is_too_much(view.index):
        return (
            f"{len(news.items)} records are new or otherwise than they were: what of them was "
            f"public on {labels.day(view.as_of)} takes too long to find."
        )
    if news.left:
        return f"Nothing that is new was public on {labels.day(view.as_of)}."
    if news.since is None:
        return "It is not known yet what is new."
    return (
        f"Nothing is new since {labels.day(news.since)}. What is added, corrected or withdrawn in "
        "the files of the dataset from then on is listed here."
    )


def _watches(written: Sheet) -> None:
    """What is new in each watch that has anything new."""
    told = [watch for watch in written.view.news.watched if watch.refs or watch.trouble]
    if not told:
        return
    written.heading("Watches")
    for watch in told:
        name = (Span(watch.name, "label"),)
        if watch.trouble:
            written.add(Span(watch.trouble, "warning"), kind="row", label=name)
            continue
        written.add(in_watch(written.view, watch), kind="row", label=name)


def in_watch(view: View, watch: Watched) -> str:
    """“3 new, 1 corrected”, of what is not seen yet and may be shown; “nothing new”."""
    items = tuple(item for item in view.news.left_in(view.index) if item.ref in watch.refs)
    return counted(view, items) or "nothing new"


# All of them.


def _all(written: Sheet, found: tuple[Item, ...]) -> Iterator[None]:
    for kind, items in groupby(found, lambda item: item.ref.kind):
        written.heading(labels.KIND_PLURALS.get(kind, "the negotiation").capitalize())
        for number, item in enumerate(items):
            _set_apart(written, bool(number))
            _in_the_list(written, item)
            yield
    yield from written.sources_listed()


def _in_the_list(written: Sheet, item: Item) -> None:
    view = written.view
    fate = view.news.fate(item, view.index)
    assert fate is not None, "it is in sight"
    seen = (Span("  seen", "muted"),) if item.ref in view.news.seen else ()
    written.add(*_headline(written, item, fate), *seen)
    with written.beneath():
        if fate == "new":
            _in_short(written, item)
        else:
            _say_what(written, item, fate)


def _in_short(written: Sheet, item: Item) -> None:
    """What a new record says, in a line."""
    change = added(written.view, written.index[item.ref])
    said = ". ".join(filter(None, (change.now, change.text)))
    when = (Span(f"{labels.day(change.on)}: ", "muted"),) if item.ref.kind != "source" else ()
    if said:
        written.add(*when, Span(said))


def _headline(written: Sheet, item: Item, fate: Fate) -> tuple[Span, ...]:
    """The sign and the word, and which record it is."""
    sign = Span(f"{SIGNS[fate]} {fate}  ", "warning" if fate == "withdrawn" else "mark")
    if fate == "withdrawn":
        return (sign, Span(name_of(written.view, item), "strong"))
    sources = () if item.ref.kind == "source" else written.index[item.ref].source_ids
    return (sign, written.name(item.ref), *written.marks(sources))


def name_of(view: View, item: Item) -> str:
    """What to call a record; one that is gone by what it was called, as far as that was public."""
    if item.fate != "withdrawn" and item.ref in view.index:
        return labels.title(view.index, item.ref)
    form = item.before_in(view.index) or {}
    words = str(form.get("name") or form.get("title") or form.get("text") or "")
    named = labels.shortened(" ".join(words.split()), 60)
    return f"{named} ({item.ref})" if named else str(item.ref)


# One of them.


def _of_one(view: View, item: Item, title: str) -> Sheet:
    fate = view.news.fate(item, view.index)
    assert fate is not None, "it is in sight"
    if fate == "new":
        written: Sheet = page(view, item.ref)
        kind = labels.KIND_NAMES[item.ref.kind].lower()
        opening = Sheet(view)
        opening.add(Span(f"{SIGNS['new']} new", "mark"), f" {kind}: ", opening.name(item.ref))
        written.blocks[0:1] = opening.blocks  # which names it too
        written.title = title
        return written
    written = Sheet(view, title)
    written.add(*_headline(written, item, fate))
    _say_what(written, item, fate, apart=True)
    if fate == "withdrawn":
        _notes(written, item)
    written.list_sources()
    return written


def _say_what(written: Sheet, item: Item, fate: Fate, *, apart: bool = False) -> None:
    """What differs, or of a record that is gone what it said, perhaps with room in between."""
    if fate == "withdrawn":
        written.add(Span("It is no longer in the dataset. When you saw it, it said:", "muted"))
        _whole(written, item.before_in(written.index) or {}, apart=apart)
        return
    if item.is_renamed:
        written.add(
            Span(f"[–{item.was}]", "muted"),
            " ",
            Span(str(item.ref), "strong"),
            kind="row",
            label=(Span("Reference", "label"),),
        )
    _differences(written, changes_in(written.view, item), apart=apart)


def changes_in(view: View, item: Item) -> FormChanges:
    """What differs between what a record said and what it says, as far as it may be shown."""
    was, now = item.before_in(view.index), item.now_in(view.index)
    if was is None or now is None:
        return FormChanges()
    return changes_between(plain_form.renamed(was, view.whole), now)


def _differences(written: Sheet, found: FormChanges | EntryChange, *, apart: bool = False) -> None:
    for field in found.fields:
        spans = changed(written, field.key, field.was, field.now)
        written.add(*spans, kind="row", label=(Span(field_name(field.key), "label"),))
    for entry in found.entries:
        _set_apart(written, apart)
        _entry(written, entry)


def _set_apart(written: Sheet, apart: bool) -> None:
    """Leave a line empty before what follows."""
    if apart:
        written.blocks.append(Block(kind="blank"))


def _entry(written: Sheet, change: EntryChange) -> None:
    """An entry that came, went or changed, under the name of its table."""
    shown = change.now if change.now is not None else change.was
    assert shown is not None, "it was there, or is"
    fate: Fate = "corrected"
    if change.was is None:
        fate = "new"
    elif change.now is None:
        fate = "withdrawn"
    table = field_name(change.table).lower()
    sources = () if change.now is None else _known(written, change.now)
    written.add(
        Span(f"{SIGNS[fate]} {fate} {table}  ", "warning" if fate == "withdrawn" else "mark"),
        *head(written, shown),
        *written.marks(sources),
        kind="item",
    )
    with written.beneath():
        if fate == "corrected":
            _differences(written, change)
        else:
            for key, value in rest(shown):
                _field(written, key, value)


def _known(written: Sheet, entry: PlainForm) -> tuple[str, ...]:
    """The sources of an entry, as far as they may be shown."""
    slugs = entry.get("sources", ())
    return tuple(s for s in slugs if isinstance(s, str) and Ref("source", s) in written.index)


def _whole(written: Sheet, form: PlainForm, *, apart: bool) -> None:
    """All that a form says."""
    for key in sorted(form, key=lambda key: key == "sources"):
        if not is_table(form[key]):
            _field(written, key, form[key])
    for key, value in form.items():
        for entry in value if is_table(value) else ():
            _set_apart(written, apart)
            table = field_name(key).lower()
            written.add(Span(f"{table}  ", "muted"), *head(written, entry), kind="item")
            with written.beneath():
                for name, inner in rest(entry):
                    _field(written, name, inner)


def _field(written: Sheet, key: str, value: Any) -> None:
    written.add(*said(written, key, value), kind="row", label=(Span(field_name(key), "label"),))


def _notes(written: Sheet, item: Item) -> None:
    """The reader's notes on a record that is gone, which are kept."""
    notes = written.view.notes.on(item.ref)
    if not notes:
        return
    written.heading("Your notes on it")
    for note in notes:
        written.add(Span(" ".join(note.text.split())), kind="item")
    written.add(Span("They are kept. i, then A on one, attaches it to another record.", "muted"))


# As data.


class FieldChange(TypedDict):
    """A field that says something else now; null is nothing."""

    field: str
    was: Any
    now: Any


class EntryChangeData(TypedDict):
    """An entry that came, went or says something else now; null is none."""

    table: str
    was: Any
    now: Any


class NewsRow(TypedDict, total=False):
    """A record that is new to the reader, was corrected or is gone."""

    ref: Required[RefText]
    fate: Required[Fate]
    was: RefText
    """What it was called before, when it was renamed."""
    name: Required[str]
    changes: list[FieldChange | EntryChangeData]
    record: Annotated[dict[str, Any], TableOf("?")]
    """All of it, when it is new or gone."""
    watches: list[str]
    """The watches that it is in, by name."""
    seen: Literal[True]


class WatchNews(TypedDict):
    """What is new in a watch."""

    name: str
    refs: list[RefText]
    trouble: NotRequired[str]
    """Why not all of it can be known."""


def as_data(view: View, question: Question = ALL) -> list[NewsRow]:
    """What is new as plain values for JSON, less what is empty."""
    del question
    found = view.news.in_sight(view.index)
    return [_row(view, view.news, item) for item in found]


def _row(view: View, news: News, item: Item) -> NewsRow:
    fate = news.fate(item, view.index)
    is_gone = fate == "withdrawn"
    differs = changes_in(view, item) if fate == "corrected" else FormChanges()
    return shaped(
        NewsRow,
        {
            "ref": str(item.ref),
            "fate": fate,
            "was": str(item.was) if item.is_renamed and fate == "corrected" else "",
            "name": name_of(view, item),
            "changes": [*_fields_data(differs), *map(_entry_data, differs.entries)],
            "record": (item.before_in if is_gone else item.now_in)(view.index)
            if fate != "corrected"
            else None,
            "watches": [watch.name for watch in news.watched if item.ref in watch.refs],
            "seen": item.ref in news.seen or None,
        },
    )


def _fields_data(found: FormChanges | EntryChange) -> list[FieldChange]:
    return [{"field": f.key, "was": f.was, "now": f.now} for f in found.fields]


def _entry_data(change: EntryChange) -> EntryChangeData:
    return {"table": change.table, "was": change.was, "now": change.now}


def watch_data(view: View, watch: Watched) -> WatchNews:
    """What is new in a watch, as plain values for JSON."""
    items = [item for item in view.news.in_sight(view.index) if item.ref in watch.refs]
    found: WatchNews = {"name": watch.name, "refs": [str(item.ref) for item in items]}
    if watch.trouble:
        found["trouble"] = watch.trouble
    return found
