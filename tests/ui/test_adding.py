"""Adding to the record from inside: real files, real keys."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from tests.adding.test_bibliography import BIBLATEX, CSL, RIS
from tests.ui.fuzzing import key_of
from tests.ui.settling import idle

from explorer import dataset
from explorer.adding.form_kinds import FORM_KINDS
from explorer.record.model import Ref
from explorer.storage import processes
from explorer.ui.dialogs.add_form import AddForm
from explorer.ui.dialogs.dialog_commands import KINDS


@pytest.fixture
def own(harbour, tmp_path):
    """The harbour talks in a folder that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


@pytest.fixture
def adding(explorer, own):
    def opened(**how):
        return explorer(path=own, **how)

    return opened


def form(person):
    screen = person.app.screen
    assert isinstance(screen, AddForm), person.said
    return screen


def field(person, key, number=1):
    return form(person)._body.row(number, key)


async def go_to(person, key, number=1):
    field(person, key, number).line.focus()
    await person.settle()


async def fill(person, key, text, number=1):
    await go_to(person, key, number)
    await person.type_text(text)


async def fill_quote(person, words="“We shall\n  not wait for the tide.”"):
    await person.press("4", "plus")
    await person.type_text(words)
    await person.press("tab")
    await person.type_text("nor")
    await person.press("tab")
    await person.type_text("1 June 2032")
    await person.press("tab", "tab")
    await person.type_text("verb")
    await person.press("tab")
    await person.type_text("wire")
    await person.press("enter")


async def test_a_quote_is_added_in_half_a_minute_and_shown(adding, own):
    async with adding() as person:
        before = (own / "quotes.toml").read_text()
        await fill_quote(person)
        await person.press("tab")
        await person.type("tol")
        await person.press("enter", "ctrl+s")

        assert person.shown == "quote:noren-we-shall-not-wait-2032-06-01"
        assert "quotes.toml" in person.told
        assert str(person.list("quotes").current) == person.shown
        after = (own / "quotes.toml").read_text()
        assert after.startswith(before)
        quote = dataset.load(own).quote(person.shown.partition(":")[2])
        assert quote.text == "We shall not wait for the tide."
        assert quote.issue_ids == ("tolls",)
        assert quote.language == "en"
        assert quote.source_ids


@pytest.mark.parametrize("entry", [CSL, BIBLATEX, RIS])
async def test_a_source_that_is_pasted_is_added_with_the_quote(adding, own, entry):
    async with adding() as person:
        await fill_quote(person)
        await person.press("backspace")
        await person.type_text(entry.replace("2025", "2032"))

        new = form(person)._form.parts[2]
        assert new.typed["publisher"] == "South China Morning Post"
        assert new.typed["published"] == "2032-10-26"
        if not new.typed.get("type"):
            await fill(person, "type", "press", 2)
        await fill(person, "published", "2 June 2032", 2)
        await person.press("ctrl+s")

        quote = dataset.load(own).quote(person.shown.partition(":")[2])
        (slug,) = quote.source_ids
        source = dataset.load(own).source(slug)
        assert source.address.startswith("https://www.scmp.com/")
        assert str(source.published) == "2032-06-02"


async def test_what_is_typed_in_full_is_what_is_meant(adding):
    async with adding() as person:
        await person.press("4", "plus", "ctrl+t", "o")
        await go_to(person, "type")
        await person.type("wire")
        await person.press("tab", "tab", "shift+tab", "tab")  # over the language and back
        part = form(person)._form.main
        assert part.typed["type"] == "wire"
        assert part.typed["language"] == "English"
        await go_to(person, "language")
        await person.press("down", "enter")
        assert part.typed["language"] == "Spanish"


async def test_an_address_that_the_record_has_is_chosen_and_not_added(adding, own):
    async with adding() as person:
        index = dataset.load(own)
        known = next(s for s in index.dataset.sources if s.address)
        await person.press("4", "plus")
        await fill(person, "sources", known.address + "?utm_source=feed")

        assert form(person)._form.main.chosen["sources"] == (str(known.ref),)
        assert "already" in person.told


