"""An app in the colours of a theme, which is kept, with the styles of all roles of text."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from rich.style import Style
from textual import work
from textual.command import SimpleProvider
from textual.constants import DEFAULT_THEME
from textual.filter import Monochrome, NoColor
from textual.reactive import Reactive, var
from textual.theme import BUILTIN_THEMES

from explorer import settings
from explorer.text.plain_signs import ASCII
from explorer.ui import glyphs, style
from explorer.ui.system.terminal_app import TerminalApp
from explorer.ui.theme_contrast import legible


def _kept() -> str:
    """The theme to begin with: to change it later is to read all styles twice."""
    kept, _ = settings.read().origin("theme")
    return str(kept) if kept in BUILTIN_THEMES else DEFAULT_THEME


def _kept_glyphs() -> str:
    return str(settings.read().value("glyphs"))


class ThemedApp(TerminalApp):
    """Has the styles of the theme ready for all that is drawn; app.tcss says what they are."""

    # Not of a screen: each of its classes that changes would have them all styled anew.
    COMPONENT_CLASSES = {f"look--{role}" for role in style.ROLES}

    theme: Reactive[str] = Reactive(_kept)
    glyphs: var[str] = var(_kept_glyphs)
    """Which signs to draw, “ascii” or “unicode”; empty for those that the terminal can show."""

    def __init__(self) -> None:
        super().__init__()
        if self.no_color:
            # Textual would send greys, which are colours too.
            self._filters = [f for f in self._filters if not isinstance(f, Monochrome)]
            self._filters.append(NoColor())
        self._choose_signs()
        self._look: style.Look | None = None
        self._has_styles_of_dialogs = False

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self.theme_changed_signal.subscribe(
            self, lambda _: self.call_after_refresh(self._draw_again)
        )

    @property
    def has_few_colors(self) -> bool:
        """Whether colour alone does not say what a link is."""
        return self.no_color or self.console.color_system in ("standard", "windows")

    @property
    def look(self) -> style.Look:
        """The styles in use."""
        if not self._component_styles:
            return style.Look.plain()
        if self._look is None:
            self._look = style.Look({role: self._style(f"look--{role}") for role in style.ROLES})
        return self._look

    @property
    def has_plain_signs(self) -> bool:
        """Whether signs are drawn as ASCII."""
        return any(isinstance(each, glyphs.PlainSigns) for each in self._filters)

    def watch_glyphs(self) -> None:
        self._choose_signs()
        self.refresh(layout=True)

    def _choose_signs(self) -> None:
        """Have signs drawn as ASCII, or as they are."""
        others = [f for f in self._filters if not isinstance(f, glyphs.PlainSigns)]
        is_plain = glyphs.wanted(self.glyphs) == ASCII
        self._filters = [*others, glyphs.PlainSigns()] if is_plain else others

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, as far as they can be read."""
        return legible(super().get_css_variables())

    def read_styles_of_dialogs(self) -> None:
        """Have the styles ready for what opens over the screen, before it does."""
        if not self._has_styles_of_dialogs:
            self._has_styles_of_dialogs = True
            self.stylesheet.read(Path(__file__).with_name("dialogs.tcss"))
            self.stylesheet.parse()

    def push_screen(self, *given: Any, **how: Any) -> Any:
        self.read_styles_of_dialogs()  # some open by themselves, before anybody was ready
        return super().push_screen(*given, **how)

    def search_themes(self) -> None:
        """Choose the colours, those in use being the first."""
        from explorer.ui.dialogs.palette import Palette

        names = sorted(self.available_themes, key=lambda name: (name != self.theme, name))
        offered = SimpleProvider(
            self.screen, [(name, partial(setattr, self, "theme", name)) for name in names]
        )
        self.push_screen(Palette([offered], placeholder="Colours; the first are those in use"))

    def _draw_again(self) -> None:
        self._look = None
        for screen in self.screen_stack:
            screen.query("Lines, KeyLine, Ribbon").refresh()

    def _style(self, component: str) -> Style:
        """What app.tcss sets for a component, and nothing that it inherits."""
        if component == "look--cursor" and self.no_color:
            return Style(reverse=True, bold=True)
        if component == "look--current" and self.no_color:
            return Style(underline=True, bold=True)
        underline = True if component == "look--link" and self.has_few_colors else None
        # The whole style has colours blended with the background; the partial one has not.
        styles = self.get_component_styles(component)
        if component == "look--key" and self.has_few_colors:
            # Of few colours that of keys is often close to the bar that they stand on.
            return styles.partial_rich_style.without_color
        color = styles.rich_style.color if styles.has_rule("color") else None
        return Style.combine((styles.partial_rich_style, Style(color=color, underline=underline)))

    @work(thread=True)
    def _keep_theme(self, name: str) -> None:
        if name == settings.read().value("theme"):
            return
        if why := settings.keep("theme", name):
            self.notify(f"The colours hold until you leave: {why}.", severity="warning")
