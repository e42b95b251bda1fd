"""Commands as a person types them: taken apart into words, and a word put so that it stays one."""

from __future__ import annotations

import sys
from pathlib import Path


def parted(command: str) -> list[str]:
    """The words of a command. Raises ValueError when a quotation mark has no other.

    On Windows only double quotation marks hold words together, and a backslash is a part of a
    path, which may even be that of a program with spaces in it.
    """
    import shlex

    if sys.platform != "win32":
        return shlex.split(command)
    if _is_program(command):
        return [command]
    words = shlex.shlex(command, posix=True)
    words.whitespace_split, words.commenters, words.quotes, words.escape = True, "", '"', ""
    return list(words)


def quoted(word: object) -> str:
    """A word as it is typed in the shells of this system."""
    import shlex

    if sys.platform != "win32":
        return shlex.quote(str(word))
    text = str(word)
    return f'"{text}"' if not text or set(text) & set(" \t&()[]{}^=;!'+,`~") else text


def _is_program(command: str) -> bool:
    return " " in command and Path(command).is_file()
