"""What each side says was agreed, and where one side is silent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages.rows import moved_through, overdue, stance
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels, model
from explorer.record.lists import side_by_side
from explorer.record.model import Day, Ref, days_set, last_day, without_empty
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Said:
    """What one delegation says of one point; not checked when nobody looked."""

    delegation_id: str
    stance: model.Stance | Literal["not checked"] = "not checked"
    words: str = ""
    """Its own words."""
    text: str = ""
    """What it says, in ours."""
    on: Day | None = None
    document_id: str | None = None
    """The source that is its account, or that is silent on the point."""
    source_ids: tuple[str, ...] = ()
    earlier: tuple[Said, ...] = ()
    """What it said of the point before, newest first."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point said to be agreed, with what each delegation says of it."""

    point: Ref
    name: str
    text: str
    round: Ref
    issue: Ref
    on: Day
    due: Day | None
    """Day by which it is to be done, after every move that was made."""
    days_set: tuple[Day, ...]
    """Every day that was set for it, oldest first."""
    overdue: int
    """Days since it was due, when nothing shows it carried out; else 0."""
    delivery: model.Delivery | None
    """Whether evidence shows it carried out, in whole, in part or not."""
    seen: int
    """How much evidence there is, whatever it shows."""
    last_seen: str
    """The latest of it."""
    last_seen_on: Day | None
    said: tuple[Said, ...]
    """One for each column."""


def points(view: View, about: Ref | None = None) -> tuple[Ref, ...]:
    """The points of a round or an issue, newest first, within the scope.

    About a point means those of its round; about anything else means all.
    """
    subject = _subject(view, about)
    refs = view.index.naming(subject, "point") if subject else view.index.refs("point")
    kept = (ref for ref in refs if view.in_scope(ref))
    return tuple(sorted(kept, key=lambda ref: last_day(view.index.point(ref).on), reverse=True))


def _subject(view: View, about: Ref | None) -> Ref | None:
    """The round or issue whose points are meant; None for all."""
    if about is not None and about.kind == "point" and about in view.index:
        return Ref("round", view.index.point(about).round_id)
    return about if about is not None and about.kind in ("round", "issue") else None


def columns(view: View, refs: Sequence[Ref]) -> tuple[model.Delegation, ...]:
    """The delegations that are compared: the parties, then others with an account of a point."""
    points = map(view.index.point, refs)
    return side_by_side(view.index, {a.delegation_id for p in points for a in p.accounts})


def rows(view: View, about: Ref | None = None) -> tuple[PointRow, ...]:
    """The points with every delegation's account, newest first."""
    refs = points(view, about)
    sides = [side.id for side in columns(view, refs)]
    return tuple(_row(view, ref, sides) for ref in refs)


def _row(view: View, ref: Ref, sides: Sequence[str]) -> PointRow:
    point = view.index.point(ref)
    last = point.evidence[-1] if point.evidence else None
    settled = point.delivery
    return PointRow(
        point=ref,
        name=labels.title(view.index, ref),
        text=point.text,
        round=Ref("round", point.round_id),
        issue=Ref("issue", point.issue_id),
        on=point.on,
        due=point.falls_due,
        days_set=days_set(point),
        overdue=view.overdue(point),
        delivery=settled.shows if settled else None,
        seen=len(point.evidence),
        last_seen=last.text if last else "",
        last_seen_on=last.on if last else None,
        said=tuple(_said(point, side) for side in sides),
    )


def _said(point: model.Point, side: str) -> Said:
    latest = point.latest_accounts.get(side)
    if latest is None:
        return Said(side)
    before = [a for a in point.accounts if a.delegation_id == side and a is not latest]
    before.sort(key=lambda account: last_day(account.on))
    return _account(latest, tuple(_account(account) for account in reversed(before)))


def _account(account: model.Account, earlier: tuple[Said, ...] = ()) -> Said:
    return Said(
        account.delegation_id,
        account.stance,
        account.words,
        account.text,
        account.on,
        account.document_id,
        account.source_ids,
        earlier,
    )


def as_data(view: View, question: Question = ALL) -> list[dict[str, Any]]:
    """The rows as plain values for JSON, less what is empty."""
    return [
        without_empty(
            {
                "point": str(row.point),
                "name": row.name,
                "text": row.text,
                "round": str(row.round),
                "issue": str(row.issue),
                "on": str(row.on),
                "due": str(row.due or ""),
                "days_set": [str(day) for day in row.days_set],
                "overdue_days": row.overdue,
                "delivery": row.delivery,
                "evidence": row.seen,
                "last_seen": row.last_seen,
                "last_seen_on": str(row.last_seen_on or ""),
                "accounts": {said.delegation_id: _said_data(said) for said in row.said},
            }
        )
        for row in rows(view, _about(question))
    ]


def _about(question: Question) -> Ref | None:
    """What the question is about; in its other form it is about all points."""
    return None if question.otherwise else question.about


