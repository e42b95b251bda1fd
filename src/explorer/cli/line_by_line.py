"""Exploring by lines that are typed and printed, without a screen: `explorer --linear`."""

from __future__ import annotations

import argparse
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from explorer.cli.given_dataset import notes_folder, overlays_folder
from explorer.cli.output import Signs, say
from explorer.desktop import browser, clipboard, own_editor
from explorer.errors import UsageError
from explorer.linear.conversation import Conversation, Ends
from explorer.linear.taking_out import Ways
from explorer.linear.visit import Visit
from explorer.opening import read

if TYPE_CHECKING:
    from explorer.record.model import Ref


_LONG = 2.0
"""Seconds after which somebody who hears nothing wonders."""


def explore(path: Path, args: argparse.Namespace, shown: Ref | None) -> None:
    """Let a person explore a dataset by lines that they type. Raises ExplorerError."""
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("--linear reads lines and prints them, and one of the two is closed")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    overlays, is_asked = overlays_folder(args)
    is_typed, is_read = sys.stdin.isatty(), sys.stdout.isatty()
    with _said_when_it_takes_long("Reading the dataset …" if is_typed else ""):
        opened = read(
            path,
            notes_folder(args),
            args.as_of,
            any_size=args.any_size,
            overlays=overlays,
            is_overlay_asked=is_asked,
            also=args.also,
        )
    visit = Visit(
        opened,
        Ways(browser.opened, clipboard.taken_by),
        own_editor.run if is_typed and is_read else None,
    )
    ends = Ends(sys.stdin, cast("TextIO", Signs(sys.stdout)), is_typed)
    Conversation(visit, ends).run(shown)


@contextmanager
def _said_when_it_takes_long(words: str) -> Iterator[None]:
    later = threading.Timer(_LONG, say, (words,))
    later.daemon = True
    later.start()
    try:
        yield
    finally:
        later.cancel()
