"""Copies of sources on this machine: text, Markdown or HTML files that are named by their ids."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from explorer.dataset.problems import DatasetError, Problem, did_you_mean
from explorer.text.page_text import TooManyTags, decoded, page_text
from explorer.text.word_proof import Words

_PAGES = (".html", ".htm", ".xhtml")
_TEXTS = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_LARGEST = 16 * 1024 * 1024
"""Bytes of a copy that is read."""


@dataclass(slots=True)
class Copies:
    """The copies in a folder, by the id of their source; each is read when it is needed."""

    files: Mapping[str, list[Path]]
    strange: list[str]
    """What is said of files that are no copy of a source."""
    unread: list[str] = field(default_factory=list)
    """What is said of copies that cannot be read."""
    _words: dict[str, list[tuple[str, Words]]] = field(default_factory=dict)

    def of(self, source_id: str) -> list[tuple[str, Words]]:
        """The words of each copy of a source, with the name of its file."""
        if source_id not in self._words:
            self._words[source_id] = [
                (path.name, Words(text))
                for path in self.files.get(source_id, ())
                if (text := self._text(path)) is not None
            ]
        return self._words[source_id]

    def _text(self, path: Path) -> str | None:
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except OSError as error:
            self.unread.append(f"{path.name} cannot be read: {error.strerror}")
            return None
        if len(data) > _LARGEST:
            self.unread.append(f"{path.name} is larger than {_LARGEST >> 20} MB, and is not read")
            return None
        try:
            if path.suffix.lower() in _MARKDOWN:
                data = _as_page(decoded(data))
            elif path.suffix.lower() in _TEXTS:
                return decoded(data)
            return page_text(data)
        except TooManyTags:
            self.unread.append(f"{path.name} has more tags than any page, and is not read")
            return None


def _as_page(text: str) -> bytes:
    """Markdown as the page that it makes: its signs are not among the words."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(text)).encode()


def copies_in(folder: Path, known: Container[str]) -> Copies:
    """The copies in a folder. Raises DatasetError when it cannot be listed."""
    files: dict[str, list[Path]] = {}
    strange: list[str] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        message = f"cannot be listed: {error.strerror}; name the folder with copies of sources"
        raise DatasetError(folder, [Problem(file=folder, message=message)]) from None
    for entry in entries:
        if entry.name.startswith(".") or not entry.is_file():
            continue
        slug, path = entry.name.partition(".")[0], Path(entry.path)
        if path.suffix.lower() not in (*_PAGES, *_TEXTS, *_MARKDOWN):
            strange.append(f"{entry.name} is no text, Markdown or HTML file")
        elif slug not in known:
            ids = known if isinstance(known, set) else ()
            strange.append(f"{entry.name}: there is no source “{slug}”{did_you_mean(slug, ids)}")
        else:
            files.setdefault(slug, []).append(path)
    return Copies(files, strange)
