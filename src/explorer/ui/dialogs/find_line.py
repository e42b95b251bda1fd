"""The line in which words to find are typed: below what is read, wherever that is."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from explorer.ui import commands
from explorer.ui.app_services import app_services
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.find_commands import FINDING
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.line_input import LineInput


class FindLine(Dialog[None]):
    """What is found is gone to as one types. Enter stays there, Escape goes back."""

    PLACE = "finding"
    BINDINGS = commands.bindings(FINDING, "finding", first=True)

    def __init__(self, within: Findable, typed: str) -> None:
        """`typed` is what was looked for the last time, to be typed over."""
        super().__init__()
        self._within = within
        self._typed = typed
        self._start = within.origin
        self._go_back = within.way_back()
        self._looked_for = ""

    def compose(self) -> ComposeResult:
        with Horizontal(id="find-line"):
            yield Static("/", id="find-sign")
            yield LineInput(self._typed, placeholder="words to find here")
            yield Static(id="find-standing", markup=False)
        yield KeyLine(self.PLACE)

    def on_mount(self) -> None:
        self.query_one(LineInput).action_select_all()

    @property
    def _words(self) -> str:
        return self.query_one(LineInput).value

    @on(Input.Changed)
    def look(self) -> None:
        """Look for what is typed, unless that was done already."""
        words = self._words.strip()
        if words == self._looked_for or not self._within.is_attached:
            return
        self._looked_for = words
        self._within.find(words, self._start)
        if (words and not self._within.found) or not words:
            self._go_back()
        self._say_where()

    def _say_where(self) -> None:
        standing = self.query_one("#find-standing", Static)
        said = self._within.which_of_all
        standing.update(Content(said))
        standing.set_class(self._within.is_finding and not self._within.found, "-warning")

    def action_go(self, way: int) -> None:
        """Go to the next place, or the one before."""
        self._look_now()
        if not self._within.is_finding:
            self.notify("Type the words to find first.")
            return
        told = self._within.go_on(way)
        if "again" in told or not self._within.found:
            self.notify(told)
        self._say_where()

    def action_page(self, way: int) -> None:
        """Look further down or up, while words are typed."""
        if way > 0:
            self._within.action_page_down()
        else:
            self._within.action_page_up()

    def _look_now(self) -> None:
        """What was typed just before is looked for, and the words of the last time as well."""
        self.look()

    def action_keep(self) -> None:
        """Stay at what is found."""
        self._look_now()
        if self._words.strip() and not self._within.found:
            self.notify(f"“{self._words.strip()}” is not found here. Esc goes back.")
            return
        app_services(self).sought = self._words.strip()
        self.dismiss()

    def action_submit(self) -> None:
        """Enter, as the line itself knows it."""
        self.action_keep()

    def action_close(self) -> None:
        """Go back to where one was."""
        self._within.end_finding()
        self._go_back()
        self.dismiss()
