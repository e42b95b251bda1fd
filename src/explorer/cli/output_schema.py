"""The shapes of what commands print as JSON, as JSON Schema.

They are read off the types of what is printed: each command says in `SHAPE` what that is, one
with several commands of its own in `SHAPES`, a comparison by what its rows are. Draft 7, as
the schema of datasets is, of which the tables are taken where records are printed.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import fields
from datetime import date
from functools import cache, reduce
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from explorer.dataset import describe
from explorer.dataset.schema import schema
from explorer.documents.comparisons import COMPARISONS
from explorer.documents.coverage import CoverageData
from explorer.documents.to_json import SheetData
from explorer.record.model import KINDS, Negotiation
from explorer.text.json_types import DateText, FieldsOf, Matching, RefText, TableOf

DOCUMENT = "document"
"""The name of what `--format json` prints, whichever command it is given to."""
_NONE = frozenset(("app", "schema"))
"""Commands that print no data: the schema is one itself."""
_PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    Path: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    Any: {},
}
_COMMON = {
    "ref": "The record, by its kind and id.",
    "name": "What it is called, for people.",
    "text": "What it says, for people.",
    "words": "The words of the source themselves.",
    "on": "Its day.",
    "since": "The day from which it is so.",
    "until": "The day up to which it is so.",
    "due": "The day it is due.",
    "known": "The day it became public, when that is not its own day.",
    "issue": "The issue it is about.",
    "issues": "The issues it is about.",
    "round": "The round it belongs to.",
    "delegation": "Whose it is, by id.",
    "delegations": "Whose it is, by id.",
    "sources": "The sources it rests on, by id.",
    "own": "True when a reader added it.",
    "was": "What it was before.",
    "now": "What it is now.",
    "file": "Its file.",
    "tags": "Its tags, without a sign.",
    "number": "Its number.",
    "rows": "What was asked for, in the order in which it is shown.",
}
"""What keys mean that say no more, wherever they are."""
Json = dict[str, Any]


class NoteOfAnother(TypedDict):
    """A note of somebody else's on a record."""

    author: str
    """Who wrote it."""
    text: str


class RecordKeys(TypedDict):
    """A record by the keys of the dataset, less what is empty."""

    ref: RefText
    notes: NotRequired[list[str]]
    """The reader's notes on it."""
    notes_of_others: NotRequired[list[NoteOfAnother]]
    asked: NotRequired[DateText]
    """The day that was asked for, when the record does not cover it and another is shown."""
    as_of: NotRequired[DateText]
    """That other day."""


def names(commands: Mapping[str, str]) -> dict[str, str]:
    """Each output by its name, “notes list”, with what its command does."""
    found = {DOCUMENT: "What --format json prints: a document in sentences, with its sources."}
    for command, what in commands.items():
        if command not in _NONE and " " not in command:
            for own, shape in _outputs(command).items():
                output = f"{command} {own}".rstrip()
                found[output] = commands.get(output) or _words_on(shape) or what
    return found


def _words_on(shape: Any) -> str:
    """What is printed in that shape, in its own words; of a part of a command alone."""
    return str(getattr(shape, "__dict__", {}).get("__doc__") or "").partition("\n")[0]


def schema_of(name: str) -> Json:
    """The JSON Schema of an output. Raises KeyError when there is none of that name."""
    command, _, own = name.partition(" ")
    if name == DOCUMENT:
        return schema_of_type(SheetData, "explorer … --format json")
    return schema_of_type(_outputs(command)[own], f"explorer {name} --json")


def schema_of_type(shape: Any, title: str) -> Json:
    """The JSON Schema of a type of what is printed."""
    made = _Made()
    top = made.schema(shape)
    ref = top.get("$ref", "")
    if ref:  # beside which nothing else would count
        name = ref.rpartition("/")[2]
        top = made.definitions.pop(name)
        if f'"{ref}"' in json.dumps([top, made.definitions], ensure_ascii=False):
            made.definitions[name] = top
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **top,
        "definitions": dict(sorted(made.definitions.items())),
    }


def _outputs(command: str) -> Mapping[str, Any]:
    """What a command prints, by the commands that it has, or as the one without a name."""
    known = {each.command: each for each in COMPARISONS}
    if command in known and not known[command].is_its_own:
        rows = get_type_hints(known[command].module.as_data, include_extras=True)["return"]
        return {"": _Rows(known[command].description, rows)}
    module = import_module(f"explorer.cli.{command}_command")
    several: Mapping[str, Any] = getattr(module, "SHAPES", {})
    return several or ({"": module.SHAPE} if hasattr(module, "SHAPE") else {})


class _Rows:
    """What a comparison prints: how far the record reaches, and rows."""

    def __init__(self, what: str, rows: Any) -> None:
        self.what, self.rows = what, rows


