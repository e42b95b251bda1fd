"""The command line: what it takes, and what each command prints."""

from explorer.cli.command_line import main

__all__ = ["main"]
