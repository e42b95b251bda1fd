"""What falls due: when, by which acts that was moved, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from explorer.documents import due_days
from explorer.documents.comparisons import deadlines
from explorer.documents.comparisons.question import Question
from explorer.documents.front import today
from explorer.documents.outline import outline
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import (
    Dataset,
    DeadlineResult,
    Delegation,
    Evidence,
    Issue,
    Measure,
    Milestone,
    Move,
    Negotiation,
    Point,
    Ref,
    Round,
    Source,
    Step,
)
from explorer.view import Scope, View

SOURCED = ("gazette",)
ENDS = date(2031, 12, 31)
BASE = Dataset(
    negotiation=Negotiation(
        id="ferry",
        name="Ferry talks",
        summary="Two banks and a ferry.",
        began=date(2031, 1, 1),
        record_ends=ENDS,
        source_ids=SOURCED,
    ),
    sources=(
        Source(
            id="gazette",
            publisher="River Gazette",
            title="The ferry",
            type="press",
            published=date(2031, 1, 1),
        ),
    ),
    delegations=(Delegation(id="east", name="East bank", short="East", source_ids=SOURCED),),
    issues=(
        Issue(
            id="fares", name="Fares", summary="Cost.", known=date(2031, 1, 1), source_ids=SOURCED
        ),
        Issue(id="oars", name="Oars", summary="Wood.", known=date(2031, 1, 1), source_ids=SOURCED),
    ),
    rounds=(
        Round(
            id="jetty",
            name="Jetty",
            meeting="talks",
            starts=date(2031, 2, 10),
            ends=date(2031, 2, 12),
            summary="A bell is agreed.",
            source_ids=SOURCED,
        ),
    ),
)


def day(text):
    return date.fromisoformat(text) if len(text) == len("2031-01-01") else text


def move(on, to):
    return Move(on=day(on), to=to and day(to), text="By decree.", source_ids=SOURCED)


def result(on, outcome):
    return DeadlineResult(on=day(on), outcome=outcome, text="So it went.", source_ids=SOURCED)


def milestone(on, *moves, slug="truce", results=(), kind="deadline", issues=("fares",)):
    return Milestone(
        id=slug,
        name=f"The {slug}",
        on=day(on),
        type=kind,
        announced=date(2031, 1, 5),
        text="It lapses at noon.",
        moves=moves,
        results=results,
        issue_ids=issues,
        source_ids=SOURCED,
    )


def point(due, *evidence):
    return Point(
        id="bell",
        name="A bell",
        text="A bell is hung.",
        on=date(2031, 2, 12),
        round_id="jetty",
        issue_ids=("fares",),
        due=day(due),
        evidence=evidence,
        source_ids=SOURCED,
    )


def seen(on, shows):
    return Evidence(on=day(on), shows=shows, text="It was looked at.", source_ids=SOURCED)


def measure(*steps):
    return Measure(
        id="toll", name="The toll", delegation_id="east", act="charge", steps=steps,
        source_ids=SOURCED,
    )  # fmt: skip


def step(on, stage, until=None):
    return Step(
        on=day(on), stage=stage, until=until and day(until), text="By notice.", source_ids=SOURCED
    )


def told(*, as_of=None, reader="2031-12-31", chosen=(), **records):
    scope = Scope(tuple(Ref("issue", slug) for slug in chosen))
    whole = Index(replace(BASE, **records))
    view = View(whole, Notes(), scope, reader=lambda: day(reader))
    return view.at(as_of and day(as_of))


def rows(view, question=None):
    """What is listed: the section, the day and how it stands of each."""
    return [
        (state, str(each.when), due_days.stands(view, each))
        for state, dues in deadlines.listed(view, question or Question()).items()
        for each in dues
    ]


def chains(view):
    return [
        [(str(moved.before), str(moved.to), str(moved.by.on)) for moved in each.moved]
        for dues in deadlines.listed(view).values()
        for each in dues
    ]


@pytest.mark.parametrize(
    ("outcome", "on"),
    [
        ("met", "2031-05-30"),
        ("missed", "2031-06-01"),
        ("late", "2031-06-09"),
        ("dropped", "2031-04"),
    ],
)
def test_a_deadline_that_is_settled_says_how_and_since_when(outcome, on):
    view = told(milestones=(milestone("2031-06-01", results=(result(on, outcome),)),))

    ((state, when, stands),) = rows(view)
    assert (state, when) == ("settled", "2031-06-01")
    assert stands.startswith(f"{outcome} ")
    assert "So it went. [1]" in as_text(deadlines.sheet(view))


def test_a_deadline_is_open_on_the_days_before_its_outcome_was_known():
    settled = milestone("2031-06-01", results=(result("2031-06-01", "met"),))
    view = told(milestones=(settled,), as_of="2031-05-30")

    assert rows(view) == [("ahead", "2031-06-01", "2 days later")]


def test_every_move_is_told_with_the_day_before_and_the_act():
    moved = milestone("2031-03-01", move("2031-02-20", "2031-06-01"), move("2031-05-30", None))
    view = told(milestones=(moved,))

    assert chains(view) == [
        [("2031-03-01", "2031-06-01", "2031-02-20"), ("2031-06-01", "None", "2031-05-30")]
    ]
    text = as_text(deadlines.sheet(view))
    assert "1 Mar 2031 → 1 Jun 2031  moved 20 Feb 2031. By decree. [1]" in text
    assert "1 Jun 2031 → a date to be set  moved 30 May 2031." in text
    assert "a date to be set: The truce" in text


def test_a_move_that_was_not_made_yet_on_the_day_is_not_told():
    moved = milestone("2031-03-01", move("2031-02-20", "2031-06-01"))
    view = told(milestones=(moved,), as_of="2031-02-19")

    assert chains(view) == [[]]
    assert rows(view) == [("ahead", "2031-03-01", "10 days later")]


def test_a_move_to_the_same_day_is_none():
    again = milestone("2031-03-01", move("2031-02-20", "2031-03-01"))

    assert chains(told(milestones=(again,))) == [[]]


def test_what_has_passed_since_the_record_ended_is_not_called_ahead():
    view = told(milestones=(milestone("2032-02-01"),), reader="2032-02-02")

    assert rows(view) == [("passed", "2032-02-01", "passed since; outcome not recorded")]


def test_what_passed_within_the_record_without_a_word_says_so():
    view = told(milestones=(milestone("2031-06-01"),))

    assert rows(view) == [("passed", "2031-06-01", "passed; outcome not recorded")]


def test_days_are_counted_from_the_readers_own_day():
    view = told(milestones=(milestone("2032-02-01"),), reader="2032-01-22")

    assert rows(view) == [("ahead", "2032-02-01", "in 10 days")]
    assert deadlines.as_data(view)[0]["days_left"] == 10


def test_what_comes_stands_soonest_first_and_what_passed_latest_first():
    ahead = [milestone(on, slug=on[5:]) for on in ("2032-05-01", "2032-04-01")]
    behind = [milestone(on, slug=on[5:]) for on in ("2031-05-01", "2031-06-01")]
    unset = milestone("2031-04-04", move("2031-04-01", None), slug="unset")
    view = told(milestones=(unset, *ahead, *behind))

    assert [(state, when) for state, when, _ in rows(view)] == [
        ("passed", "2031-06-01"),
        ("passed", "2031-05-01"),
        ("ahead", "2032-04-01"),
        ("ahead", "2032-05-01"),
        ("ahead", "None"),
    ]


@pytest.mark.parametrize(
    ("evidence", "state", "stands"),
    [
        ((), "passed", "overdue by 213 days"),
        ((("2031-07-01", "not carried out"),), "passed", "overdue by 213 days"),
        ((("2031-05-01", "carried out"),), "settled", "carried out 1 May 2031"),
        ((("2031-05-01", "carried out in part"),), "settled", "carried out in part 1 May 2031"),
    ],
)
def test_a_point_that_was_due_is_overdue_until_it_is_carried_out(evidence, state, stands):
    view = told(points=(point("2031-06-01", *(seen(*each) for each in evidence)),))

    assert rows(view) == [(state, "2031-06-01", f"{stands}")]


def test_a_point_that_is_carried_out_in_part_is_open_until_its_day():
    view = told(points=(point("2032-06-01", seen("2031-05-01", "carried out in part")),))

    assert [state for state, _, _ in rows(view)] == ["ahead"]


def test_a_measure_falls_due_when_it_ends_and_its_prolongation_is_a_move():
    toll = measure(
        step("2031-02-01", "in force", "2031-05-01"),
        step("2031-04-20", "extended", "2032-05-01"),
    )
    view = told(measures=(toll,))

    assert [(state, when) for state, when, _ in rows(view)] == [("ahead", "2032-05-01")]
    assert chains(view) == [[("2031-05-01", "2032-05-01", "2031-04-20")]]


def test_a_measure_that_ended_is_settled_by_the_day_on_which_it_was_to_end():
    toll = measure(step("2031-02-01", "in force", "2031-05-01"), step("2031-03-01", "ended"))

    assert rows(told(measures=(toll,))) == [("settled", "2031-05-01", "ended 1 Mar 2031")]


def test_a_measure_that_never_had_a_term_is_no_deadline():
    toll = measure(step("2031-02-01", "in force"), step("2031-03-01", "ended"))

    assert rows(told(measures=(toll,))) == []


def test_a_measure_to_come_falls_due_when_it_takes_effect():
    toll = measure(replace(step("2032-02-01", "in force"), known=date(2031, 6, 1)))
    view = told(measures=(toll,))

    assert [(state, when) for state, when, _ in rows(view)] == [("ahead", "2032-02-01")]
    assert "East · to take effect" in as_text(deadlines.sheet(view))


def test_a_meeting_announced_is_ahead_and_one_that_was_moved_is_settled_when_held():
    pier = Round(
        id="pier", name="Pier", meeting="talks", announced=date(2031, 3, 1),
        planned=date(2031, 4, 1), starts=date(2031, 5, 1), ends=date(2031, 5, 2),
        moves=(move("2031-03-20", "2031-05-01"),), summary="Held.", source_ids=SOURCED,
    )  # fmt: skip
    rounds = (*BASE.rounds, pier)

    assert rows(told(rounds=rounds, as_of="2031-03-05")) == [
        ("ahead", "2031-04-01", "27 days later")
    ]
    later = told(rounds=rounds, as_of="2031-03-25")
    assert [(state, when) for state, when, _ in rows(later)] == [("ahead", "2031-05-01")]
    assert chains(later) == [[("2031-04-01", "2031-05-01", "2031-03-20")]]
    assert rows(told(rounds=rounds)) == [("settled", "2031-05-01", "held")]


def test_an_event_is_listed_while_it_lies_ahead_and_no_longer():
    fair = milestone("2031-06-01", kind="event")

    assert [s for s, _, _ in rows(told(milestones=(fair,), as_of="2031-06-01"))] == ["ahead"]
    assert rows(told(milestones=(fair,), as_of="2031-06-02")) == []


def test_the_scope_narrows_what_is_listed():
    both = (milestone("2032-01-05"), milestone("2032-01-06", slug="ban", issues=("oars",)))

    assert [w for _, w, _ in rows(told(milestones=both, chosen=("oars",)))] == ["2032-01-06"]


def test_what_is_settled_can_be_left_out():
    both = (
        milestone("2031-05-05", slug="old", results=(result("2031-05-05", "met"),)),
        milestone("2032-01-06"),
    )

    view = told(milestones=both)
    assert len(rows(view)) == 2
    assert [s for s, _, _ in rows(view, Question(differing=True))] == ["ahead"]


def test_where_there_is_none_it_says_so():
    assert "No deadline was public by 31 Dec 2031." in as_text(deadlines.sheet(told()))


def test_data_has_every_day_with_its_act_and_its_sources():
    moved = milestone(
        "2031-03-01", move("2031-02-20", "2031-06-01"), results=(result("2031-06-02", "late"),)
    )

    (row,) = deadlines.as_data(told(milestones=(moved,)))
    assert row["due"] == "2031-06-01"
    assert (row["outcome"], row["outcome_on"]) == ("late", "2031-06-02")
    assert row["moved"] == [
        {
            "from": "2031-03-01",
            "to": "2031-06-01",
            "on": "2031-02-20",
            "text": "By decree.",
            "sources": ["gazette"],
        }
    ]
    assert row["sources"] == ["gazette"]


def test_the_front_page_and_the_deadlines_name_the_same_open_days(shipped_view):
    view = shipped_view.at(date(2025, 10, 24))
    soonest = [each.ref for each in deadlines.listed(view)["ahead"] if each.ref.kind != "round"]
    front = outline(today(view))

    (due,) = [section for section in front.sections if section.heading == "Falls due"]
    lines = [line.text for line in due.lines]
    assert len(lines) > 3
    for ref, line in zip(soonest, lines[:4], strict=False):
        assert view.index[ref].name in line
