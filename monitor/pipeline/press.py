"""What rendering needs beside the parts, and reports that are rendered without being recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor import reports
from monitor.model import Report, ReportKind, Subscription
from monitor.pipeline.briefcase import Briefcase
from monitor.pipeline.cited import cited_event
from monitor.pipeline.gathering import health_of, known_of, last_heard, material_for, placed, with_disputes
from monitor.pipeline.knowing import Knowledge, known_at
from monitor.pipeline.parts import Parts
from monitor.reports import FOR_PEOPLE, Artist, Masthead, Material, Occasion


@dataclass(frozen=True, slots=True)
class Press:
    """What rendering needs beside the parts: templates by name, who sends, in which time zone, who draws."""

    templates: Mapping[str, str]
    masthead: Masthead
    zone: ZoneInfo
    artist: Artist | None = None


def occasion_of(
    press: Press, subscription: Subscription, since: datetime | None, now: datetime, kind: ReportKind
) -> Occasion:
    """Return for whom and for which window a report is made."""
    return Occasion(
        subscription_id=subscription.id,
        audience=subscription.audience,
        since=since,
        until=now,
        made_at=now,
        zone=press.zone,
        masthead=press.masthead,
        kind=kind,
        trial=subscription.test,
        artist=press.artist,
    )


def render_known(
    parts: Parts,
    press: Press,
    reader: Subscription,
    case: Briefcase,
    *,
    at: datetime | None = None,
    since: datetime | None = None,
    forms: Sequence[str] = FOR_PEOPLE,
) -> Report:
    """Render the digest of all that is known, or was known at ``at``; nothing is stored.

    With ``since`` it tells what was first seen after it, and takes the rest for told.
    """
    now = parts.clock.now()
    knowledge = known_at(parts, case.edition, at) if at else None
    changes = knowledge.changes if knowledge else case.standing
    told = tuple(c for c in changes if since is None or (c.first_seen is not None and c.first_seen > since))
    material = _as_known(material_for(parts, case, told, at or now), knowledge)
    seen = [each for each in case.watched if (since is None or each.entry.at > since)]
    seen = [each for each in seen if each.entry.at <= (at or now)]
    material = replace(material, cited=tuple(cited_event(parts, case.edition, each) for each in seen))
    if at is None and since is None:
        material = with_disputes(parts, material, case.disputes)
    occasion = occasion_of(press, reader, since, at or now, ReportKind.DIGEST)
    return reports.make_report(material, replace(occasion, made_at=now), press.templates, forms=forms)


def report_on(
    parts: Parts,
    press: Press,
    case: Briefcase,
    occasion: Occasion,
    forms: Sequence[str],
    *,
    at: datetime | None = None,
) -> Report:
    """Return the health of the sources, the state of the briefing or the table of agreements.

    With ``at`` state and table are of what was known then.
    """
    if occasion.kind is ReportKind.HEALTH:
        health = health_of(parts, occasion.since, occasion.until)
        return reports.make_health(health, case.edition.briefing_id, occasion, press.templates, forms=forms)
    knowledge = known_at(parts, case.edition, at) if at else None
    if occasion.kind is ReportKind.TABLE:
        known = (
            placed(parts, case.edition, knowledge.agreements, knowledge.findings)
            if knowledge
            else known_of(parts, case)
        )
        heard = last_heard(parts, known) if "atom" in forms else {}
        return reports.make_table(known, occasion, press.templates, forms=forms, updated=heard)
    changes = knowledge.changes if knowledge else case.standing
    material = _as_known(material_for(parts, case, changes, occasion.until), knowledge)
    return reports.make_report(material, occasion, press.templates, forms=forms)


def _as_known(material: Material, knowledge: Knowledge | None) -> Material:
    """Material that speaks of nothing that was found later."""
    if knowledge is None:
        return material
    telling = {change.id for change in material.told}
    earlier = tuple(change for change in knowledge.changes if change.id not in telling)
    agreements = {agreement.id: agreement for agreement in knowledge.agreements}
    return replace(
        material,
        earlier=earlier,
        agreements=agreements,
        findings=knowledge.findings,
        awaiting=0,
        awaiting_since=None,
    )
