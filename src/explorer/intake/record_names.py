"""Which record a cell names: by its id, its name, another that it has, or its address.

A name must be the whole of one; who is only nearest is named and never taken. What comes in with
the same file is known here as well, once it is `added`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from explorer.adding.candidate import page_of
from explorer.adding.library_entry import DOI
from explorer.record import labels
from explorer.record.model import PLURALS, Ref
from explorer.text.folding import fold
from explorer.text.json_text import from_json
from explorer.text.sanitize import one_line
from explorer.view import View

_NAMES = ("name", "short", "native_name", "title", "symbol", "legal_name", "id")
_ARTICLES = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las)\s+|^l'")
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")
"""What stands in brackets beside a name."""
_APART = (";", "\n", "|", "/", ",")
"""What may stand between several names, the surest first: a name may hold a comma itself."""
_SHOWN = 3
_LONGEST = 10_000
"""Most characters of a cell that is read as a list."""


class UnknownNameError(ValueError):
    """A name that no record has, or several have."""

    def __init__(self, said: str, message: str) -> None:
        super().__init__(message)
        self.said = " ".join(said.split())


class RecordNames:
    """The names of the records of a view, and of those that come in. Each kind is read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[str, dict[str, set[Ref]]] = {}
        self._shown: dict[str, dict[str, str]] = {}
        """How each folded name is written."""

    def add(self, kind: str, ref: Ref, names: Sequence[str]) -> None:
        """Know a record that comes in."""
        known = self._of(kind)
        for name in names:
            self._put(kind, known, name, ref)

    def of(self, kinds: Sequence[str], said: str) -> Ref:
        """The record that is named. Raises ValueError, which names those that are nearest."""
        found = self._found(kinds, said)
        if len(found) == 1:
            return found.pop()
        if found:
            several = " or ".join(sorted(ref.id for ref in found)[:_SHOWN])
            message = f"“{_again(said)}” may be {several}"
            raise UnknownNameError(said, message)
        raise UnknownNameError(said, self._unknown(kinds, said))

    def only(self, kinds: Sequence[str], said: str) -> Ref | None:
        """The one record that is named; None where there is none, or several."""
        found = self._found(kinds, said) if said.strip() else set()
        return found.pop() if len(found) == 1 else None

    def _found(self, kinds: Sequence[str], said: str) -> set[Ref]:
        for text in (said, _ASIDE.sub(" ", said)):
            found = {ref for key in _forms(text) for k in kinds for ref in self._of(k).get(key, ())}
            if found:
                return found
        return self._with_title(said) if "delegate" in kinds else set()

    def _with_title(self, said: str) -> set[Ref]:
        """The person whose full name stands behind a title: “Treasury Secretary Scott Bessent”."""
        typed = f" {_folded(said)} "
        known = self._of("delegate")
        named = {key for key in known if " " in key and f" {key} " in typed}
        return {ref for key in named for ref in known[key]}

    def is_known(self, kinds: Sequence[str], said: str) -> bool:
        """Whether a cell names records of some kinds, one or several."""
        if len(self._found(kinds, said)) == 1:
            return True
        parts = _in_list(said) or [p for p in re.split(r"[;\n|/,]", said) if p.strip()]
        return bool(parts) and all(len(self._found(kinds, part)) == 1 for part in parts)

    def several(
        self, kinds: Sequence[str], said: str, meant: Mapping[str, str] | None = None
    ) -> list[Ref]:
        """The records that are named, one or more. Raises ValueError as `of` does.

        `meant` has the names that stand for others, folded.
        """

        def one(name: str) -> Ref:
            return self.of(kinds, (meant or {}).get(fold(name.strip()), name))

        if listed := _in_list(said):
            return list(dict.fromkeys(map(one, listed)))
        try:
            return [one(said)]
        except ValueError as whole:
            first: ValueError = whole
            for sign in _APART:
                parts = [part for part in map(str.strip, said.split(sign)) if part]
                if len(parts) < 2:  # noqa: PLR2004 -- it is one
                    continue
                try:
                    return list(dict.fromkeys(map(one, parts)))
                except ValueError as error:
                    first = error if first is whole else first
            raise first from None

    def _of(self, kind: str) -> dict[str, set[Ref]]:
        if kind not in self._known:
            known = self._known[kind] = defaultdict(set)
            self._shown[kind] = {}
            index = self._view.whole
            for ref in index.refs(kind) if kind != "quote" else ():
                for name in self._names(ref):
                    self._put(kind, known, name, ref)
        return self._known[kind]

    def _names(self, ref: Ref) -> Iterator[str]:
        index = self._view.whole
        record = index[ref]
        for key in _NAMES:
            yield str(getattr(record, key, "") or "")
        yield from record.formerly
        if ref.kind == "source":
            yield str(getattr(record, "address", ""))
        if ref.kind == "round":
            yield labels.title(index, ref)
            if number := str(getattr(record, "number", "")):
                yield number
                yield f"round {number}"

    def _put(self, kind: str, known: dict[str, set[Ref]], name: str, ref: Ref) -> None:
        for key in _forms(name):
            known.setdefault(key, set()).add(ref)
            self._shown[kind].setdefault(key, one_line(name))

    def _unknown(self, kinds: Sequence[str], said: str) -> str:
        what = " or ".join(labels.KIND_NAMES[kind].lower() for kind in kinds)
        typed = _folded(said)
        shown: Mapping[str, str] = {k: v for kind in kinds for k, v in self._shown[kind].items()}
        words = [word for word in typed.split() if len(word) > _SHOWN]
        near = get_close_matches(typed, shown, n=_SHOWN, cutoff=0.7) if len(typed) < 80 else []  # noqa: PLR2004 -- no name is so long
        near += [key for key in shown if any(f" {word} " in f" {key} " for word in words)]
        named = list(dict.fromkeys(f"“{_again(shown[key])}”" for key in near))[:_SHOWN]
        hint = f"; the nearest is {' or '.join(named)}" if named else ""
        return f"there is no {what} “{_again(said)}”{hint}"


def _in_list(said: str) -> list[str]:
    """The names in a list as JSON has it, which exports put into a cell; none of other cells."""
    if not said.lstrip().startswith("["):
        return []
    try:
        found = from_json(said)
    except ValueError:
        return []
    names = found if isinstance(found, list) else []
    return [name for name in names if isinstance(name, str)] if len(said) < _LONGEST else []


def _forms(said: str) -> Iterator[str]:
    """A name as it is compared, and what else is written for the same."""
    folded = _folded(said)
    if not folded:
        return
    yield folded
    if page := page_of(said):
        yield f"page {page}"
    if found := DOI.search(said):
        yield f"doi {found[0].lower().rstrip('.,;)')}"
    kind, colon, slug = folded.partition(":")
    if colon and (kind in PLURALS or kind in PLURALS.values()):
        yield slug.strip()
    family, comma, given = folded.partition(",")
    if comma and given.strip() and "," not in given:
        yield f"{given.strip()} {family.strip()}"
    without = _ARTICLES.sub("", folded)
    if without != folded:
        yield without


def _folded(said: str) -> str:
    return " ".join(fold(said).replace("-", " ").replace(".", "").split())


def _again(said: str) -> str:
    return labels.shortened(one_line(said), 50)
