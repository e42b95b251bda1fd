"""One search over everything that was public, and over the user's notes, as one types.

Not to be mixed up with `explorer.text.folding`, which says of one text at a time whether words
occur in it: that is how a pane is filtered, in its own order. Here all texts are looked through
at once and the best comes first. For that they are put into SQLite's FTS5, which comes with
Python: an index of words in memory, with ranking, phrases and beginnings of words.

A word is the same in both: `explorer.text.folding.fold` says which letters are alike. FTS5 is given
texts already taken apart into such words, so that it never disagrees with us on what a word
is, and nothing that is typed is read as its query language.

What is found is a record, a dated statement within one, or a note. They come from the view's
index and from the notes it shows, and so show nothing that was not public on its day.
"""

from explorer.search.engine import Engine, Hit, Results, ResultsData, as_data
from explorer.search.filters import filters
from explorer.search.findable import KINDS
from explorer.search.snippet import Spans
from explorer.search.word_table import NoFullTextError

__all__ = [
    "KINDS",
    "Engine",
    "Hit",
    "NoFullTextError",
    "Results",
    "ResultsData",
    "Spans",
    "as_data",
    "filters",
]
