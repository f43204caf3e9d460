"""What a digest is made from: the values that the store and the other rooms hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from monitor.model import (
    Agreement,
    Audience,
    Change,
    Coverage,
    Document,
    Edition,
    Fault,
    Finding,
    Gap,
    Question,
    Source,
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a digest of one briefing can speak of.

    ``told`` are the changes that this digest tells; ``earlier`` are the others that stand, told before
    (open or accepted). ``agreements``, ``findings``, ``documents`` and ``sources`` are by id and may
    lack what is not needed; an item whose findings are missing is shown as failed. ``names`` are the
    parties' English names by code, ``languages`` the languages' by tag. ``awaiting`` are changes that
    no reviewer has decided yet, this digest's apart, and ``awaiting_since`` is when the first was seen.
    """

    edition: Edition
    told: tuple[Change, ...] = ()
    earlier: tuple[Change, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    coverage: tuple[Coverage, ...] = ()
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
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
    is dated by the local day of ``until``; ``made_at`` is printed and stands in the mail's Date.
    """

    subscription_id: str
    audience: Audience
    since: datetime | None
    until: datetime
    made_at: datetime
    zone: tzinfo
    masthead: Masthead = Masthead()
