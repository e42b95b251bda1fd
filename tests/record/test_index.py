"""Which record has an id, and who names it."""

from __future__ import annotations

import pytest

from explorer import dataset
from explorer.record.model import KINDS, Ref


def refs(*texts):
    return tuple(map(Ref.parse, texts))


def ref(text):
    return Ref.parse(text)


def test_a_record_is_found_by_its_reference(index):
    assert index[ref("issue:tolls")].name == "Tolls and the truce"
    assert ref("issue:tolls") in index


def test_a_record_that_is_not_there_is_a_key_error(index):
    assert ref("issue:tides") not in index
    with pytest.raises(KeyError):
        index[ref("issue:tides")]


def test_a_former_id_leads_to_the_record_of_today(index):
    assert index.current(ref("issue:fees")) == ref("issue:tolls")
    assert index.current(ref("issue:harbour-fees")) == ref("issue:tolls")
    assert index.current(ref("issue:tolls")) == ref("issue:tolls")


def test_a_former_id_is_one_of_its_own_kind(index):
    assert index.current(ref("round:fees")) is None
    assert index.current(ref("issue:tides")) is None


def test_references_of_a_kind_stand_in_the_order_of_the_files(index):
    assert [r.id for r in index.refs("round")] == [
        "lantern-isle",
        "may-call",
        "tide-hall",
        "chart-room",
    ]


def test_what_a_record_names_is_found_in_its_entries_too(index):
    assert index.named_in(ref("issue:tolls"), "delegation") == refs(
        "delegation:north", "delegation:south"
    )
    assert index.named_in(ref("issue:tolls"), "delegate") == refs("delegate:noren")
    assert index.named_in(ref("figure:north-duty"), "measure") == refs("measure:north-toll")


def test_what_names_a_record_is_found_the_other_way(index):
    assert index.naming(ref("measure:north-toll"), "measure") == refs("measure:south-net-ban")
    assert index.naming(ref("measure:north-toll"), "figure") == refs("figure:north-duty")
    assert index.naming(ref("source:broadsheet-2031"), "quote") == refs(
        "quote:noren-good-day", "quote:tam-toll-paraphrase"
    )


def test_a_conflict_is_linked_with_all_it_is_about(index):
    assert index.naming(ref("round:may-call"), "conflict") == refs("conflict:length-of-call")
    assert index.naming(ref("quote:noren-hour"), "conflict") == refs("conflict:length-of-call")


def test_a_record_named_twice_is_listed_once(index):
    for record in index.dataset.records():
        for kind in ("source", "delegation", "issue"):
            found = index.named_in(record.ref, kind)
            assert len(found) == len(set(found))


def test_links_are_the_same_from_both_ends(index):
    everything = [record.ref for record in index.dataset.records()]
    for one in everything:
        for other in index.linked(one):
            assert one in index.linked(other)
            assert other in index


def test_a_record_nobody_names_is_named_by_none(index):
    assert index.naming(ref("issue:wrecks"), "quote") == ()


# What belongs with a record


def test_with_a_delegate_belong_their_words_rounds_and_issues(index):
    belonging = index.belonging(ref("delegate:okafor"))

    assert belonging >= {
        *refs("quote:okafor-rocks", "round:lantern-isle", "round:chart-room", "delegation:north"),
        ref("issue:dredging"),
    }
    assert ref("issue:tolls") not in belonging
    assert ref("quote:noren-good-day") not in belonging


def test_with_a_delegation_belongs_what_belongs_with_its_delegates(index):
    belonging = index.belonging(ref("delegation:south"))

    assert belonging >= set(
        refs("delegate:tam", "quote:office-nets", "quote:tam-patience", "round:chart-room")
    )
    assert ref("quote:quill-crab") not in belonging
    assert ref("quote:noren-hour") not in belonging


@pytest.mark.parametrize(
    ("record", "speaker"),
    [
        ("issue:fishing", "delegate:quill"),
        ("round:tide-hall", "delegate:okafor"),
        ("source:undated-leaflet", "delegate:quill"),
    ],
)
def test_with_an_issue_a_round_or_a_source_belong_those_who_spoke_of_it(index, record, speaker):
    assert ref(speaker) in index.belonging(ref(record))


def test_with_a_quote_belong_only_its_own_links(index):
    assert index.belonging(ref("quote:quill-crab")) == set(
        refs("source:undated-leaflet", "delegate:quill", "issue:fishing")
    )


# The deadline


def test_the_deadline_is_the_milestone_that_the_negotiation_names(index):
    assert index.deadline.id == "toll-truce-ends"


def test_a_negotiation_need_not_have_a_deadline(dataset_of):
    assert dataset.load(dataset_of(), cached=False).deadline is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "negotiation"])
def test_each_kind_has_a_look_up_of_its_own(index, kind):
    for there in index.refs(kind):
        found = getattr(index, kind)(there)
        assert found is index[there]
        assert found is getattr(index, kind)(there.id)


def test_a_look_up_of_one_kind_finds_no_other(index):
    with pytest.raises(KeyError):
        index.issue(ref("round:geneva"))
    with pytest.raises(KeyError):
        index.issue("tides")
