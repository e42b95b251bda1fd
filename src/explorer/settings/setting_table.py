"""Every setting, written once: the file, its checks, the command and the guide derive from here."""

from __future__ import annotations

from explorer.values import dataclass

Value = str | bool | tuple[str, ...]
"""What a setting may be: a word, yes or no, or several words."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the file."""

    name: str
    default: Value
    takes: str
    """What it may be, in words."""
    meaning: str
    """A sentence or two."""
    example: Value
    choices: tuple[str, ...] = ()
    """All that it may be; none when that is not known here."""
    environment: tuple[str, ...] = ()
    """The variables that are asked when the file does not say, the first one first."""


LAST = "last"
"""Begin where the person was."""

SETTINGS = (
    Setting(
        "theme",
        "textual-dark",
        "the name of a theme",
        "The colours. `Theme` in the list of all commands shows them, and writes your choice here.",
        "nord",
        environment=("TEXTUAL_THEME",),
    ),
    Setting(
        "glyphs",
        "",
        "`unicode` or `ascii`",
        "The signs, frames and charts. Unless it is set, they are ASCII where the terminal seems "
        "to have no others.",
        "ascii",
        ("unicode", "ascii"),
        ("EXPLORER_GLYPHS",),
    ),
    Setting(
        "start",
        LAST,
        "`last`, a pane, `negotiation` or a view",
        "What is shown first: where you were, and at a first start the front page, which is "
        "`negotiation`; or always the same pane or page.",
        "issues",
    ),
    Setting(
        "date_order",
        "",
        "`day-month` or `month-day`",
        "How a day of numbers alone is read, 10/11/2025. Unless it is set, one that may be two "
        "days is not guessed.",
        "day-month",
        ("day-month", "month-day"),
    ),
    Setting(
        "editor",
        "",
        "a command",
        "The editor that opens a note. It goes before VISUAL and EDITOR; on Windows without any "
        "of them it is notepad.",
        "nano",
        environment=("VISUAL", "EDITOR"),
    ),
    Setting(
        "author",
        "",
        "a name",
        "How your notes are signed, where several people keep theirs in one folder. Notes with "
        "another name are shown and not changed.",
        "Anna Berg",
    ),
    Setting(
        "also",
        (),
        "a list of folders",
        "Folders of colleagues, whose notes are shown beside yours and never changed. `--also` "
        "names more.",
        ("~/shared/ben-notes",),
    ),
    Setting(
        "others",
        "shown",
        "`shown` or `hidden`",
        "Whether the notes of other people are shown. The app writes here what you choose.",
        "hidden",
        ("shown", "hidden"),
    ),
    Setting(
        "counts",
        False,
        "`true` or `false`",
        "Whether every number before a movement counts it, as 12j in vi. The panes are then "
        "reached by Alt+1 to Alt+4, and the last day by Alt+0.",
        True,
    ),
    Setting(
        "linear",
        False,
        "`true` or `false`",
        "Whether `explorer` asks line by line, without a screen, as with `--linear`.",
        True,
    ),
    Setting(
        "wrap",
        "",
        "a number of characters, or `off`",
        "How wide lines are with `--linear`. Unless it is set, as wide as COLUMNS or the terminal "
        "says.",
        "40",
    ),
)
"""All but the keys, in the order of the guide."""

KEYS = "keys"
"""The table of keys …"""
IN = "in"
"""… and that of the places within it, each a table: [keys.in.record]."""
