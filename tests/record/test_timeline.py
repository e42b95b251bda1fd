"""What was public on any day: each rule by itself, then all that a person can reach."""

from __future__ import annotations

import functools
import io
import json
import os
import pkgutil
import re
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, redirect_stderr, redirect_stdout, suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.canaries import Canaries, canaried, found, links_in, texts_in, tokens_in
from tests.conftest import HARBOUR, WARM_CACHE, examples
from tests.dataset_days import days_in

from explorer import cli, dataset, search
from explorer.cli import notes_command
from explorer.cli.command_table import COMMANDS as COMMAND_WORDS
from explorer.cli.output import record_data
from explorer.documents import briefing, comparisons, text_list, time_axis, to_ics
from explorer.documents.charts import figures_chart
from explorer.documents.citation import STYLES, citation
from explorer.documents.comparisons import (
    COMPARISONS,
    Comparison,
    deadline_lanes,
    deadlines,
    figures,
    on_the_table,
)
from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts import likely_texts
from explorer.documents.pages import as_text, page
from explorer.documents.render import render
from explorer.edition import Edition, Wishes
from explorer.errors import UsageError
from explorer.exports import csv_package, export_formats, record_tables, table_rows
from explorer.exports.exported import Exported
from explorer.linear import line_help
from explorer.linear.leaf import GoneError
from explorer.linear.leaves import LISTS
from explorer.linear.session import Session
from explorer.linear.whereabouts import AllNotes, FrontPage, Listed, Menu, OnNote, OnRecord
from explorer.notes import Note, Notes, NoteStore, Words
from explorer.record import labels
from explorer.record.days import first_day, last_day
from explorer.record.forms import LATER_PAGE, UNDATED_PAGE
from explorer.record.index import Index
from explorer.record.model import (
    KINDS,
    PLURALS,
    UNWRITTEN,
    Account,
    Archive,
    Clause,
    Conflict,
    Dataset,
    Delegate,
    Delegation,
    Evidence,
    Figure,
    FigureValue,
    Issue,
    Measure,
    Milestone,
    Move,
    Negotiation,
    Outcome,
    Part,
    Point,
    Position,
    Quote,
    Ref,
    Role,
    Round,
    Source,
    Status,
    Step,
    Text,
    TextStep,
    Variant,
    Version,
)
from explorer.record.tables import as_data, entries, toml_name
from explorer.record.timeline import Timeline
from explorer.search import findable
from explorer.ui.dialogs import marks, notes_list
from explorer.ui.panes import PANES, note_rows
from explorer.ui.style import record_row
from explorer.ui.widgets import ribbon, step_chart
from explorer.view import View

# A small negotiation of three months


def on(month, day):
    return date(2031, month, day)


BEGINS, ENDS = on(1, 1), on(3, 31)
CALENDAR = [BEGINS + timedelta(days=n) for n in range((ENDS - BEGINS).days + 1)]


def made(cls, given, **usual):
    return cls(**{"source_ids": ("gazette",), **usual, **given})


def a_round(**given):
    return made(
        Round,
        given,
        id="jetty",
        name="Jetty",
        meeting="talks",
        starts=on(2, 10),
        ends=on(2, 12),
        summary="A bell is agreed.",
    )


def an_issue(**given):
    return made(Issue, given, id="fares", name="Fares", summary="What a crossing costs.")


def a_status(day, text, **given):
    return made(Status, given, on=day, state="disputed", text=text)


def a_measure(*steps, **given):
    return made(
        Measure,
        given,
        id="toll",
        name="Ferry toll",
        delegation_id="east",
        act="charge",
        summary="A toll on each crossing.",
        steps=steps,
    )


def a_step(day, text, **given):
    return made(Step, given, on=day, stage="in force", text=text)


def a_point(**given):
    return made(
        Point,
        given,
        id="bell",
        name="A bell",
        text="A bell is hung.",
        on=on(2, 12),
        round_id="jetty",
        issue_ids=("fares",),
    )


def a_milestone(**given):
    return made(
        Milestone, given, id="truce", name="Truce ends", on=on(3, 20), text="It lapses at noon."
    )


def a_figure(*values, **given):
    return made(
        Figure,
        {"unit": "%", "id": "fare"} | given,
        name="Ferry fare",
        delegation_id="east",
        against_id="west",
        values=values,
    )


def a_value(day, number=10, **given):
    usual = {"standing": "in force", "text": "The toll alone."}
    return made(FigureValue, usual | given, on=day, number=number)


def a_quote(**given):
    return made(
        Quote,
        given,
        id="patience",
        text="Patience, and oars",
        speaker_id="marlow",
        published=on(2, 5),
        form="verbatim",
        language="en",
    )


def a_text(**given):
    return made(
        Text,
        given,
        id="bell-draft",
        name="Draft on the bell",
        type="draft",
        issued=on(2, 11),
    )


def a_clause(number, words, **given):
    return Clause(number=number, words=words, **given)


def a_conflict(*versions, **given):
    return made(
        Conflict,
        given,
        id="length",
        name="An hour, or two",
        on=on(2, 1),
        about=("issue:fares",),
        versions=versions,
        used="Left open.",
    )


def a_version(text, *sources, **given):
    return Version(text=text, source_ids=sources, **given)


def a_delegate(**given):
    return made(Delegate, given, id="marlow", name="Ida Marlow", short="Marlow")


def a_source(slug, **given):
    return Source(
        **{"id": slug, "publisher": f"The {slug}", "title": f"News of the {slug}", "type": "press"}
        | given
    )


EAST = Delegation(id="east", name="East bank", short="East", source_ids=("gazette",))
WEST = Delegation(id="west", name="West bank", short="West", source_ids=("gazette",))


def a_copy(day):
    return Archive(address=f"https://archive.example/{day}", on=day)


GAZETTE = a_source("gazette", published=BEGINS)


def negotiation(**given):
    return made(
        Negotiation,
        given,
        id="ferry",
        name="Ferry talks",
        summary="Two banks and a ferry.",
        began=BEGINS,
        record_ends=ENDS,
    )


def through_time(*records, **whole):
    """A negotiation of two parties and one paper, with these records."""
    by_kind: dict[str, list[Any]] = {}
    for record in (EAST, WEST, GAZETTE, *records):
        by_kind.setdefault(PLURALS[record.kind], []).append(record)
    lists = {plural: tuple(listed) for plural, listed in by_kind.items()}
    return Timeline(Index(Dataset(negotiation=negotiation(**whole), **lists)))


def once_each(work_out):
    """A function of records that looks at each but once: on most days it is the same object."""
    known: dict[int, tuple[Any, Any]] = {}

    def look_up(record):
        if id(record) not in known:
            known[id(record)] = record, work_out(record)  # kept, so that no other gets its id
        return known[id(record)][1]

    return look_up


@once_each
def as_json(record):
    return json.dumps(as_data(record), ensure_ascii=False)


def told(timeline, day):
    """All that the index of a day holds, as one text."""
    return "\n".join(map(as_json, timeline.at(day).dataset.records()))


def days_of(timeline, words):
    """The days on which something is told."""
    return [day for day in CALENDAR if words in told(timeline, day)]


def told_from(timeline, words):
    """The first day on which something is told, when it is told on every later one too."""
    days = days_of(timeline, words)
    assert days == CALENDAR[len(CALENDAR) - len(days) :], f"“{words}” is hidden again"
    return days[0] if days else None


def shows_from(timeline, name):
    """The first day on which a record is there, when it is there on every later one too."""
    days = [day for day in CALENDAR if Ref.parse(name) in timeline.at(day)]
    assert days == CALENDAR[len(CALENDAR) - len(days) :], f"{name} is hidden again"
    return days[0] if days else None


def of(timeline, name, day):
    return timeline.at(day)[Ref.parse(name)]


# Records and entries


def test_a_record_shows_from_its_own_day():
    assert shows_from(through_time(a_milestone(on=on(2, 1))), "milestone:truce") == on(2, 1)


def test_a_record_that_became_known_on_another_day_shows_from_then():
    assert shows_from(through_time(a_milestone(known=on(2, 9))), "milestone:truce") == on(2, 9)
    assert shows_from(through_time(a_milestone(known=on(1, 9))), "milestone:truce") == on(1, 9)


def test_a_record_dated_by_month_shows_from_the_last_day_of_the_month():
    assert shows_from(through_time(a_milestone(on="2031-02")), "milestone:truce") == on(2, 28)


def test_a_record_dated_by_year_shows_no_later_than_the_record_ends():
    assert shows_from(through_time(a_milestone(on="2031")), "milestone:truce") == ENDS