class _Made:
    """The schema of one output, as it is made."""

    def __init__(self) -> None:
        self.definitions: dict[str, Json] = {}

    def schema(self, hint: Any) -> Json:
        """The schema of what has a type."""
        if isinstance(hint, _Rows):
            whole = self._object(CoverageData)
            rows = self.schema(hint.rows) | {"description": _COMMON["rows"]}
            whole["properties"]["rows"] = rows
            return {**whole, "description": hint.what, "required": [*whole["required"], "rows"]}
        if is_typeddict(hint):
            return self._named(hint.__name__, lambda: self._object(hint))
        if hasattr(hint, "__dataclass_fields__"):
            return self._marked(hint, FieldsOf(hint))
        return dict(_PLAIN[hint]) if hint in _PLAIN else self._compound(hint)

    def _compound(self, hint: Any) -> Json:
        """The schema of what is made of other types."""
        origin, args = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._marked(*args[:2])
        if origin in (Required, NotRequired):
            return self.schema(args[0])
        if origin in (Union, UnionType):
            return {"anyOf": [self.schema(arg) for arg in args]}
        if origin in (list, tuple):
            return {"type": "array", "items": self.schema(args[0])}
        if origin in (dict, Mapping):
            return {"type": "object", "additionalProperties": self.schema(args[1])}
        assert origin is Literal, f"there is no schema of {hint}"
        return {"enum": list(args)}

    def _named(self, name: str, make: Callable[[], Json]) -> Json:
        """A reference to a definition, made when it is first met: one may hold another of it."""
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}

    def _marked(self, hint: Any, mark: object) -> Json:
        match mark:
            case Matching(pattern=pattern):
                return {"type": "string", "pattern": pattern}
            case FieldsOf():
                return self._named(mark.cls.__name__, lambda: self._fields(mark))
            case TableOf(path="*" | "?"):
                kinds = [self._record(kind, with_ref=mark.path == "*") for kind in KINDS]
                return {"anyOf": kinds}
            case TableOf(path=path) if is_typeddict(hint):
                return self._named(hint.__name__, lambda: self._joined(hint, path))
            case TableOf(path=path):
                return self._table(path)
        raise TypeError(f"there is no schema of {hint}")

    def _object(self, shape: Any) -> Json:
        """An object by the keys of a TypedDict."""
        hints = get_type_hints(shape, include_extras=True)
        said = _COMMON | _meanings(shape)
        properties = {
            _key(name): self.schema(hint) | ({"description": said[name]} if name in said else {})
            for name, hint in hints.items()
        }
        return {
            "description": " ".join((shape.__doc__ or "").split()),
            "type": "object",
            "additionalProperties": False,
            "required": [_key(name) for name in hints if name in _required(shape, hints)],
            "properties": properties,
        }

    def _fields(self, mark: FieldsOf) -> Json:
        """An object by the fields of a dataclass."""
        hints, said = get_type_hints(mark.cls), describe.meanings(mark.cls)
        names = [field.name for field in fields(mark.cls)]
        return {
            "description": " ".join((inspect.getdoc(mark.cls) or "").split()),
            "type": "object",
            "additionalProperties": False,
            "required": [] if mark.less_empty else names,
            "properties": {
                name: self.schema(hints[name])
                | ({"description": said[name]} if name in said else {})
                for name in names
            },
        }

    def _joined(self, shape: Any, path: str) -> Json:
        """An object by the keys of a TypedDict and those of a table of the dataset."""
        own, table = self._object(shape), self._plain_table(path)
        return {
            **own,
            "required": [*own["required"], *table["required"]],
            "properties": own["properties"] | table["properties"],
        }

    def _record(self, kind: str, *, with_ref: bool) -> Json:
        """A record of a kind, perhaps with its reference, its notes and the day that is shown."""
        if not with_ref:  # by its keys alone, as the news have it, less its id
            return self._named(f"form.{kind}", lambda: self._plain_table(kind) | {"required": []})
        made = self._named(f"record.{kind}", lambda: self._joined(RecordKeys, kind))
        ref = self.definitions[f"record.{kind}"]["properties"]["ref"]
        ref["pattern"] = ref["pattern"].replace("[a-z]+", kind)
        return made

    def _table(self, path: str) -> Json:
        return self._named(path, lambda: self._plain_table(path))

    def _plain_table(self, path: str) -> Json:
        """A table of the dataset by its keys there, less what is empty."""
        table = deepcopy(_tables()[path])
        for value in table["properties"].values():
            inner = value.get("items", value).get("$ref", "").rpartition("/")[2]
            if inner:
                self._table(inner)
        table["required"] = [key for key in table["required"] if key in _always(path)]
        own: Json = {"own": {"const": True, "description": "Whether a reader added it."}}
        if path == Negotiation.kind:
            until = "The last day of what a reader added."
            own["own_until"] = {**_PLAIN[date], "description": until}
        table["properties"] |= own
        return table


def _required(shape: Any, hints: Mapping[str, Any]) -> set[str]:
    """The keys that are always there. Python itself overlooks marks in annotations of text."""
    origins = {name: get_origin(hint) for name, hint in hints.items()}
    marked = {name for name, origin in origins.items() if origin in (Required, NotRequired)}
    always = {name for name, origin in origins.items() if origin is Required}
    return (set(shape.__required_keys__) - marked) | always


def _key(name: str) -> str:
    """A key, whose name may have an underscore behind it for being a word of Python."""
    return name.removesuffix("_")


@cache
def _tables() -> Mapping[str, Json]:
    found: Mapping[str, Json] = schema()["definitions"]
    return found


@cache
def _always(path: str) -> frozenset[str]:
    """The keys of a table that it has on every day on which it was public.

    Ids of records that were not public yet are left out, and what a round came to.
    """
    (table,) = (each for each in describe.tables() if each.header.strip("[]") == path)
    ids = {key.name for key in table.keys if key.value.endswith((" id", " ids"))}
    return frozenset(key.name for key in table.keys if key.required) - ids - {"summary"}


def _meanings(shape: Any) -> dict[str, str]:
    """The texts that stand under the keys of a TypedDict and of those that it is made of."""
    found: dict[str, str] = {}
    try:
        (written,) = ast.parse(dedent(inspect.getsource(shape))).body
    except OSError:  # it is no class in the source: its keys are no names
        return {}
    assert isinstance(written, ast.ClassDef), "a class's source is a class"
    for base in map(ast.unparse, written.bases):  # which Python 3.11 does not keep
        made_of = reduce(getattr, base.split("."), sys.modules[shape.__module__])
        if is_typeddict(made_of):
            found |= _meanings(made_of)
    return found | describe.meanings(shape)
