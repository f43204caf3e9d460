"""Ids of agreements: given once, kept for ever, readable, and naming the finding that they came from.

``ua-gb-2025-01-16-3f9a1c`` is the sides, the day, and the first letters of the first finding's id. So an
id can be traced to its finding without knowing what was stored when; that is why merging and splitting by
id works in any order.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.model import Finding, Sides

_SHORT: Final = 6  # letters of the finding's hash; more where two would be the same
_UNDATED: Final = "undated"


def name(sides: Sides, first: Finding, day: str, taken: Iterable[str]) -> str:
    """Return a new id.

    Args:
        sides: The two sides.
        first: The finding that the agreement came from.
        day: ISO date of the signing, else of what was reported; empty if unknown.
        taken: Ids that are in use.
    """
    used = set(taken)
    digest = _digest(first.id)
    stem = "-".join((*(side.lower() for side in sides), day or _UNDATED))
    for length in range(_SHORT, len(digest) + 1):
        if (proposed := f"{stem}-{digest[:length]}") not in used:
            return proposed
    return f"{stem}-{digest}"


def anchors(ids: Iterable[str], findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return the id of the finding that each agreement id came from, where it is among ``findings``."""
    wanted: dict[tuple[str, str], list[str]] = {}
    lengths = set()
    for agreement_id in ids:
        stem, _, letters = agreement_id.rpartition("-")
        wanted.setdefault((_sides_part(stem), letters), []).append(agreement_id)
        lengths.add(len(letters))
    found: dict[str, str] = {}
    for finding in sorted(findings, key=lambda each: each.id, reverse=True):
        part = "-".join(side.lower() for side in finding.sides)
        for length in lengths:
            for agreement_id in wanted.get((part, _digest(finding.id)[:length]), ()):
                found[agreement_id] = finding.id
    return found


def _digest(finding_id: str) -> str:
    return finding_id.removeprefix("f-")


def _sides_part(stem: str) -> str:
    return "-".join(stem.split("-")[:2])
