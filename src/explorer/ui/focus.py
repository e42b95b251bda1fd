"""Where the person is on the main screen, and that the focus stays there."""

from __future__ import annotations

from textual.widget import Widget

from explorer.ui.find_commands import WHILE_FINDING
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.panes import PANES
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.pane import Pane
from explorer.ui.panes.pane_stack import PaneStack
from explorer.ui.panes.record_and_notes import Reading
from explorer.ui.panes.record_list import RecordList
from explorer.ui.view_commands import action_of
from explorer.ui.views.host import ViewHost
from explorer.ui.views.sheet_view import SheetView
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.reader import Reader
from explorer.ui.widgets.ribbon import Ribbon


class Focus:
    """Puts the focus somewhere, and lets all that goes by it follow."""

    def __init__(
        self, screen: FramedScreen, stack: PaneStack, reading: Reading, views: ViewHost
    ) -> None:
        self._screen = screen
        self._stack = stack
        self._reading = reading
        self._views = views
        self._last: Widget | None = None
        """What had the focus last."""

    @property
    def place(self) -> str:
        """The place whose keys apply: pane, record, notes, filter, or a view's name."""
        focused = self._screen.focused
        if focused is self._reading.record:
            return "record"
        if focused is self._reading.notes:
            return "notes"
        if isinstance(focused, Widget) and focused.has_class("marker"):
            return "marking"
        if focused is None or isinstance(focused, (RecordList, SheetView)):
            return self._views.viewing or "pane"
        return "filter"

    def on(self, name: str) -> None:
        """Put the focus on a pane, on the `record` or on the `notes`."""
        self._reading.end_marking()
        if name == "notes" and not self._reading.has_notes:
            name = "record"  # of which all there is to see is here
        parts: dict[str, Widget] = {"record": self._reading.record, "notes": self._reading.notes}
        before = self._screen.focused
        with self._screen.prevent(RecordList.Highlighted):
            self._screen.set_focus(parts.get(name) or self._stack.pane(name).list)
        if self._screen.focused is before is not None:  # yet what is there may be another
            self.show_keys()

    def cover(self, shown: SheetView) -> None:
        """Put the focus on a view, which covers the panes."""
        self._set_covered(True)
        self._screen.set_focus(shown)

    def uncover(self) -> None:
        """Show the panes again."""
        self._set_covered(False)

    def _set_covered(self, covered: bool) -> None:
        # A class of the screen would have all that is on it styled anew.
        self._views.display = covered
        self._screen.query_one("#body").display = not covered

    def beside(self, way: int) -> str:
        """The name of the next pane, the record or the notes, or of the one before."""
        names = [*(kind.name for kind in PANES), "record"]
        if self._reading.has_notes:
            names.append("notes")
        here = self.place if self.place in names else self._stack.active
        return names[(names.index(here) + way) % len(names)]

    def moved(self, before: Widget | None, now: Widget | None) -> None:
        """The focus has moved: let all that goes by where the person is follow at once."""
        screen = self._screen
        if not screen.is_attached or not screen.app.app_focus:
            return
        if now is None or (self._views.open is not None and now is not self._views.open):
            screen.call_later(self._put_right, before)
            return
        self._last = now
        if self.place != "marking":
            self._reading.end_marking()
        pane = next((w for w in now.ancestors_with_self if isinstance(w, Pane)), None)
        if pane is not None:
            self._stack.open_pane(pane.kind.name)
        # Where all is seen at once these change nothing, and styling all anew takes a while.
        shows_one = screen.has_class("-narrow") or screen.has_class("-zoomed")
        screen.set_class(pane is None, "-reading", update=shows_one)
        screen.set_class(self.place == "notes", "-noting", update=shows_one)
        self.show_keys()

    def again(self) -> None:
        """The person is here again: Textual may have lost the focus, or put it where nothing is."""
        focused, notes = self._screen.focused, self._reading.notes
        if focused is notes and not notes.display:
            self.on("record")
        elif focused is None:
            self._put_right(self._last)

    def show_keys(self) -> None:
        """Show the keys of where the person is, as far as they do anything now.

        The ribbon stands over the columns of a view that is drawn to it.
        """
        shown = self._views.open
        self._screen.query_one(Ribbon).inset = shown.inset if shown is not None else 0
        self._screen.query_one(KeyLine).show(self.place, self.idle)

    @property
    def idle(self) -> tuple[str, ...]:
        """The actions of which there is nothing to do them with."""
        record, notes = self._reading.record, self._reading.notes
        beside: dict[str, Reader | NotesPane] = {"record": record, "notes": notes}
        here = self._views.open or beside.get(self.place)
        idle = (*map(action_of, self._screen.absent), *(here.idle if here is not None else ()))
        return idle if here is not None and here.is_finding else (*idle, *WHILE_FINDING)

    def _put_right(self, before: Widget | None) -> None:
        """Give the focus back to what has lost it without the person's doing.

        Textual takes it off what is out of sight, even for a moment: layouts come later than
        keys, and a window may be too small to show anything. And a click may be on what was
        there before a view covered it.
        """
        screen = self._screen
        if not screen.is_attached or not screen.app.app_focus:
            return
        if self._views.open is not None:
            screen.set_focus(self._views.open)
        elif screen.focused is None and before is not None:
            if before is self._reading.notes and not before.display:  # the last one is deleted
                before = self._reading.record
            is_there = before.is_attached and before.display and not isinstance(before, SheetView)
            screen.set_focus(before if is_there else self._stack.open.list)
