"""Notes of other people in the app: shown with their name, answered, hidden, synced."""

from __future__ import annotations

import os
import subprocess

import pytest
from tests.programs import program
from tests.ui.writing_files import until

from explorer import settings
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref
from explorer.sharing.sharing_setup import set_up
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.note_editor import NoteEditor

TOLLS = Ref("issue", "tolls")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch, tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('author = "Anna"\n')
    monkeypatch.setenv("EXPLORER_SETTINGS", str(path))


@pytest.fixture
def bens(notes):
    """A note of somebody else's in the same folder."""
    store = NoteStore(notes, "harbour-talks", author="Ben")
    return store.save(TOLLS, Words("Bens words #his"), name="Tolls", note=None).note


async def test_a_note_of_anothers_has_their_name_and_ones_own_has_none(explorer, store, bens):
    store.save(TOLLS, Words("my words"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        assert "Ben  " in person.seen
        assert "shown but not changed" not in person.seen
        assert "my words" in person.seen
        await person.press("N")
        assert "Ben: Bens words" in person.seen


async def test_to_write_in_it_is_to_be_asked_whether_to_answer(explorer, notes, bens):
    before = bens.path.read_bytes()
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "enter")
        assert isinstance(person.app.screen, Confirm)
        assert "a note of Ben’s" in person.seen
        await person.press("a")
        assert isinstance(person.app.screen, NoteEditor)
        assert "To Ben: Bens words" in person.seen
        await person.press(*"no", "ctrl+s", "escape")
        assert "answers ✎" in person.seen
    answer = next(n for n in NoteStore(notes, "harbour-talks").load().all() if n.answers)
    assert (answer.answers, answer.author, answer.text) == (bens.id, "Anna", "no")
    assert bens.path.read_bytes() == before


async def test_a_key_answers_a_note(explorer, bens):
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "R")
        assert isinstance(person.app.screen, NoteEditor)
        assert "Answer on" in person.seen


@pytest.mark.parametrize("key", ["D", "x", "A", "M"])
async def test_no_key_changes_it(explorer, bens, key):
    before = bens.path.read_bytes()
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", key)
        assert "it is Ben’s. R answers it." in person.said
        assert not isinstance(person.app.screen, Confirm)
    assert bens.path.read_bytes() == before


async def test_they_can_be_hidden_and_stay_so(explorer, bens):
    async with explorer(go="issue:tolls") as person:
        await person.press("O")
        assert "1 note of other people hidden; O shows them." in person.said
        assert "Bens words" not in person.seen
        assert settings.hides_others()
    async with explorer(go="issue:tolls") as person:
        assert "Bens words" not in person.seen
        await person.press("N")
        assert "1 note of other people hidden; O shows them" in person.seen
        await person.press("escape", "O")
        assert "Bens words" in person.seen
        assert not settings.hides_others()


