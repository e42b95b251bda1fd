"""Drafts that were left behind, two versions of a note, and notes whose words have moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from explorer.errors import UsageError
from explorer.linear.note_desk import NoteDesk
from explorer.linear.session import Deed, Session
from explorer.linear.whereabouts import OnNote
from explorer.notes import Anchor, Draft, Note, Saved, Words
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain


class NoteMending:
    """Offers what may be done, and does what is chosen."""

    def __init__(self, session: Session, desk: NoteDesk) -> None:
        self._session = session
        self._desk = desk

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {
            "merge": lambda _: self._merge(),
            "attach": lambda _: self._attach(),
        }

    # Drafts.

    def offer_drafts(self) -> bool:
        """Offer the drafts of visits that were ended; whether there are any."""
        if self._desk.drafts is None:
            return False
        left = self._desk.drafts.left_behind()
        for file in self._desk.drafts.damaged():
            where = one_line(str(file.path))
            self._session.say(f"A draft cannot be read and is left untouched: {where}")
        if left:
            self._offer(left)
        return bool(left)

    def _offer(self, left: Sequence[Draft]) -> None:
        session, (draft, *others) = self._session, left
        kept = clock.here(draft.kept) if draft.kept else None
        when = f" on {labels.day(kept.date())} at {kept:%H:%M}" if kept else ""
        what = "change to a note" if draft.note_id else "note"
        session.say(
            f"A {what} on {self._desk.name(draft.ref)} was being written{when}, and not saved:"
        )
        session.say(*(plain(line) for line in draft.words.text.split("\n")))
        more = f" There are {len(others)} more." if others else ""
        session.say(f"“take” goes on with it, “discard” throws it away.{more}")

        def discard() -> None:
            session.say("These words cannot be brought back. Throw them away?")
            session.choose(
                words={"yes": lambda: self._discard(draft, others)},
                prompt="yes or no",
                otherwise="Kept as a draft.",
            )

        session.choose(
            words={"take": lambda: self._take_up(draft), "discard": discard},
            prompt="take or discard",
            otherwise="Kept as a draft; “drafts” offers it again.",
        )

    def _discard(self, draft: Draft, others: Sequence[Draft]) -> None:
        assert self._desk.drafts is not None
        self._desk.drafts.taken(draft)
        self._session.say("Thrown away.")
        if others:
            self._offer(others)

    def _take_up(self, draft: Draft) -> None:
        """Go on with a draft; the old file goes once its words are this visit's own draft."""
        drafts = self._desk.drafts
        assert drafts is not None
        found = self._desk.store.read(draft.note_id) if draft.note_id else None
        note = found if isinstance(found, Note) else None
        if note is not None and note.digest != draft.base:
            note = replace(note, digest=draft.base or "")  # saving will keep both
        draught = self._desk.draught(draft.ref, note, draft.words, draft.words.text.split("\n"))
        if trouble := draught.keep():
            self._session.say(trouble)
        else:
            drafts.taken(draft)
        self._desk.correct(draught)

    # Two versions.

    def _merge(self) -> None:
        session = self._session
        self._desk.reload()
        session.renew()
        place = session.place
        if isinstance(place, OnNote):
            copies = session.view.notes.conflicts_of(place.note_id)
        else:
            copies = session.view.copies(session.here)
        if not copies:
            session.say("There is no second version of a note here.")
            return
        copy = copies[0]
        if copy.others:
            session.say(f"{one_line(copy.others)} merges this one.")
            return
        own = session.view.notes.by_id(copy.id)
        if own is not None and own.words == copy.words and not copy.is_side:
            self._desk.discard(copy)
            session.say("The second version said the same.")
            return
        name = self._desk.name(copy.ref)

        def resolve(words: Words, base: Note | None) -> Saved:
            still = base if base is None or not base.is_copy else own
            if copy in session.view.notes.conflicts_of(copy.id):
                return self._desk.store.resolve(still, copy, words, name=name)
            return self._desk.save(copy.ref, words, still)

        self._ask_which(own, copy, resolve)

    def _ask_which(
        self, own: Note | None, copy: Note, resolve: Callable[[Words, Note | None], Saved]
    ) -> None:
        from explorer.notes import field_merge

        session = self._session

        def take_own() -> None:
            if own is not None and copy.is_side:
                self._desk.shown(resolve(own.words, own))
            elif own is not None:
                self._desk.discard(copy)

        def take_both() -> None:
            words = field_merge.of_both(own.words, copy.words) if own else copy.words
            lines = words.text.split("\n")
            self._desk.correct(self._desk.draught(copy.ref, own, words, lines, resolve))

        ways: list[tuple[str, Callable[[], None]]] = []
        if own is not None:
            session.say("The note:", *(plain(line) for line in own.text.split("\n")))
            ways.append(("Keep the note; the other goes to the trash", take_own))
        session.say("The other version:", *(plain(line) for line in copy.text.split("\n")))
        ways.append(("Keep the other", lambda: self._desk.shown(resolve(copy.words, own))))
        if own is not None:
            ways.append(("Make one of both, and correct it", take_both))
        session.choose(ways, otherwise="Both are kept.")

    # Words that have moved.

    def _attach(self) -> None:
        session = self._session
        view, place = session.view, session.place
        note = view.notes.by_id(place.note_id) if isinstance(place, OnNote) else None
        if note is None:
            raise UsageError("go to a note first; “notes” lists them")
        if note.others:
            raise UsageError(f"this is a note of {one_line(note.others)}’s, who attaches it")
        if view.scope.as_of is not None:
            raise UsageError("go to the last day first (0): where it belongs is known there")
        places = self._places_for(note)
        if places is None:
            session.say("This note stands on what it was written on.")
            return
        if not places:
            session.say("Nothing in the record is like what it was written on. The note is kept.")
            return

        def going(ref: Ref, anchor: Anchor | None) -> Callable[[], None]:
            return lambda: self._stand_on(note, ref, anchor)

        ways = []
        for ref, words, anchor in places:
            on = f"the words “{one_line(words)}”" if words else "the whole record"
            ways.append((f"{self._desk.name(ref)}: {on}", going(ref, anchor)))
        session.say("Where is it to stand?")
        session.choose(ways, otherwise="It stays as it is.")

    def _places_for(self, note: Note) -> list[tuple[Ref, str, Anchor | None]] | None:
        """Where a note may stand; None when it stands on what it was written on."""
        from explorer.notes import anchors

        view = self._session.view
        there = view.index.current(note.ref)
        found = anchors.locate(note.anchor, there, view.index) if there and note.anchor else None
        if there is not None and (found is None or found.kind == "unchanged"):
            return None
        places: list[tuple[Ref, str, Anchor | None]] = []
        if found is not None and found.anchor is not None and there is not None:
            places.append((found.ref or there, found.words, found.anchor))
            places += [(there, anchor.exact, anchor) for anchor in found.others]
        for one in anchors.candidates(note.anchor, view.index, near=note.ref):
            candidate = (one.ref, one.words, one.anchor)
            places += [] if candidate in places else [candidate]
        if there is not None:
            places.append((there, "", None))
        return places

    def _stand_on(self, note: Note, ref: Ref, anchor: Anchor | None) -> None:
        if ref == note.ref:
            self._desk.shown(self._desk.save(ref, replace(note.words, anchor=anchor), note))
            return
        name = self._desk.name(ref)
        saved = self._desk.store.move(note, ref, name=name, anchor=anchor)
        self._desk.shown(saved)
        self._session.visit(OnNote(saved.note.id))
