"""The full-screen view of what is in force."""

from __future__ import annotations

from explorer.documents.comparisons import in_force
from explorer.documents.pages import Sheet
from explorer.ui import commands
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class InForce(SheetView):
    """Measures by delegation: what applies, is suspended, or is only threatened."""

    NAME = "in_force"
    BINDINGS = commands.bindings((*commands.IN_FORCE, *commands.SHEET))

    def made(self, view: View) -> Sheet:
        return in_force.sheet(view)
