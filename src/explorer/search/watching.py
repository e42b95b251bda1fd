"""What of the news is in each watch: which records its search finds, and its scope holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace

from explorer.record.lists import listed_under
from explorer.record.model import Ref
from explorer.search.engine import Engine
from explorer.search.query import taken_apart
from explorer.seen import Item, News, Watched, plain_form
from explorer.seen.watches import Watch
from explorer.text.folding import fold, matches
from explorer.view import Scope, View

_ALL = 1_000_000_000


def watched(view: View, news: News, watches: Sequence[Watch]) -> tuple[Watched, ...]:
    """What is new in each watch, in the whole record. Not for the thread that draws."""
    whole = replace(view.at(None), scope=Scope())
    if not news.items:
        return tuple(Watched(watch.name, ()) for watch in watches)
    if not any(watch.words for watch in watches):
        return tuple(_found(whole, news, watch, None) for watch in watches)
    with closing(Engine(whole)) as engine:
        return tuple(_found(whole, news, watch, engine) for watch in watches)


def _found(whole: View, news: News, watch: Watch, engine: Engine | None) -> Watched:
    there = [item for item in news.items if item.fate != "withdrawn"]
    refs = {item.ref for item in there}
    trouble = ""
    if watch.scope:
        now = [whole.index.current(ref) for ref in watch.scope]
        chosen = tuple(ref for ref in now if ref is not None)
        if len(chosen) < len(watch.scope):
            trouble = "A record of its scope is no longer in the dataset."
        scoped = whole.within(Scope(chosen)) if chosen else whole
        refs = {ref for ref in refs if chosen and _is_meant(scoped, ref)}
    if watch.words and engine is not None:
        results = engine.search(watch.words, _ALL)
        if results.is_refused:
            trouble = results.trouble
        refs &= {hit.ref for hit in results.hits}
    gone = (i.ref for i in news.items if i.fate == "withdrawn" and _was_in(i, watch))
    order = {item.ref: number for number, item in enumerate(news.items)}
    return Watched(watch.name, tuple(sorted({*refs, *gone}, key=order.__getitem__)), trouble)


def _is_meant(view: View, ref: Ref) -> bool:
    """Whether a record is in the scope; of the kind that was chosen, only those chosen."""
    own = [chosen for chosen in view.chosen if listed_under(chosen.kind) == listed_under(ref.kind)]
    if not view.in_scope(ref):
        return False
    return not own or any(ref in (c, *view.index.naming(c, "delegate")) for c in own)


def _was_in(item: Item, watch: Watch) -> bool:
    """Whether a record that is gone was in a watch, as far as it said so itself."""
    form: plain_form.PlainForm = {}
    with suppress(ValueError):
        form = plain_form.read(item.before)
    named = {item.ref, *plain_form.named_in(form)}
    if watch.scope and not named.intersection(watch.scope):
        return False
    if not watch.words:
        return True
    typed = taken_apart(watch.words)
    if typed.filters:  # of what is gone nobody knows
        return False
    words = [word for term in typed.terms for word in term.words]
    unwanted = [word for term in typed.unwanted for word in term.words]
    text = fold(" ".join(_texts(form)))
    return matches(words, text) and not (unwanted and matches(unwanted, text))


def _texts(form: object) -> Iterable[str]:
    match form:
        case str():
            yield form
        case list():
            for each in form:
                yield from _texts(each)
        case dict():
            for each in form.values():
                yield from _texts(each)
