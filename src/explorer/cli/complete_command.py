"""`explorer complete`: what a shell offers for a word that is being typed; shells call it.

A value a line, and behind a tab what it is. Whatever is wrong, nothing is printed: who presses
Tab wants no message.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from explorer import dataset, opening
from explorer.cli.arguments import Parser
from explorer.cli.given_dataset import dataset_path, notes_folder, overlays_folder
from explorer.errors import ExplorerError
from explorer.record import labels
from explorer.record.model import KINDS, Ref
from explorer.text.folding import fold
from explorer.text.sanitize import one_line
from explorer.view import View

MOST = 400
"""Values that are offered at once."""
_FEW = ("round", "issue", "delegation", "figure", "text")
"""Kinds that are offered before anything is typed; the others have hundreds."""
_DAYS = (
    ("today", "the day of your calendar"),
    ("end", "the last day covered"),
    ("-1w", "a week before"),
    ("-1m", "a month before"),
)
_OF_KINDS: Mapping[str, Sequence[str]] = {
    "ref": (),
    "issue": ("issue",),
    "round": ("round",),
    "text": ("text",),
    "figure": ("figure",),
}
_OPTIONS = ("--dataset", "--as-of", "--notes", "--overlay")

Value = tuple[str, str]


def add_arguments(parser: Parser) -> None:
    parser.add_argument("what", metavar="VALUES", help="ref, day, dataset, tag, watch …")
    parser.add_argument("typed", metavar="TYPED", help="the word as far as it is typed")
    parser.add_argument("words", metavar="LINE", nargs="*", help="all words of the line")


def run(args: argparse.Namespace) -> int:
    try:
        found = [*_values(args.what, args.typed, args.words)]
    except (ExplorerError, OSError, ValueError):
        return 0
    for value, about in found[:MOST]:
        print(f"{one_line(value)}\t{one_line(about)}")
    return 0


def _values(what: str, typed: str, words: Sequence[str]) -> Iterator[Value]:
    begun = fold(typed)
    if what == "dataset":
        offered: Iterator[Value] = ((name, "comes with explorer") for name in dataset.bundled())
    elif what in _OF_KINDS:
        yield from _records(_view(words), _OF_KINDS[what], begun)
        return
    elif what in _OFFERED:
        offered = _OFFERED[what](_view(words))
    else:
        return
    yield from ((value, about) for value, about in offered if fold(value).startswith(begun))


def _view(words: Sequence[str]) -> View:
    """The record that the rest of the line is about. Raises ExplorerError."""
    said: dict[str, str] = {}
    named: list[str] = []
    for number, word in enumerate(words):
        option, sign, value = word.partition("=")
        if option in _OPTIONS and (sign or number + 1 < len(words)):
            said[option] = value if sign else words[number + 1]
        elif word in dataset.bundled() or (Path(word).is_dir() and "/" in word):
            named.append(word)
    args = argparse.Namespace(
        dataset=[said["--dataset"]] if "--dataset" in said else named[-1:],
        notes=said.get("--notes"),
        overlay=said.get("--overlay"),
    )
    overlays, is_asked = overlays_folder(args)
    return opening.read(
        dataset_path(args),
        notes_folder(args),
        said.get("--as-of"),
        overlays=overlays,
        is_overlay_asked=is_asked,
    ).view


def _records(view: View, kinds: Sequence[str], begun: str) -> Iterator[Value]:
    """Ids, with their kind where it is typed or the id is not of one record alone."""
    index = view.index
    kind, colon, slug = begun.partition(":")
    if colon:
        refs = index.refs(kind) if kind in KINDS and kind in (kinds or KINDS) else ()
        named = ((str(ref), ref) for ref in refs if ref.id.startswith(slug))
    else:
        ids = Counter(ref.id for ref in index.everything())
        of = kinds or (KINDS if begun else _FEW)
        all_of = (ref for kind in of for ref in index.refs(kind) if ref.id.startswith(begun))
        named = ((ref.id if kinds or ids[ref.id] == 1 else str(ref), ref) for ref in all_of)
    for number, (value, ref) in enumerate(named):
        if number == MOST:
            return
        yield value, _about(view, ref)


def _about(view: View, ref: Ref) -> str:
    name = labels.shortened(one_line(labels.title(view.index, ref)), 60)
    return f"{labels.KIND_NAMES.get(ref.kind, ref.kind)}: {name}"


def _days(view: View) -> Iterator[Value]:
    for each in view.index.dataset.rounds:
        yield each.id, f"{one_line(each.name)}, {view.days_of(each)}"
    yield from _DAYS


def _tags(view: View) -> Iterator[Value]:
    from explorer.transfer import tag_list

    for tag, number in tag_list.counted(view.shown_notes()):
        yield tag, labels.counted(number, "note")


def _watches(view: View) -> Iterator[Value]:
    from explorer.seen.watches import Watches

    for watch in Watches(view.whole.dataset.negotiation.id).read():
        yield watch.name, watch.words


_OFFERED: Mapping[str, Callable[[View], Iterator[Value]]] = {
    "day": _days,
    "tag": _tags,
    "watch": _watches,
}
