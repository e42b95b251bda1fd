"""Finding words where one is: in a record, a view, the notes, a list, the help."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.ui.test_views import view_of

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui.dialogs.find_line import FindLine
from explorer.ui.dialogs.help import Help
from explorer.ui.dialogs.notes_list import NoteLines, NotesList
from explorer.ui.widgets.findable_lines import Findable

CONFERENCE = Path(__file__).parent.parent / "data" / "conference"
TOLLS = Ref("issue", "tolls")


def marked(person, role: str = "match-here") -> list[str]:
    """What is seen as found: where one is, or with another role where one is not."""
    style = person.app.look.styles[role]
    found = []
    for screen in person.app.screen_stack:
        for strip in screen._compositor.render_strips():
            found += [s.text for s in strip if s.style and _is_like(s.style, style)]
    return found


def _is_like(drawn, style) -> bool:
    return (drawn.color, drawn.bgcolor, drawn.reverse) == (
        style.color,
        style.bgcolor,
        style.reverse,
    )


async def test_words_are_found_in_the_record_as_one_types(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash")
        await person.type("toll")
        assert isinstance(person.app.screen, FindLine)
        many = len(person.record.found)
        assert f"1 of {many}" in person.screen[-2]
        assert [word.casefold() for word in marked(person)] == ["toll"]
        await person.press("enter")
        assert person.record.has_focus
        await person.press("full_stop")
        assert f"2 of {many}" in person.told


async def test_from_the_last_one_comes_to_the_first_and_hears_of_it(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash", *"toll", "enter", "comma")
        many = len(person.record.found)
        assert f"{many} of {many}, from the end again" in person.told
        await person.press("full_stop")
        assert f"1 of {many}, from the top again" in person.told


async def test_escape_ends_it_and_stays_and_only_then_goes_back(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash", *"toll", "enter", "full_stop")
        before = person.record.spot
        await person.press("escape")
        assert person.record.has_focus
        assert person.record.spot == before
        assert not marked(person)
        await person.press("escape")
        assert person.list("issues").has_focus


async def test_escape_while_typing_goes_back_to_where_one_was(explorer):
    async with explorer(size=(80, 24), go="issue:tolls") as person:
        await person.press("j")
        before = person.record.spot
        await person.press("slash", *"sources")
        assert person.record.spot != before
        await person.press("escape")
        assert person.record.spot == before
        assert person.record.has_focus
        assert not person.record.is_finding


async def test_what_is_not_there_is_said_and_typed_on(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash", *"zzz")
        assert "not found" in person.screen[-2]
        await person.press("enter")
        assert "“zzz” is not found here" in person.told
        assert isinstance(person.app.screen, FindLine)


async def test_the_last_words_are_looked_for_again_in_another_record(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("full_stop")
        assert "/ finds words here" in person.told
        await person.press("slash", *"NETS", "enter")
        await person.press("h", "j", "enter")
        assert not person.record.is_finding, "another record is another text"
        person.main.go(Ref("issue", "fishing"))
        await person.press("full_stop")
        assert person.record.is_finding
        assert "“NETS”: 1 of" in person.told


VIEWS = {
    "positions": ("p", "toll"),
    "positions, by round": (("p", "r"), "toll"),
    "accounts": (("a", "r"), "channel"),
    "in_force": ("f", "toll"),
    "deadlines": ("F", "truce"),
    "figures": ("t", "toll"),
    "changes": ("c", "dredging"),
    "evidence": ("E", "toll"),
}


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
@pytest.mark.parametrize("name", VIEWS)
async def test_words_are_found_in_every_view(explorer, name, size):
    keys, words = VIEWS[name]
    async with explorer(size=size, go="issue:tolls") as person:
        await person.press(*keys, "slash", *words, "enter")
        view = view_of(person)
        assert view.has_focus
        assert len(view.found) > 0
        for _ in range(min(len(view.found), 6)):
            there = [word.casefold() for word in marked(person)]
            assert there, "where one is can be seen"
            assert words.startswith(there[0])
            await person.press("full_stop")
        await person.press("escape")
        assert person.main.viewing, "the first escape ends the finding"
        assert not marked(person)
        await person.press("escape")
        assert not person.main.viewing


async def test_in_a_table_the_cursor_goes_to_the_cell(explorer):
    async with explorer() as person:
        await person.press("p", "slash", *"may go in steps", "enter")
        view = view_of(person)
        here = view.here
        match = view.found[0]
        assert here is not None
        assert here.first <= match.first <= here.last
        assert str(here.link) == "issue:tolls"
        assert here.left > 20, "it is no label"


async def test_words_in_a_column_out_of_sight_are_gone_to(explorer):
    async with explorer(path=CONFERENCE, go="issue:dredging") as person:
        await person.press("p", "W")
        view = view_of(person)
        hidden = next(out for out in view.laid_out.beyond.values() if out)
        words = " ".join(hidden[-1][3].split("\n")[0].split()[:5])
        assert words not in person.seen
        await person.press("slash")
        await person.type_text(words)
        await person.press("enter")
        there = " ".join(" ".join(marked(person)).split())
        assert there == words
        assert view.here is not None
        assert not view.here.beyond


async def test_leaving_a_view_ends_the_finding(explorer):
    async with explorer() as person:
        await person.press("p", "slash", *"toll", "enter", "q", "p")
        assert not view_of(person).is_finding


async def test_words_are_found_in_the_notes_on_a_record(explorer, store):
    for words in ("Ask for nets", "Ask about dredging"):
        store.save(TOLLS, Words(words), name="Tolls", note=None)
    async with explorer(go="issue:tolls") as person:
        await person.press("tab", "slash", *"dredg", "enter")
        assert marked(person) == ["dredg"]
        assert "dredging" in person.main.reading.notes.note.text


async def test_words_are_found_in_the_list_of_notes_though_cut_there(explorer, store):
    for number in range(40):
        ref = TOLLS if number % 2 else Ref("issue", "fishing")
        store.save(
            ref, Words(f"note {number} " + "x" * 300 + f" end{number}."), name="x", note=None
        )
    async with explorer(size=(80, 24)) as person:
        await person.press("N", "slash", *"end33.", "enter")
        assert isinstance(person.app.screen, NotesList)
        lines = person.app.screen.query_one(NoteLines)
        assert "end33." in lines.picked.note.text
        await person.press("escape")
        assert isinstance(person.app.screen, NotesList)
        await person.press("enter")
        assert "end33." in person.main.reading.notes.note.text


async def test_letters_typed_in_a_dialog_are_no_commands_of_it(explorer):
    async with explorer() as person:
        await person.press("question_mark", "slash", *"jkqgG?", "escape")
        assert isinstance(person.app.screen, Help)
        assert person.app.screen.query_one(Findable).top == 0


async def test_words_are_found_in_the_help(explorer):
    async with explorer(size=(80, 24)) as person:
        await person.press("question_mark", "slash", *"redo", "enter")
        assert marked(person)
        assert person.app.screen.query_one(Findable).top > 0
        await person.press("q")
        assert not isinstance(person.app.screen, Help)


@pytest.mark.parametrize("keys", [[], ["p"], ["t"]])
async def test_typing_on_at_once_is_all_found(explorer, keys):
    async with explorer(go="issue:tolls") as person:
        await person.press(*keys)
        await person.burst("slash", *"toll", "enter", "full_stop")
        assert "2 of" in person.told


async def test_another_day_keeps_what_is_found(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash", *"toll", "enter", "left_square_bracket")
        assert person.record.is_finding
        assert marked(person)


async def test_another_size_keeps_where_one_is(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash", *"toll", "enter", "full_stop", "full_stop")
        await person.pilot.resize_terminal(80, 24)
        await person.settle()
        assert person.record.which_of_all.startswith("3 of")
        await person.press("full_stop")
        assert "4 of" in person.told


async def test_hostile_words_do_no_harm(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("slash")
        await person.type_text("(" * 500 + "[a-z]*+?\\" + "\x1b]0;x\x07")
        assert "not found" in person.screen[-2]
