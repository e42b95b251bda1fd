"""Tags that a file gives apart from the text of a note, put into it: notes keep theirs there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from explorer.notes.tags import as_tag, key, keys_of, tags_in

_BETWEEN = re.compile(r"[,;|\n]")


def split(cell: str) -> list[str]:
    """The tags in one text: between commas and the like, else between blanks."""
    parts = _BETWEEN.split(cell) if _BETWEEN.search(cell) else cell.split()
    return [part.strip() for part in parts if part.strip()]


def with_tags(text: str, given: Iterable[str]) -> tuple[str, list[str]]:
    """The text with the tags that it lacks in a last line, and those that can be none.

    A tag of several words gets hyphens between them. What is said within another tag of the
    text is there already.
    """
    have = set(keys_of(tags_in(text)))
    added: list[str] = []
    refused: list[str] = []
    for word in given:
        tag = as_tag("-".join(word.split()))
        if tag is None:
            refused.append(word)
        elif key(tag) not in have:
            added.append(tag)
            have |= keys_of([tag])
    return (_put_into(text, added) if added else text), refused


def _put_into(text: str, tags: Sequence[str]) -> str:
    line = " ".join(f"#{tag}" for tag in tags)
    words = text.rstrip("\n")
    if not words.strip():
        return line
    with_them = f"{words}\n\n{line}{chr(10) * text.endswith(chr(10))}"
    is_read = keys_of(tags) <= keys_of(tags_in(with_them))
    # At the end of code that is never closed they would be code as well.
    return with_them if is_read else f"{line}\n\n{text}"
