"""Records and notes → styled text. The one home of glyphs and of how things look.

Styles are named by role (`muted`, `link`, `state-disputed`); `app.tcss` says what each
looks like, in any theme. Text is never parsed for markup.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from explorer.record import labels
from explorer.record.model import Ref, Round
from explorer.view import View

STATE_GLYPHS: Mapping[str, str] = {
    "raised": "○",
    "disputed": "✗",
    "under discussion": "◔",
    "agreed in principle": "◑",
    "agreed": "●",
    "being carried out": "▸",
    "paused": "‖",
    "settled": "✓",
}
NOTE_MARK = "✎"
CONFLICT_MARK = "≠"
SCOPE_MARK = "+"
ELLIPSIS = "…"

ROLES = (
    *("title", "heading", "rule", "label", "muted", "strong", "words", "link", "mark"),
    *("address", "warning", "error", "cursor", "current", "key"),
    *("state-open", "state-disputed", "state-agreed", "state-paused"),
    *("side-1", "side-2", "side-3", "side-4", "found"),
)
"""Each has a component class `look--ROLE` in app.tcss."""

_STATE_ROLES = {
    "raised": "state-open",
    "disputed": "state-disputed",
    "under discussion": "state-open",
    "agreed in principle": "state-agreed",
    "agreed": "state-agreed",
    "being carried out": "state-agreed",
    "paused": "state-paused",
    "settled": "state-agreed",
}

_SHORT_STATES = {
    "under discussion": "discussed",
    "agreed in principle": "in principle",
    "being carried out": "under way",
}
_STATE_WIDTH = 14
_NARROW = 34
"""Below this width a row leaves out what the record beside it says anyway."""
_ROOMY = 44


class Look:
    """The styles of the theme in use, by role, and what turns text into segments."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.styles = styles
        self._console = Console(theme=Theme(dict(styles), inherit=False), width=200)

    @classmethod
    def plain(cls) -> Look:
        """No styles at all, until the theme is known."""
        return cls({role: Style() for role in ROLES})

    def segments(self, text: Text) -> list[Segment]:
        return list(text.render(self._console))

    def wrap(self, text: Text, width: int) -> list[Text]:
        return list(text.wrap(self._console, max(width, 1), tab_size=4))


def state(name: str) -> Text:
    """A status by glyph and word: “✗ disputed”."""
    return Text(f"{STATE_GLYPHS[name]} {name}", _STATE_ROLES[name])


# Rows of the panes.


def fitted(text: Text, width: int) -> Text:
    """Text on exactly `width` cells, cut with an ellipsis or filled with blanks."""
    over = cell_len(text.plain) > width
    if over:
        kept = set_cell_size(text.plain, max(width - 1, 0)).rstrip()
        text = text[: len(kept)]
        text.append(ELLIPSIS if width > 0 else "")
    text.pad_right(max(width - cell_len(text.plain), 0))
    return text


def row(width: int, left: Text, right: Text | None = None) -> Text:
    """A row: what matters at the left, cut where it must be, and a column at the right."""
    if right is None or not right.plain:
        return fitted(left, width)
    room = width - cell_len(right.plain) - 1
    return Text.assemble(fitted(left, max(room, 0)), " ", right)


def round_row(view: View, ref: Ref, width: int, _headed: bool) -> Text:
    this_round = view.index.round(ref)
    number = str(this_round.number) if this_round.number else "·"
    left = Text.assemble((f"{number:>2} ", "muted"), this_round.name)
    if this_round.meeting != "talks" and not this_round.name.endswith("call"):
        left.append(f" {this_round.meeting}", "muted")
    return row(width, left, _days(view, this_round, width))


def _days(view: View, this_round: Round, width: int) -> Text:
    if view.is_to_come(this_round):
        planned = this_round.first_set
        when = labels.day(planned) if width >= _NARROW else labels.short_day(planned)
        left = view.counting.briefly(planned) if width >= _ROOMY else ""
        return Text(f"○ {when}, {left}" if left else f"○ {when}", "warning")
    starts = this_round.starts
    when = view.days_of(this_round) if width >= _NARROW else labels.short_day(starts)
    return Text(when, "muted")


def delegate_row(view: View, ref: Ref, width: int, _headed: bool) -> Text:
    if ref.kind == "delegation":
        return row(width, Text(view.index.delegation(ref).name, "strong"))
    delegate = view.index.delegate(ref)
    name = Text(f"  {delegate.name}")
    if not delegate.roles or width < _NARROW:
        return row(width, name)
    return row(width, Text.assemble(fitted(name, 18), " ", (delegate.latest_role, "muted")))


def issue_row(view: View, ref: Ref, width: int, _headed: bool) -> Text:
    issue = view.index.issue(ref)
    status = issue.latest_status
    if status is None:
        return row(width, Text(issue.name))
    role = _STATE_ROLES[status.state]
    glyph = Text(STATE_GLYPHS[status.state], role)
    if width < _NARROW:
        # Too narrow for the word, which the record beside it says in full.
        return row(width, Text.assemble(glyph, " ", issue.name))
    glyph.append(f" {_SHORT_STATES.get(status.state, status.state)}", role)
    return row(width, Text(issue.name), fitted(glyph, _STATE_WIDTH))


def issue_heading(view: View, ref: Ref) -> str:
    return view.index.issue(ref).group


def quote_heading(view: View, ref: Ref) -> str:
    """The month the words were said in."""
    return labels.month(view.index.quote(ref).day)


def heading_row(heading: str, width: int) -> Text:
    """A heading between rows, with a quiet line to the edge."""
    named = fitted(Text(f" {heading} ", "heading"), min(cell_len(heading) + 2, width))
    return Text.assemble(named, ("─" * (width - cell_len(named.plain) - 1), "rule"))


def quote_row(view: View, ref: Ref, width: int, headed: bool) -> Text:
    quote = view.index.quote(ref)
    speaker = view.index.delegate(quote.speaker_id)
    # The heading above says the month, when there is room for one.
    when = labels.day_of_month(quote.day) if headed else labels.short_day(quote.day)
    words = " ".join(quote.text.split())
    return row(
        width,
        Text.assemble(
            (f"{when:>2} ", "muted"),
            fitted(Text(speaker.short), 12 if width >= _ROOMY else 10),
            " ",
            labels.in_marks(words, quote.form),
        ),
    )
