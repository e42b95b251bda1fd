"""The page of a delegate."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.documents.pages.rows import dated, listed, named, plain_row
from explorer.documents.sheet import Page, Span
from explorer.record import labels
from explorer.record.model import Delegate, Role, refs


def write(page: Page) -> Iterator[None]:
    delegate = page.index.delegate(page.ref)
    if delegate.native_name:
        page.add(Span(delegate.native_name, "muted"))
    if sides := refs("delegation", delegate.side_ids):
        page.facts(("For", named(page, sides)))
    for role in reversed(delegate.roles):
        page.facts(("Role", tuple(_role(page, delegate, role))))
    if delegate.summary:
        page.add(kind="blank")
        page.add(delegate.summary, *page.marks(delegate))
    yield from listed(page, "Took part in", page.naming("round"))
    yield from listed(page, "Said", page.naming("quote"))
    yield from listed(page, "Positions stated", page.naming("issue"), plain_row)
    yield from _figures(page)


def _figures(page: Page) -> Iterator[None]:
    """The values that are its word, of each figure the newest first."""
    said = [
        (figure, value)
        for ref in page.naming("figure")
        for figure in (page.index.figure(ref),)
        for value in reversed(figure.values)
        if value.speaker_id == page.ref.id
    ]
    if said:
        page.heading("Figures named")
    for figure, value in said:
        amount = Span(f"  {labels.value(value, figure.unit)}", "strong")
        standing = Span(f" {labels.FIGURE_STANDINGS[value.standing]}", "muted")
        name = page.name(figure.ref)
        dated(page, value.on, name, amount, standing, sources=value)
        yield


def _role(page: Page, delegate: Delegate, role: Role) -> Iterator[Span]:
    """A post, what it is in the talks, for whom it is held where that is not plain, and when."""
    yield Span(role.title)
    if role.function:
        yield Span(f", {role.function}", "muted")
    if role.delegation_id and len(delegate.side_ids) > 1:
        yield Span(" for ", "muted")
        yield page.short("delegation", role.delegation_id)
    held = labels.held(role.since, role.until)
    yield Span(f"  {held}" if held else "", "muted")
    yield from page.marks(role)
