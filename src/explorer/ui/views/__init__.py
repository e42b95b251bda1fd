"""The full-screen views: each shows a comparison.

A comparison needs no module here. Those that have keys of their own, or draw more than a
sheet, have one, which is named in _OF_ITS_OWN.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from explorer.documents.comparisons import COMPARISONS

if TYPE_CHECKING:
    from explorer.ui.views.sheet_view import SheetView

_OF_ITS_OWN = {
    "positions": "positions_view.PositionsView",
    "accounts": "accounts_view.AccountsView",
    "deadlines": "deadlines_view.DeadlinesView",
    "evidence": "evidence_view.EvidenceView",
    "texts": "compare_view.CompareView",
    "figures": "figures_view.FiguresView",
    "news": "news_view.NewsView",
}
"""The views that do more than show their sheet."""


def new_view(name: str) -> SheetView:
    """The view of a comparison; imported only now, since the first screen needs none."""
    comparison = next(comparison for comparison in COMPARISONS if comparison.name == name)
    module, _, kind = _OF_ITS_OWN.get(name, "sheet_view.SheetView").partition(".")
    view = getattr(import_module(f"{__name__}.{module}"), kind)
    return cast("SheetView", view(comparison))
