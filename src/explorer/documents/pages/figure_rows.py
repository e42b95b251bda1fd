"""The values of a figure set out, and how far what is to be reached is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from explorer.documents.pages.figure_standing import facts, figure_in_words
from explorer.documents.pages.rows import dated
from explorer.documents.sheet import Sheet, Span
from explorer.record import amounts, labels
from explorer.record.amounts import Progress
from explorer.record.model import Figure, FigureValue, Part, Ref

_SAID = ("announced", "in part", "threat", "demand", "claim")


def set_out(sheet: Sheet, figure: Figure, *, in_full: bool = False) -> None:
    """Its values under headings, newest first: in force, to come, to be reached, counted, said.

    In full each part of a value has a row of its own.
    """
    day = sheet.view.counting.edge_of(figure)
    ahead = amounts.pending(figure, day)
    applies = amounts.in_force(figure, day)
    steps = [value for value in amounts.steps(figure) if value not in ahead]
    with sheet.section("In force"):
        value_rows(sheet, figure, reversed(steps), ("in force",), applies, in_full=in_full)
    with sheet.section("To come"):
        value_rows(sheet, figure, ahead, in_full=in_full)
    with sheet.section("To be reached"):
        for each in reversed(list(amounts.progress(figure, day))):
            _progress(sheet, figure, each, ("to be reached",))
    for counts in amounts.by_counter(figure):
        by = labels.whose(sheet.index, counts[0])
        with sheet.section(f"Counted by {by or 'nobody named'}"):
            value_rows(sheet, figure, reversed(counts), ("counted", by), in_full=in_full)
    said = [v for v in figure.values if v.standing in _SAID and v not in ahead]
    with sheet.section(_heading_of(said)):
        value_rows(sheet, figure, reversed(said), in_full=in_full)


def _heading_of(said: Sequence[FigureValue]) -> str:
    """“Claims and threats”, of what there is."""
    names = ("Announced", "In force in part", "Threatened", "Demanded", "Claimed")
    found = {value.standing for value in said}
    listed = [name for standing, name in zip(_SAID, names, strict=True) if standing in found]
    return ", ".join([*listed[:1], *(name.lower() for name in listed[1:])])


def value_rows(
    sheet: Sheet,
    figure: Figure,
    values: Iterable[FigureValue],
    known: Sequence[str] = (),
    applies: FigureValue | None = None,
    *,
    in_full: bool = False,
) -> None:
    """A row for each value; the one that applies is said to be in force."""
    for value in values:
        is_in_force = value is applies
        value_row(sheet, figure, value, known, is_in_force=is_in_force, in_full=in_full)


def value_row(
    sheet: Sheet,
    figure: Figure,
    value: FigureValue,
    known: Sequence[str] = (),
    *,
    is_in_force: bool = False,
    in_full: bool = False,
) -> None:
    """A value by its day: how much, what it is, what it is made of, and what it covers.

    What is known of it from its heading is left out.
    """
    link = None if in_full else figure.ref
    lead = [Span(labels.value(value, figure.unit), "strong", link)]
    if is_in_force:
        lead.append(Span(" in force", "strong"))
    said = [fact for fact in facts(sheet.view, value) if fact not in known]
    lead.append(Span("".join(f", {fact}" for fact in said), "muted"))
    if value.parts and not in_full:
        made_of = " + ".join(
            f"{part.name} {labels.amount(part.number, figure.unit)}" for part in value.parts
        )
        lead.append(Span(f" = {made_of}", "muted"))
    dated(sheet, value.on, *lead, f". {value.text}", sources=value)
    if in_full and value.parts:
        with sheet.beneath():
            parts(sheet, figure, value.parts, "label")


def parts(sheet: Sheet, figure: Figure, made_of: Iterable[Part], role: str) -> None:
    """What a value is made of, a row for each part, its number in a role."""
    for part in made_of:
        measure = Ref("measure", part.measure_id) if part.measure_id else None
        link = (Span("  "), sheet.name(measure)) if measure else ()
        share = Span(labels.amount(part.number, figure.unit), role)
        sheet.add(part.name, *link, kind="row", label=(share,))


def delivery(sheet: Sheet, figure: Figure) -> None:
    """What a figure says of a promise: how much is reached, by whose count, of which target."""
    found = list(amounts.progress(figure, sheet.view.counting.edge_of(figure)))
    state = () if found else (Span("  "), *figure_in_words(sheet.view, figure))
    sheet.add(sheet.name(figure.ref), *state, *_marks(sheet, figure, found), kind="item")
    with sheet.beneath():
        for each in reversed(found):
            _progress(sheet, figure, each)


def _marks(sheet: Sheet, figure: Figure, found: Sequence[Progress]) -> tuple[Span, ...]:
    """The sources of a figure, or of what stands beside its name when it has no target."""
    if found:
        return sheet.marks(figure)
    if applies := amounts.in_force(figure, sheet.view.counting.edge_of(figure)):
        return sheet.marks(applies)
    latest = [of[-1] for of in amounts.by_counter(figure)] or figure.values[-1:]
    return sheet.marks(*latest)


def _progress(sheet: Sheet, figure: Figure, each: Progress, known: Sequence[str] = ()) -> None:
    """A target, how much of its time is gone, and what is reached by whose count."""
    value_row(sheet, figure, each.target, known)
    with sheet.beneath():
        if each.is_ahead:
            marks = sheet.marks(each.target)
            sheet.add(Span("Its time has not begun.", "muted"), *marks, kind="item")
            return
        if each.span:
            gone = f"{each.gone} of {labels.counted(each.span, 'day')} gone"
            pro_rata = labels.amount(_rounded(each.pro_rata), figure.unit)
            marks = sheet.marks(each.target)
            sheet.add(Span(f"{gone}; pro rata {pro_rata}", "muted"), *marks, kind="item")
        for count in each.counts:
            sheet.add(*_reached(sheet, figure, each, count), kind="item")
        if not each.counts:
            sheet.add(Span("No count of it was public.", "muted"), kind="item")


def _reached(sheet: Sheet, figure: Figure, each: Progress, count: FigureValue) -> Iterator[Span]:
    """“6 million tonnes on 5 Dec 2025, counted by Reuters: 50% of it”."""
    yield Span(labels.value(count, figure.unit), "strong")
    when = f"{'in' if isinstance(count.on, str) else 'on'} {labels.day(count.on)}"
    by = labels.whose(sheet.index, count)
    yield Span(f" {when}, counted{f' by {by}' if by else ''}")
    if figure.total and each.target.number:
        yield Span(f": {each.share(count):.0%} of it")
    yield from sheet.marks(count)


def _rounded(number: float) -> float:
    """To three digits, since no more can be meant."""
    return float(f"{number:.3g}")
