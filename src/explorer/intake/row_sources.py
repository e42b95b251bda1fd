"""What a row rests on: sources that the record has, or a page that comes along with the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from explorer.adding.form_fields import fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake import targets
from explorer.intake.batch import Batch, Outcome
from explorer.intake.cell_reader import CellReader, LackingError, value_of
from explorer.intake.table_files import Row
from explorer.intake.targets import SOURCE
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.text.slugs import slug

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NEXT = re.compile(r"[\s,;]+(?=https?://|www\.)", re.IGNORECASE)
"""What stands between two addresses."""
_AS_PRINTED = ("verbatim", "transcript")
"""Forms of quotes that are in the language of their page."""
_OTHER_SCHEME = re.compile(r"(?:file|urn|javascript|data|chrome-extension|about):", re.IGNORECASE)
BY_HOST = "the publisher is that of the address"
_BY_ADDRESS = "its source has no title yet but its address"


class RowSources:
    """Finds the sources of rows by what their cells say."""

    def __init__(self, batch: Batch, cells: CellReader) -> None:
        self._batch, self._cells = batch, cells
        self._source = FORM_KINDS["source"]
        self._fields = fields_of(self._source, batch.view.whole.dataset.negotiation)

    def add(self, row: Row, outcome: Outcome, values: dict[str, Any]) -> None:
        """Put the sources of a row among its values, or refuse it."""
        found: list[str] = []
        cells = self._cells
        said, address = cells.said(row, "sources"), cells.said(row, f"{SOURCE}address")
        # Either column may hold what belongs in the other.
        if _ADDRESS.match(said.strip()) and not address:
            said, address = "", said
        elif address.strip() and not _ADDRESS.match(address.strip()):
            if _OTHER_SCHEME.match(address.strip()):
                address = ""  # a file of somebody's own, of which the title may say more
            else:
                said, address = f"{said}; {address}" if said.strip() else address, ""
        name = "sources" if said.strip() else f"{SOURCE}address"
        try:
            if said.strip():
                found += cells.named(cells.fields["sources"], said)
            name = f"{SOURCE}address" if address.strip() else name
            language = values.get("language", "") if values.get("form") in _AS_PRINTED else ""
            found += [ref.id for ref in self._at(row, outcome, address, str(language))]
        except ValueError as error:
            if not cells.column_of(name):
                other = ("sources", f"{SOURCE}address")
                name = next((n for n in other if cells.column_of(n)), name)
            outcome.refuse(cells.reason(name, error, said))
            return
        if found:
            values["sources"] = tuple(dict.fromkeys(found))

    def _at(self, row: Row, outcome: Outcome, said: str, language: str) -> Iterator[Ref]:
        """The sources at the addresses of a row, in whose words they are. Raises ValueError."""
        addresses = [part.strip(" ,;\t\n") for part in _NEXT.split(said)]
        addresses = [part for part in addresses if part]
        for address in addresses[1:] and addresses:
            known = self._batch.known_source({"address": address})
            if known is None:
                raise ValueError(
                    f"of several addresses each must be a source already; {_cut(address)} is none"
                )
            self._batch.wants(outcome, known)
            yield known
        if addresses[1:]:
            return
        typed = {
            name.removeprefix(SOURCE): text
            for name in self._cells.fields
            if name.startswith(SOURCE)
            and name != f"{SOURCE}address"
            and (text := self._cells.said(row, name))
            and self._cells.is_said_by_table(name)
        }
        if addresses:
            address = self._cells.fields[f"{SOURCE}address"]
            typed["address"] = self._cells.typed(address, addresses[0])
            if known := self._batch.known_source(typed):
                self._batch.wants(outcome, known)
                yield known
                return
        elif known := self._batch.names.only(("source",), typed.get("title", "")):
            self._batch.wants(outcome, known)
            yield known
            return
        if typed.get("address") or typed.get("title") or typed.get("publisher"):
            yield self._new(outcome, typed, language)

    def _new(self, outcome: Outcome, typed: Mapping[str, str], language: str) -> Ref:
        """A source that the record does not have, of what the row says. Raises ValueError."""
        known = self._known(outcome, typed, language)
        needed = [one.key for one in self._fields if one.required]
        lacking = [key for key in needed if not known.get(key, "").strip()]
        if lacking:
            names = " and ".join(f"“{SOURCE}{key}”" for key in lacking)
            what = typed.get("title") or typed.get("publisher", "")
            raise LackingError(
                f"“{_cut(what)}” is no source of the record; with {names} it would come along",
                f"{SOURCE}{lacking[0]}",
            )
        values: dict[str, Any] = {}
        for one in self._fields:
            if not (text := known.get(one.key, "")).strip():
                continue
            try:
                value = value_of(one, self._cells.typed(one, text))
            except ValueError as error:
                raise ValueError(f"“{SOURCE}{one.key}”: {error}") from None
            if value is not None and value is not False:
                values[one.key] = value
        if _BY_ADDRESS in outcome.remarks:
            values["id"] = self._batch.new_id("source", [slug(str(values["title"]))])
        return self._batch.along(outcome, "source", values)

    def _known(self, outcome: Outcome, typed: Mapping[str, str], language: str) -> dict[str, str]:
        """What is said of a page, and what follows from it."""
        known = self._batch.pages.completed(typed)
        if language:
            known.setdefault("language", language)
        for key, usual in targets.usual_of(self._source).items():
            known.setdefault(key, self._cells.fixed.get(f"{SOURCE}{key}", usual))
        if (page := known.get("address", "")) and not known.get("title", "").strip():
            shown = re.sub(r"^https?://(www\.)?|/$", "", page)
            known |= {"title": labels.shortened(shown, 200), "described": "yes"}
            outcome.remarks.append(_BY_ADDRESS)
        if host := host_of(known):
            known["publisher"] = host
            outcome.remarks.append(BY_HOST)
        return known


def host_of(source: Mapping[str, str]) -> str:
    """Who published a page that says so by its address alone; nothing where more is known."""
    if source.get("publisher", "").strip() or not source.get("title", "").strip():
        return ""
    found = re.match(r"https?://(?:www\.)?([^/:?#]+)", source.get("address", ""), re.IGNORECASE)
    return found[1].lower() if found else ""


def _cut(text: str) -> str:
    return labels.shortened(one_line(text), 70)
