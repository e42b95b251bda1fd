"""The stops of the tour: the parts of the screen, and what is said of each."""

from __future__ import annotations

from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of the screen, and what is said of it."""

    title: str
    words: str
    """Commands stand in braces, by the names under which their keys are set."""
    part: str
    """What is shown, by a selector."""
    place: str = ""
    """Where one goes to see it, when there is room for one part at a time."""


STOPS = (
    Stop(
        "Four lists",
        "Rounds, delegations, issues and quotes: {rounds} {delegations} {issues} {quotes} go "
        "there, {pane:down} and {pane:up} up and down. What the cursor is on is shown in full.",
        "#stack",
        "rounds",
    ),
    Stop(
        "The record",
        "All that is known of it, with its sources. Every name is a link: {record:follow} goes "
        "there, {back} comes back, {record:pane} leads back to the lists. {open} opens a source.",
        "#record",
        "record",
    ),
    Stop(
        "Time",
        "Months, rounds by their number, and the day that is looked at. {earlier} and {later} go "
        "a round back and on, {date} asks for any day, {last-day} goes to the last. All you see "
        "is what was public by then.",
        "#ribbon",
    ),
    Stop(
        "Notes",
        "{note} writes a note on the record, {mark} on words of it. Notes stand beside it, in "
        "files of your own. {all-notes} lists them.",
        "#reading",
        "record",
    ),
    Stop(
        "The sides side by side",
        "Views over all of it: {positions} who wants what, {accounts} whose account differs, "
        "{in-force} what applies, {deadlines} what is due, {figures} figures, {changes} what "
        "changed. The same key closes it.",
        "#body",
    ),
    Stop(
        "Finding",
        "{filter} narrows a list, {search} finds anything by its words, {scope} narrows all lists "
        "to what belongs with a record, {all} finds any command or record by name.",
        "#stack",
        "rounds",
    ),
    Stop(
        "The last line",
        "The keys that matter where you are. {help} explains all of them, and every sign. "
        "{about} shows the front page again, {quit} goes back, and out.",
        "KeyLine",
    ),
)
"""What is shown, one after the other."""
