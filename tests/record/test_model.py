"""The terms of the field: names, days and references."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.record.days import first_day, last_day
from explorer.record.model import KINDS, PLURALS, REFERENCES, Dataset, Ref
from explorer.record.tables import as_data, entries, references, toml_name

# Days


def test_a_day_is_its_own_first_and_last():
    day = date(2032, 2, 29)

    assert (first_day(day), last_day(day)) == (day, day)


@pytest.mark.parametrize(
    ("month", "last"),
    [
        ("2031-02", date(2031, 2, 28)),
        ("2032-02", date(2032, 2, 29)),
        ("2031-04", date(2031, 4, 30)),
        ("2031-12", date(2031, 12, 31)),
    ],
)
def test_a_month_lasts_from_its_first_day_to_its_last(month, last):
    assert (first_day(month), last_day(month)) == (last.replace(day=1), last)


def test_a_year_lasts_from_january_to_december():
    assert (first_day("2031"), last_day("2031")) == (date(2031, 1, 1), date(2031, 12, 31))


@given(st.dates(date(1000, 1, 1), date(2999, 11, 30)))
def test_the_day_after_a_month_is_the_first_of_the_next(day):
    after = last_day(f"{day:%Y-%m}") + timedelta(days=1)

    assert after.day == 1
    assert first_day(f"{day:%Y-%m}") <= day < after


@pytest.mark.parametrize(
    "text",
    ["", "2031-13", "2031-00", "2031-1", "31", "0931", "October 2031", "2031-"],
)
def test_any_other_text_is_no_day(text):
    for ask in (first_day, last_day):
        with pytest.raises(ValueError, match="is not a date such as 2025-10-26 or a month"):
            ask(text)


def test_a_whole_date_in_quotation_marks_is_told_to_stand_without():
    for ask in (first_day, last_day):
        with pytest.raises(ValueError, match="“2031-10-26” must stand without quotation marks"):
            ask("2031-10-26")


# References


def test_a_reference_reads_as_it_is_written():
    assert Ref.parse("issue:rare-earths") == Ref("issue", "rare-earths")
    assert str(Ref("issue", "rare-earths")) == "issue:rare-earths"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_referred_to(kind):
    assert Ref.parse(f"{kind}:x").kind == kind


@pytest.mark.parametrize("text", ["", "issue", "issue:", ":tolls", "isue:tolls", "Issue:tolls"])
def test_what_is_no_reference_is_refused_in_words(text):
    with pytest.raises(ValueError, match=f"“{text}” is not a reference such as issue:rare-earths"):
        Ref.parse(text)


# Names


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("source_ids", "sources"),
        ("issue_ids", "issues"),
        ("lead_ids", "leads"),
        ("speaker_id", "speaker"),
        ("against_id", "against"),
        ("deadline_id", "deadline"),
        ("answers_ids", "answers"),
        ("related_ids", "related"),
        ("statuses", "status"),
        ("positions", "position"),
        ("moves", "move"),
        ("delegates", "delegate"),
        ("evidence", "evidence"),
        ("id", "id"),
        ("name", "name"),
        ("rules", "rules"),
    ],
)
def test_a_field_has_the_name_a_person_would_write(field, key):
    assert toml_name(field) == key


def all_tables() -> list[type]:
    found = [Dataset, *KINDS.values()]
    for table in found:
        for hint in get_type_hints(table).values():
            found += [a for a in get_args(hint) if hasattr(a, "__dataclass_fields__")]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.__name__)
def test_no_two_fields_of_a_table_share_a_key(table):
    keys = [toml_name(field.name) for field in fields(table)]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.__name__)
def test_every_field_that_names_records_says_of_which_kind(table):
    named = {f.name for f in fields(table) if f.name.endswith(("_id", "_ids"))}

    assert named <= REFERENCES.keys()


def test_every_kind_has_a_collection_in_the_dataset():
    assert {f.name for f in fields(Dataset)} == {"negotiation", *PLURALS.values()}


# Records


def test_a_record_cannot_be_changed(view):
    record = view.index[Ref("issue", "tolls")]

    with pytest.raises(FrozenInstanceError):
        record.name = "Fees"


def test_the_records_of_a_dataset_come_kind_by_kind_and_all_of_them(view):
    data = view.index.dataset
    kinds = [record.kind for record in data.records()]

    assert kinds[0] == "negotiation"
    assert list(dict.fromkeys(kinds)) == list(KINDS)
    assert len(kinds) == 1 + sum(len(getattr(data, plural)) for plural in PLURALS.values())


def test_the_entries_of_a_record_come_with_their_place(view):
    found = list(entries(view.index[Ref("issue", "tolls")]))

    assert [(name, place) for name, place, _ in found] == [
        *[("statuses", n) for n in range(3)],
        *[("positions", n) for n in range(3)],
    ]
    assert found[1][2].state == "agreed in principle"


def test_the_references_of_a_record_come_with_their_field(view):
    assert list(references(view.index[Ref("quote", "noren-hour")])) == [
        ("source_ids", Ref("source", "mirror-call")),
        ("speaker_id", Ref("delegate", "noren")),
        ("issue_ids", Ref("issue", "tolls")),
        ("round_id", Ref("round", "may-call")),
    ]


def test_data_has_the_keys_of_toml_and_nothing_empty(view):
    assert as_data(view.index[Ref("point", "channel-depth")]) == {
        "id": "channel-depth",
        "known": "2032-01-19",
        "sources": ["gazette-tidehall"],
        "name": "The channel is measured again",
        "text": "Both measure the channel together.",
        "on": "2032-01-18",
        "round": "tide-hall",
        "issues": ["dredging"],
        "due": "2032-06",
        "account": [
            {
                "sources": ["northport-transcript"],
                "delegation": "north",
                "stance": "denies",
                "on": "2032-01-20",
                "document": "northport-transcript",
                "words": "each measures its own half",
            }
        ],
    }


def test_data_says_what_is_false_as_well_as_what_is_true(view):
    described = as_data(view.index[Ref("source", "broadsheet-2031")])
    seen = as_data(view.index[Ref("source", "wire-call")])

    assert described["described"] is True
    assert seen["described"] is False


def test_the_tables_within_records_are_all_known():
    from explorer.dataset import describe
    from explorer.record import tables

    for cls in KINDS.values():
        lists = {name for name, _ in describe._inner(cls) if describe.is_list(cls, name)}
        assert set(tables.entry_fields(cls)) == lists
