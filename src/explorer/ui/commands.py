"""Every command, written once: its keys, its name and what it does for a person.

Footer, palette, help and the README's table of keys all derive from these tables. A
command's `action` is the name of an `action_…` method of the widget it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do, and the keys that do it."""

    keys: str
    """Keys by Textual's names, the main one first, separated by commas."""
    action: str
    name: str
    """A word or two, for the footer and the palette."""
    help: str
    """A sentence saying what it does."""
    footer: bool = False
    """Whether the footer shows it."""
    move: bool = False
    """Whether it only moves: the palette leaves those out, the key being quicker."""

    opens: bool = False
    """Whether it opens something to type in."""

    at_once: bool = False
    """Whether it acts before its key goes where the focus is, so that a next key, however
    fast, goes where the focus is then."""

    @property
    def shown_keys(self) -> str:
        """The keys as printed on the keyboard: “k ↑”."""
        return " ".join(_KEYCAPS.get(key, key) for key in self.keys.split(","))

    @property
    def main_key(self) -> str:
        """The first key, short: “^P”."""
        main = self.keys.split(",")[0]
        return _KEYCAPS.get(main, main).replace("Ctrl+", "^")

    def binding(self) -> Binding:
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=self.footer,
            key_display=self.main_key,
            tooltip=self.help,
            id=self.action,
            priority=self.at_once,
        )


_KEYCAPS = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "alt+left": "Alt+←",
    "alt+right": "Alt+→",
    "ctrl+s": "Ctrl+S",
    "ctrl+o": "Ctrl+O",
    "ctrl+p": "Ctrl+P",
    "ctrl+d": "Ctrl+D",
    "ctrl+u": "Ctrl+U",
    "ctrl+f": "Ctrl+F",
    "ctrl+z": "Ctrl+Z",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "equals_sign": "=",
}

SCROLLING = (
    Command("pagedown,ctrl+d", "page_down", "Page down", "Go down by a screenful.", move=True),
    Command("pageup,ctrl+u", "page_up", "Page up", "Go up by a screenful.", move=True),
    Command("g,home", "first", "First", "Go to the first line.", move=True),
    Command("G,end", "last", "Last", "Go to the last line.", move=True),
)

PANE = (
    Command("down,j", "cursor_down", "Down", "Move to the next record, shown at once.", move=True),
    Command("up,k", "cursor_up", "Up", "Move to the record before.", move=True),
    *SCROLLING,
    Command("enter,l,right", "read", "Read", "Go into the record, to its links.", True),
)
"""What works in a pane."""

RECORD = (
    Command("down,j", "next_link", "Next link", "Go to the next link, or scroll.", move=True),
    Command("up,k", "previous_link", "Previous link", "Go to the link before.", move=True),
    *SCROLLING,
    Command("enter,l,right", "follow", "Follow", "Show the record that the link names.", True),
    Command("h,left", "leave", "Pane", "Go back to the pane the record is listed in.", True),
)
"""What works in the record."""

NOTES = (
    Command("down,j", "next_note", "Down", "Go to the next note, or scroll.", move=True),
    Command("up,k", "previous_note", "Up", "Go to the note before, or scroll.", move=True),
    *SCROLLING,
    Command("enter", "choose('edit')", "Edit", "Open the note in the editor.", True, opens=True),
    Command("h,left", "leave", "Pane", "Go back to the pane the record is listed in."),
)
"""What works in the notes."""

SHEET = (
    Command("down,j", "below", "Down", "Go to the entry below, or scroll.", move=True),
    Command("up,k", "above", "Up", "Go to the entry above.", move=True),
    Command("left,h", "left", "Left", "Go to the entry at the left.", move=True),
    Command("right,l", "right", "Right", "Go to the entry at the right.", move=True),
    *SCROLLING,
    Command("enter", "follow", "Go", "Go to the record under the cursor.", True),
    Command("escape", "leave", "Close", "Go back to the panes.", True),
)
"""What works in every full-screen view."""

