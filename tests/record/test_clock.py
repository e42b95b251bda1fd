"""The days of notes: those of the reader's own calendar, wherever that is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.documents.briefing import brief
from explorer.notes import NoteStore, Words
from explorer.record import clock
from explorer.record.date_parser import parse
from explorer.record.model import Ref
from explorer.search import Engine
from explorer.transfer import tag_list
from explorer.transfer.export import export
from explorer.ui.dialogs.merge import _when
from explorer.ui.dialogs.notes_list import _rows, _written
from explorer.ui.panes.note_rows import entries

TOLLS = Ref("issue", "tolls")
ZONES = ("Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati", "UTC")

WRITTEN = [
    # Half an hour before or after midnight, on either side of a change of the clock.
    ("America/Los_Angeles", "2032-07-09 23:30", date(2032, 7, 9)),
    ("America/Los_Angeles", "2032-12-09 23:30", date(2032, 12, 9)),
    ("America/Los_Angeles", "2032-11-06 23:30", date(2032, 11, 6)),
    ("America/Los_Angeles", "2032-11-07 23:30", date(2032, 11, 7)),
    ("Pacific/Auckland", "2032-07-09 00:30", date(2032, 7, 9)),
    ("Pacific/Auckland", "2032-12-09 00:30", date(2032, 12, 9)),
    ("Pacific/Auckland", "2032-09-26 00:30", date(2032, 9, 26)),
    ("Pacific/Auckland", "2032-09-27 00:30", date(2032, 9, 27)),
    ("Asia/Kolkata", "2032-07-09 02:15", date(2032, 7, 9)),
]


def note_of(view, folder, zone, local):
    """The view with a note that was written at that time on a clock of that zone."""
    there = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    moment = there.astimezone(UTC)
    store = NoteStore(folder, "harbour-talks", now=lambda: moment)
    store.save(TOLLS, Words("Late. #watch"), name="Tolls", note=None)
    return replace(view, notes=store.load())


@pytest.mark.parametrize("written", WRITTEN)
def test_a_note_bears_the_day_on_which_its_writer_wrote_it(view, tmp_path, in_zone, written):
    zone, local, day = written
    in_zone(zone)
    noted = note_of(view, tmp_path, zone, local)
    told = f"{day.day} {day:%b} {day.year}"

    (entry,) = entries(noted, TOLLS)
    assert entry.paragraphs[0].plain.removeprefix("✎1 ").startswith(told)
    assert [_written(noted, row)[1].plain for row in _rows(noted, day)][-1] == told
    assert f"written {told}" in export(noted, "md").decode()
    (own,) = brief(noted, issues=[TOLLS]).notes
    assert own.days == f"written {told}"
    (note,) = noted.notes.all()
    assert _when(note) == f"{told} {local[-5:]}"
    assert note.created.tzinfo == UTC


@pytest.mark.parametrize("written", WRITTEN)
def test_a_search_goes_by_the_day_on_which_a_note_was_written(view, tmp_path, in_zone, written):
    zone, local, day = written
    in_zone(zone)
    engine = Engine(note_of(view, tmp_path, zone, local))
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    (hit,) = engine.search(f"kind:note after:{before} before:{after}").hits
    assert hit.day == day
    assert engine.search(f"kind:note after:{day}").hits == ()
    assert engine.search(f"kind:note before:{day}").hits == ()


def test_files_keep_moments_in_utc(view, tmp_path, in_zone):
    in_zone("Pacific/Auckland")
    noted = note_of(view, tmp_path, "Pacific/Auckland", "2032-07-09 00:30")
    (path,) = tmp_path.rglob("notes/*.toml")
    assert "created = 2032-07-08T12:30:00Z" in path.read_text()
    assert "2032-07-08T12:30:00Z" in export(noted, "csv").decode()


@pytest.mark.parametrize("zone", ZONES)
@given(st.integers(0, 2_000_000_000))
def test_a_moment_has_the_day_of_the_zone(zone, seconds):
    # `in_zone` cannot be used with many examples: it is set back after the last of them.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        moment = datetime.fromtimestamp(seconds, UTC)
        here = moment.astimezone(ZoneInfo(zone))
        assert clock.day_of(moment) == here.date()
        assert clock.day_of(moment.replace(tzinfo=None)) == here.date()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("far", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_moment_that_no_calendar_knows_has_a_day_all_the_same(in_zone, zone, far):
    in_zone(zone)
    moment = datetime.fromisoformat(far)
    assert abs(clock.day_of(moment) - moment.date()) <= timedelta(days=1)


def test_today_is_the_day_on_the_calendar_of_the_reader(in_zone, monkeypatch):
    monkeypatch.delenv(clock.PINNED, raising=False)
    days = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # which are 26 hours apart
        in_zone(zone)
        days.append(clock.today())
        assert parse("today", from_day=date.min, ends=date.max, named={}) == clock.today()
    assert days[0] > days[1]


def test_the_day_it_is_can_be_pinned(monkeypatch):
    monkeypatch.setenv(clock.PINNED, "2032-06-30")
    assert clock.today() == date(2032, 6, 30)
    monkeypatch.setenv(clock.PINNED, "soon")
    assert clock.pinned() is None


COMMANDS = """
import sys
import time
from explorer import cli
sys.exit(cli.main(sys.argv[1:]))
"""


def test_the_command_line_lists_by_the_day_of_the_reader_and_knows_what_is_due_there(
    view, harbour, tmp_path, in_zone, monkeypatch
):
    monkeypatch.delenv(clock.PINNED, raising=False)
    note_of(view, tmp_path, "America/Los_Angeles", "2032-07-09 23:30")
    store = NoteStore(tmp_path, "harbour-talks")
    in_zone("Pacific/Kiritimati")
    store.save(TOLLS, Words("Look.", due=clock.today()), name="", note=None)

    def run(zone, *given):
        command = [sys.executable, "-c", COMMANDS, "notes", *given, "--dataset", str(harbour)]
        env = {**os.environ, "TZ": zone}
        done = subprocess.run(
            [*command, "--notes", str(tmp_path)], env=env, capture_output=True, check=True
        )
        return done.stdout.decode()

    assert "\t2032-07-09\t" in run("America/Los_Angeles", "list")
    assert "\t2032-07-10\t" in run("Pacific/Auckland", "list")
    assert len(json.loads(run("Pacific/Kiritimati", "due", "--json"))) == 1
    assert json.loads(run("Etc/GMT+12", "due", "--json")) == []


def test_what_is_due_is_due_from_that_day_on(view, tmp_path):
    store = NoteStore(tmp_path, "harbour-talks")
    store.save(TOLLS, Words("Look.", due=date(2032, 7, 9)), name="", note=None)
    notes = store.load().all()
    assert tag_list.due(notes, date(2032, 7, 8)) == ()
    assert tag_list.due(notes, date(2032, 7, 9)) == notes
