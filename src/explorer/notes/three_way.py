"""Two changes of one text made one, where no word is lost by it and nothing has to be guessed.

It is done line by line, as git does. Tags that were added go beside whatever the other side did
to the same lines, for they are words of a list and no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.notes.tags import found_in, key, tags_in
from explorer.text.line_matches import line_matches

_Lines = Sequence[str]


def merged(base: str, ours: str, theirs: str) -> str | None:
    """The text with both changes; None when they meet in the same lines."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    lines: list[str] = []
    for before, here, there in _regions(*(text.split("\n") for text in (base, ours, theirs))):
        both = _of_region(before, here, there)
        if both is None:
            return None
        lines += both
    return "\n".join(lines)


def _of_region(before: _Lines, here: _Lines, there: _Lines) -> _Lines | None:
    if here in (there, before) or there == before:
        return there if here == before else here
    if (added := _tags_alone(before, there)) is not None:
        return _with_tags(here, added)
    if (added := _tags_alone(before, here)) is not None:
        return _with_tags(there, added)
    return None


def _regions(base: _Lines, ours: _Lines, theirs: _Lines) -> Iterator[tuple[_Lines, _Lines, _Lines]]:
    """The texts in pieces that belong together: what all three share, and what is between."""
    at = [0, 0, 0]
    for start, here, there, size in _shared(base, ours, theirs):
        yield base[at[0] : start], ours[at[1] : here], theirs[at[2] : there]
        same = base[start : start + size]
        yield same, same, same
        at = [start + size, here + size, there + size]
    yield base[at[0] :], ours[at[1] :], theirs[at[2] :]


def _shared(base: _Lines, ours: _Lines, theirs: _Lines) -> Iterator[tuple[int, int, int, int]]:
    """Where each stretch begins that all three have, and how long it is."""
    left, right = line_matches(base, ours), line_matches(base, theirs)
    a = b = 0
    while a < len(left) and b < len(right):
        (base_a, here, size_a), (base_b, there, size_b) = left[a], right[b]
        start, end = max(base_a, base_b), min(base_a + size_a, base_b + size_b)
        if start < end:
            yield start, here + start - base_a, there + start - base_b, end - start
        if base_a + size_a < base_b + size_b:
            a += 1
        else:
            b += 1


def _tags_alone(before: _Lines, now: _Lines) -> list[str] | None:
    """The tags that were added, when that is all that was done."""
    was, text = "\n".join(before), "\n".join(now)
    had = {key(tag) for tag in tags_in(was)}
    has = {key(tag) for tag in tags_in(text)}
    if not had <= has or _without_tags(was) != _without_tags(text):
        return None
    return [tag for tag in tags_in(text) if key(tag) not in had]


def _without_tags(text: str) -> str:
    parts, at = [], 0
    for tag in found_in(text):
        parts.append(text[at : tag.sign])
        at = tag.end
    return " ".join("".join([*parts, text[at:]]).split())


def _with_tags(lines: _Lines, tags: Sequence[str]) -> _Lines | None:
    """Lines with more tags at their end; None where they would be no tags there."""
    known = {key(tag) for tag in tags_in("\n".join(lines))}
    more = " ".join(f"#{tag}" for tag in tags if key(tag) not in known)
    if not more:
        return lines
    written = [*lines[:-1], f"{lines[-1]} {more}".lstrip()] if lines else [more]
    found = {key(tag) for tag in tags_in("\n".join(written))}
    return written if found == known | set(map(key, tags)) else None
