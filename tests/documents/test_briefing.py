"""A footnoted briefing: what is in it, on which sources, and that it stays what it is."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.canaries import canaried
from tests.conftest import HARBOUR
from tests.dataset_days import days_in
from tests.documents.reading_back import (
    HOSTILE,
    PARSERS,
    flat,
    outline_of_html,
    shape,
    tags_of,
    with_every_text,
)

from explorer import cli, dataset
from explorer.documents import briefing as briefs
from explorer.documents.briefing import BriefError, brief, save, sections, write
from explorer.documents.briefing.subject import subject_of
from explorer.documents.citation import citation
from explorer.documents.footnotes import footnotes
from explorer.documents.outline import outline
from explorer.documents.own_notes import HEADING as OWN
from explorer.documents.sheet import Sheet
from explorer.documents.to_json import as_data
from explorer.errors import UsageError
from explorer.notes import Anchor, Note, Notes, NoteStore, Words
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text import markdown, own_markdown
from explorer.view import Scope, View

WHEN = datetime(2032, 7, 1, 12, tzinfo=UTC)


def ref(name):
    return Ref.parse(name)


def refs(*names):
    return tuple(Ref.parse(name) for name in names)


def on(*names):
    """What a briefing is asked to be on, as its arguments."""
    named = refs(*names)
    return {
        "issues": [r for r in named if r.kind == "issue"],
        "rounds": [r for r in named if r.kind == "round"],
    }


def day(text):
    return date.fromisoformat(text)


def note_on(name, text, *, written=WHEN, changed=None, number="", **more):
    path = Path("notes") / f"{name.replace(':', '-')}{number}.toml"
    return Note(ref(name), text, written, changed or written, path, "0", **more)


def with_notes(view, *notes):
    made = Notes()
    for note in notes:
        made = made.with_note(note)
    return View(view.index, made, view.scope, view.timeline)


def as_markdown(made):
    return write(made, "md")


def as_html(made):
    return write(made, "html")


def outline_of_page(written):
    """The outline of a briefing in HTML, whose one comment is its seal."""
    return outline_of_html(written, comments=1)


def section(made, *headings):
    """The section under these headings, each within the one before."""
    found = outline(made)
    for heading in headings:
        found = next(s for s in found.sections if s.heading.startswith(heading))
    return found


def texts(made, *headings):
    """The statements under these headings, those under others behind them."""
    return [text for line in section(made, *headings).lines for text in with_those_under(line)]


def with_those_under(line):
    yield line.text
    for inner in line.under:
        yield from with_those_under(inner)


def headings(made, *above):
    return [s.heading for s in section(made, *above).sections]


def all_lines(made):
    """Every statement, those under others too, in the order they are read."""
    yield from lines_within(outline(made))


def lines_within(one):
    for line in one.lines:
        yield from line_and_under(line)
    for inner in one.sections:
        yield from lines_within(inner)


def line_and_under(line):
    yield line
    for inner in line.under:
        yield from line_and_under(inner)


@cache
def whole(name):
    return dataset.load(HARBOUR if name == "harbour" else dataset.shipped(), cached=False).dataset


@cache
def view_of(name):
    """All of a dataset, without notes; on any of its days it is asked for what it was."""
    return View(Index(whole(name)), Notes())


# What it covers


def test_it_is_on_the_issues_and_rounds_that_are_named(view):
    made = brief(view, **on("issue:tolls", "round:lantern-isle"))

    assert made.title == "Harbour talks: Tolls and the truce — Round 1: Lantern Isle"
    assert headings(made) == ["Round 1: Lantern Isle", "Tolls and the truce", "What falls due"]


def test_without_a_name_it_is_on_the_issues_and_rounds_that_are_chosen(view):
    chosen = view.within(Scope(refs("round:tide-hall", "issue:dredging")))

    assert as_markdown(brief(chosen)) == as_markdown(
        brief(view, **on("issue:dredging", "round:tide-hall"))
    )


def test_what_is_named_comes_before_what_is_chosen(view):
    chosen = view.within(Scope(refs("round:tide-hall", "issue:dredging")))

    made = brief(chosen, **on("issue:fishing"))

    assert headings(made)[0] == "Crab and fishing rights"
    assert made.title == "Harbour talks: Crab and fishing rights"


def test_with_nothing_named_or_chosen_it_tells_every_issue_in_short(view):
    made = brief(view)

    names = [issue.name for issue in view.index.dataset.issues]
    assert made.title == "Harbour talks: all issues"
    assert headings(made) == [*names, "What falls due"]
    for name in names:
        assert {inner.heading for inner in section(made, name).sections} <= {"Positions"}


def test_of_a_round_alone_it_tells_the_issues_on_its_table_and_of_its_points(view):
    made = brief(view.at(day("2031-12-31")), **on("round:lantern-isle"))

    assert headings(made) == [
        "Round 1: Lantern Isle",
        "Tolls and the truce",
        "Crab and fishing rights",
        "Wrecks [bold]and[/] what lies in them",
        "What falls due",
    ]


def test_a_point_brings_in_an_issue_that_was_not_on_the_table_of_its_round(shipped_view):
    data = shipped_view.index.dataset
    this_round = next(
        r.ref
        for r in data.rounds
        if {slug for p in data.points if p.round_id == r.id for slug in p.issue_ids}
        - {*r.issue_ids}
    )

    made = brief(shipped_view, rounds=[this_round])

    points = {slug for p in data.points if p.round_id == this_round.id for slug in p.issue_ids}
    names = {i.name for i in data.issues if i.id in points}
    assert names <= set(headings(made))


def test_a_round_narrows_what_was_said_and_what_was_agreed_to_its_own(view):
    all_told = brief(view, **on("issue:tolls"))
    at_round = brief(view, **on("issue:tolls", "round:tide-hall"))

    assert len(section(all_told, "Tolls", "What was said").lines) == 5
    (line,) = section(at_round, "Tolls", "What was said — Tide Hall").lines
    assert line.text.startswith("“It can go in steps.\nIt cannot go at night” — Astrid Norén")
    assert "Said to be agreed" in {s.heading for s in section(all_told, "Tolls").sections}
    assert not any("agreed" in s.heading for s in section(at_round, "Tolls").sections)


def test_a_delegate_who_is_chosen_narrows_what_was_said_and_nothing_else(view):
    chosen = view.within(Scope(refs("issue:tolls", "delegate:tam")))

    made = brief(chosen)

    said = [line.text for line in section(made, "Tolls", "What was said").lines]
    assert len(said) == 2
    assert all(" — Tam Wai-lan, " in text for text in said)
    assert texts(made, "Tolls", "Said to be agreed") == texts(
        brief(view, **on("issue:tolls")), "Tolls", "Said to be agreed"
    )


def test_of_a_delegation_alone_it_tells_the_issues_that_belong_with_it(view):
    made = brief(view.within(Scope(refs("delegate:quill"))))

    assert headings(made)[0] == "Crab and fishing rights"
    assert "What was said" in {s.heading for s in section(made, "Crab").sections}


def test_a_quote_that_is_chosen_is_all_that_was_said(view):
    made = brief(view.within(Scope(refs("issue:tolls", "quote:noren-hour"))))

    (line,) = section(made, "Tolls", "What was said").lines
    assert line.text.startswith("“We spoke for an hour and I would do it again”")


def test_issues_are_told_once_and_in_the_order_of_the_dataset(view):
    made = brief(view, **on("issue:dredging", "issue:tolls", "issue:dredging"))

    assert headings(made)[:2] == ["Tolls and the truce", "Dredging the channel"]


def test_the_title_counts_issues_when_there_are_many(view):
    made = brief(view, issues=view.index.refs("issue"))

    assert made.title == "Harbour talks: 5 issues"


def test_it_is_not_on_what_was_not_public_yet(view):
    with pytest.raises(KeyError):
        brief(view.at(day("2031-03-02")), **on("issue:dredging"))


def test_the_head_names_day_end_of_the_record_and_dataset(view):
    made = brief(view.at(day("2031-03-10")), **on("issue:tolls"))

    assert re.fullmatch(
        r"As of 10 Mar 2031\. The record ends on 30 Jun 2032\. "
        r"Dataset harbour-talks, digest [0-9a-f]{12}\.",
        made.opening[0],
    )
    assert made.stamp in made.opening[0]
    assert "This holds only what was public on 10 Mar 2031." in made.opening[1]


def test_the_stamp_changes_with_any_word_of_the_dataset_and_with_nothing_else(view, index):
    data = index.dataset
    reworded = replace(data, issues=(replace(data.issues[0], summary="Else."), *data.issues[1:]))

    same = brief(View(Index(replace(data)), Notes()), **on("issue:fishing"))
    other = brief(View(Index(reworded), Notes()), **on("issue:fishing"))

    assert brief(view, **on("issue:fishing")).stamp == same.stamp
    assert brief(view).stamp == same.stamp
    assert same.stamp != other.stamp


def test_the_stamp_is_of_what_was_public_on_the_day(view):
    assert brief(view).stamp != brief(view.at(day("2032-01-17"))).stamp


# What it tells of an issue


def test_where_an_issue_stands_is_told_with_its_day_and_why(view):
    made = brief(view.at(day("2031-12-31")), **on("issue:tolls"))

    stands, summary = section(made, "Tolls").lines
    assert stands.text == (
        "agreed in principle since 5 Mar 2031. A truce holds both tolls where they are."
    )
    assert stands.source_ids == ("joint-statement",)
    assert summary.text == "What each port takes from the other’s ships."


def test_both_positions_are_told_and_one_that_was_not_stated_is_said_to_be_so(view):
    made = brief(view, **on("issue:fishing"))

    assert texts(made, "Crab", "Positions") == [
        "North: not stated",
        "South: The crab belongs to nobody. 7 Mar 2031",
    ]


def test_positions_are_those_of_the_day(view):
    made = brief(view.at(day("2031-12-31")), **on("issue:tolls"))

    assert texts(made, "Tolls", "Positions") == [
        "North: The toll stays until nets are counted. Norén, 10 Jan 2031",
        "South: Both tolls go at once. 7 Mar 2031",
    ]


def test_what_moved_since_a_day_stands_over_what_it_was(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-12-01"))

    north, before, south = texts(made, "Tolls", "Positions")
    assert north == "North: ~ changed The toll may go in steps. 18 Jan 2032"
    assert before == "before, 10 Jan 2031: The toll stays until nets are counted."
    assert south == "South: Both tolls go at once. 7 Mar 2031"
    (line,) = section(made, "Tolls", "Positions").lines[0].under
    assert line.source_ids == ("northport-bulletin",)


def test_since_a_day_only_what_became_public_after_it_was_said(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-05-21"))

    said = texts(made, "Tolls", "What was said since 21 May 2031")
    assert [text.split(" — ")[0].split("\n")[0] for text in said] == [
        "“It can go in steps.",
        "The harbour master said the toll could go by autumn",
    ]


def test_what_changed_since_a_day_is_told_less_what_was_said(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-12-01"))

    changed = texts(made, "Tolls", "What changed since 1 Dec 2031")
    assert any("status" in text and "being carried out" in text for text in changed)
    assert any("18 Jan 2032" in text and "Truce on tolls" in text for text in changed)
    assert not any("It can go in steps" in text for text in changed)


def test_a_day_that_is_not_before_the_as_of_date_is_no_since(view):
    then = view.at(day("2031-12-01"))

    assert as_markdown(brief(then, since=day("2031-12-01"))) == as_markdown(brief(then))


def test_what_changed_is_what_changed_on_the_issue(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-02-01"))
    changed = [line.text for line in section(made, "Tolls", "What changed").lines]

    assert not any("Round" in text or "role" in text for text in changed)
    assert len(changed) == 17


def test_every_position_and_its_words_before_bear_their_sources(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-12-01"))

    north, south = section(made, "Tolls", "Positions").lines
    assert [line.source_ids for line in (north, *north.under, south)] == [
        ("northport-transcript",),
        ("northport-bulletin",),
        ("southport-notice",),
    ]


# What was said


def test_a_quote_is_told_with_speaker_role_that_day_both_days_outlet_and_form(view):
    made = brief(view, **on("issue:tolls", "round:may-call"))

    (line,) = section(made, "Tolls", "What was said").lines
    assert line.text == (
        "“We spoke for an hour and I would do it again” — Astrid Norén, Envoy of Northport; "
        "Tide Wire; said 20 May 2031, published 21 May 2031; via Tide Wire; verbatim"
    )
    assert line.source_ids == ("mirror-call",)


def test_a_role_is_the_one_held_on_the_day_of_the_words(view):
    made = brief(view, **on("issue:tolls", "round:lantern-isle"))

    assert any(
        "Astrid Norén, Deputy Envoy of Northport; " in text
        for text in texts(made, "Tolls", "What was said")
    )


def test_words_said_and_published_on_one_day_say_so_and_those_without_a_day_too(view):
    tolls = texts(brief(view, **on("issue:tolls")), "Tolls", "What was said")
    crab = texts(brief(view, **on("issue:fishing")), "Crab", "What was said")

    assert any("; said and published 5 Mar 2031; verbatim" in text for text in tolls)
    assert any(
        "Harbour Office, published 7 Mar 2031, day of speaking not known; " in text
        for text in tolls + crab
    )


def test_a_translation_names_its_translator(view):
    made = brief(view, **on("issue:dredging"))

    said = texts(made, "Dredging", "What was said")
    assert any(t.endswith("translated from Chinese by Tide Wire") for t in said)
    assert any(
        t.endswith("from an official readout, translated from Chinese by the Harbour Office")
        for t in said
    )


def test_the_newest_words_come_first(view):
    made = brief(view, **on("issue:tolls"))

    days = [
        re.search(r"published (\d+ \w+ \d+)", line.text)[1]
        for line in section(made, "Tolls", "What was said").lines
    ]
    assert days == ["20 Jan 2032", "28 Oct 2031", "21 May 2031", "7 Mar 2031", "5 Mar 2031"]


def test_a_caution_and_other_printings_stand_under_the_words(view):
    made = brief(view, **on("issue:tolls"))

    said = texts(made, "Tolls", "What was said")
    assert "Caution: Only the wire heard it." in said
    assert "printed otherwise: “It has been a good day for the strait” — Another tense." in said
    assert (
        "printed otherwise: She called it a good day (paraphrase, not the words) weak source only"
    ) in said


def test_of_many_quotes_eight_are_told_and_the_way_to_the_rest(shipped_view):
    then = shipped_view.at(day("2025-10-26"))
    made = brief(then, **on("issue:tariffs"))

    *said, rest = section(made, "Tariffs", "What was said").lines
    more = len(then.within(Scope(refs("issue:tariffs"), day("2025-10-26"))).rows("quote")) - 8
    assert len(said) == sections.MOST_SAID == 8
    assert rest.text == (
        f"{more} more; they are among those listed by "
        "explorer show issue:tariffs --as-of 2025-10-26"
    )


def test_the_clauses_on_an_issue_stand_under_their_texts_the_newest_text_first(view):
    then = view.at(day("2031-03-20"))
    lines = texts(brief(then, **on("issue:tolls")), "Tolls", "In the texts")

    assert lines[0].startswith("Southport’s notice in English, 8 Mar 2031, ")
    assert lines[-1] == (
        "The keeper’s draft, 3 Mar 2031, 1: Tolls: "
        "“Neither port [shall][should] raise its toll [for a year].”"
    )


def test_a_clause_in_a_briefing_reads_as_it_did_on_the_day(view):
    def statement(when):
        lines = texts(brief(view.at(day(when)), **on("issue:tolls")), "Tolls", "In the texts")
        return next(line for line in lines if line.startswith("Joint statement"))

    assert "“Neither port shall raise its toll for a year.”" in statement("2032-01-18")
    assert "until September 2032.” so since 18 Jan 2032" in statement("2032-01-19")


def test_the_texts_of_a_round_are_listed_with_how_they_stand(view):
    lines = texts(brief(view, **on("round:lantern-isle")), "Round 1", "Texts")

    assert lines[0] == "3 Mar 2031: The keeper’s draft — LI/2031/1 · draft · Lantern · superseded"


def test_of_many_clauses_the_newest_are_told_and_the_way_to_the_rest(shipped_view):
    *told, rest = section(brief(shipped_view, **on("issue:tariffs")), "Tariffs", "In the t").lines

    assert len(told) == sections.MOST_CLAUSES
    assert rest.text.endswith("they are among those listed by explorer show issue:tariffs")


def test_at_the_end_of_the_record_the_way_to_the_rest_names_no_day(shipped_view):
    made = brief(shipped_view, **on("issue:tariffs"))

    assert (
        section(made, "Tariffs", "What was said")
        .lines[-1]
        .text.endswith("explorer show issue:tariffs")
    )


@pytest.mark.parametrize("name", ["harbour", "shipped"])
def test_a_paraphrase_never_stands_in_quotation_marks_and_all_other_words_do(name):
    view = view_of(name)
    of_form = Counter()
    about = subject_of(view, view.index.refs("issue"), ())
    for issue in about.issues:
        for quote_ref in about.said_on(issue):
            quote = view.index[quote_ref]
            sheet = Sheet(view)
            sections.add_quote(sheet, quote_ref)
            line = outline(sheet).lines[0]
            assert line.text.startswith("“") == (quote.form != "paraphrase"), quote_ref
            assert ("paraphrase, not the words" in line.text) == (quote.form == "paraphrase")
            of_form[quote.form] += 1
    assert of_form["paraphrase"]
    assert of_form["translation"]


# What was said to be agreed


def test_each_sides_account_of_a_point_is_told(view):
    made = brief(view, **on("issue:tolls"))

    assert texts(made, "Tolls", "Said to be agreed") == [
        "Truce on tolls\n5 Mar 2031 · Lantern Isle\nNo new tolls for a year.",
        "due 1 Sep 2032, in 63 days",
        "moved once: 1 Mar 2032 → 1 Sep 2032",
        "last seen of it, 19 Jan 2032: No new toll has been seen.",
        "North: ✓ affirms it\n“a year without new tolls”\nSo the bulletin. 6 Mar 2031",
        "South: ~ words it differently\nIt speaks of a pause, not of a year. 7 Mar 2031",
    ]


def test_silence_is_told_of_a_document_and_what_was_not_checked_is_not_silence(view):
    fishing = texts(brief(view, **on("issue:fishing")), "Crab", "Said to be agreed")
    dredging = texts(brief(view, **on("issue:dredging")), "Dredging", "Said to be agreed")

    assert "South: ∅ silent in Southport Harbour Office: 关于海峡会谈的通告 7 Mar 2031" in fishing
    assert "North: ✗ denies it\n“each measures its own half” 20 Jan 2032" in dredging
    assert "South: ? not checked" in dredging


def test_an_overdue_point_says_by_how_many_days(view):
    data = view.index.dataset
    points = tuple(replace(p, moves=()) if p.id == "toll-truce" else p for p in data.points)
    late = View(Index(replace(data, points=points)), Notes()).at(day("2032-03-11"))
    made = brief(late, **on("issue:tolls"))

    assert "due 1 Mar 2032 overdue by 10 days then" in texts(made, "Tolls", "Said to be agreed")
    assert texts(made, "What falls due")[0] == (
        "1 Mar 2032: Truce on tolls — overdue by 10 days then; said to be agreed in Lantern Isle"
    )


def test_a_point_that_was_carried_out_says_so_and_falls_due_no_more(shipped_view):
    made = brief(shipped_view.at(day("2025-10-26")), **on("issue:tariffs"))

    assert any(
        text.startswith("carried out, 14 May 2025: ")
        for text in texts(made, "Tariffs", "Said to be agreed")
    )
    assert not any("US cuts its duty to 10%" in text for text in texts(made, "What falls due"))


def test_an_earlier_account_stands_under_the_later_one(shipped_view):
    made = brief(shipped_view.at(day("2025-10-26")), **on("issue:tariffs"))

    assert "before, 29 Jul 2025: ~ differs" in texts(made, "Tariffs", "Said to be agreed")


# Measures, figures and conflicts


def test_measures_stand_by_how_they_stand_with_until_when(view):
    made = brief(view, **on("issue:tolls"))

    assert headings(made, "Tolls", "Measures") == [
        "In force — South 1",
        "Suspended — North 1",
    ]
    assert texts(made, "Tolls", "Measures", "In force") == [
        "South: Ban on northern nets\nimport control · since Feb 2031"
    ]
    suspended, to_come = texts(made, "Tolls", "Measures", "Suspended")
    assert suspended == (
        "North: Strait toll\ntariff · since 5 Mar 2031 · until 1 Sep 2032 (in 63 days)"
    )
    assert to_come.startswith("to be resumed at 20% 1 Sep 2032, in 63 days: It is to come back")


def test_a_measure_that_is_only_threatened_is_told_apart_with_its_words(shipped_view):
    made = brief(shipped_view.at(day("2025-10-26")), **on("issue:rare-earths"))

    threatened = texts(made, "Rare", "Measures", "Only threatened")
    assert any("Threatened further 100% tariff" in t and "1 November" in t for t in threatened)


def test_the_figures_are_told_as_they_stand_with_what_is_to_come(view):
    made = brief(view.at(day("2032-01-19")), **on("issue:tolls"))

    assert texts(made, "Tolls", "Figures") == [
        "Northport toll on southern ships — 20% · in force since 1 Feb 2031",
        "Southport due on northern goods — 5% · in force since Feb 2031",
        (
            "1 Sep 2032: 8%, announced, to come, 226 days later, South. "
            "To rise when the truce ends, unless it is prolonged."
        ),
    ]


def test_a_target_is_told_with_how_far_it_is_reached_by_whose_count(view):
    made = brief(view.at(day("2032-01-19")), **on("issue:fishing"))

    listed = texts(made, "Crab", "Figures")
    herring = listed.index("Herring landed at Northport")
    assert listed[herring + 1].startswith("5 Mar 2031: at least 900 barrels, to be reached, Norén")
    assert listed[herring + 2 :] == [
        "321 of 363 days gone; pro rata 796 barrels",
        "410 barrels on 18 Jan 2032, counted by Harbour police: 46% of it",
        "300–350 barrels in Oct 2031, counted by Southport’s weighers: 33% of it weak source only",
    ]


def test_a_figure_on_another_issue_is_left_out(view):
    assert "Figures" not in headings(brief(view, **on("issue:dredging")), "Dredging")
    listed = texts(brief(view, **on("issue:tolls")), "Tolls", "Figures")
    assert not any("Herring" in text for text in listed)


def test_of_several_values_only_the_one_in_force_is_told(shipped_view):
    made = brief(shipped_view.at(day("2025-10-26")), **on("issue:tariffs"))

    assert texts(made, "Tariffs", "Figures") == [
        "US duty on Chinese goods — 30% · in force since 14 May 2025",
        "Chinese duty on US goods — 10% · in force since 14 May 2025",
    ]


def test_sources_that_disagree_are_told_side_by_side_under_who_says_which(view):
    made = brief(view, **on("issue:tolls", "round:may-call"))

    (line,) = section(made, "May call", "Sources disagree").lines
    assert list(with_those_under(line)) == [
        "≢ An hour, or two",
        "Tide Wire: They spoke for an hour.",
        "unnamed broadsheet: They spoke for two hours. weak source only",
        "What this dataset does: An hour, as the wire heard it from the envoy herself.",
    ]
    assert [inner.source_ids for inner in line.under][:2] == [("wire-call",), ("broadsheet-2031",)]


def test_a_conflict_that_was_told_of_a_round_is_only_named_again(view):
    made = brief(view, **on("issue:tolls", "round:may-call"))

    assert texts(made, "Tolls", "Sources disagree") == ["≢ An hour, or two — see above"]


def test_a_conflict_on_words_that_are_told_is_told_with_their_issue(view):
    made = brief(view, **on("issue:tolls"))

    assert texts(made, "Tolls", "Sources disagree")[0] == "≢ An hour, or two"


def test_the_newest_conflict_comes_first(view):
    data = view.whole.dataset
    older = replace(data.conflicts[0], id="older", name="An older one", on=day("2031-04-01"))
    newer = replace(data.conflicts[0], id="newer", name="A newer one", on=day("2032-01-20"))
    three = View(Index(replace(data, conflicts=(older, newer, *data.conflicts))), Notes())
    made = brief(three, **on("round:may-call"))

    names = [line.text for line in section(made, "May call", "Sources disagree").lines]
    assert names == ["≢ A newer one", "≢ An hour, or two", "≢ An older one"]


def test_a_conflict_on_words_said_before_a_day_stays_with_what_was_said_since(view):
    made = brief(view, **on("issue:tolls"), since=day("2031-12-01"))

    assert texts(made, "Tolls", "Sources disagree")[0] == "≢ An hour, or two"


# Rounds


def test_a_round_is_told_with_place_leaders_result_and_each_sides_account(view):
    made = brief(view, **on("round:lantern-isle"))

    (held,) = section(made, "Round 1").lines
    assert held.text.split("\n") == [
        "When: 3–5 Mar 2031",
        "What: talks, round 1",
        "Where: The lighthouse, Lantern, Lantern Isle",
        "Host: The keeper",
        "Announced: 20 Feb 2031",
        (
            "North: Astrid Norén (Deputy Envoy of Northport, lead) · "
            "Ben Okafor (Chief Pilot of Northport)"
        ),
        "South: Tam Wai-lan (Harbour Master of Southport, lead)",
        "Three days of talks end with a joint statement and a toll truce.",
        "Next: The leaders are to speak in May.",
    ]
    assert held.source_ids
    (moved,) = texts(made, "Round 1", "The date was moved")
    assert moved.startswith("25 Feb 2031: to 3 Mar 2031. Fog puts the start off")
    assert texts(made, "Round 1", "The result as each side") == [
        "Jointly: Both welcome the pause in new tolls. 5 Mar 2031",
        "North: Northport speaks of a truce on tolls and a promise on nets. 6 Mar 2031",
        "South: Southport speaks of a truce, and of nothing else. 7 Mar 2031",
    ]


def test_a_round_under_way_tells_no_result(view):
    made = brief(view.at(day("2031-12-31")), **on("round:tide-hall"))

    (held,) = texts(made, "Round 2")
    assert held.startswith("Under way: 30 Dec 2031\nWhat: talks, round 2\n")
    assert held.endswith("\nWhat came of it was not public on 31 Dec 2031.")


def test_a_round_that_no_public_page_tells_of_is_not_told_without_a_source(view):
    made = brief(view.at(day("2031-12-05")), **on("round:tide-hall"))

    assert texts(made, "Tide Hall") == [
        "Announced; no page about it was public by 5 Dec 2031.",
        "What came of it was not public on 5 Dec 2031.",
    ]


# What falls due


def test_what_falls_due_stands_in_order_of_its_days_with_the_days_left(view):
    made = brief(view.at(day("2032-01-19")), **on("issue:tolls", "issue:dredging"))

    assert texts(made, "What falls due") == [
        "Jun 2032: The channel is measured again — said to be agreed in Tide Hall",
        (
            "1 Sep 2032: Toll truce ends — 226 days later, moved once: 1 Mar 2032 → 1 Sep 2032. "
            "The tolls come back unless the truce is prolonged."
        ),
        (
            "1 Sep 2032: Truce on tolls — 226 days later; moved once: 1 Mar 2032 → 1 Sep 2032; "
            "said to be agreed in Lantern Isle"
        ),
    ]


AGREED = "said to be agreed in Lantern Isle"


@pytest.mark.parametrize(
    ("due", "shows", "lines"),
    [
        ("2031-12", None, [f"Dec 2031: Truce on tolls — overdue by 182 days; {AGREED}"]),
        (
            "2031-12",
            "not carried out",
            [
                (
                    "Dec 2031: Truce on tolls — overdue by 182 days; not carried out, 19 Jan 2032; "
                    f"{AGREED}"
                )
            ],
        ),
        ("2031-12", "carried out in part", []),
        ("2031-12", "carried out", []),
        ("2032-12", None, [f"Dec 2032: Truce on tolls — {AGREED}"]),
        (
            "2032-12",
            "carried out in part",
            [f"Dec 2032: Truce on tolls — carried out in part, 19 Jan 2032; {AGREED}"],
        ),
    ],
)
def test_a_point_falls_due_with_its_state_and_no_more_once_part_of_it_was_done(
    view, due, shows, lines
):
    data = view.whole.dataset
    truce = next(point for point in data.points if point.id == "toll-truce")
    seen = (replace(truce.evidence[-1], on=day("2032-01-19"), shows=shows),)
    changed = replace(truce, due=due, moves=(), evidence=seen)
    points = tuple(changed if point is truce else point for point in data.points)
    made = brief(View(Index(replace(data, points=points)), Notes()), **on("issue:tolls"))

    falls = texts(made, "What falls due")
    assert [text for text in falls if "Truce on tolls" in text] == lines


def test_the_deadline_of_the_whole_is_among_what_falls_due_whatever_the_issue(view):
    made = brief(view, **on("issue:wrecks"))

    (line,) = texts(made, "What falls due")
    assert line.startswith("1 Sep 2032: Toll truce ends — in 63 days, moved once")


def test_what_bears_on_a_round_falls_due_with_it_and_what_is_past_does_not(view):
    data = view.whole.dataset
    truce = data.milestones[0]
    of_round = replace(truce, id="a", name="A look back", round_id="may-call", issue_ids=())
    past = replace(of_round, id="b", name="A day that is past", moves=(), on=day("2032-03-01"))
    elsewhere = replace(of_round, id="c", name="Another matter", round_id="tide-hall")
    milestones = (*data.milestones, of_round, past, elsewhere)
    made = brief(View(Index(replace(data, milestones=milestones)), Notes()), **on("round:may-call"))

    falls = " ".join(texts(made, "What falls due"))
    assert "A look back" in falls
    assert "A day that is past" not in falls
    assert "Another matter" not in falls


def test_what_falls_due_rests_on_what_was_agreed_on_every_move_and_on_what_was_seen(view):
    data = view.whole.dataset
    truce = next(point for point in data.points if point.id == "toll-truce")
    seen = replace(truce.evidence[0], on=day("2032-01-19"), shows="not carried out")
    changed = replace(truce, evidence=(seen,))
    made = brief(View(Index(replace(data, points=(changed,))), Notes()), **on("issue:tolls"))

    by_name = {line.text.split(": ")[1][:5]: line for line in section(made, "What falls due").lines}
    assert by_name["Truce"].source_ids == ("joint-statement", "gazette-tidehall", "almanac")
    assert by_name["Toll "].source_ids == ("joint-statement", "gazette-tidehall")


@pytest.mark.parametrize("name", ["harbour", "shipped"])
def test_nothing_falls_due_out_of_order(name):
    view = view_of(name)
    for then in some_days(view)[::30] + some_days(view)[-3:]:
        made = brief(view.at(then))
        last = (outline(made).sections or (outline(made),))[-1]
        if last.heading == "What falls due":
            starts = [line.spans[0].text for line in last.lines]
            days = [view.day_said(start) for start in starts if start.count(" ") == 2]
            assert days == sorted(days)


def some_days(view):
    """The days on which something became public, and the last."""
    began = view.index.dataset.negotiation.began
    days = {d for d in days_in(view.whole.dataset) if began <= d <= view.covers_until}
    return sorted({began, *days, view.covers_until})


@cache
def days_of(name):
    return some_days(view_of(name))


# Footnotes

ASIDES = re.compile(
    r".+: (not stated|\? not checked)"
    r"|No count of it was public\."
    r"|\d+ more; they are among those listed by explorer show issue:[a-z0-9-]+( --as-of \S+)?"
    r"|What came of it was not public on \d+ \w+ \d+\."
    r"|Announced; no page about it was public by \d+ \w+ \d+\."
)
"""All that may stand without a footnote: what the record does not say."""


def is_aside(line):
    """Whether a line says nothing of its own: a name over what is said, or a gap."""
    is_name = line.text.startswith("≢ ") and all(inner.source_ids for inner in line.under)
    return is_name or ASIDES.fullmatch(line.text)


def every_statement_has_its_footnotes(made):
    numbers = made.cited
    used = set()
    for line in all_lines(made):
        assert line.source_ids or is_aside(line), line.text
        used.update(line.source_ids)
    assert used == set(numbers)
    assert [footnote.number for footnote in footnotes(made)] == list(range(1, len(numbers) + 1))
    firsts = dict.fromkeys(slug for line in all_lines(made) for slug in line.source_ids)
    assert [numbers[slug] for slug in firsts] == sorted(numbers.values())


def marks_lead_to_footnotes(written):
    """In Markdown: every mark is defined, every footnote is marked, and each is defined once."""
    defined = re.findall(r"^\[\^(\d+)\]: ", written, re.MULTILINE)
    marked = re.findall(r"\[\^(\d+)\](?!: )", written)
    assert len(set(defined)) == len(defined)
    assert set(defined) == set(marked)


@st.composite
def asked(draw, name):
    """A view on some day, and what a briefing may be asked to be on."""
    view = view_of(name)
    negotiation = view.index.dataset.negotiation
    days = st.sampled_from(days_of(name)) | st.dates(negotiation.began, negotiation.covers_until)
    then = view.at(draw(days))
    issues = draw(st.lists(st.sampled_from(then.index.refs("issue") or [None]), max_size=2))
    rounds = draw(st.lists(st.sampled_from(then.index.refs("round") or [None]), max_size=2))
    people = draw(st.lists(st.sampled_from(then.index.refs("delegate") or [None]), max_size=1))
    since = draw(st.none() | st.integers(1, 200).map(lambda n: then.as_of - timedelta(days=n)))
    chosen = tuple(r for r in (*issues, *rounds, *people) if r)
    return then.within(Scope(chosen, then.scope.as_of)), since


@given(asked("harbour"))
@settings(max_examples=150, deadline=None)
def test_every_statement_has_a_footnote_and_every_footnote_a_statement(drawn):
    view, since = drawn
    made = brief(view, since=since)

    every_statement_has_its_footnotes(made)
    marks_lead_to_footnotes(as_markdown(made))


@given(asked("shipped"))
@settings(max_examples=12, deadline=None)
def test_every_shipped_statement_has_a_footnote_and_every_footnote_a_statement(drawn):
    view, since = drawn
    made = brief(view, since=since)

    every_statement_has_its_footnotes(made)
    marks_lead_to_footnotes(as_markdown(made))
    outline_of_page(as_html(made))


def test_a_footnote_gives_the_source_in_full_with_its_ties_and_its_weakness(view):
    made = brief(view, **on("issue:tolls"))

    by_source = {footnote.source: footnote for footnote in footnotes(made)}
    assert by_source["mirror-call"].text == (
        "Tide Wire, at Harbour Mirror, “Leaders speak for an hour”, 22 May 2031"
    )
    assert by_source["mirror-call"].address == "https://mirror.example/call"
    assert by_source["southport-notice"].remarks == ("Southport’s own paper", "in Chinese")
    assert (by_source["broadsheet-2031"].weak, by_source["broadsheet-2031"].remarks) == (
        True,
        ("weak source",),
    )
    number = by_source["broadsheet-2031"].number
    assert (
        f"[^{number}]: unnamed broadsheet, A page on the talks, without a headline, Oct 2031 "
        "(weak source)\n"
    ) in as_markdown(made)


def test_a_page_of_a_later_day_is_withheld_in_its_footnote(view):
    made = brief(view.at(day("2032-01-18")), **on("issue:dredging"))

    footnote = next(f for f in footnotes(made) if f.source == "gazette-tidehall")
    assert footnote.withheld
    assert footnote.address == ""
    assert "title withheld" in footnote.text
    assert "gazette.example/tidehall" not in as_markdown(made) + as_html(made)


def test_an_address_that_may_not_be_opened_is_not_printed(view, index):
    data = index.dataset
    sources = tuple(replace(s, address="javascript:alert(1)") for s in data.sources)
    made = brief(View(Index(replace(data, sources=sources)), Notes()), **on("issue:tolls"))

    assert "javascript" not in as_markdown(made) + as_html(made)
    assert all(footnote.address == "" for footnote in footnotes(made))


# Notes


def test_notes_stand_apart_after_the_record_with_days_and_tags(view):
    noted = with_notes(
        view,
        note_on(
            "issue:tolls",
            "Ask *whose* toll. #watch",
            written=datetime(2031, 4, 1, 23, 30, tzinfo=UTC),
            changed=datetime(2031, 5, 2, 0, 30, tzinfo=UTC),
        ),
    )

    written = as_markdown(brief(noted, **on("issue:tolls")))

    record, apart = written.split(f"\n---\n\n## {OWN}\n")
    assert "whose" not in record
    assert apart.startswith(
        "\n### Issue: Tolls and the truce\n\n"
        "written 1 Apr 2031, changed 2 May 2031 · \\#watch\n\n"
        "> Ask *whose* toll. #watch\n\n---\n\n## Sources\n"
    )


def test_of_several_notes_on_a_record_the_oldest_comes_first_each_with_its_own_days(view):
    later = datetime(2032, 7, 3, tzinfo=UTC)
    noted = with_notes(
        view,
        note_on("issue:tolls", "b", written=later, number="-1", due=day("2032-09-01")),
        note_on("issue:tolls", "a", date=day("2031-03-05"), number="-2"),
        note_on("issue:tolls", "c", written=later, number="-3", due=day("2032-09-01"), done=True),
    )

    assert [note.about for note in brief(noted, **on("issue:tolls")).notes] == [
        "dated 5 Mar 2031, written 1 Jul 2032",
        "written 3 Jul 2032, to be looked at again from 1 Sep 2032",
        "written 3 Jul 2032, looked at again",
    ]


def test_a_note_on_words_names_them_once_they_stood_in_the_record(view):
    anchor = Anchor("The toll may go in steps.")
    noted = with_notes(view, note_on("issue:tolls", "Which?", anchor=anchor))

    (note,) = brief(noted, **on("issue:tolls")).notes
    (earlier,) = brief(noted.at(day("2031-12-01")), **on("issue:tolls")).notes

    assert note.about == "written 1 Jul 2032 · on the words: The toll may go in steps."
    assert earlier.about == "written 1 Jul 2032"


def test_notes_are_those_on_records_and_sources_that_are_told_of(view):
    noted = with_notes(
        view,
        note_on("issue:fishing", "elsewhere"),
        note_on("source:toll-act", "third"),
        note_on("quote:noren-hour", "second"),
        note_on("issue:tolls", "first"),
        note_on("source:undated-leaflet", "elsewhere"),
    )

    made = brief(noted, **on("issue:tolls"))

    assert [note.text for note in made.notes] == ["first", "second", "third"]


def test_a_note_on_words_that_are_not_among_the_eight_is_told_too(shipped_view):
    quotes = shipped_view.within(Scope(refs("issue:tariffs"))).rows("quote")
    noted = with_notes(shipped_view, note_on(str(quotes[-1]), "an old one"))

    assert [n.text for n in brief(noted, **on("issue:tariffs")).notes] == ["an old one"]


def test_a_note_on_the_whole_stands_in_a_briefing_on_all_issues_alone(view):
    whole_of_it = f"negotiation:{view.index.dataset.negotiation.id}"
    noted = with_notes(view, note_on(whole_of_it, "on it all"))

    assert [note.text for note in brief(noted).notes] == ["on it all"]
    assert brief(noted, **on("issue:tolls")).notes == ()


def test_a_note_on_a_delegation_that_only_speaks_is_left_out(view):
    noted = with_notes(view, note_on("delegation:north", "elsewhere"))

    assert brief(noted, **on("issue:tolls", "round:lantern-isle")).notes == ()


def test_notes_can_be_left_out(view):
    noted = with_notes(view, note_on("issue:tolls", "mine"))

    assert as_markdown(brief(noted, with_notes=False)) == as_markdown(brief(view))
    assert OWN not in as_markdown(brief(view)) + as_html(brief(view))


def test_in_html_notes_stand_in_an_aside_of_their_own(view):
    noted = with_notes(view, note_on("issue:tolls", "One <b>mine</b>.\n\nTwo\nlines."))

    written = as_html(brief(noted, **on("issue:tolls")))

    (apart,) = re.findall(r"<aside>\n(.*?)</aside>", written, re.DOTALL)
    assert apart.startswith(f"<h2>{OWN}</h2>")
    assert '<p class="own">One &lt;b&gt;mine&lt;/b&gt;.</p>' in apart
    assert '<p class="own">Two\nlines.</p>' in apart


def test_a_note_on_a_record_that_is_not_public_yet_is_not_told(view):
    noted = with_notes(view, note_on("quote:noren-steps", "too early"))

    assert brief(noted.at(day("2032-01-19")), **on("issue:tolls")).notes == ()
    assert len(brief(noted.at(day("2032-01-20")), **on("issue:tolls")).notes) == 1


# The same again


def test_it_is_the_same_to_the_byte_when_made_again(view):
    for then in some_days(view)[::3]:
        once, again = view.at(then), View(Index(whole("harbour")), Notes()).at(then)
        for written in (as_markdown, as_html):
            assert written(brief(once)) == written(brief(again))


def test_neither_the_order_nor_the_files_of_notes_show(view):
    def noted(order, *numbers):
        texts = ("one", "two", "three")
        notes = [
            note_on("issue:tolls", text, number=number)
            for text, number in zip(texts, numbers, strict=True)
        ]
        notes += [note_on(str(issue), f"on {issue}") for issue in view.index.refs("issue")[1:]]
        return brief(with_notes(view, *order(notes)))

    forth, back = noted(list, "-a", "-b", "-c"), noted(reversed, "-c", "-a", "-b")

    assert as_markdown(forth) == as_markdown(back)
    assert [note.text for note in forth.notes][:3] == ["one", "three", "two"]
    assert len(forth.notes) == 7


MADE_ELSEWHERE = """
import sys
from datetime import UTC, date, datetime
from explorer import dataset
from explorer.documents.briefing import brief, write
from explorer.record.index import Index
from explorer.record.model import (Ref)
from explorer.notes import Note, Notes
from explorer.view import View
from pathlib import Path

