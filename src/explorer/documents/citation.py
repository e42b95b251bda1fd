"""A record as it may be cited: words, speaker, dates and the sources they rest on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal, get_args

from explorer.documents import coverage, csl
from explorer.record import labels
from explorer.record.model import Ref
from explorer.text import markdown
from explorer.view import View

Style = Literal["text", "markdown", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)


def citation(view: View, ref: Ref, style: Style = "text") -> str:
    """The citation of a record: plain text, Markdown, or CSL-JSON for reference managers.

    A paraphrase gets no quotation marks, and a translation is called one.
    """
    return citations(view, (ref,), style)


def citations(view: View, refs: Sequence[Ref], style: Style = "text") -> str:
    """The citations of several records as one text, or as one file for reference managers."""
    if style == "csl-json":
        items = csl.items(view, {ref: _cited_for(view, ref) for ref in refs})
        return json.dumps(items, ensure_ascii=False, indent=2)
    cited = _as_markdown if style == "markdown" else _as_text
    return "\n\n".join(cited(view, ref) for ref in refs)


def by_line(view: View, quote: Any) -> str:
    """The role a speaker had that day, where, both days of the words, their outlet and form."""
    speaker = view.index[Ref("delegate", quote.speaker_id)]
    published = labels.day(quote.published)
    if quote.said is None:
        days = f"published {published}, day of speaking not known"
    elif quote.said == quote.published:
        days = f"said and published {published}"
    else:
        days = f"said {labels.day(quote.said)}, published {published}"
    role = labels.role_on(speaker, quote.said or quote.published)
    where = ", ".join(part for part in (quote.to, quote.where) if part)
    via = f"via {quote.via}" if quote.via else ""
    return "; ".join(part for part in (role, where, days, via, form(quote)) if part)


def form(quote: Any) -> str:
    """How words reached us; a translation with its translator."""
    translated = ""
    if quote.translator:
        translated = f"translated from {labels.language(quote.language)} by {quote.translator}"
    # “Translation, translated by” says it twice.
    told = "" if translated and quote.form == "translation" else labels.FORM_NAMES[quote.form]
    return ", ".join(part for part in (told, translated) if part)


# Plain text.


def _as_text(view: View, ref: Ref) -> str:
    record = view.index[ref]
    if ref.kind == "source":
        return _source(record)
    lead = _quote(view, record) if ref.kind == "quote" else _statement(view, ref)
    sources = [_source(source) for source in _sources(view, ref)]
    return "\n".join([lead, *(f"Source: {source}" for source in sources)])


def _sources(view: View, ref: Ref) -> list[Any]:
    """The sources a record rests on, or the source itself."""
    record = view.index[ref]
    if ref.kind == "source":
        return [record]
    return [view.index[Ref("source", slug)] for slug in record.source_ids]


def _quote(view: View, quote: Any) -> str:
    speaker = view.index[Ref("delegate", quote.speaker_id)]
    role = labels.role_on(speaker, quote.said or quote.published)
    said = labels.day(quote.said) if quote.said else f"published {labels.day(quote.published)}"
    form = "" if quote.form == "translation" else quote.form
    if quote.translator:
        translated = f"translated from {labels.language(quote.language)} by {quote.translator}"
        form = ", ".join(part for part in (form, translated) if part)
    parts = [speaker.name, role, quote.to, quote.where, said, form]
    line = f"{labels.quoted(quote)} — {', '.join(part for part in parts if part)}."
    if quote.said and quote.said != quote.published:
        line += f" Published {labels.day(quote.published)}."
    if quote.via:
        line += f" Via {quote.via}."
    return line


def _statement(view: View, ref: Ref) -> str:
    return f"{_heading(view, ref)}. {_words(view.index[ref])}".strip()


def _heading(view: View, ref: Ref) -> str:
    """A record by its name, with the negotiation and how far its record reaches."""
    data = view.index.dataset.negotiation
    ends = labels.day(data.record_ends)
    beyond = f", {told}" if (told := coverage.beyond(view)) else ""
    return f"{labels.title(view.index, ref)} ({data.name}, record to {ends}{beyond})"


def _words(record: Any) -> str:
    return str(getattr(record, "text", "") or getattr(record, "summary", ""))


def _source(source: Any) -> str:
    line = labels.source_line(source)
    line = f"{line}, {source.address}" if source.address else line
    return f"{line} (weak source)" if source.reliability == "weak" else line


# Markdown.


def _as_markdown(view: View, ref: Ref) -> str:
    record = view.index[ref]
    sources = [f"- {_linked(source)}" for source in _sources(view, ref)]
    if ref.kind == "source":
        return _linked(record)
    told = _quote_blocks(view, record) if ref.kind == "quote" else [_said(view, ref)]
    return "\n\n".join([*told, "\n".join(["Sources:", "", *sources])] if sources else told)


def _quote_blocks(view: View, quote: Any) -> list[str]:
    """The words as a block quote, a paraphrase as a plain paragraph; then whose they are."""
    words = markdown.begun(markdown.escaped(labels.quoted(quote)))
    speaker = markdown.escaped(view.index[Ref("delegate", quote.speaker_id)].name)
    by = f"— {markdown.strong(speaker)}, {markdown.escaped(by_line(view, quote))}."
    return [words if quote.form == "paraphrase" else f"> {words}", by]


def _said(view: View, ref: Ref) -> str:
    heading = markdown.strong(markdown.escaped(_heading(view, ref)))
    return f"{heading}. {markdown.escaped(_words(view.index[ref]))}".strip()


def _linked(source: Any) -> str:
    line = markdown.begun(markdown.linked(labels.source_line(source), source.address))
    return f"{line} (weak source)" if source.reliability == "weak" else line


# For reference managers.


def _cited_for(view: View, ref: Ref) -> str:
    """What a source is cited for, when that is what somebody said."""
    if ref.kind != "quote":
        return ""
    quote = view.index[ref]
    speaker = view.index[Ref("delegate", quote.speaker_id)]
    what = "Statement" if quote.form == "paraphrase" else "Words"
    return f"{what} of {speaker.name}, {by_line(view, quote)}"
