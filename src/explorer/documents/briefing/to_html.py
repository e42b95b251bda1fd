"""A briefing as one file of HTML that loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from explorer.documents.briefing.document import OWN, Brief, Footnote, Line, OwnNote, Section
from explorer.documents.briefing.saved import sealed
from explorer.documents.sheet import Span
from explorer.text.markdown import one_spaced
from explorer.text.sanitize import in_entities, kept

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
:root { color-scheme: light dark; --ink: #1c1c1a; --quiet: #63625c; --rule: #d9d6cd;
  --paper: #fdfcf9; --aside: #f3f0e6; --link: #1d4f8c; --warning: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e2dc; --quiet: #a3a199; --rule: #45443f;
  --paper: #1a1a18; --aside: #262520; --link: #8db9ee; --warning: #e0a458; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 Georgia, "Times New Roman", serif; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; font-family: system-ui, sans-serif; }
h1 { font-size: 1.7rem; }
h2 { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); font-size: 1.3rem; }
h3 { margin-top: 1.6rem; font-size: 1.05rem; }
h4 { margin-bottom: 0.3rem; font-size: 0.95rem; color: var(--quiet); }
ul, ol { padding-left: 1.3rem; }
li { margin: 0.45rem 0; }
li li { margin: 0.2rem 0; font-size: 0.95em; }
a { color: var(--link); }
sup { line-height: 0; font-size: 0.7em; }
sup a { padding: 0 0.12em; text-decoration: none; }
em { color: var(--warning); }
code { font-size: 0.9em; }
header p, aside .days { color: var(--quiet); font-size: 0.95rem; }
aside { margin-top: 3rem; padding: 0.5rem 1.25rem 1rem; background: var(--aside);
  border-left: 4px solid var(--warning); }
aside h2 { margin-top: 0.5rem; padding-top: 0; border: 0; }
aside .own { white-space: pre-wrap; }
.sources { font-size: 0.92rem; }
.silent { color: var(--quiet); }
:target { background: var(--aside); }
@media print { body { background: none; color: #000; font-size: 10.5pt; }
  main { max-width: none; padding: 0; } .back { display: none; }
  h2, h3, h4 { break-after: avoid; } li { break-inside: avoid; } }
"""


def as_html(brief: Brief) -> str:
    """The briefing as a web page; the comment in its first line seals it."""
    return sealed("<!doctype html><!-- ", "\n".join(_page(brief)) + "\n", " -->")


def _page(brief: Brief) -> Iterator[str]:
    marks = _Marks(brief.numbers())
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(brief.title)}</title>"
    yield f"<style>\n{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield f"<header><h1>{_text(brief.title)}</h1>"
    yield from (f"<p>{_text(line)}</p>" for line in brief.opening)
    yield "</header>"
    for section in brief.sections:
        yield from _section(section, marks, 2)
    yield from _notes(brief.notes)
    yield from _sources(brief.footnotes, marks.made)
    yield "</main>"
    yield "</body>"
    yield "</html>"


@dataclass(slots=True)
class _Marks:
    """The marks of footnotes, each with a name that its footnote leads back to."""

    numbers: Mapping[str, int]
    made: Counter[int] = field(default_factory=Counter)
    """How many marks each footnote has so far."""

    def mark(self, source_id: str) -> str:
        number = self.numbers[source_id]
        self.made[number] += 1
        name = f"mark-{number}-{self.made[number]}"
        return f'<sup><a id="{name}" href="#source-{number}">[{number}]</a></sup>'


def _text(text: str) -> str:
    return escape(one_spaced(text))


def _section(section: Section, marks: _Marks, depth: int) -> Iterator[str]:
    yield "<section>"
    yield f"<h{depth}>{_text(section.heading)}</h{depth}>"
    yield from _list(section.lines, marks)
    for inner in section.sections:
        yield from _section(inner, marks, min(depth + 1, 6))
    yield "</section>"


def _list(lines: Iterable[Line], marks: _Marks) -> Iterator[str]:
    if not lines:
        return
    yield "<ul>"
    for line in lines:
        words = "".join(_span(span, marks) for span in line.spans)
        kind = "" if line.of_record else ' class="silent"'
        yield f"<li{kind}>{words.strip()}"
        yield from _list(line.under, marks)
        yield "</li>"
    yield "</ul>"


def _span(span: Span, marks: _Marks) -> str:
    match span.role:
        case "mark" if span.link is not None:
            return marks.mark(span.link.id)
        case "strong":
            return f"<strong>{_text(span.text)}</strong>"
        case "warning":
            return f"<em>{_text(span.text)}</em>"
        case "code":
            return f"<code>{_text(span.text)}</code>"
        case _:
            return _text(span.text)


def _notes(notes: Iterable[OwnNote]) -> Iterator[str]:
    if not notes:
        return
    yield "<aside>"
    yield f"<h2>{_text(OWN)}</h2>"
    for note in notes:
        yield f"<h3>{_text(note.on)}</h3>"
        yield f'<p class="days">{_text(note.about)}</p>'
        for paragraph in re.split(r"\n[ \t]*\n", kept(note.text).strip("\n")):
            if paragraph.strip():
                own = in_entities(escape(paragraph), only_marks=True)
                yield f'<p class="own">{own}</p>'
    yield "</aside>"


def _sources(footnotes: Iterable[Footnote], made: Mapping[int, int]) -> Iterator[str]:
    if not footnotes:
        return
    yield '<section class="sources">'
    yield "<h2>Sources</h2>"
    yield "<ol>"
    for footnote in footnotes:
        told = [_text(footnote.text)]
        if footnote.address:
            address = escape(footnote.address)
            told.append(f'<a href="{address}" rel="noopener noreferrer">{address}</a>')
        told += [f"<em>({_text(remark)})</em>" for remark in footnote.remarks]
        told += _back(footnote.number, made[footnote.number])
        yield f'<li id="source-{footnote.number}">{" ".join(told)}</li>'
    yield "</ol>"
    yield "</section>"


def _back(number: int, times: int) -> Iterator[str]:
    """Links back to every mark of a footnote."""
    for time in range(1, times + 1):
        sign = "↩" if times == 1 else f"↩{time}"
        name = f"mark-{number}-{time}"
        yield f'<a class="back" href="#{name}" aria-label="back to {number}, {time}">{sign}</a>'
