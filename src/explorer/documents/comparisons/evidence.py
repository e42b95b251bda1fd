"""What statements rest on: those whose ground is weak, by what is weak about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, Required, TypedDict

from explorer.documents.comparisons import compared
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels, lists, model
from explorer.record.days import Day
from explorer.record.evidence_strength import (
    SENTENCES,
    WEAKNESSES,
    Grounds,
    Path,
    Statement,
    Weakness,
    grounds,
    statement_at,
    statements,
)
from explorer.record.model import AnyTable
from explorer.record.tables import shaped, toml_name
from explorer.text.json_types import DayText, RefText
from explorer.text.sanitize import one_line
from explorer.values import dataclass
from explorer.view import View

LONG = 3_000
"""Records that take too long to weigh while a key waits."""

Place = tuple[int, Path]
"""Where a statement stands: the number of its record, and the way to an entry within it."""

_HEADINGS: Mapping[Weakness, str] = {
    "weak": "On weak sources alone",
    "one-sided": "On one side’s word alone",
    "secondary": "On secondary sources alone",
    "single": "On one source alone",
    "unarchived": "On unarchived pages",
}
_WIDTH = 160
"""Characters of what a statement says, in its row."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Every statement that was weighed, and where those stand that have a weakness."""

    number: int
    found: Mapping[Weakness, Sequence[Place]]
    pages: Counter[str]
    """How many of the statements on unarchived pages rest on each page, by its source."""

    def count(self, weakness: Weakness) -> int:
        return len(self.found[weakness])


def is_long(view: View) -> bool:
    """Whether there is too much to weigh while a key waits: a thread may do it."""
    return len(view.index.everything()) > LONG


def weigh(view: View, stopped: Callable[[], bool] = lambda: False) -> Weighed:
    """Weigh every statement in the scope; what was found so far when it is stopped."""
    weighs = Grounds(view.index)
    number, found = 0, {weakness: list[Place]() for weakness in WEAKNESSES}
    pages = Counter[str]()
    for record in view.index.dataset.records():
        if stopped():
            break
        if not compared.is_meant(view, record.ref):
            continue
        of_record = view.index.number(record.ref)
        assert of_record is not None, "it was just read"
        for statement in statements(record):
            number += 1
            for weakness in weighs.weaknesses(statement):
                found[weakness].append((of_record, statement.path))
                if weakness == "unarchived":
                    pages.update(weighs.addresses(statement))
    return Weighed(number, found, pages)


def sheet(view: View, _: Question = ALL) -> Sheet:
    """How many statements have which weakness, and then each of them."""
    page = set_out(view, weigh(view))
    page.finish()
    return page


def to_read(view: View, _: Question = ALL) -> Sheet:
    """The same, of which each row is written when it is read."""
    return set_out(view, weigh(view))


def titled(view: View) -> Sheet:
    """A sheet with its title, and nothing on it yet."""
    return Sheet(view, f"Evidence, as of {labels.day(view.as_of)}")


def set_out(view: View, weighed: Weighed) -> Sheet:
    """What was weighed, written as it is read."""
    page = titled(view)
    within = " in the scope" if view.chosen else ""
    if not any(weighed.found.values()):
        page.add(_nothing(weighed.number, within))
        return page
    page.add(f"What {_tally(weighed.number)}{within} rest on; one may be in several lists.")
    page.facts(
        *(
            (_HEADINGS[weakness], f"{number:,}")
            for weakness in WEAKNESSES
            if (number := weighed.count(weakness))
        )
    )
    page.rows_left = sum(map(len, weighed.found.values()))
    page.write_on(_written(page, weighed))
    return page


def _tally(number: int) -> str:
    return f"{number:,} statement{'' if number == 1 else 's'}"


def _nothing(number: int, within: str) -> str:
    if not number:
        return f"There is no statement{within}."
    return (
        f"None of {_tally(number)}{within} is weakly supported: each rests on several sources, "
        "one of them first-hand, and on a page of which a copy is kept."
    )


def _written(page: Sheet, weighed: Weighed) -> Iterator[None]:
    weighs = Grounds(page.index)
    for weakness in WEAKNESSES:
        places = weighed.found[weakness]
        if not places:
            continue
        if weakness == "unarchived":
            yield from _pages(page, weighed)
            continue
        page.heading(f"{_HEADINGS[weakness]} — {len(places):,}")
        for place in places:
            _row(page, weighs, _statement(page.view, place), weakness)
            yield
    yield from page.sources_listed()


def _statement(view: View, place: Place) -> Statement:
    number, path = place
    return statement_at(view.index[view.index.ref(number)], path)


