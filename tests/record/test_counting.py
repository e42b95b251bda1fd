"""From which day one counts: the reader's own, or one that was chosen."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer import cli
from explorer.documents import coverage
from explorer.documents.briefing import brief, write
from explorer.documents.comparisons import accounts, figures, in_force
from explorer.documents.pages import as_text, page
from explorer.record.counting import Counting
from explorer.record.index import Index
from explorer.record.model import Milestone, OneSided, Ref
from explorer.ui.panes.rounds_pane import row as round_row
from explorer.ui.widgets.heading import _title
from explorer.view import View

ENDS = date(2032, 6, 30)
SOON, LATE = date(2032, 7, 10), date(2032, 12, 6)
"""Days of readers, before and after the toll truce ends on 1 Sep 2032."""
CHOSEN = date(2032, 6, 1)


def read_on(view, day):
    return replace(view, reader=lambda: day)


def title(view, width=140):
    return _title(view, width).plain


def text_of(view, name):
    return as_text(page(view, Ref.parse(name)))


def test_the_deadline_to_come_stays_in_the_title_where_there_is_little_room(view):
    chosen = read_on(view.at(CHOSEN), SOON)

    assert "record ends 30 Jun 2032 · Toll truce ends 1 Sep 2032, " in title(chosen, 140)
    assert title(chosen, 80).endswith(
        " as of 1 Jun 2032  record ends 30 Jun 2032 · Toll truce ends 1 Sep 2032"
    )
    assert title(chosen, 60).endswith("record to 30 Jun 2032 · Toll truce ends 1 Sep")


# The words

END = date(2031, 5, 20)


@pytest.mark.parametrize(
    ("reader", "chosen", "left"),
    [
        (date(2031, 11, 29), False, "passed since; outcome not recorded"),
        (date(2031, 10, 29), False, "in 12 days"),
        (date(2031, 11, 9), False, "tomorrow"),
        (date(2031, 11, 10), False, "today"),
        (END, False, "in 174 days"),
        (date(2031, 11, 29), True, "174 days later"),
        # A clock that is behind the record tells nothing of today.
        (date(2030, 1, 1), False, "174 days later"),
    ],
)
def test_days_run_from_the_reader_s_day_or_from_the_one_that_was_chosen(reader, chosen, left):
    assert Counting.of(END, reader, chosen=chosen).left(date(2031, 11, 10)) == left


def test_what_was_past_already_and_a_month_get_no_count():
    counting = Counting.of(END, date(2031, 8, 1), chosen=False)

    assert [counting.left(when) for when in (END, date(2031, 5, 1), "2031-09", "2031-08")] == [
        ""
    ] * 4
    assert counting.left("2031-07") == "passed since; outcome not recorded"


def test_a_chosen_day_is_called_that_day_and_not_today():
    counting = Counting.of(END, date(2031, 8, 1), chosen=True)

    assert counting.left(END) == "that day"
    assert counting.left(date(2031, 5, 21)) == "1 day later"
    assert counting.overdue(1) == "overdue by 1 day then"
    assert counting.age == 0


def test_what_is_overdue_is_so_when_the_record_ends():
    assert Counting.of(END, END, chosen=False).overdue(3) == "overdue by 3 days"
    late = Counting.of(END, date(2031, 5, 21), chosen=False)
    assert late.overdue(3) == "overdue by 3 days when the record ends"
    assert late.age == 1


@given(st.dates(), st.dates(), st.dates(), st.booleans())
def test_nothing_past_for_the_reader_is_called_upcoming(day, reader, when, chosen):
    counting = Counting.of(day, reader, chosen=chosen)
    left = counting.left(when)

    if left.startswith(("in ", "to")):
        assert not chosen
        assert day <= reader <= when
    if left.startswith("passed"):
        assert not chosen
        assert day < when < reader
    if left.endswith("later"):
        assert chosen or reader < day


# Wherever it is told


def test_the_title_says_how_old_the_record_is_and_that_the_deadline_has_passed(view):
    assert title(read_on(view, ENDS)).endswith(
        "record ends 30 Jun 2032 · Toll truce ends 1 Sep 2032, in 63 days"
    )
    assert title(read_on(view, SOON)).endswith(
        "record ended 30 Jun 2032, 10 days ago · Toll truce ends 1 Sep 2032, in 53 days"
    )
    assert title(read_on(view, LATE)).endswith(
        "record ended 30 Jun 2032, 159 days ago; 1 deadline since, outcome not recorded"
        " · Toll truce ends 1 Sep 2032, passed since"
    )
    # With little room the number stays longer than what came of them, and goes at last.
    assert "159 days ago; 1 deadline since" in title(read_on(view, LATE), 80)
    assert title(read_on(view, LATE), 60).endswith("ended 30 Jun 2032, 159 days ago")
    assert title(read_on(view, LATE), 100).endswith("1 deadline since, outcome not recorded")
    # A bare date would read as if it were to come.
    assert "1 Sep" not in title(read_on(view, LATE), 80)
    assert title(read_on(view, LATE).at(CHOSEN)).endswith(
        "record ends 30 Jun 2032 · Toll truce ends 1 Sep 2032, 92 days later"
    )


@pytest.mark.parametrize(
    ("reader", "chosen", "told"),
    [
        (SOON, None, "in 53 days"),
        (LATE, None, "passed since; outcome not recorded"),
        (LATE, CHOSEN, "92 days later"),
    ],
)
def test_pages_views_and_briefings_count_alike(view, reader, chosen, told):
    here = read_on(view, reader).at(chosen)
    point = replace(here.index[Ref("point", "toll-truce")], due=date(2032, 9, 1), moves=())

    assert told in text_of(here, "milestone:toll-truce-ends")
    assert told in text_of(here, "issue:tolls")
    assert told in write(brief(here, issues=[Ref("issue", "tolls")]), "md")
    data = here.whole.dataset
    others = tuple(p for p in data.points if p.id != point.id)
    due = View(Index(replace(data, points=(*others, point))), here.notes, reader=lambda: reader)
    due = due.at(chosen)
    assert f"due 1 Sep 2032, {told}" in as_text(accounts.sheet(due))
    assert f"Due: 1 Sep 2032, {told}" in text_of(due, "point:toll-truce")


def with_changes(view, plural, slug, **changes):
    data = view.whole.dataset
    records = tuple(replace(r, **changes) if r.id == slug else r for r in getattr(data, plural))
    return View(Index(replace(data, **{plural: records})), view.notes)


@pytest.mark.parametrize(
    ("reader", "left"),
    [
        (SOON, "in 53 days"),
        (LATE, "passed since; outcome not recorded"),
    ],
)
def test_a_measure_is_in_force_until_a_day_that_may_have_passed(view, reader, left):
    measure = next(m for m in view.index.dataset.measures if m.id == "south-dredge-licence")
    step = replace(
        measure.steps[-1], on=date(2032, 5, 1), stage="suspended", until=date(2032, 9, 1)
    )
    later = read_on(with_changes(view, "measures", "south-dredge-licence", steps=(step,)), reader)

    told = f" · since 1 May 2032 · until 1 Sep 2032 ({left})"
    assert told in as_text(in_force.sheet(later))
    assert text_of(later, "measure:south-dredge-licence").splitlines()[1] == f"suspended{told}"
    assert f"South · {measure.act} · suspended{told}" in text_of(
        later, f"issue:{measure.issue_ids[0]}"
    )


@pytest.mark.parametrize(
    ("reader", "chosen", "told"),
    [
        (SOON, None, "takes effect 10 Sep 2032, in 62 days"),
        (LATE, None, "was to take effect 10 Sep 2032, passed since; outcome not recorded"),
        (LATE, CHOSEN, "takes effect 10 Sep 2032, 101 days later"),
    ],
)
def test_what_is_only_announced_takes_effect_on_the_day_it_names(view, reader, chosen, told):
    measure = next(m for m in view.index.dataset.measures if m.id == "south-dredge-licence")
    step = replace(
        measure.steps[-1],
        on=date(2032, 5, 1),
        known=None,
        stage="announced",
        until=date(2032, 9, 10),
    )
    later = with_changes(view, "measures", measure.id, steps=(step,), known=step.on)
    later = read_on(later, reader).at(chosen)

    texts = [
        as_text(in_force.sheet(later)),
        text_of(later, "measure:south-dredge-licence"),
        text_of(later, f"issue:{measure.issue_ids[0]}"),
        write(brief(later, issues=[Ref("issue", measure.issue_ids[0])]), "md"),
    ]
    for text in texts:
        assert told in text
        assert "until 10 Sep 2032" not in text
    assert "1 May 2032: announced, to take effect 10 Sep 2032." in texts[1]


# What is known from one side only


def overdue_point(view, due):
    """A view with the toll truce due on a day, and days known from one side after its end."""
    told = {"text": "t", "source_ids": ("joint-statement",), "delegation_ids": ("north",)}
    data = view.whole.dataset
    points = tuple(
        replace(p, due=due, moves=(), evidence=()) if p.id == "toll-truce" else p
        for p in data.points
    )
    sides = (OneSided(starts=date(2032, 7, 1), ends=date(2032, 8, 31), **told),)
    negotiation = replace(data.negotiation, one_sided=sides)
    return View(Index(replace(data, points=points, negotiation=negotiation)), view.notes)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (None, "overdue by 20 days when the record ends"),
        (date(2032, 8, 1), "overdue by 20 days when the record ends"),
        (date(2032, 6, 30), "overdue by 20 days then"),
        (date(2032, 6, 20), "overdue by 10 days then"),
    ],
)
def test_days_overdue_run_to_the_last_day_that_every_side_is_known_of(view, chosen, told):
    late = read_on(overdue_point(view, date(2032, 6, 10)), LATE).at(chosen)

    assert told in as_text(accounts.sheet(late))
    assert told in text_of(late, "point:toll-truce")
    made = write(brief(late, issues=[Ref("issue", "tolls")]), "md")
    assert made.count(told) == 2
    assert late.overdue(late.index.point("toll-truce")) == int(told.split()[2])


def test_of_a_point_due_when_one_side_only_is_known_it_is_not_known_what_followed(view):
    here = read_on(overdue_point(view, date(2032, 7, 10)), LATE)

    assert here.overdue(here.index.point("toll-truce")) == 0
    told = "due 10 Jul 2032, passed since; outcome not recorded"
    assert told in as_text(accounts.sheet(here))
    assert told in write(brief(here, issues=[Ref("issue", "tolls")]), "md")
    assert told.replace("due ", "Due: ") in text_of(here, "point:toll-truce")


def test_a_round_that_lay_ahead_is_not_called_upcoming_once_its_day_has_passed(view):
    ahead = {"starts": date(2032, 9, 1), "ends": date(2032, 9, 1), "announced": date(2032, 6, 1)}
    data = view.whole.dataset
    to_come = replace(data.rounds[0], id="next", number=None, moves=(), planned=None, **ahead)
    later = View(Index(replace(data, rounds=(*data.rounds, to_come))), view.notes)
    ref = to_come.ref

    assert "in 53 days" in round_row(read_on(later, SOON), ref, 60, False).right.plain
    assert "passed since" in round_row(read_on(later, LATE), ref, 60, False).right.plain
    assert "Planned for: 1 Sep 2032  passed since; outcome not recorded" in text_of(
        read_on(later, LATE), "round:next"
    )
    assert "was to come, passed since" in text_of(
        read_on(later, LATE), "issue:" + to_come.issue_ids[0]
    )
    assert "1 Sep 2032 — passed since; outcome not recorded" in write(
        brief(read_on(later, LATE), rounds=[ref]), "md"
    )


def test_a_value_that_was_to_come_is_told_as_that(view):
    toll, *others = view.index.dataset.figures
    to_come = replace(toll.values[0], on=date(2032, 9, 1), known=CHOSEN, parts=())
    toll = replace(toll, values=(*toll.values, to_come))
    data = replace(view.whole.dataset, figures=(toll, *others))
    later = read_on(View(Index(data), view.notes), LATE)

    assert "was to come, passed since; outcome not recorded" in as_text(figures.sheet(later))
    assert "was to take effect 1 Sep 2032, passed since" in as_text(
        figures.detail(later, toll, to_come)
    )


def test_a_briefing_of_a_record_that_ended_says_when_it_was_written(view):
    assert "As of 30 Jun 2032, written 6 Dec 2032." in brief(read_on(view, LATE)).opening[0]
    assert "written" not in brief(read_on(view, ENDS)).opening[0]
    chosen = [brief(read_on(view, day).at(CHOSEN)) for day in (SOON, LATE)]
    assert write(chosen[0], "md") == write(chosen[1], "md")


def test_a_milestone_ahead_of_the_reader_is_upcoming(view):
    data = view.whole.dataset
    fair = Milestone(
        id="fair",
        name="Fair",
        on=date(2032, 12, 18),
        announced=CHOSEN,
        text="t",
        source_ids=data.milestones[0].source_ids,
    )
    later = View(Index(replace(data, milestones=(*data.milestones, fair))), view.notes)

    assert "in 12 days" in text_of(read_on(later, LATE), "milestone:fair")


# A day that is not covered


@pytest.mark.parametrize(
    ("said", "asked", "told"),
    [
        (
            "2033-01-01",
            "2033-01-01",
            "1 Jan 2033 is not covered; this is as of 30 Jun 2032, the last",
        ),
        (
            "2020-02-03",
            "2020-02-03",
            "3 Feb 2020 is not covered; this is as of 10 Jan 2031, the first",
        ),
        ("today", "2032-12-06", "6 Dec 2032 is not covered; this is as of 30 Jun 2032, the last"),
        ("now", "2032-12-06", "6 Dec 2032 is not covered; this is as of 30 Jun 2032, the last"),
    ],
)
def test_who_asks_for_a_day_not_covered_is_told_which_is_shown(harbour, capsys, said, asked, told):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_TODAY", LATE.isoformat())
        for command in (["measures"], ["list", "issues"], ["search", "toll"], ["brief"]):
            given = [*command, "--json", "--as-of", said, "--dataset", str(harbour)]
            assert cli.main(given) == 0
            out, err = capsys.readouterr()
            assert err.startswith(f"{told} day that is.\n"), command
            assert ("outcome not recorded" in err) is (told.endswith("last")), command
            if command != ["list", "issues"]:
                assert json.loads(out)["asked"] == asked
        cli.main(["changes", "--to", said, "--dataset", str(harbour)])
        assert capsys.readouterr().err.startswith(f"{told} day that is.\n")


def test_a_day_to_compare_with_is_taken_from_the_record_too(harbour, capsys):
    for option, command in (("--from", "changes"), ("--since", "positions")):
        for said, taken in (("2033-01-01", "30 Jun 2032"), ("2020-02-03", "10 Jan 2031")):
            cli.main([command, option, said, "--dataset", str(harbour)])
            out, err = capsys.readouterr()
            assert err.startswith(f"{option}: ")
            assert err.endswith(f" is not covered; {taken} is taken for it.\n")
            assert "2033" not in out
            assert "2020" not in out


@pytest.mark.parametrize("said", ["end", "2032-06-30", "2031-01-10", "lantern"])
def test_a_day_that_is_covered_is_shown_without_a_word(harbour, capsys, said):
    cli.main(["measures", "--json", "--as-of", said, "--dataset", str(harbour)])
    out, err = capsys.readouterr()

    assert "asked" not in json.loads(out)
    assert err == ""


def test_plain_data_names_the_reader_s_day_only_when_the_record_is_older(view):
    assert "today" not in coverage.as_data(read_on(view, ENDS))
    assert "today" not in coverage.as_data(read_on(view, LATE).at(CHOSEN))
    assert coverage.as_data(read_on(view, LATE))["today"] == "2032-12-06"


def test_a_day_to_count_from_that_is_none_is_refused(harbour, capsys, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "tomorrow")

    assert cli.main(["measures", "--dataset", str(harbour)]) == 2
    assert "EXPLORER_TODAY is “tomorrow”, which is no day such as 2032-06-30" in (
        capsys.readouterr().err
    )


# What has passed since


def test_deadlines_that_passed_unrecorded_are_counted_for_whoever_reads_later(view):
    assert coverage.passed(read_on(view, ENDS)) == ()
    assert coverage.passed(read_on(view, SOON)) == ()
    assert coverage.passed(read_on(view, LATE)) == (Ref("milestone", "toll-truce-ends"),)
    # On a day that was chosen nothing has passed since.
    assert coverage.passed(read_on(view, LATE).at(CHOSEN)) == ()


def test_a_document_says_that_deadlines_have_passed_since(view):
    since = "Since then 1 deadline has passed, and what came of it is not recorded."

    assert coverage.opening(read_on(view, LATE)).endswith(since)
    assert since not in coverage.opening(read_on(view, SOON))
    assert coverage.as_data(read_on(view, LATE))["passed_since"] == ["milestone:toll-truce-ends"]
    assert "passed_since" not in coverage.as_data(read_on(view, SOON))


def test_a_command_says_how_old_the_record_is_that_it_answers_from(harbour, capsys):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXPLORER_TODAY", LATE.isoformat())
        assert cli.main(["list", "issues", "--dataset", str(harbour)]) == 0
        said = "The record ended on 30 Jun 2032, 159 days ago; 1 deadline since, outcome"
        assert capsys.readouterr().err == f"{said} not recorded.\n"
        day = CHOSEN.isoformat()
        cli.main(["list", "issues", "--as-of", day, "--dataset", str(harbour)])
        assert capsys.readouterr().err == ""
