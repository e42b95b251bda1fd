"""The id of a new record, made of what a person would know it by."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from explorer.text.slugs import slug

_LONGEST = 60
_WORDS = 4


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
