"""What is wrong with the file of settings, with its place. Loaded only when something is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from explorer.dataset.excerpts import excerpt
from explorer.dataset.problems import Problem
from explorer.dataset.toml_blocks import Layout


def mistake(
    file: Path, data: bytes, keys: tuple[str, ...], message: str, hint: str = "", **more: str
) -> Problem:
    """A mistake in what stands under some keys; without a place where that is not found."""
    spot = _spot(data, keys, at_key=message.startswith("is no "))
    where: dict[str, Any] = dict(more)
    if spot is not None:
        (line, column), (end_line, end_column), text = spot
        part = excerpt(text, column)
        where |= {
            "line": line,
            "column": column,
            "end_line": end_line,
            "end_column": end_column,
            "source": part.text,
            "source_column": part.first,
        }
    return Problem(file=file, field=", ".join(keys), message=message, hint=hint, **where)


def unreadable(file: Path, why: str) -> Problem:
    """The file is there, and cannot be read."""
    hint = "until it can, everything is as if nothing were set"
    return Problem(file=file, message=f"it cannot be read: {why}", hint=hint, check="unreadable")


def not_text(file: Path, data: bytes, error: UnicodeDecodeError) -> Problem:
    """The file is no text."""
    line = data.count(b"\n", 0, error.start) + 1
    hint = "save it as UTF-8; until then everything is as if nothing were set"
    return Problem(file=file, line=line, message="it is not in UTF-8", hint=hint, check="encoding")


def sound_part(file: Path, text: str, tries: int) -> tuple[dict[str, Any], list[Problem]]:
    """What can be read of a text that is no TOML, line for line, and what cannot."""
    import tomli

    lines = text.split("\n")
    problems: list[Problem] = []
    for _ in range(tries):
        try:
            return tomli.loads("\n".join(lines)), problems
        except RecursionError:
            break
        except tomli.TOMLDecodeError as error:
            number = min(max(error.lineno, 1), len(lines))
            while number > 1 and not lines[number - 1].strip():
                number -= 1  # it is found missing at the end of what goes before
            line = lines[number - 1]
            if not line.strip():
                break
            column = error.colno if number == error.lineno else len(line.rstrip()) + 1
            part = excerpt(line.rstrip("\r"), column)
            problem = Problem(
                file=file,
                line=number,
                column=column,
                end_line=number,
                end_column=column + 1,
                message=_in_words(error.msg),
                hint="this line does not count; what can be read of the others does",
                check="toml",
                source=part.text,
                source_column=part.first,
            )
            problems.append(problem)
            lines[number - 1] = ""
    hint = "until that is mended, everything is as if nothing were set"
    if not problems:
        problems.append(Problem(file=file, message="it is no TOML", hint=hint, check="toml"))
    return {}, problems


def _in_words(message: str) -> str:
    return message[:1].lower() + message[1:]


_Place = tuple[int, int]


def _spot(data: bytes, keys: tuple[str, ...], *, at_key: bool) -> tuple[_Place, _Place, str] | None:
    """Where the value under some keys begins and ends, or the last key, and the line it is on."""
    layout = Layout(data)
    for block in layout.blocks:
        inner = keys[len(block.keys) :]
        if block.keys != keys[: len(block.keys)] or len(inner) > 1:
            continue
        if not inner:
            return _at(data, block.start, layout.next_line(block.start))
        if (node := block.pairs.get(inner[0])) is not None:
            if at_key and node.parent is not None:
                node = node.parent.children[0]
            return _at(data, layout.place(node.start_byte), layout.place(node.end_byte))
    return _spot(data, keys[:-1], at_key=at_key) if len(keys) > 1 else None


def _at(data: bytes, start: int, end: int) -> tuple[_Place, _Place, str]:
    line = data.rfind(b"\n", 0, start) + 1
    line_end = data.find(b"\n", start)
    text = data[line : line_end if line_end >= 0 else len(data)].decode("utf-8", "replace")
    first = (data.count(b"\n", 0, start) + 1, len(data[line:start].decode("utf-8", "replace")) + 1)
    piece = data[start:end].decode("utf-8", "replace").rstrip()
    below = piece.count("\n")
    last = len(piece.rpartition("\n")[2]) + (0 if below else first[1] - 1) + 1
    return first, (first[0] + below, last), text.rstrip("\r")
