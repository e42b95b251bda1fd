"""The user's own Markdown, to stand inside a briefing: it stays Markdown and stays inside.

Its HTML is shown and not obeyed, its headings are small ones, and it neither defines nor
calls a footnote of the briefing. Its code stays as it is.
"""

from __future__ import annotations

import re

from explorer.text.markdown_parts import headings, sub_outside_code
from explorer.text.sanitize import in_entities, kept
from explorer.text.urls import why_not

_ACTING = re.compile(r"<(?=[A-Za-z/!?])(https?://[^\s<>]*>)?|\[(?=\^[^\]\s]+\])|\^(?=\[)")
"""What could begin a tag, a link to an address, or a footnote."""
_SIGNS = re.compile("#+")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_SMALLER = 3
"""By how much headings are lowered: below those of the briefing."""
_RULE = 3


def quoted(text: str) -> str:
    """A note as a block quote."""
    shown = in_entities(kept(text).strip("\n"), only_marks=True)
    quote = "\n".join(f"> {line}".rstrip() for line in shown.split("\n"))
    lines = sub_outside_code(_ACTING, _harmless, quote).split("\n")
    # Where a line underlines no more, the next may underline what is now one paragraph.
    while underlines := [head.line for head in headings("\n".join(lines)) if head.is_underlined]:
        for line in underlines:
            lines[line] = _UNDERLINE.sub(_not_underlined, lines[line])
    for head in headings("\n".join(lines)):
        lines[head.line] = _SIGNS.sub(_lowered, lines[head.line], count=1)
    return "\n".join(lines)


def _harmless(found: re.Match[str]) -> str:
    """The sign as text; an address that may be opened stays a link."""
    address = found[1]
    if address and why_not(address[:-1]) is None:
        return found[0]
    # An entity, because a backslash could itself be taken back by one before it.
    sign = "&lt;" if found[0][0] == "<" else f"&#{ord(found[0])};"
    return f"{sign}{address or ''}"


def _lowered(found: re.Match[str]) -> str:
    return "#" * min(len(found[0]) + _SMALLER, 6)


def _not_underlined(found: re.Match[str]) -> str:
    """A line that would make a heading of the one above: a rule stays one."""
    underline = found[1]
    if underline[0] == "-" and len(underline) >= _RULE:
        return "***"
    return f"&#{ord(underline[0])};{underline[1:]}"
