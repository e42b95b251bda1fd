"""The calendar of rounds and deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from tests.exports.asking import CONFERENCE, of_records, scoped, text_of, view_of

from explorer.documents import to_ics
from explorer.documents.comparisons import deadlines
from explorer.exports import calendar_file


def events(text):
    calendar = Calendar.from_ical(text)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not any(event.errors for event in found)
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def listed(view):
    return events(text_of(view, "ics")).values()


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


def test_an_event_that_was_announced_stays_when_its_day_has_come(view):
    milestones = view.index.dataset.milestones
    event = replace(
        next(each for each in milestones if each.type == "deadline"),
        id="regatta",
        type="event",
        announced=date(2031, 3, 1),
        on=date(2031, 4, 1),
        moves=(),
        results=(),
    )
    sudden = replace(event, id="storm", announced=None, known=None)
    changed = of_records(view, milestones=(event, sudden))

    for day in (date(2031, 3, 2), date(2031, 4, 1), date(2031, 5, 1)):
        kinds = [str(e["CATEGORIES"].to_ical().decode()) for e in listed(changed.at(day))]
        assert kinds.count("Milestone") == (2 if day == event.on else 1)


@pytest.mark.parametrize("name", ["harbour", "conference"])
def test_what_stands_on_other_days_in_a_later_file_is_a_later_revision_there(name):
    view = view_of(CONFERENCE.parent / name)
    known, moved = {}, 0
    day = view.index.dataset.negotiation.began
    while day <= view.covers_until:
        for uid, event in events(text_of(view.at(day), "ics")).items():
            days, revision = (event.start, event.end), int(event["SEQUENCE"])
            days_before, revision_before = known.get(uid, (days, revision))
            assert revision > revision_before if days != days_before else True
            assert revision >= revision_before
            moved += days != days_before
            known[uid] = days, revision
        day += timedelta(days=4)
    assert moved > 3


def test_it_asks_for_no_answer_and_needs_no_organizer(view):
    calendar = Calendar.from_ical(text_of(view, "ics"))

    # A method makes it a message between calendars, which has to name who sends it (RFC 5546).
    assert "METHOD" not in calendar


def test_a_scope_narrows_it(view):
    whole, narrow = (events(text_of(v, "ics")) for v in (view, scoped(view, "issue:tolls")))

    assert 0 < len(narrow) < len(whole)


def test_it_is_the_same_whenever_it_is_read_and_is_known_again(view, monkeypatch):
    before = text_of(view, "ics")
    monkeypatch.setenv("EXPLORER_TODAY", date(2033, 1, 1).isoformat())

    assert text_of(view, "ics") == before
    assert calendar_file.is_ours(before.encode()[:4096])
    assert not calendar_file.is_ours(b"BEGIN:VCALENDAR\r\nPRODID:-//Other//EN\r\n")
