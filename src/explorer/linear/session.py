"""Where the person is, and what a line they type does: it takes a line and answers with lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from explorer.errors import ExplorerError, UsageError
from explorer.linear import leaves, line_commands
from explorer.linear.asking import Choosing, Mode
from explorer.linear.leaf import GoneError, Leaf
from explorer.linear.line_commands import GROUPS, understood
from explorer.linear.spoken import Entry, Goal, name_of
from explorer.linear.whereabouts import Menu, OnRecord, Place
from explorer.record import labels
from explorer.record.model import Ref
from explorer.storage import run_log
from explorer.text.sanitize import one_line
from explorer.view import View

if TYPE_CHECKING:
    from explorer.search import Engine, Results

Deed = Callable[[str], None]
"""What a command does, given what was typed after it."""


LONGEST = 200
"""Entries that are read at once."""


class Session:
    """One visit. What it says is kept until the line is answered."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.place: Place = Menu()
        self.leaf = Leaf("")
        self.read_to = 0
        """How many entries were read."""
        self.section = 0
        """Where the section begins that was read last."""
        self.back: list[Place] = []
        self.forward: list[Place] = []
        self.mode: Mode | None = None
        self.is_over = False
        self.deeds: dict[str, Deed] = {
            "go": self.go_to_named,
            "list_kinds": self._list_kinds,
            "help": self.help,
            "quit": lambda _: self.leave(),
        }
        """What commands do, by their actions; others add theirs."""
        self.before_command: Callable[[], bool] = lambda: False
        """Is called ahead of every command; whether what is read here is something else now."""
        self._said: list[str] = []
        self._engine: tuple[View, Engine] | None = None

    # What it says.

    def say(self, *lines: str) -> None:
        """Say something in answer."""
        self._said += lines

    def said(self) -> list[str]:
        """What was said since this was asked last."""
        said, self._said = self._said, []
        return said

    @property
    def prompt(self) -> str:
        """What is asked for now."""
        return self.mode.prompt if self.mode is not None else "Command"

    # What it takes.

    def take(self, line: str) -> list[str]:
        """Do what a line says, and return what is to be read then."""
        try:
            if self.mode is None or not self.mode.take(line):
                self._command(line)
        except GoneError as error:
            self.say(str(error))
        except ExplorerError as error:
            run_log.note("refused: %s", type(error).__name__)  # its words may be the person's
            self.say(f"{error.title}: {error}")
        return self.said()

    def ended(self) -> list[str]:
        """What is to be read after Ctrl+D: it ends what is being typed, or else the visit."""
        try:
            if self.mode is not None:
                self.mode.ended()
            else:
                self.leave()
        except ExplorerError as error:
            run_log.note("refused: %s", type(error).__name__)  # its words may be the person's
            self.say(f"{error.title}: {error}")
        return self.said()

    def broken_off(self) -> list[str]:
        """What is to be read after Ctrl+C, or when no more lines come."""
        if self.mode is not None:
            self.mode.broken_off()
        return self.said()

    def close_mode(self) -> None:
        """No question is open any more."""
        self.mode = None

    def leave(self) -> None:
        """End the visit."""
        self.is_over = True
        if self._engine is not None:
            self._engine[1].close()
            self._engine = None

    def choose(
        self,
        numbered: Sequence[tuple[str, Callable[[], None]]] = (),
        words: Mapping[str, Callable[[], None]] | None = None,
        *,
        prompt: str = "Which number",
        otherwise: str = "",
    ) -> None:
        """Ask for one of several."""
        self.mode = Choosing(
            self.say,
            self.close_mode,
            prompt=prompt,
            numbered=numbered,
            words=words,
            otherwise=otherwise,
        )

    def _command(self, line: str) -> None:
        typed = line.strip()
        if not typed:
            self.say("Type a number or a command; ? explains what works here.")
            return
        is_else = self.before_command()
        first, _, rest = typed.partition(" ")
        if typed == "0":  # no entry has it, and it is the key for this
            self.deeds["last_day"]("")
            return
        if first.isdecimal() and is_else:
            self.say("Numbers may mean something else now:")
            self.read()
        elif first.isdecimal():
            self.follow(int(first[:9]), rest.strip())
        if first.isdecimal():
            return
        found = understood(typed)
        if found is None:
            self._say_unknown(typed)
            return
        command, more = found
        if command.with_action:
            more = f"{command.with_action} {more}".strip()
        with run_log.timed("%s", command.action):
            self.deeds[command.action](more)

    def _say_unknown(self, typed: str) -> None:
        shown = labels.shortened(one_line(typed), 40)
        near = line_commands.near(typed)
        hint = f" Did you mean “{near}”?" if near else ""
        self.say(
            f"“{shown}” is no command.{hint} ? explains what works here; "
            f"“s {shown}” searches for it."
        )

    # Where one is.

    @property
    def view(self) -> View:
        """What is looked at."""
        return self._view

    @view.setter
    def view(self, view: View) -> None:
        self._view = view

    def search(self, view: View, typed: str, limit: int) -> Results:
        """What agrees with words in a view."""
        from explorer.search import Engine

        if self._engine is None or self._engine[0] is not view or self._engine[1].is_damaged:
            if self._engine is not None:
                self._engine[1].close()
            self._engine = (view, Engine(view))
        return self._engine[1].search(typed, limit)

    def leaf_of(self, place: Place) -> Leaf:
        """What is read in a place. Raises GoneError."""
        return leaves.leaf_of(self._view, place, self.search)

    def visit(self, place: Place) -> None:
        """Go to a place, and read what stands there. Raises GoneError."""
        leaf = self.leaf_of(place)
        if place != self.place:
            self.back.append(self.place)
            self.forward.clear()
        self.stand(place, leaf)
        self.read()

    def stand(self, place: Place, leaf: Leaf) -> None:
        """Be in a place, and say nothing."""
        self.place, self.leaf, self.section, self.read_to = place, leaf, 0, 0

    def renew(self) -> None:
        """Make anew what is read, when notes, the scope or the day are others now."""
        try:
            self.leaf = self.leaf_of(self.place)
        except GoneError:
            self.leaf = self.leaf_of(Menu())
            self.place = Menu()

    def read(self) -> None:
        """Read what stands here; of very much the first part, and that more goes on."""
        self.say(f"{self.leaf.title}.", *self.leaf.intro)
        self.read_to = 0
        self.read_on()

    def read_on(self) -> bool:
        """Read on from where it was stopped; whether there was anything left."""
        start, entries = self.read_to, self.leaf.entries
        end = len(entries) if len(entries) - start <= LONGEST + LONGEST // 2 else start + LONGEST
        self.read_to = end
        self.say(*self.leaf.lines(start, end))
        if end < len(entries):
            more = f"{len(entries) - end} more: “more” goes on"
            ways = ", “sections” lists them" if any(e.is_heading for e in entries[end:]) else ""
            self.say(f"{more}{ways}, / finds words in all of it.")
        return end > start

    @property
    def here(self) -> Ref:
        """The record that a command is about: the one that is read, or the negotiation."""
        return self.leaf.ref or self._view.index.dataset.negotiation.ref

    @property
    def record(self) -> Ref:
        """The same. Raises UsageError in a list, a search or a view, which are of many."""
        if self.leaf.ref is None:
            raise UsageError("this is no record; its number goes to one first")
        return self.leaf.ref

    def entry(self, number: int) -> Entry | None:
        """An entry by its number; None, having said which there are, when there is none."""
        numbered = self.leaf.numbered
        first, last = self.leaf.first, self.leaf.first + len(numbered) - 1
        if first <= number <= last:
            return numbered[number - first]
        if not numbered:
            self.say("Nothing here has a number. ? explains what works here.")
        else:
            self.say(f"There is no {number} here; the numbers go from {first} to {last}.")
        return None

    def follow(self, number: int, which: str = "") -> None:
        """Go where an entry leads; where it names several, `which` says, or it is asked."""
        if (entry := self.entry(number)) is None:
            return
        if which.isdecimal() and 1 <= int(which[:9]) <= len(entry.goals):
            self.visit(entry.goals[int(which[:9]) - 1].place)
        elif which and len(entry.goals) == 1:
            self.say(f"Entry {number} leads to one place alone; “{number}” goes there.")
        elif which:
            last = len(entry.goals)
            self.say(f"Entry {number} leads to {last}: say “{number} 1” to “{number} {last}”.")
        elif entry.goal is not None:
            self.visit(entry.goal.place)
        else:
            self.say(f"Entry {number} names several:")
            self.choose_goal(entry.goals)

    def choose_goal(self, goals: Sequence[Goal]) -> None:
        """Ask to which of some places to go."""

        def going(place: Place) -> Callable[[], None]:
            return lambda: self.visit(place)

        self.choose([(goal.name, going(goal.place)) for goal in goals])

    # Records by name, lists and help.

    def go_to_named(self, typed: str) -> None:
        """Go to a record that was named."""
        from explorer.linear.named_records import named

        if not typed:
            self.say("Say where: “go taiwan”, “go issue:taiwan”, “go bessent”.")
            return
        refs = named(self._view, typed)
        if len(refs) == 1:
            self.visit(OnRecord(refs[0]))
            return
        self.say(f"“{one_line(typed)}” may be {len(refs)}:")
        self.choose_goal([Goal(OnRecord(ref), name_of(self._view, ref)) for ref in refs])

    def _list_kinds(self, typed: str) -> None:
        if typed:
            self._say_unknown(f"list {typed}")
            return
        kinds = ", ".join(labels.KIND_PLURALS)
        self.say(f"Say what to list, by its kind: {kinds}. For example “list round”, “rounds”.")

    def help(self, typed: str) -> None:
        """Explain what works here, a command, or everything."""
        from explorer.linear.line_help import here, introduction

        if typed.casefold() in ("all", "everything"):
            for group, heading in GROUPS.items():
                self.say("", f"{heading}:", *line_commands.listed(group))
            self.say("", *introduction())
        elif typed:
            found = understood(typed)
            if found is None:
                self._say_unknown(typed)
            else:
                self.say(line_commands.explained(found[0]))
        else:
            self.say(*here(self.place, self.leaf))
