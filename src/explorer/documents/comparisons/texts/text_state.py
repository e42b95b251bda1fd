"""A text as it read on a day, and what it does not say."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Literal

from explorer.record import clauses, labels
from explorer.record.model import Clause, Ref, Text
from explorer.text.folding import fold
from explorer.values import dataclass
from explorer.view import View

Absence = Literal["silent", "not among the words kept", "not in it"]
"""Why a text has no clause on a matter: it was looked for, perhaps nobody kept it, or there is
none among all its words."""

_BRACKET = re.compile(r"\[(?!\s*(?:…|\.\.\.)\s*\])")
"""A bracket as negotiators print it; “[…]” is where the record cuts."""
_OPTION = re.compile(r"\b(?:option|alternative|alt\.?)\s+(?:\d+|[a-h]\b|[ivx]+\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextState:
    """One of the two that are compared."""

    text: Text
    clauses: tuple[Clause, ...]
    day: date | None
    """The day that was asked for; None for that of the view."""
    read_on: date
    """The day on which it is read."""

    @property
    def name(self) -> str:
        """What to call it, with its day when one was asked for."""
        asked = f", as on {labels.day(self.day)}" if self.day else ""
        return f"{self.text.name}{asked}"

    def absence(self, matters: Collection[str]) -> Absence:
        """Why it has no clause on some matters."""
        if self.text.file:
            return "not in it"
        if any(fold(matter) in map(fold, self.text.silent) for matter in matters):
            return "silent"
        return "silent" if self.text.read == "whole" and matters else "not among the words kept"

    @property
    def brackets(self) -> int:
        """How many brackets are open in its words."""
        return sum(len(_BRACKET.findall(clause.words)) for clause in self.clauses)

    @property
    def options(self) -> int:
        """How many options its words give to choose from."""
        return sum(len(_OPTION.findall(clause.words)) for clause in self.clauses)


def state_of(view: View, ref: Ref, day: date | None = None) -> TextState | None:
    """A text as it read on a day, or on that of the view; None when it was not public then.

    Of a later day than that of the view nothing is known there.
    """
    asked = day if day is not None and day < view.as_of else None
    there = view.at(asked) if asked is not None else view
    if ref not in there.index:
        return None
    text = there.index.text(ref)
    read_on = asked or view.as_of
    return TextState(text, clauses.standing(text, read_on), asked, read_on)
