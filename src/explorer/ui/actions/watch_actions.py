"""Keeping searches and scopes under a name, and going back to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from explorer.errors import WatchError
from explorer.record import labels
from explorer.seen.watches import Watch, Watches
from explorer.ui import key_words
from explorer.ui.actions.background import Background
from explorer.ui.actions.screen import RecordScreen
from explorer.view import Scope

if TYPE_CHECKING:
    from explorer.ui.dialogs.watch_list import PickedWatch


class Searching(Protocol):
    """The search, as far as watches know it."""

    watch: Callable[[str], None]
    """Keeps what is typed under a name."""

    def find(self, typed: str | None = None) -> None:
        """Open it, perhaps with words."""


class WatchActions:
    """Lists watches, keeps, renames and deletes them, and opens one."""

    def __init__(
        self, screen: RecordScreen, search: Searching, changed: Callable[[], None]
    ) -> None:
        """`changed` is called when there are others than before."""
        self._screen = screen
        self._search = search
        self._changed = changed
        self._background = Background(screen)
        search.watch = self.keep_search

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {"watches": self.list_all}

    def palette(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        """What the palette offers that has no key."""
        yield (
            "Watch the scope",
            "Keep the scope under a name, to hear what is new.",
            self.keep_scope,
        )

    @property
    def _kept(self) -> Watches:
        return Watches(self._screen.view.whole.dataset.negotiation.id)

    def list_all(self) -> None:
        """List the watches, with what is new in each."""
        from explorer.ui.dialogs.watch_list import WatchList

        try:
            watches = self._kept.read()
        except WatchError as error:
            self._screen.notify(str(error), title=error.title, severity="error", timeout=15)
            return

        def picked(what: PickedWatch | None) -> None:
            if what is None:
                return
            if what.what == "keep":
                self.keep_scope()
            elif what.watch is not None:
                ways = {"open": self.open, "rename": self.rename, "delete": self.delete}
                ways[what.what](what.watch)

        self._screen.app.push_screen(WatchList(self._screen.view, watches), picked)

    def open(self, watch: Watch) -> None:
        """Narrow to the scope of a watch, and search for its words."""
        view = self._screen.view
        now = [view.whole.current(ref) for ref in watch.scope]
        chosen = tuple(ref for ref in now if ref is not None)
        self._screen.view = view.within(Scope(chosen, view.scope.as_of))
        self._screen.follow_cursor()
        if len(chosen) < len(now):
            gone = labels.counted(len(now) - len(chosen), "record")
            self._screen.notify(f"{gone} of “{watch.name}” is no longer in the dataset.")
        if watch.words:
            self._search.find(watch.words)

    def keep_scope(self) -> None:
        """Keep the scope under a name."""
        view = self._screen.view
        if not view.scope.chosen:
            from explorer.ui.dialogs.watch_list import NO_SCOPE

            self._screen.notify(key_words.said(NO_SCOPE))
            return
        names = " + ".join(labels.title(view.index, ref) for ref in view.chosen)
        self._ask_name(names, Watch("", scope=view.scope.chosen))

    def keep_search(self, typed: str) -> None:
        """Keep a search under a name; within the scope, where there is one."""
        if not typed.strip():
            self._screen.notify(
                key_words.said("Type what to search for first; then {find:watch} keeps it.")
            )
            return
        self._ask_name(typed.strip(), Watch("", words=" ".join(typed.split())))

    def _ask_name(self, proposed: str, watch: Watch) -> None:
        from explorer.ui.dialogs.text_prompt import TextPrompt

        hint = key_words.said(
            "From now on the start says what is new in it. {watches} lists yours."
        )

        def named(name: str | None) -> None:
            if name is not None:
                kept = replace(watch, name=name)
                self._do(
                    partial(self._kept.keep, kept),
                    key_words.said("“%s” is watched; {watches} lists watches.") % name,
                )

        proposed = labels.shortened(proposed, 60)
        self._screen.app.push_screen(TextPrompt("Watch this as", hint, proposed), named)

    def rename(self, watch: Watch) -> None:
        """Give a watch another name."""
        from explorer.ui.dialogs.text_prompt import TextPrompt

        def named(name: str | None) -> None:
            if name is not None and name != watch.name:
                said = f"“{watch.name}” is now “{name}”."
                self._do(partial(self._kept.rename, watch.name, name), said)

        hint = "What it watches stays the same."
        self._screen.app.push_screen(TextPrompt("Rename the watch to", hint, watch.name), named)

    def delete(self, watch: Watch) -> None:
        """Keep a watch no more, after a yes."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        def answered(answer: str | None) -> None:
            if answer == "yes":
                said = f"“{watch.name}” is watched no more."
                self._do(partial(self._kept.delete, watch.name), said)

        self._screen.app.push_screen(
            Confirm(
                f"Delete the watch “{watch.name}”?",
                "Nothing else is deleted: the records and your notes stay.",
                Answer("yes", "y", "Delete"),
                Answer("no", "n", "Keep it"),
                start="no",
            ),
            answered,
        )

    def _do(self, change: Callable[[], object], said: str) -> None:
        """Change what is kept, off the thread that draws, and say so."""

        def run() -> None:
            change()
            self._background.say(said)
            self._background.back(self._changed)

        self._background.run(run)
