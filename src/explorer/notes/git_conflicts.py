"""What git leaves in a note that it could not merge: both sides, with markers around them.

<<<<<<< HEAD
the words here
=======
the words there
>>>>>>> branch
"""

from __future__ import annotations

from difflib import SequenceMatcher

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
    old, new = one.split("\n"), other.split("\n")
    lines: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lines += old[a:b]
        lines += [] if kind == "equal" else new[c:d]
    return "\n".join(lines)
