"""The loop: a prompt, a line, and what is to be read then. Nothing else is ever written."""

from __future__ import annotations

import os
import re
import shutil
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TextIO

from explorer import settings
from explorer.linear.visit import Visit
from explorer.record.model import Ref
from explorer.text.cells import cells_of, width
from explorer.text.sanitize import plain
from explorer.values import dataclass

USUAL_WIDTH, LEAST_WIDTH = 80, 20
OFF = "off"
_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O[A-Za-z])")
"""What a terminal sends for an arrow and its like, where lines are typed whole."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where lines come from and go to."""

    source: TextIO
    out: TextIO
    is_asked: bool
    """Whether a person types the lines: only then is there something to wait for."""


def usual_width(environment: Callable[[str], str | None] = os.environ.get) -> int:
    """How wide lines are when nothing was set: COLUMNS, the terminal's own width, or 80."""
    said = environment("COLUMNS") or ""
    if said.isdecimal():
        return int(said[:5])  # 0: as long as they come
    found = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
    return found if found > 0 else USUAL_WIDTH


class Conversation:
    """A visit at a terminal or in a pipe."""

    def __init__(self, visit: Visit, ends: Ends) -> None:
        self._visit = visit
        self._ends = ends
        self.width = _number(str(settings.read().value("wrap")), usual_width())
        self.page = _number("", _usual_page()) if ends.is_asked else 0
        self._asked = ""
        """The prompt that waits for a line now."""
        self._next: str | None = None
        """What was typed where more could have been read."""
        visit.session.deeds["wrap"] = self._set_width
        visit.session.deeds["page"] = self._set_page

    def run(self, shown: Ref | None = None) -> None:
        """Go on until the person leaves, or no more lines come."""
        with self._asking_again_when_back():
            self._run(shown)

    @contextmanager
    def _asking_again_when_back(self) -> Iterator[None]:
        """Print the prompt anew after Ctrl+Z and “fg”, which show what stood there no more."""
        number = getattr(signal, "SIGCONT", None)  # Windows has none
        is_main = threading.current_thread() is threading.main_thread()
        if number is None or not (self._ends.is_asked and is_main):
            yield
            return
        before = signal.signal(number, lambda *_: self._ask_again())
        try:
            yield
        finally:
            signal.signal(number, before)

    def _ask_again(self) -> None:
        if self._asked:
            self._write(f"\n{self._asked}: ", end="")

    def _run(self, shown: Ref | None) -> None:
        session = self._visit.session
        try:
            self._answer(partial(self._visit.begin, shown))
            was_broken_off = False
            while not session.is_over:
                try:
                    line = self._line(session.prompt)
                except KeyboardInterrupt:
                    self._write("")
                    if was_broken_off:
                        break
                    was_broken_off = session.mode is None
                    self._print(session.broken_off())
                    if was_broken_off:
                        self._print(["Ctrl+C once more leaves, and so does q."])
                    continue
                was_broken_off = False
                if line is None:
                    self._at_end()
                    if not self._ends.is_asked:
                        break
                    continue
                self._answer(partial(session.take, line))
        finally:
            # Whatever ends it, what is being written is kept.
            left = session.broken_off()
            self._visit.close()
        self._print(left)

    def _answer(self, words: Callable[[], list[str]]) -> None:
        """Work out what is to be read, and print it; Ctrl+C stops either."""
        try:
            self._print(words())
        except KeyboardInterrupt:
            self._write("")
            self._visit.session.said()
            self._print(["Stopped."])

    def _at_end(self) -> None:
        """Ctrl+D, or the end of what is piped in."""
        session = self._visit.session
        if self._ends.is_asked:
            self._write("")
            self._print(session.ended())
        else:
            self._print(session.broken_off())

    # In and out.

    def _line(self, prompt: str) -> str | None:
        """The next line; None when there is none."""
        if self._next is not None:
            line, self._next = self._next, None
            return line
        line = self._read(prompt)
        if not line:
            if not self._ends.is_asked:
                self._write("")
            return None
        line = line.rstrip("\r\n")
        if not self._ends.is_asked:
            self._write(plain(line))  # as a terminal would have shown what was typed
            return line
        without = _KEYS.sub("", line)
        if without != line and not without.strip():
            self._print(["Arrows and other keys do nothing here: type words and Enter."])
            return self._line(prompt)
        return without

    def _read(self, prompt: str) -> str:
        """What is typed behind a prompt, with its end; nothing at the end of all lines."""
        self._write(f"{prompt}: ", end="")
        self._asked = prompt
        try:
            return self._ends.source.readline()
        finally:
            self._asked = ""

    def _print(self, lines: Iterable[str]) -> None:
        """Print lines as wide as they may be, and stop after a page of them."""
        printed = 0
        for line in self._wrapped(lines):
            if self.page and printed >= self.page:
                typed = self._typed_for_more()
                if typed is None or typed.strip():
                    self._next = typed
                    return
                printed = 0
            self._write(line)
            printed += 1

    def _typed_for_more(self) -> str | None:
        line = self._read("Enter for more, or a command")
        if not line:
            self._write("")
            return None
        return _KEYS.sub("", line.rstrip("\r\n"))

    def _wrapped(self, lines: Iterable[str]) -> Iterator[str]:
        for text in lines:
            for line in plain(text).split("\n"):
                yield from wrapped(line, self.width)

    def _write(self, text: str, end: str = "\n") -> None:
        self._ends.out.write(f"{text}{end}")
        self._ends.out.flush()

    # Settings.

    def _set_width(self, typed: str) -> None:
        session = self._visit.session
        if typed:
            self.width = _said(session.say, typed, self.width, "wrap")
            settings.keep("wrap", OFF if not self.width else str(self.width))
        shown = f"at {self.width} characters" if self.width else "nowhere: lines are left whole"
        session.say(f"Lines are broken {shown}. “wrap 40” and “wrap off” set it, and it is kept.")

    def _set_page(self, typed: str) -> None:
        session = self._visit.session
        if typed:
            self.page = _said(session.say, typed, self.page, "page")
        shown = f"after {self.page} lines" if self.page else "nowhere"
        session.say(f"Long answers stop {shown}. “page 20” and “page off” set it for this visit.")


