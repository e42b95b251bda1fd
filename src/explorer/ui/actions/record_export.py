"""The record out of the app: asked for its format and its place, and written beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.record import labels
from explorer.text.sanitize import one_line
from explorer.ui.actions.background import Background
from explorer.ui.actions.note_actions import NoteActions
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services
from explorer.view import View

if TYPE_CHECKING:
    from explorer.exports.export_formats import ExportFormat
    from explorer.exports.exported import Exported


class RecordExport:
    """Writes the record as it was on the day that is shown."""

    def __init__(
        self, screen: RecordScreen, notes: NoteActions, path_of: Callable[[str], Path | None]
    ) -> None:
        """`path_of` is the path that a person means; None when it has said why there is none."""
        self._screen = screen
        self._notes = notes
        self._path_of = path_of
        self._background = Background(screen)

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers."""
        from explorer.exports.export_formats import FORMATS

        listed = ", ".join(known.label for known in FORMATS)
        yield "Export the record", f"Write it for other programs: {listed}.", self.export

    def export(self) -> None:
        """Ask for the format, then for the file or folder, and write it there."""
        from explorer.ui.dialogs.choose_format import ChooseFormat

        view = self._screen.view
        day = labels.day(view.as_of)
        explanation = f"What was public on {day}. Notes go along only where they are named."

        def chosen(known: ExportFormat | None) -> None:
            if known is not None:
                self._ask_for_own(view, known)

        dialog = ChooseFormat(explanation, has_scope=bool(view.chosen))
        self._screen.app.push_screen(dialog, chosen)

    def _ask_for_own(self, view: View, known: ExportFormat) -> None:
        """Whether what the reader added goes along, if anything was added."""
        from explorer.exports.exported import Exported
        from explorer.ui.dialogs.confirm import Answer, Confirm

        is_of_notes = known.has_notes == "always"
        if is_of_notes and not self._has_notes():
            return
        exported = Exported(view, with_notes=is_of_notes)
        additions = view.index.additions
        if not known.has_own or additions is None or not additions.is_read:
            self._ask_for_place(exported, known)
            return

        def answered(answer: str | None) -> None:
            if answer != "none":
                with_own = answer == "along"
                self._ask_for_place(replace(exported, with_own=with_own), known)

        self._screen.app.push_screen(
            Confirm(
                "Take along what you added yourself?",
                "It is marked as yours wherever it stands.",
                Answer("along", "y", "Take it along"),
                Answer("without", "w", "Leave it out"),
                Answer("none", "n", "Export nothing"),
            ),
            answered,
        )

    def _has_notes(self) -> bool:
        """Whether there are notes to be written; else it has been said why not."""
        return self._notes.ready() is not None and self._notes.are_read()

    def _ask_for_place(self, exported: Exported, known: ExportFormat) -> None:
        from explorer.ui.dialogs.text_prompt import TextPrompt

        what = "folder" if known.shape == "folder" else "file"

        def named(name: str | None) -> None:
            if name is not None and (path := self._path(name, known)) is not None:
                self._write(*_of_table(exported, known, path), path, force=False)

        self._screen.app.push_screen(
            TextPrompt(
                f"Write {known.label} to which {what}?",
                f"{labels.sentence(known.what)} {_of_what(exported.view, known)}",
                _name(exported.view, known),
            ),
            named,
        )

    def _path(self, name: str, known: ExportFormat) -> Path | None:
        from explorer.exports.export_formats import by_ending, table_in
        from explorer.exports.record_tables import NOTES

        path = self._path_of(name)
        if path is None:
            return None
        table = table_in(str(path))
        if known.name == "csv" and table == NOTES and not self._has_notes():
            return None
        if known.name == "csv" and path.suffix.lower() == ".csv" and not table:
            self._background.warn(
                f"{one_line(name)} is a file, which holds one table. Name it by that, such as "
                "quotes.csv or rounds.csv, or name a folder for all."
            )
            return None
        other = by_ending().get(path.suffix.lower())
        if other is not None and other is not known:
            said = f"{one_line(name)} would not hold what its name says: that is {other.label}."
            self._background.warn(said)
            return None
        return path

    def _write(self, exported: Exported, known: ExportFormat, path: Path, *, force: bool) -> None:
        def run() -> None:
            from explorer.exports import write_export

            write_export.write(known, exported, path, force=force)
            say = partial(self._background.say, timeout=10)
            reach = app_services(self._screen.reading).reach
            reach.written(path, f"{known.label} is", say)

        # Of many quotes it takes a while, and nothing else would show that it has begun.
        self._screen.notify(f"Writing {one_line(path.name)} …")
        again = partial(self._write, exported, known, path, force=True)
        self._background.run(run, "The record was not exported", again)


def _of_table(exported: Exported, known: ExportFormat, path: Path) -> tuple[Exported, ExportFormat]:
    """The one table that a file of CSV is called by, if it is one."""
    from explorer.exports.export_formats import ONE_TABLE, table_in
    from explorer.exports.record_tables import NOTES

    if known.name != "csv" or not (table := table_in(str(path))):
        return exported, known
    return replace(exported, table=table, with_notes=table == NOTES), ONE_TABLE


def _of_what(view: View, known: ExportFormat) -> str:
    """How much of the record it is."""
    if view.chosen and known.is_scoped:
        return "Only what belongs with the scope."
    if known.has_notes == "always":
        return ""
    whole = "The whole record, whatever the scope." if view.chosen else ""
    notes = "" if known.has_notes == "never" else "Your notes are left out."
    alone = "" if known.shape != "folder" else "A name such as quotes.csv is of that table alone."
    return " ".join(filter(None, (whole, notes, alone)))


def _name(view: View, known: ExportFormat) -> str:
    """A name that says of what it is and of which day."""
    about = view.chosen[0].id if len(view.chosen) == 1 and known.is_scoped else ""
    start = about or view.index.dataset.negotiation.id
    return f"{start}-{view.as_of.isoformat()}{known.endings[0]}"
