"""What would come in from some files, looked at before anything is written."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from explorer.adding import library_entries
from explorer.adding.library_entry import Entry
from explorer.errors import UsageError
from explorer.intake import annotation_rows, column_map, kept_maps, table_files, targets
from explorer.intake.batch import Batch, Outcome, State
from explorer.intake.cell_values import Habits
from explorer.intake.column_map import ColumnMap
from explorer.intake.incoming import ANNOTATIONS, FORMATS, LIBRARIES, Incoming
from explorer.intake.library_rows import put_entries
from explorer.intake.row_reader import RowReader
from explorer.intake.table_files import Table
from explorer.values import dataclass
from explorer.view import View

MOST_ENTRIES = 20_000
"""More entries than somebody looks through."""
_READERS = {
    "csl": library_entries.csl,
    "bibtex": library_entries.bibtex,
    "ris": library_entries.ris,
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody says of how files are to be read."""

    kind: str = ""
    """What the rows are."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The field of a column, by its head."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """What a field says in every row in which no column does."""
    meant: Mapping[str, str] = field(default_factory=dict)
    """The id that is meant by a name."""
    habits: Habits = field(default_factory=Habits)
    sheet: str = ""
    numbers: frozenset[int] = frozenset()
    """The rows that are to come in; all, when none are named."""
    are_several: bool = False
    """Whether there are several files, of which not all that is said is for each."""
    guess_anew: bool = False
    """Whether a map that was kept is passed over."""


@dataclasses.dataclass(slots=True)
class Source:
    """One file of a plan."""

    file: Incoming
    table: Table | None = None
    """Its rows, when it is no library."""
    columns: ColumnMap | None = None
    was_kept: bool = False
    """Whether the map is one that was kept."""


@dataclasses.dataclass(slots=True)
class Plan:
    """What would come in, and what would not."""

    batch: Batch
    files: list[Source] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """What entries say and a source has no field for, with how often."""
    remarks: list[str] = field(default_factory=list)

    def having(self, state: State) -> list[Outcome]:
        """The rows of which that becomes."""
        return [outcome for outcome in self.batch.outcomes if outcome.state == state]

    @property
    def brought_along(self) -> Counter[str]:
        """The kinds of the records that come in with rows that are something else."""
        return self.batch.brought_along


def planned(view: View, files: Sequence[Incoming], wishes: Wishes) -> Plan:
    """What some files would add. Raises UsageError and IntakeError."""
    plan = Plan(Batch(view))
    for file in files:
        if file.remark and file.format in LIBRARIES:
            plan.remarks.append(f"{file.name}: {file.remark}")
        if file.format == "notes":
            raise file.refused("these are notes; “explorer notes import” takes them")
        if file.format in LIBRARIES:
            _plan_library(plan, file, wishes)
        else:
            _plan_table(plan, file, wishes)
    if wishes.numbers:
        plan.batch.choose(set(wishes.numbers))
    plan.batch.check()
    return plan


def _plan_library(plan: Plan, file: Incoming, wishes: Wishes) -> None:
    if wishes.kind not in ("", "source"):
        raise UsageError(f"{file.name} is {FORMATS[file.format][0]}, whose entries are sources")
    negotiation = plan.batch.view.whole.dataset.negotiation
    fixed: dict[str, str] = {}
    for name, said in wishes.fixed.items():
        try:
            own = name.removeprefix(targets.SOURCE)
            fixed[targets.target_named("source", own, negotiation)] = said
        except UsageError:
            if not wishes.are_several:  # else it may be meant for the rows of another file
                raise
    plan.files.append(Source(file))
    number = len(plan.batch.outcomes)
    try:
        put_entries(plan.batch, file.name, _counted(plan, file), fixed)
    except RecursionError:
        raise file.refused("it is nested too deeply") from None
    except ValueError as error:
        name = FORMATS[file.format][0]
        raise file.refused(f"it cannot be read as {name}: {error}") from None
    if len(plan.batch.outcomes) == number:
        raise file.refused("it has no entries")


def _counted(plan: Plan, file: Incoming) -> Iterator[Entry]:
    for number, entry in enumerate(_READERS[file.format](file.text)):
        if number == MOST_ENTRIES:
            raise file.refused(f"it has more than {MOST_ENTRIES:,} entries; divide it")
        plan.left_out.update(set(entry.left_out))
        yield entry


def _plan_table(plan: Plan, file: Incoming, wishes: Wishes) -> None:
    is_marked = file.format in ANNOTATIONS
    table = annotation_rows.read(file) if is_marked else table_files.read(file, wishes.sheet)
    if not is_marked and annotation_rows.is_table(table):
        table, is_marked = annotation_rows.of_table(file, table), True
    if is_marked:
        table = annotation_rows.with_issues(table, plan.batch.names)
    if {"record", "text", "created", "changed"} <= {head.casefold() for head in table.heads}:
        raise file.refused("these are notes; “explorer notes import” takes them")
    if table.remark:
        plan.remarks.append(f"{file.name}: {table.remark}")
    columns, was_kept = _mapped(plan.batch, table, wishes, is_marked=is_marked)
    plan.files.append(Source(file, table, columns, was_kept))
    RowReader(plan.batch, table, columns).read_all()


def _mapped(
    batch: Batch, table: Table, wishes: Wishes, *, is_marked: bool
) -> tuple[ColumnMap, bool]:
    """Which column is what, and whether that was kept from an earlier import."""
    negotiation = batch.view.whole.dataset.negotiation
    kept = None if wishes.guess_anew else kept_maps.of(table.heads)
    if kept is not None and wishes.kind not in ("", kept.kind):
        kept = None
    if kept is not None:
        known = (*targets.targets(kept.kind, negotiation), targets.ID, "")
        columns = {head: name if name in known else "" for head, name in kept.columns.items()}
        guess = replace(kept, columns=columns)
    elif is_marked:
        guess = _of_annotations(table, wishes.kind or "quote", batch)
    else:
        guess = column_map.guessed(table, batch.view, batch.names, wishes.kind)
    mapped = column_map.with_given(guess, table, negotiation, wishes.columns)
    fixed = {
        targets.target_named(mapped.kind, name, negotiation): said
        for name, said in wishes.fixed.items()
    }
    given = wishes.habits
    habits = Habits(given.order or mapped.habits.order, given.decimal or mapped.habits.decimal)
    mapped = replace(
        mapped,
        fixed={**mapped.fixed, **fixed},
        meant={**mapped.meant, **wishes.meant},
        habits=habits,
    )
    return mapped, kept is not None


def _of_annotations(table: Table, kind: str, batch: Batch) -> ColumnMap:
    """The columns of annotations; their tags are named for fields."""
    negotiation = batch.view.whole.dataset.negotiation
    columns: dict[str, str] = {}
    for head in table.heads:
        target = annotation_rows.COLUMNS.get(head, "")
        if head not in annotation_rows.HEADS:
            try:
                target = targets.target_named(kind, head, negotiation)
            except UsageError:
                target = ""
        columns[head] = target if target not in columns.values() else ""
    return ColumnMap(kind, columns)
