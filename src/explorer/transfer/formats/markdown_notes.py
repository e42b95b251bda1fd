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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from urllib.parse import quote, unquote

from explorer.record import clock
from explorer.record.labels import counted, day
from explorer.text.json_text import check_version
from explorer.text.markdown import escaped, strong
from explorer.text.markdown_parts import sub_outside_code
from explorer.text.sanitize import in_entities, one_line, spelled_out
from explorer.transfer.file_tags import split
from explorer.transfer.import_file import ImportFile, ParsedNotes, RawNote, parse_all
from explorer.transfer.portable_note import NotesToExport, PortableNote, as_data

VERSION = 1
_HEAD = re.compile(r"<!-- explorer-notes (\d{1,9}): (\S*) -->")
_ADVICE = "To import them again, keep the comments and the `>` signs; the rest is not read."
_RULE = "---"
_KEY = re.compile(r"([\w][\w .-]*):(.*)")
# Headings and what is said once more for people, and rules.
_WRITTEN_BY_US = re.compile(r"#|[*_].*[*_]$|About the words: |<!-- explorer-notes |[-*_]{3,}$|-->")
_OPENS, _CLOSES = "<!-- note", "-->"
_IN_COMMENT = (
    *("id", "record", "name", "author", "answers", "created", "changed", "date", "due", "done"),
    "conflict_copy",
)
# What could begin a tag or end as one, and what a terminal must not get; an entity that reads
# as such gets one `amp;` more.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_READS_AS_OURS = re.compile(r"&(?=(?:amp;)*(?:lt|#x[0-9A-F]{1,5});)")
_OURS = re.compile(r"&((?:amp;)*)(lt|#x([0-9A-F]{1,5}));")


def recognizes(file: ImportFile) -> bool:
    """Whether it begins as a file of Markdown does: with a comment, a heading or front matter."""
    return file.text.lstrip().startswith(("<", "#", _RULE))


def write(export: NotesToExport) -> str:
    parts = [
        f"<!-- explorer-notes {VERSION}: {quote(export.dataset, safe='')} -->",
        f"# Notes on {escaped(one_line(export.title) or export.dataset)}",
        f"*{counted(len(export.notes), 'note')}. {_ADVICE}*",
    ]
    for (_, name), group in groupby(export.notes, key=lambda note: (note.ref, note.name)):
        of_record = list(group)
        parts.append(f"## {escaped(name or str(of_record[0].ref))}")
        for note in of_record:
            parts += _note(note)
    return "\n\n".join(parts) + "\n"


def read(file: ImportFile) -> ParsedNotes:
    lines = file.text.replace("\r\n", "\n").split("\n")
    head = next((found for line in lines if (found := _HEAD.fullmatch(line.rstrip()))), None)
    if head is None:
        raise ValueError("it does not say that it is an export of notes")
    check_version(int(head[1]), VERSION)
    front, start = _front_matter(lines)
    left_out: list[str] = []
    notes = list(_notes(lines, start, left_out))
    if len(notes) == 1 and isinstance(notes[0].data, dict):
        # What is said of the whole file is said of its only note.
        data, tags = notes[0].data, split(",".join(front.pop("tags", ())).strip("[]"))
        in_comment = split(" ".join(data.get("tags") or ()))
        data["tags"] = [*in_comment, *(tag.strip("\"'") for tag in tags)]
    of_file = (f"“{one_line(key)}” of the file" for key in front)
    return parse_all(notes, unquote(head[2]), [*of_file, *left_out])


def _front_matter(lines: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """What an editor such as Obsidian keeps of the whole file, and the line after it."""
    front: dict[str, list[str]] = {}
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in (_RULE, "..."))
    if lines[0].rstrip() != _RULE or (end := next(ends, None)) is None:
        return front, 0
    key = ""
    for line in lines[1:end]:
        if found := _KEY.match(line):
            key = found[1]
            front[key] = [found[2].strip()] if found[2].strip() else []
        elif key and (item := line.strip().removeprefix("- ").strip()):
            front[key].append(item)
    return front, end + 1


def quoted(text: str) -> str:
    """Text as a block quote that stays one; `unquoted` reads it back to the letter."""
    shown = in_entities(_READS_AS_OURS.sub("&amp;", text))
    quote = "\n".join(f"> {line}" if line else ">" for line in shown.split("\n"))
    return sub_outside_code(_TAG, lambda _: "&lt;", quote)


