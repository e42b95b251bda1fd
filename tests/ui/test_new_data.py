"""A record read anew stands where the old one stood: nobody is sent anywhere else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ui.conftest import Open, Person
from tests.ui.writing_files import cut, rename, replace
from textual.app import App
from textual.screen import Screen

from explorer import dataset
from explorer.documents.comparisons import COMPARISONS
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref
from explorer.ui.dialogs.note_editor import NoteEditor
from explorer.ui.widgets.note_text import NoteText


@pytest.fixture
def talks(harbour: Path, tmp_path: Path) -> Path:
    """The harbour talks, to be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "talks"))


def show(person: Person, talks: Path) -> None:
    """Show what the files have now."""
    person.main.data.show(dataset.load(talks))


async def edit(person: Person, talks: Path, file: str, was: str, becomes: str) -> None:
    """Write other words in a file, each time that they stand there, and show it."""
    replace(talks / file, was, becomes)
    show(person, talks)
    await person.settle()


async def test_what_is_read_says_at_once_what_the_file_says(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        await edit(person, talks, "issues.toml", "Who may lift what", "Who may carry what")
        assert "Who may carry what" in person.seen
        assert person.shown == "issue:cranes"
        assert person.main.place == "record"


async def test_a_record_added_above_moves_neither_the_cursor_nor_what_is_shown(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks) as person:
        await person.press("3", "down", "down")
        assert person.shown == "issue:fishing"
        added = '[[issue]]\nid = "piers"\nname = "Piers"\ngroup = "Quays"\nsummary = "How long."\n'
        first = r'\[\[issue\]\]\nid = "tolls"'
        cited = f'{added}sources = ["almanac"]\n\n[[issue]]\nid = "tolls"'
        await edit(person, talks, "issues.toml", first, cited)
        assert person.rows("issues")[0] == "issue:piers"
        assert str(person.list("issues").current) == person.shown == "issue:fishing"


async def test_in_a_long_list_the_cursor_stays_at_its_height(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, size=(80, 20)) as person:
        await person.press("3", "G", "up")
        listed = person.list("issues")
        height = listed.line_of(listed.cursor) - listed.top
        shown = person.shown
        assert listed.top > 0
        added = '[[issue]]\nid = "piers"\nname = "Piers"\ngroup = "Quays"\nsummary = "How long."\n'
        first = r'\[\[issue\]\]\nid = "tolls"'
        cited = f'{added}sources = ["almanac"]\n\n[[issue]]\nid = "tolls"'
        await edit(person, talks, "issues.toml", first, cited)
        assert person.shown == shown
        assert listed.line_of(listed.cursor) - listed.top == height


async def test_scope_day_filter_and_zoom_stay(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        await person.press("3", "space", "left_square_bracket", "4", "slash", *"the", "enter", "z")
        before = (person.main.view.scope, person.pane("quotes").words, person.rows("quotes"))
        assert before[0].chosen
        assert before[0].as_of
        await edit(person, talks, "issues.toml", "Who may lift what", "Who may carry what")
        scope, words = person.main.view.scope, person.pane("quotes").words
        assert (scope, words, person.rows("quotes")) == before
        assert person.main.has_class("-zoomed")


async def test_a_renamed_record_is_followed_wherever_it_was(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:fishing") as person:
        await person.press("space", "down", "down", "1", "2")
        rename(talks, "issue", "fishing", "catch")
        show(person, talks)
        await person.settle()
        assert person.main.view.scope.chosen == (Ref("issue", "catch"),)
        await person.press("H", "H")
        assert person.shown == "issue:catch"


async def test_who_reads_a_renamed_record_stays_on_its_link(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:fishing") as person:
        await person.press("down", "down", "down")
        link = person.record.link
        assert person.record.stop
        rename(talks, "issue", "fishing", "catch")
        show(person, talks)
        await person.settle()
        assert person.shown == "issue:catch"
        assert person.record.link == link


async def test_of_a_record_that_is_gone_the_nearest_is_shown_and_it_comes_back(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks, go="quote:okafor-rocks") as person:
        whole = (talks / "quotes.toml").read_text("utf-8")
        row = person.rows("quotes").index("quote:okafor-rocks")
        cut(talks / "quotes.toml", "okafor-rocks")
        show(person, talks)
        await person.settle()
        assert person.shown == person.rows("quotes")[row]
        assert "is not in the files any more; this is the nearest" in person.told
        (talks / "quotes.toml").write_text(whole, "utf-8")
        show(person, talks)
        await person.settle()
        assert person.shown == "quote:okafor-rocks"


async def test_back_leads_past_a_record_that_is_gone(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="quote:okafor-rocks") as person:
        await person.press("1", "3")
        cut(talks / "quotes.toml", "okafor-rocks")
        show(person, talks)
        await person.press("H", "H")
        assert person.shown in person.rows("quotes")
        assert "okafor-rocks is not there any more" in person.said


@pytest.mark.parametrize("key", [c.key for c in COMPARISONS if not c.is_of_two])
async def test_an_open_view_keeps_its_cursor_and_has_what_is_new(
    explorer: Open, talks: Path, key: str
) -> None:
    async with explorer(path=talks) as person:
        await person.press("3", key)
        view = person.main.views.open
        assert view is not None
        await person.press("down", "down")
        where, spot = view.link, view.spot
        await edit(person, talks, "issues.toml", "Tolls and the truce", "Tolls and truces")
        assert person.main.views.open is view
        assert (view.link, view.spot) == (where, spot)
        assert view.has_focus


async def test_two_texts_stay_side_by_side(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="text:northport-account") as person:
        await person.press("d", "enter")
        view = person.main.views.open
        assert view is not None
        await person.press("down")
        refs = {view.question.about, view.question.other}
        rename(talks, "text", "northport-account", "northport-version")
        show(person, talks)
        await person.settle()
        assert person.main.views.open is view
        was, now = Ref("text", "northport-account"), Ref("text", "northport-version")
        assert was in refs
        assert {view.question.about, view.question.other} == refs - {was} | {now}
        assert "was not public" not in person.seen


async def test_the_words_of_a_note_that_is_being_written_stay(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        await person.press("n")
        await person.type("half a thought")
        editor = person.app.screen
        rename(talks, "issue", "cranes", "hoists")
        show(person, talks)
        await person.settle()
        assert isinstance(editor, NoteEditor)
        assert person.app.screen is editor
        assert editor.query_one(NoteText).has_focus
        await person.type(", and the rest")
        await person.press("ctrl+s", "escape")
        assert person.shown == "issue:hoists"
        (note,) = person.main.view.notes_on(Ref("issue", "hoists"))
        assert note.text == "half a thought, and the rest"


async def test_marked_words_stay_marked_where_they_stand_now(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        await person.press("v")
        marker = person.main.query_one(".marker")
        words = "lift what from"
        texts = [word.text for word in marker.words._words]  # type: ignore[attr-defined]
        place = next(n for n in range(len(texts)) if texts[n : n + 3] == words.split())
        marker.words.go(place)  # type: ignore[attr-defined]
        await person.press("v", "right", "right")
        assert marker.words.text == words  # type: ignore[attr-defined]
        await edit(person, talks, "issues.toml", "Who may lift", "Who of both ports may ever lift")
        assert person.main.place == "marking"
        assert marker.words.text == words  # type: ignore[attr-defined]
        await person.press("n")
        assert words in person.seen


async def test_marking_ends_with_a_word_when_the_words_are_not_there(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        await person.press("v", "v")
        marked = person.main.query_one(".marker").words.text  # type: ignore[attr-defined]
        await edit(person, talks, "issues.toml", marked, "Hoists")
        assert person.main.place == "record"
        assert "The words that you were marking have changed." in person.told


def said_of_notes(person: Person) -> str:
    """Its words, however the lines break."""
    lines = (line.plain for line, _ in person.main.reading.notes._lines)
    return " ".join(word for line in lines for word in line.split())


async def test_a_note_says_that_its_words_have_changed(
    explorer: Open, talks: Path, store: NoteStore
) -> None:
    from explorer.notes import anchors

    record = dataset.load(talks)[Ref("issue", "cranes")]
    anchor = anchors.anchored(record, "lift what from which quay")
    words = Words("is that so?", anchor=anchor)
    store.save(Ref("issue", "cranes"), words, name="Cranes", note=None)
    async with explorer(path=talks, go="issue:cranes") as person:
        assert "lift [–what–] anything" not in said_of_notes(person)
        await edit(person, talks, "issues.toml", "lift what from", "lift anything from")
        assert "lift [–what–] anything" in said_of_notes(person)


async def test_a_view_that_had_nothing_can_be_opened_once_there_is_something(
    explorer: Open, dataset_of: Callable[..., Path]
) -> None:
    talks = dataset_of(folder=True)
    async with explorer(path=talks) as person:
        assert "figures" in {comparison.name for comparison in person.main.absent}
        figure = """[[figure]]
id = "fare"
name = "The fare"
unit = "shillings"
issues = ["fares"]
sources = ["gazette"]

[[figure.value]]
on = 2031-02-01
number = 2
standing = "in force"
text = "Two shillings."
sources = ["gazette"]
"""
        (talks / "more.toml").write_text(figure, "utf-8")
        show(person, talks)
        await person.settle()
        assert "figures" not in {comparison.name for comparison in person.main.absent}
        await person.press("t")
        assert person.main.viewing == "figures"


async def test_it_is_drawn_once(
    explorer: Open, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        drawn = []
        display = App._display

        def displayed(app: App[Any], screen: Screen[Any], update: Any) -> None:
            drawn.append(update)
            display(app, screen, update)

        monkeypatch.setattr(App, "_display", displayed)
        await edit(person, talks, "issues.toml", "Who may lift what", "Who may carry what")
        assert len(drawn) == 1
