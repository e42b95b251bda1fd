"""A record in full: what stands on its page, and on which sources."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from explorer import dataset
from explorer.documents.briefing import brief, write
from explorer.documents.pages import Longest, Span, as_text, page, page_to_read
from explorer.notes import Notes
from explorer.record.index import Index
from explorer.record.model import KINDS, Ref
from explorer.record.tables import entries, references
from explorer.view import View


def ref(text):
    return Ref.parse(text)


def text_of(view, name):
    return as_text(page(view, ref(name)))


def lines_of(view, name):
    return text_of(view, name).splitlines()


def under(view, name, heading):
    """The lines below a heading, up to the next empty one."""
    lines = lines_of(view, name)
    below = lines[lines.index(heading.upper()) + 1 :]
    return below[: below.index("")] if "" in below else below


def statements_of(made):
    """The spans of each block, or of each cell where it has cells."""
    for block in made.blocks:
        yield from [cell.spans for cell in block.cells] if block.cells else [block.spans]


def spans_of(made):
    labels = [span for block in made.blocks for span in block.label]
    return [*labels, *(span for spans in statements_of(made) for span in spans)]


def links_of(made):
    cells = (cell for block in made.blocks for cell in block.cells)
    links = [*(span.link for span in spans_of(made)), *(cell.link for cell in cells)]
    return {link for link in links if link is not None}


def marks_of(made):
    return [span for spans in statements_of(made) for span in spans if span.role == "mark"]


NOT_EQUAL = Span("≢ ", "warning")
TRACK = Span("Track", "heading")


@pytest.fixture(params=["harbour", "shipped"])
def either(request, view, shipped_view):
    return view if request.param == "harbour" else shipped_view


def pages(view):
    return [page(view, record.ref) for record in view.index.dataset.records()]


# Every page


def test_every_record_has_a_page_that_begins_with_its_title(either):
    for made in pages(either):
        assert made.blocks[0].kind == "title"
        assert made.blocks[0].spans[0].text == made.title
        assert made.title.strip(), made.ref
        assert len(made.blocks) > 2, made.ref


def test_every_link_on_every_page_leads_to_a_record(either):
    for made in pages(either):
        links = links_of(made)
        assert links, made.ref
        assert {link for link in links if link not in either.index} == set(), made.ref


def test_every_source_that_a_record_or_an_entry_cites_is_marked_on_its_page(either):
    for made in pages(either):
        if made.ref.kind == "source":
            continue
        record = either.index[made.ref]
        parts = [record, *(entry for _, _, entry in entries(record))]
        cited = {r.id for part in parts for _, r in references(part) if r.kind == "source"}
        assert cited <= made.cited.keys(), made.ref


def test_every_text_of_an_entry_stands_before_the_marks_of_its_own_sources(either):
    checked = 0
    for made in pages(either):
        for _, _, entry in entries(either.index[made.ref]):
            text, sources = getattr(entry, "text", ""), getattr(entry, "source_ids", ())
            if not text or not sources:
                continue
            marks = {f"[{made.cited[slug]}]" for slug in sources}
            assert any(
                text in "".join(span.text for span in spans)
                and marks <= {span.text for span in spans if span.role == "mark"}
                for spans in statements_of(made)
            ), (made.ref, text)
            checked += 1
    assert checked > 20


def test_marks_number_the_list_of_sources_from_one_without_a_gap(either):
    for made in pages(either):
        listed = [block for block in made.blocks if block.kind == "source"]
        numbers = [block.label[0].text for block in listed]
        assert numbers == [f"[{n}]" for n in range(1, len(made.cited) + 1)]
        assert [block.spans[0].link.id for block in listed] == list(made.cited)


def test_every_mark_leads_to_the_source_it_numbers_and_keys_pass_it_by(either):
    for made in pages(either):
        for mark in marks_of(made):
            assert mark.text == f"[{made.cited[mark.link.id]}]"
            assert not mark.stop


def test_marks_are_first_met_in_the_order_of_their_numbers(either):
    for made in pages(either):
        met = list(dict.fromkeys(mark.text for mark in marks_of(made)))
        assert met == [f"[{n}]" for n in range(1, len(met) + 1)]
        # What bears no mark is listed after what does: the record's own sources at most.
        assert len(made.cited) - len(met) <= len(made.index[made.ref].source_ids)


def test_no_page_puts_a_paraphrase_in_quotation_marks(either):
    data = either.index.dataset
    paraphrases = [q.text for q in data.quotes if q.form == "paraphrase"]
    paraphrases += [
        v.text for q in data.quotes for v in q.variants if (v.form or q.form) == "paraphrase"
    ]
    assert paraphrases
    for made in pages(either):
        text = as_text(made)
        for words in paraphrases:
            assert f"“{words}" not in text, made.ref


def test_all_other_words_stand_in_quotation_marks_wherever_they_are_shown(either):
    for quote in either.index.dataset.quotes:
        if quote.form != "paraphrase":
            speaker = as_text(page(either, Ref("delegate", quote.speaker_id)))
            assert f"“{quote.text}”" in speaker
            assert f"“{quote.text}”" in as_text(page(either, quote.ref))


def test_a_page_with_a_conflict_says_that_sources_disagree_and_sets_them_side_by_side(either):
    for conflict in either.index.dataset.conflicts:
        for text in conflict.about:
            made = page(either, ref(text))
            named = [block for block in made.blocks if block.spans[:1] == (NOT_EQUAL,)]
            (place,) = [
                made.blocks.index(block)
                for block in named
                if block.spans[1].link == conflict.ref and block.spans[1].text == conflict.name
            ]
            assert made.blocks[place + 1].kind == "cells"
            told = [
                "".join(span.text for span in cell.spans) for cell in made.blocks[place + 1].cells
            ]
            assert len(told) == len(conflict.versions)
            for words, version in zip(told, conflict.versions, strict=True):
                marks = "".join(f"[{made.cited[slug]}]" for slug in version.source_ids)
                assert words.startswith(f"{version.text} {marks}")


def test_the_versions_of_a_conflict_stand_under_those_who_say_so(view):
    (block,) = [block for block in page(view, ref("quote:noren-hour")).blocks if block.cells]

    assert [cell.head for cell in block.cells] == ["Tide Wire", "unnamed broadsheet"]


def test_a_version_that_a_page_reprints_stands_under_whose_it_is(dataset_of):
    path = dataset_of(
        '[[source]]\nid = "mirror"\npublisher = "Mirror"\ncarries = "Wire"\ntitle = "T"\n'
        'type = "press"\n'
        '[[conflict]]\nid = "c"\nname = "C"\non = 2031-05-01\nabout = ["round:jetty"]\n'
        'sources = ["gazette"]\n'
        '[[conflict.version]]\ntext = "a"\nsources = ["mirror"]\n'
        '[[conflict.version]]\ntext = "b"\nsources = ["gazette", "mirror"]\n'
    )
    view = View(dataset.load(path, cached=False), Notes())
    (block,) = [block for block in page(view, ref("round:jetty")).blocks if block.cells]

    assert [cell.head for cell in block.cells] == ["Wire", "River Gazette, Wire"]


def test_the_page_of_a_source_only_names_the_conflicts_it_is_part_of(either):
    named = 0
    for source in either.index.dataset.sources:
        conflicts = either.index.naming(source.ref, "conflict")
        made = page(either, source.ref)
        told = [block.spans[1].link for block in made.blocks if block.spans[:1] == (NOT_EQUAL,)]
        assert sorted(told) == sorted(conflicts), source.ref
        assert not any(block.cells for block in made.blocks), source.ref
        named += len(conflicts)
    assert named


def test_there_is_a_page_for_every_kind(view):
    assert {made.ref.kind for made in pages(view)} == set(KINDS)


def test_a_record_that_is_not_there_has_no_page(view):
    with pytest.raises(KeyError):
        page(view, ref("issue:tides"))


def test_markup_stays_text(view):
    assert "“I know those rocks. [bold]They move[/bold], [/] and [@click=app.quit]so do" in text_of(
        view, "quote:okafor-rocks"
    )


# What each kind says


def test_an_issue_begins_with_where_it_stands_and_since_when(view):
    assert lines_of(view, "issue:tolls")[1] == (
        "being carried out since 18 Jan 2032. The truce is kept and prolonged. [1]"
    )


def test_an_issue_tells_the_position_each_party_took_last(view):
    assert under(view, "issue:tolls", "Positions") == [
        "North: The toll may go in steps. 18 Jan 2032 [4]",
        "South: Both tolls go at once. 7 Mar 2031 [5]",
    ]


def test_a_party_without_a_position_is_said_not_to_have_stated_one(view):
    positions = under(view, "issue:fishing", "Positions")

    assert positions[-1] == "North: not stated"
    assert not any("Lantern" in line for line in positions)


def test_the_track_of_an_issue_tells_where_it_stood_and_who_wanted_what_newest_first(view):
    assert under(view, "issue:tolls", "Track") == [
        "18 Jan 2032: being carried out. The truce is kept and prolonged. [1]",
        "18 Jan 2032: North The toll may go in steps. [4]",
        "7 Mar 2031: South Both tolls go at once. [5]",
        "5 Mar 2031: agreed in principle. A truce holds both tolls where they are. [3]",
        "10 Jan 2031: disputed. Northport doubles its toll. [2]",
        "10 Jan 2031: North The toll stays until nets are counted. Norén [6]",
    ]


def test_the_track_of_an_issue_holds_every_status_and_position(either):
    for issue in either.index.dataset.issues:
        held = len(issue.statuses) + len(issue.positions)
        if held > 1:
            made = page(either, issue.ref)
            (start,) = [n for n, block in enumerate(made.blocks) if block.spans == (TRACK,)]
            rows = itertools.takewhile(lambda block: block.kind == "row", made.blocks[start + 1 :])
            assert len(list(rows)) == held, issue.ref


def test_an_issue_with_one_entry_has_no_track(view):
    assert "TRACK" not in lines_of(view, "issue:dredging")


def test_a_position_that_was_withdrawn_is_said_to_be_dropped(dataset_of):
    stated = (
        '[[issue.position]]\ndelegations = ["east"]\non = 2031-02-01\ntext = "Half fares."\n'
        'sources = ["gazette"]\n'
        '[[issue.position]]\ndelegations = ["east"]\non = 2031-03-01\ntext = "Half fares."\n'
        'withdrawn = true\nsources = ["gazette"]\n'
    )
    view = View(dataset.load(dataset_of(stated), cached=False), Notes())

    assert under(view, "issue:fares", "Positions") == ["East: drops it: Half fares. 1 Mar 2031 [1]"]
    assert under(view, "issue:fares", "Track") == [
        "1 Mar 2031: East drops it: Half fares. [1]",
        "1 Feb 2031: East Half fares. [1]",
    ]
    assert "POSITIONS HELD LAST" not in lines_of(view, "delegation:east")


def test_ties_between_issues_are_told_at_both(view):
    assert under(view, "issue:tolls", "Tied to") == ["Cranes  raised"]
    assert under(view, "issue:cranes", "Tied to") == ["Tolls and the truce  being carried out"]


def test_a_point_tells_what_each_side_says_of_it(view):
    told = under(view, "point:toll-truce", "What each side says")

    assert told == [
        "North: ✓ affirms it. So the bulletin. “a year without new tolls” 6 Mar 2031 [2]",
        "South: ~ words it differently. It speaks of a pause, not of a year. 7 Mar 2031 [3]",
    ]


def test_silence_names_the_document_that_is_silent(view):
    told = under(view, "point:net-count", "What each side says")

    assert told[1].startswith("South: ∅ silent in Southport Harbour Office: 关于海峡会谈的通告")


def test_a_missing_account_is_told_as_not_checked_and_never_as_silence(view):
    told = under(view, "point:channel-depth", "What each side says")

    assert told[0].startswith("North: ✗ denies it")
    assert told[1:] == ["South: not checked"]
    assert "silent" not in text_of(view, "point:channel-depth")


def test_an_account_is_marked_with_its_document_ahead_of_its_other_sources(dataset_of):
    path = dataset_of(
        '[[source]]\nid = "minutes"\npublisher = "P"\ntitle = "T"\ntype = "primary"\n'
        '[[point]]\nid = "bell"\nname = "A bell"\ntext = "A bell is hung."\non = 2031-05-02\n'
        'round = "jetty"\nissues = ["fares"]\nsources = ["gazette"]\n'
        '[[point.account]]\ndelegation = "east"\nstance = "affirms"\non = 2031-05-02\n'
        'document = "minutes"\nsources = ["gazette"]\n'
    )
    view = View(dataset.load(path, cached=False), Notes())

    assert under(view, "point:bell", "What each side says")[0].endswith("2 May 2031 [2][1]")


def test_no_shipped_point_takes_an_unchecked_account_for_silence(shipped_view):
    for point in shipped_view.index.dataset.points:
        told = under(shipped_view, str(point.ref), "What each side says")
        for side in shipped_view.index.dataset.delegations:
            lines = [line for line in told if line.startswith(f"{side.short}: ")]
            stances = [a.stance for a in point.accounts if a.delegation_id == side.id]
            unchecked = side.is_side and not stances
            assert ["not checked" in line for line in lines] == [False] * len(stances) + [
                True
            ] * unchecked, point.ref
            assert sum("silent in" in line for line in lines) == stances.count("silent")


def test_a_point_tells_when_it_is_due_how_long_that_is_and_how_often_it_moved(view):
    assert "Due: 1 Sep 2032, in 63 days, moved once" in lines_of(view, "point:toll-truce")
    assert "Due: Jun 2032" in lines_of(view, "point:channel-depth")
    early = view.at(date(2032, 1, 17))
    assert "Due: 1 Mar 2032, 44 days later" in lines_of(early, "point:toll-truce")
    assert under(early, "round:lantern-isle", "Said to be agreed")[0] == (
        "Truce on tolls  North ✓ affirms; South ~ differs · due 1 Mar 2032, 44 days later"
    )


def a_bell_due(due, evidence=""):
    return (
        '[[point]]\nid = "bell"\nname = "A bell"\ntext = "A bell is hung."\non = 2031-05-02\n'
        f'round = "jetty"\nissues = ["fares"]\ndue = {due}\nsources = ["gazette"]\n{evidence}'
    )


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2031-12-31", "Due: 31 Dec 2031"),
        ("2031-12-30", "Due: 30 Dec 2031 overdue by 1 day when the record ends"),
        ('"2031-11"', "Due: Nov 2031 overdue by 31 days when the record ends"),
    ],
)
def test_a_point_that_was_not_carried_out_in_time_is_told_as_overdue(dataset_of, due, told):
    view = View(dataset.load(dataset_of(a_bell_due(due)), cached=False), Notes())

    assert told in lines_of(view, "point:bell")


def test_a_point_that_was_carried_out_is_not_overdue(dataset_of):
    sign = (
        '[[point.evidence]]\non = 2031-08-01\ntext = "It rings."\nshows = "carried out"\n'
        'sources = ["gazette"]\n'
    )
    path = dataset_of(a_bell_due("2031-06-01", sign))
    view = View(dataset.load(path, cached=False), Notes())

    assert "Due: 1 Jun 2031 carried out" in lines_of(view, "point:bell")
    before = view.at(date(2031, 7, 31))
    assert "Due: 1 Jun 2031 overdue by 60 days then" in lines_of(before, "point:bell")


def test_moved_dates_are_told_with_the_first(view):
    milestone = lines_of(view, "milestone:toll-truce-ends")
    assert {"On: 1 Sep 2032  in 63 days", "First set: 1 Mar 2032"} <= set(milestone)
    assert under(view, "milestone:toll-truce-ends", "The date was moved") == [
        "18 Jan 2032: to 1 Sep 2032. Tide Hall prolongs it. [2]"
    ]


def test_evidence_of_delivery_is_told_newest_first(view):
    days = [
        line.partition(":")[0] for line in under(view, "point:toll-truce", "Evidence of delivery")
    ]

    assert days == ["19 Jan 2032", "Oct 2031"]


def test_a_round_tells_each_account_apart(view):
    told = under(view, "round:lantern-isle", "The result as each side gives it")

    assert [line.partition(":")[0] for line in told] == ["Jointly", "North", "South"]


def test_a_round_says_what_was_to_follow_right_after_its_result(view):
    lines = lines_of(view, "round:lantern-isle")

    following = next(place for place, line in enumerate(lines) if line.startswith("Next: "))
    assert lines[following - 1].startswith("Three days of talks end with a joint statement")


def test_a_round_tells_who_took_part_and_who_led(view):
    lines = lines_of(view, "round:chart-room")

    assert {"North: Okafor (lead)", "South: Harbour Office", "Others: Quill"} <= set(lines)
    assert "What: talks, round 2" in lines_of(view, "round:tide-hall")
    assert "Where: Møllehavn, Southport" in lines_of(view, "round:tide-hall")


@pytest.mark.parametrize(
    ("said", "role"),
    [(date(2031, 4, 30), "Deputy Envoy of Northport"), (None, "Envoy of Northport")],
)
def test_a_quote_gives_the_role_of_the_day_of_the_words_not_of_their_printing(view, said, role):
    data = view.index.dataset
    day = {"said": said, "published": date(2031, 5, 2)}
    quotes = tuple(replace(q, **day) if q.id == "noren-good-day" else q for q in data.quotes)
    then = View(Index(replace(data, quotes=quotes)), Notes())

    text = as_text(page(then, Ref("quote", "noren-good-day")))
    assert f"Speaker: Astrid Norén, {role} that day" in text.splitlines()


@pytest.mark.parametrize(
    ("starts", "role"),
    [(date(2031, 4, 30), "Deputy Envoy of Northport"), (date(2031, 5, 1), "Envoy of Northport")],
)
def test_those_who_led_a_round_have_the_role_of_its_first_day(view, starts, role):
    data = view.index.dataset
    days = {"starts": starts, "ends": date(2031, 5, 2), "lead_ids": ("noren",)}
    rounds = tuple(replace(r, **days) if r.id == "lantern-isle" else r for r in data.rounds)
    then = View(Index(replace(data, rounds=rounds)), Notes())

    text = write(brief(then, rounds=[Ref("round", "lantern-isle")]), "text")
    assert f"({role}, lead)" in text


def test_a_quote_tells_both_its_days_its_form_and_the_role_that_day(view):
    lines = lines_of(view, "quote:tam-patience")

    assert {
        "Speaker: Tam Wai-lan, Harbour Master of Southport that day",
        "Said: 5 Mar 2031",
        "Published: 7 Mar 2031",
        "Form: translation by Tide Wire; said in Chinese",
    } <= set(lines)
    assert under(view, "quote:tam-patience", "In the original") == ["耐心比任何挖泥船挖得更深"]


def test_a_quote_whose_day_is_not_known_says_so(view):
    lines = lines_of(view, "quote:office-nets")

    assert {"Said: day not known", "Published: 7 Mar 2031"} <= set(lines)


def test_a_paraphrase_is_called_one(view):
    lines = lines_of(view, "quote:tam-toll-paraphrase")

    assert lines[1] == "The harbour master said the toll could go by autumn [1][2]"
    assert "Form: paraphrase, not the words" in lines


def test_a_quote_carries_its_caution_and_its_variants(view):
    assert "Caution: Only the wire heard it." in lines_of(view, "quote:noren-hour")
    assert "Via: Tide Wire" in lines_of(view, "quote:noren-hour")
    assert under(view, "quote:noren-good-day", "Printed otherwise") == [
        "“It has been a good day for the strait”  Another tense. [2]",
        "She called it a good day [3] weak source only",
    ]


def test_a_measure_tells_the_stage_it_has_reached_and_its_steps_newest_first(view):
    assert lines_of(view, "measure:north-toll")[1] == (
        "suspended · since 5 Mar 2031 · until 1 Sep 2032 (in 63 days) · to be resumed at 20% "
        "1 Sep 2032, in 63 days"
    )
    steps = under(view, "measure:north-toll", "Steps")
    assert [line.partition(". ")[0] for line in steps] == [
        "1 Sep 2032: resumed at 20%",
        "5 Mar 2031: suspended until 1 Sep 2032",
        "1 Feb 2031: in force at 20%",
        "10 Jan 2031: announced at 20%",
    ]
    assert under(view, "measure:north-toll", "Answered by") == [
        "Ban on northern nets  South · import control · in force · since Feb 2031"
    ]


def test_a_measure_that_is_to_come_is_not_said_to_be_in_force(view):
    assert "in force since" not in text_of(view, "measure:south-dredge-licence")


def test_a_figure_tells_values_in_force_claims_and_threats_apart(view):
    name = "figure:north-duty"
    assert {"20% · in force since 1 Feb 2031", "Unit: %"} <= set(lines_of(view, name))
    assert under(view, name, "In force") == [
        "1 Feb 2031: 20% in force. The toll alone, without pilotage. [1]",
        "  12.5%: landing  Strait toll",
        "  7.5%: lantern dues",
    ]
    threat, claim, *made_of = under(view, name, "Threatened, claimed")
    assert threat.startswith("18 Jan 2032: 40%, threatened and taken back 2 Feb 2032, Norén. ")
    assert claim.startswith("Oct 2031: 27%, claimed, Tam Wai-lan. The toll with pilotage added")
    assert made_of == ["  20%: toll"]


def test_a_figure_tells_its_counts_by_who_counts_and_its_targets(view):
    assert under(view, "figure:herring-landed", "Counted by Harbour police") == [
        "18 Jan 2032: 410 barrels, from 5 Mar 2031. By the slips again. [3]",
        "20 May 2031: about 120 barrels, from 5 Mar 2031. By the slips at the gate. [5]",
    ]
    target, *_ = under(view, "figure:herring-landed", "To be reached")
    assert target.startswith("5 Mar 2031: at least 900 barrels, Norén, from 5 Mar 2031, due 1 Mar")
    assert under(view, "figure:herring-landed", "Measures the delivery of")


def test_a_delegate_is_told_with_the_figures_they_named(view):
    assert under(view, "delegate:noren", "Figures named")[0].startswith(
        "18 Jan 2032: Northport toll on southern ships  40% threatened ["
    )


def test_a_measure_and_an_issue_and_a_delegation_tell_their_figures(view):
    row = "Northport toll on southern ships  20% · in force since 1 Feb 2031"
    assert under(view, "measure:north-toll", "Figures it is part of") == [row]
    assert row in under(view, "issue:tolls", "Figures")
    assert row in under(view, "delegation:north", "Figures")


def test_a_delegation_tells_only_what_it_holds_last(view):
    held = under(view, "delegation:north", "Positions held last")

    assert held == ["Tolls and the truce  The toll may go in steps. 18 Jan 2032 [2]"]


def test_a_delegate_tells_roles_newest_first(view):
    roles = [line for line in lines_of(view, "delegate:noren") if line.startswith("Role")]

    assert roles == [
        "Role: Envoy of Northport  from 1 May 2031 [1][2]",
        "Role: Deputy Envoy of Northport  until 30 Apr 2031 [1]",
    ]


def test_a_conflict_sets_its_versions_side_by_side(view):
    lines = lines_of(view, "conflict:length-of-call")

    assert {
        "  Tide Wire: They spoke for an hour. [1]",
        "  unnamed broadsheet: They spoke for two hours. [2] weak source only",
        "An hour, as the wire heard it from the envoy herself. [1][2]",
    } <= set(lines)


def test_a_weak_source_is_called_weak_and_a_described_one_described(view):
    lines = lines_of(view, "source:broadsheet-2031")

    assert {
        "Weak: it does not bear a statement alone.",
        "The headline was not seen; the title above describes it.",
        "Address: not known",
    } <= set(lines)
    assert "Date: bears no date" in lines_of(view, "source:undated-leaflet")
    assert "Carries: text of Tide Wire" in lines_of(view, "source:mirror-call")


def test_a_weak_source_is_called_weak_wherever_it_is_listed(either):
    weak = {s.id for s in either.index.dataset.sources if s.reliability == "weak"}
    assert weak
    for made in pages(either):
        for block in made.blocks:
            if block.kind == "source":
                said = " weak" in [span.text for span in block.spans]
                assert said == (block.spans[0].link.id in weak), made.ref


def test_a_statement_says_when_none_but_weak_sources_bear_it(view):
    assert lines_of(view, "quote:quill-crab")[1] == (
        "“Nobody has asked the crab” [1] weak source only"
    )
    assert "weak source only" not in lines_of(view, "quote:tam-toll-paraphrase")[1]


def test_a_source_lists_all_that_cite_it(either):
    for source in either.index.dataset.sources:
        linked = links_of(page(either, source.ref))
        naming = {other for kind in KINDS for other in either.index.naming(source.ref, kind)}
        its_side = {*either.index.named_in(source.ref, "delegation")}
        assert linked == naming | its_side, source.ref


def test_the_negotiation_names_its_licence_when_it_has_one(view):
    whole = view.whole.dataset
    licensed = replace(whole, negotiation=replace(whole.negotiation, licence="CC-BY-4.0"))
    there = View(Index(licensed), Notes())

    name = str(whole.negotiation.ref)
    assert [line.split() for line in lines_of(there, name) if "Licence" in line] == [
        ["Licence:", "CC-BY-4.0"]
    ]
    assert "Licence" not in text_of(view, name)


def test_the_negotiation_tells_what_it_covers_and_its_rules(view):
    lines = lines_of(view, "negotiation:harbour-talks")

    assert "Covers: 10 Jan 2031 – 30 Jun 2032; the record ends there" in lines
    assert "Square brackets such as [@click=app.quit]these[/] are text, and nothing else." in lines


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "delegate:d",
            '[[delegate]]\nid = "d"\nname = "D"\nshort = "D"\nsources = ["gazette"]\n',
        ),
        (
            "measure:m",
            (
                '[[measure]]\nid = "m"\nname = "M"\ndelegation = "east"\nact = "law"\n'
                'legal_name = "Act 1"\nsources = ["gazette"]\n'
            ),
        ),
        (
            "conflict:c",
            (
                '[[source]]\nid = "s"\npublisher = "P"\ntitle = "T"\ntype = "press"\n'
                '[[conflict]]\nid = "c"\nname = "C"\non = 2031-05-01\nabout = ["round:jetty"]\n'
                'sources = ["gazette"]\n'
                '[[conflict.version]]\ntext = "a"\nsources = ["s"]\n'
                '[[conflict.version]]\ntext = "b"\nsources = ["s"]\n'
            ),
        ),
    ],
)
def test_what_a_record_rests_on_is_shown_without_a_summary_too(dataset_of, name, text):
    data = dataset.load(dataset_of(text), cached=False).dataset

    assert "gazette" in page(View(Index(data), Notes()), ref(name)).cited


def test_an_issue_stands_so_since_the_first_status_that_says_so(view):
    data = view.whole.dataset
    tolls = next(issue for issue in data.issues if issue.id == "tolls")
    again = replace(
        tolls.statuses[-1],
        on=date(2032, 3, 1),
        known=None,
        text="Still so.",
        source_ids=("joint-statement",),
    )
    issues = tuple(
        replace(issue, statuses=(*issue.statuses, again)) if issue == tolls else issue
        for issue in data.issues
    )
    longer = View(Index(replace(data, issues=issues)), view.notes)

    told = "being carried out since 18 Jan 2032 [1]. Latest, 1 Mar 2032: Still so. [2]"
    assert lines_of(longer, "issue:tolls")[1] == told
    made = write(brief(longer, issues=[Ref("issue", "tolls")]), "md")
    assert "**being carried out** since 18 Jan 2032[^1]. Latest, 1 Mar 2032: Still so.[^2]" in made
    before = longer.at(date(2032, 2, 1))
    assert lines_of(before, "issue:tolls")[1].startswith("being carried out since 18 Jan 2032. ")


# A page that is written as it is read.

ALL = Longest(10_000, "{} {}".format)


def test_what_is_written_as_it_is_read_is_the_same_in_the_end(view):
    for record in view.index.dataset.records():
        whole, read = page(view, record.ref), page_to_read(view, record.ref, ALL)
        read.finish()
        assert (read.blocks, read.cited, read.body) == (whole.blocks, whole.cited, whole.body)
        assert read.rows_left == 0


def test_no_more_of_a_page_is_written_than_is_read(view):
    whole, read = page(view, ref("issue:tolls")), page_to_read(view, ref("issue:tolls"), ALL)
    read.more()
    assert 0 < len(read.blocks) < len(whole.blocks) / 2
    assert len(read.cited) < len(whole.cited)


def test_a_long_list_ends_early_where_somebody_moves_through_it_and_says_so(view):
    longest = Longest(2, lambda kind, left: f"{left} more of kind {kind}")
    read = page_to_read(view, ref("issue:tolls"), longest)
    read.finish()
    listed = lines_of_sheet(read, "Said")
    quotes = len(view.index.naming(ref("issue:tolls"), "quote"))
    assert len(listed) == 3
    assert listed[-1] == f"{quotes - 2} more of kind quote"
    assert f"{quotes - 2} more" not in text_of(view, "issue:tolls")


def lines_of_sheet(made, heading):
    """The blocks below a heading, up to the next empty one, as text."""
    texts = ["".join(span.text for span in block.spans) for block in made.blocks]
    below = texts[texts.index(heading) + 1 :]
    return below[: below.index("")]
