"""Texts whose words lie in files of their own, beside the TOML: taken apart into clauses.

A file is plain text or Markdown. A clause begins at each heading and at each numbered article
or paragraph; what stands before the first is the clause “Opening”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explorer.dataset import text_files
from explorer.dataset.checked import Finding
from explorer.dataset.problems import as_in_toml
from explorer.dataset.text_files import NOT_THERE, beside, why_not
from explorer.record import labels
from explorer.record.model import Clause, Dataset, Text
from explorer.record.tables import with_fields
from explorer.text.near_words import nearest
from explorer.text.sanitize import one_line, plain

MAX_CLAUSES = 5_000
"""A text of more clauses than this is refused."""
_LONGEST = 60
"""Letters of a heading that serve as the number of its clause."""


def joined(
    dataset: Dataset, files: Mapping[Path, bytes], folders: Mapping[str, Path]
) -> tuple[Dataset, tuple[Finding, ...]]:
    """The dataset with the clauses that files hold, and what keeps a file from being used.

    `folders` says in which folder the file stands that has a text, by its id.
    """
    texts: list[Text] = []
    findings: list[Finding] = []
    for place, text in enumerate(dataset.texts):
        if not text.file or text.id not in folders:
            texts.append(text)
            continue
        file = folders[text.id] / text.file
        clauses, trouble = _read(text.file, file, files.get(file))
        if trouble:
            findings.append(_unread(place, text.file, file, trouble))
        else:
            findings += _unplaced(place, text, clauses)
        texts.append(replace(text, clauses=_together(clauses, text.clauses)))
    if not findings and texts == list(dataset.texts):
        return dataset, ()
    return with_fields(dataset, {"texts": tuple(texts)}), tuple(findings)


def _read(name: str, file: Path, data: bytes | None) -> tuple[tuple[Clause, ...], str]:
    """The clauses of a file, or what is wrong with it."""
    if data is None:
        return (), why_not(name, file) or "cannot be read"
    if len(data) > text_files.MAX_BYTES:
        return (), f"is larger than {text_files.MAX_BYTES // 1_000_000} MB"
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return (), f"is not UTF-8 text, in line {line} of {name}; save it as UTF-8"
    clauses = tuple(split(plain(written)))
    if len(clauses) > MAX_CLAUSES:
        return (), f"has more than {MAX_CLAUSES} clauses"
    return clauses, "" if clauses else "has no words"


def _unplaced(place: int, text: Text, clauses: tuple[Clause, ...]) -> Iterator[Finding]:
    """Clauses in TOML that are to say more of one in the file, where there is none."""
    numbers = [clause.number for clause in clauses]
    for nth, clause in enumerate(text.clauses):
        if clause.number not in numbers and not (clause.words or clause.remark or clause.dropped):
            message = f"{text.file} has no clause “{clause.number}”, and there are no words here"
            near = _number_meant(clause.number, numbers)
            hint, right = (f"did you mean “{near}”?", as_in_toml(near)) if near else ("", "")
            yield Finding("text", place, ("clause", nth, "number"), message, hint, right)


def _number_meant(number: str, numbers: Sequence[str]) -> str:
    """The clause of a file that is meant: “6” is “Article 6”, or the first of its paragraphs."""
    own = _last_word(number)
    alike = (one for one in numbers if own == _last_word(one.partition(", ")[0]))
    return next(alike, "") or nearest(number, numbers)


def _last_word(number: str) -> str:
    return (number.split() or [""])[-1].strip(".").casefold()


def _unread(place: int, name: str, file: Path, trouble: str) -> Finding:
    """That the file of a text cannot be used, and which is meant when it is not there."""
    beside_it = [each.name for each in beside([file])] if trouble == NOT_THERE else []
    near = nearest(name, beside_it)
    hint, right = (f"did you mean “{near}”?", as_in_toml(near)) if near else ("", "")
    return Finding("text", place, ("file",), trouble, hint, right)


def _together(written: tuple[Clause, ...], given: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses of a file, with what TOML says of them; then those of later days and others."""
    first: dict[str, Clause] = {}
    others: list[Clause] = []
    numbers = {clause.number for clause in written}
    for clause in given:
        if clause.on is None and clause.number in numbers and clause.number not in first:
            first[clause.number] = clause
        else:
            others.append(clause)
    merged = (
        replace(
            more,
            name=more.name or clause.name,
            words=more.words or clause.words,
        )
        if (more := first.get(clause.number))
        else clause
        for clause in written
    )
    return (*merged, *others)


