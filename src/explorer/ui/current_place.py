"""The places a person was at, and the views that cover the panes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from explorer.documents.comparisons.question import Question
from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.focus import Focus
from explorer.ui.history import History, Place, Viewed
from explorer.ui.panes.pane_stack import PaneStack
from explorer.ui.panes.record_and_notes import Reading
from explorer.ui.views.host import ViewHost


class Places:
    """Goes back and forward, and into views and out of them."""

    def __init__(
        self,
        screen: RecordScreen,
        stack: PaneStack,
        reading: Reading,
        views: ViewHost,
        focus: Focus,
    ) -> None:
        self._screen = screen
        self._stack = stack
        self._reading = reading
        self._views = views
        self._focus = focus
        self.history = History()
        self._came_from = stack.active
        """Where the person was when the view was opened."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {
            "back": lambda: self._travel(self.history.back, "There is nothing to go back to."),
            "forward": lambda: self._travel(
                self.history.forward, "There is nothing to go forward to."
            ),
        }

    def is_at_beginning(self) -> bool:
        """Whether there is nothing to go back to."""
        return not self.history.is_behind

    def remember(self) -> None:
        """Remember what is seen now, on going somewhere else."""
        self.history.leave(self.here())

    def follow(self, now: Callable[[Ref], Ref]) -> None:
        """Call records as they are called now, wherever the person was."""
        self.history.follow(now)
        self._views.follow(now)

    def open_view(self, name: str, question: Question | None = None) -> None:
        """Open a view in the place of the panes, or of another view.

        It is asked what it was asked last, unless a question is given.
        """
        if not self._views.viewing:
            came_from = "record" if self._focus.place == "marking" else self._focus.place
            is_beside = came_from in ("record", "notes")
            self._came_from = came_from if is_beside else self._stack.active
        self._show(name, question or self._views.question(name, self._screen.selected))

    def leave_view(self) -> None:
        """Go back from the view to where the person was."""
        self.close_view()
        self._focus.on(self._came_from)

    def close_view(self) -> None:
        """Show the panes again, if a view covers them."""
        self._views.close()
        self._focus.uncover()

    def _show(self, name: str, question: Question) -> None:
        self._reading.end_marking()
        self._focus.cover(self._views.show(name, self._screen.view, question))

    def _travel(self, step: Callable[[Place], Place | None], none: str) -> None:
        place = step(self.here())
        if place is None:
            self._screen.notify(none)
        else:
            self.restore(place)

    def here(self) -> Place:
        """All that is needed to come back to what is seen now."""
        here, shown = self._focus.place, self._views.open
        focus = here if here in ("record", "notes") else self._stack.active
        return Place(
            self._screen.selected,
            focus if shown is None else self._came_from,
            self._screen.view.scope,
            self._stack.state,
            self._reading.record.spot,
            self._reading.notes.spot,
            None if shown is None else Viewed(shown.comparison.name, shown.question, shown.spot),
        )

    def restore(self, place: Place) -> None:
        """See again what was seen, as far as it is still there."""
        self.close_view()
        self._screen.view = self._screen.view.within(place.scope)
        self._stack.restore(place.panes)
        self._screen.selected = self._there(place.selected)
        self._reading.record.restore(place.record)
        self._reading.notes.restore(place.notes)
        if place.viewed is None:
            self._focus.on(place.focus)
        else:
            self._came_from = place.focus
            self._show(place.viewed.name, place.viewed.question)
            self._screen.reader.restore(place.viewed.spot)

    def _there(self, ref: Ref) -> Ref:
        """A record, or what stands in for one that has gone from the files meanwhile."""
        index = self._screen.view.index
        if ref in index:
            return ref
        self._screen.notify(f"{labels.KIND_NAMES[ref.kind]} {ref.id} is not there any more.")
        return self._screen.current or index.dataset.negotiation.ref
