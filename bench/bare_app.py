"""The least a Textual app can be: what `explorer` is measured against.

Each key changes its one text, so that it also gives the floor for the answer to a key.
"""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class BareApp(App[None]):
    """A header, a text and a footer."""

    keys_seen = 0

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("Ready")
        yield Footer()

    def on_key(self, _: events.Key) -> None:
        self.keys_seen += 1
        self.query_one(Static).update(f"Ready, {self.keys_seen} keys seen")


if __name__ == "__main__":
    BareApp().run()
