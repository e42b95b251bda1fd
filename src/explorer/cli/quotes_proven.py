"""What `explorer check --quotes FOLDER` prints: the words that do not stand in their sources."""

from __future__ import annotations

from typing import TypedDict

from explorer.dataset.quote_proof import Proof, ProofData, Proofs
from explorer.record.labels import counted
from explorer.text.sanitize import one_line, plain
from explorer.text.word_diff import Fate

_LISTED = 20
"""Sources without a copy that are named; the rest are counted."""


class ProofsData(TypedDict):
    """What became of looking for what is quoted in copies of sources."""

    proven: int
    not_found: list[ProofData]
    no_copy: list[ProofData]
    sources_without_copy: dict[str, int]
    """How many quotations rest on each source of which there is no copy, by its id."""
    other_files: list[str]
    """Files that are no copies of sources, or could not be read, each with why."""


def as_data(proofs: Proofs) -> ProofsData:
    """The proofs as plain values for JSON."""
    return {
        "proven": len(proofs.having("proven")),
        "not_found": [proof.as_data() for proof in proofs.having("not found")],
        "no_copy": [proof.as_data() for proof in proofs.having("no copy")],
        "sources_without_copy": dict(proofs.without_copy),
        "other_files": proofs.copies.strange + proofs.copies.unread,
    }


def print_proofs(proofs: Proofs) -> None:
    """Each quotation that was not found with the passage nearest to it, and then how many."""
    for proof in proofs.having("not found"):
        _print(proof)
    for told in (*proofs.copies.strange, *proofs.copies.unread):
        print(plain(f"warning: {one_line(told)}"))
    lacking = list(proofs.without_copy.items())
    for slug, number in lacking[:_LISTED]:
        print(plain(f"no copy of {slug}: {counted(number, 'quotation')}"))
    if rest := lacking[_LISTED:]:
        print(f"no copy of {counted(len(rest), 'other source')}; --json names all")
    proven, missing, unknown = (
        len(proofs.having(outcome)) for outcome in ("proven", "not found", "no copy")
    )
    stand = "stands in a copy of its source" if proven == 1 else "stand in a copy of their source"
    print(
        f"{counted(len(proofs.tried), 'quotation')}: {proven} {stand}, "
        f"{missing} {'does' if missing == 1 else 'do'} not, {unknown} could not be looked for."
    )


def _print(proof: Proof) -> None:
    quoted = proof.quoted
    print(plain(f"{quoted.ref}, {quoted.where}: does not stand in {one_line(proof.file)}"))
    if not proof.nearest:
        print(plain(f"    dataset: {one_line(quoted.words)}"))
        print("    page:    has no passage like it")
        return
    print(plain(f"    dataset: {_marked(proof, 'added')}"))
    print(plain(f"    page:    {_marked(proof, 'removed')}"))


def _marked(proof: Proof, own: Fate) -> str:
    """One of the two wordings, the words that only it has {so}."""
    shown = (
        f"{{{text.strip()}}}{' ' if text.endswith(' ') else ''}" if fate == own else text
        for text, fate in proof.pieces
        if fate in ("same", own)
    )
    return one_line("".join(shown))
