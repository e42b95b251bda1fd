"""How documents are ranked, and which of them come first, as expressions of SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from explorer.search.named import Preference

Condition = str
"""A condition of SQL on the number of a document, which is written as #."""
HasTrait = Callable[[str, Iterable[str]], Condition]
"""Says that a filter of a name keeps a document for one of some ids."""

_SCORE = "-bm25(words, 10.0, 1.5, 0.5, 0.25)"
"""The numbers say what a word counts for in each column."""
_OWN_WORDS = "-bm25(words, 0.0, 0.0, 1.0, 0.05)"
"""The same for quotes of one speaker, whose name they all bear: their words count."""
_AS_HEADED = "-bm25(words, 10.0, 1.5, 1.5, 1.5)"
"""The same for quotes among all the rest: who says it, and where, counts like a heading."""
_FIRST, _SECOND = 200.0, 100.0
"""What the score is greater by of what is to come first, and of what is to come next."""


def scored(preference: Preference | None, has_trait: HasTrait) -> str:
    """How well a document agrees with what its words are asked for."""
    if preference is None:
        return _SCORE
    meant = of_words(is_meant(preference, has_trait))
    is_quote = of_words(has_trait("kind", ["quote"]))
    match preference.how:
        case "person":
            return f"{_SCORE} + CASE WHEN {meant} THEN {_FIRST} ELSE 0 END"
        case "beside":
            return f"CASE WHEN {meant} AND {is_quote} THEN {_AS_HEADED} ELSE {_SCORE} END"
        case "said":
            rest = f"{_SECOND} + {_SCORE}"
            said = f"CASE WHEN {is_quote} THEN {_FIRST} + {_OWN_WORDS} ELSE {rest} END"
            return f"CASE WHEN {meant} THEN {said} ELSE {_SCORE} END"


def is_meant(preference: Preference, has_trait: HasTrait) -> Condition:
    """That a document is one of those that are preferred."""
    if preference.how == "person":
        records = listed(preference.records)
        people = f"SELECT number FROM document WHERE record IN ({records}) AND entry = 0"  # noqa: S608 -- numbers
        return f"# IN ({people} AND note = '')"
    named: defaultdict[str, list[str]] = defaultdict(list)
    for name, slug in preference.traits:
        named[name].append(slug)
    either = [has_trait(name, slugs) for name, slugs in named.items()]
    return f"({' OR '.join(either)})" if either else "1"


def of_words(condition: Condition) -> str:
    """A condition as it is asked beside the words of a document."""
    return condition.replace("#", "+words.rowid")


def listed(numbers: Iterable[int]) -> str:
    """Numbers as SQL lists them."""
    return ", ".join(str(int(number)) for number in numbers)
