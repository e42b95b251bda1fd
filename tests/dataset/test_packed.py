"""A catalogue as bytes: what is read from it on any day is what the files say."""

from __future__ import annotations

import pickle
import zlib
from array import array
from datetime import timedelta

import pytest
from bench.synthetic import write_dataset
from tests.conftest import HARBOUR
from tests.dataset_days import days_in

from explorer import dataset
from explorer.dataset import packed, read, validate
from explorer.dataset.packed import Damaged
from explorer.errors import ExplorerError
from explorer.record.catalogue import Catalogue
from explorer.record.forms import Forms
from explorer.record.index import Index
from explorer.record.model import KINDS, Conflict, Ref
from explorer.record.tables import references, tables_in


def unpacked(data, again=None):
    def refused():
        raise AssertionError("it was whole")

    return packed.unpack(lambda low, high: data[low:high], again or refused)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Datasets as their files say them, each checked once."""
    write_dataset(synthetic := tmp_path_factory.mktemp("made-up") / "synthetic", 300)
    paths = {"harbour": HARBOUR, "shipped": dataset.shipped(), "synthetic": synthetic}
    found = {}

    def catalogue(name):
        if name not in found:
            texts = read.texts(paths[name])
            found[name] = Catalogue.of(validate.validate(texts, lambda _: None))
        return found[name]

    return catalogue


def some_days(of, number=40):
    """Days on which something in a dataset may change, and the days before."""
    negotiation = of.negotiation
    began, ends = negotiation.began, negotiation.covers_until
    turns = {day for record in of.records for day in days_in(record)}
    days = sorted(
        day for turn in turns for day in (turn - timedelta(days=1), turn) if began <= day <= ends
    )
    return [*days[:: len(days) // number + 1], ends]


def named(record):
    """What a record names, in the order in which it does."""
    about = record.touches if isinstance(record, Conflict) else ()
    fields = (ref for table in tables_in(record) for _, ref in references(table))
    return list(dict.fromkeys((*about, *fields)))


DATASETS = ["harbour", "shipped", "synthetic"]


@pytest.mark.parametrize("name", DATASETS)
def test_what_was_packed_is_what_is_read(made, name):
    whole = made(name)
    back = unpacked(packed.pack(whole))

    assert list(back.records) == list(whole.records)
    assert list(back.numbering.ids) == list(whole.numbering.ids)
    assert back.numbering.kinds == whole.numbering.kinds
    assert back.former == whole.former
    assert back.findings == whole.findings


@pytest.mark.parametrize("name", DATASETS)
def test_on_any_day_what_is_read_from_bytes_is_what_the_files_say(made, name):
    whole = made(name)
    index = Index(unpacked(packed.pack(whole)))
    for day in some_days(whole):
        there, here = index.on(day), Index(whole, day)
        assert list(there.everything()) == list(here.everything()), day
        assert list(there.dataset.records()) == list(here.dataset.records()), day
        assert list(there.newest_quotes()) == list(here.newest_quotes()), day


@pytest.mark.parametrize("name", DATASETS)
def test_on_any_day_the_links_are_those_of_the_records_as_they_looked(made, name):
    """Links are kept as numbers with days; here they are found in the records themselves."""
    index = Index(unpacked(packed.pack(made(name))))
    for day in [*some_days(made(name)), None]:
        there = index if day is None else index.on(day)
        records = list(there.dataset.records())
        naming: dict[Ref, list[Ref]] = {}
        for record in records:
            found = named(record)
            for kind in KINDS:
                of_kind = [ref for ref in found if ref.kind == kind]
                assert list(there.named_in(record.ref, kind)) == of_kind, (day, record.ref)
            for ref in found:
                naming.setdefault(ref, []).append(record.ref)
        for record in records:
            by = naming.get(record.ref, [])
            for kind in KINDS:
                of_kind = [ref for ref in by if ref.kind == kind]
                assert list(there.naming(record.ref, kind)) == of_kind, (day, record.ref)
            assert there.linked(record.ref) == {*named(record), *by}


@pytest.mark.parametrize("name", DATASETS)
def test_no_record_changes_its_form_on_a_day_that_is_not_noted(made, name):
    whole = made(name)
    forms: Forms = whole._made
    for day in some_days(whole, 80):
        index = Index(whole, day)
        for ref in index.everything():
            made_now = forms.form(Index(whole)[ref], day.toordinal())
            assert index[ref] == made_now, (day, ref)


@pytest.mark.parametrize("name", DATASETS)
def test_a_form_has_another_name_when_it_looks_otherwise(made, name):
    whole = Index(made(name))
    looks = {}
    for day in some_days(made(name)):
        index = whole.on(day)
        for ref in index.everything():
            assert looks.setdefault(index.form_of(ref), index[ref]) == index[ref], (day, ref)


def test_a_record_is_read_when_it_is_asked_for_and_no_other(made):
    whole, reads = made("synthetic"), []
    data = packed.pack(whole)

    def reading(low, high):
        reads.append((low, high))
        return data[low:high]

    index = Index(packed.unpack(reading, lambda: whole))
    quotes = index.newest_quotes()
    head = len(reads)
    assert len(quotes) == 300
    assert index.quote(quotes[5])
    assert len(index.naming(quotes[5], "conflict")) == 0
    assert len(index.on(whole.negotiation.began).newest_quotes()) < 300

    assert head == 2
    assert len(reads) == head + 1  # the quote


# Bytes that somebody else wrote, or that a disk has spoilt


class Harmful:
    """Unpickles to a call of whatever function it is given."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def framed(head):
    """A head with the right sum, as if it had been packed."""
    return packed._PREAMBLE.pack(packed._MAGIC, len(head), zlib.crc32(head)) + head


