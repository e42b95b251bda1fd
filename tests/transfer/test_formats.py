"""The four formats: what is written is read back to the letter, and nothing else is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.portable_notes import (
    DATASET,
    FEES,
    NAMES,
    THREE,
    TOLLS,
    format_of,
    no_pages,
    note_out,
    portable_notes,
    read,
    written,
)

from explorer import cli
from explorer.errors import NoteError, UsageError
from explorer.notes import Anchor, NoteStore, Words
from explorer.record.model import Ref
from explorer.transfer import formats
from explorer.transfer.formats import (
    FORMATS,
    WRITTEN,
    NoteFormat,
    csv_notes,
    markdown_notes,
    written_as,
)
from explorer.transfer.importer import import_file, parse
from explorer.transfer.portable_note import PortableNote
from explorer.view import View

FULL = note_out(
    words=Words(
        "Deferral or delay? #watch\n",
        date(2025, 10, 26),
        date(2026, 1, 31),
        True,
        Anchor("some kind of a deferral", "that we will get ", " on the controls"),
    )
)


def said_of(data: bytes | str, is_in: str) -> str:
    """What is said of a file that is not imported."""
    with pytest.raises(NoteError) as caught:
        read(data.encode() if isinstance(data, str) else data, is_in, name="f")
    assert caught.value.title == "The file was not imported"
    words = str(caught.value)
    assert words.startswith("Nothing was imported from f: ")
    return words.removeprefix("Nothing was imported from f: ")


# There and back


@pytest.mark.parametrize("to", NAMES)
@settings(max_examples=120, deadline=None)
@given(st.lists(portable_notes(), max_size=5))
def test_any_notes_are_read_back_to_the_letter(to: str, notes: list[PortableNote]) -> None:
    data = written(notes, to)
    assert read(data, to) == notes
    assert written(notes, to) == data, "the bytes differ from one time to the next"


@pytest.mark.parametrize("to", NAMES)
def test_all_that_a_note_has_is_read_back(to: str) -> None:
    assert read(written([FULL], to), to) == [FULL]


@pytest.mark.parametrize("to", NAMES)
def test_no_notes_are_read_back_as_none(to: str) -> None:
    assert read(written([], to), to) == []


@pytest.mark.parametrize("to", NAMES)
def test_other_line_ends_and_a_byte_order_mark_do_no_harm(to: str) -> None:
    data = written([FULL, note_out("a\n\n> b\n", ref=TOLLS, id="")], to)
    changed = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert read(b"\xef\xbb\xbf" + changed, to) == read(data, to)


@pytest.mark.parametrize("to", NAMES)
def test_the_dataset_is_told_by_each_note(to: str) -> None:
    (note,) = read(written([FULL], to, "a: b/ü"), to)
    assert note.dataset == "a: b/ü"


# JSON


def test_json_is_what_its_description_says() -> None:
    assert json.loads(written([FULL], "json")) == {
        "format": "explorer-notes",
        "version": 1,
        "dataset": "harbour-talks",
        "notes": [
            {
                "id": "issue-fees-04c545b3f28945bb",
                "record": "issue:fees",
                "name": "Tolls and the truce",
                "created": "2031-05-01T03:00:00Z",
                "changed": "2031-05-01T03:10:00Z",
                "date": "2025-10-26",
                "due": "2026-01-31",
                "done": True,
                "tags": ["watch"],
                "text": "Deferral or delay? #watch\n",
                "anchor": {
                    "exact": "some kind of a deferral",
                    "prefix": "that we will get ",
                    "suffix": " on the controls",
                },
                "conflict_copy": False,
                "author": None,
                "answers": None,
            }
        ],
    }


def as_file(*notes: object, **head: object) -> str:
    whole = {"format": "explorer-notes", "version": 1, "dataset": DATASET, "notes": list(notes)}
    return json.dumps(whole | head)


def test_only_record_and_text_must_be_told() -> None:
    (note,) = read(as_file({"record": "issue:fees", "text": "mine"}).encode(), "json")
    assert note == PortableNote(FEES, Words("mine"), dataset=DATASET)
    assert note.place == "note 1"


def test_times_elsewhere_become_ours() -> None:
    told = {"record": "issue:fees", "text": "", "created": "2031-05-01T11:00:00.9+08:00"}
    (note,) = read(as_file(told).encode(), "json")
    assert (note.created, note.changed) == (THREE, THREE)


def test_what_no_file_can_hold_is_not_taken_in_and_all_else_is() -> None:
    told = {
        "record": "issue:fees",
        "text": "\x1b]0;title\x07\r\n\ud800",
        "name": "a\x9b31m\nb",
        "anchor": {"exact": "\u202ex"},
    }
    (note,) = read(as_file(told).encode(), "json")
    assert note.words.text == "\x1b]0;title\x07\n\N{REPLACEMENT CHARACTER}"
    assert note.name == "a\N{REPLACEMENT CHARACTER}31m b"
    assert note.words.anchor == Anchor("\u202ex")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"record": "issue:fees"}, "it has no text"),
        ({"record": "issue:fees", "text": 3}, "it has no text"),
        ({"text": ""}, "it does not say which record it is about"),
        ({"record": "fees", "text": ""}, "“fees” is not a reference such as issue:rare-earths"),
        ({"record": "issue:a\nb", "text": ""}, "its record has a name that cannot be shown"),
        ({"record": ["issue:a"], "text": ""}, "it does not say which record it is about"),
        ({"done": 1}, "“done” is neither true nor false"),
        ({"conflict_copy": "no"}, "“conflict_copy” is neither true nor false"),
        ({"due": "soon"}, "“due” is not a day such as 2025-10-26"),
        ({"date": "2025-02-30"}, "“date” is not a day such as 2025-10-26"),
        ({"created": "today"}, "“created” is not a time such as 2026-11-22T03:00:00Z"),
        ({"changed": "0001-01-01T00:00:00+14:00"}, "“changed” is not a time"),
        ({"anchor": "words"}, "“anchor” is not a table"),
        ({"anchor": {"exact": " \u200b"}}, "its anchor has no words"),
        ({"tags": {"a": 1}}, "“tags” are not a list"),
        ({"id": 7}, "“id” is not text"),
    ],
)
def test_what_a_note_cannot_have_is_said_with_its_number(told: dict[str, object], why: str) -> None:
    whole = told if "record" in told or "text" in told else {"record": "issue:a", "text": ""} | told
    words = said_of(as_file({"record": "issue:fees", "text": ""}, whole), "json")
    assert words.startswith(f"note 2: {why}")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "line 1, column 1: Expecting value"),
        ('{"format":\n "explorer-notes"\n x}', "line 3, column 2: "),
        ("[]", "it does not say that its format is “explorer-notes”"),
        ("{}", "it does not say that its format is “explorer-notes”"),
        (as_file(version=2), "a newer explorer wrote it (version 2)"),
        (as_file(version="1"), "it does not say which version of the format it has"),
        (as_file(version=True), "it does not say which version of the format it has"),
        (as_file(notes={}), "it has no “dataset” with “notes”"),
        (as_file(dataset=None), "it has no “dataset” with “notes”"),
        (as_file("note"), "note 1: it is not a note"),
        ('{"a": 1, "a": 2}', "it says “a” twice in one place"),
        ("[" * 100_000, "it is nested too deeply"),
        ("1" * 10_000, "Exceeds the limit"),
        (b"\n\n\xff", "line 3 is not UTF-8 text"),
        ("{}".encode("utf-16"), "it does not say that its format is “explorer-notes”"),
        (b"\xff\xfe{", "line 1 is not UTF-8 text"),
    ],
)
def test_what_is_no_json_of_notes_is_said_with_its_line(data: bytes | str, why: str) -> None:
    assert said_of(data, "json").startswith(why)


def test_every_note_that_is_wrong_is_named_but_not_too_many() -> None:
    words = said_of(as_file(*[{"text": ""}] * 8), "json")
    assert words.splitlines()[0] == "note 1: it does not say which record it is about"
    assert words.splitlines()[4:] == [
        "note 5: it does not say which record it is about",
        "and 3 more",
    ]


# CSV


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def test_csv_has_a_head_and_a_row_for_each_note() -> None:
    head, row = rows_of(written([FULL], "csv"))
    assert dict(zip(head, row, strict=True)) == {
        "dataset": "harbour-talks",
        "id": "issue-fees-04c545b3f28945bb",
        "record": "issue:fees",
        "name": "Tolls and the truce",
        "created": "2031-05-01T03:00:00Z",
        "changed": "2031-05-01T03:10:00Z",
        "date": "2025-10-26",
        "due": "2026-01-31",
        "done": "true",
        "tags": "watch",
        "text": "Deferral or delay? #watch\n",
        "anchor_exact": "some kind of a deferral",
        "anchor_prefix": "that we will get ",
        "anchor_suffix": " on the controls",
        "conflict_copy": "false",
        "author": "",
        "answers": "",
    }
    assert written([FULL], "csv").count(b"\r\n") == 2


@settings(max_examples=400)
@given(st.text(st.sampled_from("'=+-@\t\r\n\0＝a ")))
@example("'")
@example("''=")
@example("'tis")
def test_a_guarded_cell_acts_in_no_spreadsheet_and_is_read_back(cell: str) -> None:
    guarded = csv_notes.guarded(cell)
    assert not guarded.startswith(tuple("=+-@\t\r\n\0＝＋－＠"))
    assert csv_notes.unguarded(guarded) == cell
    assert guarded in (cell, f"'{cell}")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1"])
def test_no_cell_of_an_export_is_a_formula(text: str) -> None:
    note = note_out(text, name=text.strip(), ref=Ref("issue", "x"), id="")
    note = note_out(
        words=Words(text, anchor=Anchor(text, text, text)), name=text.strip(), ref=note.ref, id=""
    )
    data = written([note], "csv", dataset=text)
    for cell in rows_of(data)[1]:
        assert not cell.startswith(tuple("=+-@\t\r\n\0＝＋－＠"))
    (found,) = read(data, "csv")
    assert (found.words, found.name, found.dataset) == (note.words, note.name, text)


def test_a_person_may_write_a_csv_of_two_columns_in_any_order() -> None:
    data = b"Text,RECORD \n'tis late,issue:fees\n\n,issue:tolls\n,,\n"
    notes = read(data.replace(b",,\n", b",\n"), "csv")
    assert [(note.ref, note.words.text) for note in notes] == [(FEES, "'tis late"), (TOLLS, "")]
    assert notes[0].place == "row 2"


def test_what_spreadsheets_make_of_truth_is_understood() -> None:
    (note,) = read(b"record,text,done,conflict_copy\nissue:fees,x,TRUE,False\n", "csv")
    assert note.words.done
    assert not note.is_copy


def test_a_cell_as_large_as_a_note_can_be_is_read() -> None:
    note = note_out("x" * 250_000)
    assert read(written([note], "csv"), "csv") == [note]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "it is empty"),
        ("a,b\n", "line 1: there is no column “record”"),
        ("record,colour\n", "line 1: there is no column “text”"),
        ("record,text,text\n", "line 1: the column “text” is there twice"),
        ("record,text\nissue:fees,a,b\n", "row 2: it has 3 cells, and the head 2"),
        ("record,text\nissue:fees\n", "row 2: it has no text"),
        ('record,text\nissue:fees,"a\n\nb"\nissue:fees\n', "row 3: it has no text"),
        ('record,text\nissue:fees,"never\nends', "line 3: unexpected end of data"),
        ('record,text\nissue:fees,"a"b\n', "line 2: "),
        ("record,text,done\nissue:fees,a,maybe\n", "row 2: “done” is neither true nor"),
        ("record,text,date\nissue:fees,a,31/31/2025\n", "row 2: “date” is not a day"),
        ("record,text,anchor_prefix\nissue:fees,a,x\n", "row 2: its anchor has no words"),
        ("=cmd|' /C calc'!A0\n", "line 1: there is no column “record”"),
        (b"record,text\n\xff\n", "line 2 is not UTF-8 text"),
    ],
)
def test_what_is_no_csv_of_notes_is_said_with_its_row(data: bytes | str, why: str) -> None:
    assert said_of(data, "csv").startswith(why)


# Markdown


def test_markdown_is_pleasant_to_read() -> None:
    text = written([FULL], "md", title="Harbour talks").decode()
    assert (
        text
        == """\
