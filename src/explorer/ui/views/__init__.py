"""The full-screen views: each sets sides or days against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.ui.views.sheet_view import SheetView


def made(name: str) -> SheetView:
    """A view by its name; imported only now, since the first screen needs none."""
    match name:
        case "positions":
            from explorer.ui.views.positions_view import Positions

            return Positions()
        case "accounts":
            from explorer.ui.views.accounts_view import Accounts

            return Accounts()
        case "in_force":
            from explorer.ui.views.in_force_view import InForce

            return InForce()
        case "rates":
            from explorer.ui.views.rates_view import Rates

            return Rates()
        case _:
            from explorer.ui.views.changes_view import Changes

            return Changes()
