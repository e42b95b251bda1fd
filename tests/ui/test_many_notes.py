"""Of many notes the record does not wait: they come a moment later, and none is lost by that."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from tests.ui.fuzzing import key_of
from tests.ui.writing_files import until

from explorer import opening
from explorer.errors import NoteError
from explorer.notes import Notes, NoteStore, Words
from explorer.record.model import Ref
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.app import ExplorerApp
from explorer.ui.dialogs import notes_list
from explorer.ui.dialogs.notes_list import NotesList
from explorer.ui.main_screen import MainScreen
from explorer.ui.panes.notes_pane import NotesPane

TOLLS = Ref("issue", "tolls")
HALL = Ref("round", "tide-hall")
Meanwhile = Callable[[ExplorerApp], Awaitable[None]]


@pytest.fixture(autouse=True)
def _one_is_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MANY", 0)


@pytest.fixture
def while_reading(monkeypatch: pytest.MonkeyPatch) -> Callable[[Meanwhile], None]:
    """Have something done on the app after the first reading of the notes, before it is shown."""
    waiting: list[Meanwhile] = []
    read_all = NoteChanges._read_all

    def reads(changes: NoteChanges, then: Callable[[], None]) -> None:
        load, app = changes.store.load, changes._screen.app

        def loaded() -> Notes:
            notes = load()
            while waiting:
                app.call_from_thread(waiting.pop(), app)
            return notes

        monkeypatch.setattr(changes.store, "load", loaded)
        read_all(changes, then)

    monkeypatch.setattr(NoteChanges, "_read_all", reads)
    return waiting.append


async def press(app: ExplorerApp, *keys: str) -> str:
    """Press keys, not waiting for what works in the background; what the screen shows then."""
    while app.ahead.is_starting:
        await rest(app)
    for name in keys:
        app.post_message(key_of(name))
        await rest(app)
    await rest(app)
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


async def rest(app: ExplorerApp) -> None:
    """Long enough for messages to arrive; others may wait for the loop to be idle too."""
    for _ in range(100):
        await asyncio.sleep(0)
    app.screen._on_timer_update()
    for _ in range(100):
        await asyncio.sleep(0)


def save(store: NoteStore, words: str, ref: Ref = TOLLS):
    return store.save(ref, Words(words), name="Tolls", note=None)


async def test_the_record_is_shown_before_the_notes_and_they_come_after(
    explorer, store, while_reading
):
    save(store, "about tolls #watch")
    seen = []

    async def meanwhile(app: ExplorerApp) -> None:
        seen.append(await press(app))

    while_reading(meanwhile)
    async with explorer(go="issue:tolls", many_notes_later=True) as person:
        assert "Tolls and the truce" in seen[0]
        assert "Your notes are being" in seen[0]
        assert "about tolls" not in seen[0]
        assert "about tolls" in person.seen
        assert "Your notes are being" not in person.seen


async def test_what_needs_all_notes_waits_for_them_and_says_so(explorer, store, while_reading):
    save(store, "about tolls")
    told = []

    async def meanwhile(app: ExplorerApp) -> None:
        for key in ("N", "D", "b"):
            await press(app, key)
            told.append(app.messages.now.words)
            assert app.screen is app.screen_stack[0], "nothing opens that would lack notes"

    while_reading(meanwhile)
    async with explorer(many_notes_later=True) as person:
        assert len(told) == 3
        assert all(words.startswith("Your notes are still being read;") for words in told)
        await person.press("escape", "N")
        assert isinstance(person.app.screen, NotesList)
        assert "about tolls" in person.seen


async def test_a_search_begun_meanwhile_finds_the_notes_when_they_are_there(
    explorer, store, while_reading
):
    save(store, "a heron stood by")

    async def meanwhile(app: ExplorerApp) -> None:
        await press(app, "s", *"heron")

    while_reading(meanwhile)
    async with explorer(many_notes_later=True) as person:
        assert "1 hit" in person.seen
        await person.press("enter")
        assert person.shown == "issue:tolls"
        assert person.main.query_one(NotesPane).has_focus


async def test_what_is_saved_meanwhile_is_shown_at_once_and_stays(explorer, store, while_reading):
    save(store, "about tolls")
    seen = []

    async def meanwhile(app: ExplorerApp) -> None:
        main = app.screen_stack[0]
        main.notes.changes.shown(save(main.notes.changes.store, "about the hall", HALL))
        seen.append([note.text for note in main.view.notes.all()])

    while_reading(meanwhile)
    async with explorer(many_notes_later=True) as person:
        assert seen == [["about the hall"]]
        texts = sorted(note.text for note in person.main.view.notes.all())
        assert texts == ["about the hall", "about tolls"]
        assert not person.main.view.notes.are_being_read
    assert sorted(note.text for note in store.load().all()) == texts


async def test_coming_back_to_the_app_meanwhile_reads_nothing_twice(
    explorer, store, while_reading, monkeypatch
):
    save(store, "about tolls")
    reloads = []
    monkeypatch.setattr(NoteStore, "reload", lambda *_: reloads.append(1))

    async def meanwhile(app: ExplorerApp) -> None:
        app.screen_stack[0].notes.changes.reload()

    while_reading(meanwhile)
    async with explorer(many_notes_later=True) as person:
        assert reloads == []
        assert len(person.main.view.notes.all()) == 1


async def test_notes_that_turn_out_unreadable_are_off_and_it_is_said(explorer, store, monkeypatch):
    save(store, "about tolls")

    def fails(_: NoteStore) -> Notes:
        raise NoteError("The disk went away.")

    monkeypatch.setattr(NoteStore, "load", fails)
    async with explorer(many_notes_later=True) as person:
        assert "The disk went away." in person.said
        assert "Notes are off." in person.seen


async def test_damaged_files_are_named_once_they_are_known(explorer, store):
    saved = save(store, "about tolls")
    saved.note.path.write_text("")
    async with explorer(many_notes_later=True) as person:
        assert saved.note.path.name in person.said.replace("\n", "")


async def test_a_few_notes_are_there_with_the_record(explorer, store, monkeypatch):
    monkeypatch.setattr(opening, "MANY", 1)
    monkeypatch.delattr(NoteChanges, "read_all")
    save(store, "about tolls")
    async with explorer(go="issue:tolls", many_notes_later=True) as person:
        assert "about tolls" in person.seen


async def test_of_many_notes_only_the_rows_in_sight_are_written(explorer, store, monkeypatch):
    for number in range(300):
        save(store, f"note number {number}")
    written = []
    of_note = notes_list._of_note
    monkeypatch.setattr(
        notes_list, "_of_note", lambda view, note: written.append(note) or of_note(view, note)
    )
    async with explorer(many_notes_later=True) as person:
        await person.press("N")
        assert "note number" in person.seen
        assert 0 < len(set(map(id, written))) <= 40
        await person.press("j", "j", "k")
        assert person.seen
        assert len(set(map(id, written))) <= 40
        assert person.app.screen.query_one("NoteLines").cursor == 2


async def test_what_others_write_meanwhile_is_not_missed(explorer, store, notes, while_reading):
    save(store, "about tolls")

    async def meanwhile(app: ExplorerApp) -> None:
        ben = NoteStore(notes, "harbour-talks", author="Ben")
        save(ben, "Bens words")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert screen.notes.changes is not None
        arrivals = screen.notes.changes.arrivals
        arrivals.read()
        while not arrivals._is_late:
            await asyncio.sleep(0.001)

    while_reading(meanwhile)
    async with explorer(go="issue:tolls", many_notes_later=True) as person:
        await until(person, lambda: "Bens words" in person.seen)