def test_entries_show_one_by_one_from_their_own_days():
    fares = an_issue(
        statuses=(a_status(on(1, 5), "Nobody pays."), a_status(on(2, 5), "All pay.")),
        positions=(made(Position, {}, delegation_ids=("east",), on=on(1, 20), text="Half fares."),),
    )
    timeline = through_time(fares)

    assert told_from(timeline, "Nobody pays.") == on(1, 5)
    assert told_from(timeline, "Half fares.") == on(1, 20)
    assert told_from(timeline, "All pay.") == on(2, 5)


def test_an_entry_that_became_known_later_shows_from_then():
    fares = an_issue(statuses=(a_status(on(1, 5), "Nobody pays.", known=on(1, 9)),))

    assert told_from(through_time(fares), "Nobody pays.") == on(1, 9)


def test_an_entry_dated_by_month_shows_from_its_last_day_and_within_the_record():
    fares = an_issue(
        known=on(1, 1), statuses=(a_status("2031-02", "All pay."), a_status("2031-05", "Done."))
    )

    assert told_from(through_time(fares), "All pay.") == on(2, 28)
    assert told_from(through_time(fares), "Done.") == ENDS


def test_a_figure_shows_from_its_first_value_and_each_value_from_its_own_day():
    fare = a_figure(a_value(on(2, 1), text="A toll."), a_value(on(2, 20), text="No toll."))
    timeline = through_time(fare)

    assert shows_from(timeline, "figure:fare") == on(2, 1)
    assert told_from(timeline, "A toll.") == on(2, 1)
    assert told_from(timeline, "No toll.") == on(2, 20)


def test_a_target_shows_from_when_it_was_set_and_not_from_when_it_counts():
    target = a_value(on(2, 1), standing="target", starts=on(1, 15), due=on(5, 1))

    assert told_from(through_time(a_figure(target)), '"due": "2031-05-01"') == on(2, 1)


def test_a_value_that_is_known_beforehand_shows_from_then():
    ahead = a_value(on(5, 1), known=on(2, 9), text="To come.")

    assert told_from(through_time(a_figure(a_value(on(1, 2)), ahead)), "To come.") == on(2, 9)


def test_that_a_value_was_taken_back_shows_from_that_day():
    threat = a_value(on(2, 1), standing="threat", dropped=on(3, 4))

    assert told_from(through_time(a_figure(threat)), "dropped") == on(3, 4)
    by_month = replace(threat, dropped="2031-03")
    assert told_from(through_time(a_figure(by_month)), "dropped") == on(3, 31)


def test_a_part_of_a_value_shows_with_it_and_its_measure_once_that_is_public():
    part = Part(name="wharfage", number=10, measure_id="toll")
    timeline = through_time(
        a_figure(a_value(on(1, 9), parts=(part,))), a_measure(a_step(on(2, 9), "Begun."))
    )

    assert told_from(timeline, "wharfage") == on(1, 9)
    assert told_from(timeline, '"measure": "toll"') == on(2, 9)


def test_an_entry_never_shows_before_its_record():
    account = made(
        Account, {}, delegation_id="east", stance="affirms", on=on(2, 11), text="So it is."
    )
    bell = a_point(known=on(2, 20), accounts=(account,))

    assert told_from(through_time(a_round(), an_issue(), bell), "So it is.") == on(2, 20)


# Rounds


def an_announced_round(**given):
    return a_round(
        **{
            "announced": on(1, 20),
            "number": "3",
            "city": "Reedham",
            "country": "Eastland",
            "venue": "The ferry house",
            "host": "The ferryman",
            "lead_ids": ("marlow",),
            "delegate_ids": ("finch",),
            "issue_ids": ("fares",),
            "next_step": "To meet in May.",
        }
        | given
    )


def at_the_jetty(**given):
    """A round that concerns an issue and people who were known long before."""
    people = (
        a_delegate(known=BEGINS),
        a_delegate(id="finch", name="Noor Finch", short="Finch", known=BEGINS),
    )
    return through_time(an_announced_round(**given), an_issue(), *people)


@pytest.mark.parametrize("words", ['"name": "Jetty"', '"meeting": "talks"', "Reedham", "Eastland"])
def test_an_announced_round_shows_as_upcoming_with_its_name_its_kind_and_its_town(words):
    assert told_from(at_the_jetty(), words) == on(1, 20)


def test_a_round_that_was_not_announced_shows_from_when_it_was_known_or_else_began():
    assert shows_from(through_time(a_round()), "round:jetty") == on(2, 10)
    assert shows_from(through_time(a_round(known=on(2, 14))), "round:jetty") == on(2, 14)


@pytest.mark.parametrize(
    "words",
    ["The ferry house", "The ferryman", '"leads": ["marlow"]', '"delegates": ["finch"]'],
)
def test_the_house_the_host_and_those_who_take_part_show_once_a_round_has_begun(words):
    assert told_from(at_the_jetty(), words) == on(2, 10)


@pytest.mark.parametrize("words", ["A bell is agreed.", "To meet in May.", '"issues": ["fares"]'])
def test_what_came_of_a_round_and_what_was_on_the_table_show_once_it_is_over(words):
    assert told_from(at_the_jetty(), words) == on(2, 12)


@pytest.mark.parametrize("words", ["A bell is agreed.", "To meet in May.", '"issues": ["fares"]'])
def test_what_came_of_a_round_shows_no_earlier_than_it_was_known(words):
    assert told_from(at_the_jetty(known=on(2, 15)), words) == on(2, 15)


def test_what_came_of_a_round_shows_within_the_record_when_it_was_known_only_by_year():
    assert told_from(at_the_jetty(known="2031"), "A bell is agreed.") == ENDS


def test_a_round_under_way_does_not_tell_how_long_it_will_last():
    timeline = at_the_jetty(known=on(2, 15))

    assert told_from(timeline, '"ends": "2031-02-12"') == on(2, 15)
    assert of(timeline, "round:jetty", on(2, 11)).ends == on(2, 10)


def test_each_side_tells_its_outcome_on_its_own_day():
    outcomes = (
        made(Outcome, {}, delegation_id="west", on=on(2, 11), text="We spoke of bells."),
        made(Outcome, {}, on=on(2, 17), known=on(2, 18), text="Both like the bell."),
    )
    timeline = at_the_jetty(outcomes=outcomes)

    assert told_from(timeline, "We spoke of bells.") == on(2, 11)
    assert told_from(timeline, "Both like the bell.") == on(2, 18)


def test_a_round_to_come_shows_the_day_it_was_planned_for_and_not_its_own():
    timeline = at_the_jetty(planned=on(2, 3))

    assert of(timeline, "round:jetty", on(1, 31)).starts == on(2, 3)
    assert told_from(timeline, "2031-02-10") == on(2, 10)


def test_a_round_that_was_moved_shows_the_day_it_was_moved_to_once_that_is_told():
    moves = (
        made(Move, {}, on=on(1, 25), known=on(1, 26), to=on(2, 5), text="Fog."),
        made(Move, {}, on=on(1, 30), to=on(2, 10), text="More fog."),
    )
    timeline = at_the_jetty(planned=on(2, 3), moves=moves)

    assert [of(timeline, "round:jetty", on(1, day)).starts.day for day in (25, 26, 29, 30)] == [
        *(3, 5, 5),
        10,
    ]
    assert told_from(timeline, "Fog.") == on(1, 26)
    assert told_from(timeline, "2031-02-05") == on(1, 26)
    assert told_from(timeline, "2031-02-10") == on(1, 30)


def test_a_round_planned_for_a_month_says_no_more():
    planned = of(at_the_jetty(planned="2031-02"), "round:jetty", on(1, 31))

    assert (planned.planned, planned.starts, planned.ends) == ("2031-02", on(2, 1), on(2, 1))


def test_a_round_to_come_has_no_number_yet():
    assert told_from(at_the_jetty(), '"number": "3"') == on(2, 10)


def test_a_round_to_come_cites_only_pages_that_are_public():
    pages = a_source("notice", published=on(1, 19)), a_source("report", published=on(2, 13))
    leaflet = a_source("leaflet")
    jetty = an_announced_round(
        source_ids=("notice", "report", "leaflet"), lead_ids=(), delegate_ids=(), issue_ids=()
    )
    timeline = through_time(jetty, *pages, leaflet)

    assert of(timeline, "round:jetty", on(2, 9)).source_ids == ("notice",)
    assert of(timeline, "round:jetty", on(2, 10)).source_ids == ("notice", "report", "leaflet")
    assert shows_from(timeline, "source:report") == on(2, 10)
    assert told_from(timeline, "News of the report") == on(2, 13)


