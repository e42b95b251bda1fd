"""Other programs of the person's: the browser, what copies for them, their own editor."""
