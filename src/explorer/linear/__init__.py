"""Everything by lines that are typed and lines that are printed, without a screen.

For screen readers, braille displays and terminals that can do nothing else. `whereabouts` says
where one can be, `leaves` what is read there, `session` takes a line and answers with lines,
and `conversation` is the loop around it. Nothing is drawn twice, and no escape sequence is written.
"""
