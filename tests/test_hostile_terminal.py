"""Text from outside can be read in the terminal and cannot act on it.

A dataset is made from the model itself: records of every kind, every field filled, and
every text in them an attack. Notes and names of files attack too. Then everything there
is to see is visited, and every byte that reached the terminal is looked at.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from tests.terminal import Person, Terminal

from explorer.model import KINDS, REFERENCES, Ref, toml_name
from explorer.notes import NoteStore, file_name
from explorer.plain import plain

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

ATTACKS = (
    "\x1b[31;47m",  # colours
    "\x1b[666;1H",  # the cursor
    "\x1b[?1049l",  # the alternate screen
    "\x1b[21t",  # the title, sent back as if typed
    "\x1b]0;pwned\x07",  # the window's title
    "\x1b]2;pwned\x1b\\",
    "\x1b]52;c;cHduZWQ=\x07",  # the clipboard
    "\x1b]52;c;cHduZWQ=\x1b\\",
    "\x1b]8;;http://pwned.example\x1b\\",  # a link
    "\x1bPpwned\x1b\\",  # a device control string
    "\x1b_pwned\x1b\\",
    "\x1bc",  # reset
    "\x9b31m",  # the same as single characters
    "\x9d0;pwned\x9c",
    "\x90pwned\x9c",
    "\x85\x08\x7f\x00\x0c",
    "\u202epwned\u202c",  # reversed
    "\u2066pwned\u2069",
    "\u200fpwned\u061c",
    "a\u200bb\u2060c\ufeffd\xade",  # invisible
    "\u2028\u2029",
    "\U000e0070\U000e0077",
)
HEAD = "\x1b[7m\x9b7m\u202e"
"""Begins every text, so that even the narrowest column shows some of it."""
MARKUP = "[bold][@click=app.quit]x[/][/]"
ALL = f"{''.join(ATTACKS)} {MARKUP}"

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What no text on a terminal may contain. Written out again here, not taken from `plain`."""
OWN = re.compile(
    "|".join(
        (
            r"\x1b\[[0-9;:]*m",  # looks
            r"\x1b\[\d+;\d+H",  # the place to draw at
            r"\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]",
            r"\x1b\[\?(?:2026|2048)\$p",
            r"\x1b\[>\d+u|\x1b\[<u",  # the keyboard protocol
            r"\x1b\]22;[a-z-]+\x07",  # the shape of the pointer
            r"\x1b\]52;c;[A-Za-z0-9+/=]+\x07",  # the clipboard, looked into below
        )
    )
)
"""Every sequence that the program writes by itself."""


def attack(name: str, nth: int) -> str:
    """A hostile text: it begins with one attack in turn, says its name, and ends with all."""
    return f"{HEAD}{ATTACKS[nth % len(ATTACKS)]}[bold]{name}[/] {ALL}"


def toml_text(text: str) -> str:
    """A text as TOML, with everything that TOML forbids or that is not plain ASCII escaped."""
    escaped = (c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(escaped)}"'


# A dataset made of the model.

DAY = date(2031, 5, 1)
IDS = ("one", "two")


