"""The sources in BibLaTeX, RIS and CSL-JSON: read by pandoc, and had back by our own reader."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date

import bibtexparser
import pypandoc
import pytest
from tests.exports.asking import of_records, scoped, text_of
from tests.programs import program

from explorer.adding import bibliography
from explorer.exports import bib_file, bibtex_file, csl_file, ris_file
from explorer.record.model import Archive

READERS = {"bib": "biblatex", "bibtex": "bibtex", "ris": "ris", "csl": "csljson"}
TEX = r"50% of A&B_C #1 $x^2$ ~ {half \textbf{bold}} \input{/etc/passwd} “quoted”, 中国"
MODULES = {"bib": bib_file, "bibtex": bibtex_file, "ris": ris_file, "csl": csl_file}


def by_pandoc(text, name):
    """What pandoc reads in it, by the ids of the items."""
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), f"--from={READERS[name]}", "--to=csljson"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return {item["id"]: item for item in json.loads(done.stdout)}


def entries(text, name):
    """Each entry by itself, as a person pastes it."""
    match name:
        case "csl":
            return [json.dumps(item) for item in json.loads(text)]
        case "ris":
            return re.findall(r"^TY  -.*?^ER  -", text, re.DOTALL | re.MULTILINE)
    return [f"@{entry}" for entry in re.split(r"^@", text, flags=re.MULTILINE)[1:]]


def title_of(source):
    return f"[{source.title}]" if source.described else source.title


def bare(text):
    """Text less what pandoc sets in another way: dashes, quotation marks and blanks."""
    return "".join(c for c in text if c.isalnum() and c != "ˆ")


@pytest.mark.parametrize("name", READERS)
def test_pandoc_reads_every_shipped_source_with_title_address_and_year(shipped_view, name):
    found = by_pandoc(text_of(shipped_view, name), name)

    sources = shipped_view.index.dataset.sources
    assert set(found) == {source.id for source in sources}
    for source in sources:
        item = found[source.id]
        said = item.get("title") or f"[{item['genre']}]"
        assert bare(said) == bare(title_of(source))
        assert item.get("URL", "") == source.address
        if source.published:
            year = int(str(source.published)[:4])
            assert item["issued"]["date-parts"][0][0] == year


@pytest.mark.parametrize("name", READERS)
def test_our_own_reader_has_every_shipped_source_back(shipped_view, name):
    read = entries(text_of(shipped_view, name), name)

    sources = shipped_view.index.dataset.sources
    assert len(read) == len(sources)
    for source, entry in list(zip(sources, read, strict=True))[::5]:
        fields = bibliography.read(entry)
        assert bare(fields["title"]) == bare(source.title)
        assert (fields.get("described") == "yes") == source.described
        assert fields["publisher"] == source.publisher
        assert fields.get("address", "") == source.address
        known = str(source.published or "")
        # BibTeX has months and no days.
        assert fields.get("published", "") == (known[:7] if name == "bibtex" else known)
        assert fields["language"] == source.language
        if source.type in ("press", "wire") and name != "bibtex":  # which has articles alone
            assert fields["type"] == "press"


@pytest.fixture
def hostile(view):
    source = replace(
        view.index.dataset.sources[0],
        title=TEX,
        publisher=TEX,
        author="Müller & Söhne, GmbH",
        described=False,
        address="https://example.org/a%20b_c~d?x={1}&y=#z",
        published=date(2031, 2, 3),
        archived=Archive(address="https://archive.example/a_b%20{c}", on=date(2031, 2, 4)),
        remark="}\n@article{forged, title={No}}\nER  -\nTY  - JOUR",
    )
    return of_records(view, sources=(source, *view.index.dataset.sources[1:]))


@pytest.mark.parametrize("name", READERS)
def test_text_that_means_something_to_the_format_stays_text(hostile, name):
    text = text_of(hostile, name)
    found = by_pandoc(text, name)
    source = hostile.index.dataset.sources[0]
    item = found[source.id]

    assert len(found) == len(hostile.index.dataset.sources)
    assert bare(item["title"]) == bare(TEX)
    assert "{half \\textbf{bold}}" in item["title"]
    assert "/etc/passwd" in item["title"]
    assert item["URL"].replace("%7B", "{").replace("%7D", "}") == source.address
    names = item["author"][0]
    assert bare(names.get("literal") or names["family"] + names.get("given", "")) == bare(
        source.author
    )


def test_what_is_spelled_out_for_tex_is_had_back_by_our_own_reader(hostile):
    fields = bibliography.read(entries(text_of(hostile, "bib"), "bib")[0])

    assert bare(fields["title"]) == bare(TEX)
    assert bare(fields["publisher"]) == bare(TEX)


@pytest.mark.parametrize("title", ["} a {", "{ a", "a } b", "{{{}"])
def test_braces_without_their_like_do_not_end_an_entry_of_bibtex(view, title):
    source = replace(view.index.dataset.sources[0], title=title, described=False)
    changed = of_records(view, sources=(source, *view.index.dataset.sources[1:]))

    found = by_pandoc(text_of(changed, "bib"), "bib")
    assert set(found) == {s.id for s in changed.index.dataset.sources}
    assert found[source.id]["title"] == title.replace("{", "(").replace("}", ")")


def test_bibtex_itself_finds_nothing_wrong_but_that_papers_name_nobody(shipped_view, tmp_path):
    bibtex = program("bibtex")
    (tmp_path / "talks.bib").write_text(text_of(shipped_view, "bibtex"), "utf-8")
    head = "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{talks}\n"
    (tmp_path / "paper.aux").write_text(head, "utf-8")

    done = subprocess.run(
        [bibtex, "paper"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if "I couldn't open style file" in done.stdout:
        pytest.skip("the styles of BibTeX are not installed here")
    assert done.returncode == 0, done.stdout
    warnings = re.findall(r"^Warning--(.*) in .*$", done.stdout, re.MULTILINE)
    assert set(warnings) <= {"empty author", "empty year"}
    listed = (tmp_path / "paper.bbl").read_text("utf-8")
    assert listed.count("\\bibitem") == len(shipped_view.index.dataset.sources)
    assert "October 2025" in listed


def test_the_name_of_the_negotiation_begins_no_entry_of_bibtex(view):
    named = replace(view.index.dataset.negotiation, name="@online{forged, title={Talks @ sea}}")
    text = text_of(of_records(view, negotiation=named), "bib")

    read = bibtexparser.parse_string(text)
    assert not read.failed_blocks
    assert {entry.key for entry in read.entries} == {s.id for s in view.index.dataset.sources}


def test_an_entry_of_ris_ends_with_the_blank_that_belongs_to_its_end(view):
    text = text_of(view, "ris")

    assert text.count("\nER  - \n") == len(view.index.dataset.sources)


@pytest.mark.parametrize("name", READERS)
def test_a_scope_has_the_sources_of_what_belongs_with_it(view, name):
    narrow = scoped(view, "quote:noren-good-day")
    text = text_of(narrow, name)

    (quote,) = (q for q in view.index.dataset.quotes if q.id == "noren-good-day")
    found = by_pandoc(text, name)
    assert set(quote.source_ids) <= set(found)
    assert len(found) < len(view.index.dataset.sources)


@pytest.mark.parametrize("name", READERS)
def test_a_later_page_is_named_by_nothing_but_its_id(view, name):
    then = view.at(date(2031, 2, 19))
    withheld = [s for s in then.index.dataset.sources if "withheld" in s.title]
    text = text_of(then, name)

    assert withheld
    for source in withheld:
        whole = view.index.source(source.id)
        assert whole.title not in text
        assert not whole.address or whole.address not in text


@pytest.mark.parametrize("name", READERS)
def test_it_is_known_again_by_how_it_begins(view, name):
    text = text_of(view, name)
    of_others = {
        "bib": "@online{a, title={b}}",
        "bibtex": "@misc{a, title={b}}",
        "ris": "TY  - ELEC\nTI  - b\nER  - \n",
        "csl": '[{"id": "a", "type": "webpage"}]',
    }

    assert MODULES[name].is_ours(text.encode()[:4096])
    assert not MODULES[name].is_ours(of_others[name].encode())


def test_no_sources_are_an_empty_file_that_can_be_read(view):
    none = of_records(view, sources=())

    assert json.loads("".join(text_of(none, "csl"))) == []
    assert by_pandoc(text_of(none, "bib"), "bib") == {}
