"""Putting a briefing together: what is told, in which order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import Any

from explorer import model, wording
from explorer.addresses import why_not
from explorer.brief import parts
from explorer.brief.covered import Covered, covered
from explorer.brief.document import Brief, Footnote, Line, OwnNote, Section
from explorer.brief.telling import Telling
from explorer.comparisons import accounts, positions
from explorer.model import Dataset, Ref, first_day, last_day
from explorer.page.sheet import Span
from explorer.timeline import LATER_PAGE, UNDATED_PAGE
from explorer.view import View


def brief(
    view: View,
    *,
    issues: Sequence[Ref] = (),
    rounds: Sequence[Ref] = (),
    since: date | None = None,
    with_notes: bool = True,
) -> Brief:
    """A footnoted briefing as of the day of a view.

    On the issues and rounds given, else on those chosen, else on every issue in short.
    With `since` it tells what moved and was said after that day. Raises KeyError when the
    view has no such issue or round.
    """
    about = covered(view, issues, rounds)
    since = since if since is not None and since < view.today else None
    telling = Telling(view)
    sections = (
        *_sections("Rounds", (_round(telling, ref) for ref in about.rounds)),
        *_issues(telling, about, since),
        *_lines_under("What falls due", _ahead(telling, about)),
    )
    negotiation = view.index.dataset.negotiation
    return Brief(
        title=f"{negotiation.name}: {about.subject}",
        as_of=view.today,
        record_ends=view.record_ends,
        stamp=stamp(view.index.dataset),
        opening=_opening(view, since),
        sections=sections,
        notes=tuple(_notes(telling)) if with_notes else (),
        footnotes=tuple(_footnote(view, slug, n) for slug, n in telling.cited.items()),
    )
