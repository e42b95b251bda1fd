"""What a person typed, taken apart, and asked of the index of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace

from explorer.search.word_split import words_in
from explorer.text.folding import fold
from explorer.values import dataclass

LONGEST = 500
"""Most characters that are looked at: more words take longer than one waits for."""

_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PART = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<filter>[^\W\d_]+):(?!//))?    # an address is not a filter
        (?:"(?P<phrase>[^"]*)(?P<over>"?)|(?P<word>[^\s"]*))
    """,
    re.VERBOSE,
)


Span = tuple[int, int]
"""Where something begins and ends in a text."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that follow one another."""

    words: tuple[str, ...]
    begun: bool = False
    """Whether the last word may be only begun, because one is still typing."""
    at: Span = field(default=(0, 0), compare=False)
    """Where it stands in what was typed."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as typed, its name folded."""

    name: str
    value: str
    left_out: bool = False
    """Whether it was typed with a minus: what agrees with it is not wanted."""
    at: Span = field(default=(0, 0), compare=False)
    """Where it stands in what was typed, less the minus."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The parts of what was typed."""

    terms: tuple[Term, ...] = ()
    """What must occur."""
    unwanted: tuple[Term, ...] = ()
    """What must not."""
    filters: tuple[Filter, ...] = ()
    is_cut: bool = False
    """Whether it was too long to be looked at in full."""


def taken_apart(typed: str, is_a_word: Callable[[str], bool] = lambda _: False) -> Typed:
    """The parts of what was typed. Whatever it is, it has some meaning, if only none.

    `is_a_word` says of a folded word before a colon and a blank that it is no filter: somebody
    took over “Bessent: We are …” from a page.
    """
    terms: list[Term] = []
    unwanted: list[Term] = []
    filters: list[Filter] = []
    for part in _PART.finditer(typed[:LONGEST].translate(_QUOTATION_MARKS)):
        said = part["phrase"] if part["word"] is None else part["word"]
        name = fold(part["filter"] or "")
        if name and not said and is_a_word(name):
            said, name = name, ""
        at = (part.start() + len(part["minus"]), part.end())
        if name:
            filters.append(Filter(name, said.strip(), bool(part["minus"]), at))
        elif words := words_in(said):
            (unwanted if part["minus"] else terms).append(Term(words, not part["over"], at))
    # Only the last one is still being typed.
    terms[:-1] = [replace(term, begun=False) for term in terms[:-1]]
    return Typed(
        tuple(terms),
        tuple(replace(term, begun=False) for term in unwanted),
        tuple(filters),
        is_cut=len(typed) > LONGEST,
    )


def with_instead(typed: str, corrections: Iterable[tuple[Span, str]]) -> str:
    """What was typed, with other words at some places of it."""
    for (begins, over), words in sorted(corrections, reverse=True):
        typed = typed[:begins] + words + typed[over:]
    return typed


def all_of(terms: Sequence[Term]) -> str:
    """What FTS5 is asked for documents that have all the terms.

    Closer agreement ranks higher, since it is asked for beside what is less close: the words as
    they were typed beside each of them, a word beside its beginning, and each in a name beside
    each anywhere, for what is rarer counts for more.
    """
    asked = f"({' AND '.join(dict.fromkeys(map(_closely, terms)))})"
    if len(terms) == 1:
        return asked
    together = Term(tuple(word for term in terms for word in term.words), terms[-1].begun)
    return f"{asked} OR {_closely(together)}"


def plainly(terms: Sequence[Term]) -> str:
    """What FTS5 is asked for the same documents, when nothing is to be ranked."""
    return " AND ".join(dict.fromkeys(map(_plainly, terms)))


def in_names(terms: Sequence[Term]) -> str:
    """What FTS5 is asked for documents that have all the terms in their names."""
    return f"names : ({plainly(terms)})"


def any_of(terms: Sequence[Term]) -> str:
    """What FTS5 is asked for documents that have one of the terms."""
    return " OR ".join(map(_phrase, terms))


def _closely(term: Term) -> str:
    phrase = _phrase(term)
    ways = [phrase, f"{phrase} *"] if term.begun else [phrase]
    return f"({' OR '.join([*ways, *(f'names : {way}' for way in ways)])})"


def _plainly(term: Term) -> str:
    return f"{_phrase(term)} *" if term.begun else _phrase(term)


def _phrase(term: Term) -> str:
    # Words are letters and digits only, so that quotation marks hold them whatever they are.
    return f'"{" ".join(term.words)}"'
