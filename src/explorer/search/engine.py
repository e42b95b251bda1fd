"""Finds, among all that a view shows, what agrees with what is typed, and ranks it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import field
from itertools import accumulate
from typing import Literal, NotRequired, TypedDict, overload

from explorer.dataset.progress import Progress
from explorer.record.days import Day
from explorer.record.model import Ref
from explorer.search.filters import Kept, NotUnderstoodError, is_a_word
from explorer.search.findable import KINDS, Documents, Place, documents, noted
from explorer.search.kept_words import forget, words_of
from explorer.search.named import Named, Preference
from explorer.search.near_misses import ENOUGH, near_miss
from explorer.search.query import LONGEST, Filter, Span, Typed, taken_apart, with_instead
from explorer.search.snippet import Spans, cut, pattern
from explorer.search.word_table import DamagedError, Found, WordTable
from explorer.text.json_types import DayText, RefText
from explorer.values import dataclass
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    ref: Ref
    """The record it leads to."""
    kind: str
    """The name of its kind: “Quote”, “Position”, “Note”."""
    title: str
    day: Day | None
    snippet: Spans
    """Its words around the first that was sought, as they are written."""
    score: float
    """The higher, the better it agrees."""
    note_id: str = ""
    """Which note it is, when it is one."""
    own: bool = False
    """Whether a reader added it."""


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, best first."""

    hits: Sequence[Hit] = ()
    total: int = 0
    """How many were found, though not all may be listed."""
    trouble: str = ""
    """What was typed and not understood, with what could be typed instead."""
    is_refused: bool = False
    """Whether for that nothing was looked for: less would have been asked than was meant."""
    instead: str = ""
    """What could be typed instead, when little or nothing was found or it was not understood."""
    sought: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    def marked(self, text: str) -> Spans:
        """A whole text, such as a title, with what was sought marked."""
        return cut((text,), self.sought, len(text))


class HitData(TypedDict):
    """One thing that was found."""

    ref: RefText
    """The record that it leads to."""
    kind: str
    """The name of its kind: “Quote”, “Position”, “Note”."""
    title: str
    day: DayText | None
    snippet: str
    """Its words around the first that was sought."""
    marks: list[list[int]]
    """Where in the snippet what was sought begins and ends."""
    score: float
    """The higher, the better it agrees."""
    own: NotRequired[Literal[True]]
    note: NotRequired[str]
    """Which note it is, when it is one."""


class ResultsData(TypedDict):
    """What was found, best first."""

    total: int
    """How many were found, though not all may be listed."""
    trouble: str
    """What was typed and not understood."""
    instead: str
    """What could be typed instead."""
    hits: list[HitData]


def as_data(results: Results) -> ResultsData:
    """What was found as plain values for JSON; marks are places in the snippet."""
    return {
        "total": results.total,
        "trouble": results.trouble,
        "instead": results.instead,
        "hits": [_hit_as_data(hit) for hit in results.hits],
    }


def _hit_as_data(hit: Hit) -> HitData:
    ends = accumulate(len(piece) for piece, _ in hit.snippet)
    placed = zip(hit.snippet, ends, strict=True)
    data: HitData = {
        "ref": str(hit.ref),
        "kind": hit.kind,
        "title": hit.title,
        "day": str(hit.day) if hit.day else None,
        "snippet": "".join(piece for piece, _ in hit.snippet),
        "marks": [[end - len(piece), end] for (piece, is_marked), end in placed if is_marked],
        "score": hit.score,
    }
    if hit.own:
        data["own"] = True
    if hit.note_id:
        data["note"] = hit.note_id
    return data


_DAMAGED = "what was kept for the search is damaged; close it and search again to have it made anew"
_SET_RIGHT = 3
"""How often what is not understood is set right: the filter, then its value."""


class _RefusedError(Exception):
    """Filters are not understood: why, and what could stand in their places."""

    def __init__(self, why: str, corrections: Sequence[tuple[Span, str]]) -> None:
        super().__init__(why)
        self.corrections = corrections