def test_a_round_to_come_cites_no_later_page_that_bears_another_statement_already():
    report = a_source("report", published=on(2, 13))
    cited = {"source_ids": ("report",)}
    timeline = through_time(
        a_round(announced=on(1, 20), **cited), a_milestone(on=on(1, 2), **cited), report
    )

    assert of(timeline, "milestone:truce", on(1, 20)).source_ids == ("report",)
    assert of(timeline, "round:jetty", on(2, 9)).source_ids == ()
    assert of(timeline, "round:jetty", on(2, 10)).source_ids == ("report",)


def test_a_round_that_lies_ahead_when_the_record_ends_is_a_plan_and_told_whole():
    ahead = a_round(announced=on(3, 1), starts=on(4, 2), ends=on(4, 3), summary="To be held.")

    assert told_from(through_time(ahead), "To be held.") == on(3, 1)


def test_a_plan_that_was_moved_shows_the_day_it_was_moved_to_once_that_is_told():
    move = made(Move, {}, on=on(3, 9), to=on(4, 2), text="Fog.")
    ahead = a_round(
        announced=on(3, 1), planned=on(3, 12), starts=on(4, 2), ends=on(4, 3), moves=(move,)
    )
    timeline = through_time(ahead)

    assert of(timeline, "round:jetty", on(3, 8)).starts == on(3, 12)
    assert told_from(timeline, "2031-04-02") == on(3, 9)
    assert told_from(timeline, "2031-04-03") == on(3, 9)


# Measures and issues


def test_a_measure_shows_from_its_first_step():
    timeline = through_time(a_measure(a_step(on(1, 9), "Named."), a_step(on(2, 9), "Begun.")))

    assert told_from(timeline, "Ferry toll") == on(1, 9)
    assert told_from(timeline, "A toll on each crossing.") == on(1, 9)
    assert told_from(timeline, "Begun.") == on(2, 9)


def test_a_measure_that_was_known_before_its_first_step_shows_from_then():
    timeline = through_time(a_measure(a_step(on(2, 9), "Begun."), known=on(1, 4)))

    assert shows_from(timeline, "measure:toll") == on(1, 4)


def test_a_measure_shows_from_the_step_that_was_known_first():
    timeline = through_time(
        a_measure(a_step(on(1, 9), "Named.", known=on(2, 20)), a_step(on(2, 9), "Begun."))
    )

    assert shows_from(timeline, "measure:toll") == on(2, 9)


@pytest.mark.parametrize("stage", ["threatened", "reported"])
def test_a_legal_name_shows_with_the_first_step_that_is_more_than_a_threat(stage):
    toll = a_measure(
        a_step(on(1, 9), "It is said.", stage=stage),
        a_step(on(2, 9), "It is written.", stage="announced"),
        legal_name="Toll Act 7",
    )

    assert told_from(through_time(toll), "Toll Act 7") == on(2, 9)


def test_a_legal_name_that_no_later_step_gives_shows_with_the_measure():
    toll = a_measure(a_step(on(1, 9), "It is said.", stage="threatened"), legal_name="Toll Bill")

    assert told_from(through_time(toll), "Toll Bill") == on(1, 9)


def test_an_issue_shows_from_its_first_status_or_position():
    position = made(Position, {}, delegation_ids=("east",), on=on(1, 20), text="Half fares.")
    fares = an_issue(statuses=(a_status(on(2, 5), "All pay."),), positions=(position,))

    assert told_from(through_time(fares), "What a crossing costs.") == on(1, 20)


def test_an_issue_that_was_known_before_shows_from_then():
    fares = an_issue(known=on(1, 3), statuses=(a_status(on(2, 5), "All pay."),))

    assert shows_from(through_time(fares), "issue:fares") == on(1, 3)


def test_an_issue_without_a_day_shows_from_the_beginning():
    assert shows_from(through_time(an_issue()), "issue:fares") == BEGINS


# Milestones and points


def test_a_milestone_shows_from_when_it_was_announced_or_else_from_its_day():
    assert told_from(through_time(a_milestone()), "It lapses at noon.") == on(3, 20)
    announced = a_milestone(announced=on(1, 30))
    assert told_from(through_time(announced), "It lapses at noon.") == on(1, 30)


def test_a_deadline_stands_on_its_first_day_until_it_is_told_that_it_moved():
    move = made(Move, {}, on=on(2, 25), known=on(2, 26), to=on(6, 1), text="Prolonged.")
    timeline = through_time(a_milestone(announced=on(1, 30), moves=(move,)))

    assert told_from(timeline, "2031-03-20") == on(1, 30)
    assert told_from(timeline, "2031-06-01") == on(2, 26)
    assert told_from(timeline, "Prolonged.") == on(2, 26)


def test_a_point_never_shows_before_its_round_and_its_issue():
    early = a_point(on=on(1, 5))
    late_issue = an_issue(known=on(2, 20))

    assert told_from(through_time(a_round(), an_issue(), early), "A bell is hung.") == on(2, 10)
    assert told_from(through_time(a_round(), late_issue, early), "A bell is hung.") == on(2, 20)
    late = a_point(known=on(2, 25))
    assert told_from(through_time(a_round(), late_issue, late), "A bell is hung.") == on(2, 25)


def test_what_becomes_of_a_point_shows_day_by_day():
    bell = a_point(
        due=on(3, 1),
        moves=(made(Move, {}, on=on(2, 27), to=on(6, 1), text="No smith is found."),),
        evidence=(made(Evidence, {}, on="2031-02", text="A rope is bought."),),
    )
    timeline = through_time(a_round(), an_issue(), bell)

    assert told_from(timeline, "2031-03-01") == on(2, 12)
    assert told_from(timeline, "2031-06-01") == on(2, 27)
    assert told_from(timeline, "A rope is bought.") == on(2, 28)


# Quotes


def test_a_quote_shows_from_its_publication_or_from_when_it_was_known():
    said = a_quote(said=on(1, 2), to="The ferryman", remark="Heard by one.")

    assert told_from(through_time(said, a_delegate()), "Patience, and oars") == on(2, 5)
    assert told_from(through_time(said, a_delegate()), "Heard by one.") == on(2, 5)
    later = replace(said, known=on(2, 8))
    assert told_from(through_time(later, a_delegate()), "Patience, and oars") == on(2, 8)


def test_a_printing_shows_from_the_first_date_its_sources_bear():
    pages = (
        a_source("mirror", published=on(2, 20)),
        a_source("wire", published=on(2, 14)),
        a_source("notice", published=on(1, 2)),
        a_source("leaflet"),
    )
    printings = (
        Variant(text="Patience and two oars", source_ids=("mirror", "wire")),
        Variant(text="Patience, an oar", source_ids=("notice",)),
        Variant(text="Patients, and oars", source_ids=("mirror", "leaflet")),
        Variant(text="Patience or oars", source_ids=("wire",), known=on(2, 25)),
    )
    timeline = through_time(a_quote(variants=printings), a_delegate(), *pages)

    assert told_from(timeline, "Patience and two oars") == on(2, 14)
    assert told_from(timeline, "Patience, an oar") == on(2, 5), "never before the quote"
    assert told_from(timeline, "Patients, and oars") == on(2, 5), "as not every page is dated"
    assert told_from(timeline, "Patience or oars") == on(2, 25), "as is said of it"


def test_a_copy_of_a_page_shows_from_the_day_it_was_made_and_never_before_the_page():
    page = a_source("page", published=on(2, 10), archived=a_copy(on(2, 14)), checked=on(2, 20))
    timeline = through_time(page, a_milestone(source_ids=("page",)))

    assert told_from(timeline, "archive.example") == on(2, 14)
    assert told_from(timeline, '"checked": "2031-02-20"') == on(2, 20)
    late = replace(page, archived=a_copy(on(2, 11)), known=on(2, 15))
    assert told_from(through_time(late, a_milestone(source_ids=("page",))), "archive.") == on(2, 15)


def test_a_copy_that_was_made_after_the_record_ends_shows_when_it_ends():
    page = a_source("page", published=on(2, 10), archived=a_copy(ENDS + timedelta(days=90)))

    assert told_from(through_time(page, a_milestone(source_ids=("page",))), "archive.") == ENDS


# Texts


def test_a_text_shows_from_the_day_it_bears_or_from_when_it_was_known():
    draft = a_text(symbol="B/1", clauses=(a_clause("1", "A bell is hung."),))

    for words in ("Draft on the bell", "B/1", "A bell is hung."):
        assert told_from(through_time(draft), words) == on(2, 11)
        assert told_from(through_time(replace(draft, known=on(2, 15))), words) == on(2, 15)


def test_a_text_dated_by_month_shows_from_the_last_day_of_the_month():
    assert shows_from(through_time(a_text(issued="2031-02")), "text:bell-draft") == on(2, 28)


