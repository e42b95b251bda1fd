"""A sheet as one file of HTML that loads nothing and runs nothing."""

from __future__ import annotations

from importlib.resources import files
from string import Template

from explorer.documents import coverage
from explorer.documents.html_body import HtmlBody, plain_text, set_as_text
from explorer.documents.sheet import Sheet


def to_html(sheet: Sheet) -> str:
    """The sheet as a web page; it ends in a newline."""
    folder = files("explorer.documents")
    opening = sheet.opening or (coverage.opening(sheet.view),)
    return Template(folder.joinpath("sheet.html").read_text("utf-8")).substitute(
        title=plain_text(sheet.title),
        heading=set_as_text(sheet.title),
        style=folder.joinpath("sheet.css").read_text("utf-8"),
        opening="\n".join(f"<p>{set_as_text(line)}</p>" for line in opening),
        body="\n".join(HtmlBody(sheet).lines()),
    )
