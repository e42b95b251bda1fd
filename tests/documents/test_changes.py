"""What changed between two dates: all that became public, each thing once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from explorer import dataset
from explorer.documents.comparisons import changes
from explorer.documents.comparisons.changes.difference import ALIKE, reworded
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record.days import last_day
from explorer.record.index import Index
from explorer.record.model import PLURALS, Ref
from explorer.record.tables import entries, public_from, toml_name
from explorer.ui.style import Look
from explorer.ui.widgets.layout import Layout
from explorer.view import Scope, View


def ref(text):
    return Ref.parse(text)


def day(text):
    return date.fromisoformat(text)


def between(view, since, today):
    """The changes of a dataset between two days."""
    return changes.changes(view.at(day(today)), day(since))


def data_between(view, since, today):
    """The same as plain values."""
    return changes.as_data(view.at(day(today)), Question(since=day(since)))


def of(found, name):
    return [change for change in found if change.ref == ref(name)]


def only(found, name, kind):
    """The one change of a kind that a record went through."""
    (change,) = (change for change in of(found, name) if change.kind == kind)
    return change


def set_against(found):
    return [(change.was, change.now) for change in found]


def scoped(view, *names):
    return view.within(Scope(tuple(map(ref, names)), view.scope.as_of))


def altered(view, which, /, **fields):
    """The view of a dataset in which one record is different."""
    whole, plural = view.index.dataset, PLURALS[ref(which).kind]
    records = tuple(
        replace(r, **fields) if r.ref == ref(which) else r for r in getattr(whole, plural)
    )
    return View(Index(replace(whole, **{plural: records})), Notes())


def lines_of(made):
    return as_text(made).splitlines()


def text_of(spans):
    return "".join(span.text for span in spans)


@pytest.fixture
def small(dataset_of):
    """Reads a small dataset: the base with a second bank, and what the test adds."""

    def read(text="", **instead):
        west = '[[delegation]]\nid = "west"\nname = "West bank"\nshort = "West"\n'
        path = dataset_of(f'{west}sources = ["gazette"]\n{text}', **instead)
        return View(dataset.load(path, cached=False), Notes())

    return read


def issue(*entries):
    return "\n".join(
        (
            '[[issue]]\nid = "fares"\nname = "Fares"\nsummary = "s"\nsources = ["gazette"]',
            "known = 2031-01-01",
            *(f'{entry}\nsources = ["gazette"]' for entry in entries),
        )
    )


def status(on, state):
    return f'[[issue.status]]\non = {on}\nstate = "{state}"\ntext = "t"'


def position(on, text, side="east", more=""):
    return f'[[issue.position]]\non = {on}\ndelegations = ["{side}"]\ntext = "{text}"\n{more}'


POINT = """
[[point]]
id = "pause"
name = "A pause"
text = "Fares stay."
on = 2031-05-02
round = "jetty"
issues = ["fares"]
due = "2031-07"
sources = ["gazette"]
"""


# Issues


def test_an_issue_tells_each_status_with_the_one_it_left(view):
    found = between(view, "2031-01-10", "2032-01-19")

    told = [change for change in found if change.kind == "stands"]
    assert [(str(c.ref), c.on.isoformat(), c.was, c.now) for c in told] == [
        ("issue:tolls", "2032-01-18", "agreed in principle", "being carried out"),
        ("issue:tolls", "2031-03-05", "disputed", "agreed in principle"),
    ]
    assert told[0].text == "The truce is kept and prolonged."
    assert told[0].known == day("2032-01-19")
    assert told[1].source_ids == ("joint-statement",)
    assert told[1].issue_ids == ("tolls",)
    assert told[1].known is None


def test_a_new_issue_is_told_once_with_where_it_stands(view):
    found = between(view, "2031-03-02", "2031-03-07")

    (told,) = of(found, "issue:fishing")
    assert (told.kind, told.field, told.now) == ("added", "", "disputed")
    assert told.text == "Each port counts the other’s nets."
    assert told.on == day("2031-03-03")


def test_a_first_position_is_added_and_the_next_set_against_it(small):
    view = small(
        issue=issue(
            position("2031-02-01", "Half."),
            position("2031-03-01", "All.", "west"),
            position("2031-04-01", "A third."),
        )
    )

    found = between(view, "2031-01-31", "2031-04-01")

    assert [(c.kind, ",".join(c.delegation_ids), c.was, c.now) for c in found] == [
        ("position", "east", "Half.", "A third."),
        ("added", "west", "", "All."),
        ("added", "east", "", "Half."),
    ]
    assert {c.field for c in found} == {"position"}


def test_a_position_that_is_withdrawn_is_dropped_and_one_taken_up_again_is_new(small):
    view = small(
        issue=issue(
            position("2031-02-01", "Half."),
            position("2031-03-01", "The half.", more="withdrawn = true"),
            position("2031-04-01", "A third."),
        )
    )

    found = between(view, "2031-02-01", "2031-04-01")

    assert [(c.kind, c.was, c.now) for c in found] == [
        ("added", "", "A third."),
        ("dropped", "Half.", "The half."),
    ]


def test_a_statement_that_was_known_later_is_told_when_it_was_known(view):
    earlier = of(between(view, "2032-01-17", "2032-01-18"), "issue:tolls")
    assert [change.kind for change in earlier] == ["position"]

    told = only(between(view, "2032-01-18", "2032-01-19"), "issue:tolls", "stands")
    assert (told.on, told.known) == (day("2032-01-18"), day("2032-01-19"))


# Measures


def test_a_new_measure_is_told_once_with_the_step_it_has_reached(view):
    found = between(view, "2031-01-10", "2031-03-07")
    (ban,) = of(found, "measure:south-net-ban")
    assert (ban.kind, ban.now, ban.delegation_ids) == ("added", "in force", ("south",))
    assert ban.issue_ids == ("fishing", "tolls")


def test_a_measure_that_is_only_to_come_says_so(view):
    (told,) = of(between(view, "2032-06-09", "2032-06-10"), "measure:south-dredge-licence")

    assert told.now == "to be in force"
    assert (told.on, told.known) == (day("2032-12-01"), day("2032-06-10"))


def test_each_new_step_of_a_measure_is_told_with_the_stage_before(view):
    found = of(between(view, "2031-01-10", "2032-01-19"), "measure:north-toll")

    assert [(c.kind, c.was, c.now) for c in found] == [
        ("step", "suspended", "resumed at 20%"),
        ("step", "in force", "suspended until 1 Sep 2032"),
        ("step", "announced", "in force at 20%"),
    ]


def test_a_legal_name_is_told_with_the_step_that_gave_it(small):
    steps = "".join(
        f'[[measure.step]]\non = {on}\nstage = "{stage}"\ntext = "t"\nsources = ["gazette"]\n'
        for on, stage in (("2031-02-01", "threatened"), ("2031-03-01", "in force"))
    )
    view = small(
        '[[measure]]\nid = "toll"\nname = "Toll"\ndelegation = "east"\nact = "law"\n'
        f'legal_name = "Act 7"\nsources = ["gazette"]\n{steps}'
    )

    found = of(between(view, "2031-02-01", "2031-03-05"), "measure:toll")

    told = only(found, "measure:toll", "known")
    assert (told.field, told.was, told.now) == ("legal_name", "", "Act 7")
    assert told.on == day("2031-03-01")
    assert [c.kind for c in found] == ["known", "step"]


# Points, milestones and other dates


def test_a_new_point_is_told_once_with_its_accounts(view):
    (told,) = of(between(view, "2031-03-04", "2031-03-07"), "point:toll-truce")

    assert (told.kind, told.now, told.text) == (
        "added",
        "North affirms; South differs",
        "No new tolls for a year.",
    )
    assert told.issue_ids == ("tolls",)


def test_new_accounts_and_signs_of_a_known_point_are_told_each(view):
    found = of(between(view, "2031-03-05", "2032-06-30"), "point:toll-truce")

    assert [(c.kind, ",".join(c.delegation_ids), c.was, c.now, c.text) for c in found] == [
        ("evidence", "", "", "", "No new toll has been seen."),
        ("moved", "", "1 Mar 2032", "1 Sep 2032", "Both prolong the truce by half a year."),
        ("evidence", "", "", "", "The almanac prints the same tolls as in March."),
        ("account", "south", "", "differs", "It speaks of a pause, not of a year."),
        ("account", "north", "", "affirms", "So the bulletin. “a year without new tolls”"),
    ]


def account(on, stance, side="east"):
    return (
        f'[[point.account]]\non = {on}\ndelegation = "{side}"\nstance = "{stance}"\n'
        'document = "gazette"\ntext = "t"\nsources = ["gazette"]\n'
    )


def test_an_account_is_set_against_the_one_its_side_gave_before(small):
    told = (
        account("2031-06-01", "denies"),
        account("2031-05-03", "affirms"),
        account("2031-05-04", "silent", "west"),
    )
    found = between(small(POINT + "".join(told)), "2031-05-02", "2031-06-01")

    assert [(",".join(c.delegation_ids), c.was, c.now) for c in found if c.kind == "account"] == [
        ("east", "affirms", "denies"),
        ("west", "", "silent"),
        ("east", "", "affirms"),
    ]


def test_a_sign_that_a_point_was_carried_out_says_so(small):
    sign = '[[point.evidence]]\non = 2031-06-01\ntext = "t"\nsources = ["gazette"]\n'
    view = small(f"{POINT}{sign}shows = 'carried out'\n")

    told = only(between(view, "2031-05-31", "2031-06-01"), "point:pause", "evidence")

    assert (told.now, told.text) == ("carried out", "t")


def moves(table, *days):
    return "".join(
        f'[[{table}.move]]\non = {on}\nto = {to}\ntext = "t"\nsources = ["gazette"]\n'
        for on, to in days
    )


def test_each_move_of_a_due_day_is_set_against_the_day_before_it(small):
    twice = moves("point", ("2031-06-01", "2031-08-01"), ("2031-07-01", '"2031-10"'))

    found = between(small(POINT + twice), "2031-05-31", "2031-12-31")

    assert set_against(of(found, "point:pause")) == [
        ("1 Aug 2031", "Oct 2031"),
        ("Jul 2031", "1 Aug 2031"),
    ]


def test_a_milestone_that_was_moved_is_told_with_both_days(view):
    found = between(view, "2032-01-18", "2032-01-19")
    assert not of(found, "milestone:toll-truce-ends")

    told = only(between(view, "2032-01-17", "2032-01-18"), "milestone:toll-truce-ends", "moved")
    assert (told.was, told.now, told.on) == ("1 Mar 2032", "1 Sep 2032", day("2032-01-18"))


def test_a_milestone_still_ahead_is_told_on_the_day_it_was_set_with_the_day_it_falls_on(view):
    told = only(between(view, "2031-03-04", "2031-03-05"), "milestone:toll-truce-ends", "added")
    assert (told.on, told.now) == (day("2031-03-05"), "1 Mar 2032")

    told = only(between(view, "2031-03-04", "2032-01-18"), "milestone:toll-truce-ends", "added")
    assert (told.on, told.now) == (day("2031-03-05"), "1 Sep 2032")

    (told,) = of(between(view, "2032-05-30", "2032-05-31"), "milestone:crab-season")
    assert (told.on, told.now) == ("2032-05", "May 2032")


# Rounds


def test_a_round_is_told_as_it_is_announced_put_off_begun_and_held(view):
    told = [
        (str(c.on), c.kind, c.was, c.now, c.text)
        for since, until in (
            ("2031-02-19", "2031-02-20"),
            ("2031-02-24", "2031-02-25"),
            ("2031-03-02", "2031-03-03"),
            ("2031-03-04", "2031-03-05"),
        )
        for c in of(between(view, since, until), "round:lantern-isle")
    ]

    assert told == [
        ("2031-02-20", "added", "", "announced for 1 Mar 2031", ""),
        ("2031-02-25", "moved", "1 Mar 2031", "3 Mar 2031", "Fog puts the start off by two days."),
        ("2031-03-03", "begun", "", "3 Mar 2031", ""),
        (
            "2031-03-05",
            "held",
            "",
            "3–5 Mar 2031",
            "Three days of talks end with a joint statement and a toll truce.",
        ),
        ("2031-03-05", "outcome", "", "", "Both welcome the pause in new tolls."),
    ]


def test_a_round_held_on_another_day_than_was_planned_says_so(view):
    told = only(between(view, "2031-02-20", "2031-03-05"), "round:lantern-isle", "held")

    assert (told.was, told.now) == ("1 Mar 2031", "3–5 Mar 2031")


def test_a_round_nobody_announced_is_told_with_what_came_of_it(view):
    (told,) = of(between(view, "2031-05-20", "2031-05-21"), "round:may-call")

    assert (told.kind, told.now, told.text) == (
        "added",
        "20 May 2031",
        "The two speak for an hour.",
    )
    assert told.issue_ids == ()


def test_what_a_round_under_way_will_bring_is_not_told(view):
    (told,) = of(between(view, "2031-11-30", "2031-12-30"), "round:tide-hall")

    assert (told.kind, told.now, told.text) == ("added", "under way since 30 Dec 2031", "")


SUMMIT = """
[[round]]
id = "pier"
name = "Pier"
meeting = "talks"
starts = 2031-07-02
ends = 2031-07-03
announced = 2031-06-01
planned = "2031-06"
known = 2031-07-05
summary = "s"
sources = ["gazette"]
"""


def test_a_round_planned_for_a_month_is_moved_from_that_month(small):
    view = small(SUMMIT + moves("round", ("2031-06-10", "2031-07-02")))

    told = only(between(view, "2031-06-01", "2031-06-10"), "round:pier", "moved")

    assert (told.was, told.now) == ("Jun 2031", "2 Jul 2031")


@pytest.mark.parametrize(
    ("act", "stage", "told"),
    [
        ("charge", "announced", "announced at 20%, to take effect 1 Sep 2031"),
        ("charge", "threatened", "threatened at 20%, to take effect 1 Sep 2031"),
        ("charge", "in force", "in force at 20% until 1 Sep 2031"),
        ("investigation", "announced", "announced at 20% until 1 Sep 2031"),
    ],
)
def test_a_step_holds_until_a_day_or_announces_what_takes_effect_then(small, act, stage, told):
    step = '[[measure.step]]\nstage = "{}"\non = {}\ntext = "t"\nsources = ["gazette"]\n'
    view = small(
        f'[[measure]]\nid = "toll"\nname = "Toll"\ndelegation = "east"\nact = "{act}"\n'
        'sources = ["gazette"]\n'
        + step.format("reported", "2031-02-01")
        + step.format(stage, "2031-03-01")
        + 'until = 2031-09-01\nrate = "20%"\n'
    )

    assert only(between(view, "2031-02-01", "2031-03-01"), "measure:toll", "step").now == told
    assert only(between(view, "2031-01-31", "2031-03-01"), "measure:toll", "added").now == told


def test_when_the_result_of_a_round_will_be_known_is_not_told_before(small):
    view = small(SUMMIT)

    assert [
        (c.kind, c.known)
        for since, until in (
            ("2031-05-31", "2031-06-01"),
            ("2031-07-01", "2031-07-02"),
            ("2031-07-04", "2031-07-05"),
        )
        for c in of(between(view, since, until), "round:pier")
    ] == [("added", None), ("begun", None), ("held", day("2031-07-05"))]


def test_outcomes_told_after_a_round_are_told_each_with_its_side(view):
    found = of(between(view, "2031-03-05", "2031-03-07"), "round:lantern-isle")

    assert [(c.kind, ",".join(c.delegation_ids)) for c in found] == [
        ("outcome", "south"),
        ("outcome", "north"),
    ]


# People, words and sources


def test_a_post_taken_up_and_one_given_up_are_told(view):
    found = of(between(view, "2031-04-29", "2031-05-01"), "delegate:noren")

    assert [(c.kind, str(c.on), c.was, c.now) for c in found] == [
        ("role", "2031-05-01", "", "Envoy of Northport"),
        ("role", "2031-04-30", "Deputy Envoy of Northport", ""),
    ]


def test_a_delegate_who_is_first_named_is_told_with_the_post(view):
    (told,) = of(between(view, "2031-03-02", "2031-03-03"), "delegate:tam")

    assert (told.kind, told.now, told.delegation_ids) == (
        "added",
        "Harbour Master of Southport",
        ("south",),
    )
    assert told.on == day("2031-03-03")


def test_a_new_quote_is_told_with_its_words(view):
    (told,) = of(between(view, "2031-05-20", "2031-05-21"), "quote:noren-hour")

    assert told.now == "“We spoke for an hour and I would do it again”"
    assert (told.on, told.known) == (day("2031-05-20"), day("2031-05-21"))


def test_another_printing_is_told_on_the_day_of_its_page(view):
    found = of(between(view, "2031-03-05", "2031-12-31"), "quote:noren-good-day")

    assert [(c.kind, c.on, c.text) for c in found] == [
        ("variant", "2031-10", "She called it a good day"),
        ("variant", day("2031-05-21"), "“It has been a good day for the strait”"),
    ]


def test_a_version_that_comes_to_a_conflict_is_told(view):
    conflict = view.index[ref("conflict:length-of-call")]
    late = replace(conflict.versions[0], text="Half an hour.", known=day("2031-11-05"))
    view = altered(view, "conflict:length-of-call", versions=(*conflict.versions, late))

    told = only(between(view, "2031-10-31", "2031-11-05"), "conflict:length-of-call", "version")

    assert (told.text, told.on) == ("Half an hour.", day("2031-11-05"))
    assert told.issue_ids == ("tolls",)


def test_no_source_is_told_by_itself(shipped_view):
    found = changes.changes(shipped_view, shipped_view.index.dataset.negotiation.began)

    assert "source" not in {change.ref.kind for change in found}
    assert all(change.source_ids for change in found)


# Between two datasets


def test_a_text_put_otherwise_is_told_with_the_name_of_its_field(view):
    later = altered(view, "issue:cranes", name="Cranes and hoists", summary="Who lifts what.")

    found = list(changes.between(view, later))

    assert [(c.kind, c.field, c.was, c.now) for c in found] == [
        ("changed", "name", "Cranes", "Cranes and hoists"),
        ("changed", "summary", "Who may lift what from which quay.", "Who lifts what."),
    ]
    assert {c.on for c in found} == {view.as_of}


def test_a_date_put_right_is_no_move_for_an_act_moves_a_date(view):
    later = altered(view, "milestone:crab-season", on=day("2032-05-10"))

    (told,) = changes.between(view, later)

    assert (told.kind, told.field, told.was, told.now) == (
        "changed",
        "on",
        "May 2032",
        "10 May 2032",
    )


def with_values(view, name, *values):
    return altered(view, name, values=values)


def test_a_number_put_right_is_told(view):
    old = view.index.figure("south-duty").values[0]
    later = with_values(view, "figure:south-duty", replace(old, up_to=7.5), to_rise(view))

    (told,) = changes.between(view, later)

    assert (told.field, told.was, told.now) == ("value up_to", "", "7.5")


def to_rise(view):
    return view.index.figure("south-duty").values[1]


def test_an_entry_put_otherwise_is_not_told_as_a_new_one(view):
    statuses = view.index[ref("issue:tolls")].statuses
    later = altered(
        view,
        "issue:tolls",
        statuses=(*statuses[:1], replace(statuses[1], text="A truce."), *statuses[2:]),
    )

    (told,) = changes.between(view, later)

    assert (told.kind, told.field, told.now) == ("changed", "status text", "A truce.")
    assert told.on == day("2031-03-05")


def test_of_two_entries_of_one_day_the_new_one_is_told(view):
    outcomes = view.index[ref("round:tide-hall")].outcomes
    twin = replace(outcomes[0], text="Told first.")
    later = altered(view, "round:tide-hall", outcomes=(twin, *outcomes))

    (told,) = changes.between(view, later)

    assert (told.kind, told.text) == ("outcome", "Told first.")


def test_two_entries_of_one_day_put_otherwise_are_told_each(view):
    outcome = view.index[ref("round:tide-hall")].outcomes[0]
    both = (outcome, replace(outcome, text="Told also."))
    earlier = altered(view, "round:tide-hall", outcomes=both)
    later = altered(
        view, "round:tide-hall", outcomes=tuple(replace(o, text=f"{o.text} So.") for o in both)
    )

    assert set_against(changes.between(earlier, later)) == [
        (outcome.text, f"{outcome.text} So."),
        ("Told also.", "Told also. So."),
    ]


def test_the_same_words_of_another_side_are_new(view):
    positions = view.index[ref("issue:fishing")].positions
    alike = replace(positions[0], delegation_ids=("north",))
    later = altered(view, "issue:fishing", positions=(alike, *positions))

    (told,) = changes.between(view, later)

    assert (told.kind, told.delegation_ids, told.now) == ("added", ("north",), alike.text)


def test_a_rule_and_a_flag_put_otherwise_are_told(view):
    whole = view.index.dataset
    negotiation = replace(whole.negotiation, rules=("One rule.",))
    later = View(Index(replace(whole, negotiation=negotiation)), Notes())
    (told,) = changes.between(view, later)
    assert (told.field, told.now) == ("rules", "One rule.")

    (told,) = changes.between(view, altered(view, "delegate:quill", office=True))
    assert (told.field, told.was, told.now) == ("office", "no", "yes")


def test_a_renamed_record_is_the_same_record(view):
    later = altered(view, "milestone:crab-season", id="crabs", formerly=("crab-season",))

    assert list(changes.between(view, later)) == []


def test_sources_that_came_to_a_statement_do_not_make_it_new(view):
    statuses = view.index[ref("issue:cranes")].statuses
    cited = (replace(statuses[0], source_ids=("almanac", "toll-act")),)

    assert list(changes.between(view, altered(view, "issue:cranes", statuses=cited))) == []


# Order and scope


def test_changes_stand_by_issue_and_then_rounds_delegations_and_the_rest(view):
    found = between(view, "2031-01-10", "2032-06-30")

    groups = list(dict.fromkeys(change.group for change in found))
    assert groups == [
        *(ref(f"issue:{slug}") for slug in ("tolls", "cranes", "fishing", "dredging")),
        "Rounds",
        "Delegations",
        "Elsewhere",
    ]


def test_the_newest_stand_first_under_each(either):
    found = changes.changes(either, either.index.dataset.negotiation.began)

    for group in dict.fromkeys(change.group for change in found):
        days = [last_day(c.on) for c in found if c.group == group]
        assert days == sorted(days, reverse=True), group


def test_a_conflict_is_listed_under_an_issue_of_what_it_touches(view):
    (told,) = of(between(view, "2031-10-01", "2031-12-31"), "conflict:length-of-call")

    assert told.issue_ids == ("tolls",)
    assert told.text == "They spoke for an hour. Or: They spoke for two hours."


def test_a_chosen_issue_leaves_out_the_others(view):
    found = changes.changes(scoped(view, "issue:fishing"), day("2031-01-10"))

    issues = {slug for change in found for slug in change.issue_ids}
    assert issues == {"fishing"}
    assert of(found, "measure:south-net-ban")
    assert of(found, "round:lantern-isle")
    assert not of(found, "measure:north-toll")


def test_a_change_is_listed_under_its_first_issue_that_is_in_the_scope(view):
    (told,) = of(
        changes.changes(scoped(view, "issue:tolls"), day("2031-01-10")), "measure:south-net-ban"
    )

    assert told.issue_ids == ("tolls",)


def test_a_chosen_delegation_keeps_its_delegates_and_leaves_out_the_others(view):
    found = changes.changes(scoped(view, "delegation:south"), day("2031-01-10"))

    people = {change.ref.id for change in found if change.ref.kind == "delegate"}
    assert people == {"tam", "harbour-office"}


def test_a_chosen_round_leaves_out_the_others(view):
    found = changes.changes(scoped(view, "round:tide-hall"), day("2031-01-10"))

    assert {c.ref.id for c in found if c.ref.kind == "round"} == {"tide-hall"}
    assert of(found, "quote:tam-welcome")


# From when


@pytest.mark.parametrize(
    ("today", "since"),
    [
        ("2031-01-20", "2031-01-10"),  # nothing was held yet: the record's beginning
        ("2031-03-04", "2031-01-10"),  # a round is under way
        ("2031-03-05", "2031-01-10"),  # it ends today
        ("2031-03-06", "2031-03-05"),
        ("2031-05-20", "2031-03-05"),  # a round ends today
        ("2031-05-21", "2031-05-20"),
        ("2031-12-10", "2031-05-20"),  # a round to come does not count
        ("2032-01-05", "2031-05-20"),  # nor one that is under way
        ("2032-01-18", "2031-05-20"),
        ("2032-06-30", "2032-06-09"),
    ],
)
def test_changes_are_told_from_the_end_of_the_round_before(view, today, since):
    assert changes.default_since(view.at(day(today))) == day(since)


def test_when_nothing_became_public_since_a_round_they_are_told_from_the_one_before(small):
    earlier = (
        '[[round]]\nid = "pier"\nname = "Pier"\nmeeting = "call"\nstarts = 2031-03-01\n'
        'ends = 2031-03-01\nsummary = "s"\nsources = ["gazette"]\n'
    )
    view = small(earlier).at(day("2031-06-01"))

    assert changes.default_since(view) == day("2031-03-01")
    assert [str(c.ref) for c in changes.changes(view, day("2031-03-01"))] == ["round:jetty"]


def test_the_day_it_is_told_from_does_not_hang_on_the_scope(view):
    view = view.at(day("2031-05-21"))

    assert changes.default_since(scoped(view, "issue:cranes")) == changes.default_since(view)


@pytest.mark.parametrize("since", ["2031-02-25", "2031-02-26", "2031-03-07", "2040-01-01"])
def test_nothing_changed_between_a_day_and_one_before_it(view, since):
    assert between(view, since, "2031-02-25") == ()


# As values


def test_changes_are_plain_values_for_json(view):
    (told,) = [
        data
        for data in data_between(view, "2032-01-18", "2032-01-19")
        if data["ref"] == "issue:tolls"
    ]

    assert json.loads(json.dumps(told)) == {
        "ref": "issue:tolls",
        "kind": "stands",
        "on": "2032-01-18",
        "known": "2032-01-19",
        "issues": ["tolls"],
        "field": "status",
        "was": "agreed in principle",
        "now": "being carried out",
        "text": "The truce is kept and prolonged.",
        "sources": ["gazette-tidehall"],
    }


def test_values_leave_out_what_is_empty_and_keep_the_side(view):
    found = data_between(view, "2031-03-06", "2031-03-07")

    told = next(data for data in found if data["ref"] == "round:lantern-isle")
    assert told == {
        "ref": "round:lantern-isle",
        "kind": "outcome",
        "on": "2031-03-07",
        "field": "outcome",
        "delegations": ["south"],
        "text": "Southport speaks of a truce, and of nothing else.",
        "sources": ["southport-notice"],
    }


# The sheet


def sheet_of(view, since, today):
    return changes.sheet(view.at(day(today)), Question(since=day(since)))


def test_a_sheet_says_how_many_changes_there_are_and_since_which_round(view):
    made = sheet_of(view, "2031-03-05", "2031-03-07")

    assert made.title == "Changes, 5–7 Mar 2031"
    assert lines_of(made)[0] == (
        "12 changes since the end of Lantern Isle, 5 Mar 2031, as of 7 Mar 2031."
    )
    assert made.blocks[0].spans[2].link == ref("round:lantern-isle")


def test_a_sheet_from_a_day_of_no_round_names_the_day_alone(view):
    assert lines_of(sheet_of(view, "2032-01-18", "2032-01-20"))[0].startswith(
        "10 changes since the end of Tide Hall, 18 Jan 2032"
    )
    assert lines_of(sheet_of(view, "2032-01-17", "2032-01-20"))[0].startswith(
        "18 changes since 17 Jan 2032,"
    )


def test_a_sheet_has_a_heading_for_each_issue_with_its_state_now(view):
    made = sheet_of(view, "2031-01-10", "2031-03-05")

    headings = [block.spans for block in made.blocks if block.kind == "heading"]
    tolls = headings[0]
    assert text_of(tolls) == "Tolls and the truce  agreed in principle"
    assert (tolls[0].link, tolls[-1].role) == (ref("issue:tolls"), "state:agreed in principle")
    assert [text_of(spans) for spans in headings[2:]] == ["Rounds", "Delegations", "Sources"]


ROWS = """
2031-03-05 ~ status  Tolls and the truce  disputed → agreed in principle. A truce holds both
2031-03-05 → step  Strait toll  North: in force → suspended until 1 Sep 2032. Half of it
2031-03-07 + new position  Tolls and the truce  South: Both tolls go at once. [
2032-01-18 ~ position  Tolls and the truce  North: The toll may go in steps. (was: The toll stays
2031-03-07 ~ account  A count of nets  South: ∅ silent in Southport Harbour Office: 关于海峡会谈
2031-03-06 ~ account  Truce on tolls  North: ✓ affirms. So the bulletin. “a year without new
2032-01-18 → moved  Toll truce ends  1 Mar 2032 → 1 Sep 2032. Tide Hall prolongs it. [
2031-02-20 + new round  Lantern Isle  announced for 1 Mar 2031
2031-03-03 → begun  Round 1: Lantern Isle  3 Mar 2031
2031-03-05 ✓ held  Round 1: Lantern Isle  3–5 Mar 2031. Three days of talks end with a joint
2031-03-06 + outcome  Round 1: Lantern Isle  North: Northport speaks of a truce on tolls and a
2031-03-05 + outcome  Round 1: Lantern Isle  Jointly: Both welcome the pause in new tolls. [
2031-04-30 ~ role  Astrid Norén  North: no longer Deputy Envoy of Northport [
2031-05-01 ~ role  Astrid Norén  North: Envoy of Northport [
2032-01-19 + evidence  Truce on tolls  No new toll has been seen. [
2032-01-19 + new quote  “You are welcome at any tide”  Tam Wai-lan · verbatim · public 19 Jan 2032 [
2031-02-28 + new measure  Ban on northern nets  South: in force. The Harbour Office turns nets
2031-02-01 + new figure  Northport toll on southern ships  20%, in force. The toll alone, without
2032-01-18 → value  Northport toll on southern ships  40%, threatened, Norén. What the toll might
2032-02-02 ✗ taken back  Northport toll on southern ships  40%, threatened [
2032-01-19 → value  Herring landed at Northport  410 barrels, counted, Harbour police, from 5 Mar
2031-03-03 + new issue  Crab and fishing rights  disputed. Each port counts the other’s nets. [
2031-05-21 + other printing  Norén: “It was a good day for the strait”  “It has been a good day
2031-10-31 + new conflict between sources  An hour, or two  They spoke for an hour. Or: They
"""


@pytest.mark.parametrize("told", ROWS.strip().splitlines())
def test_a_row_says_what_changed_in_words_and_with_a_sign(view, told):
    today, _, row = told.partition(" ")
    since = str(day(today) - timedelta(days=1))

    assert any(f": {row}" in line for line in lines_of(sheet_of(view, since, today)))


def test_a_row_begins_with_the_day_of_the_change(view):
    lines = lines_of(sheet_of(view, "2032-01-18", "2032-01-19"))

    assert any(line.startswith("18 Jan 2032: ~ status") for line in lines)


def test_a_round_held_on_another_day_says_so_in_its_row(view):
    (row,) = (
        line for line in lines_of(sheet_of(view, "2031-02-24", "2031-03-05")) if "✓ held" in line
    )

    assert "3–5 Mar 2031 (planned for 1 Mar 2031). Three days" in row


@pytest.mark.parametrize(
    ("today", "aside"),
    [
        ("2031-03-05", " · also Tolls and the truce ["),
        ("2032-01-19", " · public 19 Jan 2032 ["),
        ("2032-06-30", " · 1 move · 2 pieces of evidence ["),
    ],
)
def test_a_row_ends_with_what_else_to_know(view, today, aside):
    assert any(aside in row for row in lines_of(sheet_of(view, "2031-02-20", today)))


def test_a_status_that_stays_is_told_as_the_same(small):
    view = small(issue=issue(status("2031-02-01", "disputed"), status("2031-03-01", "disputed")))

    assert "1 Mar 2031: ~ status  Fares  still disputed. t [1]" in lines_of(
        sheet_of(view, "2031-02-28", "2031-03-01")
    )


def test_a_dropped_position_is_told_as_dropped_with_what_it_was(small):
    gone = position("2031-03-01", "Nothing more.", more="withdrawn = true")
    view = small(issue=issue(position("2031-02-01", "Half."), gone))

    assert (
        "1 Mar 2031: ✗ dropped  Fares  East: drops it: Nothing more. (was: Half.) [1]"
        in lines_of(sheet_of(view, "2031-02-28", "2031-03-01"))
    )


def test_a_position_little_changed_marks_the_words_that_are_new(small):
    view = small(
        issue=issue(
            position("2031-02-01", "The fare is to fall by half at once."),
            position("2031-03-01", "The fare is to fall by a third at once."),
        )
    )

    made = sheet_of(view, "2031-02-28", "2031-03-01")

    (row,) = (block for block in made.blocks if block.kind == "row")
    looks = {span.role: span.text for span in row.spans}
    assert "The fare is to fall by [–half] a third at once." in text_of(row.spans)
    assert looks["strong"] == "a third"


def test_every_row_leads_to_the_record_that_changed(either):
    since = either.index.dataset.negotiation.began
    made = changes.sheet(either, Question(since=since))

    rows = [block for block in made.blocks if block.kind == "row"]
    links = [next(s.link for s in row.spans if s.link and s.stop) for row in rows]
    assert links == [change.ref for change in changes.changes(either, since)]


def test_every_row_begins_with_a_sign_one_cell_wide_and_a_word(either):
    made = changes.sheet(either, Question(since=either.index.dataset.negotiation.began))

    for row in (block for block in made.blocks if block.kind == "row"):
        sign, word = row.spans[0].text.split(" ", 1)
        assert cell_len(sign) == 1
        assert word.strip().replace(" ", "").isalpha()


def test_a_sheet_lists_the_sources_it_cites(view):
    made = sheet_of(view, "2031-03-04", "2031-03-05")

    listed = [block.spans[0].link.id for block in made.blocks if block.kind == "source"]
    assert listed == list(made.cited)
    assert "joint-statement" in listed


@pytest.mark.parametrize("width", [60, 120])
def test_a_sheet_can_be_laid_out(either, width):
    made = changes.sheet(either, Question(since=either.index.dataset.negotiation.began))
    laid_out = Layout(made, width, Look.plain(), titled=True)

    laid_out.finish()

    assert all(cell_len(line.plain) <= width for line in laid_out.lines)


def test_a_sheet_without_changes_says_between_which_days(view):
    made = sheet_of(view, "2032-06-15", "2032-06-20")

    assert made.title == "Changes, 15–20 Jun 2032"
    assert as_text(made) == "Nothing became public between 15 Jun 2032 and 20 Jun 2032."


@pytest.mark.parametrize("since", ["2032-01-20", "2032-06-30"])
def test_a_sheet_between_dates_the_wrong_way_round_says_that_they_are(view, since):
    made = sheet_of(view, since, "2032-01-20")

    assert made.title.endswith("20 Jan 2032" if since == "2032-01-20" else "30 Jun 2032")
    assert " is not before 20 Jan 2032; there are no days between them." in as_text(made)
    assert "Nothing" not in as_text(made)


def test_a_sheet_without_changes_in_the_scope_says_so(view):
    made = changes.sheet(
        scoped(view.at(day("2032-06-10")), "issue:tolls"), Question(since=day("2032-06-09"))
    )

    assert as_text(made) == (
        "Nothing in the scope became public between 9 Jun 2032 and 10 Jun 2032."
    )


def test_a_day_before_the_record_is_the_day_it_begins(view):
    assert sheet_of(view, "1999-01-01", "2031-01-20").title == "Changes, 10–20 Jan 2031"


# Nothing later, nothing earlier, nothing twice


@pytest.fixture(params=["harbour", "shipped"])
def either(request, view, shipped_view):
    return view if request.param == "harbour" else shipped_view


WITHIN = st.floats(0, 1)
"""A day by how much of the record has passed."""

any_days = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def days_within(view, *shares):
    began, ends = view.index.dataset.negotiation.began, view.covers_until
    return sorted(began + timedelta(days=round(share * (ends - began).days)) for share in shares)


def public(view, record, entry):
    """The day an entry became public by its own account, or by those of its sources."""
    if record.kind in ("quote", "conflict") and entry.known is None:
        printed = [public_from(view.whole[ref(f"source:{slug}")]) for slug in entry.source_ids]
        return min(*printed, view.covers_until) if all(printed) else date.min
    return min(public_from(entry) or date.min, view.covers_until)


def words_of(record, entry):
    match type(entry).__name__:
        case "Role":
            return entry.title
        case "Account":
            words = f"“{entry.words}”" if entry.words else ""
            return f"{entry.text} {words}".strip()
        case "Variant":
            paraphrased = (entry.form or record.form) == "paraphrase"
            return entry.text if paraphrased else f"“{entry.text}”"
        case "Clause" if entry.dropped or not entry.words:
            return entry.number
        case "Clause":
            return f"{entry.number}: {entry.words}"
        case _:
            return entry.text


UNDATED = ("role", "version", "variant")
SIDED = ("position", "account", "outcome")
SIDES = ("positions", "accounts", "outcomes")


def told_by(change):
    """What a change tells of an entry, as `telling` has it."""
    words = change.now if change.field in ("position", "role", "clause") else change.text
    on = None if change.field in UNDATED else change.on
    sides = change.delegation_ids if change.field in SIDED else ()
    return (change.ref, change.field, on, sides, words)


def telling(record, table, entry):
    """What is to be told of an entry: where it stands, its day, its side and its words."""
    on, side = getattr(entry, "on", None), getattr(entry, "delegation_id", None)
    sides = getattr(entry, "delegation_ids", (side,) if side and table in SIDES else ())
    return (record.ref, toml_name(table), on, sides, words_of(record, entry))


def entries_told(found):
    """The changes that tell an entry which came to a record."""
    return [
        change
        for change in found
        if change.field and change.kind not in ("changed", "known") and (change.now or change.text)
    ]


def entries_between(view, since, today):
    """Every entry that became public between, of the records that had been public before."""
    for old in view.at(since).index.dataset.records():
        record = view.whole[old.ref]
        for table, _, entry in entries(record):
            # How far the record reaches is no change.
            if table != "one_sided" and since < public(view, record, entry) <= today:
                yield telling(record, table, entry)


@any_days
@given(WITHIN, WITHIN)
@example(0.0, 1.0)
def test_every_entry_that_became_public_between_is_told_exactly_once(either, one, other):
    since, today = days_within(either, one, other)

    told = entries_told(changes.changes(either.at(today), since))

    expected = Counter(entries_between(either, since, today))
    assert Counter(map(told_by, told)) == expected


@any_days
@given(WITHIN, WITHIN)
@example(0.0, 1.0)
def test_every_record_that_became_public_between_is_told_exactly_once(either, one, other):
    since, today = days_within(either, one, other)

    found = changes.changes(either.at(today), since)

    told = Counter(change.ref for change in found if change.kind == "added" and not change.field)
    before, after = either.at(since).index, either.at(today).index
    came = [r.ref for r in after.dataset.records() if r.ref not in before and r.kind != "source"]
    assert told == Counter(came)


DATED = ("round", "quote", "milestone", "point")


@any_days
@given(WITHIN, WITHIN)
@example(0.0, 1.0)
def test_what_is_told_became_public_after_the_one_day_and_by_the_other(either, one, other):
    since, today = days_within(either, one, other)

    for change in changes.changes(either.at(today), since):
        record = either.whole[change.ref]
        became = []
        if change.kind == "added" and not change.field:
            if record.kind in DATED:
                became = [public_from(record)]
            elif record.kind in ("issue", "measure", "figure"):
                parts = (record, *(entry for _, _, entry in entries(record)))
                became = [min(filter(None, map(public_from, parts)))]
        elif change in entries_told([change]):
            became = [
                public(either, record, entry)
                for table, _, entry in entries(record)
                if telling(record, table, entry) == told_by(change)
            ]
            assert became
        if record.kind == "point" and change.kind == "added":
            needed = [either.timeline.public(ref(f"round:{record.round_id}")), *became]
            became = [max(needed)]
        for shown in became:
            assert since < min(shown, either.covers_until) <= today, change
        assert change.known is None or last_day(change.known) <= today


@any_days
@given(WITHIN, WITHIN, WITHIN)
@example(0.0, 0.5, 1.0)
def test_what_is_told_of_two_spans_is_told_of_both_together(either, one, other, third):
    first, middle, last = days_within(either, one, other, third)

    def told(since, today):
        found = changes.changes(either.at(today), since)
        new = {c.ref for c in found if c.kind == "added" and not c.field}
        return new, {told_by(change) for change in entries_told(found)}

    new_then, entries_then = told(first, middle)
    new_later, entries_later = told(middle, last)
    new, came = told(first, last)

    assert new == new_then | new_later
    assert came == {entry for entry in entries_then | entries_later if entry[0] not in new}


# Two wordings


def test_words_that_were_added_are_strong_and_those_taken_out_stand_in_brackets():
    spans = reworded("the toll falls by half in May", "the toll falls by a third in late May")

    assert text_of(spans) == "the toll falls by [–half] a third in late May"
    assert [(s.text, s.role) for s in spans if s.role] == [
        ("[–half]", "muted"),
        ("a third", "strong"),
        ("late", "strong"),
    ]


def test_words_taken_out_without_others_leave_their_brackets():
    assert text_of(reworded("the whole toll falls", "the toll falls")) == "the [–whole] toll falls"


def test_texts_that_have_little_in_common_stand_one_after_the_other():
    spans = reworded("The toll stays.", "Both may go in steps.")

    assert [(s.text, s.role) for s in spans] == [
        ("Both may go in steps. ", ""),
        ("(was: The toll stays.)", "muted"),
    ]


@pytest.mark.parametrize("was", ["", "the toll falls"])
def test_a_first_wording_and_one_that_did_not_change_are_not_marked(was):
    assert [(s.text, s.role) for s in reworded(was, "the toll falls")] == [("the toll falls", "")]


def test_texts_are_alike_when_they_share_more_than_the_bound_of_their_words():
    assert ALIKE == 0.6
    assert "[–" not in text_of(reworded("a b c d e", "a b c x y"))
    assert "[–" in text_of(reworded("a b c d e f g", "a b c d e x y"))


SAID = st.lists(st.sampled_from("toll fare quay net truce half".split()), max_size=12).map(" ".join)


@given(SAID, SAID)
def test_both_wordings_can_be_read_from_the_marked_one(was, now):
    spans = reworded(was, now)

    said = " ".join(s.text for s in spans if s.role != "muted")
    assert said.split() == now.split()
    if was and now and "(was: " not in text_of(spans):
        before = " ".join(s.text.strip("[–]") for s in spans if s.role != "strong")
        assert before.split() == was.split()
