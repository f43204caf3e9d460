"""Why findings were taken for one agreement, in words that a reviewer can check."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from monitor.ledger.identity import Tie, Tier, tie
from monitor.ledger.records import records_of
from monitor.model import Finding

_WORDS: Final = MappingProxyType(
    {
        Tier.SAME: "the same title and the same day",
        Tier.NUMBER: "the same number, and the same day or one not stated",
        Tier.TITLE: "titles that agree, on the same day",
        Tier.DAY: "the same kind on the same day, and no other of that kind then",
        Tier.EVENT: "the same kind or title, within days",
        Tier.LATER: "the same title, number or kind; it led to the signing or followed from it",
        Tier.TALKS: "the same talks",
    }
)
_BY_HAND: Final = "a person said so"
_SAME_PAPER: Final = "they stand in one document or row"


@dataclass(frozen=True, slots=True)
class Joined:
    """A finding, the one that it was joined to, and why."""

    finding_id: str
    to: str
    because: str


def explain(findings: Iterable[Finding]) -> tuple[Joined, ...]:
    """Return how the findings of one agreement hang together, each joined to its closest neighbour."""
    records = records_of(findings)
    joined = [
        Joined(each.id, record.key, _SAME_PAPER)
        for record in records
        for each in record.findings
        if each.id != record.key
    ]
    held, waiting = list(records[:1]), list(records[1:])
    while waiting:
        found, nearest, record = max(
            ((tie(one, other), one.key, other.key) for one in held for other in waiting),
            key=lambda each: (each[0], each[1], each[2]),
        )
        joined.append(Joined(record, nearest, _because(found)))
        held += [each for each in waiting if each.key == record]
        waiting = [each for each in waiting if each.key != record]
    return tuple(sorted(joined, key=lambda each: each.finding_id))


def _because(found: Tie) -> str:
    return _WORDS.get(found.tier, _BY_HAND)
