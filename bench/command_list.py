"""The commands that are measured, in the order in which they are given.

Each begins where the one before has left off, and the last ends where the first began.
"""

from __future__ import annotations

from collections.abc import Iterator

ESCAPE = b"\x1b[27u"
"""As terminals send it that know the kitty protocol; else it is told from others by waiting."""
VIEWS = {"positions": b"p", "accounts": b"a", "in force": b"f", "figures": b"t", "changes": b"c"}
STEPS = {
    "round before": b"[",
    "day before": b"{",
    "next day": b"}",
    "next round": b"]",
}
IN_VIEW = "with {} open"


def commands() -> Iterator[tuple[str, bytes]]:
    """The name and the key of each."""
    yield from moves()
    yield from others()


def moves() -> Iterator[tuple[str, bytes]]:
    """Jumps, days and rounds, views, and days and rounds in these."""
    jumps = {"delegations": b"2", "issues": b"3", "quotes": b"4", "rounds": b"1"}
    yield from ((f"jump to {pane}", key) for pane, key in jumps.items())
    yield from STEPS.items()
    for view, key in VIEWS.items():
        yield f"open {view}", key
        for step, step_key in STEPS.items():
            yield f"{step} {IN_VIEW.format(view)}", step_key
        yield f"leave {view}", key


def others() -> Iterator[tuple[str, bytes]]:
    """What else a person does."""
    yield from {"zoom": b"z", "zoom out": b"z"}.items()
    yield from {"add to scope": b" ", "take off scope": ESCAPE}.items()
    yield from {"open filter": b"/", "filter a letter": b"e", "filter two": b"r"}.items()
    yield "leave filter", ESCAPE
    yield from {"into the record": b"\r", "next link": b"\x1b[B", "back to pane": b"h"}.items()
    yield from {"next pane": b"\t", "pane before": b"\x1b[Z"}.items()
    yield from {"about": b"i", "back": b"H", "forward": b"L", "back again": b"H"}.items()
    yield from {"open search": b"s", "leave search": ESCAPE}.items()
    yield from {"open help": b"?", "leave help": ESCAPE}.items()
    yield from {"open palette": b"\x10", "leave palette": ESCAPE}.items()
    yield from {"open note": b"n", "leave note": ESCAPE}.items()
