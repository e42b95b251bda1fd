"""Choosing two texts, and seeing them clause by clause."""

import pytest
from textual.command import CommandPalette

from explorer.ui.dialogs.choose_text import ChooseText
from explorer.ui.dialogs.help import Help
from explorer.ui.views.compare_view import CompareView


def view_of(person):
    return person.main.query_one(CompareView)


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_d_on_a_text_offers_the_likeliest_others_and_sets_them_side_by_side(explorer, size):
    async with explorer(go="text:lantern-statement", size=size) as person:
        await person.press("d")
        assert isinstance(person.app.screen, ChooseText)
        assert "as it read until 17 Jan 2032" in person.seen
        await person.press("down", "enter")
        assert person.main.viewing == "texts"
        assert view_of(person).has_focus
        assert (
            str(view_of(person).border_title)
            == "The keeper’s draft – Joint statement, Lantern Isle"
        )
        await person.press("d")
        assert person.main.viewing == ""
        assert person.record.has_focus


async def test_where_there_is_room_columns_stand_side_by_side_and_else_one_below_the_other(
    explorer,
):
    for size, are_columns in (((140, 40), True), ((80, 24), False)):
        async with explorer(go="text:lantern-statement", size=size) as person:
            await person.press("d", "down", "enter", "j", "j", "j")
            assert any("│ The keeper’s draft" in line for line in person.screen) == are_columns
            below = any(line.startswith("│   First  ") for line in person.screen)
            assert below != are_columns


async def test_words_that_differ_are_marked_by_sign_and_by_style(explorer):
    async with explorer(go="text:lantern-statement") as person:
        await person.press("d", "enter")
        assert "{–for" in person.seen
        assert "{+until" in person.seen
        look = person.app.look.styles
        assert look["removed"].strike
        assert look["added"].underline


async def test_d_on_a_round_or_an_issue_asks_first_which_of_its_texts(explorer):
    async with explorer(go="issue:fishing") as person:
        await person.press("d")
        assert "Compare which text?" in person.seen
        assert "Southport’s notice" not in person.seen
        await person.press("down", "enter")
        assert "Compare Northport’s account, Lantern Isle with" in person.seen
        await person.press("enter")
        assert person.main.viewing == "texts"


async def test_d_on_a_text_in_a_list_takes_that_text(explorer):
    async with explorer(go="delegation:lantern") as person:
        while str(person.record.link) != "text:lantern-draft":
            await person.press("j")
        await person.press("d")
        assert "Compare The keeper’s draft with" in person.seen


async def test_d_says_plainly_that_there_is_no_text(explorer):
    async with explorer(go="round:may-call") as person:
        await person.press("d")
        assert "No text has to do with this round; i lists all texts." in person.said
        assert person.app.screen is person.main


async def test_no_text_is_offered_that_was_not_public(explorer):
    async with explorer(go="round:lantern-isle") as person:
        await person.press("equals_sign")
        await person.type("2031-03-04")
        await person.press("enter", "d")
        assert "The keeper’s draft" in person.seen
        assert "Joint statement" not in person.seen
        await person.press("enter")
        assert "There is no other text to compare it with." in person.said


async def test_a_comparison_follows_the_day_and_keeps_what_it_compares(explorer):
    async with explorer(go="text:lantern-statement") as person:
        await person.press("d", "down", "enter", "equals_sign")
        await person.type("2031-04-01")
        await person.press("enter")
        assert "for a year" in person.seen
        assert "September" not in person.seen
        await person.press("equals_sign")
        await person.type("2031-03-01")
        await person.press("enter")
        assert "was not public on 1 Mar 2031" in person.seen
        await person.press("0")
        assert "September" in person.seen


async def test_r_leaves_out_what_reads_the_same_and_w_takes_another_text(explorer):
    async with explorer(go="text:southport-account-en") as person:
        await person.press("d", "enter")
        before = str(view_of(person).border_title)
        await person.press("r")
        assert view_of(person).question.otherwise
        await person.press("w")
        assert isinstance(person.app.screen, ChooseText)
        await person.press("down", "enter")
        assert str(view_of(person).border_title) != before


async def test_enter_goes_to_the_text_under_the_cursor_and_back_to_the_comparison(explorer):
    async with explorer(go="text:lantern-statement") as person:
        await person.press("d", "down", "enter", "j", "enter")
        assert person.shown.startswith("text:")
        assert person.main.viewing == ""
        await person.press("H")
        assert person.main.viewing == "texts"


async def test_escape_chooses_none(explorer):
    async with explorer(go="text:lantern-statement") as person:
        await person.press("d", "escape")
        assert person.app.screen is person.main
        assert person.main.viewing == ""


@pytest.fixture
def without_texts(tmp_path, harbour):
    """The invented dataset without its texts."""
    folder = tmp_path / "without"
    folder.mkdir()
    for file in harbour.glob("*.toml"):
        if file.name != "texts.toml":
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


async def test_a_dataset_without_texts_has_no_such_key_no_command_and_no_help(
    explorer, without_texts
):
    async with explorer(path=without_texts) as person:
        await person.press("d")
        assert "d does nothing here" in person.said
        await person.press("question_mark")
        assert isinstance(person.app.screen, Help)
        lines = person.app.screen.query_one("_Keys")._lines
        assert "Compare" not in "".join(line.plain for line in lines)
        await person.press("escape", "ctrl+p")
        assert isinstance(person.app.screen, CommandPalette)
        await person.type("compare")
        assert "clause by clause" not in person.seen


def drafts(folder, articles):
    """Two drafts of a treaty of many articles, one of which was changed."""
    folder.mkdir()
    written = [f"## Article {n}\n\nEach Party keeps lamp {n}.\n" for n in range(1, articles + 1)]
    (folder / "first.md").write_text("\n".join(written))
    written[-1] = written[-1].replace("keeps", "shall keep")
    (folder / "second.md").write_text("\n".join(written))
    texts = (
        f'[[text]]\nid = "{name}"\nname = "{name.title()} draft"\ntype = "draft"\n'
        f'issued = {day}\nfile = "{name}.md"\nsources = ["bay-news"]\n'
        for name, day in (("first", "2031-02-01"), ("second", "2031-03-01"))
    )
    whole = (
        '[negotiation]\nid = "lamps"\nname = "Lamps"\nsummary = "Lamps."\nbegan = 2031-01-01\n'
        'record_ends = 2031-12-31\nsources = ["bay-news"]\n[[source]]\nid = "bay-news"\n'
        'publisher = "Bay News"\ntitle = "Lamps"\naddress = "https://news.example/lamps"\n'
        'published = 2031-01-01\ntype = "press"\n'
    )
    (folder / "lamps.toml").write_text("".join((whole, *texts)))
    return folder


async def test_two_treaties_are_compared_while_the_person_goes_on(explorer, tmp_path, monkeypatch):
    shown, show = [], CompareView.show

    def noted(view, sheet):
        shown.append("".join(span.text for span in sheet.body[0].spans))
        show(view, sheet)

    monkeypatch.setattr(CompareView, "show", noted)
    path = drafts(tmp_path / "lamps", articles=100)
    async with explorer(go="text:first", path=path) as person:
        await person.press("d", "enter")
        assert shown[0] == "Comparing 200 clauses …"
        assert "100 passages: 99 in the same words, 1 changed." in person.seen
        await person.press("r")
        assert shown.count(shown[0]) == 1, "what was compared is not compared again"
        assert "Article 100" in person.seen
        assert "Article 99" not in person.seen
