"""The full-screen view of accounts: what each side says was agreed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from explorer.documents.comparisons import accounts
from explorer.documents.pages import Sheet
from explorer.record.model import Ref
from explorer.ui import commands
from explorer.ui.views.sheet_view import Asked, SheetView
from explorer.view import View


class Accounts(SheetView):
    """Points by delegations, of one round or issue or of all."""

    NAME = "accounts"
    BINDINGS = commands.bindings((*commands.ACCOUNTS, *commands.SHEET))

    def _subject(self, view: View) -> Ref | None:
        """The round or issue whose points are shown; None for those of all."""
        about = self.asked.about
        is_one = about is not None and about.kind in ("round", "issue") and about in view.index
        return about if is_one and not self.asked.otherwise else None

    def about_now(self, about: Ref | None) -> Asked:
        """Another record's own points are what one opens it for, whatever was asked before."""
        return self.asked if about == self.asked.about else Asked(about)

    def question(self, view: View) -> Hashable:
        return self._subject(view)

    def made(self, view: View) -> Sheet:
        return accounts.sheet(view, self._subject(view))

    def lead_on(self, view: View) -> str:
        if self._subject(view) is not None:
            return "r shows the points of all rounds."
        return super().lead_on(view)

    def action_widen(self) -> None:
        about = self.asked.about
        if about is None or about.kind not in ("round", "issue"):
            self.notify("These are the points of all rounds: none is of the record shown alone.")
        else:
            self.ask(replace(self.asked, otherwise=not self.asked.otherwise))
