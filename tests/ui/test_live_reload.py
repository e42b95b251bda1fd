"""The files of the dataset are saved while the app is open: it says what they say."""

from __future__ import annotations

import os
import shutil
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.ui.conftest import Heard, Open, Person
from tests.ui.settling import idle
from tests.ui.test_contrast import faint, themes
from tests.ui.writing_files import cut, replace, until

from explorer.dataset import apart
from explorer.opening import read
from explorer.ui.app import ExplorerApp
from explorer.ui.dialogs.problem_list import ProblemList
from explorer.ui.main_screen import MainScreen
from explorer.ui.opening_screen import OpeningScreen


@pytest.fixture
def talks(harbour: Path, tmp_path: Path) -> Path:
    """The harbour talks, to be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "talks"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody writes by hand here, and this process reads itself, which takes less."""
    for name in ("_EVERY", "_OFTEN", "_REST", "_STAYS"):
        monkeypatch.setattr(f"explorer.dataset.watch.{name}", 0.01)
    monkeypatch.setattr(apart, "_started", lambda *_, **__: None)
    monkeypatch.setattr("explorer.ui.main_screen._IDLE", 0.001)


def banner(person: Person) -> str:
    """What is said above the panes of problems."""
    return next((line.strip() for line in person.screen if "in the files:" in line), "")


async def broken(person: Person, talks: Path) -> None:
    """Two mistakes in the files of the dataset, and the app has noticed."""
    replace(talks / "issues.toml", 'group = "Quays"', 'grupp = "Quays"')
    await until(person, lambda: banner(person))


