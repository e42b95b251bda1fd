"""A dataset that is written to while the app shows it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path

from tests.ui.conftest import Person

PATIENCE = 10.0
"""Seconds before something that does not come to be is called a failure."""


def replace(file: Path, was: str, becomes: str) -> None:
    """Write other words in a file, each time that they stand there."""
    text, number = re.subn(was, becomes, file.read_text("utf-8"))
    assert number, "there is something to write over"
    file.write_text(text, "utf-8")


def cut(file: Path, slug: str) -> None:
    """Take a record out of a file."""
    head, *records = re.split(r"(?m)^(?=\[\[[a-z]+\]\]$)", file.read_text("utf-8"))
    kept = [record for record in records if f'id = "{slug}"' not in record]
    assert len(kept) < len(records)
    file.write_text(head + "".join(kept), "utf-8")


def rename(talks: Path, kind: str, old: str, new: str) -> None:
    """Give a record another id, wherever it is named."""
    for path in talks.glob("*.toml"):
        text = path.read_text("utf-8").replace(f'"{old}"', f'"{new}"')
        own = f'[[{kind}]]\nid = "{new}"\n'
        path.write_text(text.replace(own, f'{own}formerly = ["{old}"]\n'), "utf-8")


async def until(person: Person, is_so: Callable[[], object]) -> None:
    """Wait for what a thread or another process does, and for all that follows."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, f"it never came to be:\n{person.said}\n{person.seen}"
        await asyncio.sleep(0.005)
        await person.settle()
    await person.settle()
