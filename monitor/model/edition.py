"""A briefing, and what one edition of it says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.party import PartyCode, Sides
from monitor.model.stage import Kind, Stage


@dataclass(frozen=True, slots=True)
class Series:
    """The series of agreements that a briefing follows.

    Membership needs evidence: a document of the agreement holds one of ``evidence`` (phrases in any
    language, compared casefolded with hyphens folded), or a person said so.
    """

    id: str
    name: str
    since: date
    kinds: tuple[Kind, ...]
    evidence: tuple[str, ...]
    declared_by: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a briefing follows: a focal party, a series, and the reader's own state."""

    focal: PartyCode
    series: Series
    own_state: PartyCode | None = None
    terms: tuple[str, ...] = ()


class DateOf(StrEnum):
    """What the date of an entry is of."""

    SIGNED = "signed"
    AGREED = "agreed"
    ANNOUNCED = "announced"
    TALKS_OPENED = "talks-opened"
    DRAFT_PRESENTED = "draft-presented"
    REPORTED = "reported"  # of the article that says so, not of the event; contradicts nothing

    @property
    def is_conclusion(self) -> bool:
        """Whether it dates the conclusion itself; an edition that says "agreed" means that."""
        return self in (DateOf.SIGNED, DateOf.AGREED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One agreement or negotiation as the edition states it; ``sides`` may lack the partner's name."""

    id: str
    sides: Sides
    stage: Stage
    kind: Kind
    title: str = ""
    date: PartialDate | None = None
    date_of: DateOf | None = None
    place: str = ""
    duration: str = ""
    in_series: bool = True
    statements: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    note: str = ""


class Unit(StrEnum):
    """What a statement is on the page."""

    HEADING = "heading"
    SENTENCE = "sentence"
    ITEM = "item"
    QUOTATION = "quotation"
    NOTE = "note"


class DependsOn(StrEnum):
    """What a statement depends on, which decides how it ages; EDITORIAL section 4."""

    ENTRY = "entry"  # on one entry's stage: superseded when it moves
    SERIES = "series"  # on the list of the series' agreements: incomplete when one is added
    COUNT = "count"  # on a count with a subject
    FIRST = "first"  # a first stays a first
    REMAINING = "remaining"  # on who is left: superseded when one leaves
    MOMENT = "moment"  # on the time of writing
    OUTSIDE = "outside"  # on something that no agreement of the series changes


@dataclass(frozen=True, slots=True)
class Dependency:
    """One thing a statement depends on: ``ref`` is an entry id, a count id, or free words."""

    on: DependsOn
    ref: str = ""
    parties: tuple[PartyCode, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, heading, list item, quotation or footnote part of an edition.

    ``note`` is the footnote that it is a part of; ``notes`` are the footnotes whose marks it carries.
    """

    id: str
    section: str
    unit: Unit
    text: str
    note: int | None = None
    depends_on: tuple[Dependency, ...] = ()
    citations: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited paper; ids survive renumbering, ``note`` is where it stands now.

    ``remark`` says what the edition leaves open about it, such as whose talks it is cited for.
    """

    id: str
    note: int
    publisher: str
    title: str = ""
    date: PartialDate | None = None
    accessed: PartialDate | None = None
    pinpoint: str = ""
    url: str = ""
    source: str | None = None
    press: bool = False
    pdf: bool = False
    remark: str = ""


class CountOf(StrEnum):
    """Whose number a count is: it ages only with its own subject."""

    SERIES = "series"  # agreements of the series
    ADHERENTS = "adherents"  # states that joined the declaration behind the series
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the edition gives, with its subject; ``date`` is of the source that gives it."""

    id: str
    value: int
    subject: str
    date: PartialDate | None = None
    statements: tuple[str, ...] = ()
    of: CountOf = CountOf.OTHER


@dataclass(frozen=True, slots=True)
class First:
    """A first that the edition states; later agreements leave it as it is, an earlier one contradicts it.

    ``holder`` is None where several hold it together.
    """

    id: str
    subject: str
    holder: PartyCode | None = None
    date: PartialDate | None = None
    in_series: bool = True
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``number`` as printed ("3", or empty), ``parent`` the section that it lies in."""

    id: str
    title: str
    number: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a briefing says. ``sha256`` is of its files: another value means that somebody edited it."""

    briefing_id: str
    title: str
    as_of: date
    published: date
    topic: Topic
    reference: str = ""
    entries: tuple[Entry, ...] = ()
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    counts: tuple[Count, ...] = ()
    sha256: str = ""
    firsts: tuple[First, ...] = ()
    sections: tuple[Section, ...] = ()
    publisher: str = ""

    def statement(self, statement_id: str) -> Statement | None:
        """Return a statement by id, or None."""
        return next((each for each in self.statements if each.id == statement_id), None)

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry by id, or None."""
        return next((each for each in self.entries if each.id == entry_id), None)

    def section(self, section_id: str) -> Section | None:
        """Return a section by id, or None."""
        return next((each for each in self.sections if each.id == section_id), None)

    def citation(self, citation_id: str) -> Citation | None:
        """Return a citation by id, or None."""
        return next((each for each in self.citations if each.id == citation_id), None)
