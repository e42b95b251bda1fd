"""An edition put together: every page, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from explorer.documents.charts.figures_chart import chart
from explorer.documents.comparisons import figures
from explorer.documents.comparisons.question import Question
from explorer.documents.comparisons.texts import side_by_side
from explorer.documents.comparisons.texts.two_texts import compared
from explorer.documents.html_body import HtmlBody
from explorer.documents.own_notes import own_notes
from explorer.documents.sheet import Sheet
from explorer.edition import addresses, record_pages, word_index
from explorer.edition.chart_svg import drawing
from explorer.edition.feed import feed, sitemaps
from explorer.edition.kind_lists import KindList, kind_lists
from explorer.edition.other_pages import days_page, gone_elsewhere, records_page, search_page
from explorer.edition.page_frame import Frame, PageText
from explorer.edition.part_links import part_links, section_links
from explorer.edition.published_folder import PublishedFolder
from explorer.edition.record_pages import crumbs
from explorer.edition.round_grid import round_grid
from explorer.edition.sheet_parts import parts
from explorer.edition.tree import DAY_KINDS, Tree
from explorer.edition.view_pages import BY_ROUND, TEXTS, ViewPage, view_pages
from explorer.notes import Notes
from explorer.record.model import Ref
from explorer.view import Scope, View

_LONG = 24
"""Blocks of a page beyond which what it has is listed above it."""

Progress = Callable[[int], None]
"""Hears how many pages are written."""
Files = Iterator[tuple[str, str]]
"""Paths, each with what is written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wants of an edition."""

    with_notes: bool = False
    with_days: bool = True
    """Whether the days on which rounds ended have pages of their own."""
    base_url: str = ""
    """Where it is to be found, if that is known; with a slash at its end."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written."""

    front: Path
    """The page to open first."""
    pages: int
    days: int
    size: int
    """Bytes in all."""
    has_own: bool
    """Whether what the reader added is in it."""


def publish(
    view: View,
    folder: Path,
    wishes: Wishes,
    *,
    force: bool = False,
    progress: Progress = lambda _: None,
) -> Published:
    """Write an edition into a folder, whole or not at all.

    Raises TakenError when the folder holds something else, UsageError when it cannot hold an
    edition, and OSError.
    """
    edition = Edition(view, wishes)
    with PublishedFolder(folder, force=force) as place:
        for path, text in edition.files():
            place.write(path, text)
            progress(place.pages)
        negotiation = view.index.dataset.negotiation
        place.finish(
            {
                "negotiation": negotiation.id,
                "as_of": view.as_of.isoformat(),
                "base_url": wishes.base_url,
            }
        )
    additions = view.whole.additions
    has_own = additions is not None and additions.is_read
    return Published(folder / addresses.FRONT, place.pages, len(edition.days), place.size, has_own)


class Edition:
    """All that is written, made file by file as it is asked for."""

    def __init__(self, view: View, wishes: Wishes) -> None:
        # It is of the whole record: what narrows a view on screen is no part of it. Whoever
        # publishes notes has their own to give away, and not those of others.
        notes = replace(view.notes, hides_others=True) if wishes.with_notes else Notes()
        view = replace(view, notes=notes, scope=Scope(as_of=view.scope.as_of))
        self._view = view
        self._wishes = wishes
        self.days = tuple(_days(view)) if wishes.with_days else ()
        self._whole = Tree(view, views=_views(view), days=self.days)

    def files(self) -> Files:
        """Every file: its path, and what is written there."""
        yield from _assets()
        generator = self._frame(self._whole).generator
        paths: list[str] = []
        for path, text in self._pages():
            if self._wishes.base_url and path.endswith(".html"):
                paths.append(path)
            yield path, text
        for former, now in _renamed(self._view):
            yield gone_elsewhere(self._view, former, now, generator)
        yield from word_index.index_files(self._view)
        if self._wishes.base_url:
            yield from sitemaps(paths, self._wishes.base_url)
            yield feed(self._view, self._wishes.base_url, self._about)

    def _pages(self) -> Files:
        tree, frame = self._whole, self._frame(self._whole)
        yield from _view_pages(tree, frame)
        for listed in kind_lists(self._view):
            yield from _list_pages(tree, frame, listed)
        for page in (records_page(tree), days_page(tree), search_page()):
            yield page.path, frame.page(page)
        yield from _compare_pages(tree, frame)
        for ref in self._view.index.everything():
            yield from _record_pages(tree, frame, ref)
        for day in self.days:
            yield from self._of_day(day)

    def _about(self, ref: Ref) -> str:
        return record_pages.description(record_pages.record_page(self._whole, ref))

    def _of_day(self, day: date) -> Files:
        view = replace(self._view, notes=Notes()).at(day)
        days = tuple(other for other in self.days if other <= day)
        folder = addresses.of_day(day)
        views = _views(view, of_a_day=True)
        tree = Tree(view, folder, DAY_KINDS, views, days)
        frame = self._frame(tree)
        for path, text in _view_pages(tree, frame):
            yield folder + path, text
        for kind in DAY_KINDS:
            for ref in view.index.refs(kind):
                for path, text in _record_pages(tree, frame, ref):
                    yield folder + path, text

    def _frame(self, tree: Tree) -> Frame:
        return Frame(tree, self._wishes.base_url)


