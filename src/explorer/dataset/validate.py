"""Tables → records. The only place that imports pydantic, and only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.dataset import checks, long_texts, text_checks
from explorer.dataset.checked import Finding
from explorer.dataset.entry_order import in_order
from explorer.dataset.faults import Fault, loose_in, of_detail
from explorer.dataset.faulty_rows import KnownIds, found_in, same_ids
from explorer.dataset.joining import Aside, key_of, reaching
from explorer.dataset.problems import DatasetError, Problem, gathered
from explorer.dataset.table_row import Row
from explorer.dataset.written_tables import Tables, texts_in
from explorer.record import model
from explorer.record.model import KINDS
from explorer.record.tables import references, tables_in

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

    from explorer.dataset.read import Texts

_Rows = Mapping[str, Sequence[Row]]
MOST = 20_000
"""So many problems are sought for where they stand; of further ones only the number is said."""
_PIECE = 500
_MOST_WARNINGS = 50_000
_OF_KEYS = {"unexpected_keyword_argument", "missing"}
_ALTERNATIVES = {"date", "str"}
"""What the validator adds to a path to say which alternative of a Day it tried."""


@cache
def adapter() -> TypeAdapter[tuple[model.Dataset]]:
    """The validator made of the model: strict about keys, by the names used in TOML.

    It takes a tuple of one, because pydantic gives a bare dataclass no configuration.
    """
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(
        tuple[model.Dataset],
        config=ConfigDict(
            extra="forbid",
            allow_inf_nan=False,
            alias_generator=key_of,
        ),
    )


def validate(texts: Texts, say: Callable[[str], None]) -> model.Dataset:
    """The dataset that these files make. Raises DatasetError with every problem."""
    return validate_with(texts, {}, say)[0]


def validate_with(
    texts: Texts, own: Texts, say: Callable[[str], None]
) -> tuple[model.Dataset, Sequence[Aside]]:
    """The same with what a reader added in files of their own, and what of that is set aside.

    Raises DatasetError with every problem.
    """
    found = _Examined(texts, own, say)
    return in_order(found.valid()), found.aside


def examine(texts: Texts, own: Texts | None = None) -> tuple[model.Dataset, tuple[Problem, ...]]:
    """The dataset that these files make, and what may be wrong in it though it is valid.

    With what a reader added in files of their own.

    Raises DatasetError with every problem, and with these warnings of what has none.
    """
    found = _Examined(texts, own or {}, _nobody)
    try:
        dataset = found.valid()
    except DatasetError as error:
        raise DatasetError(error.path, error.problems, found.warnings()) from None
    return in_order(dataset), found.warnings()


def _nobody(_: str) -> None:
    """Takes words on what is being done where nobody waits."""


class _Examined:
    """The tables of a dataset on their way to records."""

    def __init__(self, texts: Texts, own: Texts, say: Callable[[str], None]) -> None:
        self._texts = {**texts, **own}
        self._has_own = bool(own)
        self._tables = tables = Tables(texts, say, own)
        say(f"Checking {sum(map(len, tables.rows.values())):,} records")
        self._adapter = adapter()
        self._sound: dict[str, list[Row]] = {}
        """The rows in which nothing is wrong by itself."""
        self._dataset: model.Dataset | None = None
        """What these make, less the words of texts that lie in files of their own."""
        # What a file holds that could not be read at all cannot be missed.
        known = KnownIds(tables.ids(), tables.lost_words, tables.nameless(), tables.named)
        self._known = known if tables.all_read else None
        self._elsewhere: set[str] = set()
        """The texts in all that is not sound: what is named there cannot be missed."""
        self._found_wrong: set[tuple[str, int]] = set()
        """Those of the sound rows that did not go together with others."""

    @property
    def aside(self) -> Sequence[Aside]:
        """What of the reader's own is not joined to the rest."""
        return self._tables.aside

    def valid(self) -> model.Dataset:
        """The dataset. Raises DatasetError with every problem."""
        tables = self._tables
        dataset = _checked(self._adapter, tables.rows)
        everything = [row for of in tables.rows.values() for row in of]
        unsound = [row for row in everything if row.faults or row.is_damaged]
        for row in unsound:
            _leave_out_what_is_misspelt(row)
        problems = list(tables.problems)
        faults = ((row, *each) for row in unsound for each in row.faults.items())
        problems += (tables.problem(*each) for each in islice(faults, MOST))
        if rest := sum(1 for _ in faults):
            problems.append(_too_many(tables.root, rest))
        else:
            more = [(row, *each) for row in unsound for each in found_in(row, self._known)]
            more += ((row, *each) for row, each in same_ids(tables.rows, tables.place_of))
            problems += (tables.problem(*each) for each in more[:MOST])
        if tables.is_whole and not tables.rows["negotiation"]:
            message = "the dataset has no [negotiation] table with its name and record_ends"
            problems.append(Problem(file=tables.root, message=message, check="missing-table"))
        # What is sound is compared all the same, so that one run shows every problem.
        self._sound = {
            kind: [row for row in of if not row.faults and not row.is_damaged]
            for kind, of in tables.rows.items()
        }
        if dataset is None or problems:
            dataset = self._made_of(self._sound)
        if self._has_own:
            dataset = reaching(dataset)
        self._dataset = dataset
        self._elsewhere = {*tables.lost_words, *texts_in(tuple(row.value for row in unsound))}
        folders = {str(row.value.get("id")): row.origin.file.parent for row in self._sound["text"]}
        joined, unread = long_texts.joined(dataset, self._texts, folders)
        findings = (*self._compared(dataset), *(replace(f, check="text-file") for f in unread))
        located = [finding for finding in findings if self._sound[finding.kind]]
        self._found_wrong |= {(finding.kind, finding.place) for finding in located}
        problems += (self._problem(self._sound, finding) for finding in located[:MOST])
        if (rest := len(located) - MOST) > 0:
            problems.append(_too_many(tables.root, rest))
        if problems:
            raise DatasetError(tables.root, gathered(problems))
        return joined

    def _compared(self, dataset: model.Dataset) -> Iterator[Finding]:
        yield from checks.run(dataset, self._known)
        for found in text_checks.run(dataset):
            yield replace(found, check="clauses-make-sense")

    def warnings(self) -> tuple[Problem, ...]:
        """What may be wrong in those records that have no problem, nor name one that has."""
        from explorer.dataset import warning_checks

        if self._dataset is None:
            return ()
        elsewhere, rows, dataset = self._elsewhere, self._sound, self._dataset
        if elsewhere or self._found_wrong:
            doubtful = _with_those_that_name_them(self._found_wrong, dataset)
            values = (rows[kind][place].value for kind, place in doubtful if rows[kind])
            elsewhere = {*elsewhere, *texts_in(tuple(values))}
            rows = {
                kind: [row for place, row in enumerate(of) if (kind, place) not in doubtful]
                for kind, of in rows.items()
            }
            dataset = self._made_of(rows)
        doubts = warning_checks.run(dataset, elsewhere if self._tables.all_read else None)
        of_rows = (doubt for doubt in (*doubts, *_assumed(rows)) if rows[doubt.kind])
        found = [self._problem(rows, doubt) for doubt in islice(of_rows, _MOST_WARNINGS)]
        return gathered(replace(each, severity="warning") for each in found)

    def _problem(self, rows: _Rows, finding: Finding) -> Problem:
        return self._tables.problem(rows[finding.kind][finding.place], finding.path, finding)

    def _made_of(self, rows: _Rows) -> model.Dataset:
        written = self._tables.rows["negotiation"]
        (dataset,) = self._adapter.validate_python((_whole(rows, written),))
        return dataset


