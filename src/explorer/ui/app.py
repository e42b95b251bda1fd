"""The application: its screens, palette, and what happens when all else fails."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.events import (
    DeliveryComplete,
    DeliveryFailed,
    Event,
    InputEvent,
    Key,
    MouseDown,
    MouseEvent,
    Paste,
)
from textual.screen import Screen

from explorer.storage import run_log
from explorer.text.sanitize import one_line, plain
from explorer.ui import commands, key_words
from explorer.ui.command import keycap
from explorer.ui.framed_screen import FramedScreen
from explorer.ui.messages import Message, Messages
from explorer.ui.opening_screen import OpeningScreen
from explorer.ui.returning_app import ReturningApp
from explorer.ui.system.bound_key import bound_to
from explorer.ui.system.counted_moves import CountedMoves
from explorer.ui.system.holds_words import HoldsWords
from explorer.ui.system.taken_in import taken_in
from explorer.ui.system.typing_ahead import TypingAhead
from explorer.ui.widgets.key_line import KeyLine
from explorer.ui.widgets.lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

    from textual.actions import ActionParseResult
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.notifications import SeverityLevel

    from explorer.dataset.progress import Progress
    from explorer.opening import Opened
    from explorer.record.model import Ref
    from explorer.ui.keeper import Keeper


def _commands() -> type[Provider]:
    from explorer.ui.dialogs.palette import Commands

    return Commands


def _records() -> type[Provider]:
    from explorer.ui.dialogs.palette import Records

    return Records


class ExplorerApp(ReturningApp):
    """Shows one dataset; returns the error that kept it from being shown, if any."""

    TITLE = "explorer"
    CSS_PATH = "app.tcss"
    COMMANDS = {_commands, _records}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = commands.bindings(
        (commands.PALETTE, commands.SUSPEND, commands.REDRAW), "everywhere"
    )

    def __init__(
        self,
        read: Callable[[], Opened],
        shown: Ref | None = None,
        progress: Progress | None = None,
        others: Mapping[str, Path] | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        """`read` gives what is shown, and may take its time, of which `progress` is word.

        `others` are datasets that a person may go to from here, by their names; `keeper`
        keeps where the person is when they leave.
        """
        super().__init__(keeper)
        # Nothing of ours shows either, and each screen would have a widget for them.
        self._disable_tooltips = self._disable_notifications = True
        self.messages = Messages(self._show_message)
        self._ahead = TypingAhead(self, self.pass_on)
        self._counts = CountedMoves(self.notify)
        self._ran = 0
        """How many actions were run so far."""
        self._shown = shown
        self._others = others or {}
        self.going_to: Path | None = None  # what this dataset is left for
        self._base = OpeningScreen(partial(self.reading, read), self._show, progress)

    def get_default_screen(self) -> FramedScreen:
        self._base.fit(self.size)
        return self._base

    def _show(self, opened: Opened) -> None:
        """Let the main screen stand where the opening screen was."""
        if self._exit:
            return  # who left did not wait for it
        from explorer.ui.main_screen import MainScreen

        opening, self._base = self._base, MainScreen(opened, self._shown, self._left)
        self._base.fit(self.size)
        self.install_screen(opening, "opening")  # to take it apart would take time
        opening._push_result_callback(self, None)  # noqa: SLF001 -- else nothing may replace it
        self.switch_screen(self._base)

    def stand_ready(self) -> None:
        """Be ready for what opens over the main screen, and do what was typed before."""
        self.read_styles_of_dialogs()
        self.tell_mistakes()
        self._ahead.let_go()

    def get_system_commands(self, _screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers besides our own commands."""
        yield SystemCommand("Theme", "Choose the colours; the choice is kept.", self.search_themes)
        for name, what, run in self._base.offered():
            yield SystemCommand(name, what, run)
        for name, path in self._others.items():
            what = "Go to another dataset; notes stay with the one they are on."
            yield SystemCommand(f"Open {name}", what, partial(self._go_to, path))
        yield SystemCommand(
            "Picture",
            "Save a picture of the screen as SVG.",
            lambda: self.set_timer(0.1, self._save_picture),  # once the palette is gone
        )

    def _go_to(self, path: Path) -> None:
        self.going_to = path  # where whoever opened this one goes on
        self.exit()

    def _save_picture(self) -> None:
        if self.screen_stack:  # else the app was left meanwhile
            self.deliver_screenshot()

    def action_command_palette(self) -> None:
        from explorer.ui.dialogs.palette import Palette

        hint = "A command, or any record by name"
        self.push_screen(Palette(placeholder=hint))

    # What is told.

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,  # noqa: ARG002 -- nothing is parsed as markup, whoever tells it
    ) -> None:
        """Tell a person something in the last line; may be called from any thread.

        With a `timeout` it stays long enough to be read, whatever is pressed meanwhile.
        """
        told = one_line(f"{title}: {message}" if title else message)
        if severity != "information":
            run_log.note("%s: %s", severity, told)
        stays = timeout is not None or severity != "information"
        tell = partial(self.messages.tell, Message(told, severity, stays))
        tell() if threading.current_thread() is threading.main_thread() else self.call_later(tell)

    def _show_message(self, message: Message | None) -> None:
        for screen in self.screen_stack:
            for line in screen.query(KeyLine):
                line.tell(message)

    def action_help_quit(self) -> None:
        """Textual’s word on Ctrl+C, in ours."""
        leaving = key_words.of("quit")
        how = keycap(leaving.key_names[-1]) if leaving.keys else f"“{leaving.name}”"
        self.notify(f"Nothing is selected to be copied. {how} leaves the program.")

    def on_delivery_complete(self, event: DeliveryComplete) -> None:
        event.prevent_default()
        self.notify(f"The picture is in {event.path}.", timeout=1)

    def on_delivery_failed(self, event: DeliveryFailed) -> None:
        event.prevent_default()
        reason = plain(str(event.exception))
        self.notify(f"The picture could not be written: {reason}", severity="error")

    # What is typed.

    async def on_event(self, event: Event) -> None:
        """Filter what is pasted, and keep what is typed ahead of a field that is opening."""
        if (self._exit or not self.screen_stack) and isinstance(event, (InputEvent, Paste)):
            return  # it came after the key that leaves
        if self._ahead.is_starting and isinstance(event, MouseEvent):
            return  # there is nothing yet to point at
        if isinstance(event, Key) and not event.is_forwarded and self._is_to_suspend(event):
            self.action_suspend_process()
            return
        if isinstance(event, (Key, Paste, MouseDown)) and not event.is_forwarded:
            if not self._ahead.keeps(event):
                await self.pass_on(event)
            return
        ran = self._ran
        await super().on_event(event)
        if isinstance(event, Key) and self._ran == ran:
            # It has come back from where the focus is, and nobody knows it.
            self.notify(key_words.unknown(self._place, event.character, event.key))

    async def pass_on(self, event: Event) -> None:
        """Run the command of a key at once, in its turn; pass on all else.

        Textual sends a key to where the focus is and runs its command when it comes back. By
        then keys after it are under way to the same place, or have even been run: what is
        typed behind a key that deletes would be deleted too.
        """
        if self._exit:
            return  # it waited, and a key before it left
        self.messages.acted()
        if isinstance(event, Key) and (opener := key_words.opener(self._place, event.key)):
            self._ahead.begin(opener.action)
        if isinstance(event, Paste):
            event = self._fitting(event)
        if isinstance(event, Key) and (
            await self._counts.run(event.key, self._place, self._run_bound)
            or self._is_refused_while_marking(event)
        ):
            return
        await super().on_event(event)

    def _is_refused_while_marking(self, event: Key) -> bool:
        """At once: of what is typed on in one go nothing is to act on the mark either."""
        if self._place != "marking" or bound_to(event.key, self.screen) is not None:
            return False
        self.notify(key_words.unknown(self._place, event.character, event.key))
        self._ahead.refuse(event)
        return True

    async def _run_bound(self, key: str) -> bool:
        """Run the command of a key where the focus is, or around it; whether there is one."""
        self.app_focus = True  # who presses a key is here, and the focus is where it was
        focused, screen = self.focused, self.screen
        if focused is None:
            return False
        bound = bound_to(key, screen)
        if bound is None or not bound.enabled:
            return False
        if isinstance(focused, Lines):
            # What a list does not know is known to the dialog around it.
            return await self.run_action(bound.binding.action, bound.node)
        # What was typed before the key is on its way to the field, and comes first.
        await taken_in(focused)
        has_run = await self.run_action(bound.binding.action, bound.node)
        if self.screen is not screen:
            # It was an answer, which is heard before the next key acts.
            await taken_in(self.screen)
        return has_run

    def show_help(self, place: str) -> None:
        """Explain the keys of a place."""
        from explorer.ui.dialogs.help import Help

        self.push_screen(Help(place, self._base.absent))

    def _fitting(self, event: Paste) -> Paste:
        """What was pasted, without what a field would show that is not made for it."""
        from textual.widgets import Input

        from explorer.ui.widgets.line_input import one_line_of

        if hasattr(self.focused, "takes_any_character"):
            return event
        event = Paste(plain(event.text))
        if isinstance(self.focused, Input):
            text, told = one_line_of(event.text)
            if told:
                self.notify(told)
            return Paste(text)
        note = f"{key_words.cap('note')} writes a note"
        others = f"{key_words.cap('filter')} filters, {key_words.cap('search')} searches"
        ways = note if self._place == "marking" else f"{others}, {note}"
        self.notify(f"Nothing takes pasted text here: {ways}.")
        return event

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        with run_log.timed("%s in %s", action, self._place):
            has_run = await super().run_action(action, default_namespace, namespaces)
        self._ran += has_run
        self._ahead.done(str(action))
        return has_run

    @property
    def _place(self) -> str:
        """Where the person is."""
        place: str = getattr(self.screen, "PLACE", "") or self._base.place
        return place

    @property
    def ahead(self) -> TypingAhead:
        """What waits for a field that is opening."""
        return self._ahead

    def watch_app_focus(self, has_focus: bool) -> None:
        """Have a focus where the person is, which what has opened meanwhile never had."""
        if not has_focus or not self.screen_stack:
            return
        if self.screen is self._base:
            self._base.focus_again()
        else:
            self.screen._update_auto_focus()  # noqa: SLF001

    def on_app_focus(self) -> None:
        """The person comes back to the app, perhaps from another program."""
        self._base.look_again()

    def on_app_blur(self) -> None:
        """The person turns to another program, and may not come back."""
        if (editor := self.editor()) is not None:
            editor.keep_draft()

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self.failed_in_loop)

    def action_focus_next(self) -> None:
        """Textual’s tab, which says so where there is nothing else to go to."""
        self._tell_if_stays("tab", self.screen.focus_next)

    def action_focus_previous(self) -> None:
        self._tell_if_stays("shift+tab", self.screen.focus_previous)

    def _tell_if_stays(self, key: str, go: Callable[[], object]) -> None:
        before = self.focused
        go()
        if self.focused is before:
            self.notify(key_words.unknown(self._place, None, key))

    def _is_to_suspend(self, event: Key) -> bool:
        """Over a dialog too, which keys of the app do not reach; a text takes back with it."""
        if event.key not in key_words.of("to-the-shell").key_names or not self.screen.is_modal:
            return False
        from textual.widgets import Input, TextArea

        return not isinstance(self.focused, (Input, TextArea))

    async def action_quit(self) -> None:
        """Leave, unless a note being written has words that are not saved."""
        editor = self.editor()
        if editor is None:
            self.exit()
        elif isinstance(self.screen, HoldsWords):
            editor.leave(self.exit)
        else:
            self.notify("Answer the question first; Esc leaves things as they are.")
