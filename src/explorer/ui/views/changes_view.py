"""The full-screen view of changes between two dates."""

from __future__ import annotations

from explorer.documents.comparisons import changes
from explorer.documents.pages import Sheet
from explorer.ui import commands
from explorer.ui.views.since_view import SinceView
from explorer.view import View


class Changes(SinceView):
    """What became public since the round before, or since a date of one's own."""

    NAME = "changes"
    BINDINGS = commands.bindings((*commands.CHANGES, *commands.SHEET))

    def made(self, view: View) -> Sheet:
        return changes.sheet(view, self.asked.since or changes.default_since(view))

    def lead_on(self, view: View) -> str:
        if self.asked.since is not None:
            return "s takes the second date off; s again asks for another."
        return f"s asks for an earlier date. {super().lead_on(view)}"
