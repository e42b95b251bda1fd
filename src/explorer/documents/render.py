"""Every way to write a sheet out. A new format is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from explorer.documents.sheet import Sheet
from explorer.documents.to_html import to_html
from explorer.documents.to_json import to_json
from explorer.documents.to_markdown import to_markdown
from explorer.documents.to_text import to_text
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Renderer:
    """A format."""

    write: Callable[[Sheet], str]
    extensions: tuple[str, ...]
    """How the names of its files may end."""


RENDERERS: Mapping[str, Renderer] = {
    "text": Renderer(to_text, (".txt",)),
    "md": Renderer(to_markdown, (".md", ".markdown")),
    "html": Renderer(to_html, (".html", ".htm")),
    "json": Renderer(to_json, (".json",)),
}
FORMATS = tuple(RENDERERS)


def render(sheet: Sheet, to: str) -> str:
    """A sheet in one of the formats, safe to print; it ends in a newline."""
    return RENDERERS[to].write(sheet)