def _pages(page: Sheet, weighed: Weighed) -> Iterator[None]:
    """The pages to be archived, those first on which most rests: a copy is made of a page."""
    many = labels.counted(len(weighed.pages), "page")
    page.heading(f"{_HEADINGS['unarchived']} — {_tally(weighed.count('unarchived'))} on {many}")
    for slug, number in weighed.pages.most_common():
        source = page.index.source(slug)
        page.add(
            Span(labels.source_line(source), "link", source.ref),
            Span(f"  {_tally(number)}", "muted"),
            kind="item",
        )
        yield


def _row(page: Sheet, weighs: Grounds, statement: Statement, weakness: Weakness) -> None:
    record, table = statement.record, statement.table
    assert not isinstance(table, model.Part), "it has no sources of its own"
    shown, said = page.name(record.ref), _says(page.view, table)
    if isinstance(record, model.Quote):
        shown = page.name(record.ref, "words", labels.quoted(record))
        said = page.index.delegate(record.speaker_id).short
    side = weighs.only_side(statement) if weakness == "one-sided" else None
    by = f" · by {page.index.delegation(side).short} alone" if side else ""
    when = _day(table)
    page.add(
        Span(f"{_what(statement)}  ", "muted"),
        shown,
        Span(f"  {_whose(page.view, table)}" if said else ""),
        Span(said),
        Span(by, "muted"),
        *page.marks(*(() if isinstance(table, model.Part) else (table,)), grounds(table)),
        kind="row",
        label=(Span(labels.day(when) if when else "", "label"),),
    )


def _what(statement: Statement) -> str:
    """“status”, or the kind of a record."""
    if not statement.path:
        return labels.KIND_NAMES[statement.record.kind].lower()
    field, _ = statement.path[-1]
    return toml_name(field).replace("_", "-")


def _day(table: AnyTable) -> Day | None:
    if isinstance(table, model.Quote):
        return table.day
    own = lists.own_day(table) if isinstance(table, model.Record) else None
    day: Day | None = own or getattr(table, "on", None) or getattr(table, "since", None)
    return day


def _whose(view: View, table: AnyTable) -> str:
    """“US: ” before what a side holds, gives or tells."""
    ids: tuple[str, ...] = ()
    match table:
        case model.Position():
            ids = table.delegation_ids
        case model.Account() | model.Outcome() if table.delegation_id:
            ids = (table.delegation_id,)
    return f"{labels.sides(view.index, ids)}: " if ids else ""


def _says(view: View, table: AnyTable) -> str:
    """What an entry says, on a line; nothing of a record, whose name is shown."""
    if isinstance(table, model.Record):
        return ""
    if isinstance(table, model.Member):
        return labels.member(view.index, table)
    said = getattr(table, "text", "") or getattr(table, "words", "") or getattr(table, "title", "")
    if isinstance(table, model.Account):
        said = f"{table.stance}. {said}" if said else table.stance
    return labels.shortened(one_line(said), _WIDTH)


class WeakStatement(TypedDict, total=False):
    """A statement of the record, and what is weak about what it rests on."""

    ref: Required[RefText]
    entry: str
    """Which entry of the record it is: “status 3”; left out for the record itself."""
    name: Required[str]
    on: DayText
    text: str
    weaknesses: Required[list[Weakness]]
    side: str
    """The only side whose word it is, by id."""
    sources: Required[list[str]]
    own: Literal[True]


class WeaknessRow(TypedDict):
    """One weakness, with the statements that have it."""

    weakness: Weakness
    says: str
    count: int
    of: int
    """How many statements were looked at."""
    statements: list[WeakStatement]


def as_data(view: View, _: Question = ALL) -> list[WeaknessRow]:
    """The weaknesses with their statements as plain values for JSON, less what is empty."""
    weighed, weighs = weigh(view), Grounds(view.index)
    return [
        {
            "weakness": weakness,
            "says": SENTENCES[weakness],
            "count": weighed.count(weakness),
            "of": weighed.number,
            "statements": [_as_data(view, weighs, place) for place in weighed.found[weakness]],
        }
        for weakness in WEAKNESSES
    ]


def _as_data(view: View, weighs: Grounds, place: Place) -> WeakStatement:
    statement = _statement(view, place)
    table = statement.table
    return shaped(
        WeakStatement,
        {
            "ref": statement.record.ref,
            "entry": statement.path and _entry(statement),
            "name": labels.title(view.index, statement.record.ref),
            "on": _day(table),
            "text": _says(view, table),
            "weaknesses": weighs.weaknesses(statement),
            "side": weighs.only_side(statement),
            "sources": grounds(table),
            "own": getattr(table, "own", None) or None,
        },
    )


def _entry(statement: Statement) -> str:
    """“status 3”, as `explorer check` names an entry."""
    return ", ".join(f"{toml_name(field)} {place + 1}" for field, place in statement.path)
