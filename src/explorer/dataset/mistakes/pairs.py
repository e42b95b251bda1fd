"""What is wrong with a key and its value."""

from __future__ import annotations

import re

import tomli

from explorer.dataset.mistakes.bare_values import CURLY, Wrong, of_value
from explorer.dataset.mistakes.refused import HEADER, Mistake, Refused, plain_key
from explorer.dataset.mistakes.statements import COMMENT, PART

_STRING = re.compile(r"\"(?:[^\"\\\n]++|\\.)*+\"|'[^'\n]*+'")
_ITEM = re.compile(rf"{_STRING.pattern}|[“„«‘][^”“»’\n]*[”“»’]?|[^,\]\}}\n#]+")
"""One item of a list, near enough to mark it."""
_LINE_EACH = "each key has a line of its own"
_NO_COLON = Wrong("between a key and its value stands =, and no :", "write =", "=")


def of_open(refused: Refused) -> Mistake:
    """Something is not closed: said where it begins."""
    at, opener = refused.statement.opened, refused.statement.opener
    message = f"the text that begins here with {opener} is not closed"
    if opener in ("[", "{"):
        return _open_bracket(refused)
    if len(opener) > 1:
        return Mistake(at, at + 3, Wrong(message, f"end it with {opener}"))
    before = refused.text[refused.statement.value : at].strip()
    if before and refused.text[refused.statement.value] not in "[{":
        return of_pair(refused)
    line = refused.line(at)
    several = '"""' if opener == '"' else "'''"
    hint = f"end it with {opener}, or put {several} around a text of several lines"
    right = ""
    if len(line) > 1 and line[-1] in f"{CURLY}\"'":
        hint, right = f"it ends in {line[-1]}; write {opener}", f"{line[:-1]}{opener}"
        if line[-1] == opener:
            hint, right = rf"\{opener} does not end a text; write \\ for a backslash", ""
    return Mistake(at, at + len(line), Wrong(message, hint, right))


def _open_bracket(refused: Refused) -> Mistake:
    at, opener = refused.statement.opened, refused.statement.opener
    what, close = ("list", "]") if opener == "[" else ("inline table", "}")
    last = len(refused.text[: refused.statement.end].rstrip())
    hint = f"end it with {close}"
    if (ends := refused.line_number(last - 1)) != refused.line_number(at):
        hint += f" after line {ends}"
    return Mistake(at, at + 1, Wrong(f"the {what} that begins here is not closed", hint))


def of_pair(refused: Refused) -> Mistake:
    """What is wrong with a key and its value, which is closed if it is in quotes or brackets."""
    statement = refused.statement
    start, said = statement.value, refused.said
    line = refused.line(start)
    if COMMENT.fullmatch(line):
        wrong = Wrong(f"“{statement.key}” has no value", f'such as {statement.key} = "…"')
        return Mistake(statement.start, statement.start + len(statement.key), wrong)
    if said.startswith(("Cannot", "Duplicate")):
        return _given_twice(refused)
    if said.startswith(("Unescaped", "Escaped", "Invalid hex")):
        return _escape(refused)
    if refused.text[start] in "[{":
        return _in_brackets(refused)
    if refused.text[start] in "\"'":
        return _after_text(refused)
    return _bare(refused, re.sub(r"[ \t]+#.*", "", line))


def _bare(refused: Refused, shown: str) -> Mistake:
    """A value without quotation marks."""
    start = refused.statement.value
    if shown[-1:] in (",", ";") and _is_value(shown[:-1]):
        at = start + len(shown) - 1
        return Mistake(at, at + 1, Wrong(f"a {shown[-1]} does not stand between keys", _LINE_EACH))
    found = re.match(rf"(?P<value>\S+)[ \t]+(?={PART}[ \t]*=)", shown)
    if found and _is_value(found["value"]):
        wrong = Wrong("a second key stands on this line", _LINE_EACH)
        return Mistake(start + found.end(), start + len(shown), wrong)
    return Mistake(start, start + len(shown), of_value(shown))


def _is_value(text: str) -> bool:
    try:
        tomli.loads(f"a = {text}")
    except ValueError:
        return False
    return True


def _given_twice(refused: Refused) -> Mistake:
    statement = refused.statement
    start, key = statement.start, plain_key(statement.key)
    end = start + len(statement.key)
    for pair in refused.seen.pairs:
        if plain_key(pair.key) == key:
            line = refused.line_number(pair.start)
            header = refused.seen.header
            found = HEADER.match(refused.line(header.start)) if header else None
            hint = "a table has each key once"
            if found and found["open"] == "[[":
                hint += f"; was a new [[{found['key']}]] forgotten?"
            message = f"“{key}” is given a second time; the first is in line {line}"
            return Mistake(start, end, Wrong(message, hint))
    if found := re.search(r"key '(.*)'", refused.said):
        wrong = Wrong(f"“{found[1]}” is given twice between these braces", "keep one of them")
        return Mistake(statement.value, statement.end, wrong)
    message = f"“{key}” has something already that this would write over"
    return Mistake(start, end, Wrong(message, "give each key once"))