def test_a_clause_that_was_changed_later_shows_from_that_day_or_from_when_it_was_known():
    clauses = (
        a_clause("1", "A bell is hung."),
        a_clause("1", "Two bells are hung.", on=on(2, 20)),
        a_clause("2", "They ring at noon.", on=on(2, 22), known=on(2, 24)),
    )
    timeline = through_time(a_text(clauses=clauses))

    assert told_from(timeline, "A bell is hung.") == on(2, 11)
    assert told_from(timeline, "Two bells are hung.") == on(2, 20)
    assert told_from(timeline, "They ring at noon.") == on(2, 24)


def test_what_became_of_a_text_shows_day_by_day():
    steps = (
        made(TextStep, {}, on=on(2, 11), stage="tabled", text="West hands it over."),
        made(TextStep, {}, on=on(3, 2), stage="adopted", text="Both sign it."),
    )
    timeline = through_time(a_text(known=on(2, 15), steps=steps))

    assert told_from(timeline, "West hands it over.") == on(2, 15)
    assert told_from(timeline, "Both sign it.") == on(3, 2)


def test_a_text_names_another_only_once_that_is_public():
    later = a_text(id="other", issued=on(3, 3))
    timeline = through_time(a_text(replies_to_ids=("other",)), later)

    assert of(timeline, "text:bell-draft", on(3, 2)).replies_to_ids == ()
    assert of(timeline, "text:bell-draft", on(3, 3)).replies_to_ids == ("other",)


# Conflicts

PAPERS = (
    a_source("wire", published=on(2, 5)),
    a_source("mirror", published=on(2, 20)),
    a_source("almanac", published="2031-02"),
    a_source("leaflet"),
)


def test_a_conflict_shows_once_two_of_its_versions_do():
    versions = a_version("An hour.", "wire"), a_version("Two hours.", "mirror")
    timeline = through_time(an_issue(), a_conflict(*versions), *PAPERS)

    for words in ("An hour, or two", "Left open.", "An hour.", "Two hours."):
        assert told_from(timeline, words) == on(2, 20)


def test_a_version_shows_from_the_first_date_its_sources_bear():
    versions = (
        a_version("An hour.", "wire"),
        a_version("Two hours.", "mirror", "wire"),
        a_version("Three hours.", "almanac"),
        a_version("A minute.", "wire", known=on(3, 9)),
    )
    timeline = through_time(an_issue(), a_conflict(*versions), *PAPERS)

    assert told_from(timeline, "Two hours.") == on(2, 5)
    assert told_from(timeline, "Three hours.") == on(2, 28)
    assert told_from(timeline, "A minute.") == on(3, 9)


def test_a_version_shows_with_its_conflict_when_not_all_its_sources_bear_a_date():
    versions = a_version("An hour.", "leaflet"), a_version("Two hours.", "leaflet", "mirror")

    assert told_from(through_time(an_issue(), a_conflict(*versions), *PAPERS), "Two hours.") == on(
        2, 1
    )


def test_a_conflict_never_shows_before_something_that_it_touches():
    versions = a_version("An hour.", "wire"), a_version("Two hours.", "wire")
    jetty = a_conflict(*versions, about=("round:jetty", "delegate:marlow"))
    both = a_round(lead_ids=("marlow",)), a_delegate()
    timeline = through_time(*both, jetty, *PAPERS)

    assert shows_from(timeline, "conflict:length") == on(2, 10)
    assert told_from(timeline, "Two hours.") == on(2, 10)


def test_a_conflict_about_a_person_shows_with_the_person():
    versions = a_version("An hour.", "wire"), a_version("Two hours.", "wire")
    about = a_conflict(*versions, about=("delegate:marlow",))
    timeline = through_time(a_quote(published=on(2, 18)), a_delegate(), about, *PAPERS)

    assert shows_from(timeline, "conflict:length") == on(2, 18)


def test_a_conflict_names_only_what_is_public_of_what_it_touches():
    versions = a_version("An hour.", "wire"), a_version("Two hours.", "wire")
    timeline = through_time(
        an_issue(),
        a_round(),
        a_conflict(*versions, about=("issue:fares", "round:jetty")),
        *PAPERS,
    )

    assert of(timeline, "conflict:length", on(2, 9)).about == ("issue:fares",)
    assert of(timeline, "conflict:length", on(2, 10)).about == ("issue:fares", "round:jetty")


def test_a_conflict_that_is_hidden_names_no_source():
    versions = a_version("An hour.", "wire"), a_version("Two hours.", "mirror")
    undated = a_conflict(*versions, source_ids=("leaflet",))

    assert shows_from(through_time(an_issue(), undated, *PAPERS), "source:leaflet") == on(2, 20)


# People, delegations and sources


def test_the_parties_show_from_the_beginning():
    assert shows_from(through_time(), "delegation:west") == BEGINS


def test_another_delegation_shows_once_something_public_names_it():
    north = replace(EAST, id="north", name="North bank", type="outsider", summary="It watches.")
    toll = a_measure(a_step(on(2, 9), "Begun."), delegation_id="north")

    assert told_from(through_time(north, toll), "It watches.") == on(2, 9)
    known = replace(north, known=on(1, 7))
    assert told_from(through_time(known, toll), "It watches.") == on(1, 7)


@pytest.mark.parametrize(
    ("record", "day"),
    [
        (a_quote(published=on(2, 5)), on(2, 5)),
        (a_figure(a_value(on(2, 1), standing="claim", speaker_id="marlow")), on(2, 1)),
        (a_round(announced=on(1, 2), lead_ids=("marlow",)), on(2, 10)),
        (a_round(announced=on(1, 2), delegate_ids=("marlow",)), on(2, 10)),
        (
            an_issue(
                known=BEGINS,
                positions=(
                    made(
                        Position,
                        {},
                        delegation_ids=("east",),
                        on=on(1, 20),
                        text="Half fares.",
                        speaker_id="marlow",
                    ),
                ),
            ),
            on(1, 20),
        ),
    ],
)
def test_a_delegate_shows_once_something_public_names_them(record, day):
    assert shows_from(through_time(record, a_delegate()), "delegate:marlow") == day


def test_whom_nobody_names_is_told_of_at_the_end():
    assert shows_from(through_time(a_delegate()), "delegate:marlow") == ENDS


def test_roles_show_when_taken_up_and_their_end_when_it_has_come():
    roles = (
        made(Role, {}, title="Oarsman", until=on(3, 1)),
        made(Role, {}, title="Ferry master", since=on(3, 1), known=on(3, 2), until=on(9, 1)),
    )
    timeline = through_time(a_quote(), a_delegate(roles=roles))

    assert told_from(timeline, "Oarsman") == on(2, 5)
    assert told_from(timeline, '"until": "2031-03-01"') == on(3, 1)
    assert told_from(timeline, "Ferry master") == on(3, 2)
    assert told_from(timeline, '"until": "2031-09-01"') == ENDS


def test_a_page_shows_from_its_day_even_when_nothing_public_cites_it():
    wire = a_source("wire", published=on(1, 15))
    timeline = through_time(wire, a_milestone(on=on(3, 1), source_ids=("wire",)))

    assert told_from(timeline, "News of the wire") == on(1, 15)


def test_a_page_of_a_later_date_bears_a_statement_without_its_title():
    wire = a_source(
        "wire",
        published=on(3, 15),
        author="A. Scribe",
        address="https://wire.example/",
        remark="Read aloud.",
        affiliation="state paper",
    )
    timeline = through_time(wire, a_milestone(on=on(2, 1), source_ids=("wire",)))

    for words in ("News of the wire", "A. Scribe", "https://wire.example/", "Read aloud."):
        assert told_from(timeline, words) == on(3, 15)
    for words in ("The wire", "state paper"):
        assert told_from(timeline, words) == on(2, 1)
    withheld = of(timeline, "source:wire", on(3, 14))
    assert (withheld.title, withheld.described) == (LATER_PAGE, True)


def test_a_page_without_a_date_has_a_title_once_its_last_statement_is_public():
    leaflet = a_source("leaflet")
    cited = {"source_ids": ("leaflet",)}
    timeline = through_time(
        leaflet, a_figure(a_value(on(2, 1), **cited)), a_milestone(announced=on(3, 4), **cited)
    )

    assert told_from(timeline, "The leaflet") == on(2, 1)
    assert told_from(timeline, "News of the leaflet") == on(3, 4)
    assert of(timeline, "source:leaflet", on(3, 3)).title == UNDATED_PAGE


def test_a_page_without_a_date_does_not_tell_the_result_of_the_round_it_reports():
    jetty = an_announced_round(
        source_ids=("leaflet",), lead_ids=(), delegate_ids=(), issue_ids=(), known=on(2, 14)
    )

    assert told_from(through_time(jetty, a_source("leaflet")), "News of the leaflet") == on(2, 14)


