"""Every record has a number, so that long lists of records are short lists of numbers.

A hundred thousand references take seconds to make and tens of megabytes to keep; as numbers
they are read in a moment, and a reference or a record is made of the few that are looked at.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, overload

from explorer.record.model import AnyTable, Ref
from explorer.record.tables import class_of, reference_fields

T_co = TypeVar("T_co", covariant=True)

Numbers = Sequence[int]
"""Of records, or of days as `date.toordinal` counts them: a range, an array, a part of one."""


def numbers(of: Iterable[int]) -> array[int]:
    """Numbers in as little room as they take."""
    return array("i", of)


class Numbering:
    """The number of each record: kind by kind, in the order of the files."""

    def __init__(self, ids: Sequence[str], kinds: Mapping[str, range]) -> None:
        """`kinds` says which numbers the records of each kind have."""
        self.ids = ids
        self.kinds = kinds
        self._names = tuple(kinds)
        self._firsts = [of.start for of in kinds.values()]
        self._numbers: dict[str, dict[str, int]] = {}

    def number(self, ref: Ref) -> int | None:
        """The number of a record, if there is such a record."""
        return self.numbers(ref.kind).get(ref.id)

    def numbers(self, kind: str) -> Mapping[str, int]:
        """The numbers of the records of a kind, by their ids."""
        found = self._numbers.get(kind)
        if found is None:
            of = self.kinds.get(kind, range(0))
            found = self._numbers[kind] = dict(zip(self.ids[of.start : of.stop], of, strict=True))
        return found

    def named_in(self, table: AnyTable) -> Iterator[tuple[str, int]]:
        """The records that a table names itself, each with the field that does."""
        for field, kind in reference_fields(class_of(table)):
            if value := getattr(table, field):
                of_kind = self.numbers(kind)
                for slug in (value,) if isinstance(value, str) else value:
                    if (number := of_kind.get(slug)) is not None:
                        yield field, number

    def __contains__(self, ref: Ref) -> bool:
        return self.number(ref) is not None

    def ref(self, number: int) -> Ref:
        """The reference of the record that has a number."""
        return Ref(self._names[bisect_right(self._firsts, number) - 1], self.ids[number])

    def of_kind(self, sorted_numbers: Numbers, kind: str) -> Numbers:
        """Those of some numbers, which stand in order, that records of a kind have."""
        of = self.kinds.get(kind, range(0))
        low = bisect_left(sorted_numbers, of.start)
        return sorted_numbers[low : bisect_left(sorted_numbers, of.stop, low)]


class Numbered(Sequence[T_co]):
    """What some numbers stand for, each made when it is asked for."""

    __slots__ = ("_make", "numbers")

    def __init__(self, of: Numbers, make: Callable[[int], T_co]) -> None:
        self.numbers = of
        self._make = make

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(place, slice):
            return tuple(map(self._make, self.numbers[place]))
        return self._make(self.numbers[place])

    def __iter__(self) -> Iterator[T_co]:
        return map(self._make, self.numbers)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == its for mine, its in zip(self, other, strict=True)
        )

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Refs(Numbered[Ref]):
    """References in an order of their own."""

    __slots__ = ("_numbering",)

    def __init__(self, of: Numbers, numbering: Numbering) -> None:
        super().__init__(of, numbering.ref)
        self._numbering = numbering

    def __contains__(self, ref: object) -> bool:
        number = self._numbering.number(ref) if isinstance(ref, Ref) else None
        return number is not None and number in self.numbers

    def index(self, ref: Any, start: int = 0, stop: int | None = None) -> int:
        """The place of a reference. Raises ValueError when it is not there."""
        number = self._numbering.number(ref) if isinstance(ref, Ref) else None
        if number is None:
            raise ValueError(f"there is no {ref}")
        of = self.numbers if not start and stop is None else self.numbers[start:stop]
        return of.index(number) + start

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Refs) and other._numbering is self._numbering:
            return len(self) == len(other) and all(map(int.__eq__, self.numbers, other.numbers))
        return super().__eq__(other)

    __hash__ = Numbered.__hash__

    def sorted(self, key: Callable[[Ref], Any], *, reverse: bool = False) -> Refs:
        """In another order."""
        make = self._numbering.ref
        in_order = sorted(self.numbers, key=lambda n: key(make(n)), reverse=reverse)
        return Refs(numbers(in_order), self._numbering)

    def as_set(self) -> RefSet:
        """The same in no order, to ask of many whether they are among them."""
        return RefSet(self.numbers, self._numbering)

    def only(self, kept: Numbers) -> Refs:
        """Those that have some of their numbers."""
        return Refs(numbers(kept), self._numbering)

    def within(self, groups: Iterable[RefSet]) -> Refs:
        """Those that are in each of some groups."""
        kept = self.numbers
        for group in groups:
            kept = numbers(number for number in kept if number in group.numbers)
        return Refs(kept, self._numbering)


class RefSet(AbstractSet[Ref]):
    """References in no order."""

    __slots__ = ("_numbering", "numbers")

    def __init__(self, of: Iterable[int], numbering: Numbering) -> None:
        self.numbers = frozenset(of)
        self._numbering = numbering

    def __contains__(self, ref: object) -> bool:
        number = self._numbering.number(ref) if isinstance(ref, Ref) else None
        return number is not None and number in self.numbers

    def __iter__(self) -> Iterator[Ref]:
        return map(self._numbering.ref, self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __repr__(self) -> str:
        return repr(set(self))

    def joined(self, other: RefSet) -> RefSet:
        """The references of either."""
        return RefSet(self.numbers | other.numbers, self._numbering)
