"""The record out of the program: what spreadsheets, databases and reference managers read.

`export_formats` lists the formats, a module each. What a record has is described once, as
`record_tables`, read off the model; tables in whatever form are made of it. All of it is asked
of a `View`, so that an export as of a day holds what was public then.
"""

MADE_BY = "explorer"
"""Who wrote an export, as that says where its format has a place for it."""
