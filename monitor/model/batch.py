"""What one transaction records together."""

from dataclasses import dataclass
from datetime import datetime

from monitor.model.agreement import Agreement
from monitor.model.change import Change, Decision
from monitor.model.document import Document
from monitor.model.exchange import Exchange, Validators
from monitor.model.finding import Finding
from monitor.model.item import Item
from monitor.model.poll import Gap, ManualLook, Poll, Question, SourceState
from monitor.model.reckoning import Reckoning
from monitor.model.report import AuditEntry, Pending


@dataclass(frozen=True, slots=True)
class EditionSeen:
    """A briefing file at one version, as taken in."""

    briefing_id: str
    sha256: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are written together or not at all.

    Values replace what is stored under the same id; exchanges, decisions and audit are only added.
    ``at`` is the instant of recording, and the first-seen time of what was never recorded before.
    ``validators`` are (source id, address, value). ``basis`` is the store's revision that agreements and
    changes were worked out from; if it has grown since, nothing of the batch is recorded.
    """

    at: datetime
    poll: Poll | None = None
    state: SourceState | None = None
    exchanges: tuple[Exchange, ...] = ()
    validators: tuple[tuple[str, str, Validators], ...] = ()
    items: tuple[Item, ...] = ()
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    changes: tuple[Change, ...] = ()
    pending: tuple[Pending, ...] = ()
    decisions: tuple[Decision, ...] = ()
    gaps: tuple[Gap, ...] = ()
    questions: tuple[Question, ...] = ()
    looks: tuple[ManualLook, ...] = ()
    editions: tuple[EditionSeen, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    basis: int | None = None
