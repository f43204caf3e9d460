"""What sources count and list of a briefing's series, against what is known of it.

Each dispute is told once to each subscription. It is worked out anew every time, so that one that was
settled, by the source or by what became known, is told to nobody any more.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from monitor.model import Change, ChangeKind, Dispute, Edition, PartyCode, Reckoning, Scope
from monitor.pipeline.parts import Parts

if TYPE_CHECKING:
    from monitor.ledger import Member

DISPUTES_TOLD: Final = "disputes-told"
_CONCLUDED = (ChangeKind.NEW, ChangeKind.OMITTED, ChangeKind.UNDATED, ChangeKind.LEAD)


def disputes_of(parts: Parts, edition: Edition, standing: Iterable[Change]) -> tuple[Dispute, ...]:
    """Return where sources count or list the edition's series otherwise than is known, or than others do.

    ``standing`` are the changes that hold: what was signed since, and what the edition leaves out.
    """
    reckonings = _of_sources(parts, parts.store.reckonings())
    if not reckonings:
        return ()
    from monitor.ledger import disputes  # few documents count anything

    topic = edition.topic
    members = tuple(_members(edition, standing))
    return disputes(reckonings, members, topic.focal, topic.series.kinds)


def told_disputes(parts: Parts, subscription_id: str) -> frozenset[str]:
    """Return the ids of the disputes that a subscription was told of."""
    entries = parts.store.audit(subject=subscription_id)
    return frozenset(
        each for entry in entries if entry.action == DISPUTES_TOLD for each in entry.detail.split()
    )


def _of_sources(parts: Parts, reckonings: Iterable[Reckoning]) -> tuple[Reckoning, ...]:
    """Those of sources that are still polled: of others nobody sees that they mended it."""
    enabled = {source.id for source in parts.sources if source.enabled}
    return tuple(each for each in reckonings if each.source_id in enabled)


def _members(edition: Edition, standing: Iterable[Change]) -> Iterator["Member"]:
    from monitor.ledger import Member

    focal = edition.topic.focal
    listed = set()
    for entry in edition.entries:
        if entry.in_series and entry.stage.implies_conclusion:
            for party in _partners(entry.sides, focal):
                dated = entry.date if entry.date_of is None or entry.date_of.is_conclusion else None
                listed.add(party)
                yield Member(party, dated, is_certain=True)
    for change in standing:
        if change.kind in _CONCLUDED and change.scope is not Scope.OTHER:
            certain = change.scope is Scope.SERIES and change.word.is_confirmed
            for party in _partners(change.sides, focal):
                if party not in listed:
                    evidence = change.evidence[0] if change.evidence else ""
                    yield Member(party, change.date, certain, evidence)


def _partners(sides: Iterable[PartyCode], focal: PartyCode) -> list[PartyCode]:
    return [side for side in sides if side != focal]
