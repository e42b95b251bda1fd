"""Coming back to a dataset whose files have changed."""

import itertools
import tempfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.conftest import examples
from tests.seen.editing import (
    FIRST,
    SECOND,
    THIRD,
    came,
    changed,
    told,
    visit,
    with_records,
    without,
)

from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.seen import look_over as looking
from explorer.seen import memory
from explorer.seen.look_over import Stopped, look_over, mark_added, mark_seen
from explorer.text.sanitize import plain

TOLLS = Ref("issue", "tolls")


@pytest.fixture
def whole(index):
    return index.dataset


def renamed(whole, old, new):
    """An issue under another id, and every quote that names it by that."""
    (issue,) = (i for i in whole.issues if i.id == old)
    issues = [i for i in whole.issues if i.id != old]
    whole = replace(whole, issues=(*issues, replace(issue, id=new, formerly=(old,))))
    quotes = tuple(
        replace(q, issue_ids=tuple(new if slug == old else slug for slug in q.issue_ids))
        for q in whole.quotes
    )
    return replace(whole, quotes=quotes)


def test_on_a_first_visit_nothing_is_new(whole):
    news = came(whole, FIRST)
    assert news.items == ()
    assert news.since == FIRST


def test_while_the_files_stay_as_they_are_nothing_is_new_since_the_last_visit(whole):
    came(whole, FIRST)
    assert came(whole, SECOND).items == ()
    assert came(whole, THIRD).since == SECOND


def test_a_record_that_came_one_that_changed_and_one_that_went_are_told_apart(whole):
    came(whole, FIRST)
    gone = whole.quotes[0]
    later = without(whole, gone.ref)
    later = with_records(later, replace(whole.quotes[1], id="quite-new"))
    later = changed(later, TOLLS, lambda issue: replace(issue, summary="Said otherwise."))

    news = came(later, SECOND)

    assert told(news) == {
        "new": {"quote:quite-new"},
        "corrected": {"issue:tolls"},
        "withdrawn": {str(gone.ref)},
    }
    assert news.since == FIRST


def test_what_is_not_seen_stays_new_at_the_next_visit_and_counts_from_the_same_day(whole):
    came(whole, FIRST)
    later = changed(whole, TOLLS, lambda issue: replace(issue, summary="Said otherwise."))
    came(later, SECOND)

    news = came(later, THIRD)

    assert told(news) == {"corrected": {"issue:tolls"}}
    assert news.since == FIRST


def test_what_was_seen_is_new_no_more_and_the_rest_is(whole):
    came(whole, FIRST)
    gone = whole.quotes[0].ref
    later = without(whole, gone)
    later = changed(later, TOLLS, lambda issue: replace(issue, summary="Said otherwise."))
    news = came(later, SECOND)
    mark_seen(visit(later, SECOND), [news.item(TOLLS)])

    assert told(came(later, SECOND)) == {"withdrawn": {str(gone)}}
    mark_seen(visit(later, SECOND), [news.item(gone)])
    assert came(later, THIRD).items == ()


def test_a_change_that_is_taken_back_before_it_was_seen_is_none(whole):
    came(whole, FIRST)
    came(changed(whole, TOLLS, lambda issue: replace(issue, summary="Otherwise.")), SECOND)
    assert came(whole, THIRD).items == ()


def test_a_renamed_record_is_one_that_changed_and_those_that_name_it_did_not(whole):
    came(whole, FIRST)
    news = came(renamed(whole, "tolls", "harbour-tolls"), SECOND)

    assert told(news) == {"corrected": {"issue:harbour-tolls"}}
    (item,) = news.items
    assert item.is_renamed
    assert item.was == TOLLS


def test_a_renamed_record_that_was_seen_goes_by_its_new_name(whole):
    came(whole, FIRST)
    later = renamed(whole, "tolls", "harbour-tolls")
    mark_seen(visit(later, SECOND), came(later, SECOND).items)
    assert came(later, THIRD).items == ()


def test_the_order_of_entries_and_of_records_in_the_files_is_no_change(whole):
    came(whole, FIRST)
    assert came(replace(whole, quotes=tuple(reversed(whole.quotes))), SECOND).items == ()


def test_what_came_is_shown_kind_by_kind_and_sources_last(whole):
    came(whole, FIRST)
    later = with_records(
        whole,
        replace(whole.sources[0], id="new-page"),
        replace(whole.quotes[0], id="new-words"),
        replace(whole.issues[0], id="new-matter"),
    )
    kinds = [item.ref.kind for item in came(later, SECOND).items]
    assert kinds == ["issue", "quote", "source"]


def test_the_readers_own_additions_are_never_news(whole):
    came(whole, FIRST)
    issue = next(issue for issue in whole.issues if issue.ref == TOLLS)
    status = replace(issue.statuses[0], text="As I see it.", own=True)
    later = with_records(
        whole,
        replace(whole.quotes[0], id="of-my-own", own=True),
        replace(issue, statuses=(*issue.statuses, status)),
    )

    assert came(later, SECOND).items == ()
    assert came(whole, THIRD).items == ()  # nor is it news that they are gone


