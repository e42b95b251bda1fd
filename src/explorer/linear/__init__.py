"""Everything by lines that are typed and lines that are printed, without a screen.

For screen readers, braille displays and terminals that can do nothing else. `whereabouts` says
where one can be, `leaves` what is read there, `session` takes a line and answers with lines,
and `conversation` is the loop around it. What is added to the record is asked for field by field
(`form_asking`, `form_answers`) and read back (`form_review`). Nothing is drawn twice, and no
escape sequence is written.
"""
