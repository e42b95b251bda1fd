"""What each side says was agreed, and where one is silent or nobody looked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from explorer.documents.comparisons import accounts
from explorer.documents.comparisons.question import Question
from explorer.documents.pages import as_text
from explorer.notes import Notes
from explorer.record import labels
from explorer.record.index import Index
from explorer.record.model import Account, Evidence, Ref
from explorer.view import Scope, View


def ref(text):
    return Ref.parse(text)


def ids(refs):
    return [other.id for other in refs]


def data_of(view, point):
    """What other programs are given on a point, what is empty too."""
    data = next(row for row in accounts.as_data(view) if row["point"] == f"point:{point}")
    return defaultdict(lambda: None, data)


def accounts_of(view, point, side):
    """What a side says of a point, newest first."""
    return next(row for row in accounts.rows(view) if row.point.id == point).accounts[side]


def blocks_of(made):
    """Each row of the table by the name of its point."""
    return {block.label[0].text: block for block in made.blocks if block.kind == "cells"}


def text_of(spans):
    return "".join(span.text for span in spans)


def cell_of(view, name, head, about=None):
    block = blocks_of(accounts.sheet(view, Question(about)))[name]
    return text_of(next(cell.whole for cell in block.cells if cell.head == head))


def label_of(view, name, about=None):
    return text_of(blocks_of(accounts.sheet(view, Question(about)))[name].whole_label)


def with_point(view, slug, **changes):
    """The view of a dataset in which a point is different."""
    whole = view.index.dataset
    points = tuple(replace(p, **changes) if p.id == slug else p for p in whole.points)
    return View(Index(replace(whole, points=points)), Notes())


def with_accounts(view, slug, *more):
    point = view.index[Ref("point", slug)]
    return with_point(view, slug, accounts=(*point.accounts, *more))


def account(side, stance, on, **more):
    return Account(
        delegation_id=side, stance=stance, on=on, source_ids=("gazette-tidehall",), **more
    )


# Which points


def test_all_points_stand_newest_first(view):
    assert ids(accounts.points(view)) == ["channel-depth", "net-count", "toll-truce"]


def test_points_of_one_day_keep_the_order_of_the_file(view):
    same = with_point(view, "net-count", on=date(2031, 3, 5))

    assert ids(accounts.points(same)) == ["channel-depth", "toll-truce", "net-count"]


def test_a_point_dated_by_month_counts_as_of_the_end_of_the_month(view):
    assert ids(accounts.points(with_point(view, "toll-truce", on="2031-03")))[1] == "toll-truce"


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("round:lantern-isle", ["net-count", "toll-truce"]),
        ("round:may-call", []),
        ("issue:dredging", ["channel-depth"]),
        ("point:toll-truce", ["net-count", "toll-truce"]),
        ("delegate:tam", ["channel-depth", "net-count", "toll-truce"]),
    ],
)
def test_a_round_or_an_issue_has_its_points_and_a_point_those_of_its_round(view, about, found):
    assert ids(accounts.points(view, ref(about))) == found


def test_the_scope_narrows_the_points(view):
    fishing = replace(view, scope=Scope((ref("issue:fishing"),)))

    assert ids(accounts.points(fishing)) == ["net-count"]
    assert accounts.points(fishing, ref("round:tide-hall")) == ()


def test_a_point_that_is_not_public_yet_is_not_among_them(view):
    assert ids(accounts.points(view.at(date(2032, 1, 18)))) == ["net-count", "toll-truce"]
    assert accounts.points(view.at(date(2031, 3, 4))) == ()


@pytest.mark.parametrize("about", ["round:tide-hall", "point:channel-depth", "issue:dredging"])
def test_what_is_asked_about_may_not_be_public_yet(view, about):
    made = accounts.sheet(view.at(date(2031, 2, 1)), Question(ref(about)))

    assert blocks_of(made) == {}
    assert "Tide Hall" not in made.title + as_text(made)


# What each side says


def test_each_party_has_its_stance_words_text_day_and_document(view):
    (said,) = accounts_of(view, "toll-truce", "north")

    assert (said.stance, said.words, said.text) == (
        "affirms",
        "a year without new tolls",
        "So the bulletin.",
    )
    assert (said.on, said.document_id) == (date(2031, 3, 6), "northport-bulletin")
    assert said.source_ids == ("northport-bulletin",)


def test_nobody_having_looked_is_told_apart_from_silence(view):
    assert accounts_of(view, "channel-depth", "south") == ()
    assert [a.stance for a in accounts_of(view, "net-count", "south")] == ["silent"]
    assert cell_of(view, "The channel is measured again", "South") == "? not checked"
    assert cell_of(view, "A count of nets", "South").startswith("∅ silent in Southport Harbour")


def test_each_stance_has_a_word_and_a_glyph_of_its_own(view):
    assert cell_of(view, "Truce on tolls", "North").startswith("✓ affirms it\n")
    assert cell_of(view, "Truce on tolls", "South").startswith("~ words it differently\n")
    assert cell_of(view, "The channel is measured again", "North").startswith("✗ denies it\n")
    assert set(labels.STANCE_GLYPHS) == {*labels.STANCE_NAMES, "not checked"}
    assert len(set(labels.STANCE_GLYPHS.values())) == len(labels.STANCE_GLYPHS)


def test_a_cell_gives_words_in_quotation_marks_then_text_day_and_sources(view):
    assert cell_of(view, "Truce on tolls", "North") == (
        "✓ affirms it\n“a year without new tolls”\nSo the bulletin. 6 Mar 2031 [3]"
    )


def test_the_document_that_is_silent_is_named_with_its_publisher_and_marked(view):
    made = accounts.sheet(view, Question(ref("issue:fishing")))
    silent = blocks_of(made)["A count of nets"].cells[1]

    document = next(span for span in silent.spans if span.role == "link")
    assert document.link == ref("source:southport-notice")
    assert document.text == "Southport Harbour Office: 关于海峡会谈的通告"
    assert not document.stop
    assert text_of(silent.spans).endswith(f" 7 Mar 2031 [{made.cited['southport-notice']}]")


def test_a_document_that_no_source_repeats_is_marked_ahead_of_the_sources(view):
    denied = account("south", "denies", date(2032, 1, 21), document_id="southport-notice")
    made = accounts.sheet(
        with_accounts(view, "channel-depth", denied), Question(ref("issue:dredging"))
    )
    south = blocks_of(made)["The channel is measured again"].cells[1]

    assert [span.link.id for span in south.spans if span.role == "mark"] == [
        "southport-notice",
        "gazette-tidehall",
    ]


def test_each_cell_leads_to_its_point(view):
    for block in blocks_of(accounts.sheet(view)).values():
        assert {cell.link for cell in block.cells} == {block.label[0].link}
        assert block.label[0].link.kind == "point"


def test_the_last_account_counts_and_earlier_ones_are_told_briefly_newest_first(view):
    changed = with_accounts(
        view,
        "toll-truce",
        account("south", "affirms", date(2032, 1, 20), text="It calls it a year now."),
        account("south", "denies", date(2031, 11, 1)),
    )

    assert [account.stance for account in accounts_of(changed, "toll-truce", "south")] == [
        "affirms",
        "denies",
        "differs",
    ]
    assert cell_of(changed, "Truce on tolls", "South").split("\n") == [
        "✓ affirms it",
        "It calls it a year now. 20 Jan 2032 [1]",
        "before, 1 Nov 2031: ✗ denies [1]",
        "before, 7 Mar 2031: ~ differs [4]",
    ]


def test_of_two_accounts_on_one_day_neither_is_called_the_earlier(view):
    both = with_accounts(view, "toll-truce", account("south", "denies", date(2031, 3, 7)))

    assert (
        cell_of(both, "Truce on tolls", "South").split("\n")[-1] == "also 7 Mar 2031: ~ differs [4]"
    )


def test_an_account_given_later_does_not_show_before(view):
    changed = with_accounts(view, "toll-truce", account("south", "denies", date(2032, 2, 1)))

    (said,) = accounts_of(changed.at(date(2032, 1, 31)), "toll-truce", "south")
    assert said.stance == "differs"


def test_another_delegation_has_a_column_where_it_gave_an_account(view):
    host = with_accounts(view, "channel-depth", account("lantern", "affirms", date(2032, 1, 21)))

    def heads(about):
        (block, *_) = blocks_of(accounts.sheet(host, Question(about))).values()
        return [cell.head for cell in block.cells]

    assert heads(ref("round:tide-hall")) == ["North", "South", "Lantern"]
    assert heads(ref("round:lantern-isle")) == ["North", "South"]


# What is told of the point


def test_a_point_is_told_with_its_day_issue_text_and_sources(view):
    lines = label_of(view, "A count of nets", ref("round:lantern-isle")).split("\n")

    assert lines == [
        "A count of nets",
        "6 Mar 2031 · Crab and fishing rights",
        "Southport counts its nets each spring. [1]",
    ]


def test_among_the_points_of_an_issue_each_is_told_with_its_round(view):
    lines = label_of(view, "A count of nets", ref("issue:fishing")).split("\n")

    assert lines[1] == "6 Mar 2031 · Lantern Isle"


def test_a_due_day_is_told_with_the_days_left(view):
    soon = view.at(date(2032, 1, 17))

    assert data_of(soon, "toll-truce")["due"] == "2032-03-01"
    assert "\ndue 1 Mar 2032, 44 days later" in label_of(soon, "Truce on tolls")


def test_a_due_day_that_is_past_is_told_with_the_days_since(view):
    late = with_point(view, "toll-truce", moves=()).at(date(2032, 3, 11))

    assert data_of(late, "toll-truce")["overdue_days"] == 10
    assert "\ndue 1 Mar 2032 overdue by 10 days then [" in label_of(late, "Truce on tolls")


def test_what_was_carried_out_is_not_overdue(view):
    sign = Evidence(
        on=date(2032, 2, 1), text="Done.", shows="carried out", source_ids=("gazette-tidehall",)
    )
    done = with_point(view, "toll-truce", moves=(), evidence=(sign,)).at(date(2032, 3, 11))

    row = data_of(done, "toll-truce")
    assert (row["delivery"], row["overdue_days"]) == ("carried out", 0)
    told = label_of(done, "Truce on tolls")
    assert "\ndue 1 Mar 2032 [5]\ncarried out, 1 Feb 2032: Done. [" in told
    assert "overdue" not in told


def seen(on, shows=None, text="t"):
    return Evidence(on=on, text=text, shows=shows, source_ids=("gazette-tidehall",))


def test_a_first_instalment_carries_a_point_out_in_part_for_which_the_day_may_have_been(view):
    part = seen(date(2032, 2, 1), "carried out in part")
    late = with_point(view, "toll-truce", moves=(), evidence=(part,)).at(date(2032, 3, 11))

    row = data_of(late, "toll-truce")
    assert (row["delivery"], row["overdue_days"]) == ("carried out in part", 0)
    told = label_of(late, "Truce on tolls")
    assert "due 1 Mar 2032 [5]\ncarried out in part, 1 Feb 2032: t [" in told
    assert data_of(late.at(date(2032, 1, 31)), "toll-truce")["delivery"] is None


@pytest.mark.parametrize(
    ("shows", "stands"),
    [
        (("carried out", "not carried out"), "not carried out"),
        (("not carried out", "carried out in part", "carried out"), "carried out"),
        (("carried out in part", None), "carried out in part"),
        ((None,), None),
    ],
)
def test_the_latest_evidence_that_settles_it_counts(view, shows, stands):
    evidence = tuple(seen(date(2032, 1, n), what) for n, what in enumerate(shows, 1))

    settled = with_point(view, "toll-truce", evidence=evidence)
    assert data_of(settled, "toll-truce")["delivery"] == stands


def test_a_threat_is_no_sign_that_a_point_is_carried_out(view):
    threat = seen(date(2032, 1, 9), text="North threatens a new toll.")
    told = label_of(with_point(view, "toll-truce", evidence=(threat,)), "Truce on tolls")

    assert "\nlast seen of it, 9 Jan 2032: North threatens a new toll. [" in told
    assert "carried out" not in told
    assert "delivery" not in told


def test_a_move_to_the_day_that_was_set_is_no_move(view):
    point = view.index[ref("point:toll-truce")]
    same_day = replace(point.moves[0], to=point.due)
    told = with_point(view, "toll-truce", moves=(same_day,))

    assert "moved" not in label_of(told, "Truce on tolls")
    assert data_of(told, "toll-truce")["days_set"] == ["2032-03-01"]


def test_a_moved_day_is_told_with_every_day_it_was_moved_through(view):
    point = view.index[ref("point:toll-truce")]
    again = replace(point.moves[0], on=date(2032, 5, 1), to="2032-11")
    twice = with_point(view, "toll-truce", moves=(*point.moves, again))

    assert "\nmoved once: 1 Mar 2032 → 1 Sep 2032 [" in label_of(view, "Truce on tolls")
    assert "\nmoved twice: 1 Mar 2032 → 1 Sep 2032 → Nov 2032 [" in label_of(
        twice, "Truce on tolls"
    )
    row = data_of(twice, "toll-truce")
    assert row["days_set"] == ["2032-03-01", "2032-09-01", "2032-11"]
    assert row["due"] == "2032-11"


def test_evidence_is_counted_and_the_last_is_told(view):
    row = data_of(view, "toll-truce")

    assert (row["evidence"], row["last_seen_on"]) == (2, "2032-01-19")
    assert "\nlast seen of it, 19 Jan 2032: No new toll has been seen. [" in label_of(
        view, "Truce on tolls"
    )
    assert data_of(view.at(date(2031, 12, 1)), "toll-truce")["evidence"] == 1


# The sheet


@pytest.mark.parametrize(
    ("about", "title"),
    [
        (None, "Accounts: all points"),
        ("round:lantern-isle", "Accounts: Lantern Isle"),
        ("point:net-count", "Accounts: Lantern Isle"),
        ("issue:tolls", "Accounts: Tolls and the truce"),
        ("quote:tam-welcome", "Accounts: all points"),
    ],
)
def test_the_title_says_whose_points_are_shown(view, about, title):
    assert accounts.sheet(view, Question(about and ref(about))).title == title


def test_all_points_stand_under_their_rounds_the_newest_round_first(view):
    # The older round’s point was said last, which moves no heading.
    view = with_point(view, "toll-truce", on=date(2032, 2, 1))
    made = accounts.sheet(view)
    headings = [text_of(block.spans) for block in made.blocks if block.kind == "heading"]

    assert headings == [
        "Tide Hall  30 Dec 2031 – 18 Jan 2032",
        "Lantern Isle  3–5 Mar 2031",
        "Sources",
    ]
    assert list(blocks_of(made)) == [
        "The channel is measured again",
        "Truce on tolls",
        "A count of nets",
    ]


def test_the_points_of_one_round_need_no_heading(view):
    made = accounts.sheet(view, Question(ref("round:lantern-isle")))

    assert [b.spans[0].text for b in made.blocks if b.kind == "heading"] == ["Sources"]


def test_an_empty_sheet_says_so(view):
    def told(view, about=None):
        return text_of(accounts.sheet(view, Question(about)).blocks[0].spans)

    early = view.at(date(2031, 2, 1))
    assert told(early) == "No point said to be agreed was public by 1 Feb 2031."
    assert told(view, ref("round:may-call")) == (
        "No point said to be agreed on this round was public by 30 Jun 2032."
    )
    assert told(view, ref("issue:cranes")) == (
        "No point said to be agreed on this issue was public by 30 Jun 2032."
    )
    narrowed = replace(view, scope=Scope((ref("issue:cranes"),)))
    assert told(narrowed) == (
        "No point said to be agreed was public by 30 Jun 2032 and in the scope."
    )


# Only where they differ


@pytest.fixture
def one_agreed(view):
    """The harbour talks, where both sides affirm one of the points in the end."""
    on = date(2032, 3, 1)
    both = (account("north", "affirms", on), account("south", "affirms", on))
    return with_accounts(view, "net-count", *both)


def test_only_points_on_which_somebody_is_of_another_mind_are_left(one_agreed):
    view = one_agreed
    every, left = accounts.rows(view), accounts.as_data(view, Question(differing=True))
    differing = {str(row.point.ref) for row in every if accounts.differ(row)}

    assert {str(row["point"]) for row in left} == differing
    assert 0 < len(differing) < len(every)
    stances = ({given["stance"] for given in row["accounts"].values()} for row in left)
    assert all(found & {"differs", "denies", "silent"} for found in stances)


def test_what_nobody_looked_for_is_no_difference_and_the_last_account_counts(one_agreed):
    view = one_agreed
    agreed = next(row for row in accounts.rows(view) if not accounts.differ(row))
    denied = account("north", "denies", date(2031, 1, 1))

    assert not accounts.differ(replace(agreed, accounts={"north": ()}))
    given = {"north": (*agreed.accounts["north"], denied)}
    assert not accounts.differ(replace(agreed, accounts=given)), "that was denied before"


def test_where_no_accounts_differ_the_sheet_says_of_how_many_points(one_agreed):
    view = one_agreed
    agreed = next(row.point for row in accounts.rows(view) if not accounts.differ(row))
    only = View(Index(replace(view.index.dataset, points=(agreed,))), Notes())
    made = accounts.sheet(only, Question(differing=True))

    assert made.title == "Accounts: all points, where they differ"
    told = text_of(made.blocks[0].spans)
    assert told == "Nobody was known by 30 Jun 2032 to differ on the 1 point."


def test_a_round_without_points_names_the_rounds_that_have_some(view):
    made = accounts.sheet(view, Question(ref("round:may-call")))
    led_to = {span.link for block in made.blocks for span in block.spans if span.link}

    assert led_to == {Ref("round", row.point.round_id) for row in accounts.rows(view)}
    earlier = accounts.sheet(view.at(date(2031, 2, 1)), Question(ref("round:may-call")))
    assert len(earlier.blocks) == 1, "none is public then"


@pytest.fixture(params=["harbour", "shipped"])
def either(request, view, shipped_view):
    return view if request.param == "harbour" else shipped_view


def test_every_account_on_the_sheet_bears_the_marks_of_all_its_sources(either):
    made = accounts.sheet(either)
    blocks = [block for block in made.blocks if block.kind == "cells"]
    assert len(blocks) == len(either.index.dataset.points)
    for block in blocks:
        point = either.index[block.label[0].link]
        marks = {s.link.id for c in block.cells for s in c.whole if s.role == "mark"}
        cited = {slug for account in point.accounts for slug in account.source_ids}
        documents = {account.document_id for account in point.accounts} - {None}
        assert marks == cited | documents, point.id


def test_marks_are_first_met_in_the_order_of_their_numbers(either):
    made = accounts.sheet(either)
    met = [
        span.text
        for block in made.blocks
        if block.kind == "cells"
        for spans in (block.whole_label, *(cell.whole for cell in block.cells))
        for span in spans
        if span.role == "mark"
    ]

    assert list(dict.fromkeys(met)) == [f"[{n}]" for n in range(1, len(made.cited) + 1)]


# For other programs


def test_a_row_as_data_has_plain_values_and_no_empty_ones(view):
    (data,) = accounts.as_data(view, Question(ref("issue:dredging")))

    assert data == {
        "point": "point:channel-depth",
        "name": "The channel is measured again",
        "text": "Both measure the channel together.",
        "round": "round:tide-hall",
        "issues": ["issue:dredging"],
        "on": "2032-01-18",
        "due": "2032-06",
        "days_set": ["2032-06"],
        "overdue_days": 0,
        "evidence": 0,
        "accounts": {
            "north": {
                "stance": "denies",
                "words": "each measures its own half",
                "on": "2032-01-20",
                "document": "northport-transcript",
                "sources": ["northport-transcript"],
            },
            "south": {"stance": "not checked"},
        },
    }


def test_earlier_accounts_and_moves_are_in_the_data_too(view):
    changed = with_accounts(view, "toll-truce", account("south", "denies", date(2031, 11, 1)))
    (data,) = accounts.as_data(changed, Question(ref("issue:tolls")))

    assert data["days_set"] == ["2032-03-01", "2032-09-01"]
    assert (data["evidence"], data["last_seen_on"]) == (2, "2032-01-19")
    assert data["accounts"]["south"]["stance"] == "denies"
    assert data["accounts"]["south"]["earlier"] == [
        {
            "stance": "differs",
            "text": "It speaks of a pause, not of a year.",
            "on": "2031-03-07",
            "document": "southport-notice",
            "sources": ["southport-notice"],
        }
    ]
