"""What each delegation wants on each issue, and what moved since a second date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import CITED, EAST, WEST, ferry_talks, source

from explorer.documents.comparisons import positions
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text
from explorer.documents.render import render
from explorer.notes import Notes
from explorer.record.days import last_day
from explorer.record.model import Delegate, Delegation, Issue, Position, Ref, Round, Status
from explorer.view import Scope, View


def on(month, day):
    return date(2031, month, day)


BEGINS, ENDS = on(1, 1), on(6, 30)


def wants(side, day, text, **more):
    return Position(delegation_ids=(side,), on=day, text=text, **{**CITED, **more})


def issue(slug, name, group, *taken, **more):
    told = {"summary": f"About {name}.", "known": BEGINS, **CITED, **more}
    return Issue(id=slug, name=name, group=group, positions=taken, **told)


PENNY = wants("east", on(1, 10), "A penny a crossing.", speaker_id="marlow")
FREE = wants("west", on(2, 5), "No fare at all.")
TWO_PENCE = wants("east", on(3, 1), "Two pence a crossing.", source_ids=("gazette", "herald"))
NO_MORE = wants("west", on(4, 1), "Crossings without a fare.", withdrawn=True)
NOON = wants("keeper", "2031-02", "The bell rings at noon.", known=on(3, 3))

FARES = issue(
    "fares",
    "Fares",
    "Quays",
    *(PENNY, FREE, TWO_PENCE, NO_MORE),
    statuses=(
        Status(on=on(1, 10), state="disputed", text="Two fares.", **CITED),
        Status(on=on(4, 2), state="settled", text="One fare.", **CITED),
    ),
)
BELLS = issue("bells", "Bells", "Quays", NOON)
NIGHTS = issue("nights", "Nights", "Waters")


def delegation(slug, short, type_="state"):
    return Delegation(id=slug, name=f"{short} bank", short=short, type=type_, **CITED)


def talks(*issues, **more):
    """The view of a small negotiation at its end."""
    marlow = Delegate(id="marlow", name="Ida Marlow", short="Marlow", delegation_id="east", **CITED)
    return ferry_talks(
        BEGINS,
        ENDS,
        sources=(
            source("gazette", BEGINS, title="gazette"),
            source("herald", on(3, 1), title="herald"),
        ),
        delegations=(
            delegation("keeper", "Keeper", "host"),
            EAST,
            delegation("guild", "Guild", "other"),
            WEST,
        ),
        delegates=(marlow,),
        issues=issues or (FARES, BELLS, NIGHTS),
        **more,
    )


@pytest.fixture
def ferry():
    return talks()


def chosen(view, *texts):
    return replace(view, scope=replace(view.scope, chosen=tuple(map(Ref.parse, texts))))


def held(view, issue_id, side, since=None):
    rows = {row.issue.id: row for row in positions.rows(view, since)}
    return next(h for h in rows[issue_id].held if h.delegation_id == side)


def text_of(spans):
    return "".join(span.text for span in spans)


def table(made):
    """Each row of cells by the first line of its label."""
    return {
        text_of(block.label).partition("\n")[0]: block
        for block in made.blocks
        if block.kind == "cells"
    }


def cell(view, name, head, since=None):
    row = table(positions.sheet(view, Question(since=since)))[name]
    return next(c for c in row.cells if c.head == head)


def said(view, name, head, since=None):
    return text_of(cell(view, name, head, since).whole)


# Columns


def test_the_parties_are_columns_and_others_beside_them_that_took_a_position(ferry):
    assert [side.id for side in positions.columns(ferry)] == ["east", "west", "keeper"]


def test_another_delegation_is_no_column_before_its_position_was_public(ferry):
    assert [side.id for side in positions.columns(ferry.at(on(3, 2)))] == ["east", "west"]
    assert [side.id for side in positions.columns(ferry.at(on(3, 3)))] == ["east", "west", "keeper"]


def test_every_row_has_a_place_for_each_column(ferry):
    for row in positions.rows(ferry):
        assert [h.delegation_id for h in row.held] == ["east", "west", "keeper"]


# Rows as of a date


def test_issues_stand_in_the_order_of_the_dataset_with_where_they_stand(ferry):
    assert [(data["issue"], data["status"]) for data in positions.as_data(ferry)] == [
        ("issue:fares", "settled"),
        ("issue:bells", None),
        ("issue:nights", None),
    ]
    assert positions.as_data(ferry.at(on(4, 1)))[0]["status"] == "disputed"


@pytest.mark.parametrize(
    ("day", "east", "west"),
    [
        (on(1, 9), "", ""),
        (on(1, 10), PENNY.text, ""),
        (on(2, 28), PENNY.text, FREE.text),
        (on(3, 1), TWO_PENCE.text, FREE.text),
        (on(4, 1), TWO_PENCE.text, NO_MORE.text),
    ],
)
def test_a_delegation_holds_the_position_it_took_last(ferry, day, east, west):
    view = ferry.at(day)

    now = held(view, "fares", "east").now, held(view, "fares", "west").now
    assert [stated.text if stated else "" for stated in now] == [east, west]


def test_a_position_bears_its_day_its_speaker_and_its_sources(ferry):
    stated = held(ferry.at(on(2, 1)), "fares", "east").now

    assert (stated.on, stated.speaker_id, stated.source_ids) == (
        on(1, 10),
        "marlow",
        ("gazette",),
    )
    assert held(ferry, "bells", "keeper").now.on == "2031-02"


def test_a_position_that_was_withdrawn_says_so(ferry):
    assert held(ferry, "fares", "west").now.withdrawn
    assert not held(ferry, "fares", "east").now.withdrawn
    assert not held(ferry.at(on(3, 31)), "fares", "west").now.withdrawn


def test_an_issue_that_is_not_public_yet_has_no_row():
    view = talks(FARES, replace(BELLS, known=None), replace(NIGHTS, known=on(5, 1)))

    assert [row.issue.id for row in positions.rows(view.at(on(3, 2)))] == ["fares"]
    assert [row.issue.id for row in positions.rows(view.at(on(3, 3)))] == ["fares", "bells"]


# What moved


def test_without_a_second_date_nothing_moved(ferry):
    assert {h.movement for row in positions.rows(ferry) for h in row.held} == {""}


def test_a_position_that_was_not_there_at_the_second_date_is_added(ferry):
    moved = held(ferry.at(on(2, 20)), "fares", "west", since=on(2, 4))

    assert (moved.movement, moved.was) == ("added", None)


def test_a_later_position_is_a_change_whether_reworded_or_reversed_and_keeps_the_words_before(
    ferry,
):
    moved = held(ferry, "fares", "east", since=on(2, 1))

    assert (moved.movement, moved.now.text) == ("changed", TWO_PENCE.text)
    assert (moved.was.text, moved.was.on) == (PENNY.text, on(1, 10))


def test_a_position_that_was_withdrawn_since_is_dropped_and_keeps_the_words_before(ferry):
    moved = held(ferry, "fares", "west", since=on(3, 1))

    assert (moved.movement, moved.now.withdrawn) == ("dropped", True)
    assert (moved.was.text, moved.was.on) == (FREE.text, on(2, 5))


def test_a_position_taken_and_withdrawn_between_the_dates_is_dropped(ferry):
    moved = held(ferry, "fares", "west", since=on(1, 15))

    assert (moved.movement, moved.was) == ("dropped", None)


def test_a_position_taken_again_after_it_was_withdrawn_is_added():
    again = wants("west", on(5, 1), "No fare on Sundays.")
    view = talks(replace(FARES, positions=(*FARES.positions, again)))

    moved = held(view, "fares", "west", since=on(4, 15))

    assert (moved.movement, moved.was, moved.now.withdrawn) == ("added", None, False)


def test_a_position_withdrawn_or_taken_again_in_the_same_words_moved_all_the_same():
    off = replace(FREE, on=on(3, 10), withdrawn=True)
    again = replace(FREE, on=on(5, 1))
    view = talks(replace(FARES, positions=(FREE, off, again)))

    assert held(view.at(on(4, 1)), "fares", "west", since=on(3, 1)).movement == "dropped"
    assert held(view, "fares", "west", since=on(4, 1)).movement == "added"
    assert held(view, "fares", "west", since=on(3, 1)).movement == ""


def test_a_position_stated_again_in_the_same_words_did_not_move():
    again = replace(FREE, on=on(3, 10))
    view = talks(replace(FARES, positions=(FREE, again)))

    stated = held(view, "fares", "west", since=on(3, 1))

    assert (stated.movement, stated.now.on) == ("", on(3, 10))


def test_what_became_public_on_the_second_date_itself_is_counted_as_before_it(ferry):
    assert held(ferry.at(on(2, 20)), "fares", "west", since=on(2, 5)).movement == ""
    assert held(ferry.at(on(2, 20)), "fares", "west", since=on(2, 4)).movement == "added"


def test_what_became_known_late_is_counted_from_then_and_not_from_its_own_day(ferry):
    assert held(ferry, "bells", "keeper", since=on(3, 2)).movement == "added"
    assert held(ferry, "bells", "keeper", since=on(3, 3)).movement == ""


def test_positions_on_an_issue_that_was_not_public_at_the_second_date_are_added():
    view = talks(FARES, replace(BELLS, known=None))
    assert Ref("issue", "bells") not in view.at(on(3, 2)).index

    assert held(view, "bells", "keeper", since=on(3, 2)).movement == "added"


@pytest.mark.parametrize("since", [on(3, 1), on(3, 2), ENDS])
def test_a_second_date_that_is_not_earlier_finds_nothing_moved(ferry, since):
    rows = positions.rows(ferry.at(on(3, 1)), since)

    assert {h.movement for row in rows for h in row.held} == {""}
    assert rows == positions.rows(ferry.at(on(3, 1)))


# Within the scope


def test_chosen_issues_alone_are_compared(ferry):
    view = chosen(ferry, "issue:nights", "issue:fares")

    assert [row.issue.id for row in positions.rows(view)] == ["fares", "nights"]


def test_a_chosen_round_narrows_the_issues_to_what_was_on_its_table():
    met = Round(
        id="jetty",
        name="Jetty",
        meeting="talks",
        starts=on(2, 1),
        ends=on(2, 2),
        issue_ids=("bells",),
        summary="They meet.",
        **CITED,
    )
    view = chosen(talks(FARES, BELLS, NIGHTS, rounds=(met,)), "round:jetty")

    assert [row.issue.id for row in positions.rows(view)] == ["bells"]


def test_what_moved_is_found_within_the_scope_too(ferry):
    view = chosen(ferry, "issue:fares")

    assert [[h.movement for h in row.held] for row in positions.rows(view, since=on(2, 6))] == [
        ["changed", "dropped", ""]
    ]


# As plain values


def test_the_rows_are_plain_values_that_say_what_was_not_stated(ferry):
    assert positions.as_data(ferry.at(on(3, 3)), Question(since=on(2, 1))) == [
        {
            "issue": "issue:fares",
            "status": "disputed",
            "positions": {
                "east": {
                    "stated": True,
                    "text": "Two pence a crossing.",
                    "on": "2031-03-01",
                    "movement": "changed",
                    "was": "A penny a crossing.",
                    "was_on": "2031-01-10",
                    "sources": ["gazette", "herald"],
                },
                "west": {
                    "stated": True,
                    "text": "No fare at all.",
                    "on": "2031-02-05",
                    "movement": "added",
                    "sources": ["gazette"],
                },
                "keeper": {"stated": False},
            },
        },
        {
            "issue": "issue:bells",
            "status": None,
            "positions": {
                "east": {"stated": False},
                "west": {"stated": False},
                "keeper": {
                    "stated": True,
                    "text": "The bell rings at noon.",
                    "on": "2031-02",
                    "movement": "added",
                    "sources": ["gazette"],
                },
            },
        },
        {
            "issue": "issue:nights",
            "status": None,
            "positions": {side: {"stated": False} for side in ("east", "west", "keeper")},
        },
    ]


def test_plain_values_name_the_speaker_and_what_was_withdrawn(ferry):
    (fares, *_) = positions.as_data(chosen(ferry, "issue:fares").at(on(2, 1)))
    assert fares["positions"]["east"]["speaker"] == "marlow"

    (fares, *_) = positions.as_data(chosen(ferry, "issue:fares"))
    assert fares["positions"]["west"]["withdrawn"] is True
    assert "withdrawn" not in fares["positions"]["east"]


# The grid


def test_the_sheet_is_called_after_its_day_and_the_second_date(ferry):
    assert positions.sheet(ferry.at(on(3, 1))).title == "Positions on 1 Mar 2031"
    assert positions.sheet(ferry, Question(since=on(3, 1))).title == (
        "Positions on 30 Jun 2031, and what changed since 1 Mar 2031"
    )


def test_the_heads_of_the_cells_are_the_short_names_of_the_columns(ferry):
    for row in table(positions.sheet(ferry)).values():
        assert [c.head for c in row.cells] == ["East", "West", "Keeper"]


def test_each_cell_leads_to_its_issue_and_so_does_its_label(ferry):
    for row in table(positions.sheet(ferry)).values():
        assert {c.link for c in row.cells} == {row.label[0].link}
    assert table(positions.sheet(ferry))["Bells"].label[0].link == Ref("issue", "bells")


def test_the_label_says_where_the_issue_stands(ferry):
    rows = table(positions.sheet(ferry))

    assert text_of(rows["Fares"].label) == "Fares\nsettled"
    assert rows["Fares"].label[-1].role == "state:settled"
    assert text_of(rows["Bells"].label) == "Bells"


def test_a_heading_stands_above_each_group_once(ferry):
    kinds = [
        (block.kind, text_of(block.spans or block.label).partition("\n")[0])
        for block in positions.sheet(ferry).blocks
        if block.kind in ("heading", "cells")
    ]

    assert kinds == [
        ("heading", "Quays"),
        ("cells", "Fares"),
        ("cells", "Bells"),
        ("heading", "Waters"),
        ("cells", "Nights"),
        ("heading", "Sources"),
    ]


def test_a_cell_says_what_is_wanted_who_said_it_and_when_with_its_mark(ferry):
    assert (
        said(ferry.at(on(2, 1)), "Fares", "East") == "A penny a crossing. Marlow, 10 Jan 2031 [1]"
    )
    assert said(ferry, "Fares", "East") == "Two pence a crossing. 1 Mar 2031 [1][2]"
    assert said(ferry, "Bells", "Keeper") == "The bell rings at noon. Feb 2031 [1]"


def test_marks_and_speaker_are_links_that_the_keyboard_passes_over(ferry):
    links = {s.text: s for s in cell(ferry.at(on(2, 1)), "Fares", "East").spans if s.link}

    assert links["[1]"].link == Ref("source", "gazette")
    assert links[" Marlow,"].link == Ref("delegate", "marlow")
    assert not any(span.stop for span in links.values())


def test_what_was_not_stated_is_said_in_words(ferry):
    (only,) = cell(ferry, "Nights", "East").spans

    assert (only.text, only.role) == ("not stated", "muted")


def test_a_position_that_several_hold_together_is_printed_once_with_all_of_them():
    together = replace(FREE, delegation_ids=("west", "guild"))
    shared = replace(FARES, positions=(PENNY, together))
    view = talks(shared)
    printed = as_text(positions.document(view))
    document = render(positions.document(view), "md")

    assert printed.count("No fare at all.") == document.count("No fare at all.") == 1
    assert "West, Guild: No fare at all. 5 Feb 2031" in printed
    assert " with " not in printed
    row = next(block for block in positions.sheet(view).blocks if block.kind == "cells")
    told = {cell.head: "".join(span.text for span in cell.spans) for cell in row.cells}
    assert "with Guild" in told["West"]
    assert "with West" in told["Guild"]


def test_a_withdrawn_position_is_told_as_dropped_without_a_second_date(ferry):
    assert said(ferry, "Fares", "West") == "dropped Crossings without a fare. 1 Apr 2031 [1]"


@pytest.mark.parametrize(
    ("since", "side", "told"),
    [
        (on(2, 1), "West", "– dropped Crossings without a fare. 1 Apr 2031 [1]"),
        (
            on(2, 6),
            "West",
            (
                "– dropped Crossings without a fare. 1 Apr 2031 [1]"
                "\nbefore, 5 Feb 2031: No fare at all. [1]"
            ),
        ),
        (
            on(2, 6),
            "East",
            (
                "~ changed Two pence a crossing. 1 Mar 2031 [1][2]"
                "\nbefore, 10 Jan 2031: A penny a crossing. [1]"
            ),
        ),
        (on(1, 2), "East", "+ added Two pence a crossing. 1 Mar 2031 [1][2]"),
        (on(3, 1), "East", "Two pence a crossing. 1 Mar 2031 [1][2]"),
    ],
)
def test_a_cell_says_by_sign_and_word_what_moved_and_what_was_said_before(ferry, since, side, told):
    assert said(ferry, "Fares", side, since) == told


def test_the_first_line_counts_what_moved(ferry):
    assert positions.sheet(ferry, Question(since=on(2, 6))).blocks[0].spans[0].text == (
        "Positions: 1 added, 1 changed, 1 dropped."
    )
    assert positions.sheet(ferry, Question(since=on(3, 3))).blocks[0].spans[0].text == (
        "Positions: 1 dropped."
    )
    assert positions.sheet(ferry, Question(since=on(4, 1))).blocks[0].spans[0].text == (
        "No position was added, changed or dropped."
    )
    assert "changed" not in as_text(positions.sheet(ferry))


def test_since_a_later_day_nothing_is_said_to_have_moved_or_not(ferry):
    made = positions.sheet(ferry.at(on(2, 6)), Question(since=on(3, 3)))

    assert made.blocks[0].spans[0].text == (
        "3 Mar 2031 is not before 6 Feb 2031; there are no days between them."
    )


def test_every_mark_has_its_source_in_the_list_at_the_end(ferry):
    assert as_text(positions.sheet(ferry)).splitlines()[-3:] == [
        "SOURCES",
        "[1]: Gazette, “gazette”, 1 Jan 2031",
        "[2]: Herald, “herald”, 1 Mar 2031",
    ]


def test_a_sheet_without_rows_says_so():
    view = talks(replace(NIGHTS, known=on(5, 1)))

    assert as_text(positions.sheet(view.at(on(4, 1)))) == ("No issue in the scope was public then.")


# The harbour


def test_what_moved_in_the_harbour_between_two_rounds(view):
    rows = {row.issue.id: row for row in positions.rows(view, since=date(2031, 3, 6))}
    moved = {
        (slug, h.delegation_id): h.movement
        for slug, row in rows.items()
        for h in row.held
        if h.movement
    }

    assert moved == {
        ("tolls", "north"): "changed",
        ("tolls", "south"): "added",
        ("fishing", "south"): "added",
    }


# Through time


@pytest.fixture(scope="module")
def through_time(_harbour_read, _shipped_read):
    return {
        "ferry": talks(),
        "harbour": View(_harbour_read, Notes()),
        "shipped": View(_shipped_read, Notes()),
    }


def two_days(view, first, second):
    """Two days of the record, as shares of it."""
    began = view.index.dataset.negotiation.began
    length = (view.covers_until - began).days
    return sorted(began + timedelta(days=round(length * share)) for share in (first, second))


def texts_from(view):
    """Each position's text in a dataset, with the day it may be told from."""
    return [
        (issue.id, slug, p.text, last_day(p.known or p.on))
        for issue in view.whole.dataset.issues
        for p in issue.positions
        for slug in p.delegation_ids
    ]


