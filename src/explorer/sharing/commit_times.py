"""When notes were changed that came by git: as they were committed, and not as they came."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from explorer.sharing.repository import Repository


def give(repository: Repository, names: Iterable[str], *, since: str) -> None:
    """Give files the time of the last commit that changed them, as far as it can be known.

    It is for people, who see the newest notes first; failing costs only that.
    """
    wanted = set(names)
    if not wanted:
        return
    span = f"{since}..HEAD" if since else "HEAD"
    log = ("log", "-z", "--no-renames", "--name-only", "--format=%x01%ct", span, "--", "notes")
    time = 0
    for part in repository.git.tried(*log).names:
        for line in part.split("\n"):
            if line.startswith("\x01"):
                time = int(line[1:])
            elif line in wanted:
                wanted.discard(line)
                path = repository.top / line
                with suppress(OSError):
                    if os.utime in os.supports_follow_symlinks:
                        os.utime(path, (time, time), follow_symlinks=False)
                    elif not path.is_symlink():  # as on Windows
                        os.utime(path, (time, time))
