"""Rows of panes, and lines that are broken where one would by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from explorer.ui.style import Look, Row, record_row

LOOK = Look.plain()
BUSAN = Row(Text("Busan"), Text(" leaders’ meeting"), Text("30 Oct 2025"))
SIGNS = (("≢", "warning"), ("✎", "mark"))


def test_signs_stand_beside_the_name_each_after_a_blank():
    assert record_row(30, BUSAN, SIGNS).plain == "Busan ≢ ✎          30 Oct 2025"


def test_an_aside_stands_there_whole_or_not_at_all():
    assert record_row(40, BUSAN).plain == "Busan leaders’ meeting       30 Oct 2025"
    assert record_row(33, BUSAN).plain == "Busan                 30 Oct 2025"


def test_a_name_gives_way_to_its_signs_and_to_its_date():
    row = Row(Text("October video call"), right=Text("17 Oct 25"))

    assert record_row(22, row, SIGNS).plain == "October… ≢ ✎ 17 Oct 25"
    assert record_row(28, row).plain == "October video call 17 Oct 25"


def test_what_stands_at_the_right_stays_within_sight_of_the_name_however_wide_a_list_is():
    assert record_row(200, BUSAN).plain.index("30 Oct") < 84
    assert cell_len(record_row(200, BUSAN).plain) == 200


def wrapped(text, width):
    return [line.plain for line in LOOK.wrap(Text(text), width)]


def test_an_address_is_broken_after_a_sign():
    address = "https://tide.example/2031/05/the-ferry-talks-go-on-at-lantern-isle"

    assert wrapped(f"See {address}", 30) == [
        "See",
        "https://tide.example/2031/05/",
        "the-ferry-talks-go-on-at-",
        "lantern-isle",
    ]


def test_a_row_of_marks_is_broken_between_two():
    assert wrapped("[12][13][14][15]", 10) == ["[12][13]", "[14][15]"]


def test_a_word_without_signs_is_broken_where_the_line_ends():
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_no_look_goes_on_behind_the_last_word_of_a_line():
    lines = LOOK.wrap(Text("Strait Toll Act of 2031", Style(underline=True)), 12)

    assert [line.plain for line in lines] == ["Strait Toll", "Act of 2031"]


@given(st.text("ab中/-[] \n", max_size=80), st.integers(1, 12))
def test_lines_fit_and_hold_every_letter(text, width):
    lines = wrapped(text, max(width, 2))

    assert all(cell_len(line) <= max(width, 2) for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("width", [1, 2])
def test_a_letter_wider_than_the_line_ends_in_no_endless_loop(width):
    assert wrapped("中中", width)
