"""What is printed: programs side by side, the commands, and the targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from command_list import commands
from results import MEDIAN, Results, quantile
from sections import BARE, EXPLORER, FRESH, NO_NOTES, NOTES
from targets import TARGETS, Target

SIDE_BY_SIDE = (
    ("first paint", "first paint", MEDIAN),
    ("ready", "ready", MEDIAN),
    ("key", "rounds: first", MEDIAN),
    ("p95", "rounds: first", 0.95),
    ("settled", "rounds: last", MEDIAN),
    ("CPU", "rounds: cpu", MEDIAN),
    ("KB", "rounds: written", MEDIAN),
    ("peak MB", "memory", MEDIAN),
    ("exit", "exit", MEDIAN),
)
"""The columns that compare programs: head, measure, quantile; times in ms."""
ONLY_OURS = (FRESH, NOTES, NO_NOTES)
OF_COMMANDS = ("repaints", "written", "first", "last", "cpu")


def side_by_side(results: Results) -> Iterator[str]:
    """Each program in a line."""
    form = "{:<22}" + "{:>13}" * len(SIDE_BY_SIDE)
    yield form.format("ms", *(head for head, _, _ in SIDE_BY_SIDE))
    for program in results.rounds:
        if program not in ONLY_OURS:
            values = [results.value(program, name, share) for _, name, share in SIDE_BY_SIDE]
            if any(value is not None for value in values):
                yield form.format(program, *map(_number, values))
    others = [one for one in results.rounds if one not in (BARE, *ONLY_OURS)]
    for program in others:
        each = [results.ratios(program, BARE, measure) for _, measure, _ in SIDE_BY_SIDE]
        if any(each):
            medians = (f"{quantile(one, MEDIAN):.2f} ×" if one else "" for one in each)
            yield form.format(f"{program} ÷ bare", *medians)


def of_commands(results: Results) -> Iterator[str]:
    """Each command in a line."""
    form = "{:<34}{:>9}{:>9}{:>9}{:>9}{:>9}"
    yield form.format("command", "repaints", "KB", "first", "last", "CPU ms")
    for name, _ in commands():
        values = [results.value(EXPLORER, f"{name}: {what}") for what in OF_COMMANDS]
        if values[0] is not None:
            yield form.format(name, *map(_number, values))


def of_targets(columns: Sequence[tuple[str, int, Results]]) -> Iterator[str]:
    """Each target in a line, with a column for each case: its title, size and results."""
    form = "{:<42}" + "{:<36}" * len(columns)
    yield form.format("", *(title for title, _, _ in columns)).rstrip()
    beyond = False
    for target in TARGETS:
        cells = [_cell(target, size, results) for _, size, results in columns]
        beyond |= any(cell.endswith("*") for cell in cells)
        if any(cells):
            yield form.format(target.label, *cells).rstrip()
    if beyond:
        yield "* the bare app does not meet it either"


def _cell(target: Target, size: int, results: Results) -> str:
    value, limit = target.value(results), target.limits[size]
    if value is None:
        return ""
    shown = f"{_number(value):>6}"
    if spread := target.spread(results):
        shown += f" ({_number(spread[0])}–{_number(spread[1])})"
    if target.commands and limit is not None:
        each = target.each_command(results).values()
        shown += f" ({sum(one > limit for one in each)} of {len(each)} over)"
    if limit is not None:
        beyond = "*" if target.is_beyond_bare(results, size) else ""
        shown += f" ≤ {limit} {target.verdict(results, size)}{beyond}"
    return shown


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.3g}" if value >= 0.1 else f"{value:.3f}"
