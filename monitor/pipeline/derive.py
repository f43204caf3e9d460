"""From documents to changes: detection, ledger, comparison, and who is to be told."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.briefing import compare, reconcile
from monitor.model import (
    Agreement,
    AuditEntry,
    Batch,
    Change,
    Decision,
    Document,
    Edition,
    EditionSeen,
    Finding,
    Pending,
    Sides,
)
from monitor.pipeline.parts import Parts

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from new documents or decisions; recorded with them in one transaction."""

    findings: tuple[Finding, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    changes: tuple[Change, ...] = ()
    pending: tuple[Pending, ...] = ()
    audit: tuple[AuditEntry, ...] = ()
    failed: tuple[str, ...] = ()

    def into(self, batch: Batch) -> Batch:
        """Return ``batch`` with all of it added."""
        return replace(
            batch,
            findings=batch.findings + self.findings,
            agreements=batch.agreements + self.agreements,
            changes=batch.changes + self.changes,
            pending=batch.pending + self.pending,
            audit=batch.audit + self.audit,
        )


def derive(
    parts: Parts, documents: Sequence[Document], now: datetime, *, also: Iterable[Finding] = ()
) -> Derived:
    """Return what ``documents``, and findings made elsewhere, lead to.

    A document that detection cannot handle is counted in ``failed`` and stops no other.
    """
    findings = list(also)
    failed = []
    for document in documents:
        try:
            findings += parts.detector.detect(document, focal=parts.focal).findings
        except Exception:  # one document among many
            _log.exception("detection failed on %s (%s)", document.id, document.url)
            failed.append(document.id)
    derived = rederive(parts, {finding.sides for finding in findings}, now, findings, documents)
    return replace(derived, failed=tuple(failed))


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
    from monitor.ledger import group  # most cycles find nothing to group

    known = {finding.id: finding for finding in parts.store.findings(sides=sides)}
    known |= {finding.id: finding for finding in findings}
    taken = (*parts.store.decisions(), *decisions)
    grouping = group(known.values(), parts.store.agreements(sides=sides), taken)
    derived = Derived(findings=tuple(findings), agreements=grouping.changed)
    if not grouping.changed and not decisions:
        return derived
    for edition in parts.editions:
        if any(edition.topic.focal in pair for pair in sides):
            derived = _with_changes(parts, edition, derived, documents, taken, now)
    return derived


def take_in_editions(parts: Parts, now: datetime) -> tuple[str, ...]:
    """Compare every briefing whose files differ from what was last taken in; return their ids."""
    taken_in = []
    for edition in parts.editions:
        if parts.store.edition_sha256(edition.briefing_id) == edition.sha256:
            continue
        derived = _with_changes(parts, edition, Derived(), (), parts.store.decisions(), now)
        seen = EditionSeen(edition.briefing_id, edition.sha256, edition.as_of.isoformat())
        entry = AuditEntry(now, "monitor", "edition-taken-in", edition.briefing_id, edition.sha256)
        parts.store.save(derived.into(Batch(at=now, editions=(seen,), audit=(entry,))))
        taken_in.append(edition.briefing_id)
    return tuple(taken_in)


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
        + tuple(AuditEntry(now, "monitor", "change-found", each.id, each.title) for each in reconciled.tell),
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
        Pending(change.id, change.version, subscription.id, now)
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
        Pending(by_old[row.change_id].id, by_old[row.change_id].version, subscription.id, row.since)
        for subscription in parts.subscriptions
        for row in parts.store.pending(subscription.id)
        if row.change_id in by_old
    )
