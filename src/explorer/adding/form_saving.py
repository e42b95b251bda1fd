"""A form as it begins, with what is looked at filled in, and what is written when it is saved."""

from __future__ import annotations

from pathlib import Path

from explorer.adding.filled_form import FilledForm
from explorer.adding.form_kinds import FORM_KINDS
from explorer.dataset import appending
from explorer.dataset.appending import Written
from explorer.record.model import Ref
from explorer.view import View

_MEANT = ("within", "speaker", "delegation", "delegations", "issues", "sources")
"""Fields that are of what is looked at, when that is of their kind."""


def begun(view: View, name: str, subject: Ref) -> FilledForm:
    """The form for something, with what is looked at filled in where it must be meant."""
    form = FilledForm(view, FORM_KINDS[name])
    for field in form.fields(form.main):
        is_meant = field.key in _MEANT
        if field.is_first and is_meant and subject.kind in field.kinds:
            form.main.chosen[field.key] = (str(subject),)
            break
    return form


def save(form: FilledForm, path: Path, overlay: Path | None, *, any_size: bool = False) -> Written:
    """Write what a form adds into a dataset, or into the reader's own additions.

    What is later than the record moves its end. Raises ExplorerError; then nothing was written.
    """
    day, ends = form.latest_day(), form.view.whole.dataset.negotiation.recorded_until
    is_later = overlay is None and day is not None and day > ends
    return appending.append(
        path,
        form.additions(),
        overlay=overlay,
        record_ends=day if is_later else None,
        any_size=any_size,
    )
