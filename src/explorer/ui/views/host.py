"""Where the full-screen views stand: one is seen at a time, over the panes."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import Container

from explorer.documents.comparisons.question import Question
from explorer.record.model import Ref
from explorer.ui.views import new_view
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class ViewHost(Container):
    """Makes each view when it is first opened, and keeps it for the next time.

    A view is open from one moment to the next: nothing is waited for, so that no key or
    click can come between.
    """

    def __init__(self) -> None:
        super().__init__(id="views")
        self.open: SheetView | None = None
        """The view that is seen."""
        self._made: dict[str, SheetView] = {}

    @property
    def viewing(self) -> str:
        """The name of the view that is seen; empty when none is."""
        return self.open.comparison.name if self.open is not None else ""

    def show(self, name: str, view: View, question: Question) -> SheetView:
        """Open a view on what it is asked."""
        shown = self._made.get(name)
        if shown is None:
            shown = self._made[name] = new_view(name)
            self.mount(shown)
        for other in self._made.values():
            other.display = other is shown
            if other is not shown:
                other.end_finding()
        self.open = shown
        shown.look_at(view, question)
        return shown

    def question(self, name: str, about: Ref | None) -> Question:
        """What a view was asked the last time, now about a record."""
        known = self._made.get(name)
        return known.question_about(about) if known is not None else Question(about)

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Ask the same of records as they are called now, when they are looked at next."""
        for made in self._made.values():
            made.follow(now)

    def close(self) -> None:
        """Show none."""
        if self.open is not None:
            self.open.end_finding()
        self.open = None

    def look_at(self, view: View) -> None:
        """Another view of the negotiation; views that are closed are told when they open."""
        if self.open is not None:
            self.open.look_at(view)
