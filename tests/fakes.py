"""One small class for each port, for tests that are about something else.

Contract tests run on these and on the real edges, so that a fake cannot drift from what it stands for.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.errors import FetchError, PublishError, StateError
from monitor.model import (
    Delivery,
    DocumentRead,
    Exchange,
    ItemsRead,
    ReadJob,
    Reply,
    Report,
    Request,
    Transport,
)
from monitor.store.database import sqlite_database
from monitor.store.schema import SHIPPED, create_tables
from monitor.store.sql_store import SqlStore

NOON = datetime(2031, 2, 17, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that goes only when it is told to, or when somebody sleeps by it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now
        self.slept_s: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.advance(seconds=seconds)

    def advance(self, **by: float) -> datetime:
        """Go on by a timedelta's arguments, such as ``hours=1``, and return the time."""
        self._now += timedelta(**by)
        return self._now


class MemoryStore(SqlStore):
    """The real store on a database in memory: what it answers cannot differ from the real one."""

    def __init__(self) -> None:
        database = sqlite_database(None)
        with database.writing() as connection:
            create_tables(connection, SHIPPED)
        super().__init__(database)


class MemoryEvidence:
    """Bodies in a dict."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def put(self, body: bytes) -> str:
        sha256 = hashlib.sha256(body).hexdigest()
        self.bodies[sha256] = body
        return sha256

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.bodies:
            raise StateError("memory", f"no body {sha256}")
        return self.bodies[sha256]


@dataclass(frozen=True)
class Page:
    """A reply in full, where the body alone does not say enough."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    final_url: str = ""
    redirects: tuple[str, ...] = ()


@dataclass
class FakeFetcher:
    """Answers from a dict of addresses: a body or Page, None for "not modified", a FetchError to report.

    An address that is not in the dict is answered with status 404. What was asked stands in ``asked``.
    """

    pages: Mapping[str, bytes | Page | FetchError | None]
    now: datetime = NOON
    asked: list[Request] = field(default_factory=list)

    def fetch(self, request: Request, *, slot: datetime, number: int) -> Reply:
        self.asked.append(request)
        page = self.pages.get(request.url, Page(b"not here", status=404))
        if page is None:
            return Reply(self._exchange(request, slot, number, Transport.NOT_MODIFIED, status=304), None)
        if isinstance(page, FetchError):
            reason = Transport(page.reason)
            return Reply(self._exchange(request, slot, number, reason, detail=str(page)), None)
        page = page if isinstance(page, Page) else Page(page)
        exchange = self._exchange(
            request,
            slot,
            number,
            Transport.ANSWERED,
            status=page.status,
            headers=page.headers,
            final_url=page.final_url or request.url,
            redirects=page.redirects,
            body_sha256=hashlib.sha256(page.body).hexdigest(),
            body_bytes=len(page.body),
        )
        return Reply(exchange, page.body)

    def _exchange(
        self, request: Request, slot: datetime, number: int, transport: Transport, **rest
    ) -> Exchange:
        return Exchange(
            request.source_id,
            slot,
            number,
            request.method,
            request.url,
            asked_at=self.now,
            took_s=0.0,
            transport=transport,
            **rest,
        )


@dataclass
class FakeReader:
    """Answers from a dict of bodies: what they hold, or the error that reading them raises."""

    reads: Mapping[bytes, ItemsRead | DocumentRead | Exception]

    def read(self, job: ReadJob) -> ItemsRead | DocumentRead:
        found = self.reads[job.body]
        if isinstance(found, Exception):
            raise found
        return found


@dataclass
class RecordingChannel:
    """Accepts everything, and remembers it in order."""

    delivered: list[tuple[Report, Delivery]] = field(default_factory=list)

    def deliver(self, report: Report, delivery: Delivery) -> None:
        self.delivered.append((report, delivery))

    @property
    def recipients(self) -> list[str]:
        """Who got something, in order."""
        return [delivery.recipient for _, delivery in self.delivered]


@dataclass
class FailingChannel(RecordingChannel):
    """Refuses the first ``times`` deliveries, for ever if not given; accepts from then on."""

    times: int | None = None
    permanent: bool = False
    refused: list[Delivery] = field(default_factory=list)

    def deliver(self, report: Report, delivery: Delivery) -> None:
        if self.times is None or len(self.refused) < self.times:
            self.refused.append(delivery)
            raise PublishError(delivery.channel, "the server does not answer", permanent=self.permanent)
        super().deliver(report, delivery)
