"""Where one is in a view belongs to what it is about: one rule, for every view."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.ui.test_views import view_of

from explorer.documents.comparisons.question import Question
from explorer.record.model import Ref

CONFERENCE = Path(__file__).parent.parent / "data" / "conference"

VIEWS = {
    "positions": ("p",),
    "positions, by round": ("p", "r"),
    "accounts": ("a", "r"),
    "in_force": ("f",),
    "deadlines": ("F",),
    "figures": ("t",),
    "changes": ("c", "s", *"2031-01-02", "enter"),
    "evidence": ("E",),
}
"""Each view, and how it is come to."""


async def move(person, view) -> None:
    """Go on some way, by what goes on in the view."""
    keys = ["l", "j", "l"] if view.id == "figures" else ["pagedown", "j", "j"]
    await person.press(*keys)


def place(view) -> tuple[object, ...]:
    """What somebody sees of where they are."""
    return (view.link, getattr(view, "_cursor", ""), view.stop, round(view.scroll_target_y))


@pytest.mark.parametrize("name", VIEWS)
async def test_closed_and_opened_again_it_is_where_it_was(explorer, name):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press(*VIEWS[name])
        view = view_of(person)
        await move(person, view)
        before = place(view)
        await person.press("escape", VIEWS[name][0])
        assert place(view_of(person)) == before


@pytest.mark.parametrize("name", VIEWS)
async def test_another_day_keeps_the_row_and_back_again_all_is_as_it_was(explorer, name):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press(*VIEWS[name])
        view = view_of(person)
        await move(person, view)
        before = place(view)
        await person.press("left_square_bracket")
        links = {stop.link for stop in view.laid_out.stops}
        if view.id != "figures" and before[0] in links:
            assert view.link == before[0]
        await person.press("right_square_bracket")
        assert place(view) == before


@pytest.mark.parametrize("name", VIEWS)
async def test_a_scope_keeps_the_row_and_without_it_all_is_as_it_was(explorer, name):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press(*VIEWS[name])
        view = view_of(person)
        await move(person, view)
        before = place(view)
        if before[0] is None:
            return
        whole = person.main.view
        person.main.view = whole.within(whole.scope.toggled(before[0]))
        await person.settle()
        if before[0] in {stop.link for stop in view.laid_out.stops}:
            assert view.link == before[0]
        person.main.view = whole
        await person.settle()
        assert place(view) == before


@pytest.mark.parametrize("name", VIEWS)
async def test_who_has_not_moved_stays_at_the_top_whatever_the_day_is(explorer, name):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press(*VIEWS[name])
        for key in ("left_square_bracket", "left_square_bracket", "0"):
            await person.press(key)
            assert round(view_of(person).scroll_target_y) == 0


@pytest.mark.parametrize("name", ["accounts", "figures"])
async def test_another_record_begins_at_the_top_and_the_first_is_come_back_to(explorer, name):
    kind = {"accounts": "issue", "figures": "figure"}[name]
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        one, other = [r for r in person.main.view.index.everything() if r.kind == kind][:2]
        person.main.go(one)
        await person.press(VIEWS[name][0])
        view = view_of(person)
        top = place(view)
        await move(person, view)
        before = place(view)
        person.main.go(other)
        await person.press(VIEWS[name][0])
        assert round(view.scroll_target_y) == 0
        assert view.stop == 0
        person.main.go(one)
        await person.press(VIEWS[name][0])
        assert place(view) == before
        assert top[-1] == 0


async def test_another_form_begins_at_the_top_and_the_first_is_come_back_to(explorer):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press("p")
        view = view_of(person)
        await move(person, view)
        before = place(view)
        await person.press("r")
        assert round(view.scroll_target_y) == 0
        await person.press("j", "j", "l", "l", "l")
        by_round = person.seen
        await person.press("r")
        assert place(view) == before
        await person.press("r")
        assert person.seen == by_round


async def test_a_second_date_keeps_the_row(explorer):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press("p")
        view = view_of(person)
        await move(person, view)
        link, before = view.link, place(view)
        view.ask(replace(view.question, since=person.main.view.as_of - timedelta(days=60)))
        await person.settle()
        assert view.link == link
        await person.press("s")
        assert place(view) == before


async def test_two_texts_are_a_subject_of_their_own(explorer):
    async with explorer(path=CONFERENCE, size=(100, 16), go="text:chairs-text") as person:
        await person.press("d", "enter")
        view = view_of(person)
        first = view.question
        await person.press("pagedown", "j")
        before = place(view)
        await person.press("w", "j", "enter")
        assert view.question != first
        assert round(view.scroll_target_y) == 0
        view.ask(first)
        await person.settle()
        assert place(view) == before


async def test_going_back_finds_the_row_though_it_stands_elsewhere_now(explorer):
    async with explorer(path=CONFERENCE, size=(100, 16)) as person:
        await person.press("p", "pagedown", "j")
        link = view_of(person).link
        await person.press("enter", "left_square_bracket", "H")
        view = view_of(person)
        assert view.link == link or link not in {s.link for s in view.laid_out.stops}


async def test_only_so_many_subjects_are_remembered(explorer):
    async with explorer(path=CONFERENCE) as person:
        await person.press("a")
        view = view_of(person)
        for number in range(60):
            view.ask(Question(None, order=str(number)))
        assert len(view._left) < 30


async def test_a_record_that_has_another_name_keeps_its_place(explorer):
    async with explorer(path=CONFERENCE) as person:
        await person.press("a")
        view = view_of(person)
        about = Question(Ref("issue", "dredging"))
        view.ask(about)
        view.ask(Question())
        view.follow(lambda ref: Ref("issue", "new") if ref == about.about else ref)
        assert Question(Ref("issue", "new")) in view._left
