"""What stands in each place on the day that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from explorer.documents import coverage, front
from explorer.documents.comparisons import COMPARISONS, Comparison
from explorer.documents.pages import Longest, page_to_read
from explorer.documents.pages import rows as page_rows
from explorer.documents.sheet import Sheet, Span
from explorer.linear import note_leaves, spoken
from explorer.linear.leaf import GoneError, Leaf
from explorer.linear.spoken import Entry, Goal, in_words, name_of
from explorer.linear.whereabouts import (
    AllNotes,
    Found,
    FrontPage,
    Listed,
    Menu,
    OnNote,
    OnRecord,
    Place,
    Sources,
    Viewed,
)
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.folding import words_of
from explorer.text.sanitize import one_line
from explorer.view import View

if TYPE_CHECKING:
    from explorer.search import Hit, Results

Search = Callable[[View, str, int], "Results"]
"""What agrees with words in a view, so many at most."""

AT_ONCE, HITS_AT_ONCE = 50, 20
"""Records, and hits, that are listed at a time."""
LISTS = (
    *("round", "delegation", "issue", "quote", "text", "measure", "figure", "point"),
    *("milestone", "conflict", "source"),
)
"""The kinds that can be listed, in the order of the menu."""
_IN_GROUPS = ("issue",)


def leaf_of(view: View, place: Place, search: Search) -> Leaf:
    """What is read in a place. Raises GoneError when that is nothing on the day of the view."""
    if isinstance(place, Found):
        return _found(view, place, search)
    if isinstance(place, Sources):
        return _sources(view, leaf_of(view, place.of, search))
    return _MAKERS[type(place)](view, place)


def comparison_named(name: str) -> Comparison:
    """One of the comparisons."""
    return next(comparison for comparison in COMPARISONS if comparison.name == name)


def offered(view: View) -> tuple[Comparison, ...]:
    """The comparisons for which the dataset has anything."""
    return tuple(c for c in COMPARISONS if not c.kind or view.whole.refs(c.kind))


def plural(kind: str) -> str:
    """“Points said to be agreed”."""
    return labels.KIND_PLURALS[kind].capitalize()


def _rest(kind: str, left: int) -> str:
    return f"And {labels.tally(kind, left)} more: “scope”, then “{kind}s”, lists them all."


_LONGEST = Longest(200, _rest)


def _menu(view: View) -> Leaf:
    entries = [Entry("Front page: what comes, falls due, was said and moved", _to(FrontPage()))]
    for kind in LISTS:
        if number := view.counted(kind, view.rows(kind)):
            shown = labels.tally("delegate", number) if kind == "delegation" else str(number)
            entries.append(Entry(f"{plural(kind)}: {shown}", _to(Listed(kind))))
    entries += [
        Entry(f"{each.title}: {each.help}", _to(Viewed(each.name)))
        for each in offered(view)
        if not each.is_its_own
    ]
    notes = len(view.shown_notes())
    entries.append(Entry(f"Your notes: {notes or 'none'}", _to(AllNotes())))
    negotiation = view.index.dataset.negotiation
    return Leaf(in_words(negotiation.name), (), tuple(entries), ref=negotiation.ref)


def _note(view: View, place: OnNote) -> Leaf:
    """A note; where it is gone and another version of it is there, that one."""
    copies = view.notes.conflicts_of(place.note_id)
    note = view.notes.by_id(place.note_id) or (copies[0] if copies else None)
    if note is None or not view.shows(note):
        raise GoneError("That note is not here any more.")
    return note_leaves.one_note(view, note)


def _to(place: Place) -> tuple[Goal, ...]:
    return (Goal(place, ""),)


def _front_page(view: View) -> Leaf:
    page = front.front_page(view, _LONGEST)
    return _of_sheet(page, ref=view.index.dataset.negotiation.ref)


def _record(view: View, ref: Ref) -> Leaf:
    ref = view.index.current(ref) or ref
    if ref not in view.index:
        known = view.whole.current(ref) is not None
        why = f"was not public on {labels.day(view.as_of)}" if known else "is not in this dataset"
        raise GoneError(f"That record {why}.")
    if ref == view.index.dataset.negotiation.ref:
        return _front_page(view)
    page = page_to_read(view, ref, _LONGEST)
    return _of_sheet(page, name_of(view, ref), tuple(note_leaves.on_record(view, ref)), ref)


def _of_sheet(
    sheet: Sheet, title: str = "", more: tuple[Entry, ...] = (), ref: Ref | None = None
) -> Leaf:
    sheet.finish()
    entries = (*spoken.entries(sheet), *more)
    title = title or in_words(sheet.title)
    headings = [e.text for e in entries if e.is_heading]
    leading = sum(bool(entry.goals) for entry in entries)
    parts = [
        labels.counted(len(headings), "section") if headings else "",
        labels.counted(leading, "numbered entry", "numbered entries") if leading else "",
        labels.counted(len(sheet.cited), "source") if sheet.cited else "",
    ]
    notes = len(sheet.view.notes_on(ref)) if ref is not None else 0
    if notes:
        parts.append(labels.counted(notes, "note of yours", "notes of yours"))
    counts = ", ".join(filter(None, parts))
    return Leaf(title, (f"{counts}.",) if counts else (), entries, sheet, None, ref)


def _listed(view: View, place: Listed) -> Leaf:
    refs = view.rows(place.kind, words_of(place.words))
    total = view.total(place.kind)
    shown = refs[place.start : place.start + AT_ONCE]
    number = view.counted(place.kind, refs)
    what = "delegate" if place.kind == "delegation" else place.kind
    intro = f"{labels.tally(what, number)}"
    if number != total:
        intro = f"{number} of {labels.tally(what, total)}"
    if place.words:
        intro += f", with “{one_line(place.words)}”"
    if len(refs) > AT_ONCE:
        intro += f"; {place.start + 1} to {place.start + len(shown)} of them"
    following = place.start + len(shown)
    more = Listed(place.kind, place.words, following) if following < len(refs) else None
    entries: list[Entry] = []
    group = ""
    for ref in shown:
        if place.kind in _IN_GROUPS and (named := view.index.issue(ref).group) != group:
            group = named
            entries.append(Entry(in_words(group), is_heading=True))
        entries.append(Entry(row(view, ref), (Goal(OnRecord(ref), name_of(view, ref)),)))
    if more is not None:
        intro += "; “more” goes on"
    title = plural(place.kind)
    return Leaf(title, (f"{intro}.",), tuple(entries), more=more, first=place.start + 1)


def row(view: View, ref: Ref) -> str:
    """A record in a line, with what matters about it."""
    sheet = Sheet(view)
    match ref.kind:
        case "delegation" | "delegate" | "source":
            return _row_of_person(view, ref)
        case "round":
            this_round = view.index.round(ref)
            place = ", ".join(filter(None, (this_round.city, this_round.country)))
            facts = (view.days_of(this_round), this_round.meeting, place)
            line = f"{labels.title(view.index, ref)}: {', '.join(filter(None, facts))}"
            line += ", to come" if view.is_to_come(this_round) else ""
            return in_words(line + _noted(view, ref))
    for _ in page_rows.listed(sheet, "", (ref,)):
        pass
    block = sheet.blocks[-1]
    spans = (*block.label, *((Span(": "),) if block.label else ()), *block.spans)
    words = "".join(s.text for s in spans if s.role != "mark")
    if ref.kind == "conflict":
        words = words.lstrip("≢ ")  # as they all do
    return in_words(words.rstrip()) + _noted(view, ref)


def _row_of_person(view: View, ref: Ref) -> str:
    if ref.kind == "delegate":
        delegate = view.index.delegate(ref)
        role = delegate.roles[-1].title if delegate.roles else ""
        side = delegate.latest_side_id
        of = view.index.delegation(side).short if side else ""
        line = ", ".join(filter(None, (delegate.name, role, of)))
    elif ref.kind == "source":
        line = labels.source_line(view.index.source(ref))
    else:
        line = labels.title(view.index, ref)
    return in_words(line) + _noted(view, ref)


def _noted(view: View, ref: Ref) -> str:
    return ", with a note of yours" if view.has_note(ref) else ""


def _viewed(view: View, place: Viewed) -> Leaf:
    comparison = comparison_named(place.name)
    about = place.question.about
    if about is not None and about not in view.index:
        raise GoneError(f"What that is about was not public on {labels.day(view.as_of)}.")
    sheet = comparison.document(view, place.question)
    sheet.finish()
    return _of_sheet(sheet, ref=about)


def _found(view: View, place: Found, search: Search) -> Leaf:
    results = search(view, place.typed, place.start + HITS_AT_ONCE)
    hits = results.hits[place.start :]
    typed = one_line(place.typed)
    intro: list[str] = []
    if results.trouble:
        intro.append(labels.sentence(one_line(results.trouble)))
    if not results.is_refused:
        listed = f"; {place.start + 1} to {place.start + len(hits)} of them, “more” goes on"
        is_cut = results.total > HITS_AT_ONCE
        counted = labels.counted(results.total, "hit")
        intro.append(f"{counted}, best first{listed if is_cut else ''}." if hits else "No hits.")
    if not hits and view.scope.as_of is not None and not results.is_refused:
        intro.append(f"Only what was public on {labels.day(view.as_of)} was searched.")
    entries = [_hit_entry(view, hit) for hit in hits]
    if results.instead:
        instead = Goal(Found(results.instead), "")
        entries.insert(0, Entry(f"Search for {one_line(results.instead)} instead", (instead,)))
    following = place.start + len(hits)
    more = Found(place.typed, following) if hits and following < results.total else None
    first = place.start + 1
    return Leaf(f"Search for {typed}", tuple(intro), tuple(entries), more=more, first=first)


def _hit_entry(view: View, hit: Hit) -> Entry:
    """What was found in a line: a quote in full, of all else the words around what was sought."""
    title = in_words(hit.title)
    place = OnNote(hit.note_id) if hit.note_id else OnRecord(hit.ref)
    if hit.ref.kind == "quote" and hit.kind == labels.KIND_NAMES["quote"]:
        return Entry(f"{hit.kind}: {row(view, hit.ref)}", (Goal(place, title),))
    words = in_words("".join(piece for piece, _ in hit.snippet))
    when = labels.day(hit.day) if hit.day else ""
    own = labels.OWN_MEANS if hit.own else ""
    head = ", ".join(filter(None, (hit.kind, when, own)))
    line = f"{head}: {title}"
    return Entry(line if words in title else f"{line}. {words}", (Goal(place, title),))


def _sources(view: View, leaf: Leaf) -> Leaf:
    """The sources of what is read elsewhere, numbered as its statements number them."""
    cited = leaf.sheet.cited if leaf.sheet is not None else {}
    refs = [Ref("source", slug) for slug in cited]
    if not refs and leaf.ref is not None and leaf.ref in view.index:
        refs = [Ref("source", slug) for slug in view.index[leaf.ref].source_ids]
    entries = [
        Entry(source_line(view, ref), (Goal(OnRecord(ref), ""),))
        for ref in refs
        if ref in view.index
    ]
    if not entries:
        raise GoneError("There are no sources here.")
    intro = (
        f"{labels.counted(len(entries), 'source')}. “open 1” opens the first in your browser, "
        "“copy 1” copies its address, its number goes to all that rests on it."
    )
    return Leaf(f"Sources of {leaf.title}", (intro,), tuple(entries), ref=leaf.ref)


def source_line(view: View, ref: Ref) -> str:
    """A source with its whole address, and that of its archived copy."""
    source = view.index.source(ref)
    weak = ", weak" if source.reliability == "weak" else ""
    line = in_words(f"{labels.source_line(source)}{weak}")
    address = f". {one_line(source.address)}" if source.address else ". No address"
    copy = source.archived
    kept = f" Archived {labels.day(copy.on)}: {one_line(copy.address)}" if copy else ""
    return f"{line}{address}{kept}"


def about_day(view: View) -> str:
    """“As of 26 Oct 2025.”, with how far the record reaches at its end."""
    day = f"As of {labels.day(view.as_of)}."
    return f"{day} {coverage.asked(view)}".strip() if view.asked else day


_MAKERS: Mapping[type, Callable[[View, Any], Leaf]] = {
    Menu: lambda view, _: _menu(view),
    FrontPage: lambda view, _: _front_page(view),
    OnRecord: lambda view, place: _record(view, place.ref),
    Listed: _listed,
    Viewed: _viewed,
    AllNotes: lambda view, place: note_leaves.all_notes(view, place.words),
    OnNote: _note,
}
"""What stands in each place that needs nothing but the view."""
