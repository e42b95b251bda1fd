"""What is read, as a document in another format."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from explorer import cli
from explorer.documents.comparisons import COMPARISONS
from explorer.documents.render import FORMATS
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref

ESCAPE = "\x1b[31m"


@pytest.fixture
def run(capfd, monkeypatch, harbour):
    """Runs a command on the invented dataset: its exit code, its output and its errors."""
    monkeypatch.setattr("explorer.dataset.shipped", lambda: harbour)

    def run(line):
        code = cli.main(line.split())
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(
    "line",
    [
        *("show tolls", "texts", "compare lantern-draft"),
        *(c.command for c in COMPARISONS if not c.is_of_two),
    ],
)
def test_what_is_read_comes_in_every_format(run, line, to):
    code, out, err = run(f"{line} --format {to}")

    assert (code, err) == (0, "")
    assert out.endswith("\n")
    begins = {"text": r"\w", "md": r"# \w", "html": r"<!doctype html>", "json": r"\{"}
    assert re.match(begins[to], out)


def test_text_is_what_is_printed_without_a_format(run):
    for line in ("show tolls cranes", "accounts", "positions --since lantern"):
        assert run(f"{line} --format text") == run(line)


def test_several_records_are_sections_of_one_document_with_one_list_of_sources(run):
    _, markdown, _ = run("show tolls cranes --format md")
    _, page, _ = run("show tolls cranes --format html")
    _, data, _ = run("show tolls cranes --format json")

    assert re.findall(r"^#{1,2} .*", markdown, re.MULTILINE) == [
        "# Harbour talks",
        "## Tolls and the truce",
        "## Cranes",
        "## Sources",
    ]
    footnotes = re.findall(r"^\[\^(\d+)\]:", markdown, re.MULTILINE)
    assert len(footnotes) == len(set(footnotes)) > 1
    assert set(re.findall(r"\[\^(\d+)\](?!:)", markdown)) == set(footnotes)
    assert (page.count("<html"), page.count("<h1>")) == (1, 1)
    assert [s["heading"] for s in json.loads(data)["sections"]] == ["Tolls and the truce", "Cranes"]


def test_a_record_carries_its_notes_into_every_format(run, tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORER_NOTES", str(tmp_path))
    NoteStore(tmp_path, "harbour-talks").save(
        Ref("issue", "tolls"), Words("Deferral or delay?"), name="x", note=None
    )

    for to in FORMATS:
        assert "Deferral or delay?" in run(f"show tolls --format {to}")[1]


def test_the_two_kinds_of_json_are_told_apart(run):
    _, document, _ = run("measures --format json")
    _, data, _ = run("measures --json")

    assert "title" in json.loads(document)
    assert "rows" in json.loads(data)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "figures --format md --json",
            "figures: --json cannot go with --format; leave out one of them",
        ),
        (
            "show tolls --cite text --format md",
            "--cite has formats of its own; leave out --format, or --cite",
        ),
        (
            "changes --format htm",
            (
                "changes: --format: “htm” is not one of text, md, html and json; "
                "did you mean “html”?"
            ),
        ),
    ],
)
def test_formats_that_cannot_be_are_refused(run, line, said):
    assert run(line) == (2, "", f"explorer: {said}\n")


def test_a_pipe_gets_a_document_to_the_byte_and_a_terminal_what_is_safe(tmp_path, harbour):
    store = NoteStore(tmp_path, "harbour-talks")
    text = f"one\ttwo 東 {ESCAPE}red\u202e\u2066"
    store.save(Ref("issue", "tolls"), Words(text), name="x", note=None)
    command = [sys.executable, "-m", "explorer", "show", "tolls", "--format", "md"]
    command += ["--dataset", str(harbour), "--notes", str(tmp_path)]

    piped = subprocess.run(command, check=True, capture_output=True).stdout
    outer, inner = pty.openpty()
    with subprocess.Popen(command, stdout=inner):
        os.close(inner)
        shown = b"".join(iter(lambda: _read(outer), b""))
    os.close(outer)

    assert shown.replace(b"\r\n", b"\n") == piped
    assert "one\ttwo 東".encode() in piped
    assert b"\x1b" not in piped


def _read(outer):
    try:
        return os.read(outer, 65536)
    except OSError:  # on Linux, when all that wrote to the terminal have ended
        return b""


# The day that was asked for


def test_records_as_json_name_the_day_that_was_asked_for_when_another_is_shown(run):
    for line in ("list issues", "show tolls cranes", "show tolls cranes --cite text"):
        _, beyond, _ = run(f"{line} --json --as-of 2040-01-01")
        _, covered, _ = run(f"{line} --json --as-of 2032-02-01")

        for record in json.loads(beyond):
            assert (record["asked"], record["as_of"]) == ("2040-01-01", "2032-06-30")
        assert all("asked" not in record for record in json.loads(covered))
