"""Exploring by lines that are typed and printed, without a screen: `explorer --linear`."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from explorer.cli.given_dataset import notes_folder, overlays_folder
from explorer.cli.output import Signs
from explorer.desktop import browser, clipboard, own_editor
from explorer.errors import UsageError
from explorer.linear.conversation import Conversation, Ends
from explorer.linear.taking_out import Ways
from explorer.linear.visit import Visit
from explorer.opening import read

if TYPE_CHECKING:
    from explorer.record.model import Ref


def explore(path: Path, args: argparse.Namespace, shown: Ref | None) -> None:
    """Let a person explore a dataset by lines that they type. Raises ExplorerError."""
    if sys.stdin is None or sys.stdout is None:
        raise UsageError("--linear reads lines and prints them, and one of the two is closed")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    overlays, is_asked = overlays_folder(args)
    opened = read(
        path,
        notes_folder(args),
        args.as_of,
        any_size=args.any_size,
        overlays=overlays,
        is_overlay_asked=is_asked,
        also=args.also,
    )
    is_typed, is_read = sys.stdin.isatty(), sys.stdout.isatty()
    visit = Visit(
        opened,
        Ways(browser.opened, clipboard.taken_by),
        own_editor.run if is_typed and is_read else None,
    )
    ends = Ends(sys.stdin, cast("TextIO", Signs(sys.stdout)), is_typed)
    Conversation(visit, ends).run(shown)
