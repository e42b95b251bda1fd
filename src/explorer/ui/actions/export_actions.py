"""What a person takes along: citations and briefings. Files are written off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from explorer.errors import ExplorerError, TakenError, UsageError
from explorer.record.labels import counted, sentence
from explorer.record.model import Ref
from explorer.storage.file_extension import form_of
from explorer.text.sanitize import one_line, plain

if TYPE_CHECKING:
    from explorer.ui.main_screen import MainScreen
    from explorer.view import View


class TakingOut:
    """Takes things out of the main screen's view."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def cite(self, view: View, ref: Ref) -> None:
        """Copy a citation, in the form that the person chooses."""
        from explorer.ui.dialogs.confirm import Answer, Ask

        def answered(style: str | None) -> None:
            match style:
                case "text" | "markdown" | "csl-json":
                    self._copy(view, ref, style)

        self._screen.app.push_screen(
            Ask(
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
        from explorer.ui.system import clipboard

        def run() -> None:
            text = plain(citation(view, ref, style))
            app = self._screen.app
            told = clipboard.copy(text, partial(app.call_from_thread, app.copy_to_clipboard))
            shown = text if len(text) < _SHOWN else f"{text[:_SHOWN]}…"
            app.call_from_thread(self._tell, shown, told)

        self._screen.run_worker(run, thread=True)

    def brief(self, view: View, subject: Ref | None) -> None:
        """Write a footnoted briefing on the scope, or else on the record shown."""
        from explorer.ui.dialogs.text_prompt import AskText

        of_it = not view.chosen and subject is not None and subject.kind in ("issue", "round")
        shown = (subject,) if of_it and subject is not None else ()
        about = "the scope" if view.chosen else "the record shown" if shown else "all issues"
        hint = (
            f"A briefing on {about}, with your notes set apart. A name that ends in .html gives "
            "HTML, one that ends in .md Markdown."
        )

        def named(name: str | None) -> None:
            from explorer.documents.briefing import FORMS

            if name is not None and (path := self.path_of(name, FORMS)) is not None:
                self._write(view, shown, path, force=False)

        name = f"{shown[0].id if shown else 'brief'}-{view.today}.md"
        self._screen.app.push_screen(AskText("Write a briefing to which file?", hint, name), named)

    def palette(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the palette offers: the name of each command, what it does, and how."""
        from explorer.transfer.formats import FORMATS, WRITTEN, listing

        write = f"Write all notes to a file: {listing(WRITTEN)}."
        read = f"From a file in {listing(FORMATS)}; importing a file again adds nothing."
        yield "Export notes", write, self.export_notes
        yield "Import notes", read, self.import_notes
        yield "Back up notes", "Write all notes, as they are, to one archive.", self.back_up_notes

    def export_notes(self) -> None:
        """Write all notes to a file; its ending says in which format."""
        from explorer.transfer.formats import written_as
        from explorer.ui.dialogs.text_prompt import AskText

        view, noting = self._screen.view, self._screen.with_notes()
        if view is None or noting is None:
            return
        hint = f"The end of its name says in which format: {', '.join(written_as())}."

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name, written_as())) is not None:
                self._export(view, path, force=False)

        self._screen.app.push_screen(
            AskText("Export the notes to which file?", hint, "notes.md"), named
        )

    def _export(self, view: View, path: Path, *, force: bool) -> None:
        from explorer.transfer import export, formats

        def run() -> None:
            data = export.export(view, form_of(path, formats.written_as(), "md"))
            export.save(path, data, force=force)
            self._back(self._tell, f"The notes are in {one_line(str(path.absolute()))}", "Written")

        again = partial(self._export, view, path, force=True)
        self._work(run, "The notes were not exported", again)

    def import_notes(self) -> None:
        """Import the notes of a file."""
        from explorer.transfer.formats import FORMATS, listing
        from explorer.ui.dialogs.text_prompt import AskText

        if self._screen.with_notes() is None:
            return
        hint = f"{listing(FORMATS)}, ours or another program’s. Nothing is written over."

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name)) is not None:
                self._work(partial(self._import, path), "The file was not imported")

        self._screen.app.push_screen(AskText("Import notes from which file?", hint), named)

    def _import(self, path: Path) -> None:
        from explorer.transfer.importer import import_file

        view, noting = self._screen.view, self._screen.with_notes()
        if view is None or noting is None:
            return
        report = import_file(noting.store, view, path)
        self._back(noting.look_again)
        self._back(self._tell, str(report), "Imported")

    def back_up_notes(self) -> None:
        """Write all notes to one archive."""
        from explorer.ui.dialogs.text_prompt import AskText

        noting = self._screen.with_notes()
        if noting is None:
            return
        hint = "Every note, copy and deleted note as it is; “explorer notes restore” restores them."

        def run(path: Path) -> None:
            from explorer.transfer import backup

            done = backup.backup(noting.store, path)
            files = counted(done.number, "file")
            self._back(self._tell, f"{files} in {one_line(str(done.path))}", "Backed up")

        def named(name: str | None) -> None:
            if name is not None and (path := self.path_of(name)) is not None:
                self._work(partial(run, path), "The backup was not made")

        dialog = AskText("Back up the notes to which file?", hint, "notes-backup.zip")
        self._screen.app.push_screen(dialog, named)

    def path_of(self, name: str, forms: Mapping[str, str] | None = None) -> Path | None:
        """The file a person means; None, having said why, when there can be none.

        With `forms` it is written in one of them, by how its name ends.
        """
        try:
            path = Path(name).expanduser()
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
            self._back(
                self._tell, f"The briefing is in {one_line(str(path.absolute()))}", "Written"
            )

        again = partial(self._write, view, shown, path, force=True)
        self._work(run, "The briefing was not written", again)

    def _work(
        self, run: Callable[[], None], failed: str, by_force: Callable[[], None] | None = None
    ) -> None:
        """Do it off the screen's thread; `failed` is what is said when it cannot be done.

        `by_force` writes over what stands in the way, once the person says so.
        """

        def tried() -> None:
            try:
                run()
            except TakenError as error:
                if by_force is not None:
                    self._back(self._ask_for_force, error, by_force)
                else:
                    self._back(self._complain, error, failed)
            except ExplorerError as error:
                # A wrong use has no better title than what was to be done.
                title = failed if isinstance(error, UsageError) else error.title
                self._back(self._complain, error, title)

        self._screen.run_worker(tried, thread=True)

    def _ask_for_force(self, error: TakenError, by_force: Callable[[], None]) -> None:
        from explorer.ui.dialogs.confirm import Answer, Ask

        def answered(answer: str | None) -> None:
            if answer == "over":
                by_force()

        reason = plain(str(error)).rpartition(";")[0]  # which is for the command line
        self._screen.app.push_screen(
            Ask(
                f"{reason}.",
                "",
                Answer("over", "o", "Write over it"),
                Answer("no", "n", "Leave it"),
                start="no",
            ),
            answered,
        )
        self._screen.interrupt()

    def _back(self, call: Callable[..., None], *given: object) -> None:
        self._screen.app.call_from_thread(call, *given)

    def _tell(self, words: str, title: str) -> None:
        self._screen.notify(words, title=title, timeout=10)

    def _complain(self, error: ExplorerError, title: str) -> None:
        self._screen.notify(plain(str(error)), title=title, severity="error", timeout=15)


_SHOWN = 700
"""Most characters of a citation that are shown with the word that it was copied."""
