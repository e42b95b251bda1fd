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
from typing import TYPE_CHECKING, Any

from explorer.errors import ExplorerError
from explorer.record.days import first_day, last_day
from explorer.record.index import Index
from explorer.search.findable import Document, Place, Trait
from explorer.search.named import Preference
from explorer.search.query import Term, all_of, any_of, in_names, plainly
from explorer.search.ranking import Condition, is_meant, listed, of_words, scored
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
    CREATE TABLE spelling (word TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
    CREATE INDEX spelling_end ON spelling (substr(word, -3));
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
    CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row');
    INSERT INTO spelling SELECT term, doc FROM vocabulary
        WHERE length(term) BETWEEN 4 AND 40 AND term NOT GLOB '*[0-9]*';
    DROP TABLE temp.vocabulary;
"""
"""Of words that are neither short nor endless it is known how to spell them."""
_LIKE = """
    SELECT word, documents FROM (
        SELECT word, documents FROM spelling WHERE word BETWEEN ?1 AND ?1 || char(0x10FFFF)
        UNION SELECT word, documents FROM spelling WHERE substr(word, -3) = ?2)
    WHERE length(word) BETWEEN ?3 AND ?4 LIMIT 5000
"""
"""Words that begin alike, or end with the same three letters."""
_HIDE = """
    PRAGMA temp_store = MEMORY;
    CREATE TEMP TABLE late (record INTEGER PRIMARY KEY);
    CREATE TEMP TABLE hidden (number INTEGER PRIMARY KEY);
    INSERT INTO late VALUES (?);
    INSERT INTO hidden SELECT number FROM document WHERE record IN (SELECT record FROM late);
"""
_BREAK = " · "
"""Between texts, so that no phrase is found across them: a word to FTS5 that nobody can type."""

_SHORT = 6
"""Letters of a word up to which another is like it that shares no more than the first."""
_FEW = 8
"""Traits that are looked up one by one for each document."""

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
            return f"# IN (SELECT number FROM document WHERE record IN ({listed(records)}))"
        ask = "SELECT slug, trait FROM called WHERE name = ?"
        known = dict(self._table.execute(ask, (name,)))
        traits = [known[slug] for slug in slugs if slug in known]
        if len(traits) > _FEW:
            return f"# IN (SELECT document FROM trait WHERE trait IN ({listed(traits)}))"
        # Looked up for each document that has the words, and not for all that have the trait.
        return f"EXISTS (SELECT 1 FROM trait WHERE trait IN ({listed(traits)}) AND document = #)"

    def find(
        self,
        terms: tuple[Term, ...],
        unwanted: tuple[Term, ...],
        where: list[Condition],
        limit: int,
        preference: Preference | None = None,
    ) -> tuple[list[Found], int]:
        """The documents that agree best, best first, and how many agree at all.

        `where` has conditions on a number, such as `with_any_trait` makes. What is preferred
        agrees too. Raises DamagedError.
        """
        import sqlite3

        where = [*where, *self._besides(unwanted)]
        try:
            return self._found(terms, where, limit, preference)
        except (sqlite3.DatabaseError, TypeError, ValueError) as error:
            if self._index is None:
                raise
            raise DamagedError from error

    def _besides(self, unwanted: tuple[Term, ...]) -> Iterator[Condition]:
        """What leaves out what is hidden, and what has an unwanted term."""
        if self.hidden:
            yield "# NOT IN (SELECT number FROM hidden)"
        if unwanted:
            # Words are letters and digits only, and cannot end the text they are in.
            yield f"# NOT IN (SELECT rowid FROM words WHERE words MATCH '{any_of(unwanted)}')"

    def _found(
        self,
        terms: tuple[Term, ...],
        where: list[Condition],
        limit: int,
        preference: Preference | None,
    ) -> tuple[list[Found], int]:
        if not terms:
            chosen = _all(one.replace("#", "number") for one in where)
            (total,) = self._table.execute(f"SELECT count(*) FROM document{chosen}").fetchone()
            ask = f"SELECT number, 0.0 FROM document{chosen} ORDER BY number LIMIT ?"
            return self._placed(self._table.execute(ask, (limit,)).fetchall()), total
        chosen, plain = _matching(where), plainly(terms)
        (total,) = self._table.execute(f"SELECT count(*) FROM words{chosen}", (plain,)).fetchone()
        apart = preference if preference is not None and preference.terms != terms else None
        score = scored(None if apart is not None else preference, self.with_any_trait)
        ranked = f"SELECT rowid, {score} AS score FROM words{chosen}"
        best = f"{ranked} ORDER BY score DESC, rowid LIMIT ?"
        if total <= max(RANKED, limit):
            found = dict(self._table.execute(best, (all_of(terms), limit)))
        else:
            found = dict(self._table.execute(f"{ranked} LIMIT ?", (plain, max(NEWEST, limit))))
            names = f"{ranked} AND rowid IN (SELECT rowid FROM words WHERE words MATCH ?)"
            found |= self._table.execute(
                f"{names} ORDER BY score DESC LIMIT ?", (plain, in_names(terms), limit)
            )
        if apart is not None:
            more, without = self._apart(apart, terms, where, limit)
            found, total = found | more, total + without
        in_order = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return self._placed(in_order[:limit]), total

    def _apart(
        self,
        preference: Preference,
        terms: tuple[Term, ...],
        where: list[Condition],
        limit: int,
    ) -> tuple[dict[int, float], int]:
        """What is preferred without all of the terms, and how much of it has not all.

        The words of a post need not occur: who holds it does.
        """
        chosen = _matching([*where, is_meant(preference, self.with_any_trait)])
        plain, score = plainly(preference.terms), scored(preference, self.with_any_trait)
        best = f"SELECT rowid, {score} AS score FROM words{chosen}"
        rows = self._table.execute(f"{best} ORDER BY score DESC, rowid LIMIT ?", (plain, limit))
        without = f"{chosen} AND rowid NOT IN (SELECT rowid FROM words WHERE words MATCH ?)"
        ask = f"SELECT count(*) FROM words{without}"
        (more,) = self._table.execute(ask, (plain, plainly(terms))).fetchone()
        return dict(rows.fetchall()), more

    def some(
        self,
        terms: tuple[Term, ...],
        most: int,
        unwanted: tuple[Term, ...] = (),
        where: Iterable[Condition] = (),
    ) -> int:
        """How many documents agree, as `find` has it, if they are fewer than `most`.

        Raises DamagedError.
        """
        chosen = _matching([*where, *self._besides(unwanted)])
        ask = f"SELECT count(*) FROM (SELECT 1 FROM words{chosen} LIMIT ?)"
        return int(self._asked(ask, plainly(terms), most)[0][0])

    def spelt_like(self, word: str) -> list[tuple[str, int]]:
        """Words that may be meant by one, and in how many documents. Raises DamagedError.

        They may be of records that are not public: none is to be shown that finds nothing.
        """
        length = len(word)
        begins = word[: 1 if length <= _SHORT else 2]
        rows = self._asked(_LIKE, begins, word[-3:], length - 2, length + 2)
        return [(str(other), int(number)) for other, number in rows]

    def _asked(self, ask: str, *given: str | int) -> list[tuple[Any, ...]]:
        import sqlite3

        try:
            return self._table.execute(ask, given).fetchall()
        except sqlite3.DatabaseError as error:
            if self._index is None:
                raise
            raise DamagedError from error

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


def _matching(where: Iterable[Condition]) -> str:
    """The rest of a question to the words, which is to be given what they match."""
    return _all(["words MATCH ?", *(of_words(one) for one in where)])


def _all(conditions: Iterable[str]) -> str:
    joined = " AND ".join(conditions)
    return f" WHERE {joined}" if joined else ""


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