def wrapped(line: str, room: int) -> Iterator[str]:
    """A line in pieces of so many cells, broken at blanks; addresses stay whole."""
    if not room or width(line) <= room:
        yield line
        return
    kept, used = "", 0
    for word in line.split(" "):
        begun = room - used - 1 if kept and width(word) > room else room
        *whole, last = _in_pieces(word, room, begun) if not word.isascii() else [word]
        cells = width(whole[0]) if whole else width(last)
        if kept and used + 1 + cells > room:
            yield kept
            kept = ""
        for piece in whole:
            yield f"{kept} {piece}" if kept else piece
            kept = ""
        cells = width(last)
        kept, used = (f"{kept} {last}", used + 1 + cells) if kept else (last, cells)
    yield kept


def _in_pieces(word: str, room: int, begun: int) -> list[str]:
    """A word, or a run of Chinese, which has no blanks: in pieces that there is room for.

    The first is as long as a line that has begun has room.
    """
    pieces, used = [""], room - (begun if begun > room // 4 else room)
    for character in word:
        cells = cells_of(character)
        if used + cells > room:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += cells
    return pieces


def _number(said: str, otherwise: int) -> int:
    if said == OFF:
        return 0
    return max(int(said[:5]), LEAST_WIDTH) if said.isdecimal() else otherwise


def _said(say: Callable[..., None], typed: str, now: int, what: str) -> int:
    """A number that was typed, 0 for off; the one in force, having said so, when it is none."""
    if typed.casefold() in (OFF, "0", "none"):
        return 0
    least = LEAST_WIDTH if what == "wrap" else 1
    if typed.isdecimal() and int(typed[:5]) >= least:
        return int(typed[:5])
    say(f"Say a number from {least} on, or “off”: “{what} 40”.")
    return now


def _usual_page() -> int:
    """As many lines as the terminal shows, less one for the prompt."""
    return max(shutil.get_terminal_size((USUAL_WIDTH, 24)).lines - 2, 5)