async def test_an_address_that_is_typed_is_the_one_of_the_new_source(adding):
    async with adding() as person:
        await person.press("4", "plus")
        await go_to(person, "sources")
        await person.type("https://new.example/2032/06/02/x")
        await person.press("enter")
        new = form(person)._form.parts[2]
        assert new.typed["address"] == "https://new.example/2032/06/02/x"
        assert new.typed["published"] == "2032-06-02"
        assert "title" not in new.typed


async def test_what_is_added_on_an_earlier_day_is_there_and_not_shown_before_its_own(adding, own):
    async with adding() as person:
        await person.press("left_square_bracket", "left_square_bracket")
        await fill_quote(person)
        await person.press("ctrl+s")
        assert "It was not public on" in person.told
        assert "noren-we-shall-not-wait-2032-06-01" in (own / "quotes.toml").read_text()


async def test_a_source_that_is_shown_is_the_one_of_the_quote(adding):
    async with adding(go="source:wire-call") as person:
        await person.press("plus", "w")
        assert form(person)._form.main.chosen["sources"] == ("source:wire-call",)


def test_no_letter_of_a_kind_means_something_else_in_the_list_of_kinds():
    taken = {key for command in KINDS for key in command.key_names}
    assert not [kind.name for kind in FORM_KINDS.values() if kind.key in taken]


async def test_words_that_the_record_has_lead_to_where_they_stand(adding, own):
    async with adding() as person:
        known = dataset.load(own).dataset.quotes[0]
        await person.press("4", "plus")
        await person.type_text(known.text)
        assert "the record has these words already" in person.seen.lower()
        await person.press("ctrl+g", "d")
        assert person.shown == str(known.ref)


async def test_a_day_is_read_as_it_is_typed_and_a_wrong_one_is_said_below_it(adding):
    async with adding() as person:
        await person.press("4", "plus")
        await fill(person, "said", "June 1, 2032")
        assert "Tuesday, 1 Jun 2032" in person.seen
        await person.type("0")
        assert "neither a day nor a round" in person.seen
        await person.press("backspace", "tab")
        await person.type("30 May 2032")
        for key, text in (("text", "So."), ("form", "verbatim")):
            await fill(person, key, text)
        await fill(person, "speaker", "nor")
        await person.press("tab")
        await fill(person, "sources", "wire")
        await person.press("enter")
        assert "Published is published before it was said." in person.seen


async def test_nothing_typed_is_left_without_asking(adding, own):
    async with adding() as person:
        before = (own / "quotes.toml").read_bytes()
        await person.press("4", "plus", "escape")
        assert person.app.screen is person.main
        await person.press("plus")
        await person.type_text("Some words")
        await person.press("escape", "w")
        assert form(person)._form.main.typed["text"] == "Some words"
        await person.press("escape", "d")
        assert person.app.screen is person.main
        assert (own / "quotes.toml").read_bytes() == before


async def test_what_cannot_be_saved_stays_in_the_form_with_the_reason(adding, own):
    async with adding() as person:
        await fill_quote(person)
        broken = own / "quotes.toml"
        good = broken.read_text()
        broken.write_text(good + '\n[[quote]\nid = "broken"\n')
        await person.press("ctrl+s")
        assert "what you typed is still here" in person.seen
        assert "quotes.toml" in person.seen
        broken.write_text(good)
        await person.press("ctrl+s")
        assert person.shown == "quote:noren-we-shall-not-wait-2032-06-01"


async def test_what_is_missing_is_named_when_it_is_to_be_saved(adding):
    async with adding(size=(80, 24)) as person:
        await person.press("4", "plus", "ctrl+s")
        assert "This is needed." in person.seen
        assert "still needed: Words, Speaker" in person.seen
        assert "Not saved yet: Words is needed. And 4 other fields." in person.told


async def test_a_form_outlives_the_program(adding, monkeypatch):
    async with adding() as person:
        await person.press("4", "plus")
        await person.type_text("Kept over a crash")
        await fill(person, "speaker", "nor")
        await person.press("tab")
        form(person).keep_draft()
        await person.settle()
    monkeypatch.setattr(processes, "may_be_over", lambda _: True)
    async with adding() as person:
        person.main.settle_in()
        await person.settle()
        assert "was not saved; + takes it up" in person.said
        await person.press("plus")
        assert "You were adding a quote, and it was not saved." in " ".join(person.seen.split())
        await person.press("g")
        part = form(person)._form.main
        assert part.typed["text"] == "Kept over a crash"
        assert part.chosen["speaker"] == ("delegate:noren",)
        assert "Astrid Norén" in person.seen
        await person.press("escape", "d", "plus")
        assert "was not saved" not in person.seen


