"""Everything put together: what is said at the start, and which part does what."""

from __future__ import annotations

from explorer.documents import coverage
from explorer.linear.adding_desk import AddingDesk
from explorer.linear.days_and_scope import DaysAndScope
from explorer.linear.fresh_files import FreshFiles
from explorer.linear.importing_desk import ImportingDesk
from explorer.linear.leaf import GoneError
from explorer.linear.leaves import about_day
from explorer.linear.moving import Moving
from explorer.linear.note_days import NoteDays
from explorer.linear.note_desk import NoteDesk
from explorer.linear.note_mending import NoteMending
from explorer.linear.outside_editor import Edit
from explorer.linear.session import Session
from explorer.linear.taking_out import TakingOut, Ways
from explorer.linear.views_typed import ViewsTyped
from explorer.linear.watching_desk import WatchingDesk
from explorer.linear.whereabouts import Menu, OnRecord
from explorer.opening import Opened, trouble_with_additions
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.sanitize import plain


class Visit:
    """A session with all that its commands do."""

    def __init__(self, opened: Opened, ways: Ways, edit: Edit | None = None) -> None:
        """`edit` runs the person's own editor, where there is a terminal for it."""
        self._opened = opened
        self.session = session = Session(opened.view)
        self.desk = NoteDesk(session, opened.store, opened.trouble, edit)
        self._mending = NoteMending(session, self.desk)
        files = FreshFiles(session, opened)
        self.adding = AddingDesk(session, opened, files)
        session.before_command = files.look
        self._views = ViewsTyped(session, opened.place)
        for part in (
            Moving(session),
            DaysAndScope(session),
            self._views,
            self.desk,
            NoteDays(session, self.desk),
            self._mending,
            self.adding,
            ImportingDesk(session, opened, self.adding),
            WatchingDesk(session),
            TakingOut(session, ways),
        ):
            session.deeds.update(part.deeds)
        session.deeds["drafts"] = lambda _: self._drafts()

    def begin(self, shown: Ref | None = None) -> list[str]:
        """What is to be read first: what it is, its day, its menu or a record that was named."""
        session, view = self.session, self.session.view
        said = [f"{view.index.dataset.negotiation.name}, explored line by line.", about_day(view)]
        said += [coverage.age(view), trouble_with_additions(view.whole), self._opened.trouble]
        session.say(*(line for text in said if text for line in plain(text).split("\n")))
        session.stand(Menu(), session.leaf_of(Menu()))
        if shown is None:
            session.say(*session.leaf.lines())
        else:
            try:
                session.visit(OnRecord(shown))
            except GoneError as error:
                session.say(str(error), *session.leaf.lines())
        session.say("Type a number to go there, s and words to search, ? for help, q to leave.")
        self._views.say_news()
        self._remind()
        self.adding.remind()
        self._mending.offer_drafts()
        return session.said()

    def _drafts(self) -> None:
        if not self._mending.offer_drafts() and not self.adding.offer_left():
            self.session.say("No drafts were left.")

    def _remind(self) -> None:
        """Say how many notes are due for review."""
        from explorer.transfer import tag_list

        due = tag_list.due(self.session.view.shown_notes(), clock.today())
        if due:
            are = "is" if len(due) == 1 else "are"
            self.session.say(f"{labels.counted(len(due), 'note')} {are} due for review.")

    def close(self) -> None:
        """The visit is over."""
        self.session.leave()
        self.desk.close()
        self.adding.close()
