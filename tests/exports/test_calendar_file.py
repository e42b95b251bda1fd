"""The calendar of rounds and deadlines."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar
from tests.exports.asking import scoped, text_of

from explorer.documents import to_ics
from explorer.documents.comparisons import deadlines
from explorer.exports import calendar_file


def events(text):
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not any(event.errors for event in found)
    return {str(event["UID"]): event for event in found}


def test_it_has_every_round_and_every_deadline_of_the_other_calendar_under_the_same_uid(view):
    dues = [each for of_state in deadlines.listed(view).values() for each in of_state]
    others = events(to_ics.calendar(view, dues))
    found = events(text_of(view, "ics"))

    assert set(others) < set(found)
    kinds = [str(event["CATEGORIES"].to_ical().decode()) for event in found.values()]
    assert kinds.count("Round") == len(view.index.dataset.rounds)


def test_a_round_stands_on_all_its_days_and_says_what_came_of_it(view):
    this_round = next(r for r in view.index.dataset.rounds if not r.moves and r.summary)
    (event,) = (
        event
        for event in events(text_of(view, "ics")).values()
        if this_round.name in event["SUMMARY"] and this_round.summary in event["DESCRIPTION"]
    )

    assert event.start == this_round.starts
    assert event.end == this_round.ends + timedelta(days=1)


def test_what_came_of_a_round_is_not_there_before_it(view):
    this_round = max(view.index.dataset.rounds, key=lambda r: r.starts)
    text = text_of(view.at(this_round.starts - timedelta(days=1)), "ics")

    assert this_round.summary[:40] not in text.replace("\r\n ", "")


def test_a_scope_narrows_it(view):
    whole, narrow = (events(text_of(v, "ics")) for v in (view, scoped(view, "issue:tolls")))

    assert 0 < len(narrow) < len(whole)


def test_it_is_the_same_whenever_it_is_read_and_is_known_again(view, monkeypatch):
    before = text_of(view, "ics")
    monkeypatch.setenv("EXPLORER_TODAY", date(2033, 1, 1).isoformat())

    assert text_of(view, "ics") == before
    assert calendar_file.is_ours(before.encode()[:4096])
    assert not calendar_file.is_ours(b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\n")
