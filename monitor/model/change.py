"""A difference between what is known and what an edition says; and what people decide on it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.dates import PartialDate
from monitor.model.party import Sides
from monitor.model.stage import Kind, Stage, Word


class Scope(StrEnum):
    """Where an agreement stands towards the briefing's series."""

    SERIES = "series"
    UNDECIDED = "undecided"  # may belong: a person decides
    OTHER = "other"  # another agreement of the focal party


class ChangeKind(StrEnum):
    """What differs."""

    NEW = "new"  # concluded after the edition's cut-off
    ADVANCED = "advanced"  # concluded before it, a further stage reached after it
    OMITTED = "omitted"  # concluded before it, in the series, not in the edition
    DISCREPANCY = "discrepancy"  # a source contradicts what the edition states
    UNDER_WAY = "under-way"  # talks, a finalised text, a refusal: after the cut-off, nothing signed
    LEAD = "lead"  # press only: shown, attributed, never counted
    UNDATED = "undated"  # concluded, but no date says whether before or after the cut-off


class Life(StrEnum):
    """The life of a change."""

    OPEN = "open"
    DECIDED = "decided"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class How(StrEnum):
    """How a statement ages."""

    SUPERSEDED = "superseded"
    INCOMPLETE = "incomplete"
    COUNT = "count"
    SUPERLATIVE = "superlative"
    RELATIVE_TIME = "relative-time"


@dataclass(frozen=True, slots=True)
class Aged:
    """A statement that a change puts out of date, how, and since when."""

    statement_id: str
    how: How
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a reviewer must look at.

    ``evidence`` are finding ids, those that carry it first. One that advanced to no further stage than its
    conclusion was laid before Parliament, on ``date``. ``field``, ``edition_says`` and
    ``sources_say`` are filled for discrepancies. ``version`` changes with what a reader would notice.
    """

    id: str
    briefing_id: str
    as_of: date
    kind: ChangeKind
    scope: Scope
    agreement_id: str
    sides: Sides
    stage: Stage
    agreement_kind: Kind
    title: str
    word: Word
    version: str
    date: PartialDate | None = None
    entry_id: str | None = None
    aged: tuple[Aged, ...] = ()
    evidence: tuple[str, ...] = ()
    field: str = ""
    edition_says: str = ""
    sources_say: str = ""
    life: Life = Life.OPEN
    first_seen: datetime | None = None
    supersedes: str | None = None
    found_late: bool = False

    @property
    def is_laying(self) -> bool:
        """Whether what is new is that it was laid before Parliament, a procedure and no stage."""
        return self.kind is ChangeKind.ADVANCED and self.stage is Stage.CONCLUDED

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By the date of the event, undated last."""
        return (self.date.first.isoformat() if self.date else "9999", self.agreement_id, self.kind.value)


def change_id(briefing_id: str, as_of: date, kind: ChangeKind, agreement_id: str, what: str) -> str:
    """Return the id of a change: the same difference from the same edition has the same id."""
    text = "\0".join((briefing_id, as_of.isoformat(), kind.value, agreement_id, what))
    return "c-" + hashlib.sha256(text.encode()).hexdigest()[:16]


class Action(StrEnum):
    """What a person decides; the first four on a change, the rest on an agreement."""

    ACCEPT = "accept"
    REJECT = "reject"
    DEFER = "defer"
    NEEDS_SECOND_SOURCE = "needs-second-source"
    MERGE = "merge"
    SPLIT = "split"
    CORRECT = "correct"
    NOT_AN_AGREEMENT = "not-an-agreement"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; append-only. ``values`` are its particulars, such as the field corrected."""

    id: str
    action: Action
    subject: str
    by: str
    at: datetime
    reason: str = ""
    values: tuple[tuple[str, str], ...] = ()
    evidence: tuple[str, ...] = ()
    seen_version: str = ""

    def value(self, name: str) -> str | None:
        """Return one particular, or None."""
        return dict(self.values).get(name)
