"""Which keys the last line shows in a place: as many as there is room for, what matters first.

The tables of commands say what there is; here is only its order, by the names under which
keys are set. The way out and the way to all other keys are always there, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from explorer.documents.comparisons import COMPARISONS
from explorer.ui import commands
from explorer.ui.command import Command
from explorer.ui.dialogs.dialog_commands import DIALOGS

_FINDING = ("next-found", "found-before", "end-finding")
"""Only while words are marked, and then before all else."""
_TIME = ("earlier", "later")
_VIEWS = ("positions", "accounts", "changes", "deadlines", "in-force", "figures", "texts")
_FURTHER = ("search", "cite", "open", "back", "all-notes", "time-ribbon")

_OF_VIEWS = (*_TIME, "find", "section", "scope", "date", "note", "back", *_VIEWS, *_FURTHER)
"""What matters in every full-screen view besides its own."""

ORDER: Mapping[str, Sequence[str]] = {
    "pane": (
        *("read", "filter", "search", "note", "scope", *_TIME, "date", "positions", "accounts"),
        *("changes", "deadlines", "in-force", "figures", "texts", "open", "cite", "mark"),
        *("all-notes", "back", "time-ribbon", "add", "evidence", "zoom", "brief", "about"),
    ),
    "record": (
        *(*_FINDING, "follow", "pane", "find", "note", "scope", "mark", *_TIME, "section"),
        *("search", "cite", "open", "back", "date", *_VIEWS, "all-notes", "time-ribbon", "zoom"),
    ),
    "notes": (
        *(
            *_FINDING,
            "write",
            "answer",
            "words",
            "note",
            "editor",
            "reviewed",
            "delete-note",
            "find",
        ),
        *("all-notes", "undelete", "merge", "attach", *_TIME, "search", "zoom"),
    ),
    "positions": ("go", "since", "by-round", "sort", "columns", "coalitions", *_OF_VIEWS),
    "accounts": ("go", "all", "differing", "columns", "coalitions", *_OF_VIEWS),
    "in_force": ("go", "columns", *_OF_VIEWS),
    "deadlines": ("go", "lanes", "open-only", *_OF_VIEWS),
    "figures": ("next-value", "which", "go", "down", "value-before", *_OF_VIEWS),
    "changes": ("go", "since", *_OF_VIEWS),
    "evidence": ("go", *_OF_VIEWS),
    "texts": ("go", "changes", "with", *_OF_VIEWS),
    "news": ("next", "go", "list", "all-seen", *_OF_VIEWS),
    "marking": ("mark", "note", "copy", "word", "word-before", "down", "up"),
    "editor": ("save", "dates", "undo", "redo", "select-all", "copy", "paste"),
    "find": ("go", "watch", "down", "up"),
    "filter": ("keep", "down", "up"),
    "notebook": (*_FINDING, "go", "find", "editor", "reviewed", "delete", "rename"),
    "problems": (*_FINDING, "mend", "find"),
    "help": (*_FINDING, "find"),
}
"""By place, what matters most first. What is not named comes after it, as its table has it."""

_TOGETHER = ({"earlier", "later"}, {"next-found", "found-before", "end-finding"})
"""What is of no use alone."""

_OUT = {"pane": ("quit",), "record": ("quit_front", "leave"), "marking": ("leave",)}
"""The way out of a place, where it is not the command that closes a view or a dialog."""
_LAST = ("help", commands.PALETTE.action)
"""The ways to all other keys, by their actions."""


def width_of(command: Command) -> int:
    """Cells that a key takes with its name."""
    return len(f" {command.main_key} {command.name} ")


Width = Callable[[Command], int]


def shown(place: str, idle: Collection[str], width: int, cells: Width = width_of) -> list[Command]:
    """The commands that the line shows in a place, without those that are idle there now.

    `cells` says how many each takes.
    """
    offered = _own_keys(c for c in commands.available(place) if c.action not in idle)
    named = {_slug(command): command for command in reversed(offered)}
    acting = {command.action: command for command in reversed(offered)}
    out = way_out(place, offered)
    last = [c for c in (out, *map(acting.get, _LAST)) if c is not None]
    room = width - sum(map(cells, last))
    while len(last) > 1 and room < 0:  # the way out is what is left in the end
        room += cells(last.pop())
    order = [named[slug] for slug in _order(place) if slug in named]
    order += [c for c in offered if c.footer and c not in order]
    if place in DIALOGS:
        order += [named[slug] for slug in ("down", "up") if slug in named]
    first: list[Command] = []
    for command in order:
        if command in last or command in first or (out and command.name == out.name):
            continue  # … or is what the way out is
        group = _with_others(command, order)
        if sum(map(cells, group)) > room:
            break
        first += group
        room -= sum(map(cells, group))
    return first + last


def _order(place: str) -> Sequence[str]:
    return (*(_FINDING if place in _VIEW_NAMES else ()), *ORDER.get(place, ()))


_VIEW_NAMES = frozenset(comparison.name for comparison in COMPARISONS)


def _slug(command: Command) -> str:
    """The name under which its keys are set."""
    return command.setting("")[1]


def _with_others(command: Command, order: Sequence[Command]) -> Sequence[Command]:
    """A command with those that are shown if it is, and only then."""
    slug = _slug(command)
    together = next((names for names in _TOGETHER if slug in names), None)
    return [c for c in order if _slug(c) in together] if together else [command]


def _own_keys(offered: Iterator[Command]) -> list[Command]:
    """Each with the keys that none before it has: what works at times goes first."""
    found: list[Command] = []
    taken: set[str] = set()
    for command in sorted(offered, key=lambda c: not c.at_times):
        keys = [key for key in command.key_names if key not in taken]
        taken.update(keys)
        if keys:
            found.append(replace(command, keys=",".join(keys)))
    return found


def way_out(place: str, offered: Sequence[Command]) -> Command | None:
    """The command that leads out of a place."""
    actions = _OUT.get(place, ("leave", "close", "escape", "clear", "choose('later')"))
    return next((c for c in offered if c.action in actions), None)
