"""Rounds and deadlines as a calendar: those of `explorer deadlines --ics`, and every round."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents import due_days, to_ics
from explorer.documents.due_days import Due
from explorer.exports.exported import Exported

_OURS = f"PRODID:{to_ics.PRODUCT}"


def pieces(exported: Exported) -> Iterator[str]:
    """The calendar, in one piece: there are never more days than a person looks through."""
    view = exported.view
    found = [this for this in due_days.due(view) if exported.in_scope(this.ref)]
    dated = {this.ref for this in found}
    rounds = [
        Due(
            ref=this_round.ref,
            when=this_round.starts,
            ends=this_round.ends,
            what=this_round.meeting,
            text=this_round.summary,
            outcome="" if view.is_held(this_round) else "under way",
            said_by=this_round,
            grounds=(this_round,),
        )
        for this_round in view.index.dataset.rounds
        if this_round.ref not in dated and exported.in_scope(this_round.ref)
    ]
    yield to_ics.calendar(view, [*found, *rounds], of="rounds and deadlines").decode()


def is_ours(beginning: bytes) -> bool:
    """Whether the program that it names is this one."""
    return _OURS.encode() in beginning
