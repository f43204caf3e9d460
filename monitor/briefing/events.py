"""When an agreement was concluded or moved on, seen from an edition's cut-off."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from monitor.model import Agreement, Finding, PartialDate, Precision, Stage, StageReached


class Placed(StrEnum):
    """Where an event lies from the cut-off."""

    BEFORE = "before"  # on it or before
    AFTER = "after"
    UNKNOWN = "unknown"


def place(when: PartialDate | None, as_of: date) -> Placed:
    """Return where ``when`` lies; an exchange of letters over several days counts by its last."""
    if when is None:
        return Placed.UNKNOWN
    first = when.last if when.precision is Precision.DAY else when.first
    if first > as_of:
        return Placed.AFTER
    return Placed.BEFORE if when.last <= as_of else Placed.UNKNOWN


def conclusion_date(agreement: Agreement) -> PartialDate | None:
    """Return the date of conclusion, or of its last signature, or None where nobody gives one."""
    if agreement.concluded is not None and agreement.concluded.date is not None:
        return agreement.concluded.date
    signed = [each.date for each in agreement.signed]
    return max(signed, key=lambda each: each.last) if signed else None


def place_conclusion(agreement: Agreement, findings: Mapping[str, Finding], as_of: date) -> Placed:
    """Return where the conclusion lies.

    Where no source dates it, something later that is dated on or before the cut-off says "before": entry
    into force, or the publication of a document that already speaks of it as concluded.
    """
    when = conclusion_date(agreement)
    if when is not None:
        return place(when, as_of)
    bounds = [reached.date for reached in agreement.stages if reached.stage.order > Stage.CONCLUDED.order]
    bounds += [each.published for each in _concluding(agreement, findings)]
    known_before = any(place(bound, as_of) is Placed.BEFORE for bound in bounds)
    return Placed.BEFORE if known_before else Placed.UNKNOWN


def moved_on(agreement: Agreement, as_of: date) -> StageReached | None:
    """Return the furthest confirmed stage after conclusion that was reached after the cut-off, or None."""
    later = [
        reached
        for reached in agreement.stages
        if reached.stage.order > Stage.CONCLUDED.order
        and reached.word.is_confirmed
        and place(reached.date, as_of) is Placed.AFTER
    ]
    return max(later, key=lambda reached: (reached.stage.order, _iso(reached.date)), default=None)


def date_of_talks(agreement: Agreement, findings: Mapping[str, Finding]) -> PartialDate | None:
    """Return when the latest stage before conclusion was reached, by publication where undated."""
    reached = agreement.reached(agreement.stage)
    if reached is not None and reached.date is not None:
        return reached.date
    ids = reached.findings if reached is not None else agreement.findings
    published = [each.published for each in _known(ids, findings) if each.published is not None]
    return max(published, key=lambda each: each.last, default=None)


def _concluding(agreement: Agreement, findings: Mapping[str, Finding]) -> list[Finding]:
    return [each for each in _known(agreement.findings, findings) if each.stage.implies_conclusion]


def _known(ids: Iterable[str], findings: Mapping[str, Finding]) -> list[Finding]:
    return [findings[each] for each in ids if each in findings]


def _iso(when: PartialDate | None) -> str:
    return when.first.isoformat() if when is not None else ""
