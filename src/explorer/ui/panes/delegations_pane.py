"""Each delegation with its delegates and their posts."""

from __future__ import annotations

from rich.text import Text

from explorer.record.model import Ref
from explorer.ui import style
from explorer.view import View


def row(view: View, ref: Ref, width: int, _headed: bool) -> Text:
    record = view.index[ref]
    if ref.kind == "delegation":
        return style.row(width, Text(record.name, "strong"))
    name = Text(f"  {record.name}")
    if not record.roles or width < style.NARROW:
        return style.row(width, name)
    return style.row(
        width, Text.assemble(style.fitted(name, 18), " ", (record.roles[-1].title, "muted"))
    )


def heading(_view: View, _ref: Ref) -> str:
    return ""
