"""The matters on the table, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from explorer.record.model import Ref
from explorer.record.numbering import Refs
from explorer.record.state_signs import STATE_GLYPHS
from explorer.ui import style
from explorer.ui.style import Row
from explorer.view import View

_STATE_WIDTH = 14
_WHOLE_STATE_WIDTH = 21


def row(view: View, ref: Ref, width: int, _headed: bool) -> Row:
    issue = view.index.issue(ref)
    status = issue.latest_status
    if status is None:
        return Row(Text(issue.name))
    meaning = view.index.dataset.negotiation.meaning("state", status.state)
    role = style.STATE_ROLES[meaning]
    glyph = Text(STATE_GLYPHS[meaning], role)
    if width < style.NARROW:
        # Too narrow for the word, which the record beside it says in full.
        return Row(Text.assemble(glyph, " ", issue.name))
    is_wide = width >= style.WIDE
    name = status.state if is_wide else style.SHORT_STATES.get(status.state, status.state)
    glyph.append(f" {name}", role)
    column = _WHOLE_STATE_WIDTH if is_wide else _STATE_WIDTH
    return Row(Text(issue.name), right=style.fitted(glyph, column))


def headings(view: View, rows: Refs) -> Iterator[str]:
    return (view.index.issue(ref).group for ref in rows)
