"""The words of many documents in SQLite's FTS5, and where each document comes from.

Documents are numbered from the newest to the oldest, so that what is found comes in that
order by itself, and of what half of all documents have only the newest need be looked at.
"""

# ruff: noqa: S608 -- what is put together is ours: numbers, and words of letters and digits

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError
from explorer.record.days import first_day, last_day
from explorer.record.index import Index
from explorer.search.findable import Document, Place, Trait
from explorer.search.query import Term, all_of, any_of, in_names, plainly
from explorer.search.word_split import apart

if TYPE_CHECKING:
    import sqlite3

RANKED = 10_000
"""Documents that are all ranked, when so many agree; of more, which no ranking puts in any
order that a person would see, the newest are, and those that have the words in their name."""
NEWEST = 3_000
"""How many of the newest these are."""

_WORDS = """CREATE VIRTUAL TABLE words
    USING fts5(names, heading, text, about, content='', tokenize='ascii', prefix='1 2 3')"""
"""Of ASCII only the letters and digits are words, all else is: as `word_split.apart` leaves them.

Of all that begins with up to three letters a list is kept: else the first key one types would
have to look through half of all words.
"""
_OTHERS = """
    CREATE TABLE document (number INTEGER PRIMARY KEY, made INTEGER UNIQUE, record INTEGER,
        entry INTEGER, note TEXT, first INTEGER, last INTEGER);
    CREATE TABLE trait (trait INTEGER, document INTEGER, PRIMARY KEY (trait, document))
        WITHOUT ROWID;
    CREATE TABLE called (trait INTEGER PRIMARY KEY, name TEXT, slug TEXT);
    CREATE TEMP TABLE made (made INTEGER PRIMARY KEY, record INTEGER, entry INTEGER, note TEXT,
        first INTEGER, last INTEGER,
        names TEXT, heading TEXT, text TEXT, about TEXT);
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
_HIDE = """
    PRAGMA temp_store = MEMORY;
    CREATE TEMP TABLE late (record INTEGER PRIMARY KEY);
    CREATE TEMP TABLE hidden (number INTEGER PRIMARY KEY);
    INSERT INTO late VALUES (?);
    INSERT INTO hidden SELECT number FROM document WHERE record IN (SELECT record FROM late);
"""
_SCORE = "-bm25(words, 10.0, 1.5, 0.5, 0.25)"
"""The numbers say what a word counts for in each column."""
_BREAK = " · "
"""Between texts, so that no phrase is found across them: a word to FTS5 that nobody can type."""

_FEW = 8
"""Traits that are looked up one by one for each document."""

Condition = str
"""A condition of SQL on the number of a document, which is written as #."""
Found = tuple[Place, float, int]
"""Where a document comes from; the higher, the better it agrees; and its last day."""


class NoFullTextError(ExplorerError):
    """This Python has no FTS5."""

    title = "There is no search here"


class DamagedError(Exception):
    """A file is no table of words, or not as it was made."""


