"""What the full-screen views share: the sheet of a comparison, and a cursor in two directions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from textual.content import Content

from explorer.documents.comparisons import Comparison, coalitions
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import Sheet
from explorer.documents.sheet import Span
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import commands, key_words, view_commands
from explorer.ui.find_commands import FINDING_HERE
from explorer.ui.widgets.frame_title import set_subtitle, set_title
from explorer.ui.widgets.layout import Across, Stop
from explorer.ui.widgets.passages import Match
from explorer.ui.widgets.reader import Reader, Spot, Standing, around
from explorer.values import dataclass
from explorer.view import View, ways_to_say_a_day

_MOST = 24
"""Subjects of which it is known where somebody was in their sheets."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where somebody was in the sheet of a subject."""

    standing: Standing
    column: int
    """The first column that was seen."""
    key: str = ""
    """What was pointed at in a drawing above the sheet."""


def subject_of(question: Question) -> Question:
    """What a question is about, whatever is left out of the answer and since when it is told.

    Another day or scope, another second date, fewer rows: the keyboard stays on its row.
    Another record, another form or order is another sheet, which is read from its top, or
    from where one was in it.
    """
    return replace(question, since=None, by_coalition=False, differing=False)


class SheetView(Reader):
    """Made anew whenever the day, the scope or what it is asked changes."""

    BINDINGS = [
        *commands.bindings(FINDING_HERE, "reading"),  # whose Escape goes first
        *commands.bindings((view_commands.SINCE, view_commands.COLUMNS, *commands.SHEET), "sheet"),
    ]

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison.name)
        self.comparison = comparison
        self.question = ALL
        """What the person asked."""
        self._subject: Question | None = None
        """What the sheet is about."""
        self._is_shown = False
        """Whether it is seen, and not only that it is being made."""
        self._left: dict[Question, Left] = {}
        """Where one was in the sheets of other subjects."""
        self._leads = True
        """Whether there is anything to go to."""
        self.across = Across()
        self.inset = 0
        """Cells before what stands under the ribbon, which begins there too."""

    def sheet_in(self, view: View) -> Sheet:
        """What the view of the negotiation has to answer."""
        return self.comparison.to_read(view, self.asked_in(view))

    def asked_in(self, view: View) -> Question:
        """The question as it is asked of a view: about a record only where that has a meaning."""
        about = self.question.about
        if about is not None and about.kind in self.comparison.about and about in view.index:
            return self.question
        return replace(self.question, about=None)

    def question_about(self, about: Ref | None) -> Question:
        """What it is asked when it is opened again, about a record."""
        return replace(self.question, about=about)

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Ask the same of records as they are called now, before they are looked at."""
        self.question = self.question.following(now)
        self._subject = self._subject and self._subject.following(now)
        self._left = {subject.following(now): left for subject, left in self._left.items()}

    def ways_on(self, view: View) -> str:
        """Which keys lead on from a sheet with nothing in it."""
        is_always = self.comparison.since == "always"
        if is_always and self.question.since is not None:
            return key_words.said(
                "{changes:since} takes the second date off, and again asks for one."
            )
        lead = "{changes:since} asks for an earlier date. " if is_always else ""
        if view.chosen:
            ways = (
                "{sheet:close} goes back to the panes; {take-off} there takes the last record off "
                "the scope."
            )
        elif view.scope.as_of is not None:
            ways = "{later} goes on to the next round, {last-day} to the last day covered."
        else:
            ways = "{sheet:close} goes back to the panes; {about} shows what the record has."
        return key_words.said(f"{lead}{ways}")

    @property
    def idle(self) -> tuple[str, ...]:
        """Its actions of which there is nothing to do them with."""
        idle = () if self._leads else ("follow",)
        has_coalitions = self.view is not None and coalitions.there_are(self.view)
        return idle if has_coalitions else (*idle, "by_coalition")

    def has_nothing(self, sheet: Sheet) -> bool:  # noqa: ARG002 -- children look into it
        """Whether a sheet has nothing of what it is for."""
        return not self._leads

    def subtitle(self) -> str:
        """What the lower border says of the entry under the cursor."""
        return ""

    def look_at(self, view: View, question: Question | None = None) -> None:
        """Look at another view of the negotiation, perhaps with another question."""
        self.set_reactive(SheetView.view, view)
        self.question = question or self.question
        self.renew()

    def ask(self, question: Question) -> None:
        """Ask something else."""
        self.question = question
        self.renew()

    def renew(self) -> None:
        """Make the sheet anew."""
        if self.view is None:
            return
        subject = subject_of(self.asked_in(self.view))
        if subject != self._subject:
            self._leave_subject()
            self._subject = subject
            self.begin_subject(self._left.get(subject))
        sheet = self.sheet_in(self.view)
        if not self.is_made:
            self._leave_subject()
        self._leads = any(
            block.cells or _leads((*block.label, *block.spans)) for block in sheet.read()
        )
        if self.has_nothing(sheet):
            for said in filter(None, (self.comparison.filled_by, self.ways_on(self.view))):
                sheet.add(Span(said, "muted"))
        around(self).show_keys()
        set_title(self, Content(sheet.title))
        left = self._left.get(subject)
        if self._is_shown:
            self.show_again(sheet)
        elif left is not None and self.is_made:
            self.show_again(sheet, left.standing)
        else:
            self.show(sheet)
        self._is_shown = self.is_made
        set_subtitle(self, Content(self.subtitle()))

    @property
    def is_made(self) -> bool:
        """Whether the sheet is the answer, and does not only say that it is being made."""
        return True

    def _leave_subject(self) -> None:
        """Remember where one was, to come back to it."""
        self.end_finding()
        if self._is_shown and self._subject is not None:
            self._left.pop(self._subject, None)
            self._left[self._subject] = self.left_at()
            if len(self._left) > _MOST:
                del self._left[next(iter(self._left))]
        self._is_shown = False

    def left_at(self) -> Left:
        """Where one is now."""
        return Left(self.standing, (self.across or Across()).first)

    def begin_subject(self, left: Left | None) -> None:
        """Be ready for the sheet of another subject, perhaps one that was read before."""
        self.across = replace(self.across or Across(), first=left.column if left else 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command is one of this view: not all have a second date, or columns."""
        if action == "since" and not self.comparison.since:
            return False
        if action == "columns" and view_commands.COLUMNS not in view_commands.of_view(
            self.comparison
        ):
            return False
        return super().check_action(action, parameters)

    def action_since(self) -> None:
        """Ask for the second date, or take it off."""
        from explorer.ui.dialogs.date_prompt import DatePrompt

        if self.question.since is not None:
            self.notify("The second date is taken off; s asks for another.")
            self.ask(replace(self.question, since=None))
        elif self.view is not None:
            ways = ways_to_say_a_day(self.view)
            self.app.push_screen(DatePrompt("Since when?", ways, self._day_before), self._since)

    def _day_before(self, said: str) -> date:
        """The day that is meant. Raises ValueError unless it lies before the one looked at."""
        assert self.view is not None, "one asks in a view"
        day, as_of = self.view.day_said(said), self.view.as_of
        if day >= as_of:
            raise ValueError(
                f"{labels.day(day)} is not before {labels.day(as_of)}; say a day before"
            )
        return day

    def _since(self, day: date | None) -> None:
        if day is not None:
            self.ask(replace(self.question, since=day))

    def _show_stop(self) -> None:
        super()._show_stop()
        set_subtitle(self, Content(self.subtitle()))

    def action_by_coalition(self) -> None:
        """Have members beneath their coalitions, or each side by itself."""
        if self.view is not None and not coalitions.there_are(self.view):
            self.notify("No coalition is recorded on this day: each side stands by itself.")
        else:
            self.ask(replace(self.question, by_coalition=not self.question.by_coalition))

    def action_columns(self) -> None:
        """Have the sides in columns, of which some are out of sight, or else in a list."""
        was = self._layout
        if not was.has_columns and not was.has_lists:
            self.notify("There is nothing here to set side by side.")
            return
        self.across = Across(least=1, most=sys.maxsize) if was.has_lists else Across(is_list=True)
        self.show_again(self.sheet)
        if was.has_lists and self.laid_out.has_lists:
            self.notify("There are no columns in this order, or no room for any.")

    def _bring_in(self, stop: Stop, by: int = 0) -> None:
        """Have the column in sight that a stop is in, or so many further, and its row stay."""
        before, top = stop.first, round(self.scroll_target_y)
        number = self._layout.stops.index(stop)
        across = self.across or Across()
        self.across = replace(across, first=max(self._layout.first_column + (by or stop.beyond), 0))
        self.lay_out()
        self.stop = number
        if (here := self._layout.stop(number)) is not None:
            self._reach(here.last + self.tall)
            self.scroll_to(y=top + here.first - before, animate=False)

    def reach(self, match: Match) -> None:
        """Also where words are in a column that is out of sight."""
        if match.stop is None:
            super().reach(match)
        elif (stop := self._layout.stop(match.stop)) is not None:
            nth = self.nth_in_stop()
            self._bring_in(stop)
            super().reach(self.take_in_stop(match.stop, nth))
            set_subtitle(self, Content(self.subtitle()))

    def way_back(self) -> Callable[[], None]:
        across, back = self.across, super().way_back()

        def go_back() -> None:
            if across != self.across:
                self.across = across
                self.lay_out()
            back()

        return go_back

    def restore(self, spot: Spot) -> None:
        super().restore(spot)
        if (here := self.here) is not None and here.beyond:
            self._bring_in(here)

    def action_below(self) -> None:
        self._move(down=1)

    def action_above(self) -> None:
        self._move(down=-1)

    def action_left(self) -> None:
        self._move(right=-1)

    def action_right(self) -> None:
        self._move(right=1)

    def _move(self, *, down: int = 0, right: int = 0) -> None:
        """To the nearest link in a direction; scroll when that is not near."""
        self._reach(round(self.scroll_target_y) + 2 * self.tall)
        stops, here = self._layout.stops, self.here
        if here is None:
            self.scroll_relative(y=down, animate=False)
            return
        if not self._is_seen(here) and self._take_up(down or right):
            return
        if down > 0 and self._is_tall(here):  # what follows may be anywhere
            stops = self.laid_out.stops
        following = _sideways(stops, here, right) if right else _below(stops, here, down)
        if following is not None and following.beyond:
            self._bring_in(following)
            self._show_stop()
        elif right and (by := self._columns_on(following, right)):
            self._bring_in(following or here, by)
            self._show_stop()
        elif following is not None and (right or self._is_near(following) or self._is_tall(here)):
            self.stop = stops.index(following)
            self._show_stop()
        elif down:
            self.scroll_relative(y=down, animate=False)

    def _columns_on(self, following: Stop | None, right: int) -> int:
        """How many columns to go on where the row has nothing there, or begins."""
        before, after = self._layout.first_column, self._layout.columns_after
        if following is None:
            return min(after, 1) if right > 0 else 0
        begins = not any(
            stop.first == following.first and stop.left < following.left and not stop.beyond
            for stop in self._layout.stops
        )
        return -before if right < 0 and begins else 0

    def _is_tall(self, here: Stop) -> bool:
        """Whether an entry fills the screen and its end is in sight: go on from there."""
        top = round(self.scroll_target_y)
        return here.first <= top and here.last <= top + self.tall


def _leads(spans: tuple[Span, ...]) -> bool:
    return any(span.link is not None for span in spans)


def _below(stops: list[Stop], here: Stop, way: int) -> Stop | None:
    """The next row's link that begins nearest to the column of this one."""
    if way > 0:
        row = min((s.first for s in stops if s.first > here.first), default=None)
    else:
        row = max((s.first for s in stops if s.first < here.first), default=None)
    beside = [stop for stop in stops if stop.first == row and not stop.beyond]
    return min(beside, key=lambda stop: abs(stop.left - here.left), default=None)


def _sideways(stops: list[Stop], here: Stop, way: int) -> Stop | None:
    """The next link in the same row."""
    row = [stop for stop in stops if stop.first == here.first]
    place = row.index(here) + way
    return row[place] if 0 <= place < len(row) else None
