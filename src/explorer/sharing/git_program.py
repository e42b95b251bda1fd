"""The git of this machine: run without a shell, never waiting for a person, and not for ever.

A repository may belong to others, and what it is configured to run is run by git. Monitors, pagers
and editors are none of our business and are off; hooks, filters and credential helpers are the
person's own, and run as they do whenever git is typed there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from explorer.errors import NoteError
from explorer.sharing.git_words import NOT_SYNCED, explained
from explorer.storage import processes
from explorer.values import dataclass

_OFF = (
    *("-c", "core.fsmonitor=false", "-c", "core.pager=cat", "-c", "core.editor=true"),
    *("-c", "submodule.recurse=false", "-c", "core.quotePath=false", "--literal-pathspecs"),
    # What a person ignores everywhere, such as *.toml, must not keep their notes from being sent.
    *("-c", "core.excludesFile="),
)
_OWN = {
    *("GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_CEILING_DIRECTORIES"),
    *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"),
    *("GIT_PROXY_COMMAND", "GIT_SSL_NO_VERIFY", "GIT_SSL_CAINFO"),
}
"""What a person may have said of git; all else that begins so is of a git that runs us."""
_SHORT, _LONG = 120.0, 300.0
"""Seconds for what is done here, and over the network."""
_PATIENCE = 0.5
"""Seconds after which it is looked whether anybody still waits."""
_LAST_WORDS = 5.0
"""Seconds that it gets to end."""


@dataclass(frozen=True, slots=True)
class Done:
    """What git said, and whether it did what was asked."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """What it printed, as one text."""
        return self.out.decode(errors="replace").strip("\n")

    @property
    def names(self) -> list[str]:
        """The names that it printed, each ended by NUL."""
        return [os.fsdecode(name) for name in self.out.split(b"\0") if name]


class Git:
    """Runs git in a folder."""

    def __init__(
        self, folder: Path, *, is_private: bool = True, closing: threading.Event | None = None
    ) -> None:
        """Files that it makes are for this user alone, unless their folder is shared.

        Once `closing` is set, no server is waited for any more.
        """
        self.folder = folder
        self._closing = closing or threading.Event()
        self._mask = -1 if sys.platform == "win32" else 0o077 if is_private else 0o007

    def __call__(
        self,
        *words: str,
        given: bytes = b"",
        network: bool = False,
        title: str = NOT_SYNCED,
        what: str = "git could not do it",
    ) -> Done:
        """Run it. Raises NoteError, which says why, when it does not do it: `what` it did not."""
        done = self.tried(*words, given=given, network=network)
        if done.code:
            raise NoteError(explained(done.err or done.text, self.folder, what=what), title)
        return done

    def tried(self, *words: str, given: bytes = b"", network: bool = False) -> Done:
        """The same, where it may not do it. Raises NoteError when there is no git to run."""
        command = ["git", *_OFF, *words]
        try:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                umask=self._mask,
                **processes.APART,  # without a terminal nothing can ask on it
            )
        except FileNotFoundError:
            raise NoteError(
                "There is no git on this machine; notes are shared with it. Install git (see "
                "git-scm.com), then try again. Your notes are as they were.",
                NOT_SYNCED,
            ) from None
        except OSError as error:
            raise NoteError(f"git could not be started: {error.strerror}.", NOT_SYNCED) from error
        try:
            out, err = self._waited(process, given, _LONG if network else _SHORT, network=network)
        except BaseException:
            _end(process)
            raise
        return Done(process.returncode, out, err.decode(errors="replace"))

    def _waited(
        self, process: subprocess.Popen[bytes], given: bytes, most: float, *, network: bool
    ) -> tuple[bytes, bytes]:
        """What it says until it ends. Raises NoteError when it takes too long."""
        until, more, has_ended = time.monotonic() + most, given or None, False
        while True:
            try:
                return process.communicate(more, timeout=_PATIENCE)
            except subprocess.TimeoutExpired as late:
                more = None  # it has it already
                if (
                    has_ended and sys.platform != "win32"
                ):  # what it has left running, as a hook may, could say more
                    _close(process)
                    return late.output or b"", late.stderr or b""
                has_ended = process.poll() is not None
            if network and self._closing.is_set():
                raise NoteError("Syncing was given up, as the app was left.", NOT_SYNCED)
            if time.monotonic() > until:
                raise NoteError(
                    f"git took longer than {round(most / 60)} minutes and was stopped. Your notes "
                    "are as they were; try again.",
                    NOT_SYNCED,
                )

    def said(self, *words: str) -> str:
        """What it prints; nothing when it does not do it."""
        done = self.tried(*words)
        return "" if done.code else done.text


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it and what it has begun; first in a way that lets it take its locks away."""
    with suppress(OSError):
        processes.ask_to_end(process)
    try:
        process.wait(_LAST_WORDS)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            processes.end(process)
        process.wait()
    _close(process)


def _close(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _environment() -> dict[str, str]:
    """Ours without that of a git which may have run us, in words that are known."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _OWN}
    never = {"SSH_ASKPASS_REQUIRE": "never", "GCM_INTERACTIVE": "never", "GIT_MERGE_AUTOEDIT": "no"}
    # Without a name no program is asked for a password, neither git's nor that of the desktop.
    never |= {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": ""}
    return kept | never | {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def lines_of(done: Done) -> Sequence[str]:
    """The lines that git printed."""
    return done.text.split("\n") if done.text else ()
