"""The statements that are weakly supported, by what is weak about their ground."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.builders import ferry_talks, source

from explorer import cli
from explorer.documents.comparisons import evidence
from explorer.documents.pages import as_text
from explorer.record.evidence_strength import WEAKNESSES
from explorer.record.model import Archive, Issue, Milestone, Quote, Ref, Status
from explorer.view import Scope

BEGAN, ENDS, DAY = date(2031, 1, 1), date(2031, 12, 31), date(2031, 5, 1)
KEPT = {"archived": Archive(address="https://archive.example/page", on=date(2031, 6, 1))}

SOURCES = (
    source("gazette", BEGAN, address="https://gazette.example/"),
    source("act", BEGAN, type="primary", address="https://act.example/", **KEPT),
    source("treaty", BEGAN, type="primary", address="https://treaty.example/", **KEPT),
    source("east-paper", BEGAN, type="primary", delegation_id="east", **KEPT),
    source("rumour", BEGAN, reliability="weak"),
)


def milestone(slug, *source_ids):
    return Milestone(id=slug, name=slug.title(), on=DAY, text="It is.", source_ids=source_ids)


def fares(*source_ids):
    stands = Status(on=DAY, state="agreed", text="A penny it is.", source_ids=source_ids)
    return Issue(
        id="fares",
        name="Fares",
        summary="The price.",
        statuses=(stands,),
        source_ids=("act", "treaty"),
    )


def talks(**records):
    return ferry_talks(BEGAN, ENDS, sources=SOURCES, **records)


def lists(view):
    """The headings of the sheet with the lines under each, less the list of sources."""
    found: dict[str, list[str]] = {}
    for line in as_text(evidence.sheet(view)).splitlines():
        if line.isupper() or ("— " in line and line.split(" —")[0].isupper()):
            found[line] = under = []
        elif found and line:
            under.append(line)
    found.pop("SOURCES", None)
    return found


def test_each_list_has_its_number_and_each_row_leads_to_the_record():
    view = talks(milestones=(milestone("flood", "rumour"),), issues=(fares("east-paper"),))
    page = evidence.sheet(view)
    under = lists(view)

    (rumoured,) = under["ON WEAK SOURCES ALONE — 1"]
    assert rumoured.startswith("1 May 2031: milestone  Flood [1] weak source only")
    (stands,) = under["ON ONE SIDE’S WORD ALONE — 1"]
    assert stands == "1 May 2031: status  Fares  A penny it is. · by East alone [2]"
    rows = [block for block in page.body if block.kind == "row" and len(block.spans) > 1]
    assert all(any(span.link for span in row.spans) for row in rows)


def test_of_unarchived_pages_those_come_first_on_which_most_rests():
    view = talks(milestones=(milestone("flood", "gazette", "act"), milestone("ebb", "gazette")))
    (heading,) = [name for name in lists(view) if "UNARCHIVED" in name]

    # The negotiation, both delegations and one milestone; the other rests on what is kept too.
    assert heading == "ON UNARCHIVED PAGES — 4 STATEMENTS ON 1 PAGE"
    assert lists(view)[heading] == ["Gazette, “The gazette”, 1 Jan 2031  4 statements"]


def test_where_nothing_is_weak_a_sentence_says_what_that_means(harbour):
    view = talks(milestones=(milestone("flood", "act", "treaty"),))
    scope = Scope((Ref("milestone", "flood"),))

    assert "None of 1 statement in the scope is weakly supported" in as_text(
        evidence.sheet(view.within(scope))
    )


def test_the_scope_narrows_what_is_weighed():
    issues = (fares("rumour"), Issue(id="bells", name="Bells", summary="Ringing."))
    view = talks(issues=issues, milestones=(milestone("flood", "rumour"),))
    weak = lists(view.within(Scope((Ref("issue", "fares"),))))["ON WEAK SOURCES ALONE — 1"]

    assert ["status  Fares" in row for row in weak] == [True]


def test_an_earlier_day_weighs_what_was_public_then():
    view = talks(issues=(fares("rumour"),), milestones=(milestone("flood", "act", "treaty"),))
    before = view.at(date(2031, 4, 30))

    assert evidence.weigh(view).count("weak") == 1
    assert evidence.weigh(before).count("weak") == 0
    # The copies were made in June.
    assert evidence.weigh(view).count("unarchived") < evidence.weigh(
        view.at(date(2031, 5, 31))
    ).count("unarchived")


def test_a_quote_is_shown_by_its_words(view):
    quotes = [
        place
        for place in evidence.weigh(view).found["single"]
        if isinstance(view.index[view.index.ref(place[0])], Quote)
    ]

    assert quotes
    assert "quote  “" in as_text(evidence.sheet(view))


def test_data_names_each_statement_with_all_that_is_weak_about_it():
    rows = evidence.as_data(talks(issues=(fares("rumour"),)))

    assert [row["weakness"] for row in rows] == list(WEAKNESSES)
    (weak,) = rows[0]["statements"]
    assert rows[0]["count"] == 1
    assert weak == {
        "ref": "issue:fares",
        "entry": "status 1",
        "name": "Fares",
        "on": "2031-05-01",
        "text": "A penny it is.",
        "weaknesses": ["weak", "secondary", "single"],
        "sources": ["rumour"],
    }


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_the_command_prints_every_form(harbour, capsys, form):
    options = [] if form == "text" else ["--format", form]

    assert cli.main(["evidence", "--dataset", str(harbour), *options]) == 0
    assert "one source alone" in capsys.readouterr().out.lower()


def test_the_command_prints_the_groups_as_json(harbour, capsys):
    assert cli.main(["evidence", "--dataset", str(harbour), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert [row["weakness"] for row in data["rows"]] == list(WEAKNESSES)
    assert all(row["count"] == len(row["statements"]) for row in data["rows"])
