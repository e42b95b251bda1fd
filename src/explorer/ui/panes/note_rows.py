"""The notes on a record as entries of paragraphs, with what became of their words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.text import Text

from explorer.notes import Anchor, Damaged, Note
from explorer.notes.tags import found_in
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain
from explorer.ui import key_words, style
from explorer.values import dataclass
from explorer.view import View

if TYPE_CHECKING:
    from explorer.notes.anchors import Found

_HEADING = re.compile(r"#{1,6} ")
_TAB = 4
_ANSWERED = 60
"""Characters of a note that are shown where another answers it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One note, or one thing to be said about notes."""

    paragraphs: tuple[Text, ...]
    note: Note | None = None
    is_damaged: bool = False


def entries(view: View, ref: Ref) -> list[Entry]:
    """What the pane of notes shows for a record, one entry after another."""
    notes = view.notes_on(ref)
    numbers = {note.id: number for number, note in enumerate(notes, 1)}
    above = [None, *notes]
    found = [_entry(view, *pair, numbers) for pair in zip(notes, above, strict=False)]
    found += [_copy(copy, view.notes.by_id(copy.id)) for copy in view.copies(ref)]
    found += [_damaged(file) for file in view.damaged(ref)]
    if ref.kind == "negotiation":
        found += [_orphan(note) for note in view.orphans()]
    if not found and view.notes.are_off:
        off = (
            Text("Notes are off.", "muted"),
            Text(f"Press {key_words.cap('note')} to hear why.", "muted"),
        )
        return [Entry(off)]
    if not found and view.notes.are_being_read:
        return [Entry((Text("Your notes are being read.", "muted"),))]
    if not found:
        nothing = (
            Text("No note on this record yet.", "muted"),
            Text(f"Press {key_words.cap('note')} to write one.", "muted"),
        )
        return [Entry(nothing)]
    return found


def _entry(view: View, note: Note, above: Note | None, numbers: Mapping[str, int]) -> Entry:
    head = [*_heading(note, numbers[note.id]), *_answered(view, note, above, numbers)]
    paragraphs = [*head, *_anchor(view, note), *_body(note), Text()]
    if note.sealed and not note.others:
        sealed = f"This note is shown but not changed here: {note.sealed}. {note.unsealing}"
        paragraphs.insert(0, Text(one_line(sealed), "warning"))
    return Entry(tuple(paragraphs), note)


def _copy(copy: Note, note: Note | None) -> Entry:
    merges = key_words.cap("merge")
    who = f"{one_line(copy.others)} merges" if copy.others else f"{merges} merges"
    told = f"{_how_it_came(copy, note)}; {who}:"
    if note is not None and note.words == copy.words and not copy.others:
        told = key_words.said("The same words once more; {delete-note} takes this file away:")
    name = Text(one_line(copy.path.name), "muted")
    return Entry((Text(told, "warning"), name, *_body(copy), Text()), copy)


def _how_it_came(copy: Note, note: Note | None) -> str:
    if copy.is_side:
        return "The other side of a git merge that was not ended"
    if not copy.is_beside:
        return "Saved beside the note, which had changed meanwhile"
    if note is None:
        return "A version of a note that is gone, left by another program"
    return "A second version of the note, left by another program"


def _damaged(file: Damaged) -> Entry:
    return Entry(
        (
            Text("The file of this note cannot be read and is left untouched:", "warning"),
            Text(one_line(str(file.path)), "muted"),
            Text(f"{one_line(file.reason)}. {one_line(file.remedy)}"),
            Text(),
        ),
        is_damaged=True,
    )


def _orphan(note: Note) -> Entry:
    whose = f"{note.others}’s note" if note.others else "A note"
    then = ":" if note.others else "; A attaches it elsewhere:"
    lost = f"{whose} on {note.ref}, which is no longer in the dataset{then}"
    quoted = [_quoted(note.anchor.exact)] if note.anchor else []
    return Entry((Text(one_line(lost), "warning"), *quoted, *_body(note), Text()), note)


def _heading(note: Note, number: int) -> Iterator[Text]:
    """Its number, which stands behind its words in the record too, and its days."""
    when = Text(f"{style.NOTE_MARK}{number} ", "mark")
    if note.others:
        when.append(f"{one_line(note.others)}  ", "strong")
    when.append(labels.day(note.date or clock.day_of(note.changed)), "muted")
    if note.tags:
        when.append("  " + " ".join(f"#{tag}" for tag in note.tags), "mark")
    yield when
    if note.due is not None and not note.done:
        is_due = note.due <= clock.today()
        told = "to be reviewed, due" if is_due else "to be reviewed on"
        yield Text(f"{told} {labels.day(note.due)}", "warning" if is_due else "muted")


def _answered(
    view: View, note: Note, above: Note | None, numbers: Mapping[str, int]
) -> Iterator[Text]:
    """The note that it answers; with its words, unless it stands just above."""
    if not note.answers:
        return
    answered = view.notes.by_id(note.answers)
    if answered is None or not view.shows(answered):
        yield Text("Answers a note that is not shown here.", "muted")
        return
    name = one_line(answered.others)
    if name and view.notes.hides_others:
        yield Text(f"Answers a note of {name}’s, hidden now.", "muted")
        return
    number = numbers.get(answered.id)
    mark = f"{style.NOTE_MARK}{number}" if number else ""
    whose = " ".join(filter(None, (mark, name)))
    if above is not None and answered.id == above.id:
        yield Text(f"answers {whose}", "muted")
        return
    begins = labels.shortened(one_line(answered.text), _ANSWERED)
    colon = ":" * bool(name)
    yield Text(f"answers {whose}{colon} “{begins}”", "muted")


def _anchor(view: View, note: Note) -> Iterator[Text]:
    """The words it is about, and whether they still stand there."""
    here = view.index.current(note.ref)
    if note.anchor is None or here is None:
        return
    if view.anchor(note) is None:
        yield Text("On words that were not public yet.", "muted")
        return
    from explorer.notes import anchors

    found = anchors.locate(note.anchor, here, view.index)
    yield _quoted(note.anchor.exact)
    if found.kind != "unchanged":
        yield from _moved(view, here, note.anchor, found)


def _moved(view: View, here: Ref, anchor: Anchor, found: Found) -> Iterator[Text]:
    """What became of the words."""
    from explorer.text.word_diff import difference

    match found.kind:
        case "moved":
            told = _places(anchor, 1 + len(found.others))
            yield Text(f"{told} {key_words.cap('attach')} accepts where.", "warning")
        case "elsewhere" if found.ref is not None:
            kind, name = labels.KIND_NAMES[found.ref.kind], labels.title(view.index, found.ref)
            told = f"These words are not the record’s own. They stand in the {kind.lower()} {name}."
            yield Text(
                f"{one_line(told)} {key_words.cap('attach')} attaches the note there.", "warning"
            )
        case "spread":
            told = "These words stand in the record, but in several of its texts."
            yield Text(f"{told} {key_words.cap('attach')} looks for a place.", "warning")
        case "changed":
            text = Text("The words have changed: ", "warning")
            for words, fate in difference(plain(anchor.exact), found.words):
                text.append(
                    f"[–{words.strip()}–] " if fate == "removed" else words,
                    {"removed": "muted", "added": "found", "same": "words"}[fate],
                )
            yield text
            accepts = "{attach} accepts the new words; until then the note keeps its own."
            yield Text(key_words.said(accepts), "muted")
        case _ if _is_on_page(view, here, anchor):
            told = "These words stand on the page, but in no text of the record that a note"
            yield Text(f"{told} can follow.", "warning")
        case _:
            yield Text(
                "These words are gone from the record, and stand in no other. A looks for them.",
                "warning",
            )


def _is_on_page(view: View, ref: Ref, anchor: Anchor) -> bool:
    """Whether words are among what the page adds: a date, a status, who spoke."""
    from explorer.documents.pages import as_text, page
    from explorer.notes.anchors import holds

    return holds(as_text(page(view, ref)), anchor.exact)


def _places(anchor: Anchor, number: int) -> str:
    """That the words stand in the record, though it is not certain that they are the same."""
    places = "" if number == 1 else f" in {number} places"
    if anchor.prefix or anchor.suffix:
        return f"These words stand in the record{places}, but between other words than were noted."
    return f"These words stand in the record{places}; the note does not say between which others."


def _quoted(words: str) -> Text:
    return Text.assemble(("▎ ", "side-1"), (one_line(words), "words"))


def _body(note: Note) -> Iterator[Text]:
    shown = plain(note.text)
    begins = len(shown) - len(shown.lstrip("\n"))
    tags = deque(found_in(shown))
    for line in shown.strip("\n").split("\n"):
        text = Text(line.expandtabs(_TAB))
        if _HEADING.match(line):
            text.stylize("strong")
        while tags and tags[0].sign <= begins + len(line):
            tag = tags.popleft()
            ends = (len(line[: at - begins].expandtabs(_TAB)) for at in (tag.sign, tag.end))
            text.stylize("mark", *ends)
        yield text
        begins += len(line) + 1
