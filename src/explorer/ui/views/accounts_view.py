"""The full-screen view of accounts: what each side says was agreed."""

from __future__ import annotations

from dataclasses import replace

from explorer.documents.comparisons import accounts
from explorer.documents.comparisons.question import Question
from explorer.documents.sheet import Sheet
from explorer.record.model import Ref
from explorer.ui import commands, key_words, view_commands
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class AccountsView(SheetView):
    """Points by delegations, of one round or issue or of all."""

    BINDINGS = commands.bindings(view_commands.ACCOUNTS, "accounts")

    def question_about(self, about: Ref | None) -> Question:
        """Another record's own points are what one opens it for, whatever was asked before."""
        if about == self.question.about:
            return self.question
        return replace(self.question, about=about, otherwise=False)

    def has_nothing(self, sheet: Sheet) -> bool:
        """Whether there is no point, though perhaps links to where there are some."""
        return not any(block.cells for block in sheet.blocks)

    def ways_on(self, view: View) -> str:
        asked = self.asked_in(view)
        if asked.differing and accounts.rows(view, asked.about):
            return key_words.said("{accounts:differing} shows those on which nobody differs, too.")
        if asked.about is not None and not asked.otherwise and accounts.points(view):
            return key_words.said("{accounts:all} shows the points of all rounds.")
        return super().ways_on(view)

    def action_differing(self) -> None:
        self.ask(replace(self.question, differing=not self.question.differing))

    def action_widen(self) -> None:
        if self.view is not None and self.asked_in(self.view).about is not None:
            self.ask(replace(self.question, otherwise=not self.question.otherwise))
        else:
            self.notify("These are the points of all rounds: none is of the record shown alone.")
