"""What a person adds to a dataset from inside: forms, and what becomes of what is typed in them.

`form_kinds` says what can be added and what is asked for first, `form_fields` reads each field
off the model, `typed_values` reads what was typed, `offers` suggests records, `candidate` checks
and previews what would be added, and `bibliography` reads a source that was pasted. `said_of_forms`
says how a form stands, for the screen and for lines, and `form_saving` writes it.
"""
