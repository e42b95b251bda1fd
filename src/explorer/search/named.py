"""Who is meant by words that are no filter: “bessent soybeans”, “treasury secretary chips”.

Whoever names a speaker and something else wants first what that speaker said of it. The words
must occur all the same, for a name may be meant otherwise; those of a post need not, since few
quotes say which post their speaker holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from explorer.record.model import Delegate
from explorer.search.query import Term
from explorer.search.word_split import words_in
from explorer.values import dataclass
from explorer.view import View

_MANY = 5_000
"""People, sides and rounds from which none is looked for by name: it would take too long."""
_LONGEST = 6
"""Most words of a name that are looked for."""
_LEAST = 3
"""Letters from which a word that is only begun may be a name or a post."""
_LEAST_OF_NAME = 4
"""Letters from which a word of a person's name stands for the person."""
_SMALL = frozenset(("a", "an", "and", "at", "for", "in", "of", "s", "the", "to"))
"""Words that do not say which post it is."""
_APART = re.compile(r"[,;]|\band\b")
_OF_WHAT = re.compile(r"\b(?:of|for|to|at|in)\b")

Words = tuple[str, ...]
Trait = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Preference:
    """What is to come before the rest of what agrees."""

    how: Literal["said", "person", "beside"]
    """Whether it is what the speakers said, quotes first, or the speakers themselves; “beside”
    is quotes that are ranked by their words, with all the rest."""
    terms: tuple[Term, ...]
    """What must occur in it."""
    traits: tuple[Trait, ...] = ()
    """What filters keep it: it has one of them."""
    records: tuple[int, ...] = ()
    """The numbers of the records, when it is people."""


@dataclass(frozen=True, slots=True)
class _Post:
    """What somebody is, “US Treasury Secretary”, or the name of an office."""

    holder: str
    words: frozenset[str]
    least: int
    """How many of these must be said: a “house” alone is not the White House."""


class Named:
    """The names and posts of a view, found among what is typed."""

    def __init__(self, view: View) -> None:
        self._index = view.index
        self._names: defaultdict[Words, set[Trait]] = defaultdict(set)
        self._posts: defaultdict[str, set[_Post]] = defaultdict(set)
        """Posts by the word that says what they are: “secretary”."""
        there = view.index.dataset
        if len(there.delegates) + len(there.delegations) + len(there.rounds) > _MANY:
            return
        for side in there.delegations:
            self._add(("delegation", side.id), (side.name, side.short, side.id))
        for held in there.rounds:
            self._add(("round", held.id), (held.name, held.city, held.id))
        for delegate in there.delegates:
            self._add_delegate(delegate)

    def _add(self, trait: Trait, names: Iterable[str]) -> None:
        for name in names:
            if words := words_in(name):
                self._names[words].add(trait)

    def _add_delegate(self, delegate: Delegate) -> None:
        names = [delegate.name, delegate.short, delegate.native_name, delegate.id]
        titles = [(role.title, 1) for role in delegate.roles]
        if delegate.office:  # “Ministry of Commerce” is the commerce ministry too
            titles += ((name, 2) for name in names[:2])
        else:
            names += (word for word in words_in(delegate.name) if len(word) >= _LEAST_OF_NAME)
        self._add(("speaker", delegate.id), names)
        for title, least in titles:
            for part in _APART.split(title):
                words = frozenset(words_in(part)) - _SMALL
                for head in words_in(_OF_WHAT.split(part)[0])[-1:]:
                    self._posts[head].add(_Post(delegate.id, words, least))

    def preference(self, terms: Sequence[Term]) -> Preference | None:
        """What is to come first of what agrees with some terms."""
        words = [word for term in terms for word in term.words]
        is_begun = bool(terms) and terms[-1].begun
        runs, left = self._named(words, is_begun)
        holders, of_post = self._holders(words, is_begun)
        # The “treasury” of the treasury secretary names no other speaker.
        named = {trait for run, traits in runs if not of_post.issuperset(run) for trait in traits}
        speakers = {slug for name, slug in named if name == "speaker"}
        if speakers:  # beside a name a post says no more than the name does
            of_post = of_post if speakers & holders else frozenset()
            holders &= speakers
        other = left - of_post - _SMALL
        if not other and not (speakers and len(named) > len(speakers)):
            numbers = (self._index.number(self._index.delegate(slug).ref) for slug in holders)
            people = tuple(sorted(n for n in numbers if n is not None)) if of_post else ()
            return Preference("person", tuple(terms), records=people) if people else None
        if by := tuple(("speaker", slug) for slug in sorted(speakers or holders)):
            rest = tuple(term for term in terms if not of_post.issuperset({*term.words} - _SMALL))
            return Preference("said", rest, by)
        return Preference("beside", tuple(terms), tuple(sorted(named))) if named else None

    def _named(
        self, words: list[str], is_begun: bool
    ) -> tuple[list[tuple[Words, set[Trait]]], set[str]]:
        """Who and what is named by words that follow one another, and the words left over."""
        named: list[tuple[Words, set[Trait]]] = []
        left: set[str] = set()
        at = 0
        while at < len(words):
            for end in range(min(at + _LONGEST, len(words)), at, -1):
                run = tuple(words[at:end])
                if found := self._called(run, is_begun and end == len(words)):
                    named.append((run, found))
                    at = end
                    break
            else:
                left.add(words[at])
                at += 1
        return named, left

    def _called(self, words: Words, is_begun: bool) -> set[Trait]:
        if (found := self._names.get(words)) or not is_begun or len(words[-1]) < _LEAST:
            return found or set()
        *first, last = words
        return {
            trait
            for name, traits in self._names.items()
            if len(name) == len(words) and name[-1].startswith(last) and [*name[:-1]] == first
            for trait in traits
        }

    def _holders(self, words: list[str], is_begun: bool) -> tuple[set[str], frozenset[str]]:
        """Who holds a post that is named, and the words that name it."""
        said = frozenset(words) - _SMALL
        heads = [head for head in said if head in self._posts]
        begun: frozenset[str] = frozenset()
        if is_begun and not heads and len(words[-1]) >= _LEAST:
            heads = [head for head in self._posts if head.startswith(words[-1])]
            begun = frozenset(words[-1:])
        posts = [
            (len(post.words & (said | {head})), post)
            for head in heads
            for post in self._posts[head]
        ]
        most = max((many for many, _ in posts), default=0)
        best = [post for many, post in posts if many == most >= max(post.least, 2 if begun else 1)]
        of_post = frozenset(word for post in best for word in post.words & said)
        return {post.holder for post in best}, of_post | begun if best else frozenset()
