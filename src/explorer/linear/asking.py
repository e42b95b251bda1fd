"""Questions: while one is open, the next line is its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from explorer.text.sanitize import one_line


class Mode(Protocol):
    """What takes the next line, when that is no command."""

    @property
    def prompt(self) -> str:
        """What is asked for now."""

    def take(self, line: str) -> bool:
        """Take a line; whether it was an answer. What is none is a command, and ends the mode."""

    def ended(self) -> None:
        """The person ended it with Ctrl+D."""

    def broken_off(self) -> None:
        """No more lines come, or Ctrl+C was pressed: nothing typed may be lost."""


_NO = ("n", "no")


class Choosing:
    """One of several, by its number or by a word; any other line leaves things as they are."""

    def __init__(
        self,
        say: Callable[[str], None],
        close: Callable[[], None],
        *,
        prompt: str = "Which number",
        numbered: Sequence[tuple[str, Callable[[], None]]] = (),
        words: Mapping[str, Callable[[], None]] | None = None,
        otherwise: str = "",
    ) -> None:
        """`otherwise` is said when something else is typed, or nothing."""
        self.prompt = prompt
        self._say, self._close = say, close
        self._numbered, self._words = numbered, words or {}
        self._otherwise = otherwise
        for number, (name, _) in enumerate(numbered, start=1):
            say(f"{number}. {name}")

    def take(self, line: str) -> bool:
        typed = line.strip().casefold()
        if typed == "?":
            self.explain()
            return True
        if typed.isdecimal() and self._numbered:
            number = int(typed[:9])
            if not 1 <= number <= len(self._numbered):
                self._say(f"There is no {number}; the numbers go from 1 to {len(self._numbered)}.")
                return True
            self._close()
            self._numbered[number - 1][1]()
            return True
        word = "yes" if typed == "y" else typed
        if word in self._words:
            self._close()
            self._words[word]()
            return True
        self._close()
        is_none = not typed or typed in _NO
        if said := self._otherwise or ("Left as it is." if is_none else ""):
            self._say(said)
        return is_none

    def explain(self) -> None:
        """Say what would be an answer."""
        for number, (name, _) in enumerate(self._numbered, start=1):
            self._say(f"{number}. {name}")
        numbers = [f"a number from 1 to {len(self._numbered)}"] if self._numbered else []
        ways = " or ".join([*numbers, *(f"“{word}”" for word in self._words)])
        self._say(f"Type {ways}. Anything else leaves things as they are.")

    def ended(self) -> None:
        self._close()
        self._say(self._otherwise or "Left as it is.")

    def broken_off(self) -> None:
        self.ended()


class Asking:
    """A day, a name or some words. What is not understood is said, and asked for again."""

    def __init__(
        self,
        say: Callable[[str], None],
        close: Callable[[], None],
        prompt: str,
        answered: Callable[[str], None],
        explain: str = "",
    ) -> None:
        """`answered` raises ValueError with what would be right."""
        self.prompt = prompt
        self._say, self._close, self._answered = say, close, answered
        self._explain = explain

    def take(self, line: str) -> bool:
        typed = line.strip()
        if typed == "?":
            self._say(f"{self._explain} Enter alone leaves things as they are.".strip())
            return True
        if not typed:
            self.ended()
            return True
        try:
            self._answered(typed)
        except ValueError as error:
            self._say(f"{one_line(str(error))}. Enter alone leaves things as they are.")
            return True
        return True

    def ended(self) -> None:
        self._close()
        self._say("Left as it is.")

    def broken_off(self) -> None:
        self.ended()
