"""The user's own Markdown, to stand inside a briefing: it stays Markdown and stays inside.

Its HTML is shown and not obeyed, its headings are small ones, and it neither defines nor
calls a footnote of the briefing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.text.sanitize import in_entities, kept
from explorer.text.urls import why_not

_HTML = re.compile(r"<(?=[A-Za-z/!?])(https?://[^\s<>]*>)?")
_FOOTNOTE = re.compile(r"\[(?=\^[^\]\s]+\])|\^(?=\[)")
_INSIDE = r"^((?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*)"
_HEADING = re.compile(_INSIDE + r"(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r"^([ \t>]*)(=+|-+)([ \t]*)$")
_FENCE = re.compile(r"^[ \t>]*(?:```|~~~)")
_SMALLER = 3
"""By how much headings are lowered: below those of the briefing."""
_RULE = 3


def quoted(text: str) -> str:
    """A note as a block quote."""
    lines = (in_entities(line, only_marks=True) for line in _lines(kept(text).strip("\n")))
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _lines(text: str) -> Iterator[str]:
    is_code = False
    for written in text.split("\n"):
        # An entity, because a backslash could itself be taken back by one before it.
        line = _HTML.sub(_shown, written)
        line = _FOOTNOTE.sub(lambda found: f"&#{ord(found[0])};", line)
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            line = _UNDERLINE.sub(_not_underlined, _HEADING.sub(_lowered, line))
        yield line


def _shown(found: re.Match[str]) -> str:
    """A tag as text; an address that may be opened stays a link."""
    address = found[1]
    if address and why_not(address[:-1]) is None:
        return found[0]
    return f"&lt;{address or ''}"


def _lowered(found: re.Match[str]) -> str:
    return found[1] + "#" * min(len(found[2]) + _SMALLER, 6)


def _not_underlined(found: re.Match[str]) -> str:
    """A line that would make a heading of the one above: a rule stays one."""
    before, line, after = found.groups()
    if line[0] == "-" and len(line) >= _RULE:
        return f"{before}***{after}"
    return f"{before}&#{ord(line[0])};{line[1:]}{after}"
