"""On which line of a file a record or a key stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.dataset.places import Origin, Places

FILE = Path("fares.toml")
TEXT = '''\
# Fares
[negotiation]
id = "ferry"
name = "Ferry"

[[issue]]
id = "fares"
summary = """
[[issue]]
name = "within a text"
"""
"name" = "Fares"

[[issue.status]]
on = 2031-05-01
text = "one"

[[issue.position]]
on = 2031-05-01

[[issue.status]]
on = 2031-06-01
text = "two"

[[quote]]
id = "swim"

[[ issue ]]
id = "bells"
name = "Bells"
[[issue.status]]
on = 2031-07-01
'''


def line(kind, place, *path, text=TEXT):
    return Places({FILE: text.encode()}).line(Origin(FILE, place), kind, path)


@pytest.mark.parametrize(
    ("kind", "place", "path", "expected"),
    [
        ("negotiation", 0, (), 2),
        ("negotiation", 0, ("name",), 4),
        ("issue", 0, (), 6),
        ("issue", 0, ("id",), 7),
        ("issue", 1, (), 28),
        ("issue", 1, ("name",), 30),
        ("quote", 0, ("id",), 26),
    ],
)
def test_a_record_and_its_keys_are_found(kind, place, path, expected):
    assert line(kind, place, *path) == expected


@pytest.mark.parametrize(
    ("place", "path", "expected"),
    [
        (0, ("status", 0), 14),
        (0, ("status", 0, "text"), 16),
        (0, ("status", 1), 21),
        (0, ("status", 1, "on"), 22),
        (0, ("position", 0, "on"), 19),
        (1, ("status", 0, "on"), 32),
    ],
)
def test_an_entry_and_its_keys_are_found_within_their_own_record(place, path, expected):
    assert line("issue", place, *path) == expected


def test_a_key_in_quotes_is_found_and_one_within_a_text_is_not():
    assert line("issue", 0, "name") == 12


def test_a_missing_key_is_told_at_the_header_above_it():
    assert line("issue", 1, "summary") == 28
    assert line("issue", 0, "status", 0, "state") == 14


def test_a_missing_key_of_a_record_is_not_taken_from_its_entries():
    assert line("issue", 0, "text") == 6


def test_a_key_is_not_taken_for_another_that_begins_alike():
    text = "[[issue]]\nname_of_boat = 1\nname = 2\n"

    assert line("issue", 0, "name", text=text) == 3


def test_a_place_within_a_list_is_told_at_the_list():
    text = '[[issue]]\nid = "a"\nsources = ["x", "y"]\n'

    assert line("issue", 0, "sources", 1, text=text) in (1, 3)


def test_a_record_written_inline_has_no_line_of_its_own():
    assert line("issue", 0, "name", text='issue = [{name = "a"}]\n') == 0


def test_both_kinds_of_long_text_are_passed_over():
    text = "[[issue]]\na = '''\n[[issue]]\n'''\nb = \"\"\"x\n[[issue]]\"\"\"\n[[issue]]\nc = 1\n"

    assert line("issue", 1, text=text) == 7


def test_a_long_text_closed_on_its_own_line_hides_nothing():
    text = '[[issue]]\na = """x""" # """y"""\n[[issue]]\nb = 1\n'

    assert line("issue", 1, "b", text=text) == 4


def test_lines_end_alike_on_every_system():
    assert line("issue", 1, "name", text=TEXT.replace("\n", "\r\n")) == 30


@pytest.mark.parametrize(
    "above", ['# """', """id = "three '''" """, "id = 'three " + '"' * 3 + "'"]
)
def test_quotes_in_a_comment_or_a_short_text_open_nothing(above):
    assert line("issue", 1, text=f"[[issue]]\n{above}\n[[issue]]\n") == 3


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_a_sign_that_toml_allows_within_a_line_does_not_end_it(sign):
    assert line("issue", 1, text=f'[[issue]]\nid = "a{sign}b"\n[[issue]]\n') == 3