async def test_hostile_text_is_text_and_stays_short(adding, own):
    async with adding() as person:
        hostile = "[bold]He[/] \x1b[31msaid\x1b[0m \x1b]52;c;eA==\x07so\x00\u202e\n"
        await fill_quote(person, hostile)
        await person.press("ctrl+s")
        quote = dataset.load(own).quote(person.shown.partition(":")[2])
        assert "[bold]He[/] said so" in quote.text
        assert "\x1b" not in quote.text


async def test_a_text_of_a_megabyte_is_cut_at_once(adding):
    async with adding() as person:
        await person.press("4", "plus")
        await person.type_text("word " * 200_000)
        assert len(form(person)._form.main.typed["text"]) <= 20_000
        assert "Only the first 20,000 characters" in person.told
        await fill(person, "where", "x" * 1_000_000) if field(person, "where") else None
        await fill(person, "sources", "{" + "x" * 1_000_000)
        await person.press("escape", "escape", "d")
        assert person.app.screen is person.main


async def test_an_issue_is_asked_what_is_to_be_added_to_it(adding, own):
    async with adding() as person:
        await person.press("3", "plus")
        assert "a position" in person.seen
        await person.press("s")
        issue = form(person)._form.main.chosen["within"]
        assert issue == (person.shown,)
        await fill(person, "on", "2 June 2032")
        await fill(person, "state", "agreed")
        await person.press("down", "enter")
        await fill(person, "text", "They said so.")
        await fill(person, "sources", "wire")
        await person.press("enter", "ctrl+s")
        assert person.app.screen is person.main, person.seen
        shown = dataset.load(own).issue(Ref.parse(person.shown))
        assert shown.latest_status.text == "They said so."


async def test_other_things_are_a_key_or_a_command_away(adding):
    async with adding() as person:
        await person.press("4", "plus", "ctrl+t", "o")
        assert form(person).title == "Add a source"
        await person.press("escape", "ctrl+p")
        await person.type("add a milestone")
        await person.press("enter")
        assert form(person).title == "Add a milestone or deadline"


async def test_what_is_later_than_the_record_moves_its_end_and_says_so(adding, own, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-08-01")
    async with adding() as person:
        await fill_quote(person)
        await fill(person, "said", "20 July 2032")
        assert "saving it moves the end to 20 Jul 2032" in person.seen
        await person.press("ctrl+s")
        assert str(person.main.view.record_ends) == "2032-07-20"


async def test_an_empty_dataset_is_filled_from_inside(explorer, dataset_of):
    path = dataset_of(delegation="", delegate="", round="", issue="")
    async with explorer(path=path) as person:
        await person.press("4", "plus")
        await person.type_text("We are here.")
        await person.press("tab")
        await person.type("Ida Marlow")
        await person.press("enter")
        assert field(person, "name", 2) is not None
        await fill(person, "delegation", "East bank", 2)
        await person.press("enter")
        await fill(person, "title", "Ferry master", 3)
        await fill(person, "published", "2 May 2031")
        await fill(person, "form", "verbatim")
        await fill(person, "sources", "gaz")
        await person.press("enter", "ctrl+s")
        assert person.app.screen is person.main, person.seen
        index = dataset.load(path)
        assert index.quote(person.shown.partition(":")[2]).speaker_id == "ida-marlow"
        assert index.delegate("ida-marlow").roles[0].title == "Ferry master"
        assert index.delegation("east-bank").name == "East bank"


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (140, 40)])
async def test_every_field_can_be_reached_and_seen(adding, size):
    async with adding(size=size) as person:
        await person.press("4", "plus", "ctrl+o")
        body = form(person)._body
        await go_to(person, "text")
        for row in body.rows:
            assert row.line.has_focus
            spot = row.line.region
            assert body.region.contains(spot.x, spot.y), row.field.key
            await person.press("tab")


