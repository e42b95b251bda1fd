"""Bytes of a file as text, whichever program saved it and in whichever country.

Excel saves “CSV” in the encoding of its country and does not say which. UTF-8 and UTF-16 are seen
for certain; of the others it is found out which are likely, and said.
"""

from __future__ import annotations

import codecs
import re

from explorer.errors import UsageError
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CALLED = {
    "cp1252": "Windows-1252",
    "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)",
    "cp932": "Shift-JIS (Japanese)",
    "cp949": "EUC-KR (Korean)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "Mac Roman",
}
_LOOKED_AT = 200_000
_HIGH = re.compile(rb"[\x80-\xff]+")
_FIRST_CYRILLIC = 0xC0
_LAST_KOREAN = 0xC8
"""The last byte with which a Korean syllable begins; Chinese goes on beyond it."""
_ENOUGH = 10
"""Signs of which it is no chance any more that all are of one kind."""
_LAST_OF_WINDOWS = 0xA0
"""Before it Windows has quotes and dashes, and old Macs have letters."""


def known(name: str) -> str:
    """An encoding that somebody names, as Python calls it. Raises UsageError."""
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError, TypeError):
        near = nearest(name.lower(), [*_CALLED, "utf-8", "utf-16", "iso8859-1", "iso8859-2"])
        hint = f"; did you mean “{near}”?" if near else ", such as cp1252, gb18030 or utf-16"
        raise UsageError(f"“{one_line(name)}” is no encoding{hint}") from None


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """The text of a file, and how it was read where that is not certain."""
    if encoding:
        return _text(data, encoding), ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _text(data, name), ""
    start = data[:4000]
    if start.count(0) > len(start) // 4:  # as Windows programs save it without its mark
        name = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
        return _text(data, name), "it was read as UTF-16"
    try:
        return _text(data, "utf-8", "strict"), ""
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = _likely(data)
        remark = (
            f"it is not UTF-8 (line {line}) and was read as {_CALLED[name]}; if letters come out "
            "wrong, save it as UTF-8, or say --encoding"
        )
        return _text(data, name), remark


def _text(data: bytes, encoding: str, errors: str = "replace") -> str:
    return data.decode(encoding, errors).removeprefix("\ufeff").replace("\0", "␀")


def is_text(text: str) -> bool:
    """Whether it is text, and not what another kind of file looks like when read as such."""
    start = text[:4000]
    odd = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in start) + start.count("␀")
    return odd * 50 <= len(start)


def _likely(data: bytes) -> str:
    """The encoding in which a text that is no UTF-8 was likely saved."""
    runs = _HIGH.findall(data[:_LOOKED_AT])
    signs = sum(map(len, runs))
    together = sum(len(run) for run in runs if run[1:])
    # In the languages of Western Europe letters with accents stand alone.
    if together * 2 <= signs:
        return "mac_roman" if _is_of_an_old_mac(data[:_LOOKED_AT]) else "cp1252"
    if sum(byte >= _FIRST_CYRILLIC for run in runs for byte in run) > 0.9 * signs:
        return "cp1251"
    if _is_whole(data, "gb2312"):
        leads = [byte for run in runs for byte in run[::2]]
        korean = sum(byte <= _LAST_KOREAN for byte in leads)
        is_korean = len(leads) >= _ENOUGH and korean == len(leads)
        return "cp949" if is_korean else "gb18030"
    others = (name for name in ("big5", "cp932", "gb18030", "cp949") if _is_whole(data, name))
    return next(others, "cp1252")


def _is_of_an_old_mac(data: bytes) -> bool:
    """Whether signs stand within words that are quotes and dashes on Windows."""
    within = re.findall(rb"(?<=[A-Za-z])[\x80-\xff](?=[A-Za-z])", data)
    letters = [
        one for one in within if one[0] < _LAST_OF_WINDOWS and one not in b"\x92\x96\x97\x9c"
    ]
    return len(letters) * 2 > len(within)


def _is_whole(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data[:_LOOKED_AT])
    except UnicodeDecodeError:
        return False
    return True
