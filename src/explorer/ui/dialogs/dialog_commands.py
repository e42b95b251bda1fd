"""The commands of what opens over the screen: fields to type in, questions and lists."""

from __future__ import annotations

from explorer.ui.command import Command
from explorer.ui.find_commands import FINDING

_KEYS = Command("f1", "help", "Keys", "Explain the keys of where you are.", True)
"""For where a question mark is a letter like any other."""
_HELP = Command("question_mark,f1", "help", "Help", "Explain the keys of where you are.", True)

_CHOOSING = (
    Command("down,j", "move(1)", "Down", "Go to the next one.", move=True),
    Command("up,k", "move(-1)", "Up", "Go to the one before.", move=True),
    Command("pagedown,ctrl+d", "move(10)", "Page down", "Go ten further.", move=True),
    Command("pageup,ctrl+u", "move(-10)", "Page up", "Go ten back.", move=True),
    Command("g,home", "move(-9999)", "First", "Go to the first.", move=True),
    Command("G,end", "move(9999)", "Last", "Go to the last.", move=True),
)

SCROLLING = (
    Command("down,j", "scroll_down", "Down", "Scroll down.", move=True, place="help"),
    Command("up,k", "scroll_up", "Up", "Scroll up.", move=True, place="help"),
    Command(
        "pagedown,ctrl+d",
        "page_down",
        "Page down",
        "Go down by a screenful.",
        move=True,
        place="help",
    ),
    Command(
        "pageup,ctrl+u", "page_up", "Page up", "Go up by a screenful.", move=True, place="help"
    ),
    Command("g,home", "scroll_home", "First", "Go to the first line.", move=True, place="help"),
    Command("G,end", "scroll_end", "Last", "Go to the last line.", move=True, place="help"),
)

LINE = (
    Command("ctrl+z", "undo", "Undo", "Bring back what was deleted last from the line."),
    Command("ctrl+y", "redo", "Redo", "Delete it again."),
    Command("ctrl+w", "delete_left_word", "Word", "Delete the word before the cursor."),
    Command("ctrl+u", "delete_left_all", "To start", "Delete from the start to the cursor."),
    Command("ctrl+k", "delete_right_all", "To end", "Delete from the cursor to the end."),
    Command("ctrl+x", "cut", "Cut", "Cut what is selected (Shift and the arrows select)."),
    Command("ctrl+c", "copy", "Copy", "Copy what is selected."),
    Command("ctrl+v", "paste", "Paste", "Put in what was cut or copied last."),
)

FIND = (
    Command("down", "hits('down')", "Down", "Go to the next hit while you type.", move=True),
    Command("up", "hits('up')", "Up", "Go to the hit before while you type.", move=True),
    Command("pagedown", "hits('page_down')", "Page down", "Go down by a screenful.", move=True),
    Command("pageup", "hits('page_up')", "Page up", "Go up by a screenful.", move=True),
    Command("enter", "go", "Go", "Go to the hit under the cursor.", True),
    Command("tab", "instead", "Instead", "Search for what is offered instead.", True),
    Command(
        "ctrl+s",
        "watch",
        "Watch",
        "Keep the search under a name: the start then says what is new in it.",
        True,
        opens=True,
    ),
    Command("escape", "close", "Close", "Close the search.", True),
    _KEYS,
)

FILTER = (
    Command("down", "list_down", "Down", "Move to the next record while you type.", move=True),
    Command("up", "list_up", "Up", "Move to the record before while you type.", move=True),
    Command("enter", "keep", "Keep", "Keep the filter and go back to the list.", True),
    Command("escape", "clear", "Clear", "Clear the filter.", True),
    _KEYS,
)

FIELD = (
    Command("enter", "submit", "Go on", "Go on with what is typed.", True),
    Command("escape", "close", "Close", "Close, and do nothing.", True),
    _KEYS,
)

ASK = (
    Command("right,down,l,j", "next", "Next", "Go to the next answer.", True),
    Command("left,up,h,k", "previous", "Previous", "Go to the answer before.", move=True),
    Command("enter,space", "take", "Take", "Take the answer under the cursor.", True),
    Command("escape,q", "close", "Close", "Close the question; nothing is changed.", True),
    _HELP,
)

SOURCES = (
    *_CHOOSING,
    Command("enter,o", "take", "Open", "Open the address in the browser.", True),
    Command("escape,q", "close", "Close", "Open none.", True),
    _HELP,
)

