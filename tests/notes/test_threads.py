"""Notes in the order in which they are read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from explorer.notes.note import Note
from explorer.notes.threads import in_threads
from explorer.record.model import Ref

ON = Ref("issue", "tolls")


def notes(said: str) -> list[Note]:
    """Notes by name, oldest first, with what each answers: “a b>a”."""
    found = []
    for minute, word in enumerate(said.split()):
        name, _, answers = word.partition(">")
        time = datetime(2026, 1, 1, 0, minute, tzinfo=UTC)
        path = Path(f"{name}.toml")
        found.append(Note(ON, name, time, time, path, "", answers=answers))
    return found


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a b c", "a b c"),
        ("a b c>a", "a c b"),
        ("a b>a c d>b e>a", "a b d e c"),
        ("a b>gone c", "a b c"),
        ("a b>b c", "a c b"),
        ("a b>c c>b", "a b c"),
        ("b>a c>a a", "a b c"),
    ],
)
def test_each_note_is_followed_by_its_answers(given: str, read: str) -> None:
    assert " ".join(note.text for note in in_threads(notes(given))) == read


def test_a_thread_as_long_as_anybody_likes_is_no_trouble() -> None:
    said = " ".join(["n0", *(f"n{number}>n{number - 1}" for number in range(1, 50))])
    assert len(in_threads(notes(said) * 400)) == 50
    chain = [
        Note(ON, str(n), datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC),
             Path(f"n{n}.toml"), "", answers=f"n{n - 1}")
        for n in range(20_000)
    ]  # fmt: skip
    assert len(in_threads(chain)) == 20_000
