"""Notes as one Markdown file, to be read by people and read back to the letter.

What is read back of a note is the comment above it, which no reader of Markdown shows, and
the quoted lines below, which are its text:

    <!-- note
    record = "issue:rare-earths"
    created = "2026-11-22T03:00:00Z"
    -->

    > Deferral or delay? #watch

Headings and the lines in italics say it once more for people. Because each line of a text
begins with `>`, no heading, list or fence in it can end it or swallow what follows; its HTML
is shown and not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote, unquote

from explorer.record import clock
from explorer.record.labels import counted, day
from explorer.text.markdown import escaped, strong
from explorer.text.sanitize import in_entities, one_line, spelled_out
from explorer.transfer.file_tags import split
from explorer.transfer.formats.json_notes import check_version
from explorer.transfer.parsed_notes import Read, Telling, found_in
from explorer.transfer.portable_note import Foreign, as_data, tags_of

VERSION = 1
_HEAD = re.compile(r"<!-- explorer-notes (\d{1,9}): (\S*) -->")
_ADVICE = "To import them again, keep the comments and the `>` signs; the rest is not read."
_RULE = "---"
_KEY = re.compile(r"([\w][\w .-]*):(.*)")
# Headings and what is said once more for people; a rule; and quotes, which are told of apart.
_SAID_BY_US = re.compile(r"#|[*_].*[*_]$|About the words: |<!-- explorer-notes |[-*_]{3,}$|>|-->")
_OPENS, _CLOSES = "<!-- note", "-->"
_AS_TEXT = ("id", "record", "name", "created", "changed", "date", "due")
_AS_TRUTH = ("done", "conflict_copy")
# What could begin a tag or end as one, and what a terminal must not get; an entity that reads
# as such gets one `amp;` more.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_READS_AS_OURS = re.compile(r"&(?=(?:amp;)*(?:lt|#x[0-9A-F]{1,5});)")
_OURS = re.compile(r"&((?:amp;)*)(lt|#x([0-9A-F]{1,5}));")


def written(notes: Sequence[Foreign], dataset: str, heading: str = "") -> str:
    """The text of the file; `heading` is the name of what the notes are on."""
    parts = [
        f"<!-- explorer-notes {VERSION}: {quote(dataset, safe='')} -->",
        f"# Notes on {escaped(one_line(heading) or dataset)}",
        f"*{counted(len(notes), 'note')}. {_ADVICE}*",
    ]
    for (_, name), group in groupby(notes, key=lambda note: (note.ref, note.name)):
        of_record = list(group)
        parts.append(f"## {escaped(name or str(of_record[0].ref))}")
        for note in of_record:
            parts += _note(note)
    return "\n\n".join(parts) + "\n"


def understood(text: str) -> Read:
    """The notes that a file tells of, as we or an editor of Markdown left it.

    Raises ValueError, naming each that is not one.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    head = next((found for line in lines if (found := _HEAD.fullmatch(line.rstrip()))), None)
    if head is None:
        raise ValueError("it does not say that it is an export of notes")
    check_version(int(head[1]), VERSION)
    front = _front_matter(lines)
    tellings = list(_tellings(lines))
    if len(tellings) == 1 and isinstance(tellings[0].found, dict):
        # What is said of the whole file is said of its only note.
        tags = split(",".join(front.pop("tags", ())).strip("[]"))
        more = split(" ".join(tellings[0].found.get("tags") or ()))
        tellings[0].found["tags"] = [*more, *(tag.strip("\"'") for tag in tags)]
    aside = (f"“{one_line(key)}” of the file" for key in front)
    return found_in(tellings, unquote(head[2]), [*aside, *_between_notes(lines)])


def _front_matter(lines: Sequence[str]) -> dict[str, list[str]]:
    """What an editor such as Obsidian keeps of the whole file, ahead of all else."""
    told: dict[str, list[str]] = {}
    key = ""
    for line in _of_front_matter(lines):
        if found := _KEY.match(line):
            key = found[1]
            told[key] = [found[2].strip()] if found[2].strip() else []
        elif key and (item := line.strip().removeprefix("- ").strip()):
            told[key].append(item)
    return told


def _of_front_matter(lines: Sequence[str]) -> Sequence[str]:
    if not lines or lines[0].rstrip() != _RULE:
        return ()
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (_RULE, "..."))
    return lines[1 : next(ends, 1)]


def _between_notes(lines: Sequence[str]) -> Iterator[str]:
    """The lines that stand beside the notes, and are not ours."""
    at = len(_of_front_matter(lines)) + 1 if lines and lines[0].rstrip() == _RULE else 0
    while at < len(lines):
        line = lines[at].strip()
        if line == _OPENS:
            _, at = _note_at(lines, at)
            continue
        if line and not _SAID_BY_US.match(line):
            yield "a line beside the notes"
        at += 1


