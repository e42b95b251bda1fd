"""The full-screen view of two texts, clause by clause."""

from __future__ import annotations

from dataclasses import replace

from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts.likely_texts import Likely
from explorer.documents.comparisons.texts.side_by_side import Side, older_first
from explorer.ui import commands
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class CompareView(SheetView):
    """Side by side where there is room, else one below the other."""

    BINDINGS = commands.bindings(commands.TEXTS)

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
