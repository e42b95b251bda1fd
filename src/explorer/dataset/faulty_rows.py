"""What else is wrong in tables that cannot become records: whom they name, their days and ids.

Such tables are not compared with others in full; so that one run shows as much as it can, what
can be seen of them without that is said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from explorer.dataset.faults import Fault
from explorer.dataset.table_row import Row
from explorer.record.days import first_day
from explorer.record.model import KINDS, REFERENCES, Ref
from explorer.record.tables import toml_name
from explorer.text.folding import fold
from explorer.text.near_words import nearest

_MOST_SOUGHT = 500
"""For so many ids that are not there it is sought which is meant: there may be thousands."""


def id_meant(text: str) -> str:
    """A text in the form of an id, “INC 5.1” as “inc-5-1”; empty where nothing is left of it."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


Found = tuple[tuple[str | int, ...], Fault]
"""The keys that lead to what is wrong, and what it is."""


class KnownIds:
    """The ids that records have, and what was meant by others."""

    def __init__(
        self,
        known: Mapping[str, set[str]],
        lost: Container[str],
        nameless: Container[str],
        named: Callable[[], Mapping[tuple[str, str], str]],
    ) -> None:
        """`lost` are ids that may stand in what could not be read.

        Of the kinds in `nameless` a record has an id that could not be read. `named` gives the
        ids by kind and name, since some write the name where the id belongs.
        """
        self._known = known
        self._named = named
        self._nameless = nameless
        self._lost = lost
        self._near: dict[Ref, str] = {}
        self._by_name: Mapping[tuple[str, str], str] = {}

    def missing(self, ref: Ref, *, with_kind: bool = False) -> Fault | None:
        """What to say of a reference to what is not there; None when it is."""
        if ref.id in self._known[ref.kind] or ref.id in self._lost or ref.kind in self._nameless:
            return None
        if ref not in self._near:
            is_few = len(self._near) < _MOST_SOUGHT
            if not self._near:  # most datasets name nothing that is not there
                self._by_name = self._named()
            self._near[ref] = self._by_name.get((ref.kind, fold(ref.id).strip()), "") or (
                nearest(ref.id, self._known[ref.kind]) if is_few else ""
            )
        near, suggestion, hint = self._near[ref], "", ""
        if near:
            hint = f"did you mean “{near}”?"
            suggestion = f'"{ref.kind}:{near}"' if with_kind else f'"{near}"'
        elif other := next((kind for kind, ids in self._known.items() if ref.id in ids), ""):
            hint = f"“{ref.id}” is a {other}"
        return Fault(f"there is no {ref.kind} “{ref.id}”", hint, suggestion, "unknown-id")


def day_fault(text: str) -> Fault | None:
    """What is wrong with a text in the place of a day; None when it is a month or a year."""
    try:
        first_day(text)
    except ValueError as error:
        right = _day_meant(text)
        return Fault(str(error), f"write {right}" if right else "", right, "day")
    return None


def _day_meant(text: str) -> str:
    """What was meant by a text that is no day, where that is certain."""
    from explorer.dataset.mistakes.bare_values import day_meant

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return day_meant(text.strip())


def found_in(row: Row, known: KnownIds | None) -> Iterator[Found]:
    """References to what is not there, and texts that are no days, in a faulty table."""
    if isinstance(row.value, dict):
        for path, fault in _within(KINDS[row.kind], row.value, (), known):
            if not any(path[: len(faulty)] == faulty for faulty in row.faults):
                yield path, fault


def _within(
    cls: Any, table: Mapping[str, Any], path: tuple[str | int, ...], known: KnownIds | None
) -> Iterator[Found]:
    for key, (kind, is_day, inner) in _looked_at(cls).items():
        value = table.get(key)
        several = value if isinstance(value, tuple) else ()
        if is_day and isinstance(value, str):
            if fault := day_fault(value):
                yield (*path, key), fault
        elif inner is not None:
            for place, entry in enumerate(several):
                if isinstance(entry, dict):
                    yield from _within(inner, entry, (*path, key, place), known)
        elif kind and known is not None:
            named = [((*path, key), value), *(((*path, key, n), v) for n, v in enumerate(several))]
            for way, slug in named:
                if isinstance(slug, str) and slug and (fault := known.missing(Ref(kind, slug))):
                    yield way, fault


@cache
def _looked_at(cls: Any) -> Mapping[str, tuple[str, bool, Any]]:
    """The keys of a table that name records, hold days or tables."""
    found: dict[str, tuple[str, bool, Any]] = {}
    hints = get_type_hints(cls)
    for field in fields(cls):
        inner = next((a for a in get_args(hints[field.name]) if hasattr(a, "__mro__")), None)
        inner = inner if hasattr(inner, "__dataclass_fields__") else None
        kind = REFERENCES.get(field.name, "")
        is_day = field.type in ("Day", "Day | None")
        if kind or is_day or inner is not None:
            found[toml_name(field.name)] = (kind, is_day, inner)
    return found


def same_ids(
    rows: Mapping[str, list[Row]], where: Callable[[Row, Row, str], str]
) -> Iterator[tuple[Row, Found]]:
    """Ids that two records of a kind have, or had; said of the second.

    `where` says where a key stands in one, for who reads of it in another.
    """
    for kind, of in rows.items():
        seen: dict[str, tuple[Row, str]] = {}
        for row in of:
            if not isinstance(row.value, dict):
                continue
            former = row.value.get("formerly")
            ids = [("id", row.value.get("id"))]
            ids += [("formerly", slug) for slug in (former if isinstance(former, tuple) else ())]
            for key, slug in ids:
                if not isinstance(slug, str):
                    continue
                if slug in seen:
                    first, its_key = seen[slug]
                    message = f"another {kind} has the id “{slug}”{where(first, row, its_key)}"
                    hint = "each has its own, and notes stay with it" if key == "id" else ""
                    yield row, ((key,), Fault(message, hint, check="id-twice"))
                seen.setdefault(slug, (row, key))
