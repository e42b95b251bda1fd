"""Which day a person means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from explorer.record import date_parser

ENDS = date(2032, 6, 30)
FROM = date(2031, 3, 5)
ROUNDS = {
    "Round 1: Lantern Isle": date(2031, 3, 5),
    "May call": date(2031, 5, 20),
    "Round 2: Møllehavn": date(2032, 1, 18),
    "Round 12: Møllehavn again": date(2032, 2, 10),
    "Tide": date(2032, 3, 1),
    "Tide Hall": date(2032, 4, 2),
    "High tide": date(2032, 5, 3),
    "The Keeper’s house": date(2032, 5, 9),
}


HOW = "2025-10-26, 26 Oct 2025, Oct 2025, +7d, -2w, +1m, a round such as Tide, today, end"


def said(text, *, from_day=FROM, ends=ENDS, named=ROUNDS, order=""):
    return date_parser.parse(text, from_day=from_day, ends=ends, named=named, order=order)


def answer(text, **given):
    """The day, or why there is none."""
    try:
        return said(text, **given)
    except ValueError as error:
        return str(error)


def refused(text, **given):
    why = answer(text, **given)
    assert isinstance(why, str), f"{text} is taken for {why}"
    return why


# Days, months and years of a record


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 Oct 2031", date(2031, 10, 26)),
        ("Oct 2031", "2031-10"),
        ("2031-10", "2031-10"),
        ("October", "2031-10"),
        ("2031", "2031"),
        ("+1d", date(2031, 3, 6)),
        ("May call", date(2031, 5, 20)),
    ],
)
def test_a_month_of_a_record_stays_a_month(text, day):
    assert date_parser.parse_day(text, from_day=FROM, ends=ENDS, named=ROUNDS) == day


def test_yesterday_is_the_day_before_today(own_day):
    assert said("yesterday") == own_day - timedelta(days=1)


@pytest.mark.parametrize("text", ["10/11/2030", "10-11-2030", "10/11/30"])
def test_numbers_that_may_be_two_days_are_asked_about_with_both_and_how_to_say_either(text):
    why = refused(text)
    assert "10 Nov 2030 or 11 Oct 2030" in why
    assert "say 2030-11-10 or 2030-10-11" in why


def test_two_days_without_a_year_are_asked_about_too():
    assert "say “3 Apr” or “4 Mar”" in refused("3/4")


def test_who_has_said_which_comes_first_is_not_asked():
    assert said("10/11/2030", order="day-month") == date(2030, 11, 10)
    assert said("10/11/2030", order="month-day") == date(2030, 10, 11)
    # Where only one can be meant, that is it.
    assert said("10/26/2030", order="day-month") == date(2030, 10, 26)
    assert said("26/10/2030", order="month-day") == date(2030, 10, 26)
    assert said("10.11.2030", order="month-day") == date(2030, 11, 10)


@pytest.mark.parametrize("text", ["13/13/2031", "0/5/2031", "31/02/2031", "2031/02/30"])
def test_numbers_that_are_no_day_are_refused(text):
    assert "there is no day" in refused(text)


def test_tomorrow_is_the_day_after_today(own_day):
    assert said("tomorrow") == own_day + timedelta(days=1)


# Days written out


@pytest.mark.parametrize(
    "text",
    [
        "2031-10-26",
        "26 Oct 2031",
        "26 October 2031",
        "26 Oct. 2031",
        "26 OCTOBER 2031",
        "  26   oct\t2031\n",
        "26 octo 2031",
        "October 26, 2031",
        "Oct. 26 2031",
        "Sunday, October 26, 2031",
        "Sun 26 Oct 2031",
        "26th October 2031",
        "26.10.2031",
        "26. 10. 2031",
        "26.10.31",
        "26/10/2031",
        "10/26/2031",
        "10-26-2031",
        "10/26",
        "26/10",
        "2031/10/26",
        "2031.10.26",
        "20311026",
        "2031年10月26日",
    ],
)
def test_a_day_can_be_written_in_several_ways(text):
    assert said(text) == date(2031, 10, 26)


def test_a_day_of_one_digit_may_stand_with_or_without_its_nought():
    assert said("6 Oct 2031") == said("06 Oct 2031") == date(2031, 10, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jan 2031", date(2031, 1, 31)),
        ("2031-04", date(2031, 4, 30)),
        ("Feb 2031", date(2031, 2, 28)),
        ("Feb 2032", date(2032, 2, 29)),
        ("2032-02", date(2032, 2, 29)),
        ("2100-02", date(2100, 2, 28)),
        ("December 2031", date(2031, 12, 31)),
        ("2031", date(2031, 12, 31)),
    ],
)
def test_a_month_and_a_year_mean_their_last_day(text, day):
    assert said(text) == day


@pytest.mark.parametrize(
    ("word", "month"),
    [
        *[("jan", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("jun", 6)],
        *[("jul", 7), ("aug", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12)],
        *[("sept", 9), ("sept.", 9), ("september", 9), ("Sep.", 9), ("JUNE", 6), ("july", 7)],
    ],
)
def test_a_month_goes_by_any_beginning_of_its_name_of_three_letters_or_more(word, month):
    assert said(f"1 {word} 2031") == date(2031, month, 1)


@pytest.mark.parametrize("word", ["ma", "j", "octobre", "sepp", "mayo", "marching"])
def test_what_begins_no_month_is_none(word):
    assert "neither a day nor a round" in refused(f"{word} 2031")


@pytest.mark.parametrize(
    "text",
    ["2031-02-29", "29 Feb 2031", "31 Nov 2031", "0 May 2031", "32 May", "31 Nov", "2031-13"],
)
def test_a_day_that_the_calendar_does_not_have_is_refused_with_what_can_be_said(text):
    assert refused(text) == f"there is no day “{text}”; say {HOW}"


def test_a_leap_day_is_a_day_in_a_leap_year():
    assert said("29 Feb 2032") == said("2032-02-29") == date(2032, 2, 29)


# Years left out


@pytest.mark.parametrize(
    ("text", "ends", "day"),
    [
        ("30 jun", date(2032, 6, 30), date(2032, 6, 30)),
        ("1 jul", date(2032, 6, 30), date(2031, 7, 1)),
        ("1 jan", date(2032, 6, 30), date(2032, 1, 1)),
        ("31 dec", date(2032, 1, 1), date(2031, 12, 31)),
    ],
)
def test_a_day_without_a_year_is_the_last_such_day_of_the_record(text, ends, day):
    assert said(text, ends=ends) == day


@pytest.mark.parametrize(
    ("text", "ends", "day"),
    [
        ("june", date(2032, 6, 30), date(2032, 6, 30)),
        ("june", date(2032, 6, 29), date(2031, 6, 30)),
        ("may", date(2032, 6, 30), date(2032, 5, 31)),
        ("sep", date(2032, 6, 30), date(2031, 9, 30)),
        ("september", date(2032, 6, 30), date(2031, 9, 30)),
        ("feb", date(2032, 6, 30), date(2032, 2, 29)),
        ("feb", date(2032, 2, 28), date(2031, 2, 28)),
    ],
)
def test_a_month_without_a_year_is_the_last_that_the_record_has_whole(text, ends, day):
    assert said(text, ends=ends) == day


@pytest.mark.parametrize(
    ("ends", "day"),
    [
        (date(2032, 2, 29), date(2032, 2, 29)),
        (date(2032, 2, 28), date(2028, 2, 29)),
        (date(2033, 6, 1), date(2032, 2, 29)),
        (date(1904, 2, 1), date(1896, 2, 29)),
    ],
)
def test_a_leap_day_without_a_year_is_the_last_there_was(ends, day):
    assert said("29 feb", ends=ends) == day


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_day_without_a_year_lies_after_the_record_or_a_year_before_its_end(day, ends):
    meant = said(f"{day:%d %b}", ends=ends)

    assert (meant.month, meant.day) == (day.month, day.day)
    assert meant <= ends
    assert (ends - meant).days < 366 or (day.month, day.day) == (2, 29)


def test_the_month_of_may_goes_before_a_round_that_is_named_after_it():
    assert said("may") == date(2032, 5, 31)
    assert said("may call") == date(2031, 5, 20)


# Steps


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+1d", date(2031, 3, 6)),
        ("-5d", date(2031, 2, 28)),
        ("+2w", date(2031, 3, 19)),
        ("-1w", date(2031, 2, 26)),
        ("+1m", date(2031, 4, 5)),
        ("-3m", date(2030, 12, 5)),
        ("+12m", date(2032, 3, 5)),
        ("+1y", date(2032, 3, 5)),
        ("-1y", date(2030, 3, 5)),
        ("+0d", date(2031, 3, 5)),
        (" + 7 D ", date(2031, 3, 12)),
    ],
)
def test_a_step_counts_from_the_day_one_stands_on(text, day):
    assert said(text, from_day=date(2031, 3, 5)) == day


@pytest.mark.parametrize(
    ("from_day", "text", "day"),
    [
        (date(2031, 1, 31), "+1m", date(2031, 2, 28)),
        (date(2032, 1, 31), "+1m", date(2032, 2, 29)),
        (date(2031, 3, 31), "-1m", date(2031, 2, 28)),
        (date(2031, 5, 31), "+1m", date(2031, 6, 30)),
        (date(2031, 12, 31), "+2m", date(2032, 2, 29)),
        (date(2032, 2, 29), "+1y", date(2033, 2, 28)),
        (date(2032, 2, 29), "-4y", date(2028, 2, 29)),
        (date(2031, 11, 30), "+1m", date(2031, 12, 30)),
        (date(2031, 1, 15), "-1m", date(2030, 12, 15)),
    ],
)
def test_a_step_over_months_ends_no_later_than_the_month_does(from_day, text, day):
    assert said(text, from_day=from_day) == day


@pytest.mark.parametrize("text", ["+9999y", "-9999y", "+ 9000 y", "-3000y"])
def test_a_step_out_of_the_calendar_is_refused_with_what_can_be_said(text):
    assert refused(text).endswith(HOW)


@pytest.mark.parametrize("text", ["7d", "+d", "+7", "+7h", "+7 days", "++7d", "+12345d"])
def test_what_is_no_whole_step_is_refused_with_what_can_be_said(text):
    assert refused(text) == f"“{text}” is neither a day nor a round; say {HOW}"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_days_and_weeks_there_lead_back_again(start, number):
    for unit in "dw":
        there = said(f"+{number}{unit}", from_day=start)
        assert said(f"-{number}{unit}", from_day=there) == start
        assert there - start == timedelta(days=number * (7 if unit == "w" else 1))


# Words for a day


@pytest.mark.parametrize("text", ["end", "END", " now ", "0"])
def test_the_end_is_the_last_day_of_the_record(text):
    assert said(text) == ENDS


def test_today_is_the_day_on_the_calendar(own_day):
    assert said("Today") == said("now") == own_day


# Names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lantern", "Round 1: Lantern Isle"),
        ("LANTERN isle", "Round 1: Lantern Isle"),
        ("isle lantern", "Round 1: Lantern Isle"),
        ("round 1: lantern isle", "Round 1: Lantern Isle"),
        ("møllehavn again", "Round 12: Møllehavn again"),
        ("MOLLEHAVN AGAIN", "Round 12: Møllehavn again"),
        ("keeper's", "The Keeper’s house"),
        ("call", "May call"),
    ],
)
def test_a_round_goes_by_any_words_of_its_name_whatever_their_case_and_accents(text, name):
    assert said(text) == ROUNDS[name]


@pytest.mark.parametrize("text", ["tide", "TIDE", "  tide ", "Tide"])
def test_a_name_in_full_goes_before_names_that_it_is_part_of(text):
    assert said(text) == ROUNDS["Tide"]


def test_a_name_in_full_may_be_typed_with_too_many_blanks():
    named = {"Tide Hall": FROM, "Tide Hall again": ENDS}

    assert said(" tide  hall ", named=named) == FROM


def test_a_word_that_several_rounds_share_is_refused_with_their_names():
    assert refused("mollehavn") == (
        "“mollehavn” may be Round 2: Møllehavn, Round 12: Møllehavn again; "
        "say more of the name, or the day"
    )


@pytest.mark.parametrize("text", ["1", "12", "2", "26", "03", "1 2", "#1", "12.", "203", "²"])
def test_a_number_alone_is_no_part_of_a_name(text):
    named = ROUNDS | {"February 2026 call": FROM, "Round 3: 1 2 3": ENDS}

    assert refused(text, named=named) == f"“{text}” is neither a day nor a round; say {HOW}"


def test_a_number_among_words_is_a_whole_one():
    assert said("round 2") == ROUNDS["Round 2: Møllehavn"]
    assert said("round 1") == ROUNDS["Round 1: Lantern Isle"]
    assert "neither a day nor a round" in refused("call 26", named={"February 2026 call": FROM})


def test_a_name_that_is_a_number_is_said_in_full():
    assert said("21", named={"21": FROM, "Round 21": ENDS}) == FROM


def test_no_more_than_four_names_are_told():
    named = {f"Call {n}": date(2031, 1, n) for n in range(1, 8)}

    assert "may be Call 1, Call 2, Call 3, Call 4; say" in refused("call", named=named)


def test_rounds_that_ended_on_one_day_are_no_choice():
    assert said("tide", named={"Tide Hall": FROM, "High tide": FROM}) == FROM


def test_two_rounds_of_one_name_and_more_like_it_stay_a_choice():
    assert "may be" in refused("tide", named={"Tide": FROM, "tide": ENDS})


@pytest.mark.parametrize("text", ["geneva", "", "   ", "?", "5.2", "26-10"])
def test_what_is_neither_a_day_nor_a_round_is_refused_with_what_can_be_said(text):
    said_plainly = " ".join(text.split())
    assert refused(text) == f"“{said_plainly}” is neither a day nor a round; say {HOW}"


def test_every_way_that_errors_and_prompts_name_is_understood():
    ways = HOW.replace("a round such as ", "").split(", ")

    assert len(ways) == 9
    assert all(isinstance(said(way, named={"Tide": FROM}), date) for way in ways)


def test_a_long_text_is_not_repeated_whole_in_the_error():
    for text in ("no such day " * 900, "9999" * 2500, "tide " * 2000):
        assert len(refused(text, named={"Tide pool": FROM, "Tide Hall": ENDS})) < 250


# Any text


@given(st.dates())
def test_every_day_as_it_is_stored_is_itself(day):
    assert said(day.isoformat()) == day


@given(st.dates(date(1000, 1, 1)))
def test_every_day_written_out_is_itself(day):
    assert said(f"{day.day} {day:%B} {day.year}") == day


_TYPED = st.one_of(
    st.text(max_size=40),
    st.text("0123456789٣２৪-+ dwmyoctfeb.:’İı", max_size=14),
    st.from_regex(r"\A[+-]\s*\d{1,4}\s*[dwmy]\Z"),
    st.from_regex(r"\A(\d{1,2} )?[a-z]{3,9}\.?( \d{4})?\Z"),
    st.from_regex(r"\A\d{4}(-\d{2}){0,2}\Z"),
    st.text(min_size=1, max_size=5).map(lambda part: part * 2000),
)


@given(_TYPED, st.dates(), st.dates())
@example("２０３１-10-26", FROM, ENDS)
@example("+٧d", FROM, ENDS)
@example("²⁶ oct 2031", FROM, ENDS)
@example("0000-00-00", FROM, ENDS)
@example("29 feb", FROM, date.min)
@example("feb", FROM, date.min)
@example("-1d", date.min, ENDS)
@example("+1m", date.max, ENDS)
@example("\ud800\x00\x1b[31m", FROM, ENDS)
@example("(" * 10_000, FROM, ENDS)
@example("9" * 10_000, FROM, ENDS)
def test_any_text_at_all_is_a_day_or_is_refused(text, from_day, ends):
    meant = answer(text, from_day=from_day, ends=ends)

    assert type(meant) is date or "; say " in meant
