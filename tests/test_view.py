"""Dataset, notes and scope together: what is to be seen now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from explorer import dataset
from explorer.index import Index
from explorer.model import Ref
from explorer.notes import Damaged, Note, Notes, file_name
from explorer.search import words_of
from explorer.view import PANES, Scope, View, pane_of


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
    assert ids(view.rows("rounds")) == ["chart-room", "tide-hall", "may-call", "lantern-isle"]


def test_delegations_stand_above_their_delegates_and_outsiders_last(view):
    assert ids(view.rows("delegations")) == [
        *["north", "noren", "okafor"],
        *["south", "tam", "harbour-office"],
        "lantern",
        "quill",
    ]


def test_issues_stand_in_the_order_of_the_file(view):
    assert ids(view.rows("issues")) == ["tolls", "cranes", "fishing", "dredging", "wrecks"]


def test_quotes_stand_newest_first_by_the_day_they_were_said(view):
    quotes = ids(view.rows("quotes"))

    assert quotes[0] == "office-charts"
    assert quotes.index("noren-steps") < quotes.index("tam-welcome")
    assert quotes.index("tam-welcome") < quotes.index("tam-toll-paraphrase")
    assert quotes[-2:] == ["tam-patience", "noren-good-day"]


def test_a_quote_dated_by_year_stands_at_the_end_of_the_year(view):
    quotes = ids(view.rows("quotes"))

    assert quotes.index("quill-crab") == quotes.index("tam-welcome") - 1


def test_a_pane_counts_its_leading_kind_alone(view):
    assert {pane: view.total(pane) for pane in PANES} == {
        "rounds": 4,
        "delegations": 5,
        "issues": 5,
        "quotes": 10,
    }


def test_what_is_narrowed_is_counted_alike(view):
    rows = view.rows("delegations", words_of("northport"))

    assert ids(rows) == ["north", "noren", "okafor"]
    assert view.counted("delegations", rows) == 2


@pytest.mark.parametrize(
    ("kind", "pane"),
    [
        ("round", "rounds"),
        ("delegation", "delegations"),
        ("delegate", "delegations"),
        ("issue", "issues"),
        ("quote", "quotes"),
        ("measure", "measure"),
    ],
)
def test_every_kind_knows_its_pane(kind, pane):
    assert pane_of(kind) == pane


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

    assert ids(view.rows("quotes")) == ["quill-crab", "office-nets"]
    assert ids(view.rows("rounds")) == ["lantern-isle"]
    assert "quill" in ids(view.rows("delegations"))


def test_a_chosen_record_does_not_narrow_its_own_pane(view):
    assert scoped(view, "issue:fishing").rows("issues") == view.rows("issues")
    assert scoped(view, "delegate:tam").rows("delegations") == view.rows("delegations")


def test_records_of_one_pane_widen_the_scope(view):
    either = set(scoped(view, "delegate:okafor", "delegate:quill").rows("quotes"))

    assert either == {
        *scoped(view, "delegate:okafor").rows("quotes"),
        *scoped(view, "delegate:quill").rows("quotes"),
    }
    assert ids(scoped(view, "delegate:okafor", "delegate:quill").rows("quotes")) == [
        "okafor-rocks",
        "quill-crab",
    ]


def test_records_of_different_panes_narrow_the_scope(view):
    both = scoped(view, "delegate:noren", "round:tide-hall")

    assert ids(both.rows("quotes")) == ["noren-steps"]


def test_a_delegation_and_a_delegate_are_of_one_pane(view):
    view = scoped(view, "delegation:south", "delegate:okafor")

    assert {view.index[row].speaker_id for row in view.rows("quotes")} == {
        "tam",
        "harbour-office",
        "okafor",
    }


def test_each_pane_is_narrowed_by_all_the_others(view):
    view = scoped(view, "delegate:noren", "issue:tolls")

    assert ids(view.rows("quotes")) == ["noren-steps", "noren-hour", "noren-good-day"]
    assert ids(view.rows("issues")) == ["tolls"]
    assert ids(view.rows("rounds")) == ["tide-hall", "may-call", "lantern-isle"]


def test_a_record_of_no_pane_narrows_every_pane(view):
    view = scoped(view, "source:undated-leaflet")

    assert {pane: ids(view.rows(pane)) for pane in PANES} == {
        "rounds": [],
        "delegations": ["quill"],
        "issues": [],
        "quotes": ["quill-crab"],
    }


def test_the_total_stays_when_the_scope_narrows(view):
    assert scoped(view, "issue:fishing").total("quotes") == 10


# Filters


@pytest.mark.parametrize(
    ("pane", "typed", "found"),
    [
        ("rounds", "mollehavn", ["tide-hall"]),
        ("rounds", "LEADERS' call", ["may-call"]),
        ("rounds", "dec 2031", ["tide-hall"]),
        ("rounds", "lighthouse", ["lantern-isle"]),
        ("delegations", "noren", ["north", "noren"]),
        ("delegations", "慧蘭", ["south", "tam"]),
        ("delegations", "chief pilot", ["north", "okafor"]),
        ("delegations", "almanac", ["quill"]),
        ("issues", "under discussion", ["dredging"]),
        ("issues", "waters crab", ["fishing"]),
        ("issues", "[bold]", ["wrecks"]),
        ("quotes", "paraphrase", ["tam-toll-paraphrase"]),
        ("quotes", "挖泥船", ["tam-patience"]),
        ("quotes", "oct 2031", ["tam-toll-paraphrase"]),
        ("quotes", "astrid may", ["noren-hour"]),
        ("quotes", "no such words", []),
    ],
)
def test_a_filter_finds_all_its_words_without_regard_to_accents_and_case(view, pane, typed, found):
    assert ids(view.rows(pane, words_of(typed))) == found


def test_a_delegation_stays_above_the_delegates_that_a_filter_keeps(view):
    assert ids(view.rows("delegations", words_of("astrid"))) == ["north", "noren"]
    assert ids(view.rows("delegations", words_of("dora"))) == ["quill"]


def test_a_filter_narrows_what_the_scope_left(view):
    view = scoped(view, "delegate:noren")

    assert ids(view.rows("quotes", words_of("hour"))) == ["noren-hour"]
    assert ids(view.rows("quotes", words_of("crab"))) == []


# What stands today


def test_today_is_the_last_day_of_the_record(view):
    assert view.today == date(2032, 6, 30)


def test_the_status_of_an_issue_is_its_latest(view):
    assert view.status(view.index[ref("issue:tolls")]).state == "being carried out"
    assert view.status(view.index[ref("issue:wrecks")]) is None


def test_the_position_of_a_delegation_is_the_last_it_took(view):
    positions = view.positions(view.index[ref("issue:tolls")])

    assert {side: position.text for side, position in positions.items()} == {
        "north": "The toll may go in steps.",
        "south": "Both tolls go at once.",
    }


def test_a_measure_has_not_reached_a_step_still_to_come(view):
    measure = view.index[ref("measure:north-toll")]

    assert measure.steps[-1].stage == "resumed"
    assert view.stage(measure).stage == "suspended"


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
    view = View(Index(dataset.load(path, cached=False)), Notes())
    reached = view.stage(view.index[ref("measure:m")])
    return reached and reached.stage


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

    assert measure.steps[0].on > view.today
    assert view.stage(measure) is None


def test_moved_dates_are_the_last_they_were_moved_to(view):
    assert view.falls_on(view.index[ref("milestone:toll-truce-ends")]) == date(2032, 9, 1)
    assert view.falls_on(view.index[ref("milestone:crab-season")]) == "2032-05"
    assert view.due(view.index[ref("point:toll-truce")]) == date(2032, 9, 1)
    assert view.due(view.index[ref("point:channel-depth")]) == "2032-06"
    assert view.due(view.index[ref("point:net-count")]) is None


def test_records_are_put_in_order_of_their_own_day_after_every_move(view):
    milestones = view.in_order(view.index.refs("milestone"))
    rounds = view.in_order(view.rows("rounds"))

    assert ids(milestones) == ["crab-season", "toll-truce-ends"]
    assert ids(rounds) == ["lantern-isle", "may-call", "tide-hall", "chart-room"]


def test_records_without_a_day_keep_the_order_of_the_files(view):
    assert view.in_order(view.index.refs("issue")) == view.index.refs("issue")


def test_every_record_has_a_name_to_be_found_by(view):
    names = {ref: folded for ref, _, folded in view.names}

    assert names.keys() == {record.ref for record in view.index.dataset.records()}
    assert names[ref("delegate:noren")] == "astrid noren"


# Notes


def test_a_note_is_found_on_its_record(view):
    note = note_on("issue:tolls")
    view = replace(view, notes=Notes().with_note(note))

    assert view.note(ref("issue:tolls")) == note
    assert view.has_note(ref("issue:tolls"))
    assert view.note(ref("issue:fishing")) is None
    assert not view.has_note(ref("issue:fishing"))


def test_a_note_follows_a_renamed_record(view):
    note = note_on("issue:harbour-fees")
    view = replace(view, notes=Notes().with_note(note))

    assert view.note(ref("issue:tolls")) == note
    assert view.has_note(ref("issue:tolls"))
    assert view.orphans() == ()


def test_a_note_under_the_name_of_today_goes_before_one_under_a_former(view):
    notes = Notes().with_note(note_on("issue:fees", changed=9)).with_note(note_on("issue:tolls"))

    assert replace(view, notes=notes).note(ref("issue:tolls")).ref == ref("issue:tolls")


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

    assert view.note(ref("issue:tolls")) is None
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


# The shipped dataset


def test_every_shipped_pane_lists_each_of_its_records_once(shipped_view):
    for pane, kinds in PANES.items():
        rows = shipped_view.rows(pane)
        expected = {r for kind in kinds for r in shipped_view.index.refs(kind)}
        assert len(rows) == len(set(rows))
        assert set(rows) == expected


def test_every_shipped_issue_has_a_status(shipped_view):
    for row in shipped_view.rows("issues"):
        assert shipped_view.status(shipped_view.index[row]), row
