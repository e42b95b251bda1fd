"""The pane of rounds."""

from __future__ import annotations

from explorer.ui import style
from explorer.ui.panes.pane import Pane


class Rounds(Pane):
    """Meetings, newest first, with their numbers and days."""

    NAME = "rounds"
    NUMBER = 1
    TITLE = "Rounds"
    row = staticmethod(style.round_row)
