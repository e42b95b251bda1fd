"""With which other text one compares a text: the likeliest first, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from explorer.record import clauses, labels, lists
from explorer.record.days import first_day
from explorer.record.model import Ref, Text
from explorer.values import dataclass
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Likely:
    """A text, or an earlier state of the same, and why one compares it."""

    ref: Ref
    why: str
    on: date | None = None
    """The day on which it is to be read; None for that of the view."""


def likely(view: View, ref: Ref) -> tuple[Likely, ...]:
    """Every other text that was public, and earlier states of this one, the likeliest first."""
    text = view.index.text(ref)
    others = [view.index.text(other) for other in view.index.refs("text") if other != ref]
    days = first_day(text.issued)

    def order(other: Text) -> tuple[int, int]:
        return _kinship(text, other)[0], abs((first_day(other.issued) - days).days)

    found = (Likely(other.ref, _kinship(text, other)[1]) for other in sorted(others, key=order))
    return (*_earlier(view, text), *found)


def near(view: View, ref: Ref) -> Sequence[Ref]:
    """The texts that a record has to do with, oldest first; of the negotiation all.

    Those that name it or that it names; of what is no round and no issue, and has none, those
    of its round and its issues.
    """
    index = view.index
    if ref.kind == "negotiation":
        return lists.in_order(index, index.refs("text"))
    found = {*index.naming(ref, "text"), *index.named_in(ref, "text")}
    if not found and ref.kind not in ("round", "issue"):
        through = (of for kind in ("round", "issue") for of in index.named_in(ref, kind))
        found = {text for of in through for text in index.naming(of, "text")}
    return lists.in_order(index, [text for text in index.refs("text") if text in found])


def _earlier(view: View, text: Text) -> Iterator[Likely]:
    """The text as it read before each day from which it reads otherwise, the latest first."""
    for day in reversed(clauses.states(text)):
        before = day - timedelta(days=1)
        if day <= view.as_of and before >= first_day(text.issued):
            yield Likely(text.ref, f"as it read until {labels.day(before)}", before)


def _kinship(text: Text, other: Text) -> tuple[int, str]:
    """How near another text is to one, from 0, and why."""
    same_round = text.round_id is not None and text.round_id == other.round_id
    of_others = not set(text.issuer_ids) & set(other.issuer_ids)
    reasons = (
        ("its predecessor", other.id in (text.replaces_id, text.follows_id)),
        ("its successor", text.id in (other.replaces_id, other.follows_id)),
        ("what it replies to", other.id in text.replies_to_ids),
        ("replies to it", text.id in other.replies_to_ids),
        ("the other side’s, of the same round", same_round and of_others),
        ("the same in another language or translation", _original(text) == _original(other)),
        ("of the same round", same_round),
        ("", True),
    )
    return next((place, why) for place, (why, holds) in enumerate(reasons) if holds)


def _original(text: Text) -> str:
    return text.rendering_of_id or text.id
