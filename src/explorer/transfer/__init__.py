"""Notes out of the program and into it: exports, imports, backups, and tags over all of them.

Nothing here replaces a note with another: what differs is kept beside it.
"""