async def test_a_name_is_shown_as_it_is_written_and_acts_on_nothing(explorer, notes):
    name = "[@click=app.quit]Ben[/] \x1b[31m"
    store = NoteStore(notes, "harbour-talks", author=name)
    store.save(TOLLS, Words("his"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        assert "[@click=app.quit]Ben[/]" in person.seen
        await person.press("tab", "x")
        assert "[@click=app.quit]Ben[/]" in person.said
        await person.press("enter")
        assert "[@click=app.quit]Ben[/]" in person.seen
        assert "\x1b" not in person.seen
        await person.press("a")
        assert isinstance(person.app.screen, NoteEditor)
        assert "To [@click" in person.seen


async def test_an_answer_stands_below_its_note_and_says_whose_that_is(explorer, notes, bens):
    store = NoteStore(notes, "harbour-talks", author="Anna")
    store.save(TOLLS, Words("mine, written between"), name="Tolls", note=None)
    cleo = NoteStore(notes, "harbour-talks", author="Cleo")
    cleo.save(TOLLS, Words("Cleos words", answers=bens.id), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        pane = person.main.reading.notes
        below = [entry.note.text for entry in pane._entries if entry.note]
        assert below.index("Cleos words") == below.index("Bens words #his") + 1
        assert "answers ✎" in person.seen
        assert "“Bens words" not in person.seen


async def test_an_answer_to_a_hidden_note_says_whose_that_is(explorer, notes, bens):
    store = NoteStore(notes, "harbour-talks", author="Anna")
    store.save(TOLLS, Words("mine", answers=bens.id), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("O")
        assert "Answers a note of Ben’s" in person.seen


async def test_the_line_of_keys_goes_by_whose_note_it_is(explorer, notes, bens):
    store = NoteStore(notes, "harbour-talks", author="Anna")
    store.save(TOLLS, Words("mine", answers=bens.id), name="Tolls", note=None)
    async with explorer(go="issue:tolls", size=(140, 40)) as person:
        await person.press("tab")
        assert "R Answer" in person.screen[-1]
        assert "Delete note" not in person.screen[-1]
        await person.press("down")
        assert "R Answer" not in person.screen[-1]
        assert "Delete note" in person.screen[-1]


@pytest.fixture
def often(monkeypatch):
    monkeypatch.setattr("explorer.notes.folder_watch.EVERY", 0.01)


async def test_what_others_write_meanwhile_is_shown_and_said(explorer, notes, often):
    store = NoteStore(notes, "harbour-talks", author="Anna")
    store.save(TOLLS, Words("mine"), name="Tolls", note=None)
    ben = NoteStore(notes, "harbour-talks", author="Ben")
    async with explorer(go="issue:tolls") as person:
        ben.save(TOLLS, Words("Bens first"), name="Tolls", note=None)
        await until(person, lambda: "Bens first" in person.seen)
        assert person.said.count("New from Ben: a note on Tolls and the truce.") == 1
        (note,) = (n for n in ben.load().all() if n.author == "Ben")
        ben.delete(note)
        await until(person, lambda: "Bens first" not in person.seen)


async def test_what_others_write_leaves_alone_what_is_being_written(explorer, notes, often):
    ben = NoteStore(notes, "harbour-talks", author="Ben")
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half a thought")
        ben.save(TOLLS, Words("Bens first"), name="Tolls", note=None)
        await until(person, lambda: "New from Ben" in person.said)
        assert isinstance(person.app.screen, NoteEditor)
        assert "half a thought" in person.seen
        await person.press("ctrl+s", "escape")
        assert "Bens first" in person.seen
    assert {note.text for note in ben.load().all()} == {"half a thought", "Bens first"}


async def test_ones_own_words_are_no_news(explorer, notes, often):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"mine", "ctrl+s", "escape", "u")
        assert "New from" not in person.said


async def test_a_colleagues_folder_is_looked_at_too(explorer, tmp_path, often):
    cleo = NoteStore(tmp_path / "cleo", "harbour-talks")
    cleo.save(TOLLS, Words("Cleos words"), name="Tolls", note=None)
    async with explorer(go="issue:tolls", also=[tmp_path / "cleo"]) as person:
        for number in range(2):
            cleo.save(TOLLS, Words(f"more {number}"), name="Tolls", note=None)
        await until(person, lambda: "more 1" in person.seen)
        assert "New from cleo" in person.said


async def test_without_any_the_key_says_so(explorer):
    async with explorer() as person:
        await person.press("O")
        assert "There are no notes of other people here." in person.said


async def test_a_colleagues_folder_is_shown_beside_ones_own(explorer, tmp_path):
    NoteStore(tmp_path / "cleo", "harbour-talks").save(
        TOLLS, Words("Cleos words"), name="Tolls", note=None
    )
    async with explorer(go="issue:tolls", also=[tmp_path / "cleo"]) as person:
        assert "cleo  " in person.seen
        assert "Cleos words" in person.seen


async def test_a_draft_of_an_answer_is_offered_back_as_one(explorer, notes, bens):
    from explorer.notes import Draft, Drafts

    drafts = Drafts(NoteStore(notes, "harbour-talks").where)
    assert drafts.keep(Draft(TOLLS, Words("half", answers=bens.id))) is None
    drafts.close()
    async with explorer(go="issue:tolls") as person:
        await person.press("enter")
        assert isinstance(person.app.screen, NoteEditor), person.seen
        assert "To Ben: Bens words" in person.seen


async def test_notes_are_synced_from_the_palette(explorer, notes, tmp_path, bens, monkeypatch):
    program("git")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    hub = tmp_path / "hub.git"
    subprocess.run(["git", "init", "-q", "--bare", str(hub)], check=True)
    async with explorer(go="issue:tolls") as person:
        await sync(person)
        assert "“explorer notes share” sets it up" in person.said
        list(set_up(NoteStore(notes, "harbour-talks"), to=str(hub)))
        await sync(person)
        assert "Yours: 1 new. Sent." in person.said


async def sync(person):
    await person.press("ctrl+p", *"sync notes", "enter")
    await person.settle()
