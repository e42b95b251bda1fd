"""Deadlines as lanes on the time axis: where their days stand, and the arrows between them."""

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from tests.builders import CITED, ferry_talks

from explorer.documents.comparisons import deadline_lanes, deadlines
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.time_axis import scale
from explorer.record.model import DeadlineResult, Milestone, Move
from explorer.ui.style import Look
from explorer.ui.widgets.layout import Layout

BEGINS, ENDS = date(2031, 1, 1), date(2031, 12, 31)
ROOM = 120


def on(month, day):
    return date(2031, month, day)


def deadline(slug, day, **more):
    told = {"name": slug.title(), "text": "It ends.", "type": "deadline", "announced": BEGINS}
    return Milestone(id=slug, on=day, **told, **CITED, **more)


def moved(day, to):
    return Move(on=day, to=to, text="Fog.", **CITED)


def result(outcome, day):
    return DeadlineResult(outcome=outcome, on=day, text="So it was.", **CITED)


def talks(*milestones):
    return ferry_talks(BEGINS, ENDS, milestones=milestones)


def lane(view, name, question=ALL, room=ROOM):
    """The line of a deadline less its name."""
    laid_out = Layout(deadline_lanes.sheet(view, question, room), room, Look.plain(), titled=False)
    laid_out.finish()
    before = deadline_lanes.inset(view, question, room)
    (line,) = [line.plain for line in laid_out.lines if line.plain.startswith(name)]
    wide = cell_len(line[:before]) - before  # letters of two cells
    return line[before - wide :]


def cell(view, day, room=ROOM):
    return scale(view, room - deadline_lanes.inset(view, ALL, room)).cell(day)


def test_a_deadline_stands_on_its_day_and_every_move_is_an_arrow_to_the_next():
    view = talks(
        deadline("truce", on(3, 1), moves=(moved(on(2, 20), on(6, 1)), moved(on(5, 1), on(9, 1))))
    ).at(on(7, 1))
    drawn = lane(view, "Truce")

    first, second, third = (cell(view, day) for day in (on(3, 1), on(6, 1), on(9, 1)))
    assert (drawn[first], drawn[second], drawn[third]) == ("◦", "◦", "▵")
    assert drawn[first + 1 : second] == "─" * (second - first - 2) + "►"
    assert drawn[cell(view, on(7, 1))] == "┼"


def test_a_move_that_was_not_public_is_not_drawn():
    view = talks(deadline("truce", on(3, 1), moves=(moved(on(2, 20), on(6, 1)),)))

    assert "►" not in lane(view.at(on(2, 19)), "Truce")
    assert lane(view.at(on(2, 19)), "Truce")[cell(view, on(3, 1))] == "▵"
    assert "►" in lane(view.at(on(2, 20)), "Truce")


def test_a_day_that_was_brought_forward_has_an_arrow_back():
    view = talks(deadline("truce", on(9, 1), moves=(moved(on(2, 20), on(6, 1)),))).at(on(3, 1))
    drawn = lane(view, "Truce")

    assert drawn[cell(view, on(6, 1))] == "▵"
    assert drawn[cell(view, on(6, 1)) + 1] == "◄"
    assert drawn[cell(view, on(9, 1))] == "◦"


def test_a_day_that_is_yet_to_be_set_leads_to_a_sign_of_its_own():
    view = talks(deadline("truce", on(6, 1), moves=(moved(on(2, 20), None),))).at(on(3, 1))

    assert lane(view, "Truce")[cell(view, on(6, 1)) :].startswith("◦►…")


@pytest.mark.parametrize(
    ("outcome", "sign"), [("met", "✓"), ("late", "✓"), ("missed", "✗"), ("dropped", "∅")]
)
def test_the_sign_at_the_end_says_what_came_of_it(outcome, sign):
    view = talks(deadline("truce", on(6, 1), results=(result(outcome, on(6, 1)),)))

    assert lane(view, "Truce")[cell(view, on(6, 1))] == sign


def test_what_has_passed_without_a_word_is_a_question():
    view = talks(deadline("truce", on(6, 1)))

    assert lane(view, "Truce")[cell(view, on(6, 1))] == "?"
    assert "1 Jun 2031, passed; outcome not recorded" in lane(view, "Truce")


@pytest.mark.parametrize("room", [55, 75, 135, 195])
def test_all_sections_have_the_axis_in_the_same_columns(room):
    view = talks(
        deadline("a-very-long-name-of-a-deadline-that-is-cut", on(6, 1)),
        replace(deadline("c", on(7, 1)), name="渡船停戰協議到期日，以及其後所有附帶條件"),
        deadline("b", on(9, 1), results=(result("met", on(9, 1)),)),
    ).at(on(10, 1))

    assert deadlines.listed(view)["passed"]
    assert deadlines.listed(view)["settled"]
    ticks = {lane(view, name, room=room).index("│") for name in ("A-Very", "渡船", "B")}
    assert ticks == {cell(view, on(10, 1), room)}


def test_what_is_settled_is_left_out_when_only_the_open_ones_are_asked_for():
    view = talks(deadline("truce", on(6, 1), results=(result("met", on(6, 1)),)))

    assert deadline_lanes.inset(view, Question(differing=True), ROOM) == 0
    assert deadline_lanes.refs(view, Question(differing=True)) == []


def test_below_the_cursor_it_says_by_which_acts_it_was_moved():
    view = talks(deadline("truce", on(3, 1), moves=(moved(on(2, 20), on(6, 1)),))).at(on(4, 1))
    said = ["".join(s.text for s in spans) for spans in deadline_lanes.said(view, ALL, 0)]

    assert said == [
        "Truce  1 Jun 2031 · deadline · 61 days later",
        "1 Mar 2031 → 1 Jun 2031  moved 20 Feb 2031. Fog.",
    ]
