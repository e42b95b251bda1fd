"""The settings against what the screen has: themes, pages to begin with, commands and keys."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from textual.theme import BUILTIN_THEMES

from explorer import settings
from explorer.documents.comparisons import COMPARISONS
from explorer.settings import Settings
from explorer.settings.setting_table import LAST
from explorer.ui import view_commands
from explorer.ui.keymap import UNCHANGED, Keymap
from explorer.ui.panes import PANES
from explorer.values import dataclass

if TYPE_CHECKING:
    from explorer.dataset.problems import Problem

NEGOTIATION = "negotiation"


@dataclass(frozen=True, slots=True)
class Checked:
    """What holds, and every mistake."""

    settings: Settings
    """With what is sound alone."""
    keymap: Keymap
    problems: tuple[Problem, ...]


def starts() -> tuple[str, ...]:
    """What may be shown first."""
    views = (view_commands.slug_of(c) for c in COMPARISONS if not c.is_its_own)
    return (LAST, *(pane.name for pane in PANES), NEGOTIATION, *views)


def check() -> Checked:
    """Read the settings and check them all; nothing that is wrong with them is raised."""
    read = settings.read()
    problems = list(read.problems)
    values = dict(read.values)
    for name, choices in (("theme", BUILTIN_THEMES), ("start", starts())):
        if name in values and values[name] not in choices:
            problems.append(_refused(read, name, choices))
            del values[name]
    keymap = UNCHANGED
    if read.keys or values.get("counts"):
        from explorer.ui.key_settings import KeySettings

        keys = KeySettings(read)
        keymap = keys.keymap
        problems += keys.problems
    sound = Settings(read.path, values, read.keys, tuple(sorted(problems)), read.data)
    return Checked(sound, keymap, sound.problems)


def _refused(read: Settings, name: str, choices: Collection[str]) -> Problem:
    from explorer.text.near_words import nearest

    said = str(read.values[name])
    near = nearest(said.casefold().replace("_", "-"), choices)
    hint = f"did you mean {near}?" if near else f"it may be {', '.join(sorted(choices))}"
    what = "theme" if name == "theme" else "page to begin with"
    message = f"names no {what}: “{said}”"
    return read.problem((name,), message, hint, check="unknown-word", suggestion=near)


def trouble(problems: Collection[Problem]) -> str:
    """What the last line says of mistakes; nothing of what is only to be thought about."""
    from explorer.text.sanitize import one_line

    wrong = [problem for problem in problems if problem.severity == "error"]
    if not wrong:
        return ""
    first = wrong[0]
    place = ", line ".join(filter(None, (first.file.name, str(first.line or ""))))
    about = first.field.rpartition(", ")[2]
    said = f"{about} {first.message}" if about else first.message
    more = f", and {len(wrong) - 1} more" if wrong[1:] else ""
    return one_line(f"{place}: {said}{more}. It does not count; “explorer settings” shows it.")
