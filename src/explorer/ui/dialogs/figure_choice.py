"""Choosing which figures to see: all of one unit together, or one by itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from explorer.documents.comparisons.figures import Choice
from explorer.ui import commands, key_words
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import FIGURES


class ChooseFigures(Chooser[Choice]):
    """Returns the choice, or None."""

    PLACE = "figures_offered"
    BINDINGS = commands.bindings(FIGURES, "figures_offered", first=True)

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__([(Content(choice.name), choice) for choice in choices])
        self.title = "Which figures?"
        self.sub_title = key_words.said(
            "{figures_offered:show} shows them, {figures_offered:close} leaves all as it is"
        )
