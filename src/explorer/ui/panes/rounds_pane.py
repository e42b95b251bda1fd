"""Rounds, the newest first."""

from __future__ import annotations

from rich.text import Text

from explorer.record import labels
from explorer.record.model import Ref, Round
from explorer.record.numbering import Refs
from explorer.ui import style
from explorer.ui.style import Row
from explorer.view import View


def row(view: View, ref: Ref, width: int, _headed: bool) -> Row:
    this_round = view.index.round(ref)
    number = this_round.number or "·"
    left = Text.assemble((f"{number:>2} ", "muted"), this_round.name)
    aside = Text()
    meaning = view.index.dataset.negotiation.meaning("meeting", this_round.meeting)
    if meaning != "talks" and not this_round.name.endswith("call"):
        aside = Text(f" {this_round.meeting}", "muted")
    return Row(left, aside, _days(view, this_round, width))


def _days(view: View, this_round: Round, width: int) -> Text:
    if view.is_to_come(this_round):
        planned = this_round.first_set
        is_set = view.days_of(this_round) != labels.TO_BE_SET
        when = labels.day(planned) if width >= style.NARROW else labels.short_day(planned)
        when = when if is_set else labels.TO_BE_SET
        left = view.counting.briefly(planned) if width >= style.ROOMY and is_set else ""
        return Text(f"◌ {when}, {left}" if left else f"◌ {when}", "warning")
    starts = this_round.starts
    when = view.days_of(this_round) if width >= style.NARROW else labels.short_day(starts)
    return Text(when, "muted")


def headings(_view: View, _rows: Refs) -> tuple[str, ...]:
    return ()
