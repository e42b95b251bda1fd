"""Records by what a person calls them: a reference, an id, a name, or words of a name."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.errors import UsageError
from explorer.record import labels
from explorer.record.model import KINDS, PLURALS, Ref
from explorer.text.folding import fold, matches
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line
from explorer.view import View

MOST = 20
"""Records to choose from; who means one of more has to say more."""


def named(view: View, typed: str) -> Sequence[Ref]:
    """The records that may be meant, at least one. Raises UsageError when there is none."""
    said = fold(typed.strip())
    kind, colon, slug = said.partition(":")
    if colon:
        return [_by_reference(view, kind, slug.strip(), typed)]
    found = [ref for kind in KINDS if (ref := view.index.current(Ref(kind, slug_of(said))))]
    found = found or [ref for ref, _, name in view.names if name == said]
    if not found:
        words = said.split()
        found = [ref for ref, _, name in view.names if matches(words, name)]
        # What somebody is called goes before what is only said there.
        found.sort(key=lambda ref: ref.kind in ("quote", "source"))
    shown = labels.shortened(one_line(typed), 40)
    if len(found) > MOST:
        raise UsageError(
            f"“{shown}” is in {len(found)} names; say more of it, or search: s {shown}"
        )
    if found:
        return found
    near = nearest(said, [name for ref, _, name in view.names if ref.kind != "quote"])
    meant = next((name for _, name, folded in view.names if folded == near), "") if near else ""
    hint = f"did you mean “{one_line(meant)}”?" if meant else f"“s {shown}” searches for it"
    raise UsageError(f"no record is called “{shown}”; {hint}")


def slug_of(said: str) -> str:
    """Words as an id has them."""
    return "-".join(said.split())


def _by_reference(view: View, kind: str, slug: str, typed: str) -> Ref:
    shown = labels.shortened(one_line(typed), 40)
    known = next((one for one in KINDS if kind.strip() in (one, PLURALS.get(one))), None)
    if known is None or not slug:
        raise UsageError(f"“{shown}” is no reference such as issue:rare-earths")
    ref = Ref(known, slug)
    current = view.index.current(ref)
    if current is not None:
        return current
    if view.whole.current(ref) is not None:
        raise UsageError(f"{shown} was not public on {labels.day(view.as_of)}")
    near = nearest(slug, [other.id for other in view.index.refs(known)])
    hint = f"; did you mean {known}:{near}?" if near else ""
    raise UsageError(f"there is no {known} of that id{hint}")
