"""What came of an import, of a backup put back, or of a tag given another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from explorer.errors import NoteError
from explorer.record.labels import counted, shortened
from explorer.text.sanitize import one_line

_FIELDS = 12
"""How many fields that were not taken are named."""
_LONG = 80
_NAMED = 3
"""How many of those refused are named to a person at once."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was left as it was, and why."""

    what: str
    """For people: “row 3”, or a file."""
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to which files among the notes, and what was not."""

    added: tuple[Path, ...] = ()
    """What was not there before."""
    same: int = 0
    """How many were there already, and were left alone."""
    kept_both: tuple[Path, ...] = ()
    """What went beside a note that says something else."""
    changed: tuple[Path, ...] = ()
    """What was saved anew in its place."""
    refused: tuple[Refused, ...] = ()
    not_taken: Mapping[str, int] = field(default_factory=dict, hash=False)
    """What the file tells that notes have no place for, and of how many."""
    remarks: tuple[str, ...] = ()
    """Warnings for the user: the words are written, but not all went well."""

    def __str__(self) -> str:
        """For people, in a few lines."""
        lines = [self.summary]
        lines += [str(refused) for refused in self.refused[:_NAMED]]
        if (more := len(self.refused) - _NAMED) > 0:
            lines.append(f"… and {more} more")
        if self.not_taken:
            lines.append(self.told_of_not_taken)
        return "\n".join([*lines, *dict.fromkeys(self.remarks)])

    @property
    def summary(self) -> str:
        """For people, in a sentence: “2 added, 1 already there.”"""
        told = ", ".join(self._told()) or "nothing to do"
        return f"{told[:1].upper()}{told[1:]}."

    @property
    def told_of_not_taken(self) -> str:
        """For people, in a sentence: “Not taken, as notes have no place for it: …”"""
        most = sorted(self.not_taken.items(), key=lambda told: (-told[1], told[0]))
        named = [f"{shortened(what, _LONG)} ({number})" for what, number in most[:_FIELDS]]
        if (more := len(most) - _FIELDS) > 0:
            named.append(f"and {more} more")
        return f"Not taken, as notes have no place for it: {', '.join(named)}."

    def _told(self) -> Iterator[str]:
        if self.added:
            yield f"{len(self.added)} added"
        if self.changed:
            yield f"{counted(len(self.changed), 'note')} changed"
        if self.same:
            yield f"{self.same} already there"
        if self.kept_both:
            yield f"{len(self.kept_both)} kept beside a note that says something else"
        if self.refused:
            yield f"{len(self.refused)} refused"


class Tally:
    """What has come of it so far."""

    def __init__(self) -> None:
        self.added: list[Path] = []
        self.same = 0
        self.kept_both: list[Path] = []
        self.changed: list[Path] = []
        self.remarks: list[str] = []
        self.not_taken: Mapping[str, int] = {}
        self._refused: list[Refused] = []

    def refuse(self, what: str, why: str) -> None:
        self._refused.append(Refused(one_line(what), why))

    def refuse_rest(self, rest: Iterable[str]) -> None:
        """What comes after an error that would be the same for all."""
        for what in rest:
            self.refuse(what, "it was not tried after that")

    def outcome(self) -> Outcome:
        return Outcome(
            added=tuple(self.added),
            same=self.same,
            kept_both=tuple(self.kept_both),
            changed=tuple(self.changed),
            refused=tuple(self._refused),
            not_taken=dict(self.not_taken),
            remarks=tuple(self.remarks),
        )


def ends_it(error: NoteError) -> bool:
    """Whether the next note would fare no better: a full disk is full for all."""
    return isinstance(error.__cause__, OSError)
