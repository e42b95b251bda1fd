"""A statement that the parser refused, with what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from explorer.dataset.mistakes.bare_values import Wrong
from explorer.dataset.mistakes.statements import KEY, Statement, statements

HEADER = re.compile(rf"(?P<open>\[\[?)[ \t]*(?P<key>{KEY})?[ \t]*(?P<close>\]\]?)?(?P<rest>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and from which character to which."""

    start: int
    end: int
    wrong: Wrong


@dataclass(slots=True)
class Seen:
    """The statements of a text up to the one in which the parser gave up."""

    headers: dict[str, int] = field(default_factory=dict)
    """The first header of each name, and where it stands."""
    header: Statement | None = None
    """The header that is in force."""
    pairs: list[Statement] = field(default_factory=list)
    """The keys below it."""
    before: Statement | None = None
    """The statement before the last."""

    def statement_at(self, text: str, place: int) -> Statement:
        """The statement in which a place lies, or the first above it that is not closed.

        What was seen before is not looked through again, for mistakes are found from top to
        bottom.
        """
        last: Statement | None = None
        self.pairs, self.before = [], None
        for each in statements(text, self.header.start if self.header else 0):
            if last is not None and (each.start > place or last.opened >= 0):
                break
            if last is not None:
                self._note(text, last)
            self.before, last = last, each
        return last or Statement(place, place)

    def _note(self, text: str, statement: Statement) -> None:
        if statement.is_header:
            self.header, self.pairs = statement, []
            if found := HEADER.match(text, statement.start):
                self.headers.setdefault(plain_key(found["key"] or ""), statement.start)
        elif statement.key:
            self.pairs.append(statement)


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement that the parser refused."""

    text: str
    seen: Seen
    statement: Statement
    place: int
    """Where the parser gave up."""
    said: str
    """What the parser said."""

    def line(self, start: int) -> str:
        """What stands from a place on to the end of its line."""
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip()

    def line_number(self, place: int) -> int:
        """The line that a place is in, from 1."""
        return self.text.count("\n", 0, place) + 1


def plain_key(key: str) -> str:
    """A key as it is compared, however it is written."""
    return re.sub(r"[\s\"']+", "", key)
