"""The terms of the field, one frozen dataclass each.

This module is the schema: the names below, less `_id` and `_ids`, are the keys a
person writes in TOML (see `tables.toml_name`), and the text under each field is its
documentation. It knows nothing of files, screens or notes.

Two clocks run through it. A record's own day (`starts`, `said`, `on`) is when a
thing happened; `known` is when it became public, and defaults to that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import ClassVar, Literal, NamedTuple, get_args

from explorer.record.days import Day, first_day, last_day
from explorer.values import dataclass

Form = Literal["verbatim", "transcript", "readout", "translation", "interpretation", "paraphrase"]
DelegationType = Literal[
    "state", "coalition", "organisation", "chair", "secretariat", "host", "observer", "outsider"
]
Function = Literal["head", "negotiator", "chair", "co-facilitator", "spokesperson"]
Meeting = Literal["talks", "leaders' meeting", "leaders' call", "call", "working level"]
State = Literal[
    "raised",
    "disputed",
    "under discussion",
    "agreed in principle",
    "agreed",
    "being carried out",
    "paused",
    "settled",
]
Act = Literal[
    "charge",
    "restriction",
    "listing",
    "investigation",
    "exemption",
    "licence",
    "law",
    "ruling",
    "relief",
    "other",
]
Stage = Literal[
    "reported",
    "threatened",
    "announced",
    "published",
    "in force",
    "changed",
    "suspended",
    "resumed",
    "extended",
    "ended",
    "dropped",
]
PositionStance = Literal["red line", "demand", "preference", "open", "opposed"]
Stance = Literal["affirms", "differs", "denies", "silent"]
# One of the built-in words, or one of the negotiation's own that has the meaning of one.
MeetingWord = str
StateWord = str
ActWord = str
StageWord = str
StanceWord = str
FigureStanding = Literal[
    "in force", "in part", "announced", "threat", "demand", "claim", "target", "counted"
]
Margin = Literal["least", "most", "about"]
DeadlineOutcome = Literal["met", "missed", "dropped", "late"]
Delivery = Literal["carried out", "carried out in part", "not carried out"]
TextType = Literal[
    "draft",
    "proposal",
    "joint statement",
    "readout",
    "fact sheet",
    "decision",
    "agreement",
    "report",
    "letter",
    "resolution",
    "declaration",
    "order",
    "answer",
]
TextStage = Literal[
    "tabled",
    "accepted as basis",
    "rejected",
    "superseded",
    "adopted",
    "endorsed",
    "in force",
    "carried out",
    "ended",
]


SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
"""The form of an id, as a regular expression."""


class Ref(NamedTuple):
    """The lasting name of a record, written `issue:rare-earths`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read `kind:id`. Raises ValueError when the text is not of that form."""
        kind, colon, slug = text.partition(":")
        if not colon or not slug or (kind not in KINDS and kind not in FORMER_KINDS):
            raise ValueError(f"“{text}” is not a reference such as issue:rare-earths")
        return cls(kind, slug)


def refs(kind: str, ids: Iterable[str]) -> tuple[Ref, ...]:
    """References to records of one kind."""
    return tuple(Ref(kind, slug) for slug in ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A dated statement within a record; it carries its own sources.

    A file may have them in any order; a dataset that was read has them oldest first.
    """

    known: Day | None = None
    """The day it became public; left out when that is its own day."""
    source_ids: tuple[str, ...] = ()
    """Ids of the sources that say so; at least one."""
    own: bool = False
    """True when a reader added it, in an overlay; nobody writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    kind: ClassVar[str]

    id: str
    """Lasting name within its kind: lower-case letters, digits and hyphens."""
    formerly: tuple[str, ...] = ()
    """Ids it had before, so that notes follow a renamed record."""
    known: Day | None = None
    """The day it became public; left out when that is its own day."""
    source_ids: tuple[str, ...] = ()
    """Ids of the sources it rests on; at least one."""
    own: bool = False
    """True when a reader added it, in an overlay; nobody writes it."""

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided(Entry):
    """Days for which the documents of some sides only are known."""

    starts: date
    """First of these days."""
    ends: date
    """Last of these days."""
    delegation_ids: tuple[str, ...]
    """The sides whose documents are known."""
    text: str
    """Why the others' are missing, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation(Record):
    """The whole: one dataset."""

    kind: ClassVar[str] = "negotiation"

    name: str
    """What people call it, short enough for a title bar."""
    summary: str
    """What it is about and who takes part, in our own words."""
    began: date
    """First day the dataset covers."""
    record_ends: date
    """Last day known from every side; always shown. What comes after it needs a `one_sided`."""
    deadline_ids: tuple[str, ...] = ()
    """The deadlines of the whole, oldest first: the title bar names the first that is still open,
    or else the last."""
    rules: tuple[str, ...] = ()
    """Editorial rules worth a reader's knowing, a sentence each."""
    licence: str = ""
    """The licence under which the dataset may be passed on, by its SPDX identifier, `CC-BY-4.0`, or
    by the address of its text."""
    one_sided: tuple[OneSided, ...] = ()
    """Days known from one side only, after the record ends or within it."""
    states: Mapping[str, State] = field(default_factory=dict)
    """Its own words for where issues stand, each with the built-in one whose meaning it has:
    `bracketed = "disputed"`."""
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    """Its own words for kinds of meeting, in the same way."""
    acts: Mapping[str, Act] = field(default_factory=dict)
    """Its own words for kinds of measure."""
    stages: Mapping[str, Stage] = field(default_factory=dict)
    """Its own words for the steps of measures."""
    stances: Mapping[str, PositionStance] = field(default_factory=dict)
    """Its own words for how firmly positions are held."""
    own_until: date | None = None
    """Day of the last that a reader added, in an overlay; nobody writes it."""

    def meaning(self, key: str, word: str) -> str:
        """The built-in word whose meaning a word has that stands under a key such as `state`."""
        own: Mapping[str, str] = getattr(self, f"{key}s")
        return own.get(word, word)

    @property
    def recorded_until(self) -> date:
        """The last day of the record, or of a part of it known from one side."""
        return max(self.record_ends, *(span.ends for span in self.one_sided), date.min)

    @property
    def covers_until(self) -> date:
        """The last day that can be looked at: a recorded one, or that of a reader's additions."""
        return max(self.recorded_until, self.own_until or date.min)

    def known_until(self, table: Record | Entry) -> date:
        """The last day that is known to who says a table: the record, or a reader who added it."""
        return self.covers_until if table.own else self.recorded_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A copy of a page that is kept elsewhere, should the page change or be gone."""

    address: str
    """Where the copy can be read: an http or https address."""
    on: date
    """Day on which the copy was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A document that says something: the ground of every statement."""

    kind: ClassVar[str] = "source"

    publisher: str
    """Who published the page that was read."""
    title: str
    """Its headline, or our description of it (see `described`)."""
    described: bool = False
    """True when `title` is a description, because no headline was seen."""
    author: str = ""
    """Who wrote it, when named."""
    address: str = ""
    """Where it can be read: an http or https address."""
    archived: Archive | None = None
    """A copy of the page as it was on a day, in an archive of the web or elsewhere."""
    checked: date | None = None
    """Day on which the page was last seen at its address, saying what it is cited for."""
    published: Day | None = None
    """Day or month it bears; left out when it bears none."""
    type: Literal["primary", "organisation", "reporting service", "wire", "press", "legal", "other"]
    """A party's own text, one of an international organisation, a service that reports from
    conferences, a news agency, a newspaper or broadcaster, a law firm, or other."""
    carries: str = ""
    """The publisher whose text the page reprints, when it is a copy."""
    delegation_id: str | None = None
    """The delegation whose word it is: its own text, or that of media which it runs. Left out for
    what several issued together, and for who belongs to none."""
    affiliation: str = ""
    """A tie a reader should know of, such as “Chinese state media”."""
    language: str = "en"
    """Its language as an ISO 639-1 code."""
    reliability: Literal["sound", "weak"] = "sound"
    """`weak` marks one that may not bear a statement alone."""
    remark: str = ""
    """What else to know about it."""

    @property
    def name(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Entry):
    """Who belongs to a coalition, from a day on."""

    delegation_id: str | None = None
    """The member, when it is a delegation of the record."""
    name: str = ""
    """The member's name, when it is none."""
    since: Day | None = None
    """Day it joined; left out when it belonged from before the record begins."""
    until: Day | None = None
    """Day it left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Record):
    """A party to the negotiation, or another whose part in it matters."""

    kind: ClassVar[str] = "delegation"

    name: str
    """Full name, “United States”."""
    short: str
    """The name in lists and columns, “US”."""
    type: DelegationType = "state"
    """States, coalitions and organisations are sides of the talks. The others are none: they are
    asked for no account, and are never silent."""
    summary: str = ""
    """Who leads it and how it is organised, in our own words."""
    members: tuple[Member, ...] = ()
    """Who belongs to a coalition."""

    @property
    def is_side(self) -> bool:
        """Whether it negotiates, so that its position and its account are asked for."""
        return self.type in ("state", "coalition", "organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Entry):
    """A post a delegate holds, from a day on."""

    title: str
    """The post as one would introduce the person that day."""
    delegation_id: str | None = None
    """For whom it is held, when that is not the delegate's own delegation."""
    function: Function | None = None
    """What it is in the talks, when it is a part in them."""
    since: Day | None = None
    """Day it was taken up; left out when held from before the record begins."""
    until: Day | None = None
    """Day it was given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegate(Record):
    """A person, or an office that speaks without naming one."""

    kind: ClassVar[str] = "delegate"

    name: str
    """Full name as the person's side writes it in English."""
    short: str
    """The name in lists, “Bessent”, “He Lifeng”."""
    native_name: str = ""
    """The name in its own script."""
    office: bool = False
    """True for an office or document that speaks, such as a ministry's spokesperson."""
    delegation_id: str | None = None
    """Its own delegation, for which each role is held that names no other; left out for outsiders
    who are quoted."""
    roles: tuple[Role, ...] = ()
    """The posts held, oldest first."""
    summary: str = ""
    """What a reader should know, in our own words."""

    @property
    def latest_role(self) -> str:
        """The post taken up last; empty when none is given."""
        return self.roles[-1].title if self.roles else ""

    def role_on(self, when: Day) -> str:
        """The post held on a day; empty when none is given for it."""
        role = self._held_on(when)
        return role.title if role else ""

    @property
    def latest_side_id(self) -> str | None:
        """The delegation of the post taken up last; None for an outsider."""
        return (self.roles[-1].delegation_id if self.roles else None) or self.delegation_id

    @property
    def side_ids(self) -> tuple[str, ...]:
        """Every delegation it has belonged to, its own first."""
        own = (self.delegation_id, *(role.delegation_id for role in self.roles))
        return tuple(dict.fromkeys(filter(None, own)))

    def side_id_on(self, when: Day) -> str | None:
        """The delegation of the post held on a day; None for an outsider."""
        role = self._held_on(when)
        return (role.delegation_id if role else None) or self.delegation_id

    def _held_on(self, when: Day) -> Role | None:
        held = (
            role
            for role in reversed(self.roles)
            if (role.since is None or first_day(role.since) <= last_day(when))
            and (role.until is None or first_day(when) <= last_day(role.until))
        )
        return next(held, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Entry):
    """A date that was moved: announced `on` one day, to another."""

    on: Day
    """Day the move was made."""
    to: Day | None = None
    """The new date; left out when it is yet to be set."""
    text: str
    """By what act and why, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Entry):
    """What came of a round, as one side or both together told it."""

    delegation_id: str | None = None
    """Whose account this is; left out when it was told jointly."""
    on: Day
    """Day it was told."""
    text: str
    """The account, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(Record):
    """One meeting: talks, a leaders' meeting or call, or working-level contact."""

    kind: ClassVar[str] = "round"

    name: str
    """What it is called for short, most often its city."""
    number: str = ""
    """Its number as the parties write it, "5" or "5.2"; left out where they count none."""
    meeting: MeetingWord
    """What kind of meeting it is: talks, leaders' meeting, leaders' call, call, working level, or
    a word of the negotiation's own `meetings`."""
    starts: Day
    """First day."""
    ends: Day
    """Last day; the same as `starts` for one day."""
    announced: Day | None = None
    """Day it was announced; from then on it shows as upcoming."""
    planned: Day | None = None
    """First day as it was first announced, when that was moved; see `moves`."""
    planned_end: Day | None = None
    """Last day as it was announced; it shows while the round is to come or under way."""
    moves: tuple[Move, ...] = ()
    """Times the date was moved before it was held."""
    city: str = ""
    """City it was held in."""
    country: str = ""
    """Country it was held in."""
    venue: str = ""
    """The building or setting."""
    host: str = ""
    """Who received the delegations."""
    lead_ids: tuple[str, ...] = ()
    """Delegates who led their side; they need not be listed again."""
    delegate_ids: tuple[str, ...] = ()
    """Others who took part."""
    issue_ids: tuple[str, ...] = ()
    """What was on the table."""
    summary: str
    """What happened, in our own words."""
    outcomes: tuple[Outcome, ...] = ()
    """Each side's own account of the result."""
    next_step: str = ""
    """What was to follow, as announced at the time."""

    @property
    def opens(self) -> date:
        """The earliest day that can be its first."""
        return first_day(self.starts)

    @property
    def closes(self) -> date:
        """The latest day that can be its last."""
        return last_day(self.ends)

    @property
    def first_set(self) -> Day:
        """The day first set for it: what its first move moves."""
        return self.planned or self.starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Entry):
    """Where an issue stands, from a day on."""

    on: Day
    """Day from which it stood there."""
    state: StateWord
    """Where it stands: raised, disputed, under discussion, agreed in principle, agreed, being
    carried out, paused, settled, or a word of the negotiation's own `states`."""
    text: str
    """Why it stands there, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Entry):
    """What one or several delegations want on an issue, from a day on."""

    delegation_ids: tuple[str, ...]
    """Who holds it: one delegation, or all that proposed or sponsored it together."""
    count: int | None = None
    """How many hold it, when they are more than the delegations of the record that are named."""
    on: Day
    """Day it was stated."""
    text: str
    """The position, in our own words."""
    stance: StanceWord | None = None
    """How firmly it is held: red line, demand, preference, open, opposed, or a word of the
    negotiation's own `stances`. A red line needs `words` or a `quote` that draw it."""
    words: str = ""
    """Its own words, short."""
    quote_id: str | None = None
    """The quote of the record that states it."""
    speaker_id: str | None = None
    """The delegate who stated it, when it was one person's statement."""
    departs_from_id: str | None = None
    """The coalition from whose line its member departs with it."""
    divided: bool = False
    """True when the coalition that holds it could not agree on one; `text` says how it divides."""
    withdrawn: bool = False
    """True when from that day it asks for nothing any more; `text` says what was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Record):
    """One matter on the table."""

    kind: ClassVar[str] = "issue"

    name: str
    """Short name, “Rare-earth controls”."""
    group: str = ""
    """Heading it is listed under; issues of one group stand together in the file."""
    summary: str
    """What is in dispute, in our own words."""
    statuses: tuple[Status, ...] = ()
    """Where it stood, oldest first."""
    positions: tuple[Position, ...] = ()
    """What each delegation wanted, oldest first."""
    related_ids: tuple[str, ...] = ()
    """Issues that are tied to it."""

    @property
    def latest_status(self) -> Status | None:
        """Where it stands; None when no status is given."""
        return self.statuses[-1] if self.statuses else None

    @property
    def stands_since(self) -> Status | None:
        """The status from which on it stands as it does, whatever came to it since."""
        first = self.latest_status
        for status in reversed(self.statuses):
            if status.state != self.statuses[-1].state:
                break
            first = status
        return first

    @property
    def latest_positions(self) -> Mapping[str, Position]:
        """The position each delegation took last, by its id; perhaps a withdrawn one."""
        return {slug: position for position in self.positions for slug in position.delegation_ids}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Entry):
    """The same words as another source prints them; public from the first date of these."""

    text: str
    """The words there."""
    form: Form | None = None
    """Their form there, when it differs from the quote's."""
    remark: str = ""
    """What is different, when it is not plain to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Record):
    """Words said or written by a delegate."""

    kind: ClassVar[str] = "quote"

    text: str
    """The words as the first source prints them, without outer quotation marks."""
    speaker_id: str
    """The delegate or office whose words they are."""
    said: Day | None = None
    """Day they were said; left out when only the day of publication is known."""
    published: Day
    """Day they became public."""
    where: str = ""
    """Place or occasion."""
    to: str = ""
    """To whom, or on which programme or page."""
    form: Form
    """How they reached us; a paraphrase never gets quotation marks."""
    language: str
    """Language they were said or written in, as an ISO 639-1 code."""
    original: str = ""
    """The words in that language, when translated and sourced."""
    translator: str = ""
    """Whose translation or interpretation `text` is, when that is known."""
    via: str = ""
    """The outlet through which they are known, when it is not the first source."""
    for_id: str | None = None
    """For whom they were spoken, when that is not the delegation of the speaker's post."""
    issue_ids: tuple[str, ...] = ()
    """What they are about."""
    round_id: str | None = None
    """The round they were said at or about."""
    variants: tuple[Variant, ...] = ()
    """The same words printed otherwise."""
    remark: str = ""
    """What a careful reader must know before citing them."""

    @property
    def day(self) -> Day:
        """The day they were said, or became public when no other is known."""
        return self.said or self.published


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStep(Entry):
    """One change in the standing of a text."""

    on: Day
    """Day of the step."""
    stage: TextStage
    """What became of the text."""
    text: str
    """Who did it and how, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Entry):
    """A passage of a text; of several with one number the latest stands."""

    number: str
    """Its number as the document has it, or our count of its passages where it has none."""
    name: str = ""
    """Its heading, or who speaks in it."""
    matters: tuple[str, ...] = ()
    """What it is about, a few words each: clauses of different texts on the same matter carry
    the very same words, and so stand side by side."""
    issue_ids: tuple[str, ...] = ()
    """What it bears on."""
    words: str = ""
    """The words as printed, with their brackets and options, and “[…]” where they are cut. Left
    out where `remark` says why, or where the text's `file` has them."""
    on: Day | None = None
    """Day from which it reads so; left out when that is the day of the text."""
    dropped: bool = False
    """True when it was taken out on that day."""
    remark: str = ""
    """What a careful reader must know of it."""
    source_ids: tuple[str, ...] = ()
    """Ids of the sources that have it; left out when they are those of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Record):
    """A document that is negotiated, or that gives the result."""

    kind: ClassVar[str] = "text"

    name: str
    """What to call it, short: “Joint statement, Geneva”."""
    symbol: str = ""
    """The number it goes by: “S/RES/2231 (2015)”."""
    type: TextType
    """What sort of document it is."""
    issuer_ids: tuple[str, ...] = ()
    """Who issued or proposed it."""
    issued: Day
    """Day it bears; it shows from then on, or from `known`."""
    round_id: str | None = None
    """The round it came of."""
    issue_ids: tuple[str, ...] = ()
    """What it bears on as a whole; its clauses name their own."""
    language: str = "en"
    """Its language as an ISO 639-1 code."""
    copy: bool = False
    """True when a copy was read, and not the issuer's own page."""
    read: Literal["whole", "part"] = "part"
    """`whole` when all of it was read, and each of its passages on a matter of the record is a
    clause here: then it is silent on a matter for which it has none."""
    silent: tuple[str, ...] = ()
    """Matters that were looked for and are not in it, however much of it was read."""
    rendering_of_id: str | None = None
    """The text that it gives in another language."""
    translator: str = ""
    """Who put it into that language, when it is a translation."""
    replaces_id: str | None = None
    """Its predecessor, which no longer stands: the earlier draft or version."""
    follows_id: str | None = None
    """A predecessor that still stands."""
    replies_to_ids: tuple[str, ...] = ()
    """Texts that it answers or rivals, such as the other side's account of the same round."""
    remark: str = ""
    """What a careful reader must know of it."""
    file: str = ""
    """A file beside this one that has its words: plain text or Markdown, a clause for each
    heading and each numbered article."""
    steps: tuple[TextStep, ...] = ()
    """What became of it, oldest first."""
    clauses: tuple[Clause, ...] = ()
    """Its passages, in their order."""

    @property
    def latest_step(self) -> TextStep | None:
        """What became of it last."""
        return self.steps[-1] if self.steps else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Entry):
    """One change in the life of a measure. Announced and in force are two steps."""

    on: Day
    """Day of the step."""
    stage: StageWord
    """What happened to the measure: reported, threatened, announced, published, in force, changed,
    suspended, resumed, extended, ended, dropped, or a word of the negotiation's own `stages`.
    `published` is its printing in a gazette: it changes nothing, as `reported` and `threatened` do
    not; what is `announced` may yet come into force."""
    until: Day | None = None
    """Day on which this stage is due to end; of what is only announced, threatened or reported,
    that on which it is to take effect."""
    rate: str = ""
    """The rate from this step on, “20%”."""
    text: str
    """The act and what it did, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Record):
    """An act with effect: tariff, export control, port fee, listing, investigation …"""

    kind: ClassVar[str] = "measure"

    name: str
    """What people call it."""
    delegation_id: str
    """Who acts."""
    act: ActWord
    """What sort of measure it is: charge, restriction, listing, investigation, exemption, licence,
    law, ruling, relief, other, or a word of the negotiation's own `acts`."""
    legal_name: str = ""
    """Title and number of the instrument."""
    scope: str = ""
    """What and whom it covers."""
    summary: str = ""
    """What it does, in our own words."""
    issue_ids: tuple[str, ...] = ()
    """What it bears on."""
    answers_ids: tuple[str, ...] = ()
    """Measures it was taken in answer to."""
    steps: tuple[Step, ...] = ()
    """Its life, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a value is made of, in part; it rests on the sources of the value."""

    name: str
    """What it is, “fentanyl”."""
    number: float
    """Its share, in the unit of the figure."""
    measure_id: str | None = None
    """The measure that it is due to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue(Entry):
    """How much a figure was on a day, or was to be, and by whose word."""

    on: Day
    """Day from which it holds, or on which it was counted, ordered or said. One that lies ahead
    and is `known` before is pending."""
    number: float
    """How much, in the unit of the figure."""
    up_to: float | None = None
    """The upper end, when it is a range of which `number` is the lower end."""
    at: Margin | None = None
    """That it is at least or at most so much, or about; left out when it is just that."""
    standing: FigureStanding
    """In force from that day, in force in part (for some goods only), announced or ordered by who
    may lay it down, a threat, a demand, a claim (on another basis, or disputed), a target to be
    reached, or a count of what there is."""
    by: str = ""
    """Who counts or says it, a body by its name, when it is no delegate's word."""
    delegation_id: str | None = None
    """The delegation that counts or says it."""
    speaker_id: str | None = None
    """The delegate who said it, ordered it or made the threat."""
    starts: Day | None = None
    """Day from which it is counted, for a target or a count that adds up."""
    due: Day | None = None
    """Day by which a target is to be reached."""
    until: Day | None = None
    """Day on which it is due to end, as was known when it began."""
    dropped: Day | None = None
    """Day on which what was announced, threatened or to come was taken back."""
    parts: tuple[Part, ...] = ()
    """What it is made of; the parts of a value in force add up to it."""
    text: str
    """What the number covers and leaves out, in our own words."""
    issue_ids: tuple[str, ...] = ()
    """What this value bears on, beside the issues of the figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Record):
    """Something counted over time: a tariff rate, tonnes bought, centrifuges, states in favour."""

    kind: ClassVar[str] = "figure"

    name: str
    """What is counted, “US duty on Chinese goods”."""
    unit: str
    """In what it is counted: %, tonnes, USD, kg, centrifuges, states …"""
    delegation_id: str | None = None
    """Whose it is: who levies, buys, holds or promises it."""
    against_id: str | None = None
    """The other one, where there is one: on whose goods, from whom."""
    total: bool = False
    """True for what adds up from a start, such as tonnes bought; else it is a level, such as a
    rate or a stock."""
    summary: str = ""
    """What is counted and what is left out, in our own words."""
    issue_ids: tuple[str, ...] = ()
    """What it bears on."""
    values: tuple[FigureValue, ...] = ()
    """How much it was, was to be or is said to be, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Entry):
    """What one delegation says of a point."""

    delegation_id: str
    """Whose account it is."""
    stance: Stance
    """Affirms it, words it differently, denies it, or is silent in a named document."""
    on: Day
    """Day it was given."""
    document_id: str | None = None
    """The source that is its account; `silent` cannot do without."""
    words: str = ""
    """Its own words, short."""
    text: str = ""
    """What it says, in our own words."""

    @property
    def grounds(self) -> tuple[str, ...]:
        """The source that is its account, if there is one, and those that say so."""
        return (*((self.document_id,) if self.document_id else ()), *self.source_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Entry):
    """Something seen that bears on whether a point is carried out."""

    on: Day
    """Day it was seen."""
    text: str
    """What was seen, in our own words."""
    shows: Delivery | None = None
    """What it shows of the whole point; left out when it settles nothing, as a threat or a
    promise does not. A first instalment of several shows it carried out in part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Record):
    """One thing said to be agreed in a round."""

    kind: ClassVar[str] = "point"

    name: str
    """A few words for lists."""
    text: str
    """What was said to be agreed, in our own words."""
    on: Day
    """Day it was first said to be agreed."""
    round_id: str
    """The round it came of."""
    issue_ids: tuple[str, ...]
    """What it settles or touches, the issue it belongs to most first."""
    figure_ids: tuple[str, ...] = ()
    """The figures that measure its delivery."""
    due: Day | None = None
    """Day by which it is to be done."""
    moves: tuple[Move, ...] = ()
    """Times the due date was moved."""
    accounts: tuple[Account, ...] = ()
    """One for each delegation whose account was checked."""
    evidence: tuple[Evidence, ...] = ()
    """What was seen of its delivery, oldest first."""

    @property
    def first_set(self) -> Day | None:
        """The day on which it was first due: what its first move moves."""
        return self.due

    @property
    def falls_due(self) -> Day | None:
        """The day by which it is to be done, after every move that was made; None without one."""
        return self.moves[-1].to if self.moves else self.due

    @property
    def latest_accounts(self) -> Mapping[str, Account]:
        """The account each delegation gave last, by its id."""
        by_day = sorted(self.accounts, key=lambda account: last_day(account.on))
        return {account.delegation_id: account for account in by_day}

    @property
    def delivery(self) -> Evidence | None:
        """The latest evidence that settles whether it is carried out; None without any."""
        settling = [seen for seen in self.evidence if seen.shows]
        return max(settling, key=lambda seen: last_day(seen.on), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResult(Entry):
    """What became of a deadline when its day came."""

    on: Day
    """Day from which that is so."""
    outcome: DeadlineOutcome
    """Met by its day, missed, dropped before it, or met late."""
    text: str
    """How, in our own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Record):
    """A dated event, or a deadline, which can move."""

    kind: ClassVar[str] = "milestone"

    name: str
    """A few words for lists."""
    on: Day
    """Day of the event; for a deadline, the first date set."""
    type: Literal["event", "deadline"] = "event"
    """Something that happens, or a date by which something must."""
    announced: Day | None = None
    """Day the date was set; from then on it shows as upcoming."""
    text: str
    """What happens, in our own words."""
    moves: tuple[Move, ...] = ()
    """Times the date was moved, oldest first."""
    results: tuple[DeadlineResult, ...] = ()
    """What became of a deadline, once its day came or it was dropped."""
    issue_ids: tuple[str, ...] = ()
    """What it bears on."""
    round_id: str | None = None
    """The round it belongs to."""

    @property
    def first_set(self) -> Day:
        """The day first set for it: what its first move moves."""
        return self.on

    @property
    def falls_on(self) -> Day | None:
        """Its day after every move that was made; None when it is yet to be set."""
        return self.moves[-1].to if self.moves else self.on

    @property
    def result(self) -> DeadlineResult | None:
        """What became of a deadline, as far as that is known."""
        return self.results[-1] if self.results else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Entry):
    """One side of a conflict between sources; public from the first date of these."""

    text: str
    """What these sources say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Record):
    """Sources that disagree on a figure, a date or a wording."""

    kind: ClassVar[str] = "conflict"

    name: str
    """A few words for lists."""
    on: Day
    """Day from which the disagreement could be seen."""
    about: tuple[str, ...]
    """References of the records it touches, such as "round:kuala-lumpur"."""
    versions: tuple[Version, ...]
    """What is said, two versions or more."""
    used: str = ""
    """Which version the dataset uses and why, or that it is left open."""

    @property
    def touches(self) -> tuple[Ref, ...]:
        """The records it touches. Raises ValueError when `about` holds what is no reference."""
        return tuple(map(Ref.parse, self.about))


AnyRecord = (
    Negotiation
    | Round
    | Delegation
    | Delegate
    | Issue
    | Quote
    | Text
    | Measure
    | Figure
    | Point
    | Milestone
    | Conflict
    | Source
)
"""A record of whatever kind; `match` on its class says which fields it has."""

AnyEntry = (
    OneSided
    | Member
    | Role
    | Move
    | Outcome
    | Status
    | Position
    | Variant
    | TextStep
    | Clause
    | Step
    | FigureValue
    | Part
    | Account
    | Evidence
    | DeadlineResult
    | Version
)
"""A table within a record, whatever it is."""

DatedEntry = (
    Move
    | Outcome
    | Status
    | Position
    | TextStep
    | Step
    | FigureValue
    | Account
    | Evidence
    | DeadlineResult
)
"""A table within a record that has a day of its own."""

AnyTable = AnyRecord | AnyEntry
"""A table of a dataset: a record, or a table within one."""

BUILT_IN_WORDS: Mapping[str, tuple[str, ...]] = {
    "state": get_args(State),
    "meeting": get_args(Meeting),
    "act": get_args(Act),
    "stage": get_args(Stage),
    "stance": get_args(PositionStance),
}
"""By the key they stand under, the words to which a negotiation may add its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A whole negotiation, checked."""

    negotiation: Negotiation
    sources: Sequence[Source] = ()
    delegations: Sequence[Delegation] = ()
    delegates: Sequence[Delegate] = ()
    rounds: Sequence[Round] = ()
    issues: Sequence[Issue] = ()
    quotes: Sequence[Quote] = ()
    texts: Sequence[Text] = ()
    measures: Sequence[Measure] = ()
    figures: Sequence[Figure] = ()
    points: Sequence[Point] = ()
    milestones: Sequence[Milestone] = ()
    conflicts: Sequence[Conflict] = ()

    def records(self) -> Iterator[AnyRecord]:
        """Every record, kind by kind, in the order of the files."""
        yield self.negotiation
        for kind in KINDS.values():
            if kind is not Negotiation:
                yield from self.of(kind.kind)

    def of(self, kind: str) -> Sequence[AnyRecord]:
        """The records of one kind, in the order of the files."""
        if kind == Negotiation.kind:
            return (self.negotiation,)
        found: Sequence[AnyRecord] = getattr(self, PLURALS[kind])
        return found


UNWRITTEN = ("own", "own_until")
"""Fields that are no keys: what is known of a table by where it was read."""

KINDS: Mapping[str, type[Record]] = {cls.kind: cls for cls in get_args(AnyRecord)}
"""Each kind of record by the name its TOML table has."""

FORMER_KINDS: Mapping[str, str] = {"rate": "figure"}
"""Kinds of record that are no more, each with the one whose records took their place; notes on
them follow by `formerly`."""

PLURALS: Mapping[str, str] = {kind: f"{kind}s" for kind in KINDS if kind != "negotiation"}
"""The name of a kind's collection."""

REFERENCES: Mapping[str, str] = {
    "source_ids": "source",
    "document_id": "source",
    "delegation_id": "delegation",
    "delegation_ids": "delegation",
    "against_id": "delegation",
    "for_id": "delegation",
    "departs_from_id": "delegation",
    "speaker_id": "delegate",
    "lead_ids": "delegate",
    "delegate_ids": "delegate",
    "issuer_ids": "delegation",
    "quote_id": "quote",
    "rendering_of_id": "text",
    "replaces_id": "text",
    "follows_id": "text",
    "replies_to_ids": "text",
    "round_id": "round",
    "issue_ids": "issue",
    "related_ids": "issue",
    "measure_id": "measure",
    "figure_ids": "figure",
    "answers_ids": "measure",
    "deadline_ids": "milestone",
}
"""The kind of record that each reference field names."""
