"""The panes: lists of records, the record in full, and the notes on it.

A pane that lists records is one module here and one line in PANES. The module says how a
row is painted, by `row`, and may group its rows by a `heading`. The number key, the help, the
palette, the place on the screen and the way round by Tab follow from the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.record.model import Ref
    from explorer.record.numbering import Refs
    from explorer.ui.style import Row
    from explorer.view import View


class RowPainter(Protocol):
    """What the module of a pane has."""

    def row(self, view: View, ref: Ref, width: int, headed: bool, /) -> Row:
        """A record as a row of so many cells, with or without a heading to be seen above."""

    def headings(self, view: View, rows: Refs, /) -> Iterable[str]:
        """The heading that each row stands under; none at all when the pane has none."""


@dataclass(frozen=True, slots=True)
class PaneKind:
    """One list of records."""

    name: str
    """Its name, and that of its module here without “_pane”."""
    kind: str
    """The kind of record that it lists."""
    title: str
    help: str
    """What its number key does."""

    @property
    def number(self) -> int:
        """Its place among the panes, and the key that goes there."""
        return PANES.index(self) + 1

    @property
    def painter(self) -> RowPainter:
        """Imported only now: the keys are known without it."""
        return cast("RowPainter", import_module(f"{__name__}.{self.name}_pane"))


PANES = (
    PaneKind("rounds", "round", "Rounds", "Go to the rounds."),
    PaneKind("delegations", "delegation", "Delegations", "Go to the delegations and delegates."),
    PaneKind("issues", "issue", "Issues", "Go to the issues."),
    PaneKind("quotes", "quote", "Quotes", "Go to the quotes."),
)
"""The panes, from the top."""
