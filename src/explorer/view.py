"""Dataset + notes + scope: what is to be seen now. Pure and cheap to make anew.

Panes, pages, counts and exports ask the view; none of them filters for itself. Its index
holds what was public on the as-of date and nothing later, so that none of them can leak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from explorer import settings
from explorer.notes import Anchor, Damaged, Note, Notes
from explorer.notes.threads import in_threads
from explorer.record import clock, date_parser, labels, lists
from explorer.record.counting import UNKNOWN, Counting
from explorer.record.days import last_day
from explorer.record.filter_texts import FilterTexts, text_of
from explorer.record.index import Index
from explorer.record.lists import listed_under
from explorer.record.model import Measure, Milestone, Negotiation, OneSided, Point, Ref, Round
from explorer.record.numbering import Refs, RefSet
from explorer.record.standing import Life, Standing
from explorer.record.tables import former_refs
from explorer.record.timeline import Timeline
from explorer.seen import NOTHING_NEW, News
from explorer.text.folding import fold, matches
from explorer.text.sanitize import one_line
from explorer.values import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """What narrows the view."""

    chosen: tuple[Ref, ...] = ()
    """The records chosen, in the order they were added."""
    as_of: date | None = None
    """The day on which the record is looked at; None at its end."""

    def toggled(self, ref: Ref) -> Scope:
        """With the record added, or taken off when it was there."""
        if ref in self.chosen:
            return replace(self, chosen=tuple(other for other in self.chosen if other != ref))
        return replace(self, chosen=(*self.chosen, ref))

    def without_last(self) -> Scope:
        return replace(self, chosen=self.chosen[:-1])

    def following(self, now: Callable[[Ref], Ref]) -> Scope:
        """The same, with records as they are called now."""
        return replace(self, chosen=tuple(dict.fromkeys(map(now, self.chosen))))


@dataclass(frozen=True)
class View:
    """One look at the negotiation."""

    index: Index
    """What was public on the as-of date."""
    notes: Notes
    scope: Scope = Scope()
    timeline: Timeline = field(default=None, repr=False)  # type: ignore[assignment]
    """The negotiation through time; the view is first made at its end."""
    asked: date | None = field(default=None, compare=False)
    """The day that was asked for, when the record does not cover it and another is shown."""
    reader: Callable[[], date] = field(default=clock.today, compare=False, repr=False)
    """What day it is for the reader."""
    _folded: dict[Hashable, str] = field(default_factory=dict, compare=False, repr=False)
    """Texts as filters compare them, by a record's form on a day."""
    texts: FilterTexts = field(default_factory=FilterTexts, compare=False, repr=False)
    """The same of long lists, which somebody has to have read."""
    news: News = NOTHING_NEW
    """What is new to the reader, once that is known; what of it may be shown, the index says."""

    def __post_init__(self) -> None:
        if self.timeline is None:
            object.__setattr__(self, "timeline", Timeline(self.index))

    def at(self, day: date | None) -> View:
        """The same view on another day, None for the last one that is covered.

        For a day that is not covered it is the nearest that is, and keeps which was asked for.
        """
        asked = None if day is None or self.covers(day) else day
        if day is None or day >= self.covers_until:
            scope = replace(self.scope, as_of=None)
            return replace(self, index=self.whole, scope=scope, asked=asked)
        day = max(day, self._negotiation.began)
        scope = replace(self.scope, as_of=day)
        return replace(self, index=self.timeline.at(day), scope=scope, asked=asked)

    def covers(self, day: date) -> bool:
        """Whether a day is one that can be looked at."""
        return self._negotiation.began <= day <= self.covers_until

    def within(self, scope: Scope) -> View:
        """The same view within another scope, on a day of the record as `at` finds it."""
        there = self.at(scope.as_of)
        chosen = tuple(ref for ref in scope.chosen if ref in self.whole)  # whose files may change
        return replace(there, scope=Scope(chosen, there.scope.as_of))

    @property
    def whole(self) -> Index:
        """The whole record, whatever the as-of date: for what a person names, never to show."""
        return self.timeline.whole

    @property
    def record_ends(self) -> date:
        """The last day that is known from every side."""
        return self.index.dataset.negotiation.record_ends

    @property
    def covers_until(self) -> date:
        """The last day that can be looked at: perhaps one side only, or a reader, tells of it."""
        return self._negotiation.covers_until

    @property
    def one_sided(self) -> OneSided | None:
        """The days around the one the view stands on, when one side only is known of them."""
        spans = self._negotiation.one_sided
        return next((span for span in spans if span.starts <= self.as_of <= span.ends), None)

    @property
    def _negotiation(self) -> Negotiation:
        # How far the record reaches is no part of it, and is the same on every day.
        return self.whole.dataset.negotiation

    @property
    def as_of(self) -> date:
        """The day the view stands on."""
        return self.scope.as_of or self.covers_until

    @property
    def counting(self) -> Counting:
        """From which day one counts here."""
        ends = (self.record_ends, self._negotiation.recorded_until)
        return Counting.of(self.as_of, self.reader(), *ends, chosen=self.scope.as_of is not None)

    @property
    def chosen(self) -> tuple[Ref, ...]:
        """The chosen records that were public on the day."""
        return tuple(ref for ref in self.scope.chosen if ref in self.index)

    def end_of_round_before(self) -> date:
        """The end of the last round that ended before the day, or else where the record begins."""
        ends = (r.closes for r in self.whole.dataset.rounds if r.closes < self.as_of)
        return max(ends, default=self._negotiation.began)

    def end_of_next_round(self) -> date:
        """The end of the first round that ends after the day, or else the last day covered."""
        rounds = self.whole.dataset.rounds
        ends = (r.closes for r in rounds if self.as_of < r.closes <= self.covers_until)
        return min(ends, default=self.covers_until)

    def day_said(self, said: str) -> date:
        """The day a person means, counting from the one the view stands on.

        Raises ValueError with what could be said instead.
        """
        ends = {r.ref: r.closes for r in self.whole.dataset.rounds}
        public = {ref: day for ref, day in ends.items() if ref in self.index}
        try:
            return self.day_among(said, public, self.index)
        except ValueError as error:
            # A later round may be named by who knows it, but is not shown to who does not.
            others = {ref: day for ref, day in ends.items() if ref not in public}
            with suppress(ValueError):
                return self.day_among(said, others, self.whole)
            raise error from None

    def day_among(self, said: str, days: Mapping[Ref, date], index: Index) -> date:
        """The day a person means, who may name one of some rounds for its day.

        The rounds are named as the index has them. Raises ValueError as `day_said` does.
        """
        return date_parser.parse(
            said,
            from_day=self.as_of,
            ends=self.covers_until,
            named={labels.title(index, ref): day for ref, day in days.items()},
            ids={name: days[ref] for name, ref in _unmistakable(map(index.round, days)).items()},
            order=settings.date_order(),
        )

    def is_to_come(self, this_round: Round) -> bool:
        """Whether a round is announced and has not begun."""
        whole = self.whole.round(this_round.ref)
        return whole.opens > min(self.as_of, self._negotiation.known_until(whole))

    def is_under_way(self, this_round: Round) -> bool:
        """Whether a round has begun and nothing of its result is public."""
        return not self.is_to_come(this_round) and not this_round.summary

    def is_held(self, this_round: Round) -> bool:
        """Whether a round is over and its result public."""
        return not self.is_to_come(this_round) and not self.is_under_way(this_round)

    def total(self, kind: str) -> int:
        """How many records a list counts when nothing narrows it."""
        return self.counted(kind, self.listed(kind))

    def rows(self, kind: str, words: Sequence[str] = ()) -> Refs:
        """The records of a list, in its order, within the scope and a filter's folded words."""
        near = (group for own, group in self._near.items() if own != listed_under(kind))
        kept = self.listed(kind).within(near)
        if words and kind in self.texts:
            kept = self.texts.having(words, self.index, kept, self.folded)
        elif words:
            kept = self.index.refs_to(ref for ref in kept if matches(words, self.folded(ref)))
        if kind == "delegation":
            kept = self.index.refs_to(lists.with_their_delegation(self.index, kept))
        return kept

    def listed(self, kind: str) -> Refs:
        """The records of a list when nothing narrows it."""
        if kind not in self._lists:
            self._lists[kind] = lists.listed(self.index, kind)
        return self._lists[kind]

    @cached_property
    def _lists(self) -> dict[str, Refs]:
        return {}

    def counted(self, kind: str, rows: Sequence[Ref]) -> int:
        """How many of the rows count: a delegation above its delegates does not."""
        return sum(r.kind == "delegate" for r in rows) if kind == "delegation" else len(rows)

    def in_scope(self, ref: Ref) -> bool:
        """Whether a record belongs with what was chosen.

        Records chosen from one list widen it (either of two delegates), from different
        lists narrow it (a delegate's words on one issue). A list is not narrowed by its
        own records, so that a second can be added from it.
        """
        own = listed_under(ref.kind)
        return all(ref in near for kind, near in self._near.items() if kind != own)

    @cached_property
    def _near(self) -> Mapping[str, RefSet]:
        """What belongs with the chosen records, by the list they were chosen from."""
        near: dict[str, RefSet] = {}
        for chosen in self.chosen:
            kind, belonging = listed_under(chosen.kind), self.index.belonging(chosen)
            near[kind] = near[kind].joined(belonging) if kind in near else belonging
        return near

    @cached_property
    def names(self) -> tuple[tuple[Ref, str, str], ...]:
        """Every record with its name, as shown and as compared."""
        named = ((r.ref, labels.title(self.index, r.ref)) for r in self.index.dataset.records())
        return tuple((ref, name, fold(name)) for ref, name in named)

    def folded(self, ref: Ref) -> str:
        """All that a filter may find a record by."""
        form = self.index.form_of(ref)
        if form not in self._folded:
            days = (self.days_of(self.index.round(ref)),) if ref.kind == "round" else ()
            self._folded[form] = text_of(self.index, ref, *days)
        return self._folded[form]

    def names_of(self, ref: Ref) -> tuple[Ref, ...]:
        """A record's reference, then those it had before: a note may stand under any."""
        return (ref, *(former_refs(self.index[ref]) if ref in self.index else ()))

    def notes_on(self, ref: Ref) -> tuple[Note, ...]:
        """The notes on a record, under any of its names, oldest first, answers after their note."""
        notes = [note for name in self.names_of(ref) for note in self.notes.on(name)]
        return in_threads(sorted(notes, key=lambda note: (note.created, note.id)))

    def copies(self, ref: Ref) -> tuple[Note, ...]:
        """What was saved beside notes on a record, because they had changed meanwhile."""
        return tuple(c for name in self.names_of(ref) for c in self.notes.copies_on(name))

    def shown_copies(self) -> tuple[Note, ...]:
        """All second versions of notes, on records that were public on the day."""
        return tuple(c for c in self.notes.all_copies() if self.shows(c))

    def damaged(self, ref: Ref) -> tuple[Damaged, ...]:
        """The files that stand where notes on a record would be, and cannot be read."""
        return tuple(file for name in self.names_of(ref) for file in self.notes.damaged_of(name))

    def has_note(self, ref: Ref) -> bool:
        """Whether a record carries the mark of a note, a damaged one included."""
        return bool(self.notes_on(ref) or self.copies(ref) or self.damaged(ref))

    def anchor(self, note: Note) -> Anchor | None:
        """The words a note is about, unless they may not have been public yet on the day."""
        here = self.index.current(note.ref)
        if note.anchor is None or self.scope.as_of is None:
            return note.anchor
        from explorer.notes import anchors  # which few views need

        if here is None:
            return None
        stands = anchors.locate(note.anchor, here, self.index).kind
        return note.anchor if stands in ("unchanged", "moved", "elsewhere") else None

    def shows(self, note: Note) -> bool:
        """Whether a note may be listed: not one on a record that is not public yet."""
        return self.index.current(note.ref) is not None or self.whole.current(note.ref) is None

    def shown_notes(self) -> tuple[Note, ...]:
        """Every note that may be listed, last changed first."""
        return tuple(note for note in self.notes.all() if self.shows(note))

    def orphans(self) -> tuple[Note, ...]:
        """Notes on records that the dataset does not have, last changed first."""
        return tuple(n for n in self.notes.all() if self.whole.current(n.ref) is None)

    def life(self, measure: Measure) -> Life:
        """The life of a measure, in the words of the negotiation."""
        return Life(measure, self._negotiation)

    def standing(self, measure: Measure) -> Standing | None:
        """How a measure stands; None when no step of it is known."""
        return self.life(measure).standing(self.counting.edge_of(measure))

    def left_to(self, milestone: Milestone) -> str:
        """How long there is until a milestone, or what became of a deadline."""
        if (result := milestone.result) is not None:
            return f"{result.outcome} {labels.day(result.on)}"
        return self.counting.as_said_by(milestone).left(milestone.falls_on)

    def due_left(self, point: Point) -> str:
        """How long there is until a point is due, or that nothing is known of what followed."""
        if (due := point.falls_due) is None:
            return ""
        if self.counting.known < last_day(due) < self.as_of and point.delivery is None:
            return UNKNOWN
        return self.counting.left(due)

    def overdue(self, point: Point) -> int:
        """Days since a point was due, when nothing public shows it carried out; else 0.

        Nor when it is carried out in part: the day may have been set for that part. They are
        counted to the last day of which every side is known: after it a side may have acted.
        """
        due, seen = point.falls_due, point.delivery
        if due is None or (seen is not None and seen.shows != "not carried out"):
            return 0
        return max((self.counting.known - last_day(due)).days, 0)

    def days_of(self, this_round: Round) -> str:
        """When a round was held, or for when it is planned."""
        if self.is_to_come(this_round):
            if this_round.moves and this_round.moves[-1].to is None:
                return labels.TO_BE_SET
            first = this_round.planned or this_round.starts
            return labels.days(first, this_round.planned_end or first)
        return labels.days(this_round.starts, this_round.ends)

    def is_disputed(self, ref: Ref) -> bool:
        """Whether sources disagree on something in a record."""
        return bool(self.index.naming(ref, "conflict"))


def ways_to_say_a_day(view: View) -> str:
    """What `View.day_said` understands, with a round for an example."""
    return date_parser.how(_unmistakable(view.index.dataset.rounds))


def _unmistakable(rounds: Iterable[Round]) -> Mapping[str, Ref]:
    """The rounds by what is theirs alone, folded: ids, and numbers and whole names of one only."""
    named = [(fold(one_line(said)), r) for r in rounds for said in _said_for(r)]
    names = Counter(name for name, _ in named)
    whole = {name: r.ref for name, r in named if names[name] == 1}
    return whole | {slug: r.ref for _, r in named for slug in (*r.formerly, str(r.ref), r.id)}


def _said_for(this_round: Round) -> Iterator[str]:
    yield this_round.name
    if number := this_round.number:
        yield from (number, f"round {number}")
