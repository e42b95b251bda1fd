"""The keys of where you are, then those of everywhere, from the tables of commands."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult

from explorer.documents.comparisons import Comparison
from explorer.ui import commands, key_words, style, view_commands
from explorer.ui.app_services import app_services, keys_shown
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import HELP, SCROLLING
from explorer.ui.legend import legend
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.passages import Passage, joined

_NO_KEY = "(no key)"
_KEYS = 22
"""Width of the column of keys."""
_GAP = 2
"""Cells between columns, and between signs."""


class Help(Dialog[None]):
    """Closes with the key that opened it, or escape."""

    PLACE = "help"
    BINDINGS = commands.bindings(HELP, "help")

    def __init__(self, place: str, absent: Collection[Comparison] = ()) -> None:
        """Of comparisons that are absent nothing is said."""
        super().__init__()
        self.title = "Keys and signs"
        ways = "{help:close} closes, {help:up} {help:down} scroll, {reading:find} finds"
        self.sub_title = key_words.said(ways)
        self._place, self._absent = place, absent

    def body(self) -> ComposeResult:
        yield _Keys(self._place, self._absent)


class _Keys(Findable):
    """Tables of keys, names and what they do: those of a place, then all others."""

    BINDINGS = commands.bindings(SCROLLING, "help")

    def __init__(self, place: str, absent: Collection[Comparison]) -> None:
        super().__init__()
        self._place = place
        self._absent = {c.name for c in absent}
        self._idle = {view_commands.action_of(c) for c in absent}
        self._lines: list[Text] = []
        self._look = style.Look.plain()
        """The styles that the lines are made with."""

    def on_resize(self) -> None:
        super().on_resize()
        self._make_lines()
        self.text_changed()
        self.set_length(len(self._lines))
        self.refresh()

    def _make_lines(self) -> None:
        self._look, console = self.look, self.app.console
        lines = console.render_lines(self._tables(), console.options.update(width=self.room))
        self._lines = [Text.assemble(*((s.text, s.style or "") for s in line)) for line in lines]

    def line(self, number: int) -> Text:
        if self.look is not self._look:  # another theme was chosen
            self._make_lines()
        return self._lines[number].copy()

    def passages(self) -> Iterator[Passage]:
        return joined((number, line.plain) for number, line in enumerate(self._lines))

    def _tables(self) -> Group:
        near = commands.places_of(self._place)
        over_them = (f"{name}_offered" for name in self._absent)
        passed_over = {*near, *self._absent, *over_them}
        others = [place for place in commands.PLACES if place not in passed_over]
        return Group(*map(self._table, near), self._signs(), *map(self._table, others))

    def _empty(self, title: str) -> Table:
        """A table of two columns, the first as wide as the keys."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.title, table.title_justify = title, "left"
        table.title_style = app_services(self).look.styles["title"]
        table.add_column(width=min(_KEYS, self.room // 3), no_wrap=True)
        table.add_column()
        return table

    def _signs(self) -> Table:
        """What every sign means, by where it stands; each sign on a line with what it means."""
        styles = app_services(self).look.styles
        table = self._empty("Signs")
        room = self.size.width - int(table.columns[0].width or 0) - _GAP
        for where, signs in legend(key_words.cap("news")).items():
            lines = [Text()]
            for sign, meaning in signs.items():
                said = Text.assemble((f"{sign} ", styles["mark"]), meaning, " " * _GAP)
                if lines[-1] and lines[-1].cell_len + said.cell_len - _GAP > room:
                    lines.append(Text())
                lines[-1].append_text(said)
            for line in lines:
                line.rstrip()
            table.add_row(Text(f"  {where}", styles["muted"]), Text("\n").join(lines))
        table.add_row()
        return table

    def _table(self, place: str) -> Table:
        styles = app_services(self).look.styles
        title, listed = commands.PLACES[place][0], commands.listed(place)
        if place in commands.places_of(self._place):  # with the keys no nearer place takes
            actions = [command.action for command in listed]
            listed = tuple(c for c in commands.available(self._place) if c.action in actions)
        table = self._empty(title)
        # What works only at times is not what a person looks for first.
        for command in sorted(listed, key=lambda c: c.at_times):
            if command.action in self._idle:
                continue
            keys = Text(f"  {keys_shown(self, command.shown_keys) or _NO_KEY}", styles["side-1"])
            table.add_row(
                keys, Text.assemble((command.name, styles["strong"]), f" — {command.help}")
            )
        table.add_row()
        return table
