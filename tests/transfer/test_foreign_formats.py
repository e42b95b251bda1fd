"""Files that other programs wrote or changed: all that means something is taken, the rest told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.portable_notes import FEES, NAMES, TOLLS, format_of, note_out, read, written

from explorer import cli
from explorer.errors import NoteError
from explorer.notes import Anchor, NoteStore, Words
from explorer.notes.tags import tags_in
from explorer.record.model import Ref
from explorer.transfer.export import export
from explorer.transfer.file_tags import split, with_tags
from explorer.transfer.import_file import ParsedNotes, source_pages
from explorer.transfer.importer import import_notes
from explorer.transfer.spreadsheet_dates import day_in, month_comes_first, time_in

RECORD = "urn:explorer:harbour-talks:issue:tolls"
PAGE = "https://gazette.example/2031/crab"


def jsonld(whole, **options):
    return read(json.dumps(whole).encode(), "jsonld", **options)


def annotation(**more):
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "#1b2c",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "value": "Mine."}],
        "target": {"source": RECORD},
        **more,
    }


# Tags told beside the text


@pytest.mark.parametrize(
    ("text", "told", "becomes"),
    [
        ("Mine.", ["watch", "rare earths"], "Mine.\n\n#watch #rare-earths"),
        ("Mine.\n", ["watch"], "Mine.\n\n#watch\n"),
        ("", ["watch", "#Über"], "#watch #Über"),
        ("A #Watch and #china/trade.", ["watch", "China", "trade"], None),
        ("#watch", ["WATCH"], "#watch"),
        ("#été", ["e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}"], None),
        ("```\n#code", ["watch"], "#watch\n\n```\n#code"),
        ("`#watch`", ["watch"], "`#watch`\n\n#watch"),
    ],
)
def test_a_note_gets_the_tags_it_lacks(text, told, becomes):
    made, refused = with_tags(text, told)
    if becomes is None:
        becomes = text if "#été" in text else f"{text}\n\n#trade"
    assert (made, refused) == (becomes, [])
    assert with_tags(made, told) == (made, []), "twice is once"


def test_what_can_be_no_tag_is_told():
    assert with_tags("x", ["2031", "a", "C++", "?"]) == ("x\n\n#a", ["2031", "C++", "?"])


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("watch rare-earths", ["watch", "rare-earths"]),
        ("watch, rare earths", ["watch", "rare earths"]),
        ("watch; rare earths;", ["watch", "rare earths"]),
        ("#watch|due", ["#watch", "due"]),
        (" ", []),
    ],
)
def test_tags_in_one_cell_are_taken_apart(cell, tags):
    assert split(cell) == tags


# Web Annotations


def test_all_bodies_are_taken_texts_below_one_another_and_tags_as_tags():
    whole = annotation(
        body=[
            {"type": "TextualBody", "purpose": "commenting", "value": "First #watch."},
            {"type": "TextualBody", "purpose": "replying", "value": "Second."},
            {"type": "TextualBody", "purpose": "tagging", "value": "Watch"},
            {"type": "TextualBody", "purpose": ["classifying"], "value": "rare earths"},
            {
                "type": "TextualBody",
                "format": "text/html",
                "value": "<p>A &amp; <b>b</b></p><p>c</p>",
            },
        ]
    )
    found = jsonld(whole)
    (note,) = found
    assert note.words.text == "First #watch.\n\nSecond.\n\nA & b\n\nc\n\n#rare-earths"
    assert found.left_out == {"the purpose “replying”": 1}


def test_a_recogito_annotation_is_taken_with_its_words_and_the_rest_is_told():
    whole = [
        annotation(
            body=[
                {
                    "type": "TextualBody",
                    "value": "Why?",
                    "purpose": "commenting",
                    "created": "2031-05-01T03:00:00.123Z",
                    "creator": {"id": "ann"},
                }
            ],
            target={
                "source": RECORD,
                "selector": [
                    {"type": "TextQuoteSelector", "exact": "each port takes"},
                    {"type": "TextPositionSelector", "start": 5, "end": 20},
                ],
            },
            creator={"id": "ann"},
            motivation="questioning",
            created="2031-05-01T03:00:00.123Z",
        ),
        annotation(id="#2", creator="ann"),
    ]
    found = jsonld(whole)
    first, second = found
    assert first.words == Words("Why?", anchor=Anchor("each port takes"))
    assert first.created == datetime(2031, 5, 1, 3, tzinfo=UTC)
    assert (first.ref, first.id, second.words.text) == (TOLLS, "", "Mine.")
    assert found.left_out == {
        "“creator”": 2,
        "the motivation “questioning”": 1,
        "“created” of a body": 1,
        "“creator” of a body": 1,
        "the TextPositionSelector": 1,
    }


@pytest.mark.parametrize(
    "whole",
    [
        annotation(),
        [annotation()],
        {"type": "AnnotationPage", "items": [annotation()]},
        {"type": ["AnnotationCollection"], "first": {"items": [annotation()]}},
        {"type": "AnnotationCollection", "items": [annotation()]},
        annotation(body={"value": "Mine."}),
        annotation(body=None, bodyValue="Mine."),
        annotation(body={"type": "Choice", "items": [{"value": "Mine."}]}),
        annotation(target=[{"id": RECORD}]),
        annotation(target=RECORD),
    ],
)
def test_annotations_are_found_however_they_are_listed(whole):
    found = jsonld(whole)
    (note,) = found
    assert (note.ref, note.words.text) == (TOLLS, "Mine.")
    assert found.left_out == {}
    assert read(json.dumps(whole).encode(), "json") == found


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"rights": "CC0"}, "“rights”"),
        ({"body": ["https://x.org/1", {"value": "Mine."}]}, "a body that is not in the file"),
        ({"body": {"value": "Mine.", "language": "fr"}}, "“language” of a body"),
        ({"body": {"value": "Mine.", "format": "text/x"}}, "the format “text/x”"),
        ({"target": {"source": RECORD, "state": {"a": 1}}}, "“state” of the target"),
        ({"target": {"source": RECORD, "selector": {"type": "X"}}}, "the X"),
        ({"target": {"source": RECORD, "selector": "urn:x"}}, "a selector that is not in the file"),
        ({"body": {"type": "Choice", "items": [{"value": "Mine."}, {"value": "Not."}]}},
         "another choice of a body"),
    ],
)  # fmt: skip
def test_what_a_note_has_no_place_for_is_told(more, told):
    found = jsonld(annotation(**more))
    assert found.left_out == {told: 1}
    assert found[0].words.text == "Mine."


def test_a_selector_or_a_body_nested_without_end_is_refused_in_words():
    whole = json.dumps(annotation(target={"source": RECORD, "selector": "X"}, body="Y"))
    for mark, opens, closes in (
        ('"X"', '{"refinedBy":', "}"),
        ('"Y"', '{"type":"List","items":[', "]}"),
    ):
        deep = whole.replace(mark, f"{opens * 3000}null{closes * 3000}")
        with pytest.raises(NoteError, match="it is nested too deeply"):
            read(deep.encode(), "jsonld")


_WORD = st.sampled_from(
    [*("x", "", " ", "tagging", "Annotation", "TextQuoteSelector", "text/html", "Choice", RECORD)]
)
_KEYS = st.sampled_from(
    "type value purpose format items source id selector exact refinedBy created body target "
    "motivation tags text uri".split()
)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | _WORD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(st.dictionaries(_KEYS, _ANYTHING, max_size=5))
def test_whatever_an_annotation_says_it_is_read_or_refused_in_words(more):
    for whole in (annotation(**more), [annotation(**more)], {"rows": [hypothesis_row(**more)]}):
        said = ""
        try:
            found = read(json.dumps(whole).encode(), "json", pages=pages)
        except NoteError as error:
            said, found = str(error), ParsedNotes()
        assert said == "" or said.startswith("Nothing was imported from the file: ")
        assert all(count > 0 for count in found.left_out.values())


def test_words_are_taken_from_a_selector_within_another():
    inner = {"type": "TextQuoteSelector", "exact": "each port", "prefix": "What "}
    outer = {"type": "FragmentSelector", "value": "p1", "refinedBy": inner}
    (note,) = jsonld(annotation(target={"source": RECORD, "selector": outer}))
    assert note.words.anchor == Anchor("each port", "What ")


def test_what_is_only_highlighted_is_a_note_without_words_of_its_own():
    selector = {"type": "TextQuoteSelector", "exact": "each port"}
    (note,) = jsonld(annotation(body=[], target={"source": RECORD, "selector": selector}))
    assert note.words == Words("", anchor=Anchor("each port"))


def test_an_annotation_of_two_records_is_a_note_on_each():
    found = jsonld(annotation(target=[RECORD, RECORD.replace("tolls", "fees")]))
    assert [note.ref for note in found] == [TOLLS, FEES]


# Hypothesis


def hypothesis_row(**more):
    return {
        "id": "kZ1",
        "created": "2031-05-01T03:00:00.123456+00:00",
        "updated": "2031-05-02T03:00:00.123456+00:00",
        "user": "acct:ann@hypothes.is",
        "group": "__world__",
        "uri": f"{PAGE}/",
        "text": "Why *this*?",
        "tags": ["rare earths", "watch"],
        "permissions": {"read": ["group:__world__"]},
        "links": {"html": "https://hypothes.is/a/kZ1"},
        "target": [
            {
                "source": PAGE,
                "selector": [
                    {"type": "RangeSelector", "startOffset": 1},
                    {"type": "TextPositionSelector", "start": 1},
                    {"type": "TextQuoteSelector", "exact": "crab", "prefix": "the ", "suffix": "."},
                ],
            }
        ],
        **more,
    }


def pages(address):
    return Ref("source", "crab") if address.rstrip("/") == PAGE else None


@pytest.mark.parametrize("listing", ["rows", "annotations"])
def test_annotations_of_hypothesis_on_a_source_are_notes_on_it(listing):
    whole = {"total": 3, listing: [hypothesis_row(), *[hypothesis_row(uri="https://x.org")] * 2]}
    data = json.dumps(whole).encode()
    found = read(data, "json", pages=pages)
    (note,) = found
    assert note.ref == Ref("source", "crab")
    assert note.words == Words(
        "Why *this*?\n\n#rare-earths #watch", anchor=Anchor("crab", "the ", ".")
    )
    assert note.changed == datetime(2031, 5, 2, 3, tzinfo=UTC)
    assert found.left_out == {
        "an annotation of a page that is no source here": 2,
        "“user”": 1,
        "“group”": 1,
        "the RangeSelector": 1,
        "the TextPositionSelector": 1,
    }
    with pytest.raises(NoteError, match="no source of this dataset has the address"):
        read(data, "json")


def test_the_page_of_a_source_is_known_however_it_is_addressed(index):
    source = next(source for source in index.dataset.sources if source.address)
    find = source_pages(index)
    bare = source.address.partition("://")[2].rstrip("/")
    for address in (source.address, f"http://www.{bare}/", f"https://{bare}#part"):
        assert find(address) == source.ref
    for address in ("", "https://nowhere.example/x", "urn:x", "http://[", f"file://{bare}"):
        assert find(address) is None


def test_a_web_annotation_of_a_page_is_a_note_on_its_source():
    found = jsonld([annotation(target=PAGE), annotation(target="https://x.org")], pages=pages)
    assert [note.ref for note in found] == [Ref("source", "crab")]
    assert found.left_out == {"an annotation of a page that is no source here": 1}


def test_of_several_targets_those_that_are_no_source_here_are_told_and_left_out():
    elsewhere = (
        "https://x.org",
        "urn:x-pdf:1234",
        "file:///home/ann/a.pdf",
        "doi:10.1/x",
        "a.html",
    )
    found = jsonld(
        [annotation(target=[PAGE, "https://x.org"]), *(annotation(target=t) for t in elsewhere)],
        pages=pages,
    )
    assert [note.ref for note in found] == [Ref("source", "crab")]
    assert found.left_out == {"an annotation of a page that is no source here": 6}


def test_what_is_wrong_is_told_by_its_number_in_the_file_whatever_was_left_out():
    with pytest.raises(NoteError, match="annotation 3: it has no text"):
        jsonld([annotation(target="https://x.org"), annotation(), annotation(body=None)])
    with pytest.raises(NoteError, match="annotation 2: its target is not a record"):
        jsonld([annotation(target="https://x.org"), annotation(target="urn:explorer:a")])


def test_annotations_of_pages_of_which_none_is_a_source_are_refused():
    with pytest.raises(NoteError, match="no source of this dataset has the address"):
        jsonld([annotation(target="https://x.org")] * 2, pages=pages)


def test_a_list_of_hypothesis_is_taken_without_what_is_around_it():
    rows = [hypothesis_row(), hypothesis_row(uri="https://x.org")]
    bare, whole = (
        read(json.dumps(listed).encode(), "json", pages=pages) for listed in (rows, {"rows": rows})
    )
    assert len(bare) == 1
    assert (list(bare), bare.left_out) == (list(whole), whole.left_out)
    assert format_of("saved", json.dumps(rows).encode()) == "hypothesis"


@pytest.mark.parametrize(
    "more",
    ["utm_source=feed", "utm_source=x&utm_medium=rss", "fbclid=1", "UTM_Campaign=a", "gclid=2&"],
)
def test_what_links_add_to_know_their_readers_is_no_part_of_an_address(index, more):
    source = next(s for s in index.dataset.sources if s.address and "?" not in s.address)
    find = source_pages(index)
    assert find(f"{source.address}?{more}") == source.ref
    assert find(f"{source.address}?{more}#part") == source.ref
    assert find(f"{source.address}?page=2&{more}") is None
    assert find(f"{source.address}?outmost=1") is None


# Spreadsheets


def csv_of(text, encoding="utf-8"):
    return read(text.encode(encoding), "csv")


PLAIN = "record,text,date,done\nissue:fees,a,2025-10-26,true\nissue:tolls,b,,\n"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        f"sep=;\r\n{PLAIN.replace(',', ';')}",
        "\N{BYTE ORDER MARK}" + PLAIN,
        PLAIN.replace("\n", ",,,\n"),
        PLAIN + ",,,\n ,,,\n",
        PLAIN.replace("record,text,date,done", '"Record","TEXT"," Date ",Done'),
        "done,text,record,date\nTRUE,a,issue:fees,2025-10-26\nFALSE,b,issue:tolls,\n",
        "done,text,record,date\nWAHR,a,issue:fees,26.10.2025\nFALSCH,b,issue:tolls,\n",
        PLAIN.replace("2025-10-26", "26/10/2025"),
        PLAIN.replace("2025-10-26", "10/26/2025 00:00"),
        PLAIN.replace("2025-10-26", "26-Oct-25"),
        PLAIN.replace("2025-10-26", "2025/10/26"),
    ],
)
def test_a_csv_that_a_spreadsheet_changed_says_the_same(text):
    for encoding in ("utf-8", "utf-16"):
        found = csv_of(text, encoding)
        assert [(note.ref, note.words) for note in found] == [
            (FEES, Words("a", date=date(2025, 10, 26), done=True)),
            (TOLLS, Words("b")),
        ]
        assert found.left_out == {}


def test_columns_that_notes_have_no_place_for_are_told_with_how_many_rows_use_them():
    found = csv_of("record,Colour,text,\nissue:fees,red,a,x\nissue:tolls,,b,\nissue:tolls,,c,y\n")
    assert [note.words.text for note in found] == ["a", "b", "c"]
    assert found.left_out == {"the column “colour”": 1, "column 4, which has no name": 2}


def test_tags_in_a_column_become_tags():
    found = csv_of('record,text,tags\nissue:fees,a #due,"due, rare earths, 3"\nissue:tolls,b,x y\n')
    assert [note.words.text for note in found] == ["a #due\n\n#rare-earths", "b\n\n#x #y"]
    assert found.left_out == {"the tag “3”, which cannot be one here": 1}


def test_a_day_that_could_be_two_is_read_as_the_file_writes_others_or_refused():
    head = "record,text,date\nissue:fees,a,03/04/2026\n"
    assert csv_of(f"{head}issue:fees,b,26/10/2025\n")[0].words.date == date(2026, 4, 3)
    assert csv_of(f"{head}issue:fees,b,10/26/2025\n")[0].words.date == date(2026, 3, 4)
    with pytest.raises(NoteError, match="row 2: “date” “03/04/2026” could be two"):
        csv_of(head)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2025-10-26", "2025-10-26"),
        ("0099-01-02", "0099-01-02"),
        ("26. 10. 2025", "2025-10-26"),
        ("26.10.25", "2025-10-26"),
        ("5/5/2026", "2026-05-05"),
        ("26 October 2025", "2025-10-26"),
        ("Oct 26, 2025", "2025-10-26"),
        ("2025-10-26 00:00:00", "2025-10-26"),
        ("31/02/2025", "31/02/2025"),
        ("26 Foo 2025", "26 Foo 2025"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_days_are_read_as_people_write_them(told, day):
    assert day_in(told, month_first=None) == day


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("2026-11-22T03:00:00Z", "2026-11-22T03:00:00Z"),
        ("22/11/2026 03:00", "2026-11-22T03:00:00"),
        ("11/22/2026 3:05 PM", "2026-11-22T15:05:00"),
        ("22.11.2026, 12:00:09 AM", "2026-11-22T00:00:09"),
        ("soon", "soon"),
    ],
)
def test_times_are_read_as_spreadsheets_write_them(told, time):
    assert time_in(told, month_first=month_comes_first([told])) == time


# Editors of Markdown


def markdown(*notes):
    return written(notes, "md", title="Talks").decode()


@pytest.mark.parametrize(
    "tags", ["tags: [x, y]", 'tags: "x", y', "tags:\n  - x\n  - y", "tags:\n- '#x'\n- y"]
)
def test_front_matter_of_a_file_with_one_note_gives_it_its_tags(tags):
    text = f"---\naliases: Mine\n{tags}\n---\n\n{markdown(note_out('a'))}"
    found = read(text.encode(), "md")
    assert [note.words.text for note in found] == ["a\n\n#x #y"]
    assert found.left_out == {"“aliases” of the file": 1}
    assert format_of("n.md", text.encode()) == "md"


def test_front_matter_of_several_notes_is_told():
    text = f"---\ntags: [x]\n---\n{markdown(note_out('a'), note_out('b', ref=TOLLS))}"
    found = read(text.encode(), "md")
    assert [note.words.text for note in found] == ["a", "b"]
    assert found.left_out == {"“tags” of the file": 1}


def test_lines_beside_the_notes_are_told_and_ours_are_not():
    text = markdown(note_out(words=Words("a", anchor=Anchor("w"))), note_out("b", ref=TOLLS))
    assert read(text.encode(), "md").left_out == {}
    found = read(f"{text}\n\nMy thoughts.\n\n- And more.\n".encode(), "md")
    assert found.left_out == {"a line beside the notes": 2}


def test_what_the_comment_of_a_note_has_beside_what_is_known_is_told():
    text = markdown(note_out("a")).replace("<!-- note\n", '<!-- note\nmood = "x"\ntags = ["z"]\n')
    found = read(text.encode(), "md")
    assert found[0].words.text == "a\n\n#z"
    assert found.left_out == {"“mood”": 1}


# JSON of our own


def test_what_is_not_known_in_json_is_told_and_the_note_is_taken():
    note = {"record": "issue:fees", "text": "a", "mood": 1, "anchor": {"exact": "x", "start": 1}}
    whole = {"format": "explorer-notes", "version": 1, "dataset": "d", "by": "ann"}
    found = read(json.dumps(whole | {"notes": [note, note | {"tags": ["b"]}]}).encode(), "json")
    assert [n.words.text for n in found] == ["a", "a\n\n#b"]
    assert found.left_out == {"“mood”": 2, "“anchor.start”": 2, "“by” of the file": 1}


# In the store, and what a person is told


def test_the_same_file_twice_changes_nothing(tmp_path):
    store = NoteStore(tmp_path, "harbour-talks")
    whole = [annotation(body=[{"value": "Mine."}, {"value": "x y", "purpose": "tagging"}])]
    for told in ("1 added.", "1 already there."):
        outcome = import_notes(store, store.load(), jsonld(whole))
        assert outcome.summary == told
    (note,) = store.load().all()
    assert tags_in(note.text) == ("x-y",)


def test_every_field_of_a_note_goes_out_and_comes_in_with_its_tags(view, tmp_path):
    store = NoteStore(tmp_path / "a", "harbour-talks")
    words = Words("#China/Trade \\#no `#no` #Über", date(2031, 1, 1), date(2031, 2, 1), True)
    store.save(
        TOLLS, replace(words, anchor=Anchor("each port", "What ", " takes")), name="", note=None
    )
    for to in NAMES:
        other = NoteStore(tmp_path / to, "harbour-talks")
        found = read(export(replace(view, notes=store.load()), to), to)
        assert found.left_out == {}
        import_notes(other, other.load(), found)
        (was,), (now,) = store.load().all(), other.load().all()
        assert (now.words, now.created, now.changed, now.id) == (
            was.words,
            was.created,
            was.changed,
            was.id,
        )


def test_the_command_says_what_it_did_not_take(harbour, tmp_path, capsys):
    file = tmp_path / "n.csv"
    file.write_text("record,text,mood\nissue:tolls,a,good\nissue:tolls,b,bad\n")
    options = ["--dataset", str(harbour), "--notes", str(tmp_path / "notes")]
    assert cli.main(["notes", "import", str(file), *options]) == 0
    out, err = capsys.readouterr()
    assert out == "2 added.\n"
    assert err == "Left out, as notes have no field for it: the column “mood” (2).\n"
    assert cli.main(["notes", "import", str(file), "--json", *options]) == 0
    assert json.loads(capsys.readouterr().out)["not_taken"] == {"the column “mood”": 2}
