"""How statements are supported, and what is weak about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.builders import EAST, WEST, ferry_talks, source

from explorer.record.evidence_strength import (
    SENTENCES,
    WEAKNESSES,
    Grounds,
    grounds,
    is_one,
    statements,
)
from explorer.record.model import (
    Account,
    Archive,
    Delegate,
    Delegation,
    Issue,
    Member,
    Milestone,
    Point,
    Position,
    Quote,
    Ref,
    Status,
    Text,
    Variant,
)

BEGAN, ENDS, DAY = date(2031, 1, 1), date(2031, 12, 31), date(2031, 5, 1)
KEPT = Archive(address="https://archive.example/page", on=date(2031, 6, 1))

SOURCES = (
    source("gazette", BEGAN, address="https://gazette.example/"),
    source("herald", BEGAN, address="https://herald.example/"),
    source("kept", BEGAN, address="https://kept.example/", archived=KEPT),
    source("rumour", BEGAN, reliability="weak"),
    source("gossip", BEGAN, reliability="weak"),
    source("wire", BEGAN, type="wire", publisher="Tide Wire"),
    source("copy", BEGAN, publisher="Mirror", carries="Tide Wire"),
    source("other-copy", BEGAN, publisher="Looking Glass", carries="Tide Wire"),
    source("east-paper", BEGAN, type="primary", delegation_id="east"),
    source("east-radio", BEGAN, type="press", delegation_id="east"),
    source("west-paper", BEGAN, type="primary", delegation_id="west"),
    source("bureau", BEGAN, type="organisation", delegation_id="bureau"),
    source("joint", BEGAN, type="primary"),
)
BUREAU = Delegation(
    id="bureau", name="River Bureau", short="Bureau", type="observer", source_ids=("bureau",)
)
BANKS = Delegation(
    id="banks",
    name="The two banks",
    short="Banks",
    type="coalition",
    members=(Member(delegation_id="east", source_ids=("joint",)),),
    source_ids=("joint",),
)


def talks(**records):
    sides = (EAST, WEST, BUREAU, BANKS)
    return ferry_talks(BEGAN, ENDS, sources=SOURCES, delegations=sides, **records).index


def milestone(*source_ids):
    return Milestone(id="flood", name="Flood", on=DAY, text="It rises.", source_ids=source_ids)


def weaknesses(*source_ids):
    index = talks(milestones=(milestone(*source_ids),))
    (found,) = statements(index.milestone("flood"))
    return Grounds(index).weaknesses(found)


def only_side(record, **others):
    """On whose word alone the last thing rests that a record says."""
    kind = {"milestone": "milestones", "issue": "issues", "quote": "quotes", "point": "points"}
    index = talks(**{kind[record.kind]: (record,), **others})
    *_, last = statements(index[record.ref])
    return Grounds(index).only_side(last)


def issue(*entries):
    (entry,) = entries
    holds = "positions" if isinstance(entry, Position) else "statuses"
    return Issue(
        id="fares", name="Fares", summary="The price.", source_ids=("joint",), **{holds: entries}
    )


def test_every_weakness_has_a_sentence():
    assert set(WEAKNESSES) == set(SENTENCES)


def test_two_independent_pages_of_which_one_is_kept_and_one_is_first_hand_are_not_weak():
    assert weaknesses("kept", "east-paper", "west-paper") == ()


@pytest.mark.parametrize(
    ("cited", "weakness"),
    [
        (("rumour", "gossip"), "weak"),
        (("east-paper", "east-radio"), "one-sided"),
        (("gazette", "herald"), "secondary"),
        (("gazette",), "single"),
        (("gazette", "herald"), "unarchived"),
    ],
)
def test_what_is_weak_about_a_statement_is_named(cited, weakness):
    assert weakness in weaknesses(*cited)


@pytest.mark.parametrize(
    ("cited", "weakness"),
    [
        (("rumour", "gazette"), "weak"),
        (("east-paper", "west-paper"), "one-sided"),
        (("east-paper", "gazette"), "one-sided"),
        (("bureau",), "one-sided"),
        (("gazette", "joint"), "secondary"),
        (("gazette", "bureau"), "secondary"),
        (("gazette", "herald"), "single"),
        (("gazette", "kept"), "unarchived"),
        # What has no address cannot be archived.
        (("rumour",), "unarchived"),
    ],
)
def test_one_better_source_takes_a_weakness_away(cited, weakness):
    assert weakness not in weaknesses(*cited)


def test_copies_of_one_report_are_one_source():
    copies = {each.id: each for each in SOURCES}

    assert is_one([copies["wire"], copies["copy"]])
    assert is_one([copies["copy"], copies["other-copy"]])
    assert not is_one([copies["copy"], copies["gazette"]])
    # Two pages that one publisher wrote are two.
    assert not is_one([copies["wire"], replace(copies["wire"], id="wire-2")])


def test_the_gravest_weakness_is_named_first():
    assert weaknesses("rumour") == ("weak", "secondary", "single")


def test_what_a_side_wants_itself_it_knows_best():
    wants = Position(delegation_ids=("east",), on=DAY, text="Less.", source_ids=("east-paper",))

    assert only_side(issue(wants)) is None
    assert only_side(issue(replace(wants, delegation_ids=("west",)))) == "east"
    # A member speaks for its coalition.
    assert only_side(issue(replace(wants, delegation_ids=("banks",)))) is None


def test_where_an_issue_stands_is_for_both_sides_to_say():
    stands = Status(on=DAY, state="agreed", text="Agreed.", source_ids=("east-paper",))

    assert only_side(issue(stands)) == "east"


def test_words_are_the_speakers_own():
    ida = Delegate(id="ida", name="Ida", short="Ida", delegation_id="east", source_ids=("joint",))
    quote = Quote(
        id="swim",
        text="We can swim",
        speaker_id="ida",
        published=DAY,
        form="verbatim",
        language="en",
        source_ids=("east-paper",),
    )

    assert only_side(quote, delegates=(ida,)) is None
    assert only_side(replace(quote, source_ids=("west-paper",)), delegates=(ida,)) == "west"
    printed = Variant(text="We can swim", source_ids=("gazette",))
    assert only_side(replace(quote, variants=(printed,)), delegates=(ida,)) is None
    assert grounds(replace(quote, variants=(printed,))) == ("east-paper", "gazette")


BELL = Point(
    id="bell",
    name="A bell",
    text="A bell is hung.",
    on=DAY,
    round_id="jetty",
    issue_ids=("fares",),
    source_ids=("east-paper",),
)


def test_a_point_that_the_other_side_affirms_rests_on_its_account_too():
    heard = Account(
        delegation_id="west",
        stance="affirms",
        on=DAY,
        document_id="west-paper",
        source_ids=("west-paper",),
    )
    index = talks()

    def side(point):
        return Grounds(index).only_side(next(statements(point)))

    assert side(BELL) == "east"
    assert side(replace(BELL, accounts=(heard,))) is None
    assert side(replace(BELL, accounts=(replace(heard, stance="denies"),))) == "east"


def test_a_primary_page_is_of_the_side_whose_text_or_account_it_is():
    told = Account(
        delegation_id="west", stance="affirms", on=DAY, document_id="joint", source_ids=("joint",)
    )
    text = Text(id="sheet", name="Sheet", type="fact sheet", issued=DAY, source_ids=("joint",))
    point = replace(BELL, accounts=(told,), source_ids=("joint",))

    assert Grounds(talks()).side("joint") is None
    assert Grounds(talks(points=(point,))).side("joint") == "west"
    issued = replace(text, issuer_ids=("west",))
    assert Grounds(talks(texts=(issued,))).side("joint") == "west"
    both = replace(text, issuer_ids=("east", "west"))
    assert Grounds(talks(texts=(both,))).side("joint") is None


def test_a_conflict_and_the_printings_of_words_are_no_statements(index):
    kinds = {type(found.table).__name__ for r in index.dataset.records() for found in statements(r)}

    assert not kinds & {"Source", "Conflict", "Version", "Variant", "Part"}
    assert {"Round", "Status", "Position", "Account", "Quote", "FigureValue"} <= kinds


def test_an_earlier_day_knows_no_copy_that_was_made_later():
    view = ferry_talks(BEGAN, ENDS, sources=SOURCES, milestones=(milestone("kept"),))
    before, after = view.at(date(2031, 5, 31)), view.at(date(2031, 6, 1))

    def found(at):
        (said,) = statements(at.index.milestone("flood"))
        return Grounds(at.index).weaknesses(said)

    assert "unarchived" in found(before)
    assert "unarchived" not in found(after)
    assert before.index[Ref("source", "kept")].archived is None
