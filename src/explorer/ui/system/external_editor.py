"""A note in the person's own editor: the terminal is lent to it, and its words come back."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol, cast

from textual.app import App, SuspendNotSupported
from textual.timer import Timer

from explorer import settings
from explorer.errors import NoteError
from explorer.notes import Draft, Drafts, Note, Saved, Words, edited_file
from explorer.notes.edited_file import EditorError, HandedOut, Returned
from explorer.record import labels
from explorer.storage import files, processes
from explorer.text.sanitize import one_line, plain
from explorer.ui.app_services import AppServices
from explorer.values import dataclass

_LOOK = 0.05
"""Seconds between looks whether the editor has ended."""
_LOOKS = 20
"""Looks after which what it has written so far is kept as a draft."""
_LATE = 2.0
"""Seconds between looks at the files of editors that may still be open in a window."""


@dataclass(frozen=True)
class Ways:
    """What is done with words that come back."""

    save: Callable[[Note, Words], Saved]
    """Saves them over the note; raises NoteError. Not for the thread that draws."""
    shown: Callable[[Saved], None]
    reopen: Callable[[Note, Words], None]
    """Opens our own editor with them, unsaved."""
    tell: Callable[[str], None]
    warn: Callable[[str], None]


class Lender(Protocol):
    """A screen of an app that lends its terminal."""

    @property
    def app(self) -> App[Any]: ...

    def run_worker(self, work: Coroutine[Any, Any, None], *, group: str, exclusive: bool) -> object:
        """Run something beside what is drawn."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Call something again and again."""


