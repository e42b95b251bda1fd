"""The index of the search: which words are in which records, in small files.

A page that was opened as a file may load scripts beside it, and nothing else; so the files are
scripts that hand over what they hold. Words are in order, and a file has those from one on to
the next; records are in the order in which they are offered. The search loads the few files it
needs: of a hundred thousand quotes it is as quick as of a hundred.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator

from explorer.edition import addresses
from explorer.record import labels
from explorer.record.days import Day
from explorer.record.lists import own_day
from explorer.record.model import Quote, Ref, Source
from explorer.search import findable
from explorer.search.word_split import words_in
from explorer.view import View

MANIFEST = "search/index.js"
WORDS_A_FILE = 60_000
"""Characters of a file of words, about; a word that is in very many records has one alone."""
RECORDS_A_FILE = 400
_LONGEST_WORD = 40
"""Letters of a word by which it is found."""
_LONGEST_NAME = 160
_MAIN = ("negotiation", "issue", "round", "delegation")
"""The kinds of which a name that only begins as what is typed is as good as the word itself."""
_FIRST = (
    *("negotiation", "issue", "round", "delegation", "delegate", "text", "figure"),
    *("measure", "point", "milestone", "conflict", "quote", "source"),
)
"""The kinds in the order in which records are offered that a search finds equally good."""


def index_files(view: View) -> Iterator[tuple[str, str]]:
    """The files of the index, each with its path."""
    refs = _in_order(view)
    yield from _records(view, refs)
    firsts = []
    for number, (first, text) in enumerate(_words(view, refs)):
        firsts.append(first)
        yield f"search/words-{number}.js", text
    kinds = {kind: labels.KIND_NAMES[kind] for kind in _FIRST}
    main = sum(ref.kind in _MAIN for ref in refs)
    about = {
        "main": main,
        "each": RECORDS_A_FILE,
        "words": firsts,
        "kinds": kinds,
    }
    yield MANIFEST, f"explorerIndex({_json(about)});\n"


def _in_order(view: View) -> list[Ref]:
    index = view.index
    found: list[Ref] = []
    for kind in _FIRST:
        found += index.newest_quotes() if kind == "quote" else index.refs(kind)
    return found


def _records(view: View, refs: list[Ref]) -> Iterator[tuple[str, str]]:
    """What is shown of each record that is found: kind, name of its page, title, day."""
    for start in range(0, len(refs), RECORDS_A_FILE):
        listed = [_shown(view, ref) for ref in refs[start : start + RECORDS_A_FILE]]
        number = start // RECORDS_A_FILE
        yield f"search/records-{number}.js", f"explorerRecords({number},{_json(listed)});\n"


def _shown(view: View, ref: Ref) -> list[str]:
    record = view.index[ref]
    title = labels.shortened(labels.title(view.index, ref), _LONGEST_NAME)
    day: Day | None = None
    match record:
        case Quote():
            day = record.day
        case Source():
            pass  # its title has it
        case _:
            day = own_day(record)
    return [ref.kind, addresses.file_name(ref.id), title, labels.day(day) if day else ""]


def _words(view: View, refs: list[Ref]) -> Iterator[tuple[str, str]]:
    """The first word of each file, and the file: each word with the records that have it."""
    found = _found(view, {ref: number for number, ref in enumerate(refs)})
    held: dict[str, str] = {}
    size, number = 0, 0
    for word in sorted(found):
        listed = _packed(found.pop(word))
        if held and size + len(listed) > WORDS_A_FILE:
            yield next(iter(held)), f"explorerWords({number},{_json(held)});\n"
            held, size, number = {}, 0, number + 1
        held[word] = listed
        size += len(word) + len(listed) + 6
    if held:
        yield next(iter(held)), f"explorerWords({number},{_json(held)});\n"


def _found(view: View, places: dict[Ref, int]) -> dict[str, array[int]]:
    """For each word the records that have it: twice the number of each, and one if in its name."""
    found: dict[str, array[int]] = defaultdict(lambda: array("i"))
    for document in findable.documents(view):
        place = places.get(document.ref)
        if place is None:
            continue
        heads = (document.title, *document.names, *document.heading)
        names = (
            {word for text in heads for word in words_in(text)} if not document.note_id else set()
        )
        texts = (*document.texts, *document.about, *document.unseen)
        words = {word for text in texts for word in words_in(text)}
        for word in names | words:
            found[word[:_LONGEST_WORD]].append(2 * place + (word in names))
    return found


def _packed(numbers: array[int]) -> str:
    """Numbers as how much larger each is than the one before, in letters and digits."""
    best: dict[int, int] = {}
    for number in numbers:
        best[number >> 1] = max(number, best.get(number >> 1, 0))
    before, parts = 0, []
    for number in sorted(best.values()):
        parts.append(_base36(number - before))
        before = number
    return " ".join(parts)


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = digits[digit] + text
        if not number:
            return text


def _json(value: object) -> str:
    """JSON that is JavaScript too, and cannot end the element of a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
