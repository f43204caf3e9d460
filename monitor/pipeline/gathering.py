"""What reports are made from, gathered from the store: nothing here decides what is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import reports
from monitor.briefing import place_of
from monitor.health import coverage, faults
from monitor.model import (
    Agreement,
    Change,
    ChangeKind,
    DeliveryStatus,
    Dispute,
    Edition,
    Fault,
    Finding,
    Life,
    PartyCode,
    Poll,
    Stage,
)
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.parts import Parts
from monitor.reports import Material, ToldAt

if TYPE_CHECKING:
    from monitor.reports import Health, Known, Track

_STANDING = (Life.OPEN, Life.DECIDED)
_HISTORY = timedelta(weeks=8)  # of polls, week by week in the health report
_MOST_POLLS = 5_000  # of one source in one report: a week of one every two minutes


def material_for(
    parts: Parts,
    case: Briefcase,
    told: tuple[Change, ...],
    now: datetime,
    *,
    since: datetime | None = None,
    heard: Collection[str] = (),
    also: Iterable[Change] = (),
) -> Material:
    """Gather everything that a report on one briefing can speak of.

    Args:
        parts: The parts of the run.
        case: The briefing.
        told: The changes that it tells.
        now: When.
        since: When the last report was made; what was to be noted of a source before it is no news.
        heard: Ids of the changes that the recipients were told of before.
        also: Changes that no longer stand but are spoken of, as in a correction.
    """
    telling = {change.id for change in told}
    earlier = [change for change in case.standing if change.id not in telling]
    waiting = [change for change in earlier if change.life is Life.OPEN]
    earlier += [each for each in case.changes.values() if each.id in heard and _is_rumour_that_ended(each)]
    agreements = _agreements_of(case, (*told, *earlier, *also))
    findings = parts.store.findings(ids={f for a in agreements.values() for f in a.findings})
    documents = parts.store.documents({finding.document_id for finding in findings})
    states = parts.store.source_states()
    parties = expected_parties(parts, case.edition)
    return Material(
        edition=case.edition,
        told=told,
        earlier=tuple(earlier),
        agreements=agreements,
        findings={finding.id: finding for finding in findings},
        documents={document.id: document for document in documents},
        sources={source.id: source for source in parts.sources},
        coverage=coverage(parts.sources, states, parts.store.looks(), parties, now),
        faults=tuple(each for each in faults(parts.sources, states, now) if _is_news(parts, each, since)),
        gaps=parts.store.gaps(),
        questions=parts.store.questions(),
        undelivered=len(parts.store.deliveries(status=DeliveryStatus.DEAD)),
        awaiting=len(waiting),
        awaiting_since=min((c.first_seen for c in waiting if c.first_seen), default=None),
        names=parts.names,
        languages=parts.languages,
    )


def _is_news(parts: Parts, fault: Fault, since: datetime | None) -> bool:
    """Whether a fault is told: what lasts always, as that a source cannot be read; a note once."""
    if not fault.read or fault.since is not None or since is None:
        return True
    polls = parts.store.polls(fault.source_id, limit=_MOST_POLLS)
    before = [poll for poll in polls if poll.ended_at <= since]
    latest = max(polls, key=lambda poll: poll.slot, default=None)
    last_told = max(before, key=lambda poll: poll.slot, default=None)
    return latest is None or last_told is None or latest.reason != last_told.reason


def _agreements_of(case: Briefcase, changes: Iterable[Change]) -> dict[str, Agreement]:
    """The agreements of changes by the ids that the changes give them; merged ones too."""
    wanted = {change.agreement_id for change in changes}
    return {key: case.agreements[key] for key in sorted(wanted) if key in case.agreements}


def _is_rumour_that_ended(change: Change) -> bool:
    """What confirms it is no news to who was told of it, but one line."""
    return change.kind is ChangeKind.LEAD and change.life not in _STANDING


def with_disputes(parts: Parts, material: Material, disputes: tuple[Dispute, ...]) -> Material:
    """Return material that tells of ``disputes``, with the findings and documents that they quote."""
    if not disputes:
        return material
    wanted = {each for dispute in disputes for each in dispute.findings} - material.findings.keys()
    findings = {each.id: each for each in parts.store.findings(ids=wanted)} | dict(material.findings)
    quoted = {said.document_id for dispute in disputes for said in dispute.reckonings}
    quoted |= {findings[each].document_id for each in wanted if each in findings}
    documents = parts.store.documents(quoted - material.documents.keys())
    return replace(
        material,
        disputes=disputes,
        findings=findings,
        documents=dict(material.documents) | {each.id: each for each in documents},
    )


def with_history(parts: Parts, case: Briefcase, material: Material, history: Iterable[ToldAt]) -> Material:
    """Return material that can speak of all that was told, for a feed."""
    told = tuple(history)
    agreements = _agreements_of(case, [each.change for each in told])
    missing = {f for a in agreements.values() for f in a.findings} - material.findings.keys()
    missing |= {f for each in told for f in each.change.evidence} - material.findings.keys()
    findings = {finding.id: finding for finding in parts.store.findings(ids=missing)}
    return replace(
        material,
        history=told,
        agreements={**agreements, **material.agreements},
        findings={**findings, **material.findings},
    )


def health_of(parts: Parts, since: datetime | None, now: datetime) -> "Health":
    """Gather how the sources did since ``since``, a week if None."""
    start = since or now - timedelta(days=7)
    states = parts.store.source_states()
    polls, tracks = {}, {}
    for source in parts.sources:
        if source.enabled:
            known = parts.store.polls(source.id, limit=_MOST_POLLS)
            polls[source.id] = tuple(poll for poll in known if poll.slot > start)
            tracks[source.id] = _track(known, now)
    waiting = [DeliveryStatus.WAITING, DeliveryStatus.RETRY]
    return reports.Health(
        sources=tuple(parts.sources),
        states=states,
        polls=polls,
        faults=faults(parts.sources, states, now),
        gaps=parts.store.gaps(),
        questions=parts.store.questions(),
        dead=parts.store.deliveries(status=DeliveryStatus.DEAD),
        waiting=sum(len(parts.store.deliveries(status=status)) for status in waiting),
        tracks=tracks,
    )


def _track(polls: Sequence[Poll], now: datetime) -> "Track":
    """What is known of a source's last weeks; of one that is asked every few minutes not all of them."""
    lately = tuple((poll.slot, poll.verdict.is_success) for poll in polls if poll.slot > now - _HISTORY)
    is_cut = len(polls) >= _MOST_POLLS and len(lately) == len(polls)
    return reports.Track(lately, min(at for at, _ in lately) if is_cut else None)


