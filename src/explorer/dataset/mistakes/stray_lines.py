"""What is wrong with a header, and with a line that is neither header nor key with a value."""

from __future__ import annotations

import re

from explorer.dataset.mistakes.bare_values import Wrong
from explorer.dataset.mistakes.refused import HEADER, Mistake, Refused, plain_key
from explorer.dataset.mistakes.statements import COMMENT, KEY, PART
from explorer.record.model import KINDS
from explorer.text.sanitize import one_line


def of_header(refused: Refused) -> Mistake:
    """What is wrong with a header."""
    start = refused.statement.start
    line = refused.line(start)
    end = start + len(line)
    found = HEADER.match(line)
    assert found, "it begins with ["
    key, opened, closed = found["key"] or "", found["open"], found["close"] or ""
    name = re.sub(r"[\[\]\"'#].*", "", line.lstrip("[ \t")).strip()
    if not name:
        return Mistake(start, end, Wrong("the header names no table", "such as [[quote]]"))
    if not closed and found["rest"].strip(" \t]"):
        right = re.sub(r"[^\w.-]+", "-", name).strip("-")
        message = f"“{name}” is no name for a table"
        return Mistake(start, end, Wrong(message, f"did you mean {_bracketed(right, opened)}?"))
    if len(opened) != len(closed):
        right = _bracketed(key, max(opened, closed.replace("]", "[")))
        marks = f"{opened} at its beginning and {closed or 'nothing'} at its end"
        return Mistake(start, end, Wrong(f"the header has {marks}", f"write {right}", right))
    if COMMENT.fullmatch(found["rest"]) is None:
        at = start + found.start("rest")
        message = "nothing may stand beside a header but a comment"
        if found["rest"].startswith("]"):
            message = "the header has one ] too many"
        return Mistake(at, end, Wrong(message, f"write {opened}{key}{closed} alone on its line"))
    return Mistake(start, end, _out_of_place(refused, key, opened))


def _out_of_place(refused: Refused, key: str, opened: str) -> Wrong:
    """The header is sound, but the table cannot be there, or not so."""
    name = plain_key(key)
    last = name.rpartition(".")[2]
    if (first := refused.seen.headers.get(name)) is not None:
        line = refused.line_number(first)
        if opened == "[[" or refused.text.startswith("[[", first):
            right = _bracketed(name, "[[")
            message = f"[{name}] and [[{name}]] do not go together; the other is in line {line}"
            return Wrong(message, f"write {right} each time", right)
        hint = "put the keys of both together"
        if name.split(".")[0] in KINDS and name != "negotiation":
            hint = f"write [[{key}]] for each of several"
        return Wrong(f"[{name}] stands here a second time; the first is in line {line}", hint)
    for pair in refused.seen.pairs:
        if plain_key(pair.key) == last:
            line = refused.line_number(pair.start)
            message = f"“{last}” has a value already, in line {line}, and cannot be a table as well"
            return Wrong(message, "write the one or the other")
    within = next((other for other in refused.seen.headers if other.startswith(f"{name}.")), "")
    if within:
        line = refused.line_number(refused.seen.headers[within])
        message = f"[[{name}]] stands below an entry of its own, the [[{within}]] in line {line}"
        return Wrong(message, f"move that one below the [[{name}]] to which it belongs")
    return Wrong(f"“{name}” cannot be a table here", "it is something else already")


def _bracketed(name: str, opened: str) -> str:
    """A header, in two brackets where the table is one of several."""
    several = opened == "[["
    if "." not in name and name in KINDS:
        several = name != "negotiation"
    return f"[[{name}]]" if several else f"[{name}]"


def of_line(refused: Refused) -> Mistake:
    """What is wrong with a line that has no “key =”."""
    start = refused.statement.start
    line = refused.line(start)
    for pattern, message, hint in _LINES:
        if found := re.match(pattern, line):
            words = {name: one_line(value or "") for name, value in found.groupdict().items()}
            at, end = found.span("at") if "at" in words else (0, len(line))
            said = hint.format(**words)
            right = said.removeprefix("write ") if hint.startswith("write {") else ""
            return Mistake(
                start + at, start + max(end, at + 1), Wrong(message.format(**words), said, right)
            )
    hint = 'a text of several lines stands in """three quotation marks"""'
    message = "this is neither a header nor a key with a value"
    return Mistake(start, start + max(len(line), 1), Wrong(message, hint))


_LINES: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:<{7}|={7}|>{7}|\|{7})",
        "this is a mark of a conflict that git could not settle",
        "keep one of the two versions, and take out the marks",
    ),
    (r"\{", "this looks like JSON, and a dataset is TOML", 'such as id = "rare-earths"'),
    (r"(?:---|\.\.\.|%YAML)", "this looks like YAML, and a dataset is TOML", "such as [[quote]]"),
    (r"<[!?A-Za-z]", "this looks like a web page, and a dataset is TOML", "such as [[quote]]"),
    (
        r"(?://|/\*|;|--|%)\s*(?P<rest>.*?)\s*(?:\*/)?$",
        "a comment begins with #",
        "write # {rest}",
    ),
    (r"[-*•] ", "a list stands in brackets behind a key", 'such as sources = ["one", "two"]'),
    (r"(?P<at>[\]}])", "nothing is open that this could close", "take it away"),
    (r"(?P<at>=)", "a key is missing before this =", 'such as name = "…"'),
    (
        rf"(?P<key>{PART})\s*(?P<sign>:=?|->)\s*(?P<value>.*)",
        "between a key and its value stands =, and no {sign}",
        "write {key} = {value}",
    ),
    (
        r"(?P<at>[\w-]+(?: [\w-]+)+)\s*=",
        "a key is one word",
        "one with spaces, such as a word of [negotiation.states], stands in quotation marks",
    ),
    (
        r"(?P<at>[“”„«‘’][^=]*?)\s*=",
        "a key stands without quotation marks, or in straight ones",
        'write " for the typographic ones',
    ),
    (
        r"(?P<at>[^\s=]+)\s*=",
        "a key has only letters from a to z, digits, - and _",
        "another one would stand in quotation marks",
    ),
    (
        rf"(?P<key>{KEY})\s+(?P<value>[\"'\[{{\d“].*|true|false)",
        "= is missing between the key and its value",
        "write {key} = {value}",
    ),
    (
        rf"(?P<at>{PART})\s*(?:#.*)?$",
        "this has no = and no value",
        'a key has one, such as name = "…"; a comment begins with #',
    ),
)
"""How lines look that are no statement, what to say of each, and what would be right."""
