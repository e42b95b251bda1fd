"""Words said, the newest first, by month."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rich.text import Text

from explorer.record import labels
from explorer.record.catalogue import month
from explorer.record.model import Ref
from explorer.record.numbering import Refs
from explorer.ui import style
from explorer.ui.style import Row
from explorer.view import View


def row(view: View, ref: Ref, width: int, headed: bool) -> Row:
    quote = view.index.quote(ref)
    speaker = view.index.delegate(quote.speaker_id)
    # The heading above says the month, when there is room for one.
    when = labels.day_of_month(quote.day) if headed else labels.short_day(quote.day)
    words = " ".join(quote.text.split())
    return Row(
        Text.assemble(
            (f"{when:>2} ", "muted"),
            style.fitted(Text(speaker.short), 12 if width >= style.ROOMY else 10),
            " ",
            labels.in_marks(words, quote.form),
        ),
    )


def headings(view: View, rows: Refs) -> Iterator[str]:
    """The month the words were said in."""
    named = cache(lambda number: labels.month(month(number)))
    return map(named, view.index.months(rows))
