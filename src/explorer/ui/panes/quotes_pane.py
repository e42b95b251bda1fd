"""The pane of quotes."""

from __future__ import annotations

from explorer.ui import style
from explorer.ui.panes.pane import Pane


class Quotes(Pane):
    """Words said, newest first, with day and speaker."""

    NAME = "quotes"
    NUMBER = 4
    TITLE = "Quotes"
    row = staticmethod(style.quote_row)
    heading = staticmethod(style.quote_heading)