shares = st.floats(0, 1)


@given(st.sampled_from(["ferry", "harbour", "shipped"]), shares, shares)
def test_no_position_is_told_before_it_was_public(through_time, name, first, second):
    whole = through_time[name]
    since, today = two_days(whole, first, second)
    view = whole.at(today)
    rows = positions.rows(view, since)
    public = {(issue, side, text) for issue, side, text, day in texts_from(view) if day <= today}

    for row in rows:
        for h in row.held:
            for stated in filter(None, (h.now, h.was)):
                assert (row.issue.id, h.delegation_id, stated.text) in public
    told = as_text(positions.sheet(view, Question(since=since)))
    for _, _, text, day in texts_from(view):
        if day > today:
            assert text not in told


@given(st.sampled_from(["ferry", "harbour", "shipped"]), shares, shares)
def test_what_moved_leads_from_the_one_day_to_the_other(through_time, name, first, second):
    whole = through_time[name]
    since, today = two_days(whole, first, second)
    before = {
        (row.issue.ref, h.delegation_id): h.now
        for row in positions.rows(whole.at(since))
        for h in row.held
        if h.now
    }

    for row in positions.rows(whole.at(today), since):
        for h in row.held:
            was = before.get((row.issue.ref, h.delegation_id))
            match h.movement:
                case "":
                    assert (h.now and h.now.text) == (was and was.text)
                case "added":
                    assert was is None or was.withdrawn
                    assert not h.now.withdrawn
                case "changed":
                    assert h.was == was
                    assert h.now.text != was.text
                case "dropped":
                    assert h.now.withdrawn
                    assert h.was == (was if was and not was.withdrawn else None)


