"""Notes that several people share by way of git, with the git that is installed.

`git_program` runs it and puts what it says into words. `sharing_setup` makes a folder of notes a
repository, or finds the one that it is in. `sync` commits, fetches, merges and sends; where git
cannot merge, `conflict_settling` keeps both. `merge_driver` is what git itself runs to merge a
note. Nothing is ever rebased, forced or checked out over what was not committed.
"""
