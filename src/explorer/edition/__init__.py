"""A static edition of the record, for readers without a terminal: a folder of plain HTML.

All that its pages say comes from the sheets in `documents`; here are only the frame around
them, where each page stands, what leads from one to another, charts and the ribbon as SVG,
the index of the search, and the folder that takes the place of the one before.

Pages are written with f-strings and one `string.Template`: nearly every line of them comes from
a sheet, so a language of templates would be a dependency for a frame.
"""

from explorer.edition.published_folder import known_place, not_written
from explorer.edition.publishing import Edition, Progress, Published, Wishes, publish

__all__ = [
    "Edition",
    "Progress",
    "Published",
    "Wishes",
    "known_place",
    "not_written",
    "publish",
]
