"""What was planned, brought into the files of a dataset or of the reader's own additions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from explorer.dataset import appending
from explorer.dataset.appending import Written
from explorer.intake import kept_maps, undoing
from explorer.intake.plan import Plan
from explorer.record import clock
from explorer.record.index import Index
from explorer.record.model import Ref


def bring(plan: Plan, path: Path, overlay: Path | None, *, any_size: bool = False) -> Written:
    """Write all that is new, or nothing. Raises ExplorerError; then nothing was written."""
    return appending.append(
        path,
        plan.batch.additions,
        overlay=overlay,
        record_ends=plan_end(plan, overlay),
        any_size=any_size,
    )


def plan_end(plan: Plan, overlay: Path | None) -> date | None:
    """The day to which the end of the record moves, for what is later; None where it stays."""
    day = plan.batch.latest
    ends = plan.batch.view.whole.dataset.negotiation.recorded_until
    return day if overlay is None and day is not None and day > ends else None


def keep_earlier(plan: Plan, place: Path, written: Written) -> str:
    """Keep the files as they were, so that it can be taken back; what went wrong, if anything."""
    return undoing.keep(place, tuple(file.file.name for file in plan.files), written)


def keep_maps(plan: Plan) -> list[str]:
    """Keep which column is which for the next time; what went wrong, if anything."""
    maps = (file.columns for file in plan.files if file.columns is not None)
    return list(filter(None, map(kept_maps.keep, maps)))


def mark_seen(index: Index, before: Index, place: str, refs: Sequence[Ref]) -> None:
    """Note that what somebody brought in was seen by them: it is no news."""
    from explorer.seen.look_over import Visit, mark_added
    from explorer.seen.memory import Unusable

    with suppress(Unusable):  # what cannot be remembered keeps nobody from adding
        visit = Visit(index, place, clock.today())
        mark_added(visit, before, (*refs, index.dataset.negotiation.ref))
