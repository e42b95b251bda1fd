"""The comparisons: what is typed after the name of one is the question that it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from explorer.documents.comparisons import Comparison
from explorer.documents.comparisons.question import ALL, Question
from explorer.errors import UsageError
from explorer.linear.leaves import comparison_named
from explorer.linear.line_help import words_of_option
from explorer.linear.named_records import named
from explorer.linear.session import Deed, Session
from explorer.linear.spoken import name_of
from explorer.linear.whereabouts import OnRecord, Viewed
from explorer.record import clock, labels
from explorer.record.model import Ref
from explorer.text.sanitize import one_line

if TYPE_CHECKING:
    from explorer.seen import Item
    from explorer.seen.look_over import Visit


class ViewsTyped:
    """What the commands do that open a view."""

    def __init__(self, session: Session, place: str) -> None:
        """`place` is under which name is remembered what was seen of the dataset."""
        self._session = session
        self._place = place

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        return {"view": self._view, "seen": lambda _: self._see_all()}

    def _view(self, typed: str) -> None:
        name, _, words = typed.partition(" ")
        comparison = comparison_named(name)
        if comparison.is_of_two:
            self._compare(words)
        elif comparison.name == "news":
            self._news(words)
        else:
            self._session.visit(Viewed(name, self._question(comparison, words.strip())))

    def _question(self, comparison: Comparison, words: str) -> Question:
        """What is asked by words such as “since madrid”. Raises UsageError."""
        asked = Question(about=self._about(comparison))
        left = f" {words} "
        if comparison.option[0]:
            left, is_there = _without(left, words_of_option(comparison.option[0]))
            asked = replace(asked, otherwise=is_there)
        if comparison.narrows[0]:
            left, is_there = _without(left, words_of_option(comparison.narrows[0]))
            asked = replace(asked, differing=is_there)
        if comparison.has_coalitions:
            left, is_there = _without(left, "by coalition")
            asked = replace(asked, by_coalition=is_there)
        for order in comparison.orders:
            left, is_there = _without(left, f"by {order}")
            asked = replace(asked, order=order) if is_there else asked
        if comparison.since and (found := re.search(r"\b(?:since|from)\s+(.+?)\s*$", left)):
            asked = replace(asked, since=self._since(found[1]))
            left = left[: found.start()]
        left = re.sub(r"^\s*(?:of|on|about)\s+", " ", left).strip()
        if left.casefold() == "all":
            return replace(asked, about=None)
        if left and not comparison.about:
            raise UsageError(self._why_not(comparison, left))
        if left:
            asked = replace(asked, about=self._named(comparison, left))
        return asked

    def _about(self, comparison: Comparison) -> Ref | None:
        """The record that is read, when the view may be about it, as in the app."""
        place = self._session.place
        is_meant = isinstance(place, OnRecord) and place.ref.kind in comparison.about
        return place.ref if is_meant and isinstance(place, OnRecord) else None

    def _why_not(self, comparison: Comparison, words: str) -> str:
        """That a view is about all there is; what narrows it, where a record was named."""
        shown = one_line(words)
        try:
            found = name_of(self._session.view, named(self._session.view, words)[0])
        except UsageError:
            return f"“{shown}” is not understood here; ? says what can follow"
        view = comparison.title.casefold()
        return f"{view} are of the scope: “scope {shown}” narrows it to {found}, then “{view}”"

    def _named(self, comparison: Comparison, words: str) -> Ref:
        refs = [ref for ref in named(self._session.view, words) if ref.kind in comparison.about]
        if not refs:
            kinds = " or ".join(comparison.about)
            raise UsageError(f"“{words}” is no {kinds}, and this view can be about nothing else")
        return refs[0]

    def _since(self, said: str) -> date:
        view = self._session.view
        try:
            since = view.day_said(said)
        except ValueError as error:
            raise UsageError(str(error)) from None
        if since >= view.as_of:
            raise UsageError(labels.not_before(since, view.as_of))
        return since

    # Two texts.

    def _compare(self, words: str) -> None:
        """Ask which text is meant, and with which it is set side by side."""
        from explorer.documents.comparisons.texts.likely_texts import near

        view = self._session.view
        if words.strip():
            refs = named(view, words.strip())
            texts = [ref for ref in refs if ref.kind == "text"]
            texts = texts or [text for ref in refs[:1] for text in near(view, ref)]
            if not texts:
                shown = one_line(words.strip())
                raise UsageError(
                    f"“{shown}” is no text, and none belongs to it; “texts” lists them"
                )
        elif self._session.here.kind == "text":
            texts = [self._session.here]
        else:
            texts = list(near(view, self._session.here))
        if not texts:
            self._session.say("No text belongs to this. “compare NAME” begins with one you name.")
        elif len(texts) == 1:
            self._compare_with(texts[0])
        else:
            self._session.say("Which text comes first?")
            self._session.choose(
                [(name_of(view, ref), self._comparing(ref)) for ref in texts], prompt="Which text"
            )

    def _comparing(self, ref: Ref) -> Callable[[], None]:
        return lambda: self._compare_with(ref)

    def _compare_with(self, ref: Ref) -> None:
        from explorer.documents.comparisons.texts.likely_texts import Likely, likely

        view = self._session.view
        found = likely(view, ref)
        if not found:
            self._session.say("There is no other text to compare it with.")
            return

        def going(other: Likely) -> Callable[[], None]:
            question = Question(ref, other=other.ref, other_on=other.on)
            return lambda: self._session.visit(Viewed("texts", question))

        self._session.say(f"Compare {name_of(view, ref)} with:")
        names = [
            (f"{name_of(view, o.ref)}{f', {o.why}' if o.why else ''}", going(o)) for o in found
        ]
        self._session.choose(names, prompt="Which text")

    # What is new.

    def _news(self, words: str) -> None:
        """What is new since the last visit; “next” walks through it one by one."""
        self._know_news()
        view = self._session.view
        left = view.news.left_in(view.index)
        if words.strip().casefold() == "next" and left:
            self._mark([left[0]])
            self._session.visit(Viewed("news", Question(left[0].ref)))
            return
        self._session.visit(Viewed("news", ALL))
        if left:
            self._session.say("“news next” walks through it, “seen” marks all as seen.")

    def _visit(self) -> Visit:
        from explorer.seen.look_over import Visit

        return Visit(self._session.view.whole, self._place, clock.today())

    def _know_news(self) -> None:
        """Find out what is new, the first time that it is asked for."""
        from explorer.seen.look_over import look_over
        from explorer.seen.memory import Unusable

        view = self._session.view
        if view.news.since is not None or view.news.items:
            return
        try:
            self._session.view = replace(view, news=look_over(self._visit()))
        except Unusable as error:
            raise UsageError(f"what you saw cannot be known: {error}") from error

    def say_news(self) -> None:
        """Say how much is new since the last visit; from a first one on it is known."""
        try:
            self._know_news()
        except UsageError:
            return  # “news” says why
        news, session = self._session.view.news, self._session
        if (left := len(news.left_in(session.view.index))) and news.since is not None:
            are = "record is" if left == 1 else "records are"
            since = labels.day(news.since)
            session.say(f"{left} {are} new or changed since {since}: “news” lists them.")

    def _mark(self, items: list[Item]) -> None:
        from explorer.seen.look_over import mark_seen
        from explorer.seen.memory import Unusable

        view = self._session.view
        self._session.view = replace(view, news=view.news.with_seen(i.ref for i in items))
        try:
            mark_seen(self._visit(), items)
        except Unusable as error:
            self._session.say(f"What you saw cannot be remembered: {error}.")

    def _see_all(self) -> None:
        self._know_news()
        left = list(self._session.view.news.left)
        if not left:
            self._session.say("There is nothing new that is not seen.")
            return

        def mark() -> None:
            self._mark(left)
            self._session.say(f"{labels.counted(len(left), 'record')} marked as seen.")

        counted = labels.counted(len(left), "record")
        self._session.say(f"Mark {counted} as seen?")
        self._session.choose(words={"yes": mark}, prompt="yes or no", otherwise="Left as they are.")


def _without(text: str, phrase: str) -> tuple[str, bool]:
    """A text without a phrase, and whether it was there."""
    found = re.search(rf"\s{re.escape(phrase)}\s", text, re.IGNORECASE)
    if found is None:
        return text, False
    return f"{text[: found.start()]} {text[found.end() :]}", True
