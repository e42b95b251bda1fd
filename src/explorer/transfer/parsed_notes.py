"""Notes made of what a file says of them: all of them, or none and every reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.transfer.portable_note import PortableNote, from_data

MOST_NOTES = 100_000
"""More than anybody writes; a file with more is not taken for one of notes."""
_REASONS = 5
"""How many notes that are wrong are named."""


class ParsedNotes(list[PortableNote]):
    """The notes of a file, with what it holds that notes have no field for."""

    def __init__(self, notes: Iterable[PortableNote] = (), left_out: Iterable[str] = ()) -> None:
        super().__init__(notes)
        self.left_out = Counter(left_out)
        """What was left out, each with how often it was."""


@dataclass(frozen=True, slots=True)
class RawNote:
    """What a file says of one note, not checked yet."""

    place: str
    """Where in the file it stands: “row 3”."""
    data: object
    """What `from_data` reads, or the ValueError that came of reading so far."""
    dataset: str | None = None
    """The dataset that it names itself."""
    left_out: tuple[str, ...] = ()
    """What notes have no field for."""


def parse_all(notes: Iterable[RawNote], dataset: str, left_out: Iterable[str] = ()) -> ParsedNotes:
    """The notes, on that dataset unless they name one.

    Raises ValueError when any is wrong, with the reason for each.
    """
    parsed = ParsedNotes(left_out=left_out)
    wrong: list[str] = []
    for raw in notes:
        if len(parsed) + len(wrong) == MOST_NOTES:
            raise ValueError(f"it has more than {MOST_NOTES} notes")
        named = dataset if raw.dataset is None else raw.dataset
        unused = list(raw.left_out)
        try:
            if isinstance(raw.data, ValueError):
                raise raw.data
            parsed.append(from_data(raw.data, dataset=named, place=raw.place, left_out=unused))
        except ValueError as error:
            wrong.append(f"{raw.place}: {error}")
        parsed.left_out.update(dict.fromkeys(unused, 1))
    if wrong:
        more = len(wrong) - _REASONS
        rest = [f"and {more} more"] if more > 0 else []
        raise ValueError("\n".join([*wrong[:_REASONS], *rest]))
    return parsed
