"""More than a number in a cell: “about 12”, “at least 20”, “30–40%”."""

from __future__ import annotations

import re
from contextlib import suppress

from explorer.intake import cell_values
from explorer.intake.cell_values import Decimal
from explorer.text.folding import fold
from explorer.values import dataclass

_WORDS = {
    "least": "at least, a minimum of, mindestens, wenigstens, au moins, al menos, >=, ≥, min, min.",
    "most": "at most, up to, a maximum of, hochstens, bis zu, au plus, hasta, <=, ≤, max, max.",
    "about": (
        "about, around, approximately, approx, approx., roughly, nearly, some, ca, ca., circa, c., "
        "etwa, rund, ungefahr, environ, env., unos, aproximadamente, ~, ≈, 约, 大约"
    ),
}
_AT = {word: at for at, words in _WORDS.items() for word in words.split(", ")}
_LEAD = re.compile(r"([^\d+−-]+?)\s*([+−-]?\d.*)")
_RANGE = re.compile(
    r"(.*\d\s*%?)\s*(?:[-–—]|\bto\b|\bbis\b|\bund\b|\band\b|à)\s*(\d.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says of how much, as it would be typed."""

    number: str
    up_to: str = ""
    at: str = ""


def amount(cell: str, decimal: Decimal) -> Amount | None:
    """What a cell says beyond a number; None where it is a number by itself, or none."""
    text = " ".join(cell.split())
    with suppress(ValueError):
        cell_values.number(text, decimal)
        return None
    if (led := _LEAD.fullmatch(text)) and (at := _AT.get(fold(led[1].strip()))):
        with suppress(ValueError):
            return Amount(cell_values.number(led[2], decimal), at=at)
    if text.endswith("+"):
        with suppress(ValueError):
            return Amount(cell_values.number(text[:-1], decimal), at="least")
    between = re.sub(r"^(?:between|zwischen|entre)\s+", "", text, flags=re.IGNORECASE)
    if found := _RANGE.fullmatch(between):
        with suppress(ValueError):
            first, last = (cell_values.number(found[n], decimal) for n in (1, 2))
            if float(first) < float(last):
                return Amount(first, last)
    return None
