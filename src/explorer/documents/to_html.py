"""A sheet as one file of HTML that loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from explorer.documents import coverage, own_notes
from explorer.documents.footnotes import Footnote, footnotes
from explorer.documents.outline import Entry, Section, named, outline, read, with_breaks
from explorer.documents.own_notes import OwnNote
from explorer.documents.sheet import Sheet, Span
from explorer.text.markdown import one_spaced
from explorer.text.sanitize import in_entities, kept
from explorer.text.urls import why_not

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
:root { color-scheme: light dark; --ink: #1c1c1a; --quiet: #63625c; --rule: #d9d6cd;
  --paper: #fdfcf9; --aside: #f3f0e6; --link: #1d4f8c; --warning: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e2dc; --quiet: #a3a199; --rule: #45443f;
  --paper: #1a1a18; --aside: #262520; --link: #8db9ee; --warning: #e0a458; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, th, dt { line-height: 1.25; font-family: system-ui, sans-serif; }
h1 { font-size: 1.7rem; }
h2 { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: 1.3rem; }
h3 { margin-top: 1.6rem; font-size: 1.05rem; }
h4, h5 { margin-bottom: 0.3rem; font-size: 0.95rem; color: var(--quiet); }
ul, ol { padding-left: 1.3rem; }
li { margin: 0.45rem 0; }
li li { margin: 0.2rem 0; font-size: 0.95em; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.4rem 1rem; }
dt { padding-top: 0.15rem; max-width: 11rem; font-size: 0.9rem; color: var(--quiet); }
dd { margin: 0; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; table-layout: fixed;
  font-size: 0.95rem; line-height: 1.45; }
th, td { padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--rule);
  text-align: left; vertical-align: top; }
thead th { font-size: 0.9rem; color: var(--quiet); }
tbody th { font-family: inherit; font-weight: normal; line-height: inherit; }
td p, th p { margin: 0 0 0.3rem; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); }
a { color: var(--link); }
sup { line-height: 0; font-size: 0.7em; }
sup a { padding: 0 0.12em; text-decoration: none; }
em { color: var(--warning); }
code { font-size: 0.9em; }
.quiet, header p, aside .days { color: var(--quiet); }
header p, aside .days { font-size: 0.95rem; }
aside { margin-top: 3rem; padding: 0.5rem 1.25rem 1rem; background: var(--aside);
  border-left: 4px solid var(--warning); }
aside h2 { margin-top: 0.5rem; padding-top: 0; border: 0; }
aside .own { white-space: pre-wrap; }
.sources { font-size: 0.92rem; }
:target { background: var(--aside); }
@media print { body { background: none; color: #000; font-size: 10.5pt; }
  main { max-width: none; padding: 0; } .back { display: none; }
  h2, h3, h4, h5 { break-after: avoid; } li, dd, tr { break-inside: avoid; } }
"""
_DEEPEST = 6
"""Headings go no deeper."""
_TAGS = {
    "strong": ("<strong>", "</strong>"),
    "state": ("<strong>", "</strong>"),
    "warning": ("<em>", "</em>"),
    "code": ("<code>", "</code>"),
    "muted": ('<span class="quiet">', "</span>"),
}
"""What stands around words of a role; a role such as `state:agreed` goes by its first part."""


def to_html(sheet: Sheet) -> str:
    """The sheet as a web page; it ends in a newline."""
    return "\n".join(_Page(sheet).lines()) + "\n"


class _Page:
    """The writing of one sheet: each mark gets a name that its source leads back to."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._marks: Counter[int] = Counter()
        """How many marks each source has so far."""

    def lines(self) -> Iterator[str]:
        sheet = self._sheet
        yield "<!doctype html>"
        yield '<html lang="en">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer">'
        yield f"<title>{_text(sheet.title)}</title>"
        yield f"<style>\n{_STYLE}</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield f"<header><h1>{_text(sheet.title)}</h1>"
        opening = sheet.opening or (coverage.opening(sheet.view),)
        yield from (f"<p>{_text(line)}</p>" for line in opening)
        yield "</header>"
        yield from self._inside(outline(sheet), 1)
        yield from _notes(sheet.notes)
        yield from self._sources(tuple(footnotes(sheet)))
        yield "</main>"
        yield "</body>"
        yield "</html>"

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
        for kind, group in groupby(entries, lambda entry: entry.block.kind):
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
            told = [_text(source.text)]
            if source.address:
                told.append(_link(source.address))
            told += [f"<em>({_text(remark)})</em>" for remark in source.remarks]
            told += _back(source.number, self._marks[source.number])
            yield f'<li id="source-{source.number}">{" ".join(told)}</li>'
        yield "</ol>"
        yield "</section>"


def _text(text: str) -> str:
    return escape(one_spaced(text))


def _link(address: str) -> str:
    safe = escape(address)
    return f'<a href="{safe}" rel="noopener noreferrer">{safe}</a>'


def _heads(entry: Entry) -> tuple[bool, tuple[str, ...]]:
    """What rows of one table have in common."""
    return bool(entry.block.label), tuple(cell.head for cell in entry.block.cells)


def _back(number: int, times: int) -> Iterator[str]:
    """Links back to every mark of a source."""
    for time in range(1, times + 1):
        sign = "↩" if times == 1 else f"↩{time}"
        name = f"mark-{number}-{time}"
        yield f'<a class="back" href="#{name}" aria-label="back to {number}, {time}">{sign}</a>'


def _notes(notes: Iterable[OwnNote]) -> Iterator[str]:
    if not notes:
        return
    yield "<aside>"
    yield f"<h2>{_text(own_notes.HEADING)}</h2>"
    for note in notes:
        yield f"<h3>{_text(note.on)}</h3>"
        yield f'<p class="days">{_text(note.about)}</p>'
        for paragraph in re.split(r"\n[ \t]*\n", kept(note.text).strip("\n")):
            if paragraph.strip():
                own = in_entities(escape(paragraph), only_marks=True)
                yield f'<p class="own">{own}</p>'
    yield "</aside>"
