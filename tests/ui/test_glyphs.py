"""Signs take one cell everywhere, and a terminal without them gets ASCII."""

import ast
import io
import sys
import unicodedata
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from explorer.text import plain_signs
from explorer.ui import glyphs, style

SOURCE = Path(style.__file__).parents[1]
SHOWN = ("ui", "documents", "record", "opening.py", "view.py")
"""Rooms with what is drawn."""
READ_NOT_DRAWN = {
    *("ui/system/terminal_input.py", "ui/widgets/visible_signs.py", "text/plain_signs.py"),
    *("ui/dialogs/merge.py", "documents/html_body.py"),
}
"""Modules with signs that are looked for, or that browsers show."""
FRAMES = range(0x2500, 0x25A0)
"""Lines and blocks of frames, which terminals draw themselves, in one cell."""
EVERYWHERE = "“”‘’…–—·→←↑↓"
"""Punctuation and arrows that every terminal has had for long."""


def signs_shown() -> dict[str, str]:
    """Each sign that stands in a string of the program, and where."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = str(path.relative_to(SOURCE))
        if name.partition("/")[0] not in SHOWN or name in READ_NOT_DRAWN:
            continue
        tree = ast.parse(path.read_text())
        said = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                for sign in set(node.value) if id(node) not in said else ():
                    if not sign.isascii() and unicodedata.category(sign)[0] not in "LC":
                        found[sign] = name
    return found | dict.fromkeys(style.STATE_GLYPHS.values(), "ui/style.py")


def test_every_sign_takes_one_cell_in_every_terminal():
    for sign, where in signs_shown().items():
        is_certain = unicodedata.east_asian_width(sign) in ("N", "Na", "H")
        assert is_certain or ord(sign) in FRAMES or sign in EVERYWHERE, (sign, where)
        assert cell_len(sign) == 1, (sign, where)


def test_every_sign_has_another_in_ascii():
    for sign, where in signs_shown().items():
        assert sign in plain_signs.TABLE, (sign, where)
    for sign, other in plain_signs.TABLE.items():
        assert len(sign) == len(other) == 1
        assert other.isascii()


def test_states_and_stances_can_be_told_apart_in_ascii():
    states = [plain_signs.plain_signs(sign) for sign in style.STATE_GLYPHS.values()]

    assert len(set(states)) == len(states)


def test_a_short_name_of_a_state_is_a_part_of_the_whole():
    for whole, short in style.SHORT_STATES.items():
        assert short in whole


WALK = (
    *(["p"], ["p", "r"], ["a"], ["f"], ["t"], ["c"], ["i"], ["z"], ["1"], ["2"], ["3"], ["4"]),
    *(["enter"], ["o"], ["y"], ["n", "x"], ["N"], ["s", "t"], ["ctrl+p"], ["f1"], ["b"], ["="]),
    *(["v"], ["slash", "t"], ["space"], ["[", "["], ["D"]),
)


def foreign(lines: list[str]) -> set[str]:
    """What is not ASCII but for letters, which are the data’s own."""
    return {
        sign
        for line in lines
        for sign in line
        if not sign.isascii() and unicodedata.category(sign)[0] not in "LM"
    }


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_no_screen_has_a_sign_that_is_not_ascii(explorer, monkeypatch, size):
    monkeypatch.setenv(plain_signs.VARIABLE, "ascii")
    async with explorer(go="issue:tolls", size=size) as person:
        for keys in WALK:
            await person.press(*keys)
            assert not foreign(person.screen), keys
            for _ in range(3):
                await person.press("escape")


async def test_signs_change_when_others_are_chosen(explorer, monkeypatch):
    monkeypatch.delenv(plain_signs.VARIABLE)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    async with explorer(go="issue:tolls") as person:
        assert foreign(person.screen)
        person.app.glyphs = "ascii"
        await person.settle()
        assert not foreign(person.screen)
        person.app.glyphs = "unicode"
        await person.settle()
        assert foreign(person.screen)


@pytest.mark.parametrize(
    ("environment", "choice"),
    [
        ({"LANG": "en_GB.UTF-8"}, "unicode"),
        ({"LANG": "en_GB.utf8", "TERM": "xterm-256color"}, "unicode"),
        ({}, "unicode"),
        ({"LANG": "de_DE.ISO-8859-1"}, "ascii"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "ascii"),  # as Python changes it
        ({"LC_CTYPE": "C.UTF-8"}, "unicode"),
        ({"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, "unicode"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "POSIX"}, "ascii"),
        ({"LANG": "en_GB.UTF-8", "TERM": "linux"}, "ascii"),
        ({"LANG": "en_GB.UTF-8", "TERM": "vt100-w"}, "ascii"),
        ({"LANG": "C", "EXPLORER_GLYPHS": "unicode"}, "unicode"),
        ({"LANG": "en_GB.UTF-8", "EXPLORER_GLYPHS": " ASCII "}, "ascii"),
        ({"LANG": "en_GB.UTF-8", "EXPLORER_GLYPHS": "emoji"}, "unicode"),
    ],
)
def test_the_terminal_and_the_locale_choose_where_nobody_does(monkeypatch, environment, choice):
    for name in ("LANG", "LC_ALL", "LC_CTYPE", "TERM", plain_signs.VARIABLE):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert glyphs.wanted() == choice


def test_what_is_set_goes_before_the_environment_and_that_before_the_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv(plain_signs.VARIABLE)
    assert glyphs.wanted("unicode") == "unicode"

    monkeypatch.setenv(plain_signs.VARIABLE, "ascii")
    assert glyphs.wanted("unicode") == "unicode"
    assert glyphs.wanted() == "ascii"


def test_letters_that_an_encoding_has_not_are_written_as_nearly_as_it_can(monkeypatch):
    written = io.TextIOWrapper(io.BytesIO(), encoding="iso-8859-1")
    monkeypatch.setattr(sys, "__stderr__", written)
    line = [Segment("“Zoë Dvořák” 中国 ✓")]

    shown = glyphs.PlainSigns().apply(line, Color(0, 0, 0))

    assert [segment.text for segment in shown] == ['"Zoë Dvorák" ???? v']
    assert glyphs.wanted() == "unicode"  # which is asked for here


async def test_signs_are_drawn_as_the_settings_say(explorer, monkeypatch, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('glyphs = "ascii"\n')
    monkeypatch.setenv("EXPLORER_SETTINGS", str(file))
    async with explorer() as person:
        assert person.app.glyphs == "ascii"
        assert any(isinstance(each, glyphs.PlainSigns) for each in person.app._filters)


async def test_arrow_keys_have_names_where_an_arrow_would_be_another_key(explorer, monkeypatch):
    monkeypatch.setenv(plain_signs.VARIABLE, "ascii")
    async with explorer(size=(140, 40)) as person:
        await person.press("t")
        assert "Right Next value" in person.screen[-1]
        assert "Down Other" in person.screen[-1]
        await person.press("question_mark")
        assert "Right l" in person.seen
        assert "v j" not in person.seen
