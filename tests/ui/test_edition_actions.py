"""Web pages out of the app, by the palette: where to, what goes along, and what is said of it."""

from __future__ import annotations

import json
import threading

import pytest
from tests.ui.test_own_additions import QUOTE, SOURCE
from tests.ui.test_palette_transfer import choose, choose_with_file, save

from explorer.dataset.appending import append
from explorer.desktop import browser
from explorer.edition.published_folder import MANIFEST
from explorer.ui.dialogs.confirm import Confirm
from explorer.ui.dialogs.publishing_dialog import PublishingDialog

PUBLISH = "Publish as web pages"


@pytest.fixture
def small(dataset_of):
    """A dataset that is soon written."""
    return dataset_of()


@pytest.fixture
def handed(monkeypatch):
    """The addresses that were handed to a browser."""
    addresses = []
    monkeypatch.setattr(browser, "_handed_over", addresses.append)
    return addresses


async def test_the_pages_are_written_where_one_says_and_opened_when_one_says_so(
    explorer, small, tmp_path, handed
):
    site = tmp_path / "my site"
    async with explorer(path=small) as person:
        await choose_with_file(person, PUBLISH, site)
        await person.settle()

        assert isinstance(person.app.screen, Confirm)
        pages = len(list(site.rglob("*.html")))
        assert f"{pages} pages are in" in person.seen
        await person.press("o")
        await person.settle()

        assert handed == [(site / "index.html").as_uri()]
        assert person.app.screen is person.main


async def test_the_folder_that_is_offered_is_named_after_the_negotiation_and_the_day_is_said(
    explorer, small, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    async with explorer(path=small) as person:
        await choose(person, PUBLISH)
        view = person.main.view
        seen = " ".join(person.seen.replace("│", " ").split())
        assert f"as it was public on {view.as_of.day} " in seen
        await person.press("enter")
        await person.settle()
        await person.press("escape")
    site = tmp_path / f"{view.index.dataset.negotiation.id}-site"
    assert json.loads((site / MANIFEST).read_text())["as_of"] == view.as_of.isoformat()


@pytest.mark.parametrize(("answer", "goes"), [("y", True), ("enter", False)])
async def test_notes_are_published_only_after_a_yes(explorer, store, tmp_path, answer, goes):
    save(store, "Mine alone.")
    site = tmp_path / "site"
    async with explorer() as person:
        await choose_with_file(person, PUBLISH, site)
        assert "Publish your 1 note?" in person.seen
        await person.press(answer)
        await person.settle()
    page = (site / "issue" / "tolls.html").read_text("utf-8")
    assert ("Mine alone." in page) is goes


async def test_what_the_reader_added_stays_away_when_one_says_so(
    explorer, harbour, tmp_path, monkeypatch
):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-11-30")
    append(harbour, [SOURCE, QUOTE], overlay=tmp_path / "overlays" / "harbour-talks")
    site = tmp_path / "site"
    async with explorer(overlays=tmp_path / "overlays") as person:
        await choose_with_file(person, PUBLISH, site)
        assert "Publish what you added yourself?" in person.seen
        await person.press("w")
        await person.settle()
    assert not (site / "source" / f"{SOURCE.values['id']}.html").exists()
    assert "✦" not in (site / "all" / "sources.html").read_text("utf-8")


async def test_a_folder_that_holds_something_else_is_asked_about(explorer, small, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.txt").write_text("years")
    async with explorer(path=small) as person:
        await choose_with_file(person, PUBLISH, site)
        await person.settle()
        assert "is there already and is no edition" in " ".join(
            person.seen.replace("│", " ").split()
        )
        await person.press("o")
        await person.settle()
        assert (site / "index.html").exists()
        assert (site / "thesis.txt").exists()


async def test_what_cannot_be_written_is_said(explorer, small, tmp_path):
    async with explorer(path=small) as person:
        await choose_with_file(person, PUBLISH, tmp_path / "nowhere" / "site")
        await person.settle()

        assert "there is no folder" in person.told


async def test_it_can_be_stopped_and_leaves_the_edition_before(explorer, small, tmp_path):
    site, go_on = tmp_path / "site", threading.Event()
    async with explorer(path=small) as person:
        await choose_with_file(person, PUBLISH, site)
        await person.settle()
        await person.press("escape")
        before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

        def publish(progress):
            go_on.wait(60)
            progress(1)
            raise AssertionError("it was stopped")

        stopped = []
        person.app.push_screen(PublishingDialog(publish), stopped.append)
        await person.press("escape")
        go_on.set()
        await person.settle()

        assert stopped == [None]
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


async def test_where_an_edition_is_to_be_found_stays_known(explorer, small, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    known = {"format": "explorer edition", "base_url": "https://example.org/", "holds": []}
    (site / MANIFEST).write_text(json.dumps(known))
    async with explorer(path=small) as person:
        await choose_with_file(person, PUBLISH, site)
        await person.settle()
    assert 'rel="canonical" href="https://example.org/index.html"' in (
        site / "index.html"
    ).read_text("utf-8")
