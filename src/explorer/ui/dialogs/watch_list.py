"""The searches and scopes that a person watches, with what is new in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from explorer.documents.comparisons.news import in_watch
from explorer.record import labels
from explorer.seen.watches import Watch
from explorer.text.sanitize import one_line
from explorer.ui import commands, key_words
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import WATCHES
from explorer.view import View

NO_SCOPE = (
    "There is no scope to watch: {scope} adds the record shown to it. A search is kept with "
    "{find:watch} while you search."
)


@dataclass(frozen=True, slots=True)
class PickedWatch:
    """What is to be done, and with which watch."""

    what: Literal["open", "rename", "delete", "keep"]
    watch: Watch | None = None


class WatchList(Chooser[PickedWatch]):
    """Returns what the person wants of a watch."""

    PLACE = "watches"
    BINDINGS = commands.bindings(WATCHES, "watches", first=True)

    def __init__(self, view: View, watches: Sequence[Watch]) -> None:
        entries = [(_shown(view, watch), PickedWatch("open", watch)) for watch in watches]
        none = (
            "None yet. Ctrl+S while you search keeps a search under a name, and a here keeps the "
            "scope: the start then says what is new in each."
        )
        super().__init__(entries, "" if entries else none)
        self.title = "Watches"
        self._watches = watches
        self._has_scope = bool(view.scope.chosen)

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._watches else ("take", "rename", "delete")

    def _pick(self, what: Literal["rename", "delete"]) -> None:
        place = self._options.highlighted or 0
        if self._watches:
            self.dismiss(PickedWatch(what, self._watches[place]))
        else:
            self.notify(
                key_words.said("There is no watch yet; {watches:add} keeps the scope as one.")
            )

    def action_rename(self) -> None:
        self._pick("rename")

    def action_delete(self) -> None:
        self._pick("delete")

    def action_keep(self) -> None:
        if self._has_scope:
            self.dismiss(PickedWatch("keep"))
        else:
            self.notify(key_words.said(NO_SCOPE))


def _shown(view: View, watch: Watch) -> Content:
    """Its name, what is new in it, and what it watches."""
    found = next((each for each in view.news.watched if each.name == watch.name), None)
    new = in_watch(view, found) if found is not None else "nothing new"
    trouble = f"\n  {one_line(found.trouble)}" if found is not None and found.trouble else ""
    return Content.assemble(
        (watch.name, "bold"), f"  {new}", f"\n  {what_is(view, watch)}", trouble
    )


def what_is(view: View, watch: Watch) -> str:
    """What a watch is on: its scope by the names of records, and its words."""
    names = [
        labels.title(view.index, ref)
        if (now := view.index.current(ref)) is None
        else labels.title(view.index, now)
        for ref in watch.scope
    ]
    scope = f"scope: {' + '.join(names)}" if names else ""
    words = f"search: {watch.words}" if watch.words else ""
    return one_line("  ".join(filter(None, (scope, words))))