def test_a_day_later_every_position_still_stands_or_says_what_it_was(through_time):
    whole = through_time["ferry"]
    days = [BEGINS + timedelta(days=n) for n in range((ENDS - BEGINS).days + 1)]

    for day, following in pairwise(days):
        for earlier, later in zip(
            positions.rows(whole.at(day)), positions.rows(whole.at(following), day), strict=True
        ):
            now = {h.delegation_id: h for h in later.held}
            for h in earlier.held:
                kept = now[h.delegation_id]
                assert h.now is None or h.now.text in (
                    kept.now.text,
                    kept.was and kept.was.text,
                )


def test_a_scope_of_what_was_not_public_yet_narrows_nothing(ferry):
    view = replace(ferry.at(on(2, 1)), scope=Scope((Ref("delegation", "keeper"),), on(2, 1)))

    assert [row.issue.id for row in positions.rows(view)] == ["fares", "bells", "nights"]


def test_delegations_chosen_together_are_the_columns_in_the_order_they_were_chosen(ferry):
    chosen = (Ref("delegation", "west"), Ref("delegation", "east"))
    view = replace(ferry, scope=Scope(chosen))

    assert [side.id for side in positions.columns(view)] == ["west", "east"]
    assert [side.id for side in positions.columns(replace(ferry, scope=Scope(chosen[:1])))] == [
        "east",
        "west",
        "keeper",
    ]
