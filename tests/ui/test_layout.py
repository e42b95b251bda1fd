"""Cells side by side or stacked: their lines, their heads, and where the keyboard stops."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from explorer.documents.pages import Cell, Sheet, Span
from explorer.notes import Notes
from explorer.record.model import Ref
from explorer.ui.style import Look
from explorer.ui.widgets import table
from explorer.ui.widgets.layout import Layout, Stop
from explorer.ui.widgets.sheet_text import LINK, STOP, cell_text, is_marked
from explorer.view import View

LOOK = Look.plain()
TOLLS, CRAB, TAM = Ref("issue", "tolls"), Ref("issue", "fishing"), Ref("delegate", "tam")


def cell(head, *spans, link=None):
    parts = (Span(s) if isinstance(s, str) else s for s in spans)
    return Cell(head, tuple(parts), link=link)


def name(text, link):
    return Span(text, "link", link)


def lay_out(made, width, **how):
    laid_out = Layout(made, width, LOOK, titled=True, **how)
    laid_out.finish()
    return laid_out


def plain(laid_out):
    return [line.plain.rstrip() for line in laid_out.lines]


@pytest.fixture
def sheet(view):
    return Sheet(view)


@pytest.fixture
def grid(sheet):
    """Two rows of two cells that lead somewhere."""
    sheet.row_of_cells(
        (
            cell("North", "The toll stays until nets are counted.", link=TOLLS),
            cell(
                "South", "Both go, says ", name("Tam", TAM), *sheet.marks(("toll-act",)), link=TOLLS
            ),
        ),
        label=(name("Tolls", TOLLS), Span("\n"), Span("disputed", "state:disputed")),
    )
    sheet.row_of_cells(
        (cell("North", "not stated"), cell("South", "譚慧蘭" * 7, link=CRAB)),
        label=(name("Crab", CRAB),),
    )
    return sheet


# Side by side, or stacked


def test_cells_stand_side_by_side_under_their_heads_where_there_is_room(grid):
    assert plain(lay_out(grid, 64)) == [
        "           │ North                    │ South",
        "───────────┼──────────────────────────┼─────────────────────────",
        "Tolls      │ The toll stays until     │ Both go, says Tam [1]",
        "✗ disputed │ nets are counted.        │",
        "───────────┼──────────────────────────┼─────────────────────────",
        "Crab       │ not stated               │ 譚慧蘭譚慧蘭譚慧蘭譚慧蘭",
        "           │                          │ 譚慧蘭譚慧蘭譚慧蘭",
    ]


def test_cells_stand_one_below_another_where_there_is_none(grid):
    assert plain(lay_out(grid, 40)) == [
        "Tolls",
        "✗ disputed",
        "  North  The toll stays until nets are",
        "         counted.",
        "  South  Both go, says Tam [1]",
        "Crab",
        "  North  not stated",
        "  South  譚慧蘭譚慧蘭譚慧蘭譚慧蘭譚慧蘭",
        "         譚慧蘭譚慧蘭",
    ]


def test_cells_without_a_label_have_the_whole_width(sheet):
    sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")))

    assert plain(lay_out(sheet, 43)) == [
        "North                │ South",
        "─────────────────────┼─────────────────────"[:43],
        "Yes.                 │ No.",
    ]
    assert plain(lay_out(sheet, 42)) == ["  North  Yes.", "  South  No."]


@pytest.mark.parametrize(
    ("cells", "label", "width", "each"),
    [
        (1, 0, 20, 20),
        (1, 0, 19, 0),
        (2, 0, 43, 20),
        (2, 0, 42, 0),
        (2, 10, 56, 20),
        (2, 10, 55, 0),
        (3, 10, 79, 20),
        (3, 10, 138, 39),
    ],
)
def test_cells_share_what_label_and_lines_leave_and_want_twenty_each(cells, label, width, each):
    assert table.width_of_each(cells, label, width) == each


def test_an_empty_cell_stands_empty_beside_another_and_is_left_out_of_a_stack(sheet):
    sheet.row_of_cells((cell("North"), cell("South", "No.")))

    assert plain(lay_out(sheet, 60))[-1] == f"{'':28} │ No."
    assert plain(lay_out(sheet, 30)) == ["  South  No."]


def test_a_long_head_leaves_room_for_what_is_said_in_a_stack(sheet):
    sheet.row_of_cells((cell("The Harbour Office of Southport", "No nets."), cell("N", "Nets.")))

    assert plain(lay_out(sheet, 20)) == ["  The…  No nets.", "  N  Nets."]


def test_a_cell_keeps_its_own_line_breaks(sheet):
    sheet.row_of_cells((cell("North", "Now.\nbefore: Never."), cell("South", "No.")))

    assert plain(lay_out(sheet, 60))[2:] == [
        f"{'Now.':28} │ No.",
        f"{'before: Never.':28} │",
    ]


def test_labels_of_neighbouring_rows_share_a_column_of_no_more_than_a_quarter(sheet):
    for text in ("Tolls", "Crab and fishing rights in the strait and beyond"):
        sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")), label=(Span(text),))
    lines = plain(lay_out(sheet, 80))

    assert {line.index("│") for line in lines if "│" in line} == {21}
    assert lines[4:] == [
        "Crab and fishing     │ Yes.                        │ No.",
        "rights in the strait │                             │",
        "and beyond           │                             │",
    ]


def test_a_row_without_a_label_keeps_to_the_columns_of_its_neighbours(sheet):
    sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")), label=(Span("Tolls"),))
    sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")))

    assert plain(lay_out(sheet, 60))[2::2] == [
        "Tolls │ Yes.                     │ No.",
        "      │ Yes.                     │ No.",
    ]


def test_a_row_below_cells_has_a_label_column_of_its_own(sheet):
    sheet.row_of_cells((cell("N", "Yes."), cell("S", "No.")), label=(Span("Crab and fish"),))
    sheet.add("Everybody’s.", kind="row", label=(Span("Nets"),))

    assert plain(lay_out(sheet, 80))[-1] == "Nets  Everybody’s."


def test_a_label_without_a_word_takes_no_room(sheet):
    sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")), label=(Span(""),))

    assert plain(lay_out(sheet, 43))[2] == "Yes.                 │ No."


# Other blocks


def test_a_heading_is_wrapped_where_it_is_too_long_and_ruled_to_the_edge(sheet):
    sheet.heading("Crab and fishing rights")

    assert plain(lay_out(sheet, 30))[1:] == ["CRAB AND FISHING RIGHTS ──────"]
    assert plain(lay_out(sheet, 14))[1:] == ["CRAB AND", "FISHING RIGHTS"]
    assert plain(lay_out(sheet, 16))[1:] == ["CRAB AND FISHING", "RIGHTS ─────────"]


# Heads


def test_heads_stand_once_above_rows_of_the_same_heads(grid):
    heads = [line for line in plain(lay_out(grid, 64)) if "North" in line]

    assert len(heads) == 1


def test_heads_stand_again_after_anything_else(sheet):
    for _ in range(2):
        sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")))
        sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")))
        sheet.heading("Waters")

    starts = [line[:5] for line in plain(lay_out(sheet, 60)) if line]
    assert starts == ["North", "─────", "Yes. ", "─────", "Yes. ", "WATER"] * 2


def test_other_heads_stand_above_their_own_rows(sheet):
    for heads in (("North", "South"), ("North", "Isle"), ("North", "Isle")):
        sheet.row_of_cells(cell(head, "Yes.") for head in heads)

    told = [line.split() for line in plain(lay_out(sheet, 60)) if "North" in line]
    assert told == [["North", "│", "South"], ["North", "│", "Isle"]]


def test_a_stack_names_each_cell_itself(grid):
    assert sum("North" in line for line in plain(lay_out(grid, 40))) == 2


def test_the_heads_are_over_every_line_of_their_table_below_them(sheet):
    sheet.add("Above.")
    for _ in range(2):
        sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.")))
    sheet.add("Between.")
    sheet.row_of_cells((cell("Isle", "Yes."), cell("South", "No.")))
    laid_out = lay_out(sheet, 60)

    over = [heads and heads.plain.split()[0] for heads in map(laid_out.heads_over, range(11))]
    assert plain(laid_out)[1].startswith("North")
    assert over == [None, None, *["North"] * 4, None, None, "Isle", "Isle", None]


def test_over_a_stack_are_no_heads(grid):
    laid_out = lay_out(grid, 40)

    assert {laid_out.heads_over(n) for n in range(len(laid_out.lines))} == {None}


def test_what_leads_the_sheet_moves_heads_and_stops_down(grid):
    bare, led = lay_out(grid, 64), lay_out(grid, 64, lead=[Text("a"), Text("b")])

    assert [line.plain for line in led.lines[:2]] == ["a", "b"]
    assert plain(led)[2:] == plain(bare)
    assert [stop.first for stop in led.stops] == [stop.first + 2 for stop in bare.stops]
    assert led.heads_over(2) is None
    assert led.heads_over(3).plain == bare.lines[0].plain


# Stops


def test_a_cell_that_leads_somewhere_is_one_stop_over_its_lines(grid):
    assert lay_out(grid, 64).stops == [
        Stop(TOLLS, first=2, last=2, left=0),
        Stop(TOLLS, first=2, last=3, left=13),
        Stop(TOLLS, first=2, last=2, left=40),
        Stop(TAM, first=2, last=2, left=54),
        Stop(CRAB, first=5, last=5, left=0),
        Stop(CRAB, first=5, last=6, left=40),
    ]


def test_a_cell_in_a_stack_is_one_stop_over_its_lines(grid):
    assert lay_out(grid, 40).stops == [
        Stop(TOLLS, first=0, last=0, left=0),
        Stop(TOLLS, first=2, last=3, left=9),
        Stop(TOLLS, first=4, last=4, left=9),
        Stop(TAM, first=4, last=4, left=23),
        Stop(CRAB, first=5, last=5, left=0),
        Stop(CRAB, first=7, last=8, left=9),
    ]


def test_a_cell_that_leads_nowhere_is_no_stop(sheet):
    sheet.row_of_cells((cell("North", "Yes."), cell("South", "No.", link=TOLLS)))

    assert [stop.left for stop in lay_out(sheet, 60).stops] == [31]


def test_an_empty_cell_that_leads_somewhere_keeps_its_place_among_the_stops(sheet):
    sheet.row_of_cells(
        (cell("North", link=CRAB), cell("South", "No.", link=TOLLS)), label=(name("Tam", TAM),)
    )

    for width in (80, 30):
        assert [stop.link for stop in lay_out(sheet, width).stops] == [TAM, CRAB, TOLLS]


def meta_at(line, column):
    """What the style of a column carries."""
    style = Style.null()
    for span in line.spans:
        if span.start <= column < span.end and isinstance(span.style, Style):
            style += span.style
    return style.meta


def test_every_word_of_a_cell_carries_its_link_and_a_link_within_it_its_own(grid):
    line = lay_out(grid, 64).lines[2]

    assert meta_at(line, line.plain.index("Both")) == {LINK: str(TOLLS), STOP: 2}
    assert meta_at(line, line.plain.index("Tam")) == {LINK: str(TAM), STOP: 3}
    assert meta_at(line, line.plain.index("[1]")) == {LINK: "source:toll-act", STOP: 2}
    assert meta_at(line, line.plain.index("│")) == {}


# Any width and any text


@pytest.fixture(scope="module")
def harbour_view(_harbour_read):
    return View(_harbour_read, Notes())


words = st.text("abcdefgh [b]é—“”’、%譚慧蘭関于海峡тар\n", max_size=60)
links = st.sampled_from([None, None, TOLLS, CRAB, TAM])
spans = st.builds(Span, words, st.sampled_from(["", "muted", "link"]), links)
heads = st.lists(
    st.sampled_from(["N", "South", "關於海峽", "The Harbour Office"]), min_size=1, max_size=4
)


@st.composite
def tables(draw):
    """Rows of cells, a few of the same heads below one another, and other blocks between."""
    rows = []
    for names in draw(st.lists(heads, min_size=1, max_size=3)):
        for _ in range(draw(st.integers(1, 3))):
            cells = [
                Cell(head, tuple(draw(st.lists(spans, max_size=3))), link=draw(links))
                for head in names
            ]
            rows.append((cells, draw(st.lists(spans, max_size=2))))
        if draw(st.booleans()):
            rows.append(draw(st.sampled_from(["heading", "row", "item", "words", "title"])))
    return rows


def written(view, rows):
    made = Sheet(view)
    for row in rows:
        if isinstance(row, str):
            made.add("Crab and fishing rights 於海峽", kind=row, label=(Span("Rights"),))
        else:
            cells, label = row
            made.row_of_cells(cells, label)
    return made


def letters(*texts):
    return Counter("".join("".join(text.split()) for text in texts))


@given(tables(), st.integers(10, 200))
def test_no_line_is_wider_than_asked(harbour_view, rows, width):
    laid_out = lay_out(written(harbour_view, rows), width)

    assert [line.plain for line in laid_out.lines if cell_len(line.plain) > width] == []
    assert not any("\n" in line.plain for line in laid_out.lines)


@given(tables(), st.integers(10, 200))
def test_no_letter_of_a_cell_or_its_label_is_lost(harbour_view, rows, width):
    laid_out = lay_out(written(harbour_view, rows), width)

    told = letters(*(line.plain for line in laid_out.lines))
    for row in rows:
        if not isinstance(row, str):
            cells, label = row
            said = (span.text for part in cells for span in part.spans)
            assert letters(*said, *(span.text for span in label)) <= told


@given(tables(), st.integers(10, 200))
def test_lines_of_one_table_are_as_wide_as_its_heads(harbour_view, rows, width):
    laid_out = lay_out(written(harbour_view, rows), width)

    for number, line in enumerate(laid_out.lines):
        above = laid_out.heads_over(number)
        if above is not None:
            assert cell_len(line.plain) == cell_len(above.plain)
            assert line.plain.count("│") >= above.plain.count("│") or "─┼─" in line.plain


@given(tables(), st.integers(10, 200))
def test_each_stop_spans_just_the_lines_that_carry_it(harbour_view, rows, width):
    laid_out = lay_out(written(harbour_view, rows), width)

    for number, stop in enumerate(laid_out.stops):
        carrying = {
            row: cell_len(line.plain[: span.start])
            for row, line in enumerate(laid_out.lines)
            for span in reversed(line.spans)
            if isinstance(span.style, Style) and span.style.meta.get(STOP) == number
        }
        if carrying:
            assert (stop.first, stop.last) == (min(carrying), max(carrying))
            assert stop.left == min(carrying.values())
        else:
            assert stop.first == stop.last


@given(tables(), st.integers(10, 200))
def test_stops_come_in_the_order_of_their_blocks_and_lead_where_they_say(harbour_view, rows, width):
    made = written(harbour_view, rows)
    laid_out = lay_out(made, width)
    expected = [
        link
        for block in made.blocks
        for link in (
            *(span.link for span in (*block.label, *block.spans)),
            *(
                link
                for part in block.cells
                for link in (part.link, *(span.link for span in part.spans))
            ),
        )
        if link is not None
    ]

    assert [stop.link for stop in laid_out.stops] == expected


@given(tables(), st.integers(10, 200), st.integers(0, 40))
def test_what_is_laid_out_bit_by_bit_is_the_same_in_the_end(harbour_view, rows, width, lines):
    made = written(harbour_view, rows)
    whole = lay_out(made, width)
    bit_by_bit = Layout(made, width, LOOK, titled=True)

    assert [link for link, _ in bit_by_bit.entries()] == [stop.link for stop in whole.stops]
    assert bit_by_bit.lines == [], "to know the entries nothing is laid out"
    bit_by_bit.reach(lines)
    assert len(bit_by_bit.lines) >= min(lines, len(whole.lines))
    bit_by_bit.finish()

    assert plain(bit_by_bit) == plain(whole)
    assert bit_by_bit.stops == whole.stops
    assert bit_by_bit.length == len(bit_by_bit.lines)


@pytest.mark.parametrize("kind", ["cells", "row", "source", "item"])
def test_what_stands_at_the_left_gives_its_look_to_nothing_else(view, kind):
    made = Sheet(view)
    if kind == "cells":
        made.row_of_cells([cell("US", "Words of theirs"), cell("China", "Words of ours")])
    else:
        made.add(Span("Words of theirs"), kind=kind, label=[Span("US", "heading")])
    laid_out = Layout(made, 24, LOOK, titled=True)
    laid_out.finish()

    for line in laid_out.lines:
        styled = [stretch for stretch in line.spans if isinstance(stretch.style, str)]
        assert not str(line.style)
        assert all("Words" not in line.plain[part.start : part.end] for part in styled)
    assert any("Words" in line.plain for line in laid_out.lines)


# Tables in one sheet


def test_the_columns_of_tables_below_one_another_stand_in_the_same_places(sheet):
    for heading, label in (("Quays", "Tolls"), ("Waters", "Crab and fishing rights")):
        sheet.heading(heading)
        sheet.row_of_cells((cell("North", "a"), cell("South", "b")), (Span(label),))

    lines = plain(lay_out(sheet, 100))

    heads = [line for line in lines if "North" in line]
    assert heads[0] == heads[1]


def test_a_column_with_little_leaves_room_to_the_others(sheet):
    for number in range(8):
        last = cell("Isle", "One order") if not number else cell("Isle")
        sheet.row_of_cells((cell("North", "a"), cell("South", "b"), last))

    heads = plain(lay_out(sheet, 120))[0]

    north, south, isle = map(heads.index, ("North", "South", "Isle"))
    assert isle - south == south - north > (120 - isle) * 1.4


def test_columns_with_about_as_much_are_as_wide(sheet):
    sheet.row_of_cells((cell("North", "a"), cell("South", "b"), cell("Isle", "c")))

    heads = plain(lay_out(sheet, 120))[0]

    assert heads.index("Isle") == 2 * heads.index("South")


def test_of_a_cell_that_is_a_link_as_a_whole_the_name_is_marked(sheet):
    text = cell_text(cell("North", "Port fee\nsince March", link=TOLLS), [])
    marked = [
        part.text for part in LOOK.segments(text) if part.style and is_marked(part.style.meta, 0)
    ]

    assert "".join(marked) == "Port fee"
    assert all(part.style.meta[LINK] == str(TOLLS) for part in LOOK.segments(text))
