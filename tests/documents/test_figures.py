"""Figures: what was in force, counted, targeted and said; and how far a target is reached."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.documents.comparisons import figures
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text, page
from explorer.notes import Notes
from explorer.record import amounts
from explorer.record.days import last_day
from explorer.record.index import Index
from explorer.record.model import (
    Dataset,
    Delegate,
    Delegation,
    Figure,
    FigureValue,
    Issue,
    Measure,
    Negotiation,
    Part,
    Point,
    Ref,
    Role,
    Round,
    Source,
    Step,
)
from explorer.view import View


def on(month, day):
    return date(2031, month, day)


BEGINS, ENDS = on(1, 1), on(6, 30)
CITED = {"source_ids": ("gazette",)}


def value(slug, day, number, standing="in force", **more):
    given = {"text": f"About {slug}.", **CITED, **more}
    return FigureValue(on=day, number=number, standing=standing, **given)


FIRST = value("first", on(1, 10), 5)
SECOND = value(
    "second",
    on(2, 1),
    17.5,
    parts=(Part(name="landing", number=12.5, measure_id="toll"), Part(name="dues", number=5)),
)
TO_COME = value("to-come", on(5, 1), 40, known=on(3, 15))
CLAIM = value("claim", "2031-02", 27, "claim", speaker_id="tam", source_ids=("leaflet",))
THREAT = value("threat", on(3, 10), 90, "threat", speaker_id="marlow")
ANSWER = value("answer", on(2, 20), 8)
ALL = (FIRST, SECOND, CLAIM, THREAT, TO_COME)


def figure(*values, slug="east-toll", name="East toll", unit="%", **more):
    sides = {"delegation_id": "east", "against_id": "west"} | more
    return Figure(id=slug, name=name, unit=unit, values=values, **sides, **CITED)


WEST = figure(ANSWER, slug="west-toll", name="West toll", delegation_id="west", against_id="east")


def delegate(slug, short, side):
    held = (Role(title="Speaker", **CITED),)
    return Delegate(
        id=slug, name=f"{short} the Elder", short=short, delegation_id=side, roles=held, **CITED
    )


def negotiation(*counted, points=()):
    """The view of a small negotiation at its end."""
    toll = Measure(
        id="toll",
        name="Ferry toll",
        delegation_id="east",
        act="charge",
        steps=(Step(on=on(2, 1), stage="in force", text="Boats pay.", **CITED),),
        **CITED,
    )
    return View(
        Index(
            Dataset(
                negotiation=Negotiation(
                    id="ferry",
                    name="Ferry talks",
                    summary="Two banks and a ferry.",
                    began=BEGINS,
                    record_ends=ENDS,
                    **CITED,
                ),
                sources=(
                    Source(
                        id="gazette",
                        publisher="Gazette",
                        title="The ferry",
                        type="press",
                        published=BEGINS,
                    ),
                    Source(
                        id="leaflet",
                        publisher="Friends",
                        title="The fare",
                        type="other",
                        published=BEGINS,
                        reliability="weak",
                    ),
                ),
                delegations=(
                    Delegation(id="east", name="East bank", short="East", **CITED),
                    Delegation(id="west", name="West bank", short="West", **CITED),
                ),
                delegates=(delegate("tam", "Tam", "west"), delegate("marlow", "Marlow", "east")),
                rounds=(
                    Round(
                        id="jetty",
                        name="Jetty",
                        meeting="talks",
                        starts=on(1, 2),
                        ends=on(1, 2),
                        summary="Fish for tolls.",
                        **CITED,
                    ),
                ),
                issues=(Issue(id="fares", name="Fares", summary="What is paid.", **CITED),),
                measures=(toll,),
                figures=counted,
                points=points,
            )
        ),
        Notes(),
    )


def talks(*values):
    """The talks with these values of one figure, or with the tolls of both banks."""
    return negotiation(figure(*values)) if values else negotiation(figure(*ALL), WEST)


@pytest.fixture
def ferry():
    return talks()


def about(values):
    """The values by what their texts are about."""
    return [v.text.removeprefix("About ").removesuffix(".") for v in values]


def east(view):
    return view.index.figure("east-toll")


def in_force(view, slug="east-toll"):
    applies = amounts.in_force(view.index.figure(slug), view.as_of)
    return applies and about([applies])[0]


def sheet_lines(view, *asked):
    first, *others = [Ref("figure", slug) for slug in asked] or [None]
    return as_text(figures.sheet(view, Question(first, beside=tuple(others)))).splitlines()


def under(view, *headings):
    """The lines of the sheet below headings one after the other, up to the next empty one."""
    lines = sheet_lines(view)
    for heading in headings:
        lines = lines[lines.index(heading.upper()) + 1 :]
    return lines[: lines.index("")]


def detail(view, slug, of="east-toll"):
    found = view.index.figure(of)
    (one,) = (v for v in found.values if about([v]) == [slug])
    return as_text(figures.detail(view, found, one)).partition("\n\n")[0].splitlines()


# What a figure comes to


def test_the_figures_of_the_unit_with_most_values_are_shown_in_the_order_of_the_dataset():
    fish = figure(FIRST, slug="fish", unit="barrels")
    view = negotiation(fish, WEST, figure(*ALL))

    assert [f.id for f in figures.shown(view)] == ["west-toll", "east-toll"]
    assert figures.shown(view, Question(fish.ref)) == (fish,)


def test_there_is_a_choice_of_all_of_a_unit_and_of_each_by_itself():
    view = negotiation(figure(FIRST, slug="fish", name="Fish", unit="barrels"), WEST, figure(*ALL))

    assert [(c.name, [ref.id for ref in c.figures]) for c in figures.choices(view)] == [
        ("All 2 in %", ["west-toll", "east-toll"]),
        ("West toll (%)", ["west-toll"]),
        ("East toll (%)", ["east-toll"]),
        ("Fish (barrels)", ["fish"]),
    ]


def test_the_steps_stand_oldest_first(ferry):
    assert about(amounts.steps(east(ferry))) == ["first", "second", "to-come"]


def test_claims_and_threats_are_no_steps(ferry):
    said = [v for v in east(ferry).values if v not in amounts.steps(east(ferry))]

    assert about(said) == ["claim", "threat"]


def test_what_was_not_public_yet_is_no_value(ferry):
    assert about(east(ferry.at(on(2, 27))).values) == ["first", "second"]
    assert [f.id for f in figures.shown(ferry.at(on(2, 19)))] == ["east-toll"]
    assert figures.shown(ferry.at(on(1, 9))) == ()


# The value in force


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
    assert in_force(talks(THREAT)) is None


def test_a_value_known_beforehand_is_pending_and_not_in_force(ferry):
    view = ferry.at(on(3, 15))

    assert about(amounts.pending(east(view), view.as_of)) == ["to-come"]
    assert in_force(view) == "second"


def test_of_two_steps_of_one_day_the_later_in_the_file_applies():
    assert in_force(talks(FIRST, replace(SECOND, on=on(1, 10)))) == "second"


def test_a_value_is_in_force_no_longer_than_it_was_to_be():
    view = talks(replace(FIRST, until=on(3, 1)))

    assert in_force(view.at(on(3, 1))) == "first"
    assert in_force(view.at(on(3, 2))) is None


def test_what_was_taken_back_is_neither_pending_nor_in_force():
    view = talks(FIRST, replace(TO_COME, dropped=on(4, 2)))

    assert about(amounts.pending(east(view.at(on(4, 1))), on(4, 1))) == ["to-come"]
    assert amounts.pending(east(view.at(on(4, 2))), on(4, 2)) == ()
    assert in_force(view) == "first"


# How far a target is reached


TARGET = value(
    "target",
    on(1, 1),
    100,
    "target",
    at="least",
    delegation_id="east",
    starts=on(1, 1),
    due=on(4, 10),
)
POLICE = value("slips", on(1, 20), 10, "counted", by="Police")
LATER = value("more-slips", on(2, 10), 35, "counted", by="Police", known=on(2, 14))
WEIGHED = value("scales", on(2, 5), 50, "counted", delegation_id="west")


def fish(*values, **more):
    return figure(
        *values, slug="fish", name="Fish landed", unit="barrels", **({"total": True} | more)
    )


def progress(view):
    (only,) = amounts.progress(view.index.figure("fish"), view.as_of)
    return only


def test_a_target_is_reached_as_far_as_each_last_counted_by_then():
    view = negotiation(fish(TARGET, POLICE, WEIGHED, LATER))

    assert about(progress(view.at(on(2, 13))).counts) == ["slips", "scales"]
    assert about(progress(view.at(on(2, 14))).counts) == ["more-slips", "scales"]


@pytest.mark.parametrize(
    ("day", "gone", "pro_rata"), [(on(1, 1), 1, 1), (on(2, 19), 50, 50), (on(6, 1), 100, 100)]
)
def test_pro_rata_is_by_the_days_gone_of_the_span(day, gone, pro_rata):
    found = progress(negotiation(fish(TARGET)).at(day))

    assert (found.gone, found.span, found.pro_rata) == (gone, 100, pro_rata)


def test_a_level_has_a_target_but_nothing_pro_rata():
    assert progress(negotiation(fish(TARGET, POLICE, total=False))).span == 0


def test_a_count_is_towards_the_target_in_whose_span_it_falls():
    first = replace(TARGET, starts=on(1, 1), due=on(1, 31))
    second = replace(TARGET, starts=on(2, 1), due=on(2, 28), text="About second.")
    view = negotiation(fish(first, second, POLICE, WEIGHED))
    found = list(amounts.progress(view.index.figure("fish"), view.as_of))

    assert [about(each.counts) for each in found] == [["slips"], ["scales"]]


def test_a_count_that_says_its_start_is_towards_the_target_of_that_start():
    first = replace(TARGET, starts=on(1, 1), due=on(1, 31))
    second = replace(TARGET, starts=on(2, 1), due=on(2, 28), text="About second.")
    late = replace(LATER, starts=on(1, 1))
    view = negotiation(fish(first, second, late))
    found = list(amounts.progress(view.index.figure("fish"), view.as_of))

    assert [about(each.counts) for each in found] == [["more-slips"], []]


def test_a_target_that_was_taken_back_is_none():
    view = negotiation(fish(replace(TARGET, dropped=on(3, 1)), POLICE))

    assert amounts.targets(view.at(on(2, 28)).index.figure("fish"), on(2, 28))
    assert list(amounts.progress(view.index.figure("fish"), ENDS)) == []


def a_promise(**more):
    given = {"due": on(4, 10), "figure_ids": ("fish",)} | more
    return Point(
        id="herring",
        name="Herring for tolls",
        text="A hundred barrels are landed.",
        on=on(1, 2),
        round_id="jetty",
        issue_ids=("fares",),
        **given,
        **CITED,
    )


def delivered(view):
    lines = as_text(page(view, Ref("point", "herring"))).splitlines()
    below = lines[lines.index("DELIVERY IN FIGURES") + 1 :]
    return [line.strip() for line in itertools.takewhile(bool, below)]


def test_the_page_of_a_point_says_how_much_is_reached_by_whose_count_and_pro_rata():
    view = negotiation(fish(TARGET, POLICE, WEIGHED, LATER), points=(a_promise(),)).at(on(2, 19))

    assert delivered(view) == [
        "Fish landed [1]",
        (
            "1 Jan 2031: at least 100 barrels, to be reached, East, from 1 Jan 2031, "
            "due 10 Apr 2031 (50 days later). About target. [1]"
        ),
        "50 of 100 days gone; pro rata 50 barrels [1]",
        "35 barrels on 10 Feb 2031, counted by Police: 35% of it [1]",
        "50 barrels on 5 Feb 2031, counted by West: 50% of it [1]",
    ]


def test_the_page_of_a_point_uses_no_count_that_was_not_public():
    view = negotiation(fish(TARGET, POLICE, WEIGHED, LATER), points=(a_promise(),))

    assert delivered(view.at(on(1, 19)))[-1] == "No count of it was public."
    assert delivered(view.at(on(2, 13)))[-2].startswith("10 barrels on 20 Jan 2031")


def test_the_page_of_a_point_says_that_the_time_of_a_target_has_not_begun():
    ahead = replace(TARGET, starts=on(5, 1), due=on(6, 1))
    view = negotiation(fish(ahead), points=(a_promise(),)).at(on(2, 1))

    assert delivered(view)[-1] == "Its time has not begun. [1]"


def test_the_page_of_a_point_says_what_is_in_force_where_there_is_no_target():
    promise = a_promise(figure_ids=("east-toll",))
    view = negotiation(figure(*ALL), points=(promise,)).at(on(3, 1))

    assert delivered(view) == ["East toll  17.5% · in force since 1 Feb 2031 [1]"]


def test_the_page_of_a_point_says_what_else_is_said_where_nothing_is_in_force():
    promise = a_promise(figure_ids=("east-toll",))
    view = negotiation(figure(CLAIM, THREAT), points=(promise,))

    assert delivered(view) == ["East toll  90% · threatened, Marlow, 10 Mar 2031 [1]"]


# As plain values


def test_the_figures_are_plain_values(ferry):
    view = ferry.at(on(3, 15))
    one, other = figures.as_data(view)

    assert {k: v for k, v in one.items() if k not in ("value", "in_force", "pending")} == {
        "ref": "figure:east-toll",
        "id": "east-toll",
        "sources": ["gazette"],
        "name": "East toll",
        "unit": "%",
        "delegation": "east",
        "against": "west",
        "total": False,
        "progress": [],
    }
    assert one["in_force"] == {
        "sources": ["gazette"],
        "on": "2031-02-01",
        "number": 17.5,
        "standing": "in force",
        "part": [
            {"name": "landing", "number": 12.5, "measure": "toll"},
            {"name": "dues", "number": 5},
        ],
        "text": "About second.",
    }
    assert [(v["number"], v["standing"]) for v in one["value"]] == [
        *((5, "in force"), (17.5, "in force")),
        *((27, "claim"), (90, "threat"), (40, "in force")),
    ]
    assert [v["number"] for v in one["pending"]] == [40]
    assert [v["number"] for v in other["value"]] == [8]


def test_plain_values_say_how_far_a_target_is_reached():
    view = negotiation(fish(TARGET, POLICE)).at(on(2, 19))
    (only,) = figures.as_data(view)
    (found,) = only["progress"]

    assert found["target"]["number"] == 100
    assert found["reached"] == [{"by": "Police", "on": "2031-01-20", "number": 10, "share": 0.1}]
    assert (found["days_gone"], found["days"], found["pro_rata"]) == (50, 100, 50)


def test_plain_values_say_when_nothing_is_in_force():
    (only,) = figures.as_data(talks(CLAIM))

    assert only["in_force"] is None


# The sheet


def test_each_figure_has_a_heading_with_what_is_in_force(ferry):
    shown = figures.sheet(ferry)
    assert shown.title == "Figures in % on 30 Jun 2031"
    headings = [
        "".join(span.text for span in block.spans)
        for block in shown.blocks
        if block.kind == "heading"
    ]
    assert headings == [
        "East toll: 40%",
        "In force",
        "Threatened, claimed",
        "West toll: 8%",
        "In force",
        "Sources",
    ]


def test_a_figure_alone_is_the_title_and_the_others_are_named_below(ferry):
    alone = Question(Ref("figure", "west-toll"))

    assert figures.sheet(ferry, alone).title == "West toll on 30 Jun 2031"
    assert "East toll  % · east-toll" in sheet_lines(ferry, "west-toll")


def test_a_figure_of_which_nothing_is_in_force_has_a_heading_without_an_amount():
    assert sheet_lines(talks(TO_COME).at(on(4, 1)))[1] == "EAST TOLL"


def test_the_steps_stand_newest_first_with_the_one_in_force_marked(ferry):
    assert under(ferry.at(on(2, 28)), "East toll: 17.5%", "In force") == [
        "1 Feb 2031: 17.5% in force = landing 12.5% + dues 5%. About second. [1]",
        "10 Jan 2031: 5%. About first. [1]",
    ]


@pytest.mark.parametrize(
    ("day", "left"), [(on(3, 15), ", 47 days later"), (on(4, 30), ", 1 day later")]
)
def test_a_step_to_come_says_how_many_days_are_left(ferry, day, left):
    (to_come,) = under(ferry.at(day), "East toll: 17.5%", "To come")
    second, _ = under(ferry.at(day), "East toll: 17.5%", "In force")

    assert to_come == f"1 May 2031: 40%, in force, to come{left}. About to-come. [1]"
    assert second.startswith("1 Feb 2031: 17.5% in force ")


def test_a_step_to_come_in_some_month_is_to_come_all_the_same():
    view = talks(FIRST, replace(TO_COME, on="2031-05")).at(on(4, 1))

    assert under(view, "East toll: 5%", "To come") == [
        "May 2031: 40%, in force, to come. About to-come. [1]"
    ]


def test_a_step_that_another_replaced_on_its_own_day_is_not_to_come():
    view = talks(FIRST, replace(SECOND, on=on(1, 10), parts=())).at(on(1, 10))

    assert under(view, "East toll: 17.5%", "In force") == [
        "10 Jan 2031: 17.5% in force. About second. [1]",
        "10 Jan 2031: 5%. About first. [1]",
    ]


def test_claims_and_threats_say_what_they_are_and_whose(ferry):
    assert under(ferry, "Threatened, claimed") == [
        "10 Mar 2031: 90%, threatened, Marlow. About threat. [1]",
        "Feb 2031: 27%, claimed, Tam. About claim. [2] weak source only",
    ]


def test_a_value_of_nobody_in_particular_names_nobody():
    view = talks(replace(CLAIM, speaker_id=None, source_ids=("gazette",)))

    assert under(view, "Claimed") == ["Feb 2031: 27%, claimed. About claim. [1]"]


def test_what_was_taken_back_says_so():
    view = talks(replace(THREAT, dropped=on(4, 2)))

    assert under(view.at(on(4, 1)), "Threatened") == [
        "10 Mar 2031: 90%, threatened, Marlow. About threat. [1]"
    ]
    assert under(view.at(on(4, 2)), "Threatened") == [
        "10 Mar 2031: 90%, threatened and taken back 2 Apr 2031, Marlow. About threat. [1]"
    ]


def test_the_counts_stand_by_who_counts_newest_first():
    view = negotiation(fish(TARGET, POLICE, WEIGHED, LATER))

    assert under(view, "Counted by Police") == [
        "10 Feb 2031: 35 barrels. About more-slips. [1]",
        "20 Jan 2031: 10 barrels. About slips. [1]",
    ]
    assert under(view, "Counted by West") == ["5 Feb 2031: 50 barrels. About scales. [1]"]


def test_each_value_is_a_link_to_its_figure(ferry):
    links = [block.spans[0].link.id for block in figures.sheet(ferry).blocks if block.kind == "row"]

    assert links == ["east-toll"] * 5 + ["west-toll"]


def test_the_sheet_ends_with_its_sources_and_says_when_there_is_nothing(ferry):
    assert sheet_lines(ferry)[-3:] == [
        "SOURCES",
        "[1]: Gazette, “The ferry”, 1 Jan 2031",
        "[2]: Friends, “The fare”, 1 Jan 2031 weak",
    ]
    assert sheet_lines(ferry.at(on(1, 9))) == ["No figure was public by then."]
    assert sheet_lines(negotiation()) == [
        "This dataset has no figures: nothing in it is counted over time."
    ]


# One value


def test_a_step_in_force_says_its_parts_and_the_measures_that_impose_them(ferry):
    assert detail(ferry.at(on(3, 1)), "second") == [
        "East toll: 17.5%  in force from 1 Feb 2031",
        "12.5%: landing  Ferry toll",
        "5%: dues",
        "About second. [1]",
    ]
    shown = figures.detail(ferry, east(ferry), SECOND)
    links = [s.link for b in shown.blocks for s in b.spans if s.link]
    assert Ref("measure", "toll") in links


def test_a_step_to_come_says_the_day_it_is_to_take_effect(ferry):
    head = "East toll: 40%  to take effect 1 May 2031"
    assert detail(ferry.at(on(4, 30)), "to-come")[0] == head
    assert detail(ferry.at(on(5, 1)), "to-come")[0] == "East toll: 40%  in force from 1 May 2031"


@pytest.mark.parametrize(
    ("slug", "head"),
    [
        ("threat", "East toll: 90%  threatened on 10 Mar 2031 by Marlow"),
        ("claim", "East toll: 27%  claimed in Feb 2031 by Tam"),
    ],
)
def test_what_is_no_step_says_who_threatened_or_claimed_it(ferry, slug, head):
    assert detail(ferry, slug)[0] == head


def test_a_target_and_a_count_say_whose_and_by_when():
    view = negotiation(fish(TARGET, POLICE)).at(on(2, 19))

    assert detail(view, "target", "fish")[0] == (
        "Fish landed: at least 100 barrels  set on 1 Jan 2031 by East, from 1 Jan 2031, "
        "due 10 Apr 2031 (50 days later)"
    )
    assert detail(view, "slips", "fish")[0] == (
        "Fish landed: 10 barrels  counted on 20 Jan 2031 by Police"
    )


def test_a_threat_of_nobody_in_particular_names_nobody():
    view = talks(replace(THREAT, speaker_id=None))

    assert detail(view, "threat")[0] == "East toll: 90%  threatened on 10 Mar 2031"


def test_one_value_bears_its_own_sources_alone(ferry):
    assert as_text(figures.detail(ferry, east(ferry), CLAIM)).splitlines()[-2:] == [
        "SOURCES",
        "[1]: Friends, “The fare”, 1 Jan 2031 weak",
    ]


# The harbour and the shipped dataset


def test_the_figures_of_the_harbour(view):
    north, south = figures.shown(view)

    assert [(v.number, v.standing) for v in north.values] == [
        *((20, "in force"), (27, "claim"), (40, "threat")),
    ]
    assert [(v.number, v.standing) for v in south.values] == [(5, "in force"), (8, "announced")]
    assert figures.title(view, (north, south)) == "Figures in % on 30 Jun 2032"


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
def test_the_headline_duties_between_us_and_china(shipped_view, day, us, china):
    view = shipped_view.at(day)
    applies = {
        found.delegation_id: step.number
        for found in figures.shown(view)
        if (step := amounts.in_force(found, day))
    }

    assert (applies.get("us"), applies.get("china")) == (us, china)


def test_no_value_in_force_rests_on_a_measure_that_has_ended(shipped_view):
    data = shipped_view.index.dataset
    until = data.negotiation.covers_until
    values = [v for found in data.figures for v in found.values]
    of_values = {part.measure_id for v in values for part in v.parts}
    turns = {last_day(s.on) for m in data.measures if m.id in of_values for s in m.steps}
    turns |= {last_day(v.on) for v in values}

    ended = []
    for turn in sorted(day for day in turns if data.negotiation.began <= day <= until):
        view = shipped_view.at(turn)
        for found in view.index.dataset.figures:
            if (applies := amounts.in_force(found, view.as_of)) is None:
                continue
            for part in applies.parts:
                stands = view.standing(view.index[Ref("measure", part.measure_id)])
                if stands is None or stands.state not in ("in force", "suspended"):
                    ended.append((turn, applies, part.measure_id))
    assert ended == []


def test_the_soybeans_of_busan_are_counted_against_their_targets(shipped_view):
    view = shipped_view.at(date(2026, 1, 10))
    lines = as_text(page(view, Ref.parse("point:kl-soybeans"))).splitlines()

    assert any("61 of 61 days gone; pro rata 12 million tonnes" in line for line in lines)
    assert any("6 million tonnes in Dec 2025, counted by" in line for line in lines)
    assert not any("counted by Reuters" in line for line in lines)


# Through time


@pytest.fixture(scope="module")
def through_time(_harbour_read, _shipped_read):
    return {
        "ferry": talks(),
        "harbour": View(_harbour_read, Notes()),
        "shipped": View(_shipped_read, Notes()),
    }


@given(st.sampled_from(["ferry", "harbour", "shipped"]), st.floats(0, 1))
def test_every_value_that_was_public_is_there_once_and_no_other_is(through_time, name, share):
    whole = through_time[name]
    began = whole.index.dataset.negotiation.began
    day = began + timedelta(days=round((whole.covers_until - began).days * share))
    view = whole.at(day)

    for found in whole.index.dataset.figures:
        public = [v.text for v in found.values if last_day(v.known or v.on) <= view.as_of]
        shown = view.index.figure(found.id).values if found.ref in view.index else ()
        assert [v.text for v in shown] == public
        lines = as_text(figures.sheet(view, Question(found.ref))) if public else ""
        assert all(text in lines for text in public)
        if not public:
            continue
        applies = amounts.in_force(view.index.figure(found.id), view.as_of)
        begun = [v for v in shown if v.standing == "in force" and last_day(v.on) <= view.as_of]
        ended = begun and amounts.has_ended(begun[-1], view.as_of)
        assert applies == (begun[-1] if begun and not ended else None)
