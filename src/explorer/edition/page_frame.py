"""What stands around each page: its head, what leads to the other pages, and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from string import Template

import explorer
from explorer.documents import coverage
from explorer.documents.html_body import plain_text, set_as_text
from explorer.edition import addresses
from explorer.edition.ribbon_svg import ribbon
from explorer.edition.tree import Tree
from explorer.record import labels

# A page that was opened as a file comes from no site: “self” alone would not do in every browser.
_POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file:; {script}"
    "base-uri 'none'; form-action 'none'"
)
_SCRIPT = "script-src 'self' file:; "
_DAY = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(labels.MONTHS)}) \d{{4}}\b")
_LONGEST = 160
"""Characters of a description; who lists pages shows no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """What a page says, and where it stands in its tree."""

    path: str
    title: str
    body: str
    language: str = ""
    """Of the title, when it is not English."""
    above: str = ""
    """What stands above the heading, in HTML."""
    about: str = ""
    """A sentence beneath the heading."""
    description: str = ""
    has_ribbon: bool = False
    script: str = ""
    """A script that it runs, if it runs one."""
    more: str = ""
    """What its head has besides."""


def _unbroken(heading: str) -> str:
    """A heading no day of which is broken over two lines."""
    return _DAY.sub(lambda day: day[0].replace(" ", "&nbsp;"), heading)


class Frame:
    """The frame of all pages of one tree."""

    def __init__(self, tree: Tree, base_url: str = "") -> None:
        """With `base_url`, where the edition is to be found, each page says its own address."""
        self._tree = tree
        self._base_url = base_url
        self._talks = tree.view.index.dataset.negotiation.name

    def page(self, text: PageText) -> str:
        """A whole page; it ends in a newline."""
        tree = self._tree
        up = addresses.up_from(text.path)
        root = up + addresses.up_from(tree.folder)
        named = dict.fromkeys((text.title, self._talks))
        when = labels.day(tree.view.as_of)
        dated = f", as of {when}" if tree.is_of_a_day and when not in text.title else ""
        description = labels.shortened(text.description or text.about or text.title, _LONGEST)
        about = f'<p class="about">{set_as_text(text.about)}</p>\n' if text.about else ""
        return self._template.substitute(
            policy=_POLICY.format(script=_SCRIPT if text.script else ""),
            title=plain_text(f"{' — '.join(named)}{dated}"),
            description=plain_text(description),
            more=text.more + "".join(self._head(text, root)),
            kind=' class="earlier"' if tree.is_of_a_day else "",
            root=root,
            up=up,
            talks=set_as_text(self._talks),
            day=self._day(root),
            views="\n".join(self._views(text.path, up)),
            ribbon=f"{self._ribbon(root)}\n" if text.has_ribbon else "",
            above=text.above,
            heading=_unbroken(set_as_text(text.title, text.language)),
            about=about,
            body=text.body,
            footer="\n".join(self._footer()),
        )

    @cached_property
    def _template(self) -> Template:
        return Template(files("explorer.edition").joinpath("page.html").read_text("utf-8"))

    def _head(self, text: PageText, root: str) -> Iterator[str]:
        if self._base_url:
            here = plain_text(f"{self._base_url}{self._tree.folder}{text.path}")
            yield f'<link rel="canonical" href="{here}">\n'
            feed = plain_text(f"{root}feed.xml")
            named = plain_text(self._talks)
            of = f'type="application/atom+xml" title="{named}" href="{feed}"'
            yield f'<link rel="alternate" {of}>\n'
        if text.script:
            yield f'<script src="{plain_text(root + text.script)}" defer></script>\n'

    def _day(self, root: str) -> str:
        tree = self._tree
        others = f'<a href="{root}{addresses.DAYS}">Other days</a>' if tree.days else ""
        leave = f'<a href="{root}{addresses.FRONT}">To the latest day</a>' if tree.folder else ""
        when = f"<span>As of <strong>{labels.day(tree.view.as_of)}</strong></span>"
        return " ".join(filter(None, (when, leave, others)))

    def _views(self, path: str, up: str) -> Iterator[str]:
        for leads, name in self._tree.views:
            here = ' aria-current="page"' if leads == path else ""
            yield f'<li><a href="{up}{leads}"{here}>{plain_text(name)}</a></li>'

    def _ribbon(self, root: str) -> str:
        days = set(self._tree.days)
        drawn = ribbon(
            self._tree.view,
            lambda day: f"{root}{addresses.of_day(day)}{addresses.FRONT}" if day in days else "",
        )
        # The keyboard scrolls what it can stop at: a link within, or else the whole.
        stop = "" if days else ' tabindex="0"'
        return f'<nav class="days" aria-label="Days of rounds"{stop}>\n{drawn}\n</nav>'

    @cached_property
    def _reach(self) -> str:
        return coverage.opening(self._tree.view)

    def _footer(self) -> Iterator[str]:
        yield f"<p>{set_as_text(self._reach)}</p>"
        yield (
            f"<p>This edition was made with explorer {explorer.__version__}. "
            "It loads nothing from elsewhere and counts nobody.</p>"
        )
