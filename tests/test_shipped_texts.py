"""Of the texts of others only short pieces are shipped, and these are told apart."""

from __future__ import annotations

import pytest

from explorer import dataset
from explorer.dataset.warning_checks import OF_GROUNDS

MOST_WORDS, MOST_CHARACTERS = 40, 120


@pytest.fixture(scope="module", params=list(dataset.bundled()))
def shipped_texts(request):
    return dataset.load(dataset.bundled()[request.param]).dataset.texts


def test_no_clause_that_is_shipped_is_longer_than_a_quotation_may_be(shipped_texts):
    long = [
        (text.id, clause.number)
        for text in shipped_texts
        for clause in text.clauses
        if len(clause.words.split()) > MOST_WORDS
        or sum(letter > "\u3000" for letter in clause.words) > MOST_CHARACTERS
    ]

    assert long == []


def test_no_text_that_is_shipped_is_shipped_whole(shipped_texts):
    assert shipped_texts
    assert not any(text.file for text in shipped_texts)


def test_every_matter_is_written_in_one_way(shipped_texts):
    matters = {
        matter for text in shipped_texts for clause in text.clauses for matter in clause.matters
    }

    assert len({matter.casefold() for matter in matters}) == len(matters)


ALLOWED = {
    # What is known is known from few pages; the view of evidence says where.
    *OF_GROUNDS,
    # Who took part is worth a line, though nothing they said is kept.
    "unnamed-person",
    # Many words are known in English alone: nothing is put back into their language.
    "no-original",
    # A record ends; how old it is, is said wherever it is shown.
    "stale-record",
}


@pytest.mark.parametrize("name", list(dataset.bundled()))
def test_every_dataset_that_is_shipped_has_no_warning_that_its_writer_could_mend(name):
    _, warnings = dataset.check(dataset.bundled()[name])

    assert [str(one) for one in warnings if one.check not in ALLOWED] == []
