"""What came of syncing notes, and how it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TypedDict

from explorer.record.labels import counted
from explorer.sharing.repository import OURS
from explorer.text.sanitize import one_line
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The names of files in the repository, by what became of them."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.new, *self.changed, *self.gone)

    def without(self, names: Collection[str]) -> Changes:
        """The same without some files."""
        kept = (
            tuple(name for name in group if name not in names)
            for group in (self.new, self.changed, self.gone)
        )
        return Changes(*kept)

    def with_more(self, more: Changes) -> Changes:
        """These, and those that came of a later step; each file once, as it was first."""

        def added(known: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
            return (*known, *(name for name in names if name not in self.names))

        return Changes(
            added(self.new, more.new),
            added(self.changed, more.changed),
            added(self.gone, more.gone),
        )

    @property
    def said(self) -> str:
        """How many notes of each: “2 new, 1 deleted”; nothing when no note is among them."""
        by_fate = (("new", self.new), ("changed", self.changed), ("deleted", self.gone))
        counts = ((what, sum(map(is_note, names))) for what, names in by_fate)
        return ", ".join(f"{number} {what}" for what, number in counts if number)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the files that both had changed, by their names in the repository."""

    merged: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Of which both are kept."""
    copies: tuple[str, ...] = ()
    """Where the other version of each of these is."""
    stayed: tuple[str, ...] = ()
    """Changed by one and deleted by the other."""

    def with_more(self, more: Settled) -> Settled:
        return Settled(
            (*self.merged, *more.merged),
            (*self.beside, *more.beside),
            (*self.copies, *more.copies),
            (*self.stayed, *more.stayed),
        )


class ChangesData(TypedDict):
    """Files of notes that came, changed or went, by their names."""

    new: list[str]
    changed: list[str]
    deleted: list[str]


class SyncData(TypedDict):
    """What became of notes that several people share."""

    committed: ChangesData
    """What was new here."""
    received: ChangesData
    """What others had sent."""
    merged: list[str]
    """Notes that both had changed, and that are one again."""
    kept_both: list[str]
    """Notes of which both versions are kept."""
    kept_deleted: list[str]
    """Notes that one had deleted and another changed: they stay."""
    held_back: list[str]
    """Notes that are not sent, since the repository ignores them."""
    sent: int
    """How many changes were sent."""
    remote: bool
    """Whether it is known where notes are sent to."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What was committed, came and was sent."""

    committed: Changes = Changes()
    came: Changes = Changes()
    settled: Settled = Settled()
    sent: int = 0
    """Commits that others did not have."""
    has_remote: bool = True
    held_back: tuple[str, ...] = ()
    """Notes that the repository ignores."""

    def with_more(self, more: SyncReport) -> SyncReport:
        """The same with what came of a later step."""
        return replace(
            self,
            committed=self.committed.with_more(more.committed),
            came=self.came.with_more(more.came),
            settled=self.settled.with_more(more.settled),
        )

    @property
    def sentences(self) -> Iterator[str]:
        """All of it, for people."""
        if said := self.committed.said:
            yield f"Yours: {said}."
        if said := self.came.said:
            yield f"Received: {said}."
        if merged := self.settled.merged:
            yield f"{counted(len(merged), 'note')} that two had changed {_were(merged)} merged."
        if beside := self.settled.beside:
            yield (
                f"Two had changed the same words of {counted(len(beside), 'note')}: both versions "
                "are kept, and M in the app merges them."
            )
        if stayed := self.settled.stayed:
            yield (
                f"{counted(len(stayed), 'note')} that one had deleted and another changed "
                f"{_were(stayed)} kept."
            )
        if held_back := self.held_back:
            yield (
                f"{counted(len(held_back), 'note')} {_were(held_back)} not sent, since this "
                f"repository ignores {'it' if len(held_back) == 1 else 'them'}: “git check-ignore "
                f"-v {one_line(held_back[0])}” says where."
            )
        if not self.has_remote:
            yield (
                "They are committed here and sent nowhere: no remote is set. Make an empty "
                "repository where the others reach it, then “explorer notes share --to ADDRESS”."
            )
        elif self.sent:
            yield "Sent."
        elif not (self.committed.names or self.came.names or self.held_back):
            yield "Nothing was new on either side."

    def as_data(self) -> SyncData:
        """The same for programs."""
        return {
            "committed": _as_data(self.committed),
            "received": _as_data(self.came),
            "merged": list(self.settled.merged),
            "kept_both": list(self.settled.beside),
            "kept_deleted": list(self.settled.stayed),
            "held_back": list(self.held_back),
            "sent": self.sent,
            "remote": self.has_remote,
        }


def is_note(name: str) -> bool:
    """Whether a file that is committed is a note, and not one of ours beside them."""
    return not name.endswith(OURS)


def _as_data(changes: Changes) -> ChangesData:
    return {
        "new": list(changes.new),
        "changed": list(changes.changed),
        "deleted": list(changes.gone),
    }


def _were(names: tuple[str, ...]) -> str:
    return "was" if len(names) == 1 else "were"
