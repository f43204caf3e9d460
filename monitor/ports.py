"""What the drivers need from the edges, as Protocols; tests/fakes.py has one small class for each."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from monitor.model import (
    Agreement,
    AuditEntry,
    Batch,
    Change,
    Decision,
    Delivery,
    DeliveryStatus,
    Document,
    DocumentRead,
    Exchange,
    Finding,
    Gap,
    Item,
    ItemsRead,
    Life,
    ManualLook,
    PartyCode,
    Pending,
    Poll,
    Question,
    ReadJob,
    Reckoning,
    Reply,
    Report,
    ReportKind,
    Request,
    Sides,
    SourceState,
    Told,
    Validators,
)


class Clock(Protocol):
    """The only way to learn the time."""

    def now(self) -> datetime:
        """Return the instant, in UTC."""

    def monotonic(self) -> float:
        """Return seconds that never go back, for measuring intervals."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Fetcher(Protocol):
    """The one gate to HTTP."""

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        """Return what came of ``request``. Never raises for what a site or the network does."""


class Reader(Protocol):
    """Reads bodies, under CPU and memory limits."""

    def read(self, job: ReadJob) -> ItemsRead | DocumentRead:
        """Return what a body holds.

        Raises:
            ExtractError: it has not the expected shape, or reading broke a limit.
        """


class Channel(Protocol):
    """Delivers reports one way."""

    def deliver(self, report: Report, delivery: Delivery) -> None:
        """Deliver; returning means that the other end has accepted it.

        Raises:
            PublishError: it was not accepted.
        """


class Evidence(Protocol):
    """Bodies by their SHA-256, compressed, on durable storage."""

    def put(self, body: bytes) -> str:
        """Store ``body`` durably and return its SHA-256 in hexadecimal; storing it again is free.

        Raises:
            StateError: it could not be written.
        """

    def get(self, sha256: str) -> bytes:
        """Return a stored body.

        Raises:
            StateError: it is missing, or no longer what its name says.
        """


