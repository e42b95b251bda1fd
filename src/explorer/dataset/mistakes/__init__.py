"""What keeps a file from being TOML: each mistake in words, and the file read around it.

The parser says where it gave up, which may be far below where the mistake was made. `around`
finds the statement it gave up in, has said what is wrong with it where it begins, and reads on
without it. `statements` takes a text apart; `stray_lines` says what is wrong with a header or
other line, `pairs` with a key and its value, and `bare_values` what a value was to be.
"""
