"""The lines above the panes: what is looked at, as of when, and what narrows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from explorer.documents import coverage, news_words
from explorer.record import labels
from explorer.ui import key_words
from explorer.view import View


class Title(Static):
    """The negotiation, the as-of date, where the record ends and which deadline comes next."""

    view: var[View | None] = var(None)

    def __init__(self) -> None:
        super().__init__("", id="title", markup=False)

    def watch_view(self) -> None:
        self.set_class(self.view is not None and self.view.scope.as_of is not None, "-as-of")
        self._fill()

    def on_resize(self) -> None:
        self._fill()

    def _fill(self) -> None:
        if self.view is not None:
            self.update(_title(self.view, self.size.width or self.app.size.width))


class ScopeLine(Static):
    """The records that narrow the view; there only when there are any."""

    view: var[View | None] = var(None)

    def __init__(self) -> None:
        super().__init__("", id="scope", markup=False)

    def watch_view(self, view: View | None) -> None:
        if view is None:
            return
        names = [labels.title(view.index, ref) for ref in view.chosen]
        if hidden := len(view.scope.chosen) - len(view.chosen):
            names.append(f"{hidden} not public yet")
        off = key_words.cap("take-off")
        self.update(Content(f" Scope: {' + '.join(names)}   {off} takes the last off"))
        self.set_class(bool(view.scope.chosen), "-on")


def _title(view: View, width: int) -> Content:
    """What fits, in whole parts: the day first, then where the record ends, then the deadline.

    Where the next deadline does not fit beside them, what goes with them is said in fewer words.
    """
    data = view.index.dataset.negotiation
    as_of = f" as of {labels.day(view.as_of)} " if view.scope.as_of else ""
    name = f" {data.name}  "
    new = _news(view, width - cell_len(name) - cell_len(as_of))
    if (brief := _with_the_deadline(view, new, width)) is not None:
        return brief
    room = width - cell_len(as_of) - cell_len(new) - 1
    *fuller, short = coverage.wordings(view)
    # Which talks these are goes before how old the record is, and that before what has passed.
    for with_name, said in (*((name, w) for w in (*fuller, short)), *((" ", w) for w in fuller)):
        if cell_len(with_name) + cell_len(said) <= room:
            name, ends = with_name, said
            break
    else:
        name, ends = " ", short
    shown = ends
    for more in _deadline(view):
        if cell_len(f"{name}{ends} · {more}") <= room:
            shown = f"{ends} · {more}"
    return _parts(name, as_of, new, shown)


def _parts(name: str, as_of: str, new: str, shown: str) -> Content:
    return Content.assemble(
        (name, "bold"),
        (as_of, "bold reverse") if as_of else "",
        " " if as_of else "",
        (new, "bold $text-title-accent") if new else "",
        (shown, "$text-title-muted"),
    )


def _news(view: View, room: int) -> str:
    """How much is new and not seen yet, in as many words as there is room for."""
    told = news_words.briefly(view)
    if not told:
        return ""
    room -= cell_len(coverage.briefly(view, short=True)) + 4
    return f" {told[0] if cell_len(told[0]) <= room else told[1]}  "


def _with_the_deadline(view: View, new: str, width: int) -> Content | None:
    """The next deadline, if it is to come, with as much else as there is room for beside it."""
    deadline = view.index.deadline
    falls = deadline.falls_on if deadline is not None and deadline.result is None else None
    if deadline is None or falls is None or view.counting.has_passed_since(falls):
        return None
    name, day = f" {view.index.dataset.negotiation.name}  ", labels.day(view.as_of)
    as_of, bare = (f" as of {day} ", f" {day} ") if view.scope.as_of else ("", "")
    *fuller, short = coverage.wordings(view)
    known_in_full = not coverage.beyond(view)
    least = [f"record to {labels.day(view.record_ends)}"] if known_in_full else []
    on, *left = reversed(list(_deadline(view)))
    when = f"{deadline.name} {labels.day(falls)}"
    near = f"{deadline.name} {labels.day(falls).removesuffix(f' {view.as_of.year}')}"
    ways = [
        *((name, as_of, f"{said} · {more}") for said in fuller for more in (on, *left)),
        *((name, as_of, f"{said} · {when}") for said in (short, *least)),
        *((" ", as_of, f"{said} · {when}") for said in (short, *least)),
        *((" ", chip, f"{said} · {near}") for said in least for chip in (as_of, bare)),
    ]
    room = width - cell_len(new) - 1
    fitting = (way for way in ways if sum(map(cell_len, way)) <= room)
    return next((_parts(name, chip, new, shown) for name, chip, shown in fitting), None)


def _deadline(view: View) -> Iterator[str]:
    """The deadline with its date, then with the days left as well."""
    if (deadline := view.index.deadline) is not None:
        falls, counting = deadline.falls_on, view.counting
        if deadline.result is not None:
            yield f"{deadline.name} {view.left_to(deadline)}"
            return
        when = f"{deadline.name} {labels.day(falls)}"
        if not counting.has_passed_since(falls):
            yield when
        for left in (counting.briefly(falls), counting.left(falls)):
            if left:
                yield f"{when}, {left}"
