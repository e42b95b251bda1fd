"""A footnoted briefing on the issues and rounds in the scope, to take out of the program.

`brief` makes it as plain data, `as_markdown` and `as_html` write it out, `save` puts it in
a file. Made again of the same record and notes it is the same to the byte: nothing in it
comes of the clock, of the order of files, or of where it was made.

`covered` says what a briefing is about, `parts` and `talks` what is told of it, `endnotes`
what stands at its end.
"""

from explorer.documents.briefing.assemble import brief
from explorer.documents.briefing.document import Brief, as_data
from explorer.documents.briefing.saved import BriefError, save
from explorer.documents.briefing.to_html import as_html
from explorer.documents.briefing.to_markdown import as_markdown

FORMS = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
"""The formats of a briefing by how a file's name ends."""

__all__ = ["FORMS", "Brief", "BriefError", "as_data", "as_html", "as_markdown", "brief", "save"]
