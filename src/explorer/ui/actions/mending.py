"""A dataset that cannot be opened yet: its problems are listed until the last is mended."""

from __future__ import annotations

from collections.abc import Callable

from explorer.dataset.problems import DatasetError
from explorer.dataset.watch import Watch
from explorer.dataset.watched import Watched
from explorer.record.index import Index
from explorer.ui import key_words
from explorer.ui.actions.problem_actions import Around, ProblemActions
from explorer.ui.app_services import app_services

_TITLE = "Not opened yet: "
_WAITS = "It opens as soon as the last is mended; {problems:close} leaves"


class Mending:
    """Waits for a person to mend what keeps a dataset from being opened."""

    def __init__(
        self,
        screen: Around,
        files: Watched,
        leave: Callable[[DatasetError], None],
        mended: Callable[[], None],
    ) -> None:
        """`leave` is called when the person waits no longer, `mended` when nobody has to."""
        self._screen = screen
        self._leave = leave
        self._mended = mended
        self._watch = Watch(files, self)
        self._list = ProblemActions(screen, self._watch.look_now)

    def begin(self, error: DatasetError) -> None:
        """List what is wrong."""
        self._error = error
        app = self._screen.app
        ahead = app_services(app).ahead
        ahead.drop()  # what was typed is not meant for a list that opens by itself
        ahead.let_go()
        if app_services(app).reach.withheld("problems"):
            self._ask_to_wait()
        else:
            waits = key_words.said(_WAITS)
            self._list.show(error.problems, self._left, title=_TITLE, waits=waits)
        self._watch.begin()

    def _ask_to_wait(self) -> None:
        """What is wrong, and where, is for others to see."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        self._screen.app.push_screen(
            Confirm(
                "The files of this record have problems just now. It opens by itself as soon as "
                "whoever serves it has mended them.",
                "",
                Answer("leave", "l", "Leave"),
            ),
            lambda _: self._left(),
        )

    def _left(self) -> None:
        self._leave(self._error)

    def close(self) -> None:
        """Nobody waits any more."""
        self._watch.stop()

    # What the watch says, on a thread of its own.

    def reads(self, words: str) -> None:
        """Those who wait here have something else to look at."""

    def read(self, index: Index) -> None:  # noqa: ARG002 -- it is kept, and read with the notes
        self._screen.app.call_later(self._end)

    def failed(self, error: DatasetError) -> None:
        self._screen.app.call_later(self._have, error)

    def _have(self, error: DatasetError) -> None:
        self._error = error
        self._list.look_at(error.problems)

    def _end(self) -> None:
        self._watch.stop()
        app = self._screen.app
        while app.screen is not self._screen and len(app.screen_stack) > 1:
            app.pop_screen()
        self._mended()
