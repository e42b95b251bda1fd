"""Writing, correcting and deleting notes by lines; no word that was typed is lost."""

from __future__ import annotations

import os

import pytest

from explorer import opening
from explorer.errors import NoteError
from explorer.linear.whereabouts import OnNote
from explorer.notes import Words


def note_on(reader, record="cranes", *lines):
    reader.type(f"go {record}", "n", *(lines or ("Who lifts what?",)), ".")


def elsewhere(reader):
    """The one note, in the store of another program."""
    store = reader.visit.desk.store
    (note,) = store.load().all()
    return store, note


def test_a_note_is_written_line_by_line_and_ended_by_a_dot(reader):
    reader.type("go cranes")
    assert "A line with a single dot saves the note" in reader.type("n")
    assert reader.visit.session.prompt == "Note"
    assert reader.type("Who lifts what?", "", "From which quay? #cranes", "..") == ""
    assert reader.type(".l").split("\n")[0] == "1. Who lifts what?"
    assert reader.type(".") == "Saved. The note is on Issue: Cranes."
    assert reader.notes == ["Who lifts what?\n\nFrom which quay? #cranes\n."]
    assert "Your notes, which are no part of the record" in reader.type("again")
    assert "1 note of yours" in reader.heard
    assert "Tags: #cranes" in reader.type(reader.number("Who lifts"))


def test_words_after_the_command_begin_the_note(reader):
    reader.type("go cranes", "n Who lifts what?", ".")
    assert reader.notes == ["Who lifts what?"]


def test_in_a_list_it_is_asked_on_which_record_a_note_is(reader):
    reader.type("issues", "n Who lifts what?")
    assert reader.visit.session.prompt == "A note on which number"
    assert "say the number of a record" in reader.type("cranes")
    assert "A note on Issue: Cranes." in reader.type(reader.number("Cranes"))
    reader.type(".")
    assert reader.notes == ["Who lifts what?"]
    assert "this is no record" in reader.type("y")


def test_a_note_begun_among_the_sources_is_on_what_they_are_of(reader):
    reader.type("go tolls", "o", "n Weak ones.", ".")
    assert str(reader.view.notes.all()[0].ref) == "issue:tolls"


def test_the_end_of_what_is_typed_ends_a_note_as_a_dot_does(reader):
    reader.type("go cranes", "n", "Who lifts what?")
    assert "Saved." in "\n".join(reader.visit.session.ended())
    assert reader.notes == ["Who lifts what?"]


def test_a_note_of_nothing_is_no_note(reader):
    assert reader.type("go cranes", "n", "  ", ".") == "Nothing was written, so there is no note."
    assert reader.notes == []


def test_commands_are_words_of_a_note_while_it_is_written(reader):
    note_on(reader, "cranes", "q", "?", "1", "/ find")
    assert reader.notes == ["q\n?\n1\n/ find"]


def test_a_note_on_some_words_of_a_record_holds_them(reader):
    reader.type("go cranes")
    assert "no note was begun" in reader.type("v words that are not there")
    assert "On the words “from which quay”." in reader.type("v from which quay")
    reader.type("Which?", ".")
    assert "On the words: “from which quay”" in reader.type("notes", "1")


def test_a_note_is_corrected_line_by_line(reader):
    note_on(reader, "cranes", "Who lfts what?", "From wich quay?", "And when?")
    asked = reader.type("edit")
    assert asked.startswith("1. Who lfts what?\n2. From wich quay?\n3. And when?")
    assert reader.type("/lfts/lifts/") == "1. Who lifts what?"
    assert reader.type("2") == "It was: From wich quay?"
    assert reader.type("From which quay?") == "2. From which quay?"
    assert reader.type("3 And until when?") == "3. And until when?"
    assert reader.type("d 1") == "Deleted line 1: Who lifts what?"
    assert reader.type("i 1 Cranes:") == "1. Cranes:"
    assert reader.type("a", "Ask North.") == "4. Ask North."
    assert "from 1 to 4" in reader.type("9")
    assert "is not understood here" in reader.type("what now")
    assert "replaces that line" in reader.type("?")
    assert "Saved." in reader.type(".")
    assert reader.notes == ["Cranes:\nFrom which quay?\nAnd until when?\nAsk North."]


def test_a_line_is_left_as_it_was_by_an_empty_one(reader):
    note_on(reader)
    assert reader.type("edit", "1", "") == "Left as it was."
    assert reader.type("q") == "Nothing was changed."
    assert reader.notes == ["Who lifts what?"]