def _days(view: View) -> Iterator[date]:
    """The days on which rounds ended, up to that of the view."""
    rounds = view.index.dataset.rounds
    ended = {r.closes for r in rounds if not view.is_to_come(r) and r.closes <= view.as_of}
    yield from sorted(ended)


def _views(view: View, *, of_a_day: bool = False) -> tuple[tuple[str, str], ...]:
    pages = tuple((page.path, page.name) for page in view_pages(view, of_a_day=of_a_day))
    if of_a_day:
        return pages
    return (*pages, (addresses.RECORDS, "Records"))


def _assets() -> Files:
    folder = files("explorer.edition")
    for name in (addresses.STYLE, addresses.ICON, "search.js"):
        yield name, folder.joinpath(name).read_text("utf-8")


def _renamed(view: View) -> Iterator[tuple[Ref, Ref]]:
    """The names that records had before, whose addresses lead to where they are now."""
    for former, now in sorted(view.whole.all.former.items()):
        if now in view.index and former not in view.index:
            yield former, now


def _view_pages(tree: Tree, frame: Frame) -> Files:
    for page in view_pages(tree.view, of_a_day=tree.is_of_a_day):
        sheet = page.sheet(tree.view)
        sheet.finish()
        yield from _written(
            tree,
            frame,
            page.path,
            sheet,
            title=page.title(tree.view),
            above=page.above(tree.view),
            about=page.about(tree.view),
            before=round_grid(tree, page.path) if page.path == BY_ROUND else "",
            has_ribbon=True,
            drawn=_drawn(tree, page),
        )


def _drawn(tree: Tree, page: ViewPage) -> dict[str, str]:
    """The charts that stand beneath the headings of the page of figures."""
    if page.kind != "figure":
        return {}
    return {
        figures.heading_of(unit): drawing(chart(tree.view, of, ""), figures.heading_of(unit))
        for unit, of in figures.by_unit(tree.view).items()
        if any(figure.values for figure in of)
    }


def _list_pages(tree: Tree, frame: Frame, listed: KindList) -> Files:
    sheet = listed.sheet()
    above = crumbs(listed.path, (addresses.RECORDS, "Records"), *listed.above)
    yield from _written(tree, frame, listed.path, sheet, above=above, beside=_part_list(listed))


def _part_list(listed: KindList) -> str:
    """The lists that a long one was divided into."""
    if not listed.parts:
        return ""
    lines = ["<ul>"]
    for path, name, number in listed.parts:
        leads = path.rpartition("/")[2]
        lines.append(f'<li><a href="{leads}">{name}</a> <span class="quiet">{number}</span></li>')
    return "\n".join((*lines, "</ul>"))


def _compare_pages(tree: Tree, frame: Frame) -> Files:
    done: set[str] = set()
    for ref in tree.view.index.refs("text"):
        for each in record_pages.set_against(tree, ref):
            one, other = record_pages.pair_of(tree, ref, each)
            path = addresses.of_comparison(one.ref, other.ref, each.on)
            question = Question(one.ref, about_on=one.day, other=other.ref, other_on=other.day)
            if path in done or isinstance(compared(tree.view, question), str):
                continue
            done.add(path)
            sheet = side_by_side.sheet(tree.view, question)
            above = crumbs(path, (TEXTS, "Texts"))
            yield from _written(tree, frame, path, sheet, above=above)


def _record_pages(tree: Tree, frame: Frame, ref: Ref) -> Files:
    made = record_pages.record_page(tree, ref)
    made.notes = tuple(own_notes(tree.view, (ref,)))
    path = addresses.of_record(ref)
    up = addresses.up_from(path)
    yield from _written(
        tree,
        frame,
        path,
        made,
        above=record_pages.above(tree, ref),
        before="\n".join(record_pages.ahead_of(tree, ref, up)),
        beside="\n".join(record_pages.beside(tree, ref, up)),
        description=record_pages.description(made),
    )


def _written(
    tree: Tree,
    frame: Frame,
    path: str,
    sheet: Sheet,
    *,
    title: str = "",
    above: str = "",
    about: str = "",
    description: str = "",
    before: str = "",
    beside: str = "",
    has_ribbon: bool = False,
    drawn: dict[str, str] | None = None,
) -> Files:
    """A sheet as a page, or as several when it is long."""
    divided = list(parts(sheet))
    address = tree.seen_from(path)
    for number, part in enumerate(divided, 1):
        links = part_links(path, number, len(divided))
        written = HtmlBody(part, address, drawn)
        lines = [*written.lines(beside if number == len(divided) else "")]
        again = part_links(path, number, len(divided), at_the_end=True)
        sections = section_links(written.places) if len(part.body) > _LONG else ""
        body = (sections, before if number == 1 else "", links, *lines, again)
        text = PageText(
            path=addresses.of_part(path, number),
            title=title or sheet.title,
            body="\n".join(filter(None, body)),
            above=above,
            about=about,
            description=description,
            has_ribbon=has_ribbon,
            latest=path if tree.is_of_a_day else "",
        )
        yield text.path, frame.page(text)
