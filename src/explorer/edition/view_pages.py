"""The pages that answer what no single record does, each at an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from explorer.documents import text_list
from explorer.documents.comparisons import COMPARISONS, Comparison, figures
from explorer.documents.comparisons.question import Question
from explorer.documents.front import today
from explorer.documents.sheet import Sheet
from explorer.edition import addresses
from explorer.record import labels
from explorer.view import View


@dataclass(frozen=True, slots=True)
class ViewPage:
    """A page that all others lead to."""

    path: str
    name: str
    """A word or two, for what leads there."""
    what: str
    """What it shows, in a sentence; of the front page what the negotiation is about."""
    sheet: Callable[[View], Sheet]
    kind: str = ""
    """The kind of record without which it is left out."""
    for_days: bool = True
    """Whether earlier days have it too."""

    @property
    def is_front(self) -> bool:
        return self.path == addresses.FRONT

    def title(self, view: View) -> str:
        """What stands above it instead of the title of its sheet, if anything does."""
        return view.index.dataset.negotiation.name if self.is_front else ""

    def above(self, view: View) -> str:
        """What stands above its heading, in HTML."""
        if not self.is_front:
            return ""
        is_later = view.counting.age
        counted = f" · days are counted from {labels.day(view.reader())}" if is_later else ""
        return f'<p class="kind">{view.as_of:%A}, {labels.day(view.as_of)}{counted}</p>\n'

    def about(self, view: View) -> str:
        """A sentence beneath it."""
        return view.index.dataset.negotiation.summary if self.is_front else self.what


BY_ROUND = "by-round.html"
TEXTS = "texts.html"


def view_pages(view: View, *, of_a_day: bool = False) -> Iterator[ViewPage]:
    """Those that a dataset has something for."""
    for page in (_FRONT, *_compared(), _TEXTS):
        has_any = not page.kind or bool(view.index.refs(page.kind))
        if has_any and (page.for_days or not of_a_day):
            yield page


_FRONT = ViewPage(addresses.FRONT, "Front page", "", today)
_TEXTS = ViewPage(
    TEXTS, "Texts", "Drafts, statements and readouts by round.", text_list.sheet, "text"
)


def _compared() -> Iterator[ViewPage]:
    for comparison in COMPARISONS:
        if comparison.is_its_own:
            continue
        yield ViewPage(
            f"{comparison.name.replace('_', '-')}.html",
            comparison.title,
            # What the help says of the record that is shown, the description says of all.
            _what(comparison.description) if comparison.about else comparison.help,
            _of_figures if comparison.name == "figures" else partial(_answer, comparison),
            comparison.kind,
            # Whom a record rests on hardly hangs on the day, and is by far the longest.
            for_days=comparison.name != "evidence",
        )
        option, what = comparison.option
        if option:
            name = option.removeprefix("--")
            yield ViewPage(
                f"{name}.html",
                name.replace("-", " ").capitalize(),
                _what(f"{what}."),
                partial(_answer, comparison, otherwise=True),
                "round",
            )


def _what(described: str) -> str:
    """What a command shows, less that it shows it."""
    what = described.removeprefix("Show ").removeprefix("show ")
    return f"{what[:1].upper()}{what[1:]}"


def _answer(comparison: Comparison, view: View, *, otherwise: bool = False) -> Sheet:
    return comparison.document(view, Question(otherwise=otherwise))


def _of_figures(view: View) -> Sheet:
    return figures.of_every_unit(view)
