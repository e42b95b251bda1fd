"""What came of a command, before it is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What came of a command."""

    data: object
    """For `--json`."""
    text: str | bytes = ""
    """Without it; bytes are a file."""
    said: tuple[str, ...] = ()
    """What is no result."""
    code: int = 0
