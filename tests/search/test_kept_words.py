"""The words of a large dataset, kept: found is what is found without, on every day."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canaries import canaried
from explorer import dataset
from explorer.dataset.progress import Progress, Stopped
from explorer.notes import Notes, NoteStore, Words
from explorer.record.catalogue import Catalogue
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.search import Engine, kept_words, word_table
from explorer.search.findable import documents
from explorer.search.kept_words import words_of
from explorer.storage import folders
from explorer.view import View

EVERYTHING = 10_000
TYPED = ["-nosuchword", "toll", "the", '"of the"', "kind:quote", "-kind:source n", "after:2031-03"]


@pytest.fixture(autouse=True)
def _any_is_large(monkeypatch):
    monkeypatch.setattr(kept_words, "LARGE", 0)


@pytest.fixture
def kept(harbour) -> Index:
    """The harbour talks, whose words are kept."""
    dataset.load(harbour)
    index = dataset.load(harbour)
    assert index.key
    kept_words.keep(index.all, lambda _: None)
    return index


def file() -> object:
    (found,) = (folders.cache_folder() / "words").iterdir()
    return found


def in_memory(view: View, monkeypatch) -> Engine:
    with monkeypatch.context() as small:
        small.setattr(kept_words, "LARGE", 10**9)
        return Engine(view)


def found(engine: Engine, typed: str) -> list[tuple[object, ...]]:
    results = engine.search(typed, limit=EVERYTHING)
    assert results.total == len(results.hits)
    return sorted(
        (str(h.ref), h.kind, h.title, str(h.day), h.snippet, h.note_id) for h in results.hits
    )


def is_kept(engine: Engine) -> bool:
    return len(engine._tables) == 2


def test_what_is_kept_finds_what_is_found_without_on_every_day(kept, monkeypatch):
    whole = View(kept, Notes())
    days = [date(2031, month, day) for month in range(1, 13) for day in (1, 5, 10, 19)]
    for day in [None, *days, date(2032, 1, 20), date(2032, 6, 29)]:
        view = whole.at(day)
        with closing(Engine(view)) as engine, closing(in_memory(view, monkeypatch)) as other:
            assert is_kept(engine)
            for typed in TYPED:
                assert found(engine, typed) == found(other, typed), (day, typed)


def test_on_the_last_day_no_record_is_taken_apart_again(kept, monkeypatch):
    taken = []
    row = word_table._row
    monkeypatch.setattr(word_table, "_row", lambda *given: taken.append(given) or row(*given))
    with closing(Engine(View(kept, Notes()))) as engine:
        assert engine.search("toll").total
    assert taken == []


@pytest.fixture(scope="module")
def canaries(_harbour_read):
    """The small dataset with texts that say from which day they may be seen."""
    return canaried(_harbour_read.dataset)


@pytest.fixture(scope="module")
def searched(canaries, tmp_path_factory):
    """Searches them on a day, with the words that were kept of the whole record."""
    catalogue = Catalogue.of(canaries.dataset)
    catalogue.key = "canaries"
    path = tmp_path_factory.mktemp("words") / "canaries.words"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_words, "_path", lambda _: path)
        kept_words.keep(catalogue, lambda _: None)
    view = View(Index(catalogue), Notes())

    def engine(day: date) -> Engine:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kept_words, "_path", lambda _: path)
            patch.setattr(kept_words, "LARGE", 0)
            return Engine(view.at(day))

    return engine


@settings(max_examples=30)
@given(day=st.dates(date(2031, 1, 10), date(2032, 6, 30)))
def test_no_text_is_found_or_shown_that_was_not_public(searched, canaries, day):
    with closing(searched(day)) as engine:
        assert is_kept(engine)
        all_found = engine.search("zq", limit=EVERYTHING, width=100_000)
        assert all_found.total
        for hit in all_found.hits:
            words = "".join(piece for piece, _ in hit.snippet)
            assert canaries.later(f"{hit.title} {words}", day) == []
        later = [token for token, first in canaries.days.items() if first > day]
        assert [canaries.places[token] for token in later if engine.search(token).total] == []


def test_every_text_is_found_on_the_day_it_is_public(searched, canaries):
    for day in sorted({max(first, date(2031, 1, 10)) for first in canaries.days.values()}):
        with closing(searched(day)) as engine:
            said = "\n".join(map(str, documents(engine._documents.view)))
            for token, first in canaries.days.items():
                if first <= day:
                    assert bool(engine.search(token).total) == (token in said)


def test_notes_are_found_beside_what_is_kept(kept, tmp_path, monkeypatch):
    store = NoteStore(tmp_path / "notes", "harbour-talks")
    for ref, text in ((Ref("issue", "tolls"), "a heron #watch"), (Ref("issue", "gone"), "heron")):
        store.save(ref, Words(text), name="", note=None)
    view = View(kept, store.load())
    typed = ("heron", "tag:watch", "kind:issue tag:watch", "has:note", "-has:note", "toll -heron")
    for day in (None, date(2031, 6, 1), date(2031, 1, 11)):
        there = view.at(day)
        with closing(Engine(there)) as engine, closing(in_memory(there, monkeypatch)) as other:
            assert is_kept(engine)
            for words in typed:
                assert found(engine, words) == found(other, words), (day, words)


def test_nothing_kept_is_offered_that_was_not_public(kept):
    day = date(2031, 2, 1)
    with closing(Engine(View(kept, Notes()).at(day))) as engine:
        assert is_kept(engine)
        rows = engine._tables[0]._table.execute("SELECT word FROM spelling").fetchall()
        words = [word for (word,) in rows if len(word) > 5]
        later = [word for word in words if not engine.search(f'"{word}"').total]
        assert len(later) > 50
        for word in later:
            assert word not in engine.search(f'"{word[:2]}{word[3]}{word[2]}{word[4:]}"').instead


def test_a_near_miss_is_offered_from_what_is_kept_and_from_notes(kept, tmp_path):
    store = NoteStore(tmp_path / "notes", "harbour-talks")
    store.save(Ref("issue", "tolls"), Words("a lonely heron"), name="", note=None)
    with closing(Engine(View(kept, store.load()))) as engine:
        assert engine.search("dregding").instead == "dredging"
        assert engine.search("herron").instead == "heron"


def test_another_process_makes_it_once_and_says_how_far_it_is(harbour):
    dataset.load(harbour)
    index = dataset.load(harbour)
    said: list[int] = []
    with closing(words_of(View(index, Notes()), Progress(), said.append)) as table:
        assert table.find((), (), [], 10)[1]
    assert said[0] == 0
    said.clear()
    with closing(words_of(View(index, Notes()), Progress(), said.append)):
        assert said == []


def test_who_leaves_does_not_wait_for_it(harbour):
    dataset.load(harbour)
    index = dataset.load(harbour)
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        words_of(View(index, Notes()), progress, lambda _: None)


def test_a_small_dataset_and_one_that_is_not_kept_need_none(harbour, monkeypatch):
    assert words_of(View(dataset.load(harbour, cached=False), Notes()), Progress(), print) is None
    monkeypatch.setattr(kept_words, "LARGE", 10**9)
    dataset.load(harbour)
    assert words_of(View(dataset.load(harbour), Notes()), Progress(), print) is None


_DO = "BEGIN SELECT 1; END"


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database at all" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: _changed(
            path, "CREATE TRIGGER t AFTER INSERT ON document BEGIN SELECT 1; END"
        ),
        lambda path: _changed(path, "DROP TABLE called"),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to(__file__)),
    ],
)
def test_what_is_damaged_or_foreign_is_made_anew_or_done_without(kept, damage, monkeypatch):
    damage(file())
    view = View(kept, Notes())
    with closing(Engine(view)) as engine, closing(in_memory(view, monkeypatch)) as other:
        assert found(engine, "toll") == found(other, "toll")


def _changed(path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)


def test_numbers_that_lead_nowhere_show_nothing(kept):
    with closing(sqlite3.connect(file())) as connection:
        connection.execute("UPDATE document SET record = record + 9999 WHERE record % 2")
        connection.execute("UPDATE document SET record = 'x', note = 'y' WHERE record % 3 = 0")
        connection.execute("UPDATE document SET entry = 99 WHERE record < 9999")
        connection.commit()
    for day in (None, date(2031, 1, 11)):
        view = View(kept, Notes()).at(day)
        with closing(Engine(view)) as engine:
            for hit in engine.search("-nosuchword", limit=EVERYTHING).hits:
                assert hit.ref in view.index


def test_words_damaged_while_they_are_asked_are_no_crash(kept):
    path = file()
    with closing(Engine(View(kept, Notes()))) as engine:
        data = bytearray(path.read_bytes())
        data[4096:] = bytes(len(data) - 4096)
        path.write_bytes(data)
        results = engine.search("tolls nets", limit=EVERYTHING)
        assert results.is_refused
        assert "damaged" in results.trouble
        assert engine.is_damaged
    assert not path.exists(), "it is made anew"


def test_what_is_kept_is_this_users_alone(kept):
    assert stat.S_IMODE(file().stat().st_mode) == 0o600
    assert stat.S_IMODE(file().parent.stat().st_mode) == 0o700


def test_one_thread_may_make_it_and_another_ask(kept):
    made: list[Engine] = []
    thread = threading.Thread(target=lambda: made.append(Engine(View(kept, Notes()))))
    thread.start()
    thread.join()
    assert made[0].search("toll").total
    made[0].close()
