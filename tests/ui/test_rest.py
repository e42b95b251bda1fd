"""Every part of the screen comes to rest in a window of any size: none takes another's for ever."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from explorer.notes import Words
from explorer.record.model import Ref

TOLLS = Ref("issue", "tolls")
PLACES = {
    "record": (),
    "notes": ("tab",),
    "filter": ("h", "slash", "t"),
    "marking": ("v",),
    "positions": ("p",),
    "figures": ("t",),
    "editor": ("n",),
    "palette": ("ctrl+p",),
    "search": ("s", *"toll"),
    "date": ("equals_sign",),
    "question": ("y",),
    "list of notes": ("N",),
    "marks": ("T",),
    "form": ("plus", "enter"),
}
SIZES = [(w, h) for w in (1, 2, 5, 8, 40, 140) for h in (1, 3, 5, 40)]
MOST = 12
"""Layouts of all that stands on top of one another, after one change of the window."""


@pytest.mark.parametrize("place", PLACES)
async def test_it_comes_to_rest_in_a_window_of_any_size(explorer, store, place, monkeypatch):
    store.save(TOLLS, Words("Deferral or delay? " * 9), name="Tolls", note=None)
    laid_out: list[Screen] = []
    lay_out = Screen._refresh_layout

    def counted(screen, *given, **named):
        laid_out.append(screen)
        assert len(laid_out) <= MOST, f"{screen} comes to no rest"
        lay_out(screen, *given, **named)

    async with explorer(go="issue:tolls") as person:
        await person.press(*PLACES[place])
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        for size in SIZES:
            laid_out.clear()
            await person.pilot.resize_terminal(*size)
            await person.settle()
            assert laid_out, size
