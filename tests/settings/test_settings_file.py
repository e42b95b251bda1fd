"""The file of settings: what is sound in it holds, and every mistake is named with its place."""

from __future__ import annotations

import os

import pytest

from explorer import settings
from explorer.storage import folders


@pytest.fixture
def write():
    """Writes the file of settings and returns its path."""

    def written(text):
        folder = folders.config_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "settings.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def theme():
    return settings.read().value("theme")


def only_problem():
    (problem,) = settings.read().problems
    return problem


def test_without_a_file_there_are_defaults():
    assert theme() == "textual-dark"
    assert settings.date_order() == ""
    assert settings.read().problems == ()


def test_what_is_set_holds(write):
    write('theme = "nord"\ndate_order = "month-day"\neditor = "vim -n"\ncounts = true\n')

    assert theme() == "nord"
    assert settings.date_order() == "month-day"
    assert settings.editor() == "vim -n"
    assert settings.read().value("counts") is True


def test_a_file_that_has_changed_is_read_anew(write):
    write('theme = "nord"\n')
    assert theme() == "nord"
    write('theme = "gruvbox"\n')
    assert theme() == "gruvbox"


def test_another_file_may_be_named(write, tmp_path, monkeypatch):
    write('theme = "nord"\n')
    other = tmp_path / "mine.toml"
    other.write_text('theme = "dracula"\n')
    monkeypatch.setenv("EXPLORER_SETTINGS", str(other))

    assert theme() == "dracula"


def test_an_unknown_setting_is_named_with_its_place_and_the_nearest(write):
    path = write('theme = "nord"\n\nstrat = "issues"\n')

    problem = only_problem()
    assert problem.lines() == [
        f"{path}:3:1: error: strat is no setting [unknown-key]",
        '3 | strat = "issues"',
        "  | ^^^^^ did you mean start?",
    ]
    assert theme() == "nord"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("theme = 3", "must be the name of a theme, and is 3"),
        ("theme = ['nord']", "must be the name of a theme, and is"),
        ('date_order = "dmy"', 'must be day-month or month-day, and is "dmy"'),
        ('counts = "yes"', 'must be true or false, and is "yes"'),
        ("editor = 2031-01-01", "must be a command, and is 2031-01-01"),
        ('keys = "vi"', 'must be a table, and is "vi"'),
    ],
)
def test_a_wrong_value_is_named_and_its_default_holds(write, line, said):
    write(f"# mine\n{line}\n")

    problem = only_problem()
    assert said in problem.message
    assert (problem.line, problem.source) == (2, line)
    assert problem.hint
    name = line.partition(" ")[0]
    if name != "keys":
        assert settings.read().origin(name)[1] == "default"


def test_of_a_broken_file_all_that_can_be_read_holds(write):
    write('theme = "nord"\ndate_order = \neditor = "nano\ncounts = true\n[keys]\nsearch = "f"\n')

    read = settings.read()
    assert [problem.line for problem in read.problems] == [2, 3]
    assert "this line does not count" in read.problems[0].hint
    assert read.values == {"theme": "nord", "counts": True}
    assert read.keys == {"search": "f"}


def test_a_key_that_is_written_twice_counts_once(write):
    write('theme = "nord"\ntheme = "gruvbox"\n')

    assert theme() == "nord"
    assert only_problem().line == 2


@pytest.mark.parametrize(
    "text",
    [b"\xff\xfe", b"a = [" + b"[" * 50_000, b"x" * 300_000, b"[[[[", b"\x00", b"a.b.c.d = 1\n" * 9],
    ids=["binary", "deep", "large", "brackets", "control", "dotted"],
)
def test_no_file_keeps_the_app_from_starting(write, text):
    write(text)

    assert settings.read().problems
    assert theme() == "textual-dark"


def test_a_folder_or_a_pipe_in_its_place_is_named(write):
    path = write("")
    path.unlink()
    os.mkfifo(path)
    assert "cannot be read" in only_problem().message
    path.unlink()
    path.mkdir()
    assert "cannot be read: it is a folder" in only_problem().message.replace(
        "not an ordinary", "a"
    )


def test_where_a_value_is_from_is_known(write, monkeypatch):
    write('theme = "nord"\n')
    monkeypatch.setenv("EDITOR", "ed")
    read = settings.read()

    assert read.origin("theme") == ("nord", "file")
    assert read.origin("editor") == ("ed", "EDITOR")
    assert read.origin("start") == ("last", "default")


# What the app writes


@pytest.mark.parametrize("value", ['"', "\\", "a\nb", "Norén", "[x]", ""])
def test_a_value_is_kept_as_it_is(write, value):
    assert settings.keep("theme", value) == ""
    path = folders.config_folder() / "settings.toml"
    import tomli

    assert tomli.loads(path.read_text("utf-8")) == {"theme": value}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        (
            '# mine\ntheme  =  "dracula" # dark\n[keys]\n',
            '# mine\ntheme  =  "nord" # dark\n[keys]\n',
        ),
        (
            '# Mine.\n\n# theme = "a"\n# b\n[keys]\n',
            '# Mine.\n\n# theme = "a"\ntheme = "nord"\n# b\n[keys]\n',
        ),
        (
            "counts = true\n\n[keys]\nsearch = 'f'\n",
            "counts = true\ntheme = \"nord\"\n\n[keys]\nsearch = 'f'\n",
        ),
        ("[keys]\nsearch = 'f'", "theme = \"nord\"\n\n[keys]\nsearch = 'f'"),
        ("counts = true", 'counts = true\ntheme = "nord"\n'),
        ("counts = true\r\n", 'counts = true\r\ntheme = "nord"\r\n'),
        ("# only words", '# only words\ntheme = "nord"\n'),
    ],
)
def test_what_the_app_writes_leaves_all_else_as_it_is(write, before, after):
    path = write(before)

    assert settings.keep("theme", "nord") == ""
    assert path.read_bytes().decode() == after


def test_a_file_with_a_mistake_in_its_form_is_not_touched(write):
    path = write('theme = "nord\n')

    assert "mistake" in settings.keep("theme", "dracula")
    assert path.read_text() == 'theme = "nord\n'


def test_a_file_that_lies_elsewhere_stays_there(write, tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    real.chmod(0o644)
    path = write("")
    path.unlink()
    path.symlink_to(real)

    settings.keep("theme", "nord")

    assert path.is_symlink()
    assert real.read_text() == '# mine\ntheme = "nord"\n'
    assert real.stat().st_mode & 0o777 == 0o644


def test_settings_that_cannot_be_kept_cost_only_the_memory(own_folders):
    (own_folders / "config").write_text("a file stands where the folder should be")

    assert settings.keep("theme", "nord")
    assert theme() == "textual-dark"
