"""What is counted over time, a figure or several of one unit, and who counts or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NotRequired, Required, TypedDict

from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages.figure_rows import parts, set_out
from explorer.documents.pages.figure_standing import terms, when
from explorer.documents.sheet import Sheet, Span
from explorer.record import amounts, labels, tables
from explorer.record.amounts import Progress
from explorer.record.model import Figure, FigureValue, Ref
from explorer.record.tables import shaped
from explorer.text.json_types import DayText, RefText, TableOf, ValueData
from explorer.values import dataclass
from explorer.view import View

NONE = "This dataset has no figures: nothing in it is counted over time."


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure that may be looked at, or all of one unit together."""

    name: str
    figures: tuple[Ref, ...]

    @property
    def question(self) -> Question:
        """What to ask to look at it."""
        return Question(about=self.figures[0], beside=self.figures[1:])


def choices(view: View) -> tuple[Choice, ...]:
    """All figures of each unit that several have, then each figure by itself."""
    units = by_unit(view)
    together = (
        Choice(f"All {len(of)} in {labels.unit(unit)}", tuple(figure.ref for figure in of))
        for unit, of in units.items()
        if of[1:]
    )
    alone = (
        Choice(f"{labels.title(view.index, figure.ref)} ({labels.unit(unit)})", (figure.ref,))
        for unit, of in units.items()
        for figure in of
    )
    return (*together, *alone)


def by_unit(view: View) -> Mapping[str, Sequence[Figure]]:
    """The figures of each unit, that with the most values first."""
    units: dict[str, list[Figure]] = {}
    for figure in view.index.dataset.figures:
        units.setdefault(figure.unit, []).append(figure)
    by_values = sorted(units, key=lambda unit: -sum(len(f.values) for f in units[unit]))
    return {unit: units[unit] for unit in by_values}


def shown(view: View, question: Question = ALL) -> tuple[Figure, ...]:
    """The figures that are asked about; else all of the unit that has the most values."""
    asked = (question.about, *question.beside)
    named = [view.index.figure(ref) for ref in asked if ref is not None and ref in view.index]
    if named:
        return tuple(named)
    return tuple(next(iter(by_unit(view).values()), ()))


class ReachedData(TypedDict, total=False):
    """What one who counts says is reached of a target."""

    by: Required[str]
    on: DayText
    number: float
    share: float
    """Of the target, 1 being all of it."""


class ProgressData(TypedDict):
    """A target, and what is reached of it."""

    target: ValueData
    reached: list[ReachedData]
    days_gone: NotRequired[int]
    days: NotRequired[int]
    """From the day on which it began to count to the day it is set for."""
    pro_rata: NotRequired[float | None]
    """What would be reached by now if each day brought the same."""


class FigureStanding(TypedDict):
    """What a figure comes to on the day. The keys of the figure itself stand beside these."""

    ref: RefText
    in_force: ValueData | None
    pending: list[ValueData]
    progress: list[ProgressData]


FigureRow = Annotated[FigureStanding, TableOf("figure")]


def as_data(view: View, question: Question = ALL) -> list[FigureRow]:
    """The figures as plain values for JSON, with what each comes to on the day."""
    day = view.counting.edge_of
    return [
        {
            **tables.as_data(figure),  # type: ignore[typeddict-item]
            "ref": str(figure.ref),
            "in_force": _plain(amounts.in_force(figure, day(figure))),
            "pending": [tables.as_data(value) for value in amounts.pending(figure, day(figure))],
            "progress": [_progress(view, each) for each in amounts.progress(figure, day(figure))],
        }
        for figure in shown(view, question)
    ]


def _plain(value: FigureValue | None) -> dict[str, Any] | None:
    return tables.as_data(value) if value else None


