"""The chart of figures: its geometry, what tells its lines apart, and what is where."""

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from explorer.documents.charts.chart import Chart, Kind, Line, Mark, Step
from explorer.documents.charts.scale import short
from explorer.documents.time_axis import Scale
from explorer.text.plain_signs import plain_signs
from explorer.ui.widgets.step_chart import draw

FIRST, LAST = date(2031, 1, 1), date(2031, 12, 31)
NORTH = Line("North", "side-1", (Step(FIRST, 0, "n0"), Step(date(2031, 4, 1), 100, "n100")), LAST)
SOUTH = Line("South", "side-2", (Step(FIRST, 50, "s50"),), LAST, 1)


def chart(*lines, as_of=LAST, **more):
    """A chart of lines that run on to the day."""
    return Chart(FIRST, LAST, as_of, lines=tuple(until(line, as_of) for line in lines), **more)


def until(line, day):
    return replace(line, ends=min(line.ends, day))


def plain(drawing):
    return [line.plain for line in drawing.lines]


steps = st.lists(
    st.tuples(st.integers(0, 364), st.floats(0, 300)),
    min_size=1,
    max_size=6,
    unique_by=lambda s: s[0],
)
days = st.integers(-30, 400).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def charts(draw_from):
    lines = [
        Line(
            f"L{n}",
            f"side-{n + 1}",
            tuple(
                Step(FIRST + timedelta(days=d), p, f"{n}:{d}") for d, p in sorted(draw_from(steps))
            ),
            draw_from(days),
            n,
            is_dashed=draw_from(st.booleans()),
        )
        for n in range(draw_from(st.integers(0, 4)))
    ]
    marks = [
        Mark(
            day,
            draw_from(st.floats(0, 500)),
            f"m{n}",
            draw_from(st.sampled_from(get_args(Kind))),
            "muted",
            sort=n,
        )
        for n, day in enumerate(draw_from(st.lists(days, max_size=4)))
    ]
    keys = [s.key for line in lines for s in line.steps] + [m.key for m in marks]
    return Chart(
        FIRST,
        draw_from(st.sampled_from([LAST, FIRST])),
        draw_from(days),
        draw_from(st.sampled_from(["%", "tonnes", "millions of something long"])),
        tuple(lines),
        tuple(marks),
        tuple((day, "3") for day in draw_from(st.lists(days, max_size=3))),
        draw_from(st.sampled_from([*keys, ""])),
    )


@given(charts(), st.integers(30, 200), st.integers(6, 40))
def test_every_line_is_exactly_as_wide_as_asked_and_there_are_as_many(drawn, width, height):
    drawing = draw(drawn, width, height)

    assert len(drawing.lines) == height
    assert {cell_len(line.plain) for line in drawing.lines} == {width}


@given(charts(), st.integers(30, 200), st.integers(6, 40))
def test_every_step_and_mark_public_by_then_has_a_spot_on_the_drawing(drawn, width, height):
    drawing = draw(drawn, width, height)

    there = {s.key for line in drawn.lines for s in line.steps if s.on <= line.ends}
    there |= {
        m.key
        for m in drawn.marks
        if drawn.first <= m.on <= drawn.last
        and (m.on <= drawn.as_of or m.kind in ("target", "to come"))
    }
    assert set(drawing.spots) == there
    assert all(0 <= row < height - 2 for row, _, _ in drawing.spots.values())
    assert all(5 <= a <= b < width for _, a, b in drawing.spots.values())


