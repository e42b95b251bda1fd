"""What every dialog has: its own keys in the last line, and the help on them."""

from __future__ import annotations

from typing import ClassVar, TypeVar, cast

from textual.binding import Binding
from textual.events import Click

from explorer.ui import commands
from explorer.ui.dialogs.modal import Modal
from explorer.ui.widgets import key_line
from explorer.ui.widgets.key_line import Around, KeyLine

Result = TypeVar("Result")


class Dialog(Modal[Result]):
    """Stands over the main screen until it is answered or closed. A child composes `keys`."""

    BINDINGS = [Binding("question_mark,f1", "help", show=False)]
    PLACE: ClassVar[str]
    """The place whose keys apply."""

    @property
    def keys(self) -> KeyLine:
        """The line of keys, to be composed last."""
        return KeyLine(self.PLACE, self.idle)

    @property
    def idle(self) -> tuple[str, ...]:
        """Actions of this dialog of which there is nothing to do them with."""
        return ()

    def action_close(self) -> None:
        """Answer nothing."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Explain the keys of this dialog."""
        from explorer.ui.dialogs.help import Help

        self.app.push_screen(Help(self.PLACE, cast("Around", self.app).look))

    def on_click(self, event: Click) -> None:
        """A click beside the dialog closes nothing, and says which key does."""
        if event.widget is self:
            closing = next(c for c in commands.available(self.PLACE) if "escape" in c.keys)
            self.notify(f"{closing.main_key}: {closing.help}")

    async def on_key_line_clicked(self, event: KeyLine.Clicked) -> None:
        await key_line.run(event.command, self)
