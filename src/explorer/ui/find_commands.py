"""The commands of finding: those of the line in which words are typed, and what works then."""

from __future__ import annotations

from explorer.ui.command import Command

FINDING_HERE = (
    Command(
        "slash",
        "find",
        "Find",
        "Find words here; accents, case and the kind of hyphen do not matter.",
        True,
        opens=True,
    ),
    Command(
        "full_stop,f3",
        "found(1)",
        "Next",
        "Go to the next place of the words found, or look for the last ones again.",
        True,
        move=True,
        slug="next-found",
    ),
    Command(
        "comma,shift+f3",
        "found(-1)",
        "Before",
        "Go to the place before.",
        True,
        move=True,
        slug="found-before",
    ),
    Command(
        "escape",
        "end_finding",
        "End",
        "End the finding: what was found is marked no more.",
        True,
        slug="end-finding",
        at_times=True,
    ),
)
"""What works wherever words are found, and the last of it only while some are marked."""

END_FINDING = FINDING_HERE[-1]

WHILE_FINDING = tuple(command.action for command in FINDING_HERE[1:])
"""What the line of keys shows only while words are marked."""

FINDING = (
    Command("down", "go(1)", "Next", "Go to the next place while you type.", True, move=True),
    Command("up", "go(-1)", "Before", "Go to the place before.", True, move=True),
    Command("pagedown", "page(1)", "Page down", "Go down by a screenful.", move=True),
    Command("pageup", "page(-1)", "Page up", "Go up by a screenful.", move=True),
    Command("enter", "keep", "Stay", "Stay there: . goes on from place to place.", True),
    Command("escape", "close", "Back", "Find nothing, and go back to where you were.", True),
    Command("f1", "help", "Keys", "Explain the keys of where you are.", True),
)
"""What works in the line in which words to find are typed."""
