"""What is remembered between starts."""

from __future__ import annotations

import pytest

from explorer.storage import folders, settings


def write(text):
    folder = folders.config_folder()
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_bytes(text)


def test_without_settings_there_are_defaults():
    assert settings.theme() == ""


def test_a_theme_that_was_kept_is_remembered():
    settings.keep_theme("nord")
    settings.keep_theme("dracula")

    assert settings.theme() == "dracula"


@pytest.mark.parametrize("theme", ['"', "\\", "a\nb", "Norén", "[x]", ""])
def test_a_theme_of_any_name_is_kept_as_it_is(theme):
    settings.keep_theme(theme)

    assert settings.theme() == theme


@pytest.mark.parametrize(
    "text",
    [b"theme = ", b"\xff\xfe", b"theme = 3", b"theme = ['nord']", b"", b"other = 1"],
    ids=["cut", "binary", "number", "list", "empty", "unknown"],
)
def test_settings_that_make_no_sense_are_as_good_as_none(text):
    write(text)

    assert settings.theme() == ""


def test_settings_that_cannot_be_kept_cost_only_the_memory(own_folders):
    (own_folders / "config").write_text("a file stands where the folder should be")

    settings.keep_theme("nord")

    assert settings.theme() == ""


def test_settings_are_kept_in_the_folder_for_them(own_folders):
    settings.keep_theme("nord")

    kept = own_folders / "config" / "explorer" / "settings.toml"
    assert kept.read_text("utf-8") == 'theme = "nord"\n'
