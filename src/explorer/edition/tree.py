"""The pages of one day: which there are, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from explorer.documents.html_body import Address
from explorer.edition import addresses
from explorer.record.model import KINDS, Ref
from explorer.view import View

DAY_KINDS = ("round", "delegation", "issue", "text", "figure")
"""The kinds of record that have pages of their own for an earlier day."""


@dataclass(frozen=True)
class Tree:
    """The whole edition as of its day, or the main pages as of an earlier one."""

    view: View
    folder: str = ""
    """Where it stands in the edition; nothing for the edition itself."""
    kinds: Collection[str] = tuple(KINDS)
    """The kinds of record that have pages in it."""
    views: tuple[tuple[str, str], ...] = ()
    """The pages that all others lead to, each with its name."""
    days: tuple[date, ...] = ()
    """The days up to this one that have a tree of their own."""

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is of an earlier day than the edition."""
        return bool(self.folder)

    def seen_from(self, path: str) -> Address:
        """Where records can be read, as seen from a page of the tree."""
        up, index, kinds = addresses.up_from(path), self.view.index, self.kinds

        def address(ref: Ref) -> str:
            if ref.kind not in kinds or ref not in index:
                return ""
            leads = addresses.of_record(ref)
            return "" if leads == path else f"{up}{leads}"

        return address
