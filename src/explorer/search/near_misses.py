"""What could be typed instead when next to nothing is found: “soybeans” for “soyabeans”."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, islice, pairwise, product
from typing import NamedTuple

from explorer.search.query import Span, Term, Typed, with_instead
from explorer.search.word_split import words_in
from explorer.search.word_table import WordTable

ENOUGH = 3
"""Hits from which nothing else is offered."""
_LEAST, _MOST = 4, 40
"""Letters of a word for which another is looked for."""
_ALIKE, _VERY_ALIKE = 0.75, 0.85
"""How like a word must be to one that is not there, and to one that is."""
_FAR_MORE = 10
"""How much oftener another word must occur than one that does, too."""
_WORDS = 12
"""Words of what is typed that are looked at."""
_ASKING = frozenset(
    "a about an and are at by did do does for from has have how in is it of on said say says "
    "tell the to was were what when where which who why with".split()
)
"""Words by which one asks, and which few texts have all of."""
_EACH, _OTHER, _TRIED = 3, 4, 8
"""Other words tried for each, other ways with these, and other ways in all to say the whole."""


class _Piece(NamedTuple):
    """One of the words that are sought."""

    word: str
    at: Span
    whole: Span
    """Where what it is typed as stands: with a colon behind it, or in quotation marks."""
    begun: bool


def near_miss(
    typed: str,
    asked: Typed,
    tables: Sequence[WordTable],
    finds_more: Callable[[str], bool],
) -> str:
    """What was typed with other words where they are like those that are there; or nothing.

    It is only offered when `finds_more` says that more is found by it, so that nothing is
    named that is not shown on the day.
    """
    pieces = list(islice(_pieces(typed, asked), _WORDS))
    otherwise = list(_otherwise(pieces, tables))
    ways = chain(
        otherwise,
        _joined(typed, pieces, tables),
        _split(pieces, tables),
        _unasked(pieces, otherwise[0]),
    )
    for way in islice(filter(None, ways), _TRIED):
        instead = " ".join(with_instead(typed, way).split())
        if finds_more(instead):
            return instead
    return ""


def _pieces(typed: str, asked: Typed) -> Iterator[_Piece]:
    for term in asked.terms:
        begins, over = term.at
        places = [place.span() for place in re.finditer(r"\w+", typed[begins:over])]
        for number, (first, last) in enumerate(places, 1):
            words = words_in(typed[begins + first : begins + last])
            if len(words) == 1:
                at = (begins + first, begins + last)
                whole = term.at if len(places) == 1 else at
                yield _Piece(words[0], at, whole, term.begun and number == len(places))


def _otherwise(
    pieces: Sequence[_Piece], tables: Sequence[WordTable]
) -> Iterator[list[tuple[Span, str]]]:
    """The words with those that are like them where they are not there, or hardly ever."""
    choices: list[list[tuple[Span, str] | None]] = []
    for piece in pieces:
        others = _like(piece, tables) if _LEAST <= len(piece.word) <= _MOST else []
        choices.append([(piece.at, other) for other in others] or [None])
    for chosen in islice(product(*choices), _OTHER):
        yield [one for one in chosen if one is not None]


def _like(piece: _Piece, tables: Sequence[WordTable]) -> list[str]:
    """The words that are there and are most like one, if it is not."""
    term = Term((piece.word,), piece.begun)
    there = sum(table.some((term,), ENOUGH) for table in tables)
    if there >= ENOUGH or not piece.word.isalpha():
        return []
    often: dict[str, int] = {}
    for table in tables:
        for word, number in table.spelt_like(piece.word):
            often[word] = often.get(word, 0) + number
    compared = SequenceMatcher(None, b=piece.word, autojunk=False)
    letters = set(piece.word)
    near: list[tuple[float, int, str]] = []
    for word, number in often.items():
        if len(letters.symmetric_difference(word)) > len(letters) // 2 + 1 or word == piece.word:
            continue
        if number < there * _FAR_MORE:
            continue
        compared.set_seq1(word)
        likeness = compared.ratio()
        if likeness >= (_VERY_ALIKE if there else _ALIKE):
            near.append((-likeness, -number, word))
    return [word for _, _, word in sorted(near)[:_EACH]]


def _joined(
    typed: str, pieces: Sequence[_Piece], tables: Sequence[WordTable]
) -> Iterator[list[tuple[Span, str]]]:
    """Two words as one: “soy beans”."""
    for first, second in pairwise(pieces):
        both = first.word + second.word
        is_apart = not typed[first.at[1] : second.at[0]].strip(" -")
        if is_apart and _are_there((both,), tables):
            yield [((first.at[0], second.at[1]), both)]


def _split(
    pieces: Sequence[_Piece], tables: Sequence[WordTable]
) -> Iterator[list[tuple[Span, str]]]:
    """A word as two that follow one another: “rareearths”."""
    for piece in pieces:
        word = piece.word[:_MOST]
        for place in range(2, len(word) - 1):
            two = (word[:place], word[place:])
            if len(word) == len(piece.word) and _are_there(two, tables):
                yield [(piece.at, " ".join(two))]


def _unasked(
    pieces: Sequence[_Piece], otherwise: list[tuple[Span, str]]
) -> Iterator[list[tuple[Span, str]]]:
    """Without the words of a question: “what did Bessent say about soybeans”."""
    asking = [piece for piece in pieces if piece.word in _ASKING]
    if len(asking) < len(pieces):
        places = {piece.at for piece in asking}
        others = [(at, word) for at, word in otherwise if at not in places]
        yield [*others, *((piece.whole, "") for piece in asking)]


def _are_there(words: tuple[str, ...], tables: Sequence[WordTable]) -> bool:
    return any(table.some((Term(words),), 1) for table in tables)