# What is named


def test_the_deadline_is_not_named_before_it_was_announced():
    timeline = through_time(a_milestone(announced=on(2, 2)), deadline_ids=("truce",))

    assert timeline.at(on(2, 1)).deadline is None
    assert timeline.at(on(2, 2)).deadline.name == "Truce ends"


@pytest.mark.parametrize(
    ("named", "naming"),
    [
        (a_round(), a_milestone(announced=on(1, 2), round_id="jetty")),
        (a_round(), a_quote(published=on(1, 2), round_id="jetty")),
        (an_issue(known=on(2, 10)), a_quote(published=on(1, 2), issue_ids=("fares",))),
        (an_issue(known=on(2, 10)), an_issue(id="oars", related_ids=("fares",))),
        (
            a_measure(a_step(on(2, 10), "Begun.")),
            a_measure(a_step(on(1, 2), "Begun."), id="dues", answers_ids=("toll",)),
        ),
        (
            a_measure(a_step(on(2, 10), "Begun.")),
            a_figure(a_value(on(1, 2), parts=(Part(name="toll", number=10, measure_id="toll"),))),
        ),
    ],
)
def test_what_is_named_and_was_not_public_is_not_named(named, naming):
    timeline = through_time(named, naming, a_delegate())
    before = {
        link for record in timeline.at(on(2, 9)).dataset.records() for link in links_in(record)
    }
    after = {
        link for record in timeline.at(on(2, 10)).dataset.records() for link in links_in(record)
    }

    assert named.ref not in {ref for _, _, ref in before}
    assert named.ref in {ref for record, _, ref in after if record == naming.ref}


# The whole time


def read(name):
    """A dataset by its short name, as it stands."""
    match name:
        case "ferry":
            return crossing().whole.dataset
        case "harbour":
            return dataset.load(HARBOUR, cached=False).dataset
        case _:
            return dataset.load(dataset.shipped(), cached=False).dataset


@functools.cache
def whole(name):
    return read(name)


@functools.cache
def with_canaries(name) -> Canaries:
    return canaried(whole(name))


def crossing():
    """The ferry talks with something in them for every rule."""
    pages = (
        *PAPERS,
        a_source("notice", published=on(1, 2), archived=a_copy(on(2, 3)), checked=on(2, 7)),
        a_source("report", published=on(2, 26), known=on(2, 27), archived=a_copy(on(2, 26))),
        a_source("handbill", archived=a_copy(BEGINS)),
        a_source("placard"),
    )
    people = (
        a_delegate(
            roles=(
                made(Role, {}, title="Oarsman", until=on(2, 20)),
                made(Role, {}, title="Ferry master", since=on(2, 20), known=on(2, 21)),
            )
        ),
        a_delegate(id="finch", name="Noor Finch", short="Finch", source_ids=("handbill",)),
        a_delegate(id="heron", name="Ada Heron", short="Heron", known=on(3, 2)),
        replace(EAST, id="north", name="North bank", short="North", type="outsider"),
        replace(EAST, id="south", name="South bank", short="South", type="host"),
    )
    moves = (
        made(Move, {}, on=on(1, 25), known=on(1, 26), to=on(2, 6), text="Fog."),
        made(Move, {}, on=on(1, 30), to=on(2, 10), text="More fog."),
    )
    rounds = (
        an_announced_round(
            planned=on(2, 3),
            moves=moves,
            known=on(2, 15),
            outcomes=(
                made(Outcome, {}, delegation_id="north", on=on(2, 16), text="Seen."),
                made(Outcome, {}, on=on(2, 17), known=on(2, 18), text="Both like it."),
            ),
            source_ids=("notice", "report", "leaflet", "handbill"),
        ),
        a_round(
            id="pier", starts=on(3, 5), ends=on(3, 9), issue_ids=("oars",), lead_ids=("heron",)
        ),
        a_round(id="isle", announced=on(3, 8), starts=on(3, 8), ends=on(3, 12), known="2031"),
    )
    issues = (
        an_issue(
            known=on(1, 12),
            statuses=(a_status(on(1, 5), "a", known=on(1, 14)), a_status("2031-02", "b")),
            positions=(
                made(
                    Position,
                    {},
                    delegation_ids=("east",),
                    on=on(2, 1),
                    text="c",
                    speaker_id="heron",
                ),
            ),
            related_ids=("oars",),
        ),
        an_issue(id="oars", statuses=(a_status(on(2, 24), "d"),)),
        an_issue(id="wrecks", source_ids=("placard",)),
    )
    account = made(
        Account,
        {},
        delegation_id="west",
        stance="silent",
        on=on(2, 1),
        known=on(3, 3),
        document_id="report",
    )
    bell = {
        "moves": (made(Move, {}, on=on(2, 27), to=on(6, 1), text="e"),),
        "accounts": (account, replace(account, on=on(1, 2), known=None)),
        "evidence": (made(Evidence, {}, on="2031-02", text="f"),),
    }
    points = (
        a_point(**bell),
        a_point(id="rope", on=on(1, 2), figure_ids=("landed", "one")),
        a_point(id="oar", on=on(1, 3), issue_ids=("oars",)),
        a_point(id="knot", known=on(3, 11), round_id="pier"),
    )
    measures = (
        a_measure(
            a_step(on(1, 9), "g", stage="threatened"),
            a_step(on(1, 11), "h", stage="reported"),
            a_step(on(2, 9), "i", stage="announced"),
            legal_name="Toll Act 7",
            answers_ids=("dues",),
        ),
        a_measure(
            a_step(on(1, 19), "j", known=on(3, 1)),
            a_step(on(2, 25), "k"),
            id="dues",
            delegation_id="north",
            legal_name="Dues Act 8",
            issue_ids=("oars",),
        ),
        a_measure(a_step(on(2, 7), "l", stage="threatened"), id="fine", known=on(2, 2)),
    )
    part = Part(name="toll", number=10, measure_id="dues")
    counted = (
        a_figure(
            a_value(on(2, 1), parts=(part,)),
            a_value("2031-02", 5, source_ids=("mirror",), speaker_id="heron"),
            a_value("2031", 2, known=on(3, 12), by="A clerk", standing="counted"),
            a_value(on(6, 1), 3, known=on(3, 6), standing="announced", dropped=on(3, 23)),
        ),
        a_figure(
            a_value(on(1, 28), 90, standing="target", starts=on(1, 15), due=on(5, 1)),
            a_value(on(2, 16), 40, standing="counted", delegation_id="west", starts=on(1, 15)),
            id="landed",
            known=on(1, 26),
            total=True,
            unit="barrels",
            issue_ids=("oars",),
        ),
        a_figure(a_value("2031", 1), id="one"),
    )
    milestones = (
        a_milestone(
            announced=on(1, 30),
            round_id="pier",
            issue_ids=("oars",),
            moves=(made(Move, {}, on=on(2, 25), known=on(2, 26), to=on(6, 1), text="m"),),
            source_ids=("handbill",),
        ),
        a_milestone(id="regatta"),
    )
    quotes = (
        a_quote(
            said=on(1, 20),
            round_id="pier",
            variants=(
                Variant(text="n", source_ids=("mirror", "wire")),
                Variant(text="o", source_ids=("notice",)),
                Variant(text="p", source_ids=("mirror", "placard")),
                Variant(text="q", source_ids=("notice",), known=on(3, 13)),
            ),
        ),
        a_quote(id="oars", known=on(2, 23), issue_ids=("oars",)),
    )
    conflicts = (
        a_conflict(a_version("r", "wire"), a_version("s", "mirror"), a_version("t", "almanac")),
        a_conflict(
            a_version("u", "leaflet"),
            a_version("v", "wire", known=on(3, 14)),
            id="height",
            about=("round:jetty", "delegate:marlow"),
            source_ids=("leaflet", "placard"),
        ),
        a_conflict(
            a_version("w", "notice"), a_version("x", "notice"), id="depth", about=("round:pier",)
        ),
        a_conflict(
            a_version("y", "notice"), a_version("z", "notice"), id="who", about=("delegate:finch",)
        ),
    )
    texts = (
        a_text(
            known=on(2, 13),
            round_id="pier",
            issuer_ids=("east", "north"),
            issue_ids=("oars",),
            silent=("fog",),
            follows_id="answer",
            steps=(made(TextStep, {}, on="2031-02", stage="tabled", text="aa"),),
            clauses=(
                a_clause("1", "ab", issue_ids=("fares",), matters=("bell",)),
                a_clause("1", "ac", on=on(3, 4), known=on(3, 6), issue_ids=("oars",)),
                a_clause("2", "ad", on=on(3, 7), source_ids=("placard",)),
                a_clause("2", "", on=on(3, 10), dropped=True, remark="ae"),
            ),
        ),
        a_text(
            id="answer",
            issued="2031-02",
            replies_to_ids=("bell-draft",),
            clauses=(a_clause("1", "af", matters=("bell",)),),
        ),
    )
    told = (*pages, *people, *rounds, *issues, *points, *measures, *counted, *milestones)
    return through_time(*told, *texts, *quotes, *conflicts, deadline_ids=("truce",))


