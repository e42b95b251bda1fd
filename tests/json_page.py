"""The page on what commands print as JSON, made of the schemas of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from explorer.cli.command_table import described_in_full
from explorer.cli.output_schema import DOCUMENT, names, schema_of, schema_of_type
from explorer.documents.coverage import CoverageData
from explorer.text import json_types

_FORMS = {
    get_args(form)[1].pattern: name
    for form, name in (
        (json_types.DateText, "date"),
        (json_types.DayText, "day"),
        (json_types.TimeText, "time"),
        (json_types.RefText, "ref"),
    )
}
_NAMES = {
    "string": "text",
    "boolean": "true or false",
    "null": "null",
    "integer": "whole number",
    "number": "number",
}
_DAY = CoverageData.__annotations__.keys()
"""The keys that nearly every output has."""


def made() -> str:
    """Every output, then every shape that is in several of them or in itself."""
    shapes: dict[str, Any] = {CoverageData.__name__: schema_of_type(CoverageData, "")}
    lines: list[str] = []
    for name, what in names(described_in_full()).items():
        schema = schema_of(name)
        shapes |= {k: each for k, each in schema["definitions"].items() if k[0].isupper()}
        command = f"explorer {name} --json" if name != DOCUMENT else "--format json"
        lines += ["", f"### `{command}`", "", *_set_out(schema, what)]
    lines += ["", "## Shapes", ""]
    for shape, each in sorted(shapes.items()):
        lines += [f"### {shape}", "", *_set_out(each, ""), ""]
    return "\n".join(lines) + "\n"


def _set_out(schema: dict[str, Any], what: str) -> Iterator[str]:
    said = schema.get("description", "") or what
    if "properties" not in schema:
        whole = _called(schema)
        yield f"{said} It is a {whole}." if whole.startswith("list") else f"{said} It is {whole}."
        return
    day = _DAY if schema["properties"].keys() > _DAY else set()
    more = f" Beside the keys of [the day that is shown](#{CoverageData.__name__.casefold()}):"
    yield said + (more if day else "")
    yield ""
    yield "| key | what | |"
    yield "|---|---|---|"
    for key, value in schema["properties"].items():
        if key not in day:
            name = f"**`{key}`**" if key in schema["required"] else f"`{key}`"
            yield f"| {name} | {_called(value)} | {value.get('description', '')} |"


def _called(schema: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        return _shape(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_called, schema["anyOf"])))
    if words := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return ", ".join("true" if word is True else f"`{word}`" for word in words)
    return _called_by_type(schema)


def _called_by_type(schema: dict[str, Any]) -> str:
    match schema:
        case {"type": "array", "items": items}:
            return f"list of {_called(items)}"
        case {"type": "object", "additionalProperties": dict() as within} if within:
            return f"table of {_called(within)}"
        case {"type": "object"}:
            return "table of anything"
        case {"pattern": str() as pattern}:
            return _FORMS.get(pattern, "id")
        case {"type": str() as name}:
            return "date" if schema.get("format") == "date" else _NAMES[name]
    return "anything"


def _shape(name: str) -> str:
    if name[0].isupper():
        return f"[{name}](#{name.casefold()})"
    if name.startswith("record."):
        return "[record](#records)"
    if name.startswith("form."):
        return "[record](#records) without its id"
    return f"[`{name}`](dataset-reference.md)"
