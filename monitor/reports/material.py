"""What a digest is made from: the values that the store and the other rooms hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from monitor.model import (
    Agreement,
    Audience,
    Change,
    Coverage,
    Dispute,
    Document,
    Edition,
    Fault,
    Finding,
    Gap,
    PartialDate,
    Question,
    ReportKind,
    Source,
)
from monitor.reports.figures import Artist

FOR_PEOPLE = ("md", "html", "txt", "eml")


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the recipients were told of a change before: in which report, of which local day.

    ``said`` is the day of the event that it gave, None where it gave none; a span where it gave two that
    sources disagreed on. ``grounds`` are what it stood on: sides by code, ``text``, ``day``.
    """

    subject: str
    dated: date
    said: PartialDate | None = None
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A signing that was told as reported only, and that nobody confirmed or repeated for ``days`` days."""

    change: Change
    earlier: Earlier
    days: int


@dataclass(frozen=True, slots=True)
class Held:
    """Corrections of what a subscription was told that wait, since it is on hold or paused."""

    subscription_id: str
    corrections: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """What was told and does not hold: nothing of it, or only the day that was given.

    ``rejected``: a reviewer says so. ``merged_into`` is the title of the agreement that it turned out to be.
    """

    change: Change
    earlier: Earlier
    taken_back: bool
    rejected: bool = False
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class ToldAt:
    """A change that was told, as it stands now; ``taken_back``: a correction said that it does not hold."""

    change: Change
    at: datetime
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class CitedEvent:
    """What became of a page that the briefing cites, when it was seen, and the statements that rest on it.

    ``what``: ``changed``, ``replaced``, ``withdrawn``, ``papers`` (others are linked), ``moved``, ``gone``,
    ``back``, ``newer`` (listed at ``url``, under the day ``when``), or ``outside``: what happened to a thing
    that statements depend on, as ``by`` says. ``before`` and ``after`` are the words that differ, of papers
    and moves the addresses.
    """

    id: str
    source_id: str
    at: datetime
    what: str
    title: str = ""
    before: str = ""
    after: str = ""
    statements: tuple[str, ...] = ()
    url: str = ""
    when: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a report on one briefing can speak of.

    ``told`` are the changes that it tells, ``cited`` what became of cited pages; ``earlier`` are the other
    changes that stand (open or accepted), and leads that have ended of which the recipients were told.
    ``before`` is what they were told of changes before, by change id, and ``rumours`` what they were told
    of them as reported only; ``history`` is all of it, for feeds; ``wrong`` is what a correction takes back.
    ``grown`` are the grounds that a signing told before stands on besides now, by change id: that alone is
    news of it. ``disputes`` are those on the series as a whole that are told; ``lapsed`` are leads that
    are dropped; ``held`` are corrections that others wait for, which reviewers are told.
    ``agreements``, ``findings``, ``documents`` and ``sources`` are by id and may lack what is not needed;
    an item whose findings are missing is shown as failed. ``names`` are the parties' English names by code,
    ``languages`` the languages' by tag. ``awaiting`` are changes that no reviewer has decided yet, this
    digest's apart, and ``awaiting_since`` is when the first was seen. ``counted`` is how many were found
    while the subscription was paused; ``undelivered`` how many deliveries of any report were given up.
    """

    edition: Edition
    told: tuple[Change, ...] = ()
    cited: tuple[CitedEvent, ...] = ()
    earlier: tuple[Change, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    before: Mapping[str, Earlier] = field(default_factory=dict)
    rumours: Mapping[str, Earlier] = field(default_factory=dict)
    grown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    lapsed: tuple[Lapsed, ...] = ()
    held: tuple[Held, ...] = ()
    history: tuple[ToldAt, ...] = ()
    counted: int = 0
    undelivered: int = 0
    awaiting: int = 0
    awaiting_since: datetime | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who sends: ``instance`` is the monitor's own domain name, from which mail ids are made.

    ``sender`` is the mail address in From, ``contact`` whom to ask or to leave the list; ``zone_words``
    name the time zone in the closing line.
    """

    instance: str = "monitor.invalid"
    sender: str = ""
    sender_name: str = "Briefing Monitor"
    contact: str = ""
    zone_words: str = "UK time"


@dataclass(frozen=True, slots=True)
class Occasion:
    """For whom and for which window a digest is made. Instants have a time zone.

    ``since`` is the end of the window before it, None for a subscription's first digest. The digest
    is dated by the local day of ``until``; ``made_at`` is printed and stands in the mail's Date. ``trial``
    marks what goes to testers only. ``rows`` are the pairs of change id and version that the report ticks
    off, of which its id is made; those of the changes told where there are none. ``artist`` draws figures,
    None where none are wanted.
    """

    subscription_id: str
    audience: Audience
    since: datetime | None
    until: datetime
    made_at: datetime
    zone: tzinfo
    masthead: Masthead = Masthead()
    kind: ReportKind = ReportKind.DIGEST
    trial: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    artist: Artist | None = None
