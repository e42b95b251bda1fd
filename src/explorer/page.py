"""A record in full, as a page: what is said of it, in which order, with its sources.

A page is plain data, lines of spans that have a role and perhaps a link, so that the
screen can paint it and the command line can print it. Each statement ends with marks
such as [3] that number the sources listed at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from explorer import wording
from explorer.model import Day, Ref
from explorer.view import View


@dataclass(frozen=True, slots=True)
class Span:
    """Some words that look alike: a role such as `muted`, and where they lead."""

    text: str
    role: str = ""
    link: Ref | None = None
    stop: bool = True
    """Whether the keyboard stops at the link; source marks are for the mouse alone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, or a row with a label in a column of its own."""

    spans: tuple[Span, ...] = ()
    kind: str = "text"
    """title, heading, text, row, words or blank."""
    label: tuple[Span, ...] = ()


@dataclass(slots=True)
class Page:
    """The blocks of one record's page, in order, and the sources they cite."""

    view: View
    ref: Ref
    blocks: list[Block] = field(default_factory=list)
    cited: dict[str, int] = field(default_factory=dict)
    """Source ids with their numbers, in the order they were first cited."""

    @property
    def index(self) -> Any:
        return self.view.index

    @property
    def record(self) -> Any:
        return self.view.index[self.ref]

    @property
    def title(self) -> str:
        """What stands above the page."""
        match self.ref.kind:
            case "quote":
                speaker = self.index[Ref("delegate", self.record.speaker_id)]
                return f"{speaker.short}, {wording.day(self.record.said or self.record.published)}"
            case "source":
                return str(self.record.title)
            case _:
                return wording.title(self.index, self.ref)

    def marks(self, *source_ids: Sequence[str]) -> tuple[Span, ...]:
        """The marks that end a statement: “ [2][5]”, and a word when all are weak."""
        spans: list[Span] = []
        for slug in dict.fromkeys(slug for ids in source_ids for slug in ids):
            number = self.cited.setdefault(slug, len(self.cited) + 1)
            if not spans:
                spans.append(Span(" "))
            spans.append(Span(f"[{number}]", "mark", Ref("source", slug), stop=False))
        if spans and all(self._is_weak(slug) for ids in source_ids for slug in ids):
            spans.append(Span(" weak source only", "warning"))
        return tuple(spans)

    def _is_weak(self, slug: str) -> bool:
        return bool(self.index[Ref("source", slug)].reliability == "weak")

    def name(self, ref: Ref, role: str = "link", text: str = "") -> Span:
        """A link to a record, by its name unless another text is given."""
        return Span(text or wording.title(self.index, ref), role, ref)

    def short(self, kind: str, slug: str | None) -> Span:
        """A link to a delegation or delegate by its short name."""
        if slug is None:
            return Span("Jointly")
        ref = Ref(kind, slug)
        return self.name(ref, text=self.index[ref].short)

    def add(self, *spans: Span | str, kind: str = "text", label: Iterable[Span] = ()) -> None:
        whole = tuple(Span(span) if isinstance(span, str) else span for span in spans)
        self.blocks.append(Block(whole, kind, tuple(label)))

    def heading(self, text: str) -> None:
        self.blocks += (Block(kind="blank"), Block((Span(text, "heading"),), "heading"))

    def facts(self, *facts: tuple[str, Sequence[Span] | str]) -> None:
        """Rows of “Place  Kuala Lumpur, Malaysia”, leaving out what is empty."""
        for label, value in facts:
            if value:
                spans = (value,) if isinstance(value, str) else value
                self.add(*spans, kind="row", label=(Span(label, "label"),))

    def listed(self, heading: str, refs: Sequence[Ref], row: Callable[[Ref], None]) -> None:
        """A heading with one row for each record, or nothing when there are none."""
        if refs:
            self.heading(heading)
            for ref in refs:
                row(ref)

    def naming(self, kind: str) -> tuple[Ref, ...]:
        """Records of a kind that name this one, in order of time where they have one."""
        return self.view.in_order(self.index.naming(self.ref, kind))


