"""The days of a note: its own, and the one on which it is to be looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from explorer import settings
from explorer.errors import UsageError
from explorer.linear.note_desk import NoteDesk
from explorer.linear.session import Deed, Session
from explorer.notes import Note
from explorer.record import clock, date_parser


class NoteDays:
    """What the commands do that set them."""

    def __init__(self, session: Session, desk: NoteDesk) -> None:
        self._session = session
        self._desk = desk

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {
            "reviewed": lambda typed: self._reviewed(self._desk.note(typed)),
            "due": lambda typed: self._set_day("due", typed),
            "dated": lambda typed: self._set_day("date", typed),
        }

    def _set_day(self, which: str, typed: str) -> None:
        note = self._desk.note("")
        if not self._desk.may_change(note):
            return
        if not typed:
            self._session.say("Say a day, such as “due 26 Dec”, or “off”.")
            return
        try:
            day = None if typed.casefold() in ("off", "none") else self._day(which, typed)
        except ValueError as error:
            raise UsageError(str(error)) from None
        if which == "due":
            words = replace(note.words, due=day, done=False)
        else:
            words = replace(note.words, date=day)
        self._desk.shown(self._desk.save(note.ref, words, note))

    def _day(self, which: str, typed: str) -> date:
        """A day for review lies ahead on the reader's calendar; a note's own is of the record."""
        if which == "date":
            return self._session.view.day_said(typed)
        today = clock.today()
        ends = today + timedelta(days=365)
        order = settings.date_order()
        return date_parser.parse(typed, from_day=today, ends=ends, named={}, order=order)

    def _reviewed(self, note: Note) -> None:
        if not self._desk.may_change(note):
            return
        if note.due is None:
            self._session.say("This note has no day to be reviewed on; “due 26 Dec” sets one.")
        else:
            words = replace(note.words, done=not note.done)
            self._desk.shown(self._desk.save(note.ref, words, note))
            self._session.say("Reviewed." if words.done else "To be reviewed again.")
