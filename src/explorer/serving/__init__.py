"""The app in browsers: a server that gives each visitor a process, and lets none do more.

It stands on textual-serve, which is only installed by who wants it (`explorer[web]`).
"""
