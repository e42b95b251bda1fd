"""A catalogue as bytes, from which records are read one by one.

First stands what is known of all records, then each record by itself, with a sum by which
it is seen whether it is whole. Reading may build nothing but numbers, texts, the model's own
classes and dates, whoever wrote the bytes.
"""

from __future__ import annotations

import io
import pickle
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, overload

from explorer.errors import ExplorerError
from explorer.record import model
from explorer.record.catalogue import Catalogue, Findings, QuoteOrder
from explorer.record.model import KINDS, AnyRecord, Ref
from explorer.record.numbering import Numbering
from explorer.record.publicity import Lists, Publicity
from explorer.values import dataclass

T = TypeVar("T", Publicity, QuoteOrder)

Read = Callable[[int, int], bytes]
"""Gives the bytes from one place to another. Raises OSError."""

_MAGIC = f"explorer {sys.byteorder} {array('i').itemsize}\n".encode()
_PREAMBLE = struct.Struct(f"<{len(_MAGIC)}sQI")
_LARGEST = 1 << 30
_KEPT = 5_000
"""How many records that were read are kept; then they are read anew."""


class Damaged(Exception):  # noqa: N818 -- it says what the bytes are
    """These are no bytes that were packed here, or not as they were."""


class _Nothing(pickle.Unpickler):
    """Builds numbers, texts, and lists and tables of them."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a catalogue")


class _ModelOnly(pickle.Unpickler):
    """Refuses to build anything but the model's classes and dates."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        # A dotted name would reach through the module into the libraries it imports.
        if module == model.__name__ and "." not in name and is_dataclass(getattr(model, name)):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a dataset")


def pack(catalogue: Catalogue) -> bytes:
    """Everything that a catalogue holds."""
    written = [pickle.dumps(record, protocol=5) for record in catalogue.records]
    starts = array("q", [0])
    for each in written:
        starts.append(starts[-1] + len(each))
    findings = catalogue.findings
    head = pickle.dumps(
        {
            "ids": "\n".join(catalogue.numbering.ids),
            "kinds": {kind: len(of) for kind, of in catalogue.numbering.kinds.items()},
            "former": [(str(old), str(new)) for old, new in catalogue.former.items()],
            "aside": [*catalogue.aside],
            "starts": starts.tobytes(),
            "sums": array("I", map(zlib.crc32, written)).tobytes(),
            "publicity": _arrays(findings.publicity),
            "quotes": _arrays(findings.quotes),
        },
        protocol=5,
    )
    preamble = _PREAMBLE.pack(_MAGIC, len(head), zlib.crc32(head))
    return b"".join((preamble, head, *written))


def _arrays(of: Publicity | QuoteOrder) -> list[bytes]:
    found: list[bytes] = []
    for field in fields(of):
        held = getattr(of, field.name)
        parts = (held.starts, held.items) if isinstance(held, Lists) else (held,)
        found += (array("i", part).tobytes() for part in parts)
    return found


def _of_arrays(cls: type[T], found: Sequence[bytes]) -> T:
    arrays = (array("i", data) for data in found)
    make: Any = cls
    made: T = make(
        *(
            Lists(next(arrays), next(arrays)) if field.type == Lists.__name__ else next(arrays)
            for field in fields(cls)
        )
    )
    return made


def unpack(read: Read, again: Callable[[], Catalogue]) -> Catalogue:
    """The catalogue in some bytes; should a record be damaged, all are taken from `again`.

    Raises Damaged, and OSError when they cannot be read.
    """
    try:
        magic, length, told = _PREAMBLE.unpack(read(0, _PREAMBLE.size))
        first = _PREAMBLE.size + min(length, _LARGEST)
        data = read(_PREAMBLE.size, first)
        if (magic, length, told) == (_MAGIC, len(data), zlib.crc32(data)):
            return _unpacked(_Nothing(io.BytesIO(data)).load(), first, read, again)
    except OSError:
        raise
    except Exception as error:  # whatever a foreign file holds
        raise Damaged from error
    raise Damaged


def _unpacked(
    head: dict[str, Any], first: int, read: Read, again: Callable[[], Catalogue]
) -> Catalogue:
    numbering = _numbering(head["ids"], head["kinds"])
    former = {Ref.parse(old): Ref.parse(new) for old, new in head["former"]}
    parts = Parts(first, array("q", head["starts"]), array("I", head["sums"]))
    findings = Findings(
        _of_arrays(Publicity, head["publicity"]), _of_arrays(QuoteOrder, head["quotes"])
    )
    catalogue = Catalogue(PackedRecords(read, parts, numbering, again), numbering, former, findings)
    catalogue.aside = tuple(map(str, head["aside"]))
    return catalogue


def _numbering(ids: str, counts: dict[str, int]) -> Numbering:
    kinds, first = {}, 0
    for kind in KINDS:
        kinds[kind] = range(first, first + counts[kind])
        first += counts[kind]
    names = ids.split("\n")
    if len(names) != first:
        raise Damaged
    return Numbering(names, kinds)


@dataclass(frozen=True, slots=True)
class Parts:
    """Where each record lies, and the sum of its bytes."""

    first: int
    starts: Sequence[int]
    """Where each starts, and at last where the last one ends, from the first on."""
    sums: Sequence[int]

    def of(self, number: int) -> tuple[int, int]:
        """From where to where a record lies."""
        return self.first + self.starts[number], self.first + self.starts[number + 1]


class PackedRecords(Sequence[AnyRecord]):
    """The records by number, each read when it is asked for."""

    def __init__(
        self,
        read: Read,
        parts: Parts,
        numbering: Numbering,
        again: Callable[[], Catalogue],
    ) -> None:
        self._read = read
        self._parts = parts
        self._numbering = numbering
        self._again = again
        self._whole: Sequence[AnyRecord] | None = None
        """All records, once one was found to be damaged."""
        self._kept: dict[int, AnyRecord] = {}

    def __len__(self) -> int:
        return len(self._parts.sums)

    @property
    def sums(self) -> Sequence[int]:
        """A sum of the bytes of each; two records with the same say the same."""
        return self._parts.sums

    @overload
    def __getitem__(self, number: int) -> AnyRecord: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[AnyRecord]: ...
    def __getitem__(self, number: int | slice) -> AnyRecord | Sequence[AnyRecord]:
        if isinstance(number, slice):
            return [self[each] for each in range(len(self))[number]]
        number = range(len(self))[number]
        kept = self._kept.get(number)
        if kept is not None:
            return kept
        if self._whole is not None:
            return self._whole[number]
        try:
            record = self._unpacked(number)
        except Exception:  # noqa: BLE001 -- whatever a damaged file holds
            self._whole = self._made_again()
            return self._whole[number]
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[number] = record
        return record

    def _made_again(self) -> Sequence[AnyRecord]:
        made = self._again()
        if [*made.numbering.ids] != [*self._numbering.ids]:
            raise ExplorerError(
                "The files of the dataset have changed since it was opened, and what was kept of "
                "it in the cache is damaged. Start explorer again."
            )
        return made.records

    def _unpacked(self, number: int) -> AnyRecord:
        data = self._read(*self._parts.of(number))
        if zlib.crc32(data) != self._parts.sums[number]:
            raise Damaged
        record: AnyRecord = _ModelOnly(io.BytesIO(data)).load()
        if record.ref != self._numbering.ref(number):
            raise Damaged
        return record
