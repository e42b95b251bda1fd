"""In which language words are that stand among others, as far as their script shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTERS = {
    "he": "\u0590-\u05ff",
    "ar": "\u0600-\u06ff\u0750-\u077f",
    "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
    "hy": "\u0531-\u058f",
    "ka": "\u10a0-\u10ff",
    "el": "\u0370-\u03ff",
    "ru": "\u0400-\u04ff",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "zh": "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
"""The letters of each script, by the language that is likeliest to be written in it here."""
_OTHERWISE = (
    ("zh", "ja", re.compile("[\u3040-\u30ff]")),
    ("ar", "fa", re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),
    ("ru", "uk", re.compile("[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]")),
)
"""Languages that share a script with another, known by letters of their own."""
_BETWEEN = (
    "[\\s\\d\u3000-\u3004\u3008-\u303f\uff00-\uffef\u2014\u2026\u00b7\u2018-\u201d.,:;!?()-]*"
)
"""What words of one script may have between them."""
_RUN = re.compile(
    "|".join(
        f"(?P<{code}>[{letters}](?:{_BETWEEN}[{letters}])*)" for code, letters in _LETTERS.items()
    )
)
_ALONE = 2
"""A Greek letter or two are a sign and no word."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he"})


def by_language(text: str) -> Iterator[tuple[str, str]]:
    """A text in pieces, each with the code of its language; with none where letters are Latin."""
    if text.isascii():
        yield text, ""
        return
    done = 0
    for run in _RUN.finditer(text):
        if (code := _language(run)) == "":
            continue
        if run.start() > done:
            yield text[done : run.start()], ""
        yield run[0], code
        done = run.end()
    if done < len(text):
        yield text[done:], ""


def _language(run: re.Match[str]) -> str:
    code = run.lastgroup or ""
    if code == "el" and len(run[0]) <= _ALONE:
        return ""
    return next(
        (of for script, of, own in _OTHERWISE if script == code and own.search(run[0])), code
    )
