"""Days on which the two sides disagree: none is picked, both stand side by side wherever the day is given."""

from collections.abc import Mapping

from monitor.model import Agreement, Basis, Finding, PartialDate

_SIGNED = "signed"  # the field of a conflict on the day of signature


def disputed_days(agreement: Agreement | None, findings: Mapping[str, Finding]) -> tuple[PartialDate, ...]:
    """Return the days of signature that the sides, or the text, give; empty where they agree.

    That somebody else gives another day puts nobody's word in doubt.
    """
    conflicts = agreement.conflicts if agreement else ()
    sides = agreement.sides if agreement else ()
    days: dict[str, PartialDate] = {}
    for claim in (claim for each in conflicts if each.field == _SIGNED for claim in each.claims):
        finding = findings.get(claim.finding_id)
        if finding is not None and (finding.voice in sides or finding.basis is Basis.TEXT):
            try:
                day = PartialDate.parse(claim.value)
            except ValueError:
                continue
            days[day.iso] = day
    return tuple(days[iso] for iso in sorted(days)) if len(days) > 1 else ()
