"""Something to read that may be longer than its place."""

from __future__ import annotations

from textual.containers import VerticalScroll

from explorer.ui.command import bindings
from explorer.ui.dialogs.dialog_commands import SCROLLING


class Scroller(VerticalScroll):
    """Scrolls what is in it, by the keys that scroll everywhere."""

    BINDINGS = bindings(SCROLLING, "help")