async def test_what_is_saved_is_seen_and_said(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        replace(talks / "issues.toml", "Who may lift what", "Who may carry what")
        await until(person, lambda: "Who may carry what" in person.seen)
        assert person.told.startswith("1 record changed.")
        assert person.shown == "issue:cranes"


async def test_a_remark_changes_no_record_and_says_so(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="issue:cranes") as person:
        replace(talks / "issues.toml", "# Quays", "# Quays and more")
        await until(person, lambda: person.told)
        assert person.told == "No record changed."


async def test_while_files_have_problems_what_was_shown_stays_and_a_line_says_so(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks, go="issue:cranes", size=(80, 24)) as person:
        await person.press("space")
        before = (person.main.view, person.shown)
        await broken(person, talks)
        line = banner(person)
        assert line == "✗ 2 problems in the files: ! lists them. What is shown is from before."
        assert (person.main.view, person.shown) == before
        replace(talks / "issues.toml", "grupp", "group")
        await until(person, lambda: not banner(person))
        assert person.told == "No problems are left. No record changed."


async def test_the_line_and_the_list_can_be_seen_in_every_theme(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks, size=(100, 30)) as person:
        await broken(person, talks)
        for name in themes(person.app):
            person.app.theme = name
            await person.settle()
            assert not faint(person.app.screen, person.main.problem_line.region), name
        await person.press("exclamation_mark")
        dialog = person.app.screen.query_one(".dialog")
        for name in themes(person.app):
            person.app.theme = name
            await person.settle()
            assert not faint(person.app.screen, dialog.region), name


async def test_a_single_problem_is_spoken_of_as_one(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        replace(talks / "rounds.toml", 'id = "chart-room"', "id = ")
        await until(person, lambda: banner(person))
        assert banner(person).startswith("✗ 1 problem in the files: ! lists it.")


async def test_the_list_shows_each_problem_with_its_place(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        await broken(person, talks)
        await person.press("exclamation_mark")
        assert isinstance(person.app.screen, ProblemList)
        assert "2 problems" in person.seen
        assert "issues.toml:9" in person.seen
        assert "unknown key “grupp”" in person.seen
        first = person.app.screen._lines.current
        await person.press("down")
        assert person.app.screen._lines.current != first
        await person.press("escape")
        assert person.app.screen is person.main


async def test_the_open_list_has_only_what_is_left(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        await broken(person, talks)
        await person.press("exclamation_mark", "down")
        dialog = person.app.screen
        assert isinstance(dialog, ProblemList)
        stays = dialog._lines.current
        text = (talks / "issues.toml").read_text("utf-8")
        (talks / "issues.toml").write_text(text.replace("grupp", "group", 1), "utf-8")
        await until(person, lambda: "1 problem " in person.seen)
        assert dialog._lines.current == stays
        replace(talks / "issues.toml", "grupp", "group")
        await until(person, lambda: "No problems are left" in person.seen)
        assert person.app.screen is dialog
        await person.press("enter")
        assert "There is nothing to mend any more" in person.told
        await person.press("escape")
        assert not banner(person)


async def test_without_problems_the_key_says_that_there_are_none(explorer: Open) -> None:
    async with explorer() as person:
        await person.press("exclamation_mark")
        assert person.told == "The files of the dataset have no problems."


async def test_the_palette_and_the_help_know_the_list(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        await broken(person, talks)
        await person.press("ctrl+p", *"Problems", "enter")
        assert isinstance(person.app.screen, ProblemList)
        await person.press("question_mark")
        assert "In the list of problems" in person.seen


async def test_a_dialog_that_is_open_stays_open(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        await person.press("s", *"nets")
        dialog = person.app.screen
        replace(talks / "issues.toml", "Who may lift what", "Who may carry what")
        await until(person, lambda: "1 record changed" in person.said)
        assert person.app.screen is dialog
        await person.press("enter")
        assert person.app.screen is person.main


async def test_a_record_that_goes_is_named_with_what_changed(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks, go="quote:okafor-rocks") as person:
        cut(talks / "quotes.toml", "okafor-rocks")
        await until(person, lambda: person.shown != "quote:okafor-rocks")
        assert "1 record gone. Quote " in person.told
        assert "is not in the files any more; this is the nearest." in person.told


async def test_another_negotiation_in_the_same_files_keeps_these_notes_and_says_so(
    explorer: Open, talks: Path
) -> None:
    async with explorer(path=talks) as person:
        replace(talks / "negotiation.toml", 'id = "harbour-talks"', 'id = "quay-talks"')
        await until(person, lambda: person.told)
        assert "Your notes stay with “harbour-talks”" in person.told


@pytest.mark.skipif(os.name != "posix", reason="the editor is a script of the shell")
async def test_a_key_opens_the_editor_there_and_what_it_saved_is_read(
    explorer: Open, talks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, given = tmp_path / "vi", tmp_path / "given"
    mends = "for file; do :; done; sed -i.bak s/grupp/group/ $file; rm $file.bak"
    script.write_text(f'#!/bin/sh\necho "$@" > {given}\n{mends}\n')
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    async with explorer(path=talks) as person:
        monkeypatch.setattr(person.app, "suspend", nullcontext)
        await broken(person, talks)
        await person.press("exclamation_mark", "e")
        await until(person, lambda: "No problems are left" in person.seen)
        assert given.read_text().split()[0] == "+9"
        assert given.read_text().split()[-1] == str(talks / "issues.toml")


@pytest.mark.parametrize(("editor", "told"), [("", "No editor is named"), ("nowhere", "nowhere")])
async def test_without_an_editor_one_is_told(
    explorer: Open, talks: Path, monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    async with explorer(path=talks) as person:
        await broken(person, talks)
        await person.press("exclamation_mark", "e")
        assert told in person.told


async def test_who_leaves_is_not_watched_any_more(explorer: Open, talks: Path) -> None:
    async with explorer(path=talks) as person:
        watch = person.main.live._watch
        assert watch is not None
        assert not watch._is_over
        await person.press("q")
    assert watch._is_over


# Before anything could be shown.


async def opened_with(path: Path, notes: Path, do: Any, **how: Any) -> ExplorerApp:
    """Open a dataset as at a start, and do something there."""
    app = ExplorerApp(partial(read, path, notes, **how))
    app.messages = Heard(app._show_message)
    async with app.run_test(size=(100, 30)) as pilot:
        await idle()
        await do(Person(app, pilot))
    return app


async def test_at_a_start_the_problems_are_listed_and_the_dataset_opens_once_they_are_mended(
    talks: Path, notes: Path
) -> None:
    replace(talks / "issues.toml", 'group = "Quays"', 'grupp = "Quays"')

    async def mend(person: Person) -> None:
        await until(person, lambda: "Not opened yet: 2 problems" in person.seen)
        assert isinstance(person.app.screen_stack[0], OpeningScreen)
        await person.press("question_mark")
        text = (talks / "issues.toml").read_text("utf-8")
        (talks / "issues.toml").write_text(text.replace("grupp", "group", 1), "utf-8")
        await until(person, lambda: len(person.app.screen_stack[1]._problems) == 1)  # type: ignore[attr-defined]
        replace(talks / "issues.toml", "grupp", "group")
        await until(person, lambda: isinstance(person.app.screen_stack[0], MainScreen))
        assert person.app.screen is person.main
        await person.press("3")
        assert person.shown == "issue:tolls"

    await opened_with(talks, notes, mend)


async def test_who_does_not_mend_them_leaves_with_the_problems(talks: Path, notes: Path) -> None:
    replace(talks / "issues.toml", 'group = "Quays"', 'grupp = "Quays"')

    async def leave(person: Person) -> None:
        await until(person, lambda: "Not opened yet" in person.seen)
        await person.press("escape")

    app = await opened_with(talks, notes, leave)
    assert "grupp" in str(app.return_value)


async def test_what_no_editor_can_mend_ends_it_at_once(tmp_path: Path, notes: Path) -> None:
    async def wait(person: Person) -> None:
        await until(person, lambda: person.app._exit)

    app = await opened_with(tmp_path, notes, wait)
    assert "holds no .toml files" in str(app.return_value)


async def test_what_the_reader_added_and_is_wrong_is_listed_though_the_dataset_opens(
    talks: Path, notes: Path, tmp_path: Path
) -> None:
    own = tmp_path / "overlays" / "harbour-talks"
    own.mkdir(parents=True)
    added = '[[issue]]\nid = "ropes"\nname = "Ropes"\nsumary = "Whose."\nsources = ["almanac"]\n'
    (own / "issues.toml").write_text(added, "utf-8")

    async def mend(person: Person) -> None:
        await until(person, lambda: isinstance(person.app.screen_stack[0], MainScreen))
        await until(person, lambda: banner(person))
        replace(own / "issues.toml", "sumary", "summary")
        await until(person, lambda: "issue:ropes" in person.rows("issues"))
        assert not banner(person)
        assert person.told.endswith("No problems are left. 1 record new.")

    await opened_with(talks, notes, mend, overlays=own.parent)


# What takes its time.


async def test_how_far_a_long_reading_is_stands_in_the_last_line(explorer: Open) -> None:
    async with explorer() as person:
        live = person.main.live
        live._began = -10.0  # as if it had taken so long that one wants to know
        live.reads("Checking 100,000 records")
        await person.settle()
        assert person.told == "Checking 100,000 records …"
        live.reads("Finding out what became public when")
        await person.settle()
        assert person.told == "Finding out what became public when …"
        live.read(person.main.view.whole)
        await person.settle()
        assert person.told == "No record changed."


async def test_it_takes_the_place_of_nothing_else_that_is_said(explorer: Open) -> None:
    async with explorer() as person:
        person.app.notify("Something that matters.", severity="warning")
        person.main.live._began = -10.0
        person.main.live.reads("Checking 100,000 records")
        await person.settle()
        assert person.told == "Something that matters."


async def test_a_short_one_says_nothing(explorer: Open) -> None:
    async with explorer() as person:
        person.main.live.reads("Checking 7 records")
        await person.settle()
        assert not person.told