POSITIONS = (
    Command(
        "s",
        "since",
        "Since",
        "Choose a second date to see what changed since: added, changed, dropped.",
        True,
        opens=True,
    ),
    Command("r", "by_round", "By round", "What was on the table in which round, or back.", True),
)
"""What works in the positions besides."""

ACCOUNTS = (Command("r", "widen", "All", "Show the points of all rounds, or of one again.", True),)
"""What works in the accounts besides."""

RATES = (
    Command("right,l", "next_step", "Later", "Go to the next step of the rate.", True),
    Command("left,h", "previous_step", "Earlier", "Go to the step before.", True),
    Command("down,j", "other_line", "Other", "Go to the other side’s rates, or the claims.", True),
    Command("up,k", "other_line(-1)", "Other", "Go to the line before.", move=True),
    Command("g,home", "first", "First", "Go to the first step.", move=True),
    Command("G,end", "last", "Last", "Go to the last step.", move=True),
    Command("enter", "follow", "Go", "Go to the rate under the cursor.", True),
    Command("escape", "leave", "Close", "Go back to the panes.", True),
)
"""What works in the chart of rates."""

CHANGES = (
    Command(
        "s", "since", "Since", "Choose the date from which changes are told.", True, opens=True
    ),
)
"""What works in the changes besides."""

MARKING = (
    Command("right,l", "next_word", "Word", "Go to the next word.", move=True),
    Command("left,h", "previous_word", "Word before", "Go to the word before.", move=True),
    Command("down,j", "line_down", "Down", "Go to the line below.", move=True),
    Command("up,k", "line_up", "Up", "Go to the line above.", move=True),
    Command("v,space", "mark", "Mark", "Begin marking at the word, or begin anew.", True),
    Command("n,enter", "annotate", "Note", "Write a note on the words marked.", True, opens=True),
    Command("escape", "leave", "Leave", "Mark nothing.", True),
)
"""What works while words are marked."""

FIND = (
    Command("down", "hits('down')", "Down", "Go to the next hit while you type.", move=True),
    Command("up", "hits('up')", "Up", "Go to the hit before while you type.", move=True),
    Command("pagedown", "hits('page_down')", "Page down", "Go down by a screenful.", move=True),
    Command("pageup", "hits('page_up')", "Page up", "Go up by a screenful.", move=True),
    Command("enter", "go", "Go", "Go to the hit under the cursor.", True),
    Command("escape", "close", "Close", "Close the search.", True),
)
"""What works while one searches."""

FILTER = (
    Command("down", "list_down", "Down", "Move to the next record while you type.", move=True),
    Command("up", "list_up", "Up", "Move to the record before while you type.", move=True),
    Command("enter", "keep", "Keep", "Keep the filter and go back to the list.", True),
    Command("escape", "clear", "Clear", "Clear the filter.", True),
)
"""What works while a filter is typed."""

