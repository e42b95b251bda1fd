"""What a sheet says as HTML, without the page around it; all text in it is escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from explorer.documents import own_notes
from explorer.documents.footnotes import Footnote, footnotes
from explorer.documents.outline import Entry, Section, named, outline, read, with_breaks
from explorer.documents.own_notes import OwnNote
from explorer.documents.sheet import Cell, Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref
from explorer.record.state_signs import STATE_GLYPHS
from explorer.text.markdown import one_spaced
from explorer.text.sanitize import in_entities, kept
from explorer.text.scripts import RIGHT_TO_LEFT, by_language
from explorer.text.slugs import slug
from explorer.text.urls import why_not
from explorer.values import dataclass

Address = Callable[[Ref], str]
"""Where a record can be read, as seen from the page; nothing when it is nowhere there."""

_DEEPEST = 6
"""Headings go no deeper."""
_MANY = 4
"""Columns beyond which those of a row may have no room beside one another."""
_TAKEN = re.compile("content|(mark|source)-.*")
"""Names of places on a page that no section gets by its heading."""
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(labels.MONTHS)}) \d{{4}}\b")
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


def plain_text(text: str) -> str:
    """Text for a title or an attribute of HTML, on one line."""
    return escape(one_spaced(text))


def set_as_text(text: str, language: str = "") -> str:
    """Text for HTML, on one line, what is not English marked as what it is."""
    if language:
        return _in_language(text, language)
    pieces = by_language(one_spaced(text))
    return "".join(_in_language(words, code) if code else escape(words) for words, code in pieces)


def _in_language(text: str, code: str) -> str:
    turned = ' dir="rtl"' if code in RIGHT_TO_LEFT else ""
    return f'<span lang="{escape(code)}"{turned}>{escape(one_spaced(text))}</span>'


def unbroken(words: str) -> str:
    """HTML no day of which is broken over two lines."""
    return _DAY.sub(lambda day: day[0].replace(" ", "&nbsp;"), words)


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a page, by which one gets to it."""

    id: str
    heading: str
    """In short: the words before what is said beside them."""