class WordTable:
    """Finds documents by their words, and by conditions of SQL on their number."""

    def __init__(
        self,
        documents: Iterable[Document],
        path: Path | None = None,
    ) -> None:
        """In memory, or in an empty file.

        Raises NoFullTextError where this Python cannot search.
        """
        self._table = _connected(str(path or ":memory:"))
        self._index: Index | None = None
        """What is asked which records there are, when documents come from elsewhere."""
        self.hidden: frozenset[int] = frozenset()
        """The records whose documents do not count: others have taken their place."""
        self.noted: Mapping[Trait, Iterable[int]] = {}
        """Which records bear traits because of notes, where documents do not say so."""
        if path is None:
            self._table.execute("PRAGMA temp_store = MEMORY")
        else:
            self._table.execute("PRAGMA journal_mode = OFF")  # a file that is not whole is dropped
        make_table(self._table)
        self._fill(documents)

    @classmethod
    def opened(cls, path: Path, index: Index, hidden: frozenset[int]) -> WordTable:
        """One that was made before, less the documents of some records.

        Raises DamagedError when the file is none. What it says is only believed as far as
        it says which records of the index have words.
        """
        import sqlite3

        self = cls.__new__(cls)
        self.noted, self.hidden, self._index = {}, hidden, index
        try:
            self._table = _connected(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
            self._table.execute("PRAGMA trusted_schema = OFF")
            made = self._table.execute("SELECT sql FROM sqlite_master").fetchall()
            if sorted(map(repr, made)) != sorted(map(repr, _schema())):
                raise DamagedError
            for statement in filter(str.strip, _HIDE.split(";")):
                if "?" in statement:
                    self._table.executemany(statement, ((number,) for number in hidden))
                else:
                    self._table.execute(statement)
        except sqlite3.Error as error:
            raise DamagedError from error
        return self

    def close(self) -> None:
        """Give back what it holds."""
        self._table.close()

    def _fill(self, documents: Iterable[Document]) -> None:
        traits: dict[Trait, int] = {}
        kept = array("i")

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

    def with_any_trait(self, name: str, slugs: Iterable[str]) -> Condition:
        """That a filter of that name keeps a document for one of some ids."""
        if self.noted and name in ("has", "tag", "author"):
            records = {n for slug in slugs for n in self.noted.get((name, slug), ())}
            return f"# IN (SELECT number FROM document WHERE record IN ({_listed(records)}))"
        ask = "SELECT slug, trait FROM called WHERE name = ?"
        known = dict(self._table.execute(ask, (name,)))
        traits = [known[slug] for slug in slugs if slug in known]
        if len(traits) > _FEW:
            return f"# IN (SELECT document FROM trait WHERE trait IN ({_listed(traits)}))"
        # Looked up for each document that has the words, and not for all that have the trait.
        return f"EXISTS (SELECT 1 FROM trait WHERE trait IN ({_listed(traits)}) AND document = #)"

    def find(
        self,
        terms: tuple[Term, ...],
        unwanted: tuple[Term, ...],
        where: list[Condition],
        limit: int,
    ) -> tuple[list[Found], int]:
        """The documents that agree best, best first, and how many agree at all.

        `where` has conditions on a number, such as `with_any_trait` makes. Raises DamagedError.
        """
        import sqlite3

        try:
            return self._found(terms, unwanted, where, limit)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            if self._index is None:
                raise
            raise DamagedError from error

    def _found(
        self,
        terms: tuple[Term, ...],
        unwanted: tuple[Term, ...],
        where: list[Condition],
        limit: int,
    ) -> tuple[list[Found], int]:
        if self.hidden:
            where = [*where, "# NOT IN (SELECT number FROM hidden)"]
        if unwanted:
            # Words are letters and digits only, and cannot end the text they are in.
            matching = f"SELECT rowid FROM words WHERE words MATCH '{any_of(unwanted)}'"
            where = [*where, f"# NOT IN ({matching})"]
        if not terms:
            chosen = _all(one.replace("#", "number") for one in where)
            (total,) = self._table.execute(f"SELECT count(*) FROM document{chosen}").fetchone()
            ask = f"SELECT number, 0.0 FROM document{chosen} ORDER BY number LIMIT ?"
            return self._placed(self._table.execute(ask, (limit,)).fetchall()), total
        chosen = _all(["words MATCH ?", *(one.replace("#", "+words.rowid") for one in where)])
        plain = plainly(terms)
        (total,) = self._table.execute(f"SELECT count(*) FROM words{chosen}", (plain,)).fetchone()
        ranked = f"SELECT rowid, {_SCORE} AS score FROM words{chosen}"
        best = f"{ranked} ORDER BY score DESC, rowid LIMIT ?"
        if total <= max(RANKED, limit):
            found = self._table.execute(best, (all_of(terms), limit)).fetchall()
            return self._placed(found), total
        newest = dict(self._table.execute(f"{ranked} LIMIT ?", (plain, max(NEWEST, limit))))
        names = f"{ranked} AND rowid IN (SELECT rowid FROM words WHERE words MATCH ?)"
        named = self._table.execute(
            f"{names} ORDER BY score DESC LIMIT ?", (plain, in_names(terms), limit)
        )
        either = newest | dict(named)
        in_order = sorted(either.items(), key=lambda one: (-one[1], one[0]))
        return self._placed(in_order[:limit]), total

    def _placed(self, found: list[tuple[int, float]]) -> list[Found]:
        ask = "SELECT record, entry, note, last FROM document WHERE number = ?"
        rows = ((self._table.execute(ask, (number,)).fetchone(), score) for number, score in found)
        if self._index is None:
            return [(Place(*place), score, last) for (*place, last), score in rows]
        return [
            (Place(record, entry), score, int(last))
            for (record, entry, _, last), score in rows
            if self._index.has_number(record) and isinstance(entry, int)
        ]


def _all(conditions: Iterable[str]) -> str:
    joined = " AND ".join(conditions)
    return f" WHERE {joined}" if joined else ""


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


@cache
def _schema() -> list[tuple[str]]:
    """How SQLite describes the tables when they are as they are made here."""
    with closing(_connected(":memory:")) as empty:
        make_table(empty)
        return empty.execute("SELECT sql FROM sqlite_master").fetchall()


def _row(made: int, document: Document) -> tuple[int | str, ...]:
    about = (*document.about, *document.unseen)
    columns = (document.names, document.heading, document.texts, about)
    day = document.day
    days = (first_day(day).toordinal(), last_day(day).toordinal()) if day else (0, 0)
    return (
        made,
        *document.place,
        *days,
        *(_BREAK.join(map(apart, texts)) for texts in columns),
    )


def _connected(where: str) -> sqlite3.Connection:
    try:
        import sqlite3
    except ImportError as error:
        raise NoFullTextError(
            "Searching needs SQLite, and this Python was built without it. Another Python, such "
            "as one from python.org, has it; all else works without."
        ) from error
    # One thread may make an engine and another one ask it, one after the other.
    return sqlite3.connect(where, uri=True, check_same_thread=False, isolation_level=None)


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
    for statement in filter(str.strip, _OTHERS.split(";")):
        connection.execute(statement)
