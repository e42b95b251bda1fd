"""What is wrong with the files of the dataset, each with its line, to be mended one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click
from textual.strip import Strip

from explorer.dataset import Problem
from explorer.dataset.problems import shown
from explorer.record import labels
from explorer.text.sanitize import plain
from explorer.ui import commands, key_words
from explorer.ui.dialogs.dialog import DOUBLE_CLICK, Dialog
from explorer.ui.dialogs.dialog_commands import PROBLEMS
from explorer.ui.find_commands import END_FINDING
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.frame_title import set_title
from explorer.ui.widgets.lines import over
from explorer.ui.widgets.nearest import nearest
from explorer.ui.widgets.passages import Match, Passage, joined

MOST = 200
"""Problems that are listed; more come to sight as these are mended."""
_LOOKS = {
    "place": "link",
    "error": "error",
    "warning": "warning",
    "name": "muted",
    "gutter": "muted",
    "mark": "error",
    "hint": "found",
}
_MENDED = "No problems are left: what is shown is what the files say. {problems:close} closes this."


class ProblemLines(Findable):
    """The problems one below another, with a cursor that goes from one to the next."""

    FIRST_COLUMN = 1

    def __init__(self) -> None:
        super().__init__()
        self.problems: Sequence[Problem] = ()
        self.cursor = 0
        self._more = 0
        """How many are not listed."""
        self._lines: list[Text] = []
        self._heads: list[int] = []
        """On how many lines each says what is wrong, above the line of the file."""
        self._firsts: list[int] = []
        """The first line of each, and at last the one after all of them."""
        self._for = 0
        """Cells that the lines are made for."""

    @property
    def current(self) -> Problem | None:
        """The problem under the cursor."""
        return self.problems[self.cursor] if self.cursor < len(self.problems) else None

    def list(self, problems: Sequence[Problem]) -> None:
        """List these; the cursor stays on its problem, or goes to the nearest still there."""
        were, self.problems = self.problems, problems[:MOST]
        self._more = len(problems) - len(self.problems)
        places = {_name(problem): number for number, problem in enumerate(self.problems)}
        kept = nearest([_name(problem) for problem in were], self.cursor, places)
        self.cursor = places[kept] if kept is not None else 0
        self._lay_out()
        self._show_cursor()

    def _lay_out(self) -> None:
        self._for = self.room
        self._lines, self._firsts, self._heads = [], [], []
        for problem in self.problems:
            self._firsts.append(len(self._lines))
            for number, parts in enumerate(shown(problem, self.room - 2)):
                pieces = [(plain(text), _LOOKS.get(what, "")) for what, text in parts]
                lines = self.look.wrap(Text.assemble(*pieces), self.room - 2)
                self._lines += lines
                if number == 0:
                    self._heads.append(len(lines))
            self._lines.append(Text())
        self._firsts.append(len(self._lines))
        if not self.problems:
            self._lines = list(self.look.wrap(Text(key_words.said(_MENDED)), self.room - 2))
        elif self._more:
            self._lines.append(Text(f"… and {self._more:,} more", "muted"))
        self.text_changed()
        self.set_length(len(self._lines))
        self.refresh()

    def passages(self) -> Iterator[Passage]:
        lines = ((number, line.plain) for number, line in enumerate(self._lines))
        return joined(lines, apart=self._firsts)

    def reach(self, match: Match) -> None:
        """Also with the cursor on the problem that has the words."""
        there = [n for n in range(len(self.problems)) if self._firsts[n] <= match.first]
        self.cursor = there[-1] if there else self.cursor
        super().reach(match)

    def line(self, number: int) -> Text:
        return Text(" ") + self._lines[number]

    def marked(self, number: int, strip: Strip) -> Strip:
        if not self.problems:
            return strip
        first = self._firsts[self.cursor]
        is_here = first <= number < first + self._heads[self.cursor]
        return over(strip, self.look.styles["cursor"]) if is_here else strip

    def on_resize(self) -> None:
        super().on_resize()
        if self.room != self._for:
            self._lay_out()
        self._show_cursor()

    def move(self, way: int) -> None:
        """Go on by so many problems, as far as there are any."""
        self.cursor = max(0, min(self.cursor + way, len(self.problems) - 1))
        self._show_cursor()
        self.refresh()

    def _show_cursor(self) -> None:
        if self.problems:
            first, end = self._firsts[self.cursor], self._firsts[self.cursor + 1]
            self.show_line(first, max(first, min(end - 2, first + self.tall - 1)))

    def on_click(self, event: Click) -> None:
        number = self.line_at(event)
        there = [n for n in range(len(self.problems)) if self._firsts[n] <= (number or 0)]
        if number is not None and there:
            self.cursor = there[-1]
            self._show_cursor()
            self.refresh()
        else:
            event.stop()  # it is on none


def _name(problem: Problem) -> tuple[str, str, str, str]:
    """What tells a problem from others when lines above it have moved it."""
    return (str(problem.file), problem.record, problem.field, problem.message)


class ProblemList(Dialog[None]):
    """Stays open while problems are mended, and always lists those that are left."""

    PLACE = "problems"
    BINDINGS = [
        *commands.bindings((END_FINDING,), "reading", first=True),
        *commands.bindings(PROBLEMS, "problems", first=True),
    ]

    def __init__(
        self,
        problems: Sequence[Problem],
        edit: Callable[[Problem], None],
        *,
        title: str = "",
        waits: str = "",
    ) -> None:
        """`edit` opens an editor at a problem.

        The title begins with some words, and others below the list say what waits for it.
        """
        super().__init__()
        self._edit = edit
        self._first = title
        self.sub_title = waits
        self._lines = ProblemLines()
        self._problems = problems

    def body(self) -> ComposeResult:
        yield self._lines

    def on_mount(self) -> None:
        self.look_at(self._problems)

    def look_at(self, problems: Sequence[Problem]) -> None:
        """List what is wrong now."""
        self._problems = problems
        if self._lines.is_attached:
            found = labels.counted(len(problems), "problem") if problems else "No problems"
            set_title(self.query_one(".dialog"), Content(f"{self._first}{found}"))
            self._lines.list(problems)

    def action_move(self, way: int) -> None:
        self._lines.move(way)

    def action_edit(self) -> None:
        """Open the file at the problem under the cursor."""
        if (problem := self._lines.current) is None:
            self.notify(
                key_words.said("There is nothing to mend any more; {problems:close} closes this.")
            )
        else:
            self._edit(problem)

    def on_click(self, event: Click) -> None:
        if event.chain == DOUBLE_CLICK and self.clicked(event) is self._lines:
            self.action_edit()
