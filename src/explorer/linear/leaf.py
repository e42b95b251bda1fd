"""What is read in one place: a title, how much there is, and entries of which many lead on."""

from __future__ import annotations

from explorer.documents.sheet import Sheet
from explorer.linear.spoken import Entry
from explorer.linear.whereabouts import Place
from explorer.record.model import Ref
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands there on the day that is looked at."""

    title: str
    intro: tuple[str, ...] = ()
    """What is to be known first, such as how much there is."""
    entries: tuple[Entry, ...] = ()
    sheet: Sheet | None = None
    """What it was made of, with its sources."""
    more: Place | None = None
    """Where it goes on."""
    ref: Ref | None = None
    """The record that a note would be on."""
    first: int = 1
    """The number of its first entry that leads on."""

    @property
    def numbered(self) -> tuple[Entry, ...]:
        """The entries that lead on."""
        return tuple(entry for entry in self.entries if entry.goals)

    def lines(self, start: int = 0, end: int | None = None) -> list[str]:
        """The entries from one to another, those that lead on with their numbers."""
        number = self.first + sum(bool(entry.goals) for entry in self.entries[:start])
        lines: list[str] = []
        for entry in self.entries[start:end]:
            if entry.is_heading:
                lines += ["", entry.text if ":" in entry.text else f"{entry.text}:"]
            elif entry.goals:
                lines.append(f"{number}. {entry.text}")
            else:
                lines.append(entry.text)
            number += bool(entry.goals)
        return lines


class GoneError(Exception):
    """There is nothing in a place on the day that is looked at; says why."""
