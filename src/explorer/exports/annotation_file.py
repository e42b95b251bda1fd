"""The reader's notes as W3C Web Annotations: the same file as `explorer notes export` writes."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.exports.exported import Exported
from explorer.transfer import export


def pieces(exported: Exported) -> Iterator[str]:
    """All notes that the view shows."""
    yield export.export(exported.view, "jsonld").decode()


def is_ours(beginning: bytes) -> bool:
    """Whether it is a collection of ours, by the terms of our own that it has."""
    return b'"explorer": "urn:explorer:terms#"' in beginning