class Outside:
    """Opens notes in another editor."""

    def __init__(self, screen: Lender, drafts: Drafts, ways: Ways) -> None:
        self._screen = screen
        self._drafts = drafts
        self._ways = ways
        self._late: dict[HandedOut, Note] = {}
        """What editors that ended at once may still change, in a window of their own."""
        self._looking: Timer | None = None

    def open(self, note: Note) -> None:
        """Let the person's own editor have the words of a note, and save what comes back."""
        self._screen.run_worker(self._edit(note), group="outside", exclusive=True)

    async def _edit(self, note: Note) -> None:
        try:
            command = edited_file.editor(settings.editor())
            handed = await asyncio.to_thread(HandedOut, note.text)
        except EditorError as error:
            self._ways.warn(plain(str(error)))
            return
        except OSError as error:
            where = one_line(str(error.filename or "a folder for temporary files"))
            self._ways.warn(f"The note could not be written to {where}: {files.why(error)}.")
            return
        try:
            code = await self._run(command, note, handed)
        except (OSError, ValueError, SuspendNotSupported) as error:
            why = files.why(error) if isinstance(error, OSError) else one_line(str(error))
            self._ways.warn(f"“{one_line(command[0])}” could not be started: {why}.")
            handed.put_away()
            return
        await self._take(note, handed, code)

    async def _run(self, command: list[str], note: Note, handed: HandedOut) -> int:
        """Run the editor until it ends; what it has written by then is never lost."""
        app = cast("AppServices", self._screen.app)
        with app.lend_terminal():
            process = _started(command, handed)
            looks = 0
            try:
                while (code := process.poll()) is None:
                    await asyncio.sleep(_LOOK)
                    looks += 1
                    if looks % _LOOKS == 0:
                        await asyncio.to_thread(self._keep, note, handed)
            except asyncio.CancelledError:  # the app is to end, and the editor gets no more keys
                self._keep(note, handed)
                with suppress(OSError):
                    process.send_signal(processes.HANG_UP)
                app.last_words = (
                    "The note was still open in your editor. What it had written is in "
                    f"{one_line(str(handed.path))}; the next start offers it."
                )
                raise
        return code

    def _keep(self, note: Note, handed: HandedOut) -> bool:
        """Keep as a draft what was written; whether it is safe as such."""
        text = handed.back().text
        if text is None or not text.strip() or not handed.has_changed(text):
            return False
        words = replace(note.words, text=text)
        return self._drafts.keep(Draft(note.ref, words, note.id, note.digest)) is None

    async def _take(self, note: Note, handed: HandedOut, code: int) -> None:
        returned = await asyncio.to_thread(handed.back)
        ended = f"The editor {edited_file.ended(code)}. " if code else ""
        if returned.text is None:
            more = self._cleared(handed, is_well=False)
            stays = "The note stays as it was."
            self._ways.warn(f"{ended}Nothing came back: {returned.trouble}. {stays}{more}")
        elif not handed.has_changed(returned.text):
            await asyncio.to_thread(self._drafts.drop)  # what was written and taken back again
            self._unchanged(note, handed, code)
        elif not returned.text.strip():
            more = self._cleared(handed, is_well=not code)
            empty = "The text came back empty, so the note stays as it was. D deletes it."
            self._ways.warn(f"{ended}{empty}{more}")
        elif code or returned.trouble:
            await self._look_at(note, handed, ended, returned)
        else:
            await self._save(note, handed, returned.text)

    def _unchanged(self, note: Note, handed: HandedOut, code: int) -> None:
        if code:
            more = self._cleared(handed, is_well=False)
            self._ways.warn(f"Nothing was changed; the editor {edited_file.ended(code)}.{more}")
            return
        # It may have opened a window and gone; what is saved there is taken up as well.
        self._ways.tell("Nothing was changed. What is saved in a window still open is taken up.")
        self._late[handed] = note
        if self._looking is None:
            self._looking = self._screen.set_interval(_LATE, self.look)

    async def _look_at(self, note: Note, handed: HandedOut, ended: str, returned: Returned) -> None:
        """Show what came back in our own editor, to be looked at before it is saved."""
        is_kept = await asyncio.to_thread(self._keep, note, handed)
        self._ways.reopen(note, replace(note.words, text=returned.text or ""))
        advice = f"{ended}Look at what it wrote, and save it."
        if returned.trouble:
            advice += (
                f" {labels.sentence(returned.trouble)} As it was written it is in {_at(handed)}."
            )
        elif is_kept:  # else the words stay where the editor wrote them
            advice += self._cleared(handed, is_well=False)
        self._ways.warn(advice)

    async def _save(self, note: Note, handed: HandedOut, text: str) -> None:
        words = replace(note.words, text=text)
        is_kept = await asyncio.to_thread(self._keep, note, handed)
        try:
            saved = await asyncio.to_thread(self._ways.save, note, words)
        except NoteError as error:
            self._ways.reopen(note, words)
            more = "" if is_kept else f" The words are in {_at(handed)} too."
            self._ways.warn(f"{error.title}. {plain(str(error))}{more}")
            if is_kept:
                handed.put_away()
            return
        await asyncio.to_thread(self._drafts.drop)
        self._ways.shown(saved)
        if saved.note.text != text:
            advice = "Saved, but some signs in it cannot stand in a note. As the editor wrote it:"
            self._ways.warn(f"{advice} {_at(handed)}")
            return
        handed.put_away()
        both = "Both are kept: the note had been changed meanwhile."
        self._ways.tell(both if saved.conflict else "Saved.")

    def _cleared(self, handed: HandedOut, *, is_well: bool) -> str:
        """Remove the file; unless the editor has left more than that: then say where."""
        if is_well or not handed.has_more:
            handed.put_away()
            return ""
        return f" What the editor left is in {one_line(str(handed.path.parent))}."

    # Editors that go on in a window of their own.

    def look(self) -> None:
        """Take up what was saved in such a window since it was looked for last."""
        if self._late:
            self._screen.run_worker(self._take_late(), group="late", exclusive=True)

    async def _take_late(self) -> None:
        for handed, note in list(self._late.items()):
            returned = await asyncio.to_thread(handed.back)
            text = returned.text
            if text is None or not text.strip() or not handed.has_changed(text):
                continue
            trouble = labels.sentence(returned.trouble) if returned.trouble else ""
            try:
                if not trouble:
                    words = replace(note.words, text=text)
                    saved = await asyncio.to_thread(self._ways.save, note, words)
                    handed.text, self._late[handed] = text, saved.note
                    self._ways.shown(saved)
                    self._ways.tell("Saved what your editor wrote in a window of its own.")
            except NoteError as error:
                trouble = plain(str(error))
            if trouble:
                del self._late[handed]
                self._ways.warn(f"{trouble} What your editor wrote is in {_at(handed)}.")

    def close(self) -> None:
        """The app ends: what was written late is offered at the next start."""
        for handed, note in self._late.items():
            text = handed.back().text
            is_new = text is not None and text.strip() and handed.has_changed(text)
            if not is_new or self._keep(note, handed):
                handed.put_away()


def _started(command: list[str], handed: HandedOut) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*command, str(handed.path)])


def _at(handed: HandedOut) -> str:
    return one_line(str(handed.path))
