"""Going through time: keys, the question for a day, the ribbon, and what is seen then."""

from datetime import date

import pytest

from explorer.record.model import Ref
from explorer.ui.widgets.ribbon import Ribbon


def day_of(person):
    return person.main.view.as_of


async def test_brackets_go_to_the_end_of_the_round_before_and_after(explorer):
    async with explorer() as person:
        days = []
        for key in ("[", "[", "[", "]", "]", "]"):
            await person.press({"[": "left_square_bracket", "]": "right_square_bracket"}[key])
            days.append(day_of(person).isoformat())
        assert days == [
            "2032-06-09",
            "2032-01-18",
            "2031-05-20",
            "2032-01-18",
            "2032-06-09",
            "2032-06-30",
        ]


async def test_before_the_first_round_one_comes_to_the_beginning_of_the_record(explorer):
    async with explorer() as person:
        await person.press(*["left_square_bracket"] * 6)
        assert day_of(person) == date(2031, 1, 10)
        await person.press("left_curly_bracket")
        assert day_of(person) == date(2031, 1, 10)
        assert "The record begins on 10 Jan 2031." in person.said


async def test_braces_go_a_day_and_stop_at_the_end_of_the_record(explorer):
    async with explorer() as person:
        await person.press("left_curly_bracket", "left_curly_bracket")
        assert day_of(person) == date(2032, 6, 28)
        await person.press("right_curly_bracket", "right_curly_bracket")
        assert day_of(person) == date(2032, 6, 30)
        assert person.main.view.scope.as_of is None
        await person.press("right_curly_bracket")
        assert "The record ends on 30 Jun 2032." in person.said


async def test_zero_goes_to_the_end_of_the_record(explorer):
    async with explorer() as person:
        await person.press("left_square_bracket", "left_square_bracket", "0")
        assert day_of(person) == date(2032, 6, 30)
        assert "as of" not in person.screen[0]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2031-03-04", date(2031, 3, 4)),
        ("lantern", date(2031, 3, 5)),
        ("5 apr 2031", date(2031, 4, 5)),
        ("-2w", date(2032, 6, 16)),
        ("end", date(2032, 6, 30)),
    ],
)
async def test_a_day_may_be_asked_for_in_many_ways(explorer, said, day):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type(said)
        await person.press("enter")
        assert day_of(person) == day


