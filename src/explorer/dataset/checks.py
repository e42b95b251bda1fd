"""What only shows when records are compared: each check yields what it finds.

A new check is one function, here or in `day_checks` or `side_checks`, and one line of `_CHECKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from math import isclose
from typing import Any

from explorer.dataset import day_checks, side_checks
from explorer.dataset.checked import Checked, Finding, Whole, checked_tables
from explorer.dataset.faults import Fault, not_one_of
from explorer.dataset.faulty_rows import KnownIds, day_fault, id_meant
from explorer.dataset.problems import as_in_toml
from explorer.record import labels, model
from explorer.record.days import first_day, last_day
from explorer.record.model import BUILT_IN_WORDS, Dataset, Ref
from explorer.record.tables import class_of, public_from, reference_fields
from explorer.text import urls


def run(dataset: Dataset, known: KnownIds | None) -> Iterator[Finding]:
    """Every finding, with the name of the check that found it.

    `known` are the ids that were written, of faulty records too, so that what is wrong with
    them is not reported twice; without it no reference is followed.
    """
    whole = Whole(
        dataset,
        dataset.negotiation,
        dataset.negotiation.covers_until,
        {each.id: each.type for each in dataset.delegations},
        {delegate.id: delegate for delegate in reversed(dataset.delegates)},
        frozenset(side.id for side in dataset.delegations if side.is_side),
    )
    everything = list(checked_tables(dataset))
    bad_days = set()
    for checked in everything:
        for found in _days_are_days(checked):
            bad_days.add((checked.kind, checked.place))
            yield found
    if known is not None:
        for checked in everything:
            yield from _references_resolve(checked, known)
    yield from _ids_are_slugs([checked for checked in everything if not checked.path])
    yield from _round_numbers_differ(dataset)
    for checked in everything:
        if not bad_days or (checked.kind, checked.place) not in bad_days:
            for check in _checks_of(class_of(checked.table)):
                for finding in check(whole, checked):
                    yield finding if finding.check else replace(finding, check=_name_of(check))


def _name_of(check: _Check) -> str:
    """The lasting name of a check: what holds where it finds nothing, “dates-are-in-order”."""
    return check.__name__.strip("_").replace("_", "-")


def _days_are_days(checked: Checked) -> Iterator[Finding]:
    for key in _day_fields(class_of(checked.table)):
        value = getattr(checked.table, key)
        if isinstance(value, str) and (fault := day_fault(value)):
            yield checked.of(fault, key)


@cache
def _day_fields(cls: Any) -> tuple[str, ...]:
    return tuple(key.name for key in fields(cls) if key.type in ("Day", "Day | None"))


def _references_resolve(checked: Checked, known: KnownIds) -> Iterator[Finding]:
    for name, kind in reference_fields(class_of(checked.table)):
        value = getattr(checked.table, name)
        if isinstance(value, str):
            if value and (fault := known.missing(Ref(kind, value))):
                yield checked.of(fault, name)
        else:
            for place, slug in enumerate(value or ()):
                if fault := known.missing(Ref(kind, slug)):
                    yield checked.of(fault, name, place)
    if isinstance(checked.table, model.Conflict):
        for place, text in enumerate(checked.table.about):
            if fault := _untouched(text, known):
                yield checked.of(fault, "about", place)


def _untouched(text: str, known: KnownIds) -> Fault | None:
    """What is wrong with the name of a record that a conflict is about."""
    try:
        ref = Ref.parse(text)
    except ValueError as error:
        return Fault(str(error), check="reference")
    if ref.kind in model.FORMER_KINDS:
        now = model.FORMER_KINDS[ref.kind]
        message = f"there is no {ref.kind} any more; name a {now}"
        return Fault(message, check="reference")
    return known.missing(ref, with_kind=True)


def _ids_are_slugs(records: Sequence[Checked]) -> Iterator[Finding]:
    for checked in records:
        if re.fullmatch(model.SLUG, checked.record.id) is None:
            right = id_meant(checked.record.id)
            message = "must be lower-case letters, digits and hyphens, such as rare-earths"
            hint = f"write “{right}”" if right else ""
            fault = Fault(message, hint, f'"{right}"' if right else "", "id-form")
            yield checked.of(fault, "id")


def _round_numbers_differ(dataset: Dataset) -> Iterator[Finding]:
    having: dict[str, list[str]] = {}
    for each in dataset.rounds:
        having.setdefault(each.number, []).append(each.id)
    for place, this_round in enumerate(dataset.rounds):
        number = this_round.number
        others = [slug for slug in having[number] if slug != this_round.id]
        if number and others:
            message = f"another round, “{others[0]}”, has the number {number}"
            yield Finding("round", place, ("number",), message, check="round-numbers-differ")


def _words_are_known(whole: Whole, checked: Checked) -> Iterator[Finding]:
    """A word that the negotiation may choose is built in, or one of its own."""
    key = _CHOSEN_WORDS[class_of(checked.table)]
    word = getattr(checked.table, key)
    own: Mapping[str, str] = getattr(whole.negotiation, f"{key}s")
    known = (*BUILT_IN_WORDS[key], *own)
    if word and word not in known:
        fault = not_one_of(word, known, otherwise=f"[negotiation.{key}s] may name it")
        yield checked.of(fault, key)


_CHOSEN_WORDS: Mapping[type, str] = {
    model.Status: "state",
    model.Round: "meeting",
    model.Measure: "act",
    model.Step: "stage",
    model.Position: "stance",
}
"""The tables that have a key to whose words a negotiation may add, and that key."""


def _own_words_are_new(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if not isinstance(checked.table, model.Negotiation):
        return
    for key, built_in in BUILT_IN_WORDS.items():
        for word in getattr(checked.table, f"{key}s"):
            if word in built_in:
                yield checked.wrong(f"{key}s", f"“{word}” is built in, and keeps its meaning")


_NAMES = ("name", "short", "title", "publisher", "unit")


def _names_are_one_line(whole: Whole, checked: Checked) -> Iterator[Finding]:
    for key in _NAMES:
        name = getattr(checked.table, key, "some")
        if isinstance(checked.table, model.Member | model.Clause) and not name:
            continue  # whom the id of a delegation names, or what has a number
        if not name.strip():
            yield checked.wrong(key, "is empty")
        elif "\n" in name:
            yield checked.wrong(key, "must stand on one line")


def _is_sourced(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if checked.kind != "source" and getattr(checked.table, "source_ids", True) == ():
        message = "is missing or empty; every statement rests on one source at least"
        hint = 'write sources = ["…"] with the id of a [[source]]'
        yield checked.wrong("source_ids", message, hint=hint)


def _parts_add_up(whole: Whole, checked: Checked) -> Iterator[Finding]:
    value = checked.table
    if not isinstance(value, model.FigureValue) or value.standing != "in force" or not value.parts:
        return
    total = sum(part.number for part in value.parts)
    if not isclose(total, value.number, rel_tol=1e-9, abs_tol=0.005):
        message = f"is {labels.number(value.number)}, but its parts add to {labels.number(total)}"
        yield checked.wrong("number", message)


def _values_make_sense(whole: Whole, checked: Checked) -> Iterator[Finding]:
    value = checked.table
    if not isinstance(value, model.FigureValue):
        return
    if value.up_to is not None and value.up_to <= value.number:
        yield checked.wrong("up_to", "must be more than `number`, the lower end of the range")
    if value.up_to is not None and value.at in ("least", "most"):
        yield checked.wrong("at", f"“{value.at}” and a range with `up_to` do not go together")
    if value.due and value.standing not in ("target", "demand"):
        message = f"is for a target or a demand, and this is {as_in_toml(value.standing)}"
        yield checked.wrong("due", message)
    if value.dropped and value.standing in ("counted", "claim"):
        message = "is for what was announced, threatened or to come; a count or a claim stays"
        yield checked.wrong("dropped", message)
    public = public_from(value)
    if value.dropped and public and last_day(value.dropped) < public and not value.known:
        yield checked.wrong("dropped", "is taken back before it was public")


def _points_belong_to_issues(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if isinstance(checked.table, model.Point) and not checked.table.issue_ids:
        yield checked.wrong("issue_ids", "is empty; name what the point settles or touches")


def _addresses_can_be_opened(whole: Whole, checked: Checked) -> Iterator[Finding]:
    source = checked.table
    if not isinstance(source, model.Source):
        return
    if source.address and (reason := urls.why_not(source.address)):
        right = f"https://{source.address}"
        is_bare = re.match(r"[\w-]+(\.[\w-]+)+(/|$)", source.address) and not urls.why_not(right)
        hint, right = (f"write {right}", as_in_toml(right)) if is_bare else ("", "")
        message = f"cannot be opened: {reason}"
        yield checked.wrong("address", message, hint=hint, suggestion=right)
    if (copy := source.archived) is None:
        return
    if reason := urls.why_not(copy.address):
        yield _of_copy(checked, "address", f"cannot be opened: {reason}")
    if copy.address == source.address:
        yield _of_copy(checked, "address", "is that of the page itself; a copy lies elsewhere")
    if source.published and copy.on < first_day(source.published):
        yield _of_copy(checked, "on", f"is before the page was published ({source.published})")


def _of_copy(checked: Checked, key: str, message: str) -> Finding:
    return Finding(checked.kind, checked.place, ("archived", key), message)


def _conflicts_have_two_sides(whole: Whole, checked: Checked) -> Iterator[Finding]:
    if isinstance(checked.table, model.Conflict) and not checked.table.versions[1:]:
        yield checked.wrong("versions", "a conflict needs two versions or more")


_Check = Callable[[Whole, Checked], Iterator[Finding]]
_About = Callable[[Any], bool]
"""Whether a check is about a class of tables."""


def _is(*classes: type) -> _About:
    return lambda cls: cls in classes


_CHECKS: Mapping[_Check, _About] = {
    _words_are_known: _is(*_CHOSEN_WORDS),
    _own_words_are_new: _is(model.Negotiation),
    _names_are_one_line: lambda cls: any(hasattr(cls, key) for key in _NAMES),
    _is_sourced: lambda cls: cls not in (model.Source, model.Clause),
    day_checks.dates_are_in_order: lambda cls: bool(day_checks.in_turn(cls)),
    day_checks.is_public_with_its_entries: _is(model.Issue, model.Measure, model.Figure),
    day_checks.moves_lead_elsewhere: _is(model.Round, model.Point, model.Milestone),
    day_checks.is_within_the_record: lambda _: True,
    day_checks.one_sided_days_are_days_of_the_record: _is(model.OneSided),
    side_checks.one_sided_days_lack_a_side: _is(model.OneSided),
    side_checks.silence_names_its_document: _is(model.Account),
    side_checks.coalitions_have_members: _is(model.Delegation, model.Member),
    side_checks.positions_are_held: _is(model.Position),
    side_checks.speakers_hold_a_role: _is(model.Quote),
    _parts_add_up: _is(model.FigureValue),
    _values_make_sense: _is(model.FigureValue),
    _points_belong_to_issues: _is(model.Point),
    day_checks.only_deadlines_are_met: _is(model.Milestone),
    _addresses_can_be_opened: _is(model.Source),
    _conflicts_have_two_sides: _is(model.Conflict),
}
"""Each check, and the classes of tables that it is about: most tables are quotes."""


@cache
def _checks_of(cls: Any) -> tuple[_Check, ...]:
    return tuple(check for check, is_about in _CHECKS.items() if is_about(cls))
