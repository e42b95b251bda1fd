"""Notes worth keeping: on words, in two versions, left behind by a crash, on records that move."""

import os
import shutil
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial

import pytest
from textual.events import Key, MouseMove, Paste
from textual.widgets import Static

from explorer.notes import Anchor, Draft, Drafts, Words
from explorer.record import clock
from explorer.record.model import Ref
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.widgets.word_marker import Marker

TOLLS = Ref("issue", "tolls")
WORDS = "What each port takes from the other’s ships."


def editor(person) -> NoteEditor:
    screen = person.app.screen
    assert isinstance(screen, NoteEditor), person.seen
    return screen


def said(person) -> str:
    """What the editor says, however its lines break."""
    return str(editor(person).query_one("#editor-status", Static).content)


def notes_pane(person) -> NotesPane:
    return person.main.query_one(NotesPane)


async def mark(person, first: str, last: str) -> None:
    """Mark from one word of the record to another, with the keys a person has."""
    await person.press("v")
    words = person.main.query_one(Marker).words
    texts = [word.text for word in words._words]
    start = texts.index(first)
    await person.press("k", "k", "k", "k", "k", "k", "k", "k")
    await person.press(*["h"] * words.caret, *["l"] * start, "v")
    await person.press(*["l"] * (texts.index(last, start) - start))


@pytest.fixture
def own(harbour, tmp_path):
    """A copy of the harbour talks, to be changed."""
    return shutil.copytree(harbour, tmp_path / "own harbour")


def reword(folder, was: str, now: str) -> None:
    changed = 0
    for file in folder.glob("*.toml"):
        text = file.read_text("utf-8")
        if was in text:
            file.write_text(text.replace(was, now), "utf-8")
            changed += 1
    assert changed, was


async def test_several_notes_stand_on_one_record(explorer, store):
    async with explorer(go="issue:tolls") as person:
        for words in ("first", "second"):
            await person.press("n", *words, "ctrl+s", "escape")
        assert "first" in person.seen
        assert "second" in person.seen
        assert str(notes_pane(person).border_title) == "Notes 2"
    # Those of one second have no order of their own.
    assert {note.text for note in store.load().on(TOLLS)} == {"first", "second"}