async def test_the_question_says_which_day_is_meant_while_one_types(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("lantern")
        assert "Wednesday, 5 Mar 2031" in person.seen


async def test_a_day_that_is_none_is_explained_and_changes_nothing(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("yonder")
        await person.press("enter")
        assert "neither a day nor a round" in person.seen
        await person.press("escape")
        assert day_of(person) == date(2032, 6, 30)


async def test_the_title_says_as_of_when_and_what_falls_due_then(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-04-05")
        await person.press("enter")
        assert " as of 5 Apr 2031 " in person.screen[0]
        assert "record ends 30 Jun 2032" in person.screen[0]
        assert "Toll truce ends 1 Mar 2032, 331 days later" in person.screen[0]


async def test_what_was_not_public_is_nowhere_to_be_seen(explorer):
    async with explorer() as person:
        await person.press("equals_sign")
        await person.type("2031-04-05")
        await person.press("enter", "3")
        assert person.rows("rounds") == ["round:lantern-isle"]
        assert "issue:dredging" not in person.rows("issues")
        assert "◒ in principle" in person.row_text("issues", 0)
        await person.press("ctrl+p")
        await person.type("tide hall")
        assert "Round 2" not in person.seen


async def test_a_round_that_was_announced_shows_as_upcoming_without_its_outcome(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press("equals_sign")
        await person.type("2031-12-10")
        await person.press("enter")
        assert person.shown == "round:tide-hall"
        assert "Planned for" in person.seen
        assert "20 days later" in person.seen
        assert "◌ 30 Dec 2031" in person.row_text("rounds", 0)
        assert "Dredging is taken up" not in person.seen
        await person.press("0")
        assert "Dredging is taken up" in person.seen


async def test_a_planned_date_is_the_one_that_was_planned_then(explorer):
    async with explorer(go="round:lantern-isle") as person:
        for said, planned in (("2031-02-21", "1 Mar 2031"), ("2031-02-26", "3 Mar 2031")):
            await person.press("equals_sign")
            await person.type(said)
            await person.press("enter")
            assert f"Planned for  {planned}" in person.seen


async def test_a_record_that_was_not_public_gives_way_to_one_that_was(explorer):
    async with explorer(go="round:chart-room") as person:
        await person.press("h", "left_square_bracket", "left_square_bracket")
        assert person.shown == "round:tide-hall"
        assert "Chart room" not in person.seen


async def test_back_returns_to_the_day_one_was_on(explorer):
    async with explorer() as person:
        await person.press("left_square_bracket", "left_square_bracket", "3", "enter", "0", "1")
        assert day_of(person) == date(2032, 6, 30)
        await person.press("H", "H")
        assert day_of(person) == date(2032, 1, 18)


async def test_a_record_not_public_yet_stays_in_the_scope_without_its_name(explorer):
    async with explorer(go="issue:dredging") as person:
        await person.press("space", "equals_sign")
        await person.type("2031-04-05")
        await person.press("enter")
        assert "Scope: 1 not public yet" in person.seen
        assert person.rows("rounds") == ["round:lantern-isle"]
        await person.press("0")
        assert "Scope: Dredging the channel" in person.seen


async def test_going_to_what_was_not_public_says_so(explorer, harbour):
    async with explorer(go="round:lantern-isle") as person:
        await person.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        person.main.go(Ref("round", "tide-hall"))
        await person.settle()
        assert "round:tide-hall was not public on 20 May 2031" in person.said
        assert person.shown != "round:tide-hall"


async def test_a_click_on_the_ribbon_goes_to_a_day(explorer):
    async with explorer() as person:
        ribbon = person.main.query_one(Ribbon)
        line = person.screen[ribbon.region.y + 1]
        await person.pilot.click(Ribbon, offset=(line.index("2"), 1))
        await person.settle()
        assert day_of(person) == date(2032, 1, 18)


async def test_the_ribbon_marks_the_day(explorer):
    async with explorer() as person:
        assert "┃" in person.screen[2]
        before = person.screen[2].index("┃")
        await person.press("equals_sign")
        await person.type("2031-09-01")
        await person.press("enter")
        assert person.screen[2].index("┃") < before


async def test_a_note_is_kept_on_a_record_that_is_not_public_yet(explorer, notes):
    async with explorer(go="round:tide-hall") as person:
        await person.press("n")
        await person.type("deep")
        await person.press("ctrl+s", "escape", "equals_sign")
        await person.type("lantern")
        await person.press("enter", "i")
        assert "no longer in the dataset" not in person.seen
        await person.press("0")
        person.main.go(person.main.view.index.refs("round")[2])
        await person.settle()
        assert "deep" in person.seen


async def test_a_day_past_the_end_is_answered_for_the_last_one_and_said_so(explorer, monkeypatch):
    monkeypatch.setenv("EXPLORER_TODAY", "2032-12-06")
    async with explorer() as person:
        assert "record ended 30 Jun 2032, 159 days ago" in person.screen[0]
        await person.press("equals_sign")
        await person.type("today")
        await person.press("enter")
        assert "6 Dec 2032 is not covered; this is as of 30 Jun 2032" in person.said
        assert person.main.view.as_of == date(2032, 6, 30)
        assert "Toll truce ends 1 Sep 2032, passed since" in person.screen[0]


BACK, ON = "left_square_bracket", "right_square_bracket"


async def test_a_record_that_was_not_public_gives_way_and_comes_back_with_its_day(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press(BACK, BACK)
        assert person.shown == "round:tide-hall"
        await person.press(BACK)
        assert person.shown == "round:lantern-isle"
        assert "The record was not public on 20 May 2031; this one was." in person.said
        await person.press(ON)
        assert person.shown == "round:tide-hall"
        await person.press(BACK, BACK)
        assert person.shown == "round:lantern-isle"


async def test_what_stood_in_for_a_record_gives_way_too_and_only_the_record_comes_back(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press(*[BACK] * 5)
        assert day_of(person) == date(2031, 1, 10)
        assert person.shown == f"negotiation:{person.main.view.index.dataset.negotiation.id}"
        await person.press(ON, ON)
        assert day_of(person) == date(2031, 5, 20)
        assert person.shown.startswith("negotiation:")
        await person.press(ON)
        assert person.shown == "round:tide-hall"


async def test_who_goes_elsewhere_meanwhile_stays_there(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press(*[BACK] * 3, "3", "enter")
        assert person.shown == "issue:tolls"
        await person.press(ON, ON)
        assert person.shown == "issue:tolls"


async def test_another_record_that_gives_way_is_the_one_that_comes_back(explorer):
    async with explorer(go="round:tide-hall") as person:
        await person.press(*[BACK] * 3)
        person.main.go(Ref("issue", "fishing"))
        await person.press(BACK, BACK)
        assert person.shown == "issue:wrecks"
        await person.press(ON)
        assert person.shown == "issue:fishing"
        await person.press(ON, ON, ON)
        assert person.shown == "issue:fishing"
