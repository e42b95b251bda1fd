"""The far end of the pseudo-terminal: what a person would see, and the answers it sends."""

from __future__ import annotations

import codecs
import re

import pyte

_CONTROL = re.compile(r"\x1b\[([<=>?]?)([0-9;:]*)([ $]?)([@-~])")
_UNFINISHED = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ $]?)?$")
_BEGIN = "\x1b[?2026h"
_BREAK = re.compile(r"(?=\x1b\[\?2026h)|(?<=\x1b\[\?2026l)|(?=\x1b\[6n)")
"""Where to stop and look: at both ends of an update, and where the cursor's place is asked for."""
_CHARACTER = re.compile(r"[^\x00-\x1f\x7f]")

_ANSWERS = {
    "c": "\x1b[?62;22c",  # what are you? A VT220 with colours
    "0c": "\x1b[?62;22c",
    ">c": "\x1b[>1;10;0c",
    ">0c": "\x1b[>1;10;0c",
    ">q": "\x1bP>|bench\x1b\\",  # name and version
    ">0q": "\x1bP>|bench\x1b\\",
    "5n": "\x1b[0n",  # all well?
    "?u": "\x1b[?0u",  # the kitty keyboard protocol: known, nothing switched on
    "?2026$p": "\x1b[?2026;2$y",  # synchronized updates: known, off
}


class Terminal:
    """A screen that knows when it visibly changed.

    What is drawn within a synchronized update shows when the update ends, all at once,
    as in any terminal that knows mode 2026.
    """

    def __init__(self, columns: int, lines: int) -> None:
        self.answers = ""
        """What is to be sent back."""
        self.is_application = False
        """Whether cursor keys are to be sent as applications such as those of curses ask for."""
        self.repaints = 0
        """Synchronized updates so far that drew something, if only what stood there.

        A single character is none: so a cursor blinks, by itself and at any time.
        """
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._unfinished = ""
        self._updating = False
        self._drawn = 0
        self._shown = {line: self._cells(line) for line in range(lines)}
        self._screen.dirty.clear()

    @property
    def text(self) -> str:
        """The characters on screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def blank(self) -> bool:
        """True until there is something to read."""
        return not any(cell.data.strip() for row in self._shown.values() for cell in row)

    def feed(self, data: bytes) -> bool:
        """Take output in. True when what a person sees has changed."""
        text = self._unfinished + self._decoder.decode(data)
        cut = _UNFINISHED.search(text)
        self._unfinished = cut[0] if cut else ""
        changed = False
        for part in _BREAK.split(text.removesuffix(self._unfinished)):
            inside = self._updating or part.startswith(_BEGIN)
            self._stream.feed(_CONTROL.sub(self._heed, part))
            if inside:
                self._drawn += len(_CHARACTER.findall(_CONTROL.sub("", part)))
            if not self._updating:
                self.repaints += self._drawn > 1
                self._drawn = 0
                changed |= self._show()
        return changed

    def _show(self) -> bool:
        drawn = {line: self._cells(line) for line in self._screen.dirty}
        self._screen.dirty.clear()
        changed = any(self._shown[line] != row for line, row in drawn.items())
        self._shown.update(drawn)
        return changed

    def _heed(self, control: re.Match[str]) -> str:
        """Answer a question, drop what pyte would draw as text, pass the rest on."""
        prefix, numbers, middle, final = control.groups()
        asked = control[0].removeprefix("\x1b[")
        if asked in ("?2026h", "?2026l"):
            self._updating = final == "h"
        elif asked in ("?1h", "?1l"):
            self.is_application = final == "h"
        elif asked == "6n":
            at = self._screen.cursor
            self.answers += f"\x1b[{at.y + 1};{at.x + 1}R"
        elif asked in _ANSWERS:
            self.answers += _ANSWERS[asked]
        elif middle == "$" and final == "p":
            self.answers += f"\x1b[{prefix}{numbers};0$y"  # any other mode: unknown
        elif not middle and (not prefix or (prefix == "?" and final in "hl")):
            return control[0]
        return ""

    def _cells(self, line: int) -> tuple[pyte.screens.Char, ...]:
        row = self._screen.buffer[line]
        return tuple(row[column] for column in range(self._screen.columns))
