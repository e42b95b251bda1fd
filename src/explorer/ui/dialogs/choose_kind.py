"""Choosing what to add, by the arrows or by a letter."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Key

from explorer.adding.form_kinds import FORM_KINDS
from explorer.ui import commands
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import KINDS


class ChooseKind(Chooser[str]):
    """Returns the name of what is to be added; what is likely comes first."""

    PLACE = "kinds"
    BINDINGS = commands.bindings(KINDS, "kinds")
    COMPONENT_CLASSES = {"look--key"}

    def __init__(self, likely: Sequence[str]) -> None:
        names = [*likely, *(name for name in FORM_KINDS if name not in likely)]
        entries = [
            (
                Content.assemble(
                    (f" {FORM_KINDS[name].key} ", ".look--key"), FORM_KINDS[name].title
                ),
                name,
            )
            for name in names
        ]
        super().__init__(entries)
        self.title = "Add to the record"
        self.sub_title = "a letter or Enter chooses"

    def on_key(self, event: Key) -> None:
        chosen = next((k.name for k in FORM_KINDS.values() if k.key == event.key), None)
        if chosen is not None:
            event.stop()
            self.dismiss(chosen)
