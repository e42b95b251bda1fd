"""The sign beside the word of a state; by itself, as the first frame is drawn with it."""

from __future__ import annotations

from collections.abc import Mapping

STATE_GLYPHS: Mapping[str, str] = {
    "raised": "◌",
    "disputed": "✗",
    "under discussion": "◔",
    "agreed in principle": "◒",
    "agreed": "◉",
    "being carried out": "▸",
    "paused": "ǁ",
    "settled": "✓",
}
"""By what the state means, whatever it is called in a negotiation."""
