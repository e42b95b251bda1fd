"""Charts as plain data: what is drawn of figures, whatever draws it."""
