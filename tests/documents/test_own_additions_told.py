"""Days of which only what a reader added is known: what is said of them, and of what fell due."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from explorer import cli
from explorer.documents import coverage
from explorer.documents.briefing import brief
from explorer.documents.citation import citation
from explorer.documents.pages import as_text, page
from explorer.documents.to_text import to_text
from explorer.notes import Notes
from explorer.record import amounts
from explorer.record.counting import UNKNOWN, Counting
from explorer.record.days import last_day
from explorer.record.index import Index
from explorer.record.model import OneSided
from explorer.view import View

ENDS, OWN = date(2032, 6, 30), date(2032, 11, 30)
ONE_SIDE = OneSided(
    starts=date(2032, 7, 1),
    ends=date(2032, 8, 31),
    delegation_ids=("north",),
    text="The archive of Southport is shut.",
    source_ids=("joint-statement",),
)


def added_to(view, *spans, until=OWN):
    """The view of the same record, to which a reader added something on a later day."""
    negotiation = replace(view.whole.dataset.negotiation, one_sided=spans, own_until=until)
    return View(Index(replace(view.whole.dataset, negotiation=negotiation)), Notes())


def test_the_days_up_to_the_last_addition_can_be_looked_at_and_the_record_ends_where_it_did(view):
    longer = added_to(view)
    assert (longer.record_ends, longer.covers_until, longer.as_of) == (ENDS, OWN, OWN)
    assert coverage.briefly(longer, short=True) == (
        "record ends 30 Jun 2032 · then only the reader’s own"
    )
    assert coverage.reach(longer) == (
        "The record ends on 30 Jun 2032. From 1 Jul 2032 to 30 Nov 2032 there are only the "
        "reader’s own additions, which are no part of it."
    )
    assert coverage.as_data(longer)["own_until"] == "2032-11-30"
    assert coverage.last_day(longer) == (
        "The record ends on 30 Jun 2032, and only the reader’s own additions on 30 Nov 2032."
    )


def test_nothing_of_it_is_said_on_a_day_of_the_record(view):
    earlier = added_to(view).at(ENDS)
    assert coverage.beyond(earlier) == ""
    assert coverage.reach(earlier) == "The record ends on 30 Jun 2032."


def test_after_days_known_from_one_side_it_is_said_since_when(view):
    longer = added_to(view, ONE_SIDE)
    assert coverage.beyond(longer) == "after 31 Aug 2032 only the reader’s own"
    assert "From 1 Sep 2032 to 30 Nov 2032 there are only" in coverage.reach(longer)
    assert "only the North side" in coverage.reach(longer.at(date(2032, 8, 1)))


def test_a_citation_and_the_page_of_the_whole_say_it(view):
    longer = added_to(view)
    ref = longer.index.dataset.issues[0].ref
    assert "record to 30 Jun 2032, since then only the reader’s own)" in citation(longer, ref)
    negotiation = as_text(page(longer, longer.index.dataset.negotiation.ref))
    assert "the reader’s own additions go on to 30 Nov 2032" in negotiation


@pytest.mark.parametrize(
    ("day", "when", "left"),
    [
        (OWN, date(2032, 9, 1), UNKNOWN),
        (OWN, date(2032, 6, 1), ""),
        (OWN, date(2032, 12, 1), "1 day later"),
        (date(2032, 8, 1), date(2032, 9, 1), "31 days later"),
        (date(2032, 10, 1), date(2032, 9, 1), UNKNOWN),
    ],
)
def test_what_fell_due_after_the_record_has_passed_without_a_known_outcome(day, when, left):
    """What a reader added later says nothing of it."""
    chosen = Counting.of(day, OWN, ENDS, ENDS, chosen=True)
    assert chosen.left(when) == left


def test_at_the_last_addition_days_count_from_the_readers_own_day():
    counting = Counting.of(OWN, date(2032, 12, 10), ENDS, ENDS, chosen=False)
    assert counting.left(date(2032, 12, 12)) == "in 2 days"
    assert counting.left(date(2032, 9, 1)) == UNKNOWN
    assert counting.left(date(2032, 12, 5)) == UNKNOWN


def test_commands_say_it(harbour, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-11-30")
    folder = tmp_path / "harbour-talks"
    folder.mkdir()
    (folder / "mine.toml").write_text(
        '[[milestone]]\nid = "m"\nname = "M"\non = 2032-11-30\ntext = "T."\n'
        'sources = ["joint-statement"]\n'
    )
    where = [str(harbour), "--overlay", str(tmp_path)]
    assert cli.main(["list", "rounds", *where]) == 0
    assert "there are only the reader’s own additions" in capsys.readouterr().err
    cli.main(["changes", *where, "--json"])
    assert json.loads(capsys.readouterr().out)["own_until"] == "2032-11-30"


def test_what_the_record_plans_for_days_after_its_end_is_no_fact_by_then(view):
    """Measures, figures and dates that lay ahead at its end do so for the record ever after."""
    later, alone = added_to(view, until=date(2033, 3, 1)), view.at(ENDS)
    for measure in alone.index.dataset.measures:
        assert later.standing(measure) == alone.standing(measure)
    for figure in alone.index.dataset.figures:
        day = later.counting.edge_of(figure)
        assert amounts.pending(figure, day) == amounts.pending(figure, ENDS)
    said = to_text(brief(later))
    for milestone in alone.index.dataset.milestones:
        falls = milestone.falls_on
        if milestone.result is None and falls and ENDS < last_day(falls) < date(2033, 3, 1):
            assert later.left_to(milestone) == UNKNOWN
            assert milestone.name in said


def test_what_the_reader_added_itself_has_not_passed_unknown(view):
    event = view.index.dataset.milestones[0]
    own = replace(event, id="mine", on=date(2032, 11, 20), moves=(), results=(), own=True)
    later = added_to(view)
    assert later.left_to(own) == ""
    assert later.left_to(replace(own, own=False)) == UNKNOWN