MARKS = (
    Command("right,l", "along(1)", "Next", "Go to the next mark on the line.", True),
    Command("left,h", "along(-1)", "Before", "Go to the mark before.", True),
    Command("down,j", "move(1)", "Down", "Go to the next name, also of the same mark.", move=True),
    Command("up,k", "move(-1)", "Up", "Go to the name before.", move=True),
    Command("pagedown,ctrl+d", "move(10)", "Ten on", "Go ten names on.", move=True),
    Command("pageup,ctrl+u", "move(-10)", "Ten back", "Go ten names back.", move=True),
    Command("g,home", "move(-9999)", "First", "Go to the first.", move=True),
    Command("G,end", "move(9999)", "Last", "Go to the last.", move=True),
    Command("enter", "take", "Go", "Go to the record that is named.", True),
    Command("d,space", "day", "Day", "See what was public on the day of the mark.", True),
    Command("escape,q,T", "close", "Close", "Stay where you were.", True),
    _HELP,
)

TEXTS = (
    *_CHOOSING,
    Command("enter,d", "take", "Compare", "Take the text under the cursor.", True),
    Command("escape,q", "close", "Close", "Choose none.", True),
    _HELP,
)

FIGURES = (
    *_CHOOSING,
    Command("enter", "take", "Show", "Show these figures.", True),
    Command(
        "escape,q,r",
        "close",
        "Close",
        "Go on with what is shown.",
        True,
        opened_by="figures.which",
    ),
    _HELP,
)

EDITOR = (
    Command("ctrl+s", "save", "Save", "Save the note and go on writing.", True),
    Command("ctrl+o", "days", "Dates", "Go to the note’s date, to its review, and back.", True),
    Command("escape", "leave", "Leave", "Leave the note; asks when something is not saved.", True),
    _KEYS,
)

WRITING = (
    Command("ctrl+z", "undo", "Undo", "Take back the last change, and the one before."),
    Command("ctrl+y", "redo", "Redo", "Make the change again."),
    Command("ctrl+x", "cut", "Cut", "Cut what is selected (Shift and the arrows select)."),
    Command("ctrl+c", "copy", "Copy", "Copy what is selected."),
    Command("ctrl+v", "paste", "Paste", "Put in what was cut or copied last."),
    Command("f6", "select_line", "Select line", "Select the line."),
    Command("f7", "select_all", "Select all", "Select the whole text."),
    Command("ctrl+w", "delete_word_left", "Word", "Delete the word before the cursor."),
    Command("alt+delete", "delete_word_right", "Word after", "Delete the word after the cursor."),
    Command(
        "ctrl+u", "delete_to_start_of_line", "To start", "Delete from the line’s start to here."
    ),
    Command(
        "ctrl+k",
        "delete_to_end_of_line_or_delete_line",
        "To end",
        "Delete from here to the end of the line.",
    ),
    Command("ctrl+shift+k", "delete_line", "Delete line", "Delete the line."),
)

FORMATS_OFFERED = (
    *_CHOOSING,
    Command("enter", "take", "Take", "Go on with that format.", True, opens=True),
    Command("escape,q", "close", "Close", "Export nothing.", True),
    _HELP,
)

PUBLISHING = (
    Command("escape,q", "close", "Stop", "Stop; an edition that was there stays as it was.", True),
    _HELP,
)

PROBLEMS = (
    *_CHOOSING,
    Command("enter,e", "edit", "Mend", "Open the file in your own editor, at that line.", True),
    Command("escape,q,exclamation_mark", "close", "Close", "Close the list.", True),
    _HELP,
)

FORM = (
    Command("ctrl+s", "save", "Save", "Add it to the record.", True),
    Command("ctrl+o", "more", "More", "Show the other fields of the part you are in.", True),
    Command("ctrl+g", "existing", "Go to it", "Go to the record that says the same.", True),
    Command("f2", "preview", "Preview", "Show how it will read, or the form again.", True),
    Command("ctrl+t", "kind", "Other", "Add something else instead.", True),
    Command("escape", "leave", "Leave", "Leave the form; asks when something is typed.", True),
    _KEYS,
    Command("tab", "onward", "Next", "Take what typing has found, and go to the next field."),
    Command("shift+tab", "backward", "Previous", "Go to the field before.", move=True),
)

FORM_MOVES = (
    Command("down", "offers(1)", "Down", "Go to the next one offered, or to the next field."),
    Command("up", "offers(-1)", "Up", "Go to the one before, or to the field before.", move=True),
    Command("enter", "submit", "Take", "Take the one under the cursor, or go to the next field."),
)
"""What a field may know better."""

KINDS = (
    *_CHOOSING,
    Command("enter", "take", "Add", "Fill in the form for it.", True, opens=True),
    Command("escape,q", "close", "Close", "Add nothing.", True),
    _HELP,
)

IMPORT = (
    *_CHOOSING,
    Command(
        "enter",
        "change",
        "Change",
        "Say what the column is, what every row says, or who is meant; leave a row out.",
        True,
    ),
    Command("ctrl+t", "kind", "Other", "Say that the rows are something else.", True),
    Command("ctrl+s", "save", "Add", "Add what is new to the record.", True),
    Command("escape,q", "close", "Close", "Add nothing.", True),
    _HELP,
)

MEANINGS = (
    *_CHOOSING,
    Command("enter", "take", "Take", "Take the one under the cursor.", True),
    Command("escape,q", "close", "Close", "Leave it as it is.", True),
    _HELP,
)

