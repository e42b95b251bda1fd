"""Records from other programs: a file is looked at in a dialog, and what is new of it added."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import UsageError
from explorer.opening import Opened
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui.actions.background import Background
from explorer.ui.actions.record_writing import RecordWriting
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services

if TYPE_CHECKING:
    from explorer.intake.incoming import Incoming
    from explorer.intake.plan import Plan, Wishes
    from explorer.ui.dialogs.import_dialog import ImportDialog

_FAILED = "Nothing was imported"


class IntakeActions:
    """Reads a file, shows what would come in of it, and adds that to the dataset's files."""

    def __init__(self, screen: RecordScreen, opened: Opened, writing: RecordWriting) -> None:
        self._screen, self._opened, self._writing = screen, opened, writing
        self._background = Background(screen)

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers."""
        yield (
            "Import records from a file",
            "Sources from Zotero and its like; quotes and more from a spreadsheet.",
            self.ask_for_file,
        )

        yield (
            "Take the last import back",
            "The files are then as they were before it.",
            self.take_back,
        )

    def take_back(self) -> None:
        """Put the files back as they were; the record shows itself anew when they are."""
        if self._writing.is_possible():
            self._background.run(self._take_back, "Nothing was taken back")

    def _take_back(self) -> None:
        from explorer.intake import undoing

        done = undoing.take_back()
        named = ", ".join(labels.shortened(one_line(Path(name).name), 40) for name in done.names)
        self._background.say(f"What came in from {named} is taken back.")

    def ask_for_file(self) -> None:
        """Ask which file it is, and look at it."""
        from explorer.intake.incoming import FORMATS
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if not self._writing.is_possible():
            return
        *most, last = (name for name, _ in FORMATS.values())
        hint = f"{', '.join(most)} or {last}. It is shown what would come in, before it does."

        def named(name: str | None) -> None:
            if name is not None and (path := self._path_of(name)) is not None:
                said = f"Looking at {labels.shortened(one_line(path.name), 60)} …"
                self._screen.notify(said, markup=False)
                self._background.run(partial(self._read, path), _FAILED)

        self._screen.app.push_screen(TextPrompt("Import records from which file?", hint), named)

    def _path_of(self, name: str) -> Path | None:
        try:
            return _dropped(name) or Path(name).expanduser()
        except RuntimeError as error:
            words = f"{one_line(name)}: {one_line(str(error))}"
            self._screen.notify(words, severity="warning", markup=False)
            return None

    def _read(self, path: Path) -> None:
        """Look at a file; not for the thread that draws."""
        from explorer.intake import incoming
        from explorer.intake.plan import Wishes

        if path == incoming.STDIN:
            raise UsageError("name a file; a pipe is read by “explorer import -”")
        from explorer.intake import table_files

        file = incoming.read(path)
        if len(names := table_files.sheets(file)) > 1:
            self._background.back(self._ask_for_sheet, file, names)
        else:
            self._look(file, Wishes())

    def _ask_for_sheet(self, file: Incoming, names: Sequence[str]) -> None:
        from explorer.intake.plan import Wishes
        from explorer.ui.dialogs.choose_meaning import ChooseMeaning

        def chosen(name: str | None) -> None:
            if name is not None:
                wishes = Wishes(sheet=name)
                self._background.run(partial(self._look, file, wishes), _FAILED)

        title = f"Which sheet of {labels.shortened(file.name, 40)}?"
        meanings = [(name, name, "") for name in names]
        self._looked()
        self._screen.app.push_screen(ChooseMeaning(title, meanings), chosen)

    def _look(self, file: Incoming, wishes: Wishes) -> None:
        from explorer.intake.column_map import UnknownKindError

        try:
            plan = self._planned(file, wishes)
        except UnknownKindError:
            self._background.back(self._ask_for_kind, file, wishes)
            return
        self._background.back(self._show, file, plan, wishes)

    def _planned(self, file: Incoming, wishes: Wishes) -> Plan:
        from explorer.intake.plan import planned

        return planned(self._screen.view, [file], wishes)

    def _ask_for_kind(self, file: Incoming, wishes: Wishes) -> None:
        from explorer.ui.dialogs.choose_meaning import ChooseMeaning, kinds

        def chosen(name: str | None) -> None:
            if name is not None:
                self._background.run(partial(self._look, file, replace(wishes, kind=name)), _FAILED)

        self._looked()
        title = f"What are the rows of {labels.shortened(file.name, 40)}?"
        self._screen.app.push_screen(ChooseMeaning(title, kinds()), chosen)

    def _show(self, file: Incoming, plan: Plan, wishes: Wishes) -> None:
        from explorer.intake import bringing
        from explorer.ui.dialogs.import_dialog import ImportDialog

        overlay = self._opened.overlay()

        def look_again(dialog: ImportDialog, wishes: Wishes) -> None:
            def run() -> None:
                self._background.back(dialog.show_plan, self._planned(file, wishes))

            self._background.run(run, "That cannot be")

        def left(plan: Plan | None) -> None:
            if plan is not None:
                self._background.run(partial(self._bring, plan), _FAILED)

        dialog = ImportDialog(
            plan,
            wishes,
            look_again,
            is_apart=overlay is not None,
            ends=lambda plan: bringing.plan_end(plan, overlay),
        )
        self._screen.app.push_screen(dialog, left)
        self._screen.interrupt()
        self._looked()

    def _looked(self) -> None:
        """The file was looked at: what said that it would be goes, and the keys are seen."""
        app_services(self._screen.reading).messages.acted()

    def _bring(self, plan: Plan) -> None:
        """Add what is new to the files, and show it; not for the thread that draws."""
        from explorer.intake import bringing

        assert self._opened.path is not None, "it was looked at before"
        any_size = self._opened.files is not None and self._opened.files.any_size
        overlay = self._opened.overlay()
        written = bringing.bring(plan, self._opened.path, overlay, any_size=any_size)
        kept = bringing.keep_earlier(plan, overlay or self._opened.path, written)
        for trouble in filter(None, (kept, *bringing.keep_maps(plan))):
            self._background.say(trouble)
        names = self._writing.shown_anew(written, plan.batch.view.whole)
        new = plan.having("new")
        first = next((Ref.parse(one.ref) for one in new), None)
        self._background.back(self._done, len(new), names, first)

    def _done(self, number: int, names: str, first: Ref | None) -> None:
        if first is not None and first in self._screen.view.index:
            self._screen.go(first)
        self._screen.notify(f"{number:,} added to {names}.", title="Imported", markup=False)


def _dropped(name: str) -> Path | None:
    """A file as terminals type it that was dragged into them: in quotes, or as an address."""
    from urllib.parse import unquote, urlsplit

    text = name.strip()
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return Path(text[1:-1]).expanduser()
    bare = Path(text.replace("\\ ", " ")).expanduser()
    return bare if "\\ " in text and bare.exists() else None
