"""Filters and the scope."""

from dataclasses import replace

from explorer.record import filter_texts
from explorer.record.model import Ref
from explorer.ui.panes import record_page


async def test_a_filter_narrows_its_pane_as_one_types_and_counts_what_is_left(explorer):
    async with explorer() as person:
        total = len(person.rows("quotes"))
        await person.press("4", "slash", "c")
        some = len(person.rows("quotes"))
        await person.press(*"rab")
        assert 0 < len(person.rows("quotes")) < some < total
        assert f"{len(person.rows('quotes'))} of {total}" in person.title("quotes")
        assert "/crab" in person.title("quotes")


async def test_a_filter_leaves_accents_and_case_aside(explorer):
    async with explorer() as person:
        await person.press("2", "slash", *"NOREN")
        assert "delegate:noren" in person.rows("delegations")
        assert "delegate:okafor" not in person.rows("delegations")


async def test_the_record_shown_follows_the_filter_and_the_arrows(explorer):
    async with explorer() as person:
        await person.press("4", "slash", *"the", "down")
        assert person.shown == person.rows("quotes")[1]


async def test_enter_keeps_the_filter_and_escape_takes_it_off(explorer):
    async with explorer() as person:
        await person.press("3", "slash", *"crab", "enter")
        assert person.list("issues").has_focus
        assert person.rows("issues") == ["issue:fishing"]
        await person.press("escape")
        assert len(person.rows("issues")) == 5


async def test_escape_while_typing_clears_the_filter(explorer):
    async with explorer() as person:
        await person.press("3", "slash", *"crab", "escape")
        assert len(person.rows("issues")) == 5
        assert person.list("issues").has_focus


async def test_a_filter_that_finds_nothing_says_so(explorer):
    async with explorer() as person:
        await person.press("3", "slash", *"zebra", "enter")
        assert "Nothing has “zebra”" in person.seen
        assert person.list("issues").has_focus


async def test_many_quotes_are_read_once_beside_what_is_typed_and_then_filtered(
    explorer, monkeypatch
):
    monkeypatch.setattr(filter_texts, "LONG", 0)
    read = []
    text_of = filter_texts.text_of
    monkeypatch.setattr(
        filter_texts, "text_of", lambda *given: read.append(given[1]) or text_of(*given)
    )
    async with explorer() as person:
        every = person.rows("quotes")
        await person.burst("4", "slash", *"crab", "enter")
        rows = person.rows("quotes")
        assert 0 < len(rows) < len(every)
        assert f"{len(rows)} of {len(every)}" in person.title("quotes")
        assert person.shown == rows[0]
        assert sorted(map(str, read)) == sorted(every)
        await person.press("slash", "backspace", "s")
        assert len(read) == len(every), "each is read once"
        await person.press("escape")
        assert person.rows("quotes") == every


async def test_space_adds_a_round_to_the_scope_and_the_other_panes_narrow(explorer):
    async with explorer() as person:
        before = {pane: person.rows(pane) for pane in ("rounds", "issues", "quotes")}
        await person.press("j", "space")
        assert person.rows("rounds") == before["rounds"]
        assert 0 < len(person.rows("quotes")) < len(before["quotes"])
        assert f"of {len(before['issues'])}" in person.title("issues")
        assert "Scope: Round 2: Tide Hall" in person.seen


async def test_the_scope_is_a_line_of_words_and_escape_takes_the_last_off(explorer):
    async with explorer() as person:
        await person.press("space", "3", "space")
        assert "Scope: Chart room + " in person.seen
        await person.press("escape")
        assert "Scope: Chart room " in person.seen
        assert " + " not in person.seen.split("\n")[1]
        await person.press("escape")
        assert "Scope:" not in person.seen


async def test_space_again_takes_the_record_off_the_scope(explorer):
    async with explorer() as person:
        await person.press("space", "space")
        assert person.main.view.scope.chosen == ()


async def test_a_delegate_narrows_the_quotes_to_what_was_said(explorer):
    async with explorer() as person:
        await person.press("2", "slash", *"okafor", "enter", "G", "space")
        view = person.main.view
        assert person.rows("quotes")
        assert {view.index[ref].speaker_id for ref in person.list("quotes").rows} == {"okafor"}


async def test_escape_with_nothing_to_take_off_says_so(explorer):
    async with explorer() as person:
        await person.press("escape")
        assert "Nothing to take off" in person.said


async def test_the_record_follows_the_cursor_when_the_scope_changes(explorer):
    async with explorer() as person:
        await person.press("space", "3", "G", "1", "j", "space", "3", "G")
        await person.press("escape", "escape")
        assert person.shown == str(person.list("issues").current)
        await person.press("1", "space", "3", "G", "1", "escape")
        assert person.shown == str(person.list("rounds").current)


async def test_pasted_control_characters_do_not_reach_the_filter(explorer):
    from textual.events import Paste

    async with explorer() as person:
        await person.press("4", "slash")
        person.app.post_message(Paste("cr\x9b31m\u202eab"))
        await person.settle()
        assert "\x9b" not in person.pane("quotes").words
        assert "\u202e" not in person.pane("quotes").words
        assert "cr" in person.pane("quotes").words


async def test_a_number_can_be_typed_into_a_filter(explorer):
    async with explorer() as person:
        await person.press("3", "slash", "1")
        assert person.pane("issues").words == "1"


async def test_a_list_that_ends_early_says_how_all_of_it_is_seen(explorer, monkeypatch):
    monkeypatch.setattr(record_page, "_LONGEST", replace(record_page._LONGEST, rows=1))
    async with explorer(go="issue:tolls") as person:
        all_of_them = person.main.view.index.naming(Ref.parse("issue:tolls"), "quote")
        lines = [line.plain.strip() for line in person.record.laid_out.lines]
        left = len(all_of_them) - 1
        assert f"… and {left} quotes more: Space, then 4, lists them all." in lines
        await person.press("space", "4")
        assert {Ref.parse(name) for name in person.rows("quotes")} == set(all_of_them)
