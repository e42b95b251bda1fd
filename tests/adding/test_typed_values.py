"""What was typed, read as the value of a field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.adding.filled_form import FilledForm
from explorer.adding.form_fields import FormField, fields_of
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.offers import Offers
from explorer.adding.typed_values import LONGEST, clean, one_paragraph_each, value_of


def field(typed_as, key="key", choices=(), **more):
    return FormField(key, "Key", typed_as, False, "", True, choices=choices, **more)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("one\ntwo\r\n three", "one two three"),
        ("one\n\n  \ntwo", "one\n\ntwo"),
        ("a\x1b[31mb\x1b]0;title\x07c\x00\x9b\x85d", "abc d"),
        ("  [b]x[/b]\t", "[b]x[/b]"),
        ("a\u202eb\u200b", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_words_are_read_as_they_were_said(typed, read):
    assert one_paragraph_each(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("“We shall see.”", "We shall see."),
        ('"We shall see."', "We shall see."),
        ("“One,” he said, “two.”", "“One,” he said, “two.”"),
        ("“Half", "“Half"),
        ("“", "“"),
    ],
)
def test_marks_around_all_of_the_words_are_none_of_them(typed, read):
    assert value_of(field("words", "text"), typed, {}) == read


@pytest.mark.parametrize(
    ("typed", "read"), [("1,234,567", 1234567), ("12.50", 12.5), ("-3", -3), ("20%", 20)]
)
def test_numbers_are_read_as_people_write_them(typed, read):
    assert value_of(field("number"), typed, {}) == read


@pytest.mark.parametrize("typed", ["many", "1e9", "nan", "0x10", "9" * 30, "１２"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="must be a number"):
        value_of(field("number"), typed, {})


def test_a_choice_goes_by_a_beginning_that_no_other_has():
    choices = (("met", "met"), ("missed", "missed"), ("dropped", "dropped"))
    assert value_of(field("choice", choices=choices), "Miss", {}) == "missed"
    with pytest.raises(ValueError, match="none of these: met, missed, dropped"):
        value_of(field("choice", choices=choices), "m", {})


def test_a_language_goes_by_its_name_or_any_code(view):
    fields = fields_of(FORM_KINDS["quote"], view.index.dataset.negotiation)
    language = next(f for f in fields if f.key == "language")
    assert value_of(language, "Chinese", {}) == "zh"
    assert value_of(language, "sw", {}) == "sw"
    with pytest.raises(ValueError, match="none of these"):
        value_of(language, "Elvish", {})


def test_a_month_and_a_round_are_days_too():
    assert value_of(field("day"), "Oct 2031", {}) == "2031-10"
    assert value_of(field("day"), "Lantern", {"Lantern Isle": date(2031, 3, 5)}) == date(2031, 3, 5)


def test_what_is_due_is_the_next_such_day_and_what_was_said_the_last():
    assert value_of(field("day", "due"), "1 August", {}) == date(2032, 8, 1)
    assert value_of(field("day", "said"), "1 August", {}) == date(2031, 8, 1)


def test_a_meeting_or_a_milestone_is_on_the_nearest_such_day(view, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-06-15")
    fields = fields_of(FORM_KINDS["milestone"], view.whole.dataset.negotiation)
    day = next(f for f in fields if f.key == "on")
    assert value_of(day, "20 June", {}) == date(2032, 6, 20)
    assert value_of(day, "10 June", {}) == date(2032, 6, 10)


@pytest.mark.parametrize("typed", ["end", "0"])
def test_the_end_of_the_record_is_no_day_of_what_is_added(typed):
    with pytest.raises(ValueError, match="type the day itself"):
        value_of(field("date", key="due"), typed, {})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text("\x1b[]0;m\x07\x9b\r\n\u2028 a", max_size=60))
def test_nothing_that_acts_on_a_terminal_is_left(text):
    cleaned = clean(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 for c in cleaned)
    assert clean(cleaned) == cleaned


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.sampled_from(list(FORM_KINDS)), st.data())
def test_anything_typed_anywhere_has_a_value_or_a_sentence(view, typed, kind, data):
    form = FilledForm(view, FORM_KINDS[kind])
    chosen = data.draw(st.sampled_from(form.fields(form.main)))
    form.main.typed[chosen.key] = typed
    found = form.problems()
    assert all(message for message in found.values())
    assert form.id_of(form.main)
    assert FilledForm.of_data(view, form.as_data()).as_data() == form.as_data()


def test_what_is_too_long_is_refused():
    with pytest.raises(ValueError, match="longer than 20,000"):
        value_of(field("words"), "x" * (LONGEST + 1), {})


# What is offered.


def test_names_that_begin_with_what_was_typed_come_first(view):
    offers = Offers(view)
    assert [o.name for o in offers.found(("delegate",), "tam")][:1] == ["delegate:tam"]
    assert offers.found(("delegate",), "zzz") == []


def test_what_is_near_comes_first_when_nothing_is_typed(view):
    last = view.index.refs("issue")[-1]
    assert Offers(view, [last]).found(("issue",))[0].name == str(last)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_finds_records_or_none(view, typed):
    assert isinstance(Offers(view).found(("issue", "source"), typed), list)
