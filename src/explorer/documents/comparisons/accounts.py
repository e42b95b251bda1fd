"""What each side says was agreed, and where one side is silent."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, Required, TypedDict

from explorer.documents.comparisons import coalitions, compared
from explorer.documents.comparisons.coalitions import Group
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages import sides
from explorer.documents.pages.rows import moved_through, overdue, stance
from explorer.documents.sheet import BREAK, Cell, Sheet, Span
from explorer.record import labels, lists
from explorer.record.days import last_day
from explorer.record.model import Account, Point, Ref, Stance, refs
from explorer.record.tables import days_set, shaped
from explorer.text.json_types import DayText, RefText
from explorer.values import dataclass
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Row:
    """A point said to be agreed, with what each delegation says of it."""

    point: Point
    accounts: Mapping[str, tuple[Account, ...]]
    """Those of each delegation compared, newest first; none when nobody looked."""


def points(view: View, about: Ref | None = None) -> tuple[Point, ...]:
    """The points of a round or an issue, newest first, within the scope.

    About a point means those of its round; about anything else means all.
    """
    subject = _subject(view, about)
    refs = view.index.naming(subject, "point") if subject else view.index.refs("point")
    found = (view.index.point(ref) for ref in refs if view.in_scope(ref))
    return tuple(sorted(found, key=lambda point: last_day(point.on), reverse=True))


def _subject(view: View, about: Ref | None) -> Ref | None:
    """The round or issue whose points are meant; None for all."""
    if about is not None and about.kind == "point" and about in view.index:
        return Ref("round", view.index.point(about).round_id)
    return about if about is not None and about.kind in ("round", "issue") else None


def rows(view: View, about: Ref | None = None) -> tuple[Row, ...]:
    """The points with the accounts of the parties, and of others that have one of a point."""
    listed = points(view, about)
    giving = {account.delegation_id for point in listed for account in point.accounts}
    asked = compared.delegations(view, giving)
    return tuple(Row(p, {side.id: _newest_first(p, side.id) for side in asked}) for p in listed)


def differ(row: Row) -> bool:
    """Whether somebody denies a point, words it otherwise, or is silent on it."""
    return any(given[0].stance != "affirms" for given in row.accounts.values() if given)


def _asked_for(view: View, question: Question) -> tuple[Row, ...]:
    listed = rows(view, _about(question))
    return tuple(filter(differ, listed)) if question.differing else listed


def _newest_first(point: Point, side: str) -> tuple[Account, ...]:
    # Of two of one day the later in the file counts as the newer.
    given = [account for account in reversed(point.accounts) if account.delegation_id == side]
    return tuple(sorted(given, key=lambda account: last_day(account.on), reverse=True))


class AccountData(TypedDict, total=False):
    """What one side says of a point, in one document."""

    stance: Required[Stance | Literal["not checked"]]
    """“not checked” when no account of that side was looked for, and then nothing else."""
    words: str
    text: str
    on: DayText
    document: str
    """The source that says it, or is silent, by id."""
    sources: list[str]
    own: Literal[True]


class LatestAccountData(AccountData, total=False):
    """The newest account of a side, with those before it."""

    earlier: list[AccountData]
    """Newest first."""


class AccountsRow(TypedDict, total=False):
    """A point that is said to be agreed, with each side's account of it."""

    point: Required[RefText]
    name: Required[str]
    text: Required[str]
    round: Required[RefText]
    issues: list[RefText]
    on: DayText
    due: DayText
    days_set: list[DayText | None]
    """The days that were set for it, oldest first; null is a day to be set."""
    overdue_days: int
    delivery: str
    """What the newest evidence shows of its delivery."""
    evidence: Required[int]
    """How many pieces of evidence there are."""
    last_seen: str
    last_seen_on: DayText
    accounts: Required[dict[str, LatestAccountData]]
    """By the id of the delegation."""


def as_data(view: View, question: Question = ALL) -> list[AccountsRow]:
    """The rows as plain values for JSON, less what is empty."""
    return [_row_data(view, row) for row in _asked_for(view, question)]


def _about(question: Question) -> Ref | None:
    """What the question is about; in its other form it is about all points."""
    return None if question.otherwise else question.about