@given(charts(), st.integers(30, 120), st.integers(6, 30))
def test_what_is_at_a_spot_is_found_there(drawn, width, height):
    drawing = draw(drawn, width, height)

    for key, (row, first, last) in drawing.spots.items():
        found = drawing.at((first + last) // 2, row)
        assert found is not None
        there = drawing.spots[found]
        assert there[0] == row
        assert there[1] <= (first + last) // 2 <= there[2], key


def test_far_from_everything_there_is_nothing():
    assert draw(chart(SOUTH), 60, 12).at(20, 6) is None
    assert draw(chart(), 60, 12).at(20, 0) is None


def test_a_small_chart_looks_like_this():
    drawing = draw(chart(NORTH, SOUTH, rounds=((date(2031, 3, 3), "1"),)), 48, 7)

    assert plain(drawing) == [
        "100%┤┈┈┈┈┈┈┈┈┏━━━━━━━━━━━━━━━━━━━━━━━ North 100%",
        "    │        ┃                      ╎           ",
        "  50┤════════════════════════════════ South 50% ",
        "    │        ┃                      ╎           ",
        "   0┤━━━━━━━━┛┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈╎           ",
        "    └─────1─────────────────────────┃           ",
        "     2031 Mar  May  Jul   Sep  Nov              ",
    ]


def test_who_counts_is_written_whole_and_the_name_of_a_figure_is_cut():
    counted = replace(SOUTH, name="Tonnes dredged in the outer basin", by="Lagoon Office")
    row = next(line for line in plain(draw(chart(counted), 60, 12)) if "Lagoon" in line)
    assert "Tonnes… · Lagoon Office 50%" in row

    wide = next(line for line in plain(draw(chart(counted), 160, 12)) if "Lagoon" in line)
    assert "Tonnes dredged in the o" in wide
    assert "Lagoon Office" in wide


@pytest.mark.parametrize("under", [False, True])
def test_letters_of_two_cells_shift_nothing(under):
    line = replace(SOUTH, name="美國對中國商品徵收的關稅以及其後的全部附加稅率")
    claim = Mark(date(2031, 5, 9), 75, "c", "claim", "muted", "何亞東")
    on = Scale(FIRST, LAST, 60) if under else None
    drawing = draw(chart(NORTH, line, marks=(claim,), under=on), 60, 12)

    assert {cell_len(text) for text in plain(drawing)} == {60}
    assert "75 何亞東" in "\n".join(plain(drawing))


def test_under_the_ribbon_a_day_has_the_column_of_the_ribbon_and_names_stand_where_there_is_room():
    on = Scale(FIRST, date(2032, 3, 31), 60)
    day = date(2031, 7, 2)
    drawn = Chart(
        FIRST, on.last, LAST, lines=(NORTH, SOUTH), under=on, signs=((on.cell(day), "2"),)
    )
    lines = plain(draw(drawn, 60, 12))

    assert lines[-1].index("2") == on.cell(day)
    assert lines[-1][on.cell(LAST)] == "┃"
    assert lines[0].startswith("100%┈")
    north = next(line for line in lines if "North 100%" in line)
    assert north.index(" North") == on.cell(LAST) + 1
    full = replace(drawn, last=LAST, under=Scale(FIRST, LAST, 60))
    assert any(line.rstrip().endswith("North 100%") for line in plain(draw(full, 60, 12)))


def test_the_sides_are_told_apart_without_colour():
    north, south = draw(chart(NORTH), 60, 12), draw(chart(SOUTH), 60, 12)
    assert "━" in "".join(plain(north))
    assert "═" in "".join(plain(south))

    both = plain(draw(chart(NORTH, SOUTH), 60, 12))
    row = next(line for line in both if "South" in line)
    assert "═" in row
    assert "━" not in row


def test_where_both_sides_run_on_the_same_cells_they_take_turns():
    same = replace(SOUTH, name="East", sort=0)
    row = next(line for line in plain(draw(chart(same, SOUTH), 60, 12)) if "━═━═━═" in line)

    assert row.count("━") > 10
    assert row.count("═") > 10


def test_lines_end_at_the_day_and_nothing_later_is_drawn():
    early = draw(chart(NORTH, as_of=date(2031, 3, 1)), 60, 12)

    assert set(early.spots) == {"n0"}
    assert "North 0%" in "".join(plain(early))
    assert "150" not in "".join(plain(early))
    _, _, last = early.spots["n0"]
    below = plain(early)[-2]
    assert below[last] == "┃"


def test_the_scale_is_that_of_what_was_public():
    low = replace(NORTH, steps=(replace(NORTH.steps[0], amount=9), NORTH.steps[1]))
    assert plain(draw(chart(low, as_of=date(2031, 3, 1)), 60, 12))[0].startswith(" 10%┤")
    assert plain(draw(chart(low), 60, 12))[0].startswith("100%┤")


def test_a_claim_higher_than_any_rate_stands_at_the_top_with_its_figure():
    claim = Mark(date(2031, 8, 1), 245, "claim", "claim", "muted")
    drawing = draw(chart(NORTH, marks=(claim,)), 60, 12)

    assert "◊" in plain(drawing)[0]
    assert drawing.spots["claim"][0] == 0


def test_claims_and_threats_have_signs_of_their_own():
    marks = [
        Mark(date(2031, 6, 1), 25, "c", "claim", "muted"),
        Mark(date(2031, 9, 1), 25, "t", "threat", "muted"),
    ]
    whole = "\n".join(plain(draw(chart(NORTH, marks=tuple(marks)), 90, 20)))

    assert "◊25" in whole
    assert "▵25" in whole


def test_what_is_pointed_at_is_plain_to_see_without_colour():
    marks = [Mark(date(2031, 6, 1), 25, "c", "claim", "muted")]

    assert "▾" in "\n".join(plain(draw(chart(NORTH, cursor="n0"), 60, 12)))
    assert "▴" in "\n".join(plain(draw(chart(NORTH, cursor="n100"), 60, 12)))
    assert "⧫" in "\n".join(plain(draw(chart(NORTH, marks=tuple(marks), cursor="c"), 60, 12)))
    assert "▾" not in "\n".join(plain(draw(chart(NORTH), 60, 12)))


def test_two_names_never_share_a_row():
    same = replace(SOUTH, name="East", sort=0)
    rows = [line for line in plain(draw(chart(SOUTH, same), 60, 12)) if "50%" in line.strip()[5:]]

    assert any("South 50%" in row for row in rows)
    assert any("East 50%" in row for row in rows)
    assert not any("South 50%" in row and "East 50%" in row for row in rows)


def test_rounds_stand_on_the_axis():
    below = plain(draw(chart(NORTH, rounds=((date(2031, 7, 2), "2"),)), 60, 12))[-2]

    assert "2" in below
    assert below.index("2") == 5 + round((date(2031, 7, 2) - FIRST).days / 364 * (60 - 5 - 11 - 1))


def test_rounds_whose_numbers_have_no_room_are_dots():
    near = ((date(2031, 7, 2), "5.1"), (date(2031, 7, 30), "5.2"))

    narrow = plain(draw(chart(NORTH, rounds=near), 60, 12))[-2]
    wide = plain(draw(chart(NORTH, rounds=near), 160, 12))[-2]

    assert "5.1∙" in narrow
    assert wide.index("5.1") < wide.index("5.2")


# Amounts of every unit


TARGET = Mark(date(2031, 10, 1), 12_000_000, "t", "target", "side-1", "East")


def counts(sort, *found):
    """The counts of one who counts, as a line and as marks."""
    steps = tuple(Step(day, amount) for day, amount in found)
    line = Line(f"Counter {sort}", "side-1", steps, found[-1][0], sort)
    marks = [
        Mark(day, amount, f"{sort}:{nth}", "counted", "side-1", sort=sort)
        for nth, (day, amount) in enumerate(found)
    ]
    return line, marks


def test_the_unit_stands_on_the_axis_and_the_scale_reaches_the_target():
    drawing = draw(chart(unit="tonnes", marks=(TARGET,)), 60, 12)

    assert plain(drawing)[0].startswith(" 15M┤ tonnes ")
    assert "⊚12M East" in "\n".join(plain(drawing))


def test_rival_counters_have_signs_and_lines_of_their_own():
    first, ours = counts(0, (date(2031, 2, 1), 4e6), (date(2031, 5, 1), 9e6))
    second, theirs = counts(1, (date(2031, 3, 1), 2e6), (date(2031, 6, 1), 5e6))
    drawn = "\n".join(plain(draw(chart(first, second, marks=(*ours, *theirs)), 80, 16)))

    assert drawn.count("◉") == drawn.count("◦") == 2
    assert "━" in drawn
    assert "═" in drawn
    assert "Counter 0 9M" in drawn
    assert "Counter 1 5M" in drawn


def test_a_count_says_nothing_of_the_time_after_it():
    line, marks = counts(0, (date(2031, 2, 1), 4), (date(2031, 3, 1), 9))
    row = next(text for text in plain(draw(chart(line, marks=tuple(marks)), 80, 16)) if "9" in text)

    assert "━" not in row[row.index("◉") + 1 :]


def test_a_target_and_what_is_to_come_are_dashed_beyond_the_day():
    as_of = date(2031, 6, 1)
    ahead = Line("", "side-1", (Step(date(2031, 3, 1), 12),), date(2031, 10, 1), is_dashed=True)
    target = replace(TARGET, amount=12)
    drawing = draw(Chart(FIRST, LAST, as_of, lines=(ahead,), marks=(target,)), 80, 16)
    row = next(text for text in plain(drawing) if "⊚" in text)

    assert "╌╌╌╌⊚" in row
    assert drawing.spots["t"][1] > row.index("╌")


def test_a_claim_of_a_later_day_is_not_drawn_and_a_target_is():
    as_of = date(2031, 6, 1)
    claim = Mark(date(2031, 8, 1), 12, "c", "claim", "muted")
    drawing = draw(Chart(FIRST, LAST, as_of, marks=(claim, replace(TARGET, amount=12))), 80, 16)

    assert set(drawing.spots) == {"t"}


def test_without_anything_else_the_scale_is_that_of_what_is_said():
    announced = Mark(date(2031, 2, 1), 200, "a", "announced", "muted")

    assert plain(draw(chart(unit="aircraft", marks=(announced,)), 60, 12))[0].startswith(" 200┤")


def test_a_terminal_that_has_only_ascii_gets_nothing_else():
    kinds = [kind for kind in get_args(Kind) if kind != "counted"]
    marks = [
        Mark(date(2031, 1 + nth, 9), 10 * nth, kind, kind, "muted")
        for nth, kind in enumerate(kinds)
    ]
    line, counted = counts(0, (date(2031, 2, 1), 40), (date(2031, 5, 1), 90))
    drawn = chart(NORTH, SOUTH, line, marks=(*marks, *counted), cursor="n0")

    assert plain_signs("\n".join(plain(draw(drawn, 100, 20)))).isascii()


@pytest.mark.parametrize("amount", [5e-324, 1e-12, 0.0, -3.0, 1.7e308])
def test_an_amount_of_whatever_size_is_drawn(amount):
    line = Line("Odd", "side-1", (Step(FIRST, amount, "odd"),), LAST)
    drawing = draw(chart(line, unit="kg"), 60, 12)

    assert {cell_len(text) for text in plain(drawing)} == {60}
    assert "odd" in drawing.spots


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (53.6, "53.6"),
        (5060, "5060"),
        (7952.9, "7952.9"),
        (19_000, "19k"),
        (180_000, "180k"),
        (12_000_000, "12M"),
        (295_400_000_000, "295.4bn"),
        (0, "0"),
    ],
)
def test_an_amount_is_short_where_there_is_little_room(amount, said):
    assert short(amount) == said
