"""Names in cells → records: whole names in any writing, and never the one that is only near."""

from __future__ import annotations

import pytest

from explorer.intake.record_names import RecordNames
from explorer.record.model import Ref


@pytest.fixture
def names(view):
    return RecordNames(view)


@pytest.mark.parametrize(
    ("kind", "said", "slug"),
    [
        ("delegate", "noren", "noren"),
        ("delegate", "ASTRID NOREN", "noren"),
        ("delegate", "Norén, Astrid", "noren"),
        ("delegate", "譚慧蘭", "tam"),
        ("delegate", "Tam Wai–lan", "tam"),
        ("delegate", "Envoy Astrid Norén", "noren"),
        ("delegate", "Okafor (North)", "okafor"),
        ("delegation", "The North", "north"),
        ("issue", "issue:cranes", "cranes"),
        ("round", "round 2", "tide-hall"),
        ("round", "Tide Hall", "tide-hall"),
    ],
)
def test_a_record_is_known_by_whichever_of_its_names(names, view, kind, said, slug):
    if kind == "round" and said == "round 2":
        said = f"round {view.whole.round(Ref('round', slug)).number}"
    assert names.of((kind,), said) == Ref(kind, slug)
    assert names.is_known((kind,), said)


def test_a_source_is_known_by_its_address_however_it_was_copied(names, view):
    source = next(s for s in view.whole.dataset.sources if s.address)
    assert names.of(("source",), source.address + "?utm_source=x#top") == source.ref


def test_who_is_only_near_is_named_and_not_taken(names):
    with pytest.raises(ValueError, match=r"no delegate “Noren Astred”; the nearest is .*Norén"):
        names.of(("delegate",), "Noren Astred")
    with pytest.raises(ValueError, match=r"no delegate “Wei”$"):
        names.of(("delegate",), "Wei")


def test_several_names_stand_in_one_cell(names):
    both = [Ref("issue", "cranes"), Ref("issue", "tolls")]
    assert names.several(("issue",), "Cranes; Tolls and the truce") == both
    assert names.several(("issue",), "cranes, tolls") == both
    with pytest.raises(ValueError, match="no issue “crones”") as refused:
        names.several(("issue",), "tolls; crones")
    assert refused.value.said == "crones"
    assert names.several(("issue",), '["cranes", "tolls"]') == both
    meant = {"crones": "cranes"}
    assert names.several(("issue",), "crones / tolls", meant) == both


def test_what_comes_in_is_known_too(names):
    names.add("source", Ref("source", "new"), ["new", "A new page", "https://a.example/new/"])
    assert names.of(("source",), "https://www.a.example/new") == Ref("source", "new")
