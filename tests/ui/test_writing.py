"""Notes in the app: written, saved, kept through every mishap, deleted after a yes."""

import os
from datetime import UTC, datetime

import pytest
from textual.events import Key, Paste

from explorer.notes import Drafts, NoteStore, Words
from explorer.record.model import Ref
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.widgets.note_text import NoteText

TOLLS = Ref("issue", "tolls")


def only(notes):
    """The one note on the tolls."""
    (note,) = notes.on(TOLLS)
    return note


def editor(person) -> NoteEditor:
    screen = person.app.screen
    assert isinstance(screen, NoteEditor), person.seen
    return screen


async def test_a_note_is_written_saved_shown_and_there_the_next_day(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        await person.type("Deferral or delay? #watch")
        await person.press("ctrl+s")
        assert "Saved." in person.seen
        await person.press("escape")
        assert "Deferral or delay?" in person.seen
        assert "#watch" in person.seen
        assert "✎" in person.seen
    assert only(store.load()).text == "Deferral or delay? #watch"
    async with explorer(go="issue:tolls") as person:
        assert "Deferral or delay?" in person.seen
        assert "✎" in person.seen


async def test_a_note_can_be_changed_again_and_again(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"one", "ctrl+s", *"two", "ctrl+s", "escape")
        await person.press("tab", "enter", *"three")
        await person.press("ctrl+s", "escape")
    assert only(store.load()).text == "onetwothree"
    assert store.load().copies == {}


async def test_any_record_can_have_a_note(explorer, store):
    async with explorer() as person:
        for ref in ("quote:quill-crab", "source:port-bulletin", "negotiation:harbour-talks"):
            kind, slug = ref.split(":")
            if Ref(kind, slug) not in person.main.view.index:
                slug = person.main.view.index.refs(kind)[0].id
            person.main.go(Ref(kind, slug))
            await person.settle()
            await person.press("n", *"mine", "ctrl+s", "escape")
    assert {note.ref.kind for note in store.load().all()} == {"quote", "source", "negotiation"}


async def test_leaving_with_unsaved_words_asks_and_going_on_writing_keeps_them(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half", "escape")
        assert "not saved" in person.seen
        await person.press("w")
        assert editor(person).text == "half"
    assert not store.load().all()


async def test_leaving_can_save(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half", "escape", "s")
        assert person.app.screen is person.main
    assert only(store.load()).text == "half"


async def test_leaving_can_discard(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half", "escape", "d")
        assert person.app.screen is person.main
    assert not store.load().all()


async def test_leaving_with_nothing_unsaved_asks_nothing(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"x", "ctrl+s", "escape")
        assert person.app.screen is person.main


async def test_quitting_in_the_middle_of_a_note_asks_first(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half", "ctrl+q")
        assert "not saved" in person.seen
        assert person.app.is_running
        await person.press("escape")
        assert editor(person).text == "half"


async def test_the_keys_of_commands_are_letters_while_writing(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"q1?nyo")
        assert editor(person).text == "q1?nyo"


async def test_saving_nothing_says_so_and_writes_nothing(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", "ctrl+s")
        assert "nothing to save" in person.seen
    assert not store.load().all()


async def test_when_saving_fails_every_word_stays_and_the_reason_is_said(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"precious")
        store.where.mkdir(parents=True, exist_ok=True)
        notes = store.where / "notes"
        notes.write_text("a file where the folder should be")
        await person.press("ctrl+s")
        assert "not saved" in person.seen
        assert "still here" in person.seen
        assert editor(person).text == "precious"
        notes.unlink()
        await person.press("ctrl+s")
        assert "Saved." in person.seen
    assert only(store.load()).text == "precious"


async def test_notes_that_cannot_be_read_are_off_and_it_is_said_why(explorer, notes):
    notes.write_text("a file where the folder should be")
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        assert person.app.screen is person.main
        assert "Notes are off" in person.said


async def test_a_note_changed_meanwhile_by_another_is_kept_beside_ours(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"first", "ctrl+s")
        note = only(store.load())
        store.save(TOLLS, Words("theirs"), name="Tolls", note=note)
        await person.press(*" mine", "ctrl+s")
        assert "both are kept" in person.seen
        await person.press("escape")
        assert "theirs" in person.seen
        assert "first mine" in person.seen
    kept = store.load()
    assert only(kept).text == "theirs"
    assert [copy.text for copy in kept.copies_on(TOLLS)] == ["first mine"]


async def test_a_file_that_does_not_parse_is_shown_and_never_saved_over(explorer, store):
    path = store.path_of(TOLLS)
    path.parent.mkdir(parents=True)
    path.write_text("format = 1\ntext = [broken")
    async with explorer(go="issue:tolls") as person:
        assert "cannot be read" in person.said
        assert "left untouched" in person.seen
        await person.press("n", *"beside", "ctrl+s")
        assert "Saved." in person.seen
    assert only(store.load()).text == "beside"
    assert path.read_text() == "format = 1\ntext = [broken"


async def test_a_note_of_a_later_format_is_shown_and_not_opened_for_writing(explorer, store):
    saved = store.save(TOLLS, Words("from the future"), name="Tolls", note=None)
    path = saved.note.path
    path.write_text(path.read_text().replace("format = 3", "format = 5"))
    async with explorer(go="issue:tolls") as person:
        assert "from the future" in person.seen
        await person.press("tab", "enter")
        assert person.app.screen is person.main
        assert "a newer explorer wrote it" in person.said


async def test_a_note_is_deleted_only_after_a_yes_and_goes_to_the_trash(explorer, store):
    store.save(TOLLS, Words("old thoughts"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("D", "n")
        assert only(store.load())
        await person.press("D", "escape")
        assert only(store.load())
        await person.press("D", "y")
        assert "old thoughts" not in person.seen
    assert not store.load().all()
    (trashed,) = (store.where / "trash").iterdir()
    assert "old thoughts" in trashed.read_text()


async def test_deleting_where_there_is_no_note_says_so(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("D")
        assert "no note" in person.said


async def test_a_note_under_a_former_id_is_shown_and_saved_where_it_was(explorer, store):
    store.save(Ref("issue", "fees"), Words("from before"), name="Fees", note=None)
    async with explorer(go="issue:tolls") as person:
        assert "from before" in person.seen
        await person.press("tab", "enter", *"!", "ctrl+s")
        assert "Saved." in person.seen
    (note,) = store.load().on(Ref("issue", "fees"))
    assert note.text == "from before!"
    assert len(store.load().all()) == 1


async def test_the_date_of_a_note_is_that_of_its_last_change(explorer, notes):
    from explorer.notes import NoteStore

    then = datetime(2024, 2, 3, 12, tzinfo=UTC)
    NoteStore(notes, "harbour-talks", now=lambda: then).save(
        TOLLS, Words("x"), name="Tolls", note=None
    )
    async with explorer(go="issue:tolls") as person:
        assert "3 Feb 2024" in person.seen


async def test_enter_in_the_notes_opens_the_editor(explorer, store):
    store.save(Ref("issue", "tolls"), Words("Mine"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "enter")
        assert editor(person).query_one(NoteText).has_focus


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe")
async def test_typing_goes_on_while_a_save_is_under_way(explorer, store, monkeypatch):
    """The disk is held up at the moment of the rename; keys pressed meanwhile arrive."""
    from threading import Event

    from explorer import notes as module

    release, reached = Event(), Event()
    original = module.NoteStore.save

    def held(self, *args, **kwargs):
        reached.set()
        release.wait(10)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(module.NoteStore, "save", held)
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"one")
        await person.pilot.press("ctrl+s")
        await person.pilot.pause()
        assert reached.wait(10)
        for key in "two":
            await person.pilot.press(key)
        await person.pilot.pause()
        assert editor(person).text == "onetwo"
        assert "Saving" in person.seen
        release.set()
        await person.settle()
        assert "Not saved yet." in person.seen
    assert only(store.load()).text == "one"


async def test_letters_typed_with_the_saving_key_are_saved_too(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        for key in (*"abc", "ctrl+s"):
            person.app.post_message(Key(key, key if len(key) == 1 else None))
        await person.settle()
    assert only(store.load()).text == "abc"


async def test_letters_typed_with_the_leaving_key_are_asked_about(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        for key in (*"abc", "escape"):
            person.app.post_message(Key(key, key if len(key) == 1 else None))
        await person.settle()
        assert "not saved" in person.seen


async def test_a_record_can_be_left_and_saved_while_a_save_is_under_way(
    explorer, store, monkeypatch
):
    """One text after the other: the second must not conflict with the first."""
    from threading import Event

    release = Event()
    original = NoteStore.save

    def held(self, *args, **kwargs):
        release.wait(10)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(NoteStore, "save", held)
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"one")
        for key in ("ctrl+s", *"two", "escape", "s"):
            await person.pilot.press(key)
            await person.pilot.pause()
        release.set()
        await person.settle()
        await person.settle()
        assert person.app.screen is person.main
    assert only(store.load()).text == "onetwo"
    assert not any(store.load().copies.values())


async def test_after_a_conflict_one_goes_on_writing_to_the_same_copy(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"a", "ctrl+s")
        note = only(store.load())
        store.save(TOLLS, Words("theirs"), name="Tolls", note=note)
        await person.press(*"b", "ctrl+s", *"c", "ctrl+s", *"d", "ctrl+s")
        assert "Saved." in person.seen
    assert [copy.text for copy in store.load().copies_on(TOLLS)] == ["abcd"]


async def test_copies_can_be_deleted_and_the_note_stays(explorer, store):
    first = store.save(TOLLS, Words("first"), name="Tolls", note=None).note
    store.save(TOLLS, Words("ours"), name="Tolls", note=first)
    store.save(TOLLS, Words("beside it"), name="Tolls", note=first)
    async with explorer(go="issue:tolls") as person:
        assert "beside it" in person.seen
        await person.press("tab", "j", "D")
        assert "the copy of the note" in person.seen
        await person.press("y")
        assert "beside it" not in person.seen
        assert "ours" in person.seen
    assert not any(store.load().copies.values())
    assert only(store.load()).text == "ours"


async def test_a_note_deleted_by_another_meanwhile_is_not_shown_any_more(explorer, store):
    path = store.save(TOLLS, Words("first"), name="Tolls", note=None).note.path
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "enter", *" more")
        path.unlink()
        await person.press("ctrl+s", "escape")
        assert person.main.view.notes_on(TOLLS) == ()
        assert "first more" in person.seen


async def test_enter_twice_in_the_notes_opens_one_editor(explorer, store):
    store.save(Ref("issue", "tolls"), Words("Mine"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("tab")
        for key in ("enter", "enter"):
            person.app.post_message(Key(key, None))
        await person.settle()
        assert sum(isinstance(screen, NoteEditor) for screen in person.app.screen_stack) == 1


async def test_what_is_being_written_is_kept_when_the_program_is_ended(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"half")
        person.app.end_by(15)
        await person.pilot.pause()
        person.main.notes.changes.drafts.close()  # as the end of the process would
    (draft,) = Drafts(store.where).left_behind()
    assert draft.words.text == "half"
    assert draft.ref == TOLLS


async def test_a_note_full_of_tags_is_read_for_them_once(explorer, store, monkeypatch):
    from explorer.notes import note

    store.save(TOLLS, Words("#a " * 2000), name="Tolls", note=None)
    asked, tags_in = [], note.tags_in
    monkeypatch.setattr(note, "tags_in", lambda text: asked.append(1) or tags_in(text))
    async with explorer(go="issue:tolls") as person:
        await person.settle()
        assert len(asked) < 10


async def test_notes_on_records_that_are_gone_are_shown_with_the_negotiation(explorer, store):
    store.save(Ref("issue", "whales"), Words("where did they go"), name="Whales", note=None)
    async with explorer() as person:
        await person.press("i")
        assert "where did they go" in person.seen
        assert "issue:whales" in person.seen


@pytest.mark.parametrize("keys", ["3n", "3jn", "j3kjn", "423n", "4jj3n"])
async def test_a_note_goes_to_the_record_one_was_on_however_fast_one_types(explorer, store, keys):
    async with explorer() as person:
        for key in keys:
            person.app.post_message(Key(key, key))
        await person.settle()
        await person.press(*"x", "ctrl+s", "escape")
        row = 1 if "j" in keys.partition("3")[2] else 0
        assert person.shown == person.rows("issues")[row]
        (note,) = store.load().all()
        assert str(note.ref) == person.shown


async def test_every_character_is_kept_and_none_that_acts_reaches_the_screen(explorer, store):
    odd = "\u200e\u2028\xad\u200b\u202e\x9b\x0b\ufeff"
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        person.app.post_message(Paste(f"one{odd}two  "))
        for character in "\u3000\u200c\xa0":
            person.app.post_message(Key("odd", character))
        await person.settle()
        text = person.app.screen.query_one(NoteText)
        drawn = "".join(strip.text for strip in text.render_lines(text.size.region))
        assert "one" in drawn
        assert not set(drawn) & set(odd)
        await person.press("ctrl+s", "escape")
        assert "one" in person.seen
    assert only(store.load()).text == f"one{odd}two  \u3000\u200c\xa0"