class _Hits(Sequence[Hit]):
    """What was found. A hit is made when it is looked at: of hundreds a few are in sight."""

    def __init__(self, found: list[Found], make: Callable[[Place, float], Hit]) -> None:
        self._found = found
        self._make = make
        self._made: dict[int, Hit] = {}

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(len(self))[place])
        if place not in self._made:
            where, score, _ = self._found[place]
            self._made[place] = self._make(where, score)
        return self._made[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Engine:
    """All that can be found in one view; for another view it is made anew."""

    def __init__(
        self,
        view: View,
        progress: Progress | None = None,
        say: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Raises NoFullTextError where this Python cannot search.

        Of a large dataset the words are kept, see `kept_words`: what makes them the first
        time can be stopped by its `progress`, and says how many per cent are done.
        """
        self.is_damaged = False
        """Whether what was kept turned out to be damaged, so that it is to be made anew."""
        self._documents = Documents(view)
        kept = words_of(view, progress or Progress(), say)
        if kept is None:
            self._tables = [WordTable(documents(view))]
        else:
            kept.noted = noted(view)  # as they are now
            self._tables = [kept, WordTable(documents(view, kept.hidden))]
        self._kept = [Kept(view, table) for table in self._tables]
        self._named = Named(view)

    def close(self) -> None:
        """Give back what it holds."""
        for table in self._tables:
            table.close()

    def search(self, typed: str, limit: int = 200, width: int = 120) -> Results:
        """What agrees with all that is typed, best first. It never raises, whatever that is.

        A filter that is not understood finds nothing and says why.

        Words must all occur, the last one perhaps only begun; "words in quotation marks" as
        they stand, and -words not at all. Of filters of one name either may agree.
        """
        asked = taken_apart(typed, is_a_word)
        shortened = f"only the first {LONGEST} characters were looked at" if asked.is_cut else ""
        try:
            narrowed = self._narrowed(asked)
        except _RefusedError as error:
            trouble = "; ".join(filter(None, (str(error), shortened)))
            instead = self._understood(typed[:LONGEST], error)
            return Results(trouble=trouble, is_refused=True, instead=instead)
        if not asked.terms and not asked.unwanted and not asked.filters:
            return Results(trouble=shortened)
        try:
            found, total = self._found(asked, narrowed, max(limit, 0))
            instead = self._near_miss(typed, asked, total)
        except DamagedError:
            self.is_damaged = True
            forget(self._documents.index)
            return Results(trouble=_DAMAGED, is_refused=True)
        sought = pattern(asked.terms)

        def hit(place: Place, score: float) -> Hit:
            return self._hit(place, score, sought, width)

        hits = _Hits(found, hit) if found else ()
        return Results(hits, total, shortened, instead=instead, sought=sought)

    def _narrowed(self, asked: Typed) -> list[list[str]]:
        """The conditions of all filters, for each table. Raises _RefusedError."""
        return [_narrowed(asked, kept) for kept in self._kept]

    def _understood(self, typed: str, refused: _RefusedError) -> str:
        """What was typed with the nearest to what was not understood; nothing when there is none.

        A filter is set right first, and then its value.
        """
        text = typed
        for _ in range(_SET_RIGHT):
            if not refused.corrections:
                break
            text = with_instead(text, refused.corrections)
            try:
                self._narrowed(taken_apart(text, is_a_word))
            except _RefusedError as error:
                refused = error
            else:
                break
        return "" if text == typed else text

    def _near_miss(self, typed: str, asked: Typed, total: int) -> str:
        """What was typed with words like its own, when next to nothing was found."""
        if total >= ENOUGH or not asked.terms or asked.is_cut:
            return ""

        def finds_more(text: str) -> bool:
            other = taken_apart(text, is_a_word)
            try:
                tables = zip(self._tables, self._narrowed(other), strict=True)
            except _RefusedError:
                return False  # what was a word is a filter now
            found = (t.some(other.terms, total + 1, other.unwanted, w) for t, w in tables)
            return sum(found) > total

        return near_miss(typed, asked, self._tables, finds_more)

    def _found(
        self, asked: Typed, narrowed: list[list[str]], limit: int
    ) -> tuple[list[Found], int]:
        """What agrees in all tables, best first, and how much at all."""
        found: list[Found] = []
        total = 0
        first = self._preference(asked) if limit and asked.terms else None
        for table, where in zip(self._tables, narrowed, strict=True):
            best, number = table.find(asked.terms, asked.unwanted, where, limit, first)
            found += best
            total += number
        if len(self._tables) > 1:
            found.sort(key=lambda one: (-one[1], -one[2]))
        return found[:limit], total

    def _preference(self, asked: Typed) -> Preference | None:
        """What is to come first: when a speaker is asked for, what was said."""
        if any(this.name == "speaker" and not this.left_out for this in asked.filters):
            return Preference("said", asked.terms)
        return self._named.preference(asked.terms)

    def _hit(self, place: Place, score: float, sought: re.Pattern[str] | None, width: int) -> Hit:
        found = self._documents.at(place)
        snippet = cut(found.shown, sought, width)
        kind = KINDS[found.kind]
        return Hit(
            found.ref, kind, found.title, found.day, snippet, score, found.note_id, found.own
        )


def _narrowed(asked: Typed, kept: Kept) -> list[str]:
    """The conditions of all the filters.

    Raises _RefusedError, saying of each that is not understood why.
    """
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    unwanted: list[str] = []
    trouble: list[str] = []
    corrections: list[tuple[Span, str]] = []
    for this in asked.filters:
        try:
            agreeing = kept.by(this)
        except NotUnderstoodError as error:
            trouble.append(str(error))
            corrections += [(this.at, error.instead)] if error.instead else []
            continue
        if this.left_out:
            unwanted.append(f"NOT {agreeing}")
        else:
            wanted[this.name].append(agreeing)
    if trouble:
        raise _RefusedError("; ".join(trouble), corrections)
    if ("tag" in wanted or "author" in wanted) and "kind" not in wanted:
        # A tag or an author is of a note. What notes are on is of its kind, and must be asked for.
        wanted["kind"] = [kept.by(Filter("kind", "note"))]
    return [*(f"({' OR '.join(either)})" for either in wanted.values()), *unwanted]
