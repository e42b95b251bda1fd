"""What is being written, without its looks: its drafts, and saving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from explorer.errors import NoteError
from explorer.notes import Draft, Drafts, Note, Saved, Words
from explorer.record.model import Ref
from explorer.text.sanitize import kept, one_line, plain

Save = Callable[[Words, Note | None], Saved]
"""Saves the words over the note they were made from, as it was read; None for a new one."""


@dataclass(frozen=True)
class Writing:
    """What is being written, and by what means."""

    ref: Ref
    title: str
    """What the record is called."""
    note: Note | None
    """The note it is to replace, as it was read; None for a new one."""
    words: Words
    """What the editor opens with: the note's own words, a draft, or what was merged."""
    save: Save
    saved: Callable[[Saved], None]
    """Called with each save that reached the disk."""
    day: Callable[[str], date]
    """The day of the record that a person means; raises ValueError."""
    day_to_come: Callable[[str], date]
    """The day on their own calendar that a person means; raises ValueError."""
    drafts: Drafts
    kept: bool = True
    """Whether the words that it opens with are those on disk."""
    quoted: str = ""
    """The words of the record that the note is about, as far as they may be shown."""
    remark: str = ""
    """What is to be known before anything is written."""
    answered: str = ""
    """The note that it answers, whose it is and how it begins; nothing when it answers none."""


class DraftKeeper:
    """Keeps what is being written as a draft, whenever it has changed.

    Its calls wait for the disk; they may come from any thread.
    """

    def __init__(self, writing: Writing) -> None:
        self._ref, self._drafts = writing.ref, writing.drafts
        self.last: Words | None = None
        """The words that were kept, or tried to be, the last time."""

    def keep(self, words: Words, note: Note | None) -> str:
        """Keep a draft of words that are to replace a note; what went wrong, if anything."""
        self.last = words
        known = (note.id, note.digest) if note is not None else (None, None)
        trouble = self._drafts.keep(Draft(self._ref, words, *known))
        return plain(str(trouble)) if trouble is not None else ""

    def keep_at_once(self, words: Words, note: Note | None) -> str:
        """Keep a draft before the program stops or is ended; say where it is."""
        trouble = self.keep(words, note)
        if not trouble:
            where = one_line(str(self._drafts.place))
            return f"What you were writing is kept in {where}; the next start offers it."
        from explorer.storage.crash_report import rescued

        if (path := rescued(words.text)) is not None:
            return f"What you were writing is kept in {one_line(str(path))}."
        return trouble

    def drop(self) -> None:
        """Keep no draft: all is saved, or not wanted."""
        self._drafts.drop()


class Saving:
    """One save after another, each over the note as the one before left it."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self.note = writing.note
        """The note as it is on disk, as far as is known here."""
        self.opened = replace(writing.words, text=kept(writing.words.text))
        """The words that the editor opens with."""
        self.on_disk = self.opened if writing.kept else replace(self.opened, text="")
        self.under_way: Words | None = None
        """The words that are being saved."""
        self.following: Words | None = None
        """Those to be saved after them."""
        self.failure = ""
        """Why the last save failed; nothing once another did not."""
        self._owed = ""
        """What is to be said of a save, once no other follows it."""

    @property
    def last(self) -> Words | None:
        """The words that will be on disk when no save is under way any more."""
        return self.following or self.under_way

    def begin(self, words: Words) -> Words | None:
        """These are to be saved: now, or else after those that are being saved.

        Returns the words to be written now.
        """
        if self.under_way is not None:
            self.following = words
            return None
        self.under_way, self.failure = words, ""
        return words

    def write(self, words: Words) -> Saved:
        """Save; not for the thread that draws. Raises NoteError."""
        return self._writing.save(words, self.note)

    def failed(self, error: NoteError) -> None:
        """The words under way could not be saved, and none after them will be."""
        self.under_way = self.following = None
        self.failure = f"{error.title}, and your words are still here. {plain(str(error))}"

    def wrote(self, words: Words, saved: Saved) -> Words | None:
        """The words under way are on disk. Returns those to be written now."""
        known = self.note.path if self.note is not None else None
        self.on_disk, self.note = words, saved.note
        self._writing.saved(saved)
        if saved.conflict is not None and saved.conflict != known:
            self._owed = (
                "The note had been changed elsewhere, so both are kept: yours is now "
                f"{one_line(saved.conflict.name)}, beside it. M merges them."
            )
        elif saved.remark:
            self._owed = plain(saved.remark)
        following, self.under_way, self.following = self.following, None, None
        return self.begin(following) if following not in (None, words) else None

    def owed(self) -> str:
        """What is to be said of the saves so far; it is said once."""
        owed, self._owed = self._owed, ""
        return owed
