"""Dataset, notes and scope together: what is to be seen now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from explorer import dataset
from explorer.documents.comparisons import compared
from explorer.notes import Damaged, Note, Notes, file_name
from explorer.record import filter_texts
from explorer.record.index import Index
from explorer.record.lists import in_order, listed_under
from explorer.record.model import KINDS, PLURALS, Account, Evidence, Move, Ref
from explorer.text.folding import words_of
from explorer.view import Scope, View, ways_to_say_a_day

LISTS = ("round", "delegation", "issue", "quote")


def ref(text):
    return Ref.parse(text)


def ids(rows):
    return [row.id for row in rows]


def scoped(view, *texts):
    return replace(view, scope=Scope(tuple(map(ref, texts))))


def note_on(text, changed=1, folder="notes"):
    when = datetime(2032, 7, changed, tzinfo=UTC)
    name = text.replace(":", "-")
    return Note(ref(text), "Remember.", when, when, Path(folder) / f"{name}.toml", "0")


# What the panes list


def test_rounds_stand_newest_first(view):
    assert ids(view.rows("round")) == ["chart-room", "tide-hall", "may-call", "lantern-isle"]


def test_delegations_stand_above_their_delegates_and_outsiders_last(view):
    assert ids(view.rows("delegation")) == [
        *["north", "noren", "okafor"],
        *["south", "tam", "harbour-office"],
        "lantern",
        "quill",
    ]


def test_issues_stand_in_the_order_of_the_file(view):
    assert ids(view.rows("issue")) == ["tolls", "cranes", "fishing", "dredging", "wrecks"]


def test_quotes_stand_newest_first_by_the_day_they_were_said(view):
    quotes = ids(view.rows("quote"))

    assert quotes[0] == "office-charts"
    assert quotes.index("noren-steps") < quotes.index("tam-welcome")
    assert quotes.index("tam-welcome") < quotes.index("tam-toll-paraphrase")
    assert quotes[-2:] == ["tam-patience", "noren-good-day"]


def test_a_quote_dated_by_year_stands_at_the_end_of_the_year(view):
    quotes = ids(view.rows("quote"))

    assert quotes.index("quill-crab") == quotes.index("tam-welcome") - 1


def test_a_pane_counts_its_leading_kind_alone(view):
    assert {kind: view.total(kind) for kind in LISTS} == {
        "round": 4,
        "delegation": 5,
        "issue": 5,
        "quote": 10,
    }


def test_what_is_narrowed_is_counted_alike(view):
    rows = view.rows("delegation", words_of("northport"))

    assert ids(rows) == ["north", "noren", "okafor"]
    assert view.counted("delegation", rows) == 2


@pytest.mark.parametrize(
    ("kind", "under"),
    [("delegate", "delegation"), ("delegation", "delegation"), ("figure", "figure")],
)
def test_delegates_alone_are_listed_under_another_kind(kind, under):
    assert listed_under(kind) == under


# On another day

AFTER_LANTERN = date(2031, 3, 20)
END = date(2032, 6, 30)


def changed(view, text, **changes):
    """The view of a dataset in which one record is different."""
    old = view.index[ref(text)]
    new = replace(old, **changes)
    plural = PLURALS[old.kind]
    records = tuple(new if r is old else r for r in view.index.dataset.of(old.kind))
    return View(Index(replace(view.index.dataset, **{plural: records})), view.notes)


def test_a_view_stands_on_the_last_day_of_the_record_unless_it_is_put_on_another(view):
    assert view.as_of == view.record_ends == END
    assert view.at(AFTER_LANTERN).as_of == AFTER_LANTERN
    assert view.at(AFTER_LANTERN).record_ends == END


def test_on_another_day_everything_is_as_it_was_then(view):
    then = view.at(AFTER_LANTERN)

    assert ids(then.rows("round")) == ["lantern-isle"]
    assert {kind: then.total(kind) for kind in LISTS} == {
        "round": 1,
        "delegation": 4,
        "issue": 3,
        "quote": 3,
    }
    assert then.index[ref("issue:tolls")].latest_status.state == "agreed in principle"
    assert ref("quote:noren-steps") not in {name for name, _, _ in then.names}


def test_the_way_to_a_day_does_not_matter(view):
    there = view.at(date(2032, 2, 1)).at(date(2031, 1, 20)).at(AFTER_LANTERN)

    assert there.index.dataset == view.at(AFTER_LANTERN).index.dataset
    assert there.scope == view.at(AFTER_LANTERN).scope


@pytest.mark.parametrize("day", [None, END, date(2032, 7, 1), date(2099, 1, 1)])
def test_at_its_end_and_after_it_the_record_is_whole(view, day):
    then = view.at(AFTER_LANTERN).at(day)

    assert then.index is view.index
    assert then.scope.as_of is None
    assert then.as_of == END


@pytest.mark.parametrize("day", [date(2031, 1, 9), date(1999, 1, 1)])
def test_no_day_is_before_the_record_begins(view, day):
    assert view.at(day).as_of == date(2031, 1, 10)
    assert view.at(day).index.dataset == view.at(date(2031, 1, 10)).index.dataset


def test_what_was_chosen_and_noted_stays_on_another_day(view):
    view = replace(scoped(view, "issue:tolls"), notes=Notes().with_note(note_on("issue:tolls")))
    then = view.at(AFTER_LANTERN)

    assert then.scope == Scope((ref("issue:tolls"),), AFTER_LANTERN)
    assert then.notes_on(ref("issue:tolls")) == view.notes_on(ref("issue:tolls"))


def test_another_scope_brings_its_day_and_its_records(view):
    then = view.within(Scope((ref("issue:tolls"),), AFTER_LANTERN))

    assert then.as_of == AFTER_LANTERN
    assert then.index.dataset == view.at(AFTER_LANTERN).index.dataset
    assert then.chosen == (ref("issue:tolls"),)
    assert then.within(Scope()).index is view.index


@pytest.mark.parametrize(
    ("day", "stands_on"), [(date(2099, 1, 1), END), (date(1999, 1, 1), date(2031, 1, 10))]
)
def test_a_scope_of_another_record_stands_on_a_day_of_this_one(view, day, stands_on):
    assert view.within(Scope((), day)).as_of == stands_on
    assert view.within(Scope((), day)).scope == view.at(day).scope


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2031, 3, 4), date(2031, 1, 10), date(2031, 3, 5)),
        (date(2031, 3, 5), date(2031, 1, 10), date(2031, 5, 20)),
        (date(2031, 3, 6), date(2031, 3, 5), date(2031, 5, 20)),
        (date(2032, 1, 1), date(2031, 5, 20), date(2032, 1, 18)),
        (date(2032, 6, 9), date(2032, 1, 18), END),
        (END, date(2032, 6, 9), END),
    ],
)
def test_steps_from_a_day_lead_to_the_ends_of_rounds_and_else_to_those_of_the_record(
    view, day, before, after
):
    then = view.at(day)

    assert (then.end_of_round_before(), then.end_of_next_round()) == (before, after)


def test_the_round_after_is_found_from_a_day_on_which_it_was_not_public(view):
    then = view.at(AFTER_LANTERN)

    assert then.end_of_next_round() == date(2031, 5, 20)


def test_no_round_is_after_the_record(view):
    later = changed(
        view,
        "round:chart-room",
        starts=date(2032, 7, 2),
        ends=date(2032, 7, 3),
        announced=date(2032, 6, 1),
    )

    assert later.at(date(2032, 2, 1)).end_of_next_round() == later.covers_until


@pytest.mark.parametrize(
    ("day", "to_come", "under_way"),
    [
        (date(2031, 12, 1), True, False),
        (date(2031, 12, 29), True, False),
        (date(2031, 12, 30), False, True),
        (date(2032, 1, 17), False, True),
        (date(2032, 1, 18), False, False),
        (END, False, False),
    ],
)
def test_a_round_is_to_come_then_under_way_then_held(view, day, to_come, under_way):
    then = view.at(day)
    tide_hall = then.index[ref("round:tide-hall")]

    assert (then.is_to_come(tide_hall), then.is_under_way(tide_hall)) == (to_come, under_way)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2031, 12, 1), "28 Dec 2031"),
        (date(2031, 12, 9), "28 Dec 2031"),
        (date(2031, 12, 10), "30 Dec 2031"),
        (date(2031, 12, 31), "30 Dec 2031"),
        (date(2032, 1, 17), "30 Dec 2031"),
        (date(2032, 1, 18), "30 Dec 2031 – 18 Jan 2032"),
    ],
)
def test_a_round_is_told_on_the_day_planned_for_it_until_its_end_is_known(view, day, told):
    put_off = Move(
        on=date(2031, 12, 10), to=date(2031, 12, 30), text="Fog.", source_ids=("wire-call",)
    )
    moved = changed(view, "round:tide-hall", planned=date(2031, 12, 28), moves=(put_off,))
    then = moved.at(day)

    assert then.days_of(then.index[ref("round:tide-hall")]) == told


def test_a_round_that_did_not_begin_on_the_day_planned_is_still_to_come(view):
    then = changed(view, "round:tide-hall", planned=date(2031, 12, 27)).at(date(2031, 12, 29))
    tide_hall = then.index[ref("round:tide-hall")]

    assert then.is_to_come(tide_hall)
    assert then.days_of(tide_hall) == "27 Dec 2031"


def test_a_round_planned_for_some_month_is_told_by_the_month(view):
    then = changed(view, "round:tide-hall", planned="2032-01").at(date(2031, 12, 5))

    assert then.days_of(then.index[ref("round:tide-hall")]) == "Jan 2032"


def test_a_day_is_said_from_the_one_the_view_stands_on(view):
    then = view.at(AFTER_LANTERN)

    assert then.day_said("+1w") == date(2031, 3, 27)
    assert view.day_said("-1d") == date(2032, 6, 29)
    assert then.day_said("end") == END
    assert then.day_said("may") == date(2032, 5, 31)


@pytest.mark.parametrize("said", ["tide hall", "round 2", "TIDE"])
def test_a_round_is_named_for_its_last_day_before_it_was_public_too(view, said):
    assert view.at(AFTER_LANTERN).day_said(said) == date(2032, 1, 18)


@pytest.mark.parametrize("said", ["2", "round 2"])
def test_the_number_of_a_round_names_it_though_other_numbers_begin_so(view, said):
    twice = changed(view, "round:may-call", number="2.1")

    assert twice.day_said(said) == date(2032, 1, 18)
    assert twice.day_said(f"{said}.1") == twice.index.round(ref("round:may-call")).closes


def test_an_id_names_its_round_though_other_ids_begin_so(view):
    others = changed(view, "round:may-call", formerly=("tide-hall-2",))

    assert others.day_said("tide-hall") == date(2032, 1, 18)
    assert others.day_said("tide-hall-2") == others.index.round(ref("round:may-call")).closes


def test_what_may_be_said_has_a_round_of_the_record_for_an_example(view):
    assert "a round such as may call, today" in ways_to_say_a_day(view)


# Scope


def test_adding_a_record_again_takes_it_off():
    scope = Scope().toggled(ref("issue:tolls")).toggled(ref("delegate:tam"))

    assert scope.chosen == (ref("issue:tolls"), ref("delegate:tam"))
    assert scope.toggled(ref("issue:tolls")).chosen == (ref("delegate:tam"),)


def test_the_last_record_added_is_the_first_taken_off():
    scope = Scope((ref("issue:tolls"), ref("delegate:tam")))

    assert scope.without_last().chosen == (ref("issue:tolls"),)
    assert scope.without_last().without_last().without_last() == Scope()


def test_a_chosen_record_narrows_the_other_panes(view):
    view = scoped(view, "issue:fishing")

    assert ids(view.rows("quote")) == ["quill-crab", "office-nets"]
    assert ids(view.rows("round")) == ["lantern-isle"]
    assert "quill" in ids(view.rows("delegation"))


def test_a_chosen_record_does_not_narrow_its_own_pane(view):
    assert scoped(view, "issue:fishing").rows("issue") == view.rows("issue")
    assert scoped(view, "delegate:tam").rows("delegation") == view.rows("delegation")


def test_records_of_one_pane_widen_the_scope(view):
    either = set(scoped(view, "delegate:okafor", "delegate:quill").rows("quote"))

    assert either == {
        *scoped(view, "delegate:okafor").rows("quote"),
        *scoped(view, "delegate:quill").rows("quote"),
    }
    assert ids(scoped(view, "delegate:okafor", "delegate:quill").rows("quote")) == [
        "okafor-rocks",
        "quill-crab",
    ]


def test_records_of_different_panes_narrow_the_scope(view):
    both = scoped(view, "delegate:noren", "round:tide-hall")

    assert ids(both.rows("quote")) == ["noren-steps"]


def test_a_delegation_and_a_delegate_are_of_one_pane(view):
    view = scoped(view, "delegation:south", "delegate:okafor")

    assert {view.index[row].speaker_id for row in view.rows("quote")} == {
        "tam",
        "harbour-office",
        "okafor",
    }


def test_each_pane_is_narrowed_by_all_the_others(view):
    view = scoped(view, "delegate:noren", "issue:tolls")

    assert ids(view.rows("quote")) == ["noren-steps", "noren-hour", "noren-good-day"]
    assert ids(view.rows("issue")) == ["tolls"]
    assert ids(view.rows("round")) == ["tide-hall", "may-call", "lantern-isle"]


def test_a_record_of_no_pane_narrows_every_pane(view):
    view = scoped(view, "source:undated-leaflet")

    assert {kind: ids(view.rows(kind)) for kind in LISTS} == {
        "round": [],
        "delegation": ["quill"],
        "issue": [],
        "quote": ["quill-crab"],
    }


def test_the_total_stays_when_the_scope_narrows(view):
    assert scoped(view, "issue:fishing").total("quote") == 10


def test_a_chosen_record_that_was_not_public_yet_narrows_nothing_and_comes_back(view):
    then = scoped(view, "round:tide-hall", "delegate:tam").at(AFTER_LANTERN)

    assert then.chosen == (ref("delegate:tam"),)
    assert then.scope.chosen == (ref("round:tide-hall"), ref("delegate:tam"))
    assert then.rows("quote") == scoped(view, "delegate:tam").at(AFTER_LANTERN).rows("quote")
    assert ids(then.at(None).rows("quote")) == ["tam-welcome"]


def test_where_nothing_chosen_was_public_yet_nothing_is_narrowed(view):
    then = scoped(view, "round:tide-hall").at(AFTER_LANTERN)

    assert {kind: then.rows(kind) for kind in LISTS} == {
        kind: view.at(AFTER_LANTERN).rows(kind) for kind in LISTS
    }


def test_all_issues_are_compared_unless_some_were_chosen(view):
    assert ids(compared.issues(view)) == ["tolls", "cranes", "fishing", "dredging", "wrecks"]
    assert ids(compared.issues(scoped(view, "issue:wrecks", "issue:cranes"))) == [
        "cranes",
        "wrecks",
    ]


def test_records_of_other_panes_narrow_what_is_compared(view):
    assert ids(compared.issues(scoped(view, "round:tide-hall"))) == ["tolls", "dredging"]
    assert ids(compared.issues(scoped(view, "round:tide-hall", "issue:tolls"))) == ["tolls"]
    assert ids(compared.issues(scoped(view, "round:tide-hall", "issue:wrecks"))) == []


def test_only_issues_that_were_public_are_compared(view):
    assert ids(compared.issues(view.at(AFTER_LANTERN))) == ["tolls", "fishing", "wrecks"]
    then = scoped(view, "issue:dredging", "issue:tolls").at(AFTER_LANTERN)
    assert ids(compared.issues(then)) == ["tolls"]
    then = scoped(view, "issue:dredging").at(AFTER_LANTERN)
    assert ids(compared.issues(then)) == ["tolls", "fishing", "wrecks"]


# Filters


@pytest.mark.parametrize(
    ("pane", "typed", "found"),
    [
        ("round", "mollehavn", ["tide-hall"]),
        ("round", "LEADERS' call", ["may-call"]),
        ("round", "dec 2031", ["tide-hall"]),
        ("round", "lighthouse", ["lantern-isle"]),
        ("delegation", "noren", ["north", "noren"]),
        ("delegation", "慧蘭", ["south", "tam"]),
        ("delegation", "chief pilot", ["north", "okafor"]),
        ("delegation", "almanac", ["quill"]),
        ("issue", "under discussion", ["dredging"]),
        ("issue", "waters crab", ["fishing"]),
        ("issue", "[bold]", ["wrecks"]),
        ("quote", "paraphrase", ["tam-toll-paraphrase"]),
        ("quote", "挖泥船", ["tam-patience"]),
        ("quote", "oct 2031", ["tam-toll-paraphrase"]),
        ("quote", "astrid may", ["noren-hour"]),
        ("quote", "no such words", []),
    ],
)
def test_a_filter_finds_all_its_words_without_regard_to_accents_and_case(view, pane, typed, found):
    assert ids(view.rows(pane, words_of(typed))) == found


def test_a_delegation_stays_above_the_delegates_that_a_filter_keeps(view):
    assert ids(view.rows("delegation", words_of("astrid"))) == ["north", "noren"]
    assert ids(view.rows("delegation", words_of("dora"))) == ["quill"]


def test_a_filter_narrows_what_the_scope_left(view):
    view = scoped(view, "delegate:noren")

    assert ids(view.rows("quote", words_of("hour"))) == ["noren-hour"]
    assert ids(view.rows("quote", words_of("crab"))) == []


def test_a_filter_finds_a_record_by_what_it_was_on_the_day(view):
    then = view.at(AFTER_LANTERN)

    assert ids(then.rows("issue", words_of("in principle"))) == ["tolls"]
    assert ids(view.rows("issue", words_of("in principle"))) == []
    assert ids(then.rows("issue", words_of("carried out"))) == []
    assert ids(view.rows("issue", words_of("carried out"))) == ["tolls"]


def test_a_filter_finds_no_venue_before_it_was_public(view):
    assert ids(view.at(date(2031, 3, 2)).rows("round", words_of("lantern isle"))) == [
        "lantern-isle"
    ]
    assert ids(view.at(date(2031, 3, 2)).rows("round", words_of("lighthouse"))) == []
    assert ids(view.at(date(2031, 3, 3)).rows("round", words_of("lighthouse"))) == ["lantern-isle"]


def test_a_filter_looks_at_each_day_by_itself_whichever_was_looked_at_first(view):
    fresh = View(view.index, Notes())
    tide_hall = ref("round:tide-hall")
    backward = [fresh.at(day).folded(tide_hall) for day in (END, date(2031, 12, 20))]
    forward = [view.at(day).folded(tide_hall) for day in (date(2031, 12, 20), END)]

    assert backward == forward[::-1]
    assert "18 jan 2032" in backward[0]
    assert "jan 2032" not in backward[1]


# What stands today


def test_today_is_the_last_day_of_the_record(view):
    assert view.as_of == date(2032, 6, 30)


def test_the_status_of_an_issue_is_its_latest(view):
    assert view.index[ref("issue:tolls")].latest_status.state == "being carried out"
    assert view.index[ref("issue:wrecks")].latest_status is None


def test_the_position_of_a_delegation_is_the_last_it_took(view):
    positions = view.index[ref("issue:tolls")].latest_positions

    assert {side: position.text for side, position in positions.items()} == {
        "north": "The toll may go in steps.",
        "south": "Both tolls go at once.",
    }


def test_a_measure_has_not_reached_a_step_still_to_come(view):
    measure = view.index[ref("measure:north-toll")]

    assert measure.steps[-1].stage == "resumed"
    assert view.life(measure).reached(view.as_of).stage == "suspended"


def stage_after(dataset_of, *steps):
    """The stage of a measure that took these steps, on the last day of 2031."""
    path = dataset_of(
        '[[measure]]\nid = "m"\nname = "M"\ndelegation = "east"\nact = "law"\n'
        'sources = ["gazette"]\n'
        + "".join(
            f'[[measure.step]]\non = {day}\nstage = "{stage}"\ntext = "t"\nsources = ["gazette"]\n'
            for day, stage in steps
        )
    )
    view = View(dataset.load(path, cached=False), Notes())
    step = view.life(view.index[ref("measure:m")]).reached(view.as_of)
    return step and step.stage


def test_a_measure_reaches_a_step_on_its_day(dataset_of):
    assert (
        stage_after(dataset_of, ("2031-01-02", "announced"), ("2031-12-31", "in force"))
        == "in force"
    )


def test_a_change_that_was_only_announced_leaves_in_force_what_was(dataset_of):
    assert (
        stage_after(dataset_of, ("2031-01-02", "in force"), ("2031-02-02", "announced"))
        == "in force"
    )


def test_a_measure_that_was_only_announced_is_announced(dataset_of):
    assert (
        stage_after(dataset_of, ("2031-01-02", "threatened"), ("2031-02-02", "announced"))
        == "announced"
    )


def test_a_measure_without_steps_has_reached_none(dataset_of):
    assert stage_after(dataset_of) is None


def test_a_measure_with_nothing_but_steps_to_come_has_reached_none(view):
    measure = view.index[ref("measure:south-dredge-licence")]

    assert measure.steps[0].on > view.as_of
    assert view.life(measure).reached(view.as_of) is None


def test_moved_dates_are_the_last_they_were_moved_to(view):
    assert view.index[ref("milestone:toll-truce-ends")].falls_on == date(2032, 9, 1)
    assert view.index[ref("milestone:crab-season")].falls_on == "2032-05"
    assert view.index[ref("point:toll-truce")].falls_due == date(2032, 9, 1)
    assert view.index[ref("point:channel-depth")].falls_due == "2032-06"
    assert view.index[ref("point:net-count")].falls_due is None


def test_dates_that_were_moved_later_stand_where_they_were(view):
    then = view.at(date(2032, 1, 17))

    assert then.index[ref("milestone:toll-truce-ends")].falls_on == date(2032, 3, 1)
    assert then.index[ref("point:toll-truce")].falls_due == date(2032, 3, 1)


def sign(day, **more):
    return Evidence(on=day, text="Measured.", source_ids=("wire-working",), **more)


def overdue(view, **changes):
    """How long a point is overdue, due on the first of May 2032."""
    view = changed(view, "point:channel-depth", due=date(2032, 5, 1), **changes)
    return [
        then.overdue(then.index[ref("point:channel-depth")])
        for then in map(view.at, (date(2032, 5, 1), date(2032, 5, 2), END))
    ]


def test_a_point_is_overdue_from_the_day_after_it_was_due(view):
    assert overdue(view) == [0, 1, 60]


def test_a_point_is_not_overdue_once_it_is_seen_carried_out(view):
    assert overdue(view, evidence=(sign(date(2032, 5, 2)),)) == [0, 1, 60]
    assert overdue(view, evidence=(sign(date(2032, 5, 3), shows="carried out"),)) == [0, 1, 0]
    assert overdue(view, evidence=(sign(date(2032, 4, 1), shows="carried out"),)) == [0, 0, 0]


def test_a_point_whose_date_was_moved_is_overdue_after_the_new_one(view):
    put_off = Move(
        on=date(2032, 5, 2), to=date(2032, 6, 1), text="Fog.", source_ids=("wire-working",)
    )

    assert overdue(view, moves=(put_off,)) == [0, 0, 29]


def test_a_point_due_in_a_month_has_the_whole_month_and_one_without_a_date_is_never_overdue(view):
    depth = view.index[ref("point:channel-depth")]
    due_in_may = changed(view, "point:channel-depth", due="2032-05")

    assert (depth.due, view.overdue(depth)) == ("2032-06", 0)
    assert due_in_may.overdue(due_in_may.index[ref("point:channel-depth")]) == 30
    assert view.overdue(view.index[ref("point:net-count")]) == 0


def test_of_several_accounts_of_a_delegation_the_last_that_was_public_counts(view):
    later = Account(
        delegation_id="south",
        stance="affirms",
        on=date(2031, 5, 1),
        source_ids=("southport-notice",),
    )
    point = view.index[ref("point:toll-truce")]
    # The files need not have them in the order of time.
    view = changed(view, "point:toll-truce", accounts=(later, *point.accounts))

    def stances(day):
        then = view.at(day)
        told = then.index[ref("point:toll-truce")].latest_accounts
        return {side: account.stance for side, account in told.items()}

    assert stances(date(2031, 3, 6)) == {"north": "affirms"}
    assert stances(date(2031, 4, 30)) == {"north": "affirms", "south": "differs"}
    assert stances(date(2031, 5, 1)) == {"north": "affirms", "south": "affirms"}


def test_a_position_that_was_withdrawn_is_still_the_last(view):
    tolls = view.index[ref("issue:tolls")]
    gone = replace(tolls.positions[-1], withdrawn=True)
    view = changed(view, "issue:tolls", positions=(*tolls.positions[:-1], gone))

    assert view.index[ref("issue:tolls")].latest_positions["north"].withdrawn
    then = view.at(AFTER_LANTERN)
    assert not then.index[ref("issue:tolls")].latest_positions["north"].withdrawn


def test_records_are_put_in_order_of_their_own_day_after_every_move(view):
    milestones = in_order(view.index, view.index.refs("milestone"))
    rounds = in_order(view.index, view.rows("round"))

    assert ids(milestones) == ["crab-season", "toll-truce-ends"]
    assert ids(rounds) == ["lantern-isle", "may-call", "tide-hall", "chart-room"]


def test_records_without_a_day_keep_the_order_of_the_files(view):
    assert in_order(view.index, view.index.refs("issue")) == view.index.refs("issue")


def test_every_record_has_a_name_to_be_found_by(view):
    names = {ref: folded for ref, _, folded in view.names}

    assert names.keys() == {record.ref for record in view.index.dataset.records()}
    assert names[ref("delegate:noren")] == "astrid noren"


# Notes


def test_a_note_is_found_on_its_record(view):
    note = note_on("issue:tolls")
    view = replace(view, notes=Notes().with_note(note))

    assert view.notes_on(ref("issue:tolls")) == (note,)
    assert view.has_note(ref("issue:tolls"))
    assert view.notes_on(ref("issue:fishing")) == ()
    assert not view.has_note(ref("issue:fishing"))


def test_a_note_follows_a_renamed_record(view):
    note = note_on("issue:harbour-fees")
    view = replace(view, notes=Notes().with_note(note))

    assert view.notes_on(ref("issue:tolls")) == (note,)
    assert view.has_note(ref("issue:tolls"))
    assert view.orphans() == ()


def test_notes_under_every_name_of_a_record_stand_together_oldest_first(view):
    notes = Notes().with_note(note_on("issue:fees", changed=9)).with_note(note_on("issue:tolls"))
    found = replace(view, notes=notes).notes_on(ref("issue:tolls"))

    assert {str(note.ref) for note in found} == {"issue:tolls", "issue:fees"}
    assert [note.created for note in found] == sorted(note.created for note in found)


def test_notes_on_records_that_are_gone_are_kept_as_orphans_last_changed_first(view):
    notes = Notes()
    for text, day in (("issue:tides", 1), ("issue:tolls", 2), ("round:tides", 3)):
        notes = notes.with_note(note_on(text, changed=day))

    orphans = replace(view, notes=notes).orphans()

    assert [str(note.ref) for note in orphans] == ["round:tides", "issue:tides"]


def test_copies_are_found_under_every_name_of_a_record(view):
    note = note_on("issue:fees")
    copy = replace(note, path=Path("notes/issue-fees.conflict-1.toml"))
    view = replace(view, notes=Notes().with_note(copy))

    assert view.notes_on(ref("issue:tolls")) == ()
    assert view.copies(ref("issue:tolls")) == (copy,)
    assert view.has_note(ref("issue:tolls"))


def test_a_damaged_note_marks_its_record(view):
    damaged = Damaged(Path("notes") / file_name(ref("issue:tolls")), "it is empty")
    view = replace(view, notes=Notes(damaged=(damaged,)))

    assert view.has_note(ref("issue:tolls"))
    assert not view.has_note(ref("issue:fishing"))


def test_a_damaged_note_under_a_former_id_marks_its_record(view):
    damaged = Damaged(Path("notes") / file_name(ref("issue:fees")), "it is empty")

    assert replace(view, notes=Notes(damaged=(damaged,))).has_note(ref("issue:tolls"))


def noted(view, *texts):
    notes = Notes()
    for number, text in enumerate(texts, 1):
        notes = notes.with_note(note_on(text, changed=number))
    return replace(view, notes=notes)


def noted_records(notes):
    return [str(note.ref) for note in notes]


def test_notes_on_what_was_not_public_yet_are_not_listed(view):
    view = noted(view, "issue:tolls", "quote:office-charts", "round:gone", "issue:dredging")

    assert noted_records(view.shown_notes()) == [
        "issue:dredging",
        "round:gone",
        "quote:office-charts",
        "issue:tolls",
    ]
    assert noted_records(view.at(AFTER_LANTERN).shown_notes()) == ["round:gone", "issue:tolls"]
    assert noted_records(view.at(date(2032, 1, 20)).shown_notes()) == [
        "issue:dredging",
        "round:gone",
        "issue:tolls",
    ]


def test_a_note_under_a_former_name_is_listed_once_its_record_is_public(view):
    note = note_on("quote:noren-may")
    day_before = view.at(date(2031, 5, 20))

    assert not day_before.shows(note)
    assert view.at(date(2031, 5, 21)).shows(note)
    assert view.shows(note)


def test_a_note_on_what_was_not_public_yet_is_no_orphan(view):
    then = noted(view, "quote:office-charts", "round:gone").at(AFTER_LANTERN)

    assert noted_records(then.orphans()) == ["round:gone"]
    assert then.shows(note_on("round:gone"))


def test_a_note_is_found_on_its_record_on_any_day_that_has_it(view):
    then = noted(view, "issue:fees").at(AFTER_LANTERN)

    assert [note.ref for note in then.notes_on(ref("issue:tolls"))] == [ref("issue:fees")]
    assert then.has_note(ref("issue:tolls"))


# The shipped dataset


def test_every_shipped_pane_lists_each_of_its_records_once(shipped_view):
    for kind in LISTS:
        rows = shipped_view.rows(kind)
        kinds = [other for other in KINDS if listed_under(other) == kind]
        expected = {r for other in kinds for r in shipped_view.index.refs(other)}
        assert len(rows) == len(set(rows))
        assert set(rows) == expected


def test_every_shipped_issue_has_a_status(shipped_view):
    for row in shipped_view.rows("issue"):
        assert shipped_view.index[row].latest_status, row


def test_long_lists_are_filtered_as_short_ones_on_every_day(index, monkeypatch):
    monkeypatch.setattr(filter_texts, "LONG", 0)
    short, read = View(index, Notes()), View(index, Notes())
    assert read.texts.is_needed(read.whole, "quote")
    read.texts.read(read.whole, "quote")
    assert not read.texts.is_needed(read.whole, "quote")
    typed = ["", "patience", "th", "th it", "nosuchword", "okafor", "2031", "verbatim"]
    for day in [None, *(date(2031, month, 6) for month in range(1, 13)), date(2032, 6, 9)]:
        for words in map(words_of, typed):
            for view in (short, short.within(Scope((Ref("issue", "tolls"),)))):
                there = replace(read, scope=view.scope).within(view.scope).at(day)
                assert there.rows("quote", words) == view.at(day).rows("quote", words), (day, words)
