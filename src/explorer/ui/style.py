"""Records and notes → styled text. The one home of glyphs and of how things look.

Styles are named by role (`muted`, `link`, `state-disputed`); `app.tcss` says what each
looks like, in any theme. Text is never parsed for markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

STATE_GLYPHS: Mapping[str, str] = {
    "raised": "○",
    "disputed": "✗",
    "under discussion": "◔",
    "agreed in principle": "◑",
    "agreed": "●",
    "being carried out": "▸",
    "paused": "‖",
    "settled": "✓",
}
NOTE_MARK = "✎"
CONFLICT_MARK = "≠"
SCOPE_MARK = "+"
NEWS_ROLES = {"new": "mark", "corrected": "warning", "withdrawn": "warning"}
ELLIPSIS = "…"

ROLES = (
    *("title", "heading", "rule", "label", "muted", "strong", "words", "link", "mark"),
    *("address", "warning", "error", "cursor", "current", "key"),
    *("state-open", "state-disputed", "state-agreed", "state-paused"),
    *("side-1", "side-2", "side-3", "side-4", "found", "noted", "added", "removed"),
)
"""Each has a component class `look--ROLE` in app.tcss."""

STATE_ROLES = {
    "raised": "state-open",
    "disputed": "state-disputed",
    "under discussion": "state-open",
    "agreed in principle": "state-agreed",
    "agreed": "state-agreed",
    "being carried out": "state-agreed",
    "paused": "state-paused",
    "settled": "state-agreed",
}

NARROW = 34
"""Below this width a row leaves out what the record beside it says anyway."""
ROOMY = 44


class Look:
    """The styles of the theme in use, by role, and what turns text into segments."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self._console = Console(theme=Theme(dict(styles), inherit=False), width=200)

    @classmethod
    def plain(cls) -> Look:
        """No styles at all, until the theme is known."""
        return cls({role: Style() for role in ROLES})

    def segments(self, text: Text) -> list[Segment]:
        return list(text.render(self._console))

    def wrap(self, text: Text, width: int) -> list[Text]:
        return list(text.wrap(self._console, max(width, 1), tab_size=4))


def state(meaning: str, word: str) -> Text:
    """A status by glyph and word, “✗ disputed”; the glyph is that of what the word means."""
    return Text(f"{STATE_GLYPHS[meaning]} {word}", STATE_ROLES[meaning])


# Rows of the panes.


def fitted(text: Text, width: int) -> Text:
    """Text on exactly `width` cells, cut with an ellipsis or filled with blanks."""
    over = cell_len(text.plain) > width
    if over:
        kept = set_cell_size(text.plain, max(width - 1, 0)).rstrip()
        text = text[: len(kept)]
        text.append(ELLIPSIS if width > 0 else "")
    text.pad_right(max(width - cell_len(text.plain), 0))
    return text


def row(width: int, left: Text, right: Text | None = None) -> Text:
    """A row: what matters at the left, cut where it must be, and a column at the right."""
    if right is None or not right.plain:
        return fitted(left, width)
    room = width - cell_len(right.plain) - 1
    return Text.assemble(fitted(left, max(room, 0)), " ", right)


def heading_row(heading: str, width: int) -> Text:
    """A heading between rows, with a quiet line to the edge."""
    named = fitted(Text(f" {heading} ", "heading"), min(cell_len(heading) + 2, width))
    return Text.assemble(named, ("─" * (width - cell_len(named.plain) - 1), "rule"))
