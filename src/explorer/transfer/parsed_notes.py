"""Notes from what a file tells of them: all of them, or none and every reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.transfer.portable_note import Foreign, from_data

MOST_NOTES = 100_000
"""More than anybody writes; a file with more is not taken for one of notes."""
_REASONS = 5
"""How many notes that cannot be understood are named."""


class Read(list[Foreign]):
    """The notes of a file, with what it tells that notes have no place for."""

    def __init__(self, notes: Iterable[Foreign] = (), not_taken: Iterable[str] = ()) -> None:
        super().__init__(notes)
        self.not_taken = Counter(not_taken)
        """What was left out, each with how often it was."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a file tells of one note, before anything is known of its worth."""

    place: str
    """Where in the file it stands: “row 3”."""
    found: object
    """What `from_data` understands, or the ValueError it took to get so far."""
    dataset: str | None = None
    """The dataset that it names itself."""
    not_taken: tuple[str, ...] = ()
    """What else is told of it."""


def found_in(tellings: Iterable[Telling], dataset: str, not_taken: Iterable[str] = ()) -> Read:
    """The notes that are told of, on that dataset unless they name one.

    Raises ValueError when any cannot be understood, with the reason for each.
    """
    read = Read(not_taken=not_taken)
    wrong: list[str] = []
    for telling in tellings:
        if len(read) + len(wrong) == MOST_NOTES:
            raise ValueError(f"it has more than {MOST_NOTES} notes")
        named = dataset if telling.dataset is None else telling.dataset
        aside = list(telling.not_taken)
        try:
            if isinstance(telling.found, ValueError):
                raise telling.found
            note = from_data(telling.found, dataset=named, place=telling.place, aside=aside)
        except ValueError as error:
            wrong.append(f"{telling.place}: {error}")
        else:
            read.append(note)
        read.not_taken.update(dict.fromkeys(aside, 1))
    if wrong:
        more = len(wrong) - _REASONS
        rest = [f"and {more} more"] if more > 0 else []
        raise ValueError("\n".join([*wrong[:_REASONS], *rest]))
    return read
