"""What the end of a file's name says of its format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explorer.errors import UsageError
from explorer.text.sanitize import one_line

_OTHERS = frozenset(
    ".bib .csv .db .doc .docx .epub .htm .html .json .jsonld .odt .ods .pdf .png .ris .rtf "
    ".sqlite .tex .toml .tsv .xls .xlsx .xml .yaml .yml .zip".split()
)
"""Endings that promise a format, of which a command writes some."""


def form_of(path: Path | None, forms: Mapping[str, str], otherwise: str) -> str:
    """The format of a file that is to be written, one of `forms` by its ending.

    A name that promises none is `otherwise`. Raises UsageError when it promises another: a
    program that opens it would find something else in it.
    """
    ending = path.suffix.lower() if path else ""
    if path is not None and ending in _OTHERS - forms.keys():
        known = ", ".join(forms)
        raise UsageError(
            f"{one_line(str(path))} would not hold what its name says, for there is no format "
            f"{ending} here; end it in one of {known}"
        )
    return forms.get(ending, otherwise)
