"""Where the full-screen views stand: one is seen at a time, over the panes."""

from __future__ import annotations

from textual.containers import Container

from explorer.model import Ref
from explorer.ui import views
from explorer.ui.paint import Look
from explorer.ui.views.sheet_view import SheetView
from explorer.view import View


class ViewHost(Container):
    """Makes each view when it is first opened, and keeps it for the next time."""

    def __init__(self) -> None:
        super().__init__(id="views")
        self.open: SheetView | None = None
        """The view that is seen."""

    async def show(self, name: str, view: View, about: Ref | None, look: Look) -> SheetView:
        """Open a view; `about` is the record that was shown then."""
        shown = next(iter(self.query(f"#{name}").results(SheetView)), None)
        if shown is None:
            shown = views.made(name)
            shown.look = look
            await self.mount(shown)
        for other in self.children:
            other.display = other is shown
        self.open = shown
        shown.about = about
        shown.view = view
        shown.renew()
        return shown

    def close(self) -> None:
        """Show none."""
        self.open = None

    def look_at(self, view: View) -> None:
        """Another view of the negotiation; views that are closed are told when they open."""
        if self.open is not None:
            self.open.view = view
