"""Text from outside can be read in the terminal and cannot act on it.

A dataset is made from the model itself: records of every kind, every field filled, and
every text in them an attack. Notes and names of files attack too. Then everything there
is to see is visited, and every byte that reached the terminal is looked at.
"""

from __future__ import annotations

import base64
import io
import os
import re
import types
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from tests.terminal import Person, Terminal, rows_of

from explorer import cli
from explorer.notes import NoteStore, file_name
from explorer.record.model import KINDS, REFERENCES, UNWRITTEN, Ref
from explorer.record.tables import toml_name

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")

ATTACKS = (
    "\x1b[31;47m",  # colours
    "\x1b[666;1H",  # the cursor
    "\x1b[?47l",  # the alternate screen
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
HEAD = "\x1b[8;31m\x9b7m\u202e"
"""Begins every text, so that even the narrowest column shows some of it."""
MARKUP = "[bold][@click=app.quit]x[/][/]"
ALL = f"{''.join(ATTACKS)} {MARKUP}"

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What no text on a terminal may contain. Written out again here, not taken from `plain`."""
_OWN = (
    r"\x1b\[[0-9;:]*m",  # looks
    r"\x1b\[\d+;\d+H|\x1b\[\d+C",  # the place to draw at
    r"\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]",
    r"\x1b\[\?(?:2026|2048)\$p",
    r"\x1b\[>\d+u|\x1b\[<u",  # the keyboard protocol
    r"\x1b\]22;[a-z-]+\x07",  # the shape of the pointer
    r"\x1b\]52;c;[A-Za-z0-9+/=]+\x07",  # the clipboard, looked into below
)
OWN = re.compile("|".join(_OWN))
"""Every sequence that the program writes by itself."""


def attack(name: str, nth: int) -> str:
    """A hostile text that says its name; the attacks take turns, two in each."""
    one, other = ATTACKS[nth % len(ATTACKS)], ATTACKS[(nth + 7) % len(ATTACKS)]
    return f"{HEAD}{one}[bold]{name}[/] {other}{MARKUP}"


def toml_text(text: str) -> str:
    """A text as TOML, with everything that TOML forbids or that is not plain ASCII escaped."""
    escaped = (c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08X}" for c in text)
    return f'"{"".join(escaped)}"'


# A dataset made of the model.

DAY = date(2031, 5, 1)
IDS = ("one", "two")
MEANINGS = {
    "state": "disputed",
    "meeting": "call",
    "act": "charge",
    "stage": "in force",
    "stance": "demand",
}
WORDS = {key: attack(f"own {key}", nth) for nth, key in enumerate(MEANINGS)}
"""The negotiation's own words, hostile as the rest, by the key that they stand under."""


LEFT_OUT = {
    "delegation.member": ("delegation_id",),  # who has a name is none of the record
    "text": ("file", "rendering_of_id", "replaces_id", "follows_id", "replies_to_ids"),
}
"""Fields that cannot stand beside the others, by the table they are in."""


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

    def _table(
        self, path: str, cls: type[Any], nth: int, slug: str = "", *, is_single: bool = False
    ) -> Iterator[str]:
        yield f"[{path}]" if is_single or path == "negotiation" else f"[[{path}]]"
        tables = []
        for field, hint in get_type_hints(cls).items():
            if field not in {f.name for f in fields(cls)} or field in UNWRITTEN:
                continue
            if field in LEFT_OUT.get(path, ()):
                continue
            entry = next((a for a in get_args(hint) if hasattr(a, "__dataclass_fields__")), None)
            if entry is not None:
                is_single = get_origin(hint) is not tuple
                tables += [
                    line
                    for number in range(1 if is_single else 2)
                    for line in self._table(
                        f"{path}.{toml_name(field)}", entry, number, is_single=is_single
                    )
                ]
            else:
                yield f"{toml_name(field)} = {self._value(path, field, hint, nth, slug)}"
        yield from tables

    def _value(self, path: str, field: str, hint: Any, nth: int, slug: str) -> str:
        special = self._special(path, field, hint, nth, slug)
        if field in special:
            return special[field]
        if field in REFERENCES:
            both = f'"{IDS[0]}", "{IDS[1]}"'
            return f"[{both}]" if field.endswith("_ids") else f'"{IDS[nth]}"'
        if get_origin(hint) in (types.UnionType, Union):  # Literal | None is the latter
            hint = next(kind for kind in get_args(hint) if kind is not types.NoneType)
        if get_origin(hint) is Literal:
            choices = get_args(hint)
            return toml_text(choices[0 if nth == 0 else -1])
        if hint is bool:
            return "true" if nth else "false"
        if hint is date:
            return DAY.isoformat()
        self.attacked += 1
        text = toml_text(attack(f"{path} {field}", self.attacked))
        return f"[{text}]" if get_origin(hint) is tuple else text

    def _special(self, path: str, field: str, hint: Any, nth: int, slug: str) -> dict[str, str]:
        """What may not be just anything, by its field."""
        special = {
            "id": toml_text(slug),
            "formerly": f'["old-{slug}"]',
            "about": '["issue:one", "quote:one"]',
            "address": '"https://example.org/%1b%5d0;pwned%07?a=1"',
            "count": "9",
            "up_to": "9",
            "at": '"about"',  # which goes with a range
            "standing": '"target"',  # which may be due, and be taken back
        }
        if hint is float:
            special["number"] = str(nth + 1)
        if path in ("delegation", "milestone"):  # those that have most tables
            special["type"] = '"coalition"' if path == "delegation" else '"deadline"'
        if field in WORDS and path not in ("point.account", "text.step"):  # of few words
            special[field] = toml_text(WORDS[field])
        if field.removesuffix("s") in WORDS and path == "negotiation":
            key = field.removesuffix("s")
            special[field] = f"{{ {toml_text(WORDS[key])} = {toml_text(MEANINGS[key])} }}"
        following = (DAY + timedelta(days=nth + 1)).isoformat()
        if path == "source.archived":
            special["address"] = '"https://archive.example/%1b%5d0;pwned%07?a=1"'
        if path == "text.clause":
            special["dropped"] = "false"  # nothing stands there before
        if path.endswith(".move"):
            special["to"] = following  # which sets another day each time
        if path == "negotiation.one_sided":  # a day each, after the end, and not of every party
            special |= {"starts": following, "ends": following, "delegation_ids": '["two"]'}
        return special


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what every test here may use, and none may change."""
    return tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="module")
def hostile(shared: Path) -> Path:
    """The folder of the hostile dataset, in a file whose name attacks too."""
    folder = shared / "hostile"
    folder.mkdir()
    (folder / f"{HEAD}[bold][@click=app.quit].toml").write_text(Written().text, "utf-8")
    return folder


@pytest.fixture
def faulty(hostile: Path, tmp_path: Path) -> Path:
    """The same with a fault in it: an unknown key, hostile as the rest."""
    folder = tmp_path / "faulty"
    folder.mkdir()
    for file in hostile.iterdir():
        fault = f"{toml_text(attack('key', 2))} = {toml_text(attack('value', 3))}\n"
        (folder / file.name).write_text(f"{file.read_text('utf-8')}\n{fault}", "utf-8")
    return folder


# Notes.


NAME = f"{HEAD}{ATTACKS[4]}{ATTACKS[13]}[bold]x[@click=app.quit]y"
"""An attack that may be the name of a file."""


@pytest.fixture
def person(tmp_path: Path, shared: Path) -> Person:
    # One cache for all, so that the dataset is checked but once.
    return Person(tmp_path / "home", XDG_CACHE_HOME=str(shared / "cache"))


def write_note(
    person: Person, ref: Ref, text: str, *, name: str | None = None, more: str = ""
) -> None:
    """Write the file of a note, as another program would."""
    folder = NoteStore(person.notes, "one").where / "notes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (name or file_name(ref))).write_text(
        f'format = 1\nrecord = "{ref}"\nname = {toml_text(attack("name", 0))}\n{more}'
        "created = 2031-05-01T10:00:00Z\nchanged = 2031-05-01T10:00:00Z\n"
        f"text = {toml_text(text)}\n",
        "utf-8",
    )


# What reaches the terminal.


def assert_harmless(output: str) -> None:
    """Nothing but the program's own sequences and ordinary characters was written."""
    assert [sequence for sequence in (HEAD, *ATTACKS) if sequence in output] == []
    for text in copied(output):
        assert FORBIDDEN.search(text) is None, f"the clipboard got {text!r}"
    rest = OWN.sub("", output)
    bad = FORBIDDEN.search(rest)
    assert bad is None, f"it wrote {rest[max(bad.start() - 60, 0) : bad.end() + 60]!r}"


def copied(output: str) -> list[str]:
    """What was sent to the clipboard."""
    sent = re.findall(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", output)
    return [base64.b64decode(payload).decode("utf-8") for payload in sent]


@contextmanager
def visiting(
    person: Person, folder: Path, *arguments: str, size: tuple[int, int] = (140, 40)
) -> Iterator[Terminal]:
    """Open the dataset, and after the visit look at every byte that was written."""
    with person.opens(folder, *arguments, size=size) as terminal:
        terminal.wait_for(re.compile(r"Enter (?:Read|Follow)"))
        terminal.wait_for("␛[8;31m")
        yield terminal
        assert not terminal.ended, "nothing made it quit"
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert_harmless(terminal.output)


def close_with_escape(terminal: Terminal, shown: str) -> None:
    terminal.press("escape")
    terminal.wait_until_gone(shown)


HEIGHTS = {"issue": 200, "conflict": 80, "milestone": 100, "figure": 80, "delegation": 140}
"""Lines of the screen on which the page of a record is seen whole; what is high takes long."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_read_and_cited(person: Person, hostile: Path, kind: str) -> None:
    # Nothing of the page is left out.
    size = (140, HEIGHTS.get(kind, 150))
    with visiting(person, hostile, "--go", f"{kind}:one", size=size) as terminal:
        terminal.wait_for("Follow")
        terminal.wait_for(f"[bold]{kind} ")
        terminal.wait_for("[@click=app.quit]x[/]")
        assert "␛" not in terminal.screen[-3], "the page ends above the last line"
        terminal.press("y")
        terminal.wait_for("Copy a citation")
        terminal.press("t")
        terminal.wait_until(lambda: copied(terminal.output), "copy the citation")
        assert "␛[8;31m" in copied(terminal.output)[0]
        terminal.wait_for("Sent to the terminal")


def test_the_sources_of_a_record_are_offered(person: Person, hostile: Path) -> None:
    with visiting(person, hostile, "--go", "quote:one") as terminal:
        terminal.press("o")
        terminal.wait_for("Open a source in the browser")
        terminal.wait_for("https://example.org/%1b%5d0;pwned%07?a=1")
        terminal.wait_for("[bold]source title[/]")
        terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("Not opened")


LISTED = {"Round": "Rounds", "Delegation": "Delegations", "Issue": "Issues", "Quote": "Quotes"}


@pytest.mark.parametrize("size", [(140, 40), (60, 20)], ids=["140x40", "60x20"])
def test_panes_filter_scope_and_zoom(person: Person, hostile: Path, size: tuple[int, int]) -> None:
    with visiting(person, hostile, size=size) as terminal:
        for number, (kind, title) in enumerate(LISTED.items(), 1):
            terminal.press(str(number))
            if size[0] > 60:
                terminal.wait_for(f" {kind} ─")
            else:
                name = f"{number} {title} 2"
                terminal.wait_for(name)
                terminal.wait_until(lambda name=name: rows_of(terminal, name)[1:], f"open {name}")
            terminal.press("space")
            terminal.wait_for("Scope: ")
            terminal.press("down")
            terminal.press("z")
            terminal.wait_until(
                lambda: terminal.screen[5].count("│") == 2, "show the pane by itself"
            )
            terminal.press("z")
            if size[0] > 60:
                terminal.wait_until(lambda: terminal.screen[5].count("│") > 2, "show the rest")
            terminal.press("escape")
            terminal.wait_until_gone("Scope: ")
        terminal.press("slash")
        terminal.wait_for("words to find")
        terminal.type("[bold]quote")
        terminal.wait_for("/[bold]quote")
        terminal.press("enter")
        terminal.wait_for("Enter Read")
        terminal.press("enter")
        terminal.wait_for("Follow")


def test_a_click_on_an_action_in_markup_does_nothing(person: Person, hostile: Path) -> None:
    with visiting(person, hostile, "--go", "issue:one") as terminal:
        terminal.wait_for("[@click=app.quit]x")
        column, line = terminal.position("[@click=app.quit]x")
        for offset in (0, len("[@click="), len("[@click=app.quit]")):
            terminal.click(column + offset, line)
        terminal.press("question_mark")
        terminal.wait_for("Esc closes")
        close_with_escape(terminal, "Esc closes")


def test_the_palette_and_help(person: Person, hostile: Path) -> None:
    with visiting(person, hostile) as terminal:
        terminal.press("question_mark")
        terminal.wait_for("Esc closes")
        close_with_escape(terminal, "Esc closes")
        terminal.press("ctrl+p")
        terminal.wait_for("A command, or any record by name")
        terminal.wait_for(re.compile("Export|Go to|Add a"))  # which come in any order
        terminal.type("measure name")
        terminal.wait_for("measure name[/]")
        terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("Legal name")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(a for a in ATTACKS if a.isascii()), id="escape sequences"),
        pytest.param(
            "".join(a for a in ATTACKS if not a.isascii()),
            id="C1 and bidi controls",
        ),
    ],
)
def test_what_is_pasted_into_a_note(person: Person, hostile: Path, text: str) -> None:
    with visiting(person, hostile, "--go", "issue:one") as terminal:
        terminal.press("n")
        terminal.wait_for("Note on ")
        terminal.paste(f"{text}\nThe end.")
        terminal.wait_for("The end.")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
        close_with_escape(terminal, "Note on ")
        terminal.wait_for("✎")


def test_what_is_pasted_into_a_filter(person: Person, hostile: Path) -> None:
    with visiting(person, hostile) as terminal:
        terminal.press("1")
        terminal.press("slash")
        terminal.wait_for("words to find")
        terminal.paste(f"{HEAD}{ATTACKS[4]} end")
        terminal.wait_for(re.compile(r"Nothing has .*end”"))
        terminal.press("escape")
        terminal.wait_for("1 Rounds 2 ─")


def test_what_is_pasted_into_the_palette(person: Person, hostile: Path) -> None:
    with visiting(person, hostile) as terminal:
        terminal.press("ctrl+p")
        terminal.wait_for("A command, or any record by name")
        terminal.paste(f"{HEAD}{ATTACKS[4]} end")
        terminal.wait_for("No matches")
        close_with_escape(terminal, "No matches")


def test_a_note_is_read_written_and_deleted(person: Person, hostile: Path) -> None:
    text = f"{attack('note', 0)}\n# Heading {ALL}\n#tag\u202etag #\x1b]0;pwned\x07 #[bold]x[/]\n"
    write_note(person, Ref("issue", "one"), text)
    with visiting(person, hostile, "--go", "issue:one", size=(140, 60)) as terminal:
        terminal.wait_for("[bold]note")
        terminal.press("n")
        terminal.wait_for("Note on ␛")
        terminal.type("My own words.")
        terminal.wait_for("Not saved yet.")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved")
        close_with_escape(terminal, "Note on ␛")
        terminal.wait_for("My own")
        for _ in range(2):
            terminal.press("D")
            terminal.wait_for("Delete the note on")
            terminal.press("y")
            terminal.wait_for("The note is now in")
        terminal.wait_until_gone("─ Notes ─")


def test_a_note_that_is_shown_and_not_changed(person: Person, hostile: Path) -> None:
    key = f"{toml_text(attack('key', 3))} = 1\n"
    write_note(person, Ref("issue", "two"), attack("sealed", 2), more=key)
    with visiting(person, hostile, "--go", "issue:two") as terminal:
        terminal.wait_for("[bold]sealed")
        terminal.wait_for("This note is shown")
        terminal.press("tab")
        terminal.press("enter")
        terminal.wait_for("known here")
        terminal.press("tab")  # what is typed at once behind a refusal is dropped
        terminal.wait_for("was not run")


def test_the_name_of_a_conflict_copy(person: Person, hostile: Path) -> None:
    ref = Ref("issue", "one")
    name = f"{Path(file_name(ref)).stem}.conflict-{NAME}.toml"
    write_note(person, ref, attack("copy", 1), name=name)
    with visiting(person, hostile, "--go", "issue:one") as terminal:
        terminal.wait_for("Saved beside")


def write_no_note(person: Person) -> None:
    """Write what is no note, under a hostile name and with a hostile key."""
    folder = NoteStore(person.notes, "one").where / "notes"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.toml").write_text(f"{toml_text(attack('key', 4))} = 1\n", "utf-8")


def test_the_name_of_a_file_that_is_no_note(person: Person, hostile: Path) -> None:
    write_no_note(person)
    with visiting(person, hostile) as terminal:
        terminal.wait_for("Some files among the notes")


def test_a_damaged_note(person: Person, hostile: Path) -> None:
    ref = Ref("round", "one")
    write_note(person, ref, "")
    (file,) = person.notes.glob("*/notes/*")
    file.write_bytes(f'record = "round:one"\n{ALL} = {ALL}'.encode())
    with visiting(person, hostile, "--go", "round:one") as terminal:
        terminal.wait_for("The file of this note")
        terminal.wait_for("left untouched")


# Without a screen.


@pytest.fixture
def at_home(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in person.environment.items():
        monkeypatch.setenv(name, value)


def run(*arguments: object) -> tuple[int, str]:
    """Exit code of a command, and what it prints on either stream."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8", "surrogateescape")
    with redirect_stdout(printed), redirect_stderr(printed):
        code = cli.main([str(argument) for argument in arguments])
    return code, printed.buffer.getvalue().decode("utf-8")


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
def test_what_is_printed(person: Person, hostile: Path, json: list[str]) -> None:
    write_note(person, Ref("issue", "one"), attack("note", 0))
    for command, code in (
        (["list", "issues", "--dataset", hostile], 0),
        (["show", "quote:one", "--dataset", hostile], 0),
        (["show", "issue:one", "--dataset", hostile], 0),
        (["notes", "list", "--dataset", hostile], 0),
        (["check", hostile], 0),
    ):
        ended, printed = run(*command, *json)
        assert ended == code
        assert command[0] == "check" or "␛[8;31m" in printed
        assert_harmless(printed)


JSON = pytest.param(
    ["--json"],
    id="json",
)


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("json", [pytest.param([], id="text"), JSON])
def test_what_is_printed_of_files_that_are_no_notes(
    person: Person, hostile: Path, json: list[str]
) -> None:
    write_no_note(person)
    copy = f"{Path(file_name(Ref('issue', 'one'))).stem}.conflict-{NAME}.toml"
    write_note(person, Ref("issue", "one"), attack("copy", 1), name=copy)
    code, printed = run("notes", "list", "--dataset", hostile, *json)
    assert code == 1
    assert_harmless(printed)


@pytest.mark.usefixtures("at_home")
@pytest.mark.parametrize("json", [pytest.param([], id="text"), JSON])
def test_problems_are_printed(faulty: Path, json: list[str]) -> None:
    code, printed = run("check", faulty, *json)
    assert code == 1
    assert "unknown key" in printed
    assert_harmless(printed)


def test_problems_are_shown_in_a_terminal(person: Person, faulty: Path) -> None:
    with person.opens(faulty) as terminal:
        terminal.wait_for("Not opened yet: 1 problem")
        assert_harmless(terminal.output)
        terminal.press("q")
        assert terminal.wait_for_end() == 1
        assert "1 problem in" in terminal.output
        assert "unknown key" in terminal.output
        assert_harmless(terminal.output)