class Written:
    """Every kind of record twice, as TOML, with every field filled."""

    def __init__(self) -> None:
        self.attacked = 0
        self.text = "\n".join(
            line
            for kind in KINDS
            for nth, slug in enumerate(IDS)
            if nth == 0 or kind != "negotiation"
            for line in self._table(kind, KINDS[kind], nth, slug)
        )

    def _table(self, path: str, cls: type[Any], nth: int, slug: str = "") -> Iterator[str]:
        yield f"[{path}]" if path == "negotiation" else f"[[{path}]]"
        tables = []
        for field, hint in get_type_hints(cls).items():
            if field not in {f.name for f in fields(cls)}:
                continue
            entry = next((a for a in get_args(hint) if hasattr(a, "__dataclass_fields__")), None)
            if entry is not None:
                tables += [
                    line
                    for number in range(2)
                    for line in self._table(f"{path}.{toml_name(field)}", entry, number)
                ]
            else:
                yield f"{toml_name(field)} = {self._value(path, field, hint, nth, slug)}"
        yield from tables

    def _value(self, path: str, field: str, hint: Any, nth: int, slug: str) -> str:
        special = {
            "id": toml_text(slug),
            "formerly": f'["old-{slug}"]',
            "about": '["issue:one", "quote:one"]',
            "address": '"https://example.org/%1b%5d0;pwned%07?a=1"',
            "percent": "1" if path.endswith(".part") else "2",
            "number": str(nth + 1),
        }
        if field in special:
            return special[field]
        if field in REFERENCES:
            both = f'"{IDS[0]}", "{IDS[1]}"'
            return f"[{both}]" if field.endswith("_ids") else f'"{IDS[nth]}"'
        if get_origin(hint) is types.UnionType:
            hint = next(kind for kind in get_args(hint) if kind is not types.NoneType)
        if get_origin(hint) is Literal:
            choices = get_args(hint)
            if field == "standing" and path == "rate":
                choices = choices[:1]  # so that its parts have to add up
            return toml_text(choices[0 if nth == 0 else -1])
        if hint is bool:
            return "true" if nth else "false"
        if hint is date:
            return DAY.isoformat()
        self.attacked += 1
        text = toml_text(attack(f"{path} {field}", self.attacked))
        return f"[{text}]" if get_origin(hint) is tuple else text


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """The folder of the hostile dataset, in a file whose name attacks too."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / f"{HEAD}{MARKUP.replace('/', '')}.toml").write_text(Written().text, "utf-8")
    return folder


# Notes.


@pytest.fixture
def person(tmp_path: Path) -> Person:
    person = Person(tmp_path / "home")
    store = NoteStore(person.notes, "one")
    folder = store.where / "notes"
    folder.mkdir(parents=True)

    def note(ref: Ref, text: str = "", more: str = "", name: str = "") -> None:
        (folder / (name or file_name(ref))).write_text(
            f'format = 1\nrecord = "{ref}"\nname = {toml_text(attack("name", 0))}\n{more}'
            "created = 2031-05-01T10:00:00Z\nchanged = 2031-05-01T10:00:00Z\n"
            f"text = {toml_text(text)}\n",
            "utf-8",
        )

    note(
        Ref("issue", "one"),
        f"{attack('note', 0)}\n# Heading {ALL}\n#tag\u202etag #\x1b]0;pwned\x07 #[bold]x[/]\n",
    )
    note(
        Ref("issue", "one"),
        attack("copy", 1),
        name=f"{Path(file_name(Ref('issue', 'one'))).stem}.conflict-{NAME}.toml",
    )
    note(Ref("issue", "two"), attack("sealed", 2), more=f"{toml_text(attack('key', 3))} = 1\n")
    note(Ref("quote", "one"), attack("misplaced", 4), name=f"{NAME}.toml")
    (folder / file_name(Ref("round", "one"))).write_bytes(
        f'record = "round:one"\n{ALL} = {ALL}'.encode()
    )
    return person


NAME = "".join(ATTACKS[:1] + ATTACKS[4:5] + ATTACKS[12:14] + ATTACKS[16:17]) + "[bold]x[@click=y]"
"""An attack that may be the name of a file."""


# What reached the terminal.


def assert_harmless(output: str) -> None:
    """Nothing but the program's own sequences and ordinary characters was written."""
    for found in re.finditer(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", output):
        copied = base64.b64decode(found[1]).decode("utf-8")
        assert FORBIDDEN.search(copied) is None, f"the clipboard got {copied!r}"
    text = OWN.sub("", output)
    bad = FORBIDDEN.search(text)
    assert bad is None, f"it wrote {text[max(bad.start() - 60, 0) : bad.end() + 60]!r}"
    assert "\x1b[31;47m" not in output
    assert ";1H" not in re.sub(r"\x1b\[\d{1,2};\d{1,3}H", "", output).replace("␛[666;1H", "")


def copied(terminal: Terminal) -> list[str]:
    """What was sent to the clipboard."""
    sent = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.output)
    return [base64.b64decode(payload).decode("utf-8") for payload in sent]


@pytest.fixture
def opened(person: Person, hostile: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens the hostile dataset; looks at every byte at the end, after a quiet farewell."""
    terminals = []

    def open_it(*arguments: str, size: tuple[int, int] = (140, 40)) -> Terminal:
        terminal = person.opens(hostile, *arguments, size=size)
        terminals.append(terminal)
        terminal.wait_for(re.compile(r"[1-4] (?:Rounds|Delegations|Issues|Quotes) 2"))
        return terminal

    yield open_it
    for terminal in terminals:
        with terminal:
            terminal.press("q")
            assert terminal.wait_for_end() == 0
            assert_harmless(terminal.output)
