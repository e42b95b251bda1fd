"""The id of a new record, made of what a person would know it by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from explorer.text.folding import fold

_LONGEST = 60
_WORDS = 4
_APOSTROPHES = re.compile("['’‘`ʼ]")


def slug(text: str) -> str:
    """A text as lower-case letters, digits and hyphens; nothing of one in another script."""
    return re.sub("[^a-z0-9]+", "-", fold(_APOSTROPHES.sub("", text))).strip("-")


def first_words(text: str) -> str:
    """The first words of a text, as a slug."""
    return "-".join(slug(text).split("-")[:_WORDS])


def made_of(parts: Iterable[str], otherwise: str, is_taken: Callable[[str], bool]) -> str:
    """An id of some slugs that nothing has yet; `otherwise` when they are all empty."""
    joined = "-".join(filter(None, parts))[:_LONGEST].strip("-") or otherwise
    made, number = joined, 1
    while is_taken(made):
        number += 1
        made = f"{joined}-{number}"
    return made
