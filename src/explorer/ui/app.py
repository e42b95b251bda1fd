"""The application: theme, screen, and loading what is shown."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import work
from textual.app import App, SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from explorer import dataset, files, settings
from explorer.errors import ExplorerError, NoteError
from explorer.ui import commands
from explorer.ui.main_screen import MainScreen
from explorer.ui.note_editor import NoteEditor

if TYPE_CHECKING:
    from textual.command import Provider

    from explorer.model import Ref
    from explorer.notes import NoteStore
    from explorer.view import View


def _commands() -> type[Provider]:
    from explorer.ui.palette import Commands

    return Commands


def _records() -> type[Provider]:
    from explorer.ui.palette import Records

    return Records


class ExplorerApp(App[ExplorerError]):
    """Opens one dataset; returns the error that kept it from being shown, if any."""

    TITLE = "explorer"
    CSS_PATH = "app.tcss"
    COMMANDS = App.COMMANDS | {_commands, _records}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = commands.bindings((commands.PALETTE,))

    def __init__(self, path: Path, notes_folder: Path, shown: Ref | None = None) -> None:
        super().__init__()
        self._path = path
        self._notes_folder = notes_folder
        self._shown = shown

    def get_default_screen(self) -> MainScreen:
        return MainScreen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers besides our own commands."""
        yield SystemCommand("Theme", "Choose the colours; the choice is kept.", self.search_themes)
        yield SystemCommand(
            "Picture",
            "Save a picture of the screen as SVG.",
            lambda: self.set_timer(0.1, self.deliver_screenshot),
        )

    def action_command_palette(self) -> None:
        self.push_screen(
            CommandPalette(placeholder="A command, or any record by name", id="--command-palette")
        )

    def on_mount(self) -> None:
        kept = settings.load().theme
        if kept in self.available_themes:
            self.theme = kept
        self.theme_changed_signal.subscribe(self, lambda theme: settings.keep_theme(theme.name))
        self.call_after_refresh(self._load)

    @work(thread=True)
    def _load(self) -> None:
        """Read dataset and notes after the first paint, off the interface thread."""
        from explorer.index import Index
        from explorer.notes import Notes, NoteStore
        from explorer.view import View

        try:
            index = Index(dataset.load(self._path))
        except ExplorerError as error:
            self.call_from_thread(self.exit, error)
            return
        store = NoteStore(self._notes_folder, index.dataset.negotiation.id)
        try:
            notes = store.load()
        except NoteError as error:
            self.call_from_thread(self._opened, View(index, Notes()), None, str(error))
        else:
            self.call_from_thread(self._opened, View(index, notes), store, "")

    def _opened(self, view: View, store: NoteStore | None, trouble: str) -> None:
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen), "the first screen is the main screen"
        screen.open(view, store, self._shown)
        if view.notes.damaged:
            files = "\n".join(str(file.path) for file in view.notes.damaged)
            trouble = (
                f"These files among the notes cannot be read; they are left untouched:\n{files}"
            )
        if trouble:
            self.notify(trouble, severity="warning", markup=False, timeout=20)

    def _fatal_error(self) -> None:
        """Textual's last resort, which would print a traceback: keep it in a file instead."""
        report = files.data_folder() / "reports" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.txt"
        try:
            files.private_folder(report.parent)
            files.replace_file(report, traceback.format_exc().encode("utf-8", "replace"))
            kept = f"What went wrong is described in {report}."
        except OSError:
            kept = "What went wrong could not be written down."
        self.panic(
            Text(
                "explorer met an error it did not expect and had to stop. Every note that was "
                f"saved is safe. {kept}"
            )
        )

    async def action_quit(self) -> None:
        """Leave, unless a note being written has words that are not saved."""
        editor = next((s for s in self.screen_stack if isinstance(s, NoteEditor)), None)
        if editor is None:
            self.exit()
        elif self.screen is editor:
            editor.leave(self.exit)
