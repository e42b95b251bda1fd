"""The words of many documents in SQLite's FTS5, and where each document comes from.

Documents are numbered from the newest to the oldest, so that what is found comes in that
order by itself, and of what half of all documents have only the newest need be looked at.
"""

# ruff: noqa: S608 -- what is put together is ours: numbers, and words of letters and digits

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.record.model import first_day, last_day
from explorer.search.findable import Document, Place, Trait
from explorer.search.query import Term, all_of, any_of, in_names, plainly
from explorer.search.word_split import apart

if TYPE_CHECKING:
    import sqlite3

RANKED = 20_000
"""Documents that are all ranked, when so many agree; of more, which no ranking puts in any
order that a person would see, the newest are, and those that have the words in their name."""
NEWEST = 3_000
"""How many of the newest these are."""

_WORDS = """CREATE VIRTUAL TABLE words
    USING fts5(names, heading, text, about, content='', tokenize='ascii', prefix='1 2')"""
"""Of ASCII only the letters and digits are words, all else is: as `word_split.apart` leaves them.

Of all that begins with a letter or two a list is kept: else the first key one types would
have to look through half of all words.
"""
_OTHERS = """
    CREATE TABLE document (number INTEGER PRIMARY KEY, made INTEGER UNIQUE, record INTEGER,
        entry INTEGER, note TEXT, first INTEGER, last INTEGER);
    CREATE TABLE trait (trait INTEGER, document INTEGER, PRIMARY KEY (trait, document))
        WITHOUT ROWID;
    CREATE TABLE called (trait INTEGER PRIMARY KEY, name TEXT, slug TEXT);
    CREATE TEMP TABLE made (made INTEGER PRIMARY KEY, record INTEGER, entry INTEGER, note TEXT,
        first INTEGER, last INTEGER, names TEXT, heading TEXT, text TEXT, about TEXT);
    CREATE TEMP TABLE kept (trait INTEGER, made INTEGER);
"""
_ORDER = """
    INSERT INTO document (made, record, entry, note, first, last)
        SELECT made, record, entry, note, first, last FROM made ORDER BY last DESC, made;
    INSERT INTO words (rowid, names, heading, text, about)
        SELECT number, names, heading, text, about
        FROM document JOIN made USING (made) ORDER BY number;
    INSERT INTO trait SELECT trait, number FROM kept JOIN document USING (made) ORDER BY 1, 2;
    DROP TABLE made;
    DROP TABLE kept;
"""
_SCORE = "-bm25(words, 10.0, 1.5, 0.5, 0.25)"
"""The numbers say what a word counts for in each column."""
_BREAK = " · "
"""Between texts, so that no phrase is found across them: a word to FTS5 that nobody can type."""

Found = tuple[Place, float]
"""Where a document comes from, and the higher, the better it agrees."""


class NoFullTextError(ExplorerError):
    """This Python has no FTS5."""

    title = "There is no search here"


