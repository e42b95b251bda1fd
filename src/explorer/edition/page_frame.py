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
from explorer.documents.html_body import plain_text, set_as_text, unbroken
from explorer.edition import addresses
from explorer.edition.published_folder import GENERATOR
from explorer.edition.ribbon_svg import ribbon
from explorer.edition.tree import Tree
from explorer.record import labels
from explorer.text.urls import why_not

# A page that was opened as a file comes from no site: “self” alone would not do in every browser.
_POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' file:; {script}"
    "base-uri 'none'; form-action 'none'"
)
_SCRIPT = "script-src 'self' file:; "
_LICENCE = "https://spdx.org/licenses/{}.html"
"""Where the text of a licence stands that is named by its SPDX identifier."""
_SPDX = re.compile("[A-Za-z0-9][A-Za-z0-9.+-]*")
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
    latest: str = ""
    """Where the same stands as of the latest day; on a page of an earlier one."""


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
        description = self._description(text)
        about = f'<p class="about">{set_as_text(text.about)}</p>\n' if text.about else ""
        return self._template.substitute(
            generator=self.generator,
            policy=_POLICY.format(script=_SCRIPT if text.script else ""),
            title=plain_text(f"{' — '.join(named)}{dated}"),
            description=plain_text(description),
            more="".join(self._head(text, root)),
            kind=' class="earlier"' if tree.is_of_a_day else "",
            root=root,
            up=up,
            talks=set_as_text(self._talks),
            day=self._day(text, root),
            search=self._search(text.path, up),
            views="\n".join(self._views(text.path, up)),
            ribbon=f"{self._ribbon(root)}\n" if text.has_ribbon else "",
            above=text.above,
            heading=unbroken(set_as_text(text.title, text.language)),
            about=about,
            body=text.body,
            footer="\n".join(self._footer(text, up)),
        )

    @cached_property
    def _template(self) -> Template:
        return Template(files("explorer.edition").joinpath("page.html").read_text("utf-8"))

    @staticmethod
    def _description(text: PageText) -> str:
        return labels.shortened(text.description or text.about or text.title, _LONGEST)

    def _head(self, text: PageText, root: str) -> Iterator[str]:
        if self._base_url:
            here = plain_text(self._address(text))
            named = plain_text(self._talks)
            yield f'<link rel="canonical" href="{here}">\n'
            feed = plain_text(f"{root}feed.xml")
            of = f'type="application/atom+xml" title="{named}" href="{feed}"'
            yield f'<link rel="alternate" {of}>\n'
            # What is shown of a page where somebody passes on its address.
            for what, said in (
                ("type", "website" if text.path == addresses.FRONT else "article"),
                ("url", here),
                ("site_name", named),
                ("title", plain_text(text.title)),
                ("description", plain_text(self._description(text))),
            ):
                yield f'<meta property="og:{what}" content="{said}">\n'
        if text.script:
            yield f'<script src="{plain_text(root + text.script)}" defer></script>\n'

    def _address(self, text: PageText) -> str:
        """Where a page is to be found, as far as that is known."""
        return f"{self._base_url}{self._tree.folder}{text.path}"

    def _day(self, text: PageText, root: str) -> str:
        tree = self._tree
        others = f'<a href="{root}{addresses.DAYS}">Other days</a>' if tree.days else ""
        leads = plain_text(root + (text.latest or addresses.FRONT))
        leave = f'<a href="{leads}">To the latest day</a>' if tree.folder else ""
        when = f"<span>As of <strong>{labels.day(tree.view.as_of)}</strong></span>"
        return " ".join(filter(None, (when, leave, others)))

    def _search(self, path: str, up: str) -> str:
        """What leads to the search, which is of the latest day alone."""
        if self._tree.is_of_a_day:
            return ""
        here = ' aria-current="page"' if path == addresses.SEARCH else ""
        return f'<p class="search"><a href="{up}{addresses.SEARCH}"{here}>Search</a></p>\n'

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

    @property
    def generator(self) -> str:
        """What made the edition."""
        return f"{GENERATOR} {explorer.__version__}"

    @property
    def _made(self) -> str:
        """The day on which it was made, where that makes a difference."""
        view = self._tree.view
        return labels.day(view.reader()) if view.counting.age else ""

    def _footer(self, text: PageText, up: str) -> Iterator[str]:
        yield f"<p>{set_as_text(self._reach)}</p>"
        yield f'<p class="cite">To cite this page: {"".join(self._citation(text))}</p>'
        view = self._tree.view
        about = f"{up}{addresses.of_record(view.index.dataset.negotiation.ref)}"
        lines = [] if self._tree.is_of_a_day else [f'<a href="{about}">About this record</a>.']
        lines += self._licence()
        lines.append(f"Made with {self.generator}.")
        lines.append("This edition loads nothing from elsewhere and counts nobody.")
        yield f"<p>{' '.join(lines)}</p>"

    def _citation(self, text: PageText) -> Iterator[str]:
        if text.title != self._talks:
            yield f"“{set_as_text(text.title, text.language)}”, "
        yield f"<cite>{set_as_text(self._talks)}</cite>, "
        yield f"as of {labels.day(self._tree.view.as_of)}"
        yield f", edition of {self._made}" if self._made else ""
        yield f", <span>{plain_text(self._address(text))}</span>"

    def _licence(self) -> Iterator[str]:
        """On what terms the record may be passed on, if the dataset says so."""
        licence = self._tree.view.index.dataset.negotiation.licence
        if not licence:
            return
        named = plain_text(licence)
        is_address = why_not(licence) is None
        if is_address or _SPDX.fullmatch(licence):
            leads = named if is_address else _LICENCE.format(named)
            named = f'<a rel="license noopener noreferrer" href="{leads}">{named}</a>'
        yield f"Licence of the record: {named}."
