"""The lines above the panes: what is looked at, as of when, and what narrows it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from explorer import wording
from explorer.view import View


class Title(Static):
    """The negotiation, the as-of date, where the record ends and which deadline comes next."""

    view: var[View | None] = var(None)

    def __init__(self) -> None:
        super().__init__("", id="title", markup=False)

    def watch_view(self, view: View | None) -> None:
        if view is not None:
            self.update(_title(view))


class ScopeLine(Static):
    """The records that narrow the view; there only when there are any."""

    view: var[View | None] = var(None)

    def __init__(self) -> None:
        super().__init__("", id="scope", markup=False)

    def watch_view(self, view: View | None) -> None:
        if view is None:
            return
        told = [wording.title(view.index, ref) for ref in view.chosen]
        if hidden := len(view.scope.chosen) - len(view.chosen):
            told.append(f"{hidden} not public yet")
        self.update(Content(f" Scope: {' + '.join(told)}   Esc takes the last off"))
        self.set_class(bool(view.scope.chosen), "-on")


def _title(view: View) -> Content:
    data = view.index.dataset.negotiation
    told = [f"record ends {wording.day(data.record_ends)}"]
    if (deadline := view.index.deadline) is not None:
        falls = view.falls_on(deadline)
        left = wording.left(falls, view.today)
        when = f"{deadline.name} {wording.day(falls)}"
        told.append(f"{when}, {left}" if left else when)
    as_of = f" as of {wording.day(view.today)} " if view.scope.as_of else ""
    return Content.assemble(
        (f" {data.name}", "bold"),
        "  ",
        (as_of, "bold reverse") if as_of else "",
        " " if as_of else "",
        (" · ".join(told), "$text-muted"),
    )
