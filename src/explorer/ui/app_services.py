"""What screens and widgets ask of the app around them, whichever app that is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol, cast

from textual.dom import DOMNode

from explorer.ui.command import in_words
from explorer.ui.messages import Messages
from explorer.ui.style import Look
from explorer.ui.system.reach import Reach


class Waiting(Protocol):
    """Keeps what is typed ahead of what it is meant for."""

    def begin(self, action: str) -> None: ...

    def hold(self) -> None: ...

    def let_go(self) -> None: ...

    def drop(self) -> None: ...

    def interrupt(self) -> None: ...


class AppServices(Protocol):
    """The app, as far as what stands in it knows it."""

    @property
    def look(self) -> Look:
        """The styles of the theme in use."""

    @property
    def messages(self) -> Messages: ...

    @property
    def has_plain_signs(self) -> bool:
        """Whether signs are drawn as ASCII."""

    @property
    def ahead(self) -> Waiting: ...

    @property
    def copied(self) -> str:
        """What was copied last, to the letter."""

    def send_to_clipboard(self, text: str) -> None:
        """Copy a text the terminal's way, and say nothing."""

    def stand_ready(self) -> None:
        """Be ready for what opens over the main screen, and do what was typed before."""

    def show_help(self, place: str) -> None:
        """Explain the keys of a place."""

    reach: Reach
    """What may be done on the machine that the app runs on."""
    sought: str
    """The words that were looked for last in what is read."""

    def find_in(self, within: Any) -> None:
        """Have words typed that are looked for in what is read."""

    last_words: str
    """What is said once the screen is left."""

    def lend_terminal(self) -> AbstractContextManager[None]:
        """Let another program have the terminal meanwhile."""


def app_services(node: DOMNode) -> AppServices:
    """The app that a widget or a screen is in."""
    return cast("AppServices", node.app)


def keys_shown(node: DOMNode, caps: str) -> str:
    """Keys as printed on the keyboard; arrows by their names where they have no signs."""
    return in_words(caps) if app_services(node).has_plain_signs else caps
