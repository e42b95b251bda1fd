"""Records and notes → styled text. The one home of glyphs and of how things look.

Styles are named by role (`muted`, `link`, `state-disputed`); `app.tcss` says what each
looks like, in any theme. Text is never parsed for markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from explorer.record.state_signs import STATE_GLYPHS
from explorer.values import dataclass

NOTE_MARK = "✎"
CONFLICT_MARK = "≢"
SCOPE_MARK = "+"
NEWS_ROLES = {"new": "mark", "corrected": "warning", "withdrawn": "warning"}
ELLIPSIS = "…"

ROLES = (
    *("title", "heading", "rule", "label", "muted", "strong", "words", "link", "mark"),
    *("address", "warning", "error", "cursor", "current", "key"),
    *("state-open", "state-disputed", "state-agreed", "state-paused"),
    *("side-1", "side-2", "side-3", "side-4", "found", "noted", "added", "removed"),
    *("match", "match-here"),
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

SHORT_STATES = {
    "under discussion": "discussion",
    "agreed in principle": "in principle",
    "being carried out": "carried out",
}
"""Names of states where there is no room for the whole, of which each is a part."""

NARROW = 34
"""Below this width a row leaves out what the record beside it says anyway."""
ROOMY = 44
WIDE = 56
"""From this width on a row has room for whole names."""
_FARTHEST = 84
"""A row is no wider, or the eye would lose it on the way to what stands at its right."""


_BREAK = re.compile(r"[/?&=_.,-]+|](?=\[)")
"""Where a long word may be broken: an address after a sign, marks of sources between two."""


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
        """The lines of a text; what is longer than a line is broken where one would by hand."""
        width = max(width, 1)
        lines = _broken(text, width).wrap(self._console, width, tab_size=4)
        for line in lines:
            line.rstrip()  # or a look would go on behind the last word
        return list(lines)


def _broken(text: Text, width: int) -> Text:
    """A text with an end of line in what is too long for one, an address for instance."""
    places: list[int] = []
    plain = text.plain
    for word in re.finditer(rf"\S{{{width // 2 + 1},}}", plain):  # each takes two cells at most
        first, end = word.span()
        while cell_len(piece := plain[first : min(end, first + width + 1)]) > width:
            fits = max(len(set_cell_size(piece, width).rstrip()), 1)
            breaks = [m.end() for m in _BREAK.finditer(piece, 0, fits)]
            first += breaks[-1] if breaks and breaks[-1] * 2 > fits else fits
            places.append(first)
    if not places:
        return text
    return Text("\n").join(text.divide(places))


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


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of a pane says of a record."""

    name: Text
    """What matters, at the left, cut where it must be."""
    aside: Text = field(default_factory=Text)
    """What is left out where there is no room for all of it."""
    right: Text = field(default_factory=Text)
    """What stands in a column at the right."""


def record_row(width: int, said: Row, signs: Sequence[tuple[str, str]] = ()) -> Text:
    """A row on so many cells; the signs, each with its role, stand beside the name."""
    marks = Text.assemble(*(part for sign in signs for part in (" ", sign)))
    right = Text.assemble(" ", said.right) if said.right else Text()
    whole = min(width, _FARTHEST) if right else width
    room = max(whole - cell_len(marks.plain) - cell_len(right.plain), 0)
    name = said.name.copy()
    if cell_len(name.plain) + cell_len(said.aside.plain) <= room:
        name.append_text(said.aside)
    if cell_len(name.plain) > room:
        name = fitted(name, room)
    left = Text.assemble(name, marks)
    return fitted(Text.assemble(fitted(left, whole - cell_len(right.plain)), right), width)


def heading_row(heading: str, width: int) -> Text:
    """A heading between rows, with a quiet line to the edge."""
    named = fitted(Text(f" {heading} ", "heading"), min(cell_len(heading) + 2, width))
    return Text.assemble(named, ("─" * (width - cell_len(named.plain) - 1), "rule"))
