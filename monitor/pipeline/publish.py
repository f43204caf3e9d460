"""From pending rows to reports: what a digest is made from, and the row of each that it tells."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.errors import StateError
from monitor.health import coverage, faults
from monitor.model import (
    Action,
    AuditEntry,
    Change,
    Delivery,
    Edition,
    Life,
    PartyCode,
    Pending,
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
_SETTLING = (Action.ACCEPT, Action.REJECT)
# A digest dated later than this was made while the clock was wrong, and holds up none.
_CLOCK_SET_BACK = timedelta(days=1)


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
    told = untold(parts, subscription, edition)
    made = _last_made(parts, subscription, now)
    if not digest_due(subscription, pending=bool(told), last_made=made, now=now):
        return None
    report = render_report(parts, press, subscription, edition, told, made)
    if parts.store.report(report.id) is not None:
        return None  # a day that comes a second time, since the clock was set back
    deliveries = tuple(
        Delivery(delivery_id(report.id, subscription.channel, to), report.id, subscription.channel, to)
        for to in subscription.recipients
    )
    waiting = {(row.change_id, row.version): row for row in parts.store.pending(subscription.id)}
    ticked = tuple(
        waiting.get((each.id, each.version)) or Pending(each.id, each.version, subscription.id, now)
        for each in told
    )
    entry = AuditEntry(now, "monitor", "report-made", report.id, subscription.id)
    parts.store.save_report(report, deliveries, ticked, (entry,))
    return report


def untold(parts: Parts, subscription: Subscription, edition: Edition) -> tuple[Change, ...]:
    """Return the changes that stand and that no digest of ``subscription`` has told as they are now.

    Also those from before there was this subscription, or before it asked for them. What a reviewer
    rejected, or what was withdrawn meanwhile, is not told, and stays untold should it come back.
    """
    told = parts.store.told(subscription.id)
    every = _by_id(parts, edition)
    return tuple(
        change
        for change in _standing(parts, edition)
        if subscription.wants(change)
        and not any((each, change.version) in told for each in _lineage(change, every))
    )


def _by_id(parts: Parts, edition: Edition) -> dict[str, Change]:
    return {change.id: change for change in parts.store.changes(edition.briefing_id)}


def _lineage(change: Change, every: Mapping[str, Change]) -> tuple[str, ...]:
    """The ids that a change has had: the same difference from a later edition has another one."""
    ids = [change.id]
    while change.supersedes is not None and change.supersedes not in ids:
        ids.append(change.supersedes)
        change = every.get(change.supersedes, change)
    return tuple(ids)


def _standing(parts: Parts, edition: Edition) -> tuple[Change, ...]:
    """Open and accepted changes."""
    changes = parts.store.changes(edition.briefing_id, lives=_STANDING)
    if not any(change.life is Life.DECIDED for change in changes):
        return changes
    every, settled = _by_id(parts, edition), _settled(parts)
    return tuple(
        change
        for change in changes
        if change.life is Life.OPEN or not _is_rejected(change, _lineage(change, every), settled)
    )


def _settled(parts: Parts) -> dict[tuple[str, str], Action]:
    """How every version of a change was settled, by its id and version; the last word counts."""
    taken = parts.store.decisions()
    return {(each.subject, each.seen_version): each.action for each in taken if each.action in _SETTLING}


def _is_rejected(change: Change, lineage: Iterable[str], settled: Mapping[tuple[str, str], Action]) -> bool:
    words = (settled.get((each, change.version)) for each in lineage)
    return next((word for word in words if word is not None), None) is Action.REJECT


def _last_made(parts: Parts, subscription: Subscription, now: datetime) -> datetime | None:
    made = (each.made_at for each in parts.store.reports() if each.subscription_id == subscription.id)
    return next((at for at in made if at <= now + _CLOCK_SET_BACK), None)


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
    standing = _standing(parts, edition)
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
