"""The full-screen view of evidence: which statements are weakly supported."""

from __future__ import annotations

from collections.abc import Hashable

from textual.worker import get_current_worker

from explorer.documents.comparisons import Comparison, evidence
from explorer.documents.pages import Sheet
from explorer.documents.sheet import Span
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class EvidenceView(SheetView):
    """Of a very large dataset the statements are weighed beside the keys, by a thread."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__(comparison)
        self._weighed: evidence.Weighed | None = None
        self._weighed_for: Hashable = None
        """What was weighed, or is being weighed now."""

    def sheet_in(self, view: View) -> Sheet:
        if not evidence.is_long(view):
            return super().sheet_in(view)
        if self._weighed_for != _asked(view):
            self._weighed, self._weighed_for = None, _asked(view)
            self.run_worker(lambda: self._weigh(view), thread=True, exclusive=True)
        if self._weighed is not None:
            return evidence.set_out(view, self._weighed)
        page = evidence.titled(view)
        records = len(view.index.everything())
        page.add(Span(f"Weighing what {records:,} records rest on …", "muted"))
        return page

    @property
    def is_made(self) -> bool:
        return self.view is None or not evidence.is_long(self.view) or self._weighed is not None

    def ways_on(self, view: View) -> str:
        return super().ways_on(view) if self.is_made else ""

    def _weigh(self, view: View) -> None:
        """Weigh the statements; for a thread to do."""
        worker = get_current_worker()
        weighed = evidence.weigh(view, lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_weighed, view, weighed)

    def _show_weighed(self, view: View, weighed: evidence.Weighed) -> None:
        if self._weighed_for == _asked(view):
            self._weighed = weighed
            self.renew()


def _asked(view: View) -> Hashable:
    """What tells one weighing from another: the record on a day, and the scope."""
    return (id(view.index), view.scope)
