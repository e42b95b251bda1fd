"""Colours that can be told from what is behind them, whatever theme is chosen.

A theme is somebody's taste, and some of Textual's own put grey on grey. Where a colour that
carries meaning comes too close to its background it is moved towards black or white, by as
little as it takes; where it does not, it is left as it was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from textual.color import BLACK, WHITE, Color, ColorParseError

TEXT = 4.5
"""The contrast that text has at least: that of the guidelines for accessible pages (WCAG, AA)."""
LINES = 3.0
"""The same for lines, bars and cursors."""

_STEPS = 40

_ON_PAGES = (
    *("text-primary", "text-secondary", "text-accent"),
    *("text-warning", "text-error", "text-success", "text-muted", "text-disabled"),
)
_PAGES = ("background", "surface", "current-background")
_FOOT = ("panel",)
_TITLE = {
    "foreground": "text-title",
    "text-muted": "text-title-muted",
    "text-accent": "text-title-accent",
}


def legible(variables: dict[str, str]) -> dict[str, str]:
    """The variables of a theme with those changed that could not be read, and some of our own."""
    mended = dict(variables)

    def mend(name: str, source: str, behind: Iterable[str], floor: float) -> None:
        color = _color(mended.get(source, ""))
        grounds = [ground for b in behind if (ground := _color(mended.get(b, "")))]
        if color is not None and grounds:
            mended[name] = apart(color, grounds, floor).hex
        elif source in mended:
            mended[name] = mended[source]

    mend("foreground", "foreground", ("background", "surface", "panel"), TEXT)
    mended["current-background"] = _quiet(mended)
    words, page = _color(mended["foreground"]), _color(mended["background"])
    if words is not None and page is not None:
        # Textual would choose these anew on each background, and often too close to it.
        mended["text-muted"] = page.blend(words, 0.6).hex
        mended["text-disabled"] = page.blend(words, 0.4).hex
    for name in _ON_PAGES:
        mend(name, name, (*_PAGES, *_FOOT), TEXT)
    mend("key", "footer-key-foreground", _FOOT, TEXT)
    mend("line", "surface-lighten-2", _PAGES[:2], LINES)
    mend("line-focus", "primary", _PAGES[:2], LINES)
    mend("text-scope", "text-primary", ("primary-muted",), TEXT)
    for name in ("foreground", "text-muted", "text-accent"):
        mend(_TITLE[name], name, ("panel", "accent-muted"), TEXT)
    mend("text-problems", "text-error", ("error-muted",), TEXT)
    mended |= _cursor(mended)
    return mended


def _quiet(variables: dict[str, str]) -> str:
    """What is behind the row that was left: a shade that its words can be read on."""
    shade, page, text = (
        _color(variables[name]) for name in ("surface-lighten-1", "background", "foreground")
    )
    if shade is None or page is None or text is None:
        return variables["surface-lighten-1"]
    ways = (shade.blend(page, step / _STEPS) for step in range(_STEPS))
    return next((way for way in ways if contrast(way, text) >= TEXT), page).hex


def _cursor(variables: dict[str, str]) -> dict[str, str]:
    """The cursor stands out from the page, and its words from the cursor."""
    words, bar = variables["block-cursor-foreground"], variables["block-cursor-background"]
    color, pages = _color(bar), [page for b in _PAGES[:2] if (page := _color(variables[b]))]
    if color is None or not pages:
        return {"cursor-foreground": words, "cursor-background": bar}
    text = _color(words) or color.get_contrast_text(1.0)
    for way in chain((color,), _ways(color)):
        stands_out = min(contrast(way, page) for page in pages) >= LINES
        if stands_out and contrast(text, way) >= TEXT:
            return {"cursor-foreground": text.hex, "cursor-background": way.hex}
    color = apart(color, pages, LINES)
    return {"cursor-foreground": apart(text, [color], TEXT).hex, "cursor-background": color.hex}


def apart(color: Color, grounds: Iterable[Color], floor: float) -> Color:
    """A colour moved as little as need be to stand out from all of some backgrounds."""
    grounds = tuple(grounds)

    def least(shade: Color) -> float:
        return min(contrast(shade, ground) for ground in grounds)

    if least(color) >= floor:
        return color
    enough = (way for way in _ways(color) if least(way) >= floor)
    return next(enough, None) or max(_ways(color), key=least)


def _ways(color: Color) -> Iterator[Color]:
    """The colour by small steps on the way to white and to black, the nearest first."""
    steps = range(1, _STEPS + 1)
    return (color.blend(end, step / _STEPS) for step in steps for end in (WHITE, BLACK))


def contrast(one: Color, other: Color) -> float:
    """How far two colours stand apart, from 1 to 21, as the guidelines reckon it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@cache  # each shade is held against several others
def _luminance(color: Color) -> float:
    shares = [
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for share in color.normalized
    ]
    return sum(
        weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True)
    )


def _color(said: str) -> Color | None:
    """A colour that can be reckoned with: the terminal’s own are not known here."""
    try:
        color = Color.parse(said)
    except ColorParseError:
        return None
    return color if color.ansi is None and color.a == 1 else None
