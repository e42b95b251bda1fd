"""A record as it may be cited: words, speaker, dates and the sources they rest on."""

from __future__ import annotations

from typing import Any

from explorer import wording
from explorer.model import Ref
from explorer.view import View


def citation(view: View, ref: Ref) -> str:
    """The citation of a record as plain text.

    A paraphrase gets no quotation marks, and a translation is called one.
    """
    record = view.index[ref]
    if ref.kind == "source":
        return _source(record)
    lead = _quote(view, record) if ref.kind == "quote" else _statement(view, ref)
    sources = [_source(view.index[Ref("source", slug)]) for slug in record.source_ids]
    return "\n".join([lead, *(f"Source: {source}" for source in sources)])


def _quote(view: View, quote: Any) -> str:
    speaker = view.index[Ref("delegate", quote.speaker_id)]
    role = wording.role_on(speaker, quote.said or quote.published)
    said = wording.day(quote.said) if quote.said else f"published {wording.day(quote.published)}"
    form = "" if quote.form == "translation" else quote.form
    if quote.translator:
        translated = f"translated from {wording.language(quote.language)} by {quote.translator}"
        form = ", ".join(part for part in (form, translated) if part)
    parts = [speaker.name, role, quote.to, quote.where, said, form]
    line = f"{wording.quoted(quote)} — {', '.join(part for part in parts if part)}."
    if quote.said and quote.said != quote.published:
        line += f" Published {wording.day(quote.published)}."
    if quote.via:
        line += f" Via {quote.via}."
    return line


def _statement(view: View, ref: Ref) -> str:
    record = view.index[ref]
    text = getattr(record, "text", "") or getattr(record, "summary", "")
    data = view.index.dataset.negotiation
    heading = (
        f"{wording.title(view.index, ref)} ({data.name}, record to {wording.day(data.record_ends)})"
    )
    return f"{heading}. {text}".strip()


def _source(source: Any) -> str:
    line = wording.source_line(source)
    line = f"{line}, {source.address}" if source.address else line
    return f"{line} (weak source)" if source.reliability == "weak" else line