def page(view: View, ref: Ref) -> Page:
    """The page of a record. Raises KeyError when the dataset has no such record."""
    made = Page(view, ref)
    record = made.record
    made.add(Span(made.title, "title"), kind="title")
    _PAGES[ref.kind](made, record)
    made.listed("Sources disagree", made.naming("conflict"), partial(_conflict_row, made))
    if ref.kind != "source":
        made.marks(record.source_ids)  # so that they are listed even if no line bore a mark
    _sources(made)
    return made


def as_text(made: Page) -> str:
    """The page as plain lines, for the command line."""
    lines = []
    for block in made.blocks:
        label = "".join(span.text for span in block.label)
        text = "".join(span.text for span in block.spans)
        if block.kind == "heading":
            text = text.upper()
        lines.append(f"{label}: {text}" if label else text)
    return "\n".join(lines)


# Rows that several pages share.


def _quote_row(made: Page, ref: Ref) -> None:
    quote = made.index[ref]
    speaker = Ref("delegate", quote.speaker_id)
    when = wording.day(quote.said or quote.published)
    made.add(
        Span(wording.quoted(quote), "words", ref),
        Span(f"  {made.index[speaker].short}, {when} · {quote.form}", "muted"),
        *made.marks(quote.source_ids),
        kind="item",
    )


def _round_row(made: Page, ref: Ref) -> None:
    this_round = made.index[ref]
    when = wording.days(this_round.starts, this_round.ends)
    _timed(made, when, made.name(ref), Span(f"  {this_round.meeting}", "muted"))


def _issue_row(made: Page, ref: Ref) -> None:
    status = made.view.status(made.index[ref])
    state = (Span("  "), Span(status.state, f"state:{status.state}")) if status else ()
    made.add(made.name(ref), *state, kind="item")


def _measure_row(made: Page, ref: Ref) -> None:
    measure = made.index[ref]
    side = made.index[Ref("delegation", measure.delegation_id)].short
    parts = [side, measure.act]
    if stage := made.view.stage(measure):
        parts.append(f"{stage.stage} {wording.day(stage.on)}")
    elif measure.steps:
        parts.append(f"to be {measure.steps[0].stage} {wording.day(measure.steps[0].on)}")
    made.add(made.name(ref), Span(f"  {' · '.join(parts)}", "muted"), kind="item")


def _rate_row(made: Page, ref: Ref) -> None:
    rate = made.index[ref]
    _timed(made, wording.day(rate.on), made.name(ref), *made.marks(rate.source_ids))


def _point_row(made: Page, ref: Ref) -> None:
    point = made.index[ref]
    due = made.view.due(point)
    said = [
        f"{made.index[Ref('delegation', account.delegation_id)].short} {account.stance}"
        for account in point.accounts
    ]
    detail = "; ".join(said) + (f" · due {wording.day(due)}" if due else "")
    made.add(made.name(ref), Span(f"  {detail}", "muted"), kind="item")


def _milestone_row(made: Page, ref: Ref) -> None:
    milestone = made.index[ref]
    moved = f"  moved {wording.counted(len(milestone.moves), 'time')}" if milestone.moves else ""
    when = wording.day(made.view.falls_on(milestone))
    _timed(made, when, made.name(ref), Span(moved, "muted"))


def _conflict_row(made: Page, ref: Ref) -> None:
    made.add(Span("≠ ", "warning"), made.name(ref), kind="item")


def _plain_row(made: Page, ref: Ref) -> None:
    made.add(made.name(ref), kind="item")


def _dated(made: Page, when: Day, *spans: Span | str, sources: Sequence[str]) -> None:
    _timed(made, wording.day(when), *spans, *made.marks(sources))


def _timed(made: Page, when: str, *spans: Span | str) -> None:
    made.add(*spans, kind="row", label=(Span(when, "label"),))


# One function for each kind of record.


