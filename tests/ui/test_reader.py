"""Moving in a sheet: from link to link where they are near, line by line between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from textual.app import App, ComposeResult

from explorer.documents.pages import Cell, Sheet, Span
from explorer.record.model import Ref
from explorer.ui.style import Look
from explorer.ui.widgets.reader import Reader, Spot

TALL = 10
"""Lines that are seen at once."""


class OneReader(App[None]):
    look = Look.plain()
    CSS = f"Reader {{ height: {TALL}; overflow-y: scroll; scrollbar-size-vertical: 1; }}"

    def compose(self) -> ComposeResult:
        yield Reader("reader")


Read = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture
def reading(view) -> Read:
    """Read a sheet of so many lines, with links on some of them."""

    @asynccontextmanager
    async def opened(
        links: Iterable[int], lines: int = 60, width: int = 40
    ) -> AsyncIterator[Reader]:
        app = OneReader()
        async with app.run_test(size=(width, TALL + 4)) as pilot:
            reader = app.query_one(Reader)
            reader.focus()
            reader.show(sheet_of(view, links, lines))
            await pilot.pause()
            yield reader

    return opened


def sheet_of(view, links: Iterable[int], lines: int) -> Sheet:
    sheet = Sheet(view)
    for number in range(lines):
        is_link = number in links
        sheet.add(Span(f"line {number}", "", Ref("issue", f"i{number}") if is_link else None))
    return sheet


def here(reader: Reader) -> tuple[str, int]:
    """The link the keyboard is on, and the first line that is seen."""
    return (reader.link.id if reader.link else "", reader.top)


# To the next link, or a line further.


@pytest.mark.parametrize(
    ("line", "goes_to"),
    [
        (TALL - 1, ("i9", 0)),  # in sight
        (TALL, ("i10", 1)),  # just below it
        (TALL + 1, ("i0", 1)),  # further: first the page moves
    ],
)
async def test_down_goes_to_a_link_no_further_than_the_line_below(reading, line, goes_to):
    async with reading([0, line]) as reader:
        reader.action_next_link()
        assert here(reader) == goes_to


@pytest.mark.parametrize(
    ("line", "goes_to"),
    [
        (20, ("i20", 20)),  # in sight
        (19, ("i19", 19)),  # just above it
        (18, ("i25", 19)),  # further: first the page moves
    ],
)
async def test_up_goes_to_a_link_no_further_than_the_line_above(reading, line, goes_to):
    async with reading([line, 25]) as reader:
        reader.restore(Spot(1, 20, reader.room))
        reader.action_previous_link()
        assert here(reader) == goes_to


async def test_a_link_above_that_is_long_is_near_by_its_first_line(reading, view):
    sheet = Sheet(view)
    for number in range(40):
        words = "a long name " * 8
        link = Ref("issue", f"i{number}") if number in (18, 25) else None
        sheet.add(Span(words if number == 18 else f"line {number}", "", link))
    async with reading([]) as reader:
        reader.show(sheet)
        first, last = reader.laid_out.stops[0].first, reader.laid_out.stops[0].last
        assert last == first + 2
        reader.restore(Spot(1, first + 2, reader.room))
        reader.action_previous_link()
        assert here(reader) == ("i25", first + 1), "its first line is two above"
        reader.action_previous_link()
        assert here(reader) == ("i18", first)


async def test_down_from_a_link_out_of_sight_takes_up_the_first_in_sight(reading):
    async with reading([0, 12, 14, 30]) as reader:
        reader.scroll_to(y=10, animate=False)
        reader.action_next_link()
        assert here(reader) == ("i12", 10)


async def test_up_from_a_link_out_of_sight_takes_up_the_last_in_sight(reading):
    async with reading([0, 12, 14, 30]) as reader:
        reader.restore(Spot(3, 10, reader.room))
        reader.action_previous_link()
        assert here(reader) == ("i14", 10)


async def test_what_is_taken_up_is_in_sight_though_other_links_come_first(reading):
    async with reading([0, 5, 12, 14, 30, 40]) as reader:
        reader.scroll_to(y=10, animate=False)
        reader.action_next_link()
        assert here(reader) == ("i12", 10)
        reader.restore(Spot(5, 10, reader.room))
        reader.action_previous_link()
        assert here(reader) == ("i14", 10)


async def test_below_the_last_line_there_is_nothing(reading):
    async with reading([]) as reader:
        assert reader.line(59).plain == " line 59"
        assert reader.line(60).plain == ""


async def test_a_link_that_has_just_left_the_sight_is_not_in_it(reading):
    async with reading([9, 10, 20]) as reader:
        reader.scroll_to(y=10, animate=False)
        reader.action_next_link()
        assert here(reader) == ("i10", 10)
        reader.restore(Spot(2, 10, reader.room))
        reader.action_previous_link()
        assert here(reader) == ("i10", 10)


@pytest.mark.parametrize("links", [[], [0]])
async def test_without_another_link_the_page_moves_by_a_line(reading, links):
    async with reading(links) as reader:
        reader.action_next_link()
        reader.action_next_link()
        assert reader.top == 2
        reader.action_previous_link()
        assert reader.top == 1


async def test_nothing_lies_before_the_first_link_nor_after_the_last(reading):
    async with reading([0, 3], lines=8) as reader:
        reader.action_previous_link()
        assert here(reader) == ("i0", 0)
        reader.action_next_link()
        reader.action_next_link()
        assert here(reader) == ("i3", 0)


# A page at a time, to the ends.


async def test_a_page_keeps_a_line_of_the_one_before(reading):
    async with reading([]) as reader:
        reader.action_page_down()
        assert reader.top == TALL - 1
        reader.action_page_down()
        reader.action_page_up()
        assert reader.top == TALL - 1


async def test_the_ends_are_those_of_the_page_and_of_its_links(reading):
    async with reading([5, 50]) as reader:
        reader.action_last()
        assert here(reader) == ("i50", 60 - TALL)
        reader.action_first()
        assert here(reader) == ("i5", 0)


# Coming back.


async def test_one_comes_back_to_the_link_and_the_lines_one_left(reading):
    async with reading([2, 30]) as reader:
        reader.restore(Spot(1, 17, reader.room))
        assert here(reader) == ("i30", 17), "out of sight it stays, as the lines are the same"


async def test_where_other_lines_stand_now_the_link_comes_into_sight(reading):
    async with reading([2, 30]) as reader:
        reader.restore(Spot(1, 17, reader.room + 1))
        assert here(reader) == ("i30", 30 - TALL + 1)


async def test_a_link_that_is_there_no_more_is_the_last_there_is(reading):
    async with reading([2, 30]) as reader:
        reader.restore(Spot(9, 0, reader.room))
        assert reader.link == Ref("issue", "i30")


# Tables.


async def test_the_heads_of_a_table_stay_at_the_top_and_cover_no_link(reading, view):
    sheet = Sheet(view)
    for number in range(12):
        link = Ref("issue", f"i{number}")
        sheet.row_of_cells(
            [Cell("North", (Span(f"words {number}", "", link),)), Cell("South", (Span("x"),))]
        )
    async with reading([], width=60) as reader:
        reader.show(sheet)
        reader.scroll_to(y=4, animate=False)
        assert "North" in reader.line(reader.top).plain
        assert "North" not in reader.line(reader.top + 1).plain
        last = reader.laid_out.stops[-1]
        reader.restore(Spot(11, 0, 0))
        for _ in range(8):
            reader.action_previous_link()
        stop = reader.laid_out.stops[reader.stop]
        assert stop.first < last.first
        assert reader.top < stop.first, "its line is not the one that the heads stand on"


# From section to section


def top_line(reader):
    return reader.line(round(reader.scroll_target_y)).plain


async def test_shift_j_and_k_go_from_section_to_section(explorer):
    async with explorer(go="issue:tolls", size=(80, 24)) as person:
        record = person.record
        names = [
            record.laid_out.lines[line].plain.split(" ─")[0] for line in record.laid_out.sections
        ]
        assert len(names) > 3
        await person.press("J")
        assert names[0] in top_line(record)
        assert record.here.first >= record.laid_out.sections[0]
        await person.press("J", "J")
        assert names[2] in top_line(record)
        await person.press("K")
        assert names[1] in top_line(record)


async def test_every_section_is_reached_though_the_last_cannot_stand_at_the_top(explorer):
    async with explorer(go="issue:tolls", size=(80, 24)) as person:
        record = person.record
        sections = record.laid_out.sections
        for line in sections:
            await person.press("J")
            assert record.top <= line < record.top + record.tall
            inside = [n for n, stop in enumerate(record.laid_out.stops) if stop.first >= line]
            assert not inside or record.stop == inside[0]
        await person.press("J")
        assert "last section" in person.told
        await person.press("g", "K")
        assert "first section" in person.told


async def test_sections_of_a_view_are_gone_to_as_well(explorer):
    async with explorer(size=(80, 24)) as person:
        await person.press("f")
        view = person.main.reader
        second = next(line for line in view.laid_out.sections if line > 0)
        await person.press("J")
        assert view.top <= second < view.top + view.tall
        assert view.here.first >= second
