"""A note, what it says, and what is known of the file it is in."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path

from explorer.notes import file_names
from explorer.notes.tags import key, keys_of, tags_in
from explorer.record.model import Ref
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words of a record that a note is about, with those around them.

    As the TextQuoteSelector of the W3C's Web Annotation Data Model.
    """

    exact: str
    prefix: str = ""
    """What stands before them."""
    suffix: str = ""
    """What stands after them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the user says in a note: all of it that is theirs to set."""

    text: str
    date: dt.date | None = None
    """The note's own day."""
    due: dt.date | None = None
    """To be looked at again from this day on."""
    done: bool = False
    """Looked at: it no longer asks for it."""
    anchor: Anchor | None = None
    """The words of the record it is about, when it is not about all of it."""
    answers: str = ""
    """The id of the note that it answers."""


@dataclass(frozen=True)
class Note:
    """What the user wrote about a record."""

    ref: Ref
    text: str
    created: dt.datetime
    changed: dt.datetime
    path: Path
    digest: str
    """Of the file as it was read or written; saving it again asks if it is still that."""
    sealed: str = ""
    """Why it may be read but not saved over, or nothing."""
    unsealing: str = "Change it with a newer explorer, or in a text editor."
    """What a person can do about that, as a sentence."""
    date: dt.date | None = None
    due: dt.date | None = None
    done: bool = False
    anchor: Anchor | None = None
    name: str = ""
    """What its record was called when it was saved."""
    own_id: str = ""
    """The id that it gives itself, for the case that its file is called otherwise."""
    version_of: str = ""
    """The id of the note it is a version of, when its file is not called as ours are."""
    is_beside: bool = False
    """Whether it is the second version, left by another program."""
    is_link: bool = False
    """Whether its file is a symbolic link."""
    is_side: bool = False
    """Whether its file holds both sides of a git merge, and this is one of them."""
    answers: str = ""
    author: str = ""
    """Who wrote it, as they call themselves; nothing for whoever owns the folder."""
    others: str = ""
    """Whose it is, for people, when it is not the reader's own: it may be read and answered."""

    @property
    def id(self) -> str:
        """Its lasting name; a conflict copy has that of the note it stands beside."""
        return self.version_of or file_names.id_of(self.path)

    @property
    def words(self) -> Words:
        """What it says."""
        return Words(self.text, self.date, self.due, self.done, self.anchor, self.answers)

    @property
    def is_copy(self) -> bool:
        """Whether it stands beside a note because both were changed at once."""
        return self.is_beside or file_names.is_copy(self.path)

    @cached_property  # of twenty thousand notes, each is looked through once
    def tags(self) -> tuple[str, ...]:
        """The words marked `#like-this`, in order, each once and as it was first typed."""
        return tags_in(self.text)

    def has_tag(self, tag: str) -> bool:
        """Whether a tag is among them, or one within it: `#china/trade` is of `#china`."""
        return key(tag) in keys_of(self.tags)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that is not the note or draft it should be, and why. It is never written to."""

    path: Path
    reason: str
    """For people, with the line where there is one: “it is empty”."""
    ref: Ref | None = None
    """The record it was a note on, when its name and what is left of it agree."""
    remedy: str = "Mend it in a text editor, put an older version in its place, or remove it."
    """What a person can do about it, as a sentence."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: the words are on the disk."""

    note: Note
    """The note as saved; the conflict copy, when there is one."""
    conflict: Path | None = None
    """Where the words went instead, because the note had been changed by another."""
    stands: Note | Damaged | None = None
    """In that case, what stands where the note was."""
    remark: str = ""
    """A warning for the user: the words are written, but not all went well."""
    gone: Note | None = None
    """What went to the trash for it: the old note of a move, the copy that was merged."""
    trash: Path | None = None
    """Where that is now."""