EVERYWHERE = (
    Command("1", "jump('rounds')", "Rounds", "Go to the rounds.", at_once=True),
    Command(
        "2",
        "jump('delegations')",
        "Delegations",
        "Go to the delegations and delegates.",
        at_once=True,
    ),
    Command("3", "jump('issues')", "Issues", "Go to the issues.", at_once=True),
    Command("4", "jump('quotes')", "Quotes", "Go to the quotes.", at_once=True),
    Command(
        "tab",
        "next_place",
        "Next",
        "Go to the next pane, the record, the notes.",
        move=True,
        at_once=True,
    ),
    Command(
        "shift+tab", "previous_place", "Previous", "Go to the pane before.", move=True, at_once=True
    ),
    Command(
        "slash",
        "filter",
        "Filter",
        "Narrow the open pane to the words you type.",
        footer=True,
        opens=True,
    ),
    Command(
        "s,ctrl+f",
        "find",
        "Search",
        "Find anything by its words: quotes, positions, people, sources, your notes.",
        True,
        opens=True,
    ),
    Command(
        "space",
        "scope",
        "Scope",
        "Add the record to the scope, or take it off: the other panes narrow to what belongs "
        "with it.",
        True,
    ),
    Command(
        "left_square_bracket",
        "previous_round",
        "Earlier",
        "Go back to the end of the round before: see what was public then.",
        True,
    ),
    Command(
        "right_square_bracket",
        "next_round",
        "Later",
        "Go on to the end of the next round.",
        True,
    ),
    Command("left_curly_bracket", "previous_day", "Day before", "Go back a day."),
    Command("right_curly_bracket", "next_day", "Next day", "Go on a day."),
    Command(
        "equals_sign",
        "ask_date",
        "Date",
        "Ask for the date to look at: a day, a round, +7d.",
        True,
        opens=True,
    ),
    Command("0", "end_of_record", "End", "Go to the end of the record."),
    Command(
        "p",
        "view('positions')",
        "Positions",
        "What each side wants on every issue, side by side.",
        True,
    ),
    Command(
        "a",
        "view('accounts')",
        "Accounts",
        "What each side says was agreed on the round or issue shown.",
        True,
    ),
    Command(
        "f",
        "view('in_force')",
        "In force",
        "Which measures apply, are suspended or only threatened.",
    ),
    Command("t", "view('rates')", "Rates", "The tariff rates of both sides over time."),
    Command(
        "c",
        "view('changes')",
        "Changes",
        "What changed since the round before, or between two dates.",
    ),
    Command(
        "n",
        "note",
        "Note",
        "Write a new note on the record shown.",
        footer=True,
        opens=True,
    ),
    Command("v", "mark_words", "Mark", "Mark words of the record, to write a note on just these."),
    Command("N", "notebook", "All notes", "List all notes: to be reviewed, by tag, newest first."),
    Command("e", "on_note('outside')", "Editor", "Open the note in your own editor, $EDITOR."),
    Command("x", "on_note('done')", "Reviewed", "Mark the note as reviewed, or as to be again."),
    Command("M", "on_note('merge')", "Merge", "Set two versions of the note side by side."),
    Command("A", "on_note('attach')", "Attach", "Accept where the words of the note stand now."),
    Command("D", "on_note('delete')", "Delete note", "Delete the note, after a yes."),
    Command("u", "bring_back", "Undelete", "Bring back the note that was deleted last."),
    Command("o", "open_source", "Open", "Choose a source of the record to open in the browser."),
    Command("y", "cite", "Cite", "Copy a citation of the record: text, Markdown or CSL-JSON."),
    Command("b", "brief", "Brief", "Write a footnoted briefing on the scope.", opens=True),
    Command("H,backspace,alt+left", "back", "Back", "Go back to what you saw before."),
    Command("L,alt+right", "forward", "Forward", "Go forward again."),
    Command(
        "escape",
        "take_off",
        "Take off",
        "Take off the filter, the last record of the scope, or the zoom.",
    ),
    Command("i", "about", "About", "Show the negotiation itself: what it covers and holds."),
    Command("z", "zoom", "Zoom", "Give the whole screen to where you are, or back."),
    Command("question_mark", "help", "Help", "Explain the keys of where you are.", True),
    Command("q", "quit", "Quit", "Leave; what is saved stays saved."),
)
"""What works wherever you are."""

PALETTE = Command(
    "ctrl+p",
    "command_palette",
    "All",
    "Find any command or record by name.",
    footer=True,
    opens=True,
)

SUSPEND = Command(
    "ctrl+z",
    "suspend_process",
    "To the shell",
    "Go back to the shell for a while; fg there brings explorer back. While you write, it undoes.",
)

EDITOR = (
    Command("ctrl+s", "save", "Save", "Save the note and go on writing.", True),
    Command("ctrl+o", "days", "Dates", "Go to the note’s date, to its review, and back.", True),
    Command("escape", "leave", "Leave", "Leave the note; asks when something is not saved.", True),
)
"""What works while a note is written."""