def test_of_a_dataset_in_another_place_what_was_seen_of_it_elsewhere_counts(whole):
    came(whole, FIRST, place="here")
    later = changed(whole, TOLLS, lambda issue: replace(issue, summary="Otherwise."))
    assert told(came(later, SECOND, place="there")) == {"corrected": {"issue:tolls"}}
    assert came(whole, THIRD, place="here").items == ()


def test_asking_without_remembering_leaves_everything_as_new_as_it_was(whole):
    came(whole, FIRST)
    later = changed(whole, TOLLS, lambda issue: replace(issue, summary="Otherwise."))
    assert told(look_over(visit(later, SECOND), remember=False)) == {"corrected": {"issue:tolls"}}
    assert came(whole, THIRD).since == FIRST


def test_files_that_were_looked_over_are_not_compared_again(whole, monkeypatch):
    came(whole, FIRST)
    later = visit(changed(whole, TOLLS, lambda issue: replace(issue, summary="Other.")), SECOND)
    later.index.all.key = "these files"
    before = look_over(later)
    monkeypatch.delattr(looking, "_compared")
    assert told(look_over(later)) == told(before) == {"corrected": {"issue:tolls"}}


def test_who_leaves_meanwhile_has_seen_nothing(whole):
    with pytest.raises(Stopped):
        came(whole, FIRST, is_over=lambda: True)
    assert came(whole, SECOND).since == SECOND


def test_a_memory_that_is_damaged_is_begun_anew(whole, own_folders):
    came(whole, FIRST)
    (kept,) = (own_folders / "state").rglob("*.seen")
    kept.write_bytes(b"no database at all" * 100)
    with pytest.raises(memory.Unusable):
        came(whole, SECOND)
    assert came(whole, THIRD).since == THIRD


FATES = ("stays", "stays", "goes", "changes", "is copied", "is renamed")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20).map(plain)
"""As they come out of files: with nothing in them that a terminal would obey."""


@settings(
    max_examples=examples(15, 300),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(
    drawn=st.lists(st.tuples(st.sampled_from(FATES), TEXTS), min_size=5, max_size=30),
)
def test_news_name_exactly_the_records_that_differ(index, tmp_path, monkeypatch, drawn):
    """Of any two editions of one negotiation."""
    monkeypatch.setenv("XDG_STATE_HOME", tempfile.mkdtemp(dir=tmp_path))
    whole = index.dataset
    came(whole, FIRST)
    quotes, expected = [], {}

    def expect(fate, record):
        expected.setdefault(fate, set()).add(str(record.ref))

    for quote, (what, text) in zip(whole.quotes, itertools.cycle(drawn), strict=False):
        now = quote
        if what == "goes":
            expect("withdrawn", quote)
            continue
        if what == "changes":
            now = replace(quote, remark=text)
        elif what == "is renamed":
            now = replace(quote, id=f"{quote.id}-now", formerly=(quote.id,))
        elif what == "is copied":
            quotes.append(replace(quote, id=f"{quote.id}-copy"))
            expect("new", quotes[-1])
        if now != quote:
            expect("corrected", now)
        quotes.append(now)
    later = replace(whole, quotes=tuple(reversed(quotes)))

    news = came(later, SECOND)

    assert told(news) == expected
    mark_seen(visit(later, SECOND), news.items)
    assert came(later, THIRD).items == ()


def test_what_a_person_adds_to_the_files_themselves_is_no_news(whole):
    came(whole, FIRST)
    quote = replace(whole.quotes[0], id="added")
    issue = changed(whole, TOLLS, lambda issue: replace(issue, statuses=issue.statuses[:1]))
    after = with_records(issue, quote)
    mark_added(visit(after, SECOND), Index(whole), (quote.ref, TOLLS))
    assert came(after, SECOND).items == ()


def test_what_a_person_added_is_no_news_though_the_files_were_looked_over_before(whole):
    came(whole, FIRST)
    quote = replace(whole.quotes[0], id="added")
    after = Index(with_records(whole, quote))
    after.all.key = "as they are now"
    assert came(after, SECOND).items
    mark_added(visit(after, SECOND), Index(whole), (quote.ref,))
    assert came(after, SECOND).items == ()


def test_what_was_not_seen_of_a_record_stays_new_when_a_person_adds_to_it(whole):
    came(whole, FIRST)
    corrected = changed(whole, TOLLS, lambda issue: replace(issue, summary="Of late."))
    assert [item.ref for item in came(corrected, SECOND).items] == [TOLLS]
    after = changed(corrected, TOLLS, lambda issue: replace(issue, statuses=issue.statuses[:1]))
    mark_added(visit(after, SECOND), Index(corrected), (TOLLS,))
    assert [item.ref for item in came(after, SECOND).items] == [TOLLS]


def test_what_is_added_before_a_first_visit_begins_no_memory(whole):
    mark_added(visit(whole, FIRST), Index(whole), (TOLLS,))
    assert came(whole, FIRST).items == ()
