"""Finding words in what is read: the same wherever something is.

What is found is marked, and one goes from one place to the next. A child says which words
stand where, and goes to a place as its cursor does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Protocol, cast

from rich.cells import cell_len
from textual.strip import Strip

from explorer.ui import key_words
from explorer.ui.app_services import app_services
from explorer.ui.command import bindings
from explorer.ui.find_commands import FINDING_HERE
from explorer.ui.widgets.lines import Lines, over
from explorer.ui.widgets.passages import Found, Match, Passage, Passages

_SHOWN = 30
"""Characters of the words looked for that are said again."""


class _ShowsKeys(Protocol):
    """The screen, as far as it is known here."""

    def show_keys(self) -> None:
        """Show the keys of where the person is, as far as they do anything now."""


class Findable(Lines):
    """Lines in which words are found."""

    BINDINGS = bindings(FINDING_HERE, "reading")
    FIRST_COLUMN = 0
    """Cells at the left of a line that are none of its own."""

    cursor: int = 0
    """The entry that one is on, in lists whose entries are chosen."""

    _sought: str = ""
    """The words that are marked; empty when none are looked for."""
    _at: int = 0
    """Which of all places one is at."""
    _passages: Passages | None = None
    """What there is to look through, once it has been taken apart."""
    _found: Found | None = None
    """Where the words stand, once it was looked."""

    # What a child says.

    def passages(self) -> Iterable[Passage]:
        """All that is read, in its order."""
        raise NotImplementedError

    def text_line(self, number: int) -> int:
        """Which of the lines that are read stands on a line as it is seen now."""
        return number

    def text_ends(self, number: int) -> int:  # noqa: ARG002 -- children use it
        """The cell at which what is read ends on a line, of which the rest may be cut."""
        return self.room

    @property
    def origin(self) -> int:
        """The line from which on words are looked for."""
        return self.top

    def reach(self, match: Match) -> None:
        """Go where words were found."""
        self.bring_in_sight(match)
        self.refresh()

    def bring_in_sight(self, match: Match) -> None:
        """Scroll only when it is out of sight, and then to where lines around it are seen."""
        top = round(self.scroll_target_y)
        if not (top <= match.first and match.last < top + self.tall):
            self.scroll_to(y=max(match.first - self.tall // 3, 0), animate=False)

    def way_back(self) -> Callable[[], None]:
        """What brings one back to where one is now."""
        top, cursor = self.scroll_target_y, self.cursor

        def go_back() -> None:
            self.cursor = cursor
            self.scroll_to(y=top, animate=False)
            self.refresh()

        return go_back

    def finding_changed(self) -> None:
        """Words are looked for now that were not, or none any more."""
        if self.is_attached:
            cast("_ShowsKeys", self.screen).show_keys()

    # What is found.

    @property
    def is_finding(self) -> bool:
        """Whether words are marked that were looked for."""
        return bool(self._sought)

    @property
    def found(self) -> Found:
        """Where the words stand that are looked for."""
        if self._passages is None:
            self._passages, self._found = Passages(self.passages()), None
        if self._found is None:
            self._found = self._passages.find(self._sought)
            self._at = max(min(self._at, len(self._found) - 1), 0)
        return self._found

    def text_changed(self) -> None:
        """Other lines are read now: what was found is to be found anew."""
        self._passages = self._found = None

    def find(self, typed: str, start: int) -> None:
        """Look for words, and go to the first that stand on a line or below it."""
        was_finding, self._sought = self.is_finding, typed.strip()
        self._found = None
        if self.is_finding and self.found:
            self._at = self.found.from_line(start)
            self.reach(self.found[self._at])
        self.refresh()
        if was_finding != self.is_finding:
            self.finding_changed()

    def end_finding(self) -> None:
        """Look for nothing any more."""
        if self.is_finding:
            self._sought = ""
            self._passages = self._found = None
            self.refresh()
            self.finding_changed()

    @property
    def which_of_all(self) -> str:
        """Which of how many places one is at."""
        if not self.is_finding:
            return ""
        many = len(self.found)
        return f"{self._at + 1:,} of {many:,}" if many else "not found"

    def go_on(self, way: int) -> str:
        """Go to the next place or the one before; what is to be said of it."""
        many = len(self.found)
        if not many:
            return f"“{self._shown_words}” is not found here."
        following = self._at + way
        self._at = following % many
        self.reach(self.found[self._at])
        told = f"“{self._shown_words}”: {self.which_of_all}"
        if not 0 <= following < many:
            told += ", from the top again" if way > 0 else ", from the end again"
            told = told if many > 1 else f"“{self._shown_words}” is found only here"
        return f"{told}."

    @property
    def _shown_words(self) -> str:
        words = " ".join(self._sought.split())
        return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"

    def nth_in_stop(self) -> int:
        """Which of those in one place out of sight the one is that one is at."""
        stop = self.found[self._at].stop
        before = range(self._at - 1, -1, -1)
        return sum(1 for _ in takewhile(lambda n: self.found[n].stop == stop, before))

    # How it is seen.

    def _drawn(self, number: int, room: int) -> Strip:
        strip = super()._drawn(number, room)
        return self._with_found(number, strip) if self.is_finding else strip

    def _with_found(self, number: int, strip: Strip) -> Strip:
        """A line with what is found on it marked, the place one is at most of all."""
        places = sorted(self.found.on_line(self.text_line(number)))
        if not places or not 0 <= number < self.virtual_size.height:
            return strip
        plain, ends = self.line(number).plain, self.text_ends(number)
        parts, done = [], 0
        for first, last, which in places:
            left, right = (cell_len(plain[: place + self.FIRST_COLUMN]) for place in (first, last))
            left, right = max(left, done), min(right, ends)
            if left < right:
                role = "match-here" if which == self._at else "match"
                parts.append(strip.crop(done, left))
                parts.append(over(strip.crop(left, right), self.look.styles[role]))
                done = right
        return Strip.join([*parts, strip.crop(done)])

    # Keys.

    def action_find(self) -> None:
        """Type the words to look for."""
        app_services(self).find_in(self)

    def action_found(self, way: int) -> None:
        """Go to the next place or the one before; look for the last words if for none now."""
        if self.is_finding:
            self.notify(self.go_on(way))
            return
        words = app_services(self).sought
        if not words:
            self.notify(f"{key_words.cap('find', 'reading')} finds words here.")
            return
        self.find(words, self.origin)
        if self.found:
            self.notify(f"“{self._shown_words}”: {self.which_of_all}.")
        else:
            told = f"“{self._shown_words}” is not found here."
            self.end_finding()
            self.notify(told)

    def action_end_finding(self) -> None:
        self.end_finding()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command may run now: there may be nothing to end."""
        if action == "end_finding" and not self.is_finding:
            return False
        return super().check_action(action, parameters)