def _too_many(root: Path, rest: int) -> Problem:
    message = f"at least {rest:,} problems more are not listed, so many stand before them"
    return Problem(file=root, message=message, check="too-many", count=rest)


def _with_those_that_name_them(
    wrong: Iterable[tuple[str, int]], dataset: model.Dataset
) -> set[tuple[str, int]]:
    """Kinds and places of records that are wrong or missing, and of all that rest on these."""
    left = {
        (kind, place): record for kind in KINDS for place, record in enumerate(dataset.of(kind))
    }
    found = set(wrong)
    while True:
        there = {record.ref for at, record in left.items() if at not in found}
        more = {
            at
            for at, record in left.items()
            if at not in found
            and any(ref not in there for part in tables_in(record) for _, ref in references(part))
        }
        if not more:
            return found
        found |= more


def _assumed(rows: _Rows) -> Iterator[Finding]:
    """Quotes whose day of publication is not given, so that they show from their own day."""
    for place, row in enumerate(rows["quote"]):
        if row.is_assumed:
            message = "“published” is missing, so it shows from the day on which it was said"
            hint = "give the day on which the words became public"
            yield Finding("quote", place, ("published",), message, hint, check="no-published")


def _checked(check: TypeAdapter[tuple[model.Dataset]], rows: _Rows) -> model.Dataset | None:
    """The dataset when every row is valid; else None. What is wrong is noted in each row."""
    from pydantic import ValidationError

    for kind, of in rows.items():
        for row in of:
            if isinstance(row.value, dict):
                for keys, fault in loose_in(KINDS[kind], row.value):
                    row.faults.setdefault(tuple(keys), fault)
    try:
        (dataset,) = check.validate_python((_whole(rows),))
    except ValidationError as error:
        if error.error_count() > MOST:
            _note_first(check, rows)
        else:
            _note_all(rows, error)
        return None
    return dataset


