"""What is new, set out: differences, and only what was public on the day."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

import pytest
from tests.canaries import canaried
from tests.canaries import found as tokens_found
from tests.seen.editing import FIRST, SECOND, came, changed, with_records, without

from explorer.documents import news_words
from explorer.documents.comparisons import news as comparison
from explorer.documents.comparisons.news.form_changes import changes_between
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text
from explorer.notes import Notes, NoteStore, Words
from explorer.record.index import Index
from explorer.record.model import Position, Ref, Status
from explorer.seen import News, news
from explorer.view import View

TOLLS = Ref("issue", "tolls")
CITED = {"source_ids": ("gazette-tidehall",)}


@pytest.fixture
def whole(index):
    return index.dataset


def comes_back(before, later, notes=None):
    """The view of a reader who saw one edition and opens another."""
    came(before, FIRST)
    index = Index(later)
    return View(index, notes or Notes(), news=came(index, SECOND))


def page_of(view, ref):
    sheet = comparison.sheet(view, Question(ref))
    return f"{sheet.title}\n{as_text(sheet)}"


def test_a_text_that_changed_is_shown_once_with_the_old_and_the_new_words_set_off(whole):
    before = changed(whole, TOLLS, lambda i: replace(i, summary="The toll is six silver a ship."))
    later = changed(whole, TOLLS, lambda i: replace(i, summary="The toll is seven silver a ship."))
    shown = page_of(comes_back(before, later), TOLLS)
    assert "What is new, 1 of 1" in shown
    assert "~ corrected  " in shown
    assert "Summary: The toll is [–six] [+seven] silver a ship." in shown


def test_a_day_that_changed_stands_beside_the_one_it_was(whole):
    quote = whole.quotes[0]
    later = changed(whole, quote.ref, lambda q: replace(q, published=date(2032, 2, 3)))
    assert "→ 3 Feb 2032" in page_of(comes_back(whole, later), quote.ref)


def test_an_entry_is_followed_by_what_it_says_wherever_it_stands_and_of_whichever_day(whole):
    one = Status(on=date(2031, 2, 1), state="raised", text="The tolls are on the table.", **CITED)
    other = Status(on=date(2031, 3, 1), state="disputed", text="Both sides differ.", **CITED)
    before = changed(whole, TOLLS, lambda i: replace(i, statuses=(one, other)))
    moved = replace(one, on=date(2031, 4, 1))
    third = Status(on=date(2031, 5, 1), state="agreed", text="It is settled.", **CITED)
    later = changed(whole, TOLLS, lambda i: replace(i, statuses=(other, moved, third)))

    shown = page_of(comes_back(before, later), TOLLS)

    assert "~ corrected status  1 Apr 2031 · raised" in shown
    assert "Day: 1 Feb 2031 → 1 Apr 2031" in shown
    assert "✱ new status  1 May 2031 · agreed" in shown
    assert "withdrawn" not in shown
    assert "Both sides differ" not in shown


def test_an_entry_that_is_gone_is_shown_as_it_was(whole):
    said = Position(delegation_ids=("north",), on=date(2031, 2, 1), text="No toll at all.", **CITED)
    sides = [d.id for d in whole.delegations]
    said = replace(said, delegation_ids=(sides[0],))
    before = changed(whole, TOLLS, lambda i: replace(i, positions=(said,)))
    later = changed(whole, TOLLS, lambda i: replace(i, positions=()))
    shown = page_of(comes_back(before, later), TOLLS)
    assert "– withdrawn position  1 Feb 2031" in shown
    assert "Text: No toll at all." in shown


def test_the_sources_that_came_and_went_are_named(whole):
    quote = whole.quotes[0]
    came_in, went = whole.sources[-1], quote.source_ids[0]
    later = changed(whole, quote.ref, lambda q: replace(q, source_ids=(came_in.id,)))
    shown = page_of(comes_back(whole, later), quote.ref)
    assert came_in.publisher in shown.partition("Sources: ")[2].partition("[–")[0]
    assert "[–" in shown
    assert went != came_in.id


def test_a_record_that_is_gone_is_shown_as_it_was_with_the_notes_on_it(whole, tmp_path):
    quote = whole.quotes[0]
    store = NoteStore(tmp_path / "notes", whole.negotiation.id)
    store.save(quote.ref, Words("Remember this."), name="", note=None)
    view = comes_back(whole, without(whole, quote.ref), store.load())
    shown = page_of(view, quote.ref)
    assert "– withdrawn" in shown
    assert "It is no longer in the dataset" in shown
    assert f"Text: {quote.text.split()[0]}" in shown
    assert "Remember this." in shown


def test_a_new_record_is_shown_in_full(whole):
    copy = replace(whole.quotes[0], id="new-words", text="Quite new words.")
    shown = page_of(comes_back(whole, with_records(whole, copy)), copy.ref)
    assert "✱ new quote: " in shown
    assert "Quite new words." in shown
    assert "SOURCES" in shown


def test_the_list_counts_what_is_new_and_says_since_when(whole):
    later = without(whole, whole.quotes[0].ref)
    later = with_records(later, replace(whole.quotes[1], id="new-words"))
    view = comes_back(whole, later)
    assert comparison.summary(view) == "1 new, 1 withdrawn since 1 May 2032."
    assert news_words.briefly(view) == ("✱ 1 new, 1 withdrawn", "✱ 2 to see")


def test_when_nothing_is_new_the_list_says_so(view):
    assert "It is not known yet" in as_text(comparison.sheet(view))
    later = replace(view, news=News((), FIRST))
    assert "Nothing is new since 1 May 2032" in as_text(comparison.sheet(later))


def test_the_data_name_each_difference(whole):
    later = changed(whole, TOLLS, lambda i: replace(i, summary="Said otherwise."))
    (row,) = comparison.as_data(comes_back(whole, later))
    (issue,) = (i for i in whole.issues if i.ref == TOLLS)
    assert row["ref"], row["fate"] == ("issue:tolls", "corrected")
    assert row["changes"] == [{"field": "summary", "was": issue.summary, "now": "Said otherwise."}]
    json.dumps(row)


def test_entries_without_end_are_compared_in_a_moment():
    was = {
        "status": [{"on": f"2031-01-{n % 28 + 1:02}", "text": f"x {n}" * 50} for n in range(900)]
    }
    now = {
        "status": [{"on": f"2032-01-{n % 28 + 1:02}", "text": f"y {n}" * 50} for n in range(900)]
    }
    assert len(changes_between(was, now).entries) == 1800


# On an earlier day.


def test_what_came_later_than_the_day_is_neither_shown_nor_counted(whole):
    issue = next(i for i in whole.issues if i.ref == TOLLS)
    late = Status(on=date(2032, 6, 1), state="agreed", text="It is settled.", **CITED)
    grown = changed(whole, TOLLS, lambda i: replace(i, statuses=(*issue.statuses, late)))
    later = with_records(
        grown, replace(whole.quotes[0], id="late", published=date(2032, 6, 2), said=None)
    )
    view = comes_back(whole, later)
    assert len(view.news.in_sight(view.index)) == 2

    before = view.at(date(2032, 5, 1))

    assert before.news.in_sight(before.index) == ()
    assert before.news.mark_of(TOLLS, before.index) is None
    assert "Nothing that is new was public on 1 May 2032" in as_text(comparison.sheet(before))


def test_of_very_many_it_is_not_found_out_what_was_public_on_an_earlier_day(whole, monkeypatch):
    monkeypatch.setattr(news, "_MOST_ON_A_DAY", 1)
    later = with_records(
        whole, replace(whole.quotes[0], id="one"), replace(whole.quotes[0], id="other")
    )
    view = comes_back(whole, later)
    assert len(view.news.in_sight(view.index)) == 2
    before = view.at(date(2032, 5, 1))
    assert "takes too long to find" in as_text(comparison.sheet(before))
    assert news_words.briefly(before) is None


def test_of_a_correction_only_what_was_public_by_then_is_shown(whole):
    issue = next(i for i in whole.issues if i.ref == TOLLS)
    late = Status(on=date(2032, 6, 1), state="agreed", text="It is settled.", **CITED)
    later = changed(
        whole, TOLLS, lambda i: replace(i, summary="Otherwise.", statuses=(*issue.statuses, late))
    )
    view = comes_back(whole, later).at(date(2032, 5, 1))
    shown = page_of(view, TOLLS)
    assert "Otherwise." in shown
    assert "settled" not in shown


def test_a_record_that_is_gone_shows_no_earlier_than_it_did(whole):
    quote = max(whole.quotes, key=lambda q: str(q.published))
    view = comes_back(whole, without(whole, quote.ref))
    day = date.fromisoformat(str(quote.published)) - timedelta(days=1)
    before = view.at(day)
    assert before.news.in_sight(before.index) == ()


def reworded(table):
    """A record with a letter more in each of its texts, and in those of its entries."""
    values = {}
    for field in fields(table):
        value = getattr(table, field.name)
        if isinstance(value, str) and [*tokens_found(value)]:
            values[field.name] = f"{value} b"
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            values[field.name] = tuple(map(reworded, value))
    return replace(table, **values)


def test_no_news_tell_what_was_not_public_on_a_day(whole):
    """Every record corrected or gone, each text of old and new knowing its day."""
    old = canaried(whole)
    gone = [r.ref for kind in ("quote", "milestone", "conflict") for r in old.dataset.of(kind)[::2]]
    later = without(old.dataset, *gone)
    for record in [*later.records()][1:]:
        later = with_records(later, reworded(record))
    view = comes_back(old.dataset, later)
    assert len(view.news.items) > 40
    days = sorted({day for day in old.days.values() if day > whole.negotiation.began})
    told = 0
    for day in [day - timedelta(days=1) for day in days[::3]]:
        at = view.at(max(day, whole.negotiation.began))
        found = at.news.in_sight(at.index)
        sheets = [comparison.sheet(at), *(comparison.sheet(at, Question(i.ref)) for i in found)]
        text = "\n".join(f"{sheet.title}\n{as_text(sheet)}" for sheet in sheets)
        text += json.dumps(comparison.as_data(at), ensure_ascii=False)
        assert old.later(text, at.as_of) == [], day
        told += len(found)
    assert told
