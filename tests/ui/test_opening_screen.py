"""The opening screen, and how it gives way to the main screen."""

import threading
from collections import Counter

import pytest
from tests.ui.conftest import Person
from tests.ui.settling import idle
from textual.app import App
from textual.css.stylesheet import Stylesheet

from explorer.dataset.progress import Progress, Stopped
from explorer.errors import ExplorerError
from explorer.opening import read
from explorer.ui.app import ExplorerApp
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.main_screen import MainScreen
from explorer.ui.opening_screen import OpeningScreen


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_the_frame_is_where_the_panes_come_to_be(harbour, notes, size):
    may_read = threading.Event()

    def reading():
        may_read.wait()
        return read(harbour, notes)

    app = ExplorerApp(reading)
    async with app.run_test(size=size) as pilot:
        person = Person(app, pilot)
        await idle()
        assert isinstance(app.screen, OpeningScreen)
        empty = corners(person)
        may_read.set()
        await person.settle()
        assert isinstance(app.screen, MainScreen)
        assert empty
        assert corners(person) == empty


def corners(person) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, line in enumerate(person.screen)
        for column, sign in enumerate(line)
        if sign in "╭╮╰╯"
    ]


async def test_the_styles_are_not_read_again_for_the_main_screen(explorer, monkeypatch):
    read_again, counts = [], []
    parse, show = Stylesheet.reparse, ExplorerApp._show
    monkeypatch.setattr(Stylesheet, "reparse", lambda sheet: [read_again.append(1), parse(sheet)])

    def shown(app, opened):
        read_again.clear()
        show(app, opened)
        counts.append(len(read_again))

    monkeypatch.setattr(ExplorerApp, "_show", shown)
    async with explorer(opening=True):
        assert counts == [0]


async def test_from_the_start_until_all_is_there_two_frames_are_drawn(explorer, monkeypatch):
    drawn = []
    display = App._display

    def displayed(app, screen, update):
        drawn.append(type(screen))
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", displayed)
    # So tall that all of the front page is seen, of which more is laid out later else.
    async with explorer(opening=True, front=True, size=(140, 200)):
        assert drawn == [OpeningScreen, MainScreen]


async def test_what_opens_over_the_main_screen_is_made_ready_once_that_is_seen(
    explorer, monkeypatch
):
    done = []
    display, ready = App._display, ExplorerApp.stand_ready

    def displayed(app, screen, update):
        done.append(type(screen))
        display(app, screen, update)

    def stands_ready(app):
        done.append(stands_ready)
        ready(app)

    monkeypatch.setattr(App, "_display", displayed)
    monkeypatch.setattr(ExplorerApp, "stand_ready", stands_ready)
    async with explorer(opening=True):
        assert done[:3] == [OpeningScreen, MainScreen, stands_ready]


async def test_a_screen_is_styled_once_and_its_parts_when_the_focus_comes_besides(
    explorer, monkeypatch
):
    styled = Counter()
    apply = Stylesheet.apply

    def applied(sheet, node, **how):
        styled[node] += 1
        apply(sheet, node, **how)

    monkeypatch.setattr(Stylesheet, "apply", applied)
    async with explorer(opening=True, front=True) as person:
        screens = [node for node in styled if isinstance(node, FramedScreen)]
        assert [styled[screen] for screen in screens] == [1, 1]
        focused = {person.app.focused, *person.app.focused.ancestors}
        again = {node for node, times in styled.items() if times > 1 and node not in focused}
        assert again == {person.app.focused.vertical_scrollbar}


async def test_a_record_that_cannot_be_read_ends_the_app_with_the_reason():
    def reading():
        raise ExplorerError("no such record")

    app = ExplorerApp(reading)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await idle()
    assert str(app.return_value) == "no such record"


async def test_while_files_are_read_the_title_says_how_far_they_are(harbour, notes):
    progress, may_read = Progress(), threading.Event()

    def reading():
        may_read.wait()
        return read(harbour, notes)

    app = ExplorerApp(reading, progress=progress)
    async with app.run_test(size=(80, 24)) as pilot:
        person = Person(app, pilot)
        await idle()
        app.screen._began -= 10  # as if it had taken so long that one wants to know
        progress.say("Reading [b]quotes.toml, 3 of 7")
        await idle()
        first, *_ = person.screen
        may_read.set()
        await person.settle()
        assert first.strip().startswith("Reading [b]quotes.toml, 3 of 7 …  Only new")
        assert "Reading" not in person.screen[0]


async def test_what_takes_no_time_says_nothing(harbour, notes):
    progress, may_read = Progress(), threading.Event()

    def reading():
        may_read.wait()
        return read(harbour, notes)

    app = ExplorerApp(reading, progress=progress)
    async with app.run_test() as pilot:
        person = Person(app, pilot)
        await idle()
        app.screen._began += 10**6
        progress.say("Reading quotes.toml, 3 of 7")
        await idle()
        assert not person.screen[0].strip()
        may_read.set()
        await person.settle()


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_who_does_not_want_to_wait_leaves_and_stops_it(key):
    progress, stopped = Progress(), threading.Event()
    progress.stop = stopped.set

    def reading():
        stopped.wait()
        raise Stopped

    app = ExplorerApp(reading, progress=progress)
    async with app.run_test() as pilot:
        await idle()
        await pilot.press(key)
    assert app.return_value is None
    assert stopped.is_set()
