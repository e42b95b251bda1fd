"""The tags of the reader's notes as a REFI-QDA codebook, which programs for coding texts read.

A tag within another, `#china/trade`, is a code within a code. The same tag is the same code in
every export, by its GUID, so that a program that read an earlier one adds what is new.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from explorer.errors import UsageError
from explorer.exports import MADE_BY
from explorer.exports.exported import Exported
from explorer.notes.tags import key
from explorer.transfer import tag_list

_SPACE = "urn:QDA-XML:codebook:1.0"
_CODES = uuid.UUID("0b9f5d5e-5a3c-5c0e-8d5e-6f4b7d1c2a90")
"""The name space of the GUIDs, drawn once; another would make every code a new one."""
_HEAD = f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="{_SPACE}" origin="{MADE_BY}">'


def pieces(exported: Exported) -> Iterator[str]:
    """The codebook. Raises UsageError when no note has a tag, for it must have a code."""
    names = _names(exported)
    if not names:
        raise UsageError("no note has a tag, and a codebook must have a code")
    within: defaultdict[str, list[str]] = defaultdict(list)
    for tag in sorted(names):
        within[tag.rpartition("/")[0]].append(tag)
    yield f"{_HEAD}\n  <Codes>\n"
    for tag in within[""]:
        yield from _code(tag, names, within, "    ")
    yield "  </Codes>\n</CodeBook>\n"


def is_ours(beginning: bytes) -> bool:
    """Whether the program that it names is this one."""
    return beginning.startswith(_HEAD.encode())


def _names(exported: Exported) -> Mapping[str, str]:
    """Every tag, and each that another is within, by its key; spelled as it is most often."""
    names: dict[str, str] = {}
    for tag, _ in tag_list.counted(exported.notes()):
        parts = tag.split("/")
        for depth in range(1, len(parts) + 1):
            names.setdefault(key("/".join(parts[:depth])), parts[depth - 1])
    return names


def _code(
    tag: str, names: Mapping[str, str], within: Mapping[str, list[str]], lead: str
) -> Iterator[str]:
    guid = str(uuid.uuid5(_CODES, tag)).upper()
    said = f'guid="{guid}" name={quoteattr(names[tag])} isCodable="true"'
    inner = within.get(tag, [])
    yield f"{lead}<Code {said}>\n" if inner or "/" in tag else f"{lead}<Code {said}/>\n"
    if "/" in tag:
        yield f"{lead}  <Description>{escape('#' + tag)}</Description>\n"
    for each in inner:
        yield from _code(each, names, within, f"{lead}  ")
    if inner or "/" in tag:
        yield f"{lead}</Code>\n"
