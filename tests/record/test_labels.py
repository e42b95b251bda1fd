"""How days and records are named to a person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.record import labels
from explorer.record.model import KINDS, FigureValue, Form, Ref, Stance

# Days


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (date(2031, 3, 5), "5 Mar 2031"),
        (date(2031, 12, 31), "31 Dec 2031"),
        ("2031-10", "Oct 2031"),
        ("2031", "2031"),
    ],
)
def test_a_day_is_told_as_exactly_as_it_is_known(when, told):
    assert labels.day(when) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2031, 5, 20), date(2031, 5, 20), "20 May 2031"),
        (date(2031, 3, 3), date(2031, 3, 5), "3–5 Mar 2031"),
        (date(2031, 9, 30), date(2031, 10, 1), "30 Sep – 1 Oct 2031"),
        (date(2031, 12, 30), date(2032, 1, 18), "30 Dec 2031 – 18 Jan 2032"),
        (date(2031, 3, 3), date(2032, 3, 5), "3 Mar 2031 – 5 Mar 2032"),
    ],
)
def test_a_span_of_days_names_month_and_year_no_more_often_than_needed(first, last, told):
    assert labels.days(first, last) == told


@pytest.mark.parametrize(
    ("when", "told"), [(date(2031, 3, 5), "5 Mar 31"), ("2031-10", "Oct 31"), ("2031", "2031")]
)
def test_a_short_day_has_a_short_year_unless_it_is_all_that_is_known(when, told):
    assert labels.short_day(when) == told


@pytest.mark.parametrize(
    ("when", "month", "number"),
    [
        (date(2031, 3, 5), "Mar 2031", "5"),
        ("2031-10", "Oct 2031", ""),
        ("2031", "2031", ""),
    ],
)
def test_a_day_is_told_apart_from_its_month(when, month, number):
    assert (labels.month(when), labels.day_of_month(when)) == (month, number)


TODAY = date(2031, 12, 30)


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (date(2031, 12, 29), ""),
        (date(2031, 12, 30), "today"),
        (date(2031, 12, 31), "tomorrow"),
        (date(2032, 1, 1), "in 2 days"),
        (date(2032, 12, 30), "in 366 days"),
        ("2032-01", ""),
        ("2032", ""),
        ("2031-12", ""),
    ],
)
def test_the_days_left_are_told_for_a_day_and_not_for_a_month(when, told):
    assert labels.left(when, TODAY) == told


@given(st.dates(), st.dates())
def test_the_days_left_lead_to_the_day(when, today):
    number = {"": None, "today": 0, "tomorrow": 1}
    told = labels.left(when, today)
    days = number[told] if told in number else int(told.removeprefix("in ").removesuffix(" days"))

    assert days == ((when - today).days if when >= today else None)


# Numbers and names


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (12.5, "%", "12.5%"),
        (5060, "centrifuges", "5,060 centrifuges"),
        (12639.6, "kg", "12,639.6 kg"),
        (12_000_000, "tonnes", "12 million tonnes"),
        (295_400_000_000, "USD", "295.4 billion USD"),
        (1_234_567, "tonnes", "1,234,567 tonnes"),
        (0, "aircraft", "0 aircraft"),
        (-2_500_000, "USD", "-2.5 million USD"),
    ],
)
def test_an_amount_is_said_in_few_figures_and_never_rounded(value, unit, said):
    assert labels.amount(value, unit) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"number": 900, "at": "least"}, "at least 900 kg"),
        ({"number": 900, "at": "most"}, "at most 900 kg"),
        ({"number": 900, "at": "about"}, "about 900 kg"),
        ({"number": 6, "up_to": 7}, "6–7 kg"),
        ({"number": 6e9, "up_to": 7e9, "at": "about"}, "about 6–7 billion kg"),
        ({"number": 900_000, "up_to": 2_000_000}, "900,000–2 million kg"),
    ],
)
def test_a_value_says_its_margin_or_its_range(given, said):
    value = FigureValue(on=date(2031, 1, 1), standing="claim", text="t", **given)

    assert labels.value(value, "kg") == said


def test_one_is_singular_and_all_else_plural():
    assert labels.tally("conflict", 1) == "1 conflict between sources"
    assert labels.tally("conflict", 12) == "12 conflicts between sources"
    assert labels.tally("figure", 0) == "0 figures"
    assert labels.counted(1, "time") == "1 time"
    assert labels.counted(3, "time") == "3 times"
    assert labels.counted(2, "copy", "copies") == "2 copies"


def test_every_kind_form_and_stance_has_its_words():
    assert labels.KIND_NAMES.keys() == KINDS.keys()
    assert labels.KIND_PLURALS.keys() == KINDS.keys() - {"negotiation"}
    assert set(labels.FORM_NAMES) == set(Form.__args__)
    assert set(labels.STANCE_NAMES) == set(Stance.__args__)


def test_a_language_is_named_or_else_its_code_is():
    assert labels.language("zh") == "Chinese"
    assert labels.language("tlh") == "tlh"


def test_every_language_of_the_shipped_dataset_has_a_name(shipped_view):
    data = shipped_view.index.dataset
    codes = {record.language for record in (*data.quotes, *data.sources)}

    assert [code for code in codes if labels.language(code) == code] == []


# Words of others


def test_a_paraphrase_is_told_without_quotation_marks(index):
    paraphrase = index[Ref("quote", "tam-toll-paraphrase")]

    assert labels.quoted(paraphrase) == "The harbour master said the toll could go by autumn"
    assert "“" not in labels.title(index, paraphrase.ref)


@pytest.mark.parametrize(
    "slug", ["noren-good-day", "tam-patience", "office-nets", "okafor-rocks", "office-charts"]
)
def test_words_of_every_other_form_stand_in_quotation_marks(index, slug):
    quote = index[Ref("quote", slug)]

    assert labels.quoted(quote) == f"“{quote.text}”"


# Roles


@pytest.mark.parametrize(
    ("when", "role"),
    [
        (date(2031, 4, 30), "Deputy Envoy of Northport"),
        (date(2031, 5, 1), "Envoy of Northport"),
        (date(2032, 6, 1), "Envoy of Northport"),
        ("2031-04", "Deputy Envoy of Northport"),
        ("2031", "Envoy of Northport"),
    ],
)
def test_a_role_is_the_one_held_that_day(index, when, role):
    assert index[Ref("delegate", "noren")].role_on(when) == role


def test_a_role_given_up_or_not_yet_taken_is_not_told(index):
    assert index[Ref("delegate", "tam")].role_on(date(2032, 5, 31))
    assert index[Ref("delegate", "tam")].role_on(date(2032, 6, 1)) == ""
    assert index[Ref("delegate", "okafor")].role_on(date(2030, 12, 31)) == ""
    assert index[Ref("delegate", "harbour-office")].role_on(date(2031, 3, 7)) == ""


# Titles


@pytest.mark.parametrize(
    ("ref", "title"),
    [
        ("negotiation:harbour-talks", "Harbour talks"),
        ("round:lantern-isle", "Round 1: Lantern Isle"),
        ("round:may-call", "May call"),
        ("delegation:north", "Northport"),
        ("delegate:noren", "Astrid Norén"),
        ("issue:wrecks", "Wrecks [bold]and[/] what lies in them"),
        ("quote:noren-good-day", "Norén: “It was a good day for the strait”"),
        ("quote:noren-steps", "Norén: “It can go in steps. It cannot go at night”"),
        (
            "quote:okafor-rocks",
            "Okafor: “I know those rocks. [bold]They move[/bold], [/] and…”",
        ),
        ("measure:north-toll", "Strait toll"),
        ("figure:north-duty", "Northport toll on southern ships"),
        ("milestone:crab-season", "Crab season opens"),
        ("conflict:length-of-call", "An hour, or two"),
        ("source:wire-call", "Tide Wire: Leaders speak for an hour, 21 May 2031"),
        ("source:undated-leaflet", "Friends of the Crab: Leave the crab alone"),
        ("issue:gone", "issue:gone"),
    ],
)
def test_every_kind_of_record_has_a_title(index, ref, title):
    assert labels.title(index, Ref.parse(ref)) == title


def test_no_title_of_the_shipped_dataset_takes_more_than_a_line(shipped_view):
    for ref, title, _ in shipped_view.names:
        assert title.strip(), ref
        assert "\n" not in title, ref


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        (
            "northport-bulletin",
            "Astrid Norén, Northport Bulletin, “What we agreed at Lantern Isle”, 6 Mar 2031",
        ),
        ("mirror-call", "Tide Wire, at Harbour Mirror, “Leaders speak for an hour”, 22 May 2031"),
        (
            "broadsheet-2031",
            "unnamed broadsheet, A page on the talks, without a headline, Oct 2031",
        ),
        ("undated-leaflet", "Friends of the Crab, “Leave the crab alone”, undated"),
    ],
)
def test_a_source_says_who_printed_what_and_when(index, slug, line):
    assert labels.source_line(index[Ref("source", slug)]) == line


# Shortening


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text, width):
    cut = labels.shortened(text, width)

    assert len(cut) <= width
    assert cut == text if len(text) <= width else cut.endswith("…")


def test_a_text_is_cut_at_a_word():
    assert labels.shortened("It was a good day for the strait", 16) == "It was a good…"
    assert labels.shortened("It was, indeed", 9) == "It was…"
    assert labels.shortened("Unquestionable", 8) == "Unquest…"
    assert labels.shortened("just this", 9) == "just this"
