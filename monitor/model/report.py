"""Who gets what: subscriptions, rendered reports and their deliveries."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from monitor.model.change import Change, ChangeKind
from monitor.model.party import PartyCode

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z"
)
_LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, less the angle brackets


class Audience(StrEnum):
    """Readers get what may be forwarded; reviewers get everything."""

    READERS = "readers"
    REVIEWERS = "reviewers"


class Cadence(StrEnum):
    """How often a digest is made."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class ReportKind(StrEnum):
    """What a report is."""

    DIGEST = "digest"
    ALERT = "alert"  # urgent, beside the digest that follows
    CORRECTION = "correction"  # of what an earlier report stated
    REMINDER = "reminder"  # that changes await review
    HEALTH = "health"  # of the sources, for operators
    STATE = "state"  # of the briefing, statement by statement
    TABLE = "table"  # of the agreements


class Tell(StrEnum):
    """What a subscription is told of changes that stand on little, or that nobody decided yet."""

    EVERYTHING = "everything"  # leads too, attributed
    CONFIRMED = "confirmed"  # what is confirmed, or accepted by a reviewer
    ACCEPTED = "accepted"  # only what a reviewer accepted


class MessagePer(StrEnum):
    """How changes are put into messages."""

    DIGEST = "digest"  # all in one
    CHANGE = "change"  # one message a change


class NothingNew(StrEnum):
    """Whether "checked, nothing new" is sent when there is nothing to tell."""

    SEND = "send"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who gets which briefing's digest over which channel, and when.

    ``at`` is the local time in ``timezone`` from which the day's digest is due; ``weekday`` counts
    from Monday as 0 and ``day`` is the day of the month, for weekly and monthly digests. ``hold``:
    changes are collected and reviewed, and nothing is sent until it is lifted. ``paused``: nothing is
    sent, and what is found meanwhile is counted later, not told. ``test``: a trial beside the subscription
    whose id precedes its own. ``parties`` and ``kinds`` narrow what is told to changes with one of these
    sides, or of these kinds; empty: all. ``urgent``: what cannot wait is told at once too.
    ``remind_after_days``: how long changes may await review before the recipients are reminded; the
    ``deputies`` are reminded too after twice that.
    """

    id: str
    briefing_id: str
    audience: Audience
    channel: str
    recipients: tuple[str, ...]
    cadence: Cadence = Cadence.AT_ONCE
    at: time = time(7, 0)
    weekday: int = 0
    day: int = 1
    timezone: str = "Europe/London"
    nothing_new: NothingNew = NothingNew.SEND
    hold: bool = False
    parties: tuple[PartyCode, ...] = ()
    kinds: tuple[ChangeKind, ...] = ()
    report: ReportKind = ReportKind.DIGEST
    tell: Tell = Tell.EVERYTHING
    message: MessagePer = MessagePer.DIGEST
    paused: bool = False
    test: bool = False
    urgent: bool = False
    remind_after_days: int | None = None
    deputies: tuple[str, ...] = ()

    def wants(self, change: Change) -> bool:
        """Return whether a change of its briefing is told to this subscription."""
        if self.report is not ReportKind.DIGEST:
            return False
        by_party = not self.parties or bool(set(self.parties).intersection(change.sides))
        return by_party and (not self.kinds or change.kind in self.kinds)


class Errand(StrEnum):
    """What a pending row waits for."""

    TELL = "tell"
    ALERT = "alert"  # to be told at once; the digest tells it in full
    CORRECT = "correct"  # what was told turned out wrong
    COUNT = "count"  # found while the subscription was paused


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that a subscription has not been told of yet; ticked off by the report that tells it.

    ``said`` is the day that it tells (ISO; both ends where sources disagree on it), by which a later
    correction knows what was stated. ``grounds`` are what a signing stood on when it was told: the sides that
    said so by code, ``text`` where the agreement itself was read, ``day`` where nobody disputed the day.
    """

    change_id: str
    version: str
    subscription_id: str
    since: datetime
    errand: Errand = Errand.TELL
    said: str = ""
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A pending row that was ticked off, the report that told it, and when that was made."""

    pending: Pending
    report_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rendering:
    """One form of a report: its file name's ending, media type and bytes."""

    suffix: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """One rendered digest, its bytes kept.

    ``dated`` is the local day it is for, which names its files; ``changes`` are the ids it tells.
    """

    id: str
    subscription_id: str
    briefing_id: str
    made_at: datetime
    subject: str
    renderings: tuple[Rendering, ...]
    changes: tuple[str, ...] = ()
    audience: Audience = Audience.REVIEWERS
    dated: date | None = None
    kind: ReportKind = ReportKind.DIGEST

    def rendering(self, suffix: str) -> Rendering | None:
        """Return the form with this file name ending, or None."""
        return next((each for each in self.renderings if each.suffix == suffix), None)


def report_id(
    subscription_id: str,
    told: Iterable[tuple[str, str]],
    window_end: date,
    kind: ReportKind = ReportKind.DIGEST,
) -> str:
    """Return the id of a report: the same changes told to the same subscription have the same id.

    Args:
        subscription_id: Who is told.
        told: Pairs of change id and version, in any order.
        window_end: The last local day that the report covers.
        kind: What the report is; an alert and a digest on one change are two reports.
    """
    parts = [subscription_id, window_end.isoformat()]
    parts += [kind.value] if kind is not ReportKind.DIGEST else []
    for change, version in sorted(set(told)):
        parts += [change, version]
    return "r-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


class DeliveryStatus(StrEnum):
    """How a delivery stands."""

    WAITING = "waiting"
    SENT = "sent"
    RETRY = "retry"
    DEAD = "dead"  # given up; a person retries or drops it
    DROPPED = "dropped"  # by a person


@dataclass(frozen=True, slots=True)
class Delivery:
    """One report to one recipient over one channel."""

    id: str
    report_id: str
    channel: str
    recipient: str
    status: DeliveryStatus = DeliveryStatus.WAITING
    attempts: int = 0
    next_try: datetime | None = None
    last_error: str = ""
    sent_at: datetime | None = None


def delivery_id(report_id: str, channel: str, recipient: str) -> str:
    """Return the id of a delivery, a function of report, channel and recipient alone."""
    text = "\0".join((report_id, channel, recipient))
    return "y-" + hashlib.sha256(text.encode()).hexdigest()[:24]


def message_id(instance: str, report_id: str, recipient: str) -> str:
    """Return the Message-ID of a report to a recipient, in angle brackets; never of time or random.

    ``instance`` is the monitor's own domain name; what a domain cannot hold is left out of it.
    """
    text = "\0".join((instance, report_id, recipient))
    domain = re.sub(r"[^a-z0-9.-]", "", instance.lower()).strip(".-") or "monitor.invalid"
    return f"<{hashlib.sha256(text.encode()).hexdigest()[:32]}@{domain}>"


def is_mail_address(text: str) -> bool:
    """Return whether ``text`` is a plain mail address, with nothing that a header could be made of."""
    return len(text) <= _LONGEST_ADDRESS and bool(_ADDRESS.match(text))


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the append-only audit: who did what to which thing. ``actor`` is a user id or "monitor"."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: str = ""
