"""Notes on words of a record: the words are found again, or a person is asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

import pytest

from explorer.documents.pages import page
from explorer.notes.anchors import Anchor, Passage, anchored, candidates, find, follow, passages
from explorer.record.index import Index
from explorer.record.model import Issue, Meeting, Position, Record, Ref
from explorer.ui.style import Look
from explorer.ui.widgets.layout import Layout
from explorer.values import dataclass

SAID = "I think that we will get some kind of a deferral on the rare earth export controls"
CLAIM = "the harbour office has never in its history counted a single net"


def ref(text):
    return Ref.parse(text)


def paths(record):
    return [passage.path for passage in passages(record)]


def issue(summary, **more):
    """An issue that has nothing to read but these texts."""
    return Issue(id="made-up", name="?", summary=summary, **more)


def on(words, text):
    """The anchor for words of a text as it once stood."""
    return anchored(issue(text), words)


def found(anchor, *texts):
    """What became of it in an issue with these texts."""
    summary, *others = texts
    return find(anchor, issue(summary, group=" ".join(others[:1]), **_entries(others[1:])))


def _entries(texts):
    return {
        "positions": tuple(Position(delegation_ids=("d",), on="2031", text=text) for text in texts)
    }


def told(anchor, *texts):
    one = found(anchor, *texts)
    return one.kind, one.words


# The texts of a record


def test_passages_are_named_as_in_the_files(index):
    assert paths(index[ref("issue:tolls")]) == [
        "name",
        "group",
        "summary",
        *(f"status {number}, text" for number in (1, 2, 3)),
        *(f"position {number}, text" for number in (1, 2, 3)),
    ]
    assert Passage("position 2, text", "Both tolls go at once.") in passages(
        index[ref("issue:tolls")]
    )


def test_each_sentence_of_a_list_is_a_passage(index):
    negotiation = index[ref("negotiation:harbour-talks")]

    assert passages(negotiation)[2] == Passage("rules 1", "Everything here is invented.")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (
            "quote:tam-patience",
            ["text", "where", "original", "translator"],
        ),
        ("source:northport-bulletin", ["publisher", "title", "author"]),
        (
            "measure:north-toll",
            [
                *("name", "legal_name", "scope", "summary"),
                *("step 1, rate", "step 1, text", "step 2, rate", "step 2, text"),
                *("step 3, text", "step 4, rate", "step 4, text"),
            ],
        ),
    ],
)
def test_ids_references_choices_dates_languages_and_addresses_are_no_passages(index, name, read):
    assert paths(index[ref(name)]) == read


def test_a_conflict_names_what_it_touches_by_references_which_are_no_passages(index):
    conflict = index.dataset.conflicts[0]

    assert not any(path.startswith("about") for path in paths(conflict))


def test_a_field_that_is_new_is_found_by_itself():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Rumour(Record):
        kind: ClassVar[str] = "rumour"
        whisper: str = ""
        whispers: tuple[str, ...] = ()
        doubt: str | None = None
        loud: bool = False
        meeting: Meeting = "talks"
        teller_id: str | None = None
        hearer_ids: tuple[str, ...] = ()

    rumour = Rumour(
        id="x",
        whisper="They talk.",
        whispers=("Low.", "Lower."),
        doubt="Do they?",
        teller_id="noren",
        hearer_ids=("tam",),
    )

    assert paths(rumour) == ["whisper", "whispers 1", "whispers 2", "doubt"]


def test_what_is_empty_is_no_passage():
    assert paths(issue("  \n")) == ["name"]


# From a selection to an anchor


def test_an_anchor_holds_the_words_and_what_stands_on_either_side_of_them():
    assert on("some kind of a deferral", SAID) == Anchor(
        "some kind of a deferral", "I think that we will get ", " on the rare earth export"
    )


def test_surroundings_are_cut_at_words():
    anchor = on("deferral", SAID)

    assert anchor == Anchor(
        "deferral", "that we will get some kind of a ", " on the rare earth export"
    )
    assert max(len(anchor.prefix), len(anchor.suffix)) <= 32


def test_surroundings_never_begin_or_end_in_the_midst_of_a_word():
    text = "Northernmost lighthouses shine on toll houses and on harbourmasters alike"

    assert on("toll houses", text) == Anchor(
        "toll houses", "lighthouses shine on ", " and on harbourmasters alike"
    )
    assert on("shine", text) == Anchor(
        "shine", "Northernmost lighthouses ", " on toll houses and on"
    )


def test_a_word_longer_than_the_surroundings_is_cut_itself():
    long = "Binnenschifffahrtshafenverordnungsentwurf"

    anchor = on("gilt", f"{long} gilt {long}")

    assert anchor == Anchor("gilt", f"{long[-31:]} ", f" {long[:31]}")


def test_the_words_are_as_the_record_writes_them_on_one_line():
    text = "They call it\n  “some kind of a  deferral”, and ‘more’."

    anchor = on("\"some kind\nof a deferral\", and 'more'", text)

    assert anchor.exact == "“some kind of a deferral”, and ‘more’"


@pytest.mark.parametrize(
    "selected",
    [
        "some kind of a deferral",
        "some kind\n        of a   deferral",
        "▎ some kind of\n▎ a deferral",
        "“some kind of a deferral”",
        "some kind of a deferral [3][12]",
        "26 Oct  some kind of a deferral",
        "some kind of a deferral 26 Oct [3]",
        "ll get some kind of a deferral on th",
        "some kind of a defer-",
    ],
)
def test_what_the_page_adds_to_the_words_is_left_out(selected):
    text = "It is some kind of a deferral"
    words = "some kind of a deferral"

    assert on(selected, text).exact == (words if "defer-" not in selected else "some kind of a")


def test_source_marks_do_not_count_against_the_words():
    assert on("Agreed. [17][18][19][20]", "Agreed.").exact == "Agreed."


def test_words_are_never_cut():
    assert on(
        "he toll stays until nets are cou", "The toll stays until nets are counted."
    ).exact == ("toll stays until nets are")
    with pytest.raises(ValueError, match="not this record's own"):
        on("port", "The export stops.")


def test_an_accented_letter_a_vowel_sign_or_a_figure_is_not_cut_off_its_word():
    for part, text in (("Nore", "Nore\u0301n speaks"), ("क", "कि ताब"), ("10", "10% of 1,000")):
        with pytest.raises(ValueError, match="not this record's own"):
            on(part, text)


def test_the_stop_of_the_sentence_ahead_is_left_out():
    assert on(". Both tolls go.", "It stays. Both tolls go.").exact == "Both tolls go."


def test_chinese_is_found_however_its_lines_were_broken():
    anchor = on("任何挖\n泥船挖\n得", "耐心比任何挖泥船挖得更深")

    assert anchor == Anchor("任何挖泥船挖得", "耐心比", "更深")


def test_a_word_that_was_too_long_for_a_line_is_put_together():
    text = "The Binnenschifffahrtsordnung holds."

    assert on("The Binnenschiff\n  fahrtsordnung holds", text).exact == (
        "The Binnenschifffahrtsordnung holds"
    )
    assert on("now\nhere", "It is now here and nowhere.").exact == "now here"


def test_words_of_several_passages_are_those_of_the_longest():
    record = issue("Both tolls go at once.", group="Quays")

    assert anchored(record, "Quays\nBoth tolls go at once").exact == "Both tolls go at once"


@pytest.mark.parametrize(
    "selected",
    [
        "Tolls  ◑ agreed in principle",
        "It was a good day for the strait  Norén, 5 Mar 2031",
        "the toll was never spoken of by anybody",
    ],
)
def test_words_of_other_records_are_refused_in_words_for_a_person(index, selected):
    with pytest.raises(
        ValueError, match=r"^these words are not this record's own; open the record"
    ):
        anchored(index[ref("round:lantern-isle")], selected)


def test_a_record_without_texts_has_no_words_to_anchor_to():
    with pytest.raises(ValueError, match="not this record's own"):
        anchored(replace(issue(""), name=""), "a toll")


def test_three_fifths_of_what_was_selected_are_enough():
    assert on("aa bb cc xx yy", "aa bb cc").exact == "aa bb cc"
    with pytest.raises(ValueError, match="not this record's own"):
        on("aa bb cc xx yyy", "aa bb cc")


@pytest.mark.parametrize("selected", ["", "  \n ", "│ ──", "[3]", "…"])
def test_a_selection_without_words_is_refused(selected):
    with pytest.raises(ValueError, match="select some words"):
        on(selected, "A toll.")


def test_of_several_places_the_one_is_taken_that_the_page_shows_around_the_selection():
    text = "The toll stays by day. At night the toll goes. A toll is a toll."

    assert on("toll", text).suffix.startswith(" stays")
    assert anchored(issue(text), "the toll", before="day. At night", after="goes.").suffix == (
        " goes. A toll is a toll."
    )
    assert anchored(issue(text), "toll", after=". [3]").prefix.endswith("A toll is a ")
    assert anchored(issue(text), "toll", before="20 Oct  A").suffix == " is a toll."


def test_what_the_selection_swept_up_tells_its_place_too():
    text = "South sees a toll. North sees a toll."

    assert on("North sees a toll. [4] 5 Mar", text).prefix == "South sees a toll. "
    assert anchored(issue("a toll", group="a toll"), "a toll").prefix == ""


def test_a_label_beside_the_beginning_of_a_passage_does_not_speak_against_it():
    record = issue("The toll stays. When it rains the toll stays.")

    assert anchored(record, "toll stays", before="5 Mar 2031  The", after=". When").prefix == "The "


def test_other_words_than_those_on_the_page_speak_against_a_place():
    record = issue("toll", group="No toll")

    assert anchored(record, "toll", before="5 Mar 2031 ").prefix == ""
    assert anchored(record, "toll", before="and No ").prefix == "No "


def test_what_was_swept_up_stands_between_the_words_and_what_was_before():
    record = issue("toll stays long", group="the toll stays long")

    assert anchored(record, "5 Mar  toll stays long", before="so the ").prefix == ""


@pytest.mark.parametrize("width", [24, 40, 90])
@pytest.mark.parametrize("which", ["view", "shipped_view"])
def test_any_words_of_a_record_can_be_selected_on_its_page(request, which, width):
    view = request.getfixturevalue(which)
    tried = 0
    for record in [*view.index.dataset.issues[:8], *view.index.dataset.quotes[:30]]:
        laid_out = Layout(page(view, record.ref), width, Look.plain(), titled=True)
        laid_out.finish()
        shown = "\n".join(line.plain.rstrip() for line in laid_out.lines)
        for passage in passages(record):
            words = passage.text.split()[1:-1]
            # A word, too, is broken where it is longer than a line.
            wrapped = r"[\s▎]*".join(re.escape(letter) for letter in "".join(words))
            if words and (found := re.search(wrapped, shown)):
                anchor = anchored(
                    record, found[0], before=shown[found.start() - 40 : found.start()]
                )
                assert anchor.exact == " ".join(words).lstrip("–— ")
                assert find(anchor, record).anchor == anchor
                tried += 1
    assert tried > 20


# Words that stand as they stood


def test_words_between_the_same_surroundings_are_unchanged():
    text = "The toll stays until nets are counted."
    anchor = on("until nets", text)

    one = found(anchor, "Nothing.", "Nets", text)

    assert (one.kind, one.words) == ("unchanged", "until nets")
    assert one.passage == Passage("position 1, text", text)
    assert one.anchor == anchor


@pytest.mark.parametrize(
    "now",
    [
        "They call it\n “some  kind” of\u00a0a\tdeferral, says Nore\u0301n’s paper.",
        'They call it "some kind" of a deferral, says Norén\'s paper.',
        "They call it „some kind“ of a deferral, says Norén‘s paper.",
    ],
)
def test_white_space_quotation_marks_and_the_making_of_letters_do_not_matter(now):
    text = "They call it “some kind” of a deferral, says Norén’s paper."

    for words in ("it “some kind” of a", "a deferral, says", "Norén’s paper."):
        assert found(on(words, text), now).kind == "unchanged"


@pytest.mark.parametrize(
    ("words", "was", "now", "instead"),
    [
        ("the Strait", "It is in the Strait now.", "It is in the strait now.", "the strait"),
        ("control", "They want control today.", "They want controls today.", "controls"),
        ("by 10", "It falls by 10 in all.", "It falls by 10% in all.", "by 10%"),
        ("a port", "There is a port to see.", "There is a porté to see.", "a porté"),
        ("may", "The toll may go in steps.", "The toll may not go in steps.", None),
        (
            "re-form",
            "It is a re-form of all its parts.",
            "It is a reform of all its parts.",
            "reform",
        ),
    ],
)
def test_other_words_are_never_unchanged(words, was, now, instead):
    one = found(on(words, was), now)

    assert one.kind == ("changed" if instead else "moved")
    assert one.words == (instead or words)


def test_the_same_words_elsewhere_are_moved_and_may_be_taken_for_them_on_consent():
    anchor = on("The toll", "The toll stays until nets are counted.")

    one = found(anchor, "?", "?", "By night it goes. The toll stays until nets are counted.")

    assert (one.kind, one.words) == ("moved", "The toll")
    assert one.anchor.prefix == "By night it goes. "
    assert one.passage.path == "position 1, text"


@pytest.mark.parametrize(
    "now",
    [
        "Not the toll stays until nets are counted.",
        "In spring the toll stays until nets are sold.",
        "the toll",
    ],
)
def test_one_surrounding_alone_is_not_enough(now):
    anchor = on("the toll", "In spring the toll stays until nets are counted.")

    assert told(anchor, now) == ("moved", "the toll")


def test_the_beginning_and_the_end_of_a_passage_are_surroundings():
    whole = on("Both tolls go", "Both tolls go")

    assert told(whole, "Both tolls go") == ("unchanged", "Both tolls go")
    assert told(whole, "Both tolls go at once") == ("moved", "Both tolls go")
    assert told(whole, "Now Both tolls go") == ("moved", "Both tolls go")


def test_short_surroundings_at_the_beginning_of_a_passage_are_none_in_its_midst():
    anchor = on("toll stays", "A toll stays")

    assert told(anchor, "There is no such thing as A toll stays")[0] == "moved"


def test_longer_surroundings_than_ours_are_checked_to_their_end():
    anchor = Anchor(
        "deferral", "oubt that we will get some kind of a ", " on the rare earth export contr"
    )

    assert told(anchor, f"No doubt {SAID[8:]}")[0] == "unchanged"
    assert told(anchor, f"No debt {SAID[8:]}")[0] == "moved"


def test_many_words_that_stand_in_one_place_are_unchanged_wherever_it_is():
    anchor = on(CLAIM, f"Tam said {CLAIM} since.")

    assert told(anchor, "?", "?", "?", f"It is said that {CLAIM}, but") == ("unchanged", CLAIM)


def test_many_words_in_two_places_have_moved_unless_the_surroundings_agree():
    anchor = on(CLAIM, f"Tam said {CLAIM} since.")

    assert told(anchor, f"First {CLAIM}.", "?", f"Then {CLAIM}.") == ("moved", CLAIM)
    assert found(anchor, f"First {CLAIM}.", "?", f"Tam said {CLAIM} since.").passage.path == (
        "position 1, text"
    )


@pytest.mark.parametrize("now", [f"{CLAIM}-mender", f"anti-{CLAIM}", f"{CLAIM}–and–more"])
def test_many_words_that_a_hyphen_ties_to_others_have_moved(now):
    assert told(on(CLAIM, f"Tam said {CLAIM} since."), now) == ("moved", CLAIM)


def test_fewer_than_forty_characters_are_not_many_words():
    short, enough = (
        "nets were never counted by the two ports",
        "nets were never counted by the two ports!",
    )
    assert len(short) == 40
    for words in (short, enough):
        assert told(on(words, f"So: {words} So."), f"Here {words}") == ("unchanged", words)
    fewer = short[:-1].replace("port", "ports")[:39]
    assert told(Anchor(fewer[:-1], "So: "), f"Here {fewer[:-1]}")[0] == "moved"


def test_of_several_places_the_one_with_the_likest_surroundings_is_shown():
    anchor = on("the toll", "In the long run the toll goes by itself")

    one = found(anchor, "So the toll.", "With the toll", "In the short run the toll goes by itself")

    assert (one.kind, one.passage.path) == ("moved", "position 1, text")


# Words that changed


def test_what_stands_between_the_surroundings_now_is_told_however_different_it_is():
    anchor = on("half", "the toll on northern nets falls by half in the month of May")

    assert told(anchor, "the toll on northern nets falls by a third in the month of May") == (
        "changed",
        "a third",
    )


def test_a_few_words_that_stand_elsewhere_by_chance_are_not_taken_for_moved():
    anchor = on("half", "the toll on northern nets falls by half in the month of May")
    now = "the toll on northern nets falls by a third in the month of May"

    assert told(anchor, now, "half the fleet") == ("changed", "a third")


def test_many_words_that_stand_elsewhere_have_moved_whatever_stands_in_their_place():
    anchor = on(CLAIM, f"The Gazette writes: {CLAIM}, and nobody doubts it.")
    now = "The Gazette writes: they did count, and nobody doubts it."

    assert told(anchor, now, f"Is it true that {CLAIM}?", f"No: {CLAIM}") == ("moved", CLAIM)


def test_words_that_others_were_put_beside_have_moved():
    anchor = on("a deferral", "I think that we will get a deferral on the rare earth controls")
    now = "I think that we will get perhaps a deferral on the rare earth controls"

    assert told(anchor, now) == ("moved", "a deferral")


@pytest.mark.parametrize(
    ("words", "was", "now", "like"),
    [
        (
            "some kind of a deferral on the controls",
            "We will get some kind of a deferral on the controls, he said.",
            "He said: some sort of a deferral on these controls is near.",
            "some sort of a deferral on these controls",
        ),
        (
            "toll on nets today",
            "The toll on nets today stays.",
            "Each toll on nets falls, and nobody in the strait has seen it today.",
            "toll on nets",
        ),
        (
            "nets, say both of the ports",
            "No nets, say both of the ports.",
            "Not now, say both of the ports.",
            "say both of the ports",
        ),
        ("tariffs", "All tariffs stay.", "Not a single tariff is left.", "tariff"),
        (
            "任何挖泥船挖得更深",
            "耐心比任何挖泥船挖得更深",
            "听说任何船都挖得更深了",
            "任何船都挖得更深",
        ),
    ],
)
def test_words_much_like_them_are_told_when_the_surroundings_are_gone_too(words, was, now, like):
    assert told(on(words, was), "Nothing else.", "?", now) == ("changed", like)


@pytest.mark.parametrize(
    ("words", "was", "now"),
    [
        ("deal", "It is a deal today.", "She was real to him."),
        ("the toll on nets", "They speak of the toll on nets.", "the the on on, of the"),
        ("controls", "They want controls.", "In contrast to it."),
        ("China and the fleet", "It is China and the fleet.", "Chain of the fleets."),
    ],
)
def test_words_that_are_little_alike_are_gone(words, was, now):
    one = found(on(words, was), now)

    assert (one.kind, one.words, one.passage, one.anchor) == ("gone", "", None, None)


def test_words_that_were_taken_out_are_gone():
    anchor = on("some kind of", SAID)

    assert told(anchor, SAID.replace("some kind of ", ""))[0] == "gone"


def test_surroundings_of_a_few_letters_do_not_tell_a_place():
    assert told(on("crab", "No crab goes."), "No ship goes.") == ("gone", "")


def test_what_begins_in_the_midst_of_a_word_is_not_told():
    anchor = on("规则", "All of them speak of the WTO规则 and of tolls today.")

    assert told(anchor, "All of them speak of the WTO法 and of tolls today.") == ("changed", "法")
    assert told(anchor, "All of them speak of the WTOs法 and of tolls today.") == ("gone", "")


def test_surroundings_far_apart_do_not_tell_a_place():
    anchor = on(
        "crab", "Nobody in the strait asks what the crab thinks of all these tolls and nets."
    )
    much = "more ".join(["so much "] * 12)

    now = f"Nobody in the strait asks what the {much} thinks of all these tolls and nets."

    assert told(anchor, now) == ("gone", "")


def test_an_anchor_without_words_is_gone():
    assert told(Anchor(" \n"), "A toll.")[0] == "gone"


def test_what_is_accepted_is_found_again_as_it_was_shown():
    anchor = on("half", "the toll on northern nets falls by half in the month of May")
    now = issue("the toll on northern nets falls by a ‘third’ in the month of May")

    accepted = find(anchor, now).anchor

    assert find(accepted, now).kind == "unchanged"
    assert find(accepted, now).words == accepted.exact == "a ‘third’"


def test_words_are_followed_to_the_id_that_their_record_has_now(index):
    record = index[ref("issue:tolls")]
    anchor = anchored(record, "Both tolls go")

    assert follow(anchor, ref("issue:harbour-fees"), index).kind == "unchanged"
    assert follow(anchor, ref("issue:lighthouses"), index).kind == "gone"


# Where a note might belong


def candidate_refs(*args, **more):
    return [str(candidate.ref) for candidate in candidates(*args, **more)]


def with_quotes(index, **texts):
    """The dataset with more quotes, by id."""
    like = index[ref("quote:office-nets")]
    more = tuple(replace(like, id=slug, text=text) for slug, text in texts.items())
    return Index(replace(index.dataset, quotes=(*index.dataset.quotes, *more)))


def test_the_very_words_are_found_in_other_records(index):
    [one] = candidates(Anchor("Nobody has asked the crab"), index, ref("quote:gone"))

    assert (one.ref, one.words) == (ref("quote:quill-crab"), "Nobody has asked the crab")
    assert one.likeness == 1
    assert one.passage == Passage("text", "Nobody has asked the crab")
    assert one.anchor == Anchor("Nobody has asked the crab")


def test_words_much_like_them_are_found_with_how_much_they_are(index):
    [one] = candidates(Anchor("Nobody ever asked the crabs"), index, ref("quote:gone"))

    assert one.words == "Nobody has asked the crab"
    assert 0.6 <= one.likeness < 1
    assert follow(one.anchor, one.ref, index).words == one.words


@pytest.mark.parametrize(
    ("words", "alike"),
    [
        ("Nobody has asked the crab", 1.0),
        ("Nobody asked the crab", 18 / 21),
        ("Nobody has ever asked the crab", 21 / 25),
        ("Nobody has asked a crab", 18 / 21),
    ],
)
def test_likeness_is_how_much_of_the_longer_of_the_two_is_in_both(index, words, alike):
    [one] = candidates(Anchor(words), index, None)

    assert one.likeness == pytest.approx(alike)


def test_words_that_are_little_alike_are_no_candidates(index):
    assert candidates(Anchor("Everybody would have fed these crabs"), index, None) == ()
    assert candidates(Anchor(" "), index, None) == ()


def test_the_record_it_was_on_stands_first_then_those_of_its_kind_then_the_likest(index):
    whole = with_quotes(
        index, far="the lighthouse burns at night", near="the lighthouse burns by night"
    )
    anchor = Anchor("the lighthouse burns at night")
    issues = (
        replace(issue("the lighthouse burns at night"), id="first"),
        replace(issue("now the lighthouse burns at night", formerly=("isle",)), id="last"),
    )
    whole = Index(replace(whole.dataset, issues=issues))

    def order(near):
        return candidate_refs(anchor, whole, near)

    issues, quotes = ["issue:first", "issue:last"], ["quote:far", "quote:near"]
    assert order(ref("quote:near")) == [*reversed(quotes), *issues]
    assert order(ref("quote:gone")) == [*quotes, *issues]
    assert order(ref("issue:isle")) == [*reversed(issues), *quotes]
    assert order(None) == [*issues, *quotes]


def test_the_very_words_are_not_cut_off_by_others_of_the_kind(index):
    alike = {f"q{n}": f"the lighthouse burns by night {n}" for n in range(9)}
    whole = with_quotes(index, **alike)
    issues = (*index.dataset.issues, issue("the lighthouse burns at night"))
    whole = Index(replace(whole.dataset, issues=issues))

    listed = candidate_refs(Anchor("the lighthouse burns at night"), whole, ref("quote:gone"))

    assert len(listed) == 5
    assert listed[-1] == "issue:made-up"
    assert len(candidates(Anchor("the lighthouse burns at night"), whole, None, limit=8)) == 8


def test_a_record_is_listed_once_with_its_likest_words(index):
    record = issue("the lamp burns by night", group="the lamp burns at night")
    whole = Index(replace(index.dataset, issues=(*index.dataset.issues, record)))

    [one] = candidates(Anchor("the lamp burns at night"), whole, None)

    assert (one.words, one.passage.path) == ("the lamp burns at night", "group")

    record = issue("the lamp burns late at night", group="at night the lamp burns")
    whole = Index(replace(index.dataset, issues=(*index.dataset.issues, record)))

    [one] = candidates(Anchor("the lamp burns at night"), whole, None)

    assert (one.words, one.passage.path) == ("the lamp burns late at night", "summary")


def test_chinese_words_are_found_elsewhere(index):
    [one] = candidates(Anchor("双方海图相差不到一尺"), index, None)

    assert (one.ref, one.words) == (ref("quote:office-charts"), "双方海图相差不到一")


def test_the_same_letters_with_other_blanks_are_not_the_very_words(index):
    [one] = candidates(Anchor("双方海图 相差不到一寻"), index, None)

    assert one.words == "双方海图相差不到一寻"
    assert 0.9 < one.likeness < 1


def test_words_in_another_case_are_looked_at_too(index):
    listed = candidates(Anchor("Crabs"), index, ref("milestone:gone"))

    assert (listed[0].ref, listed[0].words) == (ref("milestone:crab-season"), "Crab")
    assert candidate_refs(Anchor("NOBODY has asked the crab"), index, None) == ["quote:quill-crab"]


@pytest.mark.parametrize(
    ("gone", "listed"),
    [
        ("issue:toll", ["issue:tolls"]),
        ("round:lantern-island", ["round:lantern-isle"]),
        ("issue:crab-fishing-right", ["issue:fishing"]),
        ("milestone:xyz", []),
        ("issue:lantern-isle", []),
    ],
)
def test_for_a_note_on_a_whole_record_they_are_those_with_a_like_id_or_name(index, gone, listed):
    assert candidate_refs(None, index, ref(gone)) == listed


def test_a_former_id_is_like_others_too(index):
    assert candidate_refs(None, index, ref("round:first-rounds")) == ["round:lantern-isle"]


def test_a_note_whose_record_stands_or_was_renamed_needs_no_candidates(index):
    assert candidates(None, index, ref("issue:tolls")) == ()
    assert candidates(None, index, ref("issue:fees")) == ()
    assert candidates(None, index, None) == ()
