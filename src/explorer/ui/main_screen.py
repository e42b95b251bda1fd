"""The main screen: the panes, the record in full, the notes on it, and views over all.

It holds what is seen (`view`) and which record is shown (`selected`). Both flow down to
the panes by binding; what the person does comes up as messages. What keys do is in
`actions`; here is how the person moves.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.reactive import Initialize, var
from textual.widget import Widget

from explorer.opening import Opened, trouble_with_additions
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import commands, key_words, view_commands
from explorer.ui.actions.add_actions import AddActions
from explorer.ui.actions.export_actions import ExportActions
from explorer.ui.actions.live_reload import LiveReload
from explorer.ui.actions.new_data import NewData
from explorer.ui.actions.news_actions import NewsActions
from explorer.ui.actions.note_actions import NoteActions
from explorer.ui.actions.search_actions import SearchActions
from explorer.ui.actions.text_actions import TextActions
from explorer.ui.actions.time_actions import TimeActions
from explorer.ui.actions.tour_actions import TourActions
from explorer.ui.app_services import app_services
from explorer.ui.beginning import Beginning
from explorer.ui.current_place import Places
from explorer.ui.focus import Focus
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.panes.notes_pane import NotesPane
from explorer.ui.panes.pane_stack import PaneStack
from explorer.ui.panes.record_and_notes import Reading, noteless
from explorer.ui.panes.record_list import RecordList
from explorer.ui.views.host import ViewHost
from explorer.ui.widgets import key_line
from explorer.ui.widgets.blank import Row
from explorer.ui.widgets.heading import ScopeLine, Title
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.problem_line import ProblemLine
from explorer.ui.widgets.reader import Reader
from explorer.ui.widgets.ribbon import Ribbon
from explorer.view import Scope, View

if TYPE_CHECKING:
    from explorer.ui.left_place import Left
    from explorer.ui.widgets.word_marker import Marker

_IDLE = 0.5
"""Seconds after which nobody waits for the first screen any more."""


def _first_view(screen: MainScreen) -> View:
    return screen.opened.view


def _first_record(screen: MainScreen) -> Ref:
    return screen.beginning.first(screen.opened.view)


def _why_not(view: View, ref: Ref) -> str:
    """Why a record cannot be shown."""
    if view.whole.current(ref) is None:
        return f"There is no {ref} in this dataset."
    last = key_words.cap("last-day")
    return f"{ref} was not public on {labels.day(view.as_of)}; {last} goes to the last day."


class MainScreen(FramedScreen):
    """See the module."""

    BINDINGS = commands.bindings(commands.EVERYWHERE, "everywhere")

    view: var[View] = var(Initialize(_first_view))
    selected: var[Ref] = var(Initialize(_first_record))

    def __init__(self, opened: Opened, shown: Ref | None = None, left: Left | None = None) -> None:
        super().__init__()
        self.opened, self.problem_line = opened, ProblemLine()
        self.stack, self.reading, self.views = PaneStack(), Reading(), ViewHost()
        focus = self.focus_on = Focus(self, self.stack, self.reading, self.views)
        self.go_into, self.show_keys, self.focus_again = focus.on, focus.show_keys, focus.again
        self.places = Places(self, self.stack, self.reading, self.views, focus)
        self.is_at_beginning = self.places.is_at_beginning
        self.beginning = Beginning(self, self.places, shown, left)
        self.notes = NoteActions(self, opened.store, opened.trouble)
        self.time, tour = TimeActions(self), TourActions(self, self.places)
        self.data = NewData(self, self.places, self.time)
        self.live = LiveReload(self, opened.files, self.data, self.problem_line)
        self.search = SearchActions(self, self.notes)
        self.exports, text = ExportActions(self, self.notes, opened), TextActions(self, self.places)
        self.news = NewsActions(self, self.places, self.search, opened.place)
        self.adding = AddActions(self, opened, self.data, self.stack)
        own = (self.places, self.notes, self.time, self.search, self.exports, self.live, text, tour)
        self._deeds = {n: d for a in (*own, self.news, self.adding) for n, d in a.deeds.items()}
        self.absent = view_commands.absent(opened.view.whole.refs)

    def compose(self) -> ComposeResult:
        for above in (Title(), Ribbon(), ScopeLine()):
            yield above.data_bind(MainScreen.view)
        yield self.problem_line
        with Row(id="body", classes=noteless(self.view)):
            yield self.stack.data_bind(MainScreen.view)
            yield self.reading.data_bind(MainScreen.view, MainScreen.selected)
        yield self.views
        yield KeyLine("pane", tuple(map(view_commands.action_of, self.absent)))

    def begin(self) -> None:
        self.notes.begin()
        self.beginning.begin(self.stack.active)
        self.set_timer(_IDLE, self.settle_in)
        own = trouble_with_additions(self.opened.view.whole, key_words.cap("problems"))
        for trouble in (own, self.opened.trouble):
            if trouble:
                self.notify(trouble, severity="warning", timeout=20)
        self.call_after_refresh(app_services(self).stand_ready)

    def left(self) -> tuple[View, Left]:
        return self.beginning.left()

    def look_again(self) -> None:
        self.notes.look_again()
        self.live.look_now()

    def offered(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        offered = (o for of in (self.exports, self.news, self.adding) for o in of.palette())
        return (o for o in offered if not app_services(self).reach.withheld(o[0]))

    def on_unmount(self) -> None:
        for each in (self.live, self.search, self.notes, self.news, self.adding):
            each.close()

    def settle_in(self) -> None:
        """Do what can wait until the first screen stands."""
        self.notes.remind()
        for each in (self.live, self.news, self.adding):
            each.begin()
        gc.freeze()  # what stands now stays: to look through it for garbage takes longer than a key

    def watch_view(self, before: View | None, view: View) -> None:
        self.views.look_at(view)
        if before is None or before.whole is not view.whole:
            self.absent = view_commands.absent(view.whole.refs)
        elif before.index is not view.index:  # other notes change no words
            self.reading.end_marking()

    def watch_selected(self) -> None:
        self.reading.end_marking()

    def watch_focused(self, before: Widget | None, now: Widget | None) -> None:
        self.focus_on.moved(before, now)

    # Where the person is.

    @property
    def place(self) -> str:
        return self.focus_on.place

    @property
    def viewing(self) -> str:
        """The name of the view that covers the panes, if one does."""
        return self.views.viewing

    @property
    def reader(self) -> Reader:
        """What is read: the view that covers the panes, or else the record."""
        return self.views.open or self.reading.record

    @property
    def current(self) -> Ref | None:
        """The record under the cursor of the open pane."""
        return self.stack.open.list.current

    @property
    def subject(self) -> Ref:
        """The record that a command is about: under the cursor of a view, or else shown."""
        self.follow_cursor()
        shown = self.views.open
        return (shown.link if shown is not None else None) or self.selected

    @property
    def shows_notes(self) -> bool:
        """Whether the notes are on the screen; the classes know it before it is laid out."""
        if not self.reading.has_notes:
            return False
        if self.has_class("-zoomed"):
            return self.has_class("-noting")
        return self.has_class("-reading") or not self.has_class("-narrow")

    @property
    def is_free(self) -> bool:
        """Whether nothing is open, and nobody is typing."""
        return self.is_current and self.place not in ("filter", "marking")

    def follow_cursor(self) -> None:
        """Show the record under the cursor now, should word of it still be on the way.

        A list may have changed beneath the cursor, and the next key may be faster than the
        message that the cursor moved: what is written must go to the record it is on.
        """
        if self.place == "pane" and self.current is not None:
            self.selected = self.current

    @on(RecordList.Highlighted)
    def show_record(self, event: RecordList.Highlighted) -> None:
        # Word from a pane that was left meanwhile comes too late.
        if self.place in ("pane", "filter") and event.ref == self.current:
            self.selected = event.ref

    # Going somewhere, and back.

    def go(self, ref: Ref, day: date | None = None) -> None:
        """Show a record by its reference, perhaps on a day, remembering where the person was."""
        ref = self.view.index.current(ref) or ref
        if ref not in self.view.index:
            self.notify(_why_not(self.view, ref), severity="warning")
            if self.focused is None:
                self.go_into(self.stack.active)
            return
        if ref != self.selected or self.viewing:
            self.places.remember()
        self.places.close_view()
        if day is not None:
            self.view = self.view.at(day)
        self.stack.show(ref)
        self.selected = ref
        self.go_into("record")

    def read(self) -> None:
        """Go into the record shown."""
        self.follow_cursor()
        self.go_into("record")

    def leave_record(self) -> None:
        """Go back to where one was: from a view, from marking, from the record to its pane."""
        if self.viewing:
            self.places.leave_view()
        else:
            self.go_into("record" if self.reading.is_aside else self.stack.active)

    def action_jump(self, name: str) -> None:
        if self.stack.active != name or self.place != "pane":
            self.places.remember()
        else:
            self.notify(f"You are in the {name} already.")
        self.places.close_view()
        self.stack.open_pane(name)
        self.set_focus(self.stack.open.list)
        self.selected = self.current or self.selected

    def action_beside(self, way: int) -> None:
        following = self.focus_on.beside(way)
        if following in ("record", "notes"):
            self.go_into(following)
        else:
            self.action_jump(following)

    def action_about(self) -> None:
        there = self.view.index.dataset.negotiation.ref
        if self.selected == there and self.place == "record":
            self.notify("This is the front page.")
        self.go(there)

    @on(Ribbon.Chosen)
    def go_to_day(self, event: Ribbon.Chosen) -> None:
        self.time.look_at(event.day)

    # The views over all.

    def action_view(self, name: str) -> None:
        """Open a view, or close it when it is open."""
        if self.viewing == name:
            self.leave_record()
            return
        self.follow_cursor()
        self.places.open_view(name)

    # What narrows what is seen.

    async def action_filter(self) -> None:
        if self.viewing:
            self.notify("The filter narrows a pane; 1 to 4 go to one.")
        else:
            await self.stack.open.type_filter()

    def action_scope(self) -> None:
        self._set_scope(self.view.scope.toggled(self.subject))

    def _set_scope(self, scope: Scope) -> None:
        self.view = self.view.within(scope)
        self.follow_cursor()

    def action_zoom(self) -> None:
        if self.viewing:
            self.notify("A view already has the whole screen.")
        else:
            self.toggle_class("-zoomed")

    def action_take_off(self) -> None:
        """Go one step back: from finding, zoom, the record, a filter, the scope."""
        pane = self.stack.open
        if self.reading.is_finding:
            self.reading.end_finding()
        elif self.has_class("-zoomed"):
            self.remove_class("-zoomed")
        elif self.place != "pane":
            self.leave_record()
        elif pane.words:
            pane.words = ""
            self.follow_cursor()
        elif self.view.scope.chosen:
            self._set_scope(self.view.scope.without_last())
        else:
            leaves = key_words.cap("quit")
            self.notify(f"Nothing to take off: no filter, no scope, no zoom. {leaves} leaves.")

    # Commands.

    def action_do(self, deed: str) -> None:
        """Do what one of the actions does, by its name."""
        why = app_services(self).reach.withheld(deed)
        self.notify(why) if why else self._deeds[deed]()

    def action_help(self) -> None:
        app_services(self).show_help(self.place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command may run here: a number typed into a filter is no jump.

        While words are marked, nothing runs that would lose the mark.
        """
        if action == "jump" and self.place == "filter":
            return False
        if view_commands.is_absent(self.absent, action, parameters):
            return False
        if self.place == "marking" and not commands.leaves_mark(action):
            return False
        return super().check_action(action, parameters)

    @on(KeyLine.Clicked)
    async def run_clicked(self, event: KeyLine.Clicked) -> None:
        await key_line.run(event.command, self)

    # Notes, and the words they are on.

    def interrupt(self) -> None:
        """Something has opened by itself: what is being typed is not meant for it."""
        app_services(self).ahead.interrupt()

    @on(NotesPane.Chosen)
    def change_note(self, event: NotesPane.Chosen) -> None:
        self.notes.do(event.what, event.note)

    def on_marker_chosen(self, event: Marker.Chosen) -> None:
        self.notes.write_on(event)

    def action_mark_words(self) -> None:
        """Mark words of the record shown, wherever the person is."""
        if self.viewing:
            self.notify(key_words.said("Words are marked in a record; {sheet:go} goes to one."))
        elif self.notes.ready() is not None:
            self.add_class("-reading")
            self.reading.record.action_mark()

    def mark(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> None:
        """Mark words of the record, from a line and column and perhaps to another."""
        if not self.viewing:
            self.reading.mark(start, end)
