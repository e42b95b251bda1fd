"""A sheet in every format: each page and comparison as text, Markdown, HTML and JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.documents.reading_back import (
    HOSTILE,
    PARSERS,
    outline_of_html,
    shape,
    tags_of,
    with_every_text,
)

from explorer.documents.comparisons import accounts, changes, figures, in_force, positions
from explorer.documents.comparisons.question import Question
from explorer.documents.footnotes import footnotes
from explorer.documents.own_notes import OwnNote, own_notes
from explorer.documents.pages import page
from explorer.documents.render import FORMATS, render
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.notes import Note, Notes
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.view import View

KINDS = (
    *("negotiation", "round", "milestone", "delegation", "delegate", "issue", "point"),
    *("measure", "figure", "quote", "conflict", "source"),
)


def every_sheet(view):
    for kind in KINDS:
        for ref in view.index.refs(kind):
            yield page(view, ref)
    yield positions.sheet(view, Question(since=date(2031, 12, 1)))
    yield accounts.sheet(view)
    yield in_force.sheet(view)
    yield figures.sheet(view)
    yield changes.sheet(view, Question(since=date(2031, 5, 1)))


@pytest.mark.parametrize("to", FORMATS)
def test_every_page_and_comparison_comes_in_every_format(view, to):
    for sheet in every_sheet(view):
        written = render(sheet, to)
        assert written.endswith("\n")
        assert not written.endswith("\n\n")
        assert " ".join(sheet.title.split())[:5] in written


def small_sheet(view):
    """A sheet with one of each kind of block, headings in headings, and lines under lines."""
    sheet = Sheet(view, "All kinds")
    sheet.add("A paragraph", *sheet.marks(["wire-call"]))
    with sheet.section("Outer"):
        sheet.add(Span("“Words”", "words"), kind="words")
        with sheet.section("Inner"):
            sheet.facts(("Place", "Quay"), ("Empty", ""))
            sheet.add("first", kind="item")
            with sheet.beneath():
                sheet.add("under it", *sheet.marks(["broadsheet-2031"]), kind="item")
            sheet.add("second", Span("  beside", "muted"), kind="item")
        with sheet.section("Nothing in it"), sheet.section("Nor in this"):
            pass
        sheet.row_of_cells(
            (
                Cell("North", (Span("yes", "strong"), BREAK, Span("no")), None, ((Span("was"),),)),
                Cell("South", ()),
            ),
            label=(Span("Row", "link"),),
            under=((Span("due"),),),
        )
    sheet.add(Span("danger", "warning"), " ", Span("a command", "code"))
    sheet.list_sources()
    return sheet


def test_text_has_titles_headings_rows_and_what_stands_under_them(view):
    assert render(small_sheet(view), "text").splitlines()[:20] == [
        "All kinds",
        "",
        "A paragraph [1]",
        "",
        "OUTER",
        "“Words”",
        "",
        "INNER",
        "Place: Quay",
        "first",
        "  under it [2] weak source only",
        "second  beside",
        "Row · due",
        "  North: yes",
        "    no",
        "    was",
        "danger a command",
        "",
        "SOURCES",
        "[1]: Tide Wire, “Leaders speak for an hour”, 21 May 2031 http://tide.example/call",
    ]


def test_markdown_has_headings_in_headings_and_lists_in_lists(view):
    written = render(small_sheet(view), "md")

    assert written.split("\n\n---\n\n")[0].splitlines() == [
        "# All kinds",
        "",
        "As of 30 Jun 2032. The record ends on 30 Jun 2032.",
        "",
        "A paragraph[^1]",
        "",
        "## Outer",
        "",
        "> “Words”",
        "",
        "### Inner",
        "",
        "- **Place**: Quay",
        "- first",
        "  - under it[^2] *weak source only*",
        "- second — beside",
        "- **Row**",
        "  - due",
        "  - **North**: **yes**\\",
        "    no",
        "    - was",
        "",
        "*danger* `a command`",
    ]
    assert "(weak source)" in written.splitlines()[-1]


def test_html_has_the_same_as_lists_tables_and_quotations(view):
    written = render(small_sheet(view), "html")
    outline = outline_of_html(written)

    kinds = [tag for tag, _ in outline.tags]
    assert [k for k in kinds if re.fullmatch(r"h\d", k)] == ["h1", "h2", "h3", "h2"]
    assert "<blockquote>“Words”</blockquote>" in written
    assert "<dt>Place</dt>\n<dd>Quay" in written
    assert "<li>first\n<ul>\n<li>under it" in written
    assert '<th scope="row"><strong>Row</strong><p>due</p></th>' in written
    assert "<td><strong>yes</strong><br>no<p>was</p></td>\n<td></td>" in written
    assert "<em>danger</em> <code>a command</code>" in written
    assert "<em>(weak source)</em>" in written
    assert "<p>As of 30 Jun 2032. The record ends on 30 Jun 2032.</p>" in written


def test_json_has_sections_in_sections_and_lines_under_lines(view):
    data = json.loads(render(small_sheet(view), "json"))

    assert (data["title"], data["as_of"]) == ("All kinds", "2032-06-30")
    assert data["lines"] == [{"text": "A paragraph", "sources": ["wire-call"]}]
    (outer,) = data["sections"]
    assert outer["lines"] == [{"text": "“Words”"}]
    (inner,) = outer["sections"]
    assert inner["heading"] == "Inner"
    assert inner["lines"][:3] == [
        {"text": "Place: Quay"},
        {
            "text": "first",
            "under": [{"text": "under it weak source only", "sources": ["broadsheet-2031"]}],
        },
        {"text": "second — beside"},
    ]
    assert inner["lines"][3]["under"] == [
        {"text": "due"},
        {"text": "North: yes\nno", "under": [{"text": "was"}]},
    ]
    assert [f["source"] for f in data["footnotes"]] == ["wire-call", "broadsheet-2031"]
    assert [f.get("weak") for f in data["footnotes"]] == [False, True]


def test_an_opening_comes_under_the_title_in_the_place_of_the_day(view):
    sheet = small_sheet(view)
    sheet.opening = ("As of a day.", "Read it with care.")

    assert render(sheet, "text").startswith("All kinds\n\nAs of a day.\n\nRead it with care.\n\nA ")
    assert "# All kinds\n\nAs of a day.\n\nRead it with care.\n\nA " in render(sheet, "md")
    assert "<p>As of a day.</p>\n<p>Read it with care.</p>\n</header>" in render(sheet, "html")


def test_the_day_is_that_of_the_view(view):
    then = view.at(date(2031, 3, 10))
    sheet = page(then, Ref("issue", "tolls"))

    assert "As of 10 Mar 2031. The record ends on 30 Jun 2032." in render(sheet, "md")
    assert "As of 10 Mar 2031." in render(sheet, "html")
    assert json.loads(render(sheet, "json"))["as_of"] == "2031-03-10"


def test_a_source_that_no_statement_is_marked_with_is_listed_all_the_same(view):
    sheet = Sheet(view, "One")
    sheet.marks(["wire-call"])
    sheet.list_sources()

    markdown, html = render(sheet, "md"), render(sheet, "html")
    assert "\n- Tide Wire, “Leaders speak for an hour”" in markdown
    assert "[^1]" not in markdown
    assert '<li id="source-1">Tide Wire' in html
    assert 'class="back"' not in html


def test_an_address_is_a_link_where_it_may_be_opened_and_text_elsewhere(view):
    for address, is_link in (("https://tidewire.example/call", True), ("javascript:x", False)):
        sheet = Sheet(view, "One")
        sheet.facts(("Address", (Span(address, "address"),)))
        assert (f"- **Address**: <{address}>" in render(sheet, "md")) == is_link
        assert (f'href="{address}"' in render(sheet, "html")) == is_link
        assert address in render(sheet, "text")


def test_the_rest_of_what_a_source_is_stands_in_its_footnote(view):
    sheet = Sheet(view)
    sheet.marks(["southport-notice"], ["broadsheet-2031"])

    paper, broadsheet = footnotes(sheet)
    assert (paper.number, paper.remarks) == (1, ("Southport’s own paper", "in Chinese"))
    assert (broadsheet.weak, broadsheet.remarks) == (True, ("weak source",))


def noted(view):
    when = datetime(2031, 4, 1, 12, tzinfo=UTC)
    note = Note(Ref("issue", "tolls"), "Ask *whose*. #watch", when, when, Path("n.toml"), "0")
    with_note = View(view.index, Notes().with_note(note), view.scope, view.timeline)
    sheet = page(with_note, note.ref)
    sheet.notes = tuple(own_notes(with_note, [note.ref, note.ref]))
    return sheet


def test_the_users_notes_stand_apart_in_every_format(view):
    sheet = noted(view)

    assert [type(note) for note in sheet.notes] == [OwnNote]
    assert render(sheet, "text").endswith("\n\nYOUR NOTE\nAsk *whose*. #watch\n")
    apart = render(sheet, "md").partition("\n---\n\n## My notes — not part of the record\n")[2]
    assert apart.startswith(
        "\n### Issue: Tolls and the truce\n\n"
        "written 1 Apr 2031 · \\#watch\n\n> Ask *whose*. #watch\n\n---\n"
    )
    assert "<aside>\n<h2>My notes — not part of the record</h2>" in render(sheet, "html")
    (note,) = json.loads(render(sheet, "json"))["notes"]
    assert note == {
        "record": "issue:tolls",
        "on": "Issue: Tolls and the truce",
        "days": "written 1 Apr 2031",
        "tags": ["watch"],
        "text": "Ask *whose*. #watch",
    }


# Comparisons


def test_a_row_of_a_table_is_a_list_under_its_label_in_markdown(view):
    written = render(accounts.sheet(view, Question(Ref("issue", "tolls"))), "md")

    assert "- **Truce on tolls**\\\n  5 Mar 2031 · Lantern Isle\\\n" in written
    assert "\n  - **North**: **✓ affirms it**\\\n    “a year without new tolls”\\\n" in written


def test_a_row_of_a_table_has_its_label_and_cells_under_their_heads_in_html(view):
    written = render(accounts.sheet(view, Question(Ref("issue", "tolls"))), "html")

    assert '<th scope="col">North</th>\n<th scope="col">South</th>' in written
    assert '<th scope="row"><strong>Truce on tolls</strong><br>' in written


# Texts that would like to be more than text


def hostile_sheets(view, text):
    hostile = View(Index(with_every_text(view.whole.dataset, text)), Notes())
    for kind in KINDS:
        yield page(hostile, hostile.index.refs(kind)[0])
    yield page(hostile, Ref("quote", "noren-good-day"))
    yield positions.sheet(hostile)
    yield accounts.sheet(hostile)
    yield in_force.sheet(hostile)
    yield figures.sheet(hostile)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_changes_what_a_reader_makes_of_a_page_or_comparison(view, text):
    pairs = zip(hostile_sheets(view, text), hostile_sheets(view, "word"), strict=True)
    for hostile, tame in pairs:
        written = [render(sheet, "md") for sheet in (hostile, tame)]
        for parser in PARSERS:
            assert shape(parser, written[0]) == shape(parser, written[1])
        outlines = [outline_of_html(render(sheet, "html")) for sheet in (hostile, tame)]
        assert tags_of(outlines[0]) == tags_of(outlines[1])


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_that_is_written_makes_a_terminal_act(view, to):
    text = "\x1b[31mred\x1b]8;;https://evil.example\x07 \u202ereversed\u2066 \x9b1m"
    for sheet in hostile_sheets(view, text):
        sheet.title = text
        sheet.notes = tuple(replace(note, text=text) for note in noted(view).notes)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066]", render(sheet, to))