def _row_data(view: View, row: Row) -> AccountsRow:
    point = row.point
    last = point.evidence[-1] if point.evidence else None
    return shaped(
        AccountsRow,
        {
            "point": point.ref,
            "name": labels.title(view.index, point.ref),
            "text": point.text,
            "round": Ref("round", point.round_id),
            "issues": refs("issue", point.issue_ids),
            "on": point.on,
            "due": point.falls_due,
            "days_set": days_set(point),
            "overdue_days": view.overdue(point),
            "delivery": point.delivery.shows if point.delivery else None,
            "evidence": len(point.evidence),
            "last_seen": last.text if last else None,
            "last_seen_on": last.on if last else None,
            "accounts": {side: _accounts_data(given) for side, given in row.accounts.items()},
        },
    )


def _accounts_data(given: tuple[Account, ...]) -> LatestAccountData:
    if not given:
        return {"stance": "not checked"}
    latest, *earlier = map(_account_data, given)
    return shaped(LatestAccountData, {**latest, "earlier": earlier})


def _account_data(account: Account) -> AccountData:
    return shaped(
        AccountData,
        {
            "stance": account.stance,
            "words": account.words,
            "text": account.text,
            "on": account.on,
            "document": account.document_id,
            "sources": account.source_ids,
            "own": account.own or None,
        },
    )


def sheet(view: View, question: Question = ALL) -> Sheet:
    """The points with the accounts of each side by side; all points are set out by round."""
    about = _about(question)
    subject = _subject(view, about)
    named = "all points" if subject is None else labels.bare_title(view.index, subject)
    page = Sheet(view, f"Accounts: {named}")
    listed = _asked_for(view, question)
    table = _Table(page, {slug for row in listed for slug, given in row.accounts.items() if given})
    if question.differing:
        page.title += ", where they differ"
    if question.by_coalition:
        page.title += ", by coalition"
        table.group(listed)
        if table.grouped and subject is not None:  # no heading follows
            page.add(kind="blank")
    if not listed:
        _say_none(page, subject, question)
    elif subject is None:
        for ref in lists.listed(view.index, "round"):
            if of_round := [row for row in listed if row.point.round_id == ref.id]:
                days = Span(f"  {view.days_of(view.index.round(ref))}", "muted")
                page.heading(page.name(ref, "heading", labels.bare_title(view.index, ref)), days)
                for row in of_round:
                    table.set_out(row, beside="issue")
    else:
        for row in listed:
            table.set_out(row, beside="issue" if subject.kind == "round" else "round")
    page.list_sources()
    return page


def _say_none(page: Sheet, subject: Ref | None, question: Question) -> None:
    """That there is no point, and which rounds or issues have some."""
    view, day = page.view, labels.day(page.view.as_of)
    on = f" on this {subject.kind}" if subject else ""
    if question.differing and (number := len(rows(view, _about(question)))):
        among = f"{labels.counted(number, 'point')}{on}{' in the scope' if view.chosen else ''}"
        page.add(f"Nobody was known by {day} to differ on the {among}.")
        return
    within = " and in the scope" if view.chosen else ""
    page.add(f"No point said to be agreed{on} was public by {day}{within}.")
    if subject is None:
        return
    others = [ref for ref in lists.listed(view.index, subject.kind) if points(view, ref)]
    if others:
        page.add(f"These {labels.KIND_PLURALS[subject.kind]} have some:")
        for ref in others:
            count = labels.counted(len(points(view, ref)), "point")
            page.add(page.name(ref), Span(f"  {count}", "muted"), kind="item")


_NO_ACCOUNT = "no account of its own"


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class _Table:
    """The rows, with a column for each side, or for each coalition."""

    page: Sheet
    filled: Collection[str]
    """Those who have an account of some point."""
    grouped: Sequence[Group] = ()

    def group(self, listed: Sequence[Row]) -> None:
        """Have a column for each coalition, and say first who belongs to which."""
        if not listed:
            return
        compared = tuple(map(self.page.index.delegation, listed[0].accounts))
        grouped = coalitions.groups(self.page.view, compared)
        if any(group.coalition for group in grouped):
            self.grouped = grouped
            coalitions.say_who_belongs(self.page, grouped)
        else:
            self.page.add(Span(coalitions.NONE, "muted"))

    def set_out(self, row: Row, *, beside: Literal["issue", "round"]) -> None:
        if not self.grouped:
            set_out(self.page, row, beside=beside, filled=self.filled)
            return
        page, cells = self.page, []
        for group in self.grouped:
            own = row.accounts.get(group.coalition.id) if group.coalition else None
            said = _account(page, own[0]) if own else None
            beneath = [
                ((member.id,), _account(page, given[0]))
                for member in group.members
                if (given := row.accounts[member.id])
            ]
            cell = coalitions.cell(page, group, said, beneath, row.point.ref, nothing=_NO_ACCOUNT)
            if cell or set(group.ids) & set(self.filled):
                cells.append(cell or Cell(group.name, ()))
        label, beneath_it = _label(page, row, beside)
        silent = [page.index.delegation(slug) for slug, given in row.accounts.items() if not given]
        lacking = sides.lacking(page, silent, labels.short_stance("not checked"))
        page.row_of_cells(cells, label, (*beneath_it, *lacking))


