"""The pane of issues."""

from __future__ import annotations

from explorer.ui import style
from explorer.ui.panes.pane import Pane


class Issues(Pane):
    """The matters on the table and where each stands."""

    NAME = "issues"
    NUMBER = 3
    TITLE = "Issues"
    row = staticmethod(style.issue_row)
    heading = staticmethod(style.issue_heading)
