"""Texts as what an id may be: lower-case letters, digits and hyphens."""

from __future__ import annotations

import re

from explorer.text.folding import fold

_APOSTROPHES = re.compile("['’‘`ʼ]")


def slug(text: str) -> str:
    """A text as lower-case letters, digits and hyphens; nothing of one in another script."""
    return re.sub("[^a-z0-9]+", "-", fold(_APOSTROPHES.sub("", text))).strip("-")
