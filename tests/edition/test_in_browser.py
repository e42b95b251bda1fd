"""The edition in a real browser: whether anybody can read it, wherever and however they do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.programs import program

from explorer.edition import addresses, word_index
from explorer.notes import Notes
from explorer.record.model import KINDS
from explorer.search.word_split import words_in

TEXTS = [
    "Rare-earth controls, “on hold”",
    "Łódź, Straße, Ørsted, ﬁsh, café, naïve, Đồng",
    "稀土出口管制 2025年 and 日本",
    "ÆON x² № 5 ½ — it’s",
    "ΑΒΓ ЖЙ éÉ İı",
]
DARK = ["index.html", "accounts.html", "figures.html", "changes.html", "search.html"]
"""Pages on which every colour occurs."""
BROWSING = Path(__file__).with_name("browsing.py")
SEARCHES = ["tolls", "toll harb", "zebra", "lantern"]


@pytest.fixture(scope="module")
def pages(harbour_edition: Path) -> list[str]:
    """A page of every kind."""
    days = sorted((harbour_edition / "on").iterdir())
    day = days[len(days) // 2]
    named = [path.name for path in sorted(harbour_edition.glob("*.html"))]
    for folder in ("all", *KINDS, "compare"):
        found = sorted((harbour_edition / folder).rglob("*.html"), key=lambda p: p.stat().st_size)
        named.append(str(found[-1].relative_to(harbour_edition)))
    of_day = (day / "index.html", day / "changes.html", next((day / "issue").iterdir()))
    named += (str(path.relative_to(harbour_edition)) for path in of_day)
    return named


@pytest.fixture(scope="module")
def small_files(harbour_edition, harbour_view, tmp_path_factory) -> Path:
    """The search of the edition, its index in as many files as that of a very large one has."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "search").mkdir()
    for name in ("search.html", "search.js", "style.css", "icon.svg"):
        shutil.copy(harbour_edition / name, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_index, "WORDS_A_FILE", 200)
        patch.setattr(word_index, "RECORDS_A_FILE", 7)
        for path, text in word_index.index_files(replace(harbour_view, notes=Notes())):
            (folder / path).write_text(text, "utf-8")
    assert len(list((folder / "search").iterdir())) > 40
    return folder


@pytest.fixture(scope="module")
def seen(harbour_edition: Path, small_files: Path, pages: list[str]) -> dict:
    """What a browser makes of it, all in one visit."""
    browser = program("chromium", "chromium-browser", "google-chrome")
    wishes = {
        "pages": pages,
        "dark": DARK,
        "small_files": str(small_files),
        "searches": SEARCHES,
        "texts": TEXTS,
        "record": "issue/tolls.html",
    }
    run = subprocess.run(
        [sys.executable, str(BROWSING), browser, str(harbour_edition)],
        input=json.dumps(wishes),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_a_checker_of_accessibility_finds_nothing_light_or_dark(seen, pages):
    assert {each["page"] for each in seen["checked"]} == {*pages, *DARK}
    found = {
        f"{each['page']} ({each['scheme']})": each["violations"]
        for each in seen["checked"]
        if each["violations"]
    }
    assert found == {}


def test_no_page_is_wider_than_a_telephone(seen):
    assert [each["page"] for each in seen["checked"] if each["too_wide"]] == []


def test_no_request_leaves_the_folder_and_no_browser_complains(seen, harbour_edition):
    inside = f"request {harbour_edition.as_uri()}/"
    heard = [line for each in seen["checked"] for line in each["heard"]] + seen["search"]["heard"]

    assert heard
    assert [line for line in heard if not line.startswith(inside)] == []


def test_the_search_finds_records_by_the_beginning_of_words(seen):
    found = seen["search"]["found"]

    assert found["tolls"][0] == "issue/tolls.html"
    assert set(found["toll harb"]) <= set(found["tolls"]) | set(found["toll harb"])
    assert found["zebra"] == []
    assert any(link.startswith("round/lantern") for link in found["lantern"])


def test_the_search_finds_the_same_in_many_files_and_loads_few(seen, small_files):
    assert seen["in_small_files"]["found"] == seen["search"]["found"]
    assert seen["in_small_files"]["loaded"] < len(list((small_files / "search").iterdir())) / 2


def test_the_search_takes_words_apart_as_the_program_does(seen):
    assert [set(words) for words in seen["search"]["apart"]] == [set(words_in(t)) for t in TEXTS]


def test_a_result_leads_to_its_record(seen):
    assert seen["search"]["led_to"].endswith("/issue/tolls.html")


def test_without_scripts_the_lists_lead_to_every_record(seen):
    found = seen["without_scripts"]

    assert not found["form"]
    assert found["led_to"].endswith(f"/{addresses.RECORDS}")
    assert found["record"]


def test_the_keyboard_reaches_everything_and_skips_what_leads_elsewhere_first(seen):
    assert seen["keyboard"] == {"first": "skip", "outline": "solid", "inside": True, "missed": []}


def test_in_print_sources_have_their_whole_addresses(seen):
    printed = seen["printed"]

    assert not printed["nav"]
    assert printed["bytes"] > 1000
    whole = [text for text, href in printed["addresses"] if text == href]
    assert whole
    assert all(re.match("https?://", address) for address in whole)
