"""How a record looked at the end of a day, by the rules of `publicity`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import chain

from explorer.record import model, publicity
from explorer.record.days import first_day
from explorer.record.ends import Known
from explorer.record.model import AnyEntry, AnyRecord, AnyTable, Ref
from explorer.record.tables import entries, references, with_fields
from explorer.values import dataclass

LATER_PAGE = "a page of a later date, its title withheld"
UNDATED_PAGE = "a page without a date, its title withheld"

_ONLY_THREATS = ("threatened", "reported")


@dataclass(frozen=True, slots=True)
class Forms:
    """Takes out of records what was not public on a day. Days are numbers."""

    public: Callable[[Ref], int]
    """The day a record became public."""
    titled: Callable[[str], int]
    """The day from which the title of a source is shown, by the source's id."""
    own: Callable[[Ref], int]
    """The day a source bears."""
    negotiation: model.Negotiation
    """In whose words steps are."""
    ends: Known
    """The last day that is known to who says a table."""

    def form(self, record: AnyRecord, day: int) -> AnyRecord:
        """The record as it was at the end of a day on which it was public."""
        shown = with_fields(
            record,
            dict(chain(self._references_shown(record, day), self._entries_shown(record, day))),
        )
        match record, shown:
            case model.Round(), model.Round():
                hidden = self._hidden_of_round(record, shown.moves, day)
                return with_fields(shown, hidden)
            case model.Measure(), model.Measure() if self._is_only_threatened(record, shown.steps):
                return with_fields(shown, {"legal_name": ""})
            case model.Source(), _:
                return with_fields(shown, self._hidden_of_source(record, day))
            case model.Conflict(), _:
                about = tuple(str(ref) for ref in record.touches if self.public(ref) <= day)
                return with_fields(shown, {"about": about})
        return shown

    def _is_only_threatened(self, measure: model.Measure, shown: tuple[model.Step, ...]) -> bool:
        """Whether a measure has no legal name yet, if it gets one later."""
        meaning = self.negotiation.meaning
        named = (s for s in measure.steps if meaning("stage", s.stage) not in _ONLY_THREATS)
        first = next(named, None)
        return first is not None and first not in shown

    def _entries_shown(self, record: AnyRecord, day: int) -> Iterator[tuple[str, object]]:
        """The fields that hold entries, with those that are public."""
        by_field: defaultdict[str, list[AnyEntry]] = defaultdict(list)
        for field, _, entry in entries(record):
            shown = by_field[field]
            pages = (self.own(ref) for _, ref in references(entry))
            if publicity.entry_day(entry, pages, self.ends(entry)) <= day:
                shown.append(self._entry(entry, day))
        return ((field, tuple(shown)) for field, shown in by_field.items())

    def _entry(self, entry: AnyEntry, day: int) -> AnyEntry:
        """A public entry as it was, with the tables within it, which show with it."""
        fields = dict(self._references_shown(entry, day))
        if (hidden := publicity.hidden_in(entry)) is not None:
            field, shows = hidden
            if publicity.clamped(shows, self.ends(entry)) > day:
                fields[field] = None
        inner: defaultdict[str, list[AnyEntry]] = defaultdict(list)
        for field, _, within in entries(entry):
            inner[field].append(self._entry(within, day))
        fields.update((field, tuple(shown)) for field, shown in inner.items())
        return with_fields(entry, fields)

    def _references_shown(self, table: AnyTable, day: int) -> Iterator[tuple[str, object]]:
        """The fields of a table that name something not yet public, without those names."""
        hidden: defaultdict[str, set[str]] = defaultdict(set)
        for field, ref in references(table):
            if self.public(ref) > day:
                hidden[field].add(ref.id)
        for field, slugs in hidden.items():
            value = getattr(table, field)
            is_list = isinstance(value, tuple)
            yield field, tuple(s for s in value if s not in slugs) if is_list else None

    def _hidden_of_round(
        self, this_round: model.Round, moves: tuple[model.Move, ...], day: int
    ) -> dict[str, object]:
        """What a round that is announced or under way does not show yet, and what instead."""
        set_so_far = (this_round.first_set, *(move.to for move in moves))
        planned = [day for day in set_so_far if day][-1]
        upcoming = {
            # A date that is yet to be set stands in the order where the last one was.
            "starts": first_day(planned),
            "ends": first_day(planned),
            "planned": planned,
            # Later pages would show when it was held.
            "source_ids": tuple(s for s in this_round.source_ids if self.titled(s) <= day),
        }
        if this_round.closes.toordinal() > self.ends(this_round):
            # What is to come after the record ends is a plan, and has no result.
            return {**upcoming} if moves != this_round.moves else {}
        if publicity.clamped(publicity.result_known(this_round), self.ends(this_round)) <= day:
            return {}
        hidden = {"issue_ids": (), "summary": "", "next_step": ""}
        if this_round.opens.toordinal() <= day:
            return {**hidden, "ends": this_round.starts}
        people = {"lead_ids": (), "delegate_ids": ()}
        return {**hidden, **upcoming, **people, "number": "", "venue": "", "host": ""}

    def _hidden_of_source(self, source: model.Source, day: int) -> dict[str, object]:
        """What a source does not show yet, and what instead."""
        hidden: dict[str, object] = {
            field: None
            for field, shows in publicity.kept_since(source, self.ends(source)).items()
            if shows > day
        }
        if self.titled(source.id) <= day:
            return hidden
        title = LATER_PAGE if source.published else UNDATED_PAGE
        withheld = {"title": title, "described": True, "author": "", "address": "", "remark": ""}
        return {**withheld, "archived": None, "checked": None}
