"""What a filled form would make: records that are checked and shown before they are added.

The whole dataset is not made anew for that, which would take long. What is made is a small one
of the new records and those that they name, and the checks of every dataset run over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from explorer.adding.filled_form import MISSING, FilledForm, Part
from explorer.adding.form_fields import WITHIN
from explorer.dataset import checks
from explorer.dataset.entry_order import in_order
from explorer.notes import Notes
from explorer.record.days import last_day
from explorer.record.index import Index
from explorer.record.model import (
    PLURALS,
    AnyRecord,
    Dataset,
    Delegate,
    Quote,
    Record,
    Ref,
)
from explorer.record.tables import class_of, reference_fields, references, tables_in, toml_name
from explorer.text.folding import fold
from explorer.values import dataclass
from explorer.view import View

_COMPARED = 5000
"""Quotes, the newest, that new words are compared with."""
_WORDS_ALIKE = 6
"""Words that must be the same where one text is only a part of the other."""
_Place = tuple[int, str]
"""A part of a form, and the key of a field."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that says the same already."""

    place: _Place
    ref: Ref
    message: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a form would add, looked at."""

    problems: Mapping[_Place, str]
    """What is wrong or missing, by part and field."""
    duplicates: tuple[Duplicate, ...] = ()
    preview: View | None = None
    """A small record in which it stands; None as long as something is wrong."""
    shown: Ref | None = None
    """The record to look at there."""

    @property
    def missing(self) -> list[_Place]:
        """What must be filled in still."""
        return [place for place, why in self.problems.items() if why == MISSING]


def examined(form: FilledForm) -> Candidate:
    """Check what was typed, and make what it would add. Not for the thread that draws."""
    problems, duplicates = form.problems(), tuple(_duplicates(form))
    if problems:
        return Candidate(problems, duplicates)
    made = _Made(form)
    if found := made.findings():
        return Candidate(found, duplicates, made.preview(), made.shown)
    return Candidate({}, duplicates, made.preview(), made.shown)


class _Made:
    """The records that a form would make, among those that they name."""

    def __init__(self, form: FilledForm) -> None:
        self._form = form
        self._own: dict[Ref, AnyRecord] = {}
        """The records that are new, or that have a new entry."""
        self._parts: dict[tuple[Ref, str, int], Part] = {}
        """The part that each new entry is of, by its record, field and place; -1 for a record."""
        for part in sorted(form.needed, key=lambda part: not part.form.is_record):
            self._add(part)
        main = form.main
        self.shown = form.within(main) or form.ref(main.name)

    def _add(self, part: Part) -> None:
        form = self._form
        table = _instance(part.form.table, form.values(part))
        ref = form.within(part)
        if ref is None:
            self._own[table.ref] = table
            self._parts[table.ref, "", -1] = part
            return
        record: Any = self._own.get(ref) or form.view.whole[ref]
        key = next(f.name for f in fields(record) if toml_name(f.name) == part.form.name)
        there = getattr(record, key)
        self._own[ref] = replace(record, **{key: (*there, table)})
        self._parts[ref, part.form.name, len(there)] = part

    def _dataset(self, own: Mapping[Ref, AnyRecord]) -> Dataset:
        """The new records and those they name, which name nobody themselves."""
        whole, found = self._form.view.whole, dict(own)
        for record in own.values():
            for ref in _named(record):
                if ref not in found and ref in whole:
                    found[ref] = _alone(whole[ref])
        for record in list(found.values()):
            if isinstance(record, Delegate):
                for ref in _named(record):
                    if ref not in found and ref in whole:
                        found[ref] = _alone(whole[ref])
        negotiation = _alone(whole.dataset.negotiation)
        if (day := self._form.latest_day()) is not None:
            ends = max(negotiation.record_ends, last_day(day))
            negotiation = replace(negotiation, record_ends=ends, one_sided=())
        by_kind: dict[str, list[AnyRecord]] = {kind: [] for kind in PLURALS}
        for record in found.values():
            by_kind[record.kind].append(record)
        records: dict[str, Any] = {PLURALS[kind]: tuple(of) for kind, of in by_kind.items()}
        return Dataset(negotiation=negotiation, **records)

    def findings(self) -> dict[_Place, str]:
        """What the checks of a dataset find wrong with what is new."""
        dataset = self._dataset(self._own)
        found: dict[_Place, str] = {}
        for finding in checks.run(dataset, known=None):  # what is chosen is there
            ref = dataset.of(finding.kind)[finding.place].ref
            key = str(finding.path[0]) if finding.path else ""
            part = self._parts.get((ref, "", -1))
            if finding.path[1:] and isinstance(finding.path[1], int):
                entry = self._parts.get((ref, key, finding.path[1]))
                if entry is not None:
                    part, key = entry, str(finding.path[2]) if finding.path[2:] else ""
            if part is not None and part.form.is_record == (part.form.name == ref.kind):
                said = "; ".join(filter(None, (finding.message, finding.hint)))
                found.setdefault((part.number, key or WITHIN), said)
        return found

    def preview(self) -> View:
        """A view of what is new; of a record with a new entry it shows that entry alone."""
        own: dict[Ref, AnyRecord] = {}
        for ref, record in self._own.items():
            is_new = (ref, "", -1) in self._parts
            own[ref] = record if is_new else _alone(record, _new_entries(ref, self._parts))
        return View(Index(in_order(self._dataset(own))), Notes())


def _new_entries(ref: Ref, parts: Mapping[tuple[Ref, str, int], Part]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for owner, table, place in parts:
        if owner == ref and place >= 0:
            found.setdefault(table, set()).add(place)
    return found


def _instance(cls: type[Any], values: Mapping[str, Any]) -> Any:
    names = {toml_name(f.name): f.name for f in fields(cls)}
    return cls(**{names[key]: value for key, value in values.items()})


def _named(record: AnyRecord) -> Iterator[Ref]:
    for table in tables_in(record):
        for _, ref in references(table):
            yield ref


def _alone(record: Any, keep: Mapping[str, set[int]] | None = None) -> Any:
    """A record that names nobody and has no entries, but those to keep.

    A delegate keeps its delegation and its posts: whoever speaks must hold one.
    """
    if isinstance(record, Delegate):
        roles = tuple(replace(role, source_ids=()) for role in record.roles)
        if keep is None:
            return replace(record, roles=roles, source_ids=())
    nothing: dict[str, Any] = {}
    for key in fields(record):
        value = getattr(record, key.name)
        table = toml_name(key.name)
        if keep is not None and table in keep:
            nothing[key.name] = tuple(value[place] for place in sorted(keep[table]))
        elif isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
            nothing[key.name] = ()
    for name, _ in reference_fields(class_of(record)):
        required = name in ("speaker_id", "round_id", "delegation_id") and _is_required(
            record, name
        )
        if not required and (keep is None or name != "source_ids"):
            nothing[name] = () if name.endswith("_ids") else None
    return replace(record, **nothing)


def _is_required(record: Record, name: str) -> bool:
    from dataclasses import MISSING as NO_DEFAULT

    return next(f for f in fields(record) if f.name == name).default is NO_DEFAULT


# Duplicates.


def _duplicates(form: FilledForm) -> Iterator[Duplicate]:
    for part in form.parts.values():
        match part.form.name:
            case "quote":
                yield from _same_words(form, part)
            case "source":
                yield from _same_address(form, part)
            case kind if part.form.is_record:
                yield from _same_name(form, part, kind)


def _same_words(form: FilledForm, part: Part) -> Iterator[Duplicate]:
    words = _as_compared(form.typed(part, "text"))
    if not words:
        return
    speakers = [Ref.parse(n) for n in form.chosen(part, "speaker") if form.part_of(n) is None]
    for ref, known in _words_of(form, speakers[0] if speakers else None):
        if any(_are_same(words, text) for text in known):
            yield Duplicate((part.number, "text"), ref, "the record has these words already")
            return


def _words_of(form: FilledForm, speaker: Ref | None) -> Sequence[tuple[Ref, Sequence[str]]]:
    """The newest quotes of a speaker or of all, as words are compared."""
    if (found := form.memory.get(speaker)) is None:
        index = form.view.index
        said = index.refs_to(index.naming(speaker, "quote")) if speaker is not None else None
        quotes = map(index.quote, index.newest_quotes(said)[:_COMPARED])
        found = form.memory[speaker] = [
            (q.ref, [_as_compared(t) for t in (q.text, *(v.text for v in q.variants))])
            for q in quotes
        ]
    known: Sequence[tuple[Ref, Sequence[str]]] = found
    return known


def _as_compared(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _are_same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    is_long_enough = short.count(" ") + 1 >= _WORDS_ALIKE or len(short) >= 6 * _WORDS_ALIKE
    return is_long_enough and f" {short} " in f" {long} "


def _same_address(form: FilledForm, part: Part) -> Iterator[Duplicate]:
    if not (place := page_of(form.typed(part, "address"))):
        return
    if "pages" not in form.memory:
        sources = form.view.index.dataset.sources
        form.memory["pages"] = {page_of(source.address): source.ref for source in sources}
    if (ref := form.memory["pages"].get(place)) is not None:
        yield Duplicate((part.number, "address"), ref, "this page is a source already")


def page_of(address: str) -> str:
    """An address as far as it says which page it is; nothing when it is none."""
    found = re.match(r"https?://(?:www\.)?([^#]+)", address.strip(), re.IGNORECASE)
    if found is None:
        return ""
    page, _, asked = found[1].partition("?")
    kept = [
        each for each in asked.split("&") if each and not re.match(r"utm_|module=|fbclid", each)
    ]
    host, slash, path = page.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/") + (f"?{'&'.join(kept)}" if kept else "")


def _same_name(form: FilledForm, part: Part, kind: str) -> Iterator[Duplicate]:
    name = _as_compared(form.typed(part, "name"))
    index = form.view.index
    for ref in index.refs(kind) if name else ():
        record: Any = index[ref]
        if _as_compared(record.name) == name and not isinstance(record, Quote):
            yield Duplicate((part.number, "name"), ref, f"there is a {kind} of this name already")
            return
