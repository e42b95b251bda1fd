"""What commands print: results to standard output, all else to standard error."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from explorer.text.sanitize import plain

if TYPE_CHECKING:
    from explorer.documents.sheet import Sheet
    from explorer.record.model import Ref
    from explorer.view import View


def print_json(value: Any) -> None:
    """Print data as JSON."""
    from explorer.text.json_text import as_json

    print(as_json(value), end="")


def print_file(data: bytes) -> None:
    """Print a file, to the byte: no line end of it is changed on the way.

    A terminal is no file: it gets no character that would make it act.
    """
    if sys.stdout.isatty():
        print(plain(data.decode()), end="")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_sheet(sheet: Sheet, to: str | None) -> None:
    """Print a sheet in a format, as text when none is named."""
    from explorer.documents.render import render

    if to in (None, "text"):  # in characters that the terminal has
        print(render(sheet, "text"), end="")
    else:
        print_file(render(sheet, to).encode())


def say(words: str) -> None:
    """Print what is no result, if there are words, and anything to print them on."""
    if words and sys.stderr is not None:  # as it is after “2>&-”
        with suppress(OSError, ValueError):
            print(plain(words), file=sys.stderr)


def record_data(view: View, ref: Ref) -> dict[str, Any]:
    """A record with the notes on it, as plain values for JSON."""
    from explorer.record.tables import as_data

    data = {"ref": str(ref), **as_data(view.index[ref])}
    if notes := [note.text for note in view.notes_on(ref)]:
        data["notes"] = notes
    return data | day_asked(view)


def day_asked(view: View) -> dict[str, str]:
    """The day that was asked for and the one that is shown, when that is another."""
    if view.asked is None:
        return {}
    return {"asked": view.asked.isoformat(), "as_of": view.as_of.isoformat()}
