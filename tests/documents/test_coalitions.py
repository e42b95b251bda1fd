"""Sides beneath their coalitions, as they belonged to them on the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.documents.test_positions import table, text_of

from explorer import opening
from explorer.documents import briefing, pages
from explorer.documents.comparisons import accounts, coalitions, positions
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text
from explorer.record.model import Ref

CONFERENCE = Path(__file__).parent.parent / "data" / "conference"
TOGETHER = Question(by_coalition=True)


@pytest.fixture(scope="module")
def conference(tmp_path_factory):
    return opening.read(CONFERENCE, tmp_path_factory.mktemp("notes")).view


def members(view):
    sides = positions.columns(view)
    return {g.name: [one.short for one in g.members] for g in coalitions.groups(view, sides)}


def column(view, issue, name):
    row = table(positions.sheet(view, TOGETHER))[issue]
    return next(text_of(cell.whole).split("\n") for cell in row.cells if cell.head == name)


def test_who_belongs_to_two_coalitions_stands_in_both(conference):
    found = members(conference)

    assert "Corvo" in found["Isles"]
    assert "Corvo" in found["Clean Tide"]
    assert found["In no coalition"] == ["Kesk", "Lorne"]


def test_a_member_that_went_over_stands_where_it_was_on_the_day(conference):
    before = members(conference.at(date(2042, 5, 1)))
    after = members(conference.at(date(2042, 5, 2)))

    assert "Grenna" in before["Growers"]
    assert "Grenna" not in before["Clean Tide"]
    assert "Grenna" not in after["Growers"]
    assert "Grenna" in after["Clean Tide"]


def test_the_sheet_says_who_belongs_who_belongs_elsewhere_too_and_who_left(conference):
    told = as_text(positions.sheet(conference, TOGETHER))

    assert "Isles: Arden, Belmar, Corvo (also Clean Tide), Delmont (also Clean Tide)" in told
    assert "Growers: Holm, Istra, Jarrow, Old Levee; Grenna left 1 May 2042" in told
    earlier = as_text(positions.sheet(conference.at(date(2042, 4, 1)), TOGETHER))
    assert "left" not in earlier


@pytest.mark.parametrize(
    ("side", "post"),
    [
        ("isles", "Speaker of the Isles Group  until 28 Feb 2042"),
        ("corvo", "Envoy of Corvo  until 28 Feb 2042"),
        ("chair", "Chair of the conference"),
    ],
)
def test_a_delegation_names_its_people_by_the_post_they_hold_or_held_there(conference, side, post):
    page = as_text(pages.page(conference, Ref("delegation", side)))

    assert f"Ana Vey  {post}\n" in page


def test_a_briefing_names_who_stated_nothing_of_many_sides(conference):
    written = briefing.write(briefing.brief(conference), "md")

    assert "not stated:" in written
    assert "### Positions\n\n##" not in written


def test_members_stand_beneath_the_line_of_their_coalition_and_departures_say_so(conference):
    isles = column(conference, "Cap on dredging", "Isles")

    assert isles[0].startswith("firm line: A cap of 400 tonnes a year.")
    assert isles[1].startswith("Corvo: demand: A cap, with a review")
    assert isles[2].startswith("Delmont: preference:")
    assert "departs from Isles" in isles[2]


def test_members_who_hold_the_same_are_named_together(conference):
    tide = column(conference, "Cap on dredging", "Clean Tide")

    assert tide[0].startswith("divided:")
    assert tide[1].startswith("Corvo, Esker, Farrow: demand:")
    assert "with" not in tide[1].partition("(7 in all)")[0].partition("years.")[2]


def test_a_coalition_without_a_line_of_its_own_says_so(conference):
    assert column(conference, "Who pays for cleaning", "Isles")[0] == "no line of its own"


def test_accounts_stand_beneath_their_coalitions_too(conference):
    made = accounts.sheet(conference, TOGETHER)
    (row,) = table(made).values()

    assert {cell.head: text_of(cell.whole).partition("\n")[0] for cell in row.cells} == {
        "Isles": "no account of its own",
        "Growers": "✗ denies it",
    }
    assert "Arden: ✓ affirms it" in as_text(made)


def test_where_there_is_no_coalition_each_side_stands_by_itself(view):
    told = as_text(positions.sheet(view, TOGETHER))

    assert coalitions.NONE in told
    assert not coalitions.there_are(view)
