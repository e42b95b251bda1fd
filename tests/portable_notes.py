"""Notes of all sorts, for tests of what goes out and comes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from explorer.notes import Anchor, Words, authors, file_names
from explorer.record.model import Ref
from explorer.text.sanitize import one_line, plain
from explorer.transfer.formats import WRITTEN, named, recognized
from explorer.transfer.import_file import ImportFile, ParsedNotes, SourcePages
from explorer.transfer.importer import parse
from explorer.transfer.portable_note import NotesToExport, PortableNote

DATASET = "harbour-talks"
NAMES = [known.name for known in WRITTEN]
"""Of all formats that are written."""
FEES, TOLLS = Ref("issue", "fees"), Ref("issue", "tolls")
THREE = datetime(2031, 5, 1, 3, 0, tzinfo=UTC)

# What the formats are made of, to get in their way.
_PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\t", " ", "> ", ">", "- ", "# ", "```\n", "~~~\n", "'", '"', ",", ";"),
        *("=", "+", "-", "@", "＝", "\\", "\\n", "|", "<b>", "</b>", "<!--", "-->", "--!>", "<"),
        *("<!-- note\n", "<![CDATA[", "&lt;", "&amp;lt;", "&amp;amp;lt;", "&", "amp;", "lt;"),
        *(
            '"""',
            "'''",
            "{",
            "}",
            "[",
            "]",
            "#watch",
            "#关税",
            "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}",
        ),
        *("e\N{COMBINING ACUTE ACCENT}", "\x00", "\r\n", "\r", "\u2028", "\ufeff", "\x1b[31m"),
    ]
)
TEXTS = st.one_of(
    st.lists(_PIECES, max_size=8).map("".join), st.text(st.characters(codec="utf-8"), max_size=30)
).map(plain)
_LINES = TEXTS.map(one_line)
_WITH_WORDS = TEXTS.filter(str.strip)
TIMES = st.integers(0, 253_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
WORDS = st.builds(
    Words,
    TEXTS,
    st.none() | st.dates(),
    st.none() | st.dates(date(1999, 1, 1)),
    st.booleans(),
    st.none() | st.builds(Anchor, _WITH_WORDS, TEXTS, TEXTS),
    st.sampled_from(["", "", "issue-fees-04c545b3f28945bb-89abcdef"]),
)
AUTHORS = st.one_of(st.just(""), st.just("Anna Berg"), _LINES.map(authors.cleaned))
REFS = st.sampled_from([FEES, TOLLS, Ref("round", "tides"), Ref("issue", "a|b ü'=<x>")])


@st.composite
def portable_notes(draw: st.DrawFn) -> PortableNote:
    """A note as we export it, with an id of its own."""
    ref = draw(REFS)
    further = draw(st.sampled_from(["", "-00000000", "-deadbeef", "-12345678"]))
    created = draw(TIMES)
    return PortableNote(
        ref,
        draw(WORDS),
        id=file_names.file_name(ref).removesuffix(".toml") + further,
        name=draw(_LINES),
        author=draw(AUTHORS),
        created=created,
        changed=draw(TIMES),
        is_copy=draw(st.booleans()),
        dataset=DATASET,
    )


def note_out(text: str = "Deferral or delay? #watch\n", **more: object) -> PortableNote:
    """One note, as an export tells of it."""
    note = PortableNote(
        FEES,
        Words(text),
        id=file_names.file_name(FEES).removesuffix(".toml"),
        name="Tolls and the truce",
        created=THREE,
        changed=THREE.replace(minute=10),
        dataset=DATASET,
    )
    return replace(note, **more)  # type: ignore[arg-type]


def written(
    notes: Iterable[PortableNote], to: str, dataset: str = DATASET, title: str = ""
) -> bytes:
    """A file of notes."""
    return named(to).load().write(NotesToExport(dataset, title, tuple(notes))).encode()


def no_pages(_: str) -> Ref | None:
    """Where no page is a record."""
    return None


def read(
    data: bytes, is_in: str, *, name: str = "the file", pages: SourcePages = no_pages
) -> ParsedNotes:
    """The notes of a file in that format."""
    return parse(data, Path(name), is_in, pages=pages)


def format_of(name: str, data: bytes) -> str:
    """The format that a file is taken for."""
    file = ImportFile(data.decode().removeprefix("\N{BYTE ORDER MARK}"), no_pages)
    return recognized(file, Path(name).suffix).name
