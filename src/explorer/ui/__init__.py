"""The terminal interface. Nothing below it knows of it."""