class Store(Protocol):
    """Everything observed, decided and sent. Every method that writes is one transaction.

    All raise StateError where the database cannot be read or written.
    """

    # --- writing
    def save(self, batch: Batch) -> None:
        """Record a poll, an ingest, a manual look or a decision with all that follows from it.

        Raises:
            StaleError: the batch has a basis, and another process has recorded something since then.
        """

    def revision(self) -> int:
        """Return a number that grows with whatever is recorded of agreements, changes and decisions."""

    def save_report(
        self,
        report: Report,
        deliveries: Iterable[Delivery],
        told: Iterable[Pending],
        audit: Iterable[AuditEntry],
    ) -> None:
        """Record a report with its bytes, one row a delivery, and tick off what it tells."""

    def save_outcome(self, delivery: Delivery, audit: Iterable[AuditEntry]) -> None:
        """Record what came of one attempt at a delivery."""

    def cycle(self) -> AbstractContextManager["CycleStore"]:
        """Give the store as one polling cycle uses it; what waits there is recorded at the end."""

    # --- sources
    def source_states(self) -> Mapping[str, SourceState]:
        """Return what is known of every source that was ever polled or ingested, by id."""

    def polls(self, source_id: str, *, limit: int = 50) -> tuple[Poll, ...]:
        """Return the latest polls of a source, newest first."""

    def exchanges(
        self, source_id: str, *, slot: datetime | None = None, since: datetime | None = None
    ) -> tuple[Exchange, ...]:
        """Return the exchanges of a source, oldest first; of one slot, or of slots since one, if given."""

    def validators(self, source_id: str, url: str) -> Validators | None:
        """Return what to ask conditionally with."""

    def all_validators(self) -> Mapping[tuple[str, str], Validators]:
        """Return what to ask every address conditionally with, by source and address."""

    def item_versions(self, source_id: str) -> Mapping[str, str]:
        """Return the version last stored under every identity key of a source's items."""

    def items(self, source_id: str) -> tuple[Item, ...]:
        """Return the items of a source at the version last stored, ordered by key."""

    def stored_replies(self) -> Iterator[Exchange]:
        """Yield every exchange whose body is stored, in the order of recording."""

    def gaps(self, *, open_only: bool = True) -> tuple[Gap, ...]:
        """Return stretches of time in which items may have passed unseen."""

    def questions(self, *, open_only: bool = True) -> tuple[Question, ...]:
        """Return what a person is asked."""

    def looks(self) -> tuple[ManualLook, ...]:
        """Return manual looks, newest first."""

    # --- what was found
    def documents(self, ids: Iterable[str]) -> tuple[Document, ...]:
        """Return documents by id, in no particular order; unknown ids are left out."""

    def documents_by_body(self) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of the documents that were read from each stored body, by its hash."""

    def findings_by_document(self) -> Mapping[str, tuple[str, ...]]:
        """Return the ids of the findings that quote each document, by its id."""

    def findings(
        self, *, ids: Iterable[str] | None = None, sides: Iterable[Sides] | None = None
    ) -> tuple[Finding, ...]:
        """Return findings by id or by sides, ordered by id."""

    def agreements(
        self, *, party: PartyCode | None = None, sides: Iterable[Sides] | None = None
    ) -> tuple[Agreement, ...]:
        """Return agreements, all or those of a party or of some sides, ordered by id."""

    def agreement(self, agreement_id: str) -> Agreement | None:
        """Return an agreement by its id or an alias of it."""

    def reckonings(self) -> tuple[Reckoning, ...]:
        """Return how many agreements documents count, and whom they list, ordered by id."""

    def first_seen(self, finding_ids: Iterable[str]) -> Mapping[str, datetime]:
        """Return when each finding was first recorded."""

    # --- briefings
    def editions_seen(self) -> Mapping[str, str]:
        """Return the hash of every briefing's files as last taken in, by the briefing's id."""

    def changes(self, briefing_id: str | None = None, *, lives: Iterable[Life] = ()) -> tuple[Change, ...]:
        """Return changes, of one briefing or all, in some lives or any, by date of the event."""

    def decisions(self, *, subjects: Iterable[str] | None = None) -> tuple[Decision, ...]:
        """Return decisions in the order taken."""

    # --- reports
    def pending(self, subscription_id: str) -> tuple[Pending, ...]:
        """Return what a subscription has not been told of, oldest first."""

    def told(self, subscription_id: str) -> tuple[Told, ...]:
        """Return what a subscription has been told of, in the order of telling."""

    def last_report(
        self, subscription_id: str, kind: ReportKind = ReportKind.DIGEST, *, until: datetime | None = None
    ) -> Report | None:
        """Return the latest report of a kind to a subscription, made by ``until``, without its bytes."""

    def reports(
        self, *, briefing_id: str | None = None, ids: Iterable[str] | None = None
    ) -> tuple[Report, ...]:
        """Return reports without their bytes, newest first; some ids or all."""

    def report(self, report_id: str) -> Report | None:
        """Return one report with its bytes."""

    def deliveries(
        self,
        *,
        due_at: datetime | None = None,
        status: DeliveryStatus | None = None,
        of: Iterable[str] | None = None,
    ) -> tuple[Delivery, ...]:
        """Return deliveries in order of id: all, those to be tried at an instant, of a status, of reports."""

    def audit(self, *, subject: str | None = None) -> tuple[AuditEntry, ...]:
        """Return the audit, oldest first."""

    # --- care
    def export(self) -> Iterator[str]:
        """Yield the canonical export, JSON a line, without poll rows and times of polling."""

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the database, a sentence a fault."""


class CycleStore(Store, Protocol):
    """A store in which polls that found nothing are recorded together; a crash loses those alone."""

    def flush(self) -> None:
        """Record the polls that wait."""
