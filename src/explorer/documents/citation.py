"""A record as it may be cited: words, speaker, dates and the sources they rest on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, get_args

from explorer.documents import coverage, csl
from explorer.record import labels, model
from explorer.record.model import AnyRecord, Ref
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


def by_line(view: View, quote: model.Quote) -> str:
    """The role a speaker had that day, where, both days of the words, their outlet and form."""
    speaker = view.index.delegate(quote.speaker_id)
    published = labels.day(quote.published)
    if quote.said is None:
        days = f"published {published}, day of speaking not known"
    elif quote.said == quote.published:
        days = f"said and published {published}"
    else:
        days = f"said {labels.day(quote.said)}, published {published}"
    role = speaker.role_on(quote.day)
    where = ", ".join(filter(None, (quote.to, quote.where)))
    via = f"via {quote.via}" if quote.via else ""
    return "; ".join(filter(None, (role, where, days, via, form(quote))))


def form(quote: model.Quote) -> str:
    """How words reached us; a translation with its translator."""
    translated = _translated(quote)
    # “Translation, translated by” says it twice.
    form = "" if translated and quote.form == "translation" else labels.FORM_NAMES[quote.form]
    return ", ".join(filter(None, (form, translated)))


def _translated(quote: model.Quote) -> str:
    language = labels.language(quote.language)
    return f"translated from {language} by {quote.translator}" if quote.translator else ""


OWN = labels.sentence(labels.OWN_MEANS)
"""What is said of a record that a reader added."""


# Plain text.


def _as_text(view: View, ref: Ref) -> str:
    match record := view.index[ref]:
        case model.Source():
            return _source(record)
        case model.Quote():
            lead = _quote(view, record)
        case _:
            lead = f"{_heading(view, ref)}. {_words(record)}".strip()
    sources = map(view.index.source, record.source_ids)
    own = (OWN,) if record.own else ()
    return "\n".join([lead, *own, *(f"Source: {_source(source)}" for source in sources)])


def _quote(view: View, quote: model.Quote) -> str:
    speaker = view.index.delegate(quote.speaker_id)
    said = labels.day(quote.said) if quote.said else f"published {labels.day(quote.published)}"
    form = "" if quote.form == "translation" else quote.form
    parts = (speaker.name, speaker.role_on(quote.day), quote.to, quote.where, said, form)
    line = f"{labels.quoted(quote)} — {', '.join(filter(None, (*parts, _translated(quote))))}."
    if quote.said and quote.said != quote.published:
        line += f" Published {labels.day(quote.published)}."
    if quote.via:
        line += f" Via {quote.via}."
    return line


def _heading(view: View, ref: Ref) -> str:
    """A record by its name, with the negotiation and how far its record reaches."""
    data = view.index.dataset.negotiation
    ends = labels.day(data.record_ends)
    beyond = f", {part}" if (part := coverage.beyond(view)) else ""
    return f"{labels.title(view.index, ref)} ({data.name}, record to {ends}{beyond})"


def _words(record: AnyRecord) -> str:
    """What a record that is no quote says in a sentence or two."""
    match record:
        case model.Conflict() | model.Source():
            return ""
        case model.Quote() | model.Point() | model.Milestone():
            return record.text
        case model.Text():
            symbol = f"{record.symbol}, " if record.symbol else ""
            return labels.sentence(f"{symbol}{record.type}, {labels.day(record.issued)}")
        case _:
            return record.summary


def _source(source: model.Source) -> str:
    line = labels.source_line(source)
    line = f"{line}, {source.address}" if source.address else line
    if source.checked:
        line = f"{line}, checked {labels.day(source.checked)}"
    if copy := source.archived:
        line = f"{line}; archived {labels.day(copy.on)}, {copy.address}"
    return f"{line}{_asides(source)}"


def _asides(source: model.Source) -> str:
    """What a reader must know of a source, behind it."""
    weak = " (weak source)" if source.reliability == "weak" else ""
    return f"{weak} ({labels.OWN_MEANS})" if source.own else weak


# Markdown.


def _as_markdown(view: View, ref: Ref) -> str:
    match record := view.index[ref]:
        case model.Source():
            return _linked(record)
        case model.Quote():
            blocks = _quote_blocks(view, record)
        case _:
            heading = markdown.strong(markdown.escaped(_heading(view, ref)))
            blocks = [f"{heading}. {markdown.escaped(_words(record))}".strip()]
    if record.own:
        blocks.append(markdown.escaped(OWN))
    if sources := [f"- {_linked(view.index.source(slug))}" for slug in record.source_ids]:
        blocks.append("\n".join(["Sources:", "", *sources]))
    return "\n\n".join(blocks)


def _quote_blocks(view: View, quote: model.Quote) -> list[str]:
    """The words as a block quote, a paraphrase as a plain paragraph; then whose they are."""
    words = markdown.begun(markdown.escaped(labels.quoted(quote)))
    speaker = markdown.escaped(view.index.delegate(quote.speaker_id).name)
    by = f"— {markdown.strong(speaker)}, {markdown.escaped(by_line(view, quote))}."
    return [words if quote.form == "paraphrase" else f"> {words}", by]


def _linked(source: model.Source) -> str:
    line = markdown.begun(markdown.linked(labels.source_line(source), source.address))
    if source.checked:
        line = f"{line}, checked {labels.day(source.checked)}"
    if copy := source.archived:
        line = f"{line}; {markdown.linked(f'archived {labels.day(copy.on)}', copy.address)}"
    return f"{line}{_asides(source)}"


# For reference managers.


def _cited_for(view: View, ref: Ref) -> str:
    """What a source is cited for, when that is what somebody said."""
    if ref.kind != "quote":
        return ""
    quote = view.index.quote(ref)
    speaker = view.index.delegate(quote.speaker_id)
    what = "Statement" if quote.form == "paraphrase" else "Words"
    own = f"; {labels.OWN_MEANS}" if quote.own else ""
    return f"{what} of {speaker.name}, {by_line(view, quote)}{own}"
