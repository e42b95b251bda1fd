"""What changed since the last round, or between two dates?

Two looks at the negotiation are compared record by record, one as of each day. Each holds
only what was public then, so that nothing told here can be of another time. Nothing is told
twice: what is new is told once, with all that belongs to it so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal, NamedTuple

from explorer.documents.comparisons.difference import differences, fresh, same, worded
from explorer.documents.comparisons.question import ALL, Question
from explorer.documents.pages.measure_standing import step_told
from explorer.documents.sheet import Sheet, Span
from explorer.record import labels
from explorer.record.model import KINDS, Day, Ref, entries, first_set, last_day, toml_name
from explorer.view import View, pane_of

Kind = Literal[
    "added",
    "stands",
    "position",
    "dropped",
    "account",
    "step",
    "moved",
    "kept",
    "begun",
    "held",
    "outcome",
    "evidence",
    "role",
    "version",
    "variant",
    "changed",
    "known",
]

SIGNS: Mapping[Kind, tuple[str, str]] = {
    "added": ("+", "new"),
    "stands": ("~", "status"),
    "position": ("~", "position"),
    "dropped": ("✗", "dropped"),
    "account": ("~", "account"),
    "step": ("→", "step"),
    "moved": ("→", "moved"),
    "kept": ("~", "date told again"),
    "begun": ("→", "begun"),
    "held": ("✓", "held"),
    "outcome": ("+", "outcome"),
    "evidence": ("+", "evidence"),
    "role": ("~", "role"),
    "version": ("+", "version"),
    "variant": ("+", "other printing"),
    "changed": ("~", "changed"),
    "known": ("+", "now known"),
}
"""A sign for the eye that runs down the column, and the word that says what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that became public, or that is told otherwise than before."""

    ref: Ref
    """The record to go to."""
    kind: Kind
    """What sort of change it is; `added` is a new record, or a first position on an issue."""
    on: Day
    """The day it happened, was said or was done."""
    known: Day | None = None
    """The day it became public, when that is another one."""
    issue_ids: tuple[str, ...] = ()
    """The issues it concerns, of those in the scope; it is listed under the first."""
    field: str = ""
    """The table or field of the record that changed; empty for a record that is new."""
    delegation_id: str | None = None
    """Whose act, account, position or person it is."""
    was: str = ""
    """What `now` stands against; empty when nothing was there."""
    now: str = ""
    """The state, stage, date, stance or wording it has now."""
    text: str = ""
    """What happened, in our own words; in theirs where marked as a quotation."""
    source_ids: tuple[str, ...] = ()


# Between two dates.


def changes(view: View, since: date) -> tuple[Change, ...]:
    """All that became public after a day and by the day the view stands on, within its scope.

    By issue in the order of the dataset, then rounds, delegations and the rest; the newest
    first in each. Nothing when the day is not before the one the view stands on.
    """
    if since >= view.today:
        return ()
    found = between(view.at(since), view)
    if view.chosen:
        found = (_within(view, change) for change in found if _is_meant(view, change.ref))
    return _in_order(view, found)


def default_since(view: View) -> date:
    """The end of the last round before the day since which anything became public.

    The beginning of the record when there is none. A round that ends on the day itself has
    just been held: what changed with it is told from the round before.
    """
    began = view.index.dataset.negotiation.began
    held = (r.ends for r in view.index.dataset.rounds if _course(view, r) == "held")
    for ended in sorted({day for day in held if began <= day < view.today}, reverse=True):
        if next(between(view.at(ended), view), None):
            return ended
    return began


def between(before: View, after: View) -> Iterator[Change]:
    """What a look shows that an earlier one did not, whatever the scope; no source by itself."""
    for kind in KINDS:
        if kind != "source":
            for record in after.index.dataset.of(kind):
                yield from _changes_of(before, after, record)


def _changes_of(before: View, after: View, record: Any) -> Iterator[Change]:
    then = next((name for name in after.names_of(record.ref) if name in before.index), None)
    if then is None:
        yield _added(after, record)
        return
    old = before.index[then]
    if old is record or old == record:
        return
    told = [*_entries_of(after, old, record)]
    if record.kind == "round":
        told += _held(before, after, old, record)
    yield from told
    # Other days and places of a round are told by what put them off or brought them about.
    if not (record.kind == "round" and any(c.kind in ("moved", "begun", "held") for c in told)):
        days = [change.on for change in told if last_day(change.on) <= after.today]
        on = max(days, key=last_day, default=after.today)
        yield from _rewordings(after, record, (old, record), on)


def _is_meant(view: View, ref: Ref) -> bool:
    """Whether a record is in the scope; of the kind that was chosen, only those chosen.

    A delegation stands for its delegates.
    """
    own = [chosen for chosen in view.chosen if pane_of(chosen.kind) == pane_of(ref.kind)]
    if not view.in_scope(ref):
        return False
    return not own or any(ref in (c, *view.index.naming(c, "delegate")) for c in own)


def _within(view: View, change: Change) -> Change:
    meant = tuple(slug for slug in change.issue_ids if _is_meant(view, Ref("issue", slug)))
    return replace(change, issue_ids=meant)


def _in_order(view: View, found: Iterator[Change]) -> tuple[Change, ...]:
    issues = {ref: place for place, ref in enumerate(view.index.refs("issue"))}
    groups = {name: len(issues) + place for place, name in enumerate(_OTHER_GROUPS)}
    kinds = list(KINDS)

    def place(numbered: tuple[int, Change]) -> tuple[int, int, int, int]:
        number, change = numbered
        group = _group(change)
        return (
            issues[group] if isinstance(group, Ref) else groups[group],
            -last_day(change.on).toordinal(),
            kinds.index(change.ref.kind),
            -number,
        )

    return tuple(change for _, change in sorted(enumerate(found), key=place))


_OTHER_GROUPS = ("Rounds", "Delegations", "Elsewhere")


def _group(change: Change) -> Ref | str:
    """The issue a change is listed under, or the heading of what concerns none."""
    if change.issue_ids:
        return Ref("issue", change.issue_ids[0])
    groups = {"round": "Rounds", "delegation": "Delegations", "delegate": "Delegations"}
    return groups.get(change.ref.kind, "Elsewhere")


def _change(view: View, record: Any, kind: Kind, on: Day, part: Any, **told: str) -> Change:
    """A change as a part of the record tells it: one of its entries, or the record itself."""
    known = getattr(part, "published", None) or part.known
    document = getattr(part, "document_id", None)
    side = getattr(part, "delegation_id", None) or getattr(record, "delegation_id", None)
    return Change(
        ref=record.ref,
        kind=kind,
        on=on,
        # What is only announced may bear the day on which its result is to be known.
        known=known if known and known != on and last_day(known) <= view.today else None,
        issue_ids=_issue_ids(view, record),
        delegation_id=side,
        source_ids=tuple(dict.fromkeys((*([document] if document else []), *part.source_ids))),
        **told,
    )


def _issue_ids(view: View, record: Any) -> tuple[str, ...]:
    match record.kind:
        case "issue":
            return (record.id,)
        case "point":
            return (record.issue_id,)
        case "conflict":
            touched = [Ref.parse(text) for text in record.about]
            named = [ref.id for ref in touched if ref.kind == "issue"]
            for ref in touched:
                named += _issue_ids(view, view.index[ref])
            return tuple(dict.fromkeys(named))
        case "round":
            return ()
        case _:
            return getattr(record, "issue_ids", ())


# What is new.


class _New(NamedTuple):
    """How a new record is told: its day, the part of it that says so, and in which words."""

    on: Day
    part: Any
    now: str = ""
    text: str = ""


def _added(view: View, record: Any) -> Change:
    new = _NEW[record.kind](view, record)
    return _change(view, record, "added", new.on, new.part, now=new.now, text=new.text)


def _new_issue(view: View, issue: Any) -> _New:
    if status := view.status(issue):
        return _New(status.on, status, status.state, status.text)
    return _New(view.timeline.public(issue.ref), issue, "", issue.summary)


def _new_measure(view: View, measure: Any) -> _New:
    if step := view.stage(measure):
        return _New(step.on, step, step_told(view, measure, step), step.text)
    if measure.steps:
        step = measure.steps[0]
        return _New(step.on, step, f"to be {step_told(view, measure, step)}", step.text)
    return _New(view.timeline.public(measure.ref), measure, "", measure.summary)


def _new_round(view: View, this_round: Any) -> _New:
    days = view.days_of(this_round)
    match _course(view, this_round):
        case "to come":
            on = this_round.announced or view.timeline.public(this_round.ref)
            return _New(on, this_round, f"announced for {days}", this_round.summary)
        case "under way":
            return _New(this_round.starts, this_round, f"under way since {days}")
        case _:
            return _New(this_round.ends, this_round, days, this_round.summary)


def _new_milestone(view: View, milestone: Any) -> _New:
    falls = view.falls_on(milestone)
    ahead = last_day(falls) > view.today
    on = (milestone.announced or view.timeline.public(milestone.ref)) if ahead else falls
    return _New(on, milestone, labels.day(falls), milestone.text)


def _new_point(view: View, point: Any) -> _New:
    told = [
        f"{view.index[Ref('delegation', side)].short} {account.stance}"
        for side, account in view.accounts(point).items()
    ]
    return _New(point.on, point, "; ".join(told), point.text)


def _new_quote(_: View, quote: Any) -> _New:
    return _New(quote.said or quote.published, quote, labels.quoted(quote))


def _new_rate(_: View, rate: Any) -> _New:
    return _New(rate.on, rate, rate.name, rate.text)


def _new_conflict(_: View, conflict: Any) -> _New:
    return _New(conflict.on, conflict, "", " Or: ".join(v.text for v in conflict.versions))


def _new_delegate(view: View, delegate: Any) -> _New:
    role = delegate.roles[-1].title if delegate.roles else ""
    return _New(view.timeline.public(delegate.ref), delegate, role)


def _new_delegation(view: View, delegation: Any) -> _New:
    return _New(view.timeline.public(delegation.ref), delegation, "", delegation.summary)


_NEW: Mapping[str, Callable[[View, Any], _New]] = {
    "issue": _new_issue,
    "measure": _new_measure,
    "round": _new_round,
    "milestone": _new_milestone,
    "point": _new_point,
    "quote": _new_quote,
    "rate": _new_rate,
    "conflict": _new_conflict,
    "delegate": _new_delegate,
    "delegation": _new_delegation,
}


# What came to a record that was there.


def _course(view: View, this_round: Any) -> str:
    if view.is_to_come(this_round):
        return "to come"
    return "under way" if view.is_under_way(this_round) else "held"


def _held(before: View, after: View, old: Any, new: Any) -> Iterator[Change]:
    """That a round was begun or held, when it had not been."""
    then, now = _course(before, old), _course(after, new)
    planned = before.days_of(old) if then == "to come" else ""
    was = planned if planned != labels.day(new.starts) else ""
    if now == "under way" and then == "to come":
        told = {"was": was, "now": after.days_of(new)}
        yield _change(after, new, "begun", new.starts, new, **told)
    elif now == "held" and then != "held":
        told = {"was": was, "now": after.days_of(new), "text": new.summary}
        yield _change(after, new, "held", new.ends, new, **told)


def _entries_of(view: View, old: Any, new: Any) -> Iterator[Change]:
    """What the tables of a record hold that they did not hold before."""
    for table, told in _TOLD.items():
        were, are = getattr(old, table, ()), getattr(new, table, ())
        if were == are:
            continue
        for place, was in fresh(were, are):
            if was is None:
                change = told(view, old, new, place)
                yield replace(change, field=toml_name(table))
            else:
                on = getattr(are[place], "on", None) or view.today
                yield from _rewordings(view, new, (was, are[place]), on, toml_name(table))
        if table == "roles":
            yield from _given_up(view, old, new)


def _before(parts: Sequence[Any], place: int) -> Any | None:
    """The entry of the same delegation before one, in order of their days."""
    side = parts[place].delegation_id
    places = [n for n, part in enumerate(parts) if part.delegation_id == side]
    places.sort(key=lambda n: last_day(parts[n].on))
    at = places.index(place)
    return parts[places[at - 1]] if at else None


def _status(view: View, _: Any, issue: Any, place: int) -> Change:
    status = issue.statuses[place]
    was = issue.statuses[place - 1].state if place else ""
    told = {"was": was, "now": status.state, "text": status.text}
    return _change(view, issue, "stands", status.on, status, **told)


def _position(view: View, _: Any, issue: Any, place: int) -> Change:
    position = issue.positions[place]
    before = _before(issue.positions, place)
    was = before.text if before is not None and not before.withdrawn else ""
    kind: Kind = "dropped" if position.withdrawn else "position" if was else "added"
    return _change(view, issue, kind, position.on, position, was=was, now=position.text)


def _step(view: View, _: Any, measure: Any, place: int) -> Change:
    step = measure.steps[place]
    was = measure.steps[place - 1].stage if place else ""
    told = {"was": was, "now": step_told(view, measure, step), "text": step.text}
    return _change(view, measure, "step", step.on, step, **told)


def _account(view: View, _: Any, point: Any, place: int) -> Change:
    account = point.accounts[place]
    before = _before(point.accounts, place)
    words = f"“{account.words}”" if account.words else ""
    text = " ".join(part for part in (account.text, words) if part)
    told = {"was": before.stance if before else "", "now": account.stance, "text": text}
    return _change(view, point, "account", account.on, account, **told)


def _move(view: View, old: Any, new: Any, place: int) -> Change:
    move = new.moves[place]
    was = new.moves[place - 1].to if place else first_set(old)
    told = {"was": labels.day(was) if was else "", "now": labels.day(move.to)}
    kind: Kind = "kept" if was == move.to else "moved"
    return _change(view, new, kind, move.on, move, text=move.text, **told)


def _evidence(view: View, _: Any, point: Any, place: int) -> Change:
    seen = point.evidence[place]
    return _change(view, point, "evidence", seen.on, seen, now=seen.shows or "", text=seen.text)


def _outcome(view: View, _: Any, this_round: Any, place: int) -> Change:
    outcome = this_round.outcomes[place]
    return _change(view, this_round, "outcome", outcome.on, outcome, text=outcome.text)


def _role(view: View, _: Any, delegate: Any, place: int) -> Change:
    role = delegate.roles[place]
    on = role.since or role.known or view.today
    return _change(view, delegate, "role", on, role, now=role.title)


def _given_up(view: View, old: Any, new: Any) -> Iterator[Change]:
    held = [role for role in old.roles if role.until is None]
    for role in new.roles:
        if role.until is not None and any(same(other, role) for other in held):
            change = _change(view, new, "role", role.until, role, was=role.title)
            yield replace(change, field=toml_name("roles"))


def _version(view: View, _: Any, conflict: Any, place: int) -> Change:
    version = conflict.versions[place]
    on = _first_printed(view, version)
    return _change(view, conflict, "version", on, version, text=version.text)


def _variant(view: View, _: Any, quote: Any, place: int) -> Change:
    variant = quote.variants[place]
    paraphrased = (variant.form or quote.form) == "paraphrase"
    text = variant.text if paraphrased else f"“{variant.text}”"
    return _change(view, quote, "variant", _first_printed(view, variant), variant, text=text)


def _first_printed(view: View, entry: Any) -> Day:
    """The day of an entry that has none but those of its sources."""
    printed = [view.index[Ref("source", slug)].published for slug in entry.source_ids]
    first: Day = min((day for day in printed if day), key=last_day, default=view.today)
    return entry.known or first


_TOLD: Mapping[str, Callable[[View, Any, Any, int], Change]] = {
    "statuses": _status,
    "positions": _position,
    "steps": _step,
    "accounts": _account,
    "moves": _move,
    "evidence": _evidence,
    "outcomes": _outcome,
    "roles": _role,
    "versions": _version,
    "variants": _variant,
}
"""How an entry is told that came to a record; the parts of a rate come with it."""


# What is told otherwise.


def _rewordings(
    view: View, record: Any, parts: tuple[Any, Any], on: Day, table: str = ""
) -> Iterator[Change]:
    """Each text or date that differs between two forms of a record, or of an entry in it."""
    for name, was, now in differences(*parts):
        kind: Kind = "changed" if was else "known"
        change = _change(view, record, kind, on, parts[1], was=was, now=now)
        yield replace(change, field=f"{table} {toml_name(name)}".strip())


# As values, and as a sheet.


def as_data(view: View, question: Question = ALL) -> list[dict[str, Any]]:
    """The changes as plain values for JSON, less what is empty."""
    return [
        {key: value for key, value in _as_data(change).items() if value not in ("", None, [])}
        for change in changes(view, question.since or default_since(view))
    ]


def _as_data(change: Change) -> dict[str, Any]:
    return {
        "ref": str(change.ref),
        "kind": change.kind,
        "on": str(change.on),
        "known": str(change.known or ""),
        "issues": list(change.issue_ids),
        "field": change.field,
        "delegation": change.delegation_id,
        "was": change.was,
        "now": change.now,
        "text": change.text,
        "sources": list(change.source_ids),
    }


def sheet(view: View, question: Question = ALL) -> Sheet:
    """All changes since a day, under the issues they concern; else since the round before."""
    since = max(question.since or default_since(view), view.index.dataset.negotiation.began)
    made = Sheet(view, f"Changes, {labels.days(*sorted((since, view.today)))}")
    if since >= view.today:
        made.add(labels.not_before(since, view.today))
        return made
    found = changes(view, since)
    if not found:
        what = "Nothing in the scope" if view.chosen else "Nothing"
        days = f"{labels.day(since)} and {labels.day(view.today)}"
        made.add(f"{what} became public between {days}.")
        return made
    _say_how_many(made, since, len(found))
    for group, listed in groupby(found, _group):
        if isinstance(group, Ref):
            status = view.status(view.index[group])
            state = (Span("  "), Span(status.state, f"state:{status.state}")) if status else ()
            made.heading(made.name(group, "heading"), *state)
        else:
            made.heading(group)
        for change in listed:
            set_out(made, change)
    made.list_sources()
    return made


def _say_how_many(made: Sheet, since: date, number: int) -> None:
    """How many changes there are, and between what."""
    rounds = [r for r in made.index.dataset.rounds if r.ends == since]
    ended = [made.name(r.ref, text=r.name) for r in rounds if _course(made.view, r) == "held"]
    after = ("the end of ", ended[-1], ", ") if ended else ()
    days = f"{labels.day(since)}, as of {labels.day(made.view.today)}."
    made.add(f"{labels.counted(number, 'change')} since ", *after, days)


def set_out(made: Sheet, change: Change) -> None:
    sign, word = SIGNS[change.kind]
    if change.kind == "added":
        word = f"new {change.field or labels.KIND_NAMES[change.ref.kind].lower()}"
    made.add(
        Span(f"{sign} {word}  ", "muted"),
        *_named(made, change),
        Span("  "),
        *_side(made, change),
        *_told(made, change),
        *_aside(made, change),
        *made.marks(change.source_ids),
        kind="row",
        label=(Span(labels.day(change.on), "label"),),
    )


def _is_new_quote(change: Change) -> bool:
    return change.kind == "added" and change.ref.kind == "quote"


def _named(made: Sheet, change: Change) -> tuple[Span, ...]:
    """The record's name; a new quote is named by its words, which are all there is to tell."""
    if not _is_new_quote(change):
        return (made.name(change.ref),)
    quote = made.index[change.ref]
    return (made.name(change.ref, "words", labels.quoted(quote)),)


