"""What the terminal sends, read in a thread of its own: whatever it is, reading goes on.

Textual takes for granted that all of it is UTF-8 and makes sense, and that it ends only
with the app. Here bytes that are no text are dropped, a sequence that its parser fails on
costs only itself, and `gone` is called once, when the terminal has ended.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import sys
import termios
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Thread

from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.message import Message

assert sys.platform != "win32", "Textual's own driver is used there"

_TICK = 0.1
"""Seconds after which it is seen whether a lone escape is the key, and whether to stop."""
_SILENCE = 5.0
"""Seconds without input after which a paste whose end did not come counts as ended."""
_PATIENCE = 0.5
"""Seconds to wait for the thread; it may be kept by a program that reads here too."""
_AT_ONCE = 4096

_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_ENDLESS_BEGINS = f"\x1b[{'0' * 40}"
_ENDLESS = re.compile(r"\x1b\[[0-?]{40,}[ -/]*\Z")
_ANSWERS = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # of colours, of the clipboard
    r"|\x1b[PX^_][^\x1b]*\x1b\\"  # of names and settings
    r"|\x1b\[[>=?][0-9;:]*[A-Za-z]"  # of kinds and versions
    r"|\x1b\[[0-?]{40,}[ -/]*[@-~]?"  # of nothing that is known
)
_REPLACED = "\N{REPLACEMENT CHARACTER}"
# Reports of the mouse in the oldest form, which no setting of ours asks for and old
# terminals send nevertheless: three bytes, mostly no text, follow the letter.
_OLD_MOUSE = re.compile(rb"\x1b\[M[\s\S]{3}")
_OLD_MOUSE_BEGUN = re.compile(rb"\x1b\[M[\s\S]{0,2}\Z")


class TerminalInput:
    """Reads from a terminal and hands on what was done there, until it is stopped."""

    def __init__(
        self, fileno: int, hand_on: Callable[[Message], None], gone: Callable[[], None]
    ) -> None:
        """`gone` is called when the terminal is there no more; both from the thread."""
        self._fileno = fileno
        self._hand_on = hand_on
        self._gone = gone
        self._stopped = Event()
        self._understanding = Understanding()
        # A daemon, so that a read that never returns does not keep the program alive.
        self._thread = Thread(target=self._run, name="terminal-input", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Read no more."""
        self._stopped.set()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        heard: float | None = time.monotonic()
        while not self._stopped.is_set():
            try:
                is_there = bool(select.select([self._fileno], [], [], _TICK)[0])
                data = os.read(self._fileno, _AT_ONCE) if is_there else b""
                if is_there and not data:
                    # Also how a terminal that is no longer raw gives back a Ctrl+D.
                    termios.tcgetattr(self._fileno)
                    self._stopped.wait(_TICK)
            except BlockingIOError:  # another program took it, or left the terminal so
                continue
            except (OSError, ValueError, termios.error):
                self._gone()
                return
            if data:
                heard = time.monotonic()
                self._pass(self._understanding.of(data))
            else:
                is_long = heard is not None and time.monotonic() - heard > _SILENCE
                heard = None if is_long else heard
                self._pass(self._understanding.of_silence(is_long=is_long))

    def _pass(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._hand_on(message)


class Understanding:
    """Makes keys, clicks and pastes of bytes; of any bytes."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._begun = b""
        """The beginning of a report of the mouse, whose rest is still to come."""
        self._pasted: str | None = None
        """What is being pasted, whose end is still to come."""
        self._is_endless = False
        """Whether a sequence far longer than any that is known has not ended yet."""

    def of(self, data: bytes) -> Iterator[Message]:
        """What these bytes say, after those that came before."""
        data = _OLD_MOUSE.sub(b"", self._begun + data)
        begun = _OLD_MOUSE_BEGUN.search(data)
        self._begun = begun[0] if begun else b""
        text = self._decode(data.removesuffix(self._begun))
        while text:
            if self._pasted is None:
                keys, begins, text = text.partition(_PASTE_BEGINS)
                yield from self._typed(self._without_answers(keys))
                self._pasted = "" if begins else None
            else:
                # Nothing in it is a key, whatever it looks like.
                pasted, ends, text = (self._pasted + text).partition(_PASTE_ENDS)
                self._pasted = None if ends else pasted
                if ends:
                    yield Paste(pasted.replace("\0", ""))

    def of_silence(self, *, is_long: bool) -> Iterator[Message]:
        """What it says that nothing came: a lone escape is the key of that name."""
        self._begun, self._is_endless = b"", False
        yield from self._sound(self._parser.tick())
        if is_long:
            yield from self.of(_PASTE_ENDS.encode())

    def _typed(self, keys: str) -> Iterator[Message]:
        # One character at a time, so that only what is not understood is lost.
        for character in keys:
            yield from self._sound(self._parser.feed(character))

    def _without_answers(self, text: str) -> str:
        """Without what terminals say of themselves, which would count as so many keys.

        Nothing here asks for it, but a program that had the terminal before may have.
        """
        if self._is_endless:
            text = _ENDLESS_BEGINS + text
        self._is_endless = _ENDLESS.search(text) is not None
        return _ANSWERS.sub("", text)

    def _sound(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            for message in messages:
                if not (isinstance(message, Key) and message.character == _REPLACED):
                    yield message
        except Exception:  # noqa: BLE001 -- whatever is sent must not end the program
            self._parser = XTermParser()
