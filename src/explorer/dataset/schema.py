"""The format of a dataset as JSON Schema, with which editors complete and check it.

Draft 7, the latest that the TOML servers of editors (Taplo, Tombi) all know. It is read off the
model, as `describe` is. A file need not hold every table, so at its top none is required; what
only `explorer check` sees, such as that an id is known, the schema leaves to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from explorer.dataset import describe
from explorer.record.model import BUILT_IN_WORDS, KINDS, SLUG, UNWRITTEN, Negotiation
from explorer.record.tables import toml_name

_PART_OF_A_DATE = r"^[12]\d{3}(-(0[1-9]|1[0-2]))?$"
_DATE = {"type": "string", "format": "date"}
_PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: _DATE,
}


def schema() -> dict[str, Any]:
    """The JSON Schema of one file of a dataset."""
    definitions = {table.header.strip("[]"): table for table in describe.tables()}
    top: dict[str, Any] = {}
    made: dict[str, Any] = {}
    for kind, cls in KINDS.items():
        named = {"$ref": f"#/definitions/{kind}"}
        top[kind] = named if cls is Negotiation else {"type": "array", "items": named}
        made |= dict(_definitions(kind, cls, definitions))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A dataset of explorer",
        "description": "A negotiation as a folder of TOML files, or as one; this is one file.",
        "type": "object",
        "additionalProperties": False,
        "properties": top,
        "definitions": made,
    }


def _definitions(
    path: str, cls: type[Any], described: Mapping[str, describe.Table]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schema of a table and of those within it, by the names in their headers."""
    table = described[path]
    keys = {key.name: key for key in table.keys}
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {}
    inner: dict[str, type[Any]] = {}
    for field in (f for f in fields(cls) if f.name not in UNWRITTEN):
        name = toml_name(field.name)
        if key := keys.get(name):
            properties[name] = _value(field, hints[field.name]) | {"description": key.meaning}
        else:
            inner[name] = get_args(hints[field.name])[0]
            one = {"$ref": f"#/definitions/{path}.{name}"}
            is_list = get_origin(hints[field.name]) is tuple
            properties[name] = {"type": "array", "items": one} if is_list else one
    yield (
        path,
        {
            "title": table.header,
            "description": table.meaning,
            "type": "object",
            "additionalProperties": False,
            "required": [key.name for key in table.keys if key.required],
            # As one reads them: what is needed first.
            "properties": {k: properties[k] for k in (*keys, *inner)},
        },
    )
    for name, within in inner.items():
        yield from _definitions(f"{path}.{name}", within, described)


def _value(field: Field[Any], hint: Any) -> dict[str, Any]:
    made = _of_type(field.name, hint)
    if field.default not in (MISSING, None, "", ()):
        made["default"] = field.default
    return made


def _of_type(name: str, hint: Any) -> dict[str, Any]:
    made: dict[str, Any]
    match get_origin(hint), get_args(hint):
        case origin, (item, *_) if origin is tuple:
            made = {"type": "array", "items": _of_type(name, item)}
            made |= {"minItems": 1} if name == "source_ids" else {}
        case origin, words if origin is Literal:
            made = {"type": "string", "enum": list(words)}
        case origin, _ if origin is Mapping:
            built_in = {"type": "string", "enum": list(BUILT_IN_WORDS[name.removesuffix("s")])}
            made = {"type": "object", "additionalProperties": built_in}
        case _, parts if date in parts and str in parts:
            made = {"anyOf": [dict(_DATE), {"type": "string", "pattern": _PART_OF_A_DATE}]}
        case origin, (part, *_) if origin in (Union, UnionType):
            made = _of_type(name, part)
        case _:
            made = dict(_PLAIN[hint])
            if name in ("id", "formerly"):
                made["pattern"] = f"^{SLUG}$"
            if name in BUILT_IN_WORDS:  # a negotiation may have words of its own beside them
                made["examples"] = list(BUILT_IN_WORDS[name])
    return made
