"""What a signing stands on, so that whoever was told of it learns when it stands on more."""

from collections.abc import Mapping

from monitor.model import Agreement, Basis, Change, ChangeKind, Finding
from monitor.reports import disputed_days

TEXT = "text"
DAY = "day"
DISPUTED = "disputed"  # a day on which sources disagree, instead of one that stands
_SIGNED = "signed"  # the field of a conflict on the day
_SIGNINGS = (ChangeKind.NEW, ChangeKind.UNDATED, ChangeKind.OMITTED)


def grounds_of(
    change: Change, agreement: Agreement | None, findings: Mapping[str, Finding]
) -> tuple[str, ...]:
    """Return the grounds of a signing, in order: the sides that say so, the text, a day that stands or not.

    Of anything but a signing nobody is told that it stands on more, so it has none.
    """
    if change.kind not in _SIGNINGS or agreement is None:
        return ()
    known = [findings[each] for each in change.evidence if each in findings]
    signed = [finding for finding in known if finding.stage.implies_conclusion]
    grounds = {finding.voice for finding in signed if finding.voice in change.sides}
    texts = {TEXT for finding in signed if finding.basis is Basis.TEXT}
    return (*sorted(str(voice) for voice in grounds), *texts, *_day(change, agreement, findings))


def _day(change: Change, agreement: Agreement, findings: Mapping[str, Finding]) -> tuple[str, ...]:
    if disputed_days(agreement, findings):
        return (DISPUTED,)
    return (DAY,) if change.date is not None and change.date.is_day else ()


def can_grow(change: Change, grounds: tuple[str, ...], agreement: Agreement | None) -> bool:
    """Return whether a signing told on ``grounds`` could stand on others; on none it is left alone."""
    if not grounds:
        return False
    conflicts = agreement.conflicts if agreement is not None else ()
    is_disputed = any(conflict.field == _SIGNED for conflict in conflicts)
    return is_disputed or not {*change.sides, DAY} <= set(grounds)
