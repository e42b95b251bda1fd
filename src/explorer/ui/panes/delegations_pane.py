"""The pane of delegations."""

from __future__ import annotations

from explorer.ui import style
from explorer.ui.panes.pane import Pane


class Delegations(Pane):
    """Each delegation with its delegates and their posts."""

    NAME = "delegations"
    NUMBER = 2
    TITLE = "Delegations"
    row = staticmethod(style.delegate_row)