def _negotiation(made: Page, record: Any) -> None:
    made.add(record.summary, *made.marks(record.source_ids))
    made.add(kind="blank")
    index, data = made.index, made.index.dataset
    made.facts(
        ("Covers", f"{wording.days(record.began, record.record_ends)}; the record ends there"),
        (
            "Holds",
            ", ".join(
                wording.tally(kind, len(data.of(kind)))
                for kind in wording.KIND_PLURALS
                if data.of(kind)
            ),
        ),
    )
    if record.rules:
        made.heading("How to read it")
        for rule in record.rules:
            made.add(rule, kind="item")
    for kind, row in (
        ("milestone", _milestone_row),
        ("rate", _rate_row),
        ("measure", _measure_row),
        ("point", _point_row),
        ("conflict", _conflict_row),
    ):
        heading = wording.KIND_PLURALS[kind].capitalize()
        made.listed(heading, made.view.in_order(index.refs(kind)), partial(row, made))


def _round(made: Page, record: Any) -> None:
    index = made.index
    place = ", ".join(part for part in (record.venue, record.city, record.country) if part)
    kind = f"{record.meeting}, round {record.number}" if record.number else record.meeting
    made.facts(
        ("When", wording.days(record.starts, record.ends)),
        ("What", kind),
        ("Where", place),
        ("Host", record.host),
        ("Announced", wording.day(record.announced) if record.announced else ""),
    )
    people = tuple(dict.fromkeys((*record.lead_ids, *record.delegate_ids)))
    sides: dict[str | None, list[Span]] = {}
    for slug in people:
        delegate = index[Ref("delegate", slug)]
        spans = sides.setdefault(delegate.delegation_id, [])
        spans += [Span(" · ", "muted")] if spans else []
        spans.append(made.short("delegate", slug))
        spans += [Span(" (lead)", "muted")] if slug in record.lead_ids else []
    for side, spans in sides.items():
        label = index[Ref("delegation", side)].short if side else "Others"
        made.facts((label, spans))
    made.add(kind="blank")
    made.add(record.summary, *made.marks(record.source_ids))
    if record.outcomes:
        made.heading("How each side told the result")
        for outcome in record.outcomes:
            made.add(
                f"{outcome.text} ",
                Span(wording.day(outcome.on), "muted"),
                *made.marks(outcome.source_ids),
                kind="row",
                label=(made.short("delegation", outcome.delegation_id),),
            )
    made.facts(("Next", record.next_step))
    _moves(made, record)
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("On the table", issues, partial(_issue_row, made))
    made.listed("Said to be agreed", made.naming("point"), partial(_point_row, made))
    quotes = made.view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(_quote_row, made))
    made.listed("Milestones", made.naming("milestone"), partial(_milestone_row, made))


def _delegation(made: Page, record: Any) -> None:
    if record.summary:
        made.add(record.summary, *made.marks(record.source_ids))
    made.listed("Delegates", made.naming("delegate"), partial(_delegate_row, made))
    held = [
        (ref, position)
        for ref in made.naming("issue")
        if (position := made.view.positions(made.index[ref]).get(record.id))
    ]
    if held:
        made.heading("Positions held last")
        for ref, position in held:
            made.add(
                made.name(ref),
                f"  {position.text} ",
                Span(wording.day(position.on), "muted"),
                *made.marks(position.source_ids),
                kind="item",
            )
    made.listed("Rates", made.naming("rate"), partial(_rate_row, made))
    made.listed("Measures", made.naming("measure"), partial(_measure_row, made))


def _delegate_row(made: Page, ref: Ref) -> None:
    delegate = made.index[ref]
    role = delegate.roles[-1].title if delegate.roles else ""
    made.add(made.name(ref), Span(f"  {role}", "muted"), kind="item")


def _delegate(made: Page, record: Any) -> None:
    if record.native_name:
        made.add(Span(record.native_name, "muted"))
    if record.delegation_id:
        made.facts(("For", (made.name(Ref("delegation", record.delegation_id)),)))
    for role in reversed(record.roles):
        span = " – ".join(
            part
            for part in (
                f"from {wording.day(role.since)}" if role.since else "",
                f"until {wording.day(role.until)}" if role.until else "",
            )
            if part
        )
        made.facts(
            (
                "Role",
                (
                    Span(role.title),
                    Span(f"  {span}" if span else "", "muted"),
                    *made.marks(role.source_ids),
                ),
            )
        )
    if record.summary:
        made.add(kind="blank")
        made.add(record.summary, *made.marks(record.source_ids))
    made.listed("Took part in", made.naming("round"), partial(_round_row, made))
    quotes = made.view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(_quote_row, made))
    made.listed("Positions stated", made.naming("issue"), partial(_plain_row, made))
    made.listed("Figures named", made.naming("rate"), partial(_rate_row, made))


