"""The time ribbon: what stands where on its two lines, and which day a click means."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.builders import CITED, ferry_talks

from explorer.dataset import shipped
from explorer.notes import Notes
from explorer.record.days import first_day, last_day
from explorer.record.model import Milestone, Move, Round
from explorer.ui.widgets import ribbon
from explorer.ui.widgets.ribbon import Ribbon, Scale
from explorer.view import View

BEGINS, ENDS = date(2031, 1, 10), date(2031, 12, 31)
WIDTH = 365
"""A cell for each day of 2031."""


def on(month, day):
    return date(2031, month, day)


def cell(day):
    """The cell of a day when each has one of its own; a day of doubt is told by the scale."""
    return Scale(on(1, 1), ENDS, WIDTH).cell(day)


def a_round(slug, starts, ends=None, **more):
    told = {"name": slug.title(), "meeting": "talks", "summary": "They meet.", **CITED, **more}
    return Round(id=slug, starts=starts, ends=ends or starts, **told)


def milestone(slug, day, **more):
    told = {"name": slug.title(), "text": "A date.", **CITED, **more}
    return Milestone(id=slug, on=day, **told)


def move(day, to):
    return Move(on=day, to=to, text="Fog.", **CITED)


def talks(*records, record_ends=ENDS):
    """The view of a small negotiation at its end."""
    return ferry_talks(
        BEGINS,
        record_ends,
        rounds=tuple(r for r in records if r.kind == "round"),
        milestones=tuple(r for r in records if r.kind == "milestone"),
    )


def line(view, width=WIDTH):
    return ribbon.drawn(view, width)[1]


def signs(view, width=WIDTH):
    """What stands on the line beside the line itself, by its cell."""
    return {n: glyph for n, glyph in enumerate(line(view, width).plain) if glyph not in "─┄"}


def role(view, place, width=WIDTH):
    """The role of the sign in a cell."""
    return next(s.style for s in line(view, width).spans if s.start <= place < s.end)


# Years


@pytest.mark.parametrize("width", [78, 58, 40])
@pytest.mark.parametrize("month", range(1, 13))
def test_each_year_that_begins_within_four_is_always_there(width, month):
    view = ferry_talks(date(2031, month, 9), date(2034, 12, 20))
    months = ribbon.drawn(view, width)[0].plain

    named = [name.replace("’", "20") for name in months.split() if name[-1].isdigit()]
    assert [name for name in named if name != "2031"] == ["2032", "2033", "2034"]
    assert cell_len(months) == width


# Days and cells


def test_the_scale_runs_from_the_month_the_record_begins_in_to_what_comes_after_its_end(view):
    truce_ends = date(2032, 9, 1)
    assert view.covers_until < truce_ends
    assert ribbon.scale(view, 78) == Scale(date(2031, 1, 1), truce_ends, 78)
    assert ribbon.scale(view.at(date(2031, 3, 5)), 78) == ribbon.scale(view, 78)


def test_the_first_day_has_the_first_cell_and_the_last_the_last():
    scale = Scale(on(1, 1), ENDS, 40)

    assert (scale.cell(on(1, 1)), scale.cell(ENDS)) == (0, 39)
    assert scale.cell(on(7, 2)) == 20


def test_days_outside_the_scale_stand_at_its_edges():
    scale = Scale(on(1, 1), ENDS, 40)

    assert scale.cell(date(2030, 6, 1)) == 0
    assert scale.cell(date(2033, 6, 1)) == 39


def test_a_scale_of_one_day_has_that_day_in_every_cell():
    scale = Scale(ENDS, ENDS, 40)

    assert {scale.day(place) for place in range(40)} == {ENDS}
    assert scale.cell(ENDS) == 0


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(20, 4000), st.integers(20, 300))
def test_the_day_of_a_cell_maps_back_to_the_cell(first, length, width):
    assume(length > width)
    scale = Scale(first, first + timedelta(days=length), width)

    days = [scale.day(place) for place in range(width)]

    assert [scale.cell(day) for day in days] == list(range(width))
    assert scale.first <= days[0] <= days[-1] <= scale.last


def test_the_scale_has_room_for_what_comes_soon_and_not_for_what_is_far_away():
    soon, far = date(2032, 2, 1), date(2040, 1, 1)
    dates = [
        milestone(slug, day, announced=on(2, 1)) for slug, day in (("soon", soon), ("far", far))
    ]

    assert ribbon.scale(talks(), WIDTH).last == ENDS
    assert ribbon.scale(talks(*dates), WIDTH).last == soon
    assert ribbon.scale(talks(*dates).at(on(1, 31)), WIDTH).last == soon


# Months


def test_months_stand_where_they_begin_and_a_year_in_the_place_of_january(view):
    months = ribbon.drawn(view, 138)[0]
    scale = ribbon.scale(view, 138)

    for first, name in (
        (date(2031, 1, 1), "2031"),
        (date(2031, 2, 1), "Feb"),
        (date(2031, 12, 1), "Dec"),
        (date(2032, 1, 1), "2032"),
        (date(2032, 6, 1), "Jun"),
    ):
        assert months.plain[scale.cell(first) :].startswith(f"{name} ")


def test_a_year_is_strong_and_a_month_is_muted(view):
    months = ribbon.drawn(view, 138)[0]

    def role(name):
        at = months.plain.index(name)
        return next(span.style for span in months.spans if span.start <= at < span.end)

    assert (role("2031"), role("2032"), role("Jun")) == ("strong", "strong", "muted")


def test_where_months_are_narrow_years_are_short_and_months_left_out():
    view = talks()

    assert ribbon.drawn(view, 60)[0].plain.split() == (
        "2031 Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    )
    assert ribbon.drawn(view, 30)[0].plain.split() == "’31 Mar May Jul Sep Nov".split()


@pytest.mark.parametrize("width", [58, 78, 138])
@pytest.mark.parametrize("years", range(1, 11))
def test_every_year_of_the_record_is_named_at_any_width(width, years):
    for month in range(1, 13):
        began, ended = date(2022, month, 1), date(2022 + years, month, 28)
        months = ribbon._months(Scale(began, ended, width)).plain.split()
        named = {word[-2:] for word in months if word not in ribbon.MONTHS}

        # There may be no room for one of which the record has but weeks.
        whole = range(began.year + (month > 1), ended.year)
        assert named >= {f"{year % 100:02}" for year in whole}
        assert any(word in ribbon.MONTHS for word in months) or years * 12 * 2 > width


def test_a_record_of_some_weeks_says_which_year_it_is():
    months = ribbon._months(Scale(date(2026, 10, 1), date(2026, 11, 30), 78)).plain

    assert months.split() == ["2026", "Oct", "Nov"]


def test_months_are_named_at_even_steps():
    months = ribbon._months(Scale(date(2013, 9, 1), date(2016, 1, 16), 58)).plain

    assert months.split() == "’13 Nov ’14 Mar May Jul Sep Nov ’15 Mar May Jul Sep ’16".split()


# Rounds


def test_a_round_that_the_parties_number_stands_by_its_number_on_its_last_day():
    view = talks(a_round("jetty", on(3, 1), on(3, 4), number="2"))

    assert signs(view.at(on(6, 1)))[cell(on(3, 4))] == "2"
    assert cell(on(3, 1)) not in signs(view.at(on(6, 1)))
    assert role(view, cell(on(3, 4))) == "strong"


def test_a_round_without_a_number_is_a_dot():
    view = talks(a_round("call", on(3, 1)))

    assert signs(view)[cell(on(3, 1))] == "∙"
    assert role(view, cell(on(3, 1))) == "side-1"


def test_a_number_of_several_letters_is_written_where_it_has_room():
    far = talks(a_round("jetty", on(3, 1), number="10"), a_round("pier", on(3, 9), number="5.1"))
    near = talks(a_round("jetty", on(3, 1), number="10"), a_round("pier", on(3, 3), number="11"))
    last = talks(a_round("jetty", ENDS, number="10"))

    assert line(far).plain[cell(on(3, 1)) :].startswith("10─")
    assert line(far).plain[cell(on(3, 9)) :].startswith("5.1─")
    assert line(near).plain[cell(on(3, 1)) :].startswith("∙─11─")
    assert role(near, cell(on(3, 1))) == "strong"
    assert signs(last.at(on(12, 30))) == {cell(on(12, 30)): "┃"}


def test_rounds_that_share_a_cell_show_that_they_do():
    calls = a_round("call", on(3, 8)), a_round("other-call", on(3, 9))
    jetty = a_round("jetty", on(3, 7), number="1")
    place = ribbon.scale(talks(), 20).cell(on(3, 8))

    def underlined(view):
        return [s.start for s in line(view, 20).spans if s.style == "noted"]

    assert signs(talks(*calls), 20)[place] == ":"
    assert signs(talks(calls[0]), 20)[place] == "∙"
    assert signs(talks(*calls, jetty), 20)[place] == "1"
    assert underlined(talks(*calls, jetty)) == [place]
    assert underlined(talks(jetty)) == underlined(talks(*calls)) == []


@pytest.mark.parametrize("numbered_first", [True, False])
def test_a_number_is_hidden_by_no_dot_and_no_tick(numbered_first):
    jetty, call = a_round("jetty", on(3, 1), number="2"), a_round("call", on(3, 1))
    order = (jetty, call) if numbered_first else (call, jetty)

    assert signs(talks(*order, milestone("truce", on(3, 1))))[cell(on(3, 1))] == "2"


def test_a_round_to_come_is_hollow_on_the_day_it_is_planned_for():
    view = talks(a_round("jetty", on(3, 1), on(3, 4), number="2", announced=on(2, 1)))

    assert signs(view.at(on(1, 31))) == {cell(on(1, 31)): "┃"}
    assert signs(view.at(on(2, 28)))[cell(on(3, 1))] == "◌"
    assert role(view.at(on(2, 28)), cell(on(3, 1))) == "warning"


def test_a_round_to_come_stands_on_the_day_then_planned_and_moves_when_that_is_moved():
    view = talks(
        a_round(
            "jetty",
            on(3, 20),
            announced=on(2, 1),
            planned=on(3, 1),
            moves=(move(on(2, 10), on(3, 20)),),
        )
    )
    hollow = {
        day: [place for place, glyph in signs(view.at(day)).items() if glyph == "◌"]
        for day in (on(2, 9), on(2, 10))
    }

    assert hollow == {on(2, 9): [cell(on(3, 1))], on(2, 10): [cell(on(3, 20))]}


def test_a_round_under_way_stands_on_its_first_day_for_its_last_is_not_known():
    view = talks(a_round("jetty", on(3, 1), on(3, 9), number="2", announced=on(2, 1)))

    assert signs(view.at(on(3, 5))) == {cell(on(3, 1)): "2", cell(on(3, 5)): "┃"}
    assert signs(view.at(on(3, 9)))[cell(on(3, 9))] == "2"


# Milestones


def test_a_milestone_that_is_past_is_a_tick():
    view = talks(milestone("truce", on(5, 1)))

    assert signs(view.at(on(6, 1)))[cell(on(5, 1))] == "┴"
    assert cell(on(5, 1)) not in signs(view.at(on(4, 30)))


def test_a_date_that_is_set_is_a_triangle_until_it_is_past():
    view = talks(milestone("truce", on(5, 1), announced=on(2, 1)))

    assert cell(on(5, 1)) not in signs(view.at(on(1, 31)))
    assert signs(view.at(on(2, 1)))[cell(on(5, 1))] == "▵"
    assert signs(view.at(on(4, 30)))[cell(on(5, 1))] == "▵"
    assert signs(view.at(on(5, 2)))[cell(on(5, 1))] == "┴"


def test_a_date_that_was_moved_stands_where_it_was_moved_to():
    view = talks(
        milestone("truce", on(5, 1), announced=on(2, 1), moves=(move(on(4, 1), on(8, 1)),))
    )

    assert signs(view.at(on(3, 31)))[cell(on(5, 1))] == "▵"
    assert signs(view.at(on(4, 1))) == {cell(on(4, 1)): "┃", cell(on(8, 1)): "▵"}


def test_a_date_soon_after_the_record_ends_is_on_the_line():
    view = talks(milestone("truce", date(2032, 2, 1), announced=on(2, 1)))
    drawn = line(view).plain

    assert drawn.endswith("┄▵")
    assert drawn[ribbon.scale(view, WIDTH).cell(ENDS)] == "┃"


def test_a_date_far_beyond_the_line_is_an_arrow_at_its_end_once_it_is_known():
    view = talks(milestone("truce", date(2033, 1, 1), announced=on(2, 1)))

    assert signs(view.at(on(1, 31))) == {cell(on(1, 31)): "┃"}
    assert signs(view.at(on(6, 1))) == {cell(on(6, 1)): "┃", WIDTH - 1: "►"}


# The day that is looked at


def test_the_day_looked_at_is_marked_and_what_lies_ahead_is_dotted(view):
    today = view.at(date(2031, 6, 10))
    here = ribbon.scale(view, 78).cell(date(2031, 6, 10))
    drawn = line(today, 78).plain

    assert (drawn[here], role(today, here, 78)) == ("┃", "cursor")
    assert "┄" not in drawn[:here]
    assert "─" not in drawn[here:]


def test_the_mark_stands_in_the_last_cell_at_the_end_of_the_record():
    assert line(talks(), 78).plain[-1] == "┃"
    assert "┄" not in line(talks(), 78).plain


def test_a_number_under_the_mark_stays_to_be_read_and_a_dot_gives_way():
    numbered = talks(a_round("jetty", on(3, 1), number="2")).at(on(3, 1))
    dotted = talks(a_round("call", on(3, 1))).at(on(3, 1))

    assert (signs(numbered), role(numbered, cell(on(3, 1)))) == ({cell(on(3, 1)): "2"}, "cursor")
    assert signs(dotted) == {cell(on(3, 1)): "┃"}


def test_a_round_to_come_is_not_hidden_by_the_mark_of_the_day_nor_by_a_deadline():
    call = a_round("call", on(3, 8), announced=on(2, 1))
    view = talks(call, milestone("truce", on(3, 9), announced=on(2, 1)))
    place = ribbon.scale(view, 20).cell(on(3, 8))
    near = view.at(on(3, 4))

    assert ribbon.scale(view, 20).cell(on(3, 4)) == place
    assert (signs(near, 20)[place], role(near, place, 20)) == ("◌", "cursor")
    assert signs(view.at(on(2, 2)), 20)[place] == "◌"


def test_the_harbour_is_drawn_as_it_was_in_december(view):
    assert [text.plain for text in ribbon.drawn(view.at(date(2031, 12, 10)), 78)] == [
        "2031   Mar     May     Jul     Sep    Nov     2032    Mar     May     Jul     ",
        "────────1────────∙─────────────────────────┃┄┄◌┄┄┄┄┄┄┄▵┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄",
    ]


# A click


def test_a_click_on_a_round_goes_to_its_last_day():
    view = talks(
        a_round("jetty", on(3, 1), on(3, 4), number="2"),
        a_round("call", on(5, 20)),
    )

    for width in (30, 78, 138):
        scale = ribbon.scale(view, width)
        assert ribbon.day_at(view, width, scale.cell(on(3, 4))) == on(3, 4)
        assert ribbon.day_at(view, width, scale.cell(on(5, 20))) == on(5, 20)


@pytest.mark.parametrize("turned", [False, True])
def test_a_click_on_a_cell_of_several_rounds_goes_to_the_one_that_is_seen(turned):
    held = [
        a_round("call", on(3, 8)),
        a_round("jetty", on(3, 3), number="1"),
        a_round("bridge", on(3, 6), number="2"),
    ]
    view = talks(*(reversed(held) if turned else held))
    place = ribbon.scale(view, 20).cell(on(3, 6))
    assert ribbon.scale(view, 20).cell(on(3, 3)) == place

    assert signs(view, 20)[place] == "2"
    assert ribbon.day_at(view, 20, place) == on(3, 6)


def test_a_click_on_a_round_to_come_goes_to_the_middle_of_the_cell():
    jetty = a_round("jetty", on(3, 9), announced=on(2, 1), planned=on(3, 3))
    view = talks(jetty).at(on(2, 2))
    scale = ribbon.scale(view, 40)
    place = scale.cell(on(3, 3))

    assert signs(view, 40)[place] == "◌"
    assert ribbon.day_at(view, 40, place) == scale.day(place) != on(3, 3)


def test_a_click_before_the_record_begins_goes_to_its_beginning():
    assert ribbon.day_at(talks(), WIDTH, 0) == BEGINS


def test_a_click_on_a_round_that_outlasts_the_record_goes_to_the_end_of_the_record():
    view = talks(a_round("jetty", on(12, 30), date(2032, 1, 4), number="2", announced=on(12, 1)))

    assert ribbon.day_at(view, 40, 39) == ENDS


async def test_a_click_on_the_ribbon_sets_the_day_and_back_comes_the_end(explorer):
    async with explorer(size=(140, 40)) as person:
        width = person.main.query_one(Ribbon).size.width - ribbon.LEFT - ribbon.RIGHT
        scale = ribbon.scale(person.main.view, width)
        lantern = scale.cell(date(2031, 3, 5))

        await person.pilot.click(Ribbon, offset=(lantern + ribbon.LEFT, 1))
        await person.settle()
        assert person.main.view.as_of == date(2031, 3, 5)
        assert person.screen[ribbon_row(person) + 1][ribbon.LEFT : ribbon.LEFT + width] == (
            line(person.main.view, width).plain
        )

        await person.pilot.click(Ribbon, offset=(width, 1))
        await person.settle()
        assert (date(2032, 6, 30) - person.main.view.as_of).days < 5


def ribbon_row(person):
    return person.main.query_one(Ribbon).region.y


# Any day and any width


@pytest.fixture(scope="module")
def through_time(_harbour_read, _shipped_read):
    return {
        name: View(read, Notes())
        for name, read in (("harbour", _harbour_read), ("shipped", _shipped_read))
    }


def looked_at(whole, share):
    began = whole.index.dataset.negotiation.began
    return whole.at(began + timedelta(days=round((whole.covers_until - began).days * share)))


names, shares, widths = (
    st.sampled_from(["harbour", "shipped"]),
    st.floats(0, 1),
    st.integers(20, 300),
)


@given(names, shares, widths)
def test_both_lines_are_as_wide_as_asked(through_time, name, share, width):
    months, drawn = ribbon.drawn(looked_at(through_time[name], share), width)

    assert cell_len(months.plain) == cell_len(drawn.plain) == width
    assert len(drawn.plain) == width


@given(names, widths)
def test_no_two_names_of_months_touch(through_time, name, width):
    for word in ribbon.drawn(through_time[name], width)[0].plain.split():
        assert word in ribbon.MONTHS or word.lstrip("’").isdigit()


@given(names, shares, widths)
def test_ahead_of_the_day_stands_only_what_was_announced(through_time, name, share, width):
    whole = through_time[name]
    view = looked_at(whole, share)
    today, scale = view.as_of, ribbon.scale(whole, width)
    ahead = {}
    for r in whole.index.dataset.rounds:
        if r.announced and r.announced <= today < r.starts:
            moved = [m.to for m in r.moves if last_day(m.known or m.on) <= today]
            planned = moved[-1] if moved else r.planned or r.starts
            ahead.setdefault(scale.cell(first_day(planned)), set()).add("◌")
    for m in whole.index.dataset.milestones:
        if last_day(m.announced or m.known or m.on) <= today:
            moved = [x.to for x in m.moves if last_day(x.known or x.on) <= today]
            falls = first_day(moved[-1] if moved else m.on)
            if today < falls:
                sign = "▵" if falls <= scale.last else "►"
                ahead.setdefault(scale.cell(falls), set()).add(sign)

    here = scale.cell(today)
    for place, glyph in enumerate(line(view, width).plain[here + 1 :], here + 1):
        assert glyph in ahead.get(place, {"┄", "⋅", " "})  # dots where one side only is known


@given(names, shares, widths)
def test_every_round_held_is_seen_unless_the_mark_or_another_round_is(
    through_time, name, share, width
):
    view = looked_at(through_time[name], share)
    scale = ribbon.scale(view, width)
    drawn = line(view, width).plain

    for r in view.index.dataset.rounds:
        if r.ends <= view.as_of and not view.is_to_come(r):
            seen = drawn[scale.cell(r.ends)]
            assert seen in {str(r.number), "∙", ":", "┃"} or seen.isdigit()
            if r.number:
                assert seen.isdigit()


@given(names, shares, widths, st.data())
def test_a_click_goes_to_a_day_of_the_record_in_the_cell_that_was_clicked(
    through_time, name, share, width, data
):
    view = looked_at(through_time[name], share)
    place = data.draw(st.integers(0, width - 1))
    began = view.index.dataset.negotiation.began
    scale = ribbon.scale(view, width)

    day = ribbon.day_at(view, width, place)

    assert began <= day <= view.covers_until
    assert scale.cell(day) == min(max(place, scale.cell(began)), scale.cell(view.covers_until))


# Marks by key


def test_every_round_and_milestone_that_is_drawn_is_a_mark_in_the_order_of_days():
    view = talks(
        a_round("pier", on(5, 1), on(5, 3)),
        milestone("bell", on(3, 3)),
        milestone("flag", on(3, 3), moves=(move(on(3, 1), None),)),
        milestone("later", date(2035, 1, 1), announced=on(2, 1)),
    )

    assert [(m.day, m.ref.id) for m in ribbon.marks(view)] == [
        (on(3, 3), "bell"),
        (on(5, 3), "pier"),
        (date(2035, 1, 1), "later"),
    ]


def test_each_mark_stands_in_a_cell_that_has_a_sign(shipped_view):
    for day in (date(2025, 10, 24), shipped_view.covers_until):
        view = shipped_view.at(day)
        scale = ribbon.scale(view, 138)
        signed = {n for n, glyph in enumerate(line(view, 138).plain) if glyph not in "─┄╴·"}

        assert {scale.cell(mark.day) for mark in ribbon.marks(view)} <= signed


async def test_a_key_goes_along_the_marks_and_names_each_with_its_day(explorer):
    async with explorer() as person:
        await person.press("T", "home")
        marks = person.app.screen
        for key, way in (("right", 1), ("left", -1)):
            before = marks.here.day
            await person.press(key)
            assert (marks.here.day - before).days * way > 0
            name = re.escape(person.main.view.index[marks.here.ref].name)
            assert re.search(rf"▸ [^\n]*20\d\d  [^\n]*{name}", person.seen)
        await person.press("left", "left")
        assert marks.cursor == 0


async def test_enter_goes_to_the_record_of_the_mark_and_d_to_its_day(explorer):
    async with explorer() as person:
        await person.press("T", "home")
        mark = person.app.screen.here
        await person.press("enter")
        assert person.shown == str(mark.ref)
        assert person.main.view.scope.as_of is None
        await person.press("T", "home", "right", "d")
        assert person.main.view.scope.as_of is not None


async def test_escape_leaves_everything_as_it_was(explorer):
    async with explorer(go="issue:tolls") as person:
        await person.press("T", "right", "right", "escape")
        assert person.shown == "issue:tolls"
        assert person.record.has_focus


@pytest.mark.parametrize("size", [(140, 40), (60, 20)])
async def test_marks_that_share_a_cell_are_all_named(explorer, size):
    async with explorer(path=shipped(), size=size) as person:
        await person.press("T", "home")
        marks, scale = person.app.screen, person.app.screen.query_one(Ribbon).on
        cells = [scale.cell(mark.day) for mark in marks.marks]
        number = next(n for n, there in enumerate(cells) if cells.count(there) == 2)
        while marks.cursor < number:
            await person.press("right")
        assert "2 in one cell" in person.seen
        await person.press("down")
        assert marks.cursor == number + 1
        for mark in marks.marks[number : number + 2]:
            assert person.main.view.index[mark.ref].name[:20] in person.seen
