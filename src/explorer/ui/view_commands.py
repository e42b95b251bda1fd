"""The commands of the full-screen views: of each, those that it has besides those of all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from explorer.documents.comparisons import COMPARISONS, Comparison
from explorer.ui.command import Command

SINCE = Command(
    "s",
    "since",
    "Since",
    "Choose a second date to see what changed since, or take it off.",
    True,
    opens=True,
    place="sheet",
)

COLUMNS = Command(
    "W", "columns", "Columns", "Show the sides in columns, or in a list.", True, place="sheet"
)
COALITIONS = Command(
    "C", "by_coalition", "Coalitions", "Show members beneath their coalitions, or each side.", True
)

POSITIONS = (
    Command("r", "by_round", "By round", "What was on the table in which round, or back.", True),
    Command(
        "S",
        "sort",
        "Sort",
        "Sort by how many hold a position, by stance, by who moved last, or not at all.",
        True,
    ),
    COALITIONS,
    COLUMNS,
)
"""What works in the positions besides."""

ACCOUNTS = (
    Command("r", "widen", "All", "Show the points of all rounds, or of one again.", True),
    Command("w", "differing", "Differing", "Show only where accounts differ, or all.", True),
    COALITIONS,
    COLUMNS,
)
"""What works in the accounts besides."""

IN_FORCE = (COLUMNS,)
"""What works in the measures in force besides."""

DEADLINES = (
    Command("r", "lanes", "Lanes", "Show each on the time axis with its moves, or the list.", True),
    Command("w", "open_only", "Open only", "Leave out what is settled, or show all.", True),
)
"""What works in the deadlines besides."""

FIGURES = (
    Command("right,l", "next_step", "Next value", "Go to the next value of the line.", True),
    Command("left,h", "previous_step", "Value before", "Go to the value before.", True),
    Command(
        "down,j",
        "other_line",
        "Other",
        "Go to the next line, targets or claims.",
        True,
        slug="down",
    ),
    Command("up,k", "other_line(-1)", "Other", "Go to the line before.", move=True, slug="up"),
    Command("g,home", "first", "First", "Go to the first value.", move=True),
    Command("G,end", "last", "Last", "Go to the last value.", move=True),
    Command("r", "choose", "Which", "Choose which figures to see, from a list.", True),
    Command("enter", "follow", "Go", "Go to the figure under the cursor.", True),
)
"""What works in the chart of figures besides."""

TEXTS = (
    Command("r", "only_changed", "Changes", "Leave out what reads the same, or show all.", True),
    Command("w", "other", "With", "Choose another text to set the first against.", True),
)
"""What works in two texts compared besides."""

NEWS = (
    Command("right,l", "next_news", "Next", "Go to the next one, which marks it as seen.", True),
    Command("left,h", "previous_news", "Before", "Go to the one before.", move=True),
    Command("r", "list_all", "List", "List all that is new, or show one again.", True),
    Command("m", "see_all", "All seen", "Mark all that is new as seen, after a yes.", True),
)
"""What works in what is new besides."""

_OF_ITS_OWN = {
    "positions": POSITIONS,
    "accounts": ACCOUNTS,
    "in_force": IN_FORCE,
    "deadlines": DEADLINES,
    "figures": FIGURES,
    "news": NEWS,
    "texts": TEXTS,
}
"""The views that have keys which no other has."""


def action_of(comparison: Comparison) -> str:
    """The action that opens the view of a comparison, and closes it."""
    return f"do('{comparison.command}')" if comparison.is_its_own else f"view('{comparison.name}')"


_CLOSES = ("Close", "Go back to the panes.")
_AGAIN = {"news": ("Next", "Go on to the next one that is not seen.")}
"""What the key of a view does in it, when that is not to close it."""


def slug_of(comparison: Comparison) -> str:
    """The name under which the key of its view is set."""
    return comparison.name.replace("_", "-")


def absent(has: Callable[[str], Collection[object]]) -> tuple[Comparison, ...]:
    """The comparisons for which a dataset has nothing: what it `has` are records of a kind."""
    return tuple(c for c in COMPARISONS if c.kind and not has(c.kind))


def is_absent(absent: Iterable[Comparison], action: str, parameters: Sequence[object]) -> bool:
    """Whether an action opens the view of one of these comparisons."""
    if action not in ("do", "view"):
        return False
    return parameters[0] in {c.command if action == "do" else c.name for c in absent}


def of_view(comparison: Comparison) -> tuple[Command, ...]:
    """What works in the view of a comparison, besides what works in each."""
    return (
        *((SINCE,) if comparison.since else ()),
        *_OF_ITS_OWN.get(comparison.name, ()),
        Command(
            comparison.key,
            action_of(comparison),
            *_AGAIN.get(comparison.name, _CLOSES),
            slug=slug_of(comparison),
            place="everywhere",
        ),
    )
