"""What the opening screen and the main screen share: the sizes they know, how they begin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual.events import ScreenResume
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from explorer.documents.comparisons import Comparison
from explorer.ui import commands
from explorer.ui.system.one_repaint import OneRepaint
from explorer.ui.widgets.blank import first_line

if TYPE_CHECKING:
    from explorer.ui.left_place import Left
    from explorer.view import View


class FramedScreen(OneRepaint, Screen[None]):
    """Has classes for how large it is."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-short"), (32, "-tall")]
    BINDINGS = commands.bindings((commands.QUIT,), "everywhere")
    AUTO_FOCUS = ""

    focus_again: Callable[[], None] = staticmethod(lambda: None)
    """The person is here again: let something have the focus, which may be lost."""
    absent: tuple[Comparison, ...] = ()
    """The comparisons for which the dataset has nothing."""

    @property
    def place(self) -> str:
        """The place whose keys apply."""
        return "pane"

    def __init__(self) -> None:
        super().__init__()
        self._is_new = True

    def fit(self, size: Size) -> None:
        """Take the classes for a size before anything is laid out; a resize changes them."""
        width = _reached(self.HORIZONTAL_BREAKPOINTS, size.width)
        height = _reached(self.VERTICAL_BREAKPOINTS, size.height)
        self.add_class(width, height, update=False)

    def on_mount(self) -> None:
        self.begin()

    def on_screen_resume(self, event: ScreenResume) -> None:
        if self._is_new:
            event.refresh_styles = False  # each part took its styles when it came
        self._is_new = False
        if self.app.app_focus:
            self.focus_again()

    def render_lines(self, crop: Region) -> list[Strip]:
        return super().render_lines(first_line(crop)) * crop.height

    def begin(self) -> None:
        """What there is to do once the screen stands."""

    def look_again(self) -> None:
        """The person has come back from other programs, which may have changed something."""

    def offered(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        """What the palette offers besides commands: each name, what it does, and how."""
        return ()

    def left(self) -> tuple[View, Left] | None:
        """What is seen and what is open, to come back to; None when there is nothing yet."""

    def action_quit(self) -> None:
        self.app.exit()


def _reached(breakpoints: list[tuple[int, str]], size: int) -> str:
    return [name for least, name in breakpoints if size >= least][-1]
