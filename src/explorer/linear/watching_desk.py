"""Searches and scopes that are kept under a name: going back to them, keeping and deleting them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from explorer.linear.session import Deed, Session
from explorer.linear.spoken import name_of
from explorer.linear.whereabouts import Found
from explorer.text.folding import fold
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.seen.watches import Watch, Watches


class WatchingDesk:
    """What the commands do that are about watches."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {"watches": self._list, "watch": self._keep, "unwatch": self._delete}

    @property
    def _kept(self) -> Watches:
        from explorer.seen.watches import Watches

        return Watches(self._session.view.whole.dataset.negotiation.id)

    def _list(self, typed: str) -> None:
        session, watches = self._session, self._kept.read()
        if named := self._meant(watches, typed):
            self._open(named)
        elif watches:
            session.choose([(self._said(w), self._opening(w)) for w in watches])
        else:
            session.say("You keep none. “watch NAME” keeps the search you read, or the scope.")

    def _meant(self, watches: tuple[Watch, ...], typed: str) -> Watch | None:
        return next((w for w in watches if typed and fold(w.name) == fold(typed)), None)

    def _said(self, watch: Watch) -> str:
        view = self._session.view
        scope = " and ".join(name_of(view, ref) for ref in watch.scope if ref in view.index)
        words = f"search for {watch.words}" if watch.words else ""
        return f"{watch.name}: {', within '.join(filter(None, (words, scope)))}"

    def _opening(self, watch: Watch) -> Callable[[], None]:
        return lambda: self._open(watch)

    def _open(self, watch: Watch) -> None:
        """Narrow to its scope, and search for its words."""
        session, view = self._session, self._session.view
        now = (view.whole.current(ref) for ref in watch.scope)
        chosen = tuple(ref for ref in now if ref is not None)
        session.view = replace(view, scope=replace(view.scope, chosen=chosen))
        session.renew()
        if watch.words:
            session.visit(Found(watch.words))
        else:
            session.deeds["scope"]("")

    def _keep(self, typed: str) -> None:
        """Keep the search that is read, within the scope, or the scope alone."""
        from explorer.seen.watches import Watch

        session = self._session
        words = session.place.typed if isinstance(session.place, Found) else ""
        scope = session.view.scope.chosen
        if not words and not scope:
            session.say("Search for something, or narrow the scope; “watch NAME” then keeps it.")
        elif not typed:
            session.say("Say under which name: “watch soybeans”.")
        else:
            watch = Watch(one_line(typed), words, scope)
            self._kept.keep(watch)
            session.say(f"Kept: {self._said(watch)}. “watches” lists them.")

    def _delete(self, typed: str) -> None:
        session = self._session
        watch = self._meant(self._kept.read(), typed)
        if watch is None:
            session.say(f"No watch is called “{one_line(typed)}”; “watches” lists them.")
            return
        session.say(f"Delete the watch {self._said(watch)}?")
        session.choose(
            words={"yes": partial(self._deleted, watch)}, prompt="yes or no", otherwise="Kept."
        )

    def _deleted(self, watch: Watch) -> None:
        self._kept.delete(watch.name)
        self._session.say("Deleted.")
