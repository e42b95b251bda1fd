"""Going about: lists, sections, back and forward, finding words, searching, where one is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explorer.linear.leaf import GoneError
from explorer.linear.leaves import about_day
from explorer.linear.session import Deed, Session
from explorer.linear.spoken import name_of
from explorer.linear.whereabouts import (
    AllNotes,
    Found,
    FrontPage,
    Listed,
    Menu,
    Place,
)
from explorer.record import labels
from explorer.text.folding import fold, matches, words_of
from explorer.text.sanitize import one_line

_MOST_FOUND = 40
"""Entries that are read in answer to words that were looked for."""


class Moving:
    """What the commands do that go somewhere."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def deeds(self) -> Mapping[str, Deed]:
        """What commands do, by their actions."""
        session = self._session
        return {
            "list": self._list,
            "search": self._search,
            "find": self._find,
            "back": lambda _: self._step(session.back, session.forward, "before"),
            "forward": lambda _: self._step(session.forward, session.back, "after"),
            "next_section": lambda _: self._go_on(1),
            "section_before": lambda _: self._go_on(-1),
            "sections": lambda _: self._sections(),
            "links": self._links,
            "again": lambda _: self._again(),
            "more": lambda _: self._more(),
            "where": lambda _: self.where(),
            "menu": lambda _: session.visit(Menu()),
            "front": lambda _: session.visit(FrontPage()),
            "about": lambda _: session.visit(FrontPage()),
        }

    def _list(self, typed: str) -> None:
        kind, _, words = typed.partition(" ")
        if kind == "delegate":
            kind = "delegation"  # where they are listed
        self._session.visit(Listed(kind, words.strip()))

    def _search(self, typed: str) -> None:
        if typed:
            self._session.visit(Found(typed))
        else:
            self._session.say("Say what to search for: “s soybeans”, “s speaker:bessent soybeans”.")

    def _find(self, typed: str) -> None:
        """Narrow a list; of all else read the entries with some words."""
        session, place = self._session, self._session.place
        match place:
            case Listed(kind):
                session.visit(Listed(kind, typed))
                return
            case AllNotes():
                session.visit(AllNotes(typed))
                return
        words = words_of(typed)
        if not words:
            session.say("Say what to find here: “/ soybeans”.")
            return
        leaf = session.leaf
        found = [n for n, e in enumerate(leaf.entries) if matches(words, fold(e.text))]
        shown = labels.shortened(one_line(typed), 40)
        if not found:
            session.say(f"“{shown}” is not here; “s {shown}” searches everything.")
            return
        counted = labels.counted(len(found), "place")
        rest = f", of which the first {_MOST_FOUND} follow" if len(found) > _MOST_FOUND else ""
        session.say(f"“{shown}” is in {counted} here{rest}.")
        for number in found[:_MOST_FOUND]:
            session.say(*(line for line in leaf.lines(number, number + 1) if line))

    def _step(self, from_here: list[Place], to: list[Place], which: str) -> None:
        """Go to the last of some places that can be read on the day."""
        session = self._session
        while from_here:
            place = from_here.pop()
            try:
                leaf = session.leaf_of(place)
            except GoneError as error:
                session.say(f"Passed over: {error}")
                continue
            to.append(session.place)
            session.stand(place, leaf)
            session.read()
            return
        session.say(f"There is nothing {which} this.")

    # Sections.

    def _heads(self) -> list[int]:
        return [n for n, entry in enumerate(self._session.leaf.entries) if entry.is_heading]

    def _go_on(self, way: int) -> None:
        session, heads = self._session, self._heads()
        if way > 0:
            left = [head for head in heads if head > session.section]
            if not session.section and heads[:1] == [0]:
                left = heads
        else:
            left = [head for head in heads if head < session.section][::-1]
        if left:
            self._read_section(left[0])
        elif not heads:
            session.say("There are no sections here.")
        else:
            session.say("That was the last section." if way > 0 else "This is the first section.")

    def _read_section(self, head: int) -> None:
        session, heads = self._session, self._heads()
        session.section = head or 0
        end = next((other for other in heads if other > head), None)
        session.say(*session.leaf.lines(head, end)[1:])

    def _sections(self) -> None:
        session, heads = self._session, self._heads()
        if not heads:
            session.say("There are no sections here.")
            return
        ends = [*heads[1:], len(session.leaf.entries)]
        named = []
        for head, end in zip(heads, ends, strict=True):
            entries = labels.counted(end - head - 1, "entry", "entries")
            name = f"{session.leaf.entries[head].text}, {entries}"
            named.append((name, lambda head=head: self._read_section(head)))
        session.choose(named, prompt="Which section")

    # What else is said of a place.

    def _links(self, typed: str) -> None:
        session = self._session
        if not typed.isdecimal():
            session.say("Say of which entry: “l 3” lists all that entry 3 leads to.")
            return
        if (entry := session.entry(int(typed[:9]))) is None:
            return
        from explorer.linear.spoken import goals
        from explorer.record.model import Ref

        sources = goals(session.view, (Ref("source", slug) for slug in entry.source_ids))
        session.say(f"Entry {int(typed[:9])} leads to:")
        own = (replace(goal, name=goal.name or entry.text) for goal in entry.goals)
        session.choose_goal((*own, *sources))

    def _again(self) -> None:
        self._session.renew()
        self._session.section = 0
        self._session.read()

    def _more(self) -> None:
        session = self._session
        if session.read_to < len(session.leaf.entries) and session.read_to:
            session.read_on()
            return
        if session.leaf.more is None:
            session.say("That is all there is here.")
            return
        place, leaf = session.leaf.more, session.leaf_of(session.leaf.more)
        session.stand(place, leaf)  # H goes back to where the list was asked for
        session.say(*leaf.intro, *leaf.lines())

    def where(self) -> None:
        """Say where one is: the record, the section, the day, the scope and the way back."""
        session, view = self._session, self._session.view
        here = [session.leaf.title]
        if session.section:
            here.append(f"section {session.leaf.entries[session.section].text}")
        session.say(f"{', '.join(here)}.")
        session.say(f"{view.index.dataset.negotiation.name}. {about_day(view)}")
        if view.chosen:
            names = ", ".join(name_of(view, ref) for ref in view.chosen)
            session.say(f"Scope: {names}.")
        numbered = len(session.leaf.numbered)
        entries = labels.counted(numbered, "numbered entry", "numbered entries")
        before, after = len(session.back), len(session.forward)
        places = labels.counted(before, "place")
        onward = f", {after} after" if after else ""
        session.say(f"{entries} here, {places} before this{onward}.")
