"""Choosing what something in a file means: what its rows are, which field or which record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from textual.content import Content

from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake.kind_words import FIRST
from explorer.text.sanitize import one_line
from explorer.ui import commands
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import MEANINGS

Meaning = tuple[str, str, str]
"""What is returned, what it is called, and what is said of it."""


class ChooseMeaning(Chooser[str]):
    """Returns what stands for the meaning that is taken."""

    PLACE = "meanings"
    BINDINGS = commands.bindings(MEANINGS, "meanings", first=True)

    def __init__(
        self, title: str, meanings: Sequence[Meaning], explanation: str = "", now: str = ""
    ) -> None:
        """The cursor is on what it means `now`."""
        super().__init__([(_shown(*rest), name) for name, *rest in meanings], _said(explanation))
        self.title = one_line(title)
        names = [name for name, *_ in meanings]
        self._now = names.index(now) if now in names else 0

    def on_mount(self) -> None:
        self._options.highlighted = self._now if self._entries else None


def _said(meaning: str) -> str:
    """What a field means, without the marks of the guide for writers."""
    return re.sub("`([^`]*)`", r"“\1”", meaning)


def _shown(called: str, detail: str) -> Content:
    beside = f"  {one_line(_said(detail))}" if detail else ""
    return Content.assemble((one_line(called), "bold"), beside)


def kinds() -> Sequence[Meaning]:
    """What rows may be."""
    return [*_kinds()]


def _kinds() -> Iterator[Meaning]:
    for name in FIRST:
        yield name, FORM_KINDS[name].title.capitalize(), ""
