"""Two wordings, word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.word_diff import difference, likeness

WORDS = st.lists(st.sampled_from("toll fare quay net 耐 心 比 half".split()), max_size=10)
TEXTS = st.builds(
    lambda words, blanks: "".join(w + b for w, b in zip(words, blanks, strict=False)),
    WORDS,
    st.lists(st.sampled_from([" ", "  ", "\n", ""]), min_size=10, max_size=10),
)


def without(fate, pieces):
    return "".join(text for text, its_fate in pieces if its_fate != fate)


def test_what_was_taken_out_stands_ahead_of_what_replaced_it():
    assert difference("the toll falls by half in May", "the toll falls by a third in May") == (
        ("the toll falls by ", "same"),
        ("half ", "removed"),
        ("a third ", "added"),
        ("in May", "same"),
    )


def test_chinese_is_told_by_the_character_and_gets_no_blanks():
    assert difference("耐心比任何挖泥船", "耐心比任何快船") == (
        ("耐心比任何", "same"),
        ("挖泥", "removed"),
        ("快", "added"),
        ("船", "same"),
    )


def test_words_taken_out_at_the_end_are_set_off_from_those_that_stay():
    assert difference("both tolls go at once", "both tolls go") == (
        ("both tolls go", "same"),
        (" at once", "removed"),
    )
    assert difference("they go today", "they go tomorrow") == (
        ("they go ", "same"),
        ("today ", "removed"),
        ("tomorrow", "added"),
    )


def test_line_ends_and_several_blanks_are_no_difference():
    assert difference("It can go\nin  steps.", "It can go in steps.") == (
        ("It can go in steps.", "same"),
    )


def test_a_text_that_was_not_there_is_all_new_and_one_that_went_is_all_removed():
    assert difference("", "a toll") == (("a toll", "added"),)
    assert difference("a toll", " ") == (("a toll", "removed"),)
    assert difference("", "") == ()


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_put_together_from_the_pieces(was, now):
    pieces = difference(was, now)

    assert without("removed", pieces) == " ".join(now.split())
    assert "".join(without("added", pieces).split()) == "".join(was.split())
    assert all(text.strip() for text, _ in pieces)


@given(TEXTS, TEXTS)
def test_neighbouring_pieces_never_run_into_one_word(was, now):
    pieces = difference(was, now)

    for (left, _), (right, _) in pairwise(pieces):
        assert not (left + right).isascii() or left.endswith(" ") or right.startswith(" ")


@given(TEXTS)
def test_a_text_differs_in_nothing_from_itself(text):
    assert {fate for _, fate in difference(text, text)} <= {"same"}
    assert likeness(text, text) == 1.0


@pytest.mark.parametrize(
    ("was", "now", "shared"),
    [
        ("a b c d e", "a b c x y", 0.6),
        ("the toll", "both fares", 0.0),
        ("耐心比", "耐心", 0.8),
        ("Toll", "toll", 0.0),
    ],
)
def test_likeness_is_the_share_of_words_in_common(was, now, shared):
    assert likeness(was, now) == pytest.approx(shared)
