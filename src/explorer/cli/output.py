"""What commands print: results to standard output, all else to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO

from explorer.text.plain_signs import ASCII, chosen, is_unicode, plain_signs, wanted
from explorer.text.sanitize import plain

if TYPE_CHECKING:
    from explorer.documents.sheet import Sheet
    from explorer.record.model import Ref
    from explorer.view import View


def print_json(value: Any) -> None:
    """Print data as JSON."""
    from explorer.text.json_text import as_json, in_ascii

    text = as_json(value)
    with as_they_are():
        print(text if is_unicode(sys.stdout.encoding or "") else in_ascii(text), end="")


class Signs:
    """Standard output with the signs that were chosen, or that it has: in ASCII or as they are.

    It is decided when the first text is written. Bytes, and what is data, stay as they are.
    """

    def __init__(self, to: TextIO) -> None:
        self.to = to
        self.is_data = False
        self._are_plain: bool | None = None

    def write(self, text: str) -> int:
        if self._are_plain is None and not text.isascii():
            self._are_plain = _are_plain(self.to)
        self.to.write(plain_signs(text) if self._are_plain and not self.is_data else text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.to, name)


def _are_plain(to: TextIO) -> bool:
    """Whether signs are written as ASCII: as the app would draw them in this terminal.

    Into a file or a pipe they are written as they are, if it has them and nobody chose.
    """
    from explorer import settings

    encoding = to.encoding or "utf-8"
    if not is_unicode(encoding):
        return True
    kept = str(settings.read().value("glyphs"))
    return (wanted(kept, encoding) if to.isatty() else chosen(kept)) == ASCII


@contextmanager
def as_they_are() -> Iterator[None]:
    """What is printed meanwhile is data, and no sign of it is changed."""
    out: object = sys.stdout
    if isinstance(out, Signs):
        out.is_data = True
    try:
        yield
    finally:
        if isinstance(out, Signs):
            out.is_data = False


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
            print(plain(words), file=Signs(sys.stderr))


@contextmanager
def shown_on_terminal() -> Iterator[Callable[[str], None]]:
    """Shows on one line of a terminal what is being done, until it is; elsewhere nothing."""
    shown = 0

    def show(words: str) -> None:
        nonlocal shown
        if sys.stderr is not None and sys.stderr.isatty():
            line = plain(words)
            with suppress(OSError, ValueError):
                print(f"\r{line:{shown}}", end="", file=Signs(sys.stderr), flush=True)
            shown = len(line)

    try:
        yield show
    finally:
        if shown:
            with suppress(OSError, ValueError):
                print(f"\r{' ' * shown}\r", end="", file=sys.stderr, flush=True)


def record_data(view: View, ref: Ref) -> dict[str, Any]:
    """A record with the notes on it, as plain values for JSON."""
    from explorer.record.tables import as_data

    data = {"ref": str(ref), **as_data(view.index[ref])}
    notes = view.notes_on(ref)
    if own := [note.text for note in notes if not note.others]:
        data["notes"] = own
    if theirs := [{"author": n.others, "text": n.text} for n in notes if n.others]:
        data["notes_of_others"] = theirs
    return data | day_asked(view)


def day_asked(view: View) -> dict[str, str]:
    """The day that was asked for and the one that is shown, when that is another."""
    if view.asked is None:
        return {}
    return {"asked": view.asked.isoformat(), "as_of": view.as_of.isoformat()}
