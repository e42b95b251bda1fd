"""The front page: what one asks on the evening before, on the day that is looked at.

`page` puts it together, for the negotiation's own page; `ahead` has what comes and falls due,
`lately` what was said and what moved, `limits` what the record does not know.
"""

from explorer.documents.front.limits import notes_due
from explorer.documents.front.page import front_page, today

__all__ = ["front_page", "notes_due", "today"]
