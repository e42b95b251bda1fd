"""The lines that say what would come in of a file, and the cursor on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rich.text import Text
from textual.events import Click
from textual.strip import Strip

from explorer.adding.form_fields import FormField
from explorer.intake import plan_report, targets
from explorer.intake.batch import Outcome, Reason
from explorer.intake.column_map import ColumnMap
from explorer.intake.plan import Plan
from explorer.intake.table_files import Table
from explorer.record import labels
from explorer.text.cells import width
from explorer.text.sanitize import one_line
from explorer.ui.style import fitted, heading_row
from explorer.ui.widgets.lines import Lines, over
from explorer.values import dataclass

_MOST = 500
"""Rows of each sort that are listed one by one."""
ANY = "*"
"""Stands for a field that is yet to be chosen."""
_HEAD, _FIELD = 26, 20
"""Cells for the head of a column, and for the field that it is."""
_NO_FIELD = "–"


@dataclass(frozen=True, slots=True)
class PlanRow:
    text: Text
    is_heading: bool = False
    is_sentence: bool = False
    """Whether it takes as many lines as it needs."""
    column: str = ""
    """The head of the column that it is about."""
    field: str = ""
    """The field that says the same in every row."""
    reason: Reason | None = None
    outcome: Outcome | None = None

    @property
    def can_change(self) -> bool:
        return bool(self.column or self.field or self.outcome or (self.reason and self.reason.ask))


class PlanLines(Lines):
    """The rows of a plan, with a cursor that passes over the headings.

    There may be thousands, of which a line each: only what is said in sentences takes several.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PlanRow] = []
        self._places: list[int] = []
        """The rows that are no headings."""
        self._lines: list[tuple[int, Text]] = []
        """Each line with the row that it is of."""
        self._firsts: list[int] = []
        """The first line of each row."""
        self.cursor = 0
        """The row it is on."""

    def list(self, rows: list[PlanRow]) -> None:
        """List these; the cursor stays where it is, as far as there is anything."""
        self._rows = rows
        self._places = [number for number, row in enumerate(rows) if not row.is_heading]
        self._lay_out()
        self.move(0)

    def _lay_out(self) -> None:
        self._lines, self._firsts = [], []
        for number, row in enumerate(self._rows):
            self._firsts.append(len(self._lines))
            lines = self.look.wrap(row.text, self.room - 3) if row.is_sentence else [row.text]
            self._lines += [(number, line) for line in lines]
        self.set_length(len(self._lines))
        self.refresh()

    @property
    def current(self) -> PlanRow | None:
        """What the cursor is on."""
        return self._rows[self.cursor] if self._places else None

    def line(self, number: int) -> Text:
        place, text = self._lines[number]
        if self._rows[place].is_heading:
            return heading_row(text.plain, self.room)
        lead = "   " if number > self._firsts[place] else " "
        return fitted(Text.assemble(lead, text), self.room - 1)

    def marked(self, number: int, strip: Strip) -> Strip:
        place, _ = self._lines[number]
        is_here = place == self.cursor and not self._rows[place].is_heading
        return over(strip, self.look.styles["cursor"]) if is_here else strip

    def on_resize(self) -> None:
        super().on_resize()
        self._lay_out()
        self.move(0)

    def move(self, way: int) -> None:
        """Move the cursor by so many entries, as far as there are any."""
        if self._places:
            there = min(bisect_left(self._places, self.cursor), len(self._places) - 1) + way
            there = max(0, min(there, len(self._places) - 1))
            self.cursor = self._places[there]
            # The heading above the first comes into sight with it, and what follows the last.
            first = self._firsts[self.cursor] - (0 if there else 1)
            ends = [*self._firsts[self.cursor + 1 :][:1], len(self._lines)][0] - 1
            if there == len(self._places) - 1:
                ends = min(len(self._lines) - 1, first + self.tall - 1)
            self.show_line(first, ends)
        self.refresh()

    def on_click(self, event: Click) -> None:
        number = self.line_at(event)
        place = self._lines[number][0] if number is not None else None
        if place is not None and not self._rows[place].is_heading:
            self.cursor = place
            self.refresh()
        else:
            event.stop()  # it is on a heading


