"""A sheet as Markdown, its sources as footnotes such as `[^1]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from explorer.documents import coverage, own_notes
from explorer.documents.footnotes import Footnote, footnotes
from explorer.documents.outline import Line, Section, outline, with_breaks
from explorer.documents.own_notes import OwnNote
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.text import markdown, own_markdown
from explorer.text.markdown import one_spaced

_DEEPEST = 6
"""Headings go no deeper."""


def to_markdown(sheet: Sheet) -> str:
    """The sheet as Markdown; it ends in a newline."""
    return "\n\n".join(_Markdown(sheet).blocks()) + "\n"


class _Markdown:
    """The writing of one sheet, which knows the numbers of its sources."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._marked: set[int] = set()
        """The numbers of the footnotes that a statement calls."""

    def blocks(self) -> Iterator[str]:
        sheet = self._sheet
        yield _heading(sheet.title, 1)
        for line in sheet.opening or (coverage.opening(sheet.view),):
            yield markdown.begun(markdown.escaped(line))
        yield from self._inside(outline(sheet), 1)
        if sheet.notes:
            yield "---"
            yield _heading(own_notes.heading(sheet.notes), 2)
            for note in sheet.notes:
                yield from _note(note)
        if sources := tuple(footnotes(sheet)):
            yield "---"
            yield _heading("Sources", 2)
            yield "\n".join(self._footnote(footnote) for footnote in sources)

    def _inside(self, section: Section, level: int) -> Iterator[str]:
        for are_paragraphs, listed in groupby(section.lines, _is_paragraph):
            if are_paragraphs:
                yield from (self._paragraph(line) for line in listed)
            else:
                yield "\n".join(row for line in listed for row in self._item(line, ""))
        for inner in section.sections:
            yield _heading(inner.heading, level + 1)
            yield from self._inside(inner, level + 1)

    def _paragraph(self, line: Line) -> str:
        lead = "> " if line.kind == "words" else ""
        return lead + f"\\\n{lead}".join(self._rows(line.spans))

    def _item(self, line: Line, indent: str) -> Iterator[str]:
        yield f"{indent}- " + f"\\\n{indent}  ".join(self._rows(line.spans))
        for inner in line.under:
            yield from self._item(inner, f"{indent}  ")

    def _rows(self, spans: Iterable[Span]) -> Iterator[str]:
        for row in with_breaks(tuple(spans)):
            words = "".join(self._span(span) for span in row)
            yield markdown.begun(one_spaced(words).strip())

    def _span(self, span: Span) -> str:
        if span.role == "mark" and span.link is not None:
            number = self._sheet.cited[span.link.id]
            self._marked.add(number)
            return f"[^{number}]"
        if span.role == "code":
            return markdown.code(span.text)
        if span.role == "address":
            return markdown.address_link(span.text) or markdown.escaped(span.text)
        words = markdown.escaped(span.text)
        if span.role == "warning":
            return markdown.stressed(words)
        return markdown.strong(words) if _stands_out(span) else words

    def _footnote(self, footnote: Footnote) -> str:
        parts = [markdown.begun(markdown.escaped(footnote.text).strip())]
        parts += [markdown.address_link(footnote.address)] if footnote.address else []
        if footnote.archived:
            made = f"archived {labels.day(footnote.archived_on)}"
            parts.append(f"({markdown.linked(made, footnote.archived)})")
        parts += [f"({markdown.escaped(remark)})" for remark in footnote.remarks]
        # Readers of Markdown leave out a footnote that nothing calls.
        lead = f"[^{footnote.number}]:" if footnote.number in self._marked else "-"
        return f"{lead} {' '.join(parts)}"


def _is_paragraph(line: Line) -> bool:
    return line.kind in ("text", "words")


def _stands_out(span: Span) -> bool:
    return span.role == "strong" or span.role.startswith("state:")


def _heading(text: str, level: int) -> str:
    return f"{'#' * min(level, _DEEPEST)} {markdown.escaped(text).strip()}"


def _note(note: OwnNote) -> Iterator[str]:
    yield _heading(note.on, 3)
    yield markdown.begun(markdown.escaped(note.about))
    yield own_markdown.quoted(note.text)
