"""Reading a dataset again whenever its files have changed, while somebody looks at it.

The files are asked how they are. What systems offer to be called when a file changes says
nothing of network disks and of those shared with another system, and a few dozen files are
asked in a twentieth of a millisecond.

What is being written is left alone until it rests. What is wrong then is only said when it
stays so for a moment, and what is read while files change is read again.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from explorer.dataset import apart, load, overlay
from explorer.dataset.problems import DatasetError, Problem
from explorer.dataset.progress import Progress, Stopped
from explorer.dataset.watched import State, Watched
from explorer.record.index import Index
from explorer.text.sanitize import one_line

_EVERY = 0.25
"""Seconds between two looks at the files."""
_OFTEN, _FOR = 0.1, 60
"""The same once somebody has written in them, and while they are read; and for how long."""
_SELDOM = 1.0
"""The same of files that are not the reader's own, and that nobody has written in lately."""
_REST = 0.05
"""Seconds in which files do not change that are no longer being written."""
_STAYS = 0.3
"""Seconds in which what is wrong is not mended by whoever writes it, a program perhaps."""
_SHARE = 100
"""Of the time there is, looking takes no more than one part in so many: a disk may be slow."""


class Hears(Protocol):
    """Is called when files have changed, on a thread of its own."""

    def reads(self, words: str) -> None:
        """They are being read, and what is done now."""

    def read(self, index: Index) -> None:
        """They were read, and have no problems."""

    def failed(self, error: DatasetError) -> None:
        """They were read, and have problems."""


class Watch:
    """See the module."""

    def __init__(self, files: Watched, hears: Hears) -> None:
        self._files = files
        self._hears = hears
        self._known: State = files.state
        """How the files were when what is shown was read, or what is wrong was said."""
        self._woken = Event()
        self._is_over = False
        self._every = _EVERY
        self._written = 0.0
        """When somebody was last seen to have written in them, on a clock of its own."""
        self._own: Path | None = None
        """The folder of the overlay that is read with them."""
        self._progress: Progress | None = None
        """A process that will read them when it is told to, or does it."""

    def begin(self) -> None:
        """Look from now on."""
        Thread(target=self._run, name="watch", daemon=True).start()

    def stop(self) -> None:
        """Look no longer, and end what reads; waits for nothing."""
        self._is_over = True
        self._woken.set()
        if self._progress is not None:
            self._progress.stop()

    def look_now(self) -> None:
        """Look at once, and not a moment later."""
        self._woken.set()

    def _run(self) -> None:
        is_lately, is_own = self._files.were_written_lately(), True
        with suppress(DatasetError, OSError):  # they may be gone meanwhile
            is_own = not overlay.is_needed(self._files.path)
        if is_own and is_lately:
            self._make_ready()
        elif not is_lately and not is_own:
            self._every = _SELDOM
        while not self._is_over:
            began = time.perf_counter()
            if self._written and began - self._written > _FOR:
                self._every, self._written = _EVERY, 0.0
            state = self._files.look()
            took = time.perf_counter() - began
            if state == self._known:
                self._wait(max(self._every, took * _SHARE))
            elif self._takes_up(state):
                self._make_ready()  # who has written will write again, and sees it sooner

    def _wait(self, seconds: float) -> None:
        self._woken.wait(seconds)
        self._woken.clear()

    def _takes_up(self, state: State) -> bool:
        """Read what has changed, once it rests; whether it did until it was read."""
        self._every, self._written = _OFTEN, time.perf_counter()
        self._make_ready()  # which takes as long as the files are given to rest
        state = self._at_rest(state)
        found = self._found(state)
        if found is None or self._is_over or self._files.look() != state:
            return False
        if isinstance(found, Index):
            self._let_hear(found)
        elif self._stays(state):
            self._hears.failed(found)
        else:
            return False
        self._known = state
        return True

    def _let_hear(self, index: Index) -> None:
        try:
            self._hears.read(index)
        except Exception as error:  # noqa: BLE001 -- as above; it may be the old record that fails
            self._hears.failed(self._fault(error))

    def _fault(self, error: Exception) -> DatasetError:
        """An error that nobody expected, as a problem."""
        message = f"cannot be read: {one_line(str(error)) or type(error).__name__}"
        return DatasetError(self._files.path, [Problem(file=self._files.path, message=message)])

    def _at_rest(self, state: State) -> State:
        """How the files are when nobody writes in them any more."""
        while not self._is_over:
            time.sleep(_REST)
            state, before = self._files.look(), state
            if state == before:
                break
        return state

    def _stays(self, state: State) -> bool:
        """Whether files that have a problem stay as they are."""
        until = time.monotonic() + _STAYS
        while not self._is_over and time.monotonic() < until:
            time.sleep(_REST)
            if self._files.look() != state:
                return False
        return not self._is_over

    def _make_ready(self) -> Progress:
        """Have a process that will read the files."""
        if self._progress is None:
            progress = self._progress = Progress()
            path, any_size, own = self._files.path, self._files.any_size, self._own
            progress.watch(apart.made_ready(path, any_size=any_size, own=own), own)
            if self._is_over:  # it was stopped in the same moment
                progress.stop()
        return self._progress

    def _found(self, state: State) -> Index | DatasetError | None:
        """What is in the files; nothing when they change meanwhile, or nobody waits any more."""
        progress = self._make_ready()
        progress.say = self._hears.reads
        found: list[Index | DatasetError] = []

        def read() -> None:
            apart.let_read(progress.process)
            try:
                found.append(self._loaded(progress))
            except DatasetError as error:
                found.append(error)
            except Stopped:
                pass
            except Exception as error:  # noqa: BLE001 -- what is shown stays, whatever this is
                found.append(self._fault(error))

        reading = Thread(target=read, name="read", daemon=True)
        reading.start()
        while reading.is_alive():
            reading.join(_OFTEN)
            if self._is_over or self._files.look() != state:
                progress.stop()
                reading.join()
                found.clear()
        progress.stop()
        self._progress = None
        return found[0] if found else None

    def _loaded(self, progress: Progress) -> Index:
        """What is in them. Raises DatasetError, and Stopped.

        It is also raised when only what the reader added has problems: what was shown of that
        stays too.
        """
        path, any_size, overlays = self._files.path, self._files.any_size, self._files.overlays
        index = load(path, any_size=any_size, progress=progress, overlays=overlays)
        if (additions := index.additions) is not None:
            if additions.problems:
                raise DatasetError(additions.folder, additions.problems)
            self._own = additions.folder if additions.is_read else None
        return index
