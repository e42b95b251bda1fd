"""Other programs for the terminal, to be measured beside `explorer` when somebody asks."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = HERE / ".peers"
"""A virtual environment for each, kept for the next time; safe to delete."""
GUIDE = HERE.parent / "README.md"


@dataclass(frozen=True)
class Peer:
    """A program: how it is installed and run, when it is ready, and what ends it."""

    package: str
    command: tuple[str, ...]
    """The first is a program of its virtual environment."""
    ready: str
    quit: bytes
    press: Sequence[bytes] = ()
    """Keys that lead to where cursor keys do something."""


PEERS = {
    "frogmouth": Peer("frogmouth", ("frogmouth", str(GUIDE)), "Find your way", b"\x11"),
    "harlequin": Peer("harlequin", ("harlequin", "--no-download-tzdata"), "Query Editor", b"\x11"),
    "posting": Peer("posting", ("posting",), "Collection", b"\x03"),
    "toolong": Peer("toolong", ("tl", str(GUIDE)), "Find your way", b"\x03"),
    "visidata": Peer("visidata", ("vd", str(GUIDE)), "Find your way", b"gq"),
}


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
    done = subprocess.run([*pip, peer.package], capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["pip does not say why"]
        print(f"{name} is left out; it cannot be installed: {why[0]}", file=sys.stderr)
    return not done.returncode
