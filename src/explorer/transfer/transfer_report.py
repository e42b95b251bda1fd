"""What came of an import, of a backup that was restored, or of a tag that was renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from explorer.errors import NoteError
from explorer.record.labels import counted, shortened
from explorer.text.sanitize import one_line

T = TypeVar("T")

_FIELDS = 12
"""How many fields that were left out are named."""
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


@dataclass(slots=True)
class TransferReport:
    """What was done to which files among the notes, and what was not; it grows with the work."""

    added: list[Path] = field(default_factory=list)
    """What was not there before."""
    same: int = 0
    """How many were there already, and were left alone."""
    kept_both: list[Path] = field(default_factory=list)
    """What went beside a note that says something else."""
    changed: list[Path] = field(default_factory=list)
    """What was saved anew in its place."""
    refused: list[Refused] = field(default_factory=list)
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What the file says that notes have no field for, and how often."""
    remarks: list[str] = field(default_factory=list)
    """Warnings for the user: the words are written, but not all went well."""

    def refuse(self, what: str, why: str) -> None:
        self.refused.append(Refused(one_line(what), why))

    def do_each(
        self, items: Sequence[T], do: Callable[[T], None], *, name: Callable[[T], str]
    ) -> None:
        """Do it with each; one with which it cannot be done is refused under its name.

        After an error of the disk the rest is not tried: a full disk is full for all.
        """
        for number, item in enumerate(items, 1):
            try:
                do(item)
            except NoteError as error:
                self.refuse(name(item), str(error))
                if isinstance(error.__cause__, OSError):
                    for other in items[number:]:
                        self.refuse(name(other), "it was not tried after that")
                    break

    def __str__(self) -> str:
        """For people, in a few lines."""
        lines = [self.summary, *map(str, self.refused[:_NAMED])]
        if (more := len(self.refused) - _NAMED) > 0:
            lines.append(f"… and {more} more")
        return "\n".join([*lines, *self.warnings])

    @property
    def summary(self) -> str:
        """For people, in a sentence: “2 added, 1 already there.”"""
        parts = ", ".join(self._counts()) or "nothing to do"
        return f"{parts[:1].upper()}{parts[1:]}."

    @property
    def warnings(self) -> list[str]:
        """For people: what the file says that is in no note now, and each remark once."""
        most = sorted(self.left_out.items(), key=lambda item: (-item[1], item[0]))
        named = [f"{shortened(what, _LONG)} ({number})" for what, number in most[:_FIELDS]]
        if (more := len(most) - _FIELDS) > 0:
            named.append(f"and {more} more")
        lost = [f"Left out, as notes have no field for it: {', '.join(named)}."] if named else []
        return [*lost, *dict.fromkeys(self.remarks)]

    def _counts(self) -> Iterator[str]:
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