def _issue(made: Page, record: Any) -> None:
    view = made.view
    if status := view.status(record):
        made.add(
            Span(status.state, f"state:{status.state}"),
            Span(f" since {wording.day(status.on)}. ", "muted"),
            status.text,
            *made.marks(status.source_ids),
        )
        made.add(kind="blank")
    made.add(record.summary, *made.marks(record.source_ids))
    if record.positions:
        made.heading("Positions")
        last = view.positions(record)
        for delegation in made.index.dataset.delegations:
            if position := last.get(delegation.id):
                _position_row(made, position)
            elif delegation.standing == "party":
                made.add(
                    Span("not stated", "muted"),
                    kind="row",
                    label=(made.short("delegation", delegation.id),),
                )
    quotes = view.quotes_by_date(made.naming("quote"))
    made.listed("Said", quotes, partial(_quote_row, made))
    made.listed("Said to be agreed", made.naming("point"), partial(_point_row, made))
    made.listed("Measures", made.naming("measure"), partial(_measure_row, made))
    made.listed("Rates", made.naming("rate"), partial(_rate_row, made))
    made.listed("Milestones", made.naming("milestone"), partial(_milestone_row, made))
    made.listed("Rounds", made.naming("round"), partial(_round_row, made))
    if len(record.statuses) > 1:
        made.heading("Where it stood before")
        for status in reversed(record.statuses[:-1]):
            _dated(
                made,
                status.on,
                Span(status.state, f"state:{status.state}"),
                f". {status.text}",
                sources=status.source_ids,
            )
    earlier = [p for p in record.positions if p not in view.positions(record).values()]
    if earlier:
        made.heading("Earlier positions")
        for position in reversed(earlier):
            _position_row(made, position)
    related = dict.fromkeys(
        (*(Ref("issue", slug) for slug in record.related_ids), *made.naming("issue"))
    )
    made.listed("Tied to", tuple(related), partial(_issue_row, made))


def _position_row(made: Page, position: Any) -> None:
    speaker = (
        (Span(" "), made.short("delegate", position.speaker_id)) if position.speaker_id else ()
    )
    made.add(
        position.text,
        *speaker,
        Span(f" {wording.day(position.on)}", "muted"),
        *made.marks(position.source_ids),
        kind="row",
        label=(made.short("delegation", position.delegation_id),),
    )


def _quote(made: Page, record: Any) -> None:
    speaker = made.index[Ref("delegate", record.speaker_id)]
    made.add(Span(wording.quoted(record), "words"), *made.marks(record.source_ids), kind="words")
    made.add(kind="blank")
    role = wording.role_on(speaker, record.said or record.published)
    form = wording.FORM_NAMES[record.form]
    if record.translator:
        form = f"{form} by {record.translator}"
    if record.language != "en":
        form = f"{form}; said in {wording.language(record.language)}"
    made.facts(
        ("Speaker", (made.name(speaker.ref), Span(f", {role} that day" if role else "", "muted"))),
        ("Said", wording.day(record.said) if record.said else "day not known"),
        ("Published", wording.day(record.published)),
        ("Where", record.where),
        ("To", record.to),
        ("Form", form),
        ("Via", record.via),
        ("Round", (made.name(Ref("round", record.round_id)),) if record.round_id else ""),
    )
    if record.remark:
        made.add(kind="blank")
        made.add(Span("Caution: ", "warning"), record.remark)
    if record.original:
        made.heading("In the original")
        made.add(Span(record.original, "words"), kind="words")
    if record.variants:
        made.heading("Printed otherwise")
        for variant in record.variants:
            paraphrased = (variant.form or record.form) == "paraphrase"
            words = variant.text if paraphrased else f"“{variant.text}”"
            made.add(
                Span(words, "words"),
                Span(f"  {variant.remark}" if variant.remark else "", "muted"),
                *made.marks(variant.source_ids),
                kind="item",
            )
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("On", issues, partial(_issue_row, made))


