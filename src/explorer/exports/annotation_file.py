"""The reader's notes as W3C Web Annotations: the same file as `explorer notes export` writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from explorer.exports.exported import Exported
from explorer.transfer import formats
from explorer.transfer.export import notes_to_export


def pieces(exported: Exported) -> Iterator[str]:
    """The notes that the view shows, within a scope those on what belongs with it."""
    notes = replace(notes_to_export(exported.view), notes=tuple(exported.notes()))
    yield formats.named("jsonld").load().write(notes)


def is_ours(beginning: bytes) -> bool:
    """Whether it is a collection of ours, by the terms of our own that it has."""
    return b'"explorer": "urn:explorer:terms#"' in beginning
