"""Finds, among all that a view shows, what agrees with what is typed, and ranks it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from explorer.errors import ExplorerError
from explorer.record.model import Day, Ref, last_day
from explorer.search.filters import Kept, is_a_word
from explorer.search.findable import KINDS, Document, documents
from explorer.search.query import LONGEST, Filter, Typed, all_of, any_of, taken_apart
from explorer.search.snippet import Spans, cut, pattern
from explorer.search.word_split import apart
from explorer.view import View

if TYPE_CHECKING:
    import sqlite3

_MAKE = """CREATE VIRTUAL TABLE documents
    USING fts5(names, heading, text, about, content='', tokenize='ascii')"""
"""Of ASCII only the letters and digits are words, all else is: as `words.apart` leaves them."""
_BREAK = " · "
"""Between texts, so that no phrase is found across them: a word to FTS5 that nobody can type."""
_FILL = "INSERT INTO documents (rowid, names, heading, text, about) VALUES (?, ?, ?, ?, ?)"
_ASK = "SELECT rowid, -bm25(documents, 10.0, 1.5, 0.5, 0.25) FROM documents WHERE documents MATCH ?"
"""The numbers say what a word counts for in each column."""


class NoFullTextError(ExplorerError):
    """This Python has no FTS5."""

    title = "There is no search here"


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

    hits: tuple[Hit, ...] = ()
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


class Engine:
    """All that can be found in one view; for another view it is made anew."""

    def __init__(self, view: View) -> None:
        """Raises NoFullTextError where this Python cannot search."""
        self.documents = tuple(documents(view))
        self._kept = Kept(view, self.documents)
        self._latest = [last_day(d.day).toordinal() if d.day else 0 for d in self.documents]
        self._table = _connected()
        make_table(self._table)
        self._table.executemany(_FILL, (_row(n, d) for n, d in enumerate(self.documents)))

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
            kept = self._narrowed(asked)
        except ValueError as error:
            return Results(
                trouble="; ".join(filter(None, (str(error), shortened))), is_refused=True
            )
        if not asked.terms and not asked.unwanted and kept is None:
            return Results(trouble=shortened)
        scores = self._scores(asked)
        if kept is not None:
            scores = {number: score for number, score in scores.items() if number in kept}
        ranked = sorted(scores, key=lambda n: (-scores[n], -self._latest[n], n))
        sought = pattern(asked.terms)
        hits = (self._hit(n, scores[n], sought, width) for n in ranked[: max(limit, 0)])
        return Results(tuple(hits), len(ranked), shortened, sought=sought)

    def _narrowed(self, asked: Typed) -> set[int] | None:
        """What all the filters keep; None when there is none.

        Raises ValueError, saying of each that is not understood why.
        """
        wanted: defaultdict[str, set[int]] = defaultdict(set)
        unwanted: set[int] = set()
        trouble: list[str] = []
        for this in asked.filters:
            try:
                agreeing = self._kept.by(this)
            except ValueError as error:
                trouble.append(str(error))
                continue
            if this.left_out:
                unwanted |= agreeing
            else:
                wanted[this.name] |= agreeing
        if trouble:
            raise ValueError("; ".join(trouble))
        if "tag" in wanted and "kind" not in wanted:
            # A tag is on a note. What notes are on is of its kind, and must be asked for.
            wanted["kind"] = self._kept.by(Filter("kind", "note"))
        everything = set(range(len(self.documents)))
        return everything.intersection(*wanted.values()) - unwanted if asked.filters else None

    def _scores(self, asked: Typed) -> dict[int, float]:
        """Everything that agrees with the words, by its number."""
        if asked.terms:
            scores = dict(self._matching(all_of(asked.terms)))
        else:
            scores = dict.fromkeys(range(len(self.documents)), 0.0)
        if asked.unwanted:
            for number, _ in self._matching(any_of(asked.unwanted)):
                scores.pop(number, None)
        return scores

    def _matching(self, expression: str) -> Iterator[tuple[int, float]]:
        yield from self._table.execute(_ASK, (expression,))

    def _hit(self, number: int, score: float, sought: re.Pattern[str] | None, width: int) -> Hit:
        found = self.documents[number]
        snippet = cut(found.shown, sought, width)
        kind = KINDS[found.kind]
        return Hit(found.ref, kind, found.title, found.day, snippet, score, found.note_id)


def _row(number: int, document: Document) -> tuple[int | str, ...]:
    about = (*document.about, *document.unseen)
    columns = (document.names, document.heading, document.texts, about)
    return (number, *(_BREAK.join(map(apart, texts)) for texts in columns))


def _connected() -> sqlite3.Connection:
    try:
        import sqlite3
    except ImportError as error:
        raise NoFullTextError(
            "Searching needs SQLite, and this Python was built without it. Another Python, such "
            "as one from python.org, has it; all else works without."
        ) from error
    # One thread may make an engine and another one ask it, one after the other.
    return sqlite3.connect(":memory:", check_same_thread=False)


def make_table(connection: sqlite3.Connection) -> None:
    """Make the table of words. Raises NoFullTextError when SQLite cannot."""
    import sqlite3

    try:
        connection.execute(_MAKE)
    except sqlite3.DatabaseError as error:
        raise NoFullTextError(
            f"Searching needs FTS5, and the SQLite {sqlite3.sqlite_version} of this Python was "
            f"built without it ({error}). Another Python, such as one from python.org, has it; "
            "all else works without."
        ) from error
