"""The day that is looked at, and what narrows lists and views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from explorer.documents import coverage
from explorer.linear.asking import Asking
from explorer.linear.leaf import GoneError
from explorer.linear.leaves import about_day
from explorer.linear.named_records import named
from explorer.linear.session import Deed, Session
from explorer.linear.spoken import name_of
from explorer.linear.whereabouts import Menu, OnRecord
from explorer.record.model import Ref
from explorer.view import View, ways_to_say_a_day


class DaysAndScope:
    """What the commands do that set the day and the scope."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        session = self._session
        return {
            "day": self._day,
            "round_before": lambda _: self._look_at(session.view.end_of_round_before()),
            "next_round": lambda _: self._look_at(session.view.end_of_next_round()),
            "day_before": lambda _: self._by_days(-1),
            "next_day": lambda _: self._by_days(1),
            "last_day": lambda _: self._look_at(session.view.covers_until),
            "scope": self._scope,
        }

    def _by_days(self, days: int) -> None:
        self._look_at(self._session.view.as_of + timedelta(days=days))

    def _look_at(self, day: date) -> None:
        """Look at a day, or say that the record goes no further."""
        view = self._session.view
        edge = coverage.edge(view, day)
        there = view.at(max(view.index.dataset.negotiation.began, min(day, view.covers_until)))
        if edge:
            self._session.say(edge)
        if there.as_of != view.as_of:
            self._look_from(there)

    def _day(self, typed: str) -> None:
        session = self._session
        ways = f"You can say {ways_to_say_a_day(session.view)}."

        def answered(said: str) -> None:
            day = session.view.day_said(said)
            session.close_mode()
            self._look_from(session.view.at(day))

        if typed:
            try:
                answered(typed)
            except ValueError as error:
                session.say(f"{error}.")
            return
        session.say(about_day(session.view), ways)
        session.mode = Asking(session.say, session.close_mode, "Which day", answered, ways)

    def _look_from(self, view: View) -> None:
        """Look from another day, at the same place as far as there is anything to read."""
        session = self._session
        session.view = view
        session.say(about_day(view))
        try:
            session.leaf = session.leaf_of(session.place)
        except GoneError as error:
            session.say(str(error))
            session.back.append(session.place)  # so that it is there again on a later day
            session.stand(Menu(), session.leaf_of(Menu()))
        session.section = 0
        if isinstance(session.place, Menu):
            session.say("m lists what there was.")
        else:
            session.read()

    # The scope.

    def _scope(self, typed: str) -> None:
        session, view = self._session, self._session.view
        if typed.casefold() in ("off", "none", "all"):
            self._narrow(view, ())
        elif typed:
            refs = named(view, typed)
            if len(refs) == 1:
                self._toggle(refs[0])
                return
            session.choose([(name_of(view, ref), self._toggling(ref)) for ref in refs])
        elif isinstance(session.place, OnRecord):
            self._toggle(session.place.ref)
        elif view.chosen:
            self._say_scope()
        else:
            session.say("Nothing narrows what is listed. “scope NAME” narrows it to a record.")

    def _toggling(self, ref: Ref) -> Callable[[], None]:
        return lambda: self._toggle(ref)

    def _toggle(self, ref: Ref) -> None:
        view = self._session.view
        self._narrow(view, view.scope.toggled(ref).chosen)

    def _narrow(self, view: View, chosen: tuple[Ref, ...]) -> None:
        self._session.view = replace(view, scope=replace(view.scope, chosen=chosen))
        self._session.renew()
        self._say_scope()

    def _say_scope(self) -> None:
        view = self._session.view
        names = ", ".join(name_of(view, ref) for ref in view.chosen)
        if not names:
            self._session.say("The scope is off: lists and views show everything.")
            return
        counts = ", ".join(
            f"{view.counted(kind, view.rows(kind))} of {view.total(kind)} {kind}s"
            for kind in ("round", "issue", "quote")
        )
        self._session.say(f"Scope: {names}. Lists and views are narrowed to it: {counts}.")