MERGE = (
    *SCROLLING,
    Command("n", "choose('note')", "Note", "Keep the note; the copy goes to the trash.", True),
    Command("c", "choose('copy')", "Copy", "Put the copy in the place of the note.", True),
    Command("b", "choose('both')", "Both", "Write one note of both.", True, opens=True),
    Command("escape,q", "close", "Leave", "Leave both as they are.", True),
    _HELP,
)

ATTACH = (
    *_CHOOSING,
    Command("enter", "take", "Accept", "Attach the note there.", True),
    Command("escape,q", "close", "Leave", "Leave the note as it is.", True),
    _HELP,
)

NOTEBOOK = (
    *_CHOOSING,
    Command("enter", "go", "Go", "Go to the note, or search for the tag.", True),
    Command(
        "r",
        "rename",
        "Rename",
        "Rename the tag in all notes, or merge it with another.",
        True,
        opens=True,
    ),
    Command("e", "change('outside')", "Editor", "Open the note in your own editor.", True),
    Command("x", "change('done')", "Reviewed", "Mark the note as reviewed, or as to be again."),
    Command("D", "change('delete')", "Delete", "Delete the note, after a yes."),
    Command(
        "escape,q,N",
        "close",
        "Close",
        "Close the list of notes.",
        True,
        opened_by="everywhere.all-notes",
    ),
    _HELP,
)

WATCHES = (
    *_CHOOSING,
    Command("enter", "take", "Open", "Narrow to the scope, and search for the words.", True),
    Command("a", "keep", "Add", "Keep the scope as one more watch.", True, opens=True),
    Command("r", "rename", "Rename", "Give the watch another name.", True, opens=True),
    Command("D", "delete", "Delete", "Delete the watch, after a yes.", True),
    Command(
        "escape,q,W",
        "close",
        "Close",
        "Close the list of watches.",
        True,
        opened_by="everywhere.watches",
    ),
    _HELP,
)

RECOVER = (
    *SCROLLING,
    Command("r,enter", "choose('take up')", "Take up", "Go on writing.", True, opens=True),
    Command("d", "choose('discard')", "Discard", "Throw these words away.", True),
    Command("escape,q", "choose('later')", "Later", "Leave them for the next start.", True),
    _HELP,
)

HELP = (
    *SCROLLING,
    Command(
        "escape,q,enter,question_mark,f1",
        "close",
        "Close",
        "Close the help.",
        True,
        opened_by="everywhere.help",
    ),
)

FINDER = (
    Command("down", "cursor_down", "Down", "Go to the next one while you type.", True, move=True),
    Command("up", "command_list('cursor_up')", "Up", "Go to the one before.", True, move=True),
    Command("enter", "run", "Run", "Run the command, or go to the record.", True),
    Command("escape", "escape", "Close", "Close the list.", True),
)

TOUR = (
    Command("enter,space,right,l,down,j", "step(1)", "Next", "Go on to the next part.", True),
    Command("left,h,up,k,backspace", "step(-1)", "Back", "Go back to the part before.", True),
    Command("escape,q", "close", "Leave", "Leave the tour, as every other key does.", True),
)

DIALOGS: dict[str, tuple[str, tuple[Command, ...]]] = {
    "find": ("While searching", FIND),
    "filter": ("While filtering", FILTER),
    "finding": ("While finding words where you are", FINDING),
    "field": ("While asked for a day, a name or a file", FIELD),
    "palette": ("In the list of all commands", FINDER),
    "line": ("In every line to type in", LINE),
    "editor": ("While writing a note", (*EDITOR, *WRITING)),
    "form": ("While adding to the record", (*FORM, *FORM_MOVES)),
    "kinds": ("While choosing what to add", KINDS),
    "import": ("While importing records", IMPORT),
    "meanings": ("While saying what something means", MEANINGS),
    "ask": ("In a question", ASK),
    "sources": ("While choosing a source", SOURCES),
    "marks": ("On the marks of the ribbon", MARKS),
    "texts_offered": ("While choosing a text to compare", TEXTS),
    "figures_offered": ("While choosing figures", FIGURES),
    "formats_offered": ("While choosing a format to export", FORMATS_OFFERED),
    "publishing": ("While web pages are written", PUBLISHING),
    "problems": ("In the list of problems", PROBLEMS),
    "merge": ("While merging a note", MERGE),
    "attach": ("While attaching a note", ATTACH),
    "notebook": ("In the list of all notes", NOTEBOOK),
    "watches": ("In the list of watches", WATCHES),
    "recover": ("When words were not saved", RECOVER),
    "help": ("In the help", HELP),
    "tour": ("While you are shown round", TOUR),
}
"""Each place that stands over everything else: what it is called, and what works there."""

TYPED = ("find", "filter", "finding", "field", "form")
"""Those in which one types a line."""
