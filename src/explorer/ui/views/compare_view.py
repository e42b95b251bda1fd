"""The full-screen view of two texts, clause by clause."""

from __future__ import annotations

from dataclasses import replace

from explorer.documents.comparisons import Comparison
from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts.likely_texts import Likely
from explorer.documents.comparisons.texts.side_by_side import set_out
from explorer.documents.comparisons.texts.two_texts import (
    Side,
    TextsCompared,
    compared,
    older_first,
)
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.ui import commands, view_commands
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View

_MANY = 150
"""Clauses of two texts together that are compared while the person waits for the screen."""


class CompareView(SheetView):
    """Side by side where there is room, else one below the other."""

    BINDINGS = commands.bindings(view_commands.TEXTS, "texts")

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._made: TextsCompared | None = None
        """The comparison that was made last."""
        self._wanted: TextsCompared | None = None
        """The one that is being made."""

    def sheet_in(self, view: View) -> Sheet:
        """Two treaties take a while, in which keys are answered."""
        question = self.asked_in(view)
        found = compared(view, question)
        if isinstance(found, TextsCompared):
            if found != self._made and found.clauses > _MANY:
                self._wanted = found
                self.run_worker(lambda: self._compare(found), thread=True, exclusive=True)
                return _at_it(view, found)
            found = self._made = self._made if found == self._made else found
        self._wanted = None
        return set_out(view, question, found)

    @property
    def is_made(self) -> bool:
        return self._wanted is None

    def ways_on(self, view: View) -> str:
        return super().ways_on(view) if self.is_made else ""

    def _compare(self, found: TextsCompared) -> None:
        found.counts  # noqa: B018 -- which is kept in it, and needs all the rest
        self.app.call_from_thread(self._show_made, found)

    def _show_made(self, found: TextsCompared) -> None:
        if found is self._wanted:  # else something else was asked meanwhile
            self._made = found
            self.renew()

    def asked_in(self, view: View) -> Question:  # noqa: ARG002 -- on no day it is another
        """The same two on every day: that one was not public yet is an answer too."""
        return self.question

    def action_only_changed(self) -> None:
        self.ask(replace(self.question, otherwise=not self.question.otherwise))

    def action_other(self) -> None:
        """Choose another text to set the first of the two against."""
        from explorer.ui.dialogs.choose_text import others_of

        about = self.question.about
        if self.view is None or about is None or about not in self.view.index:
            self.notify("Neither of them was public then.")
        else:
            self.app.push_screen(others_of(self.view, about), self._set_against)

    def _set_against(self, chosen: Likely | None) -> None:
        about = self.question.about
        if chosen is not None and about is not None and self.view is not None:
            self.ask(question_of(self.view, Side(about), Side(chosen.ref, chosen.on)))


def question_of(view: View, one: Side, other: Side) -> Question:
    """What asks for two texts, the older first."""
    first, second = older_first(view, one, other)
    return Question(first.ref, about_on=first.day, other=second.ref, other_on=second.day)


def _at_it(view: View, found: TextsCompared) -> Sheet:
    sheet = Sheet(view, f"{found.one.name} – {found.other.name}")
    sheet.add(Span(f"Comparing {labels.counted(found.clauses, 'clause')} …", "muted"))
    return sheet
