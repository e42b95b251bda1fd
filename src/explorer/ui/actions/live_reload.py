"""Showing what the files of the dataset say, as soon as they say something else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from explorer import opening
from explorer.record import labels
from explorer.record.filter_texts import FilterTexts
from explorer.record.index import Index
from explorer.ui.actions.new_data import NewData
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services

if TYPE_CHECKING:
    from explorer.dataset.problems import DatasetError, Problem
    from explorer.dataset.watch import Watch
    from explorer.dataset.watched import Watched
    from explorer.dataset.what_changed import WhatChanged
    from explorer.ui.actions.problem_actions import ProblemActions
    from explorer.ui.messages import Messages

_SOON = 0.6
"""Seconds in which files are mostly read, and nobody needs to know how far that is."""


class Line(Protocol):
    """Where it is said that there are problems."""

    def tell(self, number: int, *, shown: str = ..., is_listed: bool = ...) -> None:
        """Say how many there are, what is shown all the same, and whether they are listed."""


class LiveReload:
    """Shows what is new, and says what is wrong; what was shown before stays meanwhile."""

    def __init__(
        self, screen: RecordScreen, files: Watched | None, data: NewData, line: Line
    ) -> None:
        """Without files there is nothing to watch."""
        self._screen = screen
        self._files = files
        self._data = data
        self._line = line
        self._watch: Watch | None = None
        self._list: ProblemActions | None = None
        self.problems: Sequence[Problem] = ()
        """What keeps the files from being shown as they are now."""
        self._began = 0.0
        """When the reading began that is under way."""
        self._told = ""
        """What was said of it last."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"problems": self.list_problems}

    def begin(self) -> None:
        """Watch the files, once the first screen stands."""
        from explorer.dataset.watch import Watch

        additions = self._screen.view.whole.additions
        if additions is not None and additions.problems:
            self._have(additions.problems)
            without = "What is shown is without what you added."
            self._line.tell(len(additions.problems), shown=without, is_listed=self._is_listed)
        if self._files is not None:
            self._watch = Watch(self._files, self)
            self._watch.begin()

    def close(self) -> None:
        """The screen is left."""
        if self._watch is not None:
            self._watch.stop()

    def look_now(self) -> None:
        """The files may have been changed in this moment."""
        if self._watch is not None:
            self._watch.look_now()

    def list_problems(self) -> None:
        """List what is wrong with the files, to be mended."""
        from explorer.ui.actions.problem_actions import ProblemActions

        if not self.problems:
            self._screen.notify("The files of the dataset have no problems.")
            return
        if self._list is None:
            self._list = ProblemActions(self._screen, self.look_now)
        self._list.show(self.problems)

    # What the watch says, on a thread of its own.

    def reads(self, words: str) -> None:
        self._screen.app.call_later(self._say_how_far, words)

    def read(self, index: Index) -> None:
        from explorer.dataset.what_changed import WhatChanged, what_changed

        view = self._screen.view
        if index.key and index.key == view.whole.key:  # as after a change that was taken back
            self._screen.app.call_later(self._show, index, WhatChanged(), None)
            return
        changed = what_changed(view.whole, index)
        texts = opening.read_beforehand(index, view)
        self._screen.app.call_later(self._show, index, changed, texts)

    def failed(self, error: DatasetError) -> None:
        self._screen.app.call_later(self._have, error.problems)

    # The same, on the thread that draws.

    def _say_how_far(self, words: str) -> None:
        now = time.monotonic()
        self._began = self._began or now
        shown = self._messages.now
        if now - self._began > _SOON and (shown is None or shown.words == self._told):
            self._told = f"{words} …"
            self._screen.notify(self._told)

    @property
    def _is_listed(self) -> bool:
        """Whether whoever sits here may see where the files have problems."""
        return not app_services(self._screen.reading).reach.withheld("problems")

    @property
    def _messages(self) -> Messages:
        return app_services(self._screen.reading).messages

    def _show(self, index: Index, changed: WhatChanged, texts: FilterTexts | None) -> None:
        was_wrong, was_told = bool(self.problems), bool(self._told)
        self._have(())
        said = labels.sentence(str(changed))
        if was_wrong:
            said = f"No problems are left. {said}"
        if texts is not None:
            self._data.show(index, texts, f"{said}{self._of_other_notes(index)}")
        elif was_wrong or was_told:
            self._screen.notify(said)

    def _of_other_notes(self, index: Index) -> str:
        """What is to be said when the notes are no longer those of the dataset."""
        was, now = (i.dataset.negotiation.id for i in (self._screen.view.whole, index))
        if was == now:
            return ""
        return f" Your notes stay with “{was}”; start again for those of “{now}”."

    def _have(self, problems: Sequence[Problem]) -> None:
        """These are the problems now."""
        self.problems = problems
        self._began, self._told = 0.0, ""
        self._line.tell(len(problems), is_listed=self._is_listed)
        if self._list is not None:
            self._list.look_at(problems)
