"""The filter between text from outside and the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.text.sanitize import one_line, plain

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\xad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb\U000e0001\U000e0041"
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)])).translate({9: None, 10: None})
SURROGATES = "\ud800\udbff\udc00\udfff"
FORBIDDEN = frozenset(BIDI + INVISIBLE + CONTROLS + SURROGATES + "\u2028\u2029")

anything = st.text(
    st.sampled_from(sorted(FORBIDDEN)) | st.characters(exclude_categories=()), max_size=40
)


@given(anything)
@example("\r\n\r\r\n")
@example("\ud800\udfff")
@example("\x1b]52;c;aGVsbG8=\x07")
def test_no_forbidden_character_survives(text):
    assert not FORBIDDEN & set(plain(text))


@given(anything)
@example("\x1b\xad\u200b[0m")
def test_what_was_filtered_once_is_not_changed_again(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=40))
def test_letters_marks_digits_and_signs_of_any_script_stay(text):
    kept = text.translate(dict.fromkeys(map(ord, FORBIDDEN)))

    assert plain(kept) == kept


@given(anything)
def test_one_line_has_no_line_end_and_no_space_to_spare(text):
    line = one_line(text)

    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


def test_an_escape_sequence_is_shown_and_does_not_act():
    assert plain("\x1b[31mred\x07") == "␛[31mred␇"


def test_c1_and_bidi_controls_become_the_replacement_character():
    assert plain("a\x9bb\u202ec") == "a\ufffdb\ufffdc"


def test_a_lone_surrogate_becomes_the_replacement_character():
    assert plain("a\udcffb").encode() == "a\ufffdb".encode()


def test_delete_has_a_picture_of_its_own():
    assert plain("a\x7fb") == "a␡b"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_becomes_a_newline(end):
    assert plain(f"one{end}two\tthree") == "one\ntwo\tthree"


def test_invisible_characters_vanish():
    assert plain(f"pay{INVISIBLE}ment") == "payment"


@pytest.mark.parametrize("unseen", ["\u206a", "\u206e", "\u180e", "\U0001d173"])
def test_seldom_met_invisible_characters_vanish_too(unseen):
    assert unseen not in plain(f"pay{unseen}ment")


@pytest.mark.parametrize("text", ["👩‍🚀", "می‌خواهم", "क्‍ष", "❤️", "e\u0301"])
def test_joiners_and_marks_that_scripts_need_stay(text):
    assert plain(text) == text


def test_markup_is_text_like_any_other():
    assert plain("[bold]x[/] [@click=app.quit]") == "[bold]x[/] [@click=app.quit]"


def test_lines_are_joined_with_one_space():
    assert one_line("  one\r\n two\u2028three\x1b ") == "one two\ufffdthree␛"
    assert re.search(r"\s\s", one_line("a \n\t b")) is None