async def test_the_cursor_says_which_note_is_meant(explorer, store):
    for words in ("first", "second", "third"):
        store.save(TOLLS, Words(words), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        texts = [note.text for note in person.main.view.notes_on(TOLLS)]
        await person.press("tab", "j", "enter", "!", "ctrl+s", "escape", "k", "D", "y")
    left = {note.text for note in store.load().on(TOLLS)}
    assert left == {f"{texts[1]}!", texts[2]}


async def test_words_are_marked_with_keys_and_annotated(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await mark(person, "port", "other’s")
        assert "words marked" in person.seen
        await person.press("n")
        assert "“port takes from the other’s”" in person.seen
        await person.press(*"why", "ctrl+s", "escape")
        assert "▎ port takes" in person.seen
        assert person.record.has_focus
    (note,) = store.load().on(TOLLS)
    assert note.anchor == Anchor("port takes from the other’s", "What each ", " ships.")


async def test_words_are_marked_with_the_mouse(explorer, store):
    async with explorer(go="issue:tolls") as person:
        (line,) = [n for n, text in enumerate(person.screen) if "What each port" in text]
        start = person.screen[line].index("each")
        end = person.screen[line].index("takes") + 2
        await person.pilot.mouse_down(offset=(start, line))
        for column in (start + 3, end):
            drag = person.pilot._post_mouse_events([MouseMove], button=1, offset=(column, line))
            await drag
            await person.settle()
        await person.pilot.mouse_up(offset=(end, line))
        await person.settle()
        assert person.main.query_one(Marker).words.text == "each port takes"
        await person.press("n", *"dragged", "ctrl+s", "escape")
        assert not person.main.query(Marker)
    (note,) = store.load().on(TOLLS)
    assert note.anchor.exact == "each port takes"


async def test_words_that_are_not_the_records_own_are_refused(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("v")
        marker = person.main.query_one(Marker)
        marker.post_message(Marker.Chosen(TOLLS, "entirely foreign words", "", ""))
        await person.settle()
        assert "not this record's own" in said(person)
        await person.type("whole")
        assert person.app.screen.text == "whole"
        await person.press("escape", "d")
        assert person.record.has_focus
        assert person.main.query_one(RecordPage).display
    assert not store.load().all()


async def test_a_note_says_that_its_words_were_changed_and_takes_the_new_ones_on_consent(
    explorer, store, own
):
    anchor = Anchor("What each port takes from the other’s ships.")
    store.save(TOLLS, Words("mine", anchor=anchor), name="Tolls", note=None)
    reword(own, WORDS, "What each port now takes from all the other’s ships.")
    async with explorer(go="issue:tolls", path=own, size=(180, 45)) as person:
        assert "The words have changed" in person.seen
        assert store.load().on(TOLLS)[0].anchor == anchor
        await person.press("A")
        assert "What each port now takes" in person.seen
        await person.press("escape")
        assert store.load().on(TOLLS)[0].anchor == anchor, "nothing without consent"
        await person.press("A", "enter")
        assert "The words have changed" not in person.seen
    assert store.load().on(TOLLS)[0].anchor.exact.startswith("What each port now")


async def test_a_note_whose_record_is_gone_is_kept_and_attached_by_hand(explorer, store):
    whales = Ref("issue", "whales")
    anchor = Anchor("What each port takes from the other’s ships.")
    store.save(whales, Words("where now", anchor=anchor), name="Whales", note=None)
    async with explorer(go="issue:tolls") as person:
        assert "where now" not in person.seen
        await person.press("i", "A")
        assert "Attach the note" in person.seen
        assert "Tolls and the truce" in person.seen
        await person.press("enter")
        person.main.go(TOLLS)
        await person.settle()
        assert "where now" in person.seen
    (note,) = store.load().all()
    assert note.ref == TOLLS
    assert note.anchor.exact == anchor.exact


async def test_words_that_were_not_public_are_not_told_on_an_earlier_day(explorer, store):
    later = Anchor("The truce is kept and prolonged.")
    store.save(TOLLS, Words("mine", anchor=later), name="Tolls", note=None)
    async with explorer(go="issue:tolls", size=(180, 45)) as person:
        assert "▎ The truce is kept" in person.seen
        await person.press("equals_sign")
        await person.type("lantern")
        await person.press("enter")
        assert "mine" in person.seen
        assert "kept and prolonged" not in person.seen
        assert "On words that were not" in person.seen


async def test_what_was_being_written_is_offered_back(explorer, store):
    drafts = Drafts(store.where)
    drafts.keep(Draft(TOLLS, Words("half a thought")))
    drafts.close()
    async with explorer() as person:
        assert "Words that were not saved" in person.seen
        assert "half a thought" in person.seen
        await person.press("escape")
    async with explorer() as person:
        await person.press("r")
        assert editor(person).text == "half a thought"
        await person.press("ctrl+s", "escape")
    assert [note.text for note in store.load().on(TOLLS)] == ["half a thought"]
    async with explorer() as person:
        assert "Words that were not saved" not in person.seen


async def test_a_draft_of_a_note_that_has_changed_meanwhile_keeps_both(explorer, store):
    first = store.save(TOLLS, Words("first"), name="Tolls", note=None).note
    drafts = Drafts(store.where)
    drafts.keep(Draft(TOLLS, Words("first and more"), first.id, first.digest))
    drafts.close()
    store.save(TOLLS, Words("changed elsewhere"), name="Tolls", note=first)
    async with explorer() as person:
        await person.press("r", "ctrl+s")
        assert "both are kept" in said(person)
        await person.press("escape")
    assert [note.text for note in store.load().on(TOLLS)] == ["changed elsewhere"]
    assert [copy.text for copy in store.load().copies_on(TOLLS)] == ["first and more"]


async def test_a_draft_may_be_thrown_away(explorer, store):
    drafts = Drafts(store.where)
    drafts.keep(Draft(TOLLS, Words("rubbish")))
    drafts.close()
    async with explorer() as person:
        await person.press("d", "n")
        assert Drafts(store.where).left_behind()
    async with explorer() as person:
        await person.press("d", "y")
    assert Drafts(store.where).left_behind() == ()
    assert not store.load().all()


async def test_a_draft_goes_once_the_note_is_saved_or_discarded(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"saved")
        editor(person).keep_draft()
        await person.settle()
        assert list(Drafts(store.where).folder.glob("*/draft.toml"))
        await person.press("ctrl+s")
        assert not list(Drafts(store.where).folder.glob("*/draft.toml"))
        await person.press(*" more")
        editor(person).keep_draft()
        await person.settle()
        assert list(Drafts(store.where).folder.glob("*/draft.toml"))
        await person.press("escape", "d")
        assert not list(Drafts(store.where).folder.glob("*/draft.toml"))


def two_versions(store):
    first = store.save(TOLLS, Words("shared\nours"), name="Tolls", note=None).note
    store.save(TOLLS, Words("shared\nours"), name="Tolls", note=first)
    now = store.load().by_id(first.id)
    store.save(TOLLS, Words("shared\ntheirs"), name="Tolls", note=now)
    store.save(TOLLS, Words("shared\nmine"), name="Tolls", note=now)


@pytest.mark.parametrize(("key", "text"), [("n", "shared\ntheirs"), ("c", "shared\nmine")])
async def test_two_versions_become_one_that_is_chosen(explorer, store, key, text):
    two_versions(store)
    async with explorer(go="issue:tolls") as person:
        await person.press("M")
        assert "[–theirs–]" in person.seen
        assert "[+mine+]" in person.seen
        await person.press(key)
    assert [note.text for note in store.load().on(TOLLS)] == [text]
    assert store.load().copies_on(TOLLS) == ()
    assert list((store.where / "trash").iterdir())


async def test_two_versions_are_written_into_one(explorer, store):
    two_versions(store)
    async with explorer(go="issue:tolls") as person:
        await person.press("M", "b")
        assert editor(person).text == "shared\ntheirs\nmine"
        await person.press("ctrl+s", "escape")
    assert [note.text for note in store.load().on(TOLLS)] == ["shared\ntheirs\nmine"]
    assert store.load().copies_on(TOLLS) == ()


async def test_days_of_either_version_are_shown_and_stay(explorer, store):
    due, day = date(2032, 7, 1), date(2031, 5, 1)
    note = store.save(TOLLS, Words("ours", due=due), name="Tolls", note=None).note
    copy = Words("theirs", date=day)
    note.path.with_name(f"{note.id} (1).toml").write_bytes(
        store.save(TOLLS, copy, name="Tolls", note=note).note.path.read_bytes()
    )
    store.save(TOLLS, note.words, name="Tolls", note=store.load().by_id(note.id))
    async with explorer(go="issue:tolls") as person:
        await person.press("M")
        assert "to be reviewed on 1 Jul 2032" in person.seen
        assert "1 May 2031" in person.seen
        await person.press("b", "ctrl+s", "escape")
    assert [n.words for n in store.load().on(TOLLS)] == [Words("ours\ntheirs", day, due)]


async def test_leaving_the_comparison_leaves_both(explorer, store):
    two_versions(store)
    before = sorted(p.name for p in (store.where / "notes").iterdir())
    async with explorer(go="issue:tolls") as person:
        await person.press("M", "escape")
    assert sorted(p.name for p in (store.where / "notes").iterdir()) == before


@pytest.mark.skipif(os.name != "posix", reason="the editor is a script of the shell")
async def test_a_note_is_edited_in_ones_own_editor(explorer, store, tmp_path, monkeypatch):
    script = tmp_path / "my editor.sh"
    script.write_text('#!/bin/sh\nprintf " and outside" >> "$1"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{script}'")
    monkeypatch.delenv("VISUAL", raising=False)
    store.save(TOLLS, Words("inside", due=date(2031, 5, 1)), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        monkeypatch.setattr(person.app, "suspend", nullcontext)
        await person.press("e")
        assert " and outside" in person.seen
    (note,) = store.load().on(TOLLS)
    assert note.text == "inside\n and outside"
    assert note.due == date(2031, 5, 1)


async def test_without_an_editor_it_is_said_what_to_do(explorer, store, monkeypatch):
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    store.save(TOLLS, Words("inside"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("e")
        assert "set EDITOR" in person.said


async def test_a_note_changed_on_disk_shows_when_the_app_is_looked_at_again(explorer, store):
    first = store.save(TOLLS, Words("before"), name="Tolls", note=None).note
    async with explorer(go="issue:tolls") as person:
        store.save(TOLLS, Words("after"), name="Tolls", note=first)
        assert "before" in person.seen
        from textual.events import AppFocus

        person.app.post_message(AppFocus())
        await person.settle()
        assert "after" in person.seen


async def test_a_deleted_note_can_be_brought_back(explorer, store):
    store.save(TOLLS, Words("precious"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("D", "y")
        assert not store.load().all()
        await person.press("u")
        assert "precious" in person.seen
        await person.press("u")
        assert "Nothing was deleted" in person.said
    assert store.load().on(TOLLS)[0].text == "precious"


async def test_a_day_of_its_own_and_one_for_review_are_set_in_the_editor(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"look again", "ctrl+o")
        await person.type("2031-04-05")
        assert "Saturday, 5 Apr 2031" in person.seen
        await person.press("ctrl+o")
        await person.type("next friday")
        await person.press("ctrl+s")
        assert "Not saved" in person.seen
        assert not store.load().all()
        await person.press("ctrl+u")
        await person.type("2031-03-05")
        await person.press("ctrl+s", "escape")
        assert "5 Apr 2031" in person.seen
    (note,) = store.load().on(TOLLS)
    assert (note.date, note.due, note.done) == (date(2031, 4, 5), date(2031, 3, 5), False)


async def test_a_review_is_reckoned_on_ones_own_calendar(explorer, store):
    async with explorer(go="issue:tolls") as person:
        await person.press("n", *"look", "ctrl+o", "ctrl+o")
        await person.type("+7d")
        await person.press("ctrl+s", "escape")
    (note,) = store.load().on(TOLLS)
    assert note.due == clock.today() + timedelta(days=7)


async def test_marking_ends_when_another_record_or_day_is_looked_at(explorer):
    async with explorer(go="issue:tolls") as person:
        main = person.main
        for look_elsewhere in (
            partial(main.action_jump, "delegations"),
            partial(main.action_do, "previous_round"),
        ):
            await person.press("v")
            assert person.main.query_one(Marker).has_focus
            look_elsewhere()
            await person.settle()
            assert not person.main.query(Marker)
            assert person.main.query_one(RecordPage).display
            person.main.go(TOLLS)
            await person.settle()


async def test_words_written_in_ones_own_editor_are_not_lost_when_they_cannot_be_saved(
    explorer, store, tmp_path, monkeypatch
):
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf " and outside" >> "$1"\nexit 3\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    store.save(TOLLS, Words("inside"), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        monkeypatch.setattr(person.app, "suspend", nullcontext)
        await person.press("e")
        assert editor(person).text == "inside\n and outside"
        assert "ended with 3" in person.said
        assert not list(store.where.glob("editing-*"))
        await person.press("ctrl+s", "escape")
    assert store.load().on(TOLLS)[0].text == "inside\n and outside"


async def test_what_is_pasted_right_after_the_key_for_a_note_is_in_it(explorer):
    async with explorer(go="issue:tolls") as person:
        person.app.post_message(Key("n", "n"))
        person.app.post_message(Paste("pasted at once"))
        person.app.post_message(Key("x", "x"))
        await person.settle()
        assert editor(person).text == "pasted at oncex"


async def test_a_record_that_was_not_public_comes_back_with_its_day(explorer):
    async with explorer(go="round:chart-room") as person:
        await person.press("left_square_bracket", "left_square_bracket")
        assert person.shown != "round:chart-room"
        assert "was not public on 18 Jan 2032" in person.said
        await person.press("0")
        assert person.shown == "round:chart-room"


async def test_a_note_that_is_due_asks_for_review_until_it_is_done(explorer, store):
    store.save(TOLLS, Words("look again", due=date(2020, 1, 1)), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        assert "to be reviewed, due" in person.seen
        await person.press("N")
        assert "To review" in person.seen
        await person.press("escape", "x")
        assert "to be reviewed" not in person.seen
        await person.press("N")
        assert "To review" not in person.seen
    assert store.load().on(TOLLS)[0].done


async def test_all_notes_are_listed_and_gone_to(explorer, store):
    store.save(TOLLS, Words("about tolls #watch"), name="Tolls", note=None)
    store.save(Ref("round", "tide-hall"), Words("about the hall #watch"), name="x", note=None)
    async with explorer() as person:
        await person.press("N")
        assert "#watch" in person.seen
        assert "2 notes" in person.seen
        lines = [line for line in person.screen if "about tolls" in line]
        assert lines
        await person.press("j")
        if "about tolls" not in person.app.screen.query_one("NoteLines").picked.note.text:
            await person.press("j")
        await person.press("enter")
        assert person.shown == "issue:tolls"
        assert notes_pane(person).has_focus


async def test_a_tag_is_renamed_in_all_notes(explorer, store):
    store.save(TOLLS, Words("one #watch"), name="Tolls", note=None)
    store.save(Ref("round", "tide-hall"), Words("#Watch two"), name="x", note=None)
    async with explorer() as person:
        await person.press("N", "r", "ctrl+u")
        await person.type("follow")
        await person.press("enter")
        assert "2 notes" in person.said
    assert {note.tags for note in store.load().all()} == {("follow",)}


async def test_a_tag_leads_to_the_notes_that_have_it(explorer, store):
    store.save(TOLLS, Words("one #watch"), name="Tolls", note=None)
    store.save(TOLLS, Words("two #watch"), name="Tolls", note=None)
    async with explorer() as person:
        await person.press("N", "enter")
        assert "tag:watch" in person.seen
        assert "one #watch" in person.seen


async def test_a_tag_of_one_note_leads_to_that_note(explorer, store):
    store.save(TOLLS, Words("nothing here"), name="Tolls", note=None)
    store.save(TOLLS, Words("one #watch"), name="Tolls", note=None)
    async with explorer(go="issue:fishing") as person:
        await person.press("N")
        assert "1 note" in person.seen
        await person.press("enter")
        assert person.shown == "issue:tolls"
        assert person.main.reading.notes.note.text == "one #watch"


async def test_a_tag_leads_to_as_many_notes_as_are_counted(explorer, store):
    texts = ["#Tide/High", "#tide", "low #tides", "#TIDE/low and #tide"]
    for ref, text in zip([TOLLS, TOLLS, Ref("round", "tide-hall"), TOLLS], texts, strict=True):
        store.save(ref, Words(text), name="x", note=None)
    async with explorer() as person:
        await person.press("N")
        assert "#tide" in person.seen
        assert "3 notes" in person.seen
        await person.press("enter")
        assert "3 hits." in person.seen


async def test_notes_that_are_due_are_named_at_the_start(explorer, store):
    store.save(TOLLS, Words("look again", due=date(2020, 1, 1)), name="Tolls", note=None)
    async with explorer() as person:
        person.main.settle_in()
        await person.settle()
        assert "1 note is due for review; N lists them." in person.said