def _progress(view: View, each: Progress) -> ProgressData:
    reached = [
        shaped(
            ReachedData,
            {
                "by": labels.whose(view.index, count),
                "on": count.on,
                "number": count.number,
                "share": each.share(count),
            },
        )
        for count in each.counts
    ]
    target = tables.as_data(each.target)
    if not each.span:
        return {"target": target, "reached": reached}
    return {
        "target": target,
        "reached": reached,
        "days_gone": each.gone,
        "days": each.span,
        "pro_rata": each.pro_rata,
    }


def title(view: View, figures: Sequence[Figure]) -> str:
    """“Figures in % on 26 Oct 2025”, or the name of the only one."""
    on = f"on {labels.day(view.as_of)}"
    if len(figures) == 1:
        return f"{labels.title(view.index, figures[0].ref)} {on}"
    units = dict.fromkeys(labels.unit(figure.unit) for figure in figures)
    return f"Figures in {', '.join(units)} {on}" if units else f"Figures {on}"


def why_none(view: View) -> str:
    """That there is no figure, ever or by the day."""
    return "No figure was public by then." if view.whole.refs("figure") else NONE


def sheet(view: View, question: Question = ALL) -> Sheet:
    """Every value in words, for those who see no chart; and which figures there are besides."""
    figures = shown(view, question)
    page = Sheet(view, title(view, figures))
    if not figures:
        page.add(why_none(view))
    for figure in figures:
        _set_out(page, figure)
    others = [ref for ref in view.index.refs("figure") if ref not in {f.ref for f in figures}]
    if others:
        page.heading("Other figures")
        for ref in others:
            unit = labels.unit(view.index.figure(ref).unit)
            page.add(page.name(ref), Span(f"  {unit} · {ref.id}", "muted"), kind="item")
    page.list_sources()
    return page


def of_every_unit(view: View) -> Sheet:
    """Every value of every figure in words, those of one unit under a heading."""
    page = Sheet(view, f"Figures on {labels.day(view.as_of)}")
    units = by_unit(view)
    if not units:
        page.add(why_none(view))
    for unit, figures in units.items():
        with page.section(heading_of(unit)):
            for figure in figures:
                _set_out(page, figure)
    page.list_sources()
    return page


def heading_of(unit: str) -> str:
    """“In %”, above the figures of a unit."""
    return f"In {labels.unit(unit)}"


def _set_out(page: Sheet, figure: Figure) -> None:
    """A figure under its name, with all its values."""
    heading = Span(labels.title(page.index, figure.ref), "heading", figure.ref)
    with page.section(heading, *_now(page, figure)):
        if figure.summary:
            page.add(figure.summary, *page.marks(figure))
        set_out(page, figure)


def _now(page: Sheet, figure: Figure) -> tuple[Span, ...]:
    """What is in force, to stand in the heading."""
    applies = amounts.in_force(figure, page.view.counting.edge_of(figure))
    return (Span(f": {labels.value(applies, figure.unit)}", "heading"),) if applies else ()


def _by(page: Sheet, value: FigureValue) -> tuple[Span, ...]:
    """“ by Trump”, a link to who said it when that is a delegate or a delegation."""
    if value.by:
        return (Span(f" by {labels.whose(page.index, value)}", "muted"),)
    if value.speaker_id:
        return (Span(" by "), page.short("delegate", value.speaker_id))
    if value.delegation_id:
        return (Span(" by "), page.short("delegation", value.delegation_id))
    return ()


def detail(view: View, figure: Figure, value: FigureValue) -> Sheet:
    """One value: what it is, what it is made of, and whose word it is."""
    page = Sheet(view)
    page.add(
        Span(labels.title(view.index, figure.ref), "strong", figure.ref, stop=False),
        Span(f": {labels.value(value, figure.unit)}", "strong"),
        Span(f"  {when(view, value)}", "muted"),
        *_by(page, value),
        Span("".join(f", {term}" for term in terms(view, value)), "muted"),
    )
    parts(page, figure, value.parts, "strong")
    page.add(value.text, *page.marks(value))
    page.list_sources()
    return page