def _said_data(said: Said) -> dict[str, Any]:
    return without_empty(
        {
            "stance": said.stance,
            "words": said.words,
            "text": said.text,
            "on": str(said.on or ""),
            "document": said.document_id,
            "sources": list(said.source_ids),
            "earlier": [_said_data(before) for before in said.earlier],
        }
    )


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The points with the accounts of each side by side; all points are set out by round."""
    about = _about(question)
    subject = _subject(view, about)
    named = "all points" if subject is None else labels.bare_title(view.index, subject)
    page = Sheet(view, f"Accounts: {named}")
    listed = rows(view, about)
    if not listed:
        page.add(_none(view, subject))
    elif subject is None:
        for ref, of_round in _by_round(view, listed):
            days = Span(f"  {view.days_of(view.index.round(ref))}", "muted")
            page.heading(page.name(ref, "heading", labels.bare_title(view.index, ref)), days)
            for row in of_round:
                set_out(page, row, beside=row.issue)
    else:
        for row in listed:
            set_out(page, row, beside=row.issue if subject.kind == "round" else row.round)
    page.list_sources()
    return page


def _none(view: View, subject: Ref | None) -> str:
    on = f" on this {subject.kind}" if subject else ""
    within = " and in the scope" if view.chosen else ""
    return f"No point said to be agreed{on} was public by {labels.day(view.today)}{within}."


def _by_round(view: View, listed: Sequence[PointRow]) -> Iterator[tuple[Ref, tuple[PointRow, ...]]]:
    """The points of each round, the newest round first."""
    rounds = dict.fromkeys(row.round for row in listed)
    for ref in sorted(rounds, key=lambda ref: view.index.round(ref).starts, reverse=True):
        yield ref, tuple(row for row in listed if row.round == ref)


def set_out(page: Sheet, row: PointRow, *, beside: Ref) -> None:
    """A row of the table; under the point's name stands the issue, or the round, it is of."""
    label = (
        page.name(row.point),
        BREAK,
        Span(f"{labels.day(row.on)} · {labels.bare_title(page.index, beside)}", "muted"),
        BREAK,
        Span(row.text, "muted"),
        *page.marks(page.index.point(row.point).source_ids),
    )
    beneath = tuple(_of_point(page, row))
    page.row_of_cells((_cell(page, row.point, said) for said in row.said), label, beneath)


def _of_point(page: Sheet, row: PointRow) -> Iterator[tuple[Span, ...]]:
    """When a point is due, whether it was carried out, and what was last seen of it."""
    point = page.index.point(row.point)
    if row.due is not None:
        left, late = page.view.due_left(point), overdue(page, point)
        yield (
            Span(f"due {labels.day(row.due)}{f', {left}' if left else ''}", "muted"),
            *((Span(" "), late) if late else ()),
            *page.marks(point.source_ids, *(move.source_ids for move in point.moves)),
        )
    if (settled := point.delivery) is not None:
        seen = f"{settled.shows}, {labels.day(settled.on)}: {settled.text}"
        yield (Span(seen, "muted"), *page.marks(settled.source_ids))
    if moved := moved_through(row.days_set):
        yield (Span(moved, "muted"), *page.marks(*(move.source_ids for move in point.moves)))
    if row.last_seen_on is not None and settled is not point.evidence[-1]:
        last = f"last seen of it, {labels.day(row.last_seen_on)}: {row.last_seen}"
        yield (Span(last, "muted"), *page.marks(point.evidence[-1].source_ids))


def _cell(page: Sheet, point: Ref, said: Said) -> Cell:
    side = page.index.delegation(said.delegation_id)
    return Cell(side.short, tuple(_spans(page, said)), point, tuple(_earlier(page, said)))


def _spans(page: Sheet, said: Said) -> Iterator[Span]:
    if said.stance == "not checked" or said.on is None:
        yield Span(labels.short_stance("not checked"), "muted")
        return
    yield from stance(page, said.stance, said.document_id, stop=False)
    if said.words:
        yield BREAK
        yield Span(f"“{said.words}”", "words")
    if said.text:
        yield BREAK
        yield Span(said.text)
    yield Span(f" {labels.day(said.on)}", "muted")
    yield from page.marks(*_grounds(said))


def _earlier(page: Sheet, said: Said) -> Iterator[tuple[Span, ...]]:
    for before in said.earlier:
        if before.on is not None:
            # Two accounts of one day have no order: an office and a president, say.
            when = "also" if before.on == said.on else "before,"
            said_then = f"{labels.day(before.on)}: {labels.short_stance(before.stance)}"
            yield (Span(f"{when} {said_then}", "muted"), *page.marks(*_grounds(before)))


def _grounds(said: Said) -> tuple[tuple[str, ...], ...]:
    return ((said.document_id,) if said.document_id else (), said.source_ids)
