"""From pending rows to reports: what a digest is made from, and the row of each that it tells."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.errors import StateError
from monitor.health import coverage, faults
from monitor.model import (
    AuditEntry,
    Change,
    Delivery,
    Edition,
    Life,
    PartyCode,
    Report,
    Stage,
    Subscription,
    delivery_id,
)
from monitor.pipeline.parts import Parts
from monitor.reports import Masthead, Material, Occasion, make_report
from monitor.scheduling import digest_due

_log = logging.getLogger(__name__)

_STANDING = (Life.OPEN, Life.DECIDED)


@dataclass(frozen=True, slots=True)
class Press:
    """What rendering needs beside the parts: templates by name, who sends, in which time zone."""

    templates: Mapping[str, str]
    masthead: Masthead
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Written:
    """The reports that were written, and the subscriptions whose digest could not be, with the reason."""

    reports: tuple[Report, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()


def write_reports(parts: Parts, press: Press) -> Written:
    """Render a report for every subscription whose digest is due.

    "Checked, nothing new" is a result and is reported too. A subscription whose digest cannot be
    rendered stops no other and keeps its pending rows, so that the next run tries again.

    Raises:
        StateError: nothing can be recorded any more.
    """
    written, failed = [], []
    for subscription in parts.subscriptions:
        edition = next((e for e in parts.editions if e.briefing_id == subscription.briefing_id), None)
        if edition is None:
            continue
        try:
            report = _write_report(parts, press, subscription, edition)
        except StateError:
            raise
        except Exception as error:  # one subscription among many
            _log.exception("the digest for %s could not be written", subscription.id)
            failed.append((subscription.id, f"{type(error).__name__}: {error}"))
            continue
        if report is not None:
            written.append(report)
    return Written(tuple(written), tuple(failed))


def _write_report(parts: Parts, press: Press, subscription: Subscription, edition: Edition) -> Report | None:
    now = parts.clock.now()
    last = next((r for r in parts.store.reports() if r.subscription_id == subscription.id), None)
    pending = parts.store.pending(subscription.id)
    made = last.made_at if last else None
    if not digest_due(subscription, pending=bool(pending), last_made=made, now=now):
        return None
    wanted = {row.change_id for row in pending}
    standing = parts.store.changes(edition.briefing_id, lives=_STANDING)
    told = tuple(change for change in standing if change.id in wanted)
    report = render_report(parts, press, subscription, edition, told, made)
    deliveries = tuple(
        Delivery(delivery_id(report.id, subscription.channel, to), report.id, subscription.channel, to)
        for to in subscription.recipients
    )
    entry = AuditEntry(now, "monitor", "report-made", report.id, subscription.id)
    parts.store.save_report(report, deliveries, pending, (entry,))
    return report


def render_report(
    parts: Parts,
    press: Press,
    subscription: Subscription,
    edition: Edition,
    told: tuple[Change, ...],
    since: datetime | None,
) -> Report:
    """Render a report that tells ``told``; nothing is stored."""
    now = parts.clock.now()
    occasion = Occasion(
        subscription_id=subscription.id,
        audience=subscription.audience,
        since=since,
        until=now,
        made_at=now,
        zone=press.zone,
        masthead=press.masthead,
    )
    return make_report(material_for(parts, edition, told, now), occasion, press.templates)


def material_for(parts: Parts, edition: Edition, told: tuple[Change, ...], now: datetime) -> Material:
    """Gather everything that a digest of one briefing can speak of."""
    standing = parts.store.changes(edition.briefing_id, lives=_STANDING)
    telling = {change.id for change in told}
    earlier = tuple(change for change in standing if change.id not in telling)
    wanted = {change.agreement_id for change in standing} | {change.agreement_id for change in told}
    agreements = {a.id: a for a in parts.store.agreements(party=edition.topic.focal) if a.id in wanted}
    findings = {
        finding.id: finding
        for finding in parts.store.findings(ids={f for a in agreements.values() for f in a.findings})
    }
    documents = parts.store.documents({finding.document_id for finding in findings.values()})
    waiting = [change for change in earlier if change.life is Life.OPEN]
    states = parts.store.source_states()
    return Material(
        edition=edition,
        told=told,
        earlier=earlier,
        agreements=agreements,
        findings=findings,
        documents={document.id: document for document in documents},
        sources={source.id: source for source in parts.sources},
        coverage=coverage(parts.sources, states, parts.store.looks(), expected_parties(parts, edition), now),
        faults=faults(parts.sources, states, now),
        gaps=parts.store.gaps(),
        questions=parts.store.questions(),
        awaiting=len(waiting),
        awaiting_since=min((c.first_seen for c in waiting if c.first_seen), default=None),
        names=parts.names,
        languages=parts.languages,
    )


def expected_parties(parts: Parts, edition: Edition) -> tuple[PartyCode, ...]:
    """The parties that could appear: those in talks, the focal party, and every voice that is polled."""
    focal = edition.topic.focal
    talking = {
        side
        for entry in edition.entries
        if entry.in_series and entry.stage is not Stage.CONCLUDED
        for side in entry.sides
    }
    voices = {source.voice for source in parts.sources if source.voice and source.official}
    return (focal, *sorted((talking | voices) - {focal}))
