"""How far the record reaches: its end, and the days of which one side only is known."""

import json
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from explorer import cli, dataset
from explorer.dataset import DatasetError
from explorer.documents import coverage
from explorer.documents.briefing import brief
from explorer.documents.citation import citation
from explorer.documents.pages import as_text, page
from explorer.documents.to_json import as_data
from explorer.notes import Notes
from explorer.record import clock
from explorer.record.index import Index
from explorer.record.model import OneSided, Ref
from explorer.text.plain_signs import plain_signs
from explorer.ui.widgets import ribbon
from explorer.ui.widgets.heading import _title
from explorer.view import View

ENDS, UNTIL = date(2032, 6, 30), date(2032, 8, 31)
AFTER = {"starts": date(2032, 7, 1), "ends": UNTIL}
WITHIN = {"starts": date(2031, 5, 1), "ends": date(2031, 5, 10)}


def one_sided(view, *spans, sides=("north",)):
    """The view of the same record, some days of which are known from one side only."""
    told = {"text": "The archive of Southport is shut.", "source_ids": ("joint-statement",)}
    negotiation = replace(
        view.whole.dataset.negotiation,
        one_sided=tuple(OneSided(delegation_ids=sides, **told, **span) for span in spans),
    )
    return View(Index(replace(view.whole.dataset, negotiation=negotiation)), Notes())


def whole_page(view):
    return as_text(page(view, view.index.dataset.negotiation.ref))


# Which days can be looked at


def test_the_last_day_is_that_of_the_record_or_of_a_part_known_from_one_side(view):
    assert view.covers_until == view.record_ends == ENDS
    assert one_sided(view, WITHIN).covers_until == ENDS

    longer = one_sided(view, WITHIN, AFTER)
    assert (longer.record_ends, longer.covers_until, longer.as_of) == (ENDS, UNTIL, UNTIL)
    assert longer.at(date(2033, 1, 1)).as_of == UNTIL
    assert longer.day_said("end") == UNTIL


@pytest.mark.parametrize(
    ("stands", "asked", "said"),
    [
        (ENDS, ENDS, "The record ends on 30 Jun 2032."),
        (date(2032, 1, 1), date(2032, 7, 1), "The record ends on 30 Jun 2032."),
        (date(2032, 1, 1), ENDS, ""),
        (date(2032, 1, 1), date(2032, 1, 1), ""),
        (date(2032, 1, 1), date(2031, 1, 10), ""),
        (date(2031, 1, 10), date(2031, 1, 10), "The record begins on 10 Jan 2031."),
        (date(2032, 1, 1), date(2031, 1, 9), "The record begins on 10 Jan 2031."),
    ],
)
def test_who_asks_for_a_day_beyond_the_record_hears_where_it_ends(view, stands, asked, said):
    assert coverage.edge(view.at(stands), asked) == said


def test_what_became_public_in_days_known_from_one_side_shows_from_its_own_day(view):
    data = view.whole.dataset
    moved = [replace(q, said=None, published=date(2032, 8, 1), round_id=None) for q in data.quotes]
    later = View(Index(replace(data, quotes=(*data.quotes[1:], moved[0]))), Notes())
    longer = one_sided(later, AFTER)

    assert moved[0].ref not in longer.at(date(2032, 7, 31)).index
    assert moved[0].ref in longer.at(date(2032, 8, 1)).index


def test_a_view_knows_whether_one_side_only_is_known_of_its_day(view):
    longer = one_sided(view, WITHIN, AFTER)

    assert longer.one_sided.ends == UNTIL
    assert longer.at(ENDS).one_sided is None
    assert longer.at(date(2032, 7, 1)).one_sided.ends == UNTIL
    assert longer.at(date(2031, 5, 10)).one_sided.starts == date(2031, 5, 1)
    assert longer.at(date(2031, 5, 11)).one_sided is None


