"""All notes in one list: those to be reviewed, the tags, then every note, newest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from typing import Literal

from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.events import Click
from textual.strip import Strip

from explorer.notes import Damaged, Note
from explorer.opening import trouble_with_placeholders
from explorer.record import clock, labels
from explorer.text.sanitize import one_line
from explorer.transfer import tag_list
from explorer.ui import commands, key_words
from explorer.ui.dialogs.dialog import DOUBLE_CLICK, Dialog
from explorer.ui.dialogs.dialog_commands import NOTEBOOK
from explorer.ui.find_commands import END_FINDING
from explorer.ui.style import fitted, heading_row, row
from explorer.ui.widgets.findable_lines import Findable
from explorer.ui.widgets.lines import over
from explorer.ui.widgets.passages import Match, Passage, Piece
from explorer.values import dataclass
from explorer.view import View

_TAG = 24
_FILE = 40


@dataclass(frozen=True, slots=True)
class Picked:
    """What the person chose: a note to go to or change, a tag to search or rename, a bad file."""

    what: Literal["note", "tag", "rename", "file", "outside", "done", "delete"]
    note: Note | None = None
    tag: str = ""
    file: Damaged | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    text: str | Text = ""
    """A heading as plain words; nothing for a note, of which those in sight are written."""
    right: Text = field(default_factory=Text)
    picked: Picked | None = None
    """None for what the cursor passes over."""


class NoteLines(Findable):
    """The rows, with a cursor that passes over the headings.

    There may be tens of thousands, so only those in sight are drawn.
    """

    def __init__(self, view: View, today: date) -> None:
        super().__init__()
        self._view = view
        self._rows = list(_rows(view, today))
        self._places = [number for number, row in enumerate(self._rows) if row.picked is not None]
        self.cursor = next(iter(self._places), 0)
        self.has_tags = any(row.picked and row.picked.what == "tag" for row in self._rows)

    def line(self, number: int) -> Text:
        listed = self._rows[number]
        text, right = _written(self._view, listed)
        if isinstance(text, str):
            return heading_row(text, self.room)
        return row(self.room - 1, Text.assemble(" ", text), right)

    def marked(self, number: int, strip: Strip) -> Strip:
        is_here = number == self.cursor and self._rows[number].picked is not None
        return over(strip, self.look.styles["cursor"]) if is_here else strip

    def on_resize(self) -> None:
        self.set_length(len(self._rows))
        self.refresh()

    @property
    def picked(self) -> Picked | None:
        """What the cursor is on."""
        return self._rows[self.cursor].picked if self.cursor < len(self._rows) else None

    def bearing(self, tag: str) -> tuple[Note, ...]:
        """The notes that are listed with a tag; none without one."""
        return tuple(note for note in self._view.shown_notes() if tag and note.has_tag(tag))

    def move(self, way: int) -> None:
        """Move the cursor by so many entries, as far as there are any."""
        if not self._places:
            return
        there = max(0, min(bisect_left(self._places, self.cursor) + way, len(self._places) - 1))
        self.cursor = self._places[there]
        # The heading above the first comes into sight with it.
        self.show_line(self.cursor - 1 if there else 0, self.cursor)
        self.refresh()

    def passages(self) -> Iterator[Passage]:
        """All words of each, be there room for them in its row or not."""
        for number, listed in enumerate(self._rows):
            text, _ = _written(self._view, listed)
            plain = f" {text}" if isinstance(text, str) else f" {text.plain}"
            yield Passage([Piece(number, 0, plain)])

    def text_ends(self, number: int) -> int:
        """Before the sign that more is cut, and the day at the right."""
        _, right = _written(self._view, self._rows[number])
        return self.room - cell_len(right.plain) - 3

    @property
    def origin(self) -> int:
        return self.cursor

    def reach(self, match: Match) -> None:
        """Put the cursor on the row, or on the first below a heading."""
        place = bisect_left(self._places, match.first)
        if self._places:
            self.cursor = self._places[min(place, len(self._places) - 1)]
        super().reach(match)

    def on_click(self, event: Click) -> None:
        number = self.line_at(event)
        if number is not None and self._rows[number].picked is not None:
            self.cursor = number
            self.refresh()
        else:
            event.stop()  # it is on no entry, and takes none


def _rows(view: View, today: date) -> Iterator[_Row]:
    notes = view.shown_notes()
    if view.notes.hides_others and (hidden := len(view.notes.of_others())):
        said = labels.counted(hidden, "note of other people", "notes of other people")
        yield _Row(Text(f"{said} hidden; {key_words.cap('others')} shows them", "muted"))
    if missing := trouble_with_placeholders(view.notes):
        yield _Row(Text(missing, "warning"))
    if damaged := view.notes.damaged:
        yield _heading("Files that cannot be read; Enter says what to do")
        yield from map(_file_row, damaged)
    if copies := view.shown_copies():
        yield _heading("Second versions; M on the note merges")
        yield from map(_note_row, copies)
    if not notes:
        yield _heading("No notes yet")
        for line in _why_none(view):
            yield _Row(Text(line, "muted"))
        return
    if due := tag_list.due(notes, today):
        yield _heading("To review")
        yield from map(_note_row, due)
    if counted := tag_list.counted(notes):
        yield _heading("Tags")
        for tag, count in counted:
            number = Text(labels.counted(count, "note"), "muted")
            yield _Row(Text(f"#{tag}", "mark"), number, Picked("tag", tag=tag))
    yield _heading("All notes")
    yield from map(_note_row, notes)


def _why_none(view: View) -> Iterator[str]:
    """Why none is listed, in short lines, and what leads on."""
    if view.notes.all():
        yield "Those there are stand on records not public on the day."
        yield key_words.said("{last-day} goes to the last day covered, where all are listed.")
    else:
        yield key_words.said("{notebook:close} closes; then {note} writes one on the record shown,")
        yield key_words.said("and {mark} marks words of it to write one on these.")


def _file_row(file: Damaged) -> _Row:
    text = Text.assemble(fitted(Text(one_line(file.path.name), "warning"), _FILE), " ", file.reason)
    return _Row(text, picked=Picked("file", file=file))


def _heading(name: str) -> _Row:
    return _Row(name)


def _note_row(note: Note) -> _Row:
    return _Row(picked=Picked("note", note))


def _written(view: View, listed: _Row) -> tuple[str | Text, Text]:
    """A row as it is read, and what stands at its right."""
    note = listed.picked.note if listed.picked is not None else None
    return (listed.text, listed.right) if note is None else _of_note(view, note)


def _of_note(view: View, note: Note) -> tuple[Text, Text]:
    ref = view.index.current(note.ref)
    name = labels.title(view.index, ref) if ref else f"{note.ref}, no longer in the dataset"
    whose = (f"{one_line(note.others)}: ", "mark") if note.others else ""
    words = one_line(note.text)
    text = Text.assemble(fitted(Text(one_line(name), "strong"), _TAG), " ", whose, words)
    when = f"due {labels.day(note.due)}" if note.due and not note.done else ""
    return text, Text(when or labels.day(clock.day_of(note.changed)), "muted")


class NotesList(Dialog[Picked]):
    """Returns what the person goes to."""

    PLACE = "notebook"
    BINDINGS = [
        *commands.bindings((END_FINDING,), "reading", first=True),
        *commands.bindings(NOTEBOOK, "notebook", first=True),
    ]

    def __init__(self, view: View, today: Callable[[], date]) -> None:
        super().__init__()
        self.title = "All notes"
        self._pages = NoteLines(view, today())

    def body(self) -> ComposeResult:
        yield self._pages

    @property
    def idle(self) -> tuple[str, ...]:
        changes = [f"change('{what}')" for what in ("outside", "done", "delete")]
        missing = {"rename": not self._pages.has_tags}
        missing |= dict.fromkeys(("go", *changes), self._pages.picked is None)
        return tuple(action for action, is_missing in missing.items() if is_missing)

    def action_move(self, way: int) -> None:
        self._pages.move(way)

    def action_go(self) -> None:
        picked = self._pages.picked
        if picked is None:
            self.notify(
                f"There is no note to go to yet; {key_words.cap('note')} writes one on the "
                "record shown."
            )
        elif (file := picked.file) is not None:
            explanation = (
                f"{one_line(str(file.path))}: {one_line(file.reason)}. {one_line(file.remedy)}"
            )
            self.notify(explanation, severity="warning", markup=False)
        elif len(bearing := self._pages.bearing(picked.tag)) == 1:
            self.dismiss(Picked("note", bearing[0]))  # there is nothing to choose from
        else:
            self.dismiss(picked)

    def action_change(self, what: Literal["outside", "done", "delete"]) -> None:
        """Do something with the note under the cursor, which is shown first."""
        picked = self._pages.picked
        if picked is None or picked.note is None:
            self.notify("Go to a note first.")
        else:
            self.dismiss(Picked(what, picked.note))

    def action_rename(self) -> None:
        picked = self._pages.picked
        if picked is None or picked.what != "tag":
            self.notify("Go to a tag first: r renames it in all notes.")
        else:
            self.dismiss(Picked("rename", tag=picked.tag))

    def on_click(self, event: Click) -> None:
        if event.chain == DOUBLE_CLICK and self.clicked(event) is self._pages:
            self.action_go()
