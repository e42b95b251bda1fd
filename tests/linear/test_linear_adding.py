"""Adding to the record by lines: each field is asked for, and no answer is ever lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.adding.test_bibliography import BIBLATEX, CSL, RIS

from explorer import dataset
from explorer.adding.form_kinds import FORM_KINDS


@pytest.fixture
def own(harbour, tmp_path):
    """The harbour talks in a folder that may be written to."""
    return Path(shutil.copytree(harbour, tmp_path / "harbour"))


@pytest.fixture
def adding(visits, own):
    """Opens the harbour talks to add to them."""
    return lambda **how: visits(own, **how)


QUOTE = (
    *("+ quote", "“We shall", "  not wait for the tide.”", ""),
    *("Norén", "1 June 2032", "", "verb", "wire-call", "", "tolls", "", "", ""),
)


def prompt(reader):
    return reader.visit.session.prompt


def quotes(own):
    return {quote.text: quote for quote in dataset.load(own).dataset.quotes}


def test_a_quote_is_added_by_its_answers_and_read_then(adding, own):
    reader = adding()
    before = (own / "quotes.toml").read_text()
    heard = reader.type(*QUOTE)
    assert "Words: “We shall not wait for the tide.”" in heard
    assert "Published: 1 June 2032" in heard
    assert "“save” saves it" in heard
    heard = reader.type("save")
    assert f"Added to {own / 'quotes.toml'}" in heard
    assert "We shall not wait for the tide." in heard
    assert (own / "quotes.toml").read_text().startswith(before)
    quote = quotes(own)["We shall not wait for the tide."]
    assert reader.visit.session.here == quote.ref
    assert (quote.speaker_id, quote.issue_ids, quote.form) == ("noren", ("tolls",), "verbatim")
    assert prompt(reader) == "Command"


def test_each_field_says_what_it_takes_and_whether_it_is_needed(adding):
    reader = adding()
    assert "Adding a quote." in reader.type("add quote")
    assert prompt(reader) == "Words, needed"
    assert "It is needed." in reader.type("?")
    assert "several lines" in reader.heard
    reader.type("Some words.")
    assert prompt(reader) == "Words, Enter ends"
    reader.type("")
    assert "Astrid Norén" in reader.type("?")
    assert "“.b” goes back" in reader.type(".?")
    assert "Sunday, 1 Jun 2031." in reader.type("noren", "1 june 2031")
    assert prompt(reader) == "Published, Enter keeps “1 june 2031”"
    assert "1. verbatim" in reader.type("")
    assert "is none of these" in reader.type("sung")
    reader.type("2")
    assert reader.visit.session.mode.form.main.typed["form"] == "transcript"


def test_a_day_that_is_none_is_said_and_asked_for_again(adding):
    reader = adding()
    assert "There is no day" in reader.type("add quote", "Words.", "", "noren", "31 June 2031")
    assert prompt(reader).startswith("Said")


def test_who_is_meant_is_chosen_by_number_where_it_may_be_several(adding):
    reader = adding()
    reader.type("add quote", "Words.", "")
    heard = reader.type("a")
    assert heard.startswith("1. ")
    assert "It is not here: add a delegate" in heard
    assert prompt(reader) == "Speaker, which number"
    assert "There is no 99" in reader.type("99")
    assert reader.type("") == ""
    assert prompt(reader) == "Speaker, needed"
    assert "No delegate" in reader.type("nobody of that name")
    assert "Norén" in reader.type("delegate:noren")


@pytest.mark.parametrize("entry", [CSL, BIBLATEX, RIS])
def test_a_source_that_is_pasted_is_added_with_what_rests_on_it(adding, own, entry):
    reader = adding()
    reader.type("go tolls", "add position", "north", "", "2 june 2032", "Wants it.", "", "")
    assert prompt(reader) == "Sources, needed"
    reader.type(*entry.strip().replace("2025", "2032").split("\n"))
    assert prompt(reader) == "Publisher, Enter keeps “South China Morning Post”"
    heard = reader.type("", "", "", "2 June 2032", "press", ".")
    assert "Type of the new source: press" in heard
    reader.type("save")
    position = dataset.load(own).issue("tolls").positions[-1]
    assert position.text == "Wants it."
    (slug,) = position.source_ids
    assert dataset.load(own).source(slug).address.startswith("https://www.scmp.com/")


def test_an_address_that_the_record_has_is_chosen(adding, own):
    reader = adding()
    known = next(s for s in dataset.load(own).dataset.sources if s.address)
    reader.type("go tolls", "add status", "1 june 2032", "", "Text.", "")
    heard = reader.type(f"{known.address}?utm_source=x")
    assert "This page is a source of the record already." in heard
    assert reader.visit.session.mode.form.main.chosen["sources"] == (str(known.ref),)


def test_who_is_not_there_yet_is_added_too(adding, own):
    reader = adding()
    reader.type("add quote", "Words of a stranger.", "", "Jo Berg", "1")
    assert prompt(reader) == "Name, Enter keeps “Jo Berg”"
    assert "The post from which it speaks" in reader.type("", "", "north")
    reader.type("Pilot", "1 jan 2031", "")
    reader.type("1 june 2032", "", "verb", "wire-call", "", "", "", "", "")
    heard = reader.type("save")
    assert "Added to" in heard, heard
    quote = quotes(own)["Words of a stranger."]
    assert dataset.load(own).delegate(quote.speaker_id).name == "Jo Berg"


def test_nothing_is_saved_while_something_is_missing(adding, own):
    reader = adding()
    heard = reader.type("add quote", "Words.", "", ".")
    assert "Speaker: needed, and not there yet" in heard
    assert "see to Speaker" in reader.type("save")
    assert "Words." not in quotes(own)
    reader.type("2")
    assert prompt(reader) == "Speaker, needed"


def test_a_field_is_gone_back_to_emptied_and_asked_for_anew(adding):
    reader = adding()
    reader.type("add quote", "Words.", "", "noren")
    reader.type(".b")
    assert prompt(reader) == "Speaker, Enter keeps “Astrid Norén”"
    assert "empty now" in reader.type(".c")
    assert prompt(reader) == "Speaker, needed"
    reader.type("tam", ".b", ".b")
    assert prompt(reader) == "Words, Enter keeps “Words.”"
    assert "This is the first field." in reader.type(".b")
    assert "2. Speaker: Tam" in reader.type(".l")
    assert "It was: Words." in reader.type(".", "1")
    assert "1. Words: Other words." in reader.type("Other words.", "")


def test_fields_that_are_not_asked_for_first_follow_on_more(adding, own):
    reader = adding()
    reader.type(*QUOTE)
    assert "fields more" in reader.type("more")
    assert "To whom: The press" in reader.type(*_until(reader, "To whom"), "The press", ".")
    reader.type("save")
    assert quotes(own)["We shall not wait for the tide."].to == "The press"


def _until(reader, label):
    """Pass over fields until one is asked for."""
    while not prompt(reader).startswith(label):
        reader.type("")
    return ()


def test_it_can_be_read_as_it_would_stand_in_the_record(adding):
    reader = adding()
    heard = reader.type(*QUOTE, "page")
    assert "“We shall not wait for the tide.”" in heard
    assert "Norén" in heard


def test_words_that_the_record_has_are_said(adding):
    reader = adding()
    heard = reader.type("add quote", "It was a good day for the strait", "")
    assert "The record has these words already." in heard


def test_a_form_that_was_broken_off_is_taken_up(adding, own):
    reader = adding()
    reader.type("add quote", "We shall not wait", "", "noren")
    assert "kept as a draft" in "\n".join(reader.visit.session.broken_off())
    reader.visit.close()
    reader = adding()
    assert "You were adding a quote, and it was not saved; “add” takes it up." in reader.heard
    assert "We shall not wait" in reader.type("drafts")
    assert prompt(reader) == "Which number"
    assert "1. Words: We shall not wait" in reader.type("1")
    reader.type("discard", "yes")
    assert "What is to be added?" in reader.type("add")


def test_lines_of_words_that_are_typed_are_kept_before_they_end(adding):
    reader = adding()
    reader.type("add quote", "First line", "second line")
    reader.visit.session.broken_off()
    reader.visit.close()
    assert "First line second line" in adding().type("add")


def test_a_form_in_which_nothing_was_typed_leaves_nothing(adding):
    reader = adding()
    assert "nothing was added" in reader.type("add quote", ".q")
    assert "What is to be added?" in reader.type("add")


def test_what_is_likely_where_one_is_comes_first_and_all_can_be_added(adding):
    reader = adding()
    assert "1. A position" in reader.type("go tolls", "add")
    assert len(reader.heard.split("\n")) == 1 + len(FORM_KINDS)
    reader.type("")
    assert "Adding a milestone or deadline" in reader.type("+ milestone")
    reader.type(".q")
    assert "1. A milestone or deadline" in reader.type("add a deadline")
    reader.type("")
    assert "cannot be added" in reader.type("add nonsense")


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_every_form_is_asked_through_and_read_back(adding, kind):
    reader = adding()
    reader.type(f"add {kind}")
    while prompt(reader) != "Save it":
        assert len(reader.visit.session.mode.form.parts) < 3
        reader.type("")
    assert "needed, and not there yet" in reader.heard


def test_what_is_added_on_an_earlier_day_is_there_and_not_read_before_its_own(adding, own):
    reader = adding()
    answers = [line.replace("wire-call", "gazette-lantern") for line in QUOTE]
    heard = reader.type("= 6 mar 2031", *answers, "save")
    assert "It was not public on 6 Mar 2031; 0 goes to the last day." in heard
    assert "We shall not wait" not in reader.type("quotes")
    assert "We shall not wait" in reader.type("0", "quotes")


def test_what_cannot_be_written_is_said_and_stays(adding, own):
    reader = adding()
    reader.type(*QUOTE)
    (own / "quotes.toml").write_text("[[quote")
    assert "All that you typed is still here" in reader.type("save")
    assert prompt(reader) == "Save it"


def test_hostile_words_are_words(adding, own):
    reader = adding()
    heard = reader.type("add source", "\x1b[2JMe\x07 & co", "[bold]T[/]", ".")
    assert "\x1b" not in heard
    assert "\x07" not in heard
    assert "[bold]T[/]" in heard


def test_what_is_only_read_goes_to_ones_own_additions(visits, own, tmp_path):
    overlays = tmp_path / "own additions"
    reader = visits(own, overlays=overlays, is_overlay_asked=True)
    before = (own / "quotes.toml").read_bytes()
    assert "to your own additions" in reader.type("add quote")
    reader.type(*QUOTE[1:])
    assert "Added to your own additions" in reader.type("save")
    assert (own / "quotes.toml").read_bytes() == before
    assert "We shall not wait" in reader.type("quotes")


def test_the_record_is_exported_as_the_name_of_the_file_says(reader, tmp_path):
    assert "Say into what" in reader.type("export")
    for name in ("talks.sqlite", "sources.bib", "dates.ics", "quotes.csv", "tables"):
        assert f"is in {tmp_path / name}" in reader.type(f"export {tmp_path / name}")
        assert (tmp_path / name).exists()
    assert "is a form of notes: “export notes" in reader.type(f"export {tmp_path / 'x.md'}")
    assert "no format is known for .xyz" in reader.type("export talks.xyz")
    assert "--" not in reader.heard
    (tmp_path / "mine.bib").write_text("@book{mine}")
    assert "is there already. Write over it?" in reader.type(f"export {tmp_path / 'mine.bib'}")
    assert "Nothing was written." in reader.type("no")
    assert (tmp_path / "mine.bib").read_text() == "@book{mine}"


# What other programs wrote.

TABLE = (
    "Quote;Who;When;Form;Cited\nWe will not wait any longer.;{who};3/4/2032;verbatim;wire-call\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_text(TABLE.format(who="Mr Nobody"))
    return path


def test_a_library_is_read_and_brought_in_after_a_yes(adding, own, tmp_path):
    (tmp_path / "library.bib").write_text(BIBLATEX)
    reader = adding()
    heard = reader.type(f"import {tmp_path / 'library.bib'}")
    assert "1 new" in heard
    assert f"Add it to {own}?" in heard
    assert "Nothing was added." in reader.type("no")
    reader.type(f"import {tmp_path / 'library.bib'}")
    assert f"Added to {own / 'sources.toml'}" in reader.type("yes")
    assert "South China Morning Post" in reader.type("list sources")
    assert "There is nothing new in it." in reader.type(f"import {tmp_path / 'library.bib'}")


def test_what_is_wanting_in_a_table_is_asked_for(adding, own, table):
    reader = adding()
    heard = reader.type(f"import {table}")
    assert "1 refused" in heard
    assert "--" not in heard
    answers = {
        "language": "en",
        "two days": "day",
        "Mr Nobody": "noren",
        "sources": "wire-call",
    }
    for _ in range(6):
        if prompt(reader) != "Answer":
            break
        question = reader.heard.split("\n")[-1]
        if "two days" in question:
            assert "Say day or month" in reader.type("perhaps")
            assert question in reader.type("?")
        answer = next(answer for words, answer in answers.items() if words in question)
        reader.type(answer)
    assert prompt(reader) == "yes or no", reader.heard
    assert "1 entry added." in reader.type("yes")
    quote = quotes(own)["We will not wait any longer."]
    assert (quote.speaker_id, str(quote.said)) == ("noren", "2032-04-03")


def test_a_column_that_is_understood_wrongly_is_said_anew(adding, table):
    reader = adding()
    reader.type(f"import {table}")
    while prompt(reader) == "Answer":
        reader.type("")
    assert "“COLUMN = FIELD” says what a column is" in reader.heard
    assert "Form — to remark" in reader.type("Form = remark")
    reader.visit.session.ended()


def test_what_is_no_file_to_bring_in_is_said(adding, tmp_path):
    reader = adding()
    assert "Say which file" in reader.type("import")
    assert "there is no file" in reader.type("import nowhere.csv")
    (tmp_path / "x.csv").write_bytes(b"\x00\xff\x1b[2J")
    assert "\x1b" not in reader.type(f"import {tmp_path / 'x.csv'}")
    assert "a pipe is read by" in reader.type("import -")


def test_what_each_row_is_is_asked_where_it_cannot_be_known(adding, tmp_path):
    (tmp_path / "x.csv").write_text("A,B\n1,2\n")
    reader = adding()
    heard = reader.type(f"import {tmp_path / 'x.csv'}")
    assert "What is each row of " in heard
    assert "1. a quote" in heard
