"""explorer: explore a negotiation and annotate it, in a terminal."""

__version__ = "0.1.0"
