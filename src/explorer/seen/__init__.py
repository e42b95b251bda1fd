"""What a person has seen of a dataset, and what is new to them; and their watches.

`memory` keeps what every record looked like when it was seen, `plain_form` is how a record is
kept there, `compare` finds which records are otherwise now, `news` holds what was found, and
`watches` keeps the searches and scopes that a person follows. It knows nothing of days that
are looked at: what of the news may be shown on one is asked of the index of that day.
"""

from explorer.seen.news import NOTHING_NEW, Item, News, Watched

__all__ = ["NOTHING_NEW", "Item", "News", "Watched"]
