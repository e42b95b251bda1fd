"""Each delegation with its delegates and their posts."""

from __future__ import annotations

from rich.text import Text

from explorer.record.model import Ref
from explorer.record.numbering import Refs
from explorer.ui import style
from explorer.ui.style import Row
from explorer.view import View


def row(view: View, ref: Ref, width: int, _headed: bool) -> Row:
    if ref.kind == "delegation":
        return Row(Text(view.index.delegation(ref).name, "strong"))
    delegate = view.index.delegate(ref)
    name = Text(f"  {delegate.name}")
    if not delegate.roles or width < style.NARROW:
        return Row(name)
    return Row(Text.assemble(style.fitted(name, 18), " ", (delegate.latest_role, "muted")))


def headings(_view: View, _rows: Refs) -> tuple[str, ...]:
    return ()