def _note_first(check: TypeAdapter[tuple[model.Dataset]], rows: _Rows) -> None:
    """Note what is wrong in the first rows, where in all of them it would fill the memory."""
    from pydantic import ValidationError

    found = 0
    for kind, of in rows.items():
        for start in range(0, len(of), _PIECE):
            if found > MOST:
                for row in of[start:]:
                    row.faults.setdefault((), Fault("", check="too-many"))
                break
            piece = {**dict.fromkeys(rows, ()), kind: of[start : start + _PIECE]}
            try:
                check.validate_python((_whole(piece),))
            except ValidationError as error:
                found += error.error_count()
                _note_all(piece, error)


def _note_all(rows: _Rows, error: ValidationError) -> None:
    for detail in error.errors(include_url=False, include_input=True):
        _, table, *path = detail["loc"]
        kind = str(table)
        place = 0 if kind == "negotiation" else int(path.pop(0))
        # A key that nobody knows may itself be called “date”.
        if path and path[-1] in _ALTERNATIVES and detail["type"] not in _OF_KEYS:
            path.pop()
        if place < len(rows[kind]):
            _note(rows[kind][place], tuple(path), of_detail(kind, path, detail))


def _note(row: Row, path: tuple[str | int, ...], fault: Fault) -> None:
    # A key may be missing because it could not be read.
    if not (row.is_damaged and fault.check == "missing-key"):
        row.faults.setdefault(path, fault)


def _leave_out_what_is_misspelt(row: Row) -> None:
    """A key is not missing too where a misspelt one stands for it."""
    meant = {
        (*path[:-1], fault.suggestion)
        for path, fault in row.faults.items()
        if fault.check == "unknown-key"
    }
    for path in meant:
        if path in row.faults and row.faults[path].check == "missing-key":
            del row.faults[path]


def _whole(rows: _Rows, written: Sequence[Row] = ()) -> dict[str, Any]:
    """The rows as the one value that the adapter validates.

    Something takes the place of a faulty [negotiation], with the words that were written there.
    """
    whole: dict[str, Any] = {kind: tuple(row.value for row in of) for kind, of in rows.items()}
    negotiations = whole.pop("negotiation")
    return whole | {"negotiation": negotiations[0] if negotiations else _stand_in(written)}


def _stand_in(written: Sequence[Row]) -> dict[str, Any]:
    own = {
        f"{key}s": {
            word: means if means in built_in else built_in[1] for word, means in words.items()
        }
        for row in written[:1]
        for key, built_in in model.BUILT_IN_WORDS.items()
        if isinstance(row.value, dict) and isinstance(words := row.value.get(f"{key}s"), dict)
    }
    return _STAND_IN | own


_STAND_IN = {
    "id": "none",
    "name": "none",
    "summary": "none",
    "began": date.min,
    "record_ends": date.max,
}
"""Takes the place of a faulty [negotiation], so that the rest can be compared."""
