"""The one screen: the four panes, the record in full, the notes on it, and views over all.

It holds what is seen (`view`) and which record is shown (`selected`). Both flow down to
the panes by binding; what the person does comes up as messages. Each command is one
short `action_…` method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen
from textual.widget import Widget

from explorer.documents import coverage
from explorer.documents.comparisons.question import Question
from explorer.errors import ExplorerError
from explorer.notes import Note
from explorer.record import labels
from explorer.record.lists import pane_of
from explorer.record.model import Ref
from explorer.ui import commands, style
from explorer.ui.actions.export_actions import TakingOut
from explorer.ui.actions.note_actions import Noting
from explorer.ui.actions.notes_in_sight import bring_notes_into_sight
from explorer.ui.actions.search_actions import Finding
from explorer.ui.actions.time_actions import Travelling
from explorer.ui.app_services import app_services
from explorer.ui.history import History, PaneState, Place, Viewed
from explorer.ui.panes.delegations_pane import Delegations
from explorer.ui.panes.issues_pane import Issues
from explorer.ui.panes.notes_pane import DAMAGED, NotesPane
from explorer.ui.panes.pane import Pane
from explorer.ui.panes.quotes_pane import Quotes
from explorer.ui.panes.record_and_notes import Reading
from explorer.ui.panes.record_list import RecordList
from explorer.ui.panes.record_page import RecordPage
from explorer.ui.panes.rounds_pane import Rounds
from explorer.ui.system import browser
from explorer.ui.views.host import ViewHost
from explorer.ui.views.sheet_view import SheetView
from explorer.ui.widgets import key_line
from explorer.ui.widgets.heading import ScopeLine, Title
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.ribbon import Ribbon
from explorer.view import Scope, View

if TYPE_CHECKING:
    from explorer.opening import Opened
    from explorer.ui.app import ExplorerApp
    from explorer.ui.widgets.word_marker import Marker

_IDLE = 0.5
"""Seconds after which nobody waits for the first screen any more."""

PANES: tuple[type[Pane], ...] = (Rounds, Delegations, Issues, Quotes)


class MainScreen(Screen[None]):
    """See the module."""

    BINDINGS = commands.bindings(commands.EVERYWHERE)
    COMPONENT_CLASSES = {f"look--{role}" for role in style.ROLES}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-short"), (32, "-tall")]
    AUTO_FOCUS = ""

    view: var[View | None] = var(None)
    selected: var[Ref | None] = var(None)

    def __init__(self, read: Callable[[], Opened], shown: Ref | None = None) -> None:
        super().__init__()
        self._read = read
        self._shown = shown
        self._noting: Noting | None = None
        self._look = style.Look.plain()
        self._notes_off = "The notes are not read yet."
        self._history = History()
        self._active = Rounds.NAME
        """The pane that is open."""
        self._came_from: str = Rounds.NAME
        """Where the person was when the view was opened."""
        self._given_way: tuple[Ref | None, Ref | None] = (None, None)
        """The record that was not public on the day, and the one shown in its place."""
        self._travelling = Travelling(self)
        self._finding = Finding(self)
        self.taking_out = TakingOut(self)

    def compose(self) -> ComposeResult:
        # Textual would set these on the first resize, after a layout without them.
        self.add_class(_reached(self.HORIZONTAL_BREAKPOINTS, self.app.size.width))
        self.add_class(_reached(self.VERTICAL_BREAKPOINTS, self.app.size.height))
        yield Title().data_bind(MainScreen.view)
        yield Ribbon().data_bind(MainScreen.view)
        yield ScopeLine().data_bind(MainScreen.view)
        with Horizontal(id="body"):
            with Vertical(id="stack"):
                for pane in PANES:
                    classes = "-open" if self._active == pane.NAME else ""
                    yield pane(id=pane.NAME, classes=classes).data_bind(MainScreen.view)
            with Reading():
                yield RecordPage().data_bind(MainScreen.view, MainScreen.selected)
                yield NotesPane().data_bind(MainScreen.view, MainScreen.selected)
        yield ViewHost()
        yield KeyLine("pane")

    # What there is to see.

    def on_mount(self) -> None:
        self.restyle()
        self.app.theme_changed_signal.subscribe(
            self, lambda _: self.call_after_refresh(self.restyle)
        )
        # The frame is seen at once, and what fills it a moment later.
        self.call_after_refresh(self._open)

    @work(thread=True)
    def _open(self) -> None:
        try:
            opened = self._read()
        except ExplorerError as error:
            self.app.call_from_thread(self.app.exit, error)
        else:
            self.app.call_from_thread(self._show, opened)

    def _show(self, opened: Opened) -> None:
        """Show what was read, with the cursor on its first record."""
        self._notes_off = opened.trouble
        if opened.store is not None:
            self._noting = Noting(self, opened.store)
            self._noting.offer_drafts()
        self.view = opened.view
        rows = self._pane(self._active).list
        self.selected = rows.current or opened.view.index.dataset.negotiation.ref
        if self._shown is None:
            self._focus(self._active)
        else:
            self.go(self._shown)
        self.set_timer(_IDLE, self._settle_in)
        if asked := coverage.asked(opened.view):
            self.notify(asked, markup=False)
        if opened.trouble:
            self.notify(opened.trouble, severity="warning", timeout=20)
        cast("ExplorerApp", self.app).ahead.let_go()

    def on_unmount(self) -> None:
        if self._noting is not None:
            self._noting.close()

    def _settle_in(self) -> None:
        """Do what can wait until the first screen stands."""
        if self._noting is not None:
            self._noting.remind()
        self._prepare_time_travel()

    @work(thread=True)
    def _prepare_time_travel(self) -> None:
        """Find out what became public when, so that the first step in time is quick too."""
        if self.view is not None:
            self.view.at(self.view.covers_until - timedelta(days=1))

    def restyle(self) -> None:
        """Take the styles of the theme in use from app.tcss."""
        self._look = style.Look({role: self._style(f"look--{role}") for role in style.ROLES})
        for screen in self.app.screen_stack:
            screen.query("Lines, KeyLine, Ribbon").refresh()

    def _style(self, component: str) -> Style:
        """What app.tcss sets for a component, and nothing that it inherits."""
        # The whole style has colours blended with the background; the partial one has not.
        whole = self.get_component_rich_style(component)
        partly = self.get_component_rich_style(component, partial=True)
        if component == "look--cursor" and self.app.no_color:
            return Style(reverse=True, bold=True)
        if component == "look--current" and self.app.no_color:
            return Style(underline=True, bold=True)
        color = whole.color if self.get_component_styles(component).has_rule("color") else None
        return Style.combine((partly, Style(color=color)))

    def watch_view(self, before: View | None, view: View | None) -> None:
        if view is None:
            return
        self._views.look_at(view)
        if before is None or before.index is not view.index:  # other notes change no words
            self.query_one(Reading).end_marking()
        self.set_class(view.scope.as_of is not None, "-as-of")
        if self.selected is not None:
            self.set_class(view.has_note(self.selected), "-noted")

    def watch_selected(self, selected: Ref | None) -> None:
        if self.is_mounted:
            self.query_one(Reading).end_marking()
        if self.view is not None and selected is not None:
            self.set_class(self.view.has_note(selected), "-noted")

    # Where the person is.

    @property
    def place(self) -> str:
        """The place whose keys apply: pane, record, notes, filter, or a view's name."""
        match self.focused:
            case RecordPage():
                return "record"
            case SheetView():
                return self.viewing
            case Widget() as widget if widget.has_class("marker"):
                return "marking"
            case NotesPane():
                return "notes"
            case RecordList() | None:
                return self.viewing or "pane"
            case _:
                return "filter"

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)

    @property
    def _panes(self) -> Iterator[Pane]:
        return iter(self.query(Pane))

    @property
    def _record(self) -> RecordPage:
        return self.query_one(RecordPage)

    def look_again(self) -> None:
        """Other programs may have changed the notes meanwhile."""
        if self._noting is not None:
            self._noting.look_again()

    def watch_focused(self, before: Widget | None, now: Widget | None) -> None:
        """Let all that goes by where the person is follow the focus at once."""
        if not self.is_attached or not self.app.app_focus:
            return
        if now is None or (self.viewing and now is not self._views.open):
            self.call_later(self._put_focus_right, before)
            return
        if self.place != "marking":
            self.query_one(Reading).end_marking()
        pane = next((w for w in now.ancestors_with_self if isinstance(w, Pane)), None)
        if pane is not None:
            self._open_pane(pane.NAME)
        self.set_class(pane is None, "-reading")
        self.set_class(self.place == "notes", "-noting")
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys of where the person is, as far as they do anything now."""
        shown = self._views.open
        self.query_one(KeyLine).show(self.place, shown.idle if shown is not None else ())

    def _put_focus_right(self, before: Widget | None) -> None:
        """Give the focus back to what has lost it without the person's doing.

        Textual takes it off what is out of sight, even for a moment: layouts come later than
        keys, and a window may be too small to show anything. And a click may be on what was
        there before a view covered it.
        """
        if not self.is_attached or not self.app.app_focus:
            return
        if self._views.open is not None:
            self.set_focus(self._views.open)
        elif self.focused is None and before is not None:
            is_there = before.is_attached and before.display and not isinstance(before, SheetView)
            self.set_focus(before if is_there else self._pane(self._active).list)

    def _open_pane(self, name: str) -> None:
        self._active = name
        for pane in self._panes:
            pane.set_class(name == pane.NAME, "-open")

    def _here(self) -> Place | None:
        """All that is needed to come back to what is seen now."""
        if self.view is None or self.selected is None:
            return None
        focus = self.place if self.place in ("record", "notes") else self._active
        panes = {
            pane.NAME: PaneState(pane.list.current, pane.list.scroll_y, pane.words)
            for pane in self._panes
        }
        shown = self._views.open
        return Place(
            self.selected,
            focus if shown is None else self._came_from,
            self._active,
            self.view.scope,
            panes,
            self._record.spot,
            self.query_one(NotesPane).spot,
            Viewed(shown.comparison.name, shown.question, shown.spot)
            if shown is not None
            else None,
        )

    def _leave_here(self) -> None:
        if here := self._here():
            self._history.leave(here)

    def _restore(self, place: Place) -> None:
        assert self.view is not None, "a place is only made of a view"
        self._close_view()
        self.view = self.view.within(place.scope)
        for pane in self._panes:
            state = place.panes[pane.NAME]
            pane.words = state.words
            if state.cursor is not None:
                pane.list.move_to(state.cursor)
            pane.list.scroll_to(y=state.top, animate=False)
        self._open_pane(place.active)
        self.selected = place.selected
        self._record.restore(place.record)
        self.query_one(NotesPane).restore(place.notes)
        if place.viewed is None:
            self._focus(place.focus)
        else:
            self._came_from = place.focus
            self._open_view(place.viewed.name, place.viewed.question)
            if self._views.open is not None:
                self._views.open.restore(place.viewed.spot)

    def _focus(self, name: str) -> None:
        self.query_one(Reading).end_marking()
        widget: Widget = (
            self._record
            if name == "record"
            else self.query_one(NotesPane)
            if name == "notes"
            else self._pane(name).list
        )
        with self.prevent(RecordList.Highlighted):
            self.set_focus(widget)

    def go(self, ref: Ref) -> None:
        """Show a record by its reference, remembering where the person was."""
        if self.view is None:
            return
        ref = self.view.index.current(ref) or ref
        if ref not in self.view.index:
            there = self.view.whole.current(ref) is not None
            reason = (
                f"{ref} was not public on {labels.day(self.view.today)}; 0 goes to the last day."
                if there
                else f"There is no {ref} in this dataset."
            )
            self.notify(reason, severity="warning")
            if self.focused is None:
                self._focus(self._active)
            return
        if ref != self.selected or self.viewing:
            self._leave_here()
        self._close_view()
        pane = pane_of(ref.kind)
        if pane in (p.NAME for p in PANES) and self._pane(pane).list.move_to(ref):
            self._open_pane(pane)
        self.selected = ref
        self._focus("record")

    def read(self) -> None:
        """Go into the record shown."""
        self._follow_cursor()
        self._focus("record")

    # What the panes say.

    @on(RecordList.Highlighted)
    def show_record(self, event: RecordList.Highlighted) -> None:
        # Word from a pane that was left meanwhile comes too late.
        here = self.place in ("pane", "filter")
        if here and event.ref == self._pane(self._active).list.current:
            self.selected = event.ref

    def leave_record(self) -> None:
        """Go back to where one was: from a view, from marking, from the record to its pane."""
        if self.viewing:
            self._close_view()
            self._focus(self._came_from)
        elif self.place == "marking":
            self._focus("record")
        else:
            self._focus(self._active)

    @on(Ribbon.Chosen)
    def go_to_day(self, event: Ribbon.Chosen) -> None:
        self._travelling.look_at(event.day)

    def _set_scope(self, scope: Scope) -> None:
        if self.view is not None:
            self.view = self.view.within(scope)
            self._follow_cursor()

    def _follow_cursor(self) -> None:
        """Show the record under the cursor now, should word of it still be on the way.

        A list may have changed beneath the cursor, and the next key may be faster than the
        message that the cursor moved: what is written must go to the record it is on.
        """
        current = self._pane(self._active).list.current
        if self.place == "pane" and current is not None:
            self.selected = current

    # Time.

    def look_from(self, view: View) -> None:
        """Look at another day's view; what was not public then gives way to what was."""
        self.view = view
        self._follow_cursor()
        gone, stands_in = self._given_way
        if gone is not None and gone in view.index and self.selected == stands_in:
            self.selected, self._given_way = gone, (None, None)
        elif self.selected is not None and self.selected not in view.index:
            rows = self._pane(self._active).list
            shown = rows.current or view.index.dataset.negotiation.ref
            self._given_way = (gone if self.selected == stands_in else self.selected, shown)
            self.selected = shown
            self.notify(f"The record was not public on {labels.day(view.today)}; this one was.")

    def action_previous_round(self) -> None:
        if self.view is not None:
            self._travelling.to_round_before()

    def action_next_round(self) -> None:
        if self.view is not None:
            self._travelling.to_next_round()

    def action_previous_day(self) -> None:
        if self.view is not None:
            self._travelling.by_days(-1)

    def action_next_day(self) -> None:
        if self.view is not None:
            self._travelling.by_days(1)

    def action_end_of_record(self) -> None:
        if self.view is not None:
            self._travelling.to_the_end()

    def action_ask_date(self) -> None:
        if self.view is not None:
            self._travelling.ask()

    def action_find(self) -> None:
        if self.view is not None:
            self._finding.find(self.view)

    def action_notebook(self) -> None:
        if self.view is not None:
            self._finding.notebook(self.view, self._noting)

    # The views over all.

    @property
    def viewing(self) -> str:
        """The name of the view that covers the panes, if one does."""
        return self._views.open.comparison.name if self._views.open is not None else ""

    @property
    def _views(self) -> ViewHost:
        return self.query_one(ViewHost)

    def action_view(self, name: str) -> None:
        """Open a view, or close it when it is open."""
        if self.viewing == name:
            self.leave_record()
            return
        self._follow_cursor()
        if not self.viewing:
            came_from = "record" if self.place == "marking" else self.place
            self._came_from = came_from if came_from in ("record", "notes") else self._active
        self._open_view(name, self._views.question(name, self.selected))

    def _open_view(self, name: str, question: Question) -> None:
        if self.view is not None:
            self.query_one(Reading).end_marking()
            shown = self._views.show(name, self.view, question)
            self.add_class("-viewing")
            self.set_focus(shown)

    def _close_view(self) -> None:
        self._views.close()
        self.remove_class("-viewing")

    # Commands.

    @property
    def subject(self) -> Ref | None:
        """The record that a command is about: under the cursor of a view, or else shown."""
        self._follow_cursor()
        shown = self._views.open
        return (shown.link if shown is not None else None) or self.selected

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command may run here: a number typed into a filter is no jump.

        While words are marked, nothing runs that would lose the mark.
        """
        place = self.place
        if action == "jump" and place == "filter":
            return False
        if place == "marking" and not commands.leaves_mark(action):
            return False
        return super().check_action(action, parameters)

    @on(KeyLine.Clicked)
    async def run_clicked(self, event: KeyLine.Clicked) -> None:
        await self.run_command(event.command)

    async def run_command(self, command: commands.Command) -> None:
        """Run a command that was chosen by name, where the person was."""
        await key_line.run(command, self)

    def action_jump(self, name: str) -> None:
        if self._active != name or self.place != "pane":
            self._leave_here()
        else:
            self.notify(f"You are in the {name} already.")
        self._close_view()
        self._open_pane(name)
        rows = self._pane(name).list
        self.set_focus(rows)
        if rows.current is not None:
            self.selected = rows.current

    async def action_filter(self) -> None:
        if self.viewing:
            self.notify("The filter narrows a pane; 1 to 4 go to one.")
        else:
            await self._pane(self._active).type_filter()

    def action_scope(self) -> None:
        subject = self.subject
        if self.view is not None and subject is not None:
            self._set_scope(self.view.scope.toggled(subject))

    def action_next_place(self) -> None:
        self._cycle(1)

    def action_previous_place(self) -> None:
        self._cycle(-1)

    def _cycle(self, way: int) -> None:
        places = [*(pane.NAME for pane in PANES), "record", "notes"]
        here = self.place if self.place in places else self._active
        following = places[(places.index(here) + way) % len(places)]
        if following in ("record", "notes"):
            self._focus(following)
        else:
            self.action_jump(following)

    def action_back(self) -> None:
        self._travel(self._history.back, "There is nothing to go back to.")

    def action_forward(self) -> None:
        self._travel(self._history.forward, "There is nothing to go forward to.")

    def _travel(self, step: Callable[[Place], Place | None], none: str) -> None:
        here = self._here()
        place = step(here) if here else None
        if place is None:
            self.notify(none)
        else:
            self._restore(place)

    def action_take_off(self) -> None:
        """Undo the nearest thing that narrows: filter, scope, zoom; else leave the record."""
        pane = self._pane(self._active)
        if self.has_class("-zoomed"):
            self.remove_class("-zoomed")
        elif self.place == "pane" and pane.words:
            pane.words = ""
            self._follow_cursor()
        elif self.view is not None and self.view.scope.chosen:
            self._set_scope(self.view.scope.without_last())
        elif self.place != "pane":
            self.leave_record()
        else:
            self.notify("Nothing to take off: no filter, no scope, no zoom. q leaves.")

    def action_about(self) -> None:
        if self.view is None:
            return
        there = self.view.index.dataset.negotiation.ref
        if self.selected == there and self.place == "record":
            self.notify("This is the negotiation itself.")
        self.go(there)

    def action_zoom(self) -> None:
        if self.viewing:
            self.notify("A view already has the whole screen.")
        else:
            self.toggle_class("-zoomed")

    def action_help(self) -> None:
        app_services(self).show_help(self.place)

    def action_open_source(self) -> None:
        self._follow_cursor()
        if self.view is None:
            return
        from explorer.ui.dialogs.sources import ChooseSource

        reader = self._views.open or self._record
        link = reader.link if self.place != "pane" else None
        slugs = (link.id,) if link and link.kind == "source" else reader.sources
        if not slugs:
            self.notify("There is no source to open here.", severity="warning")
            return
        sources = [self.view.index.source(slug) for slug in slugs]
        self.app.push_screen(ChooseSource(sources), self._open_address)

    def _open_address(self, address: str | None) -> None:
        if address is None:
            return
        if (reason := browser.opened(address)) is None:
            self.notify(f"Handed to your browser: {address}")
        else:
            self.notify(f"Not opened: {reason}.\n{address}", severity="warning", timeout=12)

    def action_cite(self) -> None:
        subject = self.subject
        if self.view is not None and subject is not None:
            self.taking_out.cite(self.view, subject)

    def action_brief(self) -> None:
        if self.view is not None:
            self.taking_out.brief(self.view, self.subject)

    # Notes.

    @property
    def look(self) -> style.Look:
        """The styles in use, for what opens over the screen."""
        return self._look

    @property
    def is_free(self) -> bool:
        """Whether nothing is open, and nobody is typing."""
        return self.is_current and self.place not in ("filter", "marking")

    def interrupt(self) -> None:
        """Something has opened by itself: what is being typed is not meant for it."""
        cast("ExplorerApp", self.app).ahead.interrupt()

    def with_notes(self) -> Noting | None:
        """What works on notes; a person is told when there is none, or when one is busy."""
        if self._noting is None:
            self.notify(self._notes_off, severity="error")
        elif not self.is_current:
            self.notify("Answer or close what is open first; Esc does.")
        return self._noting if self.is_current else None

    def action_note(self) -> None:
        ref, noting = self.subject, self.with_notes()
        if ref is not None and noting is not None:
            noting.write(ref)

    def action_on_note(self, what: str) -> None:
        """Do something with the note under the cursor of the notes, if it is in sight."""
        pane, noting = self.query_one(NotesPane), self.with_notes()
        if noting is None or bring_notes_into_sight(self, what):
            return
        note = pane.note
        if note is None and pane.is_damaged:
            self.notify(DAMAGED, severity="warning")
        elif note is None:
            self.notify("There is no note on this record. n writes one.")
        else:
            self._do_with(noting, what, note)

    @on(NotesPane.Wanted)
    def write_note(self) -> None:
        self.action_note()

    @on(NotesPane.Chosen)
    def on_note_chosen(self, event: NotesPane.Chosen) -> None:
        if (noting := self.with_notes()) is not None:
            self._do_with(noting, event.what, event.note)

    def _do_with(self, noting: Noting, what: str, note: Note) -> None:
        deeds = {
            "edit": noting.edit,
            "outside": noting.outside,
            "done": noting.done,
            "merge": noting.merge,
            "attach": noting.attach,
            "delete": noting.delete,
        }
        deeds[what](note)

    def go_to_note(self, note: Note) -> None:
        """Show the record of a note, and the note."""
        assert self.view is not None, "notes are listed in a view"
        self.go(self.view.index.current(note.ref) or self.view.index.dataset.negotiation.ref)
        self.query_one(NotesPane).show_note(note.id)
        self.show_notes()

    def show_notes(self) -> None:
        """Go to the notes, and to the one under their cursor."""
        self._focus("notes")
        self.query_one(NotesPane).show_cursor()

    def action_bring_back(self) -> None:
        if (noting := self.with_notes()) is not None:
            noting.bring_back()

    def action_mark_words(self) -> None:
        """Mark words of the record shown, wherever the person is."""
        if self.viewing:
            self.notify("Words are marked in a record; Enter goes to one.")
        elif self.view is not None and self.with_notes() is not None:
            self.set_class(True, "-reading")
            self._record.action_mark()

    def mark(self, start: tuple[int, int], end: tuple[int, int] | None = None) -> None:
        """Mark words of the record, from a line and column and perhaps to another."""
        if not self.viewing:
            self.query_one(Reading).mark(start, end)

    def point_at_note(self, note_id: str) -> None:
        """Put the cursor of the notes on one."""
        self.query_one(NotesPane).show_note(note_id)

    async def on_marker_chosen(self, event: Marker.Chosen) -> None:
        from explorer.notes import anchors

        noting = self.with_notes()
        if self.view is None or noting is None or event.ref not in self.view.index:
            return
        anchor = None
        try:
            anchor = anchors.anchored(
                self.view.index[event.ref],
                event.words,
                before=event.before,
                after=event.after,
            )
        except ValueError as error:
            # The words that are typed now must find the editor that was asked for.
            remark = f"This note is on the whole record: {error}."
        else:
            remark = ""
        self.query_one(Reading).end_marking()
        noting.write(event.ref, anchor, remark)

    def action_quit(self) -> None:
        self.app.exit()


def _reached(breakpoints: list[tuple[int, str]], size: int) -> str:
    return [name for least, name in breakpoints if size >= least][-1]
