"""A page on lines of a given width, laid out no further than somebody looks.

A long record has hundreds of lines, and the cursor moves on in a moment: the first
screenful is laid out at once and the rest when there is time, or when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from explorer.model import Ref
from explorer.page import Block, Page, Span
from explorer.ui.paint import Look, fitted, state

LINK = "ref"
STOP = "stop"
"""Keys under which a segment's style carries the link it belongs to."""

_GAP = 2
_BULLET = 2


class Layout:
    """The lines of a page so far, and where the keyboard stops in them."""

    def __init__(self, page: Page, width: int, look: Look, *, titled: bool) -> None:
        self.lines: list[Text] = []
        self.stops: list[Ref] = []
        """The links in the order they stand."""
        self.stop_lines: list[tuple[int, int]] = []
        """First and last line of each stop."""
        self._width = width
        self._look = look
        blocks = page.blocks if titled else page.blocks[1:]
        self._guessed = [_guess(block, width) for block in blocks]
        self._left = sum(self._guessed)
        """Lines still to come, at a guess."""
        self._coming = self._laid_out(blocks)

    @property
    def length(self) -> int:
        """How many lines there are, at a guess while some are not laid out."""
        return len(self.lines) + self._left

    def reach(self, lines: int) -> None:
        """Lay out at least so many lines, if there are so many."""
        while len(self.lines) < lines and self._left:
            next(self._coming)

    def finish(self) -> None:
        """Lay out what is left."""
        for _ in self._coming:
            pass

    def _laid_out(self, blocks: Sequence[Block]) -> Iterator[None]:
        for guessed, (block, column) in zip(
            self._guessed, _columns(blocks, self._width), strict=True
        ):
            before = len(self.lines)
            known = len(self.stops)
            self.lines += self._block(block, column)
            self._find_stops(known, before)
            self._left -= guessed
            yield

    def _block(self, block: Block, column: int) -> Iterator[Text]:
        label = _text(block.label, self.stops)
        body = _text(block.spans, self.stops)
        match block.kind:
            case "title":
                yield from self._look.wrap(body, self._width)
                yield Text()
            case "blank":
                yield Text()
            case "heading":
                yield _rule(body.plain, self._width)
            case "row" | "source":
                yield from self._hanging(label, body, column)
            case "item":
                yield from self._hanging(Text("·", "muted"), body, _BULLET)
            case "words":
                for line in self._look.wrap(body, self._width - _BULLET):
                    yield Text.assemble(("▎ ", "link"), line)
            case _:
                yield from self._look.wrap(body, self._width)

    def _hanging(self, label: Text, body: Text, column: int) -> Iterator[Text]:
        if cell_len(label.plain) > column - 1:
            label = fitted(label, column - 1)
        label.append(" " * (column - cell_len(label.plain)))
        for line in self._look.wrap(body, self._width - column):
            yield label + line
            label = Text(" " * column)

    def _find_stops(self, known: int, first: int) -> None:
        """Note the lines of the stops that were added with the lines from `first` on."""
        found: dict[int, tuple[int, int]] = {}
        for number in range(first, len(self.lines)):
            for span in self.lines[number].spans:
                stop = span.style.meta.get(STOP) if isinstance(span.style, Style) else None
                if stop is not None:
                    found[stop] = (found.get(stop, (number, number))[0], number)
        for stop in range(known, len(self.stops)):
            self.stop_lines.append(found.get(stop, (first, first)))


def _guess(block: Block, width: int) -> int:
    """How many lines a block will take, near enough for a scrollbar."""
    if block.kind in ("blank", "heading"):
        return 1
    cells = sum(len(span.text) for span in block.spans)
    indent = sum(len(span.text) for span in block.label) + _GAP
    return -(-cells // max(width - indent - 2, 1)) or 1


def _rule(heading: str, width: int) -> Text:
    """A section's name, with a quiet line to the edge."""
    name = heading.upper()
    line = max(width - cell_len(name) - 1, 0)
    return Text.assemble((name, "heading"), (f" {'─' * line}" if line else "", "rule"))


def _columns(blocks: Sequence[Block], width: int) -> Iterator[tuple[Block, int]]:
    """Each block with the width of its label column, shared by neighbouring rows."""
    column = 0
    for place, block in enumerate(blocks):
        if block.kind not in ("row", "source"):
            column = 0
        elif not column:
            widest = 0
            for other in blocks[place:]:
                if other.kind != block.kind:
                    break
                widest = max(widest, cell_len("".join(span.text for span in other.label)))
            column = min(widest + _GAP, max(width * 2 // 5, 8))
        yield block, column


def _text(spans: Sequence[Span], stops: list[Ref]) -> Text:
    text = Text()
    for span in spans:
        start = len(text)
        if span.role.startswith("state:"):
            text.append_text(state(span.role.removeprefix("state:")))
        else:
            text.append(span.text, span.role or None)
        if span.link is not None:
            meta: dict[str, object] = {LINK: str(span.link)}
            if span.stop:
                meta[STOP] = len(stops)
                stops.append(span.link)
            text.stylize(Style(meta=meta), start)
    return text
