"""A briefing as Markdown, its footnotes as `[^1]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explorer.documents.briefing.document import OWN, Brief, Footnote, Line, OwnNote, Section
from explorer.documents.briefing.saved import sealed
from explorer.documents.sheet import Span
from explorer.text import markdown, own_markdown
from explorer.text.markdown import one_spaced

_DEEPEST = 6
"""Headings go no deeper."""


def as_markdown(brief: Brief) -> str:
    """The briefing as Markdown; the first line, which seals it, is not shown."""
    rest = "\n\n".join(_blocks(brief))
    return sealed('[//]: # "', f"\n{rest}\n", '"')


def _blocks(brief: Brief) -> Iterator[str]:
    yield _heading(brief.title, 1)
    yield from (markdown.begun(markdown.escaped(line)) for line in brief.opening)
    numbers = brief.numbers()
    for section in brief.sections:
        yield from _section(section, numbers, 2)
    if brief.notes:
        yield "---"
        yield _heading(OWN, 2)
        for note in brief.notes:
            yield from _note(note)
    if brief.footnotes:
        yield "---"
        yield _heading("Sources", 2)
        yield "\n".join(_footnote(footnote) for footnote in brief.footnotes)


def _heading(text: str, depth: int) -> str:
    return f"{'#' * min(depth, _DEEPEST)} {markdown.escaped(text).strip()}"


def _section(section: Section, numbers: Mapping[str, int], depth: int) -> Iterator[str]:
    yield _heading(section.heading, depth)
    if section.lines:
        yield "\n".join(row for line in section.lines for row in _item(line, numbers, 0))
    for inner in section.sections:
        yield from _section(inner, numbers, depth + 1)


def _item(line: Line, numbers: Mapping[str, int], depth: int) -> Iterator[str]:
    words = one_spaced("".join(_span(span, numbers) for span in line.spans)).strip()
    yield f"{'  ' * depth}- {markdown.begun(words)}"
    for inner in line.under:
        yield from _item(inner, numbers, depth + 1)


def _span(span: Span, numbers: Mapping[str, int]) -> str:
    match span.role:
        case "mark" if span.link is not None:
            return f"[^{numbers[span.link.id]}]"
        case "strong":
            return markdown.strong(markdown.escaped(span.text))
        case "warning":
            return markdown.stressed(markdown.escaped(span.text))
        case "code":
            return markdown.code(span.text)
        case _:
            return markdown.escaped(span.text)


def _note(note: OwnNote) -> Iterator[str]:
    yield _heading(note.on, 3)
    yield markdown.begun(markdown.escaped(note.about))
    yield own_markdown.quoted(note.text)


def _footnote(footnote: Footnote) -> str:
    told = [markdown.begun(markdown.escaped(footnote.text).strip())]
    told += [markdown.address_link(footnote.address)] if footnote.address else []
    told += [f"({markdown.escaped(remark)})" for remark in footnote.remarks]
    return f"[^{footnote.number}]: {' '.join(told)}"