async def test_the_mouse_chooses_and_takes_back(adding):
    async with adding() as person:
        await person.press("4", "plus")
        await go_to(person, "issues")
        await person.type("tol")
        await person.click("Tolls")
        assert form(person)._form.main.chosen["issues"] == ("issue:tolls",)
        await person.click("✕")
        assert form(person)._form.main.chosen["issues"] == ()
        await person.press("escape")
        assert person.app.screen is person.main


async def test_what_is_shown_is_offered_first(adding):
    async with adding(go="quote:noren-hour") as person:
        await person.press("4", "plus")
        await go_to(person, "speaker")
        await person.press("down", "enter")
        assert form(person)._form.main.chosen["speaker"] == ("delegate:noren",)


async def test_it_reads_as_it_will_stand_beside_the_form_or_in_its_place(adding):
    async with adding(size=(80, 24)) as person:
        await fill_quote(person)
        await person.press("f2")
        assert "“We shall not wait for the tide.”" in person.seen
        assert "Chosen" not in person.seen
        await person.press("f2")
        assert "Speaker *" in person.seen


async def test_what_is_added_to_a_dataset_of_others_goes_to_ones_own_files(explorer, own, tmp_path):
    before = {file: file.read_bytes() for file in own.iterdir()}
    mine = tmp_path / "mine"
    async with explorer(path=own, overlays=mine, is_overlay_asked=True) as person:
        await fill_quote(person)
        assert "Add a quote, to your own additions" in person.seen
        await person.press("ctrl+s")
        assert person.shown == "quote:noren-we-shall-not-wait-2032-06-01"
        assert "your own" in person.told
    assert {file: file.read_bytes() for file in own.iterdir()} == before
    assert "We shall not wait" in (mine / "harbour-talks" / "quotes.toml").read_text()


async def test_a_dataset_that_comes_along_is_not_written_to(explorer):
    async with explorer(path=dataset.shipped()) as person:
        await person.press("4", "plus")
        assert "cannot be added to" in person.told
        assert person.app.screen is person.main


async def test_what_a_person_adds_to_their_own_dataset_is_no_news_to_them(adding, own):
    async with adding() as person:
        await fill_quote(person)
        await person.press("ctrl+s")
        await person.settle()
        assert person.main.news._looked is person.main.view.whole
        assert not person.main.view.news.items
        assert "noren-we-shall-not-wait" in (own / "quotes.toml").read_text()


async def test_sources_say_in_the_form_what_can_be_pasted(adding):
    async with adding() as person:
        await person.press("4", "plus")
        await go_to(person, "sources")
        assert "paste the address of a page or its entry in CSL-JSON, BibTeX or RIS" in person.seen


async def test_what_is_offered_first_stands_on_a_line_each(explorer, own, tmp_path):
    async with explorer(path=own, size=(140, 40)) as person:
        await person.press("1", "plus", "a")
        await person.settle()
        box = field(person, "within").editor
        assert box._width == box.line.size.width
        assert box.is_open


async def test_keys_of_a_table_are_called_as_the_form_calls_them(adding, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-06-30")
    async with adding() as person:
        await person.press("1", "plus", "m")
        await fill(person, "name", "Regatta")
        await fill(person, "on", "1 June 2032")
        await fill(person, "announced", "2 June 2032")
        await fill(person, "text", "All boats.")
        await fill(person, "sources", "alm")
        await person.press("tab")
        assert "“Public from”" in " ".join(person.seen.split())


async def test_escape_while_it_is_saved_says_so_and_loses_nothing(adding, own):
    async with adding() as person:
        await fill_quote(person)
        let_go, this = threading.Event(), form(person)
        save = this._adding.save

        def wait_and_save(filled):
            let_go.wait(60)
            return save(filled)

        this._adding = replace(this._adding, save=wait_and_save)
        for key in ("ctrl+s", "escape"):
            person.app.post_message(key_of(key))
            await idle()
        assert "It is being saved" in person.said
        assert form(person) is this
        let_go.set()
        await person.settle()
        assert person.shown.startswith("quote:noren-we-shall-not-wait")
        assert "We shall not wait" in (own / "quotes.toml").read_text().replace("\n", " ")
