"""How lines of a briefing come to be: marked with their sources, as these come up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.documents.briefing.document import Line
from explorer.documents.sheet import Cell, Sheet, Span, spans_of
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.view import View


@dataclass(slots=True)
class Telling:
    """What has been told so far: of which records, and on the ground of which sources."""

    view: View
    told: dict[Ref, None] = field(default_factory=dict)
    """The records told of, in the order they came up."""
    _sheet: Sheet = field(init=False)

    def __post_init__(self) -> None:
        self._sheet = Sheet(self.view)

    @property
    def index(self) -> Index:
        return self.view.index

    @property
    def cited(self) -> dict[str, int]:
        """The numbers of the sources by their ids, in order."""
        return self._sheet.cited

    def of(self, ref: Ref) -> Any:
        """A record, which is told of from now on."""
        self.told.setdefault(ref)
        return self.index[ref]

    def short(self, delegation_id: str | None) -> str:
        """A delegation by its short name; “Jointly” for all together."""
        return self._sheet.short("delegation", delegation_id).text

    def line(self, *spans: Span | str, sources: Iterable[Sequence[str]] = ()) -> Line:
        """A statement that ends with the marks of its sources."""
        marks = self._sheet.marks(*sources)
        return Line((*spans_of(spans), *_close(marks)))

    def aside(self, *spans: Span | str) -> Line:
        """What the record does not say."""
        return Line(spans_of(spans), of_record=False)

    def numbered(self, *spans: Span | str) -> Line:
        """Spans of another sheet as a statement; its marks are numbered anew."""
        return Line(self._numbered(spans_of(spans)))

    def cell(self, cell: Cell, *lead: Span | str) -> Line:
        """A cell of a table as a line; its marks are numbered anew.

        A statement of the cell ends with its marks: what follows stands under it.
        """
        first, *rest = _statements(cell.whole)
        line = Line((*spans_of(lead), *self._numbered(first)))
        return line.over(Line(self._numbered(spans)) for spans in rest)

    def _numbered(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return _close(
            replace(span, text=f"[{self._number(span.link)}]")
            if span.role == "mark" and span.link
            else span
            for span in spans
        )

    def _number(self, source: Ref) -> int:
        return self.cited.setdefault(source.id, len(self.cited) + 1)


def _close(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans, a first mark close to the word before it."""
    listed = tuple(spans)
    follows = (*listed[1:], Span(""))
    return tuple(
        span
        for span, after in zip(listed, follows, strict=True)
        if not (span.text == " " and after.role == "mark")
    )


def _statements(spans: Iterable[Span]) -> list[list[Span]]:
    """The spans of a cell by statement: each ends with its marks, where a new line begins."""
    statements: list[list[Span]] = [[]]
    breaks = iter((": ", ". "))
    for span in spans:
        words = span.text.removeprefix("\n")
        if words == span.text or not any(statements):
            statements[-1].append(replace(span, text=words))
        elif any(earlier.role == "mark" for earlier in statements[-1]):
            statements.append([replace(span, text=words)])
        else:
            statements[-1] += (Span(next(breaks, " ")), replace(span, text=words))
    return statements
