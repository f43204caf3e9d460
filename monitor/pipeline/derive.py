"""From documents to changes: detection, ledger, comparison, and who is to be told."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from monitor.briefing import compare, reconcile
from monitor.errors import StaleError, StateError
from monitor.model import (
    Agreement,
    AuditEntry,
    Batch,
    Change,
    Decision,
    Document,
    Edition,
    EditionSeen,
    Errand,
    Finding,
    Pending,
    Reckoning,
    Sides,
)
from monitor.pipeline.parts import Parts

_log = logging.getLogger(__name__)

T = TypeVar("T")
_MOST_TRIES = 8  # each is lost only to another process that recorded something in that very moment
_FOUND = "change-found"
_NOT_COMPARED = ""  # the hash of a briefing that could not be compared, whose files must be looked at again


@dataclass(frozen=True, slots=True)
class Detected:
    """What documents say; ``failed`` are the ids of those that detection could not handle.

    ``unsure`` are signings that they may announce: too weak to claim, strong enough to ask about.
    ``reckonings`` are what they say of a series as a whole.
    """

    findings: tuple[Finding, ...] = ()
    failed: tuple[str, ...] = ()
    unsure: tuple[Finding, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from new documents or decisions; recorded with them in one transaction.

    ``basis`` is the revision of the store that it was worked out from.
    """

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    changes: tuple[Change, ...] = ()
    pending: tuple[Pending, ...] = ()
    editions: tuple[EditionSeen, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    basis: int | None = None

    @property
    def found(self) -> tuple[str, ...]:
        """The ids of changes that are new or that a reader would see differently."""
        return tuple(entry.subject for entry in self.audit if entry.action == _FOUND)

    def into(self, batch: Batch) -> Batch:
        """Return ``batch`` with all of it added."""
        return replace(
            batch,
            findings=batch.findings + self.findings,
            agreements=batch.agreements + self.agreements,
            changes=batch.changes + self.changes,
            pending=batch.pending + self.pending,
            editions=batch.editions + self.editions,
            audit=batch.audit + self.audit,
            basis=self.basis,
        )


def detect(parts: Parts, documents: Iterable[Document]) -> Detected:
    """Return what ``documents`` say; one that detection cannot handle stops no other."""
    findings: list[Finding] = []
    unsure: list[Finding] = []
    reckonings: list[Reckoning] = []
    failed = []
    for document in documents:
        try:
            detection = parts.detector.detect(document, focal=parts.focal)
            findings += detection.findings
            unsure += detection.unsure
            reckonings += detection.reckonings
        except Exception:  # one document among many
            _log.exception("detection failed on %s (%s)", document.id, document.url)
            failed.append(document.id)
    return Detected(tuple(findings), tuple(failed), tuple(unsure), tuple(reckonings))


def record(
    parts: Parts,
    batch: Batch,
    findings: Sequence[Finding] = (),
    *,
    documents: Sequence[Document] = (),
    decisions: Sequence[Decision] = (),
    sides: Iterable[Sides] = (),
) -> Derived:
    """Save ``batch`` with everything that follows from new findings and decisions; return what does.

    Args:
        parts: What the run works with.
        batch: What is recorded with it in one transaction; ``documents`` and ``decisions`` are in it.
        findings: New findings.
        documents: Those that the findings are from.
        decisions: New decisions.
        sides: Pairs of sides to look at beside those of the findings.

    Raises:
        StateError: it cannot be recorded.
    """
    concerned = {*sides, *(finding.sides for finding in findings)}
    return _save(parts, batch, partial(rederive, parts, concerned, batch.at, findings, documents, decisions))


def _save(parts: Parts, batch: Batch, work_out: Callable[[], Derived]) -> Derived:
    """Save what is worked out, anew where another process recorded something meanwhile.

    Else a run would undo what a reviewer has just decided, and two would make one agreement twice.
    """

    def attempt() -> Derived:
        derived = work_out()
        parts.store.save(derived.into(batch))
        return derived

    return until_fresh(attempt)


def until_fresh(attempt: Callable[[], T]) -> T:
    """Return what ``attempt`` gives, tried anew where what it read was stale before it could write.

    Raises:
        StateError: it cannot be recorded.
    """
    for _ in range(_MOST_TRIES):
        try:
            return attempt()
        except StaleError as error:
            _log.info("%s", error)
    raise StateError("database", "other processes are recording all the time; try again when they are done")


def rederive(
    parts: Parts,
    sides: set[Sides],
    now: datetime,
    findings: Sequence[Finding] = (),
    documents: Sequence[Document] = (),
    decisions: Sequence[Decision] = (),
) -> Derived:
    """Group anew what concerns ``sides``, with new findings and decisions, and compare the briefings."""
    if not sides:
        return Derived(findings=tuple(findings))
    basis = parts.store.revision()  # before anything is read
    from monitor.ledger import group  # most cycles find nothing to group

    known = {finding.id: finding for finding in parts.store.findings(sides=sides)}
    known |= {finding.id: finding for finding in findings}
    taken = (*parts.store.decisions(), *decisions)
    grouping = group(known.values(), parts.store.agreements(sides=sides), taken)
    if not grouping.changed and not decisions:
        return Derived(findings=tuple(findings))
    derived = Derived(
        findings=tuple(findings),
        agreements=grouping.changed,
        editions=_not_compared(parts),
        audit=(_grouped(grouping.changed, now),),
        basis=basis,
    )
    for edition in parts.editions:
        if any(edition.topic.focal in pair for pair in sides):
            derived = _with_changes(parts, edition, derived, documents, taken, now)
    return derived


def _grouped(changed: Sequence[Agreement], now: datetime) -> AuditEntry:
    return AuditEntry(now, "monitor", "grouped", "agreements", ", ".join(each.id for each in changed))


def _not_compared(parts: Parts) -> tuple[EditionSeen, ...]:
    """The briefings that were taken in once and cannot be compared now, since their files do not parse.

    They miss what is being recorded. Mended, they may be the very files that were taken in before.
    """
    at_hand = {edition.briefing_id for edition in parts.editions}
    return tuple(
        EditionSeen(briefing_id, _NOT_COMPARED, "")
        for briefing_id, sha256 in sorted(parts.store.editions_seen().items())
        if briefing_id not in at_hand and sha256 != _NOT_COMPARED
    )


def take_in_editions(parts: Parts, now: datetime) -> tuple[str, ...]:
    """Compare every briefing whose files differ from what was last taken in; return their ids."""
    taken_in = []
    seen = parts.store.editions_seen()
    for edition in parts.editions:
        if seen.get(edition.briefing_id) != edition.sha256:
            _take_in(parts, edition, now)
            taken_in.append(edition.briefing_id)
    return tuple(taken_in)


def _take_in(parts: Parts, edition: Edition, now: datetime) -> None:
    def work_out() -> Derived:
        derived = Derived(basis=parts.store.revision())
        return _with_changes(parts, edition, derived, (), parts.store.decisions(), now)

    seen = EditionSeen(edition.briefing_id, edition.sha256, edition.as_of.isoformat())
    entry = AuditEntry(now, "monitor", "edition-taken-in", edition.briefing_id, edition.sha256)
    _save(parts, Batch(at=now, editions=(seen,), audit=(entry,)), work_out)


def _with_changes(
    parts: Parts,
    edition: Edition,
    derived: Derived,
    documents: Sequence[Document],
    decisions: Sequence[Decision],
    now: datetime,
) -> Derived:
    agreements = _agreements_of(parts, edition, derived.agreements)
    wanted = {finding_id for agreement in agreements for finding_id in agreement.findings}
    findings = {finding.id: finding for finding in parts.store.findings(ids=wanted)}
    findings |= {finding.id: finding for finding in derived.findings if finding.id in wanted}
    texts = _texts(parts, findings.values(), documents)
    first_seen = {**dict.fromkeys(wanted, now), **parts.store.first_seen(wanted)}
    fresh = compare(edition, agreements, findings, texts, first_seen=first_seen, decisions=decisions)
    stored = parts.store.changes(edition.briefing_id)
    aliases = {alias: agreement.id for agreement in agreements for alias in agreement.aliases}
    reconciled = reconcile(stored, fresh, as_of=edition.as_of, now=now, aliases=aliases)
    return replace(
        derived,
        changes=derived.changes + reconciled.save,
        pending=derived.pending
        + _pending(parts, reconciled.tell, now)
        + _still_pending(parts, reconciled.carried),
        audit=derived.audit
        + tuple(AuditEntry(now, "monitor", _FOUND, each.id, each.title) for each in reconciled.tell),
    )


def _agreements_of(parts: Parts, edition: Edition, changed: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """The focal party's agreements as they stand once ``changed`` are stored."""
    focal = edition.topic.focal
    known = {agreement.id: agreement for agreement in parts.store.agreements(party=focal)}
    for agreement in changed:
        for alias in agreement.aliases:
            known.pop(alias, None)
        if focal in agreement.sides:
            known[agreement.id] = agreement
    return tuple(known[key] for key in sorted(known) if known[key].findings)


def _texts(parts: Parts, findings: Iterable[Finding], documents: Sequence[Document]) -> dict[str, str]:
    texts = {document.id: document.text for document in documents}
    missing = {finding.document_id for finding in findings} - texts.keys()
    return texts | {document.id: document.text for document in parts.store.documents(missing)}


def _pending(parts: Parts, told: Iterable[Change], now: datetime) -> tuple[Pending, ...]:
    return tuple(
        Pending(
            change.id,
            change.version,
            subscription.id,
            now,
            Errand.COUNT if subscription.paused else Errand.TELL,
            change.date.iso if change.date else "",
        )
        for change in told
        for subscription in parts.subscriptions
        if subscription.briefing_id == change.briefing_id and subscription.wants(change)
    )


def _still_pending(parts: Parts, carried: Iterable[Change]) -> tuple[Pending, ...]:
    """Who has not been told of a change yet is told of it as it stands against the new edition."""
    by_old = {change.supersedes: change for change in carried}
    if not by_old:
        return ()
    return tuple(
        replace(row, change_id=by_old[row.change_id].id, version=by_old[row.change_id].version)
        for subscription in parts.subscriptions
        for row in parts.store.pending(subscription.id)
        if row.change_id in by_old
    )
