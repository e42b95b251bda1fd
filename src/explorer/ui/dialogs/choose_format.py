"""Choosing in which format the record goes out, each with what goes into it."""

from __future__ import annotations

from textual.content import Content

from explorer.exports.export_formats import FORMATS, ExportFormat
from explorer.ui import commands
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import FORMATS_OFFERED


class ChooseFormat(Chooser[ExportFormat]):
    """Returns the format that is chosen, or None."""

    PLACE = "formats_offered"
    BINDINGS = commands.bindings(FORMATS_OFFERED, "formats_offered", first=True)

    def __init__(self, explanation: str, *, has_scope: bool) -> None:
        """With a scope it says which formats are of that."""
        super().__init__([(_shown(known, has_scope), known) for known in FORMATS], explanation)
        self.title = "Export the record in which format?"
        self.sub_title = "Enter takes one, Esc closes"


def _shown(known: ExportFormat, has_scope: bool) -> Content:
    of = " · scope only" if has_scope and known.is_scoped else ""
    return Content.assemble((known.label, "bold"), f"  {known.what}{of}")