def quoted(text: str) -> str:
    """Text as a block quote that stays one; `unquoted` reads it back to the letter."""
    shown = in_entities(_TAG.sub("&lt;", _READS_AS_OURS.sub("&amp;", text)))
    return "\n".join(f"> {line}" if line else ">" for line in shown.split("\n"))


def unquoted(lines: Sequence[str]) -> str:
    """The text of the lines of a block quote."""
    shown = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines)
    return _OURS.sub(_before, shown)


def _before(found: re.Match[str]) -> str:
    if found[1]:
        return f"&{found[1][4:]}{found[2]};"
    return "<" if found[2] == "lt" else chr(int(found[3], 16))


def _note(note: Foreign) -> Iterator[str]:
    yield f"*{' · '.join(_told_of(note))}*"
    if (anchor := note.words.anchor) is not None:
        before = f"…{escaped(anchor.prefix)}" if anchor.prefix else ""
        after = f"{escaped(anchor.suffix)}…" if anchor.suffix else ""
        yield f"About the words: {before}{strong(escaped(anchor.exact))}{after}"
    data = as_data(note)
    yield "\n".join([_OPENS, *_known(data), _CLOSES])
    yield quoted(note.words.text)


def _told_of(note: Foreign) -> Iterator[str]:
    """What people want to know of a note before they read it."""
    words = note.words
    if words.date is not None:
        yield day(words.date)
    if note.created is not None:
        yield f"written {day(clock.day_of(note.created))}"
    if note.changed is not None and note.changed != note.created:
        yield f"changed {day(clock.day_of(note.changed))}"
    if words.due is not None:
        yield f"due {day(words.due)}{', done' if words.done else ''}"
    elif words.done:
        yield "done"
    yield from (escaped(f"#{tag}") for tag in tags_of(note))
    if note.is_copy:
        yield "a conflict copy: the note was changed by two at once"


def _known(data: dict[str, Any]) -> Iterator[str]:
    """What is known of a note, as TOML that no comment ends in."""
    import tomli_w

    known = {key: data[key] for key in (*_AS_TEXT, *_AS_TRUTH) if data[key]}
    if (anchor := data["anchor"]) is not None:
        known |= {f"anchor.{key}": value for key, value in anchor.items() if value}
    for key, value in known.items():
        told = tomli_w.dumps({"it": value}).rstrip("\n").removeprefix("it = ")
        yield spelled_out(f"{key} = {told}").replace(">", r"\u003E")


def _tellings(lines: Sequence[str]) -> Iterator[Telling]:
    """Each note of the file, and each quote in it that would be lost."""
    at = 0
    while at < len(lines):
        if lines[at].rstrip() == _OPENS:
            telling, at = _note_at(lines, at)
            yield telling
        elif lines[at].startswith(">"):
            yield Telling(f"line {at + 1}", ValueError("the quoted words belong to no note"))
            at = _end_of_quote(lines, at)
        else:
            at += 1


def _note_at(lines: Sequence[str], start: int) -> tuple[Telling, int]:
    """The note whose comment begins in a line, and the line after it."""
    place = f"line {start + 1}"
    closes = next((n for n in range(start, len(lines)) if lines[n].rstrip() == _CLOSES), None)
    if closes is None:
        return Telling(place, ValueError(f"the comment has no end “{_CLOSES}”")), len(lines)
    begins = closes + 1
    while begins < len(lines) and not lines[begins].strip():
        begins += 1
    ends = _end_of_quote(lines, begins)
    if begins == ends:
        return Telling(place, ValueError("no text follows, each line begun with “>”")), ends
    if ends < len(lines) and lines[ends].strip():
        wrong = ValueError("it goes on where the note’s text ends; begin it with “>”")
        return Telling(f"line {ends + 1}", wrong), ends
    try:
        known = _understood(lines[start + 1 : closes])
    except ValueError as error:
        return Telling(place, error), ends
    return Telling(place, known | {"text": unquoted(lines[begins:ends])}), ends


def _end_of_quote(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].startswith(">"):
        at += 1
    return at


def _understood(comment: Sequence[str]) -> dict[str, Any]:
    """What the comment above a note says. Raises ValueError."""
    import tomli

    try:
        known = tomli.loads("\n".join(comment))
    except tomli.TOMLDecodeError as error:
        raise ValueError(f"line {error.lineno} of its comment: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("its comment is nested too deeply") from None
    if "text" in known:
        raise ValueError("its text is in its comment and not below it")
    return known