<!-- explorer-notes 1: harbour-talks -->

# Notes on Harbour talks

*1 note. To import them again, keep the comments and the `>` signs; the rest is not read.*

## Tolls and the truce

*26 Oct 2025 · written 1 May 2031 · changed 1 May 2031 · due 31 Jan 2026, done · \\#watch*

About the words: …that we will get **some kind of a deferral** on the controls…

<!-- note
id = "issue-fees-04c545b3f28945bb"
record = "issue:fees"
name = "Tolls and the truce"
created = "2031-05-01T03:00:00Z"
changed = "2031-05-01T03:10:00Z"
date = "2025-10-26"
due = "2026-01-31"
done = true
anchor.exact = "some kind of a deferral"
anchor.prefix = "that we will get "
anchor.suffix = " on the controls"
-->

> Deferral or delay? #watch
>
"""
    )


def test_a_record_has_one_heading_and_copies_say_what_they_are() -> None:
    notes = [note_out("a"), note_out("b", is_copy=True), note_out("c", ref=TOLLS, name="T")]
    text = written(notes, "md").decode()
    assert re.findall("^## .*", text, re.MULTILINE) == ["## Tolls and the truce", "## T"]
    assert text.count("a conflict copy: the note was changed by two at once") == 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "--> <img src=x>",
        "<!-- note\nid = 'x'\n-->\n\n> stolen",
        "```\n# not the end",
        "&lt;b> and &amp;lt;b>",
    ],
)
def test_nothing_in_a_note_gets_out_of_its_quote(text: str) -> None:
    note = note_out(words=Words(text, anchor=Anchor(text, text, text)), name=" ".join(text.split()))
    markdown = written([note], "md").decode()
    assert read(markdown.encode(), "md") == [note]
    outside = re.sub(
        r"<!-- note\n.*?\n-->\n|<!-- explorer-notes .*-->\n", "", markdown, flags=re.DOTALL
    )
    assert not re.search(r"(?<!\\)<[A-Za-z/!?]", outside)
    quote = markdown.partition("\n-->\n\n")[2]
    assert all(line.startswith(">") for line in quote.rstrip("\n").split("\n"))


@settings(max_examples=400)
@given(st.lists(st.sampled_from(["&", "amp;", "lt;", "<", "b", "!", "\n", "> ", " "])).map("".join))
def test_a_quote_is_read_back_whatever_entities_it_has(text: str) -> None:
    quoted = markdown_notes.quoted(text)
    assert markdown_notes.unquoted(quoted.split("\n")) == text
    assert not re.search("<[A-Za-z/!?]", quoted)


@settings(max_examples=120, deadline=None)
@given(st.lists(portable_notes(), min_size=1, max_size=3))
def test_a_reader_of_markdown_finds_each_text_in_a_quote_of_its_own(
    notes: list[PortableNote],
) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(written(notes, "md").decode())
    inline = [child for token in tokens for child in token.children or ()]
    html = [token.content for token in [*tokens, *inline] if token.type.startswith("html_")]
    assert all(re.match("<!-- (note\n|explorer-notes 1: )", content) for content in html)
    assert len(html) == len(notes) + 1
    outer = [token.type for token in tokens if token.level == 0]
    assert outer.count("blockquote_open") == len(notes)
    known = ("heading", "paragraph", "blockquote", "inline", "html_block")
    assert {kind.removesuffix("_open").removesuffix("_close") for kind in outer} <= set(known)


@pytest.mark.parametrize("text", ["`<div>` and &lt;", "```\n<div>\n~~~\n```", "`<!-- note`"])
def test_code_is_quoted_as_it_is_and_read_back(text: str) -> None:
    quoted = markdown_notes.quoted(text)
    assert "<" in quoted
    assert markdown_notes.unquoted(quoted.split("\n")) == text
    assert read(written([note_out(text)], "md"), "md") == [note_out(text)]


def test_what_stands_between_the_notes_is_passed_over() -> None:
    text = written([FULL], "md").decode() + "\nMine own words.\n"
    assert read(text.replace("# Notes", "# My notes").encode(), "md") == [FULL]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: "", "it does not say that it is an export of notes"),
        (lambda t: t.replace("notes 1:", "notes 2:"), "a newer explorer wrote it (version 2)"),
        (lambda t: t + "\n> more\n> and more\n", "line 30: the quoted words belong to no note"),
        (lambda t: t.rstrip(">\n") + "\nlazy\n", "line 28: it goes on where the note’s text ends"),
        (lambda t: t.replace("\n> Def", "\nDef"), "line 13: no text follows, each line begun"),
        (lambda t: t.replace("\n-->\n", "\n"), "line 13: the comment has no end “-->”"),
        (lambda t: t.replace('id = "', "id = "), "line 13: line 1 of its comment: "),
        (lambda t: t.replace("\nid", "\ntext = ''\nid"), "line 13: its text is in its comment"),
        (lambda t: t.replace("issue:fees", "fees"), "line 13: “fees” is not a reference"),
        (lambda t: t.replace("done = true", "a" + ".a" * 9999 + "=1"), "line 13: "),
    ],
)
def test_what_is_no_markdown_of_notes_is_said_with_its_line(
    change: Callable[[str], str], why: str
) -> None:
    assert said_of(change(written([FULL], "md").decode()), "md").startswith(why)


def test_a_line_added_to_a_quote_is_in_the_note() -> None:
    text = written([FULL], "md").decode() + ">more\n"
    (note,) = read(text.encode(), "md")
    assert note.words.text == f"{FULL.words.text}\nmore"


# Web Annotations


def test_jsonld_is_a_collection_of_annotations() -> None:
    whole = json.loads(written([FULL, note_out("b", is_copy=True)], "jsonld"))
    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (whole["type"], whole["total"]) == ("AnnotationCollection", 2)
    page = whole["first"]
    assert (page["type"], page["partOf"]) == ("AnnotationPage", whole["id"])
    first, second = page["items"]
    assert first == {
        "id": "urn:explorer:harbour-talks:note:issue-fees-04c545b3f28945bb",
        "type": "Annotation",
        "created": "2031-05-01T03:00:00Z",
        "modified": "2031-05-01T03:10:00Z",
        "motivation": ["commenting", "tagging"],
        "body": [
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/markdown",
                "value": "Deferral or delay? #watch\n",
            },
            {"type": "TextualBody", "purpose": "tagging", "value": "watch"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": "urn:explorer:harbour-talks:issue:fees",
            "selector": {
                "type": "TextQuoteSelector",
                "exact": "some kind of a deferral",
                "prefix": "that we will get ",
                "suffix": " on the controls",
            },
        },
        "explorer:record_name": "Tolls and the truce",
        "explorer:date": "2025-10-26",
        "explorer:due": "2026-01-31",
        "explorer:done": True,
    }
    assert second["id"] == f"{first['id']}:copy-1"
    assert second["motivation"] == ["commenting"]
    assert second["explorer:conflict_copy"] is True


def test_words_that_are_only_marked_are_highlighted() -> None:
    note = note_out(words=Words("", anchor=Anchor("words")))
    (item,) = json.loads(written([note], "jsonld"))["first"]["items"]
    assert item["motivation"] == ["highlighting"]


def test_every_annotation_has_an_id_of_its_own() -> None:
    notes = [note_out("a"), *[note_out(text, is_copy=True) for text in "bcc"]]
    items = json.loads(written(notes, "jsonld"))["first"]["items"]
    assert len({item["id"] for item in items}) == 4


def collection(**changes: object) -> str:
    whole = json.loads(written([FULL], "jsonld"))
    (item,) = whole["first"]["items"]
    item.update(changes)
    return json.dumps(whole)


def test_an_annotation_of_another_program_is_a_note_without_an_id() -> None:
    data = collection(
        id="https://example.org/anno/1",
        body={"type": "TextualBody", "value": "mine", "language": "en"},
        creator="somebody",
    )
    (note,) = read(data.encode(), "jsonld")
    assert (note.id, note.words.text, note.ref) == ("", "mine", FEES)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("[]", "it is not an AnnotationCollection"),
        ('{"type": "AnnotationCollection"}', "its first page is not in it"),
        (collection().replace('version": 1', 'version": 2'), "a newer explorer wrote it"),
        (collection(type="Note"), "annotation 1: it is not an Annotation"),
        (collection(target="urn:x"), "annotation 1: its target is not a record of a dataset"),
        (collection(target={"source": "https://x"}), "no source of this dataset has the address"),
        (
            collection(body=None, target={"source": "urn:explorer:x:issue:a"}),
            "annotation 1: it has no text",
        ),
        (
            written([FULL], "jsonld").replace(b'"startIndex"', b'"next": "page-2", "startIndex"'),
            "it has pages that are not in it",
        ),
        (re.sub(rb'"first": .*', b'"first": "page-1"}', written([], "jsonld"), flags=re.DOTALL),
         "its first page is not in it"),
    ],
)  # fmt: skip
def test_what_is_no_jsonld_of_notes_is_said(data: bytes | str, why: str) -> None:
    assert said_of(data, "jsonld").startswith(why)


# Whatever comes in


def assert_read_or_refused_in_words(data: bytes, is_in: str) -> None:
    said = "Nothing was imported from the file: "
    try:
        notes = read(data, is_in)
    except NoteError as error:
        said, notes = str(error), []
    assert said.startswith("Nothing was imported from the file: ")
    assert all(isinstance(note, PortableNote) for note in notes)


@pytest.mark.parametrize("to", NAMES)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_changed_at_random_is_read_or_refused_in_words(to: str, data: st.DataObject) -> None:
    content = bytearray(written([FULL, note_out("a\n> b")], to))
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(content)))
        content[where : where + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
    assert_read_or_refused_in_words(bytes(content), to)


@pytest.mark.parametrize("is_in", NAMES)
@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_in_words(is_in: str, data: bytes) -> None:
    assert_read_or_refused_in_words(data, is_in)


def test_a_file_with_too_many_notes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.transfer.import_file.MOST_NOTES", 2)
    assert len(read(written([FULL] * 2, "csv"), "csv")) == 2
    assert said_of(written([FULL] * 3, "csv"), "csv") == "it has more than 2 notes"


def test_a_file_that_is_too_large_is_refused_unread(
    tmp_path: Path, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = NoteStore(tmp_path, DATASET)
    monkeypatch.setattr("explorer.transfer.importer.LIMIT", 2048)
    path = tmp_path / "notes.json"
    path.write_bytes(b" " * 2049)
    with pytest.raises(NoteError, match="it is larger than 2 KB"):
        import_file(store, view, path)
    with pytest.raises(UsageError, match="there is no such file: "):
        import_file(store, view, tmp_path / "nowhere")


@pytest.mark.parametrize("to", NAMES)
def test_the_format_is_known_by_the_ending_or_else_by_the_content(to: str) -> None:
    data = written([FULL], to)
    assert format_of(f"notes.{to}", data) == to
    assert format_of("notes.txt", b"\xef\xbb\xbf" + data) == to
    assert format_of("NOTES", data) == to


def test_annotations_in_a_file_called_json_are_known_as_such() -> None:
    assert format_of("notes.json", written([FULL], "jsonld")) == "jsonld"
    assert format_of("notes.markdown", b"") == "md"
    assert format_of("notes.json", b"what") == "json"
    text = note_out('"@context"')
    assert format_of("notes.json", written([text], "json")) == "json"


def test_times_are_told_in_utc() -> None:
    late = note_out(created=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert b'"created": "9999-12-31T23:59:59Z"' in written([late], "json")


# The table


def test_no_two_formats_have_one_name_or_are_written_under_one_ending() -> None:
    assert len({known.name for known in FORMATS}) == len(FORMATS)
    first = [known.extensions[0] for known in FORMATS if known.is_written]
    assert len(set(first)) == len(first)
    for known in WRITTEN:
        assert written_as()[known.extensions[0]] == known.name
    assert written_as()[".markdown"] == "md"
    assert set(written_as()) == {ending for known in WRITTEN for ending in known.extensions}


@pytest.mark.parametrize("known", FORMATS)
def test_each_format_has_its_module_and_each_module_its_format(known: NoteFormat) -> None:
    module = known.load()
    assert callable(module.read)
    assert callable(module.recognizes)
    assert hasattr(module, "write") is known.is_written
    modules = {path.stem for path in Path(formats.__file__).parent.glob("[!_]*.py")}
    assert modules == {one.module for one in FORMATS}


def test_help_and_choices_follow_from_the_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for command, known in (("export", WRITTEN), ("import", FORMATS)):
        with pytest.raises(SystemExit):
            cli.main(["notes", command, "--help"])
        assert f"--format {{{','.join(one.name for one in known)}}}" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        cli.main(["notes", "export", "--help"])
    assert formats.listing(WRITTEN) in capsys.readouterr().out


def test_what_is_in_no_known_format_is_refused_with_the_endings_there_are() -> None:
    with pytest.raises(NoteError, match=r"not known; its name should end in one of \.\w+, "):
        parse(b"anything", Path("notes.txt"), pages=no_pages)


def test_a_format_that_is_named_goes_before_the_ending_of_the_file() -> None:
    assert parse(written([FULL], "csv"), Path("notes.json"), "csv", pages=no_pages) == [FULL]
    assert parse(written([FULL], "jsonld"), Path("notes.csv"), "json", pages=no_pages) == [FULL]
