"""Where one can be. What is read there is made anew for each day."""

from __future__ import annotations

from explorer.documents.comparisons.question import ALL, Question
from explorer.record.model import Ref
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Menu:
    """What there is to go to."""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What comes, falls due, was said and moved."""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A record in full."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Listed:
    """The records of a kind, so many at a time."""

    kind: str
    words: str = ""
    """What narrows it."""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Viewed:
    """One of the comparisons."""

    name: str
    question: Question = ALL


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    typed: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class AllNotes:
    """The reader's notes."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class OnNote:
    """One note."""

    note_id: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of what is read in another place."""

    of: Place


Place = Menu | FrontPage | OnRecord | Listed | Viewed | Found | AllNotes | OnNote | Sources
