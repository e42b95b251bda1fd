"""Both sides' tariff rates: the steps in force, and the figures that are no step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CITED, ferry_talks, source

from explorer.documents.comparisons import rates
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record.model import (
    Delegate,
    Measure,
    Part,
    Rate,
    Ref,
    Role,
    Step,
    last_day,
)
from explorer.view import View


def on(month, day):
    return date(2031, month, day)


BEGINS, ENDS = on(1, 1), on(6, 30)


def rate(slug, day, percent, levying="east", against="west", **more):
    told = {"text": f"About {slug}.", **CITED, **more}
    return Rate(id=slug, on=day, percent=percent, delegation_id=levying, against_id=against, **told)


FIRST = rate("first", on(1, 10), 5)
SECOND = rate(
    "second",
    on(2, 1),
    17.5,
    parts=(Part(name="landing", percent=12.5, measure_id="toll"), Part(name="dues", percent=5)),
)
TO_COME = rate("to-come", on(5, 1), 40, known=on(3, 15))
CLAIM = rate("claim", "2031-02", 27, standing="claim", speaker_id="tam", source_ids=("leaflet",))
THREAT = rate("threat", on(3, 10), 90, standing="threat", speaker_id="marlow")
ANSWER = rate("answer", on(2, 20), 8, "west", "east")
ALL = (SECOND, ANSWER, TO_COME, FIRST, THREAT, CLAIM)


def delegate(slug, short, side):
    held = (Role(title="Speaker", **CITED),)
    return Delegate(
        id=slug, name=f"{short} the Elder", short=short, delegation_id=side, roles=held, **CITED
    )


def talks(*levied):
    """The view of a small negotiation at its end."""
    toll = Measure(
        id="toll",
        name="Ferry toll",
        delegation_id="east",
        act="charge",
        steps=(Step(on=on(2, 1), stage="in force", text="Boats pay.", **CITED),),
        **CITED,
    )
    return ferry_talks(
        BEGINS,
        ENDS,
        sources=(
            source("gazette", BEGINS, title="The ferry"),
            source(
                "leaflet",
                BEGINS,
                publisher="Friends",
                title="The fare",
                type="other",
                reliability="weak",
            ),
        ),
        delegates=(delegate("tam", "Tam", "west"), delegate("marlow", "Marlow", "east")),
        measures=(toll,),
        rates=levied or ALL,
    )


@pytest.fixture
def ferry():
    return talks()


def ids(refs):
    return [ref.id for ref in refs]


def line(view, levying="east"):
    return next(found for found in rates.lines(view) if found.delegation_id == levying)


def in_force(view, levying="east"):
    applies = rates.in_force(view, line(view, levying))
    return applies and applies.id


def told(view):
    return as_text(rates.sheet(view)).splitlines()


def under(view, heading):
    """The lines of the sheet below a heading, up to the next empty one."""
    lines = told(view)
    below = lines[lines.index(heading.upper()) + 1 :]
    return below[: below.index("")]


def detail(view, slug):
    return as_text(rates.detail(view, Ref("rate", slug))).partition("\n\n")[0].splitlines()


# Lines


def test_each_pair_of_delegations_has_a_line_in_the_order_of_the_dataset(ferry):
    assert [(found.delegation_id, found.against_id) for found in rates.lines(ferry)] == [
        ("east", "west"),
        ("west", "east"),
    ]


def test_rates_on_the_goods_of_another_are_another_line():
    view = talks(FIRST, rate("other", on(1, 10), 3, "east", "east"))

    assert [ids(found.steps) for found in rates.lines(view)] == [["first"], ["other"]]


def test_the_steps_of_a_line_stand_oldest_first_wherever_they_stand_in_the_file(ferry):
    assert ids(line(ferry).steps) == ["first", "second", "to-come"]


def test_claims_and_threats_are_kept_apart_from_the_steps(ferry):
    assert ids(line(ferry).figures) == ["claim", "threat"]
    assert line(ferry, "west").figures == ()


def test_what_was_not_public_yet_is_on_no_line(ferry):
    view = ferry.at(on(2, 27))
    assert ids(line(view).steps) == ["first", "second"]
    assert ids(line(view).figures) == []

    assert [found.delegation_id for found in rates.lines(ferry.at(on(2, 19)))] == ["east"]
    assert rates.lines(ferry.at(on(1, 9))) == ()


# The step in force


@pytest.mark.parametrize(
    ("day", "applies"),
    [
        (on(1, 10), "first"),
        (on(1, 31), "first"),
        (on(2, 1), "second"),
        (on(3, 15), "second"),
        (on(4, 30), "second"),
        (on(5, 1), "to-come"),
    ],
)
def test_a_step_applies_from_its_day_until_the_next(ferry, day, applies):
    assert in_force(ferry.at(day)) == applies


def test_a_threat_is_never_in_force():
    view = talks(THREAT)

    assert in_force(view) is None


def test_a_step_announced_is_on_the_line_and_not_in_force(ferry):
    view = ferry.at(on(3, 15))

    assert ids(line(view).steps)[-1] == "to-come"
    assert in_force(view) == "second"


def test_of_two_steps_of_one_day_the_later_in_the_file_applies():
    view = talks(FIRST, replace(SECOND, on=on(1, 10)))

    assert in_force(view) == "second"


# As plain values


def test_the_lines_are_plain_values(ferry):
    view = ferry.at(on(3, 15))
    east, west = rates.as_data(view)

    assert {**east, "steps": [], "figures": []} == {
        "delegation": "east",
        "against": "west",
        "in_force": "rate:second",
        "steps": [],
        "figures": [],
    }
    assert east["steps"][1] == {
        "ref": "rate:second",
        "id": "second",
        "sources": ["gazette"],
        "delegation": "east",
        "against": "west",
        "on": "2031-02-01",
        "percent": 17.5,
        "standing": "step",
        "part": [
            {"name": "landing", "percent": 12.5, "measure": "toll"},
            {"name": "dues", "percent": 5},
        ],
        "text": "About second.",
    }
    assert [(f["ref"], f["standing"], f["speaker"]) for f in east["figures"]] == [
        ("rate:claim", "claim", "tam"),
        ("rate:threat", "threat", "marlow"),
    ]
    assert [step["ref"] for step in west["steps"]] == ["rate:answer"]
    assert west["figures"] == []


def test_plain_values_say_when_no_step_is_in_force():
    view = talks(CLAIM)
    (only,) = rates.as_data(view)

    assert only["in_force"] is None
    assert only["steps"] == []


# The sheet


def test_each_line_has_a_heading_with_the_rate_in_force(ferry):
    assert rates.sheet(ferry).title == "Tariff rates on 30 Jun 2031"
    headings = [
        block.spans[0].text for block in rates.sheet(ferry).blocks if block.kind == "heading"
    ]
    assert headings == [
        "East on West: 40%",
        "East on West: figures that are no step",
        "West on East: 8%",
        "Sources",
    ]


def test_a_line_without_a_step_in_force_has_a_heading_without_a_rate():
    assert told(talks(TO_COME).at(on(4, 1)))[1] == "EAST ON WEST"


def test_the_steps_stand_newest_first_with_the_one_in_force_marked(ferry):
    assert under(ferry.at(on(2, 28)), "East on West: 17.5%") == [
        "1 Feb 2031: 17.5% in force = landing 12.5% + dues 5%. About second. [1]",
        "10 Jan 2031: 5%. About first. [1]",
    ]


@pytest.mark.parametrize(
    ("day", "left"), [(on(3, 15), ", 47 days later"), (on(4, 30), ", 1 day later")]
)
def test_a_step_to_come_says_how_many_days_are_left(ferry, day, left):
    (to_come, second, _) = under(ferry.at(day), "East on West: 17.5%")

    assert to_come == f"1 May 2031: 40% to come{left}. About to-come. [1]"
    assert second.startswith("1 Feb 2031: 17.5% in force ")


def test_a_step_to_come_in_some_month_is_to_come_all_the_same():
    view = talks(FIRST, replace(TO_COME, on="2031-05")).at(on(4, 1))

    assert under(view, "East on West: 5%")[0] == "May 2031: 40% to come. About to-come. [1]"


def test_a_step_that_another_replaced_on_its_own_day_is_not_to_come():
    view = talks(FIRST, replace(SECOND, on=on(1, 10), parts=())).at(on(1, 10))

    assert under(view, "East on West: 17.5%") == [
        "10 Jan 2031: 17.5% in force. About second. [1]",
        "10 Jan 2031: 5%. About first. [1]",
    ]


def test_claims_and_threats_say_what_they_are_and_whose(ferry):
    assert under(ferry, "East on West: figures that are no step") == [
        "10 Mar 2031: 90% threat, Marlow. About threat. [1]",
        "Feb 2031: 27% claim, Tam. About claim. [2] weak source only",
    ]


def test_a_figure_of_nobody_in_particular_names_nobody():
    view = talks(replace(CLAIM, speaker_id=None, source_ids=("gazette",)))

    assert under(view, "East on West: figures that are no step") == [
        "Feb 2031: 27% claim. About claim. [1]"
    ]


def test_each_rate_is_a_link_to_itself(ferry):
    links = [block.spans[0].link.id for block in rates.sheet(ferry).blocks if block.kind == "row"]

    assert links == ["to-come", "second", "first", "threat", "claim", "answer"]


def test_the_sheet_ends_with_its_sources_and_says_when_there_is_nothing(ferry):
    assert told(ferry)[-3:] == [
        "SOURCES",
        "[1]: Gazette, “The ferry”, 1 Jan 2031",
        "[2]: Friends, “The fare”, 1 Jan 2031 weak",
    ]
    assert told(ferry.at(on(1, 9))) == ["No rate was public by then."]


# One rate


def test_a_step_in_force_is_told_with_its_parts_and_the_measures_that_impose_them(ferry):
    assert detail(ferry.at(on(3, 1)), "second") == [
        "East on West: 17.5%  in force from 1 Feb 2031",
        "12.5%: landing  Ferry toll",
        "5%: dues",
        "About second. [1]",
    ]
    links = [s.link for b in rates.detail(ferry, SECOND.ref).blocks for s in b.spans if s.link]
    assert Ref("measure", "toll") in links


def test_a_step_to_come_is_told_with_the_day_it_is_to_take_effect(ferry):
    head = "East on West: 40%  to take effect on 1 May 2031"
    assert detail(ferry.at(on(4, 30)), "to-come")[0] == head
    assert detail(ferry.at(on(5, 1)), "to-come")[0] == (
        "East on West: 40%  in force from 1 May 2031"
    )


@pytest.mark.parametrize(
    ("slug", "head"),
    [
        ("threat", "East on West: 90% (threat)  threatened on 10 Mar 2031 by Marlow"),
        ("claim", "East on West: 27% (claim)  named in Feb 2031 by Tam"),
    ],
)
def test_a_figure_is_told_with_who_threatened_or_named_it(ferry, slug, head):
    assert detail(ferry, slug)[0] == head


def test_a_threat_of_nobody_in_particular_names_nobody():
    view = talks(replace(THREAT, speaker_id=None))

    assert detail(view, "threat")[0] == "East on West: 90% (threat)  threatened on 10 Mar 2031"


def test_one_rate_bears_its_own_sources_alone(ferry):
    assert as_text(rates.detail(ferry, CLAIM.ref)).splitlines()[-2:] == [
        "SOURCES",
        "[1]: Friends, “The fare”, 1 Jan 2031 weak",
    ]


# The harbour and the shipped dataset


def test_the_lines_of_the_harbour(view):
    north, south = rates.lines(view)

    assert (ids(north.steps), ids(north.figures)) == (
        ["north-20"],
        ["tam-claim-27", "north-threat-40"],
    )
    assert ids(south.steps) == ["south-5"]
    assert [rates.title(view, found) for found in (north, south)] == [
        "North on South",
        "South on North",
    ]


@pytest.mark.parametrize(
    ("day", "us", "china"),
    [
        (date(2025, 4, 9), 104, None),
        (date(2025, 4, 12), 145, 125),
        (date(2025, 5, 14), 30, 10),
        (date(2025, 11, 9), 30, 10),
        # Ended by order, and the surcharge not begun; and the day on which one follows the other.
        (date(2026, 2, 20), 0, 10),
        (date(2026, 2, 23), 0, 10),
        (date(2026, 2, 24), 10, 10),
        (date(2026, 7, 23), 10, 10),
        (date(2026, 7, 24), 12.5, 10),
    ],
)
def test_the_headline_rates_between_us_and_china(shipped_view, day, us, china):
    view = shipped_view.at(day)
    applies = {
        found.delegation_id: view.index[ref].percent
        for found in rates.lines(view)
        if (ref := rates.in_force(view, found))
    }

    assert (applies.get("us"), applies.get("china")) == (us, china)


def test_no_rate_in_force_rests_on_a_measure_that_has_ended(shipped_view):
    data = shipped_view.index.dataset
    until = data.negotiation.covers_until
    of_rates = {part.measure_id for rate in data.rates for part in rate.parts}
    turns = {last_day(step.on) for m in data.measures if m.id in of_rates for step in m.steps} | {
        last_day(rate.on) for rate in data.rates
    }

    ended = []
    for turn in sorted(day for day in turns if day <= until):
        view = shipped_view.at(turn)
        for line in rates.lines(view):
            if (applies := rates.in_force(view, line)) is None:
                continue
            for part in view.index[applies].parts:
                stands = view.standing(view.index[Ref("measure", part.measure_id)])
                if stands is None or stands.state not in ("in force", "suspended"):
                    ended.append((turn, applies, part.measure_id))
    assert ended == []


# Through time


@pytest.fixture(scope="module")
def through_time(_harbour_read, _shipped_read):
    return {
        "ferry": talks(),
        "harbour": View(_harbour_read, Notes()),
        "shipped": View(_shipped_read, Notes()),
    }


@given(st.sampled_from(["ferry", "harbour", "shipped"]), st.floats(0, 1))
def test_every_rate_that_was_public_stands_on_one_line_once_and_no_other_does(
    through_time, name, share
):
    whole = through_time[name]
    began = whole.index.dataset.negotiation.began
    day = began + timedelta(days=round((whole.covers_until - began).days * share))
    view = whole.at(day)

    listed = [ref for found in rates.lines(view) for ref in (*found.steps, *found.figures)]
    public = [r.ref for r in whole.index.dataset.rates if last_day(r.known or r.on) <= day]
    assert sorted(listed) == sorted(public)
    for found in rates.lines(view):
        applies = rates.in_force(view, found)
        begun = [ref for ref in found.steps if last_day(view.index[ref].on) <= day]
        assert applies == (begun[-1] if begun else None)
