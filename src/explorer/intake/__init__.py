"""Records that come in from other programs: libraries, spreadsheets and annotations.

`incoming` reads a file and finds out what it is, `table_files` and `annotation_rows` make rows of
it, `column_map` says which column is which field, `row_reader` reads a row by that, `batch` knows
what is new and what the record has, `plan` says what would come in, and `bringing` does it.
"""
