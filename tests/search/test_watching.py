"""What is new in each watch."""

from dataclasses import replace

import pytest
from tests.seen.editing import FIRST, SECOND, came, with_records, without

from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.search.watching import watched
from explorer.seen.watches import Watch
from explorer.view import View


@pytest.fixture
def whole(index):
    return index.dataset


def found(before, later, *watches):
    came(before, FIRST)
    index = Index(later)
    view = View(index, Notes())
    return [
        {str(ref) for ref in watch.refs} for watch in watched(view, came(index, SECOND), watches)
    ]


@pytest.fixture
def later(whole):
    """Two quotes more, of which one is on the tolls."""
    quote = next(q for q in whole.quotes if "tolls" in q.issue_ids)
    other = replace(quote, id="of-crabs", text="Crabs are another matter.", issue_ids=("fishing",))
    return with_records(whole, replace(quote, id="of-tolls"), other)


def test_a_search_finds_what_is_new_of_what_it_finds(whole, later):
    watch = Watch("Crabs", words="crabs another kind:quote")
    assert found(whole, later, watch) == [{"quote:of-crabs"}]


def test_a_scope_holds_what_belongs_with_its_records(whole, later):
    watches = (
        Watch("Tolls", scope=(Ref("issue", "tolls"),)),
        Watch("Both", scope=(Ref("issue", "tolls"), Ref("issue", "fishing"))),
        Watch("Search in it", words="crabs", scope=(Ref("issue", "tolls"),)),
    )
    assert found(whole, later, *watches) == [
        {"quote:of-tolls"},
        {"quote:of-tolls", "quote:of-crabs"},
        set(),
    ]


def test_another_issue_is_not_in_the_scope_of_one(whole):
    later = with_records(whole, replace(whole.issues[0], id="another"))
    assert found(whole, later, Watch("Tolls", scope=(Ref("issue", "tolls"),))) == [set()]


def test_what_is_gone_is_in_the_watch_that_it_was_in(whole):
    quote = next(q for q in whole.quotes if "tolls" in q.issue_ids)
    word = max(quote.text.split(), key=len)
    watches = (
        Watch("Tolls", scope=(Ref("issue", "tolls"),)),
        Watch("Its word", words=word),
        Watch("Another", words="zebra"),
    )
    gone = {str(quote.ref)}
    assert found(whole, without(whole, quote.ref), *watches) == [gone, gone, set()]


def test_a_search_that_is_not_understood_says_so(whole, later):
    came(whole, FIRST)
    index = Index(later)
    (watch,) = watched(
        View(index, Notes()), came(index, SECOND), (Watch("Odd", words="speaker:nobody-at-all"),)
    )
    assert watch.refs == ()
    assert "nobody-at-all" in watch.trouble
