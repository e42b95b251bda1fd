"""What a person takes along: citations and briefings. Files are written off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from explorer.errors import UsageError
from explorer.opening import Opened
from explorer.record.labels import counted, sentence, shortened, title
from explorer.record.model import Ref
from explorer.storage.file_extension import form_of
from explorer.text.sanitize import one_line, plain
from explorer.ui.actions.background import Background
from explorer.ui.actions.edition_actions import EditionActions
from explorer.ui.actions.note_actions import NoteActions
from explorer.ui.actions.note_changes import NoteChanges
from explorer.ui.actions.record_export import RecordExport
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.app_services import app_services
from explorer.ui.system.reach import Reach
from explorer.view import View


class ExportActions:
    """Takes things out of what the screen shows, and opens its sources."""

    def __init__(self, screen: RecordScreen, notes: NoteActions, opened: Opened) -> None:
        self._screen = screen
        self._notes = notes
        self._background = Background(screen)
        self._record = RecordExport(screen, notes, self.path_of)
        self._edition = EditionActions(screen, opened, notes, self.path_of)

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {
            "cite": self.cite,
            "brief": self.brief,
            "open_source": self.open_source,
            "copy_words": self.copy_words,
        }

    def open_source(self) -> None:
        """Open a source in the browser: the one under the cursor, or one of those cited."""
        from explorer.ui.dialogs.sources import ChooseSource

        self._screen.follow_cursor()
        reader, index = self._screen.reader, self._screen.view.index
        link = reader.link if self._screen.place != "pane" else None
        slugs = (link.id,) if link and link.kind == "source" else reader.sources
        if not slugs:
            self._screen.notify("There is no source to open here.", severity="warning")
            return
        sources = [index.source(slug) for slug in slugs]
        self._screen.app.push_screen(ChooseSource(sources), self._open_address)

    def _open_address(self, address: str | None) -> None:
        if address is None:
            return
        if (reason := self._reach.opened(address)) is None:
            self._screen.notify(f"Handed to your browser: {address}")
        else:
            told = f"Not opened: {reason}.\n{address}"
            self._screen.notify(told, severity="warning", timeout=12)

    def cite(self) -> None:
        """Copy a citation, in the form that the person chooses."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        ref, view = self._screen.subject, self._screen.view

        def answered(style: str | None) -> None:
            match style:
                case "text" | "markdown" | "csl-json":
                    self._copy(view, ref, style)

        self._screen.app.push_screen(
            Confirm(
                "Copy a citation",
                "CSL-JSON is what reference managers such as Zotero read.",
                Answer("text", "t", "Text"),
                Answer("markdown", "m", "Markdown"),
                Answer("csl-json", "c", "CSL-JSON"),
                Answer("none", "n", "None"),
            ),
            answered,
        )

    def _copy(self, view: View, ref: Ref, style: Literal["text", "markdown", "csl-json"]) -> None:
        from explorer.documents.citation import citation

        # Of words it shows which they are; of a file's form nobody would read them.
        what = f"CSL-JSON of {title(view.index, ref)}" if style == "csl-json" else ""
        self._copy_text(lambda: plain(citation(view, ref, style)), what)

    def copy_words(self) -> None:
        """Copy the words that are marked in the record."""
        words = self._screen.reading.marked_words
        self._copy_text(lambda: words)

    def _copy_text(self, write: Callable[[], str], what: str = "") -> None:
        """Copy a text, and say in a line what it was: the text itself unless `what` says it."""

        def run() -> None:
            text, app = write(), self._screen.app
            send = app_services(app).send_to_clipboard
            done, more = self._reach.copied(text, partial(app.call_from_thread, send))
            # What was copied stands in the first line, whatever is to be said besides.
            width = app.size.width - len(done) - _AROUND
            room = width - len(more) if width - len(more) >= _LEAST else width
            self._say(f"{shortened(one_line(what or text), room)} {more}".rstrip(), done)

        self._screen.run_worker(run, thread=True)

    def brief(self) -> None:
        """Write a footnoted briefing on the scope, or else on the record shown."""
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if not self._notes.are_read():
            return
        subject, view = self._screen.subject, self._screen.view
        shown = (subject,) if not view.chosen and subject.kind in ("issue", "round") else ()
        about = "the scope" if view.chosen else "the record shown" if shown else "all issues"
        hint = (
            f"A briefing on {about}, with your notes set apart. A name that ends in .html gives "
            "HTML, one that ends in .md Markdown."
        )

        def named(name: str | None) -> None:
            from explorer.documents.briefing import FORMS

            if name is not None and (path := self.path_of(name, FORMS)) is not None:
                self._write(view, shown, path, force=False)

        name = f"{shown[0].id if shown else 'brief'}-{view.as_of}.md"
        self._screen.app.push_screen(
            TextPrompt("Write a briefing to which file?", hint, name), named
        )

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers: the name of each command, what it does, and how."""
        from explorer.transfer.formats import FORMATS, WRITTEN, listing

        yield from self._record.palette()
        yield from self._edition.palette()
        write = f"Write all notes to a file: {listing(WRITTEN)}."
        read = f"From a file in {listing(FORMATS)}; importing a file again adds nothing."
        yield "Export notes", write, self.export_notes
        yield "Import notes", read, self.import_notes
        yield "Back up notes", "Write all notes, as they are, to one archive.", self.back_up_notes
        yield from self._notes.palette()

    def export_notes(self) -> None:
        """Write all notes to a file; its ending says in which format."""
        from explorer.transfer.formats import written_as
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if self._notes.ready() is None or not self._notes.are_read():
            return
        view = self._screen.view
        hint = f"The end of its name says in which format: {', '.join(written_as())}."

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name, written_as())) is not None:
                self._export(view, path, force=False)

        self._screen.app.push_screen(
            TextPrompt("Export the notes to which file?", hint, "notes.md"), named
        )

    def _export(self, view: View, path: Path, *, force: bool) -> None:
        from explorer.transfer import export, formats

        def run() -> None:
            data = export.export(view, form_of(path, formats.written_as(), "md"))
            export.save(path, data, force=force)
            self._reach.written(path, "The notes are", self._say)

        again = partial(self._export, view, path, force=True)
        self._background.run(run, "The notes were not exported", again)

    def import_notes(self) -> None:
        """Import the notes of a file."""
        from explorer.transfer.formats import FORMATS, listing
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if (changes := self._notes.ready()) is None or not self._notes.are_read():
            return
        hint = f"{listing(FORMATS)}, ours or another program’s. Nothing is written over."

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name)) is not None:
                self._background.run(
                    partial(self._import, changes, path), "The file was not imported"
                )

        self._screen.app.push_screen(TextPrompt("Import notes from which file?", hint), named)

    def _import(self, changes: NoteChanges, path: Path) -> None:
        from explorer.transfer.importer import import_file

        report = import_file(changes.store, self._screen.view, path)
        self._background.back(changes.look_again)
        self._say(str(report), "Imported")

    def back_up_notes(self) -> None:
        """Write all notes to one archive."""
        from explorer.ui.dialogs.text_prompt import TextPrompt

        if (changes := self._notes.ready()) is None:
            return
        hint = "Every note, copy and deleted note as it is; “explorer notes restore” restores them."

        def run(path: Path) -> None:
            from explorer.transfer import backup

            done = backup.backup(changes.store, path)
            files = counted(done.number, "file")
            self._reach.written(done.path, files, self._say, "Backed up")

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name)) is not None:
                self._background.run(partial(run, path), "The backup was not made")

        dialog = TextPrompt("Back up the notes to which file?", hint, "notes-backup.zip")
        self._screen.app.push_screen(dialog, named)

    def path_of(self, name: str, forms: Mapping[str, str] | None = None) -> Path | None:
        """The file a person means; None, having said why, when there can be none.

        With `forms` it is written in one of them, by how its name ends.
        """
        try:
            path = self._reach.place_for(name)
            if forms is not None:
                form_of(path, forms, "md")
        except RuntimeError as error:
            self._screen.notify(f"{one_line(name)}: {one_line(str(error))}", severity="warning")
            return None
        except UsageError as error:
            self._screen.notify(sentence(str(error)), severity="warning")
            return None
        return path

    def _write(self, view: View, shown: tuple[Ref, ...], path: Path, *, force: bool) -> None:
        from explorer.documents import briefing

        issues = [ref for ref in shown if ref.kind == "issue"]
        rounds = [ref for ref in shown if ref.kind == "round"]

        def run() -> None:
            made = briefing.brief(view, issues=issues, rounds=rounds)
            text = briefing.write(made, form_of(path, briefing.FORMS, "md"))
            briefing.save(path, text, force=force)
            self._reach.written(path, "The briefing is", self._say)

        again = partial(self._write, view, shown, path, force=True)
        self._background.run(run, "The briefing was not written", again)

    @property
    def _reach(self) -> Reach:
        return app_services(self._screen.reading).reach

    def _say(self, words: str, title: str) -> None:
        self._background.say(words, title, timeout=10)


_AROUND, _LEAST = 8, 30
"""Cells about what was copied where that is told, and those that it has at least."""
