"""Words on the lines of a screen: a caret that goes from word to word, and what is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rich.cells import cell_len

# A character of Chinese, Japanese or Korean is a word of its own; others run to a blank.
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
_AROUND = 40
_NEAR = 12
"""Words on either side by which marked words are known again."""


_LABEL = 5
"""A label has fewer words."""
_CERTAIN = 3
"""So many words after a label are not a record's own by chance."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the cells it stands on."""

    line: int
    left: int
    right: int
    text: str
    follows: str
    """What stands between it and the word before: a blank or nothing."""


class WordSelection:
    """The words of some lines, with a caret on one and perhaps a mark on another."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words = list(_words(lines))
        self.caret = 0
        self.mark: int | None = None

    def __bool__(self) -> bool:
        return bool(self._words)

    @property
    def here(self) -> Word:
        """The word under the caret."""
        return self._words[self.caret]

    def go(self, place: int) -> None:
        """Put the caret on a word by its number, as far as there are any."""
        self.caret = max(0, min(place, len(self._words) - 1))

    def go_to(self, line: int, column: int = 0) -> None:
        """Put the caret on the word nearest to a cell."""
        if self._words:
            self.caret = min(
                range(len(self._words)),
                key=lambda n: (abs(self._words[n].line - line), self._away(n, column)),
            )

    def go_to_own(self, is_own: Callable[[str], bool]) -> None:
        """Put the caret on the first words from its line on that are a record's own.

        Where there are none it goes back to the last before, and else stays. What stands
        ahead of a record's words in a line, as a label does, is passed over.
        """
        lines: dict[int, list[int]] = {}
        for number, word in enumerate(self._words):
            lines.setdefault(word.line, []).append(number)
        here = self.here.line if self._words else 0
        before = sorted((line for line in lines if line < here), reverse=True)
        for line in (*(line for line in lines if line >= here), *before):
            if (own := self._own_in(lines[line], is_own)) is not None:
                self.caret = own
                return

    def _own_in(self, line: Sequence[int], is_own: Callable[[str], bool]) -> int | None:
        """The first word of a line from which all of it is a record's own."""
        for ahead, first in enumerate(line[:_LABEL]):
            rest = self._words[first : line[-1] + 1]
            if (ahead == 0 or len(rest) >= _CERTAIN) and is_own(_joined(rest)):
                return first
        return None

    def _away(self, number: int, column: int) -> int:
        word = self._words[number]
        return max(word.left - column, column - word.right + 1, 0)

    def go_lines(self, way: int) -> None:
        """Go to the nearest word on a line above or below that has any."""
        if not self._words:
            return
        here = self.here
        lines = sorted({word.line for word in self._words}, reverse=way < 0)
        beyond = [line for line in lines if (line - here.line) * way > 0]
        if beyond:
            self.go_to(beyond[0], here.left)

    @property
    def marked(self) -> tuple[Word, ...]:
        """The words from the mark to the caret; the one under the caret without a mark."""
        other = self.caret if self.mark is None else self.mark
        first, last = sorted((self.caret, other))
        return tuple(self._words[first : last + 1])

    @property
    def text(self) -> str:
        """What is marked, as running text."""
        return _joined(self.marked)

    @property
    def around(self) -> tuple[str, str]:
        """Some text before and after what is marked."""
        other = self.caret if self.mark is None else self.mark
        first, last = sorted((self.caret, other))
        before = _joined(self._words[max(first - _AROUND, 0) : first])
        after = _joined(self._words[last + 1 : last + 1 + _AROUND])
        return before[-_AROUND:], after[:_AROUND]

    def again(self, lines: Sequence[str]) -> WordSelection | None:
        """The same words marked on other lines: of several places the one between like words.

        None when the words do not stand there.
        """
        first, last = sorted((self.caret, self.caret if self.mark is None else self.mark))
        found = WordSelection(lines)
        were = [word.text for word in self._words]
        there = [word.text for word in found._words]
        wanted = were[first : last + 1]
        places = [n for n in range(len(there)) if there[n : n + len(wanted)] == wanted]
        if not wanted or not places:
            return None

        def likeness(place: int) -> tuple[int, int]:
            after = _alike(were[last + 1 :], there[place + len(wanted) :])
            before = _alike(were[first - 1 :: -1] if first else [], there[:place][::-1])
            return before + after, -abs(place - first)

        moved = max(places, key=likeness) - first
        found.caret = self.caret + moved
        found.mark = self.mark + moved if self.mark is not None else None
        return found

    def cells(self, line: int) -> tuple[int, int] | None:
        """The cells of a line that are marked, from the first to before the last."""
        there = [word for word in self.marked if word.line == line]
        return (there[0].left, there[-1].right) if there else None


def _words(lines: Sequence[str]) -> list[Word]:
    found: list[Word] = []
    for number, line in enumerate(lines):
        end = -1
        for match in _WORD.finditer(line):
            blank = match.start() != end and not (end < 0 and _is_wide(found, match[0]))
            left = cell_len(line[: match.start()])
            right = left + cell_len(match[0])
            found.append(Word(number, left, right, match[0], " " if blank and found else ""))
            end = match.end()
    return found


def _is_wide(before: list[Word], text: str) -> bool:
    """Whether a line breaks between two characters that no blank divides."""
    wide = re.compile(rf"[{_WIDE}]")
    return bool(before and wide.match(before[-1].text[-1]) and wide.match(text[0]))


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """How many words are the same at the beginning, of as many as matter."""
    pairs = zip(some[:_NEAR], others, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _joined(words: Sequence[Word]) -> str:
    return "".join(w.follows + w.text for w in words).strip()
