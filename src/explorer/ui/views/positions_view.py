"""The full-screen view of positions: what each side wants, and when that was on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from explorer.documents.comparisons import on_the_table
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import commands, key_words, view_commands
from explorer.ui.views.saying_view import SayingView
from explorer.ui.views.sheet_view import Left, SheetView
from explorer.ui.widgets.reader import around
from explorer.view import View


class PositionsView(SayingView):
    """Issues by delegations, or by rounds.

    By round, what the sign under the cursor means stands in a line below it, or in one for each
    of the rounds that share its cell; they push the others down. Where there is room for it the
    rounds stand under the months of the ribbon, which begins then where the names end.
    """

    BINDINGS = commands.bindings(view_commands.POSITIONS, "positions")

    _states: Mapping[Ref, Mapping[Ref, str]] = MappingProxyType({})
    """Where each issue stood after each round that had it on the table."""
    _first_round = 0
    """The first round that is shown where there is no room for all."""

    def sheet_in(self, view: View) -> Sheet:
        self.inset = 0
        if not self.question.otherwise:
            return super().sheet_in(view)
        if not self.screen.has_class("-tiny"):  # which has no ribbon
            self.inset = on_the_table.inset(view, self.room_for_lines)
        if self.inset:
            self._states = {row.issue: row.states for row in on_the_table.rows(view)}
            return on_the_table.on_axis(view, self.room_for_lines)
        return on_the_table.sheet(view, self.room_for_lines, self._first_round)

    @property
    def idle(self) -> tuple[str, ...]:
        by_round = ("since", "sort", "by_coalition", "columns") if self.question.otherwise else ()
        return (*super().idle, *by_round)

    def action_since(self) -> None:
        if self._is_for_positions("A second date"):
            super().action_since()

    def action_by_round(self) -> None:
        self.ask(replace(self.question, otherwise=not self.question.otherwise))

    def action_by_coalition(self) -> None:
        if self._is_for_positions("Coalitions"):
            super().action_by_coalition()

    def action_columns(self) -> None:
        if self._is_for_positions("A list of sides"):
            super().action_columns()

    def action_sort(self) -> None:
        """Sort by the next order; after the last there is none."""
        if self._is_for_positions("An order"):
            orders = ("", *self.comparison.orders)
            following = orders[(orders.index(self.question.order) + 1) % len(orders)]
            self.ask(replace(self.question, order=following))

    def _is_for_positions(self, what: str) -> bool:
        if self.question.otherwise:
            verb = "are" if what.endswith("s") and not what.startswith("A ") else "is"
            back = key_words.cap("by-round", "positions")
            self.notify(f"{what} {verb} for the positions; {back} goes back to them.")
        return not self.question.otherwise

    def left_at(self) -> Left:
        left = super().left_at()
        return replace(left, column=self._first_round) if self._is_by_round else left

    @property
    def _is_by_round(self) -> bool:
        """Whether what is shown, and perhaps left now, is by round."""
        return self._subject is not None and self._subject.otherwise

    def begin_subject(self, left: Left | None) -> None:
        super().begin_subject(left)
        self._first_round = left.column if left is not None and self._is_by_round else 0

    def on_resize(self) -> None:
        if self.question.otherwise and self._laid_out_for[0] != self.room:
            self._first_round = 0
            super(SheetView, self).on_resize()
            self.renew()
        else:
            super().on_resize()

    def action_follow(self) -> None:
        """To the issue as it stood after the round, where a sign is under the cursor."""
        issue, of_round = self._place
        if issue is None or of_round is None or self.view is None:
            super().action_follow()
            return
        held = self.view.index.round(of_round)
        name = labels.title(self.view.index, of_round)
        around(self).go(issue, held.closes)
        back = key_words.cap("back")
        self.notify(f"As of the end of {name}, {labels.day(held.closes)}; {back} goes back.")

    @property
    def _place(self) -> tuple[Ref | None, Ref | None]:
        """The issue and the round that the cursor is at, by round."""
        here = self.here if self.question.otherwise else None
        if here is None:
            return None, None
        row = [stop.link for stop in self.laid_out.stops if stop.first == here.first]
        issue = row[0] if row[0].kind == "issue" else None
        return issue, here.link if here.link.kind == "round" else None

    def said_below(self) -> Sequence[tuple[Span, ...]]:
        """What the sign under the cursor means, for each of the rounds of its cell."""
        if not self.question.otherwise or self.here is None or self.view is None:
            return ()
        page = Sheet(self.view)
        return [on_the_table.meaning(page, *place) for place in self._places]

    @property
    def _places(self) -> list[tuple[Ref | None, Ref | None]]:
        """The issue under the cursor with each round of the cell that had it on the table."""
        issue, of_round = self._place
        if not self.inset or of_round is None or self.view is None:
            return [(issue, of_round)]
        shared = on_the_table.sharing(self.view, self.room_for_lines - self.inset, of_round)
        states = self._states
        return [(issue, ref) for ref in shared if issue is None or ref in states[issue]]

    def _move(self, *, down: int = 0, right: int = 0) -> None:
        before = self.here
        super()._move(down=down, right=right)
        is_at_edge = right and before is not None and self.here == before
        if is_at_edge and before is not None and self.question.otherwise and not self.inset:
            self._bring_round(before.first, right)

    def _bring_round(self, line: int, way: int) -> None:
        """Show the next round in a row that is out of sight."""
        if self.view is None:
            return
        issue, _ = self._place
        every = on_the_table.rounds(self.view)
        seen = on_the_table.fitting(self.view, self.room_for_lines, self._first_round)
        states = {row.issue: row.states for row in on_the_table.rows(self.view)}
        there = [n for n, ref in enumerate(every) if issue is None or ref in states[issue]]
        others = [n for n in there if (n >= seen.stop if way > 0 else n < seen.start)]
        if not others:
            return
        following = others[0] if way > 0 else others[-1]
        self._first_round = following
        while way > 0 and self._first_round > 0:
            earlier = self._first_round - 1
            if following not in on_the_table.fitting(self.view, self.room_for_lines, earlier):
                break
            self._first_round = earlier
        self.sheet = self.sheet_in(self.view)
        self.lay_out()
        row = [(n, s) for n, s in enumerate(self.laid_out.stops) if s.first == line]
        self.stop = next((n for n, s in row if s.link == every[following]), self.stop)
        self._show_stop()
