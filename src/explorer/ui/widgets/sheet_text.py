"""The text of spans and cells, with what the keyboard and the mouse find in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rich.style import Style
from rich.text import Span as Stretch
from rich.text import Text

from explorer.documents.pages import Block, Cell, Span
from explorer.record.model import Ref
from explorer.ui.style import state

LINK = "ref"
STOP = "stop"
"""Keys under which a segment's style carries the link it belongs to."""
BELOW = "below"
"""… and that of a stop, in what belongs to it and is not marked with it."""

_SIGNED = ("state:", "glyph:")
"""How the roles of spans begin that stand for a state."""


def links_of(block: Block) -> Iterator[Ref]:
    """What the stops in a block lead to, in the order in which they are laid out."""
    spans = (*block.whole_label, *block.spans)
    yield from (span.link for span in spans if span.link and span.stop)
    for cell in block.cells:
        if cell.link is not None:
            yield cell.link
        yield from (span.link for span in cell.whole if span.link and span.stop)


def as_text(spans: Sequence[Span]) -> Text:
    """Spans as they look, which the keyboard does not stop at."""
    return text_of([replace(span, link=None) for span in spans], [])


def cell_text(cell: Cell, links: list[Ref]) -> Text:
    """A cell's text; the cell as a whole is a stop when it leads somewhere."""
    if cell.link is None:
        return text_of(cell.whole, links)
    style = Style(meta={LINK: str(cell.link), STOP: len(links)})
    links.append(cell.link)  # ahead of the links within it
    text = text_of(cell.whole, links)
    text.spans.insert(0, Stretch(0, len(text), style))
    if (name := text.plain.find("\n")) > 0:
        below = Style(meta={BELOW: style.meta[STOP]})
        text.spans.insert(0, Stretch(name, len(text), below))
    return text


def text_of(spans: Sequence[Span], links: list[Ref]) -> Text:
    text = Text()
    for span in spans:
        start = len(text)
        if span.role.startswith(_SIGNED):
            text.append_text(_state(span))
        else:
            text.append(span.text, span.role or None)
        if span.noted:
            text.stylize("noted", start)
        if span.link is not None:
            meta: dict[str, object] = {LINK: str(span.link)}
            if span.stop:
                meta[STOP] = len(links)
                links.append(span.link)
            text.stylize(Style(meta=meta), start)
    return text


def is_marked(meta: Mapping[str, object], stop: int) -> bool:
    """Whether what has these keys is marked when the cursor is at a stop."""
    return meta.get(STOP) == stop and meta.get(BELOW) != stop


def letters(span: Span) -> str:
    """The letters that are seen of a span."""
    return _state(span).plain if span.role.startswith(_SIGNED) else span.text


def _state(span: Span) -> Text:
    """A state by its sign and perhaps its name."""
    how, _, meaning = span.role.partition(":")
    text = state(meaning, span.text)
    return text[:1] if how == "glyph" else text
