"""From which day one counts: “in 12 days”, “overdue by 3 days”, “passed since”.

A record ends, and whoever reads it later does so on a day of their own. At the end of what
is covered the days run from the reader's day, and what has passed since then is not called
upcoming. On a day that a person chose they run from that day, and read so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from explorer.record import labels
from explorer.record.days import Day, last_day
from explorer.record.model import Entry, Record
from explorer.record.tables import has_own
from explorer.values import dataclass

PASSED = "passed since"
UNKNOWN = f"{PASSED}; outcome not recorded"


@dataclass(frozen=True, slots=True)
class Counting:
    """How days are counted on one day of a record."""

    day: date
    """The day of the record that is looked at."""
    reader: date | None
    """The reader's day, when days are counted from there."""
    known: date
    """The last day up to that one of which every side is known."""
    recorded: date = date.max
    """The last day that the record knows anything of; later ones a reader added."""

    @classmethod
    def of(
        cls,
        day: date,
        reader: date,
        ends: date | None = None,
        recorded: date = date.max,
        *,
        chosen: bool,
    ) -> Counting:
        """On a day of the record that was chosen, or else at the end of what is covered.

        `ends` is the last day that is known from every side, when others follow it, and
        `recorded` the last that the record itself knows of, when what a reader added follows it.
        """
        # A record that ends after the reader's day, or a wrong clock, gives no ground either.
        from_there = None if chosen or reader < day else reader
        return cls(day, from_there, min(day, ends or day), recorded)

    @property
    def age(self) -> int:
        """Days for which nothing is known, up to the reader's day; 0 on a day that was chosen."""
        return (self.reader - self.day).days if self.reader else 0

    def as_said_by(self, table: Record | Entry) -> Counting:
        """The same for what a table says: who added it knows of it up to the day itself."""
        return replace(self, recorded=date.max) if table.own else self

    def edge_of(self, table: Record | Entry) -> date:
        """The last day for which a table says how things stand; what is later it only plans.

        That of a record to which a reader added something is the day itself.
        """
        is_own = table.own or (isinstance(table, Record) and has_own(table))
        return self.day if is_own else min(self.day, self.recorded)

    def lies_ahead(self, when: Day | None) -> bool:
        """Whether a day lies ahead where the record, or what is looked at of it, ends."""
        return when is None or last_day(when) >= min(self.day, self.recorded)

    def has_passed_since(self, when: Day | None) -> bool:
        """Whether a day lay ahead where the record ends, and is past for the reader.

        What a reader added later says nothing of what came of it.
        """
        now = self.reader or (self.day if self.day > self.recorded else None)
        return bool(when and now and min(self.day, self.recorded) < last_day(when) < now)

    def is_unknown(self, when: Day | None) -> bool:
        """Whether a day is past for the reader, and not every side is known since before it."""
        return bool(when and self.reader and self.known < last_day(when) < self.reader)

    def left(self, when: Day | None) -> str:
        """“in 5 days”, “5 days later”, “passed since; outcome not recorded”.

        Nothing for a day that was past already, for what is only a month, or is yet to be set.
        """
        return UNKNOWN if self.has_passed_since(when) else self._ahead(when)

    def briefly(self, when: Day | None) -> str:
        """The same where there is little room: “passed since”."""
        return PASSED if self.has_passed_since(when) else self._ahead(when)

    def _ahead(self, when: Day | None) -> str:
        if not isinstance(when, date) or when < (self.reader or self.day):
            return ""
        if self.reader:
            return labels.left(when, self.reader)
        number = (when - self.day).days
        return f"{labels.counted(number, 'day')} later" if number else "that day"

    def to_come(self, when: Day | None) -> str:
        """“to come in 5 days”, “to come, 5 days later”; “was to come” of what has passed since."""
        if self.has_passed_since(when):
            return f"was to come, {UNKNOWN}"
        left = self.left(when)
        return f"to come{' ' if self.reader else ', '}{left}" if left else "to come"

    def overdue(self, days: int) -> str:
        """“overdue by 3 days”, and when that was so; `days` are counted up to `known`."""
        at_its_end = self.age or self.known < self.day
        then = " when the record ends" if at_its_end else "" if self.reader else " then"
        return f"overdue by {labels.counted(days, 'day')}{then}"