DATASETS = ("ferry", "harbour", "shipped")


@functools.cache
def shown(name) -> Mapping[date, Dataset]:
    """What a dataset showed on every day that matters, each asked for after the one before."""
    timeline = Timeline(Index(whole(name)))
    return {day: timeline.at(day).dataset for day in days_that_matter(whole(name))}


def days_that_matter(data):
    """Every day on which something becomes public, and the one before."""
    turns = set(days_in(data))
    began, ends = data.negotiation.began, data.negotiation.covers_until
    eves = (day - timedelta(days=1) for day in turns)
    return sorted(day for day in {*turns, *eves, began, ends} if began <= day <= ends)


@pytest.mark.parametrize("name", DATASETS)
def test_at_the_end_of_the_record_everything_is_as_in_the_whole_dataset(name):
    assert shown(name)[whole(name).negotiation.covers_until] == whole(name)


@pytest.mark.parametrize("name", DATASETS)
def test_what_shows_on_a_day_shows_on_every_later_one(name):
    before: set[Ref] = set()
    for day, data in shown(name).items():
        there = {record.ref for record in data.records()}
        assert before <= there, (day, before - there)
        before = there


@pytest.mark.parametrize("name", DATASETS)
def test_the_entries_of_a_record_stay_once_they_are_told(name):
    @once_each
    def numbers(record):
        return {(record.ref, field): place + 1 for field, place, _ in entries(record)}

    before: dict[tuple[Ref, str], int] = {}
    for day, data in shown(name).items():
        now: dict[tuple[Ref, str], int] = {}
        for record in data.records():
            now |= numbers(record)
        assert all(now.get(key, 0) >= number for key, number in before.items()), day
        before = now


@pytest.mark.parametrize("name", DATASETS)
def test_nothing_shown_names_a_record_that_is_not_there(name):
    links = once_each(links_in)
    for day, data in shown(name).items():
        there = {record.ref for record in data.records()}
        for record in data.records():
            for _, field, ref in links(record):
                assert ref in there, (day, record.ref, field)


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_days_can_be_asked_for_in_any_order(data):
    name = data.draw(st.sampled_from(("ferry", "harbour")))
    days = data.draw(st.lists(st.sampled_from(days_that_matter(whole(name))), max_size=12))
    timeline = Timeline(Index(whole(name)))
    for day in days:
        asked, afresh = timeline.at(day), Timeline(Index(whole(name))).at(day)
        assert asked.dataset == afresh.dataset


@pytest.mark.parametrize("name", DATASETS)
def test_a_day_that_was_left_leaves_nothing_behind_in_the_links_of_another(name):
    days = days_that_matter(whole(name))
    timeline = Timeline(Index(whole(name)))
    # Back and forth, as by [ and ]: what one day made is gone when the next is made.
    for day in (*days[::9], *reversed(days[::7]), *days[::8]):
        asked = timeline.at(day)
        afresh = Index(asked.dataset)
        for record in asked.dataset.records():
            assert asked.linked(record.ref) == afresh.linked(record.ref), (day, record.ref)


# Canaries


@pytest.mark.parametrize("name", DATASETS)
def test_every_text_of_a_dataset_has_a_canary_of_its_own(name):
    canaries = with_canaries(name)
    texts = [text for record in canaries.dataset.records() for text in texts_in(record)]
    tokens = [token for text in texts for token, _ in found(text)]

    assert len(texts) == len(tokens) == len(set(tokens)) == len(canaries.days)


def test_a_canary_is_found_however_a_text_is_handled():
    (token,) = list(canaried(through_time().whole.dataset).days)[:1]

    for text in (token.upper(), labels.shortened(f"{token} {token}", len(token) + 4)):
        assert [told for told, _ in found(text)] == [token]
    assert list(found(token[:9])) == [(token[:8], date(2000, 1, 1))]


def test_a_canaried_dataset_is_a_valid_one(tmp_path):
    canaries = with_canaries("harbour")

    assert (
        dataset.load(written(canaries.dataset, tmp_path), cached=False).dataset == canaries.dataset
    )


def test_a_canary_is_heard_when_something_leaks():
    canaries = with_canaries("harbour")
    leaking = View(Index(canaries.dataset), Notes())

    heard = [
        told for _, text in reachable(leaking) for told in canaries.later(text, date(2031, 3, 1))
    ]

    assert "round:lantern-isle summary (from 2031-03-05)" in heard
    assert "issue:tolls statuses[2] text (from 2032-01-19)" in heard


@pytest.mark.parametrize("name", DATASETS)
def test_on_any_day_all_that_was_public_is_there_and_nothing_later(name):
    canaries = with_canaries(name)
    timeline = Timeline(Index(canaries.dataset))
    tokens, links = once_each(tokens_in), once_each(links_in)
    for day in days_that_matter(canaries.dataset):
        records = list(timeline.at(day).dataset.records())
        told = frozenset().union(*map(tokens, records))
        public = {token for token, first in canaries.days.items() if first <= day}
        assert told == public, (
            *(day, "early", {canaries.places[token] for token in told - public}),
            *("late", {canaries.places[token] for token in public - told}),
        )
        named = frozenset().union(*map(links, records))
        nameable = {link for link, first in canaries.links.items() if first <= day}
        assert named == nameable, (day, "early", named - nameable, "late", nameable - named)


# All that a person can reach


def reachable(view: View) -> Iterator[tuple[str, str]]:
    """All that a person can come to read on the day of a view, each with where it stands."""
    refs = [record.ref for record in view.index.dataset.records()]
    for ref in refs:
        made = page(view, ref)
        yield f"page of {ref}", f"{made.title}\n{as_text(made)}"
        for style in STYLES:
            yield f"citation of {ref}", citation(view, ref, style)
        yield f"filter on {ref}", view.folded(ref)
        yield f"JSON of {ref}", json.dumps(record_data(view, ref), ensure_ascii=False)
        for entry in note_rows.entries(view, ref):
            yield f"notes on {ref}", "\n".join(line.plain for line in entry.paragraphs)
    yield from _panes(view)
    yield from (("search", text) for text in _found(view))
    yield from (("brief", text) for text in _briefs(view))
    yield "palette", "\n".join(f"{ref} {name} {folded}" for ref, name, folded in view.names)
    for listed in (notes_command._list, notes_command._tags, notes_command._due):
        yield "notes list", str(listed(view, None, Namespace(tag=None, author=None, due=False)))
    yield (
        "notebook",
        "\n".join(
            str(notes_list._written(view, row)) for row in notes_list._rows(view, view.as_of)
        ),
    )
    yield "ribbon", "\n".join(line.plain for line in ribbon.drawn(view, 140))
    yield "marks", "\n".join(marks.named(view, mark).plain for mark in ribbon.marks(view))
    if (deadline := view.index.deadline) is not None:
        yield "title bar", f"{deadline.name} {deadline.falls_on}"
    yield from _compared(view)
    yield from _exported(view)
    yield from _read_line_by_line(view)


def _read_line_by_line(view: View) -> Iterator[tuple[str, str]]:
    """What is read without a screen, in each place that has words of its own."""
    places = (
        Menu(),
        FrontPage(),
        AllNotes(),
        *(Listed(kind) for kind in LISTS),
        *(OnRecord(Ref("issue", record.id)) for record in view.whole.dataset.issues[:2]),
        *(OnNote(note.id) for note in view.notes.all()),
    )
    session = Session(view)
    for place in places:
        with suppress(GoneError):
            leaf = session.leaf_of(place)
            goals = (goal.name for entry in leaf.entries for goal in entry.goals)
            yield f"{place}", "\n".join((leaf.title, *leaf.intro, *leaf.lines(), *goals))
    yield "help", "\n".join(line_help.here(Menu(), session.leaf_of(Menu())))


def _exported(view: View) -> Iterator[tuple[str, str]]:
    """What goes out in every format, its tables as rows."""
    exported = Exported(view, with_notes=True)
    yield "export of tables", "\n".join(map(str, table_rows.rows(exported)))
    described = csv_package.package(view, record_tables.tables())
    yield "description of tables", _json_text(described)
    for known in export_formats.FORMATS:
        if known.shape == "file":
            with suppress(UsageError):  # a codebook of no tags
                yield f"export of {known.name}", "".join(known.of_file.pieces(exported))


