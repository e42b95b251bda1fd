"""A line in which something is chosen by typing the beginning of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Blur, Click, Focus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from explorer.record import labels
from explorer.ui.app_services import app_services
from explorer.ui.style import row
from explorer.ui.widgets.form_line import FormLine
from explorer.values import dataclass

_SCROLLBAR = 2
_NARROWEST = 20
TAKE_OFF = "✕"
"""Behind what was chosen: a click takes it off."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that may be chosen."""

    name: str
    """What stands for it."""
    label: str
    detail: str = ""
    """What tells it from others of its name."""


class Combobox(Vertical):
    """Offers entries below the line while the person is in it.

    Its keys are the dialog's: see `move`, `highlighted` and `close`.
    """

    class Typed(Message):
        """Something else stands in the line."""

        def __init__(self, box: Combobox) -> None:
            super().__init__()
            self.box = box

    class Taken(Message):
        """An entry was chosen by a click."""

        def __init__(self, box: Combobox, entry: Entry) -> None:
            super().__init__()
            self.box, self.entry = box, entry

    class TakenBack(Message):
        """What was chosen at a place is not meant."""

        def __init__(self, box: Combobox, place: int) -> None:
            super().__init__()
            self.box, self.place = box, place

    def __init__(
        self,
        entries: Callable[[str], Sequence[Entry]],
        *,
        many: bool = False,
        pasted: Callable[[str], bool] | None = None,
    ) -> None:
        """`entries` gives what is offered for what was typed, the likeliest first."""
        super().__init__()
        self._entries, self.many = entries, many
        self._label = ""
        """What is chosen, as the line shows it where one may be chosen only."""
        self._count = 0
        self._offered: Sequence[Entry] = ()
        self._width = 0
        """How wide the line was when entries were laid out."""
        self.line = FormLine("", pasted=pasted, emptied=self._back)
        self._chips = Static(classes="chips", markup=False)
        self._list = OptionList(markup=False, compact=True, classes="offers")
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        yield self._chips
        yield self.line
        yield self._list

    def on_mount(self) -> None:
        self._chips.display = self._list.display = False

    # What is chosen and typed.

    @property
    def typed(self) -> str:
        """What was typed and chooses nothing yet."""
        value = self.line.value
        return "" if value == self._label else value

    def show_chosen(self, labels: Sequence[str], typed: str = "") -> None:
        """Show what is chosen, and what is typed beside it."""
        self._count = len(labels)
        if not self.many:
            self._label = labels[0] if labels else ""
            self._set(typed or self._label)
            return
        self._label = ""
        chips = Text()
        for place, label in enumerate(labels):
            chips.append(f"{label} {TAKE_OFF}", Style(meta={"chip": place}))
            chips.append("  ")
        self._chips.update(chips)
        self._chips.display = bool(labels)
        self._set(typed)

    def _set(self, value: str) -> None:
        if self.line.value != value:
            with self.line.prevent(Input.Changed):
                self.line.value = value
            self.line.cursor_position = len(value)

    # What is offered.

    @property
    def is_open(self) -> bool:
        """Whether entries are to be seen."""
        return bool(self._list.display)

    @property
    def highlighted(self) -> Entry | None:
        """The entry under the cursor of the list."""
        place = self._list.highlighted
        return self._offered[place] if self.is_open and place is not None else None

    def offer(self) -> None:
        """Offer what goes with what is typed, with the cursor on the first once something is."""
        self._offered, self._width = self._entries(self.typed), self.line.size.width
        self._list.clear_options()
        self._list.add_options(map(self._row, self._offered))
        self._list.display = bool(self._offered)
        self._list.highlighted = self._likeliest()

    def _likeliest(self) -> int | None:
        """The place of what typing has found: of that very name, or else the first."""
        typed = self.typed.strip().casefold()
        if not typed or not self._offered:
            return None
        places = (n for n, entry in enumerate(self._offered) if entry.label.casefold() == typed)
        return next(places, 0)

    def _row(self, entry: Entry) -> Content:
        """An entry on one line, its detail at the right."""
        width = max(self._width - _SCROLLBAR, _NARROWEST)
        detail = Text(
            labels.shortened(entry.detail, width // 2), app_services(self).look.styles["muted"]
        )
        return Content.from_rich_text(row(width, Text(f" {entry.label}"), detail))

    @property
    def in_sight(self) -> tuple[Widget, ...]:
        """What is to be seen while the person is in it; the last of it above all."""
        return (self._list, self.line) if self.is_open else (self.line,)

    def move(self, way: int) -> None:
        """Move the cursor of the list, and open it if it is closed."""
        if not self.is_open:
            self.offer()
        if not self._offered:
            return
        place = self._list.highlighted
        first = 0 if way > 0 else len(self._offered) - 1
        self._list.highlighted = first if place is None else (place + way) % len(self._offered)

    def close(self) -> None:
        """Offer nothing."""
        self._list.display = False
        self._list.highlighted = None

    def _back(self) -> None:
        if self.many and self._count:
            self.post_message(self.TakenBack(self, self._count - 1))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.offer()
        self.post_message(self.Typed(self))

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Taken(self, self._offered[event.option_index]))

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """Lay out what is offered anew when the line has become wider or narrower."""
        if self.is_open and self.line.size.width != self._width:
            place = self._list.highlighted
            self.offer()
            self._list.highlighted = place

    def on_descendant_focus(self, _: Focus) -> None:
        self.offer()

    def on_descendant_blur(self, _: Blur) -> None:
        self.close()

    def on_click(self, event: Click) -> None:
        place = event.style.meta.get("chip")
        if place is not None:
            self.post_message(self.TakenBack(self, place))
        if not self.line.has_focus:
            self.line.focus()
