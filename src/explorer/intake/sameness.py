"""What makes two records or entries the same: words, speaker and day of a quote, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from explorer.adding.candidate import as_compared, page_of
from explorer.adding.library_entry import DOI
from explorer.record.model import Ref
from explorer.record.tables import as_data, entries, toml_name
from explorer.view import View

Mark = tuple[str, ...]
"""What is the same of two that are the same."""

_SAME_BY: Mapping[str, tuple[str, ...]] = {
    "position": ("delegations", "on", "text"),
    "status": ("on", "state", "text"),
    "account": ("delegation", "on", "stance", "document"),
    "evidence": ("on", "text"),
    "move": ("on", "to"),
    "result": ("on", "outcome"),
    "role": ("title", "since"),
    "outcome": ("delegation", "on", "text"),
    "step": ("on", "stage", "text"),
    "value": ("on", "number", "up_to", "standing", "delegation", "speaker", "by"),
    "milestone": ("name", "on"),
    "point": ("name", "on"),
    "round": ("name", "starts"),
}
"""Keys by which entries and records are told apart; of other records it is the name."""


def marks(kind: str, values: Mapping[str, Any], *, is_known: bool = False) -> Iterator[Mark]:
    """What a table is known by; one of them is enough.

    One that `is_known` has more of them: by these it is found where less is said of it.
    """
    if kind == "source":
        yield from _of_source(values, is_known=is_known)
    elif kind == "quote":
        for key in ("said", "published"):
            if day := values.get(key):
                yield (_compared(values.get("text")), str(values.get("speaker")), str(day))
    else:
        yield tuple(_compared(values.get(key)) for key in _SAME_BY.get(kind, ("name",)))


def are_same(kind: str, values: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether a table is the same as one that is known."""
    return not set(marks(kind, values)).isdisjoint(marks(kind, known, is_known=True))


def _of_source(values: Mapping[str, Any], *, is_known: bool) -> Iterator[Mark]:
    address = str(values.get("address", ""))
    if page := page_of(address):
        yield ("page", page)
    if found := DOI.search(address):
        yield ("doi", found[0].lower().rstrip(".,;)"))
    # Without an address a page is known by who published what on which day.
    if is_known or not page:
        yield ("said", *(_compared(values.get(key)) for key in ("title", "publisher", "published")))


def _compared(value: Any) -> str:
    match value:
        case None:
            return ""
        case float() | int():
            return repr(float(value))
        case list() | tuple():
            return " ".join(sorted(map(str, value)))
    text = str(value)
    return as_compared(text) or text.strip()


class KnownMarks:
    """The marks of what the record has, as far as it is asked for them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[tuple[str, Ref | str | None], dict[Mark, str]] = {}

    def of(self, kind: str, values: Mapping[str, Any], within: Ref | None) -> str:
        """The record that says the same, by its reference; nothing when there is none."""
        known = self._of(kind, values, within)
        return next((known[mark] for mark in marks(kind, values) if mark in known), "")

    def _of(self, kind: str, values: Mapping[str, Any], within: Ref | None) -> dict[Mark, str]:
        speaker = str(values.get("speaker")) if kind == "quote" else None
        key = (kind, within or speaker)
        if key not in self._known:
            self._known[key] = dict(self._all(kind, speaker, within))
        return self._known[key]

    def _all(
        self, kind: str, speaker: str | None, within: Ref | None
    ) -> Iterator[tuple[Mark, str]]:
        index = self._view.whole
        if within is not None:
            for field, _, entry in entries(index[within]) if within in index else ():
                if toml_name(field) == kind:
                    yield from (
                        (mark, str(within)) for mark in marks(kind, as_data(entry), is_known=True)
                    )
            return
        refs: Any = index.refs(kind)
        if speaker is not None:
            refs = index.naming(Ref("delegate", speaker), "quote")
        for ref in refs:
            yield from (
                (mark, str(ref)) for mark in marks(kind, as_data(index[ref]), is_known=True)
            )
