"""One search over everything that was public and over the notes, as one types."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from threading import Thread
from unittest.mock import ANY

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from canaries import canaried
from explorer import cli, dataset
from explorer.errors import ExplorerError
from explorer.notes import Anchor, Notes, NoteStore, Words
from explorer.record.days import first_day, last_day
from explorer.record.index import Index
from explorer.record.labels import FORM_NAMES, title
from explorer.record.model import Clause, Milestone, Ref
from explorer.record.tables import entries
from explorer.search import (
    KINDS,
    Engine,
    NoFullTextError,
    Results,
    as_data,
    filters,
    word_table,
)
from explorer.search.findable import Documents, documents
from explorer.search.query import taken_apart
from explorer.search.word_split import apart
from explorer.search.word_table import make_table
from explorer.text.folding import fold, matches
from explorer.text.folding import words_of as words_typed
from explorer.text.sanitize import plain
from explorer.transfer.tag_list import counted
from explorer.view import View

EVERYTHING = 10_000
DAY = date(2031, 6, 1)


@pytest.fixture(scope="module")
def invented(_harbour_read):
    """The small dataset, read once."""
    return _harbour_read.dataset


@pytest.fixture(scope="module")
def shipped(_shipped_read):
    """The dataset that comes with the program, read once."""
    return _shipped_read.dataset


@pytest.fixture(scope="module")
def harbour_engine(invented):
    return Engine(View(Index(invented), Notes()))


@pytest.fixture(scope="module")
def shipped_engine(shipped):
    return Engine(View(Index(shipped), Notes()))


@pytest.fixture(scope="module")
def harbour_documents(invented):
    """All that can be found there."""
    return tuple(documents(View(Index(invented), Notes())))


@pytest.fixture(scope="module")
def shipped_documents(shipped):
    return tuple(documents(View(Index(shipped), Notes())))


def told(results):
    """What was found: the record and the kind of each."""
    return [(str(hit.ref), hit.kind) for hit in results.hits]


def refs(results):
    return [str(hit.ref) for hit in results.hits]


def words_of(hit):
    return "".join(piece for piece, _ in hit.snippet)


def marked(spans):
    return [piece for piece, is_marked in spans if is_marked]


# What is found


@pytest.mark.parametrize(
    ("typed", "ref", "kind"),
    [
        ("who may fish, dredge", "negotiation:harbour-talks", "Negotiation"),
        ("brackets such as these are text", "negotiation:harbour-talks", "Negotiation"),
        ("three days of talks", "round:lantern-isle", "Round"),
        ("lighthouse", "round:lantern-isle", "Round"),
        ("leaders are to speak", "round:lantern-isle", "Round"),
        ("envoy leads it", "delegation:north", "Delegation"),
        ("lawyer", "delegate:noren", "Delegate"),
        ("deputy envoy", "delegate:noren", "Delegate"),
        ("lift what from which quay", "issue:cranes", "Issue"),
        ("patience digs deeper", "quote:tam-patience", "Quote"),
        ("another tense", "quote:noren-good-day", "Quote"),
        ("called it a good day", "quote:noren-good-day", "Quote"),
        ("nine fathoms", "measure:south-net-ban", "Measure"),
        ("toll act 7 of 2031 every ship", "measure:north-toll", "Measure"),
        ("without pilotage", "figure:north-duty", "Value"),
        ("lantern dues", "figure:north-duty", "Value"),
        ("measure the channel together", "point:channel-depth", "Point said to be agreed"),
        ("nets may be laid", "milestone:crab-season", "Milestone"),
        ("two hours", "conflict:length-of-call", "Conflict between sources"),
        ("written from the quay", "source:gazette-lantern", "Source"),
        ("doubles its toll", "issue:tolls", "Status"),
        ("stays until nets are counted", "issue:tolls", "Position"),
        ("ships begin to pay", "measure:north-toll", "Step"),
        ("pause, not of a year", "point:toll-truce", "Account"),
        ("a year without new tolls", "point:toll-truce", "Account"),
        ("promise on nets", "round:lantern-isle", "Outcome"),
        ("prints the same tolls", "point:toll-truce", "Evidence"),
        ("fog", "round:lantern-isle", "Move"),
    ],
)
def test_each_text_of_the_record_is_found_and_leads_there(harbour_engine, typed, ref, kind):
    assert told(harbour_engine.search(typed))[0] == (ref, kind)


def test_every_record_is_found_by_its_title_and_by_its_id(harbour_engine, index):
    for record in index.dataset.records():
        for typed in (title(index, record.ref), record.id):
            assert str(record.ref) in refs(harbour_engine.search(typed)), typed


def test_every_dated_statement_is_found_by_itself(harbour_engine, index):
    dated = [
        entry
        for record in index.dataset.records()
        for _, _, entry in entries(record)
        if hasattr(entry, "on") and not isinstance(entry, Clause)
    ]
    apart_from_records = [
        hit
        for kind in (
            "status",
            "position",
            "step",
            "account",
            "outcome",
            "evidence",
            "move",
            "value",
        )
        for hit in harbour_engine.search(f"kind:{kind}").hits
    ]
    assert len(dated) == 42
    assert sorted(str(hit.day) for hit in apart_from_records) == sorted(
        str(entry.on) for entry in dated
    )


@pytest.mark.parametrize(
    ("typed", "headed", "on"),
    [
        ("doubles its toll", "Tolls and the truce – disputed", date(2031, 1, 10)),
        ("stays until nets", "Tolls and the truce – North", date(2031, 1, 10)),
        ("ships begin to pay", "Strait toll – in force", date(2031, 2, 1)),
        ("so the bulletin", "Truce on tolls – North affirms", date(2031, 3, 6)),
        (
            "kind:account issue:fishing silent",
            "A count of nets – South is silent",
            date(2031, 3, 7),
        ),
        ("promise on nets", "Round 1: Lantern Isle – North", date(2031, 3, 6)),
        ("welcome the pause", "Round 1: Lantern Isle – given jointly", date(2031, 3, 5)),
        ("prints the same tolls", "Truce on tolls – evidence", "2031-10"),
        ("fog", "Round 1: Lantern Isle – moved to 3 Mar 2031", date(2031, 2, 25)),
        ("patience digs", "Tam Wai-lan: “Patience digs deeper than any dredger”", date(2031, 3, 5)),
        (
            "kind:quote office nets",
            "Harbour Office: “The office has counted no nets”",
            date(2031, 3, 7),
        ),
        ("kind:milestone truce", "Toll truce ends", date(2032, 9, 1)),
        ("kind:issue truce", "Tolls and the truce", date(2031, 1, 10)),
        ("kind:delegate lawyer", "Astrid Norén", None),
        (
            "kind:source without a headline",
            "unnamed broadsheet: A page on the talks, without a headline, Oct 2031",
            "2031-10",
        ),
    ],
)
def test_what_is_found_is_headed_and_dated(harbour_engine, typed, headed, on):
    hit = harbour_engine.search(typed).hits[0]
    assert (hit.title, hit.day) == (headed, on)


@pytest.mark.parametrize("planned", [date(2031, 3, 1), "2031-03"])
def test_a_round_to_come_is_dated_as_it_is_planned(view, planned):
    rounds = tuple(
        replace(r, planned=planned) if r.id == "lantern-isle" else r
        for r in view.index.dataset.rounds
    )
    early = View(Index(replace(view.index.dataset, rounds=rounds)), Notes()).at(date(2031, 2, 22))
    assert [hit.day for hit in Engine(early).search("kind:round").hits] == [planned]


def test_what_is_said_is_found_by_who_said_it_and_what_it_is_about(harbour_engine):
    assert "quote:office-charts" in refs(harbour_engine.search("harbour office dredging fathom"))
    assert ("issue:tolls", "Position") in told(harbour_engine.search("astrid tolls nets counted"))
    assert ("measure:north-toll", "Step") in told(harbour_engine.search("north begin pay truce"))
    assert refs(harbour_engine.search("譚慧蘭 patience")) == ["quote:tam-patience"]


# What is typed


def test_every_word_must_occur_in_any_order(harbour_engine):
    assert refs(harbour_engine.search("dredger patience")) == ["quote:tam-patience"]
    assert refs(harbour_engine.search("dredger patience lighthouse")) == []


def test_only_the_last_word_may_be_begun(harbour_engine):
    assert "quote:tam-patience" in refs(harbour_engine.search("patience dredg"))
    assert "quote:tam-patience" not in refs(harbour_engine.search("dredg patience"))


def test_a_word_is_not_found_by_its_end_or_middle(harbour_engine):
    assert refs(harbour_engine.search("atience")) == []


def test_words_in_quotation_marks_are_found_as_they_stand(harbour_engine):
    assert refs(harbour_engine.search('"digs deeper than"')) == ["quote:tam-patience"]
    assert refs(harbour_engine.search("“digs deeper than”")) == ["quote:tam-patience"]
    assert refs(harbour_engine.search('"deeper digs"')) == []
    assert refs(harbour_engine.search('"digs deep"')) == []


def test_a_phrase_that_is_not_closed_may_be_only_begun(harbour_engine):
    assert refs(harbour_engine.search('"digs deep')) == ["quote:tam-patience"]


def test_no_phrase_runs_on_from_one_text_to_the_next(harbour_engine):
    assert "quote:tam-patience" in refs(harbour_engine.search("dredger lantern"))
    assert refs(harbour_engine.search('"than any dredger lantern"')) == []
    assert refs(harbour_engine.search('"Tam Wai-lan South"')) == []


def test_words_tied_by_a_hyphen_or_an_apostrophe_stand_together(harbour_engine):
    assert "delegate:tam" in refs(harbour_engine.search("wai-lan"))
    assert "delegate:tam" not in refs(harbour_engine.search("lan-wai"))


def test_what_a_minus_stands_before_is_left_out(harbour_engine):
    every, left = (set(told(harbour_engine.search(typed))) for typed in ("toll", "toll -truce"))
    assert every - left == every & set(told(harbour_engine.search('"truce"')))
    assert 0 < len(left) < len(every)


def test_only_whole_words_are_left_out(harbour_engine):
    assert told(harbour_engine.search("toll -tru")) == told(harbour_engine.search("toll"))


def test_a_phrase_is_left_out_as_one(harbour_engine):
    assert "quote:tam-patience" in refs(harbour_engine.search('patience -"digs any"'))
    assert "quote:tam-patience" not in refs(harbour_engine.search('patience -"digs deeper"'))


def test_what_is_only_left_out_leaves_all_the_rest(harbour_engine, harbour_documents):
    everything = harbour_engine.search("-nosuchword").total
    assert everything == len(harbour_documents)
    assert harbour_engine.search("-toll").total < everything


@pytest.mark.parametrize(
    "typed", ["", "   ", "-", '"', '""', "*", "()", "\x00", "\ud800", "·", "%"]
)
def test_what_has_no_word_finds_nothing_and_is_no_trouble(harbour_engine, typed):
    assert harbour_engine.search(typed) == Results()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("crab OR toll", ["crab", "or", "toll"]),
        ("NEAR(crab toll)", ["near", "crab", "toll"]),
        ("toll AND NOT crab", ["toll", "and", "not", "crab"]),
        ("toll^ + *crab*", ["toll", "crab"]),
        ("{names text} crab", ["names", "text", "crab"]),
    ],
)
def test_nothing_typed_is_read_as_the_language_of_the_index(harbour_engine, typed, words):
    assert told(harbour_engine.search(typed)) == told(harbour_engine.search(" ".join(words)))


def test_more_than_one_types_is_cut_and_said_to_be(harbour_engine):
    found = harbour_engine.search("toll " * 200)
    assert found.trouble == "only the first 500 characters were looked at"
    assert set(refs(found)) == set(refs(harbour_engine.search("toll toll")))


# Letters


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("noren", "delegate:noren"),
        ("NORÉN", "delegate:noren"),
        ("noren\u0301", "delegate:noren"),
        ("mollehavn", "round:tide-hall"),
        ("MØLLEHAVN", "round:tide-hall"),
        ("other's ships", "issue:tolls"),
        ("other’s ships", "issue:tolls"),
        ("pilots'", "source:almanac"),
        ("ｃｒａｂ", "source:undated-leaflet"),
    ],
)
def test_case_accents_and_typographic_apostrophes_do_not_matter(harbour_engine, typed, ref):
    assert ref in refs(harbour_engine.search(typed))


def test_letters_that_become_two_are_found_either_way(view):
    engine = Engine(with_milestones(view, ("strasse", "Straße", "Die Straße am Fluß", DAY)))
    for typed in ("strasse", "STRASSE", "straße", "fluss", "fluß"):
        (hit,) = engine.search(f"{typed} kind:milestone").hits
        assert marked(hit.snippet) == ["Straße" if typed.lower().startswith("stra") else "Fluß"]


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("耐心", "quote:tam-patience"),
        ("挖泥船", "quote:tam-patience"),
        ("泥", "quote:tam-patience"),
        ("慧蘭", "delegate:tam"),
        ("譚慧蘭 harbour master", "delegate:tam"),
        ("关于海峡", "source:southport-notice"),
        ("关于 通告", "source:southport-notice"),
        ("“海图相差”", "quote:office-charts"),
    ],
)
def test_chinese_is_found_by_any_of_its_characters_that_stand_together(harbour_engine, typed, ref):
    assert ref in refs(harbour_engine.search(typed))


@pytest.mark.parametrize("typed", ["心耐", "耐任", "蘭慧"])
def test_chinese_characters_must_stand_as_they_are_typed(harbour_engine, typed):
    assert refs(harbour_engine.search(typed)) == []


def test_chinese_and_latin_letters_side_by_side_are_told_apart(view):
    engine = Engine(with_milestones(view, ("gpu", "Cards", "他们买了4090D显卡。", DAY)))
    for typed in ("4090d", "显卡", "买了4090D显", "了 4090"):
        assert refs(engine.search(f"{typed} kind:milestone")) == ["milestone:gpu"], typed


def test_a_character_is_not_begun_by_another(view):
    engine = Engine(with_milestones(view, ("one", "One", "稀土", DAY)))
    assert refs(engine.search("稀 土")) == ["milestone:one"]
    assert refs(engine.search("稀少")) == []


def test_he_lifengs_name_is_found_in_its_own_script(shipped_engine):
    assert refs(shipped_engine.search("何立峰"))[0] == "delegate:he-lifeng"
    assert "delegate:he-lifeng" in refs(shipped_engine.search("何"))


@given(st.text(max_size=40))
def test_words_are_those_that_filters_compare(text):
    kept = "".join(c for c in fold(text) if c.isalnum())
    assert apart(text).replace(" ", "") == kept


# Rank


def with_milestones(view, *made):
    """The view with milestones for each slug, name, text and day."""
    milestones = tuple(
        Milestone(id=slug, name=name, text=text, on=day, source_ids=("almanac",))
        for slug, name, text, day in made
    )
    return View(
        Index(
            replace(
                view.index.dataset,
                milestones=milestones,
                negotiation=replace(view.index.dataset.negotiation, deadline_ids=()),
            )
        ),
        Notes(),
    )


def ranked(view, typed, *made):
    return [
        ref.partition(":")[2]
        for ref in refs(Engine(with_milestones(view, *made)).search(f"kind:milestone {typed}"))
    ]


def test_a_name_ranks_above_a_text(view):
    made = (("text", "Lamps", "A buoy is laid.", DAY), ("name", "A buoy", "It is laid now.", DAY))
    assert ranked(view, "buoy", *made) == ["name", "text"]


def test_words_as_they_were_typed_rank_above_the_same_words_apart(view):
    made = (
        ("apart", "Lamps", "Here a bell rings, and the buoy is lit.", DAY),
        ("together", "Lamps", "Here the bell buoy now rings, and is lit.", DAY),
    )
    assert ranked(view, "bell buoy", *made) == ["together", "apart"]


def test_whole_words_rank_above_those_that_only_begin_so(view):
    made = (
        ("begun", "Lamps", "The buoyancy is good.", DAY),
        ("whole", "Lamps", "The buoy is good.", DAY),
    )
    assert ranked(view, "buoy", *made) == ["whole", "begun"]


def test_of_equals_the_newest_is_first_and_the_undated_last(view):
    made = tuple(
        (slug, "Lamps", "The buoy is good.", day)
        for slug, day in (("old", DAY), ("new", DAY + timedelta(9)), ("mid", DAY + timedelta(3)))
    )
    assert ranked(view, "buoy", *made) == ["new", "mid", "old"]


def test_without_words_the_newest_is_first(harbour_engine):
    days = [hit.day for hit in harbour_engine.search("kind:quote").hits]
    assert days == sorted(days, key=last_day, reverse=True)
    assert len(days) == 10


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("rare earths", "issue:rare-earths"),
        ("rare earth", "issue:rare-earths"),
        ("soybeans", "issue:soybeans"),
        ("tariffs", "issue:tariffs"),
        ("taiwan", "issue:taiwan"),
        ("tiktok", "issue:tiktok"),
        ("madrid", "round:madrid"),
        ("geneva", "round:geneva"),
        ("kuala", "round:kuala-lumpur"),
        ("bess", "delegate:bessent"),
        ("he lifeng", "delegate:he-lifeng"),
        ("xi", "delegate:xi"),
        ("tru", "delegate:trump"),
        ("us", "delegation:us"),
        ("china", "delegation:china"),
        ("kind:quote deferral", "quote:bessent-deferral-2025-10-26"),
        ('kind:quote "hard-won', "quote:he-lifeng-hard-won-2025-10-26"),
        ("reuters", "source:reuters-cna-2025-05-30"),
    ],
)
def test_what_one_means_is_first_in_the_shipped_dataset(shipped_engine, typed, first):
    found = refs(shipped_engine.search(typed))
    if typed == "reuters":
        assert all(ref.startswith("source:") for ref in found[:10])
    else:
        assert found[0] == first


def test_a_speaker_and_an_issue_find_first_what_that_speaker_said_of_it(shipped_engine):
    found = shipped_engine.search("bessent soybeans", limit=EVERYTHING)
    quotes = told(shipped_engine.search("speaker:bessent issue:soybeans kind:quote"))
    assert quotes
    assert set(told(found)[: len(quotes)]) == set(quotes)
    assert ("issue:soybeans", "Position") in told(found)[len(quotes) :][:3]
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_an_issue_in_the_plural_is_near_the_top_for_its_singular(shipped_engine):
    for typed, issue in (("soybean", "issue:soybeans"), ("chip", "issue:chips")):
        assert issue in refs(shipped_engine.search(typed))[:10]


# Who is meant

PATIENCE, WELCOME = "quote:tam-patience", "quote:tam-welcome"


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("tam dredger", "tam"),
        ("Tam Wai-lan dredger", "tam"),
        ("dredger tam wai", "tam"),
        ("谭慧兰 dredger", "tam"),
        ("harbour master dredger", "tam"),
        ("dredger master of southport", "tam"),
        ("harbour master tam wai-lan dredger", "tam"),
        ("speaker:tam dredger", "tam"),
        ("norén hour", "noren"),
        ("astrid hour", "noren"),
        ("deputy envoy hour", "noren"),
        ("harbour office nets", "harbour-office"),
        ("southport harbour office nets", "harbour-office"),
    ],
)
def test_who_names_a_speaker_finds_first_what_was_said(harbour_engine, typed, speaker):
    hits = harbour_engine.search(typed).hits
    said = [
        hit.kind == "Quote" and f"quote:{speaker.split('-')[-1]}" in str(hit.ref) for hit in hits
    ]
    assert said[0]
    assert said == sorted(said, reverse=True)


def test_of_what_a_speaker_said_that_is_first_which_has_the_words_itself(view):
    quotes = tuple(
        replace(
            next(q for q in view.index.dataset.quotes if q.id == "tam-patience"),
            id=slug,
            text=text,
            issue_ids=("dredging",),
        )
        for slug, text in (("about", "We wait and wait."), ("itself", "Dredging is patience."))
    )
    them = View(Index(replace(view.index.dataset, quotes=quotes)), Notes())
    found = refs(Engine(them).search("tam dredging"))
    assert found[:2] == ["quote:itself", "quote:about"]


def test_a_post_by_itself_finds_who_holds_it_first(harbour_engine, shipped_engine):
    assert refs(harbour_engine.search("chief pilot"))[0] == "delegate:okafor"
    assert refs(shipped_engine.search("treasury secretary"))[0] == "delegate:bessent"
    assert refs(shipped_engine.search("commerce secretary"))[0] == "delegate:lutnick"


def test_a_post_is_not_taken_for_another_speaker_whose_name_is_in_it(shipped_engine):
    found = refs(shipped_engine.search("treasury secretary soybeans"))
    assert found[0].startswith("quote:bessent")
    assert shipped_engine.search("treasury secretary soybeans").total == len(found)


def test_a_post_that_was_not_public_is_nobodys(view):
    early = Engine(view.at(date(2031, 2, 1)))
    assert not any(hit.kind == "Quote" for hit in early.search("chief pilot rocks").hits)


def test_quotes_of_a_side_or_a_round_are_ranked_by_their_words_among_the_rest(shipped_engine):
    assert (
        "quote:he-yadong-soybeans-2025-09-25" in refs(shipped_engine.search("china soybeans"))[:8]
    )
    madrid = refs(shipped_engine.search("madrid tiktok"))
    assert madrid[0] == "point:madrid-tiktok"
    assert any(ref.startswith("quote:") for ref in madrid[:8])


def test_no_word_of_an_issue_is_taken_for_a_post(shipped_engine):
    assert refs(shipped_engine.search("trade balance"))[0] == "issue:trade-balance"
    assert not refs(shipped_engine.search("house tariffs"))[0].startswith("quote:")


# What could be typed instead


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("soyabeans", "soybeans"),
        ("Fentanil", "fentanyl"),
        ("besent soyabeans", "bessent soybeans"),
        ("speaker:bessent soyabeans", "speaker:bessent soybeans"),
        ("“rare eaths”", "“rare earths”"),
        ("rareearths", "rare earths"),
        ("soy beans", "soybeans"),
        ("deferal -tariff", "deferral -tariff"),
        ("tarrif", "tariff"),
        ("what did bessent say about soybeans", "bessent soybeans"),
        ("what did besent say about soyabeans", "bessent soybeans"),
    ],
)
def test_a_near_miss_is_offered_when_nothing_is_found(shipped_engine, typed, instead):
    found = shipped_engine.search(typed)
    assert (found.total, found.trouble, found.is_refused) == (0, "", False)
    assert found.instead == instead
    assert shipped_engine.search(found.instead).total


@pytest.mark.parametrize(
    "typed", ["soybean", "bessent", "tarif", "zzzzzz", "xi", "2019", "bes", "“"]
)
def test_nothing_is_offered_when_there_are_hits_enough_or_nothing_is_near(shipped_engine, typed):
    assert shipped_engine.search(typed).instead == ""


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("speaker:besent soybeans", "speaker:Bessent soybeans"),
        ("-speaker:besent soybeans", "-speaker:Bessent soybeans"),
        ("soybeans issue:tawian", "soybeans issue:Taiwan"),
        ("speeker:besent", "speaker:Bessent"),
        ("speaker:“he lifng” chips", 'speaker:"He Lifeng" chips'),
        ("quote:bessent", "kind:quote bessent"),
        ("kind:quotse tariff", "kind:quote tariff"),
        ("before:madird", "before:Madrid"),
        ("after:octobr", "after:October"),
        ("before:“26 octobre 2025”", 'before:"26 October 2025"'),
        ("before:2025-02-30 tariff", "before:2025-02-28 tariff"),
        ("after:2025-11-31", "after:2025-11-30"),
        ("source:ruters form:verbatm", "source:Reuters form:verbatim"),
        ("delegation:chna", "delegation:China"),
        ("round:genva", "round:Geneva"),
        ("has:nots", "has:note"),
        ("speaker:nobodyatall", ""),
        ("speaker:", ""),
        ("before:2025-99-99", ""),
    ],
)
def test_a_filter_that_is_not_understood_offers_the_nearest(shipped_engine, typed, instead):
    found = shipped_engine.search(typed)
    assert found.is_refused
    assert found.instead == instead
    assert not instead or not shipped_engine.search(instead).is_refused


def test_a_mistyped_tag_offers_one_that_is_there(noted):
    assert noted.search("tag:wach").instead == "tag:watch"


@settings(max_examples=60)
@given(data=st.data())
def test_what_is_offered_finds_more(harbour_engine, harbour_documents, data):
    document = data.draw(st.sampled_from(harbour_documents))
    word = data.draw(st.sampled_from(apart(" ".join(document.texts)).split() or ["toll"]))
    at = data.draw(st.integers(0, len(word)))
    found = harbour_engine.search(word[:at] + data.draw(st.sampled_from("aeqx")) + word[at + 1 :])
    if found.instead:
        assert harbour_engine.search(found.instead).total > found.total < 3


def test_nothing_is_offered_that_was_not_public(view):
    day = date(2031, 2, 1)
    early, late = Engine(view.at(day)), Engine(view)
    said = {word for d in documents(view) for text in d.texts for word in apart(text).split()}
    words = [w for w in sorted(said) if len(w) > 5 and late.search(f'"{w}"').total]
    later = [word for word in words if not early.search(f'"{word}"').total]
    assert len(later) > 50
    for word in later:
        assert word not in early.search(f'"{word[:2]}{word[3]}{word[2]}{word[4:]}"').instead


# The snippet


def test_words_are_marked_as_they_are_written(harbour_engine):
    (hit,) = harbour_engine.search("PATIENCE dredg", width=60).hits
    assert hit.snippet == (
        ("Patience", True),
        (" digs deeper than any ", False),
        ("dredger", True),
        (" · 耐心比任何挖泥船挖得更深", False),
        ("…", False),
    )


def test_letters_that_become_several_or_none_are_marked_whole(view):
    text = "Ein „Straßen-Zug“ … ½ Café\u0301 x\u0301y Ende稀土。"
    engine = Engine(with_milestones(view, ("it", "It", text, DAY)))

    def marks(typed):
        (hit,) = engine.search(f"kind:milestone {typed}").hits
        return marked(hit.snippet)

    assert marks("strassen-zug") == ["Straßen-Zug"]
    assert marks("zug") == ["Zug"]
    assert marks('"1"') == ["½"]
    assert marks("cafe") == ["Café\u0301"]
    assert marks("xy") == ["x\u0301y"]
    assert marks("ende") == ["Ende"]
    assert marks("稀土") == ["稀土"]
    assert marks("土 稀") == ["稀", "土"]


def test_a_word_that_is_only_begun_is_marked_whole(harbour_engine):
    (hit,) = harbour_engine.search("kind:quote patien").hits
    assert marked(hit.snippet) == ["Patience"]


def test_a_phrase_is_marked_as_one_and_a_part_of_a_word_not(harbour_engine):
    (hit,) = harbour_engine.search('"digs deeper" dig -nothing kind:quote').hits
    assert marked(hit.snippet) == ["digs deeper"]


def test_no_part_of_a_word_is_marked(view):
    text = "The art of a party: partly smart artists."
    engine = Engine(with_milestones(view, ("art", "Art", text, DAY)))
    (hit,) = engine.search("kind:milestone art of").hits
    assert marked(hit.snippet) == ["art", "of"]
    (hit,) = engine.search("kind:milestone part").hits
    assert marked(hit.snippet) == ["party", "partly"]


def test_a_long_text_is_cut_between_words_around_the_first_that_was_sought(view):
    text = f"{'lamp ' * 100}a bright buoy {'bell ' * 100}buoy"
    engine = Engine(with_milestones(view, ("long", "Long", text, DAY)))
    (hit,) = engine.search("kind:milestone buoy", width=40).hits
    assert hit.snippet == (
        ("…", False),
        ("a bright ", False),
        ("buoy", True),
        (" bell bell bell bell", False),
        ("…", False),
    )


def test_where_only_the_name_was_sought_the_text_is_told_from_its_beginning(harbour_engine):
    hit = harbour_engine.search("kind:issue cranes", width=30).hits[0]
    assert hit.snippet == (("Who may lift what from which", False), ("…", False))


def test_line_breaks_are_told_as_spaces(harbour_engine):
    (hit,) = harbour_engine.search('kind:quote "steps it cannot"').hits
    assert words_of(hit).startswith("It can go in steps. It cannot go at night")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("LI/2031/1", "text:lantern-draft"),
        ("keeper’s draft", "text:lantern-draft"),
        ("kind:clause counts nets", "text:lantern-draft"),
        ("kind:clause 暂停", "text:southport-account"),
        ("kind:clause issue:fishing spring", "text:northport-account"),
        ('kind:clause "toll truce" round:lantern delegation:south', "text:lantern-statement"),
    ],
)
def test_texts_are_found_by_symbol_name_and_the_words_of_their_clauses(
    harbour_engine, typed, found
):
    assert found in [str(hit.ref) for hit in harbour_engine.search(typed).hits]


def test_a_clause_belongs_to_its_own_issues_and_not_to_all_of_its_text(harbour_engine):
    tolls = harbour_engine.search("kind:clause issue:tolls").hits
    assert not any("counts its nets" in words_of(hit) for hit in tolls)


def test_markup_is_told_as_it_is_written(harbour_engine):
    (hit,) = harbour_engine.search("kind:quote rocks charts").hits
    assert "[bold]They move[/bold], [/] and [@click=app.quit]so do charts[/]" in words_of(hit)


def test_a_title_can_be_marked_with_what_was_sought(harbour_engine):
    found = harbour_engine.search("kind:delegate astrid nor")
    assert found.marked(found.hits[0].title) == (("Astrid", True), (" ", False), ("Norén", True))
    assert Results().marked("Astrid") == (("Astrid", False),)


@settings(max_examples=60)
@given(data=st.data(), width=st.integers(0, 300))
def test_a_snippet_is_a_piece_of_the_text_with_the_first_mark_in_it(
    shipped_engine, data, width, shipped_documents
):
    document = data.draw(st.sampled_from(shipped_documents))
    words = " ".join(document.shown).split()
    word = data.draw(st.sampled_from(words or ["the"]))
    whole = {d: " · ".join(d.shown) for d in shipped_documents}
    texts = set(whole.values())
    for hit in shipped_engine.search(word, limit=20, width=width).hits:
        pieces = [piece for piece, _ in hit.snippet if piece != "…"]
        assert any("".join(pieces) in text for text in texts)
        assert len(words_of(hit)) <= width + 2


# Filters


FILTERED = {
    "speaker:tam": {
        "quote:tam-patience",
        "quote:tam-toll-paraphrase",
        "quote:tam-welcome",
        "figure:north-duty",
    },
    "speaker:astrid kind:position": {"issue:tolls"},
    "issue:cranes": {"issue:cranes"},
    "round:may-call": {"round:may-call", "quote:noren-hour", "conflict:length-of-call"},
    "delegation:lantern": {"delegation:lantern", "text:lantern-draft"},
    "kind:milestone": {"milestone:toll-truce-ends", "milestone:crab-season"},
    "kind:milestones": {"milestone:toll-truce-ends", "milestone:crab-season"},
    "source:almanac kind:issue": {"issue:cranes"},
    "source:wire": {
        "round:may-call",
        "round:chart-room",
        "quote:noren-good-day",
        "quote:office-charts",
        "quote:noren-hour",
        "measure:south-dredge-licence",
        "conflict:length-of-call",
        "figure:herring-landed",
        "delegate:noren",
        "source:wire-call",
        "source:wire-working",
        "source:mirror-call",
    },
    "form:translation": {"quote:tam-patience"},
    "before:2031-02-20 kind:step": {"measure:north-toll"},
    "after:2032-06-09 kind:quote": set(),
    "tag:watch": set(),
    "author:me": set(),
    "has:note": set(),
}


@pytest.mark.parametrize("typed", FILTERED)
def test_a_filter_keeps_what_agrees_with_it(harbour_engine, typed):
    assert set(refs(harbour_engine.search(typed))) == FILTERED[typed]


def test_every_filter_is_tried_and_has_a_line_of_help_with_an_example():
    assert {typed.partition(":")[0] for typed in FILTERED} == set(filters())
    for name, what in filters().items():
        assert re.search(rf"\b{name}:\S", what)
        assert "\n" not in what


def test_every_kind_of_thing_can_be_asked_for(shipped_engine):
    for kind, name in KINDS.items():
        found = shipped_engine.search(f"kind:{kind}", limit=EVERYTHING)
        assert {hit.kind for hit in found.hits} == ({name} if kind != "note" else set())


def test_a_filter_narrows_what_the_words_find(harbour_engine):
    every, narrowed = harbour_engine.search("toll"), harbour_engine.search("toll kind:quote")
    assert tuple(narrowed.hits) == tuple(hit for hit in every.hits if hit.kind == "Quote")
    assert narrowed.total == len(narrowed.hits) < every.total


def test_filters_of_one_name_widen_and_of_different_names_narrow(harbour_engine):
    both = set(told(harbour_engine.search("speaker:tam speaker:noren")))
    assert both == set(told(harbour_engine.search("speaker:tam"))) | set(
        told(harbour_engine.search("speaker:noren"))
    )
    assert set(refs(harbour_engine.search("speaker:tam issue:dredging"))) == {"quote:tam-patience"}


def test_a_filter_with_a_minus_leaves_out_what_agrees(harbour_engine, harbour_documents):
    left = harbour_engine.search("toll -kind:quote -kind:source")
    assert left.total
    assert {"Quote", "Source"}.isdisjoint(hit.kind for hit in left.hits)
    assert harbour_engine.search("-kind:quote").total == len(harbour_documents) - 10


@pytest.mark.parametrize(
    "typed",
    [
        "speaker:noren",
        "SPEAKER:Norén",
        'speaker:"astrid nor"',
        "speaker:strid",
        "speaker:“Astrid Norén”",
        'speaker:"noren',
    ],
)
def test_a_value_is_an_id_or_a_part_of_a_name(harbour_engine, typed):
    assert told(harbour_engine.search(typed)) == told(harbour_engine.search("speaker:noren"))
    assert harbour_engine.search(typed).total == 6


def test_an_id_in_full_means_that_record_and_whole_words_come_before_parts(shipped_engine):
    by_he = {hit.title.split(":")[0] for hit in shipped_engine.search("speaker:he kind:quote").hits}
    assert by_he == {"He Lifeng", "He Yadong", "He Yongqian"}
    (only,) = shipped_engine.search("issue:tariffs kind:issue").hits
    assert only.ref == Ref("issue", "tariffs")
    assert {hit.kind for hit in shipped_engine.search("kind:figure").hits} == {"Figure"}


def test_what_is_said_within_a_record_belongs_where_the_record_does(harbour_engine):
    assert ("point:toll-truce", "Account") in told(harbour_engine.search("issue:tolls"))
    assert ("point:toll-truce", "Account") in told(harbour_engine.search("round:lantern-isle"))
    assert ("measure:north-toll", "Step") in told(harbour_engine.search("delegation:north"))
    assert ("quote:noren-hour", "Quote") in told(harbour_engine.search("delegation:north"))


def test_a_delegation_does_not_own_what_is_only_aimed_at_it(harbour_engine):
    assert "figure:south-duty" not in refs(harbour_engine.search("delegation:north"))


def test_a_statement_rests_on_its_own_sources_only(harbour_engine):
    found = harbour_engine.search("source:northport-transcript kind:position kind:issue")
    assert told(found) == [("issue:tolls", "Position")]


@pytest.mark.parametrize(
    ("typed", "agrees"),
    [
        ("before:2031-03-05", lambda d: last_day(d) < date(2031, 3, 5)),
        ("after:2031-03-05", lambda d: first_day(d) > date(2031, 3, 5)),
        ("before:2031-03", lambda d: last_day(d) < date(2031, 3, 1)),
        ("after:2031-03", lambda d: first_day(d) > date(2031, 3, 31)),
        ('before:"mar 2031"', lambda d: last_day(d) < date(2031, 3, 1)),
        ('after:"5 march 2031"', lambda d: first_day(d) > date(2031, 3, 5)),
        ("before:2032", lambda d: last_day(d) < date(2032, 1, 1)),
        ("after:2031", lambda d: first_day(d) > date(2031, 12, 31)),
        ("before:tide", lambda d: last_day(d) < date(2031, 12, 30)),
        ("after:tide", lambda d: first_day(d) > date(2032, 1, 18)),
        ("before:-1y", lambda d: last_day(d) < date(2031, 6, 30)),
        (
            "after:2031-02 before:2031-04",
            lambda d: date(2031, 2, 28) < first_day(d) and last_day(d) < date(2031, 4, 1),
        ),
    ],
)
def test_days_months_and_rounds_are_before_or_after(
    harbour_engine, typed, agrees, harbour_documents
):
    found = harbour_engine.search(typed, limit=EVERYTHING)
    assert found.trouble == ""
    asked = [d for d in harbour_documents if d.day and agrees(d.day)]
    assert found.total == len(asked) > 0
    assert all(agrees(hit.day) for hit in found.hits)


# What is not understood

SPEAKERS = "there are Norén, Okafor, Tam Wai-lan, Harbour Office, Quill"


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("speaker:noern", "there is no speaker “noern”; did you mean Norén?"),
        (
            "speaker:xyz",
            f"there is no speaker “xyz”; {SPEAKERS}",
        ),
        (
            "speaker:",
            f"“speaker:” needs a value; {SPEAKERS}",
        ),
        ("issue:fishign", "there is no issue “fishign”; did you mean Crab and fishing rights?"),
        ("round:lanturn", "there is no round “lanturn”; did you mean Lantern Isle?"),
        ("delegation:soth", "there is no delegation “soth”; did you mean South?"),
        ("kind:quot3", "there is no kind “quot3”; did you mean quote?"),
        (
            "form:spoken",
            "there is no form “spoken”; there are " + ", ".join(FORM_NAMES),
        ),
        ("source:gazete", "there is no source “gazete”; did you mean Strait Gazette?"),
        ("tag:watch", "there is no tag “watch”; there is none yet"),
        ("has:map", "“has:map” says nothing; there is has:note"),
        (
            "speeker:noren",
            (
                "there is no filter “speeker”, and words with a colon need quotation marks; did "
                "you mean speaker?"
            ),
        ),
        (
            "by:noren",
            (
                "there is no filter “by”, and words with a colon need quotation marks; there are "
                "speaker, issue, round, delegation, kind, tag …"
            ),
        ),
        (
            "quote:noren",
            (
                "there is no filter “quote”, and words with a colon need quotation marks; did you "
                "mean kind:quote?"
            ),
        ),
        (
            "before:mya-call",
            "“mya-call” is neither a day nor a round; did you mean May call?",
        ),
        (
            "speaker:xyz kind:quot3",
            f"there is no speaker “xyz”; {SPEAKERS}; there is no kind “quot3”; did you mean quote?",
        ),
    ],
)
def test_what_is_not_understood_is_told_with_what_there_is_and_finds_nothing(
    harbour_engine, typed, trouble
):
    nothing = Results(trouble=trouble, is_refused=True)
    for said in (f"{typed} toll", f"toll -{typed} kind:quote", typed):
        assert replace(harbour_engine.search(said), instead="") == nothing


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("before:", "“before:” needs a day: 2025-10-26, "),
        ("after:31/13/2031", "there is no day “31/13/2031”; say "),
        ('before:"30 february 2031"', "there is no day “30 february 2031”; say "),
    ],
)
def test_what_is_no_day_is_told_with_how_to_say_one(harbour_engine, typed, begins):
    assert harbour_engine.search(typed).trouble.startswith(begins)
    assert harbour_engine.search(f"{typed} toll").hits == ()


@pytest.mark.parametrize(
    ("typed", "meant"), [("besent", "Bessent"), ("Ustrr", "USTR"), ("lifang", "He Lifeng")]
)
def test_a_mistyped_speaker_of_the_shipped_dataset_is_told_the_nearest(
    shipped_engine, typed, meant
):
    trouble = shipped_engine.search(f"speaker:{typed}").trouble
    assert trouble == f"there is no speaker “{typed}”; did you mean {meant}?"


@pytest.mark.parametrize("typed", ["https://northport.example", "10:30", "a:1:b"[2:], "::", ":x"])
def test_not_every_colon_makes_a_filter(harbour_engine, typed):
    assert harbour_engine.search(typed).trouble == ""


def test_no_trouble_names_a_round_that_was_not_public(view):
    early = Engine(view.at(date(2031, 4, 1)))
    for typed in ("after:may", "round:tide", "before:call", "after:hall", "round:xyz"):
        trouble = early.search(typed).trouble
        assert "Tide" not in trouble.replace(typed, "")
        assert "May call" not in trouble
    assert "is neither a day nor a round" in early.search("after:tide-hall").trouble


@pytest.mark.parametrize("typed", ["Tam Wai-lan: digs", "said: patience digs", "a: digs"])
def test_a_word_before_a_colon_and_a_blank_is_a_word(harbour_engine, typed):
    assert harbour_engine.search(typed) == replace(
        harbour_engine.search(typed.replace(":", "")), sought=ANY
    )


@pytest.mark.parametrize("typed", ["speker: tam", "speaker: tam", "kinds: tam", "quote: tam"])
def test_what_is_like_a_filter_is_taken_for_one_also_before_a_blank(harbour_engine, typed):
    assert harbour_engine.search(typed).is_refused


# Notes


def with_notes(view, folder, *written):
    """The view with a note on each of these records, changed on days one after the other."""
    days = (datetime(2032, 7, number, 12, tzinfo=UTC) for number in count(1))
    store = NoteStore(folder, "harbour-talks", now=lambda: next(days))
    for named, words in written:
        said = Words(words) if isinstance(words, str) else words
        store.save(Ref.parse(named), said, name="x", note=None)
    return replace(view, notes=store.load())


@pytest.fixture
def noted(view, tmp_path):
    return Engine(
        with_notes(
            view,
            tmp_path,
            ("issue:fees", "Who counts the nets?\nAsk again #watch"),
            ("quote:noren-hour", "Which hour, Zoë? #watch-later"),
            ("issue:gone-for-good", "An orphan about buoys."),
        )
    )


def test_notes_are_found_by_their_words_and_lead_to_their_record(noted):
    (hit,) = noted.search("zoe").hits
    assert (str(hit.ref), hit.kind, hit.day) == ("quote:noren-hour", "Note", date(2032, 7, 2))
    assert hit.title == "Norén: “We spoke for an hour and I would do it again”"
    assert marked(hit.snippet) == ["Zoë"]


def test_a_note_under_a_former_name_leads_to_the_record_as_it_is_now(noted):
    assert ("issue:tolls", "Note") in told(noted.search("ask again"))


def test_a_note_is_found_by_the_name_of_its_record(noted):
    assert told(noted.search("truce kind:note")) == [("issue:tolls", "Note")]


def test_a_note_on_a_record_that_is_gone_is_found_and_names_it(noted):
    (hit,) = noted.search("buoys").hits
    assert (str(hit.ref), hit.title) == ("issue:gone-for-good", "issue:gone-for-good")


def test_a_tag_keeps_the_notes_that_bear_it_and_what_they_are_on_when_asked_for(noted):
    assert told(noted.search("tag:watch")) == [("issue:tolls", "Note")]
    assert told(noted.search("tag:watch kind:note")) == [("issue:tolls", "Note")]
    assert told(noted.search("tag:watch kind:issue")) == [("issue:tolls", "Issue")]
    assert told(noted.search("tag:watch-later kind:quote")) == [("quote:noren-hour", "Quote")]


def test_an_author_keeps_their_notes_and_what_they_are_on_when_asked_for(view, tmp_path):
    for author, text in (("Anna Berg", "mine"), ("Ben", "his"), ("", "unsigned")):
        store = NoteStore(tmp_path, "harbour-talks", author=author)
        store.save(Ref("issue", "tolls"), Words(text), name="", note=None)
    held = NoteStore(tmp_path, "harbour-talks", author="Anna Berg").load()
    noted = Engine(replace(view, notes=held))

    def found(typed):
        return {words_of(hit).split(" ")[0] for hit in noted.search(typed).hits}

    assert found("author:anna") == found("author:me") == {"mine", "unsigned"}
    assert found("author:ben") == {"his"}
    assert told(noted.search("author:ben kind:issue")) == [("issue:tolls", "Issue")]
    assert found("-author:me kind:note") == {"his"}
    assert noted.search("author:bem").trouble == "there is no author “bem”; did you mean Ben?"
    hidden = Engine(replace(view, notes=replace(held, hides_others=True)))
    trouble = hidden.search("author:ben").trouble
    assert trouble.startswith("there is no author “ben” in your own notes; those of other people")


def test_a_tag_leads_to_as_many_notes_as_are_counted(view, tmp_path):
    written = [
        *("#rare #rare-earths", "#Über", "#uber #China/Trade", "#china", "#china/trade/2031"),
        *("#chinaware", "#🔥 #watch", "#watch's", "#关税 #关税法", "#straße #STRASSE", "#co-op"),
    ]
    records = ("issue:tolls", "quote:noren-hour", "issue:gone-for-good")
    noted = with_notes(view, tmp_path, *zip(cycle(records), written, strict=False))
    engine = Engine(noted)
    found = counted(noted.shown_notes())
    assert dict(found)["china"] == 3
    for tag, number in found:
        hits = engine.search(f"tag:{tag} ").hits
        assert {hit.kind for hit in hits} == {"Note"}
        assert len(hits) == number, tag
        notes = {note.id for note in noted.shown_notes() if note.has_tag(tag)}
        assert {hit.note_id for hit in hits} == notes
        assert engine.search(f"tag:#{tag.upper()}").hits == hits


@pytest.mark.parametrize(
    ("typed", "written", "found"),
    [
        ("co-operation", "of co\N{NON-BREAKING HYPHEN}operation now", "co\u2011operation"),
        ("cooperation", "of co\N{SOFT HYPHEN}operation now", "co\xadoperation"),
        ("10 %", "of 10\N{NARROW NO-BREAK SPACE}% now", "10"),
        ("fish", "a ﬁsh", "ﬁsh"),
        ("o'neill", "by OʼNeill", "OʼNeill"),
        ("aegir", "by Ægir", "Ægir"),
    ],
)
def test_words_set_otherwise_are_found_and_marked(view, tmp_path, typed, written, found):
    engine = Engine(with_notes(view, tmp_path, ("issue:tolls", f"{written}.")))
    (hit,) = engine.search(f"kind:note {typed}").hits
    shown = "".join(piece for piece, is_found in hit.snippet if is_found)
    assert plain(shown) == plain(found)
    assert matches(words_typed(typed), fold(written))


def test_each_of_several_notes_on_a_record_is_found_and_says_which_it_is(view, tmp_path):
    both = with_notes(view, tmp_path, ("issue:tolls", "One buoy."), ("issue:tolls", "Two buoys."))
    found = Engine(both).search("buoy")
    assert [hit.note_id for hit in found.hits] == [
        next(note.id for note in both.notes_on(Ref("issue", "tolls")) if note.text == text)
        for text in ("One buoy.", "Two buoys.")
    ]
    assert [hit["note"] for hit in as_data(found)["hits"]] == [h.note_id for h in found.hits]
    assert "note" not in as_data(Engine(both).search("fog"))["hits"][0]


def test_a_note_is_dated_as_its_writer_says_and_found_by_the_words_it_is_about(view, tmp_path):
    words = Words("Why?", date=date(2031, 9, 9), anchor=Anchor("crab belongs to nobody"))
    engine = Engine(with_notes(view, tmp_path, ("issue:fishing", words)))
    (hit,) = engine.search('kind:note "crab belongs"').hits
    assert hit.day == date(2031, 9, 9)
    assert words_of(hit).startswith("Why? · crab belongs to nobody · Crab and fishing rights")


def test_has_note_keeps_notes_and_the_records_that_have_one(noted):
    found = told(noted.search("has:note"))
    assert {ref for ref, _ in found} == {"issue:tolls", "quote:noren-hour", "issue:gone-for-good"}
    assert ("quote:noren-hour", "Quote") in found
    assert [ref for ref, kind in found if kind == "Note"] == [
        "issue:gone-for-good",
        "quote:noren-hour",
        "issue:tolls",
    ]


def test_a_note_belongs_where_its_record_does(noted):
    assert told(noted.search("kind:note speaker:noren")) == [("quote:noren-hour", "Note")]
    assert told(noted.search("kind:note round:may-call")) == [("quote:noren-hour", "Note")]
    assert set(told(noted.search("kind:note issue:tolls"))) == {
        ("issue:tolls", "Note"),
        ("quote:noren-hour", "Note"),
    }


def test_a_note_on_a_record_that_is_not_public_yet_is_not_found(view, tmp_path):
    with_one = with_notes(view, tmp_path, ("quote:noren-hour", "Which hour? #clock"))
    eve, day = date(2031, 5, 20), date(2031, 5, 21)
    assert told(Engine(with_one.at(day)).search("kind:note")) == [("quote:noren-hour", "Note")]
    early = Engine(with_one.at(eve))
    assert told(early.search("which hour")) == []
    assert early.search("tag:clock").trouble == "there is no tag “clock”; there is none yet"


# As plain values


def test_marks_are_places_in_the_snippet(harbour_engine):
    found = harbour_engine.search("patience dredg")
    (hit,) = as_data(found)["hits"]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["Patience", "dredger"]
    assert hit["marks"][0] == [0, 8]
    assert {key: hit[key] for key in ("ref", "kind", "title", "day")} == {
        "ref": "quote:tam-patience",
        "kind": "Quote",
        "title": "Tam Wai-lan: “Patience digs deeper than any dredger”",
        "day": "2031-03-05",
    }
    assert hit["score"] > 0


def test_what_was_found_can_be_written_as_json(harbour_engine):
    found = harbour_engine.search("toll", limit=3)
    data = json.loads(json.dumps(as_data(found)))
    assert data == as_data(found)
    assert len(data["hits"]) == 3
    assert data["total"] == harbour_engine.search("toll").total > 3
    assert data["trouble"] == ""
    refused = as_data(harbour_engine.search("speaker:xyz toll"))
    assert refused["trouble"].startswith("there is no speaker")
    assert (refused["total"], refused["hits"]) == (0, [])


def test_the_limit_lists_the_first_and_counts_all(harbour_engine):
    every = harbour_engine.search("toll")
    for limit in (0, 1, 5):
        found = harbour_engine.search("toll", limit=limit)
        assert found.hits == every.hits[:limit]
        assert found.total == every.total
    assert harbour_engine.search("toll", limit=-1).hits == ()


# Whatever is typed


SYNTAX = st.sampled_from(
    ['"', "“", "-", ":", "*", "(", ")", "AND", "OR", "NOT", "NEAR", "+", "^", "{", "}", ",", "'"]
    + [f"{name}:" for name in filters()]
    + ["speaker:noren", "kind:quote", "before:tide", "after:2031-03", "稀", "é", "\ud800", "\x00"]
)
TYPED = st.lists(st.one_of(SYNTAX, st.text(max_size=6), st.sampled_from("toll nets a the".split())))
"""Pieces as one may type them, and as nobody would."""


@settings(max_examples=300)
@given(pieces=TYPED, gap=st.sampled_from(["", " "]))
def test_whatever_is_typed_is_answered(harbour_engine, pieces, gap):
    found = harbour_engine.search(gap.join(pieces))
    assert found.total >= len(found.hits)
    for hit in found.hits:
        assert all(piece for piece, _ in hit.snippet)
    json.dumps(as_data(found))


def plain_words(text):
    """Its words; Chinese and Japanese set no spaces, so each character is one, as is a figure."""
    return re.findall("[\u3040-\u9fff]|[^\\W_\u3040-\u9fff]+", fold(text))


@pytest.fixture(scope="module")
def texts_of(shipped_documents):
    """Each document of the shipped dataset with its texts, as words."""
    columns = ("names", "heading", "texts", "about", "unseen")
    return [
        (d, [plain_words(text) for column in columns for text in getattr(d, column)])
        for d in shipped_documents
    ]


@pytest.fixture(scope="module")
def words_of_each(texts_of):
    """Each document with all words in it."""
    return [(document, frozenset().union(*texts)) for document, texts in texts_of]


@pytest.fixture(scope="module")
def spaced(texts_of):
    """Each document with its words as one text, a text of it ending where no phrase goes on."""
    return [(d, "\n".join(f" {' '.join(text)} " for text in texts)) for d, texts in texts_of]


def same(hits, meant):
    """Whether these are the documents that were found."""
    were = sorted((str(d.ref), KINDS[d.kind], d.title, str(d.day)) for d in meant)
    return were == sorted((str(h.ref), h.kind, h.title, str(h.day)) for h in hits)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_hit_has_every_word_and_whatever_has_them_is_a_hit(
    shipped_engine, texts_of, words_of_each, data
):
    number = data.draw(st.integers(0, len(texts_of) - 1))
    known = [word for text in texts_of[number][1] for word in text if word.isascii()]
    words = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3))
    begun = words.pop()[: data.draw(st.integers(1, 9))]

    found = shipped_engine.search(" ".join((*words, begun)), limit=EVERYTHING)

    having = [
        document
        for document, held in words_of_each
        if held.issuperset(words) and any(word.startswith(begun) for word in held)
    ]
    # Who names a post is also given what its holder said.
    meant = shipped_engine._named.preference(taken_apart(" ".join((*words, begun))).terms)
    if meant is not None and meant.how == "said":
        rest = {word for term in meant.terms for word in term.words}
        ends = {word for term in meant.terms if term.begun for word in term.words[-1:]}
        known = set(map(id, having))
        having += [
            document
            for document, held in words_of_each
            if id(document) not in known
            and held.issuperset(rest - ends)
            and all(any(word.startswith(end) for word in held) for end in ends)
            and document.traits.intersection(meant.traits)
        ]
    assert same(found.hits, having)
    for hit in found.hits:
        for piece in marked(hit.snippet):
            (word,) = plain_words(piece)
            assert word in words or word.startswith(begun)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_phrase_is_found_where_it_stands_and_nowhere_else(shipped_engine, texts_of, spaced, data):
    number = data.draw(st.integers(0, len(texts_of) - 1))
    text = data.draw(st.sampled_from(texts_of[number][1]).filter("".join))
    start = data.draw(st.integers(0, len(text) - 1))
    phrase = text[start : start + 4]
    assume("".join(phrase).isascii())

    found = shipped_engine.search(f'"{" ".join(phrase)}"', limit=EVERYTHING)

    having = [document for document, text in spaced if f" {' '.join(phrase)} " in text]
    assert same(found.hits, having)


# Only what was public


DAYS = st.dates(date(2025, 1, 1), date(2026, 5, 20))


@settings(max_examples=12, deadline=None)
@given(day=DAYS, typed=st.sampled_from(["-nosuchword", "a", "the us china", "kind:quote", "稀"]))
def test_nothing_is_found_that_was_not_public(shipped, day, typed):
    view = View(Index(shipped), Notes()).at(day)
    engine = Engine(view)
    for hit in engine.search(typed, limit=EVERYTHING).hits:
        assert hit.ref in view.index
    assert {d.ref for d in documents(view)} == {r.ref for r in view.index.dataset.records()}


@pytest.fixture(scope="module")
def canaries(invented):
    """The small dataset with texts that say from which day they may be seen."""
    return canaried(invented)


@settings(max_examples=30, deadline=None)
@given(day=st.dates(date(2031, 1, 10), date(2032, 6, 30)))
def test_no_text_is_found_or_shown_that_was_not_public(canaries, day):
    engine = Engine(View(Index(canaries.dataset), Notes()).at(day))
    found = engine.search("zq", limit=EVERYTHING, width=100_000)
    assert found.total
    for hit in found.hits:
        assert canaries.later(f"{hit.title} {words_of(hit)}", day) == []
    later = [token for token, first in canaries.days.items() if first > day]
    assert [canaries.places[token] for token in later if engine.search(token).total] == []


def test_every_text_is_found_once_it_is_public(canaries):
    engine = Engine(View(Index(canaries.dataset), Notes()))
    found = {place for token, place in canaries.places.items() if engine.search(token).total}
    missed = set(canaries.places.values()) - found
    assert {place.rpartition(" ")[2] for place in missed} == {"address"}


# Of very many, and of what is not looked at


def test_of_more_than_are_ranked_all_are_counted_and_the_newest_and_the_named_listed(
    view, monkeypatch
):
    every = Engine(view).search("toll", limit=EVERYTHING)
    best = every.hits[0]
    monkeypatch.setattr(word_table, "RANKED", 5)
    monkeypatch.setattr(word_table, "NEWEST", 3)
    found = Engine(view).search("toll", limit=3)
    assert found.total == every.total > 5
    assert (str(best.ref), best.kind) in told(found), "the name is an old one"
    of_newest = sorted(every.hits, key=lambda hit: (hit.day and last_day(hit.day)) or date.min)[-3:]
    assert best not in of_newest
    assert len(found.hits) == 3


def test_a_hit_is_made_when_it_is_looked_at(view, monkeypatch):
    made = []
    at = Documents.at
    monkeypatch.setattr(Documents, "at", lambda *given: made.append(given) or at(*given))
    hits = Engine(view).search("the").hits
    assert len(hits) > 20
    assert made == []
    assert hits[3] == hits[3]
    assert len(made) == 1


# Without FTS5, and from threads


def test_a_python_that_cannot_search_says_so_in_words():
    connection = sqlite3.connect(":memory:")
    connection.set_authorizer(
        lambda action, *_: (
            sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_CREATE_VTABLE else sqlite3.SQLITE_OK
        )
    )
    with pytest.raises(NoFullTextError, match="Searching needs FTS5, and the SQLite 3") as raised:
        make_table(connection)
    connection.close()
    assert isinstance(raised.value, ExplorerError)


def test_what_one_thread_made_another_may_ask(view):
    made = []
    thread = Thread(target=lambda: made.append(Engine(view)))
    thread.start()
    thread.join()
    assert refs(made[0].search("patience")) == ["quote:tam-patience"]
    made[0].close()


# The command line


@pytest.fixture
def run(capsys, harbour):
    """Runs `explorer search` on the invented dataset."""

    def run(*given):
        try:
            code = cli.main(["search", "--dataset", str(harbour), *given])
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code or 0, printed.out, printed.err

    return run


def test_search_prints_reference_kind_day_and_words_without_marks(run):
    words = "Patience digs deeper than any dredger · 耐心比任何挖泥船挖得更深 · Lantern Isle · "
    names = "Tide Wire · translation · Tam Wai-lan · South…"
    line = f"quote:tam-patience  Quote  2031-03-05  {words}{names}\n"
    assert run("patience", "digs") == (0, line, "")


def test_search_gives_a_record_without_a_day_a_dash(run):
    code, out, _ = run("lawyer", "by", "training")
    assert code == 0
    assert out.startswith("delegate:noren  Delegate  -  A lawyer by training. · ")


def test_search_as_json_has_marks_and_the_day_it_is_as_of(run):
    code, out, err = run("patience", "--json", "--as-of", "2031-04-01")
    data = json.loads(out)
    assert (code, err) == (0, "")
    assert (data["as_of"], data["record_ends"]) == ("2031-04-01", "2032-06-30")
    assert data["total"] == 1
    assert data["hits"][0]["marks"] == [[0, 8]]


def test_search_tells_only_what_was_public(run):
    assert run("patience", "--as-of", "2031-03-06") == (0, "", "Nothing was found.\n")


def test_search_takes_kinds_and_a_limit(run):
    _, out, err = run("toll", "--kind", "quote", "--kind", "note", "--limit", "1")
    (line,) = out.splitlines()
    assert line.startswith("quote:")
    assert re.fullmatch(r"\d more are found; --limit says how many are listed\n", err)


def test_search_keeps_the_kind_apart_from_a_phrase_that_is_not_closed(run):
    _, out, err = run('"digs deep', "--kind", "quote")
    assert out.startswith("quote:tam-patience  ")
    assert err == ""


def test_search_for_what_is_not_understood_prints_nothing_and_is_wrong_use(run):
    code, out, err = run("speaker:noern", "patience")
    assert (code, out) == (2, "")
    assert err == "explorer: there is no speaker “noern”; did you mean Norén?\n"
    code, out, err = run("speaker:noern", "--json")
    assert (code, json.loads(out)["hits"]) == (2, [])
    assert "did you mean Norén?" in err


@pytest.mark.parametrize(
    "given", [(), ("toll", "--kind", "boat"), ("toll", "--limit", "-3"), ("toll", "--limit", "x")]
)
def test_search_refuses_wrong_options(run, given):
    code, out, err = run(*given)
    assert (code, out) == (2, "")
    assert "explorer: search: " in err


def test_the_help_of_search_lists_every_filter_and_kind(run):
    code, out, _ = run("--help")
    assert code == 0
    for name, what in filters().items():
        assert re.search(rf"^  {name}: +{re.escape(what)}$", out, re.MULTILINE)
    assert all(kind in out for kind in KINDS)


def test_search_without_a_dataset_looks_through_the_shipped_one(capsys):
    assert cli.main(["search", "rare", "earths", "--limit", "1"]) == 0
    assert capsys.readouterr().out.startswith("issue:rare-earths  Issue  ")
    assert dataset.shipped().exists()