def _panes(view: View) -> Iterator[tuple[str, str]]:
    for pane in PANES:
        rows = view.rows(pane.kind)
        yield f"pane {pane.name}", f"{view.counted(pane.kind, rows)} of {view.total(pane.kind)}"
        yield f"pane {pane.name}", " ".join(pane.painter.headings(view, rows))
        for ref in rows:
            for width in (30, 120):
                said = pane.painter.row(view, ref, width, False)
                yield f"pane {pane.name}", record_row(width, said).plain


def _found(view: View) -> Iterator[str]:
    """All that a search may find, and what it says of what it does not know."""
    with closing(search.Engine(view)) as engine:
        for document in findable.documents(view):
            yield str(document)
        for typed in ("zq", "remember", "issue:zz round:zz delegation:zz source:zz kind:zz"):
            found = engine.search(typed)
            yield found.trouble + _json_text(search.as_data(found))


def _briefs(view: View) -> Iterator[str]:
    """One on everything in full, and one in short."""
    everything = briefing.brief(
        view,
        issues=view.index.refs("issue"),
        rounds=view.index.refs("round"),
        since=view.index.dataset.negotiation.began,
    )
    yield from (briefing.write(everything, "md"), render(everything, "json"))
    yield briefing.write(briefing.brief(view), "html")


def _printed(run: Callable[..., object], *args: object) -> str:
    """What a command prints, on either stream."""
    written = io.BytesIO()
    out = io.TextIOWrapper(written, "utf-8", write_through=True)  # some print bytes
    with redirect_stdout(out), redirect_stderr(out):
        run(*args)
    return written.getvalue().decode()


def _sheet_text(sheet: Any) -> str:
    return f"{sheet.title}\n{as_text(sheet)}"


def _json_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, default=str)


def _compared(view: View) -> Iterator[tuple[str, str]]:
    """All that comparisons tell, whatever they are asked."""
    for comparison in COMPARISONS:
        name = f"comparison {comparison.name}"
        for question in _questions(comparison, view):
            yield name, _sheet_text(comparison.module.sheet(view, question))
            yield name, _json_text(comparison.module.as_data(view, question))
    dues = [each for of_state in deadlines.listed(view).values() for each in of_state]
    yield "calendar", to_ics.calendar(view, dues).decode().replace("\r\n ", "")
    yield "positions by round", as_text(on_the_table.document(view))
    if on_the_table.inset(view, 140):
        yield "positions by round", as_text(on_the_table.on_axis(view, 140))
    yield "deadlines in lanes", as_text(deadline_lanes.sheet(view, Question(), 140))
    for number in range(len(deadline_lanes.refs(view, Question()))):
        said = deadline_lanes.said(view, Question(), number)
        yield "deadlines in lanes", " ".join(span.text for spans in said for span in spans)
    yield "texts", _sheet_text(text_list.sheet(view)) + _json_text(text_list.as_data(view))
    for ref in view.index.refs("text"):
        yield "texts to compare", str(likely_texts.likely(view, ref))
    for choice in figures.choices(view):
        yield "choice of figures", choice.name
        shown = figures.shown(view, choice.question)
        drawing = step_chart.draw(
            figures_chart.chart(view, shown, "", time_axis.scale(view, 140)), 140, 30
        )
        yield "chart of figures", "\n".join(line.plain for line in drawing.lines)
    for figure in view.index.dataset.figures:
        for value in figure.values:
            yield "value in the chart", _sheet_text(figures.detail(view, figure, value))


def _questions(comparison: Comparison, view: View) -> Iterator[Question]:
    yield from (Question(), Question(otherwise=True))
    yield from (Question(about=ref) for kind in comparison.about for ref in view.index.refs(kind))
    if comparison.is_of_two:
        texts = view.index.refs("text")
        for one, other in pairwise(texts):
            yield Question(one, other=other)
            yield Question(one, about_on=view.as_of - timedelta(days=9), other=one)
    if comparison.since:
        yield from (Question(since=since) for since in _days_before(view))


def _days_before(view: View) -> tuple[date, ...]:
    """A second date: a fortnight ago, and the record's beginning."""
    began = view.index.dataset.negotiation.began
    return tuple(d for d in (view.as_of - timedelta(days=14), began) if began <= d < view.as_of)


WORK_FOR_OTHERS = {
    *(
        "coalitions",
        "compared",
        "deadline_lanes",
        "on_the_table",
        "position_orders",
        "positions_held",
        "question",
    )
}
"""Modules of comparisons that only work for those of the table."""


def test_every_comparison_is_among_what_a_person_can_reach():
    modules = {module.name for module in pkgutil.iter_modules(comparisons.__path__)}

    assert modules == {c.name for c in COMPARISONS} | WORK_FOR_OTHERS


@functools.cache
def reader_of(name) -> View:
    """A view of the canaries, by someone who has a note on every record there ever is."""
    data = with_canaries(name).dataset
    when = datetime(2032, 7, 1, tzinfo=UTC)
    notes = Notes()
    for record in data.records():
        path = Path("notes") / f"{record.kind}-{record.id}.toml"
        notes = notes.with_note(Note(record.ref, "Remember #this.", when, when, path, "0"))
    return View(Index(data), notes)


def nothing_leaks(name, day):
    canaries, view = with_canaries(name), reader_of(name).at(day)
    leaks = [
        f"{where} on {day.isoformat()} tells {told}"
        for where, text in reachable(view)
        for told in canaries.later(text, day)
    ]
    assert leaks == []


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_nothing_that_a_person_can_reach_tells_what_was_not_public_yet(name):
    for day in days_that_matter(with_canaries(name).dataset):
        nothing_leaks(name, day)


def days_around_rounds(data):
    """The days on which a round is announced, begins and ends, and the days before."""
    days = (
        day - timedelta(days=eve)
        for r in data.rounds
        for day in (r.announced, r.starts, r.ends)
        if day
        for eve in (0, 1)
    )
    negotiation = data.negotiation
    return sorted({d for d in days if negotiation.began <= d <= negotiation.record_ends})


def shipped_days():
    negotiation = whole("shipped").negotiation
    near_rounds = st.sampled_from(days_around_rounds(whole("shipped")))
    return near_rounds | st.dates(negotiation.began, negotiation.record_ends)


