"""Whether the words that a dataset quotes stand in its sources, by copies of them.

What is quoted are the words of quotes and their variants, as they were said and in translation,
of clauses, positions and accounts. A paraphrase quotes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Required, TypedDict

from explorer.dataset.source_copies import Copies, copies_in
from explorer.record import model
from explorer.record.model import AnyRecord, Dataset, Ref
from explorer.record.tables import entries, shaped, toml_name
from explorer.text.json_types import RefText
from explorer.text.word_diff import Fate, difference
from explorer.text.word_proof import composed

Outcome = Literal["proven", "not found", "no copy"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that stand between quotation marks, and where they are to be found."""

    ref: Ref
    where: str
    """The key, perhaps of an entry: “variant 2, text”."""
    words: str
    source_ids: tuple[str, ...]


class ProofData(TypedDict, total=False):
    """What became of looking for some words in copies of their sources."""

    ref: Required[RefText]
    key: Required[str]
    """The key that holds them, perhaps of an entry: “variant 2, text”."""
    outcome: Required[Outcome]
    words: Required[str]
    sources: list[str]
    file: str
    """The copy that has them, or the passage nearest to them."""
    nearest: str
    """That passage, when they were not found."""
    no_copy: list[str]
    """Those of the sources of which there is no copy."""
    difference: list[list[str]]
    """Pieces of the two wordings, each with what became of it: same, removed, added."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of looking for some words."""

    quoted: Quoted
    outcome: Outcome
    file: str = ""
    """The copy that has them, or the passage nearest to them."""
    nearest: str = ""
    """That passage, when they were not found; nothing when no copy has one like them."""
    lacking: tuple[str, ...] = ()
    """Those of the sources of which there is no copy."""

    def as_data(self) -> ProofData:
        """As plain values for JSON, less what is empty."""
        return shaped(
            ProofData,
            {
                "ref": self.quoted.ref,
                "key": self.quoted.where,
                "outcome": self.outcome,
                "words": self.quoted.words,
                "sources": self.quoted.source_ids,
                "file": self.file,
                "nearest": self.nearest,
                "no_copy": self.lacking,
                "difference": [list(piece) for piece in self.pieces] if self.nearest else [],
            },
        )

    @property
    def pieces(self) -> tuple[tuple[str, Fate], ...]:
        """What became of the words of the page in the dataset."""
        return difference(self.nearest, composed(self.quoted.words))


@dataclass(frozen=True, slots=True)
class Proofs:
    """Every proof that was tried, and the copies it was tried by."""

    tried: tuple[Proof, ...]
    copies: Copies

    def having(self, outcome: Outcome) -> tuple[Proof, ...]:
        return tuple(proof for proof in self.tried if proof.outcome == outcome)

    @property
    def without_copy(self) -> Mapping[str, int]:
        """The sources that were looked for and have no copy, with how many quotations they bear."""
        counted: dict[str, int] = {}
        for proof in self.tried:
            for slug in proof.lacking:
                counted[slug] = counted.get(slug, 0) + 1
        return dict(sorted(counted.items(), key=lambda item: -item[1]))


def prove(dataset: Dataset, folder: Path) -> Proofs:
    """Look for all that is quoted. Raises DatasetError when the folder cannot be listed."""
    copies = copies_in(folder, {source.id for source in dataset.sources})
    languages = {source.id: source.language for source in dataset.sources}
    found = (quoted for record in dataset.records() for quoted in _quoted(record, languages))
    return Proofs(tuple(_proof(quoted, copies) for quoted in found), copies)


def _proof(quoted: Quoted, copies: Copies) -> Proof:
    lacking = tuple(slug for slug in quoted.source_ids if not copies.of(slug))
    at_hand = [copy for slug in quoted.source_ids for copy in copies.of(slug)]
    for name, words in at_hand:
        if words.hold(quoted.words):
            return Proof(quoted, "proven", name, lacking=lacking)
    # They are given as the first source prints them: without it nothing is known.
    if quoted.source_ids[0] in lacking:
        return Proof(quoted, "no copy", lacking=lacking)
    near = ((name, passage) for name, words in at_hand if (passage := words.nearest(quoted.words)))
    name, passage = next(near, (at_hand[0][0], ""))
    return Proof(quoted, "not found", name, passage, lacking)


def _quoted(record: AnyRecord, languages: Mapping[str, str]) -> Iterator[Quoted]:
    match record:
        case model.Quote():
            yield from _of_quote(record, languages)
        case model.Issue() | model.Point() | model.Text():
            for field, place, entry in entries(record):
                words, sources = _words_of(record, entry)
                if words.strip() and sources:
                    where = f"{toml_name(field)} {place + 1}, words"
                    yield Quoted(record.ref, where, words, sources)


def _words_of(record: AnyRecord, entry: model.AnyEntry) -> tuple[str, tuple[str, ...]]:
    match entry:
        case model.Position():
            return entry.words, entry.source_ids
        case model.Account():
            return entry.words, tuple(dict.fromkeys(entry.grounds))
        case model.Clause(dropped=False):
            return entry.words, entry.source_ids or record.source_ids
    return "", ()


def _of_quote(quote: model.Quote, languages: Mapping[str, str]) -> Iterator[Quoted]:
    """The words, and those in which they were said: each in the pages of its own language."""
    foreign = tuple(s for s in quote.source_ids if languages[s] == quote.language)
    others = tuple(s for s in quote.source_ids if s not in foreign)
    if quote.form != "paraphrase":
        sources = others if quote.original and others else quote.source_ids
        yield Quoted(quote.ref, "text", quote.text, sources)
    if quote.original and foreign:
        yield Quoted(quote.ref, "original", quote.original, foreign)
    for place, variant in enumerate(quote.variants):
        if (variant.form or quote.form) != "paraphrase":
            where = f"variant {place + 1}, text"
            yield Quoted(quote.ref, where, variant.text, variant.source_ids)
