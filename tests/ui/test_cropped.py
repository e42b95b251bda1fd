"""A part of the screen is drawn as all of it would be, from those lines alone that are in it."""

from __future__ import annotations

from random import Random

import pytest
from textual._compositor import Compositor
from textual.geometry import Region

from explorer.ui.system.bound_key import bound_to
from explorer.ui.system.cropped import CroppedCompositor

WHERE_KEYS_LEAD = [[], ["j", "enter"], ["n"], ["p"], ["question_mark"], ["ctrl+p"], ["slash", "t"]]


def _cells(chops, cuts, part):
    """The cells of a part of the screen, with how each looks."""
    found = []
    for y in part.line_range:
        line = []
        for column, strip in chops[y].items():
            if strip is not None:
                line += [(column + at, cell) for at, cell in enumerate(_each(strip))]
        found.append(
            [cell for at, cell in sorted(line, key=lambda c: c[0]) if at in part.column_range]
        )
    return found


def _each(strip):
    for at in range(strip.cell_length):
        yield [(s.text, s.style) for s in strip.crop(at, at + 1)]


@pytest.mark.parametrize("keys", WHERE_KEYS_LEAD, ids="".join)
async def test_any_part_is_drawn_as_in_the_whole_screen(explorer, keys):
    async with explorer(size=(100, 30)) as person:
        await person.press(*keys)
        compositor = person.app.screen._compositor
        assert isinstance(compositor, CroppedCompositor)
        chance = Random(7)
        whole = Compositor._render_chops(compositor, compositor.size.region, lambda _y: True)
        for _ in range(12):
            left, top = chance.randrange(99), chance.randrange(29)
            part = Region(left, top, chance.randint(1, 100 - left), chance.randint(1, 30 - top))
            drawn = compositor._render_chops(part, part.line_range.__contains__)
            assert _cells(drawn, compositor.cuts, part) == _cells(whole, compositor.cuts, part)


async def test_a_screen_on_which_nothing_stands_for_the_moment_is_blank(explorer, monkeypatch):
    async with explorer(size=(100, 30)) as person:
        monkeypatch.setattr(CroppedCompositor, "visible_widgets", {})
        drawn = person.app.screen._compositor.render_update(full=True)
        assert drawn.render_segments(person.app.console)
        assert "<svg" in person.app.export_screenshot()


async def test_no_widget_is_asked_for_lines_that_are_not_drawn(explorer, monkeypatch):
    async with explorer(size=(100, 30)) as person:
        asked = []
        kinds = {type(widget) for widget in person.app.screen.query("*")}
        for kind in kinds:
            made = kind.render_lines

            def render_lines(self, crop, made=made):
                asked.append((self.id, crop.height))
                return made(self, crop)

            monkeypatch.setattr(kind, "render_lines", render_lines)
        row = person.app.screen.query_one("#ribbon").region
        person.app.screen._compositor._render_chops(
            Region(row.x, row.y, row.width, 1), {row.y}.__contains__
        )
        assert set(asked) == {("ribbon", 1)}


@pytest.mark.parametrize("keys", WHERE_KEYS_LEAD, ids="".join)
async def test_a_key_does_what_the_list_of_all_keys_says(explorer, keys):
    async with explorer() as person:
        await person.press(*keys)
        screen = person.app.screen
        every = screen.active_bindings
        assert every
        assert {key: bound_to(key, screen) for key in every} == every
        assert bound_to("no such key", screen) is None
