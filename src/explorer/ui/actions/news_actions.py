"""What is new to the reader: found once the first screen stands, and walked through."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from explorer.documents import news_words
from explorer.documents.comparisons.question import ALL, Question
from explorer.errors import WatchError
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.seen import NOTHING_NEW, Item, News
from explorer.ui import key_words
from explorer.ui.actions.background import Background
from explorer.ui.actions.screen import RecordScreen
from explorer.ui.actions.watch_actions import Searching, WatchActions
from explorer.ui.app_services import app_services
from explorer.view import View

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from explorer.record.index import Index
    from explorer.seen.look_over import Visit
    from explorer.ui.widgets.reader import Reader


class Views(Protocol):
    """The views that cover the panes."""

    def open_view(self, name: str, question: Question | None = None) -> None:
        """Open one, on a question."""


class NewsActions:
    """Looks the files over when they were read, and shows what is new, one by one."""

    VIEW = "news"

    def __init__(self, screen: RecordScreen, views: Views, search: Searching, place: str) -> None:
        self._screen = screen
        self._views = views
        self._place = place
        self._background = Background(screen)
        self._watches = WatchActions(screen, search, self.count_watches)
        self._looked: Index | None = None
        """The record that was looked over last, or is being so."""
        self._none = NOTHING_NEW
        """That nothing is new, and since when, until somebody asks."""
        self._at_start = True
        """Whether nothing was looked over on this visit."""
        self._over = threading.Event()
        self._turn = threading.Lock()
        """What is noted is noted in its turn: one record after the other."""

    @property
    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """What keys do here, by name."""
        return {
            "news": self.walk,
            "next_news": partial(self._step, 1),
            "previous_news": partial(self._step, -1),
            "list_news": self.list_all,
            "see_all_news": self.see_all,
            **self._watches.deeds,
        }

    def palette(self) -> Iterable[tuple[str, str, Callable[[], None]]]:
        """What the palette offers that has no key everywhere."""
        yield "Mark all as seen", "Mark all that is new as seen, after a yes.", self.see_all
        yield from self._watches.palette()

    def close(self) -> None:
        """The screen is left: nobody waits for what is being found."""
        self._over.set()

    # Finding out.

    def begin(self) -> None:
        """Find out what is new, now that there is time, and again when the files were read anew."""
        self._look()
        self._screen.watch(self._screen, "view", self._look, init=False)

    def _look(self) -> None:
        """Look the files over, unless that was done for these."""
        whole = self._screen.view.whole
        if self._looked is not whole:
            self._looked = whole
            self._screen.run_worker(partial(self._look_over, whole), thread=True)

    def _visit(self, whole: Index) -> Visit:
        from explorer.seen.look_over import Visit

        return Visit(whole, self._place, clock.today(), is_over=self._over.is_set)

    def _look_over(self, whole: Index) -> None:
        from explorer.seen.look_over import Stopped, look_over
        from explorer.seen.memory import Unusable

        with self._turn:
            try:
                news = look_over(self._visit(whole))
            except Stopped:
                return
            except Unusable:
                return  # what cannot be remembered is no news, and keeps nobody from reading
        if news.items:
            news = self._with_watches(self._screen.view, news)
        if not self._over.is_set():
            self._background.back(self._found, whole, news)

    def _with_watches(self, view: View, news: News) -> News:
        from explorer.search.watching import watched
        from explorer.seen.watches import Watches

        try:
            watches = Watches(view.whole.dataset.negotiation.id).read()
        except WatchError as error:
            self._background.say(str(error), error.title, 15)
            return news
        return news.with_watched(watched(view, news, watches)) if watches else news

    def _found(self, whole: Index, news: News) -> None:
        """Show what was found, unless the files were read anew meanwhile."""
        screen = self._screen
        if screen.view.whole is not whole:
            return
        if not news.items and not screen.view.news.items:
            self._none, self._at_start = news, False  # there is nothing to draw
            return
        screen.view = replace(screen.view, news=news)
        # What came while the app was open was said when it came; its signs say the rest.
        at_start, self._at_start = self._at_start, False
        if at_start and (told := self._told(screen.view)):
            now = app_services(screen.app).messages.now  # which is not to be lost
            words = f"{now.words} {told}" if now is not None else told
            severity: SeverityLevel = "information"
            if now is not None and now.severity != "information":
                severity = "error" if now.severity == "error" else "warning"
            screen.notify(words, severity=severity, timeout=15, markup=False)

    def _told(self, view: View) -> str:
        """“14 new, 3 corrected since 12 Nov: w walks through them. Rare earths: 2 new.”"""
        left = view.news.left_in(view.index)
        if not left:
            return ""
        since = f" since {labels.day(view.news.since)}" if view.news.since else ""
        way = key_words.said("{news} walks through them" if left[1:] else "{news} shows it")
        told = f"{news_words.counted(view, left)}{since}: {way}."
        return " ".join((told, *self._in_watches(view)))

    def _in_watches(self, view: View) -> Iterable[str]:
        from explorer.documents.comparisons.news import in_watch

        for watch in view.news.watched:
            if watch.refs:
                yield f"{watch.name}: {in_watch(view, watch)}."

    def count_watches(self) -> None:
        """Find out what is new in each watch, as they are now."""
        view = self._screen.view
        if not view.news.items:
            return

        def count() -> None:
            news = self._with_watches(view, view.news)
            self._background.back(self._have_counted, view.news, news)

        self._background.run(count)

    def _have_counted(self, before: News, news: News) -> None:
        now = self._screen.view.news
        if now.items is before.items:
            self._screen.view = replace(self._screen.view, news=now.with_watched(news.watched))

    # Walking through it.

    @property
    def _about(self) -> Ref | None:
        """The record that the view of news shows; None when it shows all, or is closed."""
        if self._screen.viewing != self.VIEW:
            return None
        question: Question = getattr(self._screen.reader, "question", ALL)
        return question.about

    def walk(self) -> None:
        """Show the next that was not seen, or say that all is."""
        if not self._screen.view.news.items:
            self._screen.view = replace(self._screen.view, news=self._none)
        view = self._screen.view
        found, left = view.news.in_sight(view.index), view.news.left_in(view.index)
        here = self._about
        if not left and here is not None:
            back = f"{key_words.cap('close', 'sheet')} goes back"
            self._screen.notify(f"That was the last of {len(found)}: all is seen. {back}.")
        elif not left:
            self._views.open_view(self.VIEW, ALL)
        else:
            self._show(_following(found, left, here))

    def _step(self, way: int) -> None:
        view, here = self._screen.view, self._about
        found = view.news.in_sight(view.index)
        places = [number for number, item in enumerate(found) if item.ref == here]
        if not places:
            self.walk()
        elif 0 <= places[0] + way < len(found):
            self._show(found[places[0] + way])
        else:
            back = f"{key_words.cap('close', 'sheet')} goes back to the panes"
            self._screen.notify(
                "This is the first of them."
                if way < 0
                else f"That was the last of {len(found)}. {back}."
            )

    def list_all(self) -> None:
        """List all that is new; from the list show one again."""
        if self._about is None:
            link = self._link()
            item = self._screen.view.news.item(link) if link is not None else None
            if item is not None:
                self._show(item)
            else:
                self.walk()
        else:
            self._views.open_view(self.VIEW, ALL)

    def _link(self) -> Ref | None:
        reader: Reader = self._screen.reader
        return reader.link

    def _show(self, item: Item) -> None:
        """Show one, which marks it as seen."""
        self._mark([item])
        self._views.open_view(self.VIEW, Question(item.ref))

    def _mark(self, items: Sequence[Item]) -> None:
        view = self._screen.view
        items = [item for item in items if item.ref not in view.news.seen]
        if not items:
            return
        self._screen.view = replace(view, news=view.news.with_seen(item.ref for item in items))
        self._screen.run_worker(partial(self._remember, view.whole, items), thread=True)

    def _remember(self, whole: Index, items: Sequence[Item]) -> None:
        from explorer.seen.look_over import mark_seen
        from explorer.seen.memory import Unusable

        try:
            with self._turn:
                mark_seen(self._visit(whole), items)
        except Unusable as error:
            self._background.say(f"What you saw cannot be remembered: {error}.", timeout=15)

    def see_all(self) -> None:
        """Mark all as seen, after a yes: the signs would be gone."""
        from explorer.ui.dialogs.confirm import Answer, Confirm

        left = self._screen.view.news.left
        if not left:
            self._screen.notify("There is nothing new that is not seen.")
            return
        number = labels.counted(len(left), "record")
        hidden = len(left) - len(self._screen.view.news.left_in(self._screen.view.index))
        more = f" {hidden} of them were not public on the day shown." if hidden else ""

        def answered(answer: str | None) -> None:
            if answer == "yes":
                self._mark(left)
                self._screen.notify(f"{number} marked as seen.")

        self._screen.app.push_screen(
            Confirm(
                f"Mark {number} as seen?",
                f"The signs go, and the next visit does not name them.{more}",
                Answer("yes", "y", "Mark all"),
                Answer("no", "n", "Leave them"),
                start="no",
            ),
            answered,
        )


def _following(found: Sequence[Item], left: Sequence[Item], here: Ref | None) -> Item:
    """The next that was not seen, going on from where one is, and then from the beginning."""
    order = [item.ref for item in found]
    place = order.index(here) if here in order else -1
    return min(left, key=lambda item: (order.index(item.ref) < place, order.index(item.ref)))
