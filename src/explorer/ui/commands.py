"""Every command, written once: its keys, its name and what it does for a person.

Footer, palette, help and docs/keys.md all derive from these tables. A
command's `action` is the name of an `action_…` method of the widget it belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from explorer.documents.comparisons import COMPARISONS
from explorer.ui import keymap
from explorer.ui.command import Command, bindings, keycap
from explorer.ui.dialogs.dialog_commands import DIALOGS, TYPED
from explorer.ui.find_commands import FINDING_HERE
from explorer.ui.panes import PANES
from explorer.ui.view_commands import action_of, of_view, slug_of

__all__ = ["Command", "available", "bindings", "keycap", "listed", "places_of"]

SCROLLING = (
    Command("pagedown,ctrl+d", "page_down", "Page down", "Go down by a screenful.", move=True),
    Command("pageup,ctrl+u", "page_up", "Page up", "Go up by a screenful.", move=True),
    Command("g,home", "first", "First", "Go to the first line.", move=True),
    Command("G,end", "last", "Last", "Go to the last line.", move=True),
)

SECTIONS = (
    Command(
        "J,ctrl+down",
        "section(1)",
        "Section",
        "Go to the next section of the page.",
        footer=True,
        move=True,
    ),
    Command("K,ctrl+up", "section(-1)", "Section before", "Go to the section before.", move=True),
)

PANE = (
    Command("down,j", "cursor_down", "Down", "Move to the next record, shown at once.", move=True),
    Command("up,k", "cursor_up", "Up", "Move to the record before.", move=True),
    *SCROLLING,
    Command("enter,l,right", "read", "Read", "Go into the record, to its links.", True),
)
"""What works in a pane."""

QUIT = Command(
    "q,ctrl+q",
    "quit",
    "Quit",
    "Leave the program; a key that also closes things closes first what is open.",
)

QUIT_FRONT = replace(
    QUIT,
    action="quit_front",
    help="Leave the program: on the front page, when you have not come to it from elsewhere.",
    footer=True,
    at_times=True,
    place="everywhere",
    slug="quit",
)
"""Who has only just come has nothing to go back to, and would not see that the focus moves."""

RECORD = (
    QUIT_FRONT,
    Command(
        "down,j",
        "next_link",
        "Next link",
        "Go to the next link, or scroll.",
        move=True,
        slug="down",
    ),
    Command(
        "up,k", "previous_link", "Previous link", "Go to the link before.", move=True, slug="up"
    ),
    *SCROLLING,
    Command(
        "enter,l,right",
        "follow",
        "Follow",
        "Go to the record that the link names, or from ✎1 to the note.",
        True,
    ),
    Command("h,left,q", "leave", "Pane", "Go back to the pane the record is listed in.", True),
    *SECTIONS,
)
"""What works in the record."""

NOTES = (
    Command("down,j", "next_note", "Down", "Go to the next note, or scroll.", move=True),
    Command("up,k", "previous_note", "Up", "Go to the note before, or scroll.", move=True),
    *SCROLLING,
    Command(
        "enter",
        "choose('edit')",
        "Write",
        "Open the note in the editor, or begin the first one.",
        True,
        opens=True,
    ),
    Command(
        "l,right", "words", "Words", "Go to the words of the record that the note is on.", True
    ),
    Command(
        "h,left,q",
        "leave",
        "Pane",
        "Go back: to the words you came from, or to the pane the record is listed in.",
    ),
)
"""What works in the notes."""

SHEET = (
    Command("down,j", "below", "Down", "Go to the entry below, or scroll.", move=True),
    Command("up,k", "above", "Up", "Go to the entry above.", move=True),
    Command("left,h", "left", "Left", "Go to the entry at the left.", move=True),
    Command("right,l", "right", "Right", "Go to the entry at the right.", move=True),
    *SCROLLING,
    Command("enter", "follow", "Go", "Go to the record under the cursor.", True),
    Command("escape,q", "leave", "Close", "Go back to the panes.", True),
    *(replace(command, footer=False) for command in SECTIONS),
)
"""What works in every full-screen view."""

MARKING = (
    Command("right,l", "next_word", "Word", "Go to the next word.", move=True),
    Command("left,h", "previous_word", "Word before", "Go to the word before.", move=True),
    Command("down,j", "line_down", "Down", "Go to the line below.", move=True),
    Command("up,k", "line_up", "Up", "Go to the line above.", move=True),
    Command("v,space", "mark", "Mark", "Begin marking at the word, or begin anew.", True),
    Command("n,enter", "annotate", "Note", "Write a note on the words marked.", True, opens=True),
    Command("y", "copy", "Copy", "Copy the words marked.", True),
    Command("escape,q", "leave", "Leave", "Mark nothing.", True),
)
"""What works while words are marked."""

PROBLEMS = Command(
    "exclamation_mark",
    "do('problems')",
    "Problems",
    "List what is wrong with the files of the dataset; your editor opens at each.",
)

EVERYWHERE = (
    *(
        Command(str(pane.number), f"jump('{pane.name}')", pane.title, pane.help, at_once=True)
        for pane in PANES
    ),
    Command(
        "tab",
        "beside(1)",
        "Next",
        "Go to the next pane, the record, its notes.",
        move=True,
        at_once=True,
    ),
    Command(
        "shift+tab", "beside(-1)", "Previous", "Go to the pane before.", move=True, at_once=True
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
        "do('find')",
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
    Command("plus", "do('add')", "Add", "Add to the record: a quote, a position, a source.", True),
    Command(
        "left_square_bracket",
        "do('previous_round')",
        "Earlier",
        "Go back to the end of the round before: see what was public then.",
        True,
    ),
    Command(
        "right_square_bracket",
        "do('next_round')",
        "Later",
        "Go on to the end of the next round.",
        True,
    ),
    Command("left_curly_bracket", "do('previous_day')", "Day before", "Go back a day."),
    Command("right_curly_bracket", "do('next_day')", "Next day", "Go on a day."),
    Command(
        "equals_sign",
        "do('ask_date')",
        "Date",
        "Ask for the date to look at: a day, a round, +7d.",
        True,
        opens=True,
    ),
    Command("0", "do('end_of_record')", "Last day", "Go to the last day covered."),
    Command("T", "do('marks')", "Time ribbon", "Go along the ribbon’s marks, by name and day."),
    *(
        Command(c.key, action_of(c), c.title, c.help, c.is_prominent, slug=slug_of(c))
        for c in COMPARISONS
    ),
    Command(
        "n",
        "do('write_note')",
        "Note",
        "Write a new note on the record shown.",
        footer=True,
        opens=True,
    ),
    Command(
        "v",
        "mark_words",
        "Mark",
        "Mark words of the record, to write a note on just these.",
        opens=True,
    ),
    Command(
        "N", "do('notebook')", "All notes", "List all notes: to be reviewed, by tag, newest first."
    ),
    Command("e", "do('outside_note')", "Editor", "Open the note in your own editor, $EDITOR."),
    Command("x", "do('done_note')", "Reviewed", "Mark the note as reviewed, or as to be again."),
    Command("M", "do('merge_note')", "Merge", "Set two versions of the note side by side."),
    Command("A", "do('attach_note')", "Attach", "Accept where the words of the note stand now."),
    Command(
        "R",
        "do('answer_note')",
        "Answer",
        "Write a note that answers the one under the cursor.",
        opens=True,
    ),
    Command("O", "do('others')", "Others", "Hide the notes of other people, or show them again."),
    Command("D", "do('delete_note')", "Delete note", "Delete the note, after a yes."),
    Command("u", "do('undelete_note')", "Undelete", "Bring back the note that was deleted last."),
    Command(
        "o", "do('open_source')", "Open", "Choose a source of the record to open in the browser."
    ),
    Command(
        "y", "do('cite')", "Cite", "Copy a citation of the record: text, Markdown or CSL-JSON."
    ),
    Command("b", "do('brief')", "Brief", "Write a footnoted briefing on the scope.", opens=True),
    Command("H,backspace,alt+left", "do('back')", "Back", "Go back to what you saw before."),
    Command("L,alt+right", "do('forward')", "Forward", "Go forward again."),
    Command(
        "escape",
        "take_off",
        "Take off",
        "Go one step back: take off the zoom, leave the record, take off the filter, then the last "
        "record of the scope.",
    ),
    Command("W", "do('watches')", "Watches", "List the searches and scopes that you watch."),
    Command(
        "i",
        "about",
        "Front page",
        "Show what comes, falls due, was said and moved, and what the record covers.",
        slug="about",
    ),
    Command("I", "do('tour')", "Tour", "Be shown round the screen in a minute."),
    PROBLEMS,
    Command("z", "zoom", "Zoom", "Give the whole screen to where you are, or back."),
    Command("question_mark,f1", "help", "Help", "Explain the keys of where you are.", True),
    QUIT,
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
REDRAW = Command(
    "ctrl+l",
    "repaint",
    "Draw anew",
    "Draw the whole screen anew, when something else has written on it.",
)

PLACES: dict[str, tuple[str, tuple[Command, ...]]] = {
    "pane": ("In a pane", PANE),
    "record": ("In the record", RECORD),
    "notes": ("In the notes", NOTES),
    "marking": ("While marking words", MARKING),
    "sheet": ("In a full-screen view", SHEET),
    "reading": ("Wherever something is read", FINDING_HERE),
    **{c.name: (c.place, of_view(c)) for c in COMPARISONS},
    **DIALOGS,
    "everywhere": ("Everywhere", (*EVERYWHERE, PALETTE, SUSPEND, REDRAW)),
}
"""Each place with its title and commands, in the order that help shows them."""

_READ = ("record", "notes", "notebook", "problems", "help")
"""Where words are found, beside the views."""
_VIEWS = frozenset(comparison.name for comparison in COMPARISONS)
_NOT_IN_VIEWS = ("zoom", "mark_words")
"""What is of use only where the panes are, which a view covers."""
_EVERYWHERE = frozenset(command.action.partition("(")[0] for command in EVERYWHERE)
_WHILE_MARKING = ("help", "quit", PALETTE.action, SUSPEND.action, REDRAW.action)
"""What leaves the marked words as they are, or is asked for by a key that writes nothing."""


def places_of(place: str) -> tuple[str, ...]:
    """The entries of PLACES that apply in a place, the nearest first."""
    if place in DIALOGS:  # they stand over everything else
        return (place, *(["line"] if place in TYPED else ["reading"] if place in _READ else []))
    if place in _VIEWS:
        return (place, "sheet", "reading", "everywhere")
    return (place, "reading", "everywhere") if place in _READ else (place, "everywhere")


def listed(place: str) -> tuple[Command, ...]:
    """The commands of a place with the keys in force."""
    return tuple(keymap.now().in_force(place, command) for command in PLACES[place][1])


def available(place: str) -> tuple[Command, ...]:
    """The commands that work in a place, its own first, each with the keys that are its own.

    One that a person has taken all keys from is among them: it can be chosen by its name.
    """
    idle = _NOT_IN_VIEWS if place in _VIEWS else ()
    return tuple(command for command in bound(place, keymap.now()) if command.action not in idle)


@cache
def bound(place: str, keys_in_force: keymap.Keymap) -> tuple[Command, ...]:
    """The commands that have a key in a place, if only to say that they are of no use there."""
    found: list[Command] = []
    taken: set[str] = set()
    for name in places_of(place):
        here = [keys_in_force.in_force(name, command) for command in PLACES[name][1]]
        if place == "marking" and name == "everywhere":
            here = [c for c in here if c.action in _WHILE_MARKING]
        for command in here:
            keys = [key for key in command.key_names if command.at_times or key not in taken]
            if keys or not command.keys:
                found.append(replace(command, keys=",".join(keys)))
        taken |= {key for command in here if not command.at_times for key in command.key_names}
    return tuple(found)


def leaves_mark(action: str) -> bool:
    """Whether an action of the main screen may run while words are marked."""
    return action in _WHILE_MARKING or action not in _EVERYWHERE
