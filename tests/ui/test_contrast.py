"""Nothing is invisible in any theme that is shipped: what is drawn, against what is behind it."""

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from explorer.notes import Words
from explorer.record.model import Ref
from explorer.ui import theme_contrast
from explorer.ui.style import ROLES

DRAWN = "─│┌┐└┘├┤┬┴┼╭╮╰╯═║▁▔▊▎▌█▄▀┄┈╌╎━┃▇▆▅▃▂▏▕▐"
"""Lines and bars, which need less than words."""


def themes(app) -> list[str]:
    """All that are offered, without those whose colours only the terminal knows."""
    return [name for name in app.available_themes if "ansi" not in name]


def faint(screen, region=None) -> list[str]:
    """What is drawn and hardly seen: its contrast and its words."""
    found = []
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            here, x = x, x + cell_len(text)
            shown = text.strip()
            if not shown or style is None or not (style.color and style.bgcolor):
                continue
            if region is not None and not region.contains(here, y):
                continue
            front, back = map(Color.from_rich_color, (style.color, style.bgcolor))
            floor = theme_contrast.LINES if set(shown) <= set(DRAWN) else theme_contrast.TEXT
            seen = theme_contrast.contrast(front, back)
            if seen < floor - 0.05:  # rounded to whole shades
                found.append(f"{seen:.1f} {shown} at {here}, {y}: {strip.text}")
    return found


async def test_all_that_the_screen_draws_can_be_seen_in_every_theme(explorer):
    async with explorer(go="issue:tolls", size=(100, 30)) as person:
        for name in themes(person.app):
            person.app.theme = name
            await person.settle()
            assert not faint(person.app.screen), name
            colors = {k: v for k, v in person.app.get_css_variables().items() if "auto" not in v}
            page, words, bar = (
                Color.parse(colors[v]) for v in ("background", "foreground", "cursor-background")
            )
            assert theme_contrast.contrast(bar, page) >= theme_contrast.LINES, name
            for role in ROLES:
                style = person.app.look.styles[role]
                front = Color.from_rich_color(style.color) if style.color else words
                back = Color.from_rich_color(style.bgcolor) if style.bgcolor else page
                floor = theme_contrast.LINES if role == "rule" else theme_contrast.TEXT
                assert theme_contrast.contrast(front, back) >= floor - 0.05, (name, role)


@pytest.mark.parametrize("keys", [["y"], ["n", "x"], ["s"], ["ctrl+p"], ["o"], ["N"], ["f1"]])
async def test_what_opens_over_it_can_be_seen_in_every_theme(explorer, keys):
    async with explorer(go="issue:tolls", size=(100, 30)) as person:
        await person.press(*keys)
        person.app.notify("Something was told.", severity="warning")
        dialog = person.app.screen.query(".dialog, #--container").first()
        for name in themes(person.app):
            person.app.theme = name
            await person.settle()
            assert not faint(person.app.screen, dialog.region), name


@pytest.mark.parametrize("keys", [["N"], ["s", "t"]])
async def test_a_theme_chosen_while_a_dialog_is_open_holds_there_too(explorer, store, keys):
    store.save(Ref("issue", "tolls"), Words("x"), name="Tolls", note=None)

    def drawn(color):
        strips = person.app.screen._compositor.render_strips()
        return any(style and style.bgcolor == color for strip in strips for _, style, _ in strip)

    async with explorer() as person:
        await person.press(*keys)
        before = person.app.look.styles["cursor"].bgcolor
        assert drawn(before)
        person.app.theme = "gruvbox"
        await person.settle()
        now = person.app.look.styles["cursor"].bgcolor
        assert now != before
        assert drawn(now)
        assert not drawn(before)


async def test_themes_of_the_terminals_own_colours_set_no_two_the_same(explorer):
    """What black or blue is there only the terminal knows; the same on the same is never seen."""
    async with explorer(go="issue:tolls", size=(100, 30)) as person:
        for name in (name for name in person.app.available_themes if "ansi" in name):
            person.app.theme = name
            await person.settle()
            for strip in person.app.screen._compositor.render_strips():
                for text, style, _ in strip:
                    if text.strip() and style is not None and style.color and style.bgcolor:
                        is_same = style.color.name == style.bgcolor.name
                        assert not is_same or style.color.is_default, (name, text)


@pytest.mark.parametrize("keys", [["o"], ["ctrl+p"], ["y"]])
async def test_the_cursor_of_a_dialog_is_seen_without_colours(explorer, monkeypatch, keys):
    monkeypatch.setenv("NO_COLOR", "1")
    async with explorer(go="issue:tolls") as person:
        await person.press(*keys)

        def underlined() -> set[int]:
            strips = enumerate(person.app.screen._compositor.render_strips())
            return {y for y, strip in strips for _, style, _ in strip if style and style.underline}

        behind = {y for y in underlined() if y > 30}
        before = underlined() - behind
        assert before
        await person.press("down")
        assert underlined() - behind != before


ON_PAGES = ("foreground", "primary", "secondary", "accent", "warning", "error", "success", "muted")
PAGES = ("background", "surface", "panel", "current-background")
TEXTS = (
    *(
        (f"text-{name}".replace("text-foreground", "foreground"), b)
        for name in ON_PAGES
        for b in PAGES
    ),
    *(
        (f"text-title{kind}", b)
        for kind in ("", "-muted", "-accent")
        for b in ("panel", "accent-muted")
    ),
    *(("text-scope", "primary-muted"), ("text-problems", "error-muted"), ("key", "panel")),
    ("cursor-foreground", "cursor-background"),
)
"""Words and what is behind them, as app.tcss and dialogs.tcss have them."""
LINES = tuple(
    (line, page) for line in ("line", "line-focus", "cursor-background") for page in PAGES[:2]
)
"""Section heads' lines, frames, ticks of the ribbon, the bar of a cursor."""


@pytest.mark.parametrize("name", [name for name in BUILTIN_THEMES if "ansi" not in name])
def test_every_colour_stands_out_from_all_that_it_is_drawn_on(name):
    colors = theme_contrast.legible(BUILTIN_THEMES[name].to_color_system().generate())
    for pairs, floor in ((TEXTS, theme_contrast.TEXT), (LINES, theme_contrast.LINES)):
        for front, back in pairs:
            seen = theme_contrast.contrast(Color.parse(colors[front]), Color.parse(colors[back]))
            assert seen >= floor - 0.05, (front, back)


async def test_an_earlier_day_and_a_scope_can_be_seen_in_every_theme(explorer):
    async with explorer(go="issue:tolls", size=(100, 30)) as person:
        await person.press("[", "space", "f")
        for name in themes(person.app):
            person.app.theme = name
            await person.settle()
            assert not faint(person.app.screen), name


async def test_a_link_looks_like_one_with_few_colours_and_with_none(explorer, monkeypatch):
    def underlined() -> set[str]:
        strips = person.app.screen._compositor.render_strips()
        return {text for strip in strips for text, style, _ in strip if style and style.underline}

    async with explorer(go="quote:noren-good-day", size=(100, 30)) as person:
        many = underlined()
        monkeypatch.setattr(person.app.console, "_color_system", ColorSystem.STANDARD)
        person.app.theme = "nord"
        await person.settle()
        few = underlined()
        assert person.app.look.styles["link"].underline
        assert many < few

    monkeypatch.setenv("NO_COLOR", "1")
    async with explorer(go="quote:noren-good-day", size=(100, 30)) as person:
        assert few - many <= underlined()
