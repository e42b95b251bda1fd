"""A calendar of deadlines: read back by its library, and held to the rules of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from tests.documents.test_deadlines import day, measure, milestone, move, result, step, told

from explorer.documents import to_ics
from explorer.documents.comparisons import deadlines
from explorer.view import View


def written(view) -> bytes:
    dues = [each for of_state in deadlines.listed(view).values() for each in of_state]
    return to_ics.calendar(view, dues)


def events(view):
    return Calendar.from_ical(written(view)).walk("VEVENT")


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


@pytest.fixture(params=["harbour", "shipped"])
def any_view(request) -> View:
    return request.getfixturevalue("view" if request.param == "harbour" else "shipped_view")


def test_every_line_ends_as_it_must_and_none_is_longer_than_75_octets(any_view):
    data = written(any_view)

    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two


def test_every_line_is_a_property_and_its_text_is_escaped(any_view):
    for line in unfolded(written(any_view))[:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;VALUE=DATE)?", name), line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", value)
        if name in ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"):
            assert not re.search(r"(?<!\\)(\\\\)*[,;]", value), line
            assert not re.search(r"(?<!\\)(\\\\)*\\[^\\,;nN]", value), line


def test_each_event_has_what_it_must_have_once_and_a_uid_of_its_own(any_view):
    found = events(any_view)

    assert len(found) > 4
    assert len({str(event["UID"]) for event in found}) == len(found)
    for event in found:
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
            assert not isinstance(event[name], list)
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event.start < event.end


def test_an_event_takes_a_whole_day_and_ends_before_the_next():
    (event,) = events(told(milestones=(milestone("2032-02-01"),)))

    assert (event.start, event.end) == (date(2032, 2, 1), date(2032, 2, 2))
    assert str(event["SUMMARY"]) == "The truce"
    assert "It lapses at noon." in event["DESCRIPTION"]
    assert "River Gazette" in event["DESCRIPTION"]


def test_a_month_is_a_range_with_a_remark_and_a_year_or_no_day_is_left_out():
    kept = milestone("2032-02", slug="kept")
    year = milestone("2033", slug="year")
    unset = milestone("2031-03-01", move("2031-02-01", None), slug="unset")

    (event,) = events(told(milestones=(kept, year, unset)))
    assert (event.start, event.end) == (date(2032, 2, 1), date(2032, 3, 1))
    assert "Only the month is recorded: Feb 2032." in event["DESCRIPTION"]


def test_the_same_record_makes_the_same_calendar_whenever_it_is_read():
    toll = measure(step("2031-02-01", "in force", "2032-01-05"))
    when = {"milestones": (milestone("2032-02-01"),), "measures": (toll,)}

    assert written(told(**when)) == written(told(**when, reader="2033-07-09"))
    (first, _) = events(told(**when))
    assert first["DTSTAMP"].dt == datetime(2031, 12, 31, tzinfo=UTC)


def test_an_event_that_is_moved_or_whose_record_is_renamed_keeps_its_uid():
    before = milestone("2032-02-01")
    moved = replace(before, moves=(move("2031-07-01", "2032-06-01"),))
    renamed = replace(moved, id="armistice", formerly=("truce",))

    (one,), (two,), (three,) = (events(told(milestones=(m,))) for m in (before, moved, renamed))
    assert one["UID"] == two["UID"] == three["UID"]
    assert two["SEQUENCE"] > one["SEQUENCE"]
    assert two.start == day("2032-06-01")


def test_what_came_of_a_deadline_stands_behind_its_name_and_one_dropped_is_cancelled():
    dropped = milestone("2031-06-01", results=(result("2031-05-01", "dropped"),))

    (event,) = events(told(milestones=(dropped,)))
    assert str(event["SUMMARY"]) == "The truce (dropped)"
    assert str(event["STATUS"]) == "CANCELLED"


def test_hostile_text_can_neither_end_an_event_nor_begin_a_property():
    hostile = (
        "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:file:///etc/passwd; a, b \\n \x1b[31m\x00\x85"
    )
    bad = replace(milestone("2032-02-01"), name=hostile, text=hostile)
    data = written(told(milestones=(bad,)))

    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert "ATTACH" not in event
    assert "ATTACH:file:///etc/passwd; a, b \\n" in event["DESCRIPTION"]
    assert unfolded(data).count("BEGIN:VEVENT") == 1
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", data)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
