"""Every record as JSON Lines: a record in each line, with the keys of the dataset's own files.

The first line says of what it is and as of which day; `kind` tells it from the others, which each
have the `ref` and the `kind` of a record. Notes, if asked for, follow as lines of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from explorer.exports import MADE_BY
from explorer.exports.exported import Exported
from explorer.record.tables import as_data
from explorer.text.sanitize import spelled_out
from explorer.transfer.portable_note import as_data as note_data

HEAD = "export"
"""The kind of the first line."""
_PIECE = 64 * 1024
_VERSION = 1


def pieces(exported: Exported) -> Iterator[str]:
    """The lines, as many together as make a piece."""
    held: list[str] = []
    size = 0
    for data in _lines(exported):
        line = spelled_out(json.dumps(data, ensure_ascii=False), json=True) + "\n"
        held.append(line)
        size += len(line)
        if size > _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def is_ours(beginning: bytes) -> bool:
    """Whether its first line says so."""
    return beginning.startswith(f'{{"kind": "{HEAD}", "made_by": "{MADE_BY}", '.encode())


def _lines(exported: Exported) -> Iterator[Mapping[str, Any]]:
    view = exported.shown
    negotiation = view.index.dataset.negotiation
    scope = [str(ref) for ref in exported.view.chosen]
    yield {
        "kind": HEAD,
        "made_by": MADE_BY,
        "version": _VERSION,
        "dataset": negotiation.id,
        "as_of": view.as_of.isoformat(),
        "record_ends": negotiation.record_ends.isoformat(),
        **({"scope": scope} if scope else {}),
    }
    for record in exported.everything():
        yield {"ref": str(record.ref), "kind": record.kind, **as_data(record)}
    for note in exported.notes():
        yield {"kind": "note", **note_data(note)}