@given(day=st.deferred(shipped_days))
@example(day=date(2025, 10, 24))
@example(day=date(2026, 5, 13))
@settings(max_examples=examples(2, long=40), deadline=None)
def test_nothing_shipped_that_a_person_can_reach_tells_what_was_not_public_yet(day):
    nothing_leaks("shipped", day)


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_no_edition_tells_what_was_not_public_yet_on_its_day_or_on_that_of_a_page(name):
    canaries, view = with_canaries(name), reader_of(name)
    days = days_that_matter(canaries.dataset)
    for day in (*days[len(days) // 4 :: len(days) // 3], days[-1]):
        heard = set()
        for path, text in Edition(view.at(day), Wishes(with_notes=True)).files():
            of_page = date.fromisoformat(path.split("/")[1]) if path.startswith("on/") else day
            assert of_page <= day
            assert canaries.later(text, of_page) == [], (day, path)
            heard.update(token for token, _ in found(text))
        assert heard


def test_a_note_on_a_record_that_is_not_public_yet_is_counted_and_neither_named_nor_lost():
    view = reader_of("harbour").at(date(2031, 3, 1))
    hidden = Ref.parse("quote:quill-crab")
    listed = "\n".join(text for where, text in reachable(view) if where == "notes list")

    assert hidden not in view.index
    assert view.orphans() == ()
    assert hidden in {note.ref for note in view.notes.all()}
    assert str(hidden) not in listed
    assert "not public on 1 Mar 2031" in listed


# Days that tell


def with_odd_days(data: Dataset) -> tuple[Dataset, dict[date, date]]:
    """The dataset with rounds held, dates moved and roles given up on days of their own.

    With it, for each of these days, the day from which it may be told.
    """
    taken = {day for record in data.records() for day in _days_of(record)}
    # With some room for the last round to be held later.
    ends = data.negotiation.record_ends + timedelta(days=60)
    data = replace(data, negotiation=replace(data.negotiation, record_ends=ends))
    told: dict[date, date] = {}

    def odd(day: date, first: date | None = None) -> date:
        while day in taken:
            day += timedelta(days=1)
        taken.add(day)
        told[day] = min(first or day, ends)
        return day

    def moved(record: Any, shows: date) -> Any:
        """Every move to an odd day, which may be told from when the move was made."""
        moves = tuple(
            replace(move, to=odd(first_day(move.to), max(shows, last_day(move.known or move.on))))
            for move in record.moves
        )
        return replace(record, moves=moves)

    def held(this_round: Round) -> Round:
        """Announced for one odd day, and held from another to a third.

        Of the other day there is word once the round has been moved there, if it was moved.
        """
        announced = this_round.announced or this_round.starts - timedelta(days=9)
        starts = odd(this_round.starts)
        known = last_day(this_round.known or starts)
        over = odd(max(this_round.ends, starts + timedelta(days=1)))
        told[over] = min(max(over, known), ends)
        moves = this_round.moves
        if moves:
            told[starts] = max(announced, last_day(moves[-1].known or moves[-1].on))
            moves = (*moves[:-1], replace(moves[-1], to=starts))
        planned = odd(this_round.starts - timedelta(days=4), announced)
        changes = {"announced": announced, "planned": planned, "moves": moves}
        return replace(this_round, starts=starts, ends=over, **changes)

    def in_office(delegate: Delegate) -> Delegate:
        """Every role given up on an odd day."""
        roles = (
            replace(role, until=odd(role.until)) if isinstance(role.until, date) else role
            for role in delegate.roles
        )
        return replace(delegate, roles=tuple(roles))

    def taken_back(figure: Figure) -> Figure:
        """Every value that was taken back, on an odd day."""
        values = (
            replace(value, dropped=odd(value.dropped)) if value.dropped else value
            for value in figure.values
        )
        return replace(figure, values=tuple(values))

    public = Timeline(Index(data)).public
    changed = replace(
        data,
        rounds=tuple(held(r) for r in data.rounds),
        delegates=tuple(in_office(d) for d in data.delegates),
        milestones=tuple(moved(m, public(m.ref)) for m in data.milestones),
        points=tuple(moved(p, public(p.ref)) for p in data.points),
        figures=tuple(taken_back(f) for f in data.figures),
    )
    return changed, told


def _days_of(record: Any) -> frozenset[date]:
    """Every day that a record and its entries hold."""
    return frozenset(
        day
        for part in (record, *(entry for _, _, entry in entries(record)))
        for field in fields(part)
        for day in _days_in(getattr(part, field.name))
    )


def _days_in(value: Any) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, str) and re.fullmatch(r"\d{4}(-\d\d)?", value):
        yield from (first_day(value), last_day(value))


def written_ways(day):
    """How a day may be written: “3 Mar 2031”, “3 Mar 31” and 2031-03-03."""
    ways = (labels.day(day), labels.short_day(day), day.isoformat())
    return re.compile("|".join(rf"(?<!\d){re.escape(way)}(?!\d)" for way in ways))


def _secret_on(told: Mapping[date, date], day: date) -> set[date]:
    """The odd days that may not be told yet; the day itself is, as that of the view."""
    return {secret for secret, first in told.items() if day < first and secret != day}


@pytest.mark.parametrize("name", ["ferry", "harbour"])
def test_no_text_names_the_day_of_a_round_or_of_a_moved_deadline_before_it_was_public(name):
    data, told = with_odd_days(whole(name))
    view = View(Index(data), Notes())
    eves = {max(first - timedelta(days=1), data.negotiation.began) for first in told.values()}
    assert len(told) > 8
    for day in sorted(eves):
        texts = list(reachable(view.at(day)))
        # The second day of a comparison is named too.
        for secret in _secret_on(told, day) - {*_days_before(view.at(day))}:
            ways = written_ways(secret)
            assert [where for where, text in texts if ways.search(text)] == [], (day, secret)


def test_no_shipped_record_holds_the_day_of_a_round_or_of_a_moved_deadline_before_it_was_public():
    data, told = with_odd_days(whole("shipped"))
    timeline = Timeline(Index(data))
    days = once_each(_days_of)
    for day in days_around_rounds(data):
        held = frozenset().union(*map(days, timeline.at(day).dataset.records()))
        assert held & _secret_on(told, day) == set(), day


# Without a screen


HEADLESS = (
    *(f"list {plural} --as-of" for plural in PLURALS.values()),
    "show negotiation:harbour-talks --as-of",
    "show round:tide-hall --as-of",
    "show issue:tolls --as-of",
    "show milestone:toll-truce-ends --as-of",
    "show source:gazette-tidehall --as-of",
    "show quote:noren-stepz --as-of",
    "positions --as-of",
    "positions --since 2031-02-01 --as-of",
    "positions --by-round --as-of",
    "accounts --as-of",
    "today --as-of",
    "texts --as-of",
    "compare lantern-draft lantern-statement --as-of",
    "compare lantern-statement@2031-12-01 lantern-statement --as-of",
    "compare northport-account --as-of",
    "accounts round:lantern-isle --as-of",
    "accounts issue:dredging --as-of",
    "measures --as-of",
    "deadlines --as-of",
    "deadlines --ics --as-of",
    "today --as-of",
    "evidence --as-of",
    "figures --as-of",
    "figures figure:herring-landed --as-of",
    "changes --as-of",
    "changes --from 2031-02-01 --as-of",
    "changes --to",
    "news --as-of",
    "news --since 2031-02-01 --as-of",
    "watches --as-of",
    "search zq --as-of",
    "search remember --as-of",
    "search issue:tollz --as-of",
    "export - --format jsonl --as-of",
    "export - --format csl --as-of",
    "export - --format bib --scope issue:tolls --as-of",
    "export - --format ris --as-of",
    "export - --format ics --as-of",
    "export - --table records --as-of",
    "export - --table citations --as-of",
    "export - --format annotations --as-of",
    "brief --as-of",
    "brief --issue tolls --as-of",
    "brief --round tide-hall --format html --as-of",
    "brief --since 2031-02-01 --as-of",
    "notes list --as-of",
    "notes where --as-of",
)
"""Commands that print what the record holds, up to the day. A new one goes in here."""

TELLS_NOTHING = {
    *(
        "check",
        "completions",
        "datasets",
        "doctor",
        "import",
        "new",
        "overlay",
        "publish",
        "schema",
        "serve",
    ),
    "settings",
}
"""Commands that say of the record only whether its files are sound, or what a reader added.

What one writes into a folder is looked through by itself.
"""


def test_every_command_is_tried_on_a_day():
    assert {words.split()[0] for words in HEADLESS} | TELLS_NOTHING == set(COMMAND_WORDS)


@pytest.fixture(scope="module")
def harbour_with_notes(tmp_path_factory):
    """The canaries as a file, and a folder with a note on every record: as options."""
    folder = tmp_path_factory.mktemp("canaries")
    canaries = with_canaries("harbour").dataset
    store = NoteStore(folder / "notes", canaries.negotiation.id)
    for record in canaries.records():
        store.save(record.ref, Words("Remember #this."), name="", note=None)
    return ("--dataset", str(written(canaries, folder)), "--notes", str(folder / "notes"))


@pytest.fixture
def _with_warm_cache(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ[WARM_CACHE])


@pytest.mark.usefixtures("_with_warm_cache")
@pytest.mark.parametrize("day", ["2031-02-19", "2031-03-04", "2031-12-29", "2032-01-18"])
@pytest.mark.parametrize("words", HEADLESS)
def test_no_command_prints_what_was_not_public_yet(harbour_with_notes, words, day):
    for form in ((), ("--json",)):
        said = _printed(cli.main, [*words.split(), day, *harbour_with_notes, *form])
        assert said or not form
        assert with_canaries("harbour").later(said, date.fromisoformat(day)) == []


@pytest.mark.usefixtures("_with_warm_cache")
@pytest.mark.parametrize("words", ["list quotes", "show round:tide-hall", "changes", "figures"])
def test_at_the_end_commands_print_what_became_public_last(harbour_with_notes, words):
    for form in ((), ("--json",)):
        said = _printed(cli.main, [*words.split(), *harbour_with_notes, *form])
        assert with_canaries("harbour").later(said, date(2031, 12, 29)) != []


def written(data: Dataset, folder: Path) -> Path:
    """A dataset as a file that a person might have written."""
    tables = {
        kind: [_table(record) for record in data.of(kind)]
        for kind in KINDS
        if kind != "negotiation"
    }
    path = folder / "canaries.toml"
    whole = {"negotiation": _table(data.negotiation), **tables}
    path.write_text(tomli_w.dumps(whole), "utf-8")
    return path


def _table(part: Any) -> dict[str, Any]:
    written = (field.name for field in fields(part) if field.name not in UNWRITTEN)
    values = ((toml_name(name), getattr(part, name)) for name in written)
    return {
        name: [_written(each) for each in value] if isinstance(value, tuple) else _written(value)
        for name, value in values
        if value not in (None, "", ())
    }


def _written(value: Any) -> Any:
    return _table(value) if hasattr(value, "__dataclass_fields__") else value