def rows_of(plan: Plan, *, is_apart: bool, ends: date | None) -> Iterator[PlanRow]:
    """The lines of a plan, whose additions may be apart, and may move the end of the record."""
    (file,) = plan.files
    refused = plan.having("refused")
    if file.columns is not None and file.table is not None:
        known = known_fields(plan)
        yield _heading("Columns" + (", as the last time" if file.was_kept else ""))
        yield from _column_rows(file.table, file.columns, known)
        yield _heading("In every row")
        missing = {r.field for o in refused for r in o.why if r.ask == "value" and not r.column}
        yield from _fixed_rows(dict(plan_report.in_every_row(file)), missing, known)
        if ways := [*plan_report.ways_of(file)]:
            yield _heading("Read as")
            yield from (_way_row(*way) for way in ways)
    if refused:
        yield _heading(f"{len(refused):,} refused, for")
        for reason, outcomes in plan_report.grouped(refused):
            said = f"{plan_report.places(outcomes)}: {one_line(str(reason))}"
            looks = "" if reason.ask else "muted"
            yield PlanRow(Text(said, looks), is_sentence=True, reason=reason)
    yield _heading(_new_words(plan, is_apart=is_apart, ends=ends))
    new = plan.having("new")
    for outcome in new[:_MOST]:
        yield PlanRow(_outcome_text(outcome), outcome=outcome)
    if more := len(new) - _MOST:
        yield from [PlanRow(Text(f"… and {more:,} more", "muted"))] * (more > 0)
    yield from _other_rows(plan)


def _other_rows(plan: Plan) -> Iterator[PlanRow]:
    """What does not come in, and what else there is to know."""
    if left := plan.having("left out"):
        yield _heading(f"{len(left):,} left out; Enter takes one in again")
        for outcome in left:
            yield PlanRow(_outcome_text(outcome), outcome=outcome)
    if there := plan.having("there"):
        yield _heading(f"{len(there):,} there already")
        for outcome in sorted(there, key=lambda each: not each.remarks)[:_MOST]:
            yield PlanRow(Text.assemble(_outcome_text(outcome), (f"  {outcome.ref}", "muted")))
    if remarks := [*plan_report.remarks(plan)]:
        yield _heading("Besides")
        for said in remarks:
            yield PlanRow(Text(one_line(said), "muted"), is_sentence=True)


def known_fields(plan: Plan) -> Mapping[str, FormField]:
    """The fields that columns may hold; none of a library."""
    (file,) = plan.files
    if file.columns is None:
        return {}
    negotiation = plan.batch.view.whole.dataset.negotiation
    return targets.targets(file.columns.kind, negotiation)


def label_of(name: str, known: Mapping[str, FormField]) -> str:
    """What a field is called."""
    if (one := known.get(name)) is None:
        return "Id" if name == targets.ID else name
    whose, dot, _ = name.partition(".")
    return f"{whose.capitalize()}: {one.label.lower()}" if dot else one.label


def _new_words(plan: Plan, *, is_apart: bool, ends: date | None) -> str:
    number, along = len(plan.having("new")), plan_report.along_words(plan)
    if not number:
        return "Nothing new"
    where = " for your own additions" if is_apart else ""
    moves = f"; the record then ends on {labels.day(ends)}" if ends is not None else ""
    return f"{number:,} new{where}{along}{moves}"


def _column_rows(
    table: Table, columns: ColumnMap, known: Mapping[str, FormField]
) -> Iterator[PlanRow]:
    for number, head in enumerate(table.heads):
        target = columns.columns.get(head, "")
        label = label_of(target, known) if target else _NO_FIELD
        value = one_line(next(table.column(number), ""))
        text = Text.assemble(
            _padded(one_line(head), _HEAD),
            ("→ ", "muted"),
            (_padded(label, _FIELD), "" if target else "muted"),
            (labels.shortened(value, 60), "muted"),
        )
        yield PlanRow(text, column=head)


def _fixed_rows(
    said: Mapping[str, str], missing: Iterable[str], known: Mapping[str, FormField]
) -> Iterator[PlanRow]:
    for name in dict.fromkeys((*sorted(missing), *said)):
        called = dict(known[name].choices) if name in known else {}
        shown = one_line(called.get(said.get(name, ""), said.get(name, "")))
        value = Text(shown) if name in said else Text("needed", "warning")
        label = _padded(label_of(name, known), _HEAD)
        yield PlanRow(Text.assemble(label, ("= ", "muted"), value), field=name)
    yield PlanRow(Text("Something else in every row …", "muted"), field=ANY)


def _way_row(what: str, how: str, reason: Reason) -> PlanRow:
    text = Text.assemble(_padded(what, _HEAD), ("= ", "muted"), how)
    return PlanRow(text, reason=reason)


def _heading(text: str) -> PlanRow:
    return PlanRow(Text(text), is_heading=True)


def _padded(text: str, cells: int) -> str:
    shown = labels.shortened(text, cells - 1)
    return shown + " " * max(cells - width(shown), 1)


def _outcome_text(outcome: Outcome) -> Text:
    beside = f"  ({'; '.join(outcome.remarks)})" if outcome.remarks else ""
    return Text.assemble((_padded(outcome.place, 15), "muted"), outcome.label, (beside, "muted"))