def _measure(made: Page, record: Any) -> None:
    if stage := made.view.stage(record):
        until = f" until {wording.day(stage.until)}" if stage.until else ""
        since = Span(f" since {wording.day(stage.on)}{until}", "muted")
        made.add(Span(stage.stage, "strong"), since)
    elif record.steps:
        first = record.steps[0]
        made.add(Span("to come: ", "strong"), f"{first.stage} on {wording.day(first.on)}")
    made.facts(
        ("By", (made.name(Ref("delegation", record.delegation_id)),)),
        ("What", record.act),
        ("Legal name", record.legal_name),
        ("Scope", record.scope),
    )
    if record.summary:
        made.add(kind="blank")
        made.add(record.summary, *made.marks(record.source_ids))
    if record.steps:
        made.heading("Steps")
        for step in reversed(record.steps):
            rate = f" at {step.rate}" if step.rate else ""
            until = f" until {wording.day(step.until)}" if step.until else ""
            _dated(
                made,
                step.on,
                Span(f"{step.stage}{rate}{until}", "strong"),
                f". {step.text}",
                sources=step.source_ids,
            )
    answers = tuple(Ref("measure", slug) for slug in record.answers_ids)
    made.listed("In answer to", answers, partial(_measure_row, made))
    made.listed("Answered by", made.naming("measure"), partial(_measure_row, made))
    made.listed("Rates", made.naming("rate"), partial(_rate_row, made))
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(_issue_row, made))


def _rate(made: Page, record: Any) -> None:
    standing = {
        "step": "a rate in force from that day",
        "threat": "a threat, not a rate in force",
        "claim": "a figure on another basis, not a step",
    }[record.standing]
    made.facts(
        ("Levied by", (made.name(Ref("delegation", record.delegation_id)),)),
        ("On goods of", (made.name(Ref("delegation", record.against_id)),)),
        ("From" if record.standing == "step" else "Named", wording.day(record.on)),
        ("Standing", standing),
        ("Named by", (made.name(Ref("delegate", record.speaker_id)),) if record.speaker_id else ""),
    )
    made.add(kind="blank")
    made.add(record.text, *made.marks(record.source_ids))
    if record.parts:
        made.heading("Made of")
        for part in record.parts:
            link = (
                (Span("  "), made.name(Ref("measure", part.measure_id))) if part.measure_id else ()
            )
            made.add(part.name, *link, kind="row", label=(Span(f"{part.percent:g}%", "label"),))
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(_issue_row, made))


def _point(made: Page, record: Any) -> None:
    made.add(record.text, *made.marks(record.source_ids))
    made.add(kind="blank")
    made.facts(
        ("Round", (made.name(Ref("round", record.round_id)),)),
        ("Issue", (made.name(Ref("issue", record.issue_id)),)),
        ("Said on", wording.day(record.on)),
        ("Due", wording.day(due) if (due := made.view.due(record)) else ""),
    )
    made.heading("What each side says")
    told = {account.delegation_id for account in record.accounts}
    for account in record.accounts:
        _account_row(made, account)
    for delegation in made.index.dataset.delegations:
        if delegation.standing == "party" and delegation.id not in told:
            made.add(
                Span("not checked", "muted"),
                kind="row",
                label=(made.short("delegation", delegation.id),),
            )
    _moves(made, record)
    if record.evidence:
        made.heading("Signs of delivery")
        for sign in reversed(record.evidence):
            _dated(made, sign.on, sign.text, sources=sign.source_ids)


