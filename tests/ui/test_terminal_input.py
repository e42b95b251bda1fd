"""Whatever bytes a terminal sends, keys are understood and nothing is raised."""

from __future__ import annotations

import os
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, MouseDown, Paste

pytestmark = pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")

KNOWS_ONE_WAY = tuple(map(int, version("textual").split(".")[:3])) < (8, 2, 8)

if os.name != "nt":
    from explorer.ui.system.terminal_input import Understanding


def understood(*sent: bytes) -> list[str]:
    """The keys that are understood, one text each, and pastes as they are."""
    understanding = Understanding()
    said = [message for data in sent for message in understanding.of(data)]
    said += understanding.of_silence(is_long=False)
    return [m.text if isinstance(m, Paste) else m.key for m in said if isinstance(m, (Key, Paste))]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x1b[M \x8e%", id="a mouse report of the oldest kind"),
        pytest.param(b"\x1b[M \xc3\xa9", id="one whose bytes make a letter"),
        pytest.param(b"\x80", id="half a letter"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"\xe2\x82", id="a letter without its end"),
        pytest.param(b"\xed\xa0\x80", id="a surrogate"),
        pytest.param(
            b"\x1b[97:65;2u",
            id="a key told in two ways",
            marks=pytest.mark.skipif(KNOWS_ONE_WAY, reason="this Textual asks for no such keys"),
        ),
        pytest.param(b"\x1b[99999999;1u", id="a key beyond all characters"),
        pytest.param(b"\x1b[" + b"1;" * 5000 + b"D", id="a sequence that is too long"),
        pytest.param(b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", id="a colour that was asked for"),
        pytest.param(b"\x1b]52;c;RA==\x07", id="a clipboard that was asked for"),
        pytest.param(b"\x1bP>|xterm(388)\x1b\\", id="a name that was asked for"),
        pytest.param(b"\x1b[>41;388;0c", id="a version that was asked for"),
    ],
)
def test_what_is_no_key_is_passed_over_and_the_next_key_counts(data):
    assert understood(data, b"q") == ["q"]
    assert understood(b"a" + data + b"\x1b[Aq") == ["a", "up", "q"]


def test_a_sequence_without_an_end_ends_when_nothing_comes():
    understanding = Understanding()
    for data in (b"\x1b[" + b"1;" * 2000, b"1;" * 2000):
        assert list(understanding.of(data)) == []
    assert list(understanding.of_silence(is_long=False)) == []
    assert [event.key for event in understanding.of(b"q")] == ["q"]


def test_a_letter_that_comes_in_two_parts_is_one_letter():
    assert understood(b"\xc3", b"\x9c") == ["Ü"]


def test_a_report_of_the_mouse_that_comes_in_two_parts_is_passed_over():
    assert understood(b"\x1b[M ", b"\x8e%q") == ["q"]


def test_what_cannot_be_read_in_a_paste_is_seen_in_it():
    assert understood(b"\x1b[200~caf\xe9 \x1b]0;x\x07\x1b[201~q") == ["caf\ufffd \x1b]0;x\x07", "q"]


def test_a_paste_that_comes_in_parts_is_one():
    assert understood(b"\x1b[200~on", b"e\x1b[20", b"1~q") == ["one", "q"]
    assert understood(b"\x1b[20", b"0~one\x1b[201~", b"q") == ["one", "q"]


def test_a_paste_that_does_not_end_ends_when_nothing_comes_for_long():
    understanding = Understanding()
    assert list(understanding.of(b"\x1b[200~words")) == []
    (paste,) = understanding.of_silence(is_long=True)
    assert paste.text == "words"
    assert [event.key for event in understanding.of(b"q")] == ["q"]


def test_a_click_after_a_window_without_size_is_still_a_click():
    understanding = Understanding()
    list(understanding.of(b"\x1b[48;0;0;0;0t\x1b[<0;5;5M"))
    (click,) = understanding.of(b"\x1b[<0;5;6M")
    assert isinstance(click, MouseDown)


@given(st.lists(st.binary(max_size=40) | st.sampled_from([b"\x1b[", b"\x1b[M", b"\x1b[200~"])))
def test_after_any_bytes_and_a_silence_a_key_is_understood(sent):
    understanding = Understanding()
    for data in sent:
        list(understanding.of(data))
    list(understanding.of_silence(is_long=True))
    list(understanding.of(b"zzz"))  # what an unfinished sequence may still take in
    list(understanding.of_silence(is_long=True))
    assert [event.key for event in understanding.of(b"q")] == ["q"]
