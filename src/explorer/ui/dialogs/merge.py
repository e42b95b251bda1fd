"""A note and the copy that was saved beside it, side by side, to be made one again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from explorer.notes import Note, Words
from explorer.notes.git_conflicts import pieces
from explorer.record import clock, labels
from explorer.text.sanitize import one_line, plain
from explorer.text.word_diff import difference
from explorer.ui import commands
from explorer.ui.dialogs.dialog import Dialog
from explorer.ui.dialogs.dialog_commands import MERGE
from explorer.ui.widgets.scroller import Scroller

_SHOWN = 40
"""Characters of words that a note is on."""


class Merge(Dialog[str]):
    """Returns `note` to keep the note, `copy` to keep the copy, `both` to write one of both."""

    PLACE = "merge"
    BINDINGS = commands.bindings(MERGE, "merge")
    COMPONENT_CLASSES = {"look--heading", "look--warning", "look--found"}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]

    def __init__(self, title: str, note: Note | None, copy: Note) -> None:
        super().__init__()
        self.title = f"Two versions of the note on {title}"
        self._note, self._copy = note, copy

    def body(self) -> ComposeResult:
        note, copy = self._note, self._copy
        left, right = _set_apart(note.text if note else "", copy.text)
        head = f"The note, {_when(note)}" if note else "The note is gone"
        days, others = _fields(note, copy)
        with Scroller():
            yield Static(_headed(head, days, left))
            yield Static(_headed(f"The copy, {_when(copy)}", others, right), classes="copy")


def _headed(head: str, fields: str, text: Content) -> Content:
    below = f"\n{fields}\n\n" if fields else "\n\n"
    return Content.assemble((head, ".look--heading"), below, text)


def _fields(note: Note | None, copy: Note) -> tuple[str, str]:
    """What the two versions say besides their text, when that is not the same."""
    one, other = (
        (replace(version.words, text="") if version else None) for version in (note, copy)
    )
    if one == other:
        return "", ""
    said = (" · ".join(_said_besides(words)) if words else "" for words in (one, other))
    here, there = (words or "no days, on the whole record" for words in said)
    return (here if note else ""), there


def _said_besides(words: Words) -> Iterator[str]:
    if words.date:
        yield labels.day(words.date)
    if words.due:
        yield f"to be reviewed on {labels.day(words.due)}{', done' if words.done else ''}"
    if words.anchor:
        yield f"on “{labels.shortened(one_line(words.anchor.exact), _SHOWN)}”"
    if words.answers:
        yield "an answer"


def _when(note: Note) -> str:
    changed = clock.here(note.changed)
    return f"{labels.day(changed.date())} {changed:%H:%M}"


_CLOSING = tuple(".,;:!?)]}”’。，；：！？）")


def _set_apart(note: str, copy: str) -> tuple[Content, Content]:
    """Both texts; what only one of them says stands in signs that need no colour."""
    left: list[str | tuple[str, str]] = []
    right: list[str | tuple[str, str]] = []
    for words, fate in compared(note, copy):
        if fate == "removed":
            left.append((f"[–{words.strip()}–]", ".look--warning"))
            left.append(" ")
        elif fate == "added":
            right.append((f"[+{words.strip()}+]", ".look--found"))
            right.append(" ")
        else:
            for side in (left, right):
                if side[-1:] == [" "] and words.startswith(_CLOSING):
                    side.pop()  # no blank stands ahead of a full stop
                side.append(words)
    return Content.assemble(*left), Content.assemble(*right)


def compared(note: str, copy: str) -> Iterator[tuple[str, str]]:
    """What becomes of the words of a note in another version, line by line.

    The words, then `same`, `removed` or `added`; line ends are the same to both.
    """
    old, new = plain(note).split("\n"), plain(copy).split("\n")
    for gone, come in pieces(old, new):
        for was, now in zip_longest(gone, come, fillvalue=""):
            yield from difference(was, now)
            yield "\n", "same"
