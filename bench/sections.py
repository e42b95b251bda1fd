"""The parts that a round is made of. Each can be measured by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from command_list import commands
from measuring import (
    Measures,
    Subject,
    at_rest,
    measure_busy,
    measure_commands,
    measure_idle,
    measure_keys,
    measure_start,
    measure_typing,
    measure_waits,
)
from program import ProgramError

BARE, EXPLORER, FRESH = "bare", "explorer", "explorer, first start"
NOTES, NO_NOTES = "explorer, many notes", "explorer, no notes"
STARTS = 3
"""Starts in each round: they scatter far more than anything else."""
PANES = {"rounds": b"1", "quotes": b"4"}
"""The panes in which cursor keys are pressed, and what jumps there from the front page."""
SEARCHED = ("tariff", "port fee")


@dataclass
class Case:
    """What is measured together: a dataset shown, and programs to compare with."""

    bare: Subject
    explorer: Subject
    environment: Callable[[str], Mapping[str, str]]
    """An environment of its own, in which nothing is kept yet."""
    notes: Path | None = None
    """Many notes on the dataset, if that is to be measured."""
    peers: dict[str, Subject] = field(default_factory=dict)
    _number: count[int] = field(default_factory=count)

    @property
    def with_notes(self) -> Subject:
        kept = {"EXPLORER_NOTES": str(self.notes)}
        return replace(self.explorer, environment={**self.explorer.environment, **kept})

    @property
    def fresh(self) -> Subject:
        """The program at its very first start."""
        environment = self.environment(f"fresh-{next(self._number)}")
        return replace(self.explorer, environment=environment)


Found = Mapping[str, list[Measures]]
"""By program, what each of its runs gave."""


def starts(case: Case) -> Found:
    """First paint, ready, exit."""
    found: dict[str, list[Measures]] = {}
    for _ in range(STARTS):
        for name, subject in {BARE: case.bare, EXPLORER: case.explorer, **case.peers}.items():
            found.setdefault(name, []).append(measure_start(subject))
    return found


def first_start(case: Case) -> Found:
    """The same when nothing is kept from an earlier start."""
    return {BARE: [measure_start(case.bare)], FRESH: [measure_start(case.fresh)]}


def busy(case: Case) -> Found:
    """What a start leaves for later, and whether keys wait for it."""
    left = measure_busy(case.explorer)
    watched = min(10.0, 1.0 + 2 * left["busy"][0])
    return {EXPLORER: [left, measure_waits(case.explorer, watched)]}


def keys(case: Case) -> Found:
    """Cursor keys, and memory after them."""
    ours = [measure_keys(case.explorer, [pane], jump) for pane, jump in PANES.items()]
    found = {BARE: [measure_keys(case.bare, list(PANES))], EXPLORER: ours}
    for name, peer in case.peers.items():
        if peer.has_cursor:
            found[name] = [measure_keys(peer, ["rounds"])]
    return found


def idle(case: Case) -> Found:
    """What it does when nobody does anything."""
    return {BARE: [measure_idle(case.bare)], EXPLORER: [measure_idle(case.explorer)]}


def each_command(case: Case) -> Found:
    """Jumps, views, days and rounds, dialogs."""
    return {EXPLORER: [measure_commands(case.explorer, list(commands()))]}


def search(case: Case) -> Found:
    """Typing into the search."""
    return {EXPLORER: [measure_typing(case.explorer, b"s", SEARCHED)]}


def many_notes(case: Case) -> Found:
    """Later starts with many notes, and without."""
    if case.notes is None:
        return {}
    with_notes = case.with_notes
    found: dict[str, list[Measures]] = {NO_NOTES: [], NOTES: []}
    for _ in range(STARTS):
        found[NO_NOTES].append(measure_start(case.explorer))
        found[NOTES].append(measure_start(with_notes))
    return found


SECTIONS: dict[str, Callable[[Case], Found]] = {
    "start": starts,
    "first": first_start,
    "busy": busy,
    "keys": keys,
    "idle": idle,
    "commands": each_command,
    "search": search,
    "notes": many_notes,
}


def warm_up(case: Case) -> None:
    """Start everything once: bytecode is written, caches are filled."""
    for subject in (case.bare, case.explorer, *([case.with_notes] if case.notes else [])):
        with at_rest(subject) as program:
            program.quit(subject.quit)
    for name, peer in list(case.peers.items()):
        try:
            measure_start(peer)
        except ProgramError as problem:
            print(f"{name} is left out; it {problem}", file=sys.stderr)
            del case.peers[name]
