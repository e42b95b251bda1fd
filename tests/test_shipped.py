"""The shipped quotes stand word for word in the articles they are taken from.

The articles are not part of the project; where they lie beside it, they are compared.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
FILES = {"unidentified-2025-10": "a.txt", "evrim-agaci-2025-10": "b.txt"}

pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles are not here")

_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\xa0": " "})


def typed(text):
    """Text as a typewriter would have it, on one line."""
    return " ".join(text.translate(_TYPED).split())


def pieces(words):
    """What stands between ellipses, each without the comma or full stop that ends it."""
    return [piece for part in re.split(r"…|\.\.\.", typed(words)) if (piece := part.strip(" .,"))]


def cited_from(view, source):
    """Quotes and variants that cite a source as printing them: (where, words)."""
    for quote in view.index.dataset.quotes:
        if source in quote.source_ids:
            yield str(quote.ref), quote.text
        for variant in quote.variants:
            if source in variant.source_ids:
                yield f"{quote.ref}, variant", variant.text


@pytest.mark.parametrize("source", FILES)
def test_every_quote_stands_word_for_word_in_its_article(shipped_view, source):
    article = typed((ARTICLES / FILES[source]).read_text("utf-8"))
    found = list(cited_from(shipped_view, source))

    missing = [
        (where, piece) for where, text in found for piece in pieces(text) if piece not in article
    ]

    assert found
    assert missing == []
