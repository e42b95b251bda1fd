"""`explorer settings`: where they are, what is in force, where each value is from, and mistakes."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, cast

from explorer import settings
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import add_json
from explorer.cli.output import print_json, say
from explorer.dataset.problems import Problem
from explorer.errors import UsageError
from explorer.settings import SETTINGS
from explorer.settings.setting_table import Value
from explorer.storage import files, folders
from explorer.text.json_types import FieldsOf

if TYPE_CHECKING:
    from explorer.ui.settings_check import Checked


_FEW = 2
"""In so many places the keys of a command are shown one by one."""


class SettingData(TypedDict):
    """A setting."""

    value: str | bool | list[str]
    """What is in force."""
    from_: str
    """Where that is from: “file”, “default”, or a variable of the environment."""
    default: str | bool | list[str]


class KeysData(TypedDict):
    """A command, and the keys that run it."""

    place: str
    """Where one is."""
    command: str
    keys: list[str]
    from_: str
    """“file” or “default”."""
    help: str


class SettingsData(TypedDict):
    """What is set, and what is wrong with it."""

    path: str | None
    exists: bool
    settings: dict[str, SettingData]
    """By the name of the setting."""
    keys: list[KeysData]
    problems: list[Annotated[dict[str, Any], FieldsOf(Problem)]]


SHAPE = SettingsData


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "The file is TOML. It is read at the start; a mistake in it costs what is wrong and "
        "nothing else. EXPLORER_SETTINGS names another file. Exit code 1 when there are mistakes."
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument(
        "--example", action="store_true", help="print a file with every default, as comments"
    )
    shown.add_argument(
        "--keys", action="store_true", help="list every command with the keys in force"
    )
    shown.add_argument(
        "--edit", action="store_true", help="open the file in your editor, and check it then"
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    from explorer.ui import settings_example
    from explorer.ui.settings_check import check

    if args.example:
        print(settings_example.example(), end="")
        return 0
    if args.edit:
        _edit()
    checked = check()
    if args.json:
        print_json(_data(checked))
    elif args.keys:
        print("\n".join(settings_example.key_lines(checked.keymap)))
    else:
        print("\n".join(_lines(checked)))
    wrong = [problem for problem in checked.problems if problem.severity == "error"]
    if not args.json and checked.problems:
        width = _width()
        say("\n" + "\n".join(line for p in checked.problems for line in p.lines(width)))
    return 1 if wrong else 0


def _width() -> int:
    import shutil

    return max(shutil.get_terminal_size((80, 24)).columns, 40)


def _lines(checked: Checked) -> Iterator[str]:
    found = checked.settings
    if found.path is None:
        yield "There is no file of settings: this user has no home folder."
    elif found.data or found.path.exists():
        yield f"{found.path}"
    else:
        yield f"{found.path} is not there; “explorer settings --edit” makes it."
    yield ""
    rows = [(s.name, *_in_words(s.name, found.origin(s.name))) for s in SETTINGS]
    rows += _changed(checked) or [("keys", "as they come", "default")]
    names, values = (max(map(len, column)) for column in list(zip(*rows, strict=True))[:2])
    for name, value, origin in rows:
        yield f"{name:<{names}}  {value:<{values}}  {origin}"


def _in_words(name: str, found: tuple[Value, str]) -> tuple[str, str]:
    """A value and where it is from."""
    value, origin = found
    said = str(value).lower() if isinstance(value, bool) else value
    said = ", ".join(said) if isinstance(said, tuple) else said
    nothing = {"date_order": "asked for", "glyphs": "by itself", "wrap": "by itself"}
    nothing |= dict.fromkeys(("editor", "author", "also"), "none")
    is_own = origin in ("file", "default")
    return said or nothing.get(name, ""), origin if is_own else f"environment, {origin}"


def _changed(checked: Checked) -> list[tuple[str, str, str]]:
    from explorer.ui.key_settings import table_of
    from explorer.ui.settings_example import shown

    places: dict[tuple[str, str], list[str]] = {}
    for (place, name), keys in checked.keymap.changed.items():
        places.setdefault((name, keys), []).append(place)
    rows = []
    for (name, keys), found in places.items():
        said = "  ".join(map(shown, filter(None, keys.split(",")))) or "no key"
        if len(found) > _FEW:
            rows.append((f"keys.{name}, in {len(found)} places", said, "file"))
        else:
            rows += [(f"{table_of(place)}.{name}", said, "file") for place in found]
    return rows


def _data(checked: Checked) -> SettingsData:
    from explorer.ui.settings_example import keys_as_data

    found = checked.settings
    values: dict[str, SettingData] = {}
    for setting in SETTINGS:
        value, origin = found.origin(setting.name)
        data = {"value": value, "from": origin, "default": setting.default}
        values[setting.name] = cast("SettingData", data)
    return {
        "path": str(found.path) if found.path is not None else None,
        "exists": found.path is not None and found.path.exists(),
        "settings": values,
        "keys": keys_as_data(checked.keymap),
        "problems": [problem.as_data() for problem in checked.problems],
    }


def _edit() -> None:
    """Open the file in the person's editor; make it first where there is none."""
    from explorer.notes import edited_file
    from explorer.ui import settings_example

    try:
        path = settings.path()
        if not path.exists():
            folders.private_folder(path.parent)
            files.replace_file(path, settings_example.example().encode())
        command = edited_file.editor(settings.editor())
    except (OSError, RuntimeError) as error:
        why = files.explained(error) if isinstance(error, OSError) else "there is no home folder"
        raise UsageError(f"the file of settings cannot be made: {why}") from error
    except edited_file.EditorError as error:
        raise UsageError(f"{error} The file is {path}") from error
    try:
        subprocess.run([*command, str(path)], check=False)  # noqa: S603 -- the person's own
    except OSError as error:
        raise UsageError(f"“{command[0]}” could not be started: {files.why(error)}") from error
