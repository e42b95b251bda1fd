"""What is new since the reader was last here: which records came, were corrected, or are gone.

Where `changes` compares two days of one record, this compares what the files said when they
were seen with what they say now, as far as either was public on the day that is looked at.

`form_changes` finds what differs between two forms of a record, `form_words` puts it into
words, and `news_sheet` sets it out, one record at a time or all of them.
"""

from explorer.documents.comparisons.news.news_sheet import (
    as_data,
    in_watch,
    sheet,
    summary,
    to_read,
    watch_data,
)

__all__ = ["as_data", "in_watch", "sheet", "summary", "to_read", "watch_data"]
