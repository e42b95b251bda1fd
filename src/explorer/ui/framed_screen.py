"""What the opening screen and the main screen share: the sizes they know, and their styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.style import Style
from textual.screen import Screen

from explorer.ui import commands, style
from explorer.ui.system.one_repaint import OneRepaint


class FramedScreen(OneRepaint, Screen[None]):
    """Has classes for how large it is, and takes the styles of the theme from app.tcss."""

    COMPONENT_CLASSES = {f"look--{role}" for role in style.ROLES}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-short"), (32, "-tall")]
    BINDINGS = commands.bindings((commands.QUIT,))
    AUTO_FOCUS = ""

    look = style.Look.plain()
    """The styles in use, for what opens over the screen too."""

    @property
    def place(self) -> str:
        """The place whose keys apply."""
        return "pane"

    def on_compose(self) -> None:
        # Textual would set these on the first resize, after a layout without them.
        self.add_class(_reached(self.HORIZONTAL_BREAKPOINTS, self.app.size.width))
        self.add_class(_reached(self.VERTICAL_BREAKPOINTS, self.app.size.height))

    def on_mount(self) -> None:
        self._restyle()
        self.app.theme_changed_signal.subscribe(
            self, lambda _: self.call_after_refresh(self._restyle)
        )
        self.begin()

    def begin(self) -> None:
        """What there is to do once the screen stands."""

    def look_again(self) -> None:
        """The person has come back from other programs, which may have changed something."""

    def offered(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        """What the palette offers besides commands: each name, what it does, and how."""
        return ()

    def action_quit(self) -> None:
        self.app.exit()

    def _restyle(self) -> None:
        self.look = style.Look({role: self._style(f"look--{role}") for role in style.ROLES})
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


def _reached(breakpoints: list[tuple[int, str]], size: int) -> str:
    return [name for least, name in breakpoints if size >= least][-1]
