"""The sources as CSL-JSON, which Zotero and pandoc read."""

from __future__ import annotations

import json
from collections.abc import Iterator

from explorer.exports import MADE_BY
from explorer.exports.exported import Exported
from explorer.exports.source_items import items
from explorer.text.sanitize import spelled_out


def pieces(exported: Exported) -> Iterator[str]:
    """A list of items, written as they come."""
    lead = "["
    for item in items(exported):
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield f"{lead}\n  {spelled_out(text, json=True)}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


def is_ours(beginning: bytes) -> bool:
    """Whether its first item says that it comes from here, or it has none."""
    first = beginning.partition(b"\n  },")[0]
    return beginning.strip() == b"[]" or f'"source": "{MADE_BY}: '.encode() in first
