"""The front page: what comes, what falls due, what was said and moved, on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.canaries import canaried
from tests.dataset_days import days_in

from explorer.documents import coverage
from explorer.documents.briefing import evening_before, write
from explorer.documents.front import front_page, today
from explorer.documents.outline import outline
from explorer.documents.sheet import Longest
from explorer.documents.to_text import as_text
from explorer.notes import Note, Notes
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.seen import Item, News
from explorer.seen.news import Watched
from explorer.view import View


def on(view, day):
    return outline(today(view.at(date.fromisoformat(day))))


def under(view, day, heading):
    """The lines of a section and those under them; none when it is not there."""
    found = [s for s in on(view, day).sections if s.heading.startswith(heading)]
    return [text for s in found for line in s.lines for text in _with_those_under(line)]


def _with_those_under(line):
    yield line.text
    for inner in line.under:
        yield from _with_those_under(inner)


def test_the_next_meeting_stands_first_with_who_leads_and_what_is_on_its_table(view):
    lines = under(view, "2031-12-10", "Next")

    assert lines[0].startswith("30 Dec 2031: Tide Hall — talks · Møllehavn, Southport · ")
    assert on(view, "2031-12-10").sections[0].heading == "Next"


def test_where_no_meeting_is_announced_the_last_is_named(view):
    (line,) = under(view, "2031-04-01", "Next")

    assert line.startswith("No meeting is announced. The last was Round 1: Lantern Isle, ")


def test_what_falls_due_stands_by_day_with_what_then_happens(view):
    lines = under(view, "2032-02-01", "Falls due")

    assert lines[0].startswith("Jun 2032: The channel is measured again")
    assert any(line.startswith("1 Sep 2032: Truce on tolls") for line in lines)


def test_what_has_passed_for_the_reader_is_counted_and_not_called_ahead(shipped_view, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2026-11-29")
    lines = [
        text
        for s in outline(today(View(shipped_view.index, shipped_view.notes))).sections
        if s.heading == "Falls due"
        for text in (line.text for line in s.lines)
    ]

    assert lines[-1].startswith("15 deadlines and 5 other dates since, outcome not recorded: ")
    assert not any("since, outcome" in line or "passed since" in line for line in lines[:-1])


def test_as_many_deadlines_have_passed_as_the_title_says(shipped_view, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2026-11-29")
    view = View(shipped_view.index, shipped_view.notes)
    (line,) = (line for line in as_text(today(view)).splitlines() if "since, outcome" in line)

    number = len(coverage.passed(view))
    assert line.startswith(f"{number} deadlines and ")
    assert f"{number} deadlines since, outcome not recorded" in next(iter(coverage.wordings(view)))


def test_what_each_side_said_in_a_week_stands_under_its_name(view):
    lines = under(view, "2031-03-06", "Said in the week")

    assert any(line.startswith(("North: ", "South: ")) for line in lines)


def test_what_moved_has_a_line_for_each_issue_with_where_it_stood(view):
    lines = under(view, "2032-01-20", "Moved since")

    assert any("Tolls" in line and "was agreed in principle" in line for line in lines)


def test_points_on_which_all_agree_are_not_among_those_where_accounts_part(view):
    lines = under(view, "2032-06-30", "Accounts part")

    assert lines
    assert all(any(word in line for word in ("differs", "denies", "silent")) for line in lines)


def test_notes_that_are_due_are_on_it_and_others_are_not(view):
    when = datetime(2032, 7, 1, 12, tzinfo=UTC)
    notes = Notes()
    for number, due in enumerate((date(2032, 6, 1), date(2099, 1, 1), None)):
        path = Path(f"note-{number}.toml")
        ref = Ref.parse("issue:tolls")
        notes = notes.with_note(Note(ref, f"Look {number}.", when, when, path, "0", due=due))
    page = today(View(view.index, notes, view.scope, view.timeline))

    assert "Look 0." in as_text(page)
    assert "Look 1." not in as_text(page)


def test_what_is_new_stands_on_it_in_each_watch_too(view):
    tolls, fishing = Ref.parse("issue:tolls"), Ref.parse("issue:fishing")
    items = (Item("new", tolls), Item("new", fishing))
    news = News(items, date(2032, 6, 1), watched=(Watched("Fish", (fishing,)),))
    (lines,) = (
        [line.text for line in s.lines]
        for s in outline(today(replace(view, news=news))).sections
        if s.heading == "Yours"
    )

    assert lines[0].startswith("2 new since 1 Jun 2032: Tolls")
    assert lines[1].startswith("Fish: 1 new: ")
    seen = replace(view, news=news.with_seen([tolls, fishing]))
    assert not any(s.heading == "Yours" for s in outline(today(seen)).sections)


def test_it_is_the_briefing_without_arguments_with_notes_that_are_due_apart(view):
    when = datetime(2032, 7, 1, 12, tzinfo=UTC)
    note = Note(
        Ref.parse("issue:tolls"), "Look.", when, when, Path("n.toml"), "0", due=date(2032, 6, 1)
    )
    sheet = evening_before(View(view.index, Notes().with_note(note), view.scope, view.timeline))
    headings = [s.heading for s in outline(sheet).sections]

    assert headings[:2] == ["Next", "Falls due"]
    assert "Yours" not in headings
    assert [own.text for own in sheet.notes] == ["Look."]
    assert sheet.cited
    assert write(sheet, "md").count("[^1]") > 1
    assert not evening_before(view, with_notes=False).notes


def test_the_page_of_the_negotiation_is_the_front_page_with_the_record_below(view):
    page = front_page(view, Longest(200, lambda kind, left: f"{left} more {kind}"))
    page.finish()
    headings = [section.heading for section in outline(page).sections]

    assert headings[0] == "Next"
    assert "The record" in headings
    assert headings[-1] == "Milestones" or "Milestones" in headings


def test_nothing_that_was_not_public_is_on_it(view):
    canaries = canaried(view.whole.dataset)
    whole, began = View(Index(canaries.dataset), Notes()), view.index.dataset.negotiation.began
    for day in {d for d in days_in(view.whole.dataset) if began <= d <= view.covers_until}:
        for then in {day, max(day - timedelta(days=1), began)}:
            assert canaries.later(as_text(today(whole.at(then))), then) == []


@pytest.mark.parametrize("day", ["2031-01-10", "2032-06-30"])
def test_it_can_be_made_on_the_first_and_the_last_day(view, day):
    assert on(view, day).sections


def test_an_old_record_is_no_page_of_its_last_day_alone(shipped_view, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2026-11-30")
    assert today(shipped_view).title.endswith("Friday, 21 Aug 2026, read on 30 Nov 2026")
    chosen = shipped_view.at(date(2026, 8, 20))
    assert today(chosen).title.endswith("Thursday, 20 Aug 2026")
