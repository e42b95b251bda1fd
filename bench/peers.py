"""Other programs for the terminal, to be measured beside `explorer` when somebody asks."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from program import UP

HERE = Path(__file__).resolve().parent
PLACE = HERE / ".peers"
"""A virtual environment for each, kept for the next time; safe to delete."""
GUIDE = HERE.parent / "README.md"


@dataclass(frozen=True)
class Peer:
    """A program: how it is installed and run, when it is ready, and what ends it."""

    packages: tuple[str, ...]
    command: tuple[str, ...]
    """The first is a program of its virtual environment."""
    ready: str
    quit: bytes
    press: Sequence[bytes] = ()
    """Keys that lead to where cursor keys do something."""
    has_cursor: bool = True
    """Whether there is such a place."""


PEERS = {
    "frogmouth": Peer(("frogmouth",), ("frogmouth", str(GUIDE)), "Explore a neg", b"\x11"),
    # Lines in its editor, and up to the first.
    "harlequin": Peer(
        ("harlequin",), ("harlequin",), "Query Editor", b"\x11", (b"\r",) * 12 + (UP,) * 12
    ),
    # With a later tree-sitter it ends as soon as it has started.
    "posting": Peer(
        ("posting", "tree-sitter<0.26"), ("posting",), "Collection", b"\x03", has_cursor=False
    ),
    "toolong": Peer(("toolong",), ("tl", str(GUIDE)), "Imports go one way", b"\x03", (b"\x1b[H",)),
    "visidata": Peer(("visidata",), ("vd", str(GUIDE)), "Explore a neg", b"gq"),
}
"""By name. Those that show a text show our guide."""


def installed(names: Sequence[str]) -> Mapping[str, Peer]:
    """Those that are there, or could be installed now; of the others it is said."""
    found = {}
    for name in names:
        peer = PEERS[name]
        program = PLACE / name / "bin" / peer.command[0]
        if program.exists() or _install(name, peer):
            found[name] = replace(peer, command=(str(program), *peer.command[1:]))
    return found


def _install(name: str, peer: Peer) -> bool:
    print(f"installing {name}", file=sys.stderr)
    venv.create(PLACE / name, with_pip=True, clear=True)
    pip = [str(PLACE / name / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    done = subprocess.run([*pip, *peer.packages], capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["pip does not say why"]
        print(f"{name} is left out; it cannot be installed: {why[0]}", file=sys.stderr)
    return not done.returncode
