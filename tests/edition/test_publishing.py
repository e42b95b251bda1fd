"""The edition as files: what is in it, what leads where, and what becomes of the one before."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from tests.builders import ferry_talks, source
from tests.documents.reading_back import HOSTILE, with_every_text
from tests.edition.conftest import READ_ON

from explorer import edition
from explorer.documents.comparisons import COMPARISONS
from explorer.edition import Edition, Wishes, addresses
from explorer.edition.published_folder import MANIFEST, PublishedFolder
from explorer.errors import TakenError, UsageError
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.storage import processes
from explorer.text.urls import why_not
from explorer.view import View

VOID = {"meta", "link", "br", "input"}


class Read(HTMLParser):
    """The tags of a page, closed one by one, and what leads from it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    @property
    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]

    @property
    def loads(self) -> list[str]:
        """What a browser fetches with it."""
        loaded = [a[n] for t, a in self.tags for n in ("src", "data", "poster") if n in a]
        return loaded + [a["href"] for t, a in self.tags if t == "link" and a["rel"] != "canonical"]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.tags if "id" in attrs]


def pages_of(folder: Path) -> Iterator[tuple[Path, Read]]:
    for path in sorted(folder.rglob("*.html")):
        yield path, Read(path.read_text("utf-8"))


def files_of(view: View, **wishes) -> dict[str, str]:
    return dict(Edition(view, Wishes(**wishes)).files())


def in_bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


# What is in it


def test_every_record_and_every_view_has_a_page(harbour_edition, harbour_view):
    for ref in harbour_view.index.everything():
        assert (harbour_edition / addresses.of_record(ref)).is_file(), ref
    for comparison in COMPARISONS:
        if not comparison.is_its_own:
            name = comparison.name.replace("_", "-")
            assert (harbour_edition / f"{name}.html").is_file()
    for name in ("index", "by-round", "texts", "search", "days", "all/index"):
        assert (harbour_edition / f"{name}.html").is_file()


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(harbour_edition):
    ids: dict[Path, set[str]] = {}
    links: list[tuple[Path, Path, str]] = []
    for path, page in pages_of(harbour_edition):
        assert len(page.ids) == len(set(page.ids)), path
        ids[path] = set(page.ids)
        for leads in (*page.links, *page.loads):
            if re.match("[a-z]+:", leads):
                assert why_not(leads) is None
                assert leads not in page.loads
                continue
            file, _, fragment = leads.partition("#")
            there = (path.parent / unquote(file)).resolve() if file else path
            assert there.is_file(), (path, leads)
            assert there.is_relative_to(harbour_edition.resolve())
            links.append((path, there, fragment))
    for path, there, fragment in links:
        assert not fragment or fragment in ids[there], (path, there, fragment)


