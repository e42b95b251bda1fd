"""Where each issue stood after each round, as a grid of signs; the same stands in words below."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.comparisons import on_the_table
from explorer.documents.comparisons.on_the_table import Row
from explorer.documents.html_body import Address, plain_text, set_as_text
from explorer.edition.tree import Tree
from explorer.record import labels
from explorer.record.model import Ref
from explorer.record.state_signs import STATE_GLYPHS
from explorer.view import View

_LONGEST = 26
"""Characters of the name of a round; it stands upright above its column."""


def round_grid(tree: Tree, path: str) -> str:
    """The grid; nothing when no round had an issue on its table."""
    rows, rounds = on_the_table.rows(tree.view), on_the_table.rounds(tree.view)
    if not rows:
        return ""
    address = tree.seen_from(path)
    heads = "".join(_head(tree.view, this_round, address) for this_round in rounds)
    name = "Issues and rounds"
    return "\n".join(
        (
            f'<div class="wide" role="region" tabindex="0" aria-label="{name}">',
            '<table class="grid">',
            f"<thead><tr><td></td>{heads}</tr></thead>",
            "<tbody>",
            *(_row(tree.view, row, rounds, address) for row in rows),
            "</tbody>",
            "</table>",
            "</div>",
            *_legend(tree.view, rows),
        )
    )


def _head(view: View, ref: Ref, address: Address) -> str:
    this_round = view.index.round(ref)
    name = plain_text(f"{labels.title(view.index, ref)}, {view.days_of(this_round)}")
    sign = f"<b>{plain_text(this_round.number)}</b> " if this_round.number else ""
    short = plain_text(labels.shortened(this_round.name, _LONGEST))
    leads = plain_text(address(ref))
    return f'<th scope="col"><a href="{leads}" title="{name}">{sign}{short}</a></th>'


def _row(view: View, row: Row, rounds: tuple[Ref, ...], address: Address) -> str:
    name = set_as_text(labels.title(view.index, row.issue))
    cells = "".join(_cell(view, row.states.get(this_round, "")) for this_round in rounds)
    leads = plain_text(address(row.issue))
    return f'<tr><th scope="row"><a href="{leads}">{name}</a></th>{cells}</tr>'


def _cell(view: View, state: str) -> str:
    if not state:
        return "<td></td>"
    meaning = view.index.dataset.negotiation.meaning("state", state)
    sign, word = STATE_GLYPHS[meaning], plain_text(state)
    return (
        f'<td class="{plain_text(meaning)}" title="{word}"><span aria-hidden="true">{sign}</span>'
        f'<span class="unseen">{word}</span></td>'
    )


def _legend(view: View, rows: tuple[Row, ...]) -> Iterator[str]:
    """What each sign means, in the order of the states."""
    meaning = view.index.dataset.negotiation.meaning
    met = {state: meaning("state", state) for row in rows for state in row.states.values()}
    order = list(STATE_GLYPHS)
    yield '<ul class="legend">'
    for state in sorted(met, key=lambda state: (order.index(met[state]), state)):
        sign = STATE_GLYPHS[met[state]]
        words = f'<span aria-hidden="true">{sign}</span> {set_as_text(state)}'
        yield f'<li class="{plain_text(met[state])}">{words}</li>'
    yield "</ul>"
