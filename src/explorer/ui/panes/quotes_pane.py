"""Words said, the newest first, by month."""

from __future__ import annotations

from rich.text import Text

from explorer.record import labels
from explorer.record.model import Ref
from explorer.ui import style
from explorer.view import View


def row(view: View, ref: Ref, width: int, headed: bool) -> Text:
    quote = view.index[ref]
    speaker = view.index[Ref("delegate", quote.speaker_id)]
    day = quote.said or quote.published
    # The heading above says the month, when there is room for one.
    when = labels.day_of_month(day) if headed else labels.short_day(day)
    words = " ".join(quote.text.split())
    return style.row(
        width,
        Text.assemble(
            (f"{when:>2} ", "muted"),
            style.fitted(Text(speaker.short), 12 if width >= style.ROOMY else 10),
            " ",
            words if quote.form == "paraphrase" else f"“{words}”",
        ),
    )


def heading(view: View, ref: Ref) -> str:
    """The month the words were said in."""
    quote = view.index[ref]
    return labels.month(quote.said or quote.published)
