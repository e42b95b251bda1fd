"""How far those reach who say something: the record, and a reader who added to it later.

What the record announced for a day beyond its own end stays a plan, whatever a reader added.
"""

from __future__ import annotations

from collections.abc import Callable

from explorer.record.model import AnyRecord, AnyTable, Negotiation

Known = Callable[[AnyTable], int]
"""The last day that is known to who says a table."""


class Ends:
    """The last day that is known: of the record, and of what a reader added to it."""

    def __init__(self, negotiation: AnyRecord) -> None:
        assert isinstance(negotiation, Negotiation), "it has the first number"
        self._record = negotiation.recorded_until.toordinal()
        self._own = negotiation.covers_until.toordinal()

    def of(self, table: AnyTable) -> int:
        """That of who says a table."""
        return self._own if getattr(table, "own", False) else self._record