# Where a clause begins.

_UNIT = (
    r"(?:article|section|chapter|part|annex|appendix|schedule|paragraph|rule|clause|regulation|"
    r"protocol|artículo|artikel)"
)
_ARTICLE = re.compile(
    rf"(?P<number>{_UNIT}\s+(?:\d+(?:\.\d+)*(?:\s?(?:bis|ter|quater)|[a-z])?|[ivxlc]+|[a-z])\b"
    r"|第[一二三四五六七八九十百千零〇\d]+[条章节编款])"
    r"\s*[.:–—-]?\s*(?P<title>.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?:\s?(?:bis|ter))?(?=[.)]))[.)]?\s+(?P<words>.*)"
)
_SENTENCE_ENDS = (".", ";", ",", ":", "。", "；", "，", "：")
_TITLE = 100
"""The line of an article that is longer goes on with its words, and has no title."""


@dataclass(slots=True)
class _Piece:
    """A clause that is being read."""

    number: str
    name: str = ""
    section: str = ""
    """What numbered paragraphs below count within."""
    lines: list[str] = field(default_factory=list)


def split(text: str) -> Iterator[Clause]:
    """The clauses of a text, each with a number of its own; headings without words are none."""
    met: Counter[str] = Counter()
    for piece in _pieces(text):
        if words := _paragraphs(piece.lines):
            met[piece.number] += 1
            again = f" ({met[piece.number]})" if met[piece.number] > 1 else ""
            yield Clause(number=f"{piece.number}{again}", name=piece.name, words=words)


def _pieces(text: str) -> Iterator[_Piece]:
    piece, last = _Piece("Opening"), ""
    for line in text.split("\n"):
        following = _begun(line.strip(), piece, after_blank=not last.strip())
        if following is None:
            piece.lines.append(line)
        else:
            yield piece
            piece = following
        last = line
    yield piece


def _begun(line: str, before: _Piece, *, after_blank: bool) -> _Piece | None:
    """The clause that a line begins, if it does."""
    is_heading = line.startswith("#") and line.lstrip("#").startswith((" ", "\t"))
    titled = one_line(line.strip("# \t").strip("*_ ")) if is_heading else line
    if (is_heading or after_blank) and (article := _ARTICLE.match(titled)):
        number, title = one_line(article["number"]), article["title"].strip("*_ ")
        if is_heading or (len(title) <= _TITLE and not title.endswith(_SENTENCE_ENDS)):
            return _Piece(number, title, number)
        return _Piece(number, "", number, [title])
    numbered = _NUMBERED.match(titled)
    if is_heading:
        if numbered:
            return _Piece(numbered["number"], numbered["words"], numbered["number"])
        label = labels.shortened(titled, _LONGEST)
        return _Piece(label, "", label)
    if numbered and (after_blank or _follows(numbered["number"], before)):
        own, section = numbered["number"], before.section
        within = section and not own.startswith(f"{section}.")
        name = before.name if section else ""
        return _Piece(f"{section}, {own}" if within else own, name, section, [numbered["words"]])
    return None


def _follows(number: str, before: _Piece) -> bool:
    """Whether a number in the midst of lines is the next of a list, and not one in its words."""
    last = before.number.rpartition(", ")[2]
    return number == "1" or (number.isdigit() and last.isdigit() and int(number) == int(last) + 1)


def _paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs, each on one line."""
    blocks = ("\n".join(line.strip() for line in lines)).split("\n\n")
    return "\n".join(filter(None, (" ".join(block.split()) for block in blocks)))
