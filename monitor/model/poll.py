"""What was made of a source's slot: verdict, gaps, questions, a manual look."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The judgement on a poll; only the first two count as success."""

    OK = "ok"
    NOT_MODIFIED = "not-modified"
    BLOCKED = "blocked"
    WRONG_TYPE = "wrong-type"
    EMPTY = "empty"
    SUSPECT = "suspect"
    GONE = "gone"
    ERROR = "error"

    @property
    def is_success(self) -> bool:
        """Whether the poll may change anything but the source's health."""
        return self in (Verdict.OK, Verdict.NOT_MODIFIED)


@dataclass(frozen=True, slots=True)
class Poll:
    """A source's slot with its verdict. ``reason`` is a short code, ``detail`` a sentence."""

    source_id: str
    slot: datetime
    ended_at: datetime
    verdict: Verdict
    reason: str = ""
    detail: str = ""
    items_seen: int = 0
    items_new: int = 0
    items_edited: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time in which items may have passed unseen; open until paged back or accepted."""

    source_id: str
    since: datetime
    until: datetime
    reason: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person is asked instead of told."""

    id: str
    source_id: str
    asked_at: datetime
    text: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class ManualLook:
    """A person looked where machines are refused; recorded as an answer like any other."""

    source_id: str
    by: str
    at: datetime
    note: str = ""


class NoticeKind(StrEnum):
    """What an operator is told of a source; the spelling is that of the audit."""

    FAILING = "source-failing"
    REMINDER = "source-still-failing"
    RECOVERED = "source-recovered"
    SILENT = "source-silent"
    HEARD = "source-heard-again"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the operator of a source; ``words`` complete "the source ..."."""

    kind: NoticeKind
    source_id: str
    at: datetime
    words: str


GIVEN_UP_AFTER = 3  # tries to understand a document: a fault of ours is not mended by asking its site again


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source's health so far. Until ``rest_until`` its site wants to be left alone.

    ``news_at`` are the last polls that brought something new. ``noticed_at`` and ``silent_told_at`` are
    when the operator was last told of the failure, or of the silence, that lasts now. ``baffling`` are
    addresses of documents that detection failed on, with how often. ``pages_asked_at`` is when the pages
    of its items were last asked for again.
    """

    source_id: str
    last_slot: datetime | None = None
    last_success: datetime | None = None
    last_verdict: Verdict | None = None
    last_reason: str = ""
    last_detail: str = ""
    failing_since: datetime | None = None
    failures: int = 0
    last_items: int = 0
    known_items: int = 0
    ever_ok: bool = False
    rest_until: datetime | None = None
    news_at: tuple[datetime, ...] = ()
    noticed_at: datetime | None = None
    silent_told_at: datetime | None = None
    baffling: tuple[tuple[str, int], ...] = ()
    pages_asked_at: datetime | None = None
