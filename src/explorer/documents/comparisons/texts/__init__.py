"""Two texts, or two states of one, clause by clause.

`alignment` finds which clauses belong side by side, `text_state` says how a text read on a day
and on what it is silent, `likely_texts` which others one compares it with, `two_texts` how two
differ, and `side_by_side` sets the answer out.
"""

from explorer.documents.comparisons.texts.side_by_side import as_data, sheet

__all__ = ["as_data", "sheet"]
