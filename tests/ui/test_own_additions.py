"""What a reader added to a dataset, on the screen: marked as theirs, and read like the rest."""

from __future__ import annotations

from datetime import date

import pytest

from explorer.dataset.appending import Addition, append
from explorer.record.model import Ref

SOURCE = Addition(
    "source",
    {"id": "mine", "publisher": "Post", "title": "Today", "type": "press"},
)
QUOTE = Addition(
    "quote",
    {
        "text": "We go on.",
        "id": "go-on",
        "speaker": "noren",
        "published": date(2032, 11, 30),
        "form": "verbatim",
        "language": "en",
        "issues": ["tolls"],
        "sources": ["mine"],
    },
)
POSITION = Addition(
    "position",
    {
        "on": date(2032, 11, 29),
        "text": "No toll at all.",
        "delegations": ["north"],
        "sources": ["mine"],
    },
    Ref("issue", "tolls"),
)


@pytest.fixture
def overlays(harbour, tmp_path, monkeypatch):
    """Where a quote of today and a position are, months after the record ended."""
    monkeypatch.setenv("EXPLORER_TODAY", "2032-11-30")
    folder = tmp_path / "mine"
    append(harbour, [SOURCE, QUOTE, POSITION], overlay=folder / "harbour-talks")
    return folder


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
async def test_todays_quote_is_there_and_marked_and_the_record_is_not_called_current(
    explorer, overlays, size
):
    async with explorer(overlays=overlays, size=size, go="quote:go-on") as person:
        assert "then only the reader’s own" in person.screen[0]
        await person.press("4")
        assert person.shown == "quote:go-on"
        assert person.row_text("quotes", 0).rstrip().endswith("✦")
        assert "✦ Added by the reader" in person.seen
        assert not any("✦" in person.row_text("quotes", row) for row in range(1, 4))


async def test_an_issue_with_a_position_of_the_readers_own_is_marked_and_the_position_too(
    explorer, overlays
):
    async with explorer(overlays=overlays, go="issue:tolls") as person:
        row = person.rows("issues").index("issue:tolls")
        assert "✦" in person.row_text("issues", row)
        assert "No toll at all. [" in person.seen.replace("│", "")
        assert "✦ reader’s own" in person.seen
        await person.press("p")
        assert "No toll at all." in person.seen
        assert "✦ reader’s own" in person.seen


async def test_on_an_earlier_day_nothing_of_it_is_there(explorer, overlays):
    async with explorer(overlays=overlays, go="issue:tolls") as person:
        await person.press("[")
        assert "quote:go-on" not in person.rows("quotes")
        assert "✦" not in person.seen


async def test_a_note_is_written_on_it_as_on_any_record(explorer, overlays, store):
    async with explorer(overlays=overlays, go="quote:go-on") as person:
        await person.press("n")
        await person.type("Mine")
        await person.press("ctrl+s")
    (note,) = store.load().on(Ref("quote", "go-on"))
    assert note.text == "Mine"


async def test_what_cannot_be_read_is_told_and_the_record_opens(explorer, overlays):
    (overlays / "harbour-talks" / "sources.toml").unlink()
    async with explorer(overlays=overlays) as person:
        assert "What you added yourself is left out" in person.said
        assert "quote:go-on" not in person.rows("quotes")
