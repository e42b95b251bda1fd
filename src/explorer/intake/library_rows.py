"""Entries of a library as the sources that they would add."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from explorer.adding.form_fields import FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.library_entry import Entry
from explorer.intake import cell_values, targets
from explorer.intake.batch import Batch, Outcome, Reason, label_of, pieces
from explorer.intake.cell_reader import value_of
from explorer.intake.row_sources import BY_HOST, host_of
from explorer.intake.targets import ID
from explorer.text.slugs import slug


def put_entries(
    batch: Batch, name: str, entries: Iterator[Entry], fixed: Mapping[str, str]
) -> None:
    """Put the entries of a library into a batch, each as a source."""
    fields = fields_of(FORM_KINDS["source"], batch.view.whole.dataset.negotiation)
    for number, entry in enumerate(entries, 1):
        outcome = Outcome(name, entry.place, number)
        if entry.trouble:
            outcome.refuse(Reason(entry.trouble))
            batch.outcomes.append(outcome)
            continue
        _put_entry(batch, outcome, entry, fields, fixed)


def _put_entry(
    batch: Batch,
    outcome: Outcome,
    entry: Entry,
    fields: tuple[FormField, ...],
    fixed: Mapping[str, str],
) -> None:
    said = _said(batch, outcome, entry, fixed)
    values: dict[str, Any] = {}
    for one in fields:
        text = said.get(one.key, "")
        try:
            if one.typed_as in ("day", "date") and text:
                text = cell_values.day(text, "")
            value = value_of(one, text) if text.strip() else None
        except ValueError as error:
            outcome.refuse(Reason(f"{one.label}: {error}", one.key))
            continue
        if value is None and one.required:
            message = f"it says no {one.label.lower()}"
            outcome.refuse(Reason(message, one.key, ask="value"))
        elif value is not None and value is not False:
            values[one.key] = value
    outcome.label = label_of(values, None)
    key = (
        slug(entry.key)
        if re.fullmatch(r"[\w.:+/-]*[A-Za-z][\w.:+-]*", entry.key) and "//" not in entry.key
        else ""
    )
    if not outcome.why:
        if key and (why := batch.why_not_id("source", key, values)):
            outcome.refuse(Reason(why, ID))
        values = {"id": key or batch.new_id("source", pieces("source", values)), **values}
    if outcome.why:
        batch.outcomes.append(outcome)
    else:
        batch.put(outcome, "source", values)


def _said(
    batch: Batch, outcome: Outcome, entry: Entry, fixed: Mapping[str, str]
) -> Mapping[str, str]:
    """What an entry says of a source, with what the record knows of its publisher."""
    known = batch.pages.completed({k: v for k, v in entry.fields.items() if k != "type"})
    said = {**targets.usual_of(FORM_KINDS["source"]), **fixed, **dict(entry.fields), **known}
    if entry.remark:
        outcome.remarks.append(entry.remark)
    if entry.body and not said.get("publisher", "").strip():
        said["publisher"] = entry.body
        outcome.remarks.append("the publisher is who wrote it")
    if host := host_of(said):
        said["publisher"] = host
        outcome.remarks.append(BY_HOST)
    return said
