"""A visit that is made of lines: what is typed, and what is read in answer."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest
from tests.conftest import WARM_CACHE

from explorer import opening
from explorer.linear.taking_out import Ways
from explorer.linear.visit import Visit


@dataclass
class Reader:
    """Somebody who types lines, and hears what is printed."""

    visit: Visit
    opened: list[str] = field(default_factory=list)
    heard: str = ""

    def type(self, *lines: str) -> str:
        """Type lines, and return what is read after the last one."""
        for line in lines:
            self.heard = "\n".join(self.visit.session.take(line))
        return self.heard

    def number(self, words: str) -> str:
        """The number of the entry that has some words."""
        leaf = self.visit.session.leaf
        found = [n for n, entry in enumerate(leaf.numbered, leaf.first) if words in entry.text]
        assert found, f"“{words}” has no number in:\n" + "\n".join(leaf.lines())
        return str(found[0])

    @property
    def view(self):
        return self.visit.session.view

    @property
    def notes(self):
        return [note.text for note in self.view.notes.all()]


@pytest.fixture
def visits(harbour, tmp_path, monkeypatch):
    """Opens the harbour talks, as often as one likes, over the same notes."""
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ[WARM_CACHE])
    made = []

    def visit(dataset=harbour, edit=None, **more):
        opened = opening.read(dataset, tmp_path / "notes", **more)
        addresses: list[str] = []
        ways = Ways(addresses.append, lambda _: None)
        reader = Reader(Visit(opened, ways, edit), addresses)
        reader.heard = "\n".join(reader.visit.begin())
        made.append(reader)
        return reader

    yield visit
    for reader in made:
        reader.visit.close()


@pytest.fixture
def reader(visits):
    return visits()
