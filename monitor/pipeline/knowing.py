"""What was known at an instant: the same comparison, over the findings and decisions of before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.briefing import compare
from monitor.model import Action, Agreement, Change, Edition, Finding
from monitor.pipeline.parts import Parts


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Agreements, their findings by id, and the changes against an edition that nobody had rejected."""

    agreements: tuple[Agreement, ...]
    findings: Mapping[str, Finding]
    changes: tuple[Change, ...]


def known_at(parts: Parts, edition: Edition, at: datetime) -> Knowledge:
    """Return what was known at ``at`` of an edition's focal party."""
    from monitor.ledger import group  # most commands ask what is known now

    stored = parts.store.agreements(party=edition.topic.focal)
    every = parts.store.findings(sides={agreement.sides for agreement in stored})
    first_seen = parts.store.first_seen(finding.id for finding in every)
    findings = {each.id: each for each in every if first_seen[each.id] <= at}
    decisions = tuple(each for each in parts.store.decisions() if each.at <= at)
    agreements = group(findings.values(), stored, decisions).agreements
    wanted = {finding.document_id for finding in findings.values()}
    texts = {document.id: document.text for document in parts.store.documents(wanted)}
    changes = compare(edition, agreements, findings, texts, first_seen=first_seen, decisions=decisions)
    decided = {(each.subject, each.seen_version): each.action for each in decisions}
    standing = [each for each in changes if decided.get((each.id, each.version)) is not Action.REJECT]
    return Knowledge(agreements, findings, tuple(standing))
