"""Keys that arrive in one write do in a field what they do typed slowly, also before the start."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from tests.ui.conftest import Heard, Person
from tests.ui.fuzzing import BY_CHARACTER, key_of
from tests.ui.settling import idle, settled

from explorer.opening import read
from explorer.ui.app import ExplorerApp
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.widgets.note_text import NoteText

FIELDS = {
    "search": ["s"],
    "day": ["equals_sign"],
    "file": ["b", "ctrl+u"],
    "filter": ["3", "slash"],
    "note": ["n"],
    "date of a note": ["n", "ctrl+o", "ctrl+u"],
}
BINDINGS = (
    *("ctrl+u", "ctrl+w", "ctrl+k", "ctrl+d", "ctrl+z", "ctrl+y", "ctrl+x", "ctrl+v", "ctrl+c"),
    *("ctrl+a", "ctrl+e", "home", "end", "left", "right", "ctrl+left", "ctrl+right"),
    *("shift+left", "shift+home", "ctrl+shift+left", "backspace", "delete", "alt+backspace"),
)
ONLY_IN_A_NOTE = ("enter", "tab", "up", "f6", "f7", "ctrl+shift+k", "alt+delete", "pageup")


def keys_of(text: str) -> list[str]:
    return [BY_CHARACTER.get(character, character) for character in text]


def state_of(person: Person) -> tuple[object, ...]:
    focused = person.app.focused
    if isinstance(focused, NoteText):
        return (focused.text, focused.selection)
    return (focused.value, focused.selection)


@pytest.mark.parametrize("field", FIELDS)
async def test_every_key_of_a_field_acts_in_its_turn(explorer, field):
    bound = BINDINGS + (ONLY_IN_A_NOTE if field == "note" else ())
    async with explorer(go="issue:tolls") as person:
        await person.press(*FIELDS[field])
        nothing = state_of(person)[0]
        assert nothing == ""
        for key in bound:
            results = []
            for is_burst in (False, True):
                start_anew(person)
                keys = ["a", key, "x", "shift+left", key, "y"]
                if is_burst:
                    await person.burst(*keys)
                else:
                    for name in keys:
                        person.app.post_message(key_of(name))
                        await settled(person.app)
                results.append(state_of(person))
            assert results[0] == results[1], key


def start_anew(person: Person) -> None:
    """A field with some words and the cursor amid them, of which nothing can be taken back."""
    focused = person.app.focused
    person.app.copy_to_clipboard("cut before")
    if isinstance(focused, NoteText):
        focused.text = "one two three"
        focused.move_cursor((0, 9))
    else:
        focused.value = "one two three"
        focused.cursor_position = 9
        focused._before.clear()
        focused._after.clear()


@pytest.mark.parametrize("field", FIELDS)
async def test_what_is_typed_behind_a_deletion_stays(explorer, field):
    async with explorer(go="issue:tolls") as person:
        await person.press(*FIELDS[field])
        await person.burst(*keys_of("old words"), "ctrl+u", *keys_of("one two three"))
        await person.burst("ctrl+w", *keys_of("x"))
        assert state_of(person)[0] == "one two x"


async def test_keys_behind_the_enter_of_the_palette_go_where_it_leads(explorer, store):
    async with explorer() as person:
        words = keys_of("crab and fishing")
        await person.burst("ctrl+p", *words, "enter", "n", *keys_of("mine"), "ctrl+s")
        assert isinstance(person.app.screen, NoteEditor)
    assert [str(note.ref) for note in store.load().all()] == ["issue:fishing"]


async def test_what_is_typed_behind_a_palette_that_finds_nothing_is_not_run(explorer):
    async with explorer() as person:
        await person.burst("ctrl+p", *keys_of("zzzz"), "enter", "q")
        assert person.app.is_running
        assert "nothing was found" in person.told
        assert "not run" in person.told
        await person.burst("escape", "p")
        assert person.main.viewing == "positions"


async def test_a_save_has_what_was_typed_before_it_and_nothing_of_what_came_after(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        await person.burst(*keys_of("old"), "ctrl+w", *keys_of("new"), "ctrl+s", *keys_of(" x"))
        assert [note.text for note in store.load().notes.values()] == ["new"]


async def test_a_second_save_follows_the_first_and_leaving_waits_for_both(explorer, store):
    async with explorer(go="issue:tolls") as person:
        rows = person.rows("issues")
        await person.press("3", "n")
        before = person.shown
        await person.burst(*keys_of("alpha"), "ctrl+s", *keys_of(" more"), "ctrl+s", "escape", "j")
        await person.settle()
        assert [note.text for note in store.load().notes.values()] == ["alpha more"]
        assert person.app.screen is person.main
        assert person.shown == rows[rows.index(before) + 1], "j acted where it was meant to"


async def test_words_after_the_last_save_are_still_asked_about(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        await person.burst(*keys_of("alpha"), "ctrl+s", *keys_of(" more"), "escape")
        assert isinstance(person.app.screen, Confirm)
        assert [note.text for note in store.load().notes.values()] == ["alpha"]


async def test_when_a_save_fails_who_was_leaving_stays_and_nothing_typed_is_run(explorer, notes):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        notes.write_text("a file where the folder should be")
        editor = person.app.screen
        may_fail = threading.Event()
        saving = editor._saving
        save = saving._writing.save
        saving._writing = replace(
            saving._writing, save=lambda words, note: may_fail.wait() and save(words, note)
        )
        for name in (*keys_of("alpha"), "ctrl+s", "escape", "d", "q"):
            person.app.post_message(key_of(name))
        await idle()
        may_fail.set()
        await person.settle()
        assert person.app.screen is editor
        assert editor.text == "alpha"
        assert "The note was not saved" in person.seen
        assert "not run" in person.told


async def test_a_day_typed_in_one_write_is_saved_with_the_note(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        keys = [
            *keys_of("words"),
            "ctrl+o",
            *keys_of("2031-02-03"),
            "enter",
            *keys_of("2031-05-06"),
        ]
        await person.burst(*keys, "ctrl+s", "escape")
        (note,) = store.load().notes.values()
        assert (note.text, str(note.date), str(note.due)) == ("words", "2031-02-03", "2031-05-06")


ANSWERS = {
    "filter kept": ["3", "slash"],
    "filter cleared": ["3", "slash"],
    "search": ["s"],
    "day": ["equals_sign"],
}
TYPED = {
    "filter kept": [*keys_of("the"), "enter", "j"],
    "filter cleared": [*keys_of("the"), "escape", "j"],
    "search": [*keys_of("toll"), "down", "enter", "j"],
    "day": [*keys_of("-7d"), "enter", "3", "j"],
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_a_key_behind_an_answer_acts_where_the_answer_leads(explorer, case):
    results = []
    for is_burst in (False, True):
        async with explorer(go="issue:tolls") as person:
            await person.press(*ANSWERS[case])
            await (person.burst if is_burst else person.press)(*TYPED[case])
            main = person.main
            results.append((main.place, person.shown, main.view.scope, person.rows("issues")))
            assert person.app.screen is main
    assert results[0] == results[1]


EARLY = ["1", "3", "4", "tab", "shift+tab", "p", "n", "s", "escape", "H", "ctrl+p", "question_mark"]


def opens(path, notes, may_read: threading.Event) -> ExplorerApp:
    def reading():
        may_read.wait()
        return read(path, notes)

    app = ExplorerApp(reading)
    app.messages = Heard(app._show_message)
    return app


@pytest.mark.parametrize("key", EARLY)
async def test_a_key_pressed_before_there_is_a_screen_waits_for_it(explorer, harbour, notes, key):
    async with explorer(front=True) as person:
        await person.press(key)
        expected = (type(person.app.screen), person.main.place, person.shown)
    may_read = threading.Event()
    app = opens(harbour, notes, may_read)
    app.post_message(key_of(key))  # before anything is composed
    async with app.run_test(size=(140, 40)) as pilot:
        person = Person(app, pilot)
        await idle()
        may_read.set()
        await person.settle()
        assert (type(app.screen), person.main.place, person.shown) == expected


async def test_keys_while_the_dataset_is_read_act_in_their_order_once_it_is(harbour, notes):
    may_read = threading.Event()
    app = opens(harbour, notes, may_read)
    async with app.run_test(size=(140, 40)) as pilot:
        person = Person(app, pilot)
        for key in ("3", "j", "tab", "shift+tab", "n", *keys_of("quick words")):
            app.post_message(key_of(key))
        await idle()
        assert len(app.screen_stack) == 1
        may_read.set()
        await person.settle()
        assert person.shown == person.rows("issues")[1]
        assert app.screen.text == "quick words"


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_nobody_has_to_wait_for_the_dataset_to_leave(harbour, notes, key):
    may_read = threading.Event()
    app = opens(harbour, notes, may_read)
    async with app.run_test():
        app.post_message(key_of(key))
        await idle()
        is_leaving = app._exit
        may_read.set()
        assert is_leaving
