"""A plan in words for people, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NotRequired, TypedDict, cast

from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake import targets
from explorer.intake.batch import Outcome, Reason
from explorer.intake.incoming import FORMATS
from explorer.intake.plan import Plan, Source
from explorer.intake.targets import SOURCE
from explorer.record.labels import counted, shortened
from explorer.text.cells import width
from explorer.text.folding import fold
from explorer.text.sanitize import one_line

_SHOWN = 10
"""Rows of each sort that are named, unless all are asked for."""
_PLACES = 6
_WIDEST = 28
_FIELDS = 8


def lines(plan: Plan, *, everything: bool = False) -> Iterator[str]:
    """The plan as it is read: what is what, what is new, what is there, what is refused."""
    for file in plan.files:
        yield from about_file(file)
        yield ""
    yield from _rows("new", plan, everything=everything)
    yield from _rows("there", plan, everything=everything)
    if refused := plan.having("refused"):
        yield f"{len(refused):,} refused"
        reasons = grouped(refused)
        for reason, outcomes in reasons if everything else reasons[: 2 * _SHOWN]:
            yield f"  {places(outcomes)}: {one_line(str(reason))}"
            if hint := hint_for(reason, outcomes[0].place):
                yield f"    {hint}"
        if not everything and (more := len(reasons) - 2 * _SHOWN) > 0:
            yield f"  … and {more:,} more reasons; --all shows them"
    if left := plan.having("left out"):
        yield f"{len(left):,} left out, for they were not chosen"
    yield from remarks(plan)


def about_file(file: Source) -> Iterator[str]:
    """What a file is, and which of its columns is which field."""
    name = FORMATS.get(file.file.format, (file.file.format, ()))[0]
    if file.table is None or file.columns is None:
        yield f"{file.file.name}: {name}, each entry a source"
        return
    kind = FORM_KINDS[file.columns.kind].title
    how = ", columns as the last time" if file.was_kept else ""
    yield f"{file.file.name}: {many(len(file.table.rows), 'row')}, each {kind}{how}"
    wide = min(max(map(width, file.table.heads)), _WIDEST)
    for number, head in enumerate(file.table.heads):
        target = file.columns.columns.get(head, "")
        said = targets.called(file.columns.kind, target) if target else "–"
        shown = shortened(one_line(head), _WIDEST)
        value = next(file.table.column(number), "")
        example = f"  {shortened(one_line(value), 40)}" if value else ""
        yield f"  {shown}{' ' * (wide - width(shown))}  → {said:<16}{example}".rstrip()
    if fixed := in_every_row(file):
        named = ((targets.called(file.columns.kind, name), one_line(s)) for name, s in fixed)
        yield f"  in every row: {', '.join(f'{name} = {said}' for name, said in named)}"
    if read := [f"{what}: {how}" for what, how, _ in ways_of(file)]:
        yield f"  read as: {'; '.join(read)}"


def ways_of(file: Source) -> Iterator[tuple[str, str, Reason]]:
    """How days, numbers and names were said to be read, each with what asks for it anew."""
    if file.columns is None or file.table is None:
        return
    habits = file.columns.habits
    if habits.order:
        what = "Days like 5/6/2025"
        yield what, f"the {habits.order} first", Reason(what, ask="dates")
    if habits.decimal:
        what = "Numbers like 1,234"
        yield what, f"a decimal {habits.decimal}", Reason(what, ask="decimal")
    for said, meant in file.columns.meant.items():
        typed = fold(said.strip())
        for number, head in enumerate(file.table.heads):
            name = file.columns.columns.get(head, "")
            if name and any(typed in fold(cell) for cell in file.table.column(number)):
                what = f"“{shortened(one_line(said), 30)}”"
                yield what, meant, Reason(what, name, head, "name", said)
                break


def in_every_row(file: Source) -> Sequence[tuple[str, str]]:
    """What fields say that no column does."""
    if file.columns is None:
        return ()
    kind, columns = file.columns.kind, file.columns.columns.values()
    usual = dict(targets.usual_of(FORM_KINDS[kind]))
    if any(target.startswith(SOURCE) for target in columns):
        of_source = targets.usual_of(FORM_KINDS["source"])
        usual |= {f"{SOURCE}{key}": said for key, said in of_source.items()}
        usual[f"{SOURCE}language"] = (
            "that of verbatim words, else English" if kind == "quote" else "English"
        )
    said = {**file.columns.fixed, **{n: s for n, s in usual.items() if n not in file.columns.fixed}}
    return [(name, text) for name, text in said.items() if name not in columns]


def _rows(state: Any, plan: Plan, *, everything: bool) -> Iterator[str]:
    rows = plan.having(state)
    if not rows:
        return
    along = along_words(plan) if state == "new" else ""
    yield f"{len(rows):,} {'new' + along if state == 'new' else 'already there'}"
    if state == "there":  # what differs is worth more than what is the same
        rows = sorted(rows, key=lambda row: not row.remarks)
    shown = rows if everything else rows[:_SHOWN]
    wide = max(len(row.place) for row in shown)
    for row in shown:
        why = f"  ({'; '.join(row.remarks)})" if row.remarks else ""
        where = f"  {row.ref}" if state == "there" and row.ref else ""
        yield f"  {row.place:<{wide}}  {row.label}{where}{why}".rstrip()
    if more := len(rows) - len(shown):
        yield f"  … and {more:,} more; --all shows them"


def many(number: int, what: str, plural: str = "") -> str:
    """“1 row”, “8,000 rows”."""
    return counted(number, what, plural).replace(str(number), f"{number:,}", 1)


def along_words(plan: Plan) -> str:
    """“, with 2 new figures and 3 new sources”; nothing when none come along."""
    counts = sorted(plan.brought_along.items())
    *most, last = [many(number, f"new {kind}") for kind, number in counts] or [""]
    said = f"{', '.join(most)} and {last}" if most else last
    return f", with {said}" if said else ""


def grouped(refused: Sequence[Outcome]) -> list[tuple[Reason, list[Outcome]]]:
    """The reasons, each with the rows of which it holds, the most frequent first."""
    found: dict[Reason, list[Outcome]] = {}
    for outcome in refused:
        for reason in outcome.why:
            found.setdefault(reason, []).append(outcome)
    return sorted(found.items(), key=lambda of: -len(of[1]))


def places(outcomes: Sequence[Outcome]) -> str:
    """“row 4”, “rows 4, 7, 9”, “rows 2–41”."""
    numbers = [outcome.number for outcome in outcomes]
    if len(outcomes) == 1 or not outcomes[0].place.startswith("row "):
        more = len(outcomes) - _PLACES
        named = ", ".join(outcome.place for outcome in outcomes[:_PLACES])
        return f"{named} and {more:,} more" if more > 0 else named
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    said = [f"{span[0]}–{span[-1]}" if span[1:] else str(span[0]) for span in spans]
    more = sum(map(len, spans[_PLACES:]))
    return f"rows {', '.join(said[:_PLACES])}{f' and {more:,} more' if more else ''}"


def hint_for(reason: Reason, place: str = "row") -> str:  # noqa: PLR0911 -- a line for each
    """What to type so that a reason is none any more; nothing where the file must be mended."""
    name = reason.field
    match reason.ask:
        case "value" if place.startswith("annotation "):
            return f"--set {name}=… says it for all that have no tag “{name}:…”"
        case "value" if reason.column or not place.startswith("row"):
            return f"--set {name}=… says it where nothing else does"
        case "value":
            return f'--set {name}=… says it for all rows, --map "COLUMN={name}" where it stands'
        case "name":
            return f'--mean "{one_line(reason.said)}=ID" says who or what is meant'
        case "dates":
            return "--dates day-first, or month-first, says which"
        case "decimal":
            return "--decimal comma, or point, says which"
    return ""


def remarks(plan: Plan) -> Iterator[str]:
    """What else a person should know."""
    most = plan.left_out.most_common()
    named = [f"{what} ({number:,})" for what, number in most[:_FIELDS]]
    if more := len(most) - len(named):
        named.append(f"and {more} more")
    if named:
        yield f"Left out, as a source has no field for it: {', '.join(named)}."
    yield from plan.remarks


class ReasonData(TypedDict):
    """Why a row does not come in."""

    message: str
    field: str
    column: str


class RowData(TypedDict):
    """A row, and what becomes of it."""

    file: str
    place: str
    """Where in the file it stands, “row 3”."""
    label: str
    """What it says, in a few words."""
    ref: str
    """The record that it becomes, or is already; empty when there is none."""
    why: list[ReasonData]
    remarks: list[str]


class FileData(TypedDict):
    """A file, and what its rows are taken for."""

    file: str
    format: str
    as_: str
    """The kind of record or entry that its rows are."""
    columns: NotRequired[dict[str, str]]
    """Which field each column is; empty when it is passed over."""
    in_every_row: NotRequired[dict[str, str]]
    """What fields say where no column does."""


class PlanData(TypedDict):
    """What comes in, what is there already, and what is refused."""

    files: list[FileData]
    new: list[RowData]
    there: list[RowData]
    refused: list[RowData]
    left_out: list[RowData]
    brought_along: int
    """Records that come in with others, such as sources of quotes."""
    not_taken: dict[str, int]
    """What the record has no field for, with how often it occurs."""
    remarks: list[str]


NO_DATA: PlanData = {
    "files": [],
    "new": [],
    "there": [],
    "refused": [],
    "left_out": [],
    "brought_along": 0,
    "not_taken": {},
    "remarks": [],
}
"""What is said of nothing that came in."""


def as_data(plan: Plan) -> PlanData:
    """The plan as plain values for JSON."""
    return {
        "files": [_file_data(file) for file in plan.files],
        "new": [_row_data(row) for row in plan.having("new")],
        "there": [_row_data(row) for row in plan.having("there")],
        "refused": [_row_data(row) for row in plan.having("refused")],
        "left_out": [_row_data(row) for row in plan.having("left out")],
        "brought_along": plan.brought_along.total(),
        "not_taken": dict(plan.left_out),
        "remarks": list(plan.remarks),
    }


def _file_data(file: Source) -> FileData:
    name, form = file.file.name, file.file.format
    if file.columns is None:
        return cast("FileData", {"file": name, "format": form, "as": "source"})
    kind = file.columns.kind
    columns = {
        head: targets.called(kind, target) if target else ""
        for head, target in file.columns.columns.items()
    }
    fixed = {targets.called(kind, key): said for key, said in in_every_row(file)}
    data = {"file": name, "format": form, "as": kind}
    return cast("FileData", {**data, "columns": columns, "in_every_row": fixed})


def _row_data(row: Outcome) -> RowData:
    why: list[ReasonData] = [
        {"message": reason.message, "field": reason.field, "column": reason.column}
        for reason in row.why
    ]
    return {
        "file": row.file,
        "place": row.place,
        "label": row.label,
        "ref": row.ref,
        "why": why,
        "remarks": list(row.remarks),
    }