def _side(made: Sheet, change: Change) -> tuple[Span, ...]:
    """Whose it is, when the name of the record does not say so."""
    if change.kind == "outcome" and change.delegation_id is None:
        return (Span("Jointly: "),)
    if change.delegation_id is None or change.ref.kind == "rate":
        return ()
    side = Ref("delegation", change.delegation_id)
    named = Span(made.index[side].short, "link", side, stop=False)
    return (named, Span(": ")) if change.was or change.now or change.text else (named,)


def _told(made: Sheet, change: Change) -> tuple[Span, ...]:
    """What changed: what was, what is now, and the words on it."""
    if _is_new_quote(change):
        quote = made.index[change.ref]
        speaker = made.index[Ref("delegate", quote.speaker_id)].short
        return (Span(f"{speaker} · {quote.form}", "muted"),)
    told = tuple(_now(made, change))
    if not change.text:
        return told
    return (*told, Span(f". {change.text}" if told else change.text))


def _now(made: Sheet, change: Change) -> Iterator[Span]:
    was, now = change.was, change.now
    match change.kind:
        case "changed" | "known":
            yield Span(f"{change.field.replace('_', ' ')}: ", "muted")
            yield from worded(was, now)
        case "position" | "added" if change.field:
            yield from worded(was, now)
        case "dropped":
            yield Span("drops it: ", "warning")
            yield Span(now)
            yield Span(f" (was: {was})" if was else "", "muted")
        case "held" | "begun":
            yield Span(now, "strong")
            yield Span(f" (planned for {was})" if was else "", "muted")
        case "role" if not now:
            yield Span(f"no longer {was}")
        case "added" if change.ref.kind == "rate":
            return  # the name says the rate
        case _ if now:
            yield from _one_after_the_other(change)
            if now == "silent" and change.kind == "account":
                yield from _silent_in(made, change)


