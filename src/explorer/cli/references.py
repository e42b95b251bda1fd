"""What a person types: records by reference, id or name, kinds, and the date to look back to."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from explorer.cli.output import say
from explorer.errors import UsageError
from explorer.record.labels import day
from explorer.record.model import KINDS, PLURALS, Ref
from explorer.text.folding import fold
from explorer.text.near_words import nearest
from explorer.view import View


def ref_of(text: str) -> Ref:
    """The reference that was typed. Raises UsageError when it is none."""
    kind, colon, slug = fold(text.strip()).partition(":")  # ids have neither case nor accents
    known = kind_of(kind)
    if colon and slug and known is None and (near := nearest(kind, KINDS)):
        raise UsageError(f"there is no kind “{kind}”; did you mean {near}:{slug}?")
    try:
        return Ref.parse(f"{known or kind}{colon}{slug.strip()}")
    except ValueError:
        raise UsageError(f"“{text}” is not a reference such as issue:rare-earths") from None


def record_of(view: View, text: str, kinds: Container[str] = ()) -> Ref:
    """The record that was typed, by its reference or by an id that is its alone.

    An id that records of several kinds have means one of these `kinds`, if any of them is.
    Raises UsageError when the view has none, or several.
    """
    if ":" not in text:
        return _by_id(view, text, kinds)
    ref = ref_of(text)
    ref = view.index.current(ref) or ref
    if ref in view.index:
        return ref
    if view.whole.current(ref) is not None:
        raise UsageError(f"{ref} was not public on {day(view.as_of)}")
    near = nearest(ref.id, [other.id for other in view.index.refs(ref.kind)])
    hint = f"; did you mean {ref.kind}:{near}?" if near else ""
    raise UsageError(f"there is no {ref} in this dataset{hint}")


def _by_id(view: View, text: str, kinds: Container[str]) -> Ref:
    slug = fold(text.strip())
    found = [ref for kind in KINDS if (ref := view.index.current(Ref(kind, slug)))]
    if not found:
        found = [ref for ref, _, name in view.names if name == slug]
    found = [ref for ref in found if ref.kind in kinds] or found
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(map(str, found))
        raise UsageError(f"“{text}” may be {several}; say which")
    refs = view.index.everything()
    near = [str(ref) for ref in refs if slug and slug in ref.id][:3]
    if not near:
        likeliest = nearest(slug, [ref.id for ref in refs])
        near = [str(ref) for ref in refs if ref.id == likeliest]
    hint = "; a reference is written issue:rare-earths"
    hint = f"; did you mean {' or '.join(near)}?" if near else hint
    raise UsageError(f"no record is called “{text}”{hint}")


def kind_of(word: str) -> str | None:
    """The kind that a person means, in the singular or the plural and in any case."""
    meant = word.strip().casefold()
    return next((kind for kind in KINDS if meant in (kind, PLURALS.get(kind))), None)


def _since(view: View, typed: str, option: str) -> date:
    """The day that was typed after an option. Raises UsageError when it is none."""
    try:
        return view.day_said(typed)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from None


def since_of(view: View, typed: str | None, option: str, *, until: str | None) -> date | None:
    """The day since which is asked; `until` is what was typed of the other day, if anything.

    A day that is not covered becomes the nearest that is, which is said on stderr. Raises
    UsageError when it is not before the other day that was typed: that nothing happened in
    between would be untrue.
    """
    if typed is None:
        return None
    since = _since(view, typed, option)
    if until is not None and since >= (view.asked or view.as_of):
        raise not_before(view, typed, option)
    if view.covers(since):
        return since
    covered = view.at(since).as_of
    say(f"{option}: {day(since)} is not covered; {day(covered)} is taken for it.")
    return covered


def not_before(view: View, typed: str, option: str) -> UsageError:
    """That the day since which is asked is not before the day of the view."""
    since, last = _since(view, typed, option), view.asked or view.as_of
    same = "" if since == last else f", and {day(since)} is after it"
    return UsageError(f"{option}: it must be before {day(last)}, the as-of date{same}")
