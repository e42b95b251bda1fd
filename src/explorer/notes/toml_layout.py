"""How a note lies in its file, line by line, so that changes to it can be merged.

git, and whatever else merges line by line, joins two changes when an unchanged line lies
between them. So what may change by itself stands apart: a line that never changes separates
one such key from the next, and the text has a line in the file for each of its own. When the
note was changed last is not in the file, for that line would be another after each change,
and any two of them could never be merged; it is the time of the file itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from explorer.notes.note import Anchor
from explorer.text.sanitize import spelled_out

Value = str | int | bool | date | datetime | None

_MARKER = re.compile(r"^(?:[<>|](?=[<>|]{6}(?: |$))|=(?=={6}$))", re.MULTILINE)
"""What git would write around the two sides of a conflict."""


def as_toml(head: Mapping[str, Value], text: str, anchor: Anchor | None) -> bytes:
    """What is known of a note, in this order, then what it says. Raises UnicodeEncodeError."""
    import tomli_w

    known = {key: value for key, value in head.items() if value is not None}
    written = "".join(_line(key, value) for key, value in known.items())
    # The empty line at the end stands between the text and an anchor to come.
    written += f'\ntext = """\n{_body(text)}"""\n\n'
    if anchor is not None:
        held = {key: words for key, words in asdict(anchor).items() if words}
        written += tomli_w.dumps({"anchor": held}).lstrip()
    return spelled_out(written).encode()


def _line(key: str, value: Value) -> str:
    import tomli_w

    if isinstance(value, datetime):
        # tomli-w writes +00:00; and Z is what a person would write.
        return f"{key} = {value.replace(tzinfo=None).isoformat()}Z\n"
    return tomli_w.dumps({key: value})


def _body(text: str) -> str:
    """The text as it stands between three quotes on either side."""
    import tomli_w

    # A line end makes the writer write lines.
    body = tomli_w.dumps({"it": f"{text}\n"}, multiline_strings=True)
    body = body.removeprefix('it = """\n').removesuffix('\n"""\n')
    return _MARKER.sub(lambda found: f"\\u{ord(found[0]):04X}", body)