def unquoted(lines: Sequence[str]) -> str:
    """The text of the lines of a block quote."""
    shown = "\n".join(line[2:] if line.startswith("> ") else line[1:] for line in lines)
    return _OURS.sub(_before, shown)


def _before(found: re.Match[str]) -> str:
    if found[1]:
        return f"&{found[1][4:]}{found[2]};"
    return "<" if found[2] == "lt" else chr(int(found[3], 16))


def _note(note: PortableNote) -> Iterator[str]:
    yield f"*{' · '.join(_summary(note))}*"
    if (anchor := note.words.anchor) is not None:
        before = f"…{escaped(anchor.prefix)}" if anchor.prefix else ""
        after = f"{escaped(anchor.suffix)}…" if anchor.suffix else ""
        yield f"About the words: {before}{strong(escaped(anchor.exact))}{after}"
    yield "\n".join([_OPENS, *_comment(note), _CLOSES])
    yield quoted(note.words.text)


def _summary(note: PortableNote) -> Iterator[str]:
    """What people want to know of a note before they read it."""
    words = note.words
    if note.author:
        yield escaped(note.author)
    if words.answers:
        yield "an answer"
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
    yield from (escaped(f"#{tag}") for tag in note.tags)
    if note.is_copy:
        yield "a conflict copy: the note was changed by two at once"


def _comment(note: PortableNote) -> Iterator[str]:
    """The fields of a note, as TOML that no comment ends in."""
    import tomli_w

    data: Mapping[str, object] = as_data(note)
    anchor = note.words.anchor
    fields = {key: data[key] for key in _IN_COMMENT if data[key]}
    if anchor is not None:
        fields |= {f"anchor.{key}": value for key, value in asdict(anchor).items() if value}
    for key, value in fields.items():
        literal = tomli_w.dumps({"it": value}).rstrip("\n").removeprefix("it = ")
        yield spelled_out(f"{key} = {literal}").replace(">", r"\u003E")


def _notes(lines: Sequence[str], at: int, left_out: list[str]) -> Iterator[RawNote]:
    """Each note of the file, each quote in it that would be lost, and what stands beside."""
    while at < len(lines):
        if lines[at].rstrip() == _OPENS:
            note, at = _note_at(lines, at)
            yield note
        elif lines[at].startswith(">"):
            yield RawNote(f"line {at + 1}", ValueError("the quoted words belong to no note"))
            at = _end_of_quote(lines, at)
        else:
            if (line := lines[at].strip()) and not _WRITTEN_BY_US.match(line):
                left_out.append("a line beside the notes")
            at += 1


def _note_at(lines: Sequence[str], start: int) -> tuple[RawNote, int]:
    """The note whose comment begins in a line, and the line after it."""
    place = f"line {start + 1}"
    closes = next((n for n in range(start, len(lines)) if lines[n].rstrip() == _CLOSES), None)
    if closes is None:
        return RawNote(place, ValueError(f"the comment has no end “{_CLOSES}”")), len(lines)
    begins = closes + 1
    while begins < len(lines) and not lines[begins].strip():
        begins += 1
    ends = _end_of_quote(lines, begins)
    if begins == ends:
        return RawNote(place, ValueError("no text follows, each line begun with “>”")), ends
    if ends < len(lines) and lines[ends].strip():
        wrong = ValueError("it goes on where the note’s text ends; begin it with “>”")
        return RawNote(f"line {ends + 1}", wrong), ends
    try:
        fields = _fields(lines[start + 1 : closes])
    except ValueError as error:
        return RawNote(place, error), ends
    return RawNote(place, fields | {"text": unquoted(lines[begins:ends])}), ends


def _end_of_quote(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at].startswith(">"):
        at += 1
    return at


def _fields(comment: Sequence[str]) -> dict[str, object]:
    """What the comment above a note says. Raises ValueError."""
    import tomli

    try:
        fields: dict[str, object] = tomli.loads("\n".join(comment))
    except tomli.TOMLDecodeError as error:
        raise ValueError(f"line {error.lineno} of its comment: {error.msg}") from None
    except (RecursionError, MemoryError):
        raise ValueError("its comment is nested too deeply") from None
    if "text" in fields:
        raise ValueError("its text is in its comment and not below it")
    return fields
