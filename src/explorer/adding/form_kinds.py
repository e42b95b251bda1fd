"""What can be added from inside, and what the form of each asks for first.

A new kind is one line of `FORM_KINDS`. Its fields are those of the model; the line says in which
order they are asked for, and the others follow under “more”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any

from explorer.record import model
from explorer.values import dataclass

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormKind:
    """Something that can be added: a record, or an entry of one."""

    name: str
    """The name of its table, “quote”, “status”."""
    title: str
    """What it is called, with its article."""
    table: type[Any]
    first: tuple[str, ...]
    """The keys that are asked for first, in their order."""
    within: tuple[str, ...] = ()
    """Kinds of record that an entry may belong to; the first is meant where nothing says more."""
    id_from: tuple[str, ...] = ()
    """The keys that an id is made of."""
    same_as: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """Keys that say what another says, until something else is typed."""
    usual: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """What most records say under a key."""
    with_it: str = ""
    """The kind of entry that most such records begin with; it may be left empty."""
    key: str = ""
    """The key that chooses it."""

    @property
    def is_record(self) -> bool:
        return not self.within


FORM_KINDS: Mapping[str, FormKind] = {
    kind.name: kind
    for kind in (
        FormKind(
            "quote",
            "a quote",
            model.Quote,
            (
                "text",
                "speaker",
                "said",
                "published",
                "form",
                "sources",
                "issues",
                "round",
                "language",
            ),
            id_from=("speaker", "text", "said", "published"),
            same_as={"published": "said"},
            usual={"language": "English"},
            key="w",
        ),
        FormKind(
            "position",
            "a position",
            model.Position,
            ("delegations", "on", "text", "stance", "sources", "speaker", "words"),
            within=("issue",),
            key="p",
        ),
        FormKind(
            "status",
            "a status",
            model.Status,
            ("on", "state", "text", "sources"),
            within=("issue",),
            key="s",
        ),
        FormKind(
            "account",
            "an account of a point",
            model.Account,
            ("delegation", "stance", "on", "document", "words", "text", "sources"),
            within=("point",),
            key="a",
        ),
        FormKind(
            "evidence",
            "evidence of delivery",
            model.Evidence,
            ("on", "text", "shows", "sources"),
            within=("point",),
            key="e",
        ),
        FormKind(
            "milestone",
            "a milestone or deadline",
            model.Milestone,
            ("name", "on", "type", "text", "announced", "sources", "issues", "round"),
            id_from=("name",),
            usual={"type": "event"},
            key="m",
        ),
        FormKind(
            "move",
            "a date that was moved",
            model.Move,
            ("on", "to", "text", "sources"),
            within=("milestone", "point", "round"),
            key="v",
        ),
        FormKind(
            "result",
            "what became of a deadline",
            model.DeadlineResult,
            ("on", "outcome", "text", "sources"),
            within=("milestone",),
            key="r",
        ),
        FormKind(
            "source",
            "a source",
            model.Source,
            ("publisher", "title", "address", "published", "type", "language"),
            id_from=("publisher", "published", "title"),
            usual={"language": "English"},
            key="o",
        ),
        FormKind(
            "delegate",
            "a delegate",
            model.Delegate,
            ("name", "short", "delegation", "sources"),
            id_from=("short",),
            same_as={"short": "name"},
            with_it="role",
            key="d",
        ),
        FormKind(
            "role",
            "a post of a delegate",
            model.Role,
            ("title", "since", "function", "sources"),
            within=("delegate",),
            key="t",
        ),
        FormKind(
            "delegation",
            "a delegation",
            model.Delegation,
            ("name", "short", "type", "sources"),
            id_from=("short",),
            same_as={"short": "name"},
            usual={"type": "state"},
            key="l",
        ),
        FormKind(
            "issue",
            "an issue",
            model.Issue,
            ("name", "summary", "sources", "group"),
            id_from=("name",),
            key="i",
        ),
        FormKind(
            "round",
            "a round",
            model.Round,
            ("name", "meeting", "starts", "ends", "summary", "sources", "number", "city", "issues"),
            id_from=("name",),
            same_as={"ends": "starts"},
            key="u",
        ),
        FormKind(
            "outcome",
            "what came of a round",
            model.Outcome,
            ("delegation", "on", "text", "sources"),
            within=("round",),
            key="c",
        ),
        FormKind(
            "point",
            "a point agreed",
            model.Point,
            ("name", "text", "on", "round", "issues", "sources", "due"),
            id_from=("name",),
            key="n",
        ),
        FormKind(
            "measure",
            "a measure",
            model.Measure,
            ("name", "delegation", "act", "scope", "summary", "issues", "sources"),
            id_from=("name",),
            with_it="step",
            key="b",
        ),
        FormKind(
            "step",
            "a step of a measure",
            model.Step,
            ("on", "stage", "text", "until", "rate", "sources"),
            within=("measure",),
            key="z",
        ),
        FormKind(
            "figure",
            "a figure",
            model.Figure,
            ("name", "unit", "delegation", "against", "summary", "issues", "sources"),
            id_from=("name",),
            with_it="value",
            key="y",
        ),
        FormKind(
            "value",
            "a value of a figure",
            model.FigureValue,
            ("on", "number", "standing", "text", "sources", "speaker"),
            within=("figure",),
            key="f",
        ),
    )
}
"""Each by its name, in the order in which they are offered."""

FIRST_FOR: Mapping[str, tuple[str, ...]] = {
    "quote": ("quote",),
    "delegate": ("quote", "delegate", "role"),
    "delegation": ("delegate", "delegation", "position"),
    "issue": ("position", "status", "quote"),
    "round": ("account", "milestone", "outcome", "point"),
    "point": ("account", "evidence", "move"),
    "milestone": ("move", "result", "milestone"),
    "source": ("quote", "source"),
    "measure": ("step",),
    "figure": ("value",),
}
"""By the kind of record where the person is, what is likely to be added there."""
