"""Where there is nothing, a sentence says why and which key leads on."""

import pytest

from explorer.ui.views.sheet_view import SheetView

BARE = """\
[negotiation]
id = "bare"
name = "Bare talks"
summary = "Nothing is known yet."
began = 2031-01-01
record_ends = 2031-12-31
sources = ["gazette"]

[[source]]
id = "gazette"
publisher = "River Gazette"
title = "Talks are to come"
type = "press"
"""

VIEWS = {
    "p": "No issue",
    "pr": "No round had been held",
    "a": "No point said to be agreed",
    "f": "No measure was public",
    "c": "Nothing became public",
}
MOVES = ("j", "k", "h", "l", "g", "G", "pageup", "pagedown")


@pytest.fixture
def bare(tmp_path):
    path = tmp_path / "bare.toml"
    path.write_text(BARE, "utf-8")
    return path


@pytest.mark.parametrize("keys", VIEWS)
async def test_an_empty_view_says_why_and_names_a_key(explorer, bare, keys):
    async with explorer(path=bare) as person:
        await person.press(*keys)
        assert VIEWS[keys] in person.seen
        assert any(f"{key} " in person.seen for key in ("Esc", "[", "s asks"))
        for key in MOVES:
            await person.press(key)
            assert person.main.viewing
        await person.press("escape")
        assert person.main.place == "pane"


async def test_a_dataset_of_one_table_can_be_gone_through(explorer, bare):
    async with explorer(path=bare) as person:
        assert person.shown == "negotiation:bare"
        for pane in "1234":
            await person.press(pane)
            assert "None recorded; i shows all." in person.seen
            await person.burst(*MOVES, pane)
            await person.press("slash", "x", "enter")
            await person.burst(*MOVES, pane, "escape")
        await person.burst("tab", *MOVES, "tab", *MOVES)
        await person.burst("left_square_bracket", "right_curly_bracket", "0", "i", *MOVES)
        assert "Nothing is known yet." in person.seen


async def test_a_dataset_without_figures_has_no_view_of_them(explorer, bare):
    async with explorer(path=bare, size=(140, 60)) as person:
        await person.press("t")
        assert not person.main.viewing
        assert "t does nothing here" in person.said
        await person.press("question_mark")
        assert "In the figures" not in shown_help(person)
        assert "In the measures in force" in shown_help(person)
        await person.press("escape", "ctrl+p")
        await person.type("figures")
        assert "What is counted over time" not in person.seen


def shown_help(person):
    """All that the help says, whether it is in sight or not."""
    return [line.plain.strip() for line in person.app.screen.query("_Keys").first()._lines]


async def test_accounts_of_a_record_without_any_lead_to_those_of_all(explorer):
    async with explorer(go="issue:wrecks") as person:
        await person.press("a")
        assert "No point said to be agreed on this issue" in person.seen
        assert "r shows the points of all rounds." in person.seen
        await person.press("r")
        assert "all points" in person.seen


async def test_nothing_in_the_scope_leads_out_of_it(explorer):
    async with explorer(go="issue:wrecks") as person:
        await person.press("space", "f")
        assert "No measure was public" in person.seen
        assert "takes the last record off the scope" in person.seen


async def test_nothing_public_yet_leads_on_in_time(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-01-01")
        await person.press("enter", "t")
        assert "No figure was public by then." in person.seen
        assert "0 to the last day covered" in person.seen


async def test_an_empty_pane_says_what_emptied_it(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-01-01")
        await person.press("enter", "1")
        assert "None yet; 0 goes to the last day." in person.seen
        await person.press("0", "4", "slash")
        await person.type("zzz")
        assert "Nothing has “zzz”. Esc clears." in person.seen


async def test_no_notes_say_how_one_is_written(explorer):
    async with explorer() as person:
        await person.press("N")
        assert "n writes one on the record shown" in person.seen
        await person.press("j", "k", "enter", "r", "escape")
        assert person.app.screen is person.main


async def test_where_notes_are_off_none_is_said_not_to_exist(explorer, notes):
    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.write_text("")
    async with explorer() as person:
        assert "Press n to hear why." in person.seen
        assert "No note on this record yet" not in person.seen
        await person.press("n")
        assert "is not a folder" in person.seen


async def test_a_search_that_finds_nothing_says_what_to_try(explorer):
    async with explorer() as person:
        await person.press("s")
        await person.type("zzzz")
        assert "Nothing found. Fewer words find more; Esc closes." in person.seen
        await person.press("down", "pagedown", "enter", "escape")
        assert person.app.screen is person.main


async def test_issues_without_delegations_are_listed_all_the_same(explorer, bare):
    bare.write_text(
        BARE + '\n[[issue]]\nid = "fares"\nname = "Fares"\nsummary = "A crossing."\n'
        'sources = ["gazette"]\n'
    )
    async with explorer(path=bare) as person:
        await person.press("p")
        assert "Fares" in person.seen
        assert "No delegation is recorded" in person.seen
        view = person.main.query_one("#positions", SheetView)
        assert str(view.link) == "issue:fares"
