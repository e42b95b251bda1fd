"""The full-screen view of accounts: what each side says was agreed."""

from __future__ import annotations

from explorer.comparisons import accounts
from explorer.page import Sheet
from explorer.ui import commands
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class Accounts(SheetView):
    """Points by delegations, of one round or issue or of all."""

    NAME = "accounts"
    BINDINGS = commands.bindings((*commands.ACCOUNTS, *commands.SHEET))

    def __init__(self) -> None:
        super().__init__()
        self._all = False

    def made(self, view: View) -> Sheet:
        there = self.about is not None and self.about in view.index
        return accounts.sheet(view, self.about if there and not self._all else None)

    def action_widen(self) -> None:
        self._all = not self._all
        self.stop = 0
        self.renew()