def with_record(data, number, record):
    """The bytes with others for one record, and the right sums."""
    _, length, _ = packed._PREAMBLE.unpack(data[: packed._PREAMBLE.size])
    first = packed._PREAMBLE.size + length
    head = pickle.loads(data[packed._PREAMBLE.size : first])
    starts, sums = array("q", head["starts"]), array("I", head["sums"])
    parts = [
        data[first + starts[n] : first + starts[n + 1]] if n != number else record
        for n in range(len(sums))
    ]
    sums[number] = zlib.crc32(record)
    starts = array("q", [sum(map(len, parts[:n])) for n in range(len(parts) + 1)])
    head |= {"starts": starts.tobytes(), "sums": sums.tobytes()}
    return framed(pickle.dumps(head)) + b"".join(parts)


def test_a_malicious_head_is_refused_and_runs_nothing(made, tmp_path):
    touched = tmp_path / "touched"
    for head in (Harmful(touched.touch), {"ids": Harmful(touched.touch)}):
        with pytest.raises(Damaged):
            unpacked(framed(pickle.dumps(head)))

    assert not touched.exists()


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"nonsense",
        pickle.dumps(None),
        pickle.dumps([1, 2]),
        pickle.dumps({}),
        pickle.dumps({"ids": "a", "kinds": dict.fromkeys(KINDS, 7), "former": []}),
        pickle.PROTO + b"\x05" + pickle.BINUNICODE8 + b"\xff" * 8,
        b"(" * 100_000,
    ],
    ids=["empty", "nonsense", "none", "list", "keyless", "other ids", "vast", "deep"],
)
def test_a_foreign_head_is_refused(head):
    with pytest.raises(Damaged):
        unpacked(framed(head))


@pytest.mark.parametrize("at", [0, 30, 200, 2000])
def test_a_spoilt_head_is_refused(made, at):
    data = bytearray(packed.pack(made("harbour")))
    data[at] ^= 1

    with pytest.raises(Damaged):
        unpacked(bytes(data))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda whole: b"",
        lambda whole: b"nonsense",
        lambda whole: pickle.dumps(whole.records[3])[:-9],
        lambda whole: pickle.dumps(whole.records[4]),
        lambda whole: pickle.dumps("a text"),
        lambda whole: pickle.dumps(Harmful(exit, 3)),
    ],
    ids=["nothing", "nonsense", "cut", "another", "text", "harmful"],
)
def test_all_is_made_anew_when_a_record_is_damaged(made, spoilt):
    whole = made("harbour")
    data = with_record(packed.pack(whole), 3, spoilt(whole))

    back = unpacked(data, lambda: whole)

    assert back.records[3] == whole.records[3]
    assert list(back.records) == list(whole.records)


def test_a_file_cut_short_meanwhile_is_made_anew(made):
    whole = made("harbour")
    data = packed.pack(whole)
    held = [data]
    back = packed.unpack(lambda low, high: held[0][low:high], lambda: whole)

    held[0] = data[:2000]

    assert list(back.records) == list(whole.records)


def test_what_is_made_anew_of_other_files_is_not_taken_for_the_same(made):
    data = with_record(packed.pack(made("harbour")), 3, b"")
    back = unpacked(data, lambda: made("synthetic"))

    with pytest.raises(ExplorerError, match="changed since"):
        back.records[3]
