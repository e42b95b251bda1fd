"""What a person takes along: citations and briefings. Files are written off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from explorer.errors import ExplorerError, UsageError
from explorer.model import Ref
from explorer.plain import one_line, plain

if TYPE_CHECKING:
    from explorer.ui.main_screen import MainScreen
    from explorer.view import View


class TakingOut:
    """Takes things out of the main screen's view."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen

    def cite(self, view: View, ref: Ref) -> None:
        """Copy a citation, in the form that the person chooses."""
        from explorer.ui.ask import Answer, Ask

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
        from explorer.citation import citation
        from explorer.ui import clipboard

        def run() -> None:
            text = plain(citation(view, ref, style))
            app = self._screen.app
            told = clipboard.copy(text, partial(app.call_from_thread, app.copy_to_clipboard))
            shown = text if len(text) < _SHOWN else f"{text[:_SHOWN]}…"
            app.call_from_thread(self._tell, shown, told)

        self._screen.run_worker(run, thread=True)

    def brief(self, view: View, subject: Ref | None) -> None:
        """Write a footnoted briefing on the scope, or else on the record shown."""
        from explorer.ui.ask_text import AskText

        of_it = not view.chosen and subject is not None and subject.kind in ("issue", "round")
        shown = (subject,) if of_it and subject is not None else ()
        about = "the scope" if view.chosen else "the record shown" if shown else "all issues"
        hint = (
            f"A briefing on {about}, with your notes set apart. A name that ends in .html gives "
            "HTML, any other Markdown."
        )

        def named(name: str | None) -> None:
            if name is not None:
                self._write(view, shown, Path(name).expanduser(), force=False)

        name = f"{shown[0].id if shown else 'brief'}-{view.today}.md"
        self._screen.app.push_screen(AskText("Write a briefing to which file?", hint, name), named)

    def _write(self, view: View, shown: tuple[Ref, ...], path: Path, *, force: bool) -> None:
        from explorer import brief

        issues = [ref for ref in shown if ref.kind == "issue"]
        rounds = [ref for ref in shown if ref.kind == "round"]

        def run() -> None:
            made = brief.brief(view, issues=issues, rounds=rounds)
            is_html = path.suffix.lower() in (".html", ".htm")
            text = brief.as_html(made) if is_html else brief.as_markdown(made)
            brief.save(path, text, force=force)
            self._back(
                self._tell, f"The briefing is in {one_line(str(path.absolute()))}", "Written"
            )

        self._work(run, partial(self._write, view, shown, path, force=True))

    def _work(self, run: Callable[[], None], by_force: Callable[[], None]) -> None:
        def tried() -> None:
            try:
                run()
            except UsageError as error:
                self._back(self._ask_for_force, error, by_force)
            except ExplorerError as error:
                self._back(self._complain, error)

        self._screen.run_worker(tried, thread=True)

    def _ask_for_force(self, error: UsageError, by_force: Callable[[], None]) -> None:
        from explorer.ui.ask import Answer, Ask

        def answered(answer: str | None) -> None:
            if answer == "over":
                by_force()

        reason = plain(str(error)).partition(";")[0]
        self._screen.app.push_screen(
            Ask(
                f"{reason}.",
                "",
                Answer("over", "o", "Write over it"),
                Answer("no", "n", "Leave it"),
            ),
            answered,
        )

    def _back(self, call: Callable[..., None], *given: object) -> None:
        self._screen.app.call_from_thread(call, *given)

    def _tell(self, words: str, title: str) -> None:
        self._screen.notify(words, title=title, markup=False, timeout=10)

    def _complain(self, error: ExplorerError) -> None:
        self._screen.notify(
            plain(str(error)), title=error.title, severity="error", markup=False, timeout=15
        )


_SHOWN = 700
"""Most characters of a citation that are shown with the word that it was copied."""
