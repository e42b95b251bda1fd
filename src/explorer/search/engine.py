"""Finds, among all that a view shows, what agrees with what is typed, and ranks it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, overload

from explorer.record.model import Day, Ref
from explorer.search.filters import Kept, either, is_a_word
from explorer.search.findable import KINDS, Documents, Place, documents
from explorer.search.query import LONGEST, Filter, Typed, taken_apart
from explorer.search.snippet import Spans, cut, pattern
from explorer.search.word_table import Found, WordTable
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
    sought: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    def marked(self, text: str) -> Spans:
        """A whole text, such as a title, with what was sought marked."""
        return cut((text,), self.sought, len(text))


def as_data(results: Results) -> dict[str, Any]:
    """What was found as plain values for JSON; marks are places in the snippet."""
    return {
        "total": results.total,
        "trouble": results.trouble,
        "hits": [_hit_as_data(hit) for hit in results.hits],
    }


def _hit_as_data(hit: Hit) -> dict[str, Any]:
    ends = accumulate(len(piece) for piece, _ in hit.snippet)
    placed = zip(hit.snippet, ends, strict=True)
    data = {
        "ref": str(hit.ref),
        "kind": hit.kind,
        "title": hit.title,
        "day": str(hit.day) if hit.day else None,
        "snippet": "".join(piece for piece, _ in hit.snippet),
        "marks": [[end - len(piece), end] for (piece, is_marked), end in placed if is_marked],
        "score": hit.score,
    }
    return data | ({"note": hit.note_id} if hit.note_id else {})


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
            self._made[place] = self._make(*self._found[place])
        return self._made[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Engine:
    """All that can be found in one view; for another view it is made anew."""

    def __init__(self, view: View) -> None:
        """Raises NoFullTextError where this Python cannot search."""
        self._documents = Documents(view)
        self._table = WordTable(documents(view))
        self._kept = Kept(view, self._table)

    def close(self) -> None:
        """Give back what it holds."""
        self._table.close()

    def search(self, typed: str, limit: int = 200, width: int = 120) -> Results:
        """What agrees with all that is typed, best first. It never raises, whatever that is.

        A filter that is not understood finds nothing and says why.

        Words must all occur, the last one perhaps only begun; "words in quotation marks" as
        they stand, and -words not at all. Of filters of one name either may agree.
        """
        asked = taken_apart(typed, is_a_word)
        shortened = f"only the first {LONGEST} characters were looked at" if asked.is_cut else ""
        try:
            where = self._narrowed(asked)
        except ValueError as error:
            return Results(
                trouble="; ".join(filter(None, (str(error), shortened))), is_refused=True
            )
        if not asked.terms and not asked.unwanted and not asked.filters:
            return Results(trouble=shortened)
        found, total = self._table.find(asked.terms, asked.unwanted, where, max(limit, 0))
        sought = pattern(asked.terms)

        def hit(place: Place, score: float) -> Hit:
            return self._hit(place, score, sought, width)

        return Results(_Hits(found, hit) if found else (), total, shortened, sought=sought)

    def _narrowed(self, asked: Typed) -> list[str]:
        """The conditions of all the filters.

        Raises ValueError, saying of each that is not understood why.
        """
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        unwanted: list[str] = []
        trouble: list[str] = []
        for this in asked.filters:
            try:
                agreeing = self._kept.by(this)
            except ValueError as error:
                trouble.append(str(error))
                continue
            if this.left_out:
                unwanted.append(f"NOT {agreeing}")
            else:
                wanted[this.name].append(agreeing)
        if trouble:
            raise ValueError("; ".join(trouble))
        if "tag" in wanted and "kind" not in wanted:
            # A tag is on a note. What notes are on is of its kind, and must be asked for.
            wanted["kind"] = [self._kept.by(Filter("kind", "note"))]
        return [*map(either, wanted.values()), *unwanted]

    def _hit(self, place: Place, score: float, sought: re.Pattern[str] | None, width: int) -> Hit:
        found = self._documents.at(place)
        snippet = cut(found.shown, sought, width)
        kind = KINDS[found.kind]
        return Hit(found.ref, kind, found.title, found.day, snippet, score, found.note_id)
