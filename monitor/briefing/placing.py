"""Where an agreement stands towards a briefing: in its series or not, and whether its edition lists it."""

from collections.abc import Iterable, Mapping

from monitor.briefing.matching import concluded_entries
from monitor.briefing.membership import Evidence, evidence_of, standing
from monitor.model import Agreement, Decision, Edition, Entry, Finding, Scope


def place_of(
    edition: Edition,
    agreement: Agreement,
    findings: Mapping[str, Finding],
    texts: Mapping[str, str],
    decisions: Iterable[Decision] = (),
    *,
    evidence: Evidence | None = None,
) -> tuple[Scope, tuple[Entry, ...]]:
    """Return an agreement's scope and the edition's entries of it; what the edition says of it counts first.

    Args:
        edition: What the briefing says.
        agreement: One of the focal party's.
        findings: Its findings by id.
        texts: Texts of their documents by document id; evidence for the series is sought in them.
        decisions: People's decisions, in the order taken.
        evidence: The series' phrases, where they are at hand.
    """
    entries = concluded_entries(edition, agreement, findings)
    if entries:
        return (Scope.SERIES if any(entry.in_series for entry in entries) else Scope.OTHER), entries
    found = evidence or evidence_of(edition.topic.series)
    return standing(agreement, findings, texts, edition.topic, decisions, evidence=found), entries
