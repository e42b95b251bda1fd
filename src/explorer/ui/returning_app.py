"""An app with a person's own keys, that keeps where they are when they leave."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches

from explorer.ui import keymap, settings_check
from explorer.ui.themed_app import ThemedApp

if TYPE_CHECKING:
    from explorer.opening import Opened
    from explorer.ui.framed_screen import FramedScreen
    from explorer.ui.keeper import Keeper
    from explorer.ui.left_place import Left
    from explorer.ui.widgets.findable_lines import Findable


class ReturningApp(ThemedApp):
    """Begins as a person has set it, where they left it."""

    _base: FramedScreen
    """The screen below all others."""
    sought = ""
    """The words that were looked for last in what is read."""

    def __init__(self, keeper: Keeper | None) -> None:
        super().__init__()
        self._keeper = keeper
        self._left: Left | None = None
        """Where the person was when they left."""
        checked = settings_check.check()
        self._mistakes = checked.problems
        keymap.use(checked.keymap)
        self.set_keymap(checked.keymap.for_textual)

    def find_in(self, within: Findable) -> None:
        """Have words typed that are looked for in what is read."""
        from explorer.ui.dialogs.find_line import FindLine

        self.push_screen(FindLine(within, self.sought))

    def tell_mistakes(self) -> None:
        """Say what is wrong with what was set, if anything is."""
        if said := settings_check.trouble(self._mistakes):
            self.notify(said, severity="warning", timeout=20)

    def reading(self, read: Callable[[], Opened]) -> Opened:
        """Read what is shown, and where the person left it, beside what is drawn."""
        opened = read()
        if self._keeper is not None:
            self._left = self._keeper.found(opened.view)
        return opened

    def exit(self, *given: Any, **how: Any) -> None:
        """Leave, for whichever reason, and keep where the person is."""
        if self._keeper is not None and not self._exit:
            with suppress(NoMatches):  # half of the screen may not be there yet
                if (left := self._base.left()) is not None:
                    self._keeper.keep(*left)
        super().exit(*given, **how)
