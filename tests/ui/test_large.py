"""A large dataset: what is done reads what is shown of it, and no more."""

from __future__ import annotations

import threading

import pytest
from bench.synthetic import write_dataset

from explorer.dataset.packed import PackedRecords
from explorer.opening import read

SOME = 500
"""Records that are read at most for one screen, with the page beside the panes."""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    write_dataset(path := tmp_path_factory.mktemp("large") / "talks", 3000)
    return path


@pytest.fixture
def reads(large, notes, monkeypatch):
    """The numbers of the records that were read, once the dataset is kept."""
    read(large, notes)
    numbers: list[int] = []
    unpacked = PackedRecords._unpacked

    def counted(records, number):
        # What is new is looked for beside the keys, and then everything is read.
        if threading.current_thread() is threading.main_thread():
            numbers.append(number)
        return unpacked(records, number)

    monkeypatch.setattr(PackedRecords, "_unpacked", counted)
    return numbers


async def test_a_start_reads_what_is_seen(large, explorer, reads):
    async with explorer(path=large) as person:
        assert "4 Quotes 3000" in person.seen
        assert 0 < len(reads) <= SOME


@pytest.mark.parametrize(
    ("keys", "shows"),
    [
        (["4"], "Quote · "),
        (["4", "end"], "Jan 2025"),
        (["4", "pagedown", "pagedown", "pageup"], "Quote · "),
        (["{", "{"], "as of "),
        (["[", "[", "]"], "as of "),
        (["3", "space", "4"], "4 Quotes 250 of 3000"),
        (["2", "down", "space", "4", "down"], "4 Quotes 300 of 3000"),
    ],
    ids=["jump", "end", "pages", "days", "rounds", "scope of an issue", "scope of a delegate"],
)
async def test_a_command_reads_what_is_seen_then(large, explorer, reads, keys, shows):
    async with explorer(path=large) as person:
        before = len(reads)
        await person.press(*keys)
        assert shows in person.seen
        assert len(reads) - before <= SOME
        assert len(reads) == len(set(reads))  # and none twice


async def test_a_day_is_shown_as_a_small_dataset_would(large, explorer, reads):
    async with explorer(path=large) as person:
        await person.press("equals_sign")
        await person.type("2025-06-30")
        await person.press("enter", "4")
        assert "as of 30 Jun 2025" in person.seen
        assert "4 Quotes 1086" in person.seen
        assert person.shown.startswith("quote:")
        assert person.row_text("quotes", 0).strip().startswith("30")
        assert len(reads) <= 3 * SOME


async def test_what_statements_rest_on_is_weighed_beside_the_keys(large, explorer):
    async with explorer(path=large) as person:
        await person.press("E")
        assert "What " in person.seen
        assert "ON ONE SOURCE ALONE" in person.seen.upper()
        await person.press("down", "enter")
        assert person.main.viewing == ""
