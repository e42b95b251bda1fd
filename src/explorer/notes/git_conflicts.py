"""What git leaves in a note that it could not merge: both sides, with markers around them.

<<<<<<< HEAD
the words here
=======
the words there
>>>>>>> branch
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.text.line_matches import line_matches

_OURS, _BASE, _THEIRS, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


def parted(text: str) -> tuple[str, str] | None:
    """Either side of a file as it would be without the other; None when it has no sides."""
    ours: list[str] = []
    theirs: list[str] = []
    found, at = False, ""
    for line in text.splitlines(keepends=True) if _OURS in text else ():
        marker = line.rstrip("\r\n").split(" ")[0]
        if marker == _OURS and not at:
            found, at = True, _OURS
        elif marker == _BASE and at == _OURS:
            at = _BASE
        elif line.rstrip("\r\n") == _THEIRS and at in (_OURS, _BASE):
            at = _THEIRS
        elif marker == _END and at == _THEIRS:
            at = ""
        else:
            if at in ("", _OURS):
                ours.append(line)
            if at in ("", _THEIRS):
                theirs.append(line)
    return ("".join(ours), "".join(theirs)) if found and not at else None


def both(one: str, other: str) -> str:
    """Two texts as one, for a person to mend: shared lines once, then each one's own."""
    lines: list[str] = []
    for old, new in pieces(one.split("\n"), other.split("\n")):
        lines += old
        lines += [] if old == new else new
    return "\n".join(lines)


def marked(ours: str, theirs: str) -> str:
    """Both sides of a file in one, with the markers of git around what they do not share.

    `parted` takes them apart again, if no line of theirs is such a marker itself.
    """
    lines: list[str] = []
    for old, new in pieces(ours.splitlines(keepends=True), theirs.splitlines(keepends=True)):
        if old == new:
            lines += old
        else:
            lines += [f"{_OURS} here\n", *old, f"{_THEIRS}\n", *new, f"{_END} there\n"]
    return "".join(lines)


def pieces(
    one: Sequence[str], other: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Two texts in pieces: what they share, and what stands between in each."""
    a = b = 0
    for start, begin, size in line_matches(one, other):
        if (a, b) != (start, begin):
            yield one[a:start], other[b:begin]
        yield one[start : start + size], other[begin : begin + size]
        a, b = start + size, begin + size
    if a < len(one) or b < len(other):
        yield one[a:], other[b:]
