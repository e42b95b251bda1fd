"""explorer: explore a negotiation and annotate it, in a terminal."""

__version__ = "0.2.0"