class WordTable:
    """Finds documents by their words, and by conditions of SQL on their number."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Raises NoFullTextError where this Python cannot search."""
        self._table = _connected()
        make_table(self._table)
        self._traits: dict[Trait, int] = {}
        self._fill(documents)

    def close(self) -> None:
        """Give back what it holds."""
        self._table.close()

    def _fill(self, documents: Iterable[Document]) -> None:
        traits, kept = self._traits, array("i")

        def rows() -> Iterator[tuple[int | str, ...]]:
            for made, document in enumerate(documents):
                for trait in document.traits:
                    kept.append(traits.setdefault(trait, len(traits)))
                    kept.append(made)
                yield _row(made, document)

        table = self._table
        table.execute("BEGIN")
        table.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
        pairs = iter(kept)
        table.executemany("INSERT INTO kept VALUES (?, ?)", zip(pairs, pairs, strict=True))
        called = ((number, *trait) for trait, number in traits.items())
        table.executemany("INSERT INTO called VALUES (?, ?, ?)", called)
        for statement in filter(str.strip, _ORDER.split(";")):
            table.execute(statement)
        table.execute("COMMIT")

    def with_any_trait(self, name: str, slugs: Iterable[str]) -> str:
        """The condition that a filter of that name keeps a document for one of some ids."""
        found = (self._traits.get((name, slug)) for slug in slugs)
        traits = ", ".join(str(trait) for trait in found if trait is not None)
        return f"IN (SELECT document FROM trait WHERE trait IN ({traits}))"

    def find(
        self, terms: tuple[Term, ...], unwanted: tuple[Term, ...], where: list[str], limit: int
    ) -> tuple[list[Found], int]:
        """The documents that agree best, best first, and how many agree at all.

        `where` has conditions on a number, such as `with_any_trait` makes.
        """
        if unwanted:
            # Words are letters and digits only, and cannot end the text they are in.
            matching = f"SELECT rowid FROM words WHERE words MATCH '{any_of(unwanted)}'"
            where = [*where, f"NOT IN ({matching})"]
        if not terms:
            chosen = _all(f"number {one}" for one in where)
            (total,) = self._table.execute(f"SELECT count(*) FROM document{chosen}").fetchone()
            ask = f"SELECT number, 0.0 FROM document{chosen} ORDER BY number LIMIT ?"
            return self._placed(self._table.execute(ask, (limit,)).fetchall()), total
        chosen = _all(["words MATCH ?", *(f"+rowid {one}" for one in where)])
        count = f"SELECT count(*) FROM words{chosen}"
        (total,) = self._table.execute(count, (plainly(terms),)).fetchone()
        ranked = f"SELECT rowid, {_SCORE} AS score FROM words{chosen}"
        best = f"{ranked} ORDER BY score DESC, rowid LIMIT ?"
        asked = all_of(terms)
        if total <= max(RANKED, limit):
            return self._placed(self._table.execute(best, (asked, limit)).fetchall()), total
        found = dict(self._table.execute(f"{ranked} LIMIT ?", (asked, max(NEWEST, limit))))
        names = f"{chosen} AND rowid IN (SELECT rowid FROM words WHERE words MATCH ?)"
        named = f"SELECT rowid, {_SCORE} AS score FROM words{names} ORDER BY score DESC LIMIT ?"
        found.update(self._table.execute(named, (asked, in_names(terms), limit)))
        in_order = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return self._placed(in_order[:limit]), total

    def _placed(self, found: list[tuple[int, float]]) -> list[Found]:
        ask = "SELECT record, entry, note FROM document WHERE number = ?"
        return [
            (Place(*self._table.execute(ask, (number,)).fetchone()), score)
            for number, score in found
        ]


def _all(conditions: Iterable[str]) -> str:
    joined = " AND ".join(conditions)
    return f" WHERE {joined}" if joined else ""


def _row(made: int, document: Document) -> tuple[int | str, ...]:
    about = (*document.about, *document.unseen)
    columns = (document.names, document.heading, document.texts, about)
    day = document.day
    days = (first_day(day).toordinal(), last_day(day).toordinal()) if day else (0, 0)
    return (made, *document.place, *days, *(_BREAK.join(map(apart, texts)) for texts in columns))


def _connected() -> sqlite3.Connection:
    try:
        import sqlite3
    except ImportError as error:
        raise NoFullTextError(
            "Searching needs SQLite, and this Python was built without it. Another Python, such "
            "as one from python.org, has it; all else works without."
        ) from error
    # One thread may make an engine and another one ask it, one after the other.
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)


def make_table(connection: sqlite3.Connection) -> None:
    """Make the tables. Raises NoFullTextError when SQLite cannot."""
    import sqlite3

    try:
        connection.execute(_WORDS)
    except sqlite3.DatabaseError as error:
        raise NoFullTextError(
            f"Searching needs FTS5, and the SQLite {sqlite3.sqlite_version} of this Python was "
            f"built without it ({error}). Another Python, such as one from python.org, has it; "
            "all else works without."
        ) from error
    connection.execute("PRAGMA temp_store = MEMORY")
    for statement in filter(str.strip, _OTHERS.split(";")):
        connection.execute(statement)