MERGE = (
    Command("n", "choose('note')", "Note", "Keep the note; the copy goes to the trash.", True),
    Command("c", "choose('copy')", "Copy", "Put the copy in the place of the note.", True),
    Command("b", "choose('both')", "Both", "Write one note of both.", True, opens=True),
    Command("escape", "dismiss", "Leave", "Leave both as they are.", True),
)
"""What works while two versions of a note are compared."""

ATTACH = (
    Command("down,j", "move(1)", "Down", "Go to the next place.", move=True),
    Command("up,k", "move(-1)", "Up", "Go to the place before.", move=True),
    Command("enter", "accept", "Accept", "Attach the note there.", True),
    Command("escape", "close", "Leave", "Leave the note as it is.", True),
)
"""What works while a place for a note is chosen."""

NOTEBOOK = (
    Command("down,j", "move(1)", "Down", "Go to the next line.", move=True),
    Command("up,k", "move(-1)", "Up", "Go to the line before.", move=True),
    Command("enter", "go", "Go", "Go to the note, or search for the tag.", True),
    Command(
        "r", "rename", "Rename", "Rename the tag in all notes, or merge it with another.", True
    ),
    Command("escape,N", "close", "Close", "Close the list of notes.", True),
)
"""What works in the list of all notes."""

RECOVER = (
    Command("r,enter", "choose('take up')", "Take up", "Go on writing.", True),
    Command("d", "choose('discard')", "Discard", "Throw these words away.", True),
    Command("escape", "choose('later')", "Later", "Leave them for the next start.", True),
)
"""What works when words that were not saved are offered back."""

PLACES: dict[str, tuple[str, tuple[Command, ...]]] = {
    "pane": ("In a pane", PANE),
    "record": ("In the record", RECORD),
    "notes": ("In the notes", NOTES),
    "sheet": ("In a full-screen view", SHEET),
    "positions": ("In the positions", POSITIONS),
    "accounts": ("In the accounts", ACCOUNTS),
    "changes": ("In the changes", CHANGES),
    "rates": ("In the rates", RATES),
    "marking": ("While marking words", MARKING),
    "find": ("While searching", FIND),
    "filter": ("While filtering", FILTER),
    "editor": ("While writing a note", EDITOR),
    "merge": ("While merging a note", MERGE),
    "attach": ("While attaching a note", ATTACH),
    "notebook": ("In the list of all notes", NOTEBOOK),
    "recover": ("When words were not saved", RECOVER),
    "everywhere": ("Everywhere", (*EVERYWHERE, PALETTE, SUSPEND)),
}
"""Each place with its title and commands, in the order that help shows them."""


_WITHIN = {"positions": "sheet", "accounts": "sheet", "changes": "sheet", "in_force": "sheet"}
"""Places where the commands of another work as well."""


def places_of(place: str) -> tuple[str, ...]:
    """The entries of PLACES that apply in a place, the nearest first."""
    if place in ("editor", "filter", "find", "merge", "attach", "notebook", "recover"):
        return (place,)  # they stand over everything else
    near = [name for name in (place, _WITHIN.get(place, "")) if name in PLACES]
    return (*dict.fromkeys(near), "everywhere")


def available(place: str) -> tuple[Command, ...]:
    """The commands that work in a place, its own first."""
    listed = (command for name in places_of(place) for command in PLACES[name][1])
    # A full-screen view covers the panes, which alone can be filtered.
    is_view = place == "rates" or place in _WITHIN
    return tuple(command for command in listed if not (is_view and command.action == "filter"))


def opens(place: str, key: str) -> bool:
    """Whether a key opens something to type in, where the person is."""
    return any(c.opens and key in c.keys.split(",") for c in available(place))


def bindings(commands: Iterable[Command], *, first: bool = False) -> list[BindingType]:
    """The commands as Textual binds them; `first` lets no widget take their keys away."""
    return [replace(command.binding(), priority=first or command.at_once) for command in commands]