class HtmlBody:
    """The writing of one sheet: each mark gets a name that its source leads back to."""

    def __init__(
        self, sheet: Sheet, address: Address | None = None, drawn: Mapping[str, str] | None = None
    ) -> None:
        """With `address` the records that it names are links to where they can be read.

        `drawn` is what stands beneath some of its headings besides, in HTML, by their words.
        """
        self._sheet = sheet
        self._address = address
        self._drawn = drawn or {}
        self.places: list[Place] = []
        """The uppermost sections of what was written, in order, when it has links."""
        self._named: set[str] = set()
        self._marks: Counter[int] = Counter()
        """How many marks each source has so far."""

    def lines(self, beside: str = "") -> Iterator[str]:
        """All of it; what stands beside the sheet, in HTML, comes before its sources."""
        yield from self._inside(outline(self._sheet), 1)
        if beside:
            yield beside
        yield from _notes(self._sheet.notes)
        yield from self._sources(tuple(footnotes(self._sheet)))

    def _inside(self, section: Section, level: int) -> Iterator[str]:
        yield from self._entries(section.entries)
        for inner in section.sections:
            depth = min(level + 1, _DEEPEST)
            yield f"<section{self._placed(inner.heading, level)}>"
            heading = self._words(inner.spans) if self._address else set_as_text(inner.heading)
            yield f"<h{depth}>{heading}</h{depth}>"
            if inner.heading in self._drawn:
                yield self._drawn[inner.heading]
            yield from self._inside(inner, level + 1)
            yield "</section>"

    def _placed(self, heading: str, level: int) -> str:
        """What names a section, so that one can get to it; it stays while its heading does."""
        if self._address is None:
            return ""
        words = heading.partition(" — ")[0]
        name = first = slug(words)
        number = 1
        while not name or name in self._named or _TAKEN.fullmatch(name):
            number += 1
            name = f"{first or 'section'}_{number}"
        self._named.add(name)
        if level == 1:
            self.places.append(Place(name, words))
        return f' id="{name}"'

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
        cells = rows[0].block.cells
        is_labelled = bool(rows[0].block.label)
        if self._address is not None and not is_labelled:
            yield from self._columns(rows)
            return
        is_many = len(cells) > _MANY and self._address is not None
        yield '<table class="many">' if is_many else "<table>"
        yield "<thead><tr>"
        if is_labelled:
            yield "<td></td>"
        yield from (f'<th scope="col">{set_as_text(cell.head)}</th>' for cell in cells)
        yield "</tr></thead>"
        yield "<tbody>"
        for entry in rows:
            block = entry.block
            yield "<tr>"
            if is_labelled:
                yield f'<th scope="row">{self._statements(named(block.label), block.under)}</th>'
            for cell in block.cells:
                spans = cell.spans if is_labelled else _leading(cell)
                head = f' data-head="{plain_text(cell.name)}"' if self._address else ""
                yield f"<td{head}>{self._statements(spans, cell.under)}</td>"
            yield "</tr>"
        yield "</tbody>"
        yield "</table>"
        yield from (line for entry in rows for line in self._entries(entry.under))

    def _columns(self, rows: Sequence[Entry]) -> Iterator[str]:
        """Lists beside one another: rows that nothing names have nothing in common."""
        yield '<div class="columns">'
        for number, head in enumerate(cell.head for cell in rows[0].block.cells):
            yield "<div>"
            yield f'<p class="head">{set_as_text(head)}</p>'
            yield "<ul>"
            for entry in rows:
                cell = entry.block.cells[number]
                if said := self._statements(_leading(cell), cell.under):
                    yield f"<li>{said}</li>"
            yield "</ul>"
            yield "</div>"
        yield "</div>"
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
        role, _, meaning = span.role.partition(":")
        before, after = _TAGS.get(role, ("", ""))
        text = set_as_text(span.text, span.language)
        if self._address is not None:
            if role == "muted":
                text = unbroken(text)
            if role == "state":
                sign = f'<span aria-hidden="true">{STATE_GLYPHS.get(meaning, "")} </span>'
                before = f'<strong class="state {plain_text(meaning)}">{sign}'
            if span.link is not None and (leads := self._address(span.link)) and text.strip():
                text = _around(text, f'<a href="{plain_text(leads)}">', "</a>")
        return f"{before}{text}{after}"

    def _mark(self, number: int) -> str:
        self._marks[number] += 1
        name = f"mark-{number}-{self._marks[number]}"
        return f'<sup><a id="{name}" href="#source-{number}">[{number}]</a></sup>'

    def _sources(self, sources: Sequence[Footnote]) -> Iterator[str]:
        if not sources:
            return
        place = self._placed("Sources", 1)
        yield f'<section class="sources"{place}>'
        yield "<h2>Sources</h2>"
        yield "<ol>"
        for expected, source in enumerate(sources, 1):
            parts = [self._source(source)]
            if source.address:
                parts.append(_link(source.address))
            if source.archived:
                made = f"archived {labels.day(source.archived_on)}"
                parts.append(f"({_link(source.archived, made)})")
            parts += [f"<em>({set_as_text(remark)})</em>" for remark in source.remarks]
            parts += _back(source.number, self._marks[source.number])
            # A part of a longer sheet keeps the numbers of the whole.
            value = "" if source.number == expected else f' value="{source.number}"'
            yield f'<li id="source-{source.number}"{value}>{" ".join(parts)}</li>'
        yield "</ol>"
        yield "</section>"

    def _source(self, source: Footnote) -> str:
        """A source as a reference list gives it, which leads to what else rests on it."""
        text = set_as_text(source.text)
        leads = self._address(Ref("source", source.source)) if self._address else ""
        return f'<a href="{plain_text(leads)}">{text}</a>' if leads else text


def _leading(cell: Cell) -> tuple[Span, ...]:
    """The first statement of a cell; what leads somewhere as a whole does so by its first words."""
    first, *others = cell.spans or (Span(""),)
    named = (span for spans in (cell.spans, *cell.under) for span in spans if span.role != "mark")
    if cell.link is None or not first.text.strip() or any(span.link for span in named):
        return cell.spans
    return (replace(first, link=cell.link), *others)


def _around(text: str, before: str, after: str) -> str:
    """A text with what stands around its words, the spaces at its ends left outside."""
    bare = text.strip()
    start = text.index(bare)
    return f"{text[:start]}{before}{bare}{after}{text[start + len(bare) :]}"


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
    yield f"<h2>{set_as_text(own_notes.heading(notes))}</h2>"
    for note in notes:
        yield f"<h3>{set_as_text(note.on)}</h3>"
        yield f'<p class="days">{set_as_text(note.about)}</p>'
        for paragraph in re.split(r"\n[ \t]*\n", kept(note.text).strip("\n")):
            if paragraph.strip():
                own = in_entities(escape(paragraph), only_marks=True)
                yield f'<p class="own">{own}</p>'
    yield "</aside>"
