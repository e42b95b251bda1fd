"""Widgets that know no pane, view or dialog."""
