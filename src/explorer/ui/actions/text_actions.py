"""Setting two texts against one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import key_words
from explorer.ui.actions.screen import RecordScreen

if TYPE_CHECKING:
    from explorer.documents.comparisons.question import Question
    from explorer.documents.comparisons.texts.likely_texts import Likely


class Views(Protocol):
    """The views that cover the panes."""

    def open_view(self, name: str, question: Question | None = None) -> None:
        """Open one, on a question."""

    def leave_view(self) -> None:
        """Go back to where the person was."""


class TextActions:
    """Asks for two texts, and shows them clause by clause."""

    VIEW = "texts"

    def __init__(self, screen: RecordScreen, views: Views) -> None:
        self._screen = screen
        self._views = views

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"compare": self.compare}

    def compare(self) -> None:
        """Choose what to compare a text with, the one shown or under the cursor; or close."""
        if self._screen.viewing == self.VIEW:
            self._views.leave_view()
            return
        ref = self._screen.subject
        link = self._screen.reader.link if self._screen.place == "record" else None
        if link is not None and link.kind == "text" and ref.kind != "text":
            ref = link  # a text in a list, with the cursor on it
        if ref.kind == "text":
            self._choose_other(ref)
        else:
            self._choose_one(ref)

    def _choose_one(self, ref: Ref) -> None:
        """One of the texts that a record has to do with, and then the other."""
        from explorer.documents.comparisons.texts import likely_texts
        from explorer.ui.dialogs.choose_text import one_of

        view = self._screen.view
        texts = likely_texts.near(view, ref) if ref in view.index else ()
        if not texts:
            kind = labels.KIND_NAMES[ref.kind].lower()
            day = f" that was public on {labels.day(view.as_of)}" if view.scope.as_of else ""
            self._screen.notify(
                f"No text{day} has to do with this {kind}; "
                f"{key_words.cap('about')} lists all texts."
            )
            return

        def chosen(text: Likely | None) -> None:
            if text is not None:
                self._choose_other(text.ref)

        self._screen.app.push_screen(one_of(view, texts), chosen)

    def _choose_other(self, ref: Ref) -> None:
        from explorer.documents.comparisons.texts.likely_texts import likely
        from explorer.documents.comparisons.texts.two_texts import Side
        from explorer.ui.dialogs.choose_text import others_of
        from explorer.ui.views.compare_view import question_of

        view = self._screen.view
        if not likely(view, ref):
            self._screen.notify("There is no other text to compare it with.")
            return

        def chosen(other: Likely | None) -> None:
            if other is not None:
                question = question_of(view, Side(ref), Side(other.ref, other.on))
                self._views.open_view(self.VIEW, question)

        self._screen.app.push_screen(others_of(view, ref), chosen)
