"""What is written to the terminal: as little as may be, and never so that it shows otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from explorer.ui.system.drawn import Drawn

CONSOLE = Console(color_system="truecolor", width=80, force_terminal=True)
WIDTH, LINES = 30, 5
STYLES = [
    None,
    Style(),
    Style(color="#aabbcc", bgcolor="#101010"),
    Style(color="#aabbcc", bgcolor="#303030"),
    Style(color="#ccbbaa", bgcolor="#101010", bold=True),
    Style(italic=True, underline=True),
    Style(reverse=True, meta={"ref": "issue:x"}),
]
LETTERS = ["a", "b", " ", " ", "é", "“", "─", "│", "✗", "关", "税", "ｋ"]
DISPUTED = ["⚠️", "👩‍💻", "e\u0301", "⌚", "ไ"]
"""Characters of which terminals do not agree how many cells they take."""


class Far:
    """A terminal at the far end, which shows what was written."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, LINES)
        self._screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.Stream(self._screen)

    def draw(self, text: str) -> None:
        self._stream.feed(text)

    @property
    def cells(self) -> list[list[object]]:
        rows = (self._screen.buffer[line] for line in range(LINES))
        return [[row[column] for column in range(WIDTH)] for row in rows]


class Screens:
    """Makes up what is on the screen, one thing after another, as Textual has it."""

    def __init__(self, chance: Random, letters: Sequence[str] = LETTERS) -> None:
        self._chance = chance
        self.letters = letters
        self._cut()

    def some(self, count: int) -> Iterator[CompositorUpdate]:
        for _ in range(count):
            if self._chance.randrange(4):
                yield self._part()
            else:
                self._cut()
                yield self.whole()

    def change(self) -> None:
        """Let every widget with letters of before show something else."""
        for chops in self._chops:
            for left, strip in chops.items():
                if not set(strip.text) <= set(self.letters):
                    chops[left] = self._strip(strip.cell_length)

    def _cut(self) -> None:
        """Let widgets begin and end in other places."""
        count = self._chance.randrange(1, 5)
        self._cuts = [
            sorted({0, WIDTH, *self._chance.choices(range(1, WIDTH), k=count)})
            for _ in range(LINES)
        ]
        self._chops = [
            {left: self._strip(end - left) for left, end in pairwise(cuts)} for cuts in self._cuts
        ]

    def whole(self) -> LayoutUpdate:
        return LayoutUpdate(
            [list(chops.values()) for chops in self._chops], Region(0, 0, WIDTH, LINES)
        )

    def _part(self) -> ChopsUpdate:
        """Some of it, and some of that changed."""
        spans, drawn = [], []
        for line, (cuts, chops) in enumerate(zip(self._cuts, self._chops, strict=True)):
            drawn.append(dict.fromkeys(chops))
            if not self._chance.randrange(2):
                continue
            first = self._chance.randrange(len(cuts) - 1)
            last = self._chance.randrange(first + 1, len(cuts))
            spans.append((line, cuts[first], cuts[last]))
            for left, end in zip(cuts[first:last], cuts[first + 1 :], strict=False):
                if self._chance.randrange(2):
                    chops[left] = self._strip(end - left)
                drawn[-1][left] = chops[left]
        return ChopsUpdate(drawn, spans or [(0, 0, 0)], [cuts[1:] for cuts in self._cuts])

    def _strip(self, width: int) -> Strip:
        segments: list[Segment] = []
        left = width
        while left:
            text = "".join(self._chance.choices(self.letters, k=self._chance.randrange(1, 9)))
            strip = Strip([Segment(text, self._chance.choice(STYLES))]).crop(0, left)
            segments += strip
            left -= strip.cell_length
        return Strip(segments, width)


@given(seed=st.integers(0, 10**9))
def test_the_terminal_shows_what_it_would_show_if_all_was_written(seed):
    chance = Random(seed)
    drawn, screens = Drawn(), Screens(chance)
    whole, less = Far(), Far()
    for step, update in enumerate(screens.some(12)):
        whole.draw(update.render_segments(CONSOLE))
        less.draw(drawn.changes(update).render_segments(CONSOLE))
        assert less.cells == whole.cells, f"after step {step}"


@given(seed=st.integers(0, 10**9))
def test_nothing_stays_of_what_terminals_do_not_agree_about(seed):
    chance = Random(seed)
    drawn, screens, terminal = Drawn(), Screens(chance, [*LETTERS, *DISPUTED]), Far()
    for update in screens.some(12):
        terminal.draw(drawn.changes(update).render_segments(CONSOLE))
    screens.letters = LETTERS
    screens.change()
    terminal.draw(drawn.changes(screens.whole()).render_segments(CONSOLE))
    expected = Far()
    expected.draw(screens.whole().render_segments(CONSOLE))
    assert terminal.cells == expected.cells


def written(drawn: Drawn, lines: Sequence[Strip]) -> str:
    width = max(line.cell_length for line in lines)
    update = LayoutUpdate([[line] for line in lines], Region(0, 0, width, len(lines)))
    return drawn.changes(update).render_segments(CONSOLE)


def line(*parts: tuple[str, str]) -> Strip:
    return Strip([Segment(text, Style.parse(style)) for text, style in parts])


def test_what_is_there_already_is_not_written():
    drawn = Drawn()
    written(drawn, [line(("some words", "bold")), line(("and more", ""))])
    assert written(drawn, [line(("some words", "bold")), line(("and more", ""))]) == ""


def test_only_the_cells_that_change_are_written():
    drawn = Drawn()
    written(drawn, [line(("the old words of it", "#111111"))])
    again = written(drawn, [line(("the new words of it", "#111111"))])
    assert again == "\x1b[1;5H\x1b[0;38;2;17;17;17;49mnew\x1b[0m"


def test_a_style_that_goes_on_is_said_once():
    drawn = Drawn()
    text = written(drawn, [line(("one ", "#111111"), ("two", "#111111")), line(("x", "#111111"))])
    assert text.count("38;2;17;17;17") == 1


def test_of_a_style_only_what_changes_is_said():
    text = written(Drawn(), [line(("a", "#111111 on #222222"), ("b", "#333333 on #222222"))])
    assert text.endswith("a\x1b[38;2;51;51;51mb\x1b[0m")


def test_all_is_written_when_the_terminal_may_show_anything():
    drawn = Drawn()
    first = written(drawn, [line(("some words", "bold"))])
    drawn.forget()
    assert written(drawn, [line(("some words", "bold"))]) == first


@pytest.mark.parametrize("sign", DISPUTED)
def test_what_terminals_do_not_agree_about_is_always_written_whole(sign):
    drawn = Drawn()
    first = written(drawn, [line((f"one {sign} two", ""))])
    assert written(drawn, [line((f"one {sign} two", ""))]) == first
    after = written(drawn, [line(("one  two", ""))])
    assert "one  two" in after, "nothing of what it may have left stays"


def test_a_wide_character_is_written_again_when_half_of_it_was_overwritten():
    drawn = Drawn()
    written(drawn, [line(("a关b", ""))])
    half = ChopsUpdate([{0: None, 2: line(("x", ""))}], [(0, 2, 3)], [[2, 3]])
    drawn.changes(half).render_segments(CONSOLE)
    assert "关" in written(drawn, [line(("a关b", ""))])