def _escape(refused: Refused) -> Mistake:
    start = refused.statement.value
    at = max(refused.text.rfind("\\", start, refused.place + 1), start)
    shown = refused.text[at : at + 2]
    hint = r"write \\ for a backslash, or put the text in 'single quotes'"
    if digits := {r"\u": 4, r"\U": 8, r"\x": 2}.get(shown):
        message = f"{shown} stands before the {digits} digits of a character's number"
        return Mistake(at, at + 2, Wrong(message, hint))
    message = f"{shown} means nothing in a text in double quotation marks"
    return Mistake(at, at + 2, Wrong(message, hint))


def _after_text(refused: Refused) -> Mistake:
    """Something stands behind a text that has ended."""
    start = refused.statement.value
    quote = refused.text[start]
    several = refused.text[start : start + 3] == quote * 3
    ended = None if several else _STRING.match(refused.text, start)
    at = ended.end() if ended else max(refused.place, start + 1)
    rest = refused.line(at)
    at += len(rest) - len(rest.lstrip())
    rest = rest.lstrip()
    is_another = re.match(rf"[+\"']|{PART}[ \t]*=", rest) is not None
    if quote in rest and not several and not is_another:
        return _second_quote(refused, quote)
    return Mistake(at, at + max(len(rest), 1), _behind(rest))


def _second_quote(refused: Refused, quote: str) -> Mistake:
    """A quotation mark within a text ends it."""
    start = refused.statement.value
    whole = refused.line(start)
    inner = whole[1 : whole.rfind(quote)]
    hint, right = r"write \" within the text", '"' + inner.replace('"', r"\"") + '"'
    if quote == "'":
        hint = 'put a text with an apostrophe in "double quotation marks"'
        right = "" if '"' in inner or "\\" in inner else f'"{inner}"'
    message = f"the text ends at its second {quote}, and more stands behind it"
    return Mistake(start, start + len(whole), Wrong(message, hint, right))


def _behind(rest: str) -> Wrong:
    """What stands behind a value."""
    if rest[:1] in ("]", "}"):
        return Wrong(f"there is one {rest[0]} too many", "nothing is open that it could close")
    if rest[:1] in (",", ";"):
        return Wrong(f"a {rest[0]} does not stand between keys", _LINE_EACH)
    if re.match(rf"{PART}[ \t]*=", rest):
        return Wrong("a second key stands on this line", _LINE_EACH)
    if rest[:1] in ("+", '"', "'", "&"):
        return Wrong("a value is one text", 'several stand in brackets, ["one", "two"]')
    if rest.startswith(("//", "/*", "--")):
        return Wrong("a comment begins with #", f"write # {rest.strip('/*- ')}")
    hint = "take it away, or begin it with # as a comment"
    return Wrong("something stands behind the end of the value", hint)


def _in_brackets(refused: Refused) -> Mistake:
    """A list or an inline table that is closed has something wrong within it, or behind."""
    at, said = refused.place, refused.said
    rest = refused.line(at)
    if said.startswith("Expected newline"):
        at += len(rest) - len(rest.lstrip())
        return Mistake(at, at + max(len(rest.lstrip()), 1), _behind(rest.lstrip()))
    sign = rest[:1]
    item = _ITEM.match(rest)
    end = at + max(len(item[0].strip()) if item else 1, 1)
    if said.startswith("Unclosed"):
        return _within(at, end, sign, is_list=said.endswith("array"))
    if said.startswith("Expected '='"):
        wrong = Wrong("= is missing between a key and its value", "write = between them")
        return Mistake(at, end, wrong) if sign != ":" else Mistake(at, at + 1, _NO_COLON)
    if sign == ",":
        wrong = Wrong("nothing stands before this comma", "take one comma away")
        return Mistake(at, at + 1, wrong)
    if item is None:
        return Mistake(at, at + 1, Wrong("a value is missing here"))
    return Mistake(at, end, of_value(item[0].strip()))


def _within(at: int, end: int, sign: str, *, is_list: bool) -> Mistake:
    """Something stands where a comma or the closing bracket should."""
    what, items, wanted = ("list", "items", "]") if is_list else ("inline table", "keys", "}")
    if sign in ("]", "}"):
        wrong = Wrong(f"this {what} is closed with {sign}", f"write {wanted}", wanted)
        return Mistake(at, at + 1, wrong)
    if sign == ":":
        return Mistake(at, at + 1, _NO_COLON)
    if sign == ";":
        return Mistake(at, at + 1, Wrong(f"between {items} stand commas", "write ,", ","))
    wrong = Wrong(f"a comma is missing between two {items}", "write , before this")
    return Mistake(at, end, wrong)