def known_of(parts: Parts, case: Briefcase) -> "Known":
    """Gather the focal party's agreements as they are known today."""
    agreements = {agreement.id: agreement for agreement in case.agreements.values()}
    findings = parts.store.findings(ids={each for a in agreements.values() for each in a.findings})
    by_id = {finding.id: finding for finding in findings}
    known = placed(parts, case.edition, agreements.values(), by_id)
    return replace(known, disputes=case.disputes)


def placed(
    parts: Parts, edition: Edition, agreements: Iterable[Agreement], findings: Mapping[str, Finding]
) -> "Known":
    """Return agreements with their place towards an edition."""
    standing = [agreement for agreement in agreements if agreement.is_agreement and agreement.findings]
    wanted = {findings[each].document_id for a in standing for each in a.findings if each in findings}
    texts = {document.id: document.text for document in parts.store.documents(wanted)}
    decisions = parts.store.decisions()
    places = []
    for agreement in standing:
        scope, entries = place_of(edition, agreement, findings, texts, decisions)
        places.append(reports.Placed(agreement, scope, bool(entries)))
    return reports.Known(edition, tuple(places), findings, parts.names)


def last_heard(parts: Parts, known: "Known") -> dict[str, datetime]:
    """Return when something new was last heard of each agreement, by id."""
    seen = parts.store.first_seen({each for place in known.agreements for each in place.agreement.findings})
    heard = {}
    for place in known.agreements:
        times = [seen[each] for each in place.agreement.findings if each in seen]
        if times:
            heard[place.agreement.id] = max(times)
    return heard


def expected_parties(parts: Parts, edition: Edition) -> tuple[PartyCode, ...]:
    """Return the parties that could appear: those in talks, the focal one, and every voice that is polled."""
    focal = edition.topic.focal
    talking = {
        side
        for entry in edition.entries
        if entry.in_series and entry.stage is not Stage.CONCLUDED
        for side in entry.sides
    }
    voices = {source.voice for source in parts.sources if source.voice and source.official}
    return (focal, *sorted((talking | voices) - {focal}))