def test_every_page_says_what_it_is_and_allows_nothing_from_elsewhere(harbour_edition):
    for path, page in pages_of(harbour_edition):
        name = path.relative_to(harbour_edition)
        heads = [attrs for tag, attrs in page.tags if tag == "meta"]
        policy = next(
            a["content"] for a in heads if a.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert ("script-src" in policy) == (str(name) == "search.html")
        assert next(a["content"] for a in heads if a.get("name") == "description")
        assert dict(page.tags)["html"] == {"lang": "en"}
        headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
        assert not [a for _, a in page.tags if "style" in a or any(n.startswith("on") for n in a)]


def test_every_statement_of_a_page_leads_to_its_sources_and_their_addresses(harbour_edition):
    page = Read((harbour_edition / "issue" / "tolls.html").read_text("utf-8"))

    marks = [leads for leads in page.links if leads.startswith("#source-")]
    assert len(marks) > 5
    assert any(leads.startswith("https://") for leads in page.links)


def test_what_is_not_english_says_so(harbour_edition):
    spoken = {
        attrs["lang"]
        for _, page in pages_of(harbour_edition)
        for tag, attrs in page.tags
        if tag == "span" and "lang" in attrs
    }

    assert spoken


def test_a_figure_is_drawn_with_all_its_lines(harbour_edition):
    page = (harbour_edition / "figures.html").read_text("utf-8")

    assert 'role="img"' in page
    assert 'class="line side-1' in page


# Addresses


def test_addresses_stay_when_a_dataset_grows():
    one = source("gazette", READ_ON, title="The ferry")
    before = ferry_talks(READ_ON, READ_ON, sources=(one,))
    grown = ferry_talks(READ_ON, READ_ON, sources=(source("almanac", READ_ON), one))

    assert set(files_of(before)) < set(files_of(grown))


@pytest.mark.parametrize("slug", ["con", "com7", "nul", "x" * 400, "x" * 401, "a-b"])
def test_every_id_makes_a_name_that_every_disk_takes(slug):
    name = Path(addresses.of_record(Ref("quote", slug))).name

    assert len(name) < 200
    assert re.fullmatch("[a-z0-9_-]+[.]html", name)
    assert name.removesuffix(".html") not in ("con", "com7", "nul")


def test_two_ids_never_share_an_address():
    slugs = ["con", "x" * 400, "x" * 401, "a", "a-b"]

    assert len({addresses.of_record(Ref("quote", slug)) for slug in slugs}) == len(slugs)


def test_the_address_of_a_renamed_record_leads_to_where_it_is_now():
    renamed = replace(source("gazette", READ_ON, title="The ferry"), formerly=("paper",))
    files = files_of(ferry_talks(READ_ON, READ_ON, sources=(renamed,)))

    assert '<a href="../source/gazette.html">' in files["source/paper.html"]


# Days


def test_the_pages_of_a_day_lead_to_others_of_that_day_or_out_by_name(
    harbour_edition, harbour_view
):
    days = sorted((harbour_edition / "on").iterdir())
    assert len(days) > 2
    for day in days:
        for path, page in pages_of(day):
            out = set()
            for leads in page.links:
                there = (path.parent / leads.partition("#")[0]).resolve()
                if not leads.startswith(("http", "#")) and not there.is_relative_to(day.resolve()):
                    out.add(str(there.relative_to(harbour_edition.resolve())))
            latest = re.sub(r"[.]\d+(?=[.]html$)", "", str(path.relative_to(day)))
            assert {name for name in out if not name.startswith("on/")} == {latest, "days.html"}
            assert all(name.split("/")[1] <= day.name for name in out if name.startswith("on/"))


def test_from_a_page_of_a_day_one_gets_to_the_same_page_of_the_latest(harbour_edition):
    day = max((harbour_edition / "on").iterdir())
    page = (day / "issue" / "tolls.html").read_text("utf-8")

    assert '<a href="../../../issue/tolls.html">To the latest day</a>' in page


def test_an_edition_as_of_a_day_has_only_the_days_before(harbour_view):
    day = sorted(r.closes for r in harbour_view.index.dataset.rounds)[1]
    files = files_of(harbour_view.at(day))

    named = {path.split("/")[1] for path in files if path.startswith("on/")}
    assert named
    assert max(named) <= day.isoformat()


def test_days_can_be_left_out(harbour_view):
    assert not [path for path in files_of(harbour_view, with_days=False) if path.startswith("on/")]


# What stands around a page


def test_the_front_page_is_headed_by_what_the_talks_are_called(harbour_edition, harbour_view):
    page = (harbour_edition / "index.html").read_text("utf-8")
    negotiation = harbour_view.index.dataset.negotiation

    assert f"<h1>{negotiation.name}</h1>" in page
    assert negotiation.summary[:40] in page


def test_each_page_says_how_to_cite_it(harbour_edition, harbour_view):
    page = (harbour_edition / "issue" / "tolls.html").read_text("utf-8")
    cited = "".join(Read(page[page.index('<p class="cite">') : page.index("</footer>")]).text)
    name = harbour_view.index.dataset.negotiation.name

    assert re.search(
        f"“.*”, {name}, as of 30 Jun 2032, issue/tolls.html", " ".join(cited.split())
    ), cited
    located = files_of(harbour_view, with_days=False, base_url="https://example.org/")
    assert "<span>https://example.org/issue/tolls.html</span>" in located["issue/tolls.html"]


def test_an_edition_of_a_record_that_ended_names_its_own_day():
    files = files_of(replace(SMALL, reader=lambda: date(2033, 2, 1)))

    assert "edition of 1 Feb 2033" in files["search.html"]
    assert "days are counted from 1 Feb 2033" in files["index.html"]


@pytest.mark.parametrize(
    ("licence", "leads"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("by agreement", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_each_page_names_the_licence_of_the_record(licence, leads):
    data = ferry_talks(READ_ON, READ_ON).index.dataset
    data = replace(data, negotiation=replace(data.negotiation, licence=licence))
    page = files_of(View(Index(data), Notes(), reader=lambda: READ_ON))["search.html"]

    assert ("Licence" in page) is bool(licence)
    assert [
        a["href"] for _, a in Read(page).tags if str(a.get("rel")).startswith("license")
    ] == list(filter(None, [leads]))


def test_a_long_page_leads_to_its_sections(harbour_edition):
    page = (harbour_edition / "issue" / "tolls.html").read_text("utf-8")
    links = page[page.index('aria-label="On this page"') :].partition("</nav>")[0]

    assert '<a href="#positions">Positions</a>' in links
    assert '<section id="positions">' in page


def test_what_is_in_force_stands_in_a_list_for_each_side(harbour_edition):
    page = (harbour_edition / "in-force.html").read_text("utf-8")

    assert '<div class="columns">' in page
    assert "<li></li>" not in page


# What is one's own


def test_notes_are_in_it_only_when_that_is_asked_for(harbour_edition, harbour_view):
    assert not [n for n, data in in_bytes(harbour_edition).items() if b"secret" in data]

    told = [n for n, text in files_of(harbour_view, with_notes=True).items() if "secret" in text]
    assert "issue/tolls.html" in told
    assert all(name == "issue/tolls.html" or name.startswith("search/") for name in told)


def test_notes_of_others_are_not_the_readers_to_publish(harbour_view):
    (mine,) = harbour_view.notes.all()
    theirs = replace(mine, path=Path("b.toml"), text="What Ann thinks.", others="Ann")
    shared = replace(harbour_view, notes=harbour_view.notes.with_note(theirs))

    files = files_of(shared, with_notes=True, with_days=False)
    assert "My secret thought" in files["issue/tolls.html"]
    assert not [name for name, text in files.items() if "Ann" in text and "thinks" in text]


def test_what_a_reader_added_is_marked():
    mine = replace(source("gazette", READ_ON, title="The ferry"), own=True)
    files = files_of(ferry_talks(READ_ON, READ_ON, sources=(mine,)))

    assert "✦" in files["source/gazette.html"]


# Hostile text


def _tags(view: View, text: str) -> dict[str, list[str]]:
    data = with_every_text(view.index.dataset, text)
    made = files_of(View(Index(data), Notes(), reader=view.reader), with_days=False)
    return {
        path: [tag for tag, _ in Read(page).tags]
        for path, page in made.items()
        if path.endswith(".html")
    }


def test_no_text_becomes_a_tag(harbour_view):
    assert _tags(harbour_view, " ".join(HOSTILE)) == _tags(harbour_view, "Plain words")


def test_no_text_ends_a_script(harbour_view):
    data = with_every_text(harbour_view.index.dataset, "</script><script>x\u2028")
    made = files_of(View(Index(data), Notes(), reader=harbour_view.reader), with_days=False)

    scripts = [text for path, text in made.items() if path.startswith("search/")]
    assert scripts
    assert not [text for text in scripts if "<" in text or "\u2028" in text]


def test_an_address_that_may_not_be_opened_is_no_link():
    evil = source("gazette", READ_ON, title="The ferry", address="javascript:alert(1)")
    files = files_of(ferry_talks(READ_ON, READ_ON, sources=(evil,)))

    assert 'href="javascript' not in "".join(files.values())


# Long pages


def test_a_long_page_is_divided_and_every_part_has_the_sources_it_cites():
    sources = tuple(source(f"paper-{n:04}", READ_ON) for n in range(1500))
    files = files_of(ferry_talks(READ_ON, READ_ON, sources=(source("gazette", READ_ON), *sources)))

    parts = [files[f"all/sources{part}.html"] for part in ("", ".2", ".3")]
    named = [re.findall(r'href="\.\./source/(paper-\d+)\.html"', part) for part in parts]
    assert all(0 < len(of) < 600 for of in named)
    assert 'rel="next"' in parts[0]
    assert 'rel="prev"' in parts[2]


# The folder


def test_the_same_record_makes_the_same_bytes(harbour_edition, harbour_view, tmp_path):
    edition.publish(harbour_view, tmp_path / "again", Wishes())

    assert in_bytes(tmp_path / "again") == in_bytes(harbour_edition)


SMALL = ferry_talks(READ_ON, READ_ON)
LARGER = ferry_talks(
    READ_ON, READ_ON, sources=tuple(source(s, READ_ON) for s in ("gazette", "mail"))
)


def test_an_edition_takes_the_place_of_the_one_before_and_leaves_the_rest(tmp_path):
    edition.publish(LARGER, tmp_path / "site", Wishes(base_url="https://example.org/"))
    (tmp_path / "site" / ".git").mkdir()
    (tmp_path / "site" / ".git" / "HEAD").write_text("ref")
    (tmp_path / "site" / "CNAME").write_text("example.org")

    edition.publish(SMALL, tmp_path / "site", Wishes())

    assert (tmp_path / "site" / ".git" / "HEAD").read_text() == "ref"
    assert (tmp_path / "site" / "CNAME").read_text() == "example.org"
    assert not (tmp_path / "site" / "source" / "mail.html").exists()
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    assert {p.name for p in (tmp_path / "site").iterdir() if p.name.startswith(".")} == {".git"}


def test_a_folder_that_holds_something_else_is_refused_unless_forced(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "index.html").write_text("my page")

    with pytest.raises(TakenError, match="--force"):
        edition.publish(SMALL, tmp_path, Wishes())
    assert (tmp_path / "index.html").read_text() == "my page"

    edition.publish(SMALL, tmp_path, Wishes(), force=True)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert "Ferry talks" in (tmp_path / "index.html").read_text()


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "site").write_text("x")

    with pytest.raises(UsageError, match="no folder"):
        edition.publish(SMALL, tmp_path / "site", Wishes(), force=True)


def test_what_others_put_into_folders_of_an_edition_stays_there(tmp_path):
    edition.publish(LARGER, tmp_path / "site", Wishes())
    source_folder = tmp_path / "site" / "source"
    (source_folder / "gazette.png").write_bytes(b"\x89PNG")
    (source_folder / "scans").mkdir()
    (source_folder / "scans" / "page.html").write_text("<p>mine")
    (source_folder / "away").symlink_to(tmp_path)

    for _ in range(2):
        edition.publish(SMALL, tmp_path / "site", Wishes())

    assert (source_folder / "gazette.png").read_bytes() == b"\x89PNG"
    assert (source_folder / "scans" / "page.html").read_text() == "<p>mine"
    assert (source_folder / "away").readlink() == tmp_path
    assert not (source_folder / "mail.html").exists()


def test_no_folder_of_another_work_goes_by_force(tmp_path):
    """Its names are those of any work: text, source, search."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "main.c").write_text("int main")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "thesis.txt").write_text("years")

    for _ in range(2):
        edition.publish(LARGER, tmp_path, Wishes(), force=True)

    assert (tmp_path / "source" / "main.c").read_text() == "int main"
    assert (tmp_path / "text" / "thesis.txt").read_text() == "years"
    assert (tmp_path / "source" / "mail.html").exists()


def test_a_file_that_has_the_place_of_a_folder_is_not_written_over(tmp_path):
    (tmp_path / "source").write_text("mine")

    with pytest.raises(UsageError, match="source is a file that is none of the edition’s"):
        edition.publish(LARGER, tmp_path, Wishes(), force=True)

    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_what_a_killed_program_took_from_its_place_is_put_back(tmp_path):
    edition.publish(SMALL, tmp_path / "site", Wishes())
    (tmp_path / "site" / "all" / "mine.txt").write_text("x")
    name = "from explorer.storage.processes import own_name; print(own_name())"
    run = [sys.executable, "-c", name]
    dead = subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
    before = tmp_path / "site" / f".explorer-{dead}-ab.edition" / ".before"
    before.mkdir(parents=True)
    (tmp_path / "site" / "all").rename(before / "all")

    edition.publish(SMALL, tmp_path / "site", Wishes())

    assert (tmp_path / "site" / "all" / "mine.txt").read_text() == "x"


@pytest.mark.parametrize("failing", ["write", "finish", "stopped"])
def test_an_edition_that_fails_leaves_the_one_before(tmp_path, monkeypatch, failing):
    edition.publish(SMALL, tmp_path / "site", Wishes())
    before = in_bytes(tmp_path / "site")
    real = os.replace
    calls = []

    def fail(self, path, text):
        raise OSError(28, "No space left on device")

    def replace(self, target):
        calls.append(target)
        if len(calls) == 9:
            raise error
        real(self, target)

    error = KeyboardInterrupt() if failing == "stopped" else OSError(28, "No space left on device")

    if failing == "write":
        monkeypatch.setattr(PublishedFolder, "write", fail)
    else:
        monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(type(error)):
        edition.publish(LARGER, tmp_path / "site", Wishes())

    assert in_bytes(tmp_path / "site") == before


def test_a_folder_that_was_made_for_nothing_goes(tmp_path, monkeypatch):
    def fail(self, path, text):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PublishedFolder, "write", fail)
    with pytest.raises(OSError, match="No space"):
        edition.publish(SMALL, tmp_path / "site", Wishes())

    assert not (tmp_path / "site").exists()


def test_what_a_killed_program_left_is_cleared_away_and_what_another_is_at_stays(tmp_path):
    name = "from explorer.storage.processes import own_name; print(own_name())"
    run = [sys.executable, "-c", name]
    dead = subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip()
    site = tmp_path / "site"
    for process in (dead, processes.own_name()):
        (site / f".explorer-{process}-ab.edition" / "quote").mkdir(parents=True)

    edition.publish(SMALL, site, Wishes())

    left = [path.name for path in site.iterdir() if path.name.startswith(".")]
    assert left == [f".explorer-{processes.own_name()}-ab.edition"]


def test_what_others_are_to_read_may_be_read_by_others(tmp_path):
    edition.publish(SMALL, tmp_path / "site", Wishes())

    usual = tmp_path / "usual"
    usual.write_text("x")
    assert (tmp_path / "site" / "index.html").stat().st_mode == usual.stat().st_mode


def test_a_folder_that_names_files_outside_it_as_its_own_removes_none(tmp_path):
    (tmp_path / "precious").write_text("x")
    edition.publish(SMALL, tmp_path / "site", Wishes())
    manifest = tmp_path / "site" / MANIFEST
    said = json.loads(manifest.read_text())
    manifest.write_text(
        json.dumps({**said, "holds": ["../precious", "/etc/passwd", ["x"], "index.html"]})
    )

    edition.publish(SMALL, tmp_path / "site", Wishes())

    assert (tmp_path / "precious").read_text() == "x"


# A known place


def test_a_known_place_gives_canonical_addresses_a_sitemap_and_a_feed(harbour_view):
    files = files_of(harbour_view, base_url="https://example.org/talks/")

    assert (
        'property="og:url" content="https://example.org/talks/issue/tolls.html"'
        in files["issue/tolls.html"]
    )
    assert (
        'rel="canonical" href="https://example.org/talks/issue/tolls.html"'
        in files["issue/tolls.html"]
    )
    sitemap = ET.fromstring(files["sitemap.xml"])
    named = {place.text for place in sitemap.iter() if place.tag.endswith("loc")}
    pages = {
        p for p, text in files.items() if p.endswith(".html") and 'http-equiv="refresh' not in text
    }
    assert named == {f"https://example.org/talks/{path}" for path in pages}
    feed = ET.fromstring(files["feed.xml"])
    entries = [entry for entry in feed if entry.tag.endswith("entry")]
    assert len(entries) > 10
    assert all(e.findtext("{http://www.w3.org/2005/Atom}summary") for e in entries)


def test_without_one_no_page_speaks_of_any(harbour_edition):
    names = {path.name for path in harbour_edition.iterdir()}

    assert not names & {"sitemap.xml", "feed.xml"}
    assert "og:" not in (harbour_edition / "index.html").read_text("utf-8")
    assert "canonical" not in (harbour_edition / "index.html").read_text("utf-8")
