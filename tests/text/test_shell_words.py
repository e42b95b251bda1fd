"""Commands as they are typed, here and on Windows."""

import sys

import pytest

from explorer.text import shell_words


@pytest.fixture
def on_windows(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("notepad", ["notepad"]),
        ("code --wait", ["code", "--wait"]),
        (r"C:\Tools\vim.exe -N", [r"C:\Tools\vim.exe", "-N"]),
        (r'"C:\Program Files\Vim\gvim.exe" -f', [r"C:\Program Files\Vim\gvim.exe", "-f"]),
        (r'gvim --cmd="set tw=72"', ["gvim", "--cmd=set tw=72"]),
        (r"D:\it's\ed.exe", [r"D:\it's\ed.exe"]),
    ],
)
def test_a_backslash_is_part_of_a_path_on_windows(typed, words):
    assert shell_words.parted(typed) == words


@pytest.mark.usefixtures("on_windows")
def test_the_path_of_a_program_may_have_spaces_on_windows(tmp_path):
    program = tmp_path / "my editor.exe"
    program.touch()
    assert shell_words.parted(str(program)) == [str(program)]


@pytest.mark.usefixtures("on_windows")
def test_a_quotation_mark_without_another_is_a_mistake_there_too():
    with pytest.raises(ValueError, match="quotation"):
        shell_words.parted('"C:\\Program Files')


def test_elsewhere_a_command_is_as_the_shell_has_it():
    assert shell_words.parted(r"vim -c 'set tw=72' a\ b") == ["vim", "-c", "set tw=72", "a b"]
    assert shell_words.quoted("it's") == "'it'\"'\"'s'"
    assert shell_words.quoted("talks") == "talks"


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (r"C:\talks", r"C:\talks"),
        (r"C:\my talks", r'"C:\my talks"'),
        ("R&D", '"R&D"'),
        ("", '""'),
    ],
)
def test_a_word_is_quoted_as_windows_has_it(word, typed):
    assert shell_words.quoted(word) == typed
