"""All records of a kind, as lists that lead to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from explorer.documents.pages import rows
from explorer.documents.sheet import Sheet
from explorer.edition import addresses
from explorer.edition.sheet_parts import MOST
from explorer.record import labels, lists
from explorer.record.catalogue import month
from explorer.record.model import PLURALS, Ref
from explorer.text.folding import fold
from explorer.view import View


@dataclass(frozen=True, slots=True)
class KindList:
    """A list of records, or one part of it that stands by itself."""

    path: str
    name: str
    kind: str
    sheet: Callable[[], Sheet]
    parts: tuple[tuple[str, str, int], ...] = ()
    """The lists that a long one was divided into, each with its name and how many it has."""
    above: tuple[tuple[str, str], ...] = ()
    """The list that it is a part of, if it is one."""


def kind_lists(view: View) -> Iterator[KindList]:
    """A list for each kind of which there are records; of many quotes one for each month."""
    for kind, plural in labels.KIND_PLURALS.items():
        if kind != "delegate" and view.index.refs(kind):
            yield from _of(view, kind, plural)


def list_of(kind: str) -> str:
    """Where the list is that has the records of a kind; nothing for the negotiation itself."""
    listed = lists.listed_under(kind)
    return addresses.of_list(PLURALS[listed]) if listed in labels.KIND_PLURALS else ""


def _of(view: View, kind: str, plural: str) -> Iterator[KindList]:
    name, path = plural.capitalize(), list_of(kind)
    if kind != "quote" or len(view.index.refs("quote")) <= MOST:
        write = _SHEETS.get(kind, _in_order)
        yield KindList(path, name, kind, partial(_finished, view, name, kind, write))
        return
    months = tuple(_by_month(view))
    parts = tuple(
        (path.replace(".html", f"-{when}.html"), labels.day(when), len(refs))
        for when, refs in months
    )
    yield KindList(path, name, kind, partial(Sheet, view, name), parts)
    for (when, refs), (place, _, _) in zip(months, parts, strict=True):
        title = f"{name}, {labels.day(when)}"
        sheet = partial(_of_month, view, title, refs)
        yield KindList(place, title, kind, sheet, above=((path, name),))


def _finished(
    view: View, name: str, kind: str, write: Callable[[Sheet, Sequence[Ref]], None]
) -> Sheet:
    sheet = Sheet(view, name)
    write(sheet, lists.listed(view.index, kind))
    sheet.list_sources()
    return sheet


def _in_order(sheet: Sheet, refs: Sequence[Ref]) -> None:
    _rows(sheet, lists.in_order(sheet.index, refs))


def _as_listed(sheet: Sheet, refs: Sequence[Ref]) -> None:
    _rows(sheet, refs)


def _rows(sheet: Sheet, refs: Sequence[Ref]) -> None:
    for ref in refs:
        rows.ROWS[ref.kind](sheet, ref)


def _quotes(sheet: Sheet, _refs: Sequence[Ref]) -> None:
    for when, refs in _by_month(sheet.view):
        sheet.heading(labels.day(when))
        _rows(sheet, refs)


def _of_month(view: View, title: str, refs: Sequence[Ref]) -> Sheet:
    sheet = Sheet(view, title)
    _rows(sheet, refs)
    sheet.list_sources()
    return sheet


def _by_month(view: View) -> Iterator[tuple[str, Sequence[Ref]]]:
    """The quotes of each month, the last first; in the order of the pane."""
    index = view.index
    refs = index.newest_quotes()
    by_month: dict[int, list[Ref]] = {}
    for number, ref in zip(index.months(refs), refs, strict=True):
        by_month.setdefault(number, []).append(ref)
    for number, listed in by_month.items():
        yield month(number), index.refs_to(listed)


def _people(sheet: Sheet, refs: Sequence[Ref]) -> None:
    """Each delegation with its delegates beneath it, and outsiders last."""
    for ref in refs:
        if ref.kind == "delegation":
            sheet.heading(sheet.name(ref, "heading"))
        else:
            rows.ROWS[ref.kind](sheet, ref)


def _by_name(sheet: Sheet, refs: Sequence[Ref]) -> None:
    named = sorted((fold(labels.title(sheet.index, ref)), ref) for ref in refs)
    for letter, group in groupby(named, lambda pair: pair[0][:1]):
        sheet.heading(letter.upper())
        for _, ref in group:
            rows.plain_row(sheet, ref)


_SHEETS: Mapping[str, Callable[[Sheet, Sequence[Ref]], None]] = {
    "round": _as_listed,
    "delegation": _people,
    "issue": _as_listed,
    "quote": _quotes,
    "source": _by_name,
}
"""What is listed otherwise than by its day."""
