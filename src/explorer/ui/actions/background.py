"""Tasks that may take their time: off the thread that draws, and what came of them on it."""

from __future__ import annotations

from collections.abc import Callable

from explorer.errors import ExplorerError, TakenError, UsageError
from explorer.text.sanitize import plain
from explorer.ui.actions.screen import RecordScreen


class Background:
    """Runs tasks for a screen. What fails is said on it, in a person's words."""

    def __init__(self, screen: RecordScreen) -> None:
        self._screen = screen

    def run(
        self,
        task: Callable[[], None],
        failed: str = "",
        by_force: Callable[[], None] | None = None,
    ) -> None:
        """Run a task off the thread that draws; `failed` is said when it cannot be done.

        `by_force` writes over what stands in the way, once the person says so.
        """

        def tried() -> None:
            try:
                task()
            except TakenError as error:
                if by_force is not None:
                    self.back(self.ask_for_force, error, by_force)
                else:
                    self.back(self.complain, error, failed)
            except ExplorerError as error:
                # A wrong use has no better title than what was to be done.
                title = failed if isinstance(error, UsageError) else error.title
                self.back(self.complain, error, title)

        self._screen.run_worker(tried, thread=True)

    def back(self, call: Callable[..., None], *given: object) -> None:
        """Call something on the thread that draws, from a task."""
        self._screen.app.call_from_thread(call, *given)

    def say(self, words: str, title: str = "", timeout: float | None = None) -> None:
        """Say something, from a task."""
        self.back(lambda: self._screen.notify(words, title=title, timeout=timeout))

    def warn(self, words: str) -> None:
        """Warn of something, from the thread that draws."""
        self._screen.notify(words, severity="warning", timeout=15)

    def complain(self, error: ExplorerError, title: str) -> None:
        """Say what failed, from the thread that draws."""
        self._screen.notify(plain(str(error)), title=title, severity="error", timeout=15)

    def ask_for_force(self, error: TakenError, by_force: Callable[[], None]) -> None:
        """Ask whether to write over what stands in the way, from the thread that draws."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "over":
                by_force()

        reason = plain(str(error)).rpartition(";")[0]  # which is for the command line
        self._screen.app.push_screen(
            Confirm(
                f"{reason}.",
                "",
                Answer("over", "o", "Write over it"),
                Answer("no", "n", "Leave it"),
                start="no",
            ),
            answered,
        )
        self._screen.interrupt()