def test_a_note_is_deleted_after_a_yes_and_brought_back(reader):
    note_on(reader)
    assert "Delete the note on Issue: Cranes? It says: “Who lifts what?”" in reader.type("D")
    assert reader.type("no") == "Kept."
    assert "Rounds." in reader.type("D", "rounds")
    assert reader.notes == ["Who lifts what?"]
    assert "“undo” brings it back" in reader.type("notes", "delete 1", "yes")
    assert reader.notes == []
    assert "is back" in reader.type("undo")
    assert reader.notes == ["Who lifts what?"]
    assert isinstance(reader.visit.session.place, OnNote)
    assert reader.type("u") == "Nothing was deleted since you started."


def test_a_note_has_days_and_is_reviewed(reader, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-06-30")
    note_on(reader)
    reader.type("notes", "1")
    assert "no day to be reviewed on" in reader.type("x")
    reader.type("due 4 jul", "dated 7 mar 2031")
    assert "dated 7 Mar 2031, due for review 4 Jul 2032" in reader.type("again")
    assert reader.type("x").endswith("Reviewed.")
    assert "neither a day" in reader.type("due never")
    reader.type("due off")
    assert "review" not in reader.type("again")


def test_which_note_is_meant_is_said_when_it_cannot_be_known(reader):
    assert "there is no note here; n writes one" in reader.type("go cranes", "edit")
    note_on(reader)
    note_on(reader, "cranes", "A second one.")
    assert "there are several notes here" in reader.type("edit")
    reader.type("again", f"edit {reader.number('A second')}", "1 Another.", ".")
    assert sorted(reader.notes) == ["Another.", "Who lifts what?"]


# What is not saved.


def test_a_note_that_is_broken_off_is_a_draft_and_is_offered_again(visits):
    reader = visits()
    reader.type("go cranes", "n", "Who lifts what?", "From which quay?")
    assert "It is kept as a draft" in "\n".join(reader.visit.session.broken_off())
    assert reader.visit.session.mode is None
    assert "Who lifts what?\nFrom which quay?" in reader.type("drafts")
    assert reader.type("no") == "Kept as a draft; “drafts” offers it again."
    note_on(reader, "dredging", "Another note meanwhile.")
    reader.visit.close()

    again = visits()
    assert "was being written" in again.heard
    assert "Who lifts what?\nFrom which quay?" in again.heard
    assert again.type("take").startswith("1. Who lifts what?")
    again.type(".")
    assert sorted(again.notes) == ["Another note meanwhile.", "Who lifts what?\nFrom which quay?"]
    again.visit.close()
    assert "was being written" not in visits().heard


def test_what_is_written_is_a_draft_after_every_line_so_that_a_kill_loses_none(reader):
    reader.type("go cranes", "n", "Who lifts what?", "From which quay?")
    (kept,) = reader.visit.desk.drafts.folder.rglob("draft.toml")
    assert "From which quay?" in kept.read_text("utf-8")


def test_a_change_that_is_broken_off_is_offered_as_one(visits):
    reader = visits()
    note_on(reader)
    reader.type("edit", "1 Who lifts nothing?")
    reader.visit.session.broken_off()
    reader.visit.close()
    again = visits()
    assert "A change to a note on Cranes was being written" in again.heard
    again.type("take", "save")
    assert again.notes == ["Who lifts nothing?"]


def test_a_draft_is_thrown_away_after_a_yes_alone(visits):
    reader = visits()
    reader.type("go cranes", "n", "Who lifts what?")
    reader.visit.session.broken_off()
    assert reader.type("drafts", "discard", "no") == "Kept as a draft."
    assert reader.type("drafts", "discard", "yes") == "Thrown away."
    assert reader.type("drafts") == "No drafts were left."


def test_a_command_typed_when_a_draft_is_offered_is_done_and_the_draft_kept(visits):
    reader = visits()
    reader.type("go cranes", "n", "Who lifts what?")
    reader.visit.session.broken_off()
    reader.visit.close()
    again = visits()
    assert "Rounds." in again.type("rounds")
    assert "Who lifts what?" in again.type("drafts")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_words_that_cannot_be_saved_where_nothing_may_be_written_stay(reader):
    note_on(reader)
    folder = reader.visit.desk.store.where / "notes"
    folder.chmod(0o500)
    heard = reader.type("n", "Lost?", ".")
    folder.chmod(0o700)
    assert "Your words are still here" in heard


def test_words_that_cannot_be_saved_stay_and_are_saved_later(reader, monkeypatch):
    reader.type("go cranes", "n", "Who lifts what?")
    desk = reader.visit.desk
    whole = type(desk.store).save

    def full(*_args, **_more):
        raise NoteError("The disk is full.")

    monkeypatch.setattr(type(desk.store), "save", full)
    heard = reader.type(".")
    assert "The disk is full. Your words are still here. It is kept as a draft as well." in heard
    assert reader.visit.session.prompt == "Correct"
    monkeypatch.setattr(type(desk.store), "save", whole)
    assert "Saved." in reader.type(".")
    assert reader.notes == ["Who lifts what?"]


def test_a_note_changed_by_another_program_meanwhile_is_kept_beside(reader):
    note_on(reader)
    reader.type("edit", "1 Mine.")
    store, note = elsewhere(reader)
    store.save(note.ref, type(note.words)("Theirs."), name="", note=note)
    assert "both are kept" in reader.type(".")
    reader.type("notes", "1")
    asked = reader.type("merge")
    assert "Theirs." in asked
    assert "Mine." in asked
    reader.type("3")
    assert "Saved." in reader.type(".")
    (text,) = reader.notes
    assert sorted(text.split("\n")) == ["Mine.", "Theirs."]
    assert reader.type("M") == "There is no second version of a note here."


def test_a_note_that_was_deleted_elsewhere_is_said_to_be_gone(reader):
    note_on(reader)
    store, note = elsewhere(reader)
    reader.type("notes", "1")
    store.delete(note)
    assert "that note is no longer there" in reader.type("edit")
    assert reader.visit.session.prompt == "Command"


def test_a_damaged_note_is_named_and_left_alone(visits):
    reader = visits()
    note_on(reader)
    _, note = elsewhere(reader)
    note.path.write_text("nonsense = \n", "utf-8")
    reader.visit.close()
    again = visits()
    assert "cannot be read" in again.heard
    assert str(note.path) in again.type("notes")
    assert "cannot be read" in again.type("go cranes")
    assert note.path.read_text("utf-8") == "nonsense = \n"


def test_notes_that_are_off_say_so_when_one_is_to_be_written(harbour, tmp_path, visits):
    (tmp_path / "notes").write_text("", "utf-8")
    reader = visits()
    assert "Notes are off" in reader.heard
    assert reader.type("go cranes", "n").startswith("Notes are off: ")
    assert reader.visit.session.mode is None


def test_a_note_goes_to_ones_own_editor_and_comes_back(visits, monkeypatch, tmp_path):
    monkeypatch.setenv("EDITOR", "cat")

    def edit(command, path):
        assert command == ["cat"]
        path.write_text(path.read_text("utf-8").replace("lifts", "lowers"), "utf-8")
        return 0

    reader = visits(edit=edit)
    note_on(reader)
    assert "Saved." in reader.type("e")
    assert reader.notes == ["Who lowers what?"]
    reader.type("n", "He lifts.", ".e", "e")
    assert sorted(reader.notes) == ["He lowers.", "Who lowers what?"]


def test_what_an_editor_that_failed_has_written_is_looked_at_before_it_is_saved(
    visits, monkeypatch
):
    monkeypatch.setenv("EDITOR", "cat")

    def edit(_, path):
        path.write_text("Half of it", "utf-8")
        return 3

    reader = visits(edit=edit)
    note_on(reader)
    heard = reader.type("e")
    assert "ended with 3. Look at what it wrote" in heard
    assert "1. Half of it" in heard
    assert reader.notes == ["Who lifts what?"]


def test_an_editor_that_leaves_nothing_loses_nothing(visits, monkeypatch):
    monkeypatch.setenv("EDITOR", "cat")

    def edit(_, path):
        path.write_text("", "utf-8")
        return 0

    reader = visits(edit=edit)
    reader.type("go cranes", "n", "Who lifts what?")
    assert "came back empty" in reader.type(".e", "e")
    assert "Saved." in reader.type(".")
    assert reader.notes == ["Who lifts what?"]


def test_without_a_terminal_the_editor_is_line_by_line(reader):
    note_on(reader)
    assert "An editor needs a terminal" in reader.type("e")
    assert reader.visit.session.prompt == "Correct"


def test_notes_are_written_into_a_file(reader, tmp_path):
    note_on(reader)
    assert "1 note written to" in reader.type(f"export notes {tmp_path}/all.md")
    assert "Who lifts what?" in (tmp_path / "all.md").read_text("utf-8")


def test_a_colleagues_note_is_read_and_answered_and_not_changed(visits, tmp_path, harbour):
    mary = opening.read(harbour, tmp_path / "hers")
    assert mary.store is not None
    issue = mary.view.index.refs("issue")[0]
    mary.store.signed_as("Mary").save(issue, Words("I doubt it."), name="", note=None)
    reader = visits(also=[tmp_path / "hers"])
    assert "Mary" in reader.type("notes")
    reader.type("1")
    assert "This is a note of Mary’s" in reader.type("edit")
    assert "This is a note of Mary’s" in reader.type("D")
    reader.type("answer", "So do I.", ".")
    assert "So do I." in reader.notes
    assert "1 note of other people hidden" in reader.type("others")
    assert "I doubt it." not in reader.type("notes")