late = datetime(2032, 7, 1, 23, 30, tzinfo=UTC)
note = Note(Ref("issue", "tolls"), "Mine.", late, late, Path("notes/issue-tolls.toml"), "0")
for path, day, issue, since in (
    (Path(sys.argv[1]), date(2032, 1, 19), "tolls", date(2031, 3, 4)),
    (dataset.shipped(), date(2025, 10, 26), "rare-earths", date(2025, 9, 19)),
):
    view = View(dataset.load(path, cached=False), Notes().with_note(note)).at(day)
    for made in (brief(view), brief(view, issues=[Ref("issue", issue)], since=since)):
        sys.stdout.buffer.write(write(made, "md").encode())
        sys.stdout.buffer.write(write(made, "html").encode())
"""


def test_it_is_the_same_to_the_byte_whatever_the_hash_seed_and_the_folder(tmp_path):
    def made(seed, folder):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", MADE_ELSEWHERE, str(HARBOUR)]
        return subprocess.run(command, env=env, cwd=folder, capture_output=True, check=True).stdout

    first, second = made("1", tmp_path), made("77", HARBOUR)

    assert first == second
    assert b"Rare-earth controls" in first
    assert b"written 1 Jul 2032" in first
    assert str(HARBOUR).encode() not in first
    assert str(dataset.shipped()).encode() not in first


# Nothing of a later day


@cache
def with_canaries(name):
    canaries = canaried(whole(name))
    return canaries, View(Index(canaries.dataset), Notes())


def tells_nothing_later(name, then, since):
    canaries, whole_view = with_canaries(name)
    view = whole_view.at(then)
    asks = [{}, *({"rounds": [r]} for r in view.index.refs("round")[-3:])]
    asks += [{"issues": list(view.index.refs("issue"))}] if view.index.refs("issue") else []
    for ask in asks:
        made = brief(view, since=since, **ask)
        data = json.dumps(as_data(made), ensure_ascii=False)
        for written in (as_markdown(made), as_html(made), data):
            assert canaries.later(written, then) == []
        assert all(line.source_ids or is_aside(line) for line in all_lines(made))


def test_it_tells_nothing_that_was_not_public_yet():
    view = view_of("harbour")
    for then in days_of("harbour"):
        eve = max(then - timedelta(days=1), view.index.dataset.negotiation.began)
        for that in {then, eve}:
            tells_nothing_later("harbour", that, that - timedelta(days=30))


@given(data=st.data())
@settings(max_examples=3, deadline=None)
def test_it_tells_nothing_shipped_that_was_not_public_yet(data):
    negotiation = whole("shipped").negotiation
    then = data.draw(st.dates(negotiation.began, negotiation.covers_until))
    tells_nothing_later("shipped", then, then - timedelta(days=45))


def test_a_canary_in_a_briefing_would_be_heard():
    canaries, view = with_canaries("harbour")
    made = brief(view)

    assert canaries.later(as_markdown(made), day("2031-03-01")) != []
    assert canaries.later(as_html(made), day("2031-03-01")) != []


# Texts that would like to be more than text


def hostile_briefs(text):
    view = View(Index(with_every_text(whole("harbour"), text)), Notes())
    noted = with_notes(view, note_on("issue:tolls", "Mine."))
    yield brief(noted)
    yield brief(noted, **on("issue:tolls", "issue:dredging"), since=day("2031-03-04"))
    yield brief(noted, **on("issue:tolls", "round:may-call", "round:lantern-isle"))


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_a_reader_of_markdown_makes_of_a_briefing(parser, text):
    for hostile, tame in zip(hostile_briefs(text), hostile_briefs("word"), strict=True):
        assert shape(parser, as_markdown(hostile)) == shape(parser, as_markdown(tame))


@pytest.mark.parametrize("parser", PARSERS)
def test_the_links_of_a_briefing_in_markdown_are_the_addresses_of_its_sources(parser, view):
    made = brief(view)

    hrefs = {href for kind, _, href in shape(parser, as_markdown(made)) if kind == "link_open"}

    assert hrefs == {footnote.address for footnote in footnotes(made) if footnote.address}


PIECES = st.sampled_from([*HOSTILE, *"\\`*_[]{}()<>~^$|#@&!:.=-+ \n\t1a漢é"]) | st.text(max_size=5)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


@given(TEXTS)
@example("1986. A year")
@example("www.1x.com")
@settings(max_examples=400, deadline=None)
def test_a_text_in_markdown_reads_as_it_stands(text):
    words = markdown.one_spaced(text).strip()
    escaped = markdown.begun(markdown.escaped(text).strip())
    for parser in PARSERS:
        if words:
            tokens = list(flat(parser.parse(f"- {escaped}")))
            read = [t.content for t in tokens if t.type in ("text", "text_special")]
            assert "".join(read) == words
        assert shape(parser, f"- {escaped or 'w'}") == shape(parser, "- w")
        strong = markdown.strong(markdown.escaped(text).strip()) if words else "**w**"
        assert shape(parser, f"- a: {strong} (b)") == shape(parser, "- a: **w** (b)")


# HTML


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_the_tags_of_a_briefing_in_html(text):
    for hostile, tame in zip(hostile_briefs(text), hostile_briefs("word"), strict=True):
        outline = outline_of_page(as_html(hostile))
        assert tags_of(outline) == tags_of(outline_of_page(as_html(tame)))
        assert markdown.one_spaced(text).strip() in " ".join("".join(outline.text).split(" "))


def test_footnotes_in_html_lead_there_and_back(view):
    outline = outline_of_page(as_html(brief(view)))

    links = [attrs for tag, attrs in outline.tags if tag == "a"]
    ids = {attrs["id"] for _, attrs in outline.tags if "id" in attrs}
    to = {a["id"]: a["href"][1:] for a in links if a.get("id", "").startswith("mark-")}
    back = {a["href"][1:] for a in links if a.get("class") == "back"}
    assert to
    assert set(to.values()) <= ids
    assert back == set(to)


def test_the_page_says_its_language_and_title_and_loads_nothing(view):
    written = as_html(brief(view, **on("issue:tolls")))
    outline = outline_of_page(written)

    assert ("html", {"lang": "en"}) in outline.tags
    assert "<title>Harbour talks: Tolls and the truce</title>" in written
    assert "default-src 'none'" in written.partition("<style>")[0]
    style = written.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert all(f"@media {kind}" in style for kind in ("(prefers-color-scheme: dark)", "print"))


def test_html_and_markdown_tell_the_same(view):
    made = brief(view)
    words = "".join(outline_of_page(as_html(made)).text)

    for line in all_lines(made):
        assert markdown.one_spaced(line.spans[0].text).strip() in words
        assert markdown.escaped(line.spans[0].text).strip() in as_markdown(made)


# Notes that would like to be more than notes

OWN_PIECES = st.sampled_from(
    [*HOSTILE, "```\n", "~~~\n", "> ", "\n", "\n\n", "---\n", "===\n", "-\n", "# ", "#tag", "a"]
)


def read_with_a_note(parser, text):
    quoted = own_markdown.quoted(text)
    return parser.parse(f"before[^1]\n\n{quoted}\n\nafter\n\n[^1]: the source\n")


@given(st.lists(OWN_PIECES | st.text(max_size=5), max_size=8).map("".join))
@example("<b\n>x</b>")
@example("\\<b>x</b>")
@example("text\n-")
@example("- # item")
@example("===\n===\n---\n")
@settings(max_examples=400, deadline=None)
def test_a_note_stays_inside_its_quote_with_no_html_no_large_heading_and_no_footnote(text):
    for parser in PARSERS:
        tokens = read_with_a_note(parser, text)
        for token in flat(tokens):
            assert token.type not in ("html_block", "html_inline")
            assert token.type != "heading_open" or token.tag in ("h4", "h5", "h6")
        outside = [t.type for t in tokens if t.level == 0 and not t.type.startswith("footnote")]
        assert set(outside) <= {
            *("paragraph_open", "inline", "paragraph_close", "blockquote_open"),
            "blockquote_close",
        }
        assert Counter(t.type for t in flat(tokens))["footnote_ref"] == 1
        assert "<p>after</p>" in parser.render(f"{own_markdown.quoted(text)}\n\nafter")


def test_a_note_keeps_its_own_markdown():
    assert own_markdown.quoted(
        "a *b* `c` [d](https://e.example) <https://f.example>\n\n- g #h"
    ) == ("> a *b* `c` [d](https://e.example) <https://f.example>\n>\n> - g #h")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# Head", "> #### Head"),
        ("###### Head", "> ###### Head"),
        ("- # Head", "> - #### Head"),
        ("Head\n===", "> Head\n> &#61;=="),
        ("text\n---", "> text\n> ***"),
        ("text\n--", "> text\n> &#45;-"),
        ("```\n# comment\n```", "> ```\n> # comment\n> ```"),
        ("```\n~~~\n# comment\n```", "> ```\n> ~~~\n> # comment\n> ```"),
        ("```\n<div>[^1]\n```", "> ```\n> <div>[^1]\n> ```"),
        ("`<div>` <b>", "> `<div>` &lt;b>"),
        ("a\n\n    # code", "> a\n>\n>     # code"),
        ("<b>x</b> 1 < 2", "> &lt;b>x&lt;/b> 1 < 2"),
        ("<https://u:p@evil.example>", "> &lt;https://u:p@evil.example>"),
        ("[^1] ^[x]", "> &#91;^1] &#94;[x]"),
        ("#tag and # 3", "> #tag and # 3"),
    ],
)
def test_headings_of_a_note_are_small_and_its_html_and_footnotes_are_shown(written, shown):
    assert own_markdown.quoted(written) == shown


# Files


def test_a_file_is_for_its_user_alone_and_holds_the_briefing(view, tmp_path):
    text = as_markdown(brief(view))

    save(tmp_path / "brief.md", text)

    assert (tmp_path / "brief.md").read_bytes() == text.encode()
    assert stat.S_IMODE((tmp_path / "brief.md").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]


@pytest.mark.parametrize("to", ["md", "html"])
def test_an_earlier_briefing_is_written_over(view, tmp_path, to):
    path = tmp_path / "brief"
    save(path, write(brief(view.at(day("2031-12-31"))), to))

    save(path, write(brief(view), to))

    assert path.read_text("utf-8") == write(brief(view), to)


def test_a_briefing_is_put_in_the_place_of_another_and_not_written_into_it(view, tmp_path):
    path, kept = tmp_path / "brief.md", tmp_path / "kept.md"
    earlier = as_markdown(brief(view.at(day("2031-12-31"))))
    save(path, earlier)
    kept.hardlink_to(path)

    save(path, as_markdown(brief(view)))

    assert kept.read_text("utf-8") == earlier


@pytest.mark.parametrize("stands", ["", "My article.\n", "# Harbour talks\n", "\n[//]: # x\n"])
def test_what_is_no_briefing_is_not_written_over(view, tmp_path, stands):
    path = tmp_path / "article.md"
    path.write_text(stands, "utf-8")

    with pytest.raises(UsageError, match=r"article\.md is there and is no briefing; --force"):
        save(path, as_markdown(brief(view)))

    assert path.read_text("utf-8") == stands


@pytest.mark.parametrize("to", ["md", "html"])
def test_a_briefing_that_was_edited_is_not_written_over(view, tmp_path, to):
    path = tmp_path / "brief"
    edited = write(brief(view), to).replace("Harbour talks", "My harbour talks")
    path.write_text(edited, "utf-8")

    with pytest.raises(UsageError, match="was edited since it was made; --force"):
        save(path, write(brief(view), to))

    assert path.read_text("utf-8") == edited


def test_by_force_any_file_is_written_over(view, tmp_path):
    path = tmp_path / "article.md"
    path.write_text("My article.\n", "utf-8")

    save(path, as_markdown(brief(view)), force=True)

    assert path.read_text("utf-8") == as_markdown(brief(view))


def test_a_link_to_a_file_stays_one(view, tmp_path):
    (tmp_path / "link.md").symlink_to(tmp_path / "brief.md")

    save(tmp_path / "link.md", as_markdown(brief(view)))

    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "brief.md").read_text("utf-8") == as_markdown(brief(view))


def test_what_is_no_file_is_left_alone_even_by_force(view, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with pytest.raises(BriefError, match="it is not an ordinary file"):
        save(pipe, as_markdown(brief(view)), force=True)

    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_that_is_not_there_is_told(view, tmp_path):
    with pytest.raises(BriefError, match="there is no such folder"):
        save(tmp_path / "nowhere" / "brief.md", as_markdown(brief(view)))


def test_no_text_can_pass_for_the_seal_of_a_briefing(view, tmp_path):
    path = tmp_path / "article.md"
    path.write_text("My article.\nexplorer brief 0123456789ab\n", "utf-8")

    with pytest.raises(UsageError, match="is no briefing"):
        save(path, as_markdown(brief(view)))


# The command


@pytest.fixture
def run(capsys):
    """Runs `explorer brief` in this process: its exit code, its output and its errors."""

    def run(*given, on=HARBOUR):
        try:
            code = cli.main(["brief", "--dataset", str(on), *map(str, given)])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code or 0, printed.out, printed.err

    return run


def test_the_command_prints_the_briefing_as_markdown(run, view):
    code, out, err = run("--issue", "tolls", "--as-of", "2031-12-31")

    then = view.at(day("2031-12-31"))
    assert (code, err) == (0, "")
    assert out == as_markdown(brief(then, **on("issue:tolls")))


def test_the_command_takes_several_issues_rounds_and_a_day(run, view):
    several = run("--issue", "tolls", "fishing", "--round", "lantern-isle", "--since", "2031-04-01")
    repeated = run(
        *("--issue", "issue:tolls", "--issue", "fishing", "--round", "lantern-isle"),
        *("--since", "1 Apr 2031"),
    )

    asked = on("issue:tolls", "issue:fishing", "round:lantern-isle")
    assert several == repeated
    assert several[1] == as_markdown(brief(view, **asked, since=day("2031-04-01")))


def test_the_command_tells_a_former_name_by_the_one_of_today(run):
    assert run("--issue", "harbour-fees") == run("--issue", "tolls")


@pytest.mark.parametrize(
    ("name", "given", "is_html"),
    [
        ("a.md", (), False),
        ("a.html", (), True),
        ("a.HTM", (), True),
        ("a.txt", (), False),
        ("a.html", ("--format", "md"), False),
        ("a.md", ("--format", "html"), True),
    ],
)
def test_the_format_is_the_one_asked_for_else_that_of_the_name(run, tmp_path, name, given, is_html):
    path = tmp_path / name

    code, out, err = run("--issue", "tolls", "-o", path, *given)

    assert (code, out, err) == (0, "", f"Written to {path}\n")
    assert path.read_text("utf-8").startswith("<!doctype html>" if is_html else "[//]: # ")


def test_the_command_prints_html_when_asked(run, view):
    _, out, _ = run("--issue", "tolls", "--format", "html")

    assert out == as_html(brief(view, **on("issue:tolls")))


def test_the_command_prints_json_with_every_statement_and_its_sources(run, view):
    code, out, _ = run("--issue", "tolls", "--json")

    data = json.loads(out)
    made = brief(view, **on("issue:tolls"))
    assert code == 0
    assert data == json.loads(json.dumps(as_data(made)))
    assert (data["as_of"], data["record_ends"]) == ("2032-06-30", "2032-06-30")
    first = data["sections"][0]["lines"][0]
    assert first["sources"] == ["gazette-tidehall"]
    assert [f["source"] for f in data["footnotes"]] == list(made.cited)


def test_the_command_does_not_write_over_another_file_but_by_force(run, tmp_path):
    path = tmp_path / "article.md"
    path.write_text("Mine.\n", "utf-8")

    refused = run("-o", path)
    forced = run("-o", path, "--force")

    assert refused == (
        2,
        "",
        f"explorer: {path} is there and is no briefing; --force writes over it\n",
    )
    assert forced[0] == 0
    assert path.read_text("utf-8").startswith("[//]: # ")


def test_the_command_may_run_again_over_its_own_file(run, tmp_path):
    path = tmp_path / "brief.html"
    run("--as-of", "2031-12-31", "-o", path)

    code, _, _ = run("-o", path)

    assert code == 0
    assert "As of 30 Jun 2032." in path.read_text("utf-8")


def test_the_command_leaves_out_notes_when_asked(run, tmp_path):
    store = NoteStore(tmp_path, "harbour-talks")
    store.save(ref("issue:tolls"), Words("Mine alone."), name="", note=None)

    _, with_them, _ = run("--issue", "tolls", "--notes", tmp_path)
    _, without, _ = run("--issue", "tolls", "--notes", tmp_path, "--without-notes")

    assert "> Mine alone." in with_them
    assert without == run("--issue", "tolls")[1]
    assert str(tmp_path) not in with_them


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            ("--issue", "tols"),
            "there is no issue:tols in this dataset; did you mean issue:tolls?",
        ),
        (("--round", "lantern"), "did you mean round:lantern-isle?"),
        (
            ("--round", "tide-hall", "--as-of", "2031-11-30"),
            "round:tide-hall was not public on 30 Nov 2031",
        ),
        (("--since", "2031-05-01", "--as-of", "2031-05-01"), "--since: it must be before"),
        (("--since", "soon"), "--since: “soon” is neither a day nor a round"),
        (("--json", "-o", "x.md"), "--json prints to the screen"),
    ],
)
def test_what_cannot_be_told_is_said_with_what_to_do(run, given, words):
    code, out, err = run(*given)

    assert (code, out) == (2, "")
    assert words in err


def test_a_name_that_was_not_public_yet_is_not_offered(run):
    _, _, err = run("--issue", "dredgin", "--as-of", "2031-03-01")

    assert "dredging" not in err


# A whole one


def test_the_shipped_briefing_on_rare_earths_at_kuala_lumpur(shipped_view):
    then = shipped_view.at(day("2025-10-26"))
    made = brief(then, **on("issue:rare-earths", "round:kuala-lumpur"))

    assert made.title == "US–China trade talks: Rare-earth controls — Round 5: Kuala Lumpur"
    assert [s.heading for s in section(made, "Rare").sections] == [
        "Positions",
        "What was said — Kuala Lumpur",
        "Said to be agreed — Kuala Lumpur",
        "Measures",
        "Sources disagree",
    ]
    assert any(
        text.startswith("China: ∅ silent in CCTV: ")
        for text in texts(made, "Rare", "Said to be agreed")
    )
    assert all(f"/{n}" not in as_markdown(made) for n in ("work", "root", "tmp"))


def test_what_a_briefing_says_of_a_quote_its_citation_says_too(view):
    made = brief(view, **on("issue:tolls", "round:may-call"))
    (line,) = section(made, "Tolls", "What was said").lines

    cited = citation(view, ref("quote:noren-hour"), "markdown")

    by = line.text.partition("Astrid Norén")[2]
    assert f"**Astrid Norén**{by}." in cited


def test_the_package_names_what_it_offers():
    assert all(hasattr(briefs, name) for name in briefs.__all__)
    assert {"FORMS", "brief", "save", "write"} <= set(briefs.__all__)