# What is said of it


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (UNTIL, "record ends 30 Jun 2032 · since then in full only the North side"),
        (ENDS, "record ends 30 Jun 2032"),
        (date(2031, 5, 3), "record ends 30 Jun 2032 · 1–10 May 2031 in full only the North side"),
    ],
)
def test_it_is_said_in_a_few_words(view, day, said):
    assert coverage.briefly(one_sided(view, WITHIN, AFTER).at(day)) == said


def test_several_sides_are_named(view):
    longer = one_sided(view, AFTER, sides=("north", "lantern"))

    assert coverage.beyond(longer) == "since then in full only the North and Lantern sides"


def test_the_page_of_the_negotiation_lists_these_days_with_reason_and_source(view):
    text = whole_page(one_sided(view, WITHIN, AFTER))

    assert "the record ends there, and what one side says is followed to 31 Aug 2032" in text
    heading, days = (
        text.split("KNOWN IN FULL FROM ONE SIDE ONLY\n")[0],
        text.split("ONE SIDE ONLY\n")[1],
    )
    assert heading
    assert days.startswith(
        "1–10 May 2031: in full only the North side. The archive of Southport is shut. [1]\n"
        "1 Jul – 31 Aug 2032: in full only the North side. The archive of Southport is shut. [1]\n"
    )
    assert "ONE SIDE" not in whole_page(view)


def test_citations_and_briefings_say_it_on_such_a_day_alone(view):
    longer = one_sided(view, AFTER)
    said = "From 1 Jul 2032 to 31 Aug 2032 only the North side is known in full."

    assert "record to 30 Jun 2032, since then in full only the North side)" in citation(
        longer, Ref("issue", "tolls")
    )
    assert "(Harbour talks, record to 30 Jun 2032)" in citation(
        longer.at(ENDS), Ref("issue", "tolls")
    )
    assert said in brief(longer).opening[0]
    assert said not in brief(longer.at(ENDS)).opening[0]
    data = as_data(brief(longer))
    assert (data["as_of"], data["record_ends"]) == ("2032-08-31", "2032-06-30")
    assert data["one_sided"]["delegations"] == ["north"]


# The ribbon


def test_the_ribbon_breaks_its_line_where_one_side_only_is_known(view):
    longer = one_sided(view, AFTER)
    width = (UNTIL - date(2031, 1, 1)).days

    passed = ribbon.drawn(longer, width)[1].plain
    assert passed.rstrip(ribbon.AS_OF).endswith(ribbon.ONE_SIDED * 20)
    assert ribbon.ONE_SIDED not in ribbon.drawn(view, width)[1].plain
    ahead = ribbon.drawn(longer.at(date(2031, 3, 1)), width)[1].plain
    assert ahead[-20:].split() == [ribbon.ONE_SIDED_AHEAD] * 10
    assert plain_signs(ahead[-20:]).split() == ["."] * 10
    assert len({ribbon.ONE_SIDED, ribbon.ONE_SIDED_AHEAD, ribbon.PASSED, ribbon.AHEAD}) == 4


# On the command line

SPAN = """
[[negotiation.one_sided]]
starts = {starts}
ends = {ends}
delegations = [{sides}]
text = "The other bank is silent."
sources = ["gazette"]
"""
OTHER = """
[[delegation]]
id = "west"
name = "West bank"
short = "West"
sources = ["gazette"]
"""


def span(starts, ends, sides='"east"'):
    return SPAN.format(starts=starts, ends=ends, sides=sides)


def run(capsys, *given):
    code = cli.main(list(given))
    out, err = capsys.readouterr()
    return code, out, err


def test_commands_say_it_beside_their_results(dataset_of, capsys):
    path = str(dataset_of(OTHER + span("2032-01-01", "2032-02-01")))
    said = (
        "The record ended on 31 Dec 2031, 182 days ago. "
        "From 1 Jan 2032 to 1 Feb 2032 only the East side is known in full.\n"
    )

    for command in (["list", "issues"], ["show", "issue:fares"], ["positions"], ["changes"]):
        code, _, err = run(capsys, *command, "--dataset", path)
        assert (code, err) == (0, said), command
    _, out, _ = run(capsys, "measures", "--json", "--dataset", path)
    told = json.loads(out)
    assert (told["as_of"], told["record_ends"]) == ("2032-02-01", "2031-12-31")
    assert told["covers_until"] == "2032-02-01"
    assert told["one_sided"] == {
        "starts": "2032-01-01",
        "ends": "2032-02-01",
        "delegations": ["east"],
    }
    _, out, err = run(capsys, "measures", "--json", "--as-of", "2031-12-31", "--dataset", path)
    assert "one_sided" not in json.loads(out)
    assert err == ""


