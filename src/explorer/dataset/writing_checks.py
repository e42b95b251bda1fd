"""Doubts about how a table is written: a language by its name, words in marks of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explorer.dataset.checked import Checked, Finding
from explorer.record import model
from explorer.record.days import first_day, last_day

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language as BCP 47 has it: an ISO 639 code, perhaps with a script or a region."""
_MARKS = ("“”", '""', "„“", "«»", "「」", "『』", "‘’")
_QUOTED = ("text", "original")


def names_a_language(checked: Checked, _: object) -> Iterator[Finding]:
    """Words are cited, found and read aloud in their language by its code."""
    said = getattr(checked.table, "language", None)
    if isinstance(said, str) and said and not _CODE.fullmatch(said):
        message = f"is “{said}”, which is no code of a language"
        yield checked.wrong("language", message, hint="write “en”, “zh”, “fr”, “pt-BR”")


def has_marks_around(checked: Checked, _: object) -> Iterator[Finding]:
    """Quotation marks are added where words are shown: those of the file would stand within."""
    if not isinstance(checked.table, model.Quote | model.Variant):
        return
    for key in _QUOTED:
        words = getattr(checked.table, key, "")
        if isinstance(words, str) and _is_in_marks(words.strip()):
            message = "is in quotation marks of its own, and more are shown around it"
            yield checked.wrong(key, message, hint="leave out the outer ones")


def _is_in_marks(words: str) -> bool:
    """Whether marks stand around all words, and not around parts at both ends."""
    opened, closed = words[:1], words[-1:]
    inner = words[1:-1]
    pairs = [pair for pair in _MARKS if (opened, closed) == (pair[0], pair[1])]
    return bool(pairs and inner) and opened not in inner and closed not in inner


def lists_a_member_twice(checked: Checked, _: object) -> Iterator[Finding]:
    """A member is one over the same days, however often it is listed."""
    coalition = checked.table
    if not isinstance(coalition, model.Delegation):
        return
    for place, member in enumerate(coalition.members):
        who = member.delegation_id or member.name
        earlier = (each for each in coalition.members[:place] if _is_same(each, member))
        if who and next(earlier, None) is not None:
            message = f"lists “{who}” a second time, for days on which it already belongs"
            yield checked.wrong("members", message, place)


def _is_same(one: model.Member, other: model.Member) -> bool:
    """Whether two entries are of one member and share a day."""
    return (one.delegation_id, one.name) == (other.delegation_id, other.name) and not (
        (one.until and other.since and last_day(one.until) < first_day(other.since))
        or (other.until and one.since and last_day(other.until) < first_day(one.since))
    )
