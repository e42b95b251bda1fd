"""Words that carry a note are marked in the record, and lead to the note and back."""

import pytest

from explorer.notes import Anchor, Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")
WORDS = "What each port takes from the other’s ships."
SHORT = "the other’s ships"


def keep(store, words, text="Mine", ref=TOLLS):
    return store.save(ref, Words(text, anchor=words), name="Tolls", note=None).note


def anchor(exact: str = SHORT) -> Anchor:
    before, after = WORDS.split(exact)
    return Anchor(exact, before, after)


def noted(person) -> str:
    """What is underlined as noted on the page."""
    lines = person.main.reading.record.laid_out.lines
    return " ".join(
        line.plain[s.start : s.end] for line in lines for s in line.spans if s.style == "noted"
    )


async def test_words_with_a_note_are_underlined_and_bear_its_number(explorer, store):
    keep(store, anchor())
    async with explorer(go="issue:tolls") as person:
        assert noted(person) == SHORT
        assert "the other’s ships.✎1" in person.seen
        assert person.main.reading.notes.line(0).plain.startswith(" ✎1 ")


async def test_the_mark_leads_to_the_note_and_back(explorer, store):
    note = keep(store, anchor())
    async with explorer(go="issue:tolls") as person:
        page = person.main.reading.record
        assert page.show_words_of(note.id)
        await person.press("enter")
        assert person.main.place == "notes"
        assert person.main.reading.notes.note.id == note.id
        await person.press("escape")
        assert person.main.place == "record"
        await person.press("enter", "h")
        assert person.main.place == "record"
        await person.press("tab", "l")
        assert person.main.place == "record"
        assert page.here.link == Ref("note", note.id)
        await person.press("tab", "h")
        assert person.main.place == "pane"


async def test_a_note_on_the_record_as_a_whole_leads_to_no_words(explorer, store):
    keep(store, None)
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "l")
        assert "on the record as a whole" in person.told
        assert person.main.place == "notes"


async def test_two_notes_on_the_same_words_are_both_named(explorer, store):
    keep(store, anchor(), "one")
    keep(store, anchor("other’s ships"), "two")
    async with explorer(go="issue:tolls") as person:
        assert "ships.✎1✎2" in person.seen


async def test_words_that_are_not_there_for_sure_are_not_marked(explorer, store):
    keep(store, Anchor("What each port gives to the other’s ships", "", "."))
    keep(store, Anchor("words of long ago", "some ", " here"))
    async with explorer(go="issue:tolls") as person:
        assert noted(person) == ""


async def test_a_mark_comes_with_the_note_and_goes_with_it(explorer, store):
    async with explorer(go="issue:tolls") as person:
        assert noted(person) == ""
        view = person.main.view
        note = keep(store, anchor())
        person.main.look_again()
        await person.settle()
        assert noted(person) == SHORT
        person.main.reading.notes.show_note(note.id)
        await person.press("D", "y")
        assert noted(person) == ""
        assert person.main.view.index is view.index


async def test_the_sign_is_none_of_the_words_that_are_marked_for_another_note(explorer, store):
    keep(store, anchor("takes from"))
    async with explorer(go="issue:tolls") as person:
        assert "takes from✎1 the other" in person.seen
        person.main.mark((0, 0))
        await person.settle()
        words = person.app.focused.words
        assert not any("✎" in word.text for word in words._words)


@pytest.mark.parametrize("key", ["y", "o"])
async def test_keys_for_what_a_link_names_take_the_record_on_a_mark(explorer, store, key):
    note = keep(store, anchor())
    async with explorer(go="issue:tolls") as person:
        person.main.reading.record.show_words_of(note.id)
        await person.press(key)
        assert person.main.reading.record.link is None


async def test_a_click_on_the_words_or_the_sign_leads_to_the_note(explorer, store):
    note = keep(store, anchor())
    async with explorer(go="issue:tolls") as person:
        page = person.main.reading.record
        lines = [line.plain for line in page.laid_out.lines]
        row = next(n for n, line in enumerate(lines) if "✎1" in line)
        for word in (SHORT, "✎1"):
            column = lines[row].index(word) + 3
            await person.pilot.click(page, offset=(column, row - page.top + 1))
            await person.settle()
            assert person.main.place == "notes"
            assert person.main.reading.notes.note.id == note.id
            await person.press("h")
            assert person.main.place == "record"
