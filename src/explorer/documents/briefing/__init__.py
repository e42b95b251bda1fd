"""A footnoted briefing on the issues and rounds in the scope, to take out of the program.

`brief` makes the sheet, `write` puts it in a format, `save` in a file. The output is
reproducible, byte for byte, from the same record and notes: nothing in it comes from the
clock, from the order of files, or from where it was made.

`evening_before` is the front page as such a document.

`subject` says what a briefing is about, `sections` what it has on each round and issue.
"""

from explorer.documents.briefing.assemble import brief, evening_before
from explorer.documents.briefing.saved import FORMS, BriefError, save, write

__all__ = ["FORMS", "BriefError", "brief", "evening_before", "save", "write"]
