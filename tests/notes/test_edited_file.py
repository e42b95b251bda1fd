"""The words of a note in the hands of another program."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

import pytest

from explorer.notes import edited_file
from explorer.notes.edited_file import EditorError, HandedOut


@pytest.fixture
def handed(tmp_path, monkeypatch):
    handed = HandedOut("first words")
    yield handed
    handed.put_away()


@pytest.fixture
def environment(monkeypatch):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch.setenv


# Which editor.


def test_the_editor_is_the_one_that_is_named_with_its_options(environment):
    environment("EDITOR", f'"{sys.executable}" -c "two words"')
    assert edited_file.editor() == [sys.executable, "-c", "two words"]


@pytest.mark.skipif(os.name == "nt", reason="it is there")
def test_on_windows_without_a_word_it_is_notepad_and_scripts_have_their_whole_name(
    environment, tmp_path, monkeypatch
):
    for name in ("notepad", "code"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    environment("PATH", str(tmp_path))
    environment("PATHEXT", os.pathsep)
    with pytest.raises(EditorError, match="No editor is named"):
        edited_file.editor()
    monkeypatch.setattr(edited_file, "sys", SimpleNamespace(platform="win32"))
    assert edited_file.editor() == [str(tmp_path / "notepad")]
    assert edited_file.editor("code --wait") == [str(tmp_path / "code"), "--wait"]


def test_a_visual_editor_comes_first_unless_it_is_blank(environment):
    environment("EDITOR", "no-such-thing")
    environment("VISUAL", sys.executable)
    assert edited_file.editor() == [sys.executable]
    environment("VISUAL", "  ")
    with pytest.raises(EditorError, match="EDITOR is “no-such-thing”"):
        edited_file.editor()


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("", "No editor is named: set EDITOR"),
        ("no-such-editor -w", "there is no program “no-such-editor”"),
        ("/no/such/editor", "there is no program “/no/such/editor”"),
        ("'vi", "that cannot be read as a command: no closing quotation"),
        ("''", "there is no program “”"),
        ("{folder}", "is a folder"),
        ("{file}", "may not be run"),
    ],
)
def test_an_editor_that_cannot_be_used_is_told_of(environment, tmp_path, named, told):
    (tmp_path / "file").write_text("no program")
    environment("EDITOR", named.format(folder=tmp_path, file=tmp_path / "file"))
    with pytest.raises(EditorError, match=told):
        edited_file.editor()


def test_how_an_editor_ended_is_said_in_words():
    assert edited_file.ended(3) == "ended with 3"
    assert edited_file.ended(-15) == "was ended by SIGTERM"
    assert edited_file.ended(-64) in ("was ended by SIGRTMAX", "was ended by signal 64")


# What it left.


def test_what_a_program_adds_at_the_end_is_a_line_of_its_own(handed):
    with handed.path.open("a") as file:
        file.write("more words\n")
    assert handed.back().text == "first words\nmore words"


def test_a_text_that_is_left_alone_comes_back_to_the_letter(own_folders):
    for text in ("words", "words\n", "words\n\n", " words "):
        handed = HandedOut(text)
        assert handed.back().text == text
        handed.put_away()


def test_the_text_is_in_a_file_for_this_user_alone(handed, own_folders):
    assert handed.path.read_text() == "first words\n"
    assert handed.path.is_relative_to(own_folders)
    if os.name != "nt":
        assert handed.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"first words\n", "first words"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"\xef\xbb\xbfwords", "words"),
        ("wörds".encode("utf-16"), "wörds"),
        (b"a\0b \x1b[31m", "a\0b \x1b[31m"),
        (b"", ""),
    ],
)
def test_a_text_is_taken_in_the_forms_in_which_editors_write(handed, written, text):
    handed.path.write_bytes(written)
    assert handed.back() == edited_file.Returned(text)


@pytest.mark.parametrize("written", [b"caf\xe9 words", b"\xff\xfew", b"\xef\xbb\xbf\xff"])
def test_what_is_no_text_is_told_of_and_stays(handed, written):
    handed.path.write_bytes(written)
    returned = handed.back()
    assert "\ufffd" in returned.text
    assert "not UTF-8" in returned.trouble
    assert handed.path.read_bytes() == written


def test_a_file_that_was_put_in_its_place_is_taken(handed):
    new = handed.path.with_name("new")
    new.write_text("words")
    new.replace(handed.path)
    assert handed.back().text == "words"
    assert not handed.has_more


@pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")
def test_a_link_is_followed_and_a_closed_file_is_opened(handed, tmp_path):
    handed.path.unlink()
    (tmp_path / "elsewhere").write_text("words")
    handed.path.symlink_to(tmp_path / "elsewhere")
    assert handed.back().text == "words"
    assert handed.has_more
    handed.path.unlink()
    handed.path.write_text("closed")
    handed.path.chmod(0)
    assert handed.back().text == "closed"


def test_a_file_that_is_gone_or_no_file_any_more_gives_no_text(handed):
    handed.path.unlink()
    assert handed.back() == edited_file.Returned(None, "its file is gone")
    assert not handed.has_more
    handed.path.mkdir()
    assert handed.back().text is None
    assert "cannot be read" in handed.back().trouble
    assert handed.has_more


def test_a_file_that_is_too_large_is_not_read(handed, monkeypatch):
    monkeypatch.setattr(edited_file, "LIMIT", 1024 * 1024)
    handed.path.write_bytes(b"x" * (1024 * 1024 + 1))
    assert handed.back() == edited_file.Returned(
        None, "its file cannot be read: it is larger than 1 MB"
    )


def test_what_a_program_keeps_beside_the_file_counts_as_left(handed):
    handed.path.with_name(".note.md.swp").write_text("words in no other place")
    assert handed.has_more


def test_without_a_folder_of_ones_own_the_common_one_is_taken(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    handed = HandedOut("words")
    assert handed.path.is_relative_to(tmp_path)
    assert handed.back().text == "words"
