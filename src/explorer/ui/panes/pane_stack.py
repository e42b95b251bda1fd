"""The panes one below another, of which one is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from textual.app import ComposeResult
from textual.reactive import var

from explorer.record.model import Ref
from explorer.ui.panes import PANES
from explorer.ui.panes.pane import Pane
from explorer.ui.widgets.blank import Column
from explorer.values import dataclass
from explorer.view import View


@dataclass(frozen=True, slots=True)
class PaneState:
    """Where a pane stood."""

    cursor: Ref | None
    top: float
    words: str


@dataclass(frozen=True, slots=True)
class StackState:
    """Where all panes stood, and which was open."""

    active: str
    panes: Mapping[str, PaneState]

    def following(self, now: Callable[[Ref], Ref]) -> StackState:
        """The same, with records as they are called now."""
        panes = {
            name: replace(pane, cursor=pane.cursor and now(pane.cursor))
            for name, pane in self.panes.items()
        }
        return replace(self, panes=panes)


class PaneStack(Column):
    """Keeps which pane is open."""

    view: var[View | None] = var(None)

    def __init__(self) -> None:
        super().__init__(id="stack")
        self.active = PANES[0].name
        """The name of the pane that is open."""

    def compose(self) -> ComposeResult:
        for kind in PANES:
            pane = Pane(kind).data_bind(PaneStack.view)
            if kind.name == self.active:
                pane.add_class("-open", update=False)
            yield pane

    def __iter__(self) -> Iterator[Pane]:
        return iter(self.query(Pane))

    @property
    def open(self) -> Pane:
        """The pane that is open."""
        return self.pane(self.active)

    def pane(self, name: str) -> Pane:
        """A pane by its name."""
        return self.query_one(f"#{name}", Pane)

    def open_pane(self, name: str) -> None:
        """Give a pane the room, and the others a line or few."""
        self.active = name
        for pane in self:
            pane.set_class(name == pane.kind.name, "-open")

    def show(self, ref: Ref) -> None:
        """Open the pane that lists a record, with the cursor on it, if any does."""
        for pane in self:
            if pane.list.move_to(ref):
                self.open_pane(pane.kind.name)

    @property
    def state(self) -> StackState:
        """Where the person is in the panes, to come back to."""
        panes = {
            pane.kind.name: PaneState(pane.list.current, pane.list.scroll_y, pane.words)
            for pane in self
        }
        return StackState(self.active, panes)

    def restore(self, state: StackState) -> None:
        """Put cursors, filters and scrolls back where they were."""
        for pane in self:
            was = state.panes[pane.kind.name]
            pane.words = was.words
            if was.cursor is not None:
                pane.list.move_to(was.cursor)
            pane.list.scroll_to(y=was.top, animate=False)
        self.open_pane(state.active)
