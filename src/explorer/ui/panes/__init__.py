"""The panes: four lists of records, the record in full, and the notes on it."""
