"""The one filter between text from outside and the terminal.

Data, file names and messages of exceptions pass through `plain` on their way in, so that
nothing further on can make a terminal act: no escape sequence, no C1 control, no
bidirectional override (CVE-2021-42574), no invisible character. What the user wrote is
`kept` to the letter, and passes through `plain` when it is shown; where it goes into a file
of ours it is `spelled_out`.
"""

from __future__ import annotations

import re

_INVISIBLE = (
    "\xad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_DIRECTING = "\u061c\u200e\u200f\u2028-\u202e\u2065-\u2069"
"""Line separators, and what changes the direction of what is read."""
_REMOVED = re.compile(f"[{_INVISIBLE}]")
_MARKS = re.compile(f"[{_INVISIBLE}{_DIRECTING}]")
_SUSPECT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_INVISIBLE}{_DIRECTING}]")
_TAGS = range(0xE0000, 0xE0080)
_FIRST_PLANE = 0xFFFF
_NOT_KEPT = re.compile("[\x00\r\ud800-\udfff]")
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "␡"}


def plain(text: str) -> str:
    """Make text safe to show: line ends become newlines, controls become visible signs.

    C0 controls other than newline and tab turn into Unicode control pictures, DEL into
    its own; C1, surrogates, line separators and bidi controls into U+FFFD; invisible
    format characters vanish. Joiners that scripts and emoji need stay.
    """
    if _SUSPECT.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SUSPECT.sub(_visible, _REMOVED.sub("", text))


def kept(text: str) -> str:
    """Text of the user as it is kept: every character but those that no file can hold.

    Surrogates, which UTF-8 does not know, become U+FFFD. NUL becomes its picture, since it
    ends a text for many a program. A line ends in a newline, however it ended. All else
    stays as it is: other controls are no danger where they are spelled out, and a person
    who pasted one sees it shown and can take it out.
    """
    if _NOT_KEPT.search(text) is None:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_KEPT.sub(_visible, text)


def spelled_out(text: str, *, json: bool = False) -> str:
    r"""The text of a TOML file, or of one in JSON, that says the same in what can be shown.

    What `plain` would take out or alter becomes an escape such as `\u200E`; it can stand only
    inside quotes. So printing the file does nothing to a terminal, and no editor takes away
    what it does not show.
    """
    return _SUSPECT.sub(_in_json if json else _in_toml, text)


def hidden() -> str:
    """Every character that is kept in a text and not shown as it is."""
    planes = (range(1, 0xD800), range(0xE000, 0x10000), range(0x1D000, 0x1D200))
    characters = "".join(chr(code) for plane in (*planes, _TAGS) for code in plane)
    return "".join(_SUSPECT.findall(characters))


def in_entities(text: str, *, only_marks: bool = False) -> str:
    """Text of Markdown or HTML with a character reference for what `plain` would alter.

    HTML knows controls by no reference; with `only_marks` these become what they are there.
    """
    hidden = _MARKS if only_marks else _SUSPECT
    return plain(hidden.sub(lambda found: f"&#x{ord(found[0]):X};", text))


def one_line(text: str) -> str:
    """The same on a single line, for rows, titles and messages."""
    return " ".join(plain(text).split())


def _visible(found: re.Match[str]) -> str:
    return _PICTURES.get(found[0], "\N{REPLACEMENT CHARACTER}")


def _in_toml(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04X}" if code <= _FIRST_PLANE else f"\\U{code:08X}"


def _in_json(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex().upper()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
