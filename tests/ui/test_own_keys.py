"""Keys that a person has set: they do what they are set to, and everything says so."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual.dom import DOMNode

from explorer.settings import settings_file
from explorer.storage import folders
from explorer.ui import commands, keymap
from explorer.ui.dialogs.help import Help
from explorer.ui.dialogs.search_dialog import SearchDialog
from explorer.ui.key_settings import KeySettings, key_named, settable


@pytest.fixture(autouse=True)
def _keys_as_they_come():
    yield
    keymap.use(keymap.UNCHANGED)


@pytest.fixture
def write():
    def written(text):
        folder = folders.config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.toml").write_text(text, "utf-8")

    return written


@pytest.fixture
def checked(write):
    """Reads keys and returns the keymap and what is wrong."""

    def read(text):
        write(text)
        keys = KeySettings(settings_file.read())
        return keys.keymap.changed, keys.problems

    return read


# In the app


async def test_a_key_that_was_set_does_what_it_is_set_to_and_the_old_one_nothing(explorer, write):
    write('[keys]\nsearch = "ctrl+g"\n')
    async with explorer() as person:
        await person.press("s")
        assert person.app.screen is person.main
        assert "s does nothing here" in person.told
        await person.press("ctrl+g")
        assert isinstance(person.app.screen, SearchDialog)


async def test_a_name_alone_is_for_all_places_that_have_such_a_command(explorer, write):
    write('[keys]\ndown = ["T", "down"]\n')
    async with explorer() as person:
        first = person.shown
        await person.press("T")
        assert person.shown != first
        before = person.shown
        await person.press("j")
        assert person.shown == before
        await person.press("enter")
        top = person.record.stop
        await person.press("T")
        assert person.record.stop != top or person.record.scroll_target_y


async def test_a_key_may_be_set_for_one_place(explorer, write):
    write('[keys.in.positions]\nby-round = "R"\n')
    async with explorer() as person:
        await person.press("p", "R")
        assert person.main.views.open.question.otherwise
        await person.press("r")
        assert "r does nothing here" in person.told


async def test_keys_may_change_places(explorer, write):
    write('[keys]\nsearch = "n"\nnote = "s"\n')
    async with explorer(go="issue:tolls") as person:
        await person.press("n")
        assert isinstance(person.app.screen, SearchDialog)
        await person.press("escape", "s")
        assert person.app.screen.PLACE == "editor"


async def test_the_key_line_the_help_and_the_palette_name_the_keys_in_force(explorer, write):
    write('[keys]\nsearch = "ctrl+g"\npositions = "P"\nhelp = "f2"\ncite = []\n')
    async with explorer(size=(200, 90)) as person:
        assert "^G Search" in person.screen[-1]
        assert "P Positions" in person.screen[-1]
        await person.press("f2")
        assert isinstance(person.app.screen, Help)
        assert "(no key)" in person.seen
        await person.press("f2")
        assert person.app.screen is person.main
        await person.press("ctrl+p")
        await person.type("find anything")
        assert "(Ctrl+G)" in person.seen


async def test_a_view_is_closed_by_the_key_that_was_set_to_open_it(explorer, write):
    write('[keys]\npositions = "P"\n')
    async with explorer() as person:
        await person.press("P")
        assert person.main.viewing == "positions"
        await person.press("P")
        assert not person.main.viewing


async def test_what_says_which_key_to_press_names_the_one_in_force(explorer, write):
    write('[keys]\nquit = "Q"\n')
    async with explorer() as person:
        await person.press("escape")
        assert "Q leaves" in person.told
        await person.press("Q")
        assert not person.app.is_running


async def test_a_mistake_is_told_at_the_start_and_all_else_holds(explorer, write):
    write('[keys]\nserach = "f"\nnote = "ctrl+n"\n')
    async with explorer() as person:
        assert "settings.toml, line 2: serach is no command" in person.said
        await person.press("ctrl+n")
        assert person.app.screen.PLACE == "editor"


# The checks


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('[keys]\nserach = "f5"', "is no command", "did you mean search?"),
        ('[keys.in.recrod]\ndown = "x"', "is no place", "did you mean record?"),
        ('[keys.in.record]\nfolow = "x"', "is no command", "did you mean follow?"),
        ('[keys]\nsearch = "cltr+g"', "names no key", "cannot be held down"),
        ('[keys]\nsearch = "pagedwn"', "names no key", "did you mean pagedown?"),
        ("[keys]\nsearch = 5", "must be a key or a list of keys", "search ="),
        ('[keys]\nsearch = "ctrl+i"', "names no key", "a terminal sends tab"),
        ('[keys]\nsearch = "n"', "cannot be n: everywhere that is Note", "give note another"),
        ("[keys]\nquit = []", "no way out", "name one"),
        ('[keys.marking]\nword = "x"', "is the name of a place", "write [keys.in.marking]"),
        ("[keys.in.find]\nclose = []", "no way out", "name one"),
        ('[keys.in.find]\ngo = "g"', "is written where one types", "ctrl or alt"),
        ('[keys.in.pane]\nread = "j"', "cannot be j: in a pane that is Down", "give down another"),
    ],
)
def test_a_mistake_in_the_keys_is_named(checked, text, message, hint):
    keys, (problem,) = checked(text + "\n")

    assert message in problem.message
    assert hint in problem.hint
    assert problem.line
    assert not keys


def test_two_commands_that_are_given_one_key_are_named(checked):
    keys, (problem,) = checked('[keys]\nsearch = "f5"\nnote = "f5"\n')

    assert "cannot be F5" in problem.message
    assert ("everywhere", "search") not in keys or ("everywhere", "note") not in keys


def test_a_name_for_many_places_holds_where_its_key_is_free(checked):
    keys, problems = checked('[keys]\ndown = "n"\n')

    assert {problem.severity for problem in problems} == {"warning"}
    assert any("while marking words that is Note" in problem.message for problem in problems)
    assert keys["pane", "down"] == "n"
    assert ("marking", "down") not in keys


def test_a_key_that_means_something_else_where_one_mostly_is_is_named_and_holds(checked):
    keys, (problem,) = checked('[keys]\nsearch = "j"\n')

    assert problem.severity == "warning"
    assert "in a pane" in problem.message
    assert keys == {("everywhere", "search"): "j"}


def test_a_key_is_taken_where_its_owner_gives_it_up(checked):
    keys, problems = checked('[keys]\nsearch = "n"\nnote = "ctrl+n"\n')

    assert not problems
    assert keys["everywhere", "search"] == "n"


def test_a_name_is_also_for_the_places_where_it_has_the_same_key(checked):
    keys, problems = checked('[keys]\nnote = "X"\nhelp = "f2"\n')

    assert not problems
    assert keys["everywhere", "note"] == "X"
    assert keys["marking", "note"] == "X,enter"
    assert keys["notebook", "help"] == "f2"
    assert keys["help", "close"] == "escape,q,enter,f2"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("/", "slash"),
        ("[", "left_square_bracket"),
        ("G", "G"),
        ("shift+g", "G"),
        ("Ctrl+Home", "ctrl+home"),
        ("ctrl+G", "ctrl+g"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("ctrl++", "ctrl+plus"),
        (" ", "space"),
        ("alt+shift+x", "alt+X"),
        ("é", "é"),
        ("f12", "f12"),
    ],
)
def test_a_key_is_called_as_people_call_it(said, key):
    assert key_named(said) == (key, "")


def test_each_name_stands_for_one_command_of_a_place():
    for place in commands.PLACES:
        names = [command.setting(place)[1] for command in settable(place)]
        assert len(names) == len(set(names)), place
        assert all(name.replace("-", "").isalpha() for name in names)


_MODULES = (
    "dialogs.add_form dialogs.choose_kind dialogs.palette dialogs.sources dialogs.help "
    "dialogs.choose_text dialogs.draft_recovery dialogs.figure_choice dialogs.merge "
    "dialogs.import_dialog dialogs.choose_meaning "
    "dialogs.marks dialogs.find_line dialogs.problem_list dialogs.reattach dialogs.tour "
    "dialogs.watch_list dialogs.choose_format dialogs.publishing_dialog "
    "views.compare_view views.news_view views.deadlines_view"
)


async def test_every_command_is_bound_under_the_name_by_which_its_keys_are_set(explorer):
    for module in _MODULES.split():
        import_module(f"explorer.ui.{module}")
    async with explorer() as person:
        for keys in (
            ["p"],
            ["a"],
            ["t"],
            ["question_mark"],
            ["N"],
            ["n"],
            ["s"],
            ["v"],
            ["o"],
            ["slash"],
            ["1", "slash"],
            ["equals_sign"],
        ):
            await person.press(*keys, "escape")
    bound = {
        binding.id
        for kind in _kinds(DOMNode)
        for listed in (
            kind._merged_bindings.key_to_bindings.values() if kind._merged_bindings else ()
        )
        for binding in listed
    }
    for place in commands.PLACES:
        for command in settable(place):
            assert ".".join(command.setting(place)) in bound, (place, command.name)


def _kinds(kind):
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)


def test_the_default_keys_of_every_command_can_be_written_and_read_back():
    from explorer.ui.settings_example import shown

    for place in commands.PLACES:
        for command in settable(place):
            for key in command.key_names:
                assert key_named(shown(key)) == (key, ""), key
