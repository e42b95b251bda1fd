"""What only shows when texts and their clauses are compared with one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from explorer.dataset.checked import Checked, Finding
from explorer.record.days import Day, first_day, last_day
from explorer.record.model import Clause, Dataset, Text


def run(dataset: Dataset) -> Iterator[Finding]:
    """Every finding."""
    by_id = {text.id: text for text in dataset.texts}
    for place, text in enumerate(dataset.texts):
        checked = Checked(text, place, text)
        yield from _names_others(checked, text)
        yield from _comes_after_its_predecessors(checked, text, by_id)
        yield from _numbers_differ(checked, text)
        yield from _says_silent_of_nothing_it_has(checked, text)
        for nth, clause in enumerate(text.clauses):
            within = Checked(text, place, clause, ("clause", nth))
            yield from _has_words_or_says_why(within, text, clause)


def _names_others(checked: Checked, text: Text) -> Iterator[Finding]:
    for field in ("replaces_id", "follows_id", "rendering_of_id", "replies_to_ids"):
        named = getattr(text, field)
        if named == text.id or (isinstance(named, tuple) and text.id in named):
            yield checked.wrong(field, "names the text itself")
    if text.replaces_id and text.replaces_id == text.follows_id:
        yield checked.wrong("follows_id", "is replaced by this text, so that it stands no longer")


def _comes_after_its_predecessors(
    checked: Checked, text: Text, by_id: Mapping[str, Text]
) -> Iterator[Finding]:
    """A draft follows on one of its day or before, so that no two can replace each other."""
    for field in ("replaces_id", "follows_id"):
        earlier = by_id.get(getattr(text, field) or "")
        if earlier is None or earlier is text:
            continue
        if first_day(earlier.issued) > last_day(text.issued):
            message = f"names a later text, of {earlier.issued}; this one is of {text.issued}"
            hint = "the later of two names the earlier"
            yield checked.wrong(field, message, hint=hint)
        elif getattr(earlier, field) == text.id and first_day(text.issued) <= last_day(
            earlier.issued
        ):
            yield checked.wrong(field, f"and “{earlier.id}” name each other; one is the earlier")


def _numbers_differ(checked: Checked, text: Text) -> Iterator[Finding]:
    """No two clauses stand under one number on one day; only what is there can be taken out."""
    seen: set[tuple[str, Day | None]] = set()
    numbers = {clause.number for clause in text.clauses if clause.on is None and not clause.dropped}
    begun: dict[str, Day] = {}
    for clause in text.clauses:
        if clause.on and not clause.dropped:
            begun.setdefault(clause.number, clause.on)
    for place, clause in enumerate(text.clauses):
        path = ("clause", place, "number")
        mark = (clause.number, clause.on)
        if mark in seen:
            day = f" on {clause.on}" if clause.on else "; one that came later says `on` which day"
            message = f"another clause has the number “{clause.number}”{day}"
            yield Finding("text", checked.place, path, message)
        seen.add(mark)
        is_there = clause.number in numbers or (
            (since := begun.get(clause.number)) is not None
            and clause.on is not None
            and last_day(since) <= last_day(clause.on)
        )
        if clause.dropped and not text.file and not is_there:
            message = f"no clause “{clause.number}” stands there that could be taken out"
            yield Finding("text", checked.place, path, message)
        if clause.on and last_day(clause.on) < first_day(text.issued):
            message = f"is before {text.issued}, the day of the text"
            yield Finding("text", checked.place, ("clause", place, "on"), message)


def _says_silent_of_nothing_it_has(checked: Checked, text: Text) -> Iterator[Finding]:
    spoken = {matter for clause in text.clauses for matter in clause.matters}
    for place, matter in enumerate(text.silent):
        if matter in spoken:
            message = f"a clause of the text is on “{matter}”, so that it is not silent on it"
            yield checked.wrong("silent", message, place)


def _has_words_or_says_why(checked: Checked, text: Text, clause: Clause) -> Iterator[Finding]:
    if not clause.number.strip():
        yield checked.wrong("number", "is empty")
    if clause.dropped:
        if clause.on is None:
            yield checked.wrong("on", "is needed with `dropped`: the day it was taken out")
    elif not (clause.words or clause.remark or text.file):
        message = "is missing; where they were not read, `remark` says so"
        yield checked.wrong("words", message)
