"""The words of a note in the hands of another program: a file, and what became of it.

Whatever the program does to the file, nothing it wrote is thrown away: what cannot be
taken as it is stays where it is, and a message can say where.
"""

from __future__ import annotations

import codecs
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from explorer.errors import ExplorerError
from explorer.storage import files, folders
from explorer.text import shell_words
from explorer.text.sanitize import one_line
from explorer.values import dataclass

LIMIT = 16 * 1024 * 1024
"""Most bytes that are read of what a program wrote."""
_NAME = "note.md"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class EditorError(ExplorerError):
    """The editor that was named cannot be used."""

    title = "The editor could not be used"


@dataclass(frozen=True, slots=True)
class Returned:
    """What a program left of a text."""

    text: str | None
    """None when there is nothing that could be taken."""
    trouble: str = ""
    """What is wrong with it, in a sentence; nothing when every letter of it was understood."""


def editor(chosen: str = "") -> list[str]:
    """The person's own editor as a command: the one that was set, or from the environment.

    Raises EditorError when none is named, or it is not there or cannot be run.
    """
    if chosen.strip():
        return _command("The setting “editor”", chosen)
    for name in ("VISUAL", "EDITOR"):
        if named := os.environ.get(name, "").strip():
            return _command(name, named)
    if sys.platform == "win32":
        return _command("The editor of Windows", "notepad")
    raise EditorError("No editor is named: set EDITOR, for instance EDITOR=nano.")


def _command(name: str, named: str) -> list[str]:
    setting = f"{name} is “{one_line(named)}”, and"
    try:
        command = shell_words.parted(named)
    except ValueError as error:
        why = one_line(str(error)).rstrip(".").lower()
        raise EditorError(f"{setting} that cannot be read as a command: {why}.") from None
    program = command[0] if command else ""
    if (found := shutil.which(program)) is not None:
        # Windows starts a script, such as code.cmd, only by its whole name.
        return [found, *command[1:]] if sys.platform == "win32" else command
    path = Path(program)
    if not program or not os.path.lexists(path):
        raise EditorError(f"{setting} there is no program “{one_line(program)}”.")
    what = "is a folder" if path.is_dir() else "may not be run; look at its permissions"
    raise EditorError(f"{setting} “{one_line(program)}” {what}.")


def ended(code: int) -> str:
    """How a program ended, from its exit code: “ended with 3”."""
    if code >= 0:
        return f"ended with {code}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"


class HandedOut:
    """A text in a file of its own, in a folder of its own, for another program to change."""

    def __init__(self, text: str) -> None:
        """Its last line is ended, as a program may add one to it.

        Raises OSError when there is no folder that can be written to.
        """
        self.text = text
        """What the file said when it was looked at last."""
        self._folder = _new_folder()
        self.path = self._folder / _NAME
        ended = text if text.endswith("\n") else f"{text}\n"
        self.path.write_bytes(ended.encode("utf-8", "replace"))

    def back(self) -> Returned:
        """What is in the file now. Waits for the disk; raises nothing."""
        try:
            data = self._data()
        except FileNotFoundError:
            return Returned(None, "its file is gone")
        except OSError as error:
            return Returned(None, f"its file cannot be read: {files.why(error)}")
        text, is_exact = _understood(data)
        if not self.text.endswith("\n"):
            text = text.removesuffix("\n")  # which was only lent to it
        return Returned(text, "" if is_exact else "some of it is not UTF-8 and shows as �")

    def has_changed(self, text: str) -> bool:
        """Whether a text has other words than the file had when it was looked at last."""
        return text.strip() != self.text.strip()

    @property
    def has_more(self) -> bool:
        """Whether anything is there that could not be read: backups, or no plain file."""
        with suppress(OSError):
            return any(
                path.name != _NAME or path.is_symlink() or not path.is_file()
                for path in self._folder.iterdir()
            )
        return False

    def put_away(self) -> None:
        """Remove the file and its folder."""
        files.remove_folder(self._folder)

    def _data(self) -> bytes:
        try:
            return files.read_limited(self.path, LIMIT)
        except PermissionError:
            self.path.chmod(0o600)  # it is ours, whatever a program made of it
            return files.read_limited(self.path, LIMIT)


def _new_folder() -> Path:
    """For this user alone: in their own folder, so that it outlives a restart."""
    with suppress(OSError):
        own = folders.data_folder() / "editing"
        folders.private_folder(own)
        return Path(tempfile.mkdtemp(prefix="note-", dir=own))
    return Path(tempfile.mkdtemp(prefix="explorer-note-"))


def _understood(data: bytes) -> tuple[str, bool]:
    """The text that bytes are, and whether all of them could be understood."""
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text, is_exact = data.decode(encoding), True
    except UnicodeDecodeError:
        text, is_exact = data.decode(encoding, "replace"), False
    return text.replace("\r\n", "\n").replace("\r", "\n"), is_exact
