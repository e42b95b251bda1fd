"""Notes from what a file tells of them: all of them, or none and every reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from explorer.exchange.foreign import Foreign, from_data

MOST_NOTES = 100_000
"""More than anybody writes; a file with more is not taken for one of notes."""
_REASONS = 5
"""How many notes that cannot be understood are named."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a file tells of one note, before anything is known of its worth."""

    place: str
    """Where in the file it stands: “row 3”."""
    found: object
    """What `from_data` understands, or the ValueError it took to get so far."""
    dataset: str | None = None
    """The dataset that it names itself."""


def found_in(tellings: Iterable[Telling], dataset: str) -> list[Foreign]:
    """The notes that are told of, on that dataset unless they name one.

    Raises ValueError when any cannot be understood, with the reason for each.
    """
    notes: list[Foreign] = []
    wrong: list[str] = []
    for telling in tellings:
        if len(notes) + len(wrong) == MOST_NOTES:
            raise ValueError(f"it has more than {MOST_NOTES} notes")
        named = dataset if telling.dataset is None else telling.dataset
        try:
            if isinstance(telling.found, ValueError):
                raise telling.found
            notes.append(from_data(telling.found, dataset=named, place=telling.place))
        except ValueError as error:
            wrong.append(f"{telling.place}: {error}")
    if wrong:
        more = len(wrong) - _REASONS
        rest = [f"and {more} more"] if more > 0 else []
        raise ValueError("\n".join([*wrong[:_REASONS], *rest]))
    return notes
