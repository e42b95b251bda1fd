"""The full-screen view of what is new: one record after the other, or all in a list."""

from __future__ import annotations

from explorer.documents.comparisons.question import ALL, Question
from explorer.record.model import Ref
from explorer.ui import commands, key_words, view_commands
from explorer.ui.views.sheet_view import SheetView
from explorer.ui.widgets.reader import around
from explorer.view import View


class NewsView(SheetView):
    """What leads from one to the next stands in the actions, which mark what is shown as seen."""

    BINDINGS = commands.bindings(view_commands.NEWS, "news")

    def asked_in(self, view: View) -> Question:
        """About one that may be shown on the day, be it there no more; else about all."""
        about = self.question.about
        item = view.news.item(about) if about is not None else None
        is_shown = item is not None and view.news.fate(item, view.index) is not None
        return self.question if is_shown else ALL

    def question_about(self, about: Ref | None) -> Question:  # noqa: ARG002 -- none is chosen
        """Which it is about is not the record shown, but the next that is new."""
        return ALL

    def ways_on(self, view: View) -> str:
        if view.scope.as_of is not None and view.news.items:
            return key_words.said(
                "{last-day} goes to the last day covered, where all that is new may be shown."
            )
        return key_words.said(
            "{news} goes on, {news:list} lists all that is new, {sheet:close} goes to the panes."
        )

    def action_next_news(self) -> None:
        around(self).action_do("next_news")

    def action_previous_news(self) -> None:
        around(self).action_do("previous_news")

    def action_see_all(self) -> None:
        around(self).action_do("see_all_news")

    def action_list_all(self) -> None:
        around(self).action_do("list_news")
