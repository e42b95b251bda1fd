"""The full-screen view of deadlines: a list, or lanes under the ribbon's months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explorer.documents.comparisons import deadline_lanes
from explorer.documents.sheet import Sheet, Span
from explorer.ui import commands, key_words, view_commands
from explorer.ui.views.saying_view import SayingView
from explorer.view import View


class DeadlinesView(SayingView):
    """In lanes each deadline is a line, with an arrow from every day that was set to the next."""

    BINDINGS = commands.bindings(view_commands.DEADLINES, "deadlines")

    def sheet_in(self, view: View) -> Sheet:
        self.inset = 0
        room = self.room_for_lines
        has_lanes = self.question.otherwise and deadline_lanes.refs(view, self.question)
        if not has_lanes:
            return super().sheet_in(view)
        self.inset = deadline_lanes.inset(view, self.question, room)
        return deadline_lanes.sheet(view, self.question, room)

    def said_below(self) -> Sequence[tuple[Span, ...]]:
        if not self.inset or self.view is None:
            return ()
        return deadline_lanes.said(self.view, self.question, self.stop)

    def on_resize(self) -> None:
        if self.question.otherwise and self._laid_out_for[0] != self.room:
            super(SayingView, self).on_resize()
            self.renew()
        else:
            super().on_resize()

    def ways_on(self, view: View) -> str:
        if self.question.differing:
            return f"{key_words.cap('open-only', 'deadlines')} shows what is settled, too."
        return super().ways_on(view)

    def action_lanes(self) -> None:
        """Show lanes, or the list again."""
        if self.view is not None and not deadline_lanes.refs(self.view, self.question):
            self.notify("There is no deadline to draw.")
            return
        self.ask(replace(self.question, otherwise=not self.question.otherwise))

    def action_open_only(self) -> None:
        """Leave out what is settled, or show it again."""
        self.ask(replace(self.question, differing=not self.question.differing))
