"""What stands over the screen is answered once, however many keys arrive at once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Result = TypeVar("Result")


def is_on_top(screen: Screen[Result]) -> bool:
    """Whether nothing stands over a screen, nor is it taken away."""
    return screen.app.screen_stack[-1:] == [screen]


class Modal(ModalScreen[Result]):
    """Takes its first answer, and none while it is covered itself.

    Textual takes away whichever screen is on top, and has nothing left to take in the end.
    An answer that comes before there is anything to see waits for it.
    """

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        if not is_on_top(self):
            return AwaitComplete()
        if not self.is_mounted:
            self.call_later(self.dismiss, result)
            return AwaitComplete()
        return super().dismiss(result)
