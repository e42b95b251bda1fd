"""`explorer deadlines`: to read, as data, and as a calendar."""

from __future__ import annotations

import json

import pytest
from icalendar import Calendar

from explorer import cli


@pytest.fixture
def run(capfdbinary, monkeypatch, harbour):
    """Runs a command on the invented dataset: its exit code, its output and its errors."""
    monkeypatch.setattr("explorer.dataset.shipped", lambda: harbour)

    def run(*words):
        code = cli.main(["deadlines", *map(str, words)])
        printed = capfdbinary.readouterr()
        return code, printed.out, printed.err.decode()

    return run


def test_it_prints_what_is_open_and_what_is_settled(run):
    _, out, _ = run()
    _, opened, _ = run("--open")

    assert "Toll truce ends" in out.decode()
    assert "SETTLED" in out.decode()
    assert "SETTLED" not in opened.decode()


def test_its_data_is_that_of_the_day_that_is_asked_for(run):
    _, out, _ = run("--json", "--as-of", "2032-01-10")
    rows = {row["ref"]: row for row in json.loads(out)["rows"]}

    assert rows["milestone:toll-truce-ends"]["due"] == "2032-03-01"
    assert "moved" not in rows["milestone:toll-truce-ends"]


def test_a_calendar_is_printed_to_the_byte_or_written_into_a_file(run, tmp_path):
    path = tmp_path / "talks.ics"
    _, printed, _ = run("--ics")
    code, out, err = run("--ics", "-o", path)

    assert (code, out) == (0, b"")
    assert f"Written to {path}" in err
    assert path.read_bytes() == printed
    assert len(Calendar.from_ical(printed).walk("VEVENT")) > 4


def test_a_file_that_is_named_as_a_calendar_needs_no_option(run, tmp_path):
    run("-o", tmp_path / "talks.ics")

    assert (tmp_path / "talks.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_another_file_is_not_written_over_unless_one_says_so(run, tmp_path):
    path = tmp_path / "talks.ics"
    path.write_text("mine")

    code, _, err = run("--ics", "-o", path)
    assert code == 2
    assert "--force" in err
    assert path.read_text() == "mine"
    assert run("--ics", "-o", path, "--force")[0] == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    "words", [["--ics", "--json"], ["--ics", "--format", "md"], ["-o", "x.txt"], ["--force"]]
)
def test_options_that_cannot_go_together_are_refused_with_what_to_do(run, words):
    code, out, err = run(*words)

    assert (code, out) == (2, b"")
    assert "--ics" in err


def test_no_calendar_library_is_loaded_to_print_the_deadlines(run, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "icalendar", None)

    assert run()[0] == 0
