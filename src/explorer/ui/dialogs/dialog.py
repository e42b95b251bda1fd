"""What every dialog has: a frame with a title, its own keys in the last line, and their help."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from explorer.ui import key_words
from explorer.ui.app_services import app_services
from explorer.ui.find_commands import WHILE_FINDING
from explorer.ui.system.one_repaint import OneRepaint
from explorer.ui.widgets import key_line
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.key_line import KeyLine

Result = TypeVar("Result")
DOUBLE_CLICK = 2
"""The length of a chain of clicks that takes what is clicked on."""


def is_on_top(screen: Screen[Result]) -> bool:
    """Whether nothing stands over a screen, nor is it taken away."""
    return screen.app.screen_stack[-1:] == [screen]


class Dialog(OneRepaint, ModalScreen[Result]):
    """Stands over the main screen until it is answered or closed.

    A child sets `title`, perhaps `sub_title`, and composes its `body`. It takes its first
    answer, however many keys arrive at once, and none while it is covered itself: Textual
    takes away whichever screen is on top, and has nothing left to take in the end.
    """

    BINDINGS = [Binding("question_mark,f1", "help", show=False)]
    PLACE: ClassVar[str]
    """The place whose keys apply."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as frame:
            frame.border_title = Content(self.title or "")
            frame.border_subtitle = Content(self.sub_title or "")
            yield from self.body()
        yield KeyLine(self.PLACE, self._idle_now)

    def body(self) -> ComposeResult:
        """What stands in the frame; the first that can be focused has the focus."""
        raise NotImplementedError

    @property
    def idle(self) -> tuple[str, ...]:
        """Actions of this dialog of which there is nothing to do them with."""
        return ()

    @property
    def _idle_now(self) -> tuple[str, ...]:
        return self.idle if self._is_finding else (*self.idle, *WHILE_FINDING)

    @property
    def _is_finding(self) -> bool:
        """Whether words are marked that were found in it; it may stand there empty, or no more."""
        return any(lines.is_finding for lines in self.query(Findable))

    def show_keys(self) -> None:
        """Show the keys that do anything now."""
        self.key_line.show(self.PLACE, self._idle_now)

    @property
    def key_line(self) -> KeyLine:
        """The last line."""
        return self.query_one(KeyLine)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Take an answer; one that comes before there is anything to see waits for it."""
        if not is_on_top(self):
            return AwaitComplete()
        if not self.is_mounted:
            self.call_later(self.action_choose, result)  # which awaits nothing
            return AwaitComplete()
        return super().dismiss(result)

    def action_close(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def action_choose(self, answer: Result) -> None:
        """Answer with what a key stands for."""
        self.dismiss(answer)

    def action_end_finding(self) -> None:
        """Mark what was found no more."""
        for lines in self.query(Findable):
            lines.end_finding()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command may run now: there may be no finding to end."""
        if action == "end_finding" and not self._is_finding:
            return False
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """Explain the keys of this dialog."""
        app_services(self).show_help(self.PLACE)

    def clicked(self, event: Click) -> Widget:
        """What the mouse is on; the event itself names whatever it has come up to."""
        return self.get_widget_at(*event.screen_offset)[0]

    def on_click(self, event: Click) -> None:
        """A click beside the dialog closes nothing, and says which key does."""
        if self.clicked(event) is self:
            closing = key_words.closing(self.PLACE)
            self.notify(f"{closing.main_key}: {closing.help}")

    async def on_key_line_clicked(self, event: KeyLine.Clicked) -> None:
        await key_line.run(event.command, self)
