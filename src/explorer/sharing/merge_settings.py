"""How git is told to merge notes: by fields, with the program that stands here now."""

from __future__ import annotations

import sys

from explorer.sharing.repository import Repository, is_private

DRIVER = "explorer-notes"


def keep_driver(repository: Repository) -> bool:
    """Set it in the repository's own configuration, where it is not so yet; whether it was not.

    Raises NoteError.
    """
    wanted = {
        f"merge.{DRIVER}.name": "notes of explorer, merged by fields",
        f"merge.{DRIVER}.driver": command(),
    }
    if repository.is_own:
        # Notes are alike: a new one is hardly one that was renamed. For who merges by hand.
        wanted |= {"merge.renames": "false", "pull.twohead": "recursive", "core.symlinks": "false"}
        if not is_private(repository.where):
            wanted["core.sharedRepository"] = "group"
    known = repository.settings("--local")
    missing = {key: value for key, value in wanted.items() if known.get(key.lower()) != value}
    for key, value in missing.items():
        repository.git("config", "--local", key, value)
    return bool(missing)


def command() -> str:
    """What git runs. When there is no explorer any more, lines are merged as git does.

    With -P nothing that lies in the repository is taken for a module of ours.
    """
    python = sys.executable.replace("\\", "/").replace("'", "'\\''")
    ours = f"'{python}' -P -m explorer notes merge-driver %O %A %B %P"
    lines = "{ ! grep -q '^<<<<<<< ' %A && git merge-file %A %O %B; }"
    # To git, more than 128 is no conflict but the end of the merge.
    return f"{ours} || {lines} || exit 1"
