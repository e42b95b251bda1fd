"""The matters on the table, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from explorer.record.model import Ref
from explorer.record.numbering import Refs
from explorer.ui import style
from explorer.view import View

_SHORT_STATES = {
    "under discussion": "discussed",
    "agreed in principle": "in principle",
    "being carried out": "under way",
}
_STATE_WIDTH = 14


def row(view: View, ref: Ref, width: int, _headed: bool) -> Text:
    issue = view.index.issue(ref)
    status = issue.latest_status
    if status is None:
        return style.row(width, Text(issue.name))
    meaning = view.index.dataset.negotiation.meaning("state", status.state)
    role = style.STATE_ROLES[meaning]
    glyph = Text(style.STATE_GLYPHS[meaning], role)
    if width < style.NARROW:
        # Too narrow for the word, which the record beside it says in full.
        return style.row(width, Text.assemble(glyph, " ", issue.name))
    glyph.append(f" {_SHORT_STATES.get(status.state, status.state)}", role)
    return style.row(width, Text(issue.name), style.fitted(glyph, _STATE_WIDTH))


def headings(view: View, rows: Refs) -> Iterator[str]:
    return (view.index.issue(ref).group for ref in rows)
