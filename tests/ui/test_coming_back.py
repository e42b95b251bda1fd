"""Where a person was is there again at the next start, and nothing that is kept does harm."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from functools import partial

import pytest
from tests.ui.conftest import Heard, Person

from explorer.opening import read
from explorer.record.model import Ref
from explorer.storage import folders
from explorer.ui.app import ExplorerApp
from explorer.ui.keeper import Keeper

from explorer.ui.main_screen import MainScreen  # isort: skip


@pytest.fixture
def start(harbour, notes):
    """Start the app as the command line does, but for the opening screen."""

    @asynccontextmanager
    async def started(*, path=harbour, go="", as_of=None, fresh=False, size=(140, 40)):
        shown = Ref.parse(go) if go else None
        keeper = Keeper(fresh=fresh, on_day=as_of is not None)
        app = ExplorerApp(partial(read, path, notes, as_of), shown, keeper=keeper)
        app.messages = Heard(app._show_message)
        opened = app.reading(partial(read, path, notes, as_of))

        def main():
            app._base = MainScreen(opened, shown, app._left)
            app._base.fit(app.size)
            return app._base

        app.get_default_screen = main
        async with app.run_test(size=size) as pilot:
            person = Person(app, pilot)
            await person.settle()
            yield person

    return started


def kept():
    (path,) = (folders.state_folder() / "left").glob("*.json")
    return path


def seen(person):
    main = person.main
    return (
        person.shown,
        main.place,
        main.viewing,
        main.view.scope,
        main.stack.active,
        {name: person.list(name).current for name in ("rounds", "issues", "quotes")},
        [person.pane(name).words for name in ("rounds", "issues", "quotes")],
        main.has_class("-zoomed"),
        main.reader.stop,
        main.reader.scroll_target_y,
    )


WAYS = {
    "a pane": ["3", "j", "j"],
    "a filter": ["4", "slash", "t", "o", "l", "enter", "j"],
    "a scope and a day": ["2", "j", "space", "left_square_bracket", "3"],
    "the record": ["3", "j", "enter", "j", "j"],
    "the notes": ["3", "tab", "tab"],
    "zoomed": ["3", "j", "enter", "z"],
    "a view": ["p", "j", "j", "l"],
    "a view by round": ["p", "r", "j"],
    "accounts of all": ["a", "r", "j"],
    "changes on a day": ["left_square_bracket", "c", "j"],
    "figures": ["t", "l", "l"],
    "a view over a scope": ["3", "space", "f", "j"],
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_what_was_open_is_there_again(start, way):
    async with start() as person:
        await person.press(*way)
        before = seen(person)
        await person.press("ctrl+q")
    async with start() as person:
        assert seen(person) == before


async def test_a_first_start_shows_the_front_page_beside_the_panes(start):
    async with start() as person:
        assert person.shown == "negotiation:harbour-talks"
        assert person.main.place == "record"
        assert "NEXT" in person.seen
        assert "1 Rounds" in person.seen
        assert "4 Quotes" in person.seen
        await person.press("backspace")
        assert "nothing to go back to" in person.told


async def test_who_begins_anew_does(start):
    async with start() as person:
        first = seen(person)
        await person.press("3", "j", "space", "left_square_bracket", "p", "ctrl+q")
    async with start(fresh=True) as person:
        assert seen(person) == first


async def test_the_day_is_told_with_the_way_out_of_it(start):
    async with start() as person:
        await person.press("1", "left_square_bracket", "q")
    async with start() as person:
        assert "As when you left, this is" in person.told
        assert "0 goes to the last day" in person.told
        await person.press("0", "q")
    async with start() as person:
        assert "As when you left" not in person.said


async def test_a_record_or_a_day_that_is_named_goes_before(start):
    async with start() as person:
        await person.press("left_square_bracket", "3", "j", "space", "ctrl+q")
        was = person.main.view.scope
    async with start(go="issue:fishing") as person:
        assert person.shown == "issue:fishing"
        assert person.main.view.scope.as_of is None
        assert not person.main.view.scope.chosen
        await person.press("ctrl+q")
    async with start() as person:  # and is what is come back to
        assert person.shown == "issue:fishing"
        await person.press("left_square_bracket", "ctrl+q")
    async with start(as_of="end") as person:
        assert person.shown == "issue:fishing"
        assert person.main.view.scope.as_of is None
        assert was.as_of is not None


async def test_a_record_that_has_gone_meanwhile_is_no_trouble(start, dataset_of):
    more = (
        '[[issue]]\nid = "wharf"\nname = "Wharf"\nsummary = "Whose it is."\nsources = ["gazette"]\n'
    )
    path = dataset_of(more)
    async with start(path=path, go="issue:wharf") as person:
        await person.press("space", "a", "ctrl+q")
    path = dataset_of("")
    async with start(path=path) as person:
        assert "not there any more" in person.said
        assert person.main.view.scope.chosen == ()
        assert person.app.is_running


async def test_it_is_for_this_user_alone_and_small(start):
    async with start() as person:
        await person.press("p", "ctrl+q")
    assert kept().stat().st_mode & 0o777 == 0o600
    assert kept().parent.stat().st_mode & 0o777 == 0o700
    assert kept().stat().st_size < 4000


async def test_it_is_kept_when_a_signal_ends_the_app(start):
    async with start() as person:
        await person.press("3", "j")
        before = seen(person)
        person.app.end_by(15)
        await person.settle()
    async with start() as person:
        assert seen(person) == before


HARMFUL = {
    "nothing": "",
    "cut": '{"format": 1, "place": {"sel',
    "a list": "[]",
    "deep": "[" * 100_000,
    "another format": '{"format": 2}',
    "no place": '{"format": 1}',
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
async def test_what_makes_no_sense_is_as_good_as_nothing(start, text):
    async with start() as person:
        first = seen(person)
        await person.press("ctrl+q")
    kept().write_text(text)
    async with start() as person:
        assert seen(person) == first


PATHS = [
    ("place", "selected", "issue:no-such"),
    ("place", "selected", 5),
    ("place", "focus", "nowhere"),
    ("place", "scope", {"chosen": ["issue:gone", "round:gone"], "as_of": "1999-01-01"}),
    ("place", "scope", {"chosen": ["bad"], "as_of": None}),
    ("place", "panes", {"active": "rounds", "panes": {}}),
    ("place", "record", {"stop": 99999, "top": 1e6, "room": -5, "link": None, "key": ""}),
    ("place", "record", {"stop": -3, "top": -50, "room": 0}),
    ("place", "record", {"stop": 1e300}),
    ("place", "viewed", {"name": "no-such", "question": {}, "spot": {}}),
    ("place", "viewed", {"name": "texts", "question": {}, "spot": {}}),
    ("place", "viewed", {"name": "accounts", "question": {"about": "issue:gone"}, "spot": {}}),
    ("place", "viewed", {"name": "changes", "question": {"since": "9999-12-31"}, "spot": {}}),
]


@pytest.mark.parametrize(("outer", "key", "value"), PATHS)
async def test_nothing_in_it_keeps_the_app_from_starting(start, outer, key, value):
    async with start() as person:
        await person.press("3", "ctrl+q")
    data = json.loads(kept().read_text())
    data[outer][key] = value
    kept().write_text(json.dumps(data))
    async with start() as person:
        assert person.app.is_running
        await person.press("j", "p", "escape", "3", "k")
        assert person.app.is_running


async def test_a_folder_that_cannot_be_written_to_costs_only_the_memory(start):
    folder = folders.state_folder() / "left"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    async with start() as person:
        await person.press("3", "ctrl+q")
    async with start() as person:
        assert person.app.is_running


@pytest.mark.parametrize(
    ("start_page", "place", "shown"),
    [
        ("issues", "pane", "issue:"),
        ("negotiation", "record", "negotiation:"),
        ("positions", "positions", ""),
        ("in-force", "in_force", ""),
        ("rounds", "pane", "round:"),
    ],
)
async def test_one_may_always_begin_with_the_same_page(start, start_page, place, shown):
    folder = folders.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f'start = "{start_page}"\n')
    async with start() as person:
        await person.press("4", "ctrl+q")
    async with start() as person:
        assert person.main.place == place
        assert person.shown.startswith(shown)
        assert "already" not in person.said
