"""Types of what is printed as JSON. They are checked as types, and JSON Schema is made of them."""

from __future__ import annotations

from typing import Annotated, Any

from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Matching:
    """Text of a form."""

    pattern: str


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table of the dataset by its keys there, less what is empty."""

    path: str
    """“figure.value”; “*” for a record of any kind with its `ref`, “?” for one without its id."""


@dataclass(frozen=True, slots=True)
class FieldsOf:
    """All fields of a dataclass by their names; perhaps less what is empty."""

    cls: Any
    less_empty: bool = False


DateText = Annotated[str, Matching(r"^\d{4}-\d{2}-\d{2}$")]
"""A day: “2025-10-26”."""
DayText = Annotated[str, Matching(r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A day, or a month or a year where no more is known: “2025-10”."""
TimeText = Annotated[str, Matching(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
"""A time in UTC."""
RefText = Annotated[str, Matching(r"^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$")]
"""A record by its kind and id: “issue:rare-earths”."""
RecordData = Annotated[dict[str, Any], TableOf("*")]
ValueData = Annotated[dict[str, Any], TableOf("figure.value")]
StepData = Annotated[dict[str, Any], TableOf("measure.step")]
