"""Titles on the frame of a widget."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget


def set_title(widget: Widget, title: Content) -> None:
    """Title a widget; Textual would draw all of it anew for the title that it has."""
    if widget.border_title != title.markup:
        widget.border_title = title


def set_subtitle(widget: Widget, subtitle: Content) -> None:
    """Write something on a widget's lower border, as above."""
    if widget.border_subtitle != subtitle.markup:
        widget.border_subtitle = subtitle
