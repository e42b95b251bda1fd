"""The app for a visitor, who sees it in a browser and must not reach the machine it runs on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.events import AppBlur, DeliveryComplete, DeliveryFailed

from explorer.text.sanitize import plain
from explorer.ui.app import ExplorerApp
from explorer.ui.system.browser_driver import BrowserDriver
from explorer.ui.system.visitor_reach import VisitorReach

if TYPE_CHECKING:
    from textual.driver import Driver


class ServedApp(ExplorerApp):
    """Shows one dataset to a visitor."""

    def __init__(
        self, *given: Any, home: Path | None, adds: bool, data: Path | None = None, **more: Any
    ) -> None:
        """`home` is what stands in for the user's folders; `adds` whether additions are kept.

        `data` is where the dataset is, which is not shown.
        """
        super().__init__(*given, **more)
        hidden = filter(None, (home, data and data.parent))
        self.reach = VisitorReach(self, [*hidden], adds=adds)

    def get_driver_class(self) -> type[Driver]:
        return BrowserDriver

    def notify(self, message: str, **how: Any) -> None:
        super().notify(self.reach.said(message), **how)

    def action_suspend_process(self) -> None:
        """There is a shell behind it, which is none of a visitor's."""
        self.notify("There is no shell to go back to: the app runs in your browser.")

    def on_app_blur(self, event: AppBlur) -> None:  # type: ignore[override]
        """Keep what is being written; the focus stays where it is, unlike in Textual.

        Its web driver begins by taking it away, before there is anything to see: who only touches
        the page, or comes to one that stands behind another, would find nothing that has it.
        """
        super().on_app_blur()
        event.prevent_default()

    def on_delivery_complete(self, event: DeliveryComplete) -> None:
        """What was to be said was said when the browser was asked to download it."""
        event.prevent_default()

    def on_delivery_failed(self, event: DeliveryFailed) -> None:
        event.prevent_default()
        self.notify(f"Not downloaded: {plain(str(event.exception))}", severity="error")
