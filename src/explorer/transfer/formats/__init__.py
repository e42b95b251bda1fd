"""The formats of notes outside the program, a module each."""
