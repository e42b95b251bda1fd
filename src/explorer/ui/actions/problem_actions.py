"""Mending what is wrong with the files of a dataset: the list, and an editor at a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App, SuspendNotSupported
from textual.worker import Worker, WorkType

from explorer.dataset.problems import Problem
from explorer.notes import edited_file
from explorer.notes.edited_file import EditorError
from explorer.storage import files
from explorer.text.sanitize import one_line, plain
from explorer.ui.app_services import app_services
from explorer.ui.system import editor_at_line

if TYPE_CHECKING:
    from explorer.ui.dialogs.problem_list import ProblemList


class Around(Protocol):
    """The screen that the list stands over."""

    @property
    def app(self) -> App[Any]: ...

    def run_worker(self, work: WorkType[Any], *, group: str, exclusive: bool) -> Worker[Any]:
        """Run something beside what is drawn."""


class ProblemActions:
    """Lists what is wrong for as long as somebody mends it."""

    def __init__(self, screen: Around, edited: Callable[[], None]) -> None:
        """`edited` is called when an editor has ended."""
        self._screen = screen
        self._edited = edited
        self._list: ProblemList | None = None
        """The list, while it is open."""

    def show(
        self,
        problems: Sequence[Problem],
        closed: Callable[[], None] = lambda: None,
        *,
        title: str = "",
        waits: str = "",
    ) -> None:
        """Open the list; `closed` is called when the person closes it.

        Its title begins with words, and below it others may say what waits for it.
        """
        from explorer.ui.dialogs.problem_list import ProblemList

        def answered(_: None) -> None:
            self._list = None
            closed()

        self._list = ProblemList(problems, self._edit, title=title, waits=waits)
        self._screen.app.push_screen(self._list, answered)

    def look_at(self, problems: Sequence[Problem]) -> None:
        """Let the list, if it is open, show what is wrong now."""
        if self._list is not None:
            self._list.look_at(problems)

    def _edit(self, problem: Problem) -> None:
        if why := app_services(self._screen.app).reach.withheld("edit_file"):
            self._warn(why)
            return
        self._screen.run_worker(self._opened(problem), group="outside", exclusive=True)

    async def _opened(self, problem: Problem) -> None:
        try:
            named = edited_file.editor()
        except EditorError as error:
            self._warn(plain(str(error)))
            return
        try:
            file = problem.file.absolute()  # whose name may begin as an option does
            command = editor_at_line.at_line(named, file, problem.line, problem.column)
            code = await editor_at_line.edit(self._screen.app, command)
        except (OSError, ValueError, SuspendNotSupported) as error:
            why = files.why(error) if isinstance(error, OSError) else one_line(str(error))
            self._warn(f"“{one_line(named[0])}” could not be started: {why}.")
            return
        self._edited()
        if code:
            self._warn(f"The editor {edited_file.ended(code)}.")

    def _warn(self, words: str) -> None:
        self._screen.app.notify(words, severity="warning", timeout=15)
