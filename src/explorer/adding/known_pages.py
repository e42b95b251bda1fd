"""What the record knows already of whoever published a page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from explorer.adding import bibliography
from explorer.record.model import Ref, Source
from explorer.text.folding import fold
from explorer.view import View

_TAKEN = ("type", "affiliation", "language")


class KnownPages:
    """The pages of a record by who published them and where they lie, read once."""

    def __init__(self, view: View) -> None:
        self._of_publisher: dict[str, list[Source]] = {}
        self._of_host: dict[str, list[Source]] = {}
        index = view.index
        for source in map(index.source, index.refs("source")):
            self._of_publisher.setdefault(fold(source.publisher), []).append(source)
            self._of_host.setdefault(_host(source.address), []).append(source)

    def completed(self, fields: Mapping[str, str]) -> dict[str, str]:
        """What is said of a source, with what other pages of its publisher say alike."""
        found = dict(fields)
        publisher, host = fold(found.get("publisher", "")), _host(found.get("address", ""))
        if publisher:
            alike = self._of_publisher.get(publisher, [])
        else:
            alike = self._of_host.get(host, []) if host else []
        if not alike:
            return found
        if not publisher and len({source.publisher for source in alike}) == 1:
            found["publisher"] = alike[0].publisher
        for key in _TAKEN:
            said = {getattr(source, key) for source in alike}
            if len(said) == 1 and (value := said.pop()):
                found.setdefault(key, value)
        return found


def completed(view: View, fields: Mapping[str, str]) -> dict[str, str]:
    """What was pasted of a source, with what other pages of its publisher say alike."""
    return KnownPages(view).completed(fields)


def typed(view: View, text: str) -> dict[str, str] | None:
    """What is known of a source of which an address or an entry was typed; None for other words."""
    if not bibliography.looks_like(text):
        return None
    try:
        return completed(view, bibliography.read(text))
    except ValueError:
        return None


def of_address(view: View, address: str) -> Ref | None:
    """The source that is the page at an address, if the record has it."""
    from explorer.adding.candidate import page_of

    page, index = page_of(address), view.index
    sources: list[Source] = [index.source(ref) for ref in index.refs("source")] if page else []
    return next((source.ref for source in sources if page_of(source.address) == page), None)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
