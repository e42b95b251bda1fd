"""A sheet in every format: each page and comparison as text, Markdown, HTML and JSON."""

from __future__ import annotations

import json
from datetime import date

import pytest

from explorer.documents.comparisons import accounts, changes, in_force, positions, rates
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import page
from explorer.documents.render import FORMATS, render
from explorer.record.model import Ref


def every_sheet(view):
    kinds = ("negotiation", "round", "milestone", "delegation", "delegate", "issue", "point")
    for kind in (*kinds, "measure", "rate", "quote", "conflict", "source"):
        for ref in view.index.refs(kind):
            yield page(view, ref)
    yield positions.sheet(view, Question(since=date(2031, 12, 1)))
    yield accounts.sheet(view)
    yield in_force.sheet(view)
    yield rates.sheet(view)
    yield changes.sheet(view, Question(since=date(2031, 5, 1)))


@pytest.mark.parametrize("to", FORMATS)
def test_every_page_and_comparison_comes_in_every_format(view, to):
    for sheet in every_sheet(view):
        written = render(sheet, to)
        assert written.endswith("\n")
        assert not written.endswith("\n\n")
        assert " ".join(sheet.title.split())[:5] in written


def test_a_row_of_a_table_is_a_list_under_its_label_in_markdown(view):
    written = render(accounts.sheet(view, Question(Ref("issue", "tolls"))), "md")

    assert "- **Truce on tolls**\\\n  5 Mar 2031 · Lantern Isle\\\n" in written
    assert "\n  - **North**: **✓ affirms it**\\\n    “a year without new tolls”\\\n" in written


def test_a_row_of_a_table_has_its_label_and_cells_under_their_heads_in_html(view):
    written = render(accounts.sheet(view, Question(Ref("issue", "tolls"))), "html")

    assert '<th scope="col">North</th>\n<th scope="col">South</th>' in written
    assert '<th scope="row"><strong>Truce on tolls</strong><br>' in written


def test_json_has_sections_of_statements_with_their_sources(view):
    data = json.loads(render(page(view, Ref("issue", "tolls")), "json"))

    assert (data["title"], data["as_of"]) == ("Tolls and the truce", "2032-06-30")
    (held,) = (s["lines"] for s in data["sections"] if s["heading"] == "Positions")
    assert held[0]["text"] == "North: The toll may go in steps. 18 Jan 2032"
    assert held[0]["sources"] == ["northport-transcript"]
    assert "northport-transcript" in {footnote["source"] for footnote in data["footnotes"]}
