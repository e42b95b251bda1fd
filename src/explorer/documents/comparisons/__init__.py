"""What no single record shows: sides and days set against one another.

Each module answers one question in plain data, which `--json` prints, and sets it out as a
sheet, which the screen paints and the command line prints.
"""
