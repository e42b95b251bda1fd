"""What was on the table in which round, and where it stood when the round was over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CITED, ferry_talks

from explorer.documents import time_axis
from explorer.documents.comparisons import on_the_table
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record.days import last_day
from explorer.record.model import Issue, Point, Ref, Round, Status
from explorer.ui.style import STATE_GLYPHS, Look
from explorer.ui.widgets.layout import Layout
from explorer.view import View


def on(month, day, year=2031):
    return date(year, month, day)


BEGINS, ENDS = on(1, 1), on(12, 31, 2032)
LOOK = Look.plain()


def a_round(slug, starts, *issues, ends=None, **more):
    return Round(
        id=slug,
        name=slug.title(),
        meeting="talks",
        starts=starts,
        ends=ends or starts,
        issue_ids=issues,
        summary=f"They meet at the {slug}.",
        **{**CITED, **more},
    )


def issue(slug, *stood, **more):
    told = {"name": slug.title(), "summary": "Disputed.", "known": BEGINS, **CITED, **more}
    statuses = tuple(
        Status(on=day, state=state, text="So it stands.", **CITED) for day, state in stood
    )
    return Issue(id=slug, statuses=statuses, **told)


JETTY = a_round("jetty", on(3, 1), "fares", ends=on(3, 3), number="1")
CALL = a_round("call", on(3, 20), "fares", "bells")
BRIDGE = a_round("bridge", on(5, 1), "bells", ends=on(5, 2), number="2", announced=on(4, 1))
WHARF = a_round("wharf", on(1, 10, 2033), "fares", announced=on(6, 1, 2032))

FARES = issue("fares", (on(2, 1), "disputed"), (on(3, 3), "agreed"), (on(4, 1), "settled"))
BELLS = issue("bells", ("2031-05", "paused"))
NIGHTS = issue("nights", (on(1, 5), "disputed"))


def talks(rounds=(BRIDGE, JETTY, CALL, WHARF), issues=(FARES, BELLS, NIGHTS), **more):
    """The view of a small negotiation at its end."""
    return ferry_talks(BEGINS, ENDS, rounds=tuple(rounds), issues=tuple(issues), **more)


@pytest.fixture
def ferry():
    return talks()


def ids(refs):
    return [ref.id for ref in refs]


def states(view):
    """What each row says, round by round."""
    return {
        row.issue.id: {this_round.id: state for this_round, state in row.states.items()}
        for row in on_the_table.rows(view)
    }


def chosen(view, *texts):
    return replace(view, scope=replace(view.scope, chosen=tuple(map(Ref.parse, texts))))


def drawn(view, width=200):
    """The lines of the sheet as they are painted."""
    laid_out = Layout(on_the_table.sheet(view), width, LOOK, titled=True)
    laid_out.finish()
    return [line.plain.rstrip() for line in laid_out.lines]


# Under the ribbon


def crowded(gap):
    """Rounds so many days after one another, a year before the last."""
    dates = [date(2031, 2, 1) + timedelta(days=gap * n) for n in range(5)] + [date(2032, 6, 1)]
    held = replace(JETTY, number="")
    return [replace(held, id=f"r{n}", starts=day, ends=day) for n, day in enumerate(dates)]


def on_axis(view, room):
    laid_out = Layout(on_the_table.on_axis(view, room), room, LOOK, titled=True)
    laid_out.finish()
    return [line.plain for line in laid_out.lines]


@pytest.mark.parametrize("room", [75, 135, 195])
def test_on_the_time_axis_a_round_stands_where_the_scale_of_the_ribbon_has_its_last_day(room):
    view = talks(crowded(40))
    before = on_the_table.inset(view, room)
    on = time_axis.scale(view, room - before)
    head = next(line for line in on_axis(view, room) if line.startswith("Round"))

    cells = {before + on.cell(held.closes) for held in view.index.dataset.rounds}
    assert {n for n, sign in enumerate(head) if n >= before and sign != " "} == cells


def test_without_room_for_the_rounds_beside_one_another_there_is_no_time_axis():
    assert on_the_table.inset(talks(crowded(40)), 75) > 0
    assert on_the_table.inset(talks(crowded(1)), 75) == 0
    assert on_the_table.inset(talks(()), 75) == 0


def test_rounds_that_share_a_cell_have_the_sign_of_the_last_and_are_named_together():
    view = talks([*crowded(40)[:4], replace(crowded(40)[0], id="next")])

    assert on_the_table.inset(view, 75) > 0
    head = next(line for line in on_axis(view, 75) if line.startswith("Round"))
    assert head.split()[1] == ":"
    width = 75 - on_the_table.inset(view, 75)
    assert ids(on_the_table.sharing(view, width, Ref.parse("round:r0"))) == ["r0", "next"]
    assert ids(on_the_table.sharing(view, width, Ref.parse("round:r3"))) == ["r3"]


# Columns


def test_the_rounds_held_are_columns_oldest_first_wherever_they_stand_in_the_file(ferry):
    assert ids(on_the_table.rounds(ferry)) == ["jetty", "call", "bridge"]


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (on(2, 28), []),
        (on(3, 1), ["jetty"]),
        (on(3, 31), ["jetty", "call"]),
        (on(4, 30), ["jetty", "call"]),
        (on(5, 1), ["jetty", "call", "bridge"]),
    ],
)
def test_a_round_is_a_column_from_its_first_day_and_not_while_it_is_to_come(ferry, day, held):
    assert ids(on_the_table.rounds(ferry.at(day))) == held


# Rows


def test_each_issue_bears_the_state_it_was_in_when_the_round_was_over(ferry):
    assert states(ferry) == {
        "fares": {"jetty": "agreed", "call": "agreed"},
        "bells": {"call": "raised", "bridge": "raised"},
    }


def test_what_is_dated_by_month_does_not_count_before_the_month_is_over():
    view = talks(rounds=(replace(BRIDGE, starts=on(5, 30), ends=on(5, 31)),))
    assert states(view)["bells"] == {"bridge": "paused"}

    view = talks(rounds=(replace(BRIDGE, starts=on(5, 29), ends=on(5, 30)),))
    assert states(view)["bells"] == {"bridge": "raised"}


def test_an_issue_that_was_never_on_the_table_has_no_row(ferry):
    assert "nights" not in states(ferry)


def test_a_point_said_to_be_agreed_puts_its_issue_on_the_table():
    point = Point(
        id="lamps",
        name="Lamps",
        text="Lamps are lit.",
        on=on(3, 4),
        round_id="jetty",
        issue_ids=("nights",),
        **CITED,
    )
    view = talks(points=(point,))

    assert states(view)["nights"] == {"jetty": "disputed"}
    assert "nights" not in states(view.at(on(3, 3)))


def test_a_round_under_way_does_not_tell_yet_what_is_on_its_table(ferry):
    assert states(ferry.at(on(3, 2))) == {}
    assert states(ferry.at(on(3, 3))) == {"fares": {"jetty": "agreed"}}


def test_what_an_issue_came_to_later_does_not_change_an_earlier_column(ferry):
    assert states(ferry.at(on(4, 2)))["fares"] == states(ferry.at(on(3, 20)))["fares"]


def test_a_status_that_became_known_late_is_told_once_it_is_public():
    late = replace(FARES.statuses[1], known=on(6, 1))
    view = talks(issues=(replace(FARES, statuses=(FARES.statuses[0], late)), BELLS))

    assert states(view.at(on(5, 31)))["fares"]["jetty"] == "disputed"
    assert states(view.at(on(6, 1)))["fares"]["jetty"] == "agreed"


def test_the_scope_narrows_the_issues_and_keeps_the_rounds(ferry):
    view = chosen(ferry, "issue:bells")

    assert list(states(view)) == ["bells"]
    assert ids(on_the_table.rounds(view)) == ["jetty", "call", "bridge"]


def test_rows_stand_in_the_order_of_the_dataset():
    assert list(states(talks(issues=(BELLS, FARES)))) == ["bells", "fares"]


# As plain values and plain text


def test_the_rows_are_plain_values_with_the_rounds_each_was_on_the_table_in(ferry):
    assert on_the_table.as_data(ferry) == [
        {"issue": "issue:fares", "rounds": {"round:jetty": "agreed", "round:call": "agreed"}},
        {"issue": "issue:bells", "rounds": {"round:call": "raised", "round:bridge": "raised"}},
    ]


def test_a_line_for_each_issue_names_its_rounds_in_words(ferry):
    assert as_text(on_the_table.document(ferry)) == (
        "Fares: Round 1: Jetty (agreed); Call (agreed)\n"
        "Bells: Call (raised); Round 2: Bridge (raised)"
    )


def test_where_nothing_was_on_a_table_sheet_and_text_say_so(ferry):
    early = ferry.at(on(2, 1))
    told = "No round had been held by then, or none of what is in the scope was on its table."

    assert as_text(on_the_table.sheet(early)) == told
    assert as_text(on_the_table.document(early)) == told
    assert as_text(on_the_table.sheet(chosen(ferry, "issue:nights"))) == told


# The grid


def test_the_grid_is_drawn_with_a_sign_for_each_state_and_a_dot_for_none(ferry):
    assert on_the_table.sheet(ferry).title == "On the table, round by round, to 31 Dec 2032"
    assert drawn(ferry) == [
        "Year   31",
        "Month  M     M",
        "Round  1  ∙  2",
        "Fares  ◉  ◉  ⋅",
        "Bells  ⋅  ◌  ◌",
        "",
        "A sign: where the issue stood after the round; a dot: not on the table.",
        "◌ raised   ◉ agreed",
    ]


def test_a_year_and_a_month_are_told_where_they_begin():
    held = [
        a_round("first", on(11, 3), "fares"),
        a_round("second", on(11, 20), "fares"),
        a_round("third", on(1, 5, 2032), "fares"),
        a_round("fourth", on(10, 5, 2032), "fares"),
    ]

    assert drawn(talks(rounds=held))[:2] == ["Year   31    32", "Month  N     J  O"]


def test_the_same_month_of_another_year_is_told_again():
    held = [a_round("first", on(5, 3), "fares"), a_round("second", on(5, 3, 2032), "fares")]

    assert drawn(talks(rounds=held))[:2] == ["Year   31 32", "Month  M  M"]


def test_rounds_of_two_digits_keep_the_columns_in_line():
    held = [a_round(f"r{n}", on(3, n), "fares", number=str(n)) for n in (9, 10, 11)]
    held.append(a_round("after", on(3, 20), "fares"))
    lines = drawn(talks(rounds=held))

    assert lines[2:4] == ["Round  9  10 11 ∙", "Fares  ◉  ◉  ◉  ◉"]


def test_each_number_and_each_sign_leads_to_its_round(ferry):
    rows = [block for block in on_the_table.sheet(ferry).blocks if block.kind == "row"]
    links = {block.label[0].text: [s.link.id for s in block.spans if s.link] for block in rows}

    assert links == {
        "Year": [],
        "Month": [],
        "Round": ["jetty", "call", "bridge"],
        "Fares": ["jetty", "call"],
        "Bells": ["call", "bridge"],
    }
    assert rows[3].label[0].link == Ref("issue", "fares")


def test_the_signs_met_are_explained_once_each_in_words(ferry):
    told = [span.role for span in on_the_table.sheet(ferry).blocks[-1].spans if span.role]

    assert told == ["state:raised", "state:agreed"]


# Through time


@pytest.fixture(scope="module")
def through_time(_harbour_read, _shipped_read):
    return {
        "ferry": talks(),
        "harbour": View(_harbour_read, Notes()),
        "shipped": View(_shipped_read, Notes()),
    }


@given(st.sampled_from(["ferry", "harbour", "shipped"]), st.floats(0, 1))
def test_no_round_and_no_state_is_told_before_it_was_public(through_time, name, share):
    whole = through_time[name]
    began = whole.index.dataset.negotiation.began
    day = began + timedelta(days=round((whole.covers_until - began).days * share))
    view = whole.at(day)

    columns = [whole.index[ref] for ref in on_the_table.rounds(view)]
    assert all(this_round.starts <= day for this_round in columns)
    for row in on_the_table.rows(view):
        statuses = whole.index[row.issue].statuses
        for this_round in columns:
            state = row.states.get(this_round.ref, "")
            public = {
                s.state
                for s in statuses
                if last_day(s.known or s.on) <= day and last_day(s.on) <= this_round.ends
            }
            assert state in public | {"", on_the_table.UNTOLD}
            assert not state or this_round.ends <= day or view.index.naming(this_round.ref, "point")


@given(st.sampled_from(["harbour", "shipped"]), st.floats(0, 1))
def test_a_row_drawn_says_what_the_row_holds(through_time, name, share):
    whole = through_time[name]
    began = whole.index.dataset.negotiation.began
    view = whole.at(began + timedelta(days=round((whole.covers_until - began).days * share)))
    rows, columns = on_the_table.rows(view), on_the_table.rounds(view)
    lines = drawn(view, width=400)[3 : 3 + len(rows)]

    for row, line in zip(rows, lines, strict=True):
        between = "  " if len(columns) <= 15 else " "
        stood = (row.states.get(this_round) for this_round in columns)
        signs = between.join(STATE_GLYPHS[s] if s else "⋅" for s in stood)
        assert line.endswith(signs)


def test_so_many_rounds_as_were_held_fit_on_eighty_columns(shipped_view):
    held = on_the_table.rounds(shipped_view)
    lines = drawn(shipped_view, width=76)

    assert len(held) > 20
    assert len(lines[2].split()) == 1 + len(held)


def test_rounds_spread_over_the_room_there_is(ferry):
    laid_out = Layout(on_the_table.sheet(ferry, 60), 60, LOOK, titled=True)
    laid_out.finish()
    lines = [line.plain for line in laid_out.lines]

    assert lines[0].split() == ["Year", "2031"]
    assert lines[1].split() == ["Month", "Mar", "May"]


def test_no_meaning_of_a_sign_is_broken_over_two_lines():
    states = ["raised", "agreed in principle", "being carried out"]

    assert list(on_the_table._in_lines(states, 34)) == [states[:2], states[2:]]