def set_out(
    page: Sheet, row: Row, *, beside: Literal["issue", "round"], filled: Collection[str] = ()
) -> None:
    """A row of the table; under the point's name stands the issue, or the round, it is of.

    `filled` are those who have an account in another row of the table.
    """
    point = row.point
    label, beneath = _label(page, row, beside)
    cells = [
        _cell(page, point, side, given) if given else None for side, given in row.accounts.items()
    ]
    asked = [page.index.delegation(side) for side in row.accounts]
    unchecked = labels.short_stance("not checked")
    shown, lacking = sides.side_by_side(
        page, cells, asked, what=unchecked, link=point.ref, filled=filled
    )
    page.row_of_cells(shown, label, (*beneath, *lacking))


def _label(
    page: Sheet, row: Row, beside: Literal["issue", "round"]
) -> tuple[tuple[Span, ...], tuple[tuple[Span, ...], ...]]:
    """What stands before the accounts of a point, and beneath that."""
    point = row.point
    beside_it = point.issue_ids if beside == "issue" else (point.round_id,)
    of = "; ".join(labels.bare_title(page.index, ref) for ref in refs(beside, beside_it))
    label = (
        page.name(point.ref),
        BREAK,
        Span(f"{labels.day(point.on)} · {of}", "muted"),
        BREAK,
        Span(point.text, "muted"),
        *page.marks(point),
    )
    return label, tuple(_of_point(page, point))


def _of_point(page: Sheet, point: Point) -> Iterator[tuple[Span, ...]]:
    """When a point is due, whether it was carried out, and what was last seen of it."""
    moves = point.moves
    if point.falls_due is not None:
        left, late = page.view.due_left(point), overdue(page, point)
        yield (
            Span(f"due {labels.day(point.falls_due)}{f', {left}' if left else ''}", "muted"),
            *((Span(" "), late) if late else ()),
            *page.marks(point, *moves),
        )
    if (settled := point.delivery) is not None:
        seen = f"{settled.shows}, {labels.day(settled.on)}: {settled.text}"
        yield (Span(seen, "muted"), *page.marks(settled))
    if moved := moved_through(days_set(point)):
        yield (Span(moved, "muted"), *page.marks(*moves))
    if point.evidence and (last := point.evidence[-1]) is not settled:
        seen = f"last seen of it, {labels.day(last.on)}: {last.text}"
        yield (Span(seen, "muted"), *page.marks(last))


def _cell(page: Sheet, point: Point, side: str, given: tuple[Account, ...]) -> Cell:
    head = page.index.delegation(side).short
    latest, *before = given
    earlier = (_earlier(page, account, latest) for account in before)
    return Cell(head, tuple(_account(page, latest)), point.ref, tuple(earlier))


def _account(page: Sheet, account: Account) -> Iterator[Span]:
    yield from stance(page, account.stance, account.document_id, stop=False)
    if account.words:
        yield BREAK
        yield Span(f"“{account.words}”", "words")
    if account.text:
        yield BREAK
        yield Span(account.text)
    yield Span(f" {labels.day(account.on)}", "muted")
    yield from page.marks(account)


def _earlier(page: Sheet, account: Account, latest: Account) -> tuple[Span, ...]:
    # Two accounts of one day have no order: an office and a president, say.
    when = "also" if account.on == latest.on else "before,"
    said = f"{when} {labels.day(account.on)}: {labels.short_stance(account.stance)}"
    return (Span(said, "muted"), *page.marks(account))
