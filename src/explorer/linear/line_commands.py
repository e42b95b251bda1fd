"""Every command that can be typed, written once: its letter, its words and what it does.

Letters are those of the app's keys where there is such a key. What a person types is matched
with `understood`; the help is made from the same table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.documents.comparisons import COMPARISONS
from explorer.record.model import PLURALS
from explorer.text.near_words import nearest
from explorer.values import dataclass

_LEAST = 3
"""Letters of a word that may stand for it."""


@dataclass(frozen=True, slots=True)
class LineCommand:
    """A command."""

    letter: str
    """A letter or a sign that is enough; nothing when there is none."""
    words: tuple[str, ...]
    """Its names; the first one is shown."""
    action: str
    help: str
    takes: str = ""
    """What may follow it."""
    group: str = "go"
    with_action: str = ""
    """What the action is given ahead of what was typed."""


GROUPS = {
    "go": "Going about",
    "view": "Views",
    "day": "Days and scope",
    "note": "Your notes",
    "add": "Adding to the record",
    "out": "Taking along",
    "other": "Besides",
}
"""The parts of the whole list, with their headings."""

_NO_KEY = ("news",)
"""Views whose letter means something else here."""
_VIEW_WORDS = {
    "in_force": ("in force", "measures in force"),
    "texts": ("compare",),
    "news": ("news", "what is new", "new"),
}


def _views() -> Iterator[LineCommand]:
    for each in COMPARISONS:
        letter = "" if each.name in _NO_KEY else each.key
        words = _VIEW_WORDS.get(each.name, (each.name,))
        yield LineCommand(letter, words, "view", each.help, "", "view", each.name)


def _lists() -> Iterator[LineCommand]:
    taken = {"sources", *(word for command in _views() for word in command.words)}
    for kind, plural in PLURALS.items():
        if kind != "negotiation":
            words = (f"list {plural}", f"list {kind}", *(() if plural in taken else (plural,)))
            yield LineCommand("", words, "list", f"List the {plural}.", "WORDS", "", kind)


COMMANDS: tuple[LineCommand, ...] = (
    LineCommand("", ("list",), "list_kinds", "List records: “list rounds”, “rounds”.", "KIND"),
    LineCommand("", ("go", "goto"), "go", "Go to a record by its name or reference.", "NAME"),
    LineCommand("s", ("search",), "search", "Find anything by its words.", "WORDS"),
    LineCommand("/", ("find",), "find", "Find words on what you read; narrow a list.", "WORDS"),
    LineCommand("H", ("back",), "back", "Go back to where you were before."),
    LineCommand("L", ("forward",), "forward", "Go forward again."),
    LineCommand("J", ("next", "next section"), "next_section", "Read the next section."),
    LineCommand("K", ("previous", "previous section"), "section_before", "Read the one before."),
    LineCommand("", ("sections",), "sections", "List the sections, to read one."),
    LineCommand("l", ("links",), "links", "List all that an entry leads to.", "NUMBER"),
    LineCommand("r", ("again", "read"), "again", "Read it once more from the top."),
    LineCommand("", ("more",), "more", "Go on with a long list."),
    LineCommand("w", ("where",), "where", "Say where you are."),
    LineCommand("m", ("menu",), "menu", "List what there is to go to."),
    LineCommand("", ("front page", "today", "front"), "front", "What comes, falls due and moved."),
    LineCommand("i", ("about",), "about", "Read the negotiation itself, from its front page on."),
    *_views(),
    LineCommand("", ("seen",), "seen", "Mark all that is new as seen, after a yes.", "", "view"),
    LineCommand("=", ("day", "date", "as of"), "day", "Set the day to look at.", "DAY", "day"),
    LineCommand(
        "[", ("round before", "earlier"), "round_before", "The end of the round before.", "", "day"
    ),
    LineCommand(
        "]", ("next round", "later"), "next_round", "The end of the next round.", "", "day"
    ),
    LineCommand("{", ("day before",), "day_before", "Go back a day.", "", "day"),
    LineCommand("}", ("next day",), "next_day", "Go on a day.", "", "day"),
    LineCommand("0", ("last day", "end"), "last_day", "The last day covered.", "", "day"),
    LineCommand(
        "",
        ("scope",),
        "scope",
        "Narrow lists and views to the record you read, or to "
        "one you name; “scope off” takes all off.",
        "NAME",
        "day",
    ),
    LineCommand("W", ("watches",), "watches", "Go to a search you keep.", "NAME", "day"),
    LineCommand("", ("watch",), "watch", "Keep the search you read, or the scope.", "NAME", "day"),
    LineCommand("", ("unwatch",), "unwatch", "Keep a watch no more.", "NAME", "day"),
    LineCommand(
        "n",
        ("note", "write"),
        "note",
        "Write a note on what you read; words after it begin the note.",
        "WORDS",
        "note",
    ),
    LineCommand(
        "v",
        ("note on words",),
        "note_on",
        "Write a note on some words of the record.",
        "WORDS",
        "note",
    ),
    LineCommand(
        "N", ("notes",), "notes", "List your notes, or those with some words.", "WORDS", "note"
    ),
    LineCommand(
        "", ("edit", "change", "correct"), "edit", "Correct a note, line by line.", "NUMBER", "note"
    ),
    LineCommand("e", ("editor",), "editor", "Open a note in your own editor.", "NUMBER", "note"),
    LineCommand("D", ("delete",), "delete", "Delete a note, after a yes.", "NUMBER", "note"),
    LineCommand(
        "u", ("undo", "undelete"), "undelete", "Bring back the note deleted last.", "", "note"
    ),
    LineCommand(
        "x",
        ("reviewed",),
        "reviewed",
        "Mark a note as reviewed, or as to be again.",
        "NUMBER",
        "note",
    ),
    LineCommand(
        "",
        ("due",),
        "due",
        "Set the day on which a note is to be reviewed, or “off”.",
        "DAY",
        "note",
    ),
    LineCommand("", ("dated",), "dated", "Set a note’s own day, or “off”.", "DAY", "note"),
    LineCommand("M", ("merge",), "merge", "Go through two versions of a note.", "", "note"),
    LineCommand("A", ("attach",), "attach", "Say where the words of a note stand now.", "", "note"),
    LineCommand(
        "R",
        ("answer",),
        "answer",
        "Write a note that answers one, a colleague’s say.",
        "NUMBER",
        "note",
    ),
    LineCommand("O", ("others",), "others", "Hide the notes of others, or show them.", "", "note"),
    LineCommand(
        "", ("drafts",), "drafts", "Take up what was being written and not saved.", "", "note"
    ),
    LineCommand(
        "+",
        ("add",),
        "add",
        "Add to the record: a quote, a source, a milestone. Each field is asked for.",
        "WHAT",
        "add",
    ),
    LineCommand(
        "",
        ("import",),
        "import",
        "Bring in sources, quotes and more from a file of another program.",
        "FILE",
        "add",
    ),
    LineCommand(
        "o",
        ("sources", "open"),
        "sources",
        "List the sources; “open 3” opens source 3 in your browser.",
        "NUMBER",
        "out",
    ),
    LineCommand("", ("copy",), "copy", "Copy the address of a source.", "NUMBER", "out"),
    LineCommand(
        "y", ("cite",), "cite", "Print a citation: text, markdown or csl-json.", "FORM", "out"
    ),
    LineCommand("b", ("brief",), "brief", "Write a footnoted briefing into a file.", "FILE", "out"),
    LineCommand(
        "",
        ("save",),
        "save",
        "Write what you read into a file: .txt, .md, .html, .json.",
        "FILE",
        "out",
    ),
    LineCommand("", ("export notes",), "export", "Write all notes into a file.", "FILE", "out"),
    LineCommand(
        "",
        ("export",),
        "export_record",
        "Write the record for other programs: talks.sqlite, sources.bib, tables.",
        "FILE",
        "out",
    ),
    LineCommand(
        "", ("wrap",), "wrap", "Set how wide lines are: “wrap 40”, “wrap off”.", "WIDTH", "other"
    ),
    LineCommand(
        "",
        ("page",),
        "page",
        "Set after how many lines to stop: “page 20”, “page off”.",
        "LINES",
        "other",
    ),
    LineCommand(
        "?",
        ("help",),
        "help",
        "Explain what works here; “help all” lists everything.",
        "WORD",
        "other",
    ),
    LineCommand("q", ("quit", "exit", "bye"), "quit", "Leave.", "", "other"),
    *_lists(),
)
"""All of them, in the order of the help."""


def understood(line: str) -> tuple[LineCommand, str] | None:
    """The command that a line begins with, and what follows; None when it is none."""
    typed = line.strip()
    if not typed:
        return None
    letter, rest = typed[0], typed[1:]
    if not letter.isalpha() or not rest or rest[0].isspace():
        for command in COMMANDS:
            if command.letter == letter:
                return command, rest.strip()
    folded = typed.casefold()
    named = [(word, command) for command in COMMANDS for word in command.words]
    for word, command in sorted(named, key=lambda one: -len(one[0])):
        if folded == word or folded.startswith(f"{word} "):
            return command, typed[len(word) :].strip()
    first, _, rest = typed.partition(" ")
    return _begun(first.casefold(), rest.strip(), named)


def _begun(
    first: str, rest: str, named: Sequence[tuple[str, LineCommand]]
) -> tuple[LineCommand, str] | None:
    """The command that a beginning of one of its words stands for, if it is the only one."""
    if len(first) < _LEAST:
        return None
    found = {id(c): c for word, c in named if word.startswith(first) and " " not in word}
    return (next(iter(found.values())), rest) if len(found) == 1 else None


def near(line: str) -> str:
    """The word of a command that may have been meant; nothing when none is like it."""
    first = line.strip().casefold().partition(" ")[0]
    return nearest(first, [word for command in COMMANDS for word in command.words], 0.7)


def listed(group: str) -> Iterator[str]:
    """A line for each command of a group: “s, search WORDS: Find anything …”."""
    for command in COMMANDS:
        if command.group == group:
            yield explained(command)


def explained(command: LineCommand) -> str:
    """One command in a line."""
    takes = f" {command.takes}" if command.takes else ""
    letter = f"{command.letter} or " if command.letter else ""
    return f"{letter}{command.words[0]}{takes}: {command.help}"
