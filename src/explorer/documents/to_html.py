"""A sheet as one file of HTML that loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from explorer.documents import coverage, own_notes
from explorer.documents.footnotes import Footnote, footnotes
from explorer.documents.outline import Entry, Section, named, outline, read, with_breaks
from explorer.documents.own_notes import OwnNote
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.text.markdown import one_spaced
from explorer.text.sanitize import in_entities, kept
from explorer.text.urls import why_not

_DEEPEST = 6
"""Headings go no deeper."""
_TAGS = {
    "strong": ("<strong>", "</strong>"),
    "state": ("<strong>", "</strong>"),
    "warning": ("<em>", "</em>"),
    "code": ("<code>", "</code>"),
    "muted": ('<span class="quiet">', "</span>"),
    "added": ("<ins>", "</ins>"),
    "removed": ("<del>", "</del>"),
}
"""What stands around words of a role; a role such as `state:agreed` goes by its first part."""


def to_html(sheet: Sheet) -> str:
    """The sheet as a web page; it ends in a newline."""
    folder = files("explorer.documents")
    opening = sheet.opening or (coverage.opening(sheet.view),)
    return Template(folder.joinpath("sheet.html").read_text("utf-8")).substitute(
        title=_text(sheet.title),
        style=folder.joinpath("sheet.css").read_text("utf-8"),
        opening="\n".join(f"<p>{_text(line)}</p>" for line in opening),
        body="\n".join(_Body(sheet).lines()),
    )


class _Body:
    """The writing of one sheet: each mark gets a name that its source leads back to."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._marks: Counter[int] = Counter()
        """How many marks each source has so far."""

    def lines(self) -> Iterator[str]:
        yield from self._inside(outline(self._sheet), 1)
        yield from _notes(self._sheet.notes)
        yield from self._sources(tuple(footnotes(self._sheet)))

    def _inside(self, section: Section, level: int) -> Iterator[str]:
        yield from self._entries(section.entries)
        for inner in section.sections:
            depth = min(level + 1, _DEEPEST)
            yield "<section>"
            yield f"<h{depth}>{_text(inner.heading)}</h{depth}>"
            yield from self._inside(inner, level + 1)
            yield "</section>"

    def _entries(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Neighbours of a kind as one list or table."""
        for kind, group in groupby(entries, _listed_as):
            listed = list(group)
            match kind:
                case "cells":
                    for _, rows in groupby(listed, _heads):
                        yield from self._table(list(rows))
                case "row":
                    yield "<dl>"
                    for entry in listed:
                        yield f"<dt>{self._words(entry.block.label)}</dt>"
                        yield f"<dd>{self._words(entry.block.spans)}"
                        yield from self._entries(entry.under)
                        yield "</dd>"
                    yield "</dl>"
                case "item":
                    yield "<ul>"
                    for entry in listed:
                        yield f"<li>{self._words(entry.block.spans)}"
                        yield from self._entries(entry.under)
                        yield "</li>"
                    yield "</ul>"
                case _:
                    tag = "blockquote" if kind == "words" else "p"
                    for entry in listed:
                        yield f"<{tag}>{self._words(entry.block.spans)}</{tag}>"
                        yield from self._entries(entry.under)

    def _table(self, rows: Sequence[Entry]) -> Iterator[str]:
        is_labelled = bool(rows[0].block.label)
        yield "<table>"
        yield "<thead><tr>"
        if is_labelled:
            yield "<td></td>"
        yield from (f'<th scope="col">{_text(cell.head)}</th>' for cell in rows[0].block.cells)
        yield "</tr></thead>"
        yield "<tbody>"
        for entry in rows:
            block = entry.block
            yield "<tr>"
            if is_labelled:
                yield f'<th scope="row">{self._statements(named(block.label), block.under)}</th>'
            for cell in block.cells:
                yield f"<td>{self._statements(cell.spans, cell.under)}</td>"
            yield "</tr>"
        yield "</tbody>"
        yield "</table>"
        yield from (line for entry in rows for line in self._entries(entry.under))

    def _statements(self, first: tuple[Span, ...], more: Iterable[tuple[Span, ...]]) -> str:
        further = (f"<p>{self._words(spans)}</p>" for spans in more)
        return "".join((self._words(first), *further))

    def _words(self, spans: tuple[Span, ...]) -> str:
        rows = with_breaks(read(spans))
        return "<br>".join("".join(self._span(span) for span in row).strip() for row in rows)

    def _span(self, span: Span) -> str:
        if span.role == "mark" and span.link is not None:
            return self._mark(self._sheet.cited[span.link.id])
        if span.role == "address" and why_not(span.text.strip()) is None:
            return _link(span.text.strip())
        before, after = _TAGS.get(span.role.partition(":")[0], ("", ""))
        return f"{before}{_text(span.text)}{after}"

    def _mark(self, number: int) -> str:
        self._marks[number] += 1
        name = f"mark-{number}-{self._marks[number]}"
        return f'<sup><a id="{name}" href="#source-{number}">[{number}]</a></sup>'

    def _sources(self, sources: Sequence[Footnote]) -> Iterator[str]:
        if not sources:
            return
        yield '<section class="sources">'
        yield "<h2>Sources</h2>"
        yield "<ol>"
        for source in sources:
            parts = [_text(source.text)]
            if source.address:
                parts.append(_link(source.address))
            if source.archived:
                made = f"archived {labels.day(source.archived_on)}"
                parts.append(f"({_link(source.archived, made)})")
            parts += [f"<em>({_text(remark)})</em>" for remark in source.remarks]
            parts += _back(source.number, self._marks[source.number])
            yield f'<li id="source-{source.number}">{" ".join(parts)}</li>'
        yield "</ol>"
        yield "</section>"


def _text(text: str) -> str:
    return escape(one_spaced(text))


def _link(address: str, words: str = "") -> str:
    safe = escape(address)
    return f'<a href="{safe}" rel="noopener noreferrer">{escape(words) or safe}</a>'


def _listed_as(entry: Entry) -> str:
    """A row that nothing names is an item: a list of terms has a term for each."""
    block = entry.block
    return "item" if block.kind == "row" and not block.label else block.kind


def _heads(entry: Entry) -> tuple[bool, tuple[str, ...]]:
    """What rows of one table have in common."""
    return bool(entry.block.label), tuple(cell.head for cell in entry.block.cells)


def _back(number: int, times: int) -> Iterator[str]:
    """Links back to every mark of a source."""
    for time in range(1, times + 1):
        sign = "↩" if times == 1 else f"↩{time}"
        name = f"mark-{number}-{time}"
        yield f'<a class="back" href="#{name}" aria-label="back to {number}, {time}">{sign}</a>'


def _notes(notes: Collection[OwnNote]) -> Iterator[str]:
    if not notes:
        return
    yield "<aside>"
    yield f"<h2>{_text(own_notes.heading(notes))}</h2>"
    for note in notes:
        yield f"<h3>{_text(note.on)}</h3>"
        yield f'<p class="days">{_text(note.about)}</p>'
        for paragraph in re.split(r"\n[ \t]*\n", kept(note.text).strip("\n")):
            if paragraph.strip():
                own = in_entities(escape(paragraph), only_marks=True)
                yield f'<p class="own">{own}</p>'
    yield "</aside>"
