"""Column maps that were used, kept for the next import of a table with the same heads.

They are this user's, in one readable file of the state folder, which may be deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from explorer.adding.form_kinds import FORM_KINDS
from explorer.intake.cell_values import Habits
from explorer.intake.column_map import ColumnMap
from explorer.storage import files, folders, locks
from explorer.text.folding import fold
from explorer.text.sanitize import kept, one_line

_FORMAT = 1
_MOST = 200
"""Maps that are kept; the oldest go."""
_LARGEST = 4 * 1024 * 1024


def file() -> Path:
    """Where they are. Raises OSError when there is no home."""
    return folders.state_folder() / "import-maps.toml"


def of(heads: Sequence[str]) -> ColumnMap | None:
    """The map that was used for a table with these heads, if one was."""
    wanted = _key(heads)
    for row in reversed(_rows()):
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            if _key(row["heads"]) == wanted and row["as"] in FORM_KINDS:
                return _of_row(row, heads)
    return None


def _of_row(row: Mapping[str, Any], heads: Sequence[str]) -> ColumnMap:
    columns = {fold(str(head)): str(name) for head, name in row["columns"].items()}
    order, decimal = row.get("dates", ""), row.get("decimal", "")
    return ColumnMap(
        str(row["as"]),
        {head: columns.get(fold(head), "") for head in heads},
        {str(name): str(said) for name, said in row.get("fixed", {}).items()},
        {str(said): str(slug) for said, slug in row.get("meant", {}).items()},
        Habits(
            order if order in ("day", "month") else "",
            decimal if decimal in ("comma", "point") else "",
        ),
    )


def keep(columns: ColumnMap) -> str:
    """Keep a map in place of the one for the same heads; what went wrong, if anything."""
    import tomli_w

    heads = [*columns.columns]
    row = {
        "as": columns.kind,
        "heads": heads,
        "columns": {head: name for head, name in columns.columns.items() if name},
        "fixed": dict(columns.fixed),
        "meant": dict(columns.meant),
        "dates": columns.habits.order,
        "decimal": columns.habits.decimal,
    }
    row = {key: value for key, value in row.items() if value}
    try:
        folders.private_folder(file().parent)
        with locks.locked(file().parent):
            others = [one for one in _rows() if _key(one.get("heads", ())) != _key(heads)]
            if row in _rows():
                return ""
            table = {"format": _FORMAT, "table": [*others, _kept(row)][-_MOST:]}
            files.replace_file(file(), tomli_w.dumps(table).encode())
    except OSError as error:
        return f"Which column is which could not be kept: {files.explained(error)}"
    return ""


def _key(heads: Any) -> tuple[str, ...]:
    return tuple(sorted(fold(one_line(str(head))) for head in heads))


def _rows() -> list[dict[str, Any]]:
    """What is kept; nothing of a file that cannot be read."""
    import tomli

    try:
        data = files.read_limited(file(), _LARGEST, follow=False)
        found = tomli.loads(data.decode())
    except (OSError, ValueError, RecursionError):
        return []
    rows = found.get("table") if found.get("format") == _FORMAT else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _kept(value: Any) -> Any:
    match value:
        case dict():
            return {kept(str(key)): _kept(each) for key, each in value.items()}
        case list():
            return [_kept(each) for each in value]
        case _:
            return kept(str(value))
