"""Positions sorted: each once with all who hold it, the foremost first."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import CITED, EAST, WEST, ferry_talks
from tests.documents.test_positions import delegation, issue, table, text_of

from explorer.documents.comparisons import positions
from explorer.documents.comparisons.question import Question
from explorer.record.model import Position

BEGINS, ENDS = date(2031, 1, 1), date(2031, 12, 31)
SIDES = (EAST, WEST, delegation("north", "North"), delegation("south", "South"))


def wants(sides, month, **more):
    told = {"text": f"Asked in month {month}.", **CITED, **more}
    return Position(delegation_ids=tuple(sides.split()), on=date(2031, month, 1), **told)


def talks(*issues, sides=SIDES):
    return ferry_talks(BEGINS, ENDS, delegations=sides, issues=issues)


FARES = issue(
    "fares",
    "Fares",
    "Quays",
    wants("east", 2, stance="preference"),
    wants("west north", 3, stance="demand"),
    wants("south", 5, stance="red line", words="not a penny"),
)
BELLS = issue("bells", "Bells", "Waters", wants("east west north", 6, stance="open"))
NIGHTS = issue("nights", "Nights", "Waters")


def names(view, order):
    """Each issue with those who stand before its positions, as they are sorted."""
    made = table(positions.sheet(view, Question(order=order)))
    return {name: [cell.head for cell in row.cells if cell.spans] for name, row in made.items()}


@pytest.mark.parametrize(
    ("order", "sorted_so"),
    [
        (
            "holders",
            {
                "Bells": ["3 · East +2"],
                "Fares": ["2 · West +1", "1 · East", "1 · South"],
                "Nights": [],
            },
        ),
        ("stance", {"Fares": ["South", "West +1", "East"], "Bells": ["East +2"], "Nights": []}),
        ("moved", {"Bells": ["East +2"], "Fares": ["South", "West +1", "East"], "Nights": []}),
    ],
)
def test_issues_and_their_positions_stand_foremost_first(order, sorted_so):
    found = names(talks(NIGHTS, FARES, BELLS), order)

    assert found == sorted_so
    assert list(found) == list(sorted_so)


def test_who_holds_a_position_with_another_is_named_in_it():
    made = table(positions.sheet(talks(FARES), Question(order="holders")))

    assert "with North" in text_of(made["Fares"].cells[0].whole)


def test_more_holders_than_are_named_count_by_their_number():
    many = wants("south", 7, count=78)
    found = names(talks(issue("fares", "Fares", "", wants("east west", 3), many)), "holders")

    assert found["Fares"] == ["78 · South", "2 · East +1"]


def test_what_was_dropped_is_held_by_nobody_and_stands_last():
    gone = wants("west", 8, withdrawn=True, stance="demand")
    view = talks(issue("fares", "Fares", "", gone, wants("east", 2)))

    assert names(view, "holders")["Fares"] == ["1 · East", "0 · West"]
    assert names(view, "stance")["Fares"] == ["East", "West"]


def test_two_sides_keep_their_columns_and_the_issues_are_sorted():
    bells = issue("bells", "Bells", "", wants("west", 3))
    made = positions.sheet(talks(NIGHTS, bells, sides=(EAST, WEST)), Question(order="moved"))

    assert {n: [c.head for c in b.cells] for n, b in table(made).items()} == {
        "Bells": ["East", "West"],
        "Nights": ["East", "West"],
    }
    assert next(iter(table(made))) == "Bells"


def test_a_word_of_the_negotiations_own_ranks_as_what_it_means():
    demand, last_word = wants("east", 2, stance="demand"), wants("west", 3, stance="last word")
    view = talks(issue("fares", "Fares", "", demand, last_word))
    view.index.dataset.negotiation.stances["last word"] = "red line"

    assert names(view, "stance")["Fares"] == ["West", "East"]


def test_plain_values_are_sorted_the_same():
    data = positions.as_data(talks(NIGHTS, FARES, BELLS), Question(order="stance"))

    assert [row["issue"] for row in data] == ["issue:fares", "issue:bells", "issue:nights"]
    assert list(data[0]["positions"]) == ["south", "west", "north", "east"]


def test_the_title_says_the_order():
    assert positions.sheet(talks(FARES), Question(order="moved")).title == (
        "Positions on 31 Dec 2031, by who moved last"
    )
