"""Going about by lines: lists, records, sections, searching, days, the scope and the views."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from explorer.documents.comparisons import COMPARISONS
from explorer.linear.line_commands import COMMANDS, understood
from explorer.linear.whereabouts import Menu, OnRecord, Viewed


def test_it_begins_with_what_it_is_its_day_and_a_menu(reader):
    first, second, *_ = reader.heard.split("\n")
    assert first == "Harbour talks, explored line by line."
    assert second == "As of 30 Jun 2032."
    assert "2. Rounds: 4" in reader.heard
    assert "? for help, q to leave." in reader.heard


def test_a_number_goes_where_its_entry_leads_and_back_and_forward_go_the_way(reader):
    reader.type("issues")
    assert reader.type(reader.number("Cranes")).startswith("Issue: Cranes.")
    assert reader.type("H").startswith("Issues.")
    assert reader.type("L").startswith("Issue: Cranes.")
    assert reader.type("back", "back").startswith("Harbour talks.")
    assert reader.type("back") == "There is nothing before this."


def test_a_number_that_is_none_says_which_there_are(reader):
    reader.type("rounds")
    assert reader.type("99") == "There is no 99 here; the numbers go from 1 to 4."
    assert reader.type("1 9") == "Entry 1 leads to one place alone; “1” goes there."


def test_an_entry_that_names_several_asks_which(reader):
    reader.type("go tolls")
    track = next(
        (n, e) for n, e in enumerate(reader.visit.session.leaf.numbered, 1) if len(e.goals) > 1
    )
    asked = reader.type(f"{track[0]}") if track[1].goal is None else reader.type(f"l {track[0]}")
    assert "1. " in asked
    assert "2. " in asked
    reader.type("2")
    assert reader.visit.session.place == track[1].goals[1].place


def test_what_is_no_answer_to_a_question_is_a_command(reader):
    reader.type("sections")
    reader.type("go tolls", "sections")
    assert reader.type("rounds").startswith("Rounds.")
    assert reader.visit.session.mode is None


def test_sections_are_read_one_after_the_other_or_by_their_number(reader):
    reader.type("go tolls")
    first, second = reader.type("J"), reader.type("J")
    assert first.split("\n")[0].endswith(":")
    assert second.split("\n")[0].endswith(":")
    assert first != second
    assert reader.type("K") == first
    assert reader.type("K") == "This is the first section."
    listed = reader.type("sections")
    assert "2. " in listed
    assert reader.type("2") == second
    assert f"section {second.split(':')[0]}" in reader.type("w")


def test_a_list_is_narrowed_and_what_is_read_is_searched_by_the_same_sign(reader):
    assert reader.type("issues", "/ crab").startswith("Issues.\n1 of 5 issues, with “crab”.")
    reader.type("go tolls")
    assert "“toll” is in" in reader.type("/toll")
    assert reader.type("/ zeppelin") == (
        "“zeppelin” is not here; “s zeppelin” searches everything."
    )


def test_a_long_list_goes_on(reader):
    heard = reader.type("s toll")
    assert "1 to 20 of them, “more” goes on" in heard
    more = reader.type("more")
    assert re.search(r"^21\. ", more, re.MULTILINE)
    assert reader.type("30")
    assert isinstance(reader.visit.session.place, OnRecord)


def test_a_very_long_page_is_read_in_parts(reader, monkeypatch):
    monkeypatch.setattr("explorer.linear.session.LONGEST", 4)
    whole = reader.type("go tolls")
    assert "more: “more” goes on, “sections” lists them" in whole
    last = reader.visit.session.leaf.lines()[-1]
    assert last not in whole
    for _ in range(20):
        if last in reader.type("more"):
            break
    assert last in reader.heard
    assert reader.type("more") == "That is all there is here."


def test_a_search_leads_to_what_it_finds_and_offers_what_may_have_been_meant(reader):
    reader.type("s autumn")
    reader.type(reader.number("could go by autumn"))
    assert "could go by autumn" in reader.heard
    assert "Search for speaker:Norén instead" in reader.type("s speaker:norem")
    assert "Norén" in reader.type("1")


def test_a_record_is_gone_to_by_its_name_its_reference_or_words_of_it(reader):
    for typed in ("go issue:cranes", "go cranes", "go Cranes", "goto crane"):
        reader.type("m", typed)
        assert reader.visit.session.leaf.title == "Issue: Cranes"
    assert "did you mean" in reader.type("go issue:crane")
    assert "did you mean “Cranes”?" in reader.type("go cranez")
    assert "may be" in reader.type("go toll")
    assert reader.type("2")


def test_the_day_is_set_as_a_person_says_it_and_nothing_later_is_read(reader):
    reader.type("quotes")
    assert reader.type("= 7 mar 2031").startswith("As of 7 Mar 2031.\nQuotes.")
    assert "2032" not in reader.heard
    assert reader.type("day lantern").startswith("As of 5 Mar 2031.")
    assert reader.type("]").startswith("As of ")
    assert "nor a round" in reader.type("= never")
    assert reader.type("0").startswith("As of 30 Jun 2032.")
    assert "The record ends on" in reader.type("last day", "]")


def test_a_day_that_is_asked_for_is_asked_again_until_it_is_one(reader):
    assert "Which day" not in reader.heard
    assert "You can say 2025-10-26" in reader.type("=")
    assert reader.visit.session.prompt == "Which day"
    assert "Enter alone leaves things as they are" in reader.type("neverday")
    assert "You can say" in reader.type("?")
    assert reader.type("8 mar 2031").startswith("As of 8 Mar 2031.")
    assert reader.visit.session.prompt == "Command"


def test_a_record_that_was_not_public_on_the_day_is_left_and_found_again_later(reader):
    reader.type("go tide hall")
    heard = reader.type("= 8 mar 2031")
    assert "was not public on 8 Mar 2031" in heard
    assert "Tide" not in heard
    assert reader.visit.session.place == Menu()
    assert "Passed over" in reader.type("H")
    assert "was not public" in reader.type("go round:tide-hall")


def test_the_scope_narrows_lists_and_views(reader):
    reader.type("go cranes")
    assert reader.type("scope").startswith("Scope: Issue: Cranes.")
    assert "of 10 quotes" in reader.type("quotes")
    assert "Scope: Issue: Cranes." in reader.type("w")
    assert "The scope is off" in reader.type("scope off")
    assert reader.type("quotes").startswith("Quotes.\n10 quotes")


@pytest.mark.parametrize("comparison", [c for c in COMPARISONS if not c.is_its_own])
def test_every_view_is_read_by_its_letter_and_by_its_words(reader, comparison):
    by_letter = reader.type(comparison.key)
    assert reader.visit.session.place == Viewed(comparison.name)
    command = next(c for c in COMMANDS if c.with_action == comparison.name and c.action == "view")
    assert reader.type(command.words[0]) == by_letter


def test_a_view_takes_what_its_command_takes(reader):
    assert "Since" in reader.type("positions since lantern") or "since" in reader.heard
    assert reader.type("positions by round") != reader.type("positions")
    assert "Truce on tolls" in reader.type("accounts of lantern isle")
    assert "“zzz” is not understood here" in reader.type("in force zzz")
    reader.type("go issue:dredging")
    assert "Dredging" in reader.type("a").split("\n")[0]
    assert "all points" in reader.type("a all")


def test_two_texts_are_chosen_and_compared(reader):
    asked = reader.type("d")
    assert "Which text comes first?" in asked
    assert "Compare " in reader.type("1")
    assert reader.type("1").count("\n") > 3
    assert isinstance(reader.visit.session.place, Viewed)


def test_what_is_new_is_said_to_be_nothing_the_first_time(reader):
    assert "Nothing is new" in reader.type("news")
    assert reader.type("seen") == "There is nothing new that is not seen."


def test_no_sign_stands_without_a_word(reader):
    for typed in ("i", "positions", "accounts", "deadlines", "changes", "go tolls", "evidence"):
        heard = reader.type(typed)
        assert not re.search("[✓✗∅≢✦→⇄▸◂✎✱·]", heard), typed
        assert not re.search(r"(^|\s)[~+]\s\w", heard), typed


def test_hostile_words_are_read_and_do_nothing(reader):
    assert "\x1b" not in reader.type("s \x1b[31mred\x07")
    assert "\x1b" not in reader.type("\x1b]0;title\x07")
    assert "[bold]" in reader.type("issues")


def test_what_is_no_command_says_what_would_work(reader):
    assert "Did you mean “positions”?" in reader.type("positons")
    assert "“s soybeans” searches for it" in reader.type("soybeans")
    assert reader.type("") == "Type a number or a command; ? explains what works here."


def test_help_explains_the_place_a_command_or_everything(reader):
    assert "goes where that entry leads" in reader.type("?")
    assert reader.type("help note").startswith("n or note WORDS: ")
    everything = reader.type("help all")
    for command in COMMANDS:
        if command.group:
            assert command.help in everything


def test_each_letter_stands_for_one_command_and_each_word_is_understood():
    letters = [command.letter for command in COMMANDS if command.letter]
    assert sorted(letters) == sorted(set(letters))
    for command in COMMANDS:
        for word in command.words:
            found = understood(f"{word} more of it")
            assert found is not None
            assert (found[0].action, found[0].with_action) == (command.action, command.with_action)
    assert understood("pos since madrid") is not None
    assert understood("p") != understood("P")


def test_every_command_has_a_deed(reader):
    deeds = reader.visit.session.deeds
    assert {command.action for command in COMMANDS} - {"wrap", "page"} <= deeds.keys()


def test_sources_are_listed_whole_opened_and_copied(reader):
    reader.type("go tolls")
    listed = reader.type("o")
    assert listed.startswith("Sources of Issue: Tolls and the truce.")
    number = reader.number("http")
    address = re.search(rf"^{number}\. .*?(https?://\S+)", listed, re.MULTILINE)[1]
    assert "Handed to your browser" in reader.type(f"open {number}")
    assert reader.opened == [address]
    assert reader.type(f"copy {number}").endswith(address)
    assert "say the number of a source" in reader.type("open 99")
    assert reader.type(number).startswith("Source: ")


def test_what_is_read_is_cited_and_written_into_files(reader, tmp_path):
    reader.type("go tolls")
    assert "Tolls and the truce" in reader.type("y")
    assert '"type"' in reader.type("cite csl")
    path = tmp_path / "brief.md"
    assert f"is in {path}" in reader.type(f"b {path}")
    assert "Tolls and the truce" in path.read_text("utf-8")
    page = tmp_path / "page.html"
    assert "Written to" in reader.type(f"save {page}")
    before = page.read_bytes()
    assert "Write over it?" in reader.type("go cranes", f"save {page}")
    assert reader.type("no") == "Nothing was written."
    assert page.read_bytes() == before
    reader.type(f"save {page}", "yes")
    assert page.read_bytes() != before
    assert "could not be written" in reader.type(f"save {tmp_path}/nowhere/page.txt")


def test_what_has_come_since_the_last_visit_is_said_at_the_start(visits, harbour, tmp_path):
    own = Path(shutil.copytree(harbour, tmp_path / "harbour"))
    assert "new or changed" not in visits(own).heard
    quotes = own / "quotes.toml"
    quotes.write_text(
        quotes.read_text()
        + '\n[[quote]]\nid = "noren-new"\ntext = "New words"\nspeaker = "noren"\n'
        'said = 2031-03-05\npublished = 2031-03-05\nform = "verbatim"\nlanguage = "en"\n'
        'sources = ["wire-call"]\n'
    )
    reader = visits(own)
    assert "1 record is new or changed since" in reader.heard
    assert "New words" in reader.type("news")


def test_a_view_of_everything_says_what_narrows_it_to_a_record(reader):
    heard = reader.type("positions of cranes")
    assert "“scope cranes” narrows it to Issue: Cranes, then “positions”" in heard
    assert "is not understood here" in reader.type("positions of nonsense")


def test_texts_are_compared_by_what_they_belong_to(reader):
    assert "Compare " in reader.type("compare lantern isle") or "Which text" in reader.heard


def test_clauses_are_numbered_in_words_and_no_kind_is_said_twice(reader):
    whole = "\n".join(reader.type(f"go {ref}") for ref in reader.view.index.everything())
    assert "Clause 2: " in whole
    assert reader.type("go round:lantern-isle").startswith("Round ")
    assert not reader.heard.startswith("Round: Round")


def test_a_question_that_is_passed_over_says_so(reader):
    assert "may be" in reader.type("go isle")
    assert reader.type("") == "Left as it is."


def test_files_that_change_are_read_again_by_the_next_command(visits, harbour, tmp_path):
    own = Path(shutil.copytree(harbour, tmp_path / "harbour"))
    reader = visits(own)
    reader.type("go cranes")
    issues = own / "issues.toml"
    before = issues.read_text()
    issues.write_text(before.replace('name = "Cranes"', 'name = "Cranes and derricks"'))
    heard = reader.type("again")
    assert heard.startswith("The files of the dataset have changed, and were read again.")
    assert "Issue: Cranes and derricks." in heard
    assert "have changed" not in reader.type("again")
    issues.write_text("[[issue")
    assert "have problems now" in reader.type("again")
    assert "Cranes and derricks" in reader.heard
    assert "have changed" not in reader.type("again")
    issues.write_text(before)
    assert "Numbers may mean something else now:" in reader.type("1")
    assert "Issue: Cranes." in reader.heard


def test_a_search_and_a_scope_are_kept_under_a_name(reader):
    assert "You keep none." in reader.type("watches")
    assert "Search for something" in reader.type("watch mine")
    reader.type("s crane")
    assert "Say under which name" in reader.type("watch")
    assert "Kept: lifting: search for crane." in reader.type("watch lifting")
    assert "There is a watch" in reader.type("watch Lifting")
    reader.type("scope cranes", "m", "watch cranes alone", "scope off")
    assert "2. cranes alone: Issue: Cranes" in reader.type("watches")
    assert "Scope: Issue: Cranes." in reader.type("2")
    assert "Search for crane." in reader.type("W lifting")
    assert reader.view.chosen == ()
    assert "Delete the watch lifting" in reader.type("unwatch lifting")
    assert reader.type("yes") == "Deleted."
    assert "No watch is called" in reader.type("unwatch lifting")
