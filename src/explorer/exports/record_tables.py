"""The record as tables: of each its columns with what they mean, its key and whom they name.

It is read off the model, so that a new field is a column in every format without a line here. A
table stands for each kind (`quotes`), for each table within one (`issue_positions`), and for each
list of ids, with which tables are joined (`quote_issues`). A list of ids is also a column of its
own table, as JSON: to be read there, while joining goes by the table. What rests on which source
is one table for all, `citations`: whoever asks a source asks for everything that cites it.

Columns have the names of the model's fields: those of the dataset's keys, with `_id` or `_ids` at
the end of one that names records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from explorer.dataset import describe
from explorer.record import labels
from explorer.record.model import KINDS, PLURALS, REFERENCES, Archive, Record
from explorer.record.tables import toml_name
from explorer.values import dataclass

ColumnType = Literal["text", "day", "date", "flag", "whole", "number", "list", "object"]

RECORDS = "records"
"""The table of all records, whatever their kind."""
CITATIONS = "citations"
"""The table of what rests on which source."""
NOTES = "notes"

PROSE = frozenset(
    "name native_name legal_name title text summary words original remark where to scope author "
    "publisher next_step used matters".split()
)
"""The fields that are read for their words: those that a full-text index has."""

_LEFT_OUT = ("own_until",)
_LAST = ("formerly", "known", "source_ids", "own")
"""What all tables have stands behind what is their own."""
_PLAIN: Mapping[Any, ColumnType] = {
    str: "text",
    bool: "flag",
    int: "whole",
    float: "number",
    date: "date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    type: ColumnType = "text"
    meaning: str
    required: bool = False
    """Whether every row has it."""
    names: str = ""
    """The table whose key it is one of; nothing where it names none."""
    words: tuple[str, ...] = ()
    """All that it may be, where these are few."""

    @property
    def is_prose(self) -> bool:
        """Whether it is read for its words."""
        return self.type in ("text", "list") and self.name in PROSE


_KEY = Column(name="id", meaning="The key of the row in this export.", required=True)
_PLACE = Column(name="place", type="whole", meaning="Its place in the list, from 1.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTable:
    """One table, whatever it is written as."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    """The columns that tell one row from another."""
    is_link: bool = False
    """Whether it only says which rows of two tables belong together."""

    @property
    def title(self) -> str:
        """Its name for people."""
        return _in_words(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOfClass:
    """A table that is made of objects of a class, with those that are made of parts of them."""

    table: RecordTable
    of: Any
    field: str = ""
    """The field of the objects around it that has these."""
    links: tuple[tuple[str, RecordTable], ...] = ()
    """For each list of ids its field and its table."""
    inner: tuple[TableOfClass, ...] = ()

    def tables(self) -> Iterator[RecordTable]:
        """The table, those that it is joined by, and those of what is within."""
        yield self.table
        yield from (link for _, link in self.links)
        for within in self.inner:
            yield from within.tables()


def tables(*, with_notes: bool = False) -> tuple[RecordTable, ...]:
    """Every table, each kind followed by what is within it; those of no rows too."""
    of_kinds = (table for kind in KINDS for table in of_kind(kind).tables())
    return (ALL_RECORDS, *of_kinds, ALL_CITATIONS, *((OWN_NOTES,) if with_notes else ()))


def kind_table(kind: str) -> str:
    """The name of the table of a kind."""
    return PLURALS.get(kind, kind)


def key_of(table: str) -> str:
    """The column by which a table is named in others: all but that of all records have an `id`."""
    return "ref" if table == RECORDS else "id"


@cache
def of_kind(kind: str) -> TableOfClass:
    """The tables that are made of the records of a kind."""
    cls: Any = KINDS[kind]
    return _made(cls, kind_table(kind), kind, parent=None)


def _made(cls: Any, name: str, one: str, parent: Column | None, field: str = "") -> TableOfClass:
    """The table of a class; `one` is what a row of it is, by which its links are called."""
    columns = list(_columns(cls))
    if parent is not None:
        if any(column.name == parent.name for column in columns):  # a member is a delegation too
            parent = replace(parent, name=f"of_{parent.name}")
        columns = [_KEY, parent, _PLACE, *columns]
    table = RecordTable(name=name, meaning=describe.doc_of(cls), columns=tuple(columns))
    up = Column(
        name=f"{one}_id", meaning=f"The row of {name} it stands in.", required=True, names=name
    )
    inner = (
        _made(within, f"{one}_{own}", f"{one}_{toml_name(own)}", up, own)
        for own, within in _tables_within(cls)
    )
    return TableOfClass(
        table=table,
        of=cls,
        field=field,
        links=tuple(_links(cls, up)),
        inner=tuple(inner),
    )


def _columns(cls: Any) -> Iterator[Column]:
    hints = get_type_hints(cls)
    for field in sorted(fields(cls), key=lambda field: field.name in _LAST):
        name, hint = field.name, hints[field.name]
        meaning = _meaning(cls, name)
        if name in _LEFT_OUT or _is_list_of_tables(hint):
            continue
        if Archive in get_args(hint):
            yield from (_of_archive(name, part, meaning) for part in fields(Archive))
            continue
        kind = REFERENCES.get(name, "")
        type_ = _type(hint)
        yield Column(
            name=name,
            type=type_,
            meaning=meaning,
            required=name == "id",
            names=kind_table(kind) if kind and type_ == "text" else "",
            words=_words(hint),
        )


def _of_archive(name: str, part: Any, meaning: str) -> Column:
    type_ = _type(get_type_hints(Archive)[part.name])
    said = f"{meaning} {_meaning(Archive, part.name)}"
    return Column(name=f"{name}_{part.name}", type=type_, meaning=said)


def _links(cls: Any, up: Column) -> Iterator[tuple[str, RecordTable]]:
    hints = get_type_hints(cls)
    for field in fields(cls):
        name = field.name
        is_list = get_origin(hints[name]) is tuple
        if name == "about":
            target = Column(
                name="ref",
                meaning="The reference of the record.",
                required=True,
                names=RECORDS,
            )
        elif name in REFERENCES and is_list and name != "source_ids":
            one = name.removesuffix("_ids")
            target = Column(
                name=f"{one}_id",
                meaning=f"One of its {toml_name(name)}.",
                required=True,
                names=kind_table(REFERENCES[name]),
            )
        else:
            continue
        table = RecordTable(
            name=f"{up.name.removesuffix('_id')}_{toml_name(name)}",
            meaning=f"The column {name} of {up.names}, a row each. {_meaning(cls, name)}",
            columns=(up, target, _PLACE),
            key=(up.name, target.name),
            is_link=True,
        )
        yield name, table


def _tables_within(cls: Any) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(cls)
    for field in fields(cls):
        if _is_list_of_tables(hints[field.name]):
            yield field.name, get_args(hints[field.name])[0]


def _is_list_of_tables(hint: Any) -> bool:
    return get_origin(hint) is tuple and hasattr(get_args(hint)[0], "__dataclass_fields__")


def _type(hint: Any) -> ColumnType:
    match get_origin(hint), get_args(hint):
        case origin, _ if origin is tuple:
            return "list"
        case origin, _ if origin is Literal:
            return "text"
        case origin, _ if origin is Mapping:
            return "object"
        case _, parts if date in parts and str in parts:
            return "day"
        case origin, (part, *_) if origin in (Union, UnionType):
            return _type(part)
    return _PLAIN[hint]


def _words(hint: Any) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return next((_words(part) for part in get_args(hint) if _words(part)), ())
    return ()


def _meaning(cls: Any, name: str) -> str:
    if name == "own":
        return f"True for what was {labels.OWN_MEANS}."
    return describe.meaning_of(cls, name)


def _in_words(name: str) -> str:
    return labels.sentence(name.replace("_", " ")).removesuffix(".")


ALL_RECORDS = RecordTable(
    name=RECORDS,
    meaning="Every record, whatever its kind, in the order of the dataset.",
    columns=(
        Column(name="ref", meaning="Its lasting name, “issue:rare-earths”.", required=True),
        Column(name="kind", meaning="Of which kind it is.", required=True, words=tuple(KINDS)),
        Column(name="id", meaning="Its id, which is the key in the table of its kind."),
        Column(name="title", meaning="What it is called in a list."),
        Column(name="public", type="date", meaning="The day from which it was public."),
        Column(name="own", type="flag", meaning=_meaning(Record, "own")),
    ),
    key=("ref",),
)

ALL_CITATIONS = RecordTable(
    name=CITATIONS,
    meaning="What rests on which source: the column source_ids of all tables, a row each.",
    columns=(
        Column(name="source_id", meaning="The source.", required=True, names="sources"),
        Column(name="ref", meaning="The record that cites it.", required=True, names=RECORDS),
        Column(name="table_name", meaning="The table of the row that does.", required=True),
        Column(name="row_id", meaning="The id of that row in its table.", required=True),
        replace(_PLACE, meaning="The place of the source among those of the row, from 1."),
    ),
    key=("table_name", "row_id", "source_id"),
)

OWN_NOTES = RecordTable(
    name=NOTES,
    meaning="Notes of the reader and of colleagues, which are no part of the record.",
    columns=(
        Column(name="id", meaning="The lasting name of the note.", required=True),
        Column(name="ref", meaning="The record it is on, if that is there.", names=RECORDS),
        Column(name="record", meaning="The record it was written on."),
        Column(name="name", meaning="What that record is called."),
        Column(name="created", meaning="When it was begun, in UTC."),
        Column(name="changed", meaning="When it was changed last, in UTC."),
        Column(name="date", type="date", meaning="The day that it is about."),
        Column(name="due", type="date", meaning="The day on which it is to be looked at again."),
        Column(name="done", type="flag", meaning="Whether that was done."),
        Column(name="tags", type="list", meaning="The tags in its text."),
        Column(name="text", meaning="What it says, as Markdown."),
        Column(name="anchor_exact", meaning="The words of the record that it is on."),
        Column(name="anchor_prefix", meaning="What stood before them."),
        Column(name="anchor_suffix", meaning="What stood after them."),
        Column(name="conflict_copy", type="flag", meaning="Whether it is a second version."),
        Column(name="author", meaning="Who wrote it, if anybody is named."),
        Column(name="answers", meaning="The id of the note that it answers."),
    ),
)
