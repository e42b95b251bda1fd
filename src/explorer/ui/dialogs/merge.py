"""A note and the copy that was saved beside it, side by side, to be made one again."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from explorer.notes import Note
from explorer.record import clock, labels
from explorer.text.sanitize import plain
from explorer.text.word_diff import difference
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import MERGE, SCROLLING
from explorer.ui.style import Look, fitted
from explorer.ui.widgets.lines import Lines

_LEAST = 70
"""Narrower, the two stand below one another."""


class _Both(Lines):
    """The two texts, with what only the one or the other says."""

    BINDINGS = commands.bindings(SCROLLING)

    def __init__(self, note: Note | None, copy: Note, look: Look) -> None:
        super().__init__()
        self.look = look
        self._note, self._copy = note, copy
        self._lines: list[Text] = []

    def line(self, number: int) -> Text:
        return self._lines[number]

    def on_resize(self) -> None:
        own = self._note.text if self._note else ""
        left, right = _set_apart(plain(own), plain(self._copy.text))
        heads = (
            f"The note, {_when(self._note)}" if self._note is not None else "The note is gone",
            f"The copy, {_when(self._copy)}",
        )
        side_by_side = self.room >= _LEAST
        width = (self.room - 3) // 2 if side_by_side else self.room
        columns = [
            [Text(head, "heading"), Text(), *self.look.wrap(text, width)]
            for head, text in zip(heads, (left, right), strict=True)
        ]
        if side_by_side:
            tall = max(map(len, columns))
            columns = [[*column, *([Text()] * (tall - len(column)))] for column in columns]
            between = Text.assemble((" │ ", "rule"))
            self._lines = [
                between.join([fitted(a, width), b]) for a, b in zip(*columns, strict=True)
            ]
        else:
            self._lines = [*columns[0], Text(), *columns[1]]
        self.set_length(len(self._lines))
        self.refresh()


def _when(note: Note) -> str:
    changed = clock.here(note.changed)
    return f"changed {labels.day(changed.date())} {changed:%H:%M}"


def _set_apart(note: str, copy: str) -> tuple[Text, Text]:
    """Both texts; what only one of them says stands in signs that need no colour."""
    left, right = Text(), Text()
    for theirs, mine in paired(note, copy):
        for words, fate in difference(theirs, mine):
            if fate == "same":
                left.append(words)
                right.append(words)
            elif fate == "removed":
                left.append(f"[–{words.strip()}–] ", "warning")
            else:
                right.append(f"[+{words.strip()}+] ", "found")
        left.append("\n")
        right.append("\n")
    return left, right


def paired(note: str, copy: str) -> Iterator[tuple[str, str]]:
    """Their lines, each with the one that stands in its place."""
    old, new = note.split("\n"), copy.split("\n")
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from zip_longest(old[a:b], new[c:d], fillvalue="")


class Merge(Dialog[str]):
    """Returns `note` to keep the note, `copy` to keep the copy, `both` to write one of both."""

    PLACE = "merge"
    BINDINGS = commands.bindings(MERGE)

    def __init__(self, title: str, note: Note | None, copy: Note, look: Look) -> None:
        super().__init__()
        self._title = title
        self._both = _Both(note, copy, look)

    def compose(self) -> ComposeResult:
        with Vertical(id="merge", classes="dialog") as dialog:
            dialog.border_title = Content(f"Two versions of the note on {self._title}")
            yield self._both
        yield self.keys

    def on_mount(self) -> None:
        self._both.focus()

    def action_choose(self, which: str) -> None:
        self.dismiss(which)
