"""The chart of rates: its geometry, what tells its lines apart, and what is where."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from explorer.ui.widgets.step_chart import Chart, Line, Mark, Step, draw

FIRST, LAST = date(2031, 1, 1), date(2031, 12, 31)
NORTH = Line("North", "side-1", (Step(FIRST, 0, "n0"), Step(date(2031, 4, 1), 100, "n100")))
SOUTH = Line("South", "side-2", (Step(FIRST, 50, "s50"),))


def chart(*lines, as_of=LAST, marks=(), rounds=(), cursor=""):
    return Chart(FIRST, LAST, as_of, lines, marks, rounds, cursor)


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
        )
        for n in range(draw_from(st.integers(0, 4)))
    ]
    marks = [
        Mark(
            day,
            draw_from(st.floats(0, 500)),
            f"m{n}",
            draw_from(st.sampled_from(["claim", "threat"])),
            "muted",
        )
        for n, day in enumerate(draw_from(st.lists(days, max_size=4)))
    ]
    keys = [s.key for line in lines for s in line.steps] + [m.key for m in marks]
    return Chart(
        FIRST,
        draw_from(st.sampled_from([LAST, FIRST])),
        draw_from(days),
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

    there = {s.key for line in drawn.lines for s in line.steps if s.on <= drawn.as_of}
    there |= {m.key for m in drawn.marks if drawn.first <= m.on <= min(drawn.last, drawn.as_of)}
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
    drawing = draw(chart(NORTH, SOUTH, rounds=[(date(2031, 3, 3), "1")]), 48, 7)

    assert plain(drawing) == [
        "100%┤┈┈┈┈┈┈┈┈┏━━━━━━━━━━━━━━━━━━━━━━━ North 100%",
        "    │        ┃                      ╎           ",
        "  50┤════════════════════════════════ South 50% ",
        "    │        ┃                      ╎           ",
        "   0┤━━━━━━━━┛┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈╎           ",
        "    └─────1─────────────────────────┃           ",
        "     2031 Mar  May  Jul   Sep  Nov              ",
    ]


def test_the_sides_are_told_apart_without_colour():
    north, south = draw(chart(NORTH), 60, 12), draw(chart(SOUTH), 60, 12)
    assert "━" in "".join(plain(north))
    assert "━" in "".join(plain(south))

    both = plain(draw(chart(NORTH, SOUTH), 60, 12))
    row = next(line for line in both if "South" in line)
    assert "═" in row
    assert "━" not in row


def test_where_both_sides_run_on_the_same_cells_they_take_turns():
    same = Line("East", "side-2", (Step(FIRST, 50, "e50"),))
    row = next(line for line in plain(draw(chart(SOUTH, same), 60, 12)) if "━═━═━═" in line)

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
    assert plain(draw(chart(NORTH, as_of=date(2031, 3, 1)), 60, 12))[0].startswith(" 50%┤")
    assert plain(draw(chart(NORTH), 60, 12))[0].startswith("100%┤")


def test_a_claim_higher_than_any_rate_stands_at_the_top_with_its_figure():
    claim = Mark(date(2031, 8, 1), 245, "claim", "claim", "muted")
    drawing = draw(chart(NORTH, marks=[claim]), 60, 12)

    assert "◇" in plain(drawing)[0]
    assert drawing.spots["claim"][0] == 0


def test_claims_and_threats_have_signs_of_their_own():
    marks = [
        Mark(date(2031, 6, 1), 25, "c", "claim", "muted"),
        Mark(date(2031, 9, 1), 25, "t", "threat", "muted"),
    ]
    whole = "\n".join(plain(draw(chart(NORTH, marks=marks), 90, 20)))

    assert "◇25" in whole
    assert "△25" in whole


def test_what_is_pointed_at_is_plain_to_see_without_colour():
    marks = [Mark(date(2031, 6, 1), 25, "c", "claim", "muted")]

    assert "▼" in "\n".join(plain(draw(chart(NORTH, cursor="n0"), 60, 12)))
    assert "▲" in "\n".join(plain(draw(chart(NORTH, cursor="n100"), 60, 12)))
    assert "◆" in "\n".join(plain(draw(chart(NORTH, marks=marks, cursor="c"), 60, 12)))
    assert "▼" not in "\n".join(plain(draw(chart(NORTH), 60, 12)))


def test_two_names_never_share_a_row():
    same = Line("East", "side-2", (Step(FIRST, 50, "e50"),))
    rows = [line for line in plain(draw(chart(SOUTH, same), 60, 12)) if "50%" in line.strip()[5:]]

    assert any("South 50%" in row for row in rows)
    assert any("East 50%" in row for row in rows)
    assert not any("South 50%" in row and "East 50%" in row for row in rows)


def test_rounds_stand_on_the_axis():
    below = plain(draw(chart(NORTH, rounds=[(date(2031, 7, 2), "2")]), 60, 12))[-2]

    assert "2" in below
    assert below.index("2") == 5 + round((date(2031, 7, 2) - FIRST).days / 364 * (60 - 5 - 11 - 1))
