"""What comparisons set side by side: the issues and the delegations, as the scope chooses them."""

from __future__ import annotations

from collections.abc import Collection

from explorer.record import lists
from explorer.record.model import Delegation, Ref
from explorer.view import View


def is_meant(view: View, ref: Ref) -> bool:
    """Whether a record is in the scope; of the kind that was chosen, only those chosen.

    A delegation stands for its delegates.
    """
    under = lists.listed_under(ref.kind)
    own = [chosen for chosen in view.chosen if lists.listed_under(chosen.kind) == under]
    if not view.in_scope(ref):
        return False
    return not own or any(ref in (c, *view.index.naming(c, "delegate")) for c in own)


def issues(view: View) -> tuple[Ref, ...]:
    """The issues in the scope, and only those chosen when issues were chosen."""
    chosen = [ref for ref in view.chosen if ref.kind == "issue"]
    return tuple(ref for ref in view.rows("issue") if not chosen or ref in chosen)


def delegations(view: View, others: Collection[str]) -> tuple[Delegation, ...]:
    """The delegations in the scope, in the order they were chosen, or else all to compare.

    `others` are those beside the sides that have something to compare. One alone is
    compared with all.
    """
    chosen = [ref.id for ref in view.chosen if ref.kind == "delegation"]
    if chosen[1:]:
        return tuple(map(view.index.delegation, chosen))
    return lists.side_by_side(view.index, others)
