"""A negotiation as records: their terms, look-ups across them, days and names."""
