"""Choosing a text: one of those a record has to do with, then the one to set it against."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from explorer.documents.comparisons.texts import likely_texts
from explorer.documents.comparisons.texts.likely_texts import Likely
from explorer.record import labels
from explorer.record.index import Index
from explorer.record.model import Ref
from explorer.text.sanitize import one_line
from explorer.ui import commands, key_words
from explorer.ui.dialogs.chooser import Chooser
from explorer.ui.dialogs.dialog_commands import TEXTS
from explorer.view import View

_MOST = 200
"""Texts offered at once; they are laid out one by one."""


class ChooseText(Chooser[Likely]):
    """Returns the text that is chosen, or None."""

    PLACE = "texts_offered"
    BINDINGS = commands.bindings(TEXTS, "texts_offered", first=True)

    def __init__(self, title: str, offered: Sequence[Likely], index: Index) -> None:
        entries = [(_shown(each, index), each) for each in offered[:_MOST]]
        more = len(offered) - _MOST
        rest = f"{more} more; “explorer compare” takes any two." if more > 0 else ""
        super().__init__(entries, rest)
        self.title = title
        self.sub_title = key_words.said(
            "{texts_offered:compare} takes one, {texts_offered:close} closes"
        )
        self._has_entries = bool(entries)

    @property
    def idle(self) -> tuple[str, ...]:
        return () if self._has_entries else ("take",)


def one_of(view: View, texts: Sequence[Ref]) -> ChooseText:
    """Which of some texts is to be compared."""
    return ChooseText("Compare which text?", [Likely(ref, "") for ref in texts], view.index)


def others_of(view: View, ref: Ref) -> ChooseText:
    """With which other text, or state of the same, a text is to be compared."""
    named = labels.shortened(labels.title(view.index, ref), 50)
    return ChooseText(f"Compare {named} with", likely_texts.likely(view, ref), view.index)


def _shown(each: Likely, index: Index) -> Content:
    """The text with its day, what it is, whose, and why it is offered."""
    text = index.text(each.ref)
    facts = (labels.day(text.issued), text.type, labels.sides(index, text.issuer_ids))
    about = one_line(" · ".join(filter(None, facts)))
    why = f"\n  {each.why}" if each.why else ""
    return Content.assemble((one_line(text.name), "bold"), f"  {about}", (why, "italic"))
