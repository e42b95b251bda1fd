"""A line above the panes while the files of the dataset have problems."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from explorer.record import labels
from explorer.ui import commands
from explorer.ui.messages import SIGNS


class ProblemLine(Static):
    """Says how many problems there are, and which key lists them; else it is not there."""

    def __init__(self) -> None:
        super().__init__("", id="problems", markup=False)

    def tell(
        self, number: int, *, shown: str = "What is shown is from before.", is_listed: bool = True
    ) -> None:
        """Say how many there are now, and what is shown all the same.

        Who may not mend them has no list of them either.
        """
        found = labels.counted(number, "problem")
        key = commands.PROBLEMS.main_key
        listed = "it" if number == 1 else "them"
        ways = f"{key} lists {listed}" if is_listed else f"whoever serves this mends {listed}"
        says = f"{found} in the files: {ways}. {shown}"
        self.update(Content(f" {SIGNS['error']} {says}"))
        self.set_class(bool(number), "-on")
