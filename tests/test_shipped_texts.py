"""Of the texts of others only short pieces are shipped, and these are told apart."""

from __future__ import annotations

MOST_WORDS, MOST_CHARACTERS = 40, 120


def test_no_clause_that_is_shipped_is_longer_than_a_quotation_may_be(shipped_view):
    long = [
        (text.id, clause.number)
        for text in shipped_view.index.dataset.texts
        for clause in text.clauses
        if len(clause.words.split()) > MOST_WORDS
        or sum(letter > "\u3000" for letter in clause.words) > MOST_CHARACTERS
    ]

    assert long == []


def test_no_text_that_is_shipped_is_shipped_whole(shipped_view):
    assert not any(text.file for text in shipped_view.index.dataset.texts)


def test_every_matter_is_written_in_one_way(shipped_view):
    matters = {
        matter
        for text in shipped_view.index.dataset.texts
        for clause in text.clauses
        for matter in clause.matters
    }

    assert len({matter.casefold() for matter in matters}) == len(matters)
