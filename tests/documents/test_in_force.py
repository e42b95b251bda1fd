"""What is in force, suspended, announced or only threatened on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from explorer.documents.comparisons import in_force
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record.days import last_day
from explorer.record.index import Index
from explorer.record.model import (
    Dataset,
    Delegation,
    Issue,
    Measure,
    Negotiation,
    Ref,
    Source,
    Step,
)
from explorer.view import View

BASE = Dataset(
    negotiation=Negotiation(
        id="ferry",
        name="Ferry talks",
        summary="Two banks and a ferry.",
        began=date(2031, 1, 1),
        record_ends=date(2032, 12, 31),
        source_ids=("gazette",),
    ),
    sources=(
        Source(id="gazette", publisher="River Gazette", title="The ferry", type="press"),
        Source(id="later", publisher="River Gazette", title="More of it", type="press"),
    ),
    delegations=(
        Delegation(id="east", name="East bank", short="East", source_ids=("gazette",)),
        Delegation(id="west", name="West bank", short="West", source_ids=("gazette",)),
        Delegation(
            id="isle", name="The isle", short="Isle", type="outsider", source_ids=("gazette",)
        ),
    ),
    issues=(
        Issue(
            id="fares",
            name="Fares",
            summary="What a crossing costs.",
            known=date(2031, 1, 1),
            source_ids=("gazette",),
        ),
    ),
)


def step(on, stage, until=None, *, rate="", known=None, source="gazette"):
    return Step(
        on=day(on),
        stage=stage,
        until=until and day(until),
        rate=rate,
        known=known and day(known),
        text=f"So it was {stage}.",
        source_ids=(source,),
    )


def day(text):
    return date.fromisoformat(text) if len(text) == len("2031-01-01") else text


def measure(*steps, slug="toll", side="east", act="charge", issues=()):
    return Measure(
        id=slug,
        name=f"The {slug}",
        delegation_id=side,
        act=act,
        steps=steps,
        issue_ids=issues,
        source_ids=("gazette",),
    )


def view_of(*measures, on="2031-12-01"):
    return View(Index(replace(BASE, measures=measures)), Notes()).at(day(on))


def within(view, *texts):
    return replace(view, scope=replace(view.scope, chosen=tuple(map(Ref.parse, texts))))


def standing(*steps, on="2031-12-01", act="charge"):
    view = view_of(measure(*steps, act=act), on=on)
    return view.standing(view.index[Ref("measure", "toll")])


def shipped(view, slug, on):
    view = view.at(date.fromisoformat(on))
    return view.standing(view.index[Ref("measure", slug)])


def told(stands):
    """A standing in a few words: state, the stage and day it rests on, since, until."""
    return (
        stands.state,
        stands.step.stage,
        str(stands.step.on),
        str(stands.since),
        str(stands.until),
    )


ANNOUNCED = step("2031-01-10", "announced", rate="20%")
IN_FORCE = step("2031-02-01", "in force", rate="20%")
CHANGED = step("2031-03-01", "changed", rate="30%")
SUSPENDED = step("2031-04-01", "suspended", "2031-07-01")
EXTENDED = step("2031-06-15", "extended", "2031-10-01")
RESUMED = step("2031-10-01", "resumed", rate="25%")
ENDED = step("2031-11-01", "ended")
LIFE = (
    ANNOUNCED,
    IN_FORCE,
    CHANGED,
    step("2031-03-20", "announced"),
    SUSPENDED,
    EXTENDED,
    RESUMED,
    ENDED,
)


# A whole life


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2031-01-10", ("announced", "announced", "2031-01-10", "2031-01-10", "None")),
        ("2031-01-31", ("announced", "announced", "2031-01-10", "2031-01-10", "None")),
        ("2031-02-01", ("in force", "in force", "2031-02-01", "2031-02-01", "None")),
        ("2031-03-01", ("in force", "changed", "2031-03-01", "2031-02-01", "None")),
        ("2031-03-20", ("in force", "changed", "2031-03-01", "2031-02-01", "None")),
        ("2031-04-01", ("suspended", "suspended", "2031-04-01", "2031-04-01", "2031-07-01")),
        ("2031-06-15", ("suspended", "extended", "2031-06-15", "2031-04-01", "2031-10-01")),
        ("2031-10-01", ("in force", "resumed", "2031-10-01", "2031-10-01", "None")),
        ("2031-11-01", ("ended", "ended", "2031-11-01", "2031-11-01", "None")),
    ],
)
def test_a_measure_goes_from_announced_through_in_force_and_suspended_to_ended(on, expected):
    assert told(standing(*LIFE, on=on)) == expected


def test_a_measure_of_which_no_step_was_public_stands_nowhere():
    view = view_of(replace(measure(IN_FORCE), known=date(2031, 1, 5)), on="2031-01-20")
    (toll,) = view.index.dataset.measures

    assert view.standing(toll) is None
    assert rows_of(view) == []


def test_what_is_prolonged_stays_as_it_was_in_force_or_suspended():
    assert standing(IN_FORCE, step("2031-06-01", "extended", "2032-01-01")).state == "in force"
    assert standing(IN_FORCE, SUSPENDED, EXTENDED).state == "suspended"


def test_what_is_changed_stays_as_it_was():
    assert standing(IN_FORCE, SUSPENDED, step("2031-05-01", "changed")).state == "suspended"
    assert standing(ANNOUNCED, step("2031-01-20", "changed")).state == "announced"
    assert standing(step("2031-01-10", "threatened"), CHANGED).state == "threatened"


def test_what_is_changed_or_prolonged_first_of_all_was_in_force_before_the_record_tells_of_it():
    stands = standing(step("2031-03-01", "extended", "2032-06-01"))

    assert told(stands) == ("in force", "extended", "2031-03-01", "None", "2032-06-01")


def test_a_change_before_the_record_begins_is_of_something_in_force():
    stands = standing(step("2030-09-01", "announced"), step("2030-12-01", "changed"))

    assert told(stands) == ("in force", "changed", "2030-12-01", "None", "None")


def test_what_is_suspended_before_its_start_is_suspended():
    stands = standing(step("2031-03-01", "announced", "2031-05-01"), SUSPENDED)

    assert (stands.state, stands.effect) == ("suspended", None)


def test_what_is_dropped_counts_as_ended():
    stands = standing(step("2031-01-10", "threatened"), step("2031-11-01", "dropped"))

    assert (stands.state, stands.step.stage) == ("ended", "dropped")


# Words


def test_a_threat_does_not_take_back_what_was_announced():
    stands = standing(ANNOUNCED, step("2031-01-20", "threatened", rate="90%"))

    assert (stands.state, stands.step.stage, stands.rate) == ("announced", "announced", "20%")
    assert stands.pending.rate == "90%"


def test_a_threat_that_is_announced_is_announced_from_then():
    stands = standing(step("2031-01-05", "threatened"), ANNOUNCED)

    assert told(stands)[:4] == ("announced", "announced", "2031-01-10", "2031-01-10")


def test_a_threat_made_again_stands_since_the_first_time():
    stands = standing(
        step("2031-01-05", "threatened", rate="50%"), step("2031-02-05", "threatened", rate="60%")
    )

    assert told(stands)[:4] == ("threatened", "threatened", "2031-02-05", "2031-01-05")
    assert (stands.rate, stands.pending) == ("60%", None)


def test_what_the_press_reports_is_reported_and_nothing_more():
    assert standing(step("2031-01-05", "reported")).state == "reported"


def test_what_ended_and_is_announced_or_threatened_anew_stands_anew():
    anew = step("2031-11-20", "announced")

    assert told(standing(*LIFE, anew))[:4] == ("announced", "announced", "2031-11-20", "2031-11-20")
    assert standing(*LIFE, step("2031-11-20", "threatened")).state == "threatened"


@pytest.mark.parametrize("act", ["investigation", "ruling"])
def test_an_inquiry_is_open_and_a_ruling_given_from_the_day_it_is_announced(act):
    again = step("2031-05-01", "announced")
    stands = standing(step("2031-03-01", "announced", "2032-03-01"), again, act=act)

    assert told(stands) == ("in force", "announced", "2031-03-01", "2031-03-01", "2032-03-01")
    assert stands.pending == again


# What was said since, and what is to come


def test_what_is_announced_after_the_last_act_is_pending_until_the_next():
    announced = step("2031-03-20", "announced")

    assert standing(*LIFE, on="2031-03-25").pending == announced
    assert standing(*LIFE, on="2031-03-19").pending is None
    assert standing(*LIFE, on="2031-04-01").pending is None
    assert standing(IN_FORCE, announced, step("2031-03-21", "changed")).pending is None


def test_the_latest_announcement_is_the_pending_one_and_outweighs_a_later_threat():
    first, second = step("2031-03-10", "announced"), step("2031-03-20", "announced")
    threat = step("2031-03-25", "threatened")

    assert standing(IN_FORCE, first, second).pending == second
    assert standing(IN_FORCE, first, threat).pending == first
    assert standing(IN_FORCE, threat).pending == threat


def test_a_step_on_a_day_to_come_is_pending():
    back = step("2031-12-10", "resumed", known="2031-11-20")

    stands = standing(IN_FORCE, step("2031-10-01", "suspended", "2031-12-10"), back)
    assert (stands.state, stands.pending) == ("suspended", back)
    assert standing(IN_FORCE, SUSPENDED, back, on="2031-12-10").state == "in force"
    assert standing(IN_FORCE, SUSPENDED, back, on="2031-11-19").pending is None


@pytest.mark.parametrize(
    ("stage", "state"),
    [("in force", "announced"), ("ended", "in force"), ("resumed", "suspended")],
)
def test_where_only_a_step_to_come_is_known_that_tells_how_a_measure_stands_now(stage, state):
    coming = step("2031-12-10", stage, known="2031-11-20")

    stands = standing(coming)
    assert (stands.state, stands.since, stands.pending) == (state, None, coming)


def test_a_threat_whose_day_is_set_is_announced():
    coming = step("2031-12-10", "in force", known="2031-11-20")

    stands = standing(step("2031-01-05", "threatened"), coming)
    assert (stands.state, stands.pending) == ("announced", coming)
    assert standing(step("2031-01-05", "threatened"), coming, on="2031-11-19").state == "threatened"


# Rates and terms


def test_the_rate_is_that_of_the_latest_act_and_not_of_an_announcement():
    cut = step("2031-03-20", "announced", rate="10%")

    assert standing(IN_FORCE, CHANGED, cut).rate == "30%"
    assert standing(IN_FORCE, CHANGED, step("2031-03-25", "extended")).rate == "30%"
    assert standing(*LIFE, on="2031-10-05").rate == "25%"


def test_a_suspended_measure_has_only_the_rate_that_the_suspension_leaves():
    assert standing(IN_FORCE, SUSPENDED).rate == ""
    assert standing(IN_FORCE, replace(SUSPENDED, rate="5%"), EXTENDED).rate == "5%"


def test_a_change_leaves_the_day_on_which_it_is_due_to_end():
    term = step("2031-02-01", "in force", "2032-02-01")

    assert standing(term, CHANGED).until == date(2032, 2, 1)
    assert standing(term, replace(CHANGED, until=date(2032, 5, 1))).until == date(2032, 5, 1)


def test_a_change_after_the_day_it_was_due_to_end_shows_that_it_went_on():
    stands = standing(step("2031-02-01", "in force", "2031-02-20"), CHANGED)

    assert told(stands) == ("in force", "changed", "2031-03-01", "2031-02-01", "None")


def test_what_is_prolonged_without_a_day_has_none():
    assert standing(IN_FORCE, SUSPENDED, step("2031-06-15", "extended")).until is None


def test_what_is_suspended_anew_without_a_day_has_none():
    stands = standing(IN_FORCE, SUSPENDED, step("2031-07-01", "suspended"))

    assert told(stands) == ("suspended", "suspended", "2031-07-01", "2031-04-01", "None")


def test_a_standing_rests_on_the_sources_of_every_step_that_it_tells_of():
    term = replace(EXTENDED, source_ids=("later",))

    assert standing(IN_FORCE, SUSPENDED, term).source_ids == ("gazette", "later")


# The shipped record


@pytest.mark.parametrize(
    ("slug", "on", "state", "until"),
    [
        # At 125% each, three days after the last rise.
        ("us-reciprocal-duty", "2025-04-12", "in force", None),
        ("china-counter-tariff", "2025-04-12", "in force", None),
        ("us-section-301-duties", "2025-04-12", "in force", None),
        ("us-de-minimis", "2025-04-12", "suspended", None),
        ("us-tiktok-law", "2025-04-12", "suspended", "2025-06-19"),
        ("china-google-probe", "2025-04-12", "in force", None),
        # The last day of Kuala Lumpur.
        ("us-reciprocal-duty", "2025-10-26", "suspended", "2025-11-10"),
        ("us-port-fees", "2025-10-26", "in force", None),
        ("us-100-threat", "2025-10-26", "threatened", None),
        ("china-superhard-controls", "2025-10-26", "announced", None),
        ("china-nvidia-purchase-stop", "2025-10-26", "reported", None),
        ("us-eda-licence", "2025-10-26", "ended", None),
        ("us-301-exclusions", "2025-10-26", "in force", "2025-11-29"),
        # What Busan set aside has been set aside.
        ("us-100-threat", "2025-11-12", "ended", None),
        ("china-farm-tariffs", "2025-11-12", "ended", None),
        ("us-affiliates-rule", "2025-11-12", "suspended", "2026-11-09"),
        ("china-superhard-controls", "2025-11-12", "suspended", "2026-11-10"),
        ("china-counter-tariff", "2025-11-12", "suspended", "2026-11-10"),
        ("us-fentanyl-duty", "2025-11-12", "in force", None),
        ("china-export-list-9-april", "2025-11-12", "ended", None),
        ("china-export-list-4-april", "2025-11-12", "suspended", "2026-11-10"),
        ("china-export-list-march", "2025-11-12", "ended", None),
        ("china-uel-march", "2025-11-12", "ended", None),
        ("china-uel-4-april", "2025-11-12", "suspended", "2026-11-10"),
        ("china-uel-9-april", "2025-11-12", "ended", None),
        # Its probe stands where the regulator left it; one that is only said to be dropped goes on.
        ("china-dupont-probe", "2025-11-12", "suspended", None),
        ("china-google-probe", "2025-11-12", "in force", None),
        # No page tells that the control, which was announced, took effect.
        ("china-drug-precursor-listing", "2025-11-12", "announced", None),
        # The appeals court held its judgment back.
        ("us-cit-ruling", "2025-11-12", "suspended", None),
        # After the Supreme Court's ruling.
        ("us-reciprocal-duty", "2026-05-20", "ended", None),
        ("us-fentanyl-duty", "2026-05-20", "ended", None),
        ("us-section-122-surcharge", "2026-05-20", "in force", "2026-07-24"),
        ("us-ieepa-ruling", "2026-05-20", "in force", None),
        ("us-cit-ruling", "2026-05-20", "ended", None),
        ("us-section-301-forced-labour", "2026-05-20", "in force", None),
        ("us-de-minimis", "2026-05-20", "in force", None),
        ("us-veu-removals", "2026-05-20", "announced", None),
        ("china-counter-tariff", "2026-05-20", "suspended", "2026-11-10"),
        # Sold, bought again and nothing left to be free of.
        ("us-tiktok-law", "2026-01-21", "suspended", "2026-01-23"),
        ("us-tiktok-law", "2026-01-23", "ended", None),
        ("china-soybean-stop", "2025-11-12", "reported", None),
        ("china-soybean-stop", "2026-01-20", "ended", None),
        ("us-electronics-exclusion", "2026-02-19", "in force", None),
        ("us-electronics-exclusion", "2026-02-20", "ended", None),
        # Known from the press alone.
        ("us-may-licence-curbs", "2025-06-30", "reported", None),
        # The inquiry ends with the duty that comes of it, as the surcharge runs out.
        ("us-forced-labour-duty", "2026-07-23", "announced", None),
        ("us-section-301-forced-labour", "2026-07-23", "ended", None),
        ("us-section-122-surcharge", "2026-07-23", "in force", "2026-07-24"),
        ("us-forced-labour-duty", "2026-07-24", "in force", None),
        ("us-section-122-surcharge", "2026-07-24", "ended", None),
    ],
)
def test_the_measures_of_the_shipped_record_stand_as_their_steps_tell(
    shipped_view, slug, on, state, until
):
    stands = shipped(shipped_view, slug, on)

    assert (stands.state, stands.until and str(stands.until)) == (state, until)


def test_fees_modified_before_they_begin_are_not_in_force_yet(shipped_view):
    assert shipped(shipped_view, "us-port-fees", "2025-10-12").state == "announced"


# Rows


def rows_of(view):
    return [(row.measure.id, row.standing.state) for row in in_force.rows(view)]


def test_rows_stand_by_state_then_act_then_newest_step_first():
    view = view_of(
        measure(step("2031-01-05", "threatened"), slug="threat"),
        measure(step("2031-02-01", "in force"), slug="fee", act="restriction"),
        measure(step("2031-02-01", "in force"), slug="old-tariff"),
        measure(step("2031-03-01", "in force"), slug="new-tariff"),
        measure(step("2031-02-01", "in force"), SUSPENDED, slug="truce"),
        measure(ANNOUNCED, slug="plan"),
        measure(step("2031-01-05", "reported"), slug="rumour"),
        measure(ENDED, slug="past"),
    )

    assert rows_of(view) == [
        ("new-tariff", "in force"),
        ("old-tariff", "in force"),
        ("fee", "in force"),
        ("truce", "suspended"),
        ("plan", "announced"),
        ("threat", "threatened"),
        ("rumour", "reported"),
        ("past", "ended"),
    ]


@pytest.mark.parametrize(("days", "told"), [(0, True), (90, True), (91, False)])
def test_what_ended_is_told_for_ninety_days(days, told):
    when = str(ENDED.on + timedelta(days=days))

    assert bool(rows_of(view_of(measure(IN_FORCE, ENDED), on=when))) == told


def test_the_scope_narrows_the_measures():
    view = view_of(
        measure(IN_FORCE, slug="toll", issues=("fares",)), measure(IN_FORCE, slug="other")
    )

    assert rows_of(within(view, "issue:fares")) == [("toll", "in force")]


# The sheet


def section(view, begins):
    """The rows of a section, each as the texts of its cells by their heads."""
    made = in_force.sheet(view)
    starts = [
        place
        for place, block in enumerate(made.blocks)
        if block.kind == "heading" and block.spans[0].text.startswith(begins)
    ]
    found = []
    for block in made.blocks[starts[0] + 1 :]:
        if block.kind != "cells":
            break
        found.append({c.head: "".join(s.text for s in c.whole) for c in block.cells})
    return found


def headings(view):
    return [b.spans[0].text for b in in_force.sheet(view).blocks if b.kind == "heading"]


def only_cell(*steps, on="2031-12-01", act="charge"):
    view = view_of(measure(*steps, act=act), on=on)
    (block,) = [b for b in in_force.sheet(view).blocks if b.kind == "cells"]
    return "".join(span.text for span in block.cells[0].whole)


def test_the_title_names_the_day():
    assert in_force.sheet(view_of(on="2031-10-26")).title == "In force on 26 Oct 2031"


def test_the_lists_of_both_sides_stand_side_by_side_and_the_shorter_ends_in_empty_cells():
    view = view_of(
        measure(step("2031-02-03", "in force"), slug="first"),
        measure(step("2031-02-02", "in force"), slug="second"),
        measure(step("2031-02-01", "in force"), slug="answer", side="west"),
    )

    names = [
        {head: text.split("\n")[0] for head, text in row.items()}
        for row in section(view, "In force")
    ]
    assert names == [
        {"East": "The first", "West": "The answer"},
        {"East": "The second", "West": ""},
    ]


def test_a_heading_counts_the_measures_of_each_side():
    view = view_of(
        measure(IN_FORCE, slug="one"),
        measure(IN_FORCE, slug="two"),
        measure(ANNOUNCED, slug="three", side="isle"),
    )

    assert headings(view) == [
        "In force — East 2",
        "Announced, not known to be in force — Isle 1",
        "Sources",
    ]


def test_another_delegation_has_a_column_only_where_it_has_a_measure():
    view = view_of(measure(IN_FORCE), measure(ANNOUNCED, slug="light", side="isle"))

    assert [list(row) for row in section(view, "In force")] == [["East", "West"]]
    assert [list(row) for row in section(view, "Announced")] == [["East", "West", "Isle"]]


def test_a_cell_leads_to_its_measure_and_an_empty_one_nowhere():
    made = in_force.sheet(view_of(measure(IN_FORCE)))
    (row,) = [block for block in made.blocks if block.kind == "cells"]

    assert [cell.link for cell in row.cells] == [Ref("measure", "toll"), None]
    assert row.cells[0].spans[0].role == "strong"


def test_what_is_in_force_is_told_with_act_rate_days_and_sources():
    assert only_cell(IN_FORCE) == "The toll\ncharge · 20% · since 1 Feb 2031 [1]"
    assert only_cell(IN_FORCE, CHANGED) == (
        "The toll\ncharge · 30% · since 1 Feb 2031 · changed 1 Mar 2031 [1]"
    )


def test_the_day_on_which_it_is_due_to_end_is_told_with_the_days_left():
    suspended = step("2031-11-01", "suspended", "2031-12-16", rate="5%")

    assert only_cell(IN_FORCE, suspended) == (
        "The toll\ncharge · 5% meanwhile · since 1 Nov 2031 · until 16 Dec 2031 (15 days later) [1]"
    )
    assert " · until 16 Dec 2031 (that day) " in only_cell(IN_FORCE, suspended, on="2031-12-16")
    months = replace(suspended, until="2032-03")
    assert " · until Mar 2032 [1]" in only_cell(IN_FORCE, months)


def test_a_day_that_has_passed_with_nothing_said_is_told_as_such():
    over = step("2031-04-01", "suspended", "2031-11-10")

    assert only_cell(IN_FORCE, over) == (
        "The toll\ncharge · since 1 Apr 2031"
        " · was due to end 10 Nov 2031; nothing says what followed [1]"
    )


def test_a_day_that_has_passed_with_something_said_is_told_with_what_was_said():
    over = step("2031-04-01", "suspended", "2031-11-10")
    cell = only_cell(IN_FORCE, over, step("2031-11-05", "announced"))

    assert " · was due to end 10 Nov 2031 [1]\nannounced 5 Nov 2031: So it was announced." in cell
    assert "nothing says" not in cell


def test_what_is_announced_is_told_in_its_words_and_with_the_day_it_takes_effect():
    announced = step("2031-11-20", "announced", "2031-12-07", rate="20%")

    assert only_cell(announced) == (
        "The toll\ncharge · 20% · since 20 Nov 2031 · takes effect 7 Dec 2031, 6 days later\n"
        "So it was announced. [1]"
    )
    assert (
        " · was to take effect 7 Dec 2031; nothing says that it did\nSo it was announced. [1]"
        in only_cell(announced, on="2031-12-08")
    )


def test_a_step_to_come_is_told_with_the_days_left():
    begins = step("2031-12-07", "in force", known="2031-11-20", rate="20%")
    back = step("2031-12-07", "resumed", known="2031-11-20")

    assert only_cell(begins) == (
        "The toll\ncharge\ntakes effect at 20% 7 Dec 2031, 6 days later: So it was in force. [1]"
    )
    assert only_cell(IN_FORCE, SUSPENDED, back).endswith(
        "\nto be resumed 7 Dec 2031, 6 days later: So it was resumed. [1]"
    )


def test_what_was_announced_since_is_told_below_with_sources_of_its_own():
    cut = step("2031-11-20", "announced", "2031-12-07", rate="10%", source="later")

    assert only_cell(IN_FORCE, cut) == (
        "The toll\ncharge · 20% · since 1 Feb 2031 [1]\n"
        "announced at 10% 20 Nov 2031, takes effect 7 Dec 2031, 6 days later: "
        "So it was announced. [2]"
    )


def test_what_ended_is_told_with_the_word_and_the_day():
    assert only_cell(IN_FORCE, ENDED) == "The toll\ncharge · ended 1 Nov 2031 [1]"
    dropped = step("2031-11-01", "dropped")
    assert only_cell(step("2031-01-05", "threatened"), dropped) == (
        "The toll\ncharge · dropped 1 Nov 2031 [1]"
    )


def test_an_empty_sheet_says_so():
    assert as_text(in_force.sheet(view_of())) == "No measure was public by 1 Dec 2031."
    narrowed = within(view_of(measure(IN_FORCE)), "issue:fares")
    assert as_text(in_force.sheet(narrowed)) == (
        "No measure was public by 1 Dec 2031 and in the scope."
    )


@pytest.mark.parametrize("on", ["2025-04-12", "2025-10-26", "2025-11-12", "2026-05-20"])
def test_every_measure_of_the_shipped_record_is_told_once_unless_it_ended_long_ago(
    shipped_view, on
):
    view = shipped_view.at(date.fromisoformat(on))
    made = in_force.sheet(view)

    shown = [c.link.id for b in made.blocks if b.kind == "cells" for c in b.cells if c.link]
    assert len(shown) == len(set(shown))
    left_out = {m.id for m in view.index.dataset.measures} - set(shown)
    for slug in left_out:
        ended = view.index[Ref("measure", slug)].steps[-1]
        assert ended.stage in ("ended", "dropped")
        assert (view.as_of - last_day(ended.on)).days > 90


def test_marks_are_first_met_in_the_order_of_their_numbers(shipped_view):
    made = in_force.sheet(shipped_view)
    cells = (cell for block in made.blocks for cell in block.cells)
    met = dict.fromkeys(s.text for cell in cells for s in cell.whole if s.role == "mark")

    assert list(met) == [f"[{n}]" for n in range(1, len(made.cited) + 1)]


# The harbour


def test_in_the_harbour_a_toll_comes_back_on_the_day_that_was_set(view):
    toll = Ref("measure", "north-toll")

    def on(day):
        then = view.at(date.fromisoformat(day))
        return then.standing(then.index[toll])

    assert on("2031-01-31").state == "announced"
    assert on("2031-02-01").state == "in force"
    assert on("2032-01-18").pending is None
    assert (on("2032-01-19").state, on("2032-01-19").pending.stage) == ("suspended", "resumed")


# For other programs


def test_a_row_as_data_has_plain_values_and_no_empty_ones():
    over = step("2031-04-01", "suspended", "2031-11-10")
    view = view_of(measure(IN_FORCE, over, step("2031-11-05", "announced", rate="10%")))

    assert in_force.as_data(view) == [
        {
            "measure": "measure:toll",
            "name": "The toll",
            "delegation": "east",
            "act": "charge",
            "state": "suspended",
            "since": "2031-04-01",
            "until": "2031-11-10",
            "overrun": True,
            "step": {
                "on": "2031-04-01",
                "stage": "suspended",
                "until": "2031-11-10",
                "text": "So it was suspended.",
                "sources": ["gazette"],
            },
            "pending": {
                "on": "2031-11-05",
                "stage": "announced",
                "rate": "10%",
                "text": "So it was announced.",
                "sources": ["gazette"],
            },
            "sources": ["gazette"],
        }
    ]
    (announced,) = in_force.as_data(view_of(measure(step("2031-11-20", "announced", "2031-12-07"))))
    assert (announced["takes_effect"], announced["overrun"]) == ("2031-12-07", False)
    assert "until" not in announced


def test_what_is_told_twice_to_have_ended_did_so_the_first_time():
    collected = step("2031-11-20", "ended")

    assert "\ncharge · ended 1 Nov 2031 [1]" in only_cell(IN_FORCE, ENDED, collected)
    lately = [
        len(in_force.rows(view_of(measure(IN_FORCE, ENDED, collected), on=on)))
        for on in ("2031-12-01", "2032-02-05")
    ]
    assert lately == [1, 0]
