"""Words found on lines, however these break and whatever stands beside them."""

from __future__ import annotations

import pytest

from explorer.ui.widgets.passages import Passage, Passages, Piece, in_columns, joined


def found(typed: str, *lines: str) -> list[str]:
    """What is found in one text on some lines, with a stroke where a line ends."""
    places = Passages(joined(enumerate(lines))).find(typed)
    return [
        "/".join(lines[line][first:last] for line, first, last in places[n].places)
        for n in range(len(places))
    ]


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("zölle", "Neue Zolle auf", "Zolle"),
        ("cafe", "Le CAFÉ noir", "CAFÉ"),
        ("co-op", "full co‑op now", "co‑op"),
        ("rare earth", "Rare-earth controls", "Rare-earth"),
        ("china's", "China’s reply", "China’s"),
        ("fish", "ﬁsh and ships", "ﬁsh"),
        ("(1", "stage (1) of", "(1"),
        ("æ", "an aeon", "ae"),
    ],
)
def test_what_is_found_is_what_a_filter_would_find(typed, text, words):
    assert found(typed, text) == [words]


def test_words_are_found_over_the_end_of_a_line():
    assert found("rare earth controls", "on rare", "  earth", "▎ controls, so") == [
        "rare/earth/controls"
    ]


def test_a_long_word_is_found_though_it_is_broken():
    first, second = "https://www.example.org/press/whi", "tehouse/1.html"
    assert found("whitehouse", first, second) == ["whi/tehouse"]


def test_two_words_of_two_lines_are_no_word():
    assert found("therapist", "so the", "rapist said") == []


def test_what_belongs_to_something_else_is_not_read_on():
    lines = enumerate(["on rare", "earth controls"])
    assert len(Passages(joined(lines, apart=[1])).find("rare earth")) == 0


def test_a_table_is_read_column_by_column():
    lines = ["Tolls   │ the toll  │ no toll    ", "        │ may go    │ at all     "]
    places = Passages(in_columns(enumerate(lines), 3)).find("toll may go")
    assert [lines[line][first:last] for line, first, last in places[0].places] == ["toll", "may go"]
    assert len(Passages(in_columns(enumerate(lines), 3)).find("go at all")) == 0


def test_what_is_found_is_known_by_its_line():
    places = Passages(joined(enumerate(["a toll, a toll", "", "the toll"]))).find("toll")
    assert list(places.on_line(0)) == [(2, 6, 0), (10, 14, 1)]
    assert list(places.on_line(1)) == []
    assert list(places.on_line(2)) == [(4, 8, 2)]
    assert [places.from_line(line) for line in (0, 1, 2, 3)] == [0, 2, 2, 0]


def test_what_is_out_of_sight_is_found_and_stands_on_no_line():
    places = Passages([Passage([Piece(0, 0, "hidden toll")], stop=7)]).find("toll")
    assert places[0].stop == 7
    assert list(places.on_line(0)) == []


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_nothing_is_found_by_nothing(typed):
    assert found(typed, "anything") == []


def test_signs_that_mean_something_elsewhere_mean_themselves():
    assert found(".*", "anything at all") == []
    assert found("[1]", "as said [1] there") == ["[1]"]
