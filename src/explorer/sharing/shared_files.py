"""The two files that stand beside shared notes: how git merges them, and what is not shared."""

from __future__ import annotations

from explorer.sharing.merge_settings import DRIVER

_BEGINS = "# explorer: how its notes are shared. Lines above and below are yours."
_ENDS = "# explorer: end"

ATTRIBUTES = (
    "# Notes are merged by fields, and are kept as they are, line ends and all.",
    f"/notes/*.toml -text -filter -ident -working-tree-encoding merge={DRIVER}",
)
IGNORED = (
    "# What was deleted, and what is being written, is for whoever did so alone.",
    *("/trash/", "/drafts/", ".explorer-*.tmp"),
    "# What editors keep for the time of their work.",
    *("*~", r"\#*#", ".#*", "*.sw[a-z]", "*.bak", "*.tmp", "*.lock", "*.orig", "4913"),
    "# What sync tools and systems leave.",
    *(".stfolder", ".stversions/", ".stignore", ".syncthing.*", "~syncthing~*", ".dropbox*"),
    *("*.icloud", ".~lock.*", ".sync/", "*.!sync", "*.part", ".DS_Store", "._*", "Thumbs.db"),
    *("desktop.ini", "Icon?", ".nextcloudsync.log", ".owncloudsync.log", ".csync_journal.db*"),
)


def with_ours(before: str, lines: tuple[str, ...]) -> str:
    """A file with our lines in it: in the place of those of before, or else at its end."""
    ours = "\n".join([_BEGINS, *lines, _ENDS])
    head, found, rest = before.partition(_BEGINS)
    if found and _ENDS in rest:
        return head + ours + rest.partition(_ENDS)[2]
    begun = f"{before.rstrip()}\n\n" if before.strip() else ""
    return f"{begun}{ours}\n"
