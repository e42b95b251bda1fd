"""The terminal and the programs around it: keys, signals, browser, clipboard, editors."""