def _account_row(made: Page, account: Any) -> None:
    spans: list[Span | str] = [Span(wording.STANCE_NAMES[account.stance], "strong")]
    document = (account.document_id,) if account.document_id else ()
    if account.document_id and account.stance == "silent":
        source = made.index[Ref("source", account.document_id)]
        title = f"{source.publisher}: {wording.shortened(source.title, 60)}"
        spans += [" ", made.name(source.ref, text=title)]
    spans.append(".")
    spans += [f" {account.text}"] if account.text else []
    spans += [Span(f" “{account.words}”", "words")] if account.words else []
    made.add(
        *spans,
        Span(f" {wording.day(account.on)}", "muted"),
        *made.marks(document, account.source_ids),
        kind="row",
        label=(made.short("delegation", account.delegation_id),),
    )


def _moves(made: Page, record: Any) -> None:
    if record.moves:
        made.heading("The date was moved")
        for move in reversed(record.moves):
            to = Span(f"to {wording.day(move.to)}", "strong")
            _dated(made, move.on, to, f". {move.text}", sources=move.source_ids)


def _milestone(made: Page, record: Any) -> None:
    falls = made.view.falls_on(record)
    made.facts(
        ("On", wording.day(falls)),
        ("First set", wording.day(record.on) if record.moves else ""),
        ("What", record.type),
        ("Announced", wording.day(record.announced) if record.announced else ""),
        ("Round", (made.name(Ref("round", record.round_id)),) if record.round_id else ""),
    )
    made.add(kind="blank")
    made.add(record.text, *made.marks(record.source_ids))
    _moves(made, record)
    issues = tuple(Ref("issue", slug) for slug in record.issue_ids)
    made.listed("Issues", issues, partial(_issue_row, made))


def _conflict(made: Page, record: Any) -> None:
    made.add("Sources do not agree. What they say stands side by side:")
    for number, version in enumerate(record.versions, 1):
        made.add(
            version.text,
            *made.marks(version.source_ids),
            kind="row",
            label=(Span(f"Version {number}", "label"),),
        )
    if record.used:
        made.heading("What this dataset does")
        made.add(record.used, *made.marks(record.source_ids))
    about = tuple(Ref.parse(text) for text in record.about)
    made.listed("Touches", about, partial(_plain_row, made))


def _source(made: Page, record: Any) -> None:
    notes = [
        record.type,
        record.affiliation,
        "" if record.language == "en" else f"in {wording.language(record.language)}",
    ]
    made.facts(
        ("Publisher", record.publisher),
        ("Carries", f"text of {record.carries}" if record.carries else ""),
        ("Author", record.author),
        ("Date", wording.day(record.published) if record.published else "bears no date"),
        ("Kind", ", ".join(note for note in notes if note)),
        ("Address", (Span(record.address, "address"),) if record.address else "not known"),
    )
    if record.described:
        made.add(Span("The headline was not seen; the title above describes it.", "muted"))
    if record.reliability == "weak":
        made.add(Span("Weak: ", "warning"), "it does not bear a statement alone.")
    if record.remark:
        made.add(record.remark)
    for kind in wording.KIND_PLURALS:
        if kind not in ("source", "conflict"):
            heading = f"Cited by {wording.KIND_PLURALS[kind]}"
            made.listed(heading, made.naming(kind), partial(_plain_row, made))
    if made.ref in made.index.named_in(made.index.dataset.negotiation.ref, "source"):
        made.listed("Cited by", (made.index.dataset.negotiation.ref,), partial(_plain_row, made))


def _sources(made: Page) -> None:
    """The list that the marks number, each entry a link with its address whole."""
    if not made.cited:
        return
    made.heading("Sources")
    for slug, number in made.cited.items():
        source = made.index[Ref("source", slug)]
        weak = (Span(" weak", "warning"),) if source.reliability == "weak" else ()
        address = (Span(f" {source.address}", "address"),) if source.address else ()
        made.add(
            Span(wording.source_line(source), "link", source.ref),
            *weak,
            *address,
            kind="source",
            label=(Span(f"[{number}]", "mark"),),
        )


_PAGES: Mapping[str, Callable[[Page, Any], None]] = {
    "negotiation": _negotiation,
    "round": _round,
    "delegation": _delegation,
    "delegate": _delegate,
    "issue": _issue,
    "quote": _quote,
    "measure": _measure,
    "rate": _rate,
    "point": _point,
    "milestone": _milestone,
    "conflict": _conflict,
    "source": _source,
}
