"""Keeps a setting that was chosen in the app, and leaves all else in the file as it is."""

from __future__ import annotations

import re
from pathlib import Path

from explorer.settings.settings_file import LARGEST, path
from explorer.storage import files, folders


def keep_in_file(name: str, value: str) -> str:
    """Write a setting into the file; return why it could not be, or nothing.

    Comments, blank lines and order stay. A file with a mistake in its form is not touched.
    """
    try:
        where = path()
    except (OSError, RuntimeError):
        return "this user has no home folder"
    try:
        _keep(where, name, value)
    except OSError as error:
        return files.why(error)
    except (ValueError, RecursionError):
        return f"{where} has a mistake, which “explorer settings” shows"
    return ""


def _keep(where: Path, name: str, value: str) -> None:
    """Raises OSError, and ValueError when the file cannot be changed without harm."""
    import tomli

    access = None
    try:
        data = files.read_limited(where, LARGEST)
        access = files.access_of(where)
    except FileNotFoundError:
        data = b""
    before = tomli.loads(data.decode("utf-8-sig"))
    if before.get(name) == value:
        return
    written = _with(data, name, value)
    if tomli.loads(written.decode("utf-8-sig")) != before | {name: value}:
        raise ValueError("it is written in a way that cannot be changed from here")
    folders.private_folder(where.parent)
    files.replace_file(where, written, access=access)


def _with(data: bytes, name: str, value: str) -> bytes:
    """The file with a setting in the place of what it was, or else where it belongs."""
    import tomli_w

    from explorer.dataset.toml_blocks import Layout

    line = tomli_w.dumps({name: value}).rstrip("\n")
    layout = Layout(data)
    root = layout.blocks[0]
    if (node := root.pairs.get(name)) is not None:
        start, end = layout.place(node.start_byte), layout.place(node.end_byte)
        return data[:start] + line.partition(" = ")[2].encode() + data[end:]
    added = line.encode() + layout.line_end
    ends = layout.blocks[1].start if len(layout.blocks) > 1 else len(data)
    suggested = re.compile(rb"^#[ \t]*" + name.encode() + rb"[ \t]*=[^\n]*(\n|\Z)", re.MULTILINE)
    if found := suggested.search(data, root.start, ends):
        at = found.end()  # below the comment that offers it
    elif root.pairs:
        at = root.end
    elif len(layout.blocks) > 1:
        at, added = root.start, added + layout.line_end
    else:
        at = len(data)
    if at and not data[:at].endswith(b"\n") and at > root.start:
        added = layout.line_end + added
    return data[:at] + added + data[at:]