# What is checked


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        (span("2031-02-02", "2031-02-01"), "ends", "ends before it starts"),
        (span("2030-12-31", "2031-01-05"), "starts", "lies before the record begins on 2031-01-01"),
        (
            span("2031-12-01", "2032-01-05"),
            "",
            "are known from one side only, but 2031-12-31 is record_ends",
        ),
        (
            span("2032-01-05", "2032-01-10"),
            "starts",
            "leaves days of which nothing is known, from 2032-01-01 on",
        ),
        (span("2032-01-01", "2032-01-10", ""), "delegations", "is empty"),
        (span("2032-01-01", "2032-01-10", '"north"'), "delegations 1", "there is no delegation"),
        (span("2032-01-01", "2032-01-10", '"east", "west"'), "delegations", "names every party"),
        (span("2032-01-01", "2032-01-10") + 'known = "2032-03"', "known", "after the last day"),
    ],
)
def test_days_that_cannot_be_so_are_problems(dataset_of, text, field, message):
    with pytest.raises(DatasetError) as caught:
        dataset.load(dataset_of(OTHER + text), cached=False)

    (problem,) = caught.value.problems
    assert problem.field == ", ".join(filter(None, ("one_sided 1", field)))
    assert message in problem.message


def test_no_day_may_be_in_two_of_them(dataset_of):
    two = span("2031-03-01", "2031-03-10") + span("2031-03-10", "2031-03-20")

    with pytest.raises(DatasetError) as caught:
        dataset.load(dataset_of(OTHER + two), cached=False)

    assert [p.field for p in caught.value.problems] == ["one_sided 2, starts"]


def test_one_may_follow_another(dataset_of):
    two = span("2032-01-01", "2032-01-10") + span("2032-01-11", "2032-01-20", '"west"')

    assert dataset.load(
        dataset_of(OTHER + two), cached=False
    ).dataset.negotiation.covers_until == date(2032, 1, 20)


def test_what_became_known_in_such_days_is_within_the_record(dataset_of):
    milestone = '[[milestone]]\nid = "m"\nname = "M"\non = {}\ntext = "t"\nsources = ["gazette"]\n'
    longer = OTHER + span("2032-01-01", "2032-01-10")

    assert dataset.load(
        dataset_of(longer + milestone.format("2032-01-10")), cached=False
    ).dataset.milestones
    with pytest.raises(DatasetError, match="lies after the last day known, 2032-01-10"):
        dataset.load(dataset_of(longer + milestone.format("2032-01-11")), cached=False)


# The title


@pytest.mark.parametrize("width", [140, 80, 60])
def test_the_title_says_it_whatever_else_it_must_leave_out(view, width):
    title = _title(one_sided(view, AFTER), width).plain

    since = "since " if width == 140 else ""
    assert f"record ends 30 Jun 2032 · {since}then in full only the North side" in title
    assert cell_len(title) <= width


def test_the_title_names_the_talks_in_80_columns(shipped_view, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2026-11-30")
    title = _title(replace(shipped_view, reader=clock.today), 80).plain

    assert title.startswith(" US–China trade talks  record ended 22 Jun 2026 · ")


@pytest.mark.parametrize(("width", "age"), [(100, ", 159 days ago"), (60, "")])
def test_the_title_counts_the_age_of_the_record_from_its_end_where_there_is_room(view, width, age):
    longer = replace(one_sided(view, AFTER), reader=lambda: date(2032, 12, 6))

    since = "since " if age else ""
    said = f"record ended 30 Jun 2032{age} · {since}then in full only the North side"
    assert said in _title(longer, width).plain