def _one_after_the_other(change: Change) -> Iterator[Span]:
    if change.was == change.now:
        yield Span("still ")
    elif change.was:
        yield _shown(change, change.was, "muted")
        yield Span(" → ")
    yield _shown(change, change.now, "strong")


def _shown(change: Change, value: str, role: str) -> Span:
    """A state or a stance with its sign, anything else as it is."""
    if change.kind == "stands" or (change.kind == "added" and change.ref.kind == "issue"):
        return Span(value, f"state:{value}")
    return Span(labels.short_stance(value) if change.kind == "account" else value, role)


def _silent_in(made: Sheet, change: Change) -> Iterator[Span]:
    """The document that says nothing of it, which its account names first."""
    for slug in change.source_ids[:1]:
        source = made.index[Ref("source", slug)]
        title = f"{source.publisher}: {labels.shortened(source.title, 60)}"
        yield Span(" in ")
        yield Span(title, "link", source.ref, stop=False)


def _aside(made: Sheet, change: Change) -> tuple[Span, ...]:
    """What else to know: how much came with it, when it was known, and what else it concerns."""
    told: list[str] = []
    if change.kind == "added" and not change.field:
        told += _with(made.index[change.ref])
    if change.known:
        told.append(f"public {labels.day(change.known)}")
    if others := change.issue_ids[1:]:
        names = (labels.title(made.index, Ref("issue", slug)) for slug in others)
        told.append(f"also {', '.join(names)}")
    return tuple(Span(f" · {part}", "muted") for part in told)


def _with(record: Any) -> Iterator[str]:
    """How much came with a new record that is not told in its row."""
    tables = ("statuses", "positions", "steps", "moves", "evidence", "outcomes")
    held = Counter(table for table, _, _ in entries(record) if table in tables)
    for table, number in held.items():
        if number == 1 and table in ("statuses", "steps"):
            continue  # it is told
        yield labels.counted(number, *_COUNTED.get(table, (toml_name(table), table)))


_COUNTED = {"evidence": ("piece of evidence", "pieces of evidence")}
"""Tables whose name is no name of one entry."""
